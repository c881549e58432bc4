"""What is done with people's data by the clock."""

from app.core.jobs import job
from app.residents import session


@job("residents.forget_expired_tokens", cron="30 3 * * *")
def forget_expired_tokens() -> int:
    """Forget refresh tokens long past their use."""
    return session.forget_expired()
