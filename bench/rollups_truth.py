"""Every rolled figure of 200,000 facts against a count by hand, on every engine that is there.

The facts come bit by bit: most in the order of their days, one in ten late, one in a hundred
told twice, one in twelve taken back.
"""

import hashlib
import random
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from sqlalchemy import insert, select, text

from app.core.db import changed_rows, db, read, writing
from app.rollups import anew, engines, facts, rolling, wide
from app.rollups.facts import Source
from app.rollups.models import DayFigures, Fact, MonthFigures, PersonDay, Waiting
from bench import databases, figures_town, figures_truth, rollups_crowd
from bench.rollups_brute import Brute, kept
from bench.tables import print_table

FACTS = 200_000
BATCHES, AT_ONCE, RANGES, MOST_SHOWN = 25, 5000, 20, 30
KINDS = ("week", "month", "quarter", "year")
Row = dict[str, Any]


def run(engine_names: Sequence[str], count: int = FACTS, ranges: int = RANGES) -> int:
    """Check each database; print a line for each; returns how many disagree with the hand."""
    rows, faults = [], 0
    for name in engine_names:
        with databases.filled(name, 0) as bench:
            if bench is None:
                continue
            with bench.app.app_context():
                for what, same, seconds in _checked(count, ranges):
                    faults += not same
                    rows.append((name, what, "yes" if same else "NO", f"{seconds:.1f}"))
                    print(*rows[-1], sep=" | ", flush=True)  # the table comes hours later
    print_table(("database", f"of {count:,} facts", "the same", "seconds"), rows)
    return faults


def _checked(count: int, ranges: int) -> Iterator[tuple[str, bool, float]]:
    town = rollups_crowd.Town(communities=18, streets=6, grids=4, residents=count // 40, days=730)
    written, began = _come(town, count), time.perf_counter()
    bit_by_bit = _fingerprint()
    brute = Brute(written)
    yield "days and periods, by hand", _stored() == _by_hand(brute), _since(began)
    yield "the database, all anew", *_timed(lambda: _anew(anew.recompute, bit_by_bit))
    yield "DuckDB", *_timed(lambda: _anew(lambda: wide.recompute(engines.duckdb), bit_by_bit))
    if engines.spark_missing() is None:
        spark = _timed(lambda: _anew(lambda: wide.recompute(engines.spark), bit_by_bit))
        yield f"Spark, {engines.SPARK_MASTER}", *spark
    yield from _pages(town, count, ranges)


def _come(town: rollups_crowd.Town, count: int) -> list[Row]:
    """Let facts come bit by bit, each bit rolled up; returns all that were written."""
    dice = random.Random(count)
    coming = sorted(rollups_crowd.facts(town, count, dice), key=lambda row: str(row["day"]))
    late = [row for number, row in enumerate(coming) if number % 10 == 0]
    in_time = [row for number, row in enumerate(coming) if number % 10]
    size = len(in_time) // BATCHES + 1
    bits = [in_time[first : first + size] for first in range(0, len(in_time), size)]
    written: list[Row] = []
    for bit in [*bits, late]:
        written += _write(bit, len(written))
        for row in dice.sample(written, min(len(written), len(bit) // 100)):
            _tell_again(row)
        taken_back = rollups_crowd.reversals(_untouched(written), 1 / 12 / BATCHES, dice)
        written += _write(list(taken_back), len(written))
        rolling.roll_up()
    return written


def _untouched(written: Sequence[Row]) -> list[Row]:
    gone = {row["reverses_id"] for row in written}
    return [row for row in written if row["sign"] == 1 and row["id"] not in gone]


def _write(rows: Sequence[Row], after: int) -> list[Row]:
    made = [row | {"id": after + number} for number, row in enumerate(rows, 1)]
    for first in range(0, len(made), AT_ONCE):
        some = made[first : first + AT_ONCE]
        with writing():
            changed_rows(insert(Fact), some)
            names = {"fact_id": "id", "resident_id": "resident_id", "day": "day"}
            waiting = [{name: row[of] for name, of in names.items()} for row in some]
            changed_rows(insert(Waiting), waiting)
    return made


def _tell_again(row: Row) -> None:
    names = ("source_type", "source_id", "turn")
    source = Source(*(row[name] for name in names))
    what = {name: row[name] for name in ("place_code", "happened_at", "minutes")}
    assert not facts.record(row["resident_id"], row["activity"], **what, source=source)


def _fingerprint() -> str:
    """Return what tells two states of all rolled rows apart."""
    seen = hashlib.sha256()
    for model in (PersonDay, DayFigures, MonthFigures):
        table = model.__table__
        for row in read(select(table).order_by(*table.primary_key.columns)):
            seen.update(repr(tuple(row)).encode())
    return seen.hexdigest()


def _anew(work: Callable[[], object], before: str) -> bool:
    with writing():
        for table in ("rollup_person_days", "rollup_days", "rollup_months"):
            changed_rows(text(f"DELETE FROM {table}"))  # noqa: S608 our own names
    work()
    return _fingerprint() == before


def _stored() -> dict[tuple[Any, ...], tuple[int, ...]]:
    db.session.remove()
    days, months = (
        read(select(model.__table__)).mappings() for model in (DayFigures, MonthFigures)
    )
    return kept(days, months)


def _by_hand(brute: Brute) -> dict[tuple[Any, ...], tuple[int, ...]]:
    return {
        (kind, *key): figures
        for kind in (*KINDS, "day")
        for key, figures in brute.periods(kind).items()
    }


def _pages(town: rollups_crowd.Town, count: int, ranges: int) -> list[tuple[str, bool, float]]:
    """Hold every page of some ranges at 3 levels against what one counts from the raw rows."""
    dice = random.Random(count)
    figures_town.fill(town, count, dice)
    began = time.perf_counter()
    truth = figures_truth.checked(ranges, dice)
    for found in truth.wrong[:MOST_SHOWN]:
        print("WRONG", *found, flush=True)
    wrong = {page for page, *_ in truth.wrong}
    seconds = _since(began)
    return [
        (f"{page}: {number:,} figures", page not in wrong, seconds)
        for page, number in truth.held.items()
    ]


def _timed(work: Callable[[], bool]) -> tuple[bool, float]:
    began = time.perf_counter()
    return work(), _since(began)


def _since(began: float) -> float:
    return time.perf_counter() - began
