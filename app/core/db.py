"""The database: one base for all tables, one way to write.

SQLite is the embedded default, PostgreSQL the production engine; what is
written here behaves the same on both.
"""

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import Any, NoReturn, ParamSpec, TypeVar, cast

from flask import current_app, g
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    BigInteger,
    Connection,
    DateTime,
    Dialect,
    Engine,
    ExceptionContext,
    Executable,
    Integer,
    MetaData,
    Result,
    String,
    TypeDecorator,
    event,
    false,
    or_,
)
from sqlalchemy.orm import DeclarativeBase, InstrumentedAttribute
from sqlalchemy.orm import registry as Registry  # noqa: N812 it is a class
from sqlalchemy.sql import ColumnElement

from app.core.clock import require_aware
from app.core.libpq import Line

P = ParamSpec("P")
R = TypeVar("R")

WRITE = "linli_write"
"""Execution option of a connection that is going to write; the request's place for it."""
ROWS_ALONE = "linli_rows_alone"
"""The request's mark that what is written now is rows and no entities."""
READ = "linli_read"
"""Execution option of a connection that only reads; the request's place for it."""


class UtcDateTime(TypeDecorator[datetime]):
    """A moment. Aware going in, UTC in the database, aware in UTC coming out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive datetimes; SQLite has no zones, so it gets UTC without one."""
        if value is None:
            return None
        moment = require_aware(value).astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def result_processor(
        self,
        dialect: Dialect,
        coltype: object,  # noqa: ARG002 the library's signature
    ) -> Callable[[Any], datetime | None]:
        """Give the zone back. SQLite keeps text; a page has hundreds, so it is read in one go."""
        return _utc_from_text if dialect.name == "sqlite" else _utc_from_moment


def _utc_from_text(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(value + "+00:00")


def _utc_from_moment(value: datetime | None) -> datetime | None:
    return None if value is None else value.astimezone(UTC)


class PlaceCode(TypeDecorator[str]):
    """A hierarchical place code: digits, ordered byte by byte on every engine.

    Prefix ranges only match an index when the order is the bytes' own; a
    PostgreSQL database with a language's collation would sort otherwise.
    """

    impl = String(24)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        """Pin the collation where the engine has more than one."""
        if dialect.name == "postgresql":
            return dialect.type_descriptor(String(24, collation="C"))
        return dialect.type_descriptor(String(24))


NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """The base of every table."""

    registry = Registry(
        metadata=MetaData(naming_convention=NAMES),
        type_annotation_map={
            datetime: UtcDateTime(),
            # SQLite counts rows up only in a column that is called INTEGER.
            int: BigInteger().with_variant(Integer(), "sqlite"),
        },
    )


db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False})


def install_engine_rules(engine: Engine) -> None:
    """Make SQLite behave: WAL, foreign keys, patience, and our own BEGIN."""
    if engine.dialect.name != "sqlite":
        return

    @event.listens_for(engine, "connect")
    def on_connect(connection: Any, _record: object) -> None:
        # The driver would begin transactions by its own rules; we begin them.
        connection.isolation_level = None
        for pragma in (
            "journal_mode=WAL",
            "synchronous=NORMAL",
            "foreign_keys=ON",
            "busy_timeout=15000",
            "cache_size=-16000",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def on_begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        if READ in options:
            return
        # A reader that turns into a writer half-way is refused at once when
        # somebody else wrote meanwhile, and no timeout helps: say so at the start.
        connection.exec_driver_sql("BEGIN IMMEDIATE" if WRITE in options else "BEGIN")


def reading_engine(engine: Engine) -> Engine:
    """Return the engine as readers use it, on the same pool: each statement for itself.

    PostgreSQL gives each statement its own view of the data in any case, so a
    transaction around a few of them would only cost two more round trips.
    """
    if engine.dialect.name == "sqlite":
        return engine.execution_options(**{READ: True})
    return engine.execution_options(**{READ: True}, isolation_level="AUTOCOMMIT")


class Readers:
    """Connections for reading that are kept between requests: to be had and given back for nothing.

    A pool's way in and out costs more than most of what is asked. They are the pool's own, so
    only a few are kept, and none when it is emptied or the database was lost.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = reading_engine(engine)
        self._kept: list[Connection] = []
        event.listen(engine, "engine_disposed", lambda _engine: self.forget())
        event.listen(engine, "handle_error", self._on_error)

    def take(self) -> Connection:
        """Return a connection that nobody else uses."""
        try:
            return self._kept.pop()
        except IndexError:
            return self._engine.connect()

    def give(self, connection: Connection) -> None:
        """Take it back."""
        if connection.in_transaction():
            connection.rollback()  # of SQLAlchemy's own: nothing is open in the database
        if connection.closed or connection.invalidated or len(self._kept) >= MOST_KEPT:
            connection.close()
        else:
            self._kept.append(connection)

    def forget(self) -> None:
        """Keep none of them, and close them: the pool that they came from may be gone."""
        with suppress(IndexError):  # all threads are told at once when the database is lost
            while True:
                held = self._kept.pop()
                held.invalidate()
                held.close()

    def _on_error(self, told: ExceptionContext) -> None:
        if told.is_disconnect:  # then the others are lost, too
            self.forget()


MOST_KEPT = 4
"""As many as a web server's process has threads; of the pool's fifteen."""


def end_reading(_fault: BaseException | None = None) -> None:
    """Give the connection back that this request has read by, if any."""
    held = g.pop(READ, None)
    if held is not None:
        _readers().give(held)


def _readers() -> Readers:
    return cast("Readers", current_app.extensions["linli_readers"])


def current_connection() -> Connection:
    """Return what this request speaks to the database by: as it writes, or only reads."""
    connection = speaking()
    if ROWS_ALONE in g:
        line = line_of(connection)
        if line is not None:
            send_waiting(connection, line)
    return connection


def speaking() -> Connection:
    """Return the same, for whoever sends what waits on its line with what is asked; see `libpq`."""
    if WRITE in g:
        if db.session.registry.has() and db.session().new:
            _refuse_entities()
            db.session().flush()  # what was added is there for the next statement
        return cast("Connection", g.get(WRITE))
    if db.session.registry.has() and db.session().in_transaction():
        return db.session().connection()
    held = g.get(READ)
    if held is None or held.invalidated:
        # One that was lost would come back by itself, but no longer commit each statement.
        end_reading()
        held = _readers().take()
        setattr(g, READ, held)
    return cast("Connection", held)


def line_of(connection: Connection) -> Line | None:
    """Return a PostgreSQL connection as libpq has it; nothing for any other."""
    if connection.dialect.name != "postgresql":
        return None
    pooled = connection.connection
    line = pooled.info.get("linli_line")
    if line is None:
        line = pooled.info["linli_line"] = Line(pooled.driver_connection)
    return cast("Line", line)


def send_waiting(connection: Connection, line: Line) -> None:
    """Send what was left for later. Errors: SQLAlchemy's."""
    try:
        line.send()
    except connection.dialect.loaded_dbapi.Error as fault:
        refused(connection, fault, "what was to be written")


def refused(
    connection: Connection, fault: Exception, words: str, sent: Any = (), cursor: Any = None
) -> NoReturn:
    """Raise a driver's fault as SQLAlchemy does, which knows when a connection is lost."""
    if ROWS_ALONE in g and not connection.in_transaction():
        connection.begin()  # or it would take back our transaction, and whoever goes on had none
    connection._handle_dbapi_exception(fault, words, sent, cursor, None)  # noqa: SLF001
    raise fault  # which it has done


_before_commit: list[Callable[[], None]] = []


def runs_before_commit(function: Callable[[], None]) -> Callable[[], None]:
    """Mark a function: every transaction that is about to be committed calls it."""
    _before_commit.append(function)
    return function


@contextmanager
def writing() -> Iterator[None]:
    """One transaction: all of it or nothing. Inside another, it is part of that one."""
    if WRITE in g:
        yield
        return
    end_reading()
    session = db.session()
    session.rollback()  # so that what was begun outside is no part of it
    try:
        setattr(g, WRITE, session.connection(execution_options={WRITE: True}))
        yield
        for closing in _before_commit:
            closing()
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        g.pop(WRITE, None)


@contextmanager
def writing_rows() -> Iterator[None]:
    """As `writing`, for what only runs statements: by the connection that the request has anyway.

    Errors: RuntimeError, when an entity is added nevertheless.
    """
    if WRITE in g:
        yield
        return
    leave_session()
    connection = speaking()
    if connection.in_transaction():
        connection.rollback()  # of SQLAlchemy's own, which holds what was read
    line = line_of(connection)
    _begin(connection, line)
    try:
        setattr(g, WRITE, connection)
        setattr(g, ROWS_ALONE, True)
        yield
        _refuse_entities()
        for closing in _before_commit:
            closing()
        _commit(connection, line)
    except BaseException:
        _roll_back(connection, line)
        raise
    finally:
        g.pop(WRITE, None)
        g.pop(ROWS_ALONE, None)


def leave_session() -> None:
    """End what a session has begun outside of any unit of work: what is written is no part of it.

    Inside one nothing is ended.
    """
    if WRITE not in g and db.session.registry.has():
        db.session().rollback()


def rows_alone() -> bool:
    """Whether rows are being written by a connection of our own, so that some may wait."""
    return ROWS_ALONE in g


def _begin(connection: Connection, line: Line | None) -> None:
    if line is not None:
        line.begin()
        return
    try:
        cast("Any", connection.connection).execute("BEGIN IMMEDIATE")
    except connection.dialect.loaded_dbapi.Error as fault:
        refused(connection, fault, "BEGIN IMMEDIATE")


def _commit(connection: Connection, line: Line | None) -> None:
    try:
        if line is not None:
            line.commit()
        else:
            cast("Any", connection.connection).execute("COMMIT")
    except connection.dialect.loaded_dbapi.Error as fault:
        refused(connection, fault, "COMMIT")


def _roll_back(connection: Connection, line: Line | None) -> None:
    """Take all back; what cannot be told to is not used any more."""
    if connection.invalidated or connection.closed:
        return
    try:
        if line is not None:
            line.roll_back()
        else:
            cast("Any", connection.connection).rollback()
    except connection.dialect.loaded_dbapi.Error:
        connection.invalidate()


def _refuse_entities() -> None:
    if ROWS_ALONE in g and db.session.registry.has() and db.session().new:
        msg = "an entity was added where only rows are written"
        raise RuntimeError(msg)


def unit_of_work(*, rows_alone: bool = False) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Mark a service function: the whole of it is one transaction.

    `rows_alone`: it adds no entities, see `writing_rows`.
    """
    kind = writing_rows if rows_alone else writing

    def mark(function: Callable[P, R]) -> Callable[P, R]:
        @functools.wraps(function)
        def run(*args: P.args, **kwargs: P.kwargs) -> R:
            with kind():
                return function(*args, **kwargs)

        return run

    return mark


def read(statement: Executable, params: dict[str, Any] | None = None) -> Result[Any]:
    """Read rows, not entities: the cheap way to print something."""
    return current_connection().execute(statement, params)


def changed_rows(
    statement: Executable, params: dict[str, Any] | list[dict[str, Any]] | None = None
) -> int:
    """Run an UPDATE, DELETE or INSERT and return how many rows it touched."""
    # Without the option an INSERT's count is gone with its cursor: -1, which is true.
    counting = {"preserve_rowcount": True}
    connection = current_connection() if WRITE in g else db.session().connection()
    result = connection.execute(statement, params, execution_options=counting)
    return int(cast("Any", result).rowcount)


Column = InstrumentedAttribute[str] | ColumnElement[str]


def within(column: Column, code: str) -> ColumnElement[bool]:
    """Whether a row's place code begins with `code`, in a form that an index serves.

    ':' is the character after '9', and codes are digits.
    """
    return (column >= code) & (column < code + ":")


def within_any(column: Column, codes: tuple[str, ...]) -> ColumnElement[bool]:
    """Whether a row lies within one of the places; within none when there are none."""
    return or_(false(), *(within(column, code) for code in codes))
