"""Several lists in one question: rows of different kinds, each as one value, told apart again.

A page that needs eight small lists of the same shift would ask eight times, and each time costs
more than its few rows do.
"""

from collections import namedtuple
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import JSON, Boolean, Date, DateTime, func, literal, select, union_all
from sqlalchemy.types import TypeDecorator, TypeEngine

from app.core.db import db, read


def gather(*asked: Any, params: dict[str, Any] | None = None) -> list[list[Any]]:
    """Return the rows of each of some selections, in their own order; one query.

    For numbers, texts, moments, days, truths and JSON.
    """
    found: list[list[Any]] = [[] for _ in asked]
    makers = [_maker(each) for each in asked]
    whole = union_all(*(_packed(number, each) for number, each in enumerate(asked))).subquery()
    packed: Any = select(whole.c.part, whole.c.row).order_by(whole.c.part, whole.c.turn)
    for each in read(packed, params):
        found[each.part].append(makers[each.part](each.row))
    return found


def _packed(part: int, asked: Any) -> Any:
    """Return a selection whose rows are one value each, and know which turn they have."""
    turn = func.row_number().over(order_by=asked._order_by_clauses or None)  # noqa: SLF001
    inner = asked.add_columns(turn.label("the_turn")).subquery()
    *columns, the_turn = inner.c
    postgresql = db.engine.dialect.name == "postgresql"
    made = func.json_build_array if postgresql else func.json_array
    values = [
        func.json(column) if isinstance(column.type, JSON) and not postgresql else column
        for column in columns
    ]
    packed = made(*values, type_=JSON())
    return select(literal(part).label("part"), the_turn.label("turn"), packed.label("row"))


def _maker(asked: Any) -> Callable[[Sequence[Any]], Any]:
    """Return what makes a row of its values, by the columns' names and types."""
    columns = list(asked.selected_columns)
    kind = _kind(tuple(str(column.key) for column in columns))
    each = [(number, _reader(column.type)) for number, column in enumerate(columns)]
    readers = [(number, found) for number, found in each if found is not None]

    def make(values: Sequence[Any]) -> Any:
        read_back = list(values)
        for number, reader in readers:
            if read_back[number] is not None:
                read_back[number] = reader(read_back[number])
        return kind._make(read_back)

    return make


@lru_cache(256)
def _kind(names: tuple[str, ...]) -> Any:
    """Return what a row with these columns is, made once: making it costs more than its rows."""
    return namedtuple("Row", names)  # noqa: PYI024 known only here


def _reader(kind: TypeEngine[Any]) -> Callable[[Any], Any] | None:
    plain: Any = kind.impl_instance if isinstance(kind, TypeDecorator) else kind
    if isinstance(plain, DateTime):
        return _moment
    if isinstance(plain, Date):
        return date.fromisoformat
    return bool if isinstance(plain, Boolean) else None


def _moment(words: str) -> datetime:
    """Return a moment as either engine writes it: SQLite has UTC without saying so."""
    moment = datetime.fromisoformat(words)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
