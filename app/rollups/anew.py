"""Everything rolled up anew in the database, some hundred thousand rows at a time.

First the person-days of some residents, then the days and months of some days: memory is
bounded whatever there is. On SQLite what is to be written is reckoned first, so that nobody
who writes waits for long. See `beside` for where it is written, and who sees it when.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from app.core import clock
from app.rollups import rolling, statements
from app.rollups.beside import Beside, beside, take_place
from app.rollups.statements import DAYS, FACTS, MONTHS, PERSON_DAYS

MOST_AT_ONCE = 500_000
"""Rows in a step: some hundred bytes for each, in files where memory is short."""
SOME, FOUND, PARTS = "anew_some", "anew_found", "anew_parts"


def recompute() -> int:
    """Roll up all facts anew; returns how many rows of months there are."""
    began = clock.now()
    rolling.prepare()
    with beside() as tables:
        _fill_days(tables, _fill_person_days(tables))
        rows = tables.count(MONTHS)
        take_place(tables, began)
    return rows


def _fill_person_days(tables: Beside) -> Counter[str]:
    """Fill the table, some residents after the other; returns how many rows each day has."""
    columns, key = ", ".join(statements.PERSON_COLUMNS), ", ".join(statements.PERSON_KEY)
    of_a_day: Counter[str] = Counter()
    after = 0
    while (until := _resident_after(tables, after)) is not None:
        mine = f"resident_id > {after} AND resident_id <= {until}"
        facts = f"(SELECT * FROM {FACTS} WHERE {mine}) facts"
        tables.scratch(SOME, statements.person_days(facts))
        for day, rows in tables.run(f"SELECT day, COUNT(*) FROM {SOME} GROUP BY day"):
            of_a_day[str(day)] += rows
        tables.fill(
            PERSON_DAYS,
            statements.PERSON_COLUMNS,
            f"SELECT {columns} FROM {SOME} ORDER BY {key}",
        )
        after = until
    return of_a_day


def _resident_after(tables: Beside, after: int) -> int | None:
    """Return up to whom one goes, so that one has about as many facts as one may."""
    some = (
        f"SELECT resident_id FROM {FACTS} WHERE resident_id > {after}"
        f" ORDER BY resident_id LIMIT {MOST_AT_ONCE}"
    )
    found = tables.run(f"SELECT MAX(resident_id) FROM ({some}) walked").scalar_one()
    return None if found is None else int(found)


def _fill_days(tables: Beside, of_a_day: Counter[str]) -> None:
    """Fill days, some after the other, and months from what each of them brings."""
    key = ", ".join(statements.DAY_KEY)
    columns = ", ".join(statements.DAY_COLUMNS)
    read = ", ".join(name for name in statements.PERSON_COLUMNS if name != "resident_id")
    tables.drop(PARTS)
    parts: list[str] = []
    for first, last in spans(sorted(of_a_day.items())):
        mine = f"day >= '{first}' AND day <= '{last}'"
        tables.scratch(SOME, f"SELECT {read} FROM {tables.of(PERSON_DAYS)} WHERE {mine}")
        tables.scratch(FOUND, statements.days(SOME))
        tables.fill(DAYS, statements.DAY_COLUMNS, f"SELECT {columns} FROM {FOUND} ORDER BY {key}")
        parts.append(f"{PARTS}_{len(parts)}")
        tables.scratch(parts[-1], statements.months(FOUND))
    tables.drop(SOME, FOUND)
    _fill_months(tables, parts)


def _fill_months(tables: Beside, parts: list[str]) -> None:
    """A month may lie in several parts."""
    if parts:
        key = ", ".join(statements.MONTH_KEY)
        sums = ", ".join(f"SUM({name}) AS {name}" for name in statements.MONTH_SUMS)
        rows = " UNION ALL ".join(f"SELECT * FROM {part}" for part in parts)
        tables.fill(
            MONTHS,
            statements.MONTH_COLUMNS,
            f"SELECT {key}, {sums} FROM ({rows}) parts GROUP BY {key} ORDER BY {key}",
        )
        tables.drop(*parts)


def spans(counted: Iterable[tuple[str, int]]) -> Iterator[tuple[str, str]]:
    """Give ranges (first, last) of days with about as many rows as one takes at once."""
    first = last = ""
    held = 0
    for day, rows in counted:
        if held and held + rows > MOST_AT_ONCE:
            yield first, last
            held = 0
        first, last, held = first if held else day, day, held + rows
    if held:
        yield first, last
