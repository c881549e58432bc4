"""What is done with photos by the clock."""

from app.core.jobs import job
from app.photos import service


@job("photos.forget_orphans", cron="40 3 * * *")
def forget_orphans() -> int:
    """Delete photos that nothing ever showed."""
    return service.forget_orphans()
