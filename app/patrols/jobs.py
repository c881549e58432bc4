"""What is done with shifts by the clock."""

from app.core.jobs import job
from app.patrols import clockwork, queue


@job("patrols.expire_offers", cron="* * * * *")
def expire_offers() -> int:
    """Take back offers that nobody answered, and offer every free seat to the next."""
    return queue.expire_due()


@job("patrols.warn_of_offers", cron="* * * * *")
def warn_of_offers() -> int:
    """Remind of offers of whose time a quarter is left."""
    return queue.warn_due()


@job("patrols.remind", cron="* * * * *")
def remind() -> int:
    """Remind of shifts a day and two hours before."""
    return clockwork.remind_due()


@job("patrols.understaffed", cron="*/5 * * * *")
def understaffed() -> int:
    """Tell who leads a shift that too few are on it."""
    return clockwork.tell_understaffed()


@job("patrols.end", cron="*/5 * * * *")
def end() -> int:
    """Let shifts end whose time is over."""
    return clockwork.end_due()
