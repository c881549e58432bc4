"""What is done with rounds by the clock."""

from app.core.jobs import job
from app.rounds import keeping, settlement


@job("rounds.settle", cron="*/10 * * * *")
def settle() -> int:
    """Settle rounds that ended twelve hours ago and that nobody closed, or not wholly."""
    return settlement.settle_due()


@job("rounds.forget_tracks", cron="55 3 * * *")
def forget_tracks() -> int:
    """Delete tracks older than 30 days, and make the other points coarse."""
    return keeping.forget_tracks()
