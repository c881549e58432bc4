"""What is done with campaigns and challenges by the clock."""

from app.campaigns import challenges, clockwork, gathering
from app.core.jobs import job


@job("campaigns.keep_time", cron="* * * * *")
def keep_time() -> int:
    """Open campaigns, remind of their end, and end them."""
    return clockwork.keep_time()


@job("campaigns.settle_challenges", cron="35 0 * * *")
def settle_challenges() -> int:
    """Write down how challenges ended, and tell who took part."""
    return challenges.settle_over()


@job("campaigns.settle_figures", cron="50 0 * * *")
def settle_figures() -> int:
    """Make the figures of campaigns of which nothing changes any more."""
    return gathering.settle_figures()


@job("campaigns.publish_month", cron="20 1 * * *")
def publish_month() -> int:
    """Write down what people knew in the month that is over; the next night, if a run failed."""
    return gathering.publish_due()
