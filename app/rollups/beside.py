"""Tables beside the rolled ones, filled in peace, which then take their place at once.

Readers see the figures of before, whole, until in one transaction the new tables take the
names of the old. Whoever fills them needs no lock: each step is a transaction of its own. What a
run left behind that was killed, the next one drops; so of two at once the later goes on, and
the earlier fails, having changed nothing.

Facts that come meanwhile wait, and are rolled up once more: twice changes nothing.
"""

import secrets
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import Connection, MetaData, Table, delete, exists, insert, inspect, select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.schema import CreateTable

from app.core.connections import reading_engine
from app.core.db import changed_rows, db, unit_of_work
from app.core.idempotency import insert_ignore
from app.core.marks import EVERYWHERE, mark
from app.rollups import rolling, rules
from app.rollups.models import DayFigures, Fact, MonthFigures, PersonDay, Waiting

TABLES = tuple(cast("Table", model.__table__) for model in (PersonDay, DayFigures, MonthFigures))
LONGEST_WRITE = timedelta(hours=1)
"""No transaction that writes a fact lasts longer: what was recorded before that was seen."""
MARK = "_anew_"
SETTINGS = {
    "postgresql": (
        "SET jit = off",  # compiling the long statements costs more than it saves
        "SET work_mem = '256MB'",
        "SET maintenance_work_mem = '256MB'",
    ),
    "sqlite": ("PRAGMA cache_size = -131072", "PRAGMA temp.cache_size = -65536"),
}
"""Memory for this one connection, which is closed afterwards."""
TRIES, PAUSE, PATIENCE = 1200, 0.5, "500ms"
"""Readers wait behind us on PostgreSQL while we wait for who reads long, say a backup: so we don't
wait for long, and try again."""
LOCKED = {"55P03", "40P01"}
"""PostgreSQL's words for: the lock was not had in time, each waited for the other."""


@dataclass(frozen=True)
class Beside:
    """The new tables, by a connection on which each statement is a transaction of its own."""

    connection: Connection
    suffix: str

    @property
    def postgresql(self) -> bool:
        """Whether it is not SQLite."""
        return self.connection.dialect.name == "postgresql"

    def of(self, relation: str) -> str:
        """Return the name of the table beside one."""
        return relation + self.suffix

    def run(self, statement: str) -> Any:
        """Do what a statement says."""
        return self.connection.exec_driver_sql(statement)

    def scratch(self, name: str, query: str) -> None:
        """Keep what a query finds in a table that only we see."""
        self.drop(name)
        self.run(f"CREATE TEMPORARY TABLE {name} AS {query}")
        if self.postgresql:
            self.run(f"ANALYZE {name}")

    def drop(self, *names: str) -> None:
        """Let such a table be no more."""
        for name in names:
            self.run(f"DROP TABLE IF EXISTS {name}")

    def fill(self, relation: str, columns: Sequence[str], query: str) -> None:
        """Add what a query finds; it is best in the order of the key."""
        version, number = ("version, ", f"{rules.VERSION}, ") if _versions(relation) else ("", "")
        listed = ", ".join(columns)
        self.run(
            f"INSERT INTO {self.of(relation)} ({version}{listed})"
            f" SELECT {number}{listed} FROM ({query}) found"
        )

    def add(self, relation: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Add rows."""
        table = next(table for table in TABLES if table.name == relation)
        version = {"version": rules.VERSION} if _versions(relation) else {}
        new = table.to_metadata(MetaData(), name=self.of(relation))
        self.connection.execute(insert(new), [{**row, **version} for row in rows])

    def count(self, relation: str) -> int:
        """Return how many rows of our version there are."""
        mine = f" WHERE version = {rules.VERSION}" if _versions(relation) else ""
        return int(self.run(f"SELECT COUNT(*) FROM {self.of(relation)}{mine}").scalar_one())


def _versions(relation: str) -> bool:
    return relation != PersonDay.__tablename__


@contextmanager
def beside() -> Iterator[Beside]:
    """Give new tables that hold the figures of other definitions, and are gone if all fails."""
    with reading_engine(db.engine).connect() as connection:
        connection.detach()  # so that what is set for it ends with it
        tables = Beside(connection, MARK + secrets.token_hex(3))
        for setting in SETTINGS[connection.dialect.name]:
            tables.run(setting)
        _drop_left(tables)
        for table in TABLES:
            copy = table.to_metadata(MetaData(), name=tables.of(table.name))
            if tables.postgresql:  # where a key's name is an index's, and there is one of it
                copy.primary_key.name = f"{table.primary_key.name}{tables.suffix}"
            connection.execute(CreateTable(copy))
            if _versions(table.name):
                listed = ", ".join(table.columns.keys())
                tables.run(
                    f"INSERT INTO {tables.of(table.name)} ({listed}) SELECT {listed}"
                    f" FROM {table.name} WHERE version <> {rules.VERSION}"
                )
        try:
            yield tables
        except BaseException:
            _drop_left(tables, tables.suffix)  # and not of the later run that made us fail
            raise


def _drop_left(tables: Beside, suffix: str = MARK) -> None:
    for name in inspect(tables.connection).get_table_names():
        if any(name.startswith(table.name + suffix) for table in TABLES):
            tables.drop(name)


def take_place(tables: Beside, began: datetime) -> None:
    """Let the new tables be the ones that are read. `began`: all facts until then were seen."""
    if tables.postgresql:
        _index(tables)
    for left in reversed(range(TRIES)):
        try:
            _take_place(tables, began)
        except OperationalError as fault:
            if not (left and _passes(fault)):
                raise
            time.sleep(PAUSE)
        else:
            return


def _passes(fault: OperationalError) -> bool:
    """Whether somebody reads for long, or rolls up, or writes on SQLite; not that a disk is full.

    Nor that a later run has dropped our tables.
    """
    said = fault.orig
    return str(getattr(said, "sqlite_errorname", "")).startswith("SQLITE_BUSY") or (
        getattr(said, "sqlstate", None) in LOCKED
    )


def _index(tables: Beside) -> None:
    """Do beforehand what would otherwise be done while readers wait."""
    for table in TABLES:
        for index in table.indexes:
            columns = ", ".join(index.columns.keys())
            name = f"{index.name}{tables.suffix}"
            tables.run(f"CREATE INDEX {name} ON {tables.of(table.name)} ({columns})")
        tables.run(f"VACUUM (ANALYZE) {tables.of(table.name)}")


@unit_of_work()
def _take_place(tables: Beside, began: datetime) -> None:
    if tables.postgresql:
        changed_rows(text(f"SET LOCAL lock_timeout = '{PATIENCE}'"))
    rolling.lock()
    for table in TABLES:
        _replace(table, tables)
    seen = began - LONGEST_WRITE
    done = Fact.recorded_at < seen
    changed_rows(delete(Waiting).where(exists().where(Fact.id == Waiting.fact_id, done)))
    late = select(Fact.id, Fact.resident_id, Fact.day).where(Fact.recorded_at >= seen)
    changed_rows(insert_ignore(Waiting).from_select(["fact_id", "resident_id", "day"], late))
    rolling.mark_rolled(began)
    mark(rules.MARK, [EVERYWHERE])


def _replace(table: Table, tables: Beside) -> None:
    new = tables.of(table.name)
    changed_rows(text(f"DROP TABLE {table.name}"))
    changed_rows(text(f"ALTER TABLE {new} RENAME TO {table.name}"))
    if tables.postgresql:
        key = table.primary_key.name
        changed_rows(text(f"ALTER INDEX {key}{tables.suffix} RENAME TO {key}"))
    for index in table.indexes:
        columns = ", ".join(index.columns.keys())
        if tables.postgresql:
            renamed = f"ALTER INDEX {index.name}{tables.suffix} RENAME TO {index.name}"
            changed_rows(text(renamed))
        else:  # SQLite renames no index
            changed_rows(text(f"CREATE INDEX {index.name} ON {table.name} ({columns})"))
