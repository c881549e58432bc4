"""Everything rolled up anew on another engine, from files, and taken into the database."""

import tempfile
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from app.core import clock
from app.rollups import beside, parquet, rolling, statements

AT_ONCE = 5_000

Engine = Callable[[Path, Path], None]


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


def _take_in(found: Path, began: datetime) -> int:
    total = 0
    with beside.beside() as tables:
        for relation, _, _ in statements.steps():
            for rows in _batches(found / relation):
                tables.add(relation, rows)
                total += len(rows)
        beside.take_place(tables, began)
    return total


def _batches(place: Path) -> Iterator[list[dict[str, Any]]]:
    from pyarrow import dataset  # noqa: PLC0415 only wide roll-ups need the library

    for batch in dataset.dataset(place, format="parquet").to_batches(batch_size=AT_ONCE):
        if batch.num_rows:
            yield batch.to_pylist()
