"""All rows of the database as lines of JSON, and back, on either engine.

Read in one snapshot, so it is the database of one moment, while others go on writing.
Written in the order of the foreign keys, in the caller's transaction. What is in a line
depends on the columns' types and not on the engine: a dump moves from SQLite to PostgreSQL.
"""

import base64
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from itertools import islice
from typing import IO, Any

import orjson
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    Date,
    DateTime,
    Float,
    Insert,
    Integer,
    LargeBinary,
    String,
    Table,
    TypeDecorator,
    bindparam,
    func,
    insert,
    select,
    text,
)
from sqlalchemy.types import TypeEngine

from app.core.connections import WRITE
from app.core.db import db

BATCH = 1000
AT_ONE_MOMENT = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}


def tables() -> list[Table]:
    """Return all tables, each after those that it refers to.

    Not those of what passes by, which writing the others fills again.
    """
    return [table for table in db.metadata.sorted_tables if not table.info.get("passing")]


@contextmanager
def snapshot() -> Iterator[Connection]:
    """Give a connection that sees the database of one moment, and holds up no writer.

    Meanwhile no table is replaced by another of its name: PostgreSQL would show that one, empty.
    """
    postgresql = db.engine.dialect.name == "postgresql"
    options: dict[str, Any] = AT_ONE_MOMENT if postgresql else {}
    with db.engine.connect().execution_options(**options) as seeing, seeing.begin():
        if postgresql:
            names = ", ".join(table.name for table in tables())
            seeing.execute(text(f"LOCK TABLE {names} IN ACCESS SHARE MODE"))
        # The moment is that of the first statement; on SQLite too, thanks to WAL.
        seeing.execute(text("SELECT version_num FROM alembic_version"))
        yield seeing


@contextmanager
def writing_all() -> Iterator[Connection]:
    """Give a connection in one writing transaction: all of it or nothing."""
    with db.engine.connect().execution_options(**{WRITE: True}) as connection, connection.begin():
        yield connection


def dump(connection: Connection, table: Table, out: IO[bytes]) -> int:
    """Write a table's rows, a line each, in the order of its key; returns how many."""
    rows = connection.execute(
        select(table).order_by(*table.primary_key.columns), execution_options={"yield_per": BATCH}
    )
    count = 0
    for row in rows:
        out.write(orjson.dumps(tuple(row), default=_as_text) + b"\n")
        count += 1
    return count


def _as_text(value: Any) -> str:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    raise TypeError(type(value))


def load(
    connection: Connection, table: Table, columns: Sequence[str], lines: Iterable[bytes]
) -> int:
    """Add the rows that `dump` wrote; returns how many."""
    readers = [reader(table.c[name]) for name in columns]
    statement = _insert(table)
    count = 0
    for some in _batches(lines):
        rows = [_row(columns, readers, orjson.loads(line)) for line in some]
        connection.execute(statement, rows)
        count += len(rows)
    return count


def _batches(lines: Iterable[bytes]) -> Iterator[list[bytes]]:
    left = iter(lines)
    while some := list(islice(left, BATCH)):
        yield some


Reader = Callable[[Any], Any] | None
READERS: dict[type[TypeEngine[Any]], Reader] = {
    Integer: None,
    Float: None,
    Boolean: None,
    String: None,
    JSON: None,
    DateTime: datetime.fromisoformat,
    Date: date.fromisoformat,
    LargeBinary: base64.b64decode,
}
"""How a value of a column is read back, if it is not as JSON has it; others need a thought."""


def reader(column: Column[Any]) -> Reader:
    """Return what reads a column's values. Errors: TypeError for a type that nobody thought of."""
    kind: Any = column.type
    kind = kind.impl_instance if isinstance(kind, TypeDecorator) else kind
    for known, found in READERS.items():
        if isinstance(kind, known):
            return found
    raise TypeError(column)


def _row(
    columns: Sequence[str], readers: Sequence[Reader], values: Sequence[Any]
) -> dict[str, Any]:
    return {
        name: value if read is None or value is None else read(value)
        for name, read, value in zip(columns, readers, values, strict=True)
    }


def _insert(table: Table) -> Insert:
    return insert(table).values({c.name: bindparam(c.name, type_=_kind(c)) for c in table.columns})


def _kind(column: Column[Any]) -> Any:
    # Nothing is SQL's NULL, and not JSON's, where the column lets it be.
    json = isinstance(column.type, JSON) and column.nullable
    return JSON(none_as_null=True) if json else column.type


def filled(connection: Connection) -> list[str]:
    """Return the names of the tables that have rows."""
    return [table.name for table in tables() if connection.execute(select(table).limit(1)).first()]


def empty(connection: Connection) -> None:
    """Delete every row of every table."""
    if connection.dialect.name == "postgresql":
        names = ", ".join(f'"{table.name}"' for table in tables())
        connection.execute(text(f"TRUNCATE {names}"))
        return
    with _without_triggers(connection):
        for table in reversed(tables()):
            connection.execute(table.delete())


@contextmanager
def _without_triggers(connection: Connection) -> Iterator[None]:
    """Let rows be deleted that triggers of SQLite keep; TRUNCATE asks none."""
    kept = text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    triggers = connection.execute(kept).all()
    for trigger in triggers:
        connection.execute(text(f"DROP TRIGGER {trigger.name}"))
    yield
    for trigger in triggers:
        connection.exec_driver_sql(trigger.sql)


def dangling(connection: Connection) -> list[Any]:
    """Return rows that refer to what is not there. PostgreSQL has refused them by itself."""
    if connection.dialect.name == "postgresql":
        return []
    return list(connection.execute(text("PRAGMA foreign_key_check")))


def count_on(connection: Connection) -> None:
    """Let PostgreSQL count on from the highest ids; SQLite does by itself.

    To be the last thing in a transaction, and never back: a sequence knows no rollback.
    """
    if connection.dialect.name != "postgresql":
        return
    for table in tables():
        column = table.autoincrement_column
        if column is None:
            continue
        named = {"table": table.name, "column": column.name}
        sequence = connection.execute(
            text("SELECT pg_get_serial_sequence(:table, :column)"), named
        ).scalar()
        highest = connection.execute(select(func.max(column))).scalar()
        if sequence and highest is not None:
            connection.execute(
                text(f"SELECT setval(:sequence, GREATEST(:highest, last_value)) FROM {sequence}"),  # noqa: S608 PostgreSQL's own name
                {"sequence": sequence, "highest": highest},
            )
