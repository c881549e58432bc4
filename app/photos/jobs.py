"""What is done with photos by the clock."""

from app.core.jobs import job
from app.photos import checking, service


@job("photos.forget_orphans", cron="40 3 * * *")
def forget_orphans() -> int:
    """Delete photos that nothing ever showed."""
    return service.forget_orphans()


@job("photos.ask_again", cron="*/10 * * * *")
def ask_again() -> int:
    """Ask WeChat again about photos that it has not judged in time."""
    return checking.ask_again()
