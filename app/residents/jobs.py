"""What is done with people's data by the clock."""

from app.core.jobs import job
from app.residents import copying, desks, leaving, session


@job("residents.forget_expired_tokens", cron="30 3 * * *")
def forget_expired_tokens() -> int:
    """Forget refresh tokens long past their use."""
    return session.forget_expired()


@job("residents.forget_past_desks", cron="40 3 * * *")
def forget_past_desks() -> int:
    """Forget computers that nobody lets in any more, or that left long ago."""
    return desks.forget_past()


@job("residents.erase", cron="*/10 * * * *")
def erase() -> int:
    """Erase whoever asked to go a week ago."""
    return leaving.erase_due()


@job("residents.forget_copies", cron="*/10 * * * *")
def forget_copies() -> int:
    """Delete copies of people's data whose days are over."""
    return copying.forget_past()
