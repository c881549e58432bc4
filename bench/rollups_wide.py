"""Everything rolled up from files by DuckDB and, where it is, Apache Spark."""

import shutil
import tempfile
import time
from itertools import groupby
from operator import itemgetter
from pathlib import Path

import duckdb
import pyarrow as pa
from pyarrow import parquet

from app.rollups import engines, rules
from app.rollups.models import CalendarDay
from app.rollups.parquet import EXPORTED
from app.rollups.statements import CALENDAR, FACTS, MONTHS, steps
from bench import rollups_load
from bench.rollups import town_of
from bench.tables import print_table

DAY = rollups_load.COLUMNS.index("day")
TEXTS = {"activity", "place_code", "source_type"}


def run(facts: int) -> dict[str, float]:
    """Write so many facts as files and roll them up by each engine, to the same rows."""
    seconds = {}
    rows: dict[str, dict[str, tuple[int, str]]] = {}
    with tempfile.TemporaryDirectory(prefix="linli-wide-") as folder:
        source = Path(folder) / "facts"
        began = time.perf_counter()
        size = write(source, facts)
        seconds["files"] = time.perf_counter() - began
        for name, engine in engines.ENGINES.items():
            if name == "spark" and engines.spark_missing():
                continue
            found = Path(folder) / name
            began = time.perf_counter()
            engine(source, found)
            seconds[name] = time.perf_counter() - began
            rows[name] = {relation: _rows(found / relation) for relation, _, _ in steps()}
            assert rows[name][MONTHS][0]
            print(f"{name}: {seconds[name]:.1f} s, rows {rows[name]}", flush=True)
            shutil.rmtree(found)
    assert len({str(found) for found in rows.values()}) == 1, "the engines disagree"
    print(f"{facts:,} facts in {size / 1e6:.0f} MB of Parquet; {len(rows)} engines, the same rows")
    print_table(("what", "seconds"), [(name, f"{s:.1f}") for name, s in seconds.items()])
    return seconds


def _rows(place: Path) -> tuple[int, str]:
    """Return how many rows an engine found, and what tells their set from any other."""
    with duckdb.connect() as connection:
        rows = f"read_parquet('{place / '*.parquet'}')"
        named = connection.execute(f"DESCRIBE SELECT * FROM {rows}").fetchall()  # noqa: S608
        cells = ", ".join(f"COALESCE(CAST({name} AS VARCHAR), '-')" for name, *_ in sorted(named))
        asked = f"SELECT COUNT(*), SUM(hash(concat_ws('|', {cells}))::HUGEINT) FROM {rows}"  # noqa: S608
        number, found = connection.execute(asked).fetchone() or (0, 0)
    return int(number), f"{int(found or 0) % 2**64:016x}"


def write(source: Path, facts: int) -> int:
    """Write files as `parquet.export` does, and the calendar; returns bytes."""
    town = town_of(facts)
    rows = sorted(rollups_load.rows(town, 1, facts, seed=1), key=itemgetter(DAY))
    schema = pa.schema([(n, pa.string() if n in TEXTS else pa.int64()) for n in EXPORTED])
    size = 0
    for day, some in groupby(rows, key=itemgetter(DAY)):
        made = dict(zip(rollups_load.COLUMNS, zip(*some, strict=True), strict=True))
        made["reverses_id"] = (None,) * len(made["id"])
        place = source / FACTS / f"day={day}"
        place.mkdir(parents=True)
        columns = {name: list(made[name]) for name in EXPORTED}
        parquet.write_table(pa.table(columns, schema=schema), place / "facts.parquet")
        size += (place / "facts.parquet").stat().st_size
    days = list(rules.calendar(town.day(0), town.day(town.days)))
    names = CalendarDay.__table__.columns.keys()
    (source / CALENDAR).mkdir()
    calendar = pa.table({name: [row[name] for row in days] for name in names})
    parquet.write_table(calendar, source / CALENDAR / "calendar.parquet")
    return size
