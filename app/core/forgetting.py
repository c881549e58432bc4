"""Deleting what is long over, a little at a time: nobody waits for a night's cleaning."""

import time
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.sql import ColumnElement

from app.core.db import changed_rows, read, writing

BATCH = 1000
"""Rows to a transaction: some ten milliseconds of SQLite's one right to write."""
PAUSE_S = 0.02
"""Between two, so that those who wait to write get in between."""


def forget(
    model: Any, old: ColumnElement[bool], *, hanging: ColumnElement[Any] | None = None
) -> int:
    """Delete the rows of a table that are old, each batch in a transaction of its own.

    `hanging`: a column of another table that names them; its rows go first. Returns
    how many were deleted. To be called outside of any transaction.
    """
    forgotten = 0
    while batch := _forget_batch(model, old, hanging):
        forgotten += batch
        time.sleep(PAUSE_S)
    return forgotten


def _forget_batch(model: Any, old: ColumnElement[bool], hanging: ColumnElement[Any] | None) -> int:
    with writing():
        ids = list(read(select(model.id).where(old).limit(BATCH)).scalars())
        if not ids:
            return 0
        if hanging is not None:
            changed_rows(delete(hanging.table).where(hanging.in_(ids)))
        return changed_rows(delete(model).where(model.id.in_(ids)))
