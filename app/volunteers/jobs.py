"""What is done with volunteers' data by the clock."""

from app.core.jobs import job
from app.volunteers import profile


@job("volunteers.forget_guardians", cron="10 4 * * *")
def forget_guardians() -> int:
    """Forget the guardians of who needs none any more."""
    return profile.forget_guardians()
