"""Swapping with a named colleague: both change their shifts, or one hands theirs over."""

from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, insert, or_, select, update
from sqlalchemy.orm import aliased

from app.core import clock, outbox, pages
from app.core.access import Actor
from app.core.db import changed_rows, read, unit_of_work
from app.core.errors import Conflict, InvalidInput, NotFound
from app.core.states import MoveNotYours
from app.patrols import fitness, rules
from app.patrols.colleagues import NotOnShift, is_colleague
from app.patrols.events import SwapAgreed, SwapAsked, SwapDeclined
from app.patrols.models import Shift, SignUp, Swap
from app.patrols.seats import put, require_coming, signup_of, stop_waiting
from app.patrols.sight import find_for_system, find_shift
from app.residents.models import Resident
from app.volunteers import service as volunteers

ANSWERS = ("agreed", "declined", "withdrawn")


class SwapOver(Conflict):
    """The swap was answered already, or one of the two is no longer on their shift."""

    code = "swap_over"


@unit_of_work()
def ask(
    actor: Actor,
    shift_id: int,
    *,
    resident_id: int,
    their_shift_id: int | None = None,
    note: str | None = None,
) -> int:
    """Ask a colleague to take one's seat, in exchange for theirs if one is named; returns the id.

    Whether both can is looked at now, and again when they agree. Asking anew replaces
    what was asked of the same person before.
    Errors: NotFound, ShiftNotOpen, NotOnShift, InvalidInput (not a colleague, or not on
    that shift), those of `fitness.CANNOT_COME` about oneself.
    """
    me, now = actor.resident_id, clock.now()
    fitness.lock_people([me])
    shift = find_shift(actor, shift_id)
    require_coming(shift, now)
    _require_on(shift_id, me)
    if not is_colleague(me, resident_id, shift):
        raise InvalidInput.of("resident_id", "unknown_colleague")
    if _holds(shift_id, resident_id):
        raise InvalidInput.of("resident_id", "on_this_shift")
    if their_shift_id is not None:
        theirs = read(_SHIFT, {"the_shift": their_shift_id}).one_or_none()
        if theirs is None or not _crew(signup_of(their_shift_id, resident_id)):
            raise InvalidInput.of("their_shift_id", "not_their_shift")
        require_coming(theirs, now)
        if _holds(their_shift_id, me):
            raise InvalidInput.of("their_shift_id", "on_this_shift")
        fitness.require_fit(me, theirs, without={shift_id})
    same = (Swap.shift_id == shift_id) & (Swap.asker_id == me) & (Swap.asked_id == resident_id)
    old = same & (Swap.state == "asked")
    changed_rows(update(Swap).where(old).values(state="withdrawn", answered_at=now))
    row = {
        "shift_id": shift_id,
        "their_shift_id": their_shift_id,
        "asker_id": me,
        "asked_id": resident_id,
        "state": "asked",
        "note": note,
        "asked_at": now,
    }
    swap_id = int(read(_NEW, row).scalar_one())
    outbox.record(SwapAsked(swap_id, shift_id, their_shift_id, me, resident_id))
    return swap_id


_NEW = insert(Swap).returning(Swap.id)
_SHIFT = select(*Shift.__table__.columns).where(Shift.id == bindparam("the_shift"))


def _crew(row: Any | None) -> bool:
    return row is not None and row.state in rules.CREW


def _holds(shift_id: int, resident_id: int) -> bool:
    row = signup_of(shift_id, resident_id)
    return row is not None and row.state in rules.HOLDING


def _require_on(shift_id: int, resident_id: int) -> None:
    if not _crew(signup_of(shift_id, resident_id)):
        raise NotOnShift


# Answers


@unit_of_work()
def move(actor: Actor, swap_id: int, *, to: str) -> None:
    """Agree to a swap, decline it (who was asked), or withdraw it (who asked).

    Errors: NotFound (none of the actor's), MoveNotYours, SwapOver, ShiftNotOpen, those of
    `volunteers.require_volunteer` and of `fitness.CANNOT_COME`, about whom it concerns.
    """
    swap = read(_SWAP, {"the_swap": swap_id}).one_or_none()
    if swap is None or actor.resident_id not in {swap.asker_id, swap.asked_id}:
        raise NotFound
    asked_of_me = swap.asked_id == actor.resident_id
    if asked_of_me == (to == "withdrawn"):
        raise MoveNotYours(state=swap.state, to=to)
    if to == "agreed":
        volunteers.require_volunteer(actor)
        _exchange(swap)
    else:
        _close(swap_id, to)
    kinds = {"agreed": SwapAgreed, "declined": SwapDeclined}
    if to in kinds:
        shifts = (swap.shift_id, swap.their_shift_id)
        outbox.record(kinds[to](swap.id, *shifts, swap.asker_id, swap.asked_id))


_SWAP = select(*Swap.__table__.columns).where(Swap.id == bindparam("the_swap"))


def _close(swap_id: int, to: str) -> None:
    asked = (Swap.id == swap_id) & (Swap.state == "asked")
    if not changed_rows(update(Swap).where(asked).values(state=to, answered_at=clock.now())):
        raise SwapOver


def _exchange(swap: Any) -> None:
    """Let the seats change hands, both or none."""
    now = clock.now()
    fitness.lock_people([swap.asker_id, swap.asked_id])
    fitness.lock_shifts(filter(None, [swap.shift_id, swap.their_shift_id]))
    _close(swap.id, "agreed")
    one = find_for_system(swap.shift_id)
    require_coming(one, now)
    given_up = set() if swap.their_shift_id is None else {swap.their_shift_id}
    fitness.require_fit(swap.asked_id, one, without=given_up)
    if swap.their_shift_id is not None:
        other = find_for_system(swap.their_shift_id)
        require_coming(other, now)
        fitness.require_fit(swap.asker_id, other, without={swap.shift_id})
        _pass_on(swap.their_shift_id, swap.asked_id, swap.asker_id, now)
    _pass_on(swap.shift_id, swap.asker_id, swap.asked_id, now)


def _pass_on(shift_id: int, giver_id: int, taker_id: int, now: datetime) -> None:
    """Let one person have another's seat; the number of seats stays as it is."""
    seat, taker = signup_of(shift_id, giver_id), signup_of(shift_id, taker_id)
    taken_part = taker is not None and taker.state in {*rules.HOLDING, rules.REMOVED}
    if not _crew(seat) or taken_part:
        raise SwapOver
    put(shift_id, giver_id, seat, rules.LEFT)
    if taker is not None and taker.state == rules.WAITING:
        stop_waiting(shift_id)
    put(shift_id, taker_id, taker, rules.JOINED, joined_at=now, turn=None, note=None)


# What one sees


_asker, _asked = aliased(Resident), aliased(Resident)
_one, _other = aliased(Shift), aliased(Shift)
_my_seat, _their_seat = aliased(SignUp), aliased(SignUp)
_SWAPS = (
    select(
        *Swap.__table__.columns,
        _asker.name.label("asker_name"),
        _asked.name.label("asked_name"),
        _one.title,
        _one.starts_at,
        _one.ends_at,
        _one.place_name,
        _one.state.label("shift_state"),
        _other.title.label("their_title"),
        _other.starts_at.label("their_starts_at"),
        _other.ends_at.label("their_ends_at"),
        _other.place_name.label("their_place_name"),
        _other.state.label("their_state"),
        _my_seat.state.label("asker_seat"),
        _their_seat.state.label("asked_seat"),
    )
    .join(_asker, _asker.id == Swap.asker_id)
    .join(_asked, _asked.id == Swap.asked_id)
    .join(_one, _one.id == Swap.shift_id)
    .outerjoin(_other, _other.id == Swap.their_shift_id)
    .outerjoin(
        _my_seat,
        and_(_my_seat.shift_id == Swap.shift_id, _my_seat.resident_id == Swap.asker_id),
    )
    .outerjoin(
        _their_seat,
        and_(
            _their_seat.shift_id == Swap.their_shift_id,
            _their_seat.resident_id == Swap.asked_id,
        ),
    )
)


def list_mine(actor: Actor, *, cursor: str | None = None, limit: int) -> dict[str, Any]:
    """Return a page of the swaps that the actor asked for or was asked for, newest first."""
    me = actor.resident_id
    found = _SWAPS.where(or_(Swap.asker_id == me, Swap.asked_id == me))
    if after := pages.decode(cursor, int):
        found = found.where(Swap.id < after[0])
    rows = read(found.order_by(Swap.id.desc()).limit(limit + 1)).all()
    now = clock.now()
    return pages.page(rows, limit, lambda row: view(row, me, now), lambda row: (row.id,))


def show(actor: Actor, swap_id: int) -> dict[str, Any]:
    """Return one swap of the actor's. Errors: NotFound."""
    me = actor.resident_id
    row = read(_SWAPS.where(Swap.id == swap_id)).one_or_none()
    if row is None or me not in {row.asker_id, row.asked_id}:
        raise NotFound
    return view(row, me, clock.now())


def open_for(resident_id: int, shift_id: int, now: datetime) -> list[dict[str, Any]]:
    """Return the swaps about a shift that wait for an answer, of one person."""
    rows = read(
        _SWAPS.where(
            Swap.state == "asked",
            or_(Swap.asker_id == resident_id, Swap.asked_id == resident_id),
            or_(Swap.shift_id == shift_id, Swap.their_shift_id == shift_id),
        )
        .order_by(Swap.id)
        .limit(MOST_SHOWN)
    )
    shown = (view(row, resident_id, now) for row in rows)
    return [swap for swap in shown if swap["state"] == "asked"]


MOST_SHOWN = 20


def view(row: Any, me: int, now: datetime) -> dict[str, Any]:
    """Return a swap as one of the two sees it; one that cannot be agreed to any more is void."""
    state = "void" if row.state == "asked" and not _lives(row, now) else row.state
    mine = row.asker_id == me
    moves = (["withdraw"] if mine else ["agree", "decline"]) if state == "asked" else []
    return {
        "id": row.id,
        "state": state,
        "mine": mine,
        "with": {"id": row.asked_id, "name": row.asked_name}
        if mine
        else {"id": row.asker_id, "name": row.asker_name},
        "shift": _brief(row.shift_id, row.title, row.starts_at, row.ends_at, row.place_name),
        "their_shift": _brief(
            row.their_shift_id,
            row.their_title,
            row.their_starts_at,
            row.their_ends_at,
            row.their_place_name,
        )
        if row.their_shift_id
        else None,
        "note": row.note,
        "asked_at": row.asked_at,
        "answered_at": row.answered_at,
        "moves": moves,
    }


def _lives(row: Any, now: datetime) -> bool:
    first = row.shift_state == rules.OPEN and now < row.starts_at and row.asker_seat in rules.CREW
    if row.their_shift_id is None or not first:
        return bool(first)
    coming = row.their_state == rules.OPEN and now < row.their_starts_at
    return coming and row.asked_seat in rules.CREW


def _brief(
    shift_id: int, title: str, starts_at: datetime, ends_at: datetime, place_name: str
) -> dict[str, Any]:
    return {
        "id": shift_id,
        "title": title,
        "starts_at": starts_at,
        "ends_at": ends_at,
        "place_name": place_name,
    }
