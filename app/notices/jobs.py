"""What is done with notices by the clock."""

from app.core import dead_letters
from app.core.jobs import job
from app.notices import service


@job("notices.forget_old_read", cron="45 3 * * *")
def forget_old_read() -> int:
    """Forget notices that were read long ago."""
    return service.forget_old_read()


@job("notices.forget_deliveries", cron="50 3 * * *")
def forget_deliveries() -> int:
    """Forget deliveries that are long over."""
    return dead_letters.forget_finished()
