"""One day's roll-up against everything anew, and what pages read, over a district's years."""

import os
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial

from sqlalchemy import text

from app.core.db import db
from app.places.rules import PlaceKind
from app.rollups import anew, reading, rolling, rules
from bench import databases, rollups_load
from bench.rollups_load import DISTRICT, District
from bench.tables import print_table

FACTS = 200_000
DAYS_MEASURED = 5
LATE, TAKEN_BACK, LATELY = 10, 12, 60
"""One in so many facts of a mixed day is late, or takes another back; by as many days, at most."""
AIMS = {"PostgreSQL": 300, "SQLite": 100}


@dataclass(frozen=True)
class Rolled:
    """Seconds of rolling up: everything, some days' facts, a hundred late facts of a day long ago.

    `days`: of facts that are all of that day; `mixed`: of days with late ones and corrections.
    `reads`: milliseconds of what pages read, by name; `size`: the database's bytes.
    """

    engine: str
    facts: int
    day_facts: int
    whole: float
    days: tuple[float, ...]
    mixed: tuple[float, ...]
    late: float
    size: int
    reads: dict[str, float]

    def ratio(self, days: tuple[float, ...]) -> float:
        """Return how many times the median of such days fits into everything anew."""
        return self.whole / statistics.median(days)


def run(engines: Sequence[str], facts: int = FACTS) -> list[Rolled]:
    """Fill a database of each engine, measure, print a table."""
    found = [rolled for engine in engines if (rolled := _measure(engine, facts))]
    print_table(HEAD, [_row(rolled) for rolled in found])
    print("What pages read, ms: of a community, and of all of the district's communities")
    reads = ("engine", "facts", *(found[0].reads if found else ()))
    rows = [(e.engine, f"{e.facts:,}", *(f"{ms:.1f}" for ms in e.reads.values())) for e in found]
    print_table(reads, rows)
    return found


HEAD = (
    "engine", "facts", "whole s", "µs a fact", "a day's", "day s", "ratio", "aim",
    "with late ones s", "ratio", "100 late s", "GB",
)  # fmt: skip


def _row(found: Rolled) -> tuple[str, ...]:
    aim = AIMS[found.engine]
    return (
        found.engine,
        f"{found.facts:,}",
        f"{found.whole:.1f}",
        f"{found.whole / found.facts * 1e6:.0f}",
        f"{found.day_facts:,}",
        _median(found.days),
        f"{found.ratio(found.days):.0f}",
        f"{aim}" if found.ratio(found.days) >= aim else f"{aim} missed",
        _median(found.mixed),
        f"{found.ratio(found.mixed):.0f}",
        f"{found.late:.3f}",
        f"{found.size / 1e9:.2f}",
    )


def _median(days: tuple[float, ...]) -> str:
    return f"{statistics.median(days):.3f} ({min(days):.3f}-{max(days):.3f})"


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
    left_out = rollups_load.bare()
    rollups_load.load(rollups_load.rows(town, 1, facts, seed=1))
    left_out.again()
    _settle()
    _tell(engine, "facts are there")
    whole = _seconds(anew.recompute)
    _tell(engine, f"everything anew: {whole:.1f} s")
    _settle()
    each = max(1, facts // town.days)
    days: tuple[list[float], list[float]] = ([], [])
    for number in range(2 * DAYS_MEASURED):
        first_id, mixed = facts + 1 + number * each, number % 2
        _come(town, first_id, each, town.days + number, mixed=bool(mixed))
        days[mixed].append(_rolled_up(first_id))
        _tell(engine, f"a day{' with late ones' * mixed}: {days[mixed][-1]:.3f} s")
    first_id = facts + 1 + 2 * DAYS_MEASURED * each
    long_ago = (town.days // 2, town.days // 2 + 1)
    rollups_load.load(rollups_load.rows(town, first_id, 100, seed=first_id, among=long_ago))
    late = _rolled_up(first_id)
    new, with_late = map(tuple, days)
    return Rolled(engine, facts, each, whole, new, with_late, late, _size(), _reads(town))


def _come(town: District, first_id: int, count: int, day: int, *, mixed: bool) -> None:
    """Let facts come in a day: of that day, or `mixed`: some are late, some take others back."""
    late, back = (count // LATE, count // TAKEN_BACK) if mixed else (0, 0)
    load, rows = rollups_load.load, rollups_load.rows
    after = first_id + count - late - back
    load(rows(town, first_id, after - first_id, seed=first_id, among=(day, day + 1)))
    load(rows(town, after, late, seed=after, among=(max(0, day - LATELY), day)))
    rollups_load.take_back(after + late, back, town.day(day - LATELY))


def _rolled_up(first_id: int) -> float:
    """Return how long it takes to roll up the facts from a number on."""
    rollups_load.queue(first_id)
    return _seconds(rolling.roll_up)


def _tell(engine: str, what: str) -> None:
    """Print how far it is: the tables come last, of millions after an hour."""
    load = os.getloadavg()[0]
    print(f"{time.strftime('%H:%M:%S')} {engine}, load {load:.1f}: {what}", flush=True)


def _size() -> int:
    asked = (
        "SELECT pg_database_size(current_database())"
        if db.engine.dialect.name == "postgresql"
        else "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
    )
    with db.engine.connect() as connection:
        return int(connection.execute(text(asked)).scalar_one())


def _reads(town: District) -> dict[str, float]:
    last = town.day(town.days - 1)
    year = last - timedelta(days=365)
    month = last.replace(day=1) - timedelta(days=1)
    week = last - timedelta(days=last.weekday() + 7)
    odd = (last - timedelta(days=30), last - timedelta(days=3))
    community = town.codes()[0][:12]
    asked: dict[str, Callable[[], object]] = {
        "community, any 4 weeks": lambda: reading.people(community, odd),
        "all, any 4 weeks": lambda: reading.children(DISTRICT, PlaceKind.COMMUNITY, *odd),
    }
    for kind in rules.PERIODS:
        of = week if kind in {rules.DAY, rules.WEEK} else month
        asked |= {
            f"community, {kind}s of a year": partial(reading.periods, community, kind, year, last),
            f"all, a {kind}": partial(
                reading.child_periods, DISTRICT, PlaceKind.COMMUNITY, kind, rules.start_of(of, kind)
            ),
        }
    return {name: min(_seconds(read) for _ in range(3)) * 1000 for name, read in asked.items()}


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _settle() -> None:
    """Do now what autovacuum would do within minutes; SQLite has nothing of the kind."""
    db.session.remove()
    if db.engine.dialect.name == "postgresql":
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))
