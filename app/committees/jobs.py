"""What the committees' figures need by the clock."""

from app.committees import rectifications
from app.core import marks
from app.core.jobs import job


@job("committees.remind_rectifications", cron="35 8 * * *")
def remind_rectifications() -> int:
    """Remind of what has to be put right soon, and tell of what is late."""
    return rectifications.remind()


@job("committees.fold_marks", cron="* * * * *")
def fold_marks() -> int:
    """Add up what has changed where, so that asking whether an answer holds stays quick."""
    return marks.fold()
