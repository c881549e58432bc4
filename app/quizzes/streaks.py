"""How many days in a row: pure rules on Shanghai calendar days, with two free days a month.

A missed day does not break a streak while its month has a free day left; it does not lengthen it
either. (Our own decision: people are ill, travel, and forget.)
"""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta

FREE_A_MONTH = 2
LONGEST_GAP = 2 * FREE_A_MONTH
"""So many days can be missed at most, two on either side of a month's end."""


@dataclass(frozen=True, slots=True)
class Streak:
    """`free_used`: free days used in the month of `last_day`, up to it."""

    length: int
    longest: int
    last_day: date
    free_used: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """A streak as it stands on a day. `length` is 0 when it is broken or there never was one.

    `keep_until`: the last day on which it can still be continued, if it stands.
    """

    length: int
    longest: int
    free_left: int
    done_today: bool
    keep_until: date | None


def month_of(day: date) -> tuple[int, int]:
    """Return the calendar month of a day."""
    return (day.year, day.month)


def missed(last_day: date, day: date) -> list[date]:
    """Return the days strictly between two."""
    return [last_day + timedelta(days=n) for n in range(1, (day - last_day).days)]


def _used_after(streak: Streak, days: list[date]) -> Counter[tuple[int, int]] | None:
    """Return the free days used by month when these are missed; nothing if there are not enough."""
    if len(days) > LONGEST_GAP:
        return None
    used = Counter({month_of(streak.last_day): streak.free_used})
    used.update(month_of(day) for day in days)
    return used if max(used.values()) <= FREE_A_MONTH else None


def advanced(streak: Streak | None, day: date) -> Streak:
    """Return the streak after the quiz of a day; a day before the last one changes nothing."""
    if streak is None:
        return Streak(1, 1, day)
    if day <= streak.last_day:
        return streak
    used = _used_after(streak, missed(streak.last_day, day))
    if used is None:
        same_month = month_of(day) == month_of(streak.last_day)
        return Streak(1, streak.longest, day, streak.free_used if same_month else 0)
    length = streak.length + 1
    longest = max(length, streak.longest)
    return replace(
        streak, length=length, longest=longest, last_day=day, free_used=used[month_of(day)]
    )


def standing(streak: Streak | None, today: date) -> Standing:
    """Return how a streak stands today, without the quiz of today if it was not taken yet."""
    if streak is None:
        return Standing(0, 0, FREE_A_MONTH, done_today=False, keep_until=None)
    done = streak.last_day >= today
    used = _used_after(streak, missed(streak.last_day, today))
    if used is None:
        same_month = month_of(today) == month_of(streak.last_day)
        left = FREE_A_MONTH - (streak.free_used if same_month else 0)
        return Standing(0, streak.longest, left, done_today=False, keep_until=None)
    return Standing(
        streak.length,
        streak.longest,
        FREE_A_MONTH - used[month_of(max(today, streak.last_day))],
        done_today=done,
        keep_until=_keep_until(streak),
    )


def _keep_until(streak: Streak) -> date:
    day = streak.last_day + timedelta(days=1)
    while _used_after(streak, missed(streak.last_day, day + timedelta(days=1))) is not None:
        day += timedelta(days=1)
    return day
