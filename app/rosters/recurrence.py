"""On which days a template's shifts are, in Shanghai wall time. Plain Python.

A template says its days as a rule of RFC 5545 (`FREQ=WEEKLY;BYDAY=MO,WE`), counted from
its first day. The time of day stands beside it, so that a rule is only about days; and
China has had no summer time since 1991, so that a wall time is there once each day.
"""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from dateutil.rrule import rrulestr

from app.core.clock import SHANGHAI

LONGEST_RULE = 80
MOST_INTERVAL = 8
"""Every eighth week at the most: what comes less often is planned by hand. (Our own decision.)"""
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
FREQUENCIES = ("DAILY", "WEEKLY")
_PART = re.compile(r"([A-Z]+)=([A-Z0-9,]+)")


class NoSuchRuleError(ValueError):
    """A text is no rule of the kinds that we take."""


def checked(rule: str) -> str:
    """Return a rule in its one spelling: `FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE`.

    Taken are FREQ (daily or weekly), INTERVAL and BYDAY without numbers. Errors: NoSuchRuleError.
    """
    parts = _parts(rule)
    frequency = parts.pop("FREQ", "")
    interval = parts.pop("INTERVAL", "1")
    days = parts.pop("BYDAY", "")
    named = days.split(",") if days else []
    faults = (
        parts,
        frequency not in FREQUENCIES,
        not interval.isdecimal() or not 1 <= int(interval) <= MOST_INTERVAL,
        set(named) - set(WEEKDAYS),
        len(set(named)) != len(named),
    )
    if any(faults):
        raise NoSuchRuleError(rule)
    written = [f"FREQ={frequency}"]
    if int(interval) > 1:
        written.append(f"INTERVAL={int(interval)}")
    if named:
        written.append("BYDAY=" + ",".join(sorted(named, key=WEEKDAYS.index)))
    return ";".join(written)


def _parts(rule: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in rule.upper().removeprefix("RRULE:").split(";"):
        match = _PART.fullmatch(part)
        if match is None or match[1] in found or len(rule) > LONGEST_RULE:
            raise NoSuchRuleError(rule)
        found[match[1]] = match[2]
    return found


def days(
    rule: str, *, from_day: date, until_day: date | None, first: date, last: date
) -> list[date]:
    """Return the days of a checked rule between two days, both included.

    It is counted from `from_day` and has no days before it, nor after `until_day`.
    """
    end = last if until_day is None else min(last, until_day)
    begin = max(first, from_day)
    if begin > end:
        return []
    found = rrulestr(rule, dtstart=datetime.combine(from_day, time()))
    between = found.between(
        datetime.combine(begin, time()), datetime.combine(end, time()), inc=True
    )
    return [moment.date() for moment in between]


def moments(day: date, wall: str, duration_min: int) -> tuple[datetime, datetime]:
    """Return when a shift of that day begins and ends, in UTC. `wall`: "HH:MM" in Shanghai."""
    start = datetime.combine(day, time.fromisoformat(wall), SHANGHAI)
    return start.astimezone(UTC), (start + timedelta(minutes=duration_min)).astimezone(UTC)


def monday_of(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def week_days(monday: date) -> Iterator[date]:
    """Give the seven days of a week."""
    return (monday + timedelta(days=number) for number in range(7))
