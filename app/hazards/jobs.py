"""What is done with hazards by the clock."""

from app.core.jobs import job
from app.hazards import clockwork, supervision


@job("hazards.resume_due", cron="* * * * *")
def resume_due() -> int:
    """Let suspended hazards go on whose time has come."""
    return clockwork.resume_due()


@job("hazards.supervise", cron="* * * * *")
def supervise() -> int:
    """Remind, tell and order where a promise is running out or broken."""
    return supervision.supervise_due()


@job("hazards.ask_again", cron="*/10 * * * *")
def ask_again() -> int:
    """Remind reporters who have not said whether it is solved."""
    return clockwork.ask_again()


@job("hazards.close_unanswered", cron="*/10 * * * *")
def close_unanswered() -> int:
    """Close what was handled and never answered."""
    return clockwork.close_unanswered()
