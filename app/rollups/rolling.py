"""Rolling facts up in the database: what is new, within minutes, or everything anew.

What is new: the facts that wait name residents and days. From the first of these days on, such
a resident's person-days are made anew from the facts, by the same SQL as always. What rows are
gone and what rows have come is summed by the same SQL, too, and added to days and periods: all
figures are sums of whole numbers. Late, corrected and repeated facts are thus nothing special,
and doing it twice changes nothing. All of it is one transaction, together with the waiting
facts' deletion.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Date, func, select, text, update

from app.core import clock
from app.core.db import changed_rows, db, read, unit_of_work
from app.core.idempotency import insert_ignore
from app.rollups import rules, statements
from app.rollups.models import CalendarDay, Fact, Standing
from app.rollups.statements import DAYS, FACTS, PERIODS, PERSON_DAYS

MOST_AT_ONCE = 50_000
"""Facts in one transaction, so that nobody waits for it for long."""
TWO_YEARS = timedelta(days=731)


def roll_up() -> int:
    """Count what waits; returns how many facts that were."""
    total = 0
    while done := _roll_up_some():
        total += done
    return total


@unit_of_work()
def _roll_up_some() -> int:
    lock()
    _scratch(
        "rolling_taken",
        f"SELECT fact_id, resident_id, day FROM rollup_queue ORDER BY fact_id LIMIT {MOST_AT_ONCE}",
    )
    taken = int(read(text("SELECT COUNT(*) FROM rolling_taken")).scalar_one())
    if taken:
        _set(**LOOK_UP)
        _cover_calendar(read(_TAKEN_DAYS).one())
        _scratch(
            "rolling_people",
            "SELECT resident_id, MIN(day) AS since FROM rolling_taken GROUP BY resident_id",
        )
        _renew_person_days()
        _add_differences()
        changed_rows(
            text("DELETE FROM rollup_queue WHERE fact_id IN (SELECT fact_id FROM rolling_taken)")
        )
    for name in reversed(_SCRATCH):
        changed_rows(text(f"DROP TABLE IF EXISTS {name}"))
    mark_rolled(clock.now())
    return taken


def _set(**settings: str) -> None:
    """Tell PostgreSQL how to go about it, until the end of the transaction."""
    if db.engine.dialect.name == "postgresql":
        for name, value in settings.items():
            changed_rows(text(f"SET LOCAL {name} = '{value}'"))


LOOK_UP = {
    "jit": "off",
    "enable_mergejoin": "off",
    "enable_hashjoin": "off",
}
"""For few rows: each is looked up by an index, nothing is compiled. The planner would rather join
two lists, and read one of millions for it."""
READ_ALL = {"jit": "off", "work_mem": "256MB"}
"""For all rows: compiling the long statements costs more than it saves; a sort may take this."""
_TAKEN_DAYS = text("SELECT MIN(day) AS first, MAX(day) AS last FROM rolling_taken").columns(
    first=Date(), last=Date()
)
_SCRATCH = (
    "rolling_taken",
    "rolling_people",
    "rolling_old",
    "rolling_seeds",
    "rolling_new",
    "rolling_gone",
    "rolling_come",
    "rolling_days",
    "rolling_periods",
)


def _scratch(name: str, query: str) -> None:
    """Keep what a query finds in a table of this transaction."""
    changed_rows(text(f"CREATE TEMPORARY TABLE {name} AS {query}"))
    if db.engine.dialect.name == "postgresql":
        changed_rows(text(f"ANALYZE {name}"))


def _renew_person_days() -> None:
    """Make anew the person-days of who waits; keep which ones are gone and which have come."""
    columns, key = ", ".join(statements.PERSON_COLUMNS), ", ".join(statements.PERSON_KEY)
    old = ", ".join(f"p.{name}" for name in statements.PERSON_COLUMNS)
    _scratch("rolling_old", f"SELECT {old} FROM {_theirs(PERSON_DAYS, 'p', '>=')}")
    apart = "p.resident_id, p.place_code, p.activity, p.at_home"
    _scratch(
        "rolling_seeds",
        f"SELECT {apart}, MAX(p.day) AS day FROM {_theirs(PERSON_DAYS, 'p', '<')} GROUP BY {apart}",
    )
    facts = f"(SELECT f.* FROM {_theirs(FACTS, 'f', '>=')}) theirs"
    _scratch("rolling_new", statements.person_days(facts, seeds="rolling_seeds"))
    for name, rows, others in (
        ("rolling_gone", "rolling_old", "rolling_new"),
        ("rolling_come", "rolling_new", "rolling_old"),
    ):
        _scratch(name, f"SELECT {columns} FROM {rows} EXCEPT SELECT {columns} FROM {others}")
    changed_rows(
        text(f"DELETE FROM {PERSON_DAYS} WHERE ({key}) IN (SELECT {key} FROM rolling_gone)")
    )
    changed_rows(text(f"INSERT INTO {PERSON_DAYS} ({columns}) SELECT {columns} FROM rolling_come"))


def _theirs(relation: str, short: str, than: str) -> str:
    """Return the rows of who waits, from their first waiting day on or before it.

    CROSS JOIN, or SQLite reads all of the relation.
    """
    mine = f"{short}.resident_id = s.resident_id AND {short}.day {than} s.since"
    return f"rolling_people s CROSS JOIN {relation} {short} WHERE {mine}"


def _add_differences() -> None:
    """Add to each day, and to each period, what has come, less what is gone."""
    key, sums = statements.DAY_KEY, statements.DAY_SUMS
    _scratch(
        "rolling_days",
        _difference(key, sums, statements.days("rolling_come"), statements.days("rolling_gone")),
    )
    _add(DAYS, key, sums, "rolling_days")
    _scratch("rolling_periods", statements.periods("rolling_days"))
    _add(PERIODS, statements.PERIOD_KEY, statements.PERIOD_SUMS, "rolling_periods")


def _difference(key: Sequence[str], sums: Sequence[str], come: str, gone: str) -> str:
    listed = ", ".join(key)
    minus = ", ".join(f"-{name} AS {name}" for name in sums)
    added = ", ".join(f"CAST(SUM({name}) AS BIGINT) AS {name}" for name in sums)
    some = " OR ".join(f"SUM({name}) <> 0" for name in sums)
    return (
        f"SELECT {listed}, {added} FROM ({come} UNION ALL"
        f" SELECT {listed}, {minus} FROM ({gone}) gone) changed GROUP BY {listed} HAVING {some}"
    )


def _add(relation: str, key: Sequence[str], sums: Sequence[str], differences: str) -> None:
    listed, keyed = ", ".join((*key, *sums)), ", ".join(("version", *key))
    more = ", ".join(f"{name} = {relation}.{name} + excluded.{name}" for name in sums)
    changed_rows(
        text(
            f"INSERT INTO {relation} (version, {listed})"
            f" SELECT {rules.VERSION}, {listed} FROM {differences} WHERE true"
            f" ON CONFLICT ({keyed}) DO UPDATE SET {more}"
        )
    )
    changed_rows(
        text(
            f"DELETE FROM {relation} WHERE participations = 0 AND ({keyed})"
            f" IN (SELECT {rules.VERSION}, {', '.join(key)} FROM {differences}"
            " WHERE participations < 0)"
        )
    )


# Everything anew


@unit_of_work()
def recompute() -> int:
    """Roll up all facts anew in the database; returns how many rows of periods there are."""
    lock()
    # What came before the first statement that reads facts is in them; what comes later waits.
    _scratch("rolling_taken", "SELECT fact_id FROM rollup_queue")
    _cover_calendar(read(select(func.min(Fact.day), func.max(Fact.day))).one())
    _set(**READ_ALL)
    clear()
    for relation, columns, query in statements.steps():
        _fill(relation, columns, query)
    changed_rows(
        text("DELETE FROM rollup_queue WHERE fact_id IN (SELECT fact_id FROM rolling_taken)")
    )
    changed_rows(text("DROP TABLE rolling_taken"))
    mark_rolled(clock.now())
    return int(read(text(f"SELECT COUNT(*) FROM {PERIODS}")).scalar_one())


def _fill(relation: str, columns: Sequence[str], query: str) -> None:
    listed = ", ".join(columns)
    if relation == PERSON_DAYS:
        changed_rows(text(f"INSERT INTO {relation} ({listed}) {query}"))
    else:
        if relation == PERIODS:
            mine = f"(SELECT * FROM {DAYS} WHERE version = {rules.VERSION})"
            query = statements.periods(mine)
        changed_rows(
            text(
                f"INSERT INTO {relation} (version, {listed})"
                f" SELECT {rules.VERSION}, {listed} FROM ({query}) found"
            )
        )
    if db.engine.dialect.name == "postgresql":
        changed_rows(text(f"ANALYZE {relation}"))


def clear() -> None:
    """Delete what this version of the definitions has rolled up; other versions stay."""
    changed_rows(text(f"DELETE FROM {PERSON_DAYS}"))
    for relation in (DAYS, PERIODS):
        changed_rows(text(f"DELETE FROM {relation} WHERE version = {rules.VERSION}"))


def lock() -> None:
    """Let nobody else roll up until the end of the transaction."""
    changed_rows(insert_ignore(Standing).values(id=1, rolled_at=None))
    read(select(Standing.id).where(Standing.id == 1).with_for_update()).one()


def mark_rolled(at: datetime) -> None:
    """Keep until when facts are rolled up; part of a transaction."""
    changed_rows(update(Standing).where(Standing.id == 1).values(rolled_at=at))


@unit_of_work()
def prepare() -> None:
    """Let the calendar have every day of a fact, for an engine that reads it from a file."""
    _cover_calendar(read(select(func.min(Fact.day), func.max(Fact.day))).one())


def _cover_calendar(span: Any) -> None:
    """Let the calendar have every day of the years of a range (first, last), and of two more.

    A fact that comes while the others are read may lie in the year before or after.
    """
    first, last = tuple(span)
    if first is None:
        return
    since, until = tuple(read(select(func.min(CalendarDay.day), func.max(CalendarDay.day))).one())
    first = rules.before(rules.start_of(first, rules.YEAR), rules.YEAR)
    last = rules.start_of(last, rules.YEAR) + TWO_YEARS
    if since is not None and since <= first and last <= until:
        return
    changed_rows(insert_ignore(CalendarDay), list(rules.calendar(first, last)))
