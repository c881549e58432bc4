"""What may be given to everybody: never anything about fewer than five people. Plain Python.

Two kinds of tables are released, once a quarter, and never changed afterwards:

- A tree of people (`released_people`): districts, streets, communities, and in a community
  what people did. Everybody is counted in one community and in one way, so that each place is
  the sum of its parts. Whoever subtracts the parts that are told from their whole is left with
  the people of the parts that are not: these have to be none, or five at least. All sets of
  people that any adding and subtracting of cells can single out are sums of such rests.
- Groups of cases (`grouped`): each case is in one group only, and no sums of groups are
  released, so that there is nothing to subtract. A group's reporters are five at least; what
  few have reported is told more coarsely, or not at all.

A filter picks rows of what is released and reckons nothing anew, so it singles out nothing
that the whole table does not. Nothing is released a second time: two states of one table
would tell who came in between.
"""

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

LEAST = 5
"""k: people that a number is about, at least."""
VERSION = 1
"""Of these rules; a release says by which it was made."""
LICENCE = "CC-BY-4.0"
"""SPDX name of the licence that the tables are under. (Our own decision.)"""
SETTLED_AFTER = 14
"""Days after a quarter until it is released: late facts have come by then. (Our own decision.)"""
MONTHS_A_QUARTER = 3
PATTERNS = ("reported", "confirmed", "patrolled", "learnt")
SEVERAL = "several"
"""What somebody did in a quarter: one kind of thing, or several."""


def few(people: int) -> bool:
    """Whether so many people could be found out."""
    return 0 < people < LEAST


def quarter_name(first: date) -> str:
    """Return a quarter as `2026-Q3`."""
    return f"{first.year}-Q{(first.month - 1) // MONTHS_A_QUARTER + 1}"


# A tree of people


def released_people(
    counts: Mapping[str, int],
    parents: Mapping[str, str | None],
    *,
    yielding: Collection[str] = (),
) -> set[str]:
    """Return which cells of a tree may be told.

    `counts`: people by cell; a cell holds the people of its parts, and perhaps others.
    `parents`: the cell around each, listed before its parts. Cells without anybody are not
    told either: an empty row says no more than a missing one.
    `yielding`: sums that stand back where they would give few people away; of other cells
    it is their smallest parts that do.
    """
    parts: dict[str, list[str]] = {cell: [] for cell in parents}
    for cell, parent in parents.items():
        if parent is not None:
            parts[parent].append(cell)
    told: set[str] = set()
    tops: dict[str, set[str]] = {}
    """The largest cells told within each cell, itself apart."""
    for cell in reversed(list(parents)):
        mine = {top for part in parts[cell] for top in ({part} if part in told else tops[part])}
        rest = counts.get(cell, 0) - sum(counts[top] for top in mine)
        if counts.get(cell, 0) >= LEAST and not (cell in yielding and few(rest)):
            while few(counts[cell] - sum(counts[top] for top in mine)):
                least = min(mine, key=lambda top: (counts[top], top))
                told.discard(least)
                mine = (mine - {least}) | tops[least]
            told.add(cell)
        tops[cell] = mine
    return told


# Groups of cases


@dataclass(frozen=True, slots=True)
class ClosedCase:
    """What is needed of a closed case; `reporter` never leaves this module."""

    place_code: str
    category: str
    month: str
    quarter: str
    reporter: int
    on_time: bool | None
    days: int


@dataclass(frozen=True, slots=True)
class Group:
    """Cases that are told together; a key that is None was left out so that they are enough."""

    place_code: str
    period: str
    category: str | None
    cases: tuple[ClosedCase, ...] = field(default=())


Key = tuple[str, str, str | None]


def _ladder(case: ClosedCase) -> Sequence[Key]:
    """Return how a case may be told, the finest first: coarser in kind, time, place."""
    community, street, district = (case.place_code[:digits] for digits in (12, 9, 6))
    return (
        (community, case.month, case.category),
        (community, case.month, None),
        (community, case.quarter, case.category),
        (community, case.quarter, None),
        (street, case.quarter, None),
        (district, case.quarter, None),
    )


def grouped(cases: Iterable[ClosedCase]) -> tuple[list[Group], int]:
    """Return the groups that may be told, and how many cases are in none.

    Each case is told as finely as there are five reporters for it and those like it. Whatever
    a month's report tells residents is a sum of groups of the first two steps.
    """
    waiting = list(cases)
    found: list[Group] = []
    steps = len(_ladder(waiting[0])) if waiting else 0
    for step in range(steps):
        groups: dict[Key, list[ClosedCase]] = {}
        for case in waiting:
            groups.setdefault(_ladder(case)[step], []).append(case)
        waiting = []
        for key, members in sorted(groups.items(), key=lambda pair: str(pair[0])):
            if _enough(members):
                found.append(Group(*key, cases=tuple(members)))
            else:
                waiting += members
    return found, len(waiting)


def _enough(cases: Collection[ClosedCase]) -> bool:
    return len(_reporters(cases)) >= LEAST


def _reporters(cases: Iterable[ClosedCase]) -> set[int]:
    return {case.reporter for case in cases}


def kept_in_time(group: Group) -> int | None:
    """Return how many cases of a group were handled by their promise.

    Nothing where those that were, those that were not, or those without one, are of few people.
    """
    apart: dict[Hashable, set[int]] = {}
    for case in group.cases:
        apart.setdefault(case.on_time, set()).add(case.reporter)
    if any(few(len(reporters)) for reporters in apart.values()):
        return None
    return sum(case.on_time is True for case in group.cases)


def median_days(group: Group) -> int:
    """Return the median of the days from report to closing, rounded down."""
    ordered = sorted(case.days for case in group.cases)
    return ordered[len(ordered) // 2]
