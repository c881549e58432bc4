"""One day's roll-up against everything anew, and what pages read, over a district's years."""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from sqlalchemy import text

from app.core.db import db
from app.places.rules import PlaceKind
from app.rollups import reading, rolling
from bench import databases, rollups_load
from bench.rollups_load import DISTRICT, District
from bench.tables import print_table

FACTS = 200_000
DAYS_MEASURED = 3
AIMS = {"PostgreSQL": 300, "SQLite": 100}


@dataclass(frozen=True)
class Rolled:
    """Seconds of rolling up: everything, a new day, a hundred late facts of a day long ago.

    `reads`: milliseconds of what pages read, by name.
    """

    engine: str
    facts: int
    day_facts: int
    whole: float
    day: float
    late: float
    reads: dict[str, float]

    @property
    def ratio(self) -> float:
        """How many times a day's roll-up fits into everything anew."""
        return self.whole / self.day


def run(engines: Sequence[str], facts: int = FACTS) -> list[Rolled]:
    """Fill a database of each engine, measure, print a table."""
    found = [rolled for engine in engines if (rolled := _measure(engine, facts))]
    head = ("engine", "facts", "a day's", "whole s", "day s", "ratio", "aim", "100 late s")
    print_table(head, [_row(rolled) for rolled in found])
    reads = ("engine", *(found[0].reads if found else ()))
    print_table(
        reads, [(each.engine, *(f"{ms:.1f} ms" for ms in each.reads.values())) for each in found]
    )
    return found


def _row(found: Rolled) -> tuple[str, ...]:
    aim = AIMS[found.engine]
    return (
        found.engine,
        f"{found.facts:,}",
        f"{found.day_facts:,}",
        f"{found.whole:.1f}",
        f"{found.day:.3f}",
        f"{found.ratio:.0f}",
        f"{aim}" if found.ratio >= aim else f"{aim} missed",
        f"{found.late:.3f}",
    )


def town_of(facts: int) -> District:
    """Return a district in which people take part as often, however many facts there are."""
    whole = District()
    share = min(1.0, facts / 10_000_000)
    return replace(
        whole,
        residents=max(300, int(whole.residents * share)),
        communities=max(20, int(whole.communities * share)),
    )


def _measure(engine: str, facts: int) -> Rolled | None:
    with databases.filled(engine, 0) as bench:
        if bench is None:
            return None
        with bench.app.app_context():
            return _measured(engine, facts)


def _measured(engine: str, facts: int) -> Rolled:
    town = town_of(facts)
    indexes = rollups_load.without_indexes()
    rollups_load.load(rollups_load.rows(town, 1, facts, seed=1))
    indexes.again()
    _settle()
    whole = _seconds(rolling.recompute)
    _settle()
    each = max(1, facts // town.days)
    days = [
        _after(town, facts + 1 + number * each, each, town.days + number)
        for number in range(DAYS_MEASURED)
    ]
    late = _after(town, facts + 1 + DAYS_MEASURED * each, 100, town.days // 2)
    return Rolled(engine, facts, each, whole, statistics.median(days), late, _reads(town))


def _after(town: District, first_id: int, count: int, day: int) -> float:
    """Return how long it takes to roll up new facts of a day."""
    rollups_load.load(rollups_load.rows(town, first_id, count, seed=first_id, day=day))
    rollups_load.queue(first_id)
    return _seconds(rolling.roll_up)


def _reads(town: District) -> dict[str, float]:
    last = town.day(town.days - 1)
    month = last.replace(day=1) - timedelta(days=1)
    span = (month.replace(day=1), month)
    odd = (last - timedelta(days=30), last - timedelta(days=3))
    community = town.codes()[0][:12]
    asked: dict[str, Callable[[], object]] = {
        "community, any 4 weeks": lambda: reading.people(community, odd),
        "community, 12 months": lambda: reading.periods(
            community, "month", last - timedelta(days=365), last
        ),
        "district's communities, a month": lambda: reading.children(
            DISTRICT, PlaceKind.COMMUNITY, *span
        ),
        "the same, any 4 weeks": lambda: reading.children(DISTRICT, PlaceKind.COMMUNITY, *odd),
    }
    return {name: min(_seconds(read) for _ in range(3)) * 1000 for name, read in asked.items()}


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _settle() -> None:
    """Do now what autovacuum would do within minutes."""
    db.session.remove()
    if db.engine.dialect.name == "postgresql":
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))
    else:
        with db.engine.begin() as connection:
            connection.execute(text("ANALYZE"))
