"""The board of a place: its cases in columns by state, read at once, and the same on a map."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    Integer,
    Select,
    String,
    bindparam,
    func,
    literal,
    or_,
    select,
    tuple_,
    union_all,
)
from sqlalchemy.orm import aliased
from sqlalchemy.sql import ColumnElement

from app.core import clock, pages
from app.core.access import Actor, Permission
from app.core.db import UtcDateTime, read
from app.core.errors import NotFound
from app.core.forms import BIGGEST_ID
from app.hazards import rules
from app.hazards.detail import person
from app.hazards.items import ITEM, item_view, looking
from app.hazards.models import Hazard
from app.hazards.sight import KEPT, ME, in_places, moves_for, relations
from app.hazards.views import LONG_AGO
from app.residents.models import Resident

OVER = "over"
COLUMNS: Mapping[str, tuple[str, ...]] = {
    **{
        state: (state,)
        for state in ("reported", "accepted", "assigned", "handling", "suspended", "handled")
    },
    OVER: ("closed", "declined", "withdrawn"),
}
"""From left to right, as a case goes. What is over stands in one column."""
COLUMN_OF = {state: name for name, states in COLUMNS.items() for state in states}
A_COLUMN = 20
ON_A_MAP = 300

_assignee = aliased(Resident)


class Wanted(NamedTuple):
    """What a board is built by. `place`: a code; `mine`: handed to whoever looks."""

    place: str
    category: str | None = None
    late: bool = False
    mine: bool = False
    worded: bool = False


class Asked(NamedTuple):
    """What a board is asked for: how its statements are built, and with which values."""

    wanted: Wanted
    values: dict[str, Any]


def show_board(actor: Actor, place: str, **filters: Any) -> dict[str, Any]:
    """Return the columns of a place: `{columns: [{name, count, late, items, next_cursor}], due}`.

    In two queries. `filters`: `category`, a code; `late`, past what staff owe; `mine`, handed
    to the actor; `text`, in number, description or address. An item is a line of a list with
    its `assignee` and the `moves` open to the actor. Open columns begin with the most urgent,
    handled cases with the longest waiting; what is over begins with the newest and is not
    counted. `due`: by when the next of them is owed; until then the clock makes none late.
    Errors: NotFound (the actor dispatches nothing there).
    """
    asked = _asked(actor, place, filters)
    rows: dict[str, list[Any]] = {name: [] for name in COLUMNS}
    for row in read(_columns_of(asked.wanted), asked.values):
        rows[COLUMN_OF[row.state]].append(row)
    counted, due = _counts(asked)
    return {
        "columns": [
            {"name": name, **counted[name], **_column(actor, name, found)}
            for name, found in rows.items()
        ],
        "due": due,
    }


def show_column(
    actor: Actor, place: str, name: str, cursor: str | None, **filters: Any
) -> dict[str, Any]:
    """Return the next page of one column, `{name, items, next_cursor}`, in one query.

    Errors: NotFound (no such place or column); InvalidInput (another list's cursor).
    """
    if name not in COLUMNS:
        raise NotFound
    asked = _asked(actor, place, filters)
    after = _after(name, cursor)
    rows = read(_further_of(asked.wanted, name), asked.values | after).all()
    return {"name": name, **_column(actor, name, rows)}


def count_columns(actor: Actor, place: str, **filters: Any) -> dict[str, dict[str, int | None]]:
    """Return how many cases each column has, and how many are late: `{name: {count, late}}`."""
    return _counts(_asked(actor, place, filters))[0]


def list_mapped(
    actor: Actor, place: str, *, cursor: str | None = None, **filters: Any
) -> dict[str, Any]:
    """Return a page of the open cases of a place for a map, the newest first."""
    asked = _asked(actor, place, filters)
    before = pages.decode(cursor, int) or [BIGGEST_ID]
    values = asked.values | {"before": before[0], "rows": ON_A_MAP + 1}
    rows = read(_mapped_of(asked.wanted), values).all()
    return pages.page(rows, ON_A_MAP, _shower(actor), lambda row: (row.id,))


def _asked(actor: Actor, place: str, filters: Mapping[str, Any]) -> Asked:
    if not actor.reaches(Permission.HAZARD_DISPATCH, place):
        raise NotFound
    words = filters.get("text")
    wanted = Wanted(
        place=place,
        category=filters.get("category"),
        late=bool(filters.get("late")),
        mine=bool(filters.get("mine")),
        worded=bool(words),
    )
    values: dict[str, Any] = {"me": actor.resident_id, "rows": A_COLUMN + 1, "now": clock.now()}
    if words:
        values["words"] = f"%{_plainly(words.lower())}%"
    return Asked(wanted, values)


ESCAPE = "/"


def _plainly(words: str) -> str:
    """Return words in which % and _ mean themselves."""
    for mark in (ESCAPE, "%", "_"):
        words = words.replace(mark, ESCAPE + mark)
    return words


def _filtered(wanted: Wanted) -> list[ColumnElement[bool]]:
    found = [in_places([wanted.place])]
    if wanted.category:
        found.append(Hazard.category == wanted.category)
    if wanted.late:
        found.append(Hazard.act_by < bindparam("now", type_=UtcDateTime()))
    if wanted.mine:
        found.append(Hazard.assignee_id == ME)
    if wanted.worded:
        words = bindparam("words", type_=String)
        named = (Hazard.number, Hazard.description, Hazard.address)
        found.append(or_(*(func.lower(one).like(words, escape=ESCAPE) for one in named)))
    return found


_CARD = ITEM.add_columns(
    Hazard.appealed, Hazard.suspension_approved, _assignee.name.label("assignee_name")
).outerjoin(_assignee, _assignee.id == Hazard.assignee_id)


def _moment_of(name: str) -> Any:
    """Return by which moment a column is sorted; what is over goes by its id alone."""
    return Hazard.handled_at if name == "handled" else Hazard.act_by


def _ids(wanted: Wanted, name: str, *further: ColumnElement[bool]) -> Select[Any]:
    """Return the ids of the first rows of a column."""
    found = (
        select(Hazard.id)
        .where(*_filtered(wanted), Hazard.state.in_(COLUMNS[name]), *further)
        .limit(bindparam("rows", type_=Integer))
    )
    if name == OVER:
        return found.order_by(Hazard.id.desc())
    moment = _moment_of(name)
    # That there is one is said for the sake of the partial indexes.
    return found.where(moment.is_not(None)).order_by(moment, Hazard.id)


@lru_cache(KEPT)
def _columns_of(wanted: Wanted) -> Select[Any]:
    firsts = [select(_ids(wanted, name).subquery().c.id) for name in COLUMNS]
    return _CARD.where(Hazard.id.in_(union_all(*firsts)))


@lru_cache(KEPT)
def _further_of(wanted: Wanted, name: str) -> Select[Any]:
    after_id = bindparam("after_id", type_=BigInteger)
    if name == OVER:
        further: ColumnElement[bool] = Hazard.id < after_id
    else:
        after = tuple_(bindparam("after", type_=UtcDateTime()), after_id)
        further = tuple_(_moment_of(name), Hazard.id) > after
    return _CARD.where(Hazard.id.in_(select(_ids(wanted, name, further).subquery().c.id)))


def _after(name: str, cursor: str | None) -> dict[str, Any]:
    if name == OVER:
        return {"after_id": (pages.decode(cursor, int) or [BIGGEST_ID])[0]}
    after, after_id = pages.decode(cursor, datetime, int) or (LONG_AGO, 0)
    return {"after": after, "after_id": after_id}


@lru_cache(KEPT)
def _mapped_of(wanted: Wanted) -> Select[Any]:
    return (
        _CARD.where(
            *_filtered(wanted),
            Hazard.state.in_(sorted(rules.OPEN)),
            Hazard.id < bindparam("before", type_=BigInteger),
        )
        .order_by(Hazard.id.desc())
        .limit(bindparam("rows", type_=Integer))
    )


@lru_cache(KEPT)
def _counts_of(wanted: Wanted) -> Any:
    now = bindparam("now", type_=UtcDateTime())
    late = Hazard.act_by < now
    columns = (
        func.count().label("count"),
        func.count().filter(late).label("late"),
        func.min(Hazard.act_by).filter(Hazard.act_by >= now).label("due"),
    )
    counted, owed = select(Hazard.state, *columns).where(*_filtered(wanted)), Hazard.act_by
    # Apart, for each has an index of its own that what is over does not stand in.
    apart = [
        counted.where(owed.is_not(None)).group_by(Hazard.state),
        counted.where(Hazard.state == "handled").group_by(Hazard.state),
    ]
    if wanted.late:  # which leaves out what will be next
        whole = _filtered(wanted._replace(late=False))
        apart.append(select(literal(NEXT, String), *columns).where(*whole, owed >= now))
    return union_all(*apart)


NEXT = "next"
"""Of no state: what is not late yet."""


def _counts(asked: Asked) -> tuple[dict[str, dict[str, int | None]], datetime | None]:
    """Return the counts by column, and when the next of these cases is due."""
    found: dict[str, dict[str, int | None]] = {
        name: {"count": None if name == OVER else 0, "late": 0} for name in COLUMNS
    }
    ahead: list[datetime] = []
    for row in read(_counts_of(asked.wanted), asked.values).mappings():
        if row["due"]:
            ahead.append(row["due"])
        if row["state"] != NEXT:
            found[row["state"]] = {"count": row["count"], "late": row["late"]}
    return found, min(ahead, default=None)


def _column(actor: Actor, name: str, rows: Iterable[Any]) -> dict[str, Any]:
    """Return a page of a column of rows that came in any order."""

    def key(row: Any) -> tuple[Any, ...]:
        if name == OVER:
            return (row.id,)
        return (row.handled_at if name == "handled" else row.act_by, row.id)

    in_order: Sequence[Any] = sorted(rows, key=key, reverse=name == OVER)
    return pages.page(in_order, A_COLUMN, _shower(actor), key)


def _shower(actor: Actor) -> Any:
    eye = looking(actor)

    def show(row: Any) -> dict[str, Any]:
        return item_view(eye, row) | {
            "assignee": person(row.assignee_id, row.assignee_name),
            "moves": moves_for(relations(actor, row), row, eye.now),
        }

    return show
