"""Everything rolled up anew on another engine, from files, and taken into the database."""

import tempfile
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select

from app.core import clock
from app.core.db import Base, changed_rows, unit_of_work
from app.core.idempotency import insert_ignore
from app.rollups import parquet, rolling, rules
from app.rollups.models import DayFigures, Fact, PeriodFigures, PersonDay, Waiting

AT_ONCE = 5_000
LONGEST_WRITE = timedelta(hours=1)
"""No transaction that writes a fact lasts longer: what was recorded before is in the export."""

Engine = Callable[[Path, Path], None]
RESULTS: tuple[type[Base], ...] = (PersonDay, DayFigures, PeriodFigures)


def recompute(engine: Engine, folder: Path | None = None) -> int:
    """Export, roll up by an engine and take in; returns how many rows were taken in.

    `folder`: where the files stay; without one they go away again.
    """
    with tempfile.TemporaryDirectory(prefix="linli-rollup-") as temporary:
        source = folder or Path(temporary) / "facts"
        found = Path(temporary) / "found"
        began = clock.now()
        rolling.prepare()
        parquet.export(source)
        engine(source, found)
        return _take_in(found, began)


@unit_of_work()
def _take_in(found: Path, began: datetime) -> int:
    rolling.lock()
    rolling.clear()
    total = 0
    for model in RESULTS:
        version = {} if model is PersonDay else {"version": rules.VERSION}
        for rows in _batches(found / model.__tablename__):
            changed_rows(insert(model), [row | version for row in rows])
            total += len(rows)
    # Facts that came while the engine was at it: to roll up twice changes nothing.
    late = select(Fact.id, Fact.resident_id, Fact.day).where(
        Fact.recorded_at >= began - LONGEST_WRITE
    )
    waiting = insert_ignore(Waiting).from_select(["fact_id", "resident_id", "day"], late)
    changed_rows(waiting)
    rolling.mark_rolled(began)
    return total


def _batches(place: Path) -> Iterator[list[dict[str, Any]]]:
    from pyarrow import dataset  # noqa: PLC0415 only wide roll-ups need the library

    for batch in dataset.dataset(place, format="parquet").to_batches(batch_size=AT_ONCE):
        if batch.num_rows:
            yield batch.to_pylist()
