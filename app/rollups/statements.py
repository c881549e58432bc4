"""The roll-up's SQL, once for every engine: SQLite, PostgreSQL, DuckDB, Apache Spark.

Only what all four understand, and no date arithmetic: `rollup_calendar` says in which periods a
day lies. Three steps, each a SELECT over the relations that it names:

1. `person_days`: from facts, one row for each resident, day, place and activity, with the day
   on which they were last there before, for each level of place and each group of activities.
2. `days`: for each place of each level, group and day, what adds up over days. Who is there for
   the first time in a month is one person of that month: so distinct people add up, too.
3. `periods`: the sums of days.

Sums over places are never taken, since people don't add up over places.
"""

from collections.abc import Iterator

from app.rollups import rules

FACTS, CALENDAR = "participation_facts", "rollup_calendar"
PERSON_DAYS, DAYS, PERIODS = "rollup_person_days", "rollup_days", "rollup_periods"

ONE = "one"
SORTS = {
    ONE: ("activity", "day, place_code, at_home"),
    rules.ALL: (None, "day, place_code, activity, at_home"),
    rules.HOME: ("at_home", "day, place_code, activity"),
}
"""By what the rows of a resident and place are told apart, and the order of the rest, wholly."""

PERSON_KEY = ("resident_id", "day", "place_code", "activity", "at_home")
LASTS = [f"last_{sort}_{digits}" for digits in rules.LEVELS.values() for sort in SORTS]
PERSON_COLUMNS = (*PERSON_KEY, "participations", "minutes", *LASTS)
DAY_KEY = ("day", "digits", "place_code", "activity")
DAY_SUMS = (
    "participations",
    "minutes",
    "newly",
    *(f"people_{kind}" for kind in rules.PERIODS),
    *(f"stayed_{kind}" for kind in rules.PERIODS),
)
DAY_COLUMNS = (*DAY_KEY, *DAY_SUMS)
PERIOD_KEY = ("kind", "starts_on", "digits", "place_code", "activity")
PERIOD_SUMS = ("participations", "minutes", "people", "newly", "stayed")
PERIOD_COLUMNS = (*PERIOD_KEY, *PERIOD_SUMS)


def person_days(facts: str = FACTS, *, seeds: str | None = None) -> str:
    """Return the SELECT of `PERSON_COLUMNS` from facts.

    `seeds`: a relation of (resident_id, day, place_code, activity, at_home) that tells what
    was before the facts, where those are not all.
    """
    key = ", ".join(PERSON_KEY)
    standing = (
        f"SELECT {key}, CAST(SUM(sign) AS BIGINT) AS participations,"
        f" CAST(SUM(minutes) AS BIGINT) AS minutes"
        f" FROM {facts} GROUP BY {key} HAVING SUM(sign) > 0"
    )
    if seeds:
        before = f"SELECT {key}, 0 AS participations, 0 AS minutes FROM {seeds}"
        standing = f"{standing} UNION ALL {before}"
    lasts = ", ".join(_last(sort, digits) for digits in rules.LEVELS.values() for sort in SORTS)
    known = f"SELECT {key}, participations, minutes, {lasts} FROM ({standing}) standing"
    if not seeds:
        return known
    columns = ", ".join(PERSON_COLUMNS)
    return f"SELECT {columns} FROM ({known}) known WHERE participations > 0"


def _last(sort: str, digits: int) -> str:
    apart, order = SORTS[sort]
    parts = ", ".join(filter(None, ("resident_id", f"substr(place_code, 1, {digits})", apart)))
    return f"LAG(day) OVER (PARTITION BY {parts} ORDER BY {order}) AS last_{sort}_{digits}"


def days(person_days: str = PERSON_DAYS) -> str:
    """Return the SELECT of `DAY_COLUMNS` from person-days."""
    return " UNION ALL ".join(
        _days(person_days, digits, sort) for digits in rules.LEVELS.values() for sort in SORTS
    )


def _days(person_days: str, digits: int, sort: str) -> str:
    place = f"substr(p.place_code, 1, {digits})"
    activity = "p.activity" if sort == ONE else f"'{sort}'"
    last = f"p.last_{sort}_{digits}"
    sums = [
        "SUM(p.participations)",
        "SUM(p.minutes)",
        _count(f"{last} IS NULL"),
        *(_count(f"{last} IS NULL OR {last} < {_start(kind)}") for kind in rules.PERIODS),
        *(
            _count(f"{last} < {_start(kind)} AND {last} >= {_before(kind)}")
            for kind in rules.PERIODS
        ),
    ]
    named = ", ".join(
        f"CAST({value} AS BIGINT) AS {name}" for value, name in zip(sums, DAY_SUMS, strict=True)
    )
    home = " AND p.at_home = 1" if sort == rules.HOME else ""
    grouped = ", ".join(("p.day", place, *(("p.activity",) if sort == ONE else ())))
    return (
        f"SELECT p.day AS day, {digits} AS digits, {place} AS place_code,"
        f" {activity} AS activity, {named}"
        f" FROM {person_days} p JOIN {CALENDAR} c ON c.day = p.day"
        f" WHERE length(p.place_code) >= {digits}{home} GROUP BY {grouped}"
    )


def _count(condition: str) -> str:
    return f"SUM(CASE WHEN {condition} THEN 1 ELSE 0 END)"


def _start(kind: str) -> str:
    return "c.day" if kind == rules.DAY else f"c.{kind}_start"


def _before(kind: str) -> str:
    return f"c.{kind}_before"


def periods(days: str = DAYS) -> str:
    """Return the SELECT of `PERIOD_COLUMNS` from days of one version."""
    return " UNION ALL ".join(_periods(days, kind) for kind in rules.KINDS)


def _periods(days: str, kind: str) -> str:
    start = f"c.{kind}_start"
    taken = ("participations", "minutes", f"people_{kind}", "newly", f"stayed_{kind}")
    sums = ", ".join(
        f"CAST(SUM(d.{source}) AS BIGINT) AS {name}"
        for source, name in zip(taken, PERIOD_SUMS, strict=True)
    )
    return (
        f"SELECT '{kind}' AS kind, {start} AS starts_on, d.digits AS digits,"
        f" d.place_code AS place_code, d.activity AS activity, {sums}"
        f" FROM {days} d JOIN {CALENDAR} c ON c.day = d.day"
        f" GROUP BY {start}, d.digits, d.place_code, d.activity"
    )


def steps() -> Iterator[tuple[str, tuple[str, ...], str]]:
    """Give each step of a whole roll-up in order: its relation, columns and SELECT."""
    yield PERSON_DAYS, PERSON_COLUMNS, person_days()
    yield DAYS, DAY_COLUMNS, days()
    yield PERIODS, PERIOD_COLUMNS, periods()
