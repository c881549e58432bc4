"""The roll-up's SQL, once for every engine: SQLite, PostgreSQL, DuckDB, Apache Spark.

Only what all four understand, and no date arithmetic: `rollup_calendar` says in which periods a
day lies. Three steps, each a SELECT over the relations that it names:

1. `person_days`: from facts, one row for each resident, day, place and activity, with the day
   on which they were last there before, for each level of place and each group of activities.
2. `days`: for each place of each level, group and day, what adds up over days. Who is there for
   the first time in a month is one person of that month: so distinct people add up, too.
3. `months`: the sums of days. Quarters and years are sums of months, weeks of days: whoever asks
   for one adds up some rows, which is cheaper than three rows more to change for every fact.

Sums over places are never taken, since people don't add up over places.
"""

from collections.abc import Iterator

from app.rollups import rules

FACTS, CALENDAR = "participation_facts", "rollup_calendar"
PERSON_DAYS, DAYS, MONTHS = "rollup_person_days", "rollup_days", "rollup_months"

ONE = "one"
SORTS = (ONE, rules.ALL, rules.HOME)
"""By what the rows of a resident and place are told apart: activity, nothing, being at home."""

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
MONTH_KEY = ("starts_on", "digits", "place_code", "activity")
MONTH_SUMS = (
    "participations",
    "minutes",
    "newly",
    *(f"{name}_{kind}" for name in ("people", "stayed") for kind in rules.OF_MONTHS),
)
MONTH_COLUMNS = (*MONTH_KEY, *MONTH_SUMS)


def person_days(facts: str = FACTS) -> str:
    """Return the SELECT of `PERSON_COLUMNS` from facts.

    What was before the facts is not seen, where those are not all.
    """
    key = ", ".join(PERSON_KEY)
    standing = (
        f"SELECT {key}, CAST(SUM(sign) AS BIGINT) AS participations,"
        f" CAST(SUM(minutes) AS BIGINT) AS minutes"
        f" FROM {facts} GROUP BY {key} HAVING SUM(sign) > 0"
    )
    lasts = ", ".join(
        f"{_last(sort, digits)} AS last_{sort}_{digits}"
        for digits in rules.LEVELS.values()
        for sort in SORTS
    )
    return f"SELECT {key}, participations, minutes, {lasts} FROM ({standing}) standing"


def _last(sort: str, digits: int) -> str:
    """Return the last day among the rows before, in an order that all sorts of a level share.

    LAG would need an order for each, and putting rows in order is what costs.
    """
    over = (
        f"OVER (PARTITION BY resident_id, substr(place_code, 1, {digits})"
        " ORDER BY day, place_code, activity, at_home"
        " ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)"
    )
    if sort == rules.ALL:
        return f"MAX(day) {over}"
    column, values = "at_home", ["0", "1"]
    if sort == ONE:
        column, values = "activity", [f"'{name}'" for name in rules.ACTIVITIES]
    cases = " ".join(
        f"WHEN {value} THEN MAX(CASE WHEN {column} = {value} THEN day END) {over}"
        for value in values
    )
    return f"CASE {column} {cases} END"


def days(person_days: str = PERSON_DAYS, turn: str = "1") -> str:
    """Return the SELECT of `DAY_COLUMNS` from person-days.

    `turn`: what a row counts for, where some have come and others are gone.
    """
    return " UNION ALL ".join(
        _days(person_days, digits, sort, turn) for digits in rules.LEVELS.values() for sort in SORTS
    )


def _days(person_days: str, digits: int, sort: str, turn: str) -> str:
    place = f"substr(p.place_code, 1, {digits})"
    activity = "p.activity" if sort == ONE else f"'{sort}'"
    last = f"p.last_{sort}_{digits}"

    def count(condition: str) -> str:
        return f"SUM(CASE WHEN {condition} THEN {turn} ELSE 0 END)"

    sums = [
        f"SUM(p.participations * {turn})",
        f"SUM(p.minutes * {turn})",
        count(f"{last} IS NULL"),
        *(count(f"{last} IS NULL OR {last} < {_start(kind)}") for kind in rules.PERIODS),
        *(
            count(f"{last} < {_start(kind)} AND {last} >= {_before(kind)}")
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


def _start(kind: str) -> str:
    return "c.day" if kind == rules.DAY else f"c.{kind}_start"


def _before(kind: str) -> str:
    return f"c.{kind}_before"


def months(days: str = DAYS) -> str:
    """Return the SELECT of `MONTH_COLUMNS` from days of one version."""
    sums = ", ".join(f"CAST(SUM(d.{name}) AS BIGINT) AS {name}" for name in MONTH_SUMS)
    return (
        "SELECT c.month_start AS starts_on, d.digits AS digits, d.place_code AS place_code,"
        f" d.activity AS activity, {sums} FROM {days} d JOIN {CALENDAR} c ON c.day = d.day"
        " GROUP BY c.month_start, d.digits, d.place_code, d.activity"
    )


def steps() -> Iterator[tuple[str, tuple[str, ...], str]]:
    """Give each step of a whole roll-up in order: its relation, columns and SELECT."""
    yield PERSON_DAYS, PERSON_COLUMNS, person_days()
    yield DAYS, DAY_COLUMNS, days()
    yield MONTHS, MONTH_COLUMNS, months()
