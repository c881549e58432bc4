"""Statements that are asked all day, made ready once: compiled for a dialect, then only sent.

SQLAlchemy's `execute` builds a context and a result for each call, which costs several times what
SQLite needs for the row; to PostgreSQL they go by libpq (see `core.libpq`), several at once.
What is sent here goes through the same connections, transactions, types, events and errors; only
that is left out. For statements with a fixed number of parameters.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from operator import itemgetter
from typing import Any, NamedTuple, cast

from sqlalchemy import Connection, Dialect, bindparam
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import TypeEngine

from app.core.db import leave_session, line_of, refused, rows_alone, send_waiting, speaking, tell
from app.core.libpq import Line, Sent, dumped

Processor = Callable[[Any], Any]
Params = dict[str, Any]


class _Made(NamedTuple):
    """A statement in one dialect's words.

    `given`: what is in it already; `order`: takes parameters in the order of their marks;
    `binds`: the places in that order whose values have to be translated; `types`: of the columns;
    `row`: makes one of its values, by name.
    """

    dialect: Dialect
    words: str
    given: Params
    order: Callable[[Params], tuple[Any, ...]]
    binds: tuple[tuple[int, Processor], ...]
    types: tuple[TypeEngine[Any], ...]
    row: Callable[[Any], Any]


class Prepared:
    """A statement, ready to be sent. `make` gives it, at the first time."""

    def __init__(self, make: Callable[[], Any]) -> None:
        self._make = make
        self._made: dict[str, _Made] = {}
        self._rows: dict[str, Callable[[Any], Any]] = {}

    def rows(self, params: Params) -> list[Any]:
        """Return the rows, each with its columns by name."""
        connection = speaking()
        line = line_of(connection)
        if line is None:
            return self._fetched(connection, params)
        sent = self._sent(connection, params)
        try:
            return self._read(connection, line, sent, line.ask(sent))
        except connection.dialect.loaded_dbapi.Error as fault:
            refused(connection, fault, *sent)

    def row(self, params: Params) -> Any:
        """Return the only row, or nothing."""
        return next(iter(self.rows(params)), None)

    def changed(self, params: Params) -> int:
        """Return how many rows it touched."""
        connection = speaking()
        line = line_of(connection)
        if line is None:
            cursor = self._executed(connection, params)
            touched = int(cursor.rowcount)
            cursor.close()
            return touched
        sent = self._sent(connection, params)
        try:
            return int(line.ask(sent).command_tuples or 0)
        except connection.dialect.loaded_dbapi.Error as fault:
            refused(connection, fault, *sent)

    def alone(self, params: Params) -> int:
        """Do it as a transaction of its own, or as part of one; returns how many rows it touched.

        Without a word to begin and one to commit: a statement is all or nothing by itself. What
        `runs_before_commit` is not called: this is for what people do for themselves.
        """
        leave_session()
        return self.changed(params)

    def for_each(self, params: Sequence[Params]) -> None:
        """Do it for each of some.

        Where rows alone are written, it may be done only before what is asked next, at the latest
        with the commit: then that is when a fault is told.
        """
        connection = speaking()
        line = line_of(connection)
        if line is None:
            self._executed(connection, params, many=True).close()
            return
        for sent in self._all_sent(connection, params):
            line.later(sent)
        if not rows_alone():
            send_waiting(connection, line)

    # By a driver's cursor

    def _fetched(self, connection: Connection, params: Params) -> list[Any]:
        cursor = self._executed(connection, params)
        try:
            found = cursor.fetchall()
        except connection.dialect.loaded_dbapi.Error as fault:  # SQLite reads only now
            refused(connection, fault, self._for(connection.dialect).words, params, cursor)
        make = self._rows.get(connection.dialect.name)
        if make is None:
            make = self._row_maker(connection.dialect, [one[1] for one in cursor.description])
        cursor.close()
        return [make(row) for row in found]

    def _executed(self, connection: Connection, params: Any, *, many: bool = False) -> Any:
        made = self._for(connection.dialect)
        sent = [_values(made, one) for one in params] if many else _values(made, params)
        cursor = None
        try:
            # Which a lost connection refuses already.
            cursor = cast("Any", connection.connection.dbapi_connection).cursor()
            tell(connection, cursor, made.words, sent, many=many)
            (cursor.executemany if many else cursor.execute)(made.words, sent)
        except connection.dialect.loaded_dbapi.Error as fault:
            refused(connection, fault, made.words, sent, cursor)
        return cursor

    # By libpq

    def _sent(self, connection: Connection, params: Params) -> Sent:
        return self._all_sent(connection, [params])[0]

    def _all_sent(self, connection: Connection, params: Sequence[Params]) -> list[Sent]:
        made = self._for(connection.dialect)
        rows = [_values(made, one) for one in params]
        tell(connection, None, made.words, rows, many=len(rows) > 1)
        try:
            return [Sent(made.words, [dumped(value) for value in row]) for row in rows]
        except connection.dialect.loaded_dbapi.Error as fault:  # a text with NUL, say
            refused(connection, fault, made.words, rows)

    def _read(self, connection: Connection, line: Line, sent: Sent, result: Any) -> list[Any]:
        make = self._rows.get(connection.dialect.name)
        if make is None:
            kinds = [result.ftype(number) for number in range(result.nfields)]
            make = self._row_maker(connection.dialect, kinds)
        return line.rows(sent, result, make)

    # Both

    def _for(self, dialect: Dialect) -> _Made:
        found = self._made.get(dialect.name)
        if found is None:
            kind: Any = type(dialect)
            spoken = _numbered(kind) if dialect.driver == "psycopg" else dialect
            compiled = self._make().compile(dialect=spoken)
            found = self._made[dialect.name] = _made(compiled, dialect)
        return found

    def _row_maker(self, dialect: Dialect, kinds: Sequence[Any]) -> Callable[[Any], Any]:
        """Return what makes a row of the driver's values; the driver tells what it gives."""
        made = self._for(dialect)
        impls = (kind.dialect_impl(dialect) for kind in made.types)
        each = [impl.result_processor(dialect, k) for impl, k in zip(impls, kinds, strict=True)]
        columns = tuple((number, translate) for number, translate in enumerate(each) if translate)
        row = made.row

        def translated(values: Any) -> Any:
            found = list(values)
            for number, translate in columns:
                found[number] = translate(found[number])
            return row(found)

        make = self._rows[dialect.name] = translated if columns else row
        return make


def together(*asked: tuple[Prepared, Params]) -> list[list[Any]]:
    """Return the rows of each of some statements; from PostgreSQL in one round trip."""
    connection = speaking()
    line = line_of(connection)
    if line is None:
        return [statement._fetched(connection, params) for statement, params in asked]  # noqa: SLF001 ours
    sent = [statement._sent(connection, params) for statement, params in asked]  # noqa: SLF001 ours
    try:
        results = line.ask_all(sent)[-len(sent) :]
        return [
            statement._read(connection, line, one, result)  # noqa: SLF001 ours
            for (statement, _), one, result in zip(asked, sent, results, strict=True)
        ]
    except connection.dialect.loaded_dbapi.Error as fault:
        refused(connection, fault, *sent[0])


def _values(made: _Made, params: Params) -> tuple[Any, ...]:
    sent = list(made.order({**made.given, **params} if made.given else params))
    for number, translate in made.binds:
        sent[number] = translate(sent[number])
    return tuple(sent)


def _made(compiled: SQLCompiler, dialect: Dialect) -> _Made:
    kinds = {name: bind.type for bind, name in compiled.bind_names.items()}
    names = compiled.positiontup or []  # both dialects have marks without names
    inward = [kinds[name].dialect_impl(dialect).bind_processor(dialect) for name in names]
    statement: Any = compiled.statement
    shown = list(getattr(statement, "selected_columns", ()) or getattr(statement, "_returning", ()))
    return _Made(
        dialect,
        compiled.string,
        {name: value for name, value in compiled.params.items() if value is not None},
        _in_order(names),
        tuple((number, translate) for number, translate in enumerate(inward) if translate),
        tuple(column.type for column in shown),
        _row_of([str(column.key) for column in shown]),
    )


def _row_of(names: list[str]) -> Callable[[Any], Any]:
    row: Any = NamedTuple("Row", [(name, Any) for name in names])  # type: ignore[misc] # known only here
    return cast("Callable[[Any], Any]", row._make)


def _in_order(names: Sequence[str]) -> Callable[[Params], tuple[Any, ...]]:
    if len(names) > 1:
        return itemgetter(*names)
    return lambda values: tuple(values[name] for name in names)


@cache
def _numbered(dialect: Any) -> Dialect:
    """Return a dialect with `$1` for its first parameter, as PostgreSQL itself has it."""
    return cast("Dialect", dialect(paramstyle="numeric_dollar"))


def marks(name: str, count: int) -> list[Any]:
    """Return so many parameters, for a statement of its own for each count; see `values`."""
    return [bindparam(f"{name}_{number}") for number in range(count)]


def values(name: str, given: Iterable[Any]) -> Params:
    """Return what `marks` of that name stand for."""
    return {f"{name}_{number}": value for number, value in enumerate(given)}
