"""What counts as taking part, at which levels and in which periods figures are kept.

Definitions, for a place, an activity and a range of Shanghai days [first, last]:

- participations: what people did and what was not taken back.
- people: distinct residents among them. Somebody active in two grids is one person in the
  community of both, and so on up.
- newly: people whose first participation ever, at that place and in that activity, lies in
  the range. returning: the other people.
- stayed: people of a calendar period who took part in the calendar period right before, too.

Distinct people don't add up over days. What does is whether somebody is there for the first
time in a period, and that is known from the day on which they were there last: a period's
people are those whose last day before lies before the period. See `statements`.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from app.places.rules import LENGTHS, PlaceKind

VERSION = 1
"""Of the definitions. Another definition is another version; rows of the old one stay."""
MARK = "people"
"""The topic of what is rolled up, see `core.marks`."""

REPORTED, CONFIRMED, PATROLLED, LEARNT = "reported", "confirmed", "patrolled", "learnt"
ACTIVITIES = (REPORTED, CONFIRMED, PATROLLED, LEARNT)
"""What a fact may be."""
ALL, HOME = "all", "home"
"""Any activity; any activity of somebody who lived, confirmed, in the community where it was."""
GROUPS = (*ACTIVITIES, ALL, HOME)
"""What figures are kept for."""

ANSWERING_MOVES = frozenset({"confirm", "not_solved", "appeal", "reopen"})
"""The moves by which who reported a hazard says what became of it."""

LEVELS: dict[PlaceKind, int] = {
    kind: LENGTHS[kind]
    for kind in (PlaceKind.DISTRICT, PlaceKind.STREET, PlaceKind.COMMUNITY, PlaceKind.GRID)
}
"""Digits of a place's code, by kind of place that figures are kept for."""

DAY, WEEK, MONTH, QUARTER, YEAR = "day", "week", "month", "quarter", "year"
KINDS = (WEEK, MONTH, QUARTER, YEAR)
"""Periods of days."""
OF_MONTHS = (MONTH, QUARTER, YEAR)
"""Those whose figures are read from the rows of months; a week's are, from those of days."""
PERIODS = (DAY, *KINDS)


def start_of(day: date, kind: str) -> date:
    """Return the first day of the calendar period that a day lies in; weeks begin on Monday."""
    if kind == WEEK:
        return day - timedelta(days=day.weekday())
    if kind == DAY:
        return day
    month = {MONTH: day.month, QUARTER: (day.month - 1) // 3 * 3 + 1, YEAR: 1}[kind]
    return day.replace(month=month, day=1)


def end_of(start: date, kind: str) -> date:
    """Return the last day of the period that begins on a day."""
    longest = {DAY: 0, WEEK: 6, MONTH: 27, QUARTER: 88, YEAR: 364}[kind]
    day = start + timedelta(days=longest)
    while start_of(day + timedelta(days=1), kind) == start:
        day += timedelta(days=1)
    return day


def before(start: date, kind: str) -> date:
    """Return the first day of the period right before the one that begins on a day."""
    return start_of(start - timedelta(days=1), kind)


def exact_period(first: date, last: date) -> str | None:
    """Return which calendar period a range is, exactly; nothing if it is none."""
    found = (kind for kind in PERIODS if start_of(first, kind) == first)
    return next((kind for kind in found if end_of(first, kind) == last), None)


def calendar(first: date, last: date) -> Iterator[dict[str, date]]:
    """Give for each day of a range in which periods it lies, and which come right before."""
    day = first
    while day <= last:
        row = {"day": day, "day_before": day - timedelta(days=1)}
        for kind in KINDS:
            row[f"{kind}_start"] = start = start_of(day, kind)
            row[f"{kind}_before"] = before(start, kind)
        yield row
        day += timedelta(days=1)


def lies_at(code: str, home: str | None) -> str:
    """Return where a fact lies: its grid where that is known, else what is known.

    `home`: where the person lives, confirmed; it tells the grid of what has only a community,
    and the place of what has none.
    """
    grid, community = LENGTHS[PlaceKind.GRID], LENGTHS[PlaceKind.COMMUNITY]
    if len(code) in {0, community} and home and home.startswith(code):
        code = home
    return code[:grid]


def is_home(code: str, home: str | None) -> bool:
    """Whether something happened in the community where somebody lives, confirmed."""
    community = LENGTHS[PlaceKind.COMMUNITY]
    return home is not None and len(code) >= community and home[:community] == code[:community]
