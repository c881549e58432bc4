"""How served time is counted: intervals, minutes, evidence, stars. Plain Python.

Hours are those attended, without travel; one minute counts once, in however many shifts.
(Source: the participation rules of 志愿服务条例: record truthfully; stars as 志愿服务记录办法
had them.)
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from app.core.clock import SHANGHAI

Interval = tuple[datetime, datetime]
"""From, until; half open."""

STARS_AT_HOURS = (100, 300, 600, 1000, 1500)
"""From how many credited hours one has so many stars."""
ENOUGH_EVIDENCE = 2
"""The level from which a claim needs nobody's word: GPS and a code that cannot be passed on.
Below, somebody has to attest it."""
LONGEST = timedelta(hours=12)
"""No correction makes one shift longer; nobody serves more than 10 h in 24. (Our own decision.)"""
CREDITED, HELD = "credited", "held"

MOST_SHOWN = 20
"""Lines of an honour board."""
FEWEST_OF_A_TEAM = 3
"""A team of which fewer served is not shown: its hours would be those of a person who has not
asked to be named."""
PERIODS = ("month", "year", "all")


def subtracted(whole: Interval, taken: Iterable[Interval]) -> list[Interval]:
    """Return what is left of an interval without others, in order."""
    left, (start, end) = [], whole
    for other_start, other_end in sorted(taken):
        if other_end <= start or other_start >= end:
            continue
        if other_start > start:
            left.append((start, other_start))
        start = max(start, other_end)
    if start < end:
        left.append((start, end))
    return left


def minutes_of(interval: Interval) -> int:
    """Return the full minutes of an interval."""
    start, end = interval
    return max(int((end - start).total_seconds()) // 60, 0)


def new_minutes(whole: Interval, taken: Iterable[Interval]) -> list[tuple[Interval, int]]:
    """Return the parts of an interval that count, with their minutes: what is not taken yet."""
    parts = [(part, minutes_of(part)) for part in subtracted(whole, taken)]
    return [(part, minutes) for part, minutes in parts if minutes > 0]


def state_of(evidence: int, *, attested: bool) -> str:
    """Return whether a claim counts at once or waits for somebody's word."""
    return CREDITED if attested or evidence >= ENOUGH_EVIDENCE else HELD


def stars(minutes: int) -> int:
    """Return how many stars credited minutes are."""
    return sum(minutes >= hours * 60 for hours in STARS_AT_HOURS)


def next_star_hours(minutes: int) -> int | None:
    """Return at how many hours the next star is; nothing after the last."""
    return next((hours for hours in STARS_AT_HOURS if minutes < hours * 60), None)


def hours_of(minutes: int) -> float:
    """Return hours to a tenth, cut off: nobody is told more than they served."""
    return minutes // 6 / 10


def period_start(period: str, now: datetime) -> datetime | None:
    """Return when a period began: the month or the year of now in Shanghai, or nothing."""
    if period == "all":
        return None
    wall = now.astimezone(SHANGHAI)
    month = wall.month if period == "month" else 1
    return wall.replace(month=month, day=1, hour=0, minute=0, second=0, microsecond=0).astimezone(
        UTC
    )
