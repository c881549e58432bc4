"""The one place where the time comes from.

Stored in UTC, shown and scheduled in Asia/Shanghai. Rules never ask for the
time; services do, once, and pass it on.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from time import time as epoch
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")

_frozen: ContextVar[datetime | None] = ContextVar("frozen_now", default=None)


def now() -> datetime:
    """Now, aware, in UTC, cut to whole seconds (nothing here is faster)."""
    frozen = _frozen.get()
    return _at(int(epoch())) if frozen is None else frozen.replace(microsecond=0)


@lru_cache(maxsize=1)
def _at(second: int) -> datetime:
    return datetime.fromtimestamp(second, UTC)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let it be `moment` inside the block: for tests and `flask jobs run --at`."""
    token = _frozen.set(require_aware(moment).astimezone(UTC))
    try:
        yield
    finally:
        _frozen.reset(token)


def require_aware(moment: datetime) -> datetime:
    """Refuse a naive datetime: nobody knows which wall it hangs on."""
    if moment.tzinfo is None:
        msg = f"naive datetime: {moment!r}"
        raise ValueError(msg)
    return moment


def shanghai_day(moment: datetime) -> date:
    """Return the calendar day in Shanghai at that moment."""
    return require_aware(moment).astimezone(SHANGHAI).date()


def day_start(day: date) -> datetime:
    """Return the first moment of a Shanghai day, in UTC."""
    return datetime.combine(day, time(), SHANGHAI).astimezone(UTC)


def day_range(first: date, last: date) -> tuple[datetime, datetime]:
    """Return the half-open UTC range covering both Shanghai days and all between."""
    return day_start(first), day_start(last + timedelta(days=1))
