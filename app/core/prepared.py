"""Statements that are asked all day, made ready once: compiled for a dialect, then only sent.

SQLAlchemy's `execute` builds a context and a result for each call, which costs several times what
SQLite needs for the row. What is sent here goes through the same connections, transactions,
types, events and errors; only that is left out. For statements with a fixed number of parameters.
"""

from collections.abc import Callable, Iterable, Sequence
from operator import itemgetter
from typing import Any, NamedTuple, cast

from sqlalchemy import Connection, Dialect, bindparam
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import TypeEngine

from app.core.db import current_connection

Processor = Callable[[Any], Any]


class _Made(NamedTuple):
    """A statement in one dialect's words.

    `given`: what is in it already; `binds`: parameters whose values have to be translated;
    `order`: takes parameters in the order of their marks, where they have no names; `types`: of
    the columns.
    """

    dialect: Dialect
    words: str
    given: dict[str, Any]
    binds: tuple[tuple[str, Processor], ...]
    order: Callable[[dict[str, Any]], Any] | None
    types: tuple[TypeEngine[Any], ...]
    row: Callable[[Any], Any]


class Prepared:
    """A statement, ready to be sent. `make` gives it, at the first time."""

    def __init__(self, make: Callable[[], Any]) -> None:
        self._make = make
        self._made: dict[str, _Made] = {}
        self._columns: dict[str, tuple[tuple[int, Processor], ...]] = {}

    def rows(self, params: dict[str, Any]) -> list[Any]:
        """Return the rows, each with its columns by name."""
        cursor, made = self._send(params)
        columns = self._columns.get(made.dialect.name)
        if columns is None:
            columns = self._columns[made.dialect.name] = _outward(made, cursor.description)
        found = cursor.fetchall()
        cursor.close()
        if not columns:
            return [made.row(row) for row in found]
        return [made.row(_translated(columns, row)) for row in found]

    def row(self, params: dict[str, Any]) -> Any:
        """Return the only row, or nothing."""
        return next(iter(self.rows(params)), None)

    def changed(self, params: dict[str, Any]) -> int:
        """Return how many rows it touched."""
        cursor, _ = self._send(params)
        touched = int(cursor.rowcount)
        cursor.close()
        return touched

    def for_each(self, params: Sequence[dict[str, Any]]) -> None:
        """Do it for each of some."""
        self._send(params, many=True)[0].close()

    def _send(self, params: Any, *, many: bool = False) -> tuple[Any, _Made]:
        connection = current_connection()
        made = self._made.get(connection.dialect.name) or self._compiled(connection.dialect)
        sent = [_sent(made, one) for one in params] if many else _sent(made, params)
        cursor = None
        try:
            cursor = connection.connection.cursor()  # which a lost connection refuses already
            for listener in connection.dispatch.before_cursor_execute:
                listener(connection, cursor, made.words, sent, None, many)
            (cursor.executemany if many else cursor.execute)(made.words, sent)
        except connection.dialect.loaded_dbapi.Error as fault:
            _refused(connection, fault, made.words, sent, cursor)
        return cursor, made

    def _compiled(self, dialect: Dialect) -> _Made:
        statement = self._make()
        compiled = statement.compile(dialect=dialect)
        found = self._made[dialect.name] = _made(compiled, dialect)
        return found


def _sent(made: _Made, params: dict[str, Any]) -> Any:
    sent = {**made.given, **params}
    for name, translate in made.binds:
        sent[name] = translate(sent[name])
    return sent if made.order is None else made.order(sent)


def _made(compiled: SQLCompiler, dialect: Dialect) -> _Made:
    binds = {name: bind.type for bind, name in compiled.bind_names.items()}
    inward = ((n, k.dialect_impl(dialect).bind_processor(dialect)) for n, k in binds.items())
    names = compiled.positiontup
    shown = list(getattr(compiled.statement, "selected_columns", ()))
    return _Made(
        dialect,
        compiled.string,
        {name: value for name, value in compiled.params.items() if value is not None},
        tuple((name, found) for name, found in inward if found),
        _in_order(names) if names is not None else None,
        tuple(column.type for column in shown),
        _row_of([str(column.key) for column in shown]),
    )


def _row_of(names: list[str]) -> Callable[[Any], Any]:
    row: Any = NamedTuple("Row", [(name, Any) for name in names])  # type: ignore[misc] # known only here
    return cast("Callable[[Any], Any]", row._make)


def _in_order(names: list[str]) -> Callable[[dict[str, Any]], Any]:
    if len(names) > 1:
        return itemgetter(*names)
    return lambda values: tuple(values[name] for name in names)


def _outward(made: _Made, description: Sequence[Any]) -> tuple[tuple[int, Processor], ...]:
    """Return the columns whose values have to be translated; the driver tells what it gives."""
    impls = (kind.dialect_impl(made.dialect) for kind in made.types)
    found = (
        impl.result_processor(made.dialect, told[1])
        for impl, told in zip(impls, description, strict=True)
    )
    return tuple((number, translate) for number, translate in enumerate(found) if translate)


def _translated(columns: tuple[tuple[int, Processor], ...], row: Any) -> list[Any]:
    found = list(row)
    for number, translate in columns:
        found[number] = translate(found[number])
    return found


def _refused(connection: Connection, fault: Exception, words: str, sent: Any, cursor: Any) -> None:
    """Raise a fault as SQLAlchemy does, which also knows when a connection is lost."""
    connection._handle_dbapi_exception(fault, words, sent, cursor, None)  # noqa: SLF001


def marks(name: str, count: int) -> list[Any]:
    """Return so many parameters, for a statement of its own for each count; see `values`."""
    return [bindparam(f"{name}_{number}") for number in range(count)]


def values(name: str, given: Iterable[Any]) -> dict[str, Any]:
    """Return what `marks` of that name stand for."""
    return {f"{name}_{number}": value for number, value in enumerate(given)}
