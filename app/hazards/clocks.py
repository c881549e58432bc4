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
    spent = timedelta(minutes=minutes)
    if clock in IN_WORKING_TIME:
        return _work(require_aware(start), spent)
    return require_aware(start) + spent


def resumed(clock: str, due_at: datetime, paused_at: datetime, now: datetime) -> datetime:
    """Return when a promise ends that stood still from `paused_at` until `now`.

    What was left of it then is left of it now; what was late stays as late.
    """
    if due_at <= paused_at:
        return due_at
    if clock in IN_WORKING_TIME:
        return _work(now, _worked(paused_at, due_at))
    return due_at + (now - paused_at)


def share_used(clock: str, since: datetime, until: datetime, now: datetime) -> float:
    """Return the used share of the promised time on its own clock; above 1 is late."""
    spent = _worked if clock in IN_WORKING_TIME and now <= until else _passed
    whole = spent(since, until).total_seconds()
    if whole <= 0:
        return 1.0
    return round(max(0.0, spent(since, now).total_seconds() / whole), 4)


def _passed(start: datetime, end: datetime) -> timedelta:
    return end - start


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


def _spans(start: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Yield the working spans from the Shanghai day of `start` on, for ever."""
    day = start.astimezone(SHANGHAI).date()
    while True:
        if is_workday(day):
            for opens, closes in WORK_SPANS:
                yield (
                    datetime.combine(day, opens, SHANGHAI),
                    datetime.combine(day, closes, SHANGHAI),
                )
        day += timedelta(days=1)
