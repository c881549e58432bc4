"""What may be told of figures about people: nothing under five, nor what gives it away.

Plain Python. A table has a row for each grid (street, community); its total is told beside
them. Two groups stand behind each row, who took part and who did not; neither is told of
when it has fewer than five people, since the other one and the number of residents give it
away. A row alone would follow from the total, so others are hidden with it, the smallest first
(primary and complementary suppression; see Hundepool and others, Statistical Disclosure Control,
2012, chapter 4). Five is the issue's own.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

FEWEST = 5
"""Of fewer people nothing is told."""
LOWEST, HIGHEST = 0.05, 0.95
"""A share beyond is told as "5 % or fewer", "95 % or more": that all were wrong, or none, would
say of each what they answered."""


@dataclass(frozen=True, slots=True)
class Row:
    """How many people took part, `of` how many who could."""

    people: int
    of: int

    def __post_init__(self) -> None:
        """Refuse what cannot be."""
        if not 0 <= self.people <= self.of:
            raise ValueError(self)

    @property
    def enough(self) -> bool:
        """Whether both groups have enough people to be told of."""
        return self.people >= FEWEST and self.of - self.people >= FEWEST


@dataclass(frozen=True, slots=True)
class Told:
    """What may be told of a table: its total or nothing at all, and these of its rows."""

    total: bool
    rows: frozenset[str]


NOTHING = Told(total=False, rows=frozenset())


def told(rows: Mapping[str, Row], *, never: Collection[str] = ()) -> Told:
    """Return what of a table and its total may be told; `never`: rows that must not be.

    Where rows are hidden, all of them together are a group that follows from the total: it has
    enough people too, and nobody can tell a row that is too small to within five people, even
    who knows how many live where. Rows where nobody could take part hide nothing.
    """
    rows = {key: row for key, row in rows.items() if row.of}
    if not together(rows.values()).enough:
        return NOTHING
    tellable = sorted(
        (key for key, row in rows.items() if row.enough and key not in never),
        key=lambda key: (rows[key].people, key),
    )
    small = [rows[key] for key in rows if key not in tellable]
    for kept_back in range(len(tellable) + 1):
        if _safe(small, [rows[key] for key in tellable[:kept_back]]):
            return Told(total=True, rows=frozenset(tellable[kept_back:]))
    return NOTHING


def together(rows: Collection[Row]) -> Row:
    """Return the sum of rows."""
    return Row(sum(row.people for row in rows), sum(row.of for row in rows))


def _safe(small: Sequence[Row], kept_back: Sequence[Row]) -> bool:
    """Whether hidden rows, of which some are too small, are hidden well enough.

    Also those that are kept back for the others' sake: else that they are would tell of the others.
    """
    if not small:
        return True
    hidden = together([*small, *kept_back])
    others = (hidden.of - row.of for row in [*small, *kept_back])
    return hidden.enough and min(others) >= FEWEST


def told_in_tree(rows: Mapping[str, Row], lengths: Sequence[int]) -> frozenset[str]:
    """Return the places of which may be told: those of rows, and those around them.

    `rows`: by place code, all of the longest of `lengths` (digits of a code on each floor, the
    outermost first). What is hidden of a place is hidden of all places in it: so each hidden
    figure stands in one sum alone, that of the table which it is hidden in.
    """
    tables = _tables(rows, lengths)
    never: set[str] = set()
    for parents in reversed(lengths[:-1]):
        for code, inner in tables.items():
            # A total that gives away what is in it is not told of either.
            if len(code) == parents and not told(inner, never=never & set(inner)).total:
                never.add(code)
    shown: set[str] = set()
    for code, row in _floor(rows, lengths[0]).items():
        if row.enough and code not in never:
            shown |= {code} | _told_within(code, tables, never)
    return frozenset(shown)


def _told_within(
    code: str, tables: Mapping[str, Mapping[str, Row]], never: Collection[str]
) -> set[str]:
    found = told(tables.get(code, {}), never=never).rows
    return set(found).union(*(_told_within(inner, tables, never) for inner in found))


def _tables(rows: Mapping[str, Row], lengths: Sequence[int]) -> dict[str, dict[str, Row]]:
    """Return the tables of a tree, each by the code of the place around it."""
    found: dict[str, dict[str, Row]] = {}
    for outer, inner in pairwise(lengths):
        for code, row in _floor(rows, inner).items():
            found.setdefault(code[:outer], {})[code] = row
    return found


def _floor(rows: Mapping[str, Row], length: int) -> dict[str, Row]:
    """Return the sums of rows by places of a code's length."""
    groups: dict[str, list[Row]] = {}
    for code, row in rows.items():
        groups.setdefault(code[:length], []).append(row)
    return {code: together(group) for code, group in groups.items()}


def told_of_part(people: int, of_them: int) -> bool:
    """Whether a figure about some of the people behind another figure may be told beside it.

    Who is left over must be nobody, or enough: else their figure is what both differ by.
    """
    rest = people - of_them
    return of_them >= FEWEST and (rest == 0 or rest >= FEWEST)


def at_least(people: int) -> int | None:
    """Return a number that still grows, down to the last five; nothing under five.

    So nobody sees from one day to the next that one more person was there.
    """
    return people // FEWEST * FEWEST or None


def mean_share(people: int, sum_of_shares: float) -> float | None:
    """Return what people know, each counting the same: the mean of their shares of right answers.

    To whole percents, within `LOWEST` and `HIGHEST`; nothing of fewer than five people.
    """
    if people < FEWEST:
        return None
    return min(max(round(sum_of_shares / people, 2), LOWEST), HIGHEST)


# Months


def month_of(day: date) -> str:
    """Return the calendar month of a day: `2026-11`."""
    return f"{day:%Y-%m}"


def first_of(month: str) -> date:
    """Return the first day of a month."""
    return date.fromisoformat(f"{month}-01")


def month_before(day: date) -> str:
    """Return the month before the one that a day lies in: the last that is over."""
    return month_of(day.replace(day=1) - timedelta(days=1))


def months(first: str, last: str) -> list[str]:
    """Return all months from one to another, both included."""
    found, day = [], first_of(first)
    while month_of(day) <= last:
        found.append(month_of(day))
        day = (day + timedelta(days=31)).replace(day=1)
    return found
