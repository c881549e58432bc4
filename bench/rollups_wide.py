"""Everything rolled up from files by DuckDB and, where it is, Apache Spark."""

import shutil
import tempfile
import time
from itertools import groupby
from operator import itemgetter
from pathlib import Path

import pyarrow as pa
from pyarrow import parquet

from app.rollups import engines, rules
from app.rollups.models import CalendarDay
from app.rollups.parquet import EXPORTED
from app.rollups.statements import CALENDAR, FACTS, PERIODS
from bench import rollups_load
from bench.rollups import town_of
from bench.tables import print_table

DAY = rollups_load.COLUMNS.index("day")
TEXTS = {"activity", "place_code", "source_type"}


def run(facts: int) -> dict[str, float]:
    """Write so many facts as files and roll them up by each engine; print seconds."""
    seconds = {}
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
            files = (found / PERIODS).glob("*.parquet")
            assert sum(parquet.read_metadata(file).num_rows for file in files)
            shutil.rmtree(found)
    print(f"{facts:,} facts in {size / 1e6:.0f} MB of Parquet")
    print_table(("what", "seconds"), [(name, f"{s:.1f}") for name, s in seconds.items()])
    return seconds


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
