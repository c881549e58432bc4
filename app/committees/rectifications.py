"""The rectification list: what has to be put right by a day, and is answered in writing.

Whoever supervises a place raises and accepts; whoever answers for it answers. The moves
are the table in rules.py; history is only added to.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import aliased

from app.committees import rules
from app.committees.events import RectificationMoved
from app.committees.models import Rectification, RectificationMove
from app.core import audit, clock, outbox, pages
from app.core.access import Actor, Permission, RoleKind
from app.core.db import changed_rows, read, unit_of_work, within, within_any
from app.core.errors import Forbidden, InvalidInput, NotFound
from app.core.states import IllegalMove, Move, choose_move, open_moves
from app.notices import service as notices
from app.places import rules as place_rules
from app.places import service as places
from app.places.rules import PlaceKind
from app.residents import service as residents
from app.residents.models import Resident

ANSWERING: Mapping[PlaceKind, RoleKind] = {
    PlaceKind.COMMUNITY: RoleKind.COMMITTEE,
    PlaceKind.STREET: RoleKind.STREET,
    PlaceKind.DISTRICT: RoleKind.DISTRICT,
}
"""Who answers for a place of a kind."""
MOST_AT_ONCE = 500


class NotSupervisor(Forbidden):
    """This is for whoever is in charge of a place around it."""

    code = "not_supervisor"


def held_to(actor: Actor, place_code: str) -> frozenset[str]:
    """Return what the actor is to a place. Errors: NotFound (nothing)."""
    held = rules.relations(actor.codes(Permission.OVERVIEW_READ), place_code)
    if not held:
        raise NotFound
    return held


def require_supervisor(actor: Actor, place_code: str) -> str:
    """Return the name of a place that answers for itself, below one of the actor's.

    Errors: NotFound (no such place, or none of the actor's), NotSupervisor.
    """
    if rules.SUPERVISOR not in held_to(actor, place_code):
        raise NotSupervisor
    name = places.names_of([place_code]).get(place_code)
    if name is None or place_rules.kind_of(place_code) not in ANSWERING:
        raise NotFound
    return name


@unit_of_work()
def raise_rectification(
    actor: Actor,
    place_code: str,
    *,
    title: str,
    demand: str,
    due_on: date,
    figure: str | None = None,
) -> dict[str, Any]:
    """Ask a place to put something right by a day; returns it.

    Errors: NotFound, NotSupervisor, InvalidInput (the day).
    """
    name = require_supervisor(actor, place_code)
    _check_day(due_on)
    now = clock.now()
    row = {
        "place_code": place_code, "place_name": name, "figure": figure, "title": title,
        "demand": demand, "due_on": due_on, "state": rules.RAISE.to, "moves_made": 1,
        "raised_by": actor.resident_id, "raised_at": now,
    }  # fmt: skip
    found = int(read(insert(Rectification).values(**row).returning(Rectification.id)).scalar_one())
    _write_line(actor, found, 1, rules.RAISE, note=None, due_on=due_on)
    return show_rectification(actor, found)


def _check_day(due_on: date) -> None:
    today = clock.shanghai_day(clock.now())
    if not today <= due_on <= today + timedelta(days=rules.LONGEST_TERM):
        last = today + timedelta(days=rules.LONGEST_TERM)
        raise InvalidInput.of("due_on", "range", min=today, max=last)


_raiser = aliased(Resident)
_COLUMNS = (
    select(*Rectification.__table__.columns, _raiser.name.label("raiser_name"))
    .join(_raiser, _raiser.id == Rectification.raised_by)
)  # fmt: skip


def list_rectifications(
    actor: Actor,
    place_code: str,
    *,
    state: str | None = None,
    cursor: str | None = None,
    limit: int = pages.DEFAULT_LIMIT,
) -> dict[str, Any]:
    """Return a page of what a place and all within it have to put right, newest first.

    Errors: NotFound, InvalidInput (cursor).
    """
    held_to(actor, place_code)
    found = _COLUMNS.where(within(Rectification.place_code, place_code))
    if state:
        found = found.where(Rectification.state == state)
    if after := pages.decode(cursor, int):
        found = found.where(Rectification.id < after[0])
    rows = read(found.order_by(Rectification.id.desc()).limit(limit + 1)).all()
    return pages.page(rows, limit, lambda row: _view(actor, row), lambda row: (row.id,))


def find_rectification(actor: Actor, rectification_id: int) -> Any:
    """Return the row of one that the actor may see: the only door. Errors: NotFound."""
    mine = within_any(Rectification.place_code, actor.codes(Permission.OVERVIEW_READ))
    row = read(_COLUMNS.where(Rectification.id == rectification_id, mine)).one_or_none()
    if row is None:
        raise NotFound
    audit.note(place_code=row.place_code)
    return row


def show_rectification(actor: Actor, rectification_id: int) -> dict[str, Any]:
    """Return one with its history. Errors: NotFound."""
    row = find_rectification(actor, rectification_id)
    line = RectificationMove
    history = read(
        select(line.seq, line.at, line.move, line.to_state, line.note, line.due_on, Resident.name)
        .join(Resident, Resident.id == line.actor_id)
        .where(line.rectification_id == rectification_id)
        .order_by(line.seq)
    )
    return _view(actor, row) | {
        "history": [
            {
                "seq": each.seq,
                "at": each.at,
                "move": each.move,
                "to_state": each.to_state,
                "note": each.note,
                "due_on": each.due_on,
                "actor_name": each.name,
            }
            for each in history
        ]
    }


def _view(actor: Actor, row: Any) -> dict[str, Any]:
    held = rules.relations(actor.codes(Permission.OVERVIEW_READ), row.place_code)
    late = row.state == "open" and clock.shanghai_day(clock.now()) > row.due_on
    return {
        "id": row.id,
        "place_code": row.place_code,
        "place_name": row.place_name,
        "figure": row.figure,
        "title": row.title,
        "demand": row.demand,
        "due_on": row.due_on,
        "late": late,
        "state": row.state,
        "raised_at": row.raised_at,
        "raised_by": row.raiser_name,
        "answer": row.answer,
        "answered_at": row.answered_at,
        "moves": [
            move.shown() for move in open_moves(rules.RECTIFICATION_MOVES, None, row.state, held)
        ],
    }


@unit_of_work()
def move_rectification(
    actor: Actor,
    rectification_id: int,
    *,
    to: str,
    note: str | None = None,
    due_on: date | None = None,
) -> dict[str, Any]:
    """Answer, accept, send back, withdraw; returns it.

    Errors: NotFound, IllegalMove, MoveNotYours, InvalidInput.
    """
    row = find_rectification(actor, rectification_id)
    held = rules.relations(actor.codes(Permission.OVERVIEW_READ), row.place_code)
    given = {"note": note, "due_on": due_on}
    move = choose_move(rules.RECTIFICATION_MOVES, None, row.state, to, held, given=given)
    if due_on:
        _check_day(due_on)
    changes: dict[str, Any] = {"state": move.to, "moves_made": row.moves_made + 1}
    changes |= {"due_on": due_on} if due_on else {}
    if move.name == "answer":
        changes |= {"answer": note, "answered_at": clock.now()}
    unmoved = (Rectification.id == row.id, Rectification.moves_made == row.moves_made)
    if not changed_rows(update(Rectification).where(*unmoved).values(changes)):
        raise IllegalMove(state=row.state, to=to)
    _write_line(actor, row.id, row.moves_made + 1, move, note=note, due_on=due_on)
    return show_rectification(actor, rectification_id)


def _write_line(
    actor: Actor,
    rectification_id: int,
    seq: int,
    move: Move[None],
    *,
    note: str | None,
    due_on: date | None,
) -> None:
    line = {
        "rectification_id": rectification_id, "seq": seq, "at": clock.now(), "move": move.name,
        "from_state": move.origin or None, "to_state": move.to, "actor_id": actor.resident_id,
        "note": note, "due_on": due_on,
    }  # fmt: skip
    changed_rows(insert(RectificationMove), line)
    outbox.record(RectificationMoved(rectification_id, seq, move.name, actor.resident_id))


# Telling


def tell(kind: str, row: Any, people: set[int], *, key: str, note: str | None = None) -> int:
    """Tell people of a rectification, each once by `key`; returns how many."""
    day = {"zh-Hans": f"{row.due_on.month}月{row.due_on.day}日", "en": f"{row.due_on:%-d %b}"}
    params: dict[str, Any] = {"title": row.title, "place": row.place_name, "by": day}
    params |= {"note": note} if note else {}
    about = notices.About("rectification", row.id)
    return notices.tell(kind, people, key=f"rectification:{key}", about=about, params=params)


def answering(place_code: str) -> set[int]:
    """Return who answers for a place."""
    kind = ANSWERING[place_rules.kind_of(place_code)]
    held = residents.holders_within(kind, place_code)
    return {row.id for row in held if row.place_code == place_code}


def asking(row: Any) -> set[int]:
    """Return who waits for an answer: who asked, or whoever is in charge above by now.

    Whoever has left that office is told nothing more of it, and the office still is.
    """
    around = place_rules.codes_above(row.place_code)[:-1]
    offices = [answering(code) for code in reversed(around)]
    if any(row.raised_by in people for people in offices):
        return {row.raised_by}
    return next(filter(None, offices), set())


def remind() -> int:
    """Remind of what is due within days, and tell of what is late; returns how many were told."""
    today = clock.shanghai_day(clock.now())
    soon = today + timedelta(days=rules.REMIND_DAYS)
    due = (
        select(Rectification.id)
        .where(
            Rectification.state == "open",
            Rectification.due_on <= soon,
            Rectification.reminded_for.is_distinct_from(Rectification.due_on)
            | (
                (Rectification.due_on < today)
                & Rectification.overdue_told_for.is_distinct_from(Rectification.due_on)
            ),
        )
        .order_by(Rectification.due_on, Rectification.id)
        .limit(MOST_AT_ONCE)
    )
    return sum(_remind_of(each, today) for each in read(due).scalars().all())


@unit_of_work()
def _remind_of(rectification_id: int, today: date) -> int:
    row = read(_COLUMNS.where(Rectification.id == rectification_id)).one()
    if row.state != "open":
        return 0
    owners = answering(row.place_code)
    mark: dict[str, date] = {"reminded_for": row.due_on}
    if row.due_on < today:
        mark["overdue_told_for"] = row.due_on
        told = tell(
            "rectification_overdue",
            row,
            owners | asking(row),
            key=f"{row.id}:late:{row.due_on}",
        )
    else:
        told = tell("rectification_due", row, owners, key=f"{row.id}:due:{row.due_on}")
    changed_rows(update(Rectification).where(Rectification.id == row.id).values(**mark))
    return told
