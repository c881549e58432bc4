"""How several workers share one table of things to do without doing one twice."""

from typing import Any

from sqlalchemy import Select

from app.core.db import read


def locked(due: Select[Any]) -> list[Any]:
    """Return rows that are due and that nobody else is just taking.

    To be asked inside the transaction that marks them as taken. PostgreSQL locks
    the rows and passes over those that others hold (FOR UPDATE SKIP LOCKED); on
    SQLite the writing transaction (BEGIN IMMEDIATE) keeps the others out.
    """
    return list(read(due.with_for_update(skip_locked=True)).all())
