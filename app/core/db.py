"""The database: one base for all tables, one way to write.

SQLite is the embedded default, PostgreSQL the production engine; what is
written here behaves the same on both.
"""

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, NoReturn, ParamSpec, TypeVar, cast

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    BigInteger,
    Connection,
    DateTime,
    Dialect,
    Engine,
    Executable,
    Integer,
    MetaData,
    Result,
    String,
    TypeDecorator,
    false,
    or_,
)
from sqlalchemy.orm import DeclarativeBase, InstrumentedAttribute, Session
from sqlalchemy.orm import registry as Registry  # noqa: N812 it is a class
from sqlalchemy.sql import ColumnElement

from app.core import here
from app.core.clock import require_aware
from app.core.connections import READ, WRITE, Readers
from app.core.libpq import Line

P = ParamSpec("P")
R = TypeVar("R")

ROWS_ALONE = "linli_rows_alone"
"""The request's mark that what is written now is rows and no entities."""


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

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], Any]:
        """Do the same in one step: an answer to a question has six moments."""
        return _text_from_utc if dialect.name == "sqlite" else _moment_in_utc

    def result_processor(
        self,
        dialect: Dialect,
        coltype: object,  # noqa: ARG002 the library's signature
    ) -> Callable[[Any], datetime | None]:
        """Give the zone back. SQLite keeps text; a page has hundreds, so it is read in one go."""
        return _utc_from_text if dialect.name == "sqlite" else _utc_from_moment


def _moment_in_utc(value: datetime | None) -> datetime | None:
    if value is None:
        return None
    return value if value.tzinfo is UTC else require_aware(value).astimezone(UTC)


@functools.lru_cache(maxsize=64)
def _text_from_utc(value: datetime | None) -> str | None:
    """Return how SQLite keeps a moment. Most of what a request writes happens at the same one."""
    moment = _moment_in_utc(value)
    return moment.isoformat(" ", "microseconds")[:_WITHOUT_ZONE] if moment else None


_WITHOUT_ZONE = len("2026-11-20 08:40:00.000000")


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


NUMBERED_ONCE = {"sqlite_autoincrement": True}
"""Of a table that loses rows and whose numbers people and other tables go on naming: SQLite gives
the number of the newest row, once that is gone, to the next one. PostgreSQL gives none twice."""


class _Database(SQLAlchemy):
    """Flask's, for requests of which most ask for no session."""

    @property
    def engine(self) -> Engine:
        """The app's, had straight: each answer looks for it two or three times."""
        return self._app_engines[here.app()][None]

    def _teardown_session(self, exc: BaseException | None) -> None:
        if _session() is not None:
            super()._teardown_session(exc)


db = _Database(
    model_class=Base,
    session_options={"expire_on_commit": False, "scopefunc": lambda: id(here.context())},
)
_sessions: dict[int, Session] = db.session.registry.registry


def _session() -> Session | None:
    """Return the request's session, if anything has asked for one."""
    return _sessions.get(id(here.context()))


def end_reading(_fault: BaseException | None = None) -> None:
    """Give the connection back that this request has read by, if any."""
    held = here.notes().pop(READ, None)
    if held is not None:
        _readers().give(held)


def _readers() -> Readers:
    return cast("Readers", here.app().extensions["linli_readers"])


def current_connection() -> Connection:
    """Return what this request speaks to the database by: as it writes, or only reads."""
    connection = speaking()
    if rows_alone():
        line = line_of(connection)
        if line is not None:
            send_waiting(connection, line)
    return connection


def speaking() -> Connection:
    """Return the same, for whoever sends what waits on its line with what is asked; see `libpq`."""
    context = here.context()
    notes, session = context.g.__dict__, _sessions.get(id(context))
    writes: Connection | None = notes.get(WRITE)
    if writes is not None:
        if session is not None and session.new:
            _refuse_entities()
            session.flush()  # what was added is there for the next statement
        return writes
    if session is not None and session.in_transaction():
        return session.connection()
    held: Connection | None = notes.get(READ)
    if held is None or held.invalidated:
        # One that was lost would come back by itself, but no longer commit each statement.
        end_reading()
        held = notes[READ] = _readers().take()
    return held


def tell(connection: Connection, cursor: Any, words: str, sent: Any, *, many: bool) -> None:
    """Tell whoever listens that a statement is about to be sent, as SQLAlchemy does.

    Mostly nobody does, and to find that out in its way takes as long as SQLite takes for a row. So
    the engine is asked, and the connection; of engines with options nobody has ours to listen to.
    """
    engine: Any = connection.engine
    engine = getattr(engine, "_proxied", engine)
    if connection._has_events or engine.dispatch.before_cursor_execute:  # noqa: SLF001
        for listener in connection.dispatch.before_cursor_execute:
            listener(connection, cursor, words, sent, None, many)


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
    if rows_alone() and not connection.in_transaction():
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
    notes = here.notes()
    if WRITE in notes:
        yield
        return
    end_reading()
    session = db.session()
    session.rollback()  # so that what was begun outside is no part of it
    try:
        notes[WRITE] = session.connection(execution_options={WRITE: True})
        yield
        for closing in _before_commit:
            closing()
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        notes.pop(WRITE, None)


@contextmanager
def writing_rows() -> Iterator[None]:
    """As `writing`, for what only runs statements: by the connection that the request has anyway.

    Errors: RuntimeError, when an entity is added nevertheless.
    """
    notes = here.notes()
    if WRITE in notes:
        yield
        return
    leave_session()
    connection = speaking()
    if connection.in_transaction():
        connection.rollback()  # of SQLAlchemy's own, which holds what was read
    line = line_of(connection)
    _begin(connection, line)
    try:
        notes[WRITE], notes[ROWS_ALONE] = connection, True
        yield
        _refuse_entities()
        for closing in _before_commit:
            closing()
        _commit(connection, line)
    except BaseException:
        _roll_back(connection, line)
        raise
    finally:
        notes.pop(WRITE, None)
        notes.pop(ROWS_ALONE, None)


def leave_session() -> None:
    """End what a session has begun outside of any unit of work: what is written is no part of it.

    Inside one nothing is ended.
    """
    session = _session()
    if session is not None and WRITE not in here.notes():
        session.rollback()


def rows_alone() -> bool:
    """Whether rows are being written by a connection of our own, so that some may wait."""
    return ROWS_ALONE in here.notes()


def _begin(connection: Connection, line: Line | None) -> None:
    if line is not None:
        line.begin()
        return
    try:
        cast("Any", connection.connection.dbapi_connection).execute("BEGIN IMMEDIATE")
    except connection.dialect.loaded_dbapi.Error as fault:
        refused(connection, fault, "BEGIN IMMEDIATE")


def _commit(connection: Connection, line: Line | None) -> None:
    try:
        if line is not None:
            line.commit()
        else:
            cast("Any", connection.connection.dbapi_connection).execute("COMMIT")
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
    session = _session()
    if session is not None and rows_alone() and session.new:
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
    connection = current_connection() if WRITE in here.notes() else db.session().connection()
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
