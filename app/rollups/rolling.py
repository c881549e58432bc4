"""Rolling up what is new, within minutes; `anew` rolls up everything.

The facts that wait name residents and days. From the first of these days on, such
a resident's person-days are made anew from the facts, by the same SQL as always. What rows are
gone and what rows have come is summed by the same SQL, too, and added to days and periods: all
figures are sums of whole numbers. Late, corrected and repeated facts are thus nothing special,
and doing it twice changes nothing. All of it is one transaction, together with the waiting
facts' deletion.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Date, func, select, text, update

from app.core import clock
from app.core.db import changed_rows, db, read, unit_of_work
from app.core.idempotency import insert_ignore
from app.core.marks import mark_found
from app.rollups import rules, statements
from app.rollups.models import CalendarDay, Fact, Standing
from app.rollups.statements import DAYS, FACTS, MONTHS, PERSON_DAYS

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
    span = read(_TAKEN).one()
    if span.number:
        _set(**LOOK_UP)
        _cover_calendar((span.first, span.last))
        _renew_person_days()
        _add_differences()
        changed_rows(
            text("DELETE FROM rollup_queue WHERE fact_id IN (SELECT fact_id FROM rolling_taken)")
        )
    for name in reversed(_SCRATCH):
        changed_rows(text(f"DROP TABLE IF EXISTS {name}"))
    mark_rolled(clock.now())
    return int(span.number)


def _postgresql() -> bool:
    return db.engine.dialect.name == "postgresql"


def _set(**settings: str) -> None:
    """Tell PostgreSQL how to go about it, until the end of the transaction."""
    if _postgresql():
        for name, value in settings.items():
            changed_rows(text(f"SET LOCAL {name} = '{value}'"))


LOOK_UP = {
    "jit": "off",
    "enable_mergejoin": "off",
    "enable_hashjoin": "off",
    "work_mem": "64MB",
}
"""For few rows: each is looked up by an index, nothing is compiled. The planner would rather join
two lists, and read one of millions for it. What a district does in a day is summed in memory."""
_TAKEN = text(
    "SELECT COUNT(*) AS number, MIN(day) AS first, MAX(day) AS last FROM rolling_taken"
).columns(first=Date(), last=Date())
_SCRATCH = (
    "rolling_taken",
    "rolling_people",
    "rolling_old",
    "rolling_facts",
    "rolling_known",
    "rolling_new",
    "rolling_changed",
    "rolling_days",
    "rolling_months",
)
_JOINED = {"rolling_people"}
"""What others are looked up for: PostgreSQL has to know how few they are."""


def _scratch(name: str, query: str) -> None:
    """Keep what a query finds in a table of this transaction."""
    changed_rows(text(f"CREATE TEMPORARY TABLE {name} AS {query}"))
    if name in _JOINED and _postgresql():
        changed_rows(text(f"ANALYZE {name}"))


@contextmanager
def _among_ourselves() -> Iterator[None]:
    """Let PostgreSQL join lists again, where all of them are short."""
    _set(enable_hashjoin="on")
    yield
    _set(enable_hashjoin="off")


def _renew_person_days() -> None:
    """Make anew the person-days of who waits; keep which ones are gone and which have come."""
    columns, key = statements.PERSON_COLUMNS, statements.PERSON_KEY
    listed = ", ".join(columns)
    _scratch(
        "rolling_people",
        "SELECT resident_id, MIN(day) AS since FROM rolling_taken GROUP BY resident_id",
    )
    if not _postgresql():  # which begins with the few and looks up the many
        changed_rows(text("CREATE INDEX rolling_person ON rolling_people (resident_id)"))
    old = ", ".join(f"p.{name}" for name in columns)
    _scratch("rolling_old", f"SELECT {old} FROM {_theirs(PERSON_DAYS, 'p', '>=')}")
    told = ", ".join(f"f.{name}" for name in (*statements.PERSON_KEY, "sign", "minutes"))
    _scratch("rolling_facts", f"SELECT {told} FROM {_theirs(FACTS, 'f', '>=')}")
    with _among_ourselves():
        _scratch("rolling_known", _known())
        _scratch("rolling_new", _with_lasts())
    was_there = read(text("SELECT 1 FROM rolling_old LIMIT 1")).first()
    if was_there:
        come, gone = (
            f"SELECT {listed} FROM {rows} EXCEPT SELECT {listed} FROM {others}"
            for rows, others in (("rolling_new", "rolling_old"), ("rolling_old", "rolling_new"))
        )
        _scratch(
            "rolling_changed",
            f"SELECT 1 AS turn, {listed} FROM ({come}) come"
            f" UNION ALL SELECT -1, {listed} FROM ({gone}) gone",
        )
        _keep_person_days()
    else:  # as on most days: nothing of it is in the table, and nothing goes
        _scratch("rolling_changed", f"SELECT 1 AS turn, {listed} FROM rolling_new")
        changed_rows(
            text(
                f"INSERT INTO {PERSON_DAYS} ({listed}) SELECT {listed} FROM rolling_changed"
                f" ORDER BY {', '.join(key)}"
            )
        )
    mark_found(rules.MARK, "SELECT DISTINCT place_code FROM rolling_changed")


def _known() -> str:
    """Return the SELECT of person-days that waiting facts tell: most people have just one.

    That one knows of no day before, which is cheaper said than found out.
    """
    several = "SELECT resident_id FROM rolling_facts GROUP BY resident_id HAVING COUNT(*) > 1"
    theirs = f"(SELECT * FROM rolling_facts WHERE resident_id IN ({several})) theirs"
    key = ", ".join(statements.PERSON_KEY)
    never = ", ".join(f"CAST(NULL AS DATE) AS {name}" for name in statements.LASTS)
    return (
        f"{statements.person_days(theirs)} UNION ALL"
        f" SELECT {key}, CAST(sign AS BIGINT), CAST(minutes AS BIGINT), {never} FROM rolling_facts"
        f" WHERE sign > 0 AND resident_id NOT IN ({several})"
    )


def _keep_person_days() -> None:
    """Put what has come in the place of what is gone; no index has to know of a row that stays."""
    columns, key = statements.PERSON_COLUMNS, statements.PERSON_KEY
    listed, keyed = ", ".join(columns), ", ".join(key)
    come = f"SELECT {listed} FROM rolling_changed WHERE turn = 1"
    changed_rows(
        text(
            f"DELETE FROM {PERSON_DAYS} WHERE ({keyed}) IN (SELECT {keyed} FROM rolling_changed"
            f" GROUP BY {keyed} HAVING MAX(turn) < 0)"
        )
    )
    sums = [name for name in columns if name not in key]
    _merge(PERSON_DAYS, key, sums, f"{come} ORDER BY {keyed}")


DAY_DIGITS = 10
"""Of a day as text; in what a look back finds whether it was at home and the place code follow."""


def _with_lasts() -> str:
    """Return the SELECT of what is known with, where it knows of no day before, the one before.

    Level by level, for where somebody was last in a district is mostly where they were last in the
    street, too: then nothing is looked up. Nor is it for who has not been there in any activity.
    """
    levels = tuple(rules.LEVELS.values())
    stages, above = (
        [_stage("known", f"rolling_known k JOIN {_PEOPLE}", "s.since AS since")],
        "known",
    )
    for digits, upper in zip(levels, (None, *levels), strict=False):
        for sorts in ((rules.ALL,), (statements.ONE, rules.HOME)):
            found = (f"{_found(sort, digits, upper)} AS found_{sort}_{digits}" for sort in sorts)
            name = f"found_{sorts[-1]}_{digits}"
            stages.append(_stage(name, f"{above} k", *found))
            above = name
    cut = f"substr(k.found_{{0}}, 1, {DAY_DIGITS})"
    if _postgresql():
        cut = f"CAST({cut} AS DATE)"
    lasts = ", ".join(
        f"COALESCE(k.last_{each}, {cut.format(each)}) AS last_{each}"
        for each in (f"{sort}_{digits}" for digits in levels for sort in statements.SORTS)
    )
    apart = ", ".join(f"k.{name}" for name in statements.PERSON_KEY)
    return (
        f"WITH {', '.join(stages)} SELECT {apart}, k.participations, k.minutes, {lasts}"
        f" FROM {above} k"
    )


_PEOPLE = "rolling_people s ON s.resident_id = k.resident_id"


def _stage(name: str, rows: str, *more: str) -> str:
    return f"{name} AS MATERIALIZED (SELECT k.*, {', '.join(more)} FROM {rows})"


def _found(sort: str, digits: int, upper: int | None) -> str:
    """Return the last row of a level before who waits first waits; see `DAY_DIGITS`."""
    place = f"substr(k.place_code, 1, {digits})"
    cases = []
    if upper is None:
        # What knows of a day before at the deepest level knows of one at every level; where all of
        # them is asked for, it is for the others' sake, too.
        known = (statements.ONE, rules.HOME) if sort == rules.ALL else (sort,)
        deepest = max(rules.LEVELS.values())
        all_known = " AND ".join(f"k.last_{each}_{deepest} IS NOT NULL" for each in known)
        cases.append(f"{all_known} THEN NULL")
    else:
        found = f"k.found_{sort}_{upper}"
        cases.append(f"{found} IS NULL THEN NULL")
        cases.append(f"substr({found}, {DAY_DIGITS + 2}, {digits}) = {place} THEN {found}")
    if sort != rules.ALL:
        of_any = f"k.found_{rules.ALL}_{digits}"
        cases.append(f"{of_any} IS NULL THEN NULL")
        if sort == rules.HOME:
            was_home = f"substr({of_any}, {DAY_DIGITS + 1}, 1)"
            cases.append(f"{was_home} = CAST(k.at_home AS TEXT) THEN {of_any}")
    alike = {
        statements.ONE: " AND b.activity = k.activity",
        rules.ALL: "",
        rules.HOME: " AND b.at_home = k.at_home",
    }[sort]
    # Read backwards from that day, out of the key's index alone; of the two conditions on the place
    # the index knows the first.
    looked_up = (
        "(SELECT CAST(b.day AS TEXT) || CAST(b.at_home AS TEXT) || b.place_code"
        f" FROM {PERSON_DAYS} b"
        " WHERE b.resident_id = k.resident_id AND b.day < k.since"
        f" AND b.place_code >= {place} AND b.place_code < {place} || ':'"
        f" AND substr(b.place_code, 1, {digits}) = {place}{alike}"
        " ORDER BY b.day DESC LIMIT 1)"
    )
    return f"CASE {' '.join('WHEN ' + case for case in cases)} ELSE {looked_up} END"


def _theirs(relation: str, short: str, than: str) -> str:
    """Return the rows of who waits, from their first waiting day on or before it.

    CROSS JOIN, or SQLite reads all of the relation.
    """
    mine = f"{short}.resident_id = s.resident_id AND {short}.day {than} s.since"
    return f"rolling_people s CROSS JOIN {relation} {short} WHERE {mine}"


def _add_differences() -> None:
    """Add to each day, and to each month, what has come, less what is gone."""
    days = statements.days("rolling_changed", "p.turn")
    some = " OR ".join(f"{name} <> 0" for name in statements.DAY_SUMS)
    with _among_ourselves():
        _scratch("rolling_days", f"SELECT * FROM ({days}) changed WHERE {some}")
        _scratch("rolling_months", statements.months("rolling_days"))
    _add(DAYS, statements.DAY_KEY, statements.DAY_SUMS, "rolling_days")
    _add(MONTHS, statements.MONTH_KEY, statements.MONTH_SUMS, "rolling_months")


def _add(relation: str, key: Sequence[str], sums: Sequence[str], differences: str) -> None:
    """Add differences to the rows of their keys; one of which nothing is left goes."""
    listed = ", ".join(key)
    rows = f"SELECT {rules.VERSION} AS version, {listed}, {', '.join(sums)} FROM {differences}"
    _merge(relation, ("version", *key), sums, f"{rows} ORDER BY {listed}", adds=True)
    if not _postgresql():
        changed_rows(
            text(
                f"DELETE FROM {relation} WHERE participations = 0 AND (version, {listed})"
                f" IN (SELECT {rules.VERSION}, {listed} FROM {differences}"
                " WHERE participations < 0)"
            )
        )


def _merge(
    relation: str, key: Sequence[str], values: Sequence[str], rows: str, *, adds: bool = False
) -> None:
    """Insert rows or, where there is one of the key, let its values be the new, or added to.

    Nobody else writes there, see `lock`: so PostgreSQL need not guard each row that it inserts
    against one that comes meanwhile, as ON CONFLICT does.
    """
    listed = ", ".join((*key, *values))

    def changed(old: str, new: str) -> str:
        return ", ".join(
            f"{name} = {f'{old}.{name} + ' if adds else ''}{new}.{name}" for name in values
        )

    if _postgresql():
        same = " AND ".join(f"t.{name} = r.{name}" for name in key)
        theirs = ", ".join(f"r.{name}" for name in (*key, *values))
        nothing = "t.participations + r.participations = 0"
        gone = f" WHEN MATCHED AND {nothing} THEN DELETE" if adds else ""
        words = (
            f"MERGE INTO {relation} t USING ({rows}) r ON {same}{gone}"
            f" WHEN MATCHED THEN UPDATE SET {changed('t', 'r')}"
            f" WHEN NOT MATCHED THEN INSERT ({listed}) VALUES ({theirs})"
        )
    else:
        words = (
            f"INSERT INTO {relation} ({listed}) SELECT {listed} FROM ({rows}) r WHERE true"
            f" ON CONFLICT ({', '.join(key)}) DO UPDATE SET {changed(relation, 'excluded')}"
        )
    changed_rows(text(words))


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
