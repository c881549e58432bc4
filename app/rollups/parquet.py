"""Facts as Parquet files, one folder a day.

`participation_facts/day=2026-11-20/facts.parquet` and `rollup_calendar/calendar.parquet`: what
DuckDB and Spark read as they are. A day's file is replaced whole, so that a day is exported
again without a trace of before; a fact is in it once, since the table has it once. Facts say
whose they are, so the files are the owner's alone.
"""

import os
import shutil
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any, BinaryIO

from sqlalchemy import Connection, select

from app.core import dumps
from app.rollups.models import CalendarDay, Fact
from app.rollups.statements import CALENDAR, FACTS

AT_ONCE = 5_000
EXPORTED = (
    "id", "resident_id", "activity", "place_code", "minutes", "sign", "at_home", "source_type",
    "source_id", "turn", "reverses_id",
)  # fmt: skip
"""A fact's columns in a file; its day is the folder's name."""


def export(folder: Path) -> int:
    """Write all facts of one moment, and the calendar; returns how many facts."""
    from pyarrow import parquet  # noqa: PLC0415 only wide roll-ups need the library

    total = 0
    kept = set()
    with dumps.snapshot() as seeing:
        for name, rows in _by_day(seeing):
            place = folder / FACTS / f"day={name}"
            kept.add(place.name)
            _own_folder(place)
            written = place / "facts.parquet.new"
            with _own_file(written) as file:
                parquet.write_table(_table(rows), file)
            written.rename(place / "facts.parquet")
            total += len(rows)
        _own_folder(folder / CALENDAR)
        with _own_file(folder / CALENDAR / "calendar.parquet") as file:
            parquet.write_table(_calendar(seeing), file)
    for place in (folder / FACTS).glob("day=*"):
        if place.name not in kept:
            shutil.rmtree(place)
    return total


def _own_folder(place: Path) -> None:
    """Make a folder that nobody else may open."""
    place.mkdir(parents=True, exist_ok=True)
    place.chmod(0o700)


def _own_file(place: Path) -> BinaryIO:
    """Open a file to write that nobody else may read, from its first byte on."""
    place.unlink(missing_ok=True)
    return os.fdopen(os.open(place, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb")


def _by_day(seeing: Connection) -> Iterator[tuple[str, list[Any]]]:
    columns = [getattr(Fact, name) for name in EXPORTED]
    rows = seeing.execute(
        select(Fact.day, *columns).order_by(Fact.day, Fact.id),
        execution_options={"yield_per": AT_ONCE},
    )
    for day, found in groupby(rows, key=attrgetter("day")):
        yield day.isoformat(), list(found)


def _table(rows: Sequence[Any]) -> Any:
    import pyarrow as pa  # noqa: PLC0415

    kinds = {
        name: pa.string() if name in {"activity", "place_code", "source_type"} else kind
        for name, kind in ((name, pa.int64()) for name in EXPORTED)
    }
    columns = {name: [getattr(row, name) for row in rows] for name in EXPORTED}
    return pa.table(columns, schema=pa.schema(list(kinds.items())))


def _calendar(seeing: Connection) -> Any:
    import pyarrow as pa  # noqa: PLC0415

    names = CalendarDay.__table__.columns.keys()
    rows = seeing.execute(select(CalendarDay.__table__).order_by(CalendarDay.day)).all()
    columns = {name: [getattr(row, name) for row in rows] for name in names}
    return pa.table(columns, schema=pa.schema([(n, pa.date32()) for n in names]))
