"""What is done with points by the clock."""

from app.core.jobs import job
from app.points import rewards, service


@job("points.expire_redemptions", cron="*/10 * * * *")
def expire_redemptions() -> int:
    """Give back points and pieces of what nobody collected in time."""
    return rewards.expire_due()


@job("points.remind_ending", cron="5 9 * * *")
def remind_ending() -> int:
    """Remind people of what they have not collected and soon cannot."""
    return rewards.remind_ending()


@job("points.check_books", cron="40 4 * * *")
def check_books() -> int:
    """Hold every balance against the lines of the ledger; the run fails if one lies."""
    return service.check_books()
