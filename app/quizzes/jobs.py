"""What is done with quizzes by the clock."""

from app.core.jobs import job
from app.quizzes import daily, reckoning, reminding


@job("quizzes.finish_overdue", cron="* * * * *")
def finish_overdue() -> int:
    """Finish the daily fives whose time is over and that nobody finished."""
    return daily.finish_overdue()


@job("quizzes.reckon_figures", cron="10 4 * * *")
def reckon_figures() -> int:
    """Reckon anew what the answers say about each question."""
    return reckoning.reckon()


@job("quizzes.remind", cron="30 19 * * *")
def remind() -> int:
    """Remind those whose streak goes on of today's five."""
    return reminding.remind()
