"""What open data needs by the clock."""

from app.core.jobs import job
from app.open_data import service


@job("open_data.release", cron="45 4 * * *")
def release_open_data() -> int:
    """Release the last quarter once it has settled; a release is made once."""
    return service.release_due()
