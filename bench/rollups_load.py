"""Made-up participations by the million, straight into the tables of a district."""

import csv
import io
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from sqlalchemy import text

from app.core.db import db
from app.rollups import rules

FIRST = date(2023, 10, 1)
DISTRICT = "510105"
COLUMNS = (
    "id", "resident_id", "activity", "place_code", "happened_at", "day", "minutes", "sign",
    "at_home", "source_type", "source_id", "turn", "recorded_at",
)  # fmt: skip
AT_ONCE = 200_000
SHARES = (0.20, 0.15, 0.25, 0.40)


@dataclass(frozen=True)
class District:
    """A district of communities, 20 streets; people mostly take part at home, a few very often."""

    communities: int = 1000
    grids: int = 5
    residents: int = 300_000
    days: int = 1096

    def codes(self) -> list[str]:
        """Return the grids' codes, a community's in a row."""
        streets = 20
        return [
            f"{DISTRICT}{community % streets + 1:03d}{community // streets + 1:03d}{grid + 1:03d}"
            for community in range(self.communities)
            for grid in range(self.grids)
        ]

    def day(self, number: int) -> date:
        """Return the day of a number, from 0."""
        return FIRST + timedelta(days=number)


def rows(
    town: District, first_id: int, count: int, seed: int, *, among: tuple[int, int] | None = None
) -> Iterator[tuple[object, ...]]:
    """Give so many facts in the order of `COLUMNS`, of the town's days or of some [from, to)."""
    dice = np.random.default_rng(seed)
    codes = town.codes()
    days = [town.day(number).isoformat() for number in range(town.days + 10)]
    moments = [f"{found} 04:00:00" for found in days]
    for done in range(0, count, AT_ONCE):
        some = min(AT_ONCE, count - done)
        who = (dice.random(some) ** 2 * town.residents).astype(np.int64)
        away = dice.random(some) < 0.1
        places = len(codes)
        at = np.where(away, dice.integers(0, places, some), who % places)
        activity = dice.choice(len(rules.ACTIVITIES), some, p=SHARES)
        on = dice.integers(*(among or (0, town.days)), some)
        minutes = np.where(activity == 2, dice.integers(1, 9, some) * 15, 0)
        home = (~away & (who % 10 < 6)).astype(np.int64)
        ids = range(first_id + done, first_id + done + some)
        columns = (who + 1, activity, at, on, minutes, home)
        for number, (person, what, place, when, length, mine) in zip(
            ids, zip(*(column.tolist() for column in columns), strict=True), strict=True
        ):
            yield (
                number, person, rules.ACTIVITIES[what], codes[place], moments[when], days[when],
                length, 1, mine, "made_up", number, 0, moments[when],
            )  # fmt: skip


def load(found: Iterator[tuple[object, ...]]) -> None:
    """Write facts without the application; indexes of SQLite come last, as one would."""
    listed = ", ".join(COLUMNS)
    if db.engine.dialect.name == "postgresql":
        raw = db.engine.raw_connection()
        with (
            raw.cursor() as cursor,
            cursor.copy(f"COPY participation_facts ({listed}) FROM STDIN (FORMAT csv)") as copy,
        ):
            while some := list(itertools.islice(found, AT_ONCE)):
                lines = io.StringIO()
                csv.writer(lines).writerows(some)
                copy.write(lines.getvalue())
        raw.commit()
        raw.close()
        return
    marks = ", ".join("?" for _ in COLUMNS)
    raw = db.engine.raw_connection()
    cursor = raw.cursor()
    cursor.execute("BEGIN IMMEDIATE")
    cursor.executemany(f"INSERT INTO participation_facts ({listed}) VALUES ({marks})", found)  # noqa: S608
    cursor.execute("COMMIT")
    raw.close()


@dataclass(frozen=True)
class LeftOut:
    """Indexes and triggers of the facts, taken away while millions come and made again."""

    made: tuple[str, ...]

    def again(self) -> None:
        """Make them again."""
        with db.engine.begin() as connection:
            for statement in self.made:
                connection.execute(text(statement))


def bare() -> LeftOut:
    """Drop the facts' plain indexes, and let no trigger act; returns what makes it all again."""
    postgresql = db.engine.dialect.name == "postgresql"
    asked = (
        "SELECT 'INDEX' AS kind, indexname AS name, indexdef AS made FROM pg_indexes"
        " WHERE tablename = 'participation_facts' AND indexname LIKE 'ix_%'"
        if postgresql
        else "SELECT type AS kind, name, sql AS made FROM sqlite_master"
        " WHERE tbl_name = 'participation_facts' AND type <> 'table' AND sql IS NOT NULL"
    )
    with db.engine.begin() as connection:
        found = connection.execute(text(asked)).all()
        for row in found:
            connection.execute(text(f"DROP {row.kind} {row.name}"))
        if postgresql:
            connection.execute(text("ALTER TABLE participation_facts DISABLE TRIGGER USER"))
    acting = ("ALTER TABLE participation_facts ENABLE TRIGGER USER",) if postgresql else ()
    return LeftOut((*(row.made for row in found), *acting))


def take_back(first_id: int, count: int, since: date) -> None:
    """Let the first facts since a day that nobody took back count no more."""
    with db.engine.begin() as connection:
        connection.execute(
            text(
                f"INSERT INTO participation_facts ({', '.join(COLUMNS)}, reverses_id)"  # noqa: S608 our own names
                f" SELECT {first_id} - 1 + ROW_NUMBER() OVER (ORDER BY id), resident_id, activity,"
                " place_code, happened_at, day, -minutes, -1, at_home, source_type, source_id, 1,"
                " recorded_at, id FROM (SELECT * FROM participation_facts f"
                f" WHERE sign = 1 AND day >= '{since}' AND NOT EXISTS"
                " (SELECT 1 FROM participation_facts r WHERE r.reverses_id = f.id)"
                f" ORDER BY id LIMIT {count}) standing"
            )
        )


def queue(first_id: int) -> None:
    """Let the facts from a number on wait to be rolled up, as `facts.record` does."""
    with db.engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO rollup_queue (fact_id, resident_id, day)"
                " SELECT id, resident_id, day FROM participation_facts WHERE id >= :first"
            ),
            {"first": first_id},
        )
