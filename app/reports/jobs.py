"""What is done with reports by the clock."""

from app.core.jobs import job
from app.reports import service


@job("reports.ask", cron="30 5 * * *")
def ask() -> int:
    """Ask for the reports of the month and the quarter that are over, where nobody has yet.

    Every day: a run that failed on the 1st is made up for on the 2nd, and not a month later.
    """
    return service.ask_for_all()
