"""The clocks that promises run on.

`urgent_hour` and `natural_day` run continuously, nights and holidays included;
`work_hour` runs 08-12 and 14-18 on workdays; `work_day` counts days of eight
such hours. Source: municipal tables of the digital-city-management standards;
limits differ by city and are editable data, not a national standard.
"""

import functools
import warnings
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

import chinese_calendar

from app.core.clock import SHANGHAI, require_aware

CLOCKS = ("urgent_hour", "work_hour", "work_day", "natural_day")
IN_WORKING_TIME = frozenset({"work_hour", "work_day"})
WORK_SPANS = ((time(8), time(12)), (time(14), time(18)))
HOURS_A_WORK_DAY = 8
SATURDAY = 5


class HolidaysUnknown(UserWarning):
    """The official holidays of that year are not published or not in our table."""


def is_workday(day: date) -> bool:
    """Whether people work that day in China, make-up workdays included.

    A year that the table does not have falls back to plain weekends, with a warning.
    """
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        _warn_once(day.year)
        return day.weekday() < SATURDAY


@functools.cache
def _warn_once(year: int) -> None:
    warnings.warn(f"holidays of {year} are unknown: weekends only", HolidaysUnknown, stacklevel=3)


def due(clock: str, limit: float, start: datetime) -> datetime:
    """Return when a limit ends that starts at `start`.

    `limit` is in hours for the hour clocks, in days for the day clocks.
    """
    start = require_aware(start)
    if clock == "urgent_hour":
        return start + timedelta(hours=limit)
    if clock == "natural_day":
        return start + timedelta(days=limit)
    if clock == "work_hour":
        return _work(start, timedelta(hours=limit))
    if clock == "work_day":
        return _work(start, timedelta(hours=limit * HOURS_A_WORK_DAY))
    msg = f"unknown clock {clock!r}"
    raise ValueError(msg)


def accept_due(clock: str, minutes: float, start: datetime) -> datetime:
    """Return by when a report is accepted: at once where danger waits, else in working time."""
    return _forward(clock, require_aware(start), timedelta(minutes=minutes))


def resumed(clock: str, due_at: datetime, paused_at: datetime, now: datetime) -> datetime:
    """Return when a promise ends that stood still from `paused_at` until `now`.

    What was left of it then is left of it now; what was late stays as late.
    """
    if due_at <= paused_at:
        return due_at
    return _forward(clock, now, spent(clock, paused_at, due_at))


def share_used(
    clock: str,
    since: datetime,
    until: datetime,
    now: datetime,
    *,
    late_from: datetime | None = None,
) -> float:
    """Return the used share of the promised time on its own clock; above 1 is late.

    `late_from`: from when lateness counts, if not from `until`; see `late_again`.
    """
    whole = spent(clock, since, until).total_seconds()
    if whole <= 0:
        return 1.0
    used = spent(clock, since, min(now, until)) + spent(clock, late_from or until, now)
    return round(used.total_seconds() / whole, 4)


def moment_of_share(
    clock: str,
    since: datetime,
    due_at: datetime,
    share: float,
    *,
    late_from: datetime | None = None,
) -> datetime:
    """Return when a share of the promised time is used on its own clock; beyond 1 it is late."""
    if share == 1:
        return due_at
    whole = spent(clock, since, due_at)
    start, amount = (since, share) if share < 1 else (late_from or due_at, share - 1)
    return _forward(clock, start, whole * amount)


def late_again(clock: str, late_from: datetime, paused_at: datetime, now: datetime) -> datetime:
    """Return from when lateness counts if none of the pause is to count: as late as it was then."""
    return back(clock, now, spent(clock, late_from, paused_at))


def spent(clock: str, start: datetime, end: datetime) -> timedelta:
    """Return how long a clock ran between two moments; nothing if the end comes first."""
    if end <= start:
        return timedelta()
    return _worked(start, end) if clock in IN_WORKING_TIME else end - start


def back(clock: str, end: datetime, amount: timedelta) -> datetime:
    """Return from when a clock has to run to have run that long at `end`."""
    return _unwork(end, amount) if clock in IN_WORKING_TIME else end - amount


def _forward(clock: str, start: datetime, amount: timedelta) -> datetime:
    return _work(start, amount) if clock in IN_WORKING_TIME else start + amount


def _worked(start: datetime, end: datetime) -> timedelta:
    """Return the working time between two moments."""
    total = timedelta()
    for opens, closes in _spans(start):
        if opens >= end:
            return total
        total += max(min(closes, end) - max(opens, start), timedelta())
    raise AssertionError  # the spans never end


def _work(start: datetime, amount: timedelta) -> datetime:
    if amount <= timedelta(0):
        return start
    for opens, closes in _spans(start):
        begins = max(opens, start)
        if closes <= begins:
            continue
        if amount <= closes - begins:
            return (begins + amount).astimezone(start.tzinfo)
        amount -= closes - begins
    raise AssertionError  # the spans never end


def _unwork(end: datetime, amount: timedelta) -> datetime:
    if amount <= timedelta(0):
        return end
    for opens, closes in _spans_before(end):
        ends = min(closes, end)
        if ends <= opens:
            continue
        if amount <= ends - opens:
            return (ends - amount).astimezone(end.tzinfo)
        amount -= ends - opens
    raise AssertionError  # the spans never began


def _spans(start: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Yield the working spans from the Shanghai day of `start` on, for ever."""
    day = start.astimezone(SHANGHAI).date()
    while True:
        yield from _spans_of(day)
        day += timedelta(days=1)


def _spans_before(end: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Yield the working spans from the Shanghai day of `end` backwards, the latest first."""
    day = end.astimezone(SHANGHAI).date()
    while True:
        yield from reversed(_spans_of(day))
        day -= timedelta(days=1)


def _spans_of(day: date) -> list[tuple[datetime, datetime]]:
    if not is_workday(day):
        return []
    return [
        (datetime.combine(day, opens, SHANGHAI), datetime.combine(day, closes, SHANGHAI))
        for opens, closes in WORK_SPANS
    ]
