"""What is done with hazards by the clock."""

from app.core.jobs import job
from app.hazards import service


@job("hazards.resume_due", cron="* * * * *")
def resume_due() -> int:
    """Let suspended hazards go on whose time has come."""
    return service.resume_due()
