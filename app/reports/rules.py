"""Which days a report is about, who reads it, and what is too few to tell."""

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from app.committees.formulas import LEAST_PEOPLE
from app.core.clock import SHANGHAI
from app.places import rules as place_rules

MONTH, QUARTER = "month", "quarter"
COMMITTEE, STREET, RESIDENTS = "committee", "street", "residents"
READERS = (COMMITTEE, STREET, RESIDENTS)
"""Whom a report is addressed to: the committee; the street, with a comparison; the residents,
without names and without anything that fewer than five people did."""
HTML, PDF, XLSX = "html", "pdf", "xlsx"
FORMATS = {
    HTML: "text/html",
    PDF: "application/pdf",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
FIRST_YEAR = 2020
"""Nothing of ours happened before; a report of nothing is not kept for anybody's typing."""
LONGEST_CORRECTION = 200
MOST_EDITIONS = 9
SETTLED_AT = time(5, 30)
"""In Shanghai, on the day after: then `reports.ask` runs, and late facts have come."""
MOST_OPEN_CASES = 15
"""So many of the longest open cases are named; who has more reads the board."""
KEY = re.compile(r"(\d{4})-(?:(0[1-9]|1[0-2])|Q([1-4]))", re.ASCII)
MADE, MAKING, FAILED = "made", "making", "failed"


@dataclass(frozen=True, slots=True)
class Period:
    """A calendar month or quarter, by its `key`: `2026-10`, `2026-Q3`."""

    key: str
    first: date
    last: date

    @property
    def kind(self) -> str:
        """Return which of the two it is."""
        return QUARTER if "Q" in self.key else MONTH

    @property
    def number(self) -> int:
        """Return which month of the year, or which quarter."""
        return (self.first.month + 2) // 3 if self.kind == QUARTER else self.first.month

    @property
    def before(self) -> "Period":
        """Return the month or quarter before."""
        return period_with(self.first - timedelta(days=1), self.kind)

    def compared(self, today: date) -> "Period":
        """Return what to compare with: the one before; of one that goes on, as many of its days."""
        before = self.before
        if today >= self.last:
            return before
        return replace(before, last=min(before.first + (today - self.first), before.last))

    def over(self, today: date) -> bool:
        """Whether all of its days are past."""
        return self.last < today

    @property
    def settles_at(self) -> datetime:
        """Return from when on it may be written down: the nights' work of its last day is done."""
        return datetime.combine(self.last + timedelta(days=1), SETTLED_AT, SHANGHAI)

    def begun(self, today: date) -> bool:
        """Whether any of its days has come."""
        return self.first <= today


def period(key: str) -> Period | None:
    """Return the period that a key names, None if it names none."""
    found = KEY.fullmatch(key)
    if found is None or int(found[1]) < FIRST_YEAR:
        return None
    year, month, quarter = int(found[1]), found[2], found[3]
    return _spanning(year, int(month), 1) if month else _spanning(year, 3 * int(quarter) - 2, 3)


def period_with(day: date, kind: str) -> Period:
    """Return the month or quarter that a day lies in."""
    if kind == MONTH:
        return _spanning(day.year, day.month, 1)
    return _spanning(day.year, 3 * ((day.month - 1) // 3) + 1, 3)


def _spanning(year: int, month: int, months: int) -> Period:
    last = month + months - 1
    key = f"{year:04}-Q{last // 3}" if months > 1 else f"{year:04}-{month:02}"
    return Period(key, date(year, month, 1), date(year, last, calendar.monthrange(year, last)[1]))


def is_community(place_code: str) -> bool:
    """Whether this is the code of a community."""
    return place_rules.is_code(place_code) and place_rules.kind_of(place_code) == "community"


def for_residents(place_code: str, found: Period) -> bool:
    """Whether residents are told of it: only of communities and months, see `became`."""
    return is_community(place_code) and found.kind == MONTH


def due_on(today: date) -> list[Period]:
    """Return what is to be reported from a day on: the last month, and the last quarter."""
    return [period_with(today, kind).before for kind in (MONTH, QUARTER)]


@dataclass(frozen=True, slots=True)
class Group:
    """Cases of one kind or several: by whom each was reported, of those that came and that closed.

    The people stay here: what is told are numbers.
    """

    code: str
    reported: tuple[int, ...]
    closed: tuple[int, ...]

    @property
    def few(self) -> bool:
        """Whether any of its numbers is about too few people."""
        return few(self.reported) or few(self.closed)


def few(people: Iterable[int]) -> bool:
    """Whether these are some, but fewer than may be told of."""
    return 0 < len(set(people)) < LEAST_PEOPLE


def together(groups: Iterable[Group], code: str = "other") -> Group:
    """Return what groups add up to."""
    listed = list(groups)
    return Group(
        code,
        tuple(person for group in listed for person in group.reported),
        tuple(person for group in listed for person in group.closed),
    )


def lumped(groups: Iterable[Group]) -> tuple[list[Group], Group]:
    """Return the groups that may be told, the biggest first, and what the others add up to.

    A group of which any number is about fewer than five people is told only together with
    others. While these are too few, the smallest of those told joins them: otherwise they
    were the difference to the total. What is left may still be `few`: then it is not to be
    told, nor is the total that it were the difference to.
    """
    ordered = sorted(groups, key=lambda group: (-len(group.reported), group.code))
    small = [group for group in ordered if group.few]
    told = [group for group in ordered if not group.few]
    while told and together(small).few:
        small.append(told.pop())
    return told, together(small)
