"""What is done with reports by the clock."""

from app.core.jobs import job
from app.reports import service


@job("reports.ask", cron="30 5 1 * *")
def ask() -> int:
    """Ask for the reports of the month and the quarter that are over."""
    return service.ask_for_all()
