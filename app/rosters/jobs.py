"""What is done with templates by the clock."""

from app.core.jobs import job
from app.rosters import forgetting, templates


@job("rosters.make_shifts", cron="10 2 * * *")
def make_shifts() -> int:
    """Make the shifts of all templates up to four weeks ahead."""
    return templates.make_due()


@job("rosters.forget", cron="55 3 * * *")
def forget() -> int:
    """Forget call-outs and rosters of long ago."""
    return forgetting.forget_old()
