"""Seats: who has one, who waits for one, and how one passes from hand to hand.

A seat is taken by one statement, `UPDATE … SET taken = taken + 1 WHERE taken < capacity`,
in the transaction that writes who has it; the table's own CHECK stands behind it. Each
function below is one transaction, unless it says otherwise.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from app.core import clock, outbox
from app.core.access import Actor
from app.core.db import changed_rows, read, unit_of_work
from app.core.errors import Conflict, NotFound
from app.core.states import IllegalMove, choose_move
from app.patrols import fitness, rules
from app.patrols.events import SignedUp, SignUpLeft, StandInFound, StandInSought
from app.patrols.models import Offer, Shift, SignUp
from app.patrols.queue import anybody_fit_waits, fill
from app.patrols.sight import find_shift, require_leader, seat_facts
from app.volunteers import service as volunteers


class AlreadySignedUp(Conflict):
    """The person is on the shift already, waits for it, or has an offer to answer."""

    code = "already_signed_up"


class ShiftNotOpen(Conflict):
    """The shift was cancelled, or has begun."""

    code = "shift_not_open"


class RemovedFromShift(Conflict):
    """A leader took the person off this shift."""

    code = "removed_from_shift"


class NobodySeeks(Conflict):
    """Nobody looks for a stand-in any more."""

    code = "nobody_seeks"


# Rows


def signup_of(shift_id: int, resident_id: int) -> Any | None:
    """Return somebody's sign-up for a shift, whatever its state."""
    return read(_MINE, {"the_shift": shift_id, "the_person": resident_id}).one_or_none()


_MINE = select(*SignUp.__table__.columns).where(
    SignUp.shift_id == bindparam("the_shift"), SignUp.resident_id == bindparam("the_person")
)


def put(shift_id: int, resident_id: int, row: Any | None, to: str, **values: Any) -> None:
    """Write what somebody is to a shift now. Errors: IllegalMove (somebody was faster)."""
    now = clock.now()
    if row is None:
        given = {"joined_at": None, "turn": None, "note": None, **values}
        fresh = {"shift_id": shift_id, "resident_id": resident_id, "state": to, "sequence": 0}
        changed_rows(insert(SignUp), {**fresh, "signed_at": now, "changed_at": now, **given})
        return
    changed = changed_rows(
        update(SignUp)
        .where(SignUp.id == row.id, SignUp.state == row.state)
        .values(state=to, changed_at=now, sequence=SignUp.sequence + 1, **values)
    )
    if not changed:
        raise IllegalMove(state=row.state, to=to)


def take_seat(shift_id: int) -> bool:
    """Take one of the free seats of an open shift; returns whether there was one."""
    free = (Shift.id == shift_id) & (Shift.taken < Shift.capacity) & (Shift.state == rules.OPEN)
    return bool(changed_rows(update(Shift).where(free).values(taken=Shift.taken + 1)))


def free_seat(shift_id: int) -> None:
    """Give a seat back."""
    changed_rows(update(Shift).where(Shift.id == shift_id).values(taken=Shift.taken - 1))


def stop_waiting(shift_id: int) -> None:
    """Take one person off the number of those who wait."""
    changed_rows(update(Shift).where(Shift.id == shift_id).values(waiting=Shift.waiting - 1))


def _next_turn(shift_id: int) -> int:
    waits = update(Shift).where(Shift.id == shift_id).returning(Shift.last_turn)
    more = {"waiting": Shift.waiting + 1, "last_turn": Shift.last_turn + 1}
    return int(read(waits.values(**more)).scalar_one())


def require_coming(shift: Any, now: datetime) -> None:
    """Refuse a shift that was cancelled or has begun. Errors: ShiftNotOpen."""
    if shift.state != rules.OPEN or now >= shift.starts_at:
        raise ShiftNotOpen


# Coming


@unit_of_work()
def sign_up(actor: Actor, shift_id: int) -> dict[str, Any]:
    """Join a shift, or wait for a seat; who looks for a stand-in keeps the seat after all.

    Returns `shift_id`, `state`, and `position` on the waiting list.
    Errors: NotFound, ShiftNotOpen, AlreadySignedUp, RemovedFromShift, those of
    `volunteers.require_volunteer` and of `fitness.CANNOT_COME`.
    """
    shift, me, now = find_shift(actor, shift_id), actor.resident_id, clock.now()
    volunteers.require_volunteer(actor)
    fitness.lock_people([me])
    mine = signup_of(shift_id, me)
    if mine is not None and mine.state == rules.SEEKING:
        return _stay(actor, shift_id, now)
    require_coming(shift, now)
    _require_outside(mine)
    # Nobody gives who is locked another shift, so this holds while they wait for this one's lock.
    fitness.require_fit(me, shift)
    shift = _locked(actor, shift)
    require_coming(shift, now)
    if not _must_wait(shift, now) and take_seat(shift_id):
        put(shift_id, me, mine, rules.JOINED, joined_at=now, signed_at=now, turn=None, note=None)
        outbox.record(SignedUp(shift_id, me, rules.JOINED))
        return answer(shift_id, rules.JOINED)
    turn = _next_turn(shift_id)
    put(shift_id, me, mine, rules.WAITING, turn=turn, signed_at=now, joined_at=None, note=None)
    outbox.record(SignedUp(shift_id, me, rules.WAITING))
    return answer(shift_id, rules.WAITING, position=shift.waiting + 1)


def _locked(actor: Actor, before: Any) -> Any:
    """Lock a shift for which the actor was found fit; returns it as it is now.

    Errors: those of `fitness.CANNOT_COME`, if it changed meanwhile and they no longer are.
    """
    fitness.lock_shifts([before.id])
    shift = find_shift(actor, before.id)
    if shift.version != before.version:
        fitness.require_fit(actor.resident_id, shift)
    return shift


def _must_wait(shift: Any, now: datetime) -> bool:
    """Whether all seats are taken, or somebody who waits could have the free one."""
    if shift.taken >= shift.capacity:
        return True
    return bool(shift.waiting) and anybody_fit_waits(shift, now)


def _require_outside(mine: Any | None) -> None:
    if mine is None or mine.state in {rules.LEFT, rules.EXPIRED}:
        return
    raise RemovedFromShift if mine.state == rules.REMOVED else AlreadySignedUp


def _stay(actor: Actor, shift_id: int, now: datetime) -> dict[str, Any]:
    fitness.lock_shifts([shift_id])
    shift, mine = find_shift(actor, shift_id), signup_of(shift_id, actor.resident_id)
    if mine is None or mine.state != rules.SEEKING:
        raise NobodySeeks
    _choose(shift, mine, rules.JOINED, seat_facts(shift, now))
    put(shift_id, actor.resident_id, mine, rules.JOINED)
    outbox.record(SignedUp(shift_id, actor.resident_id, rules.JOINED))
    return answer(shift_id, rules.JOINED)


def _choose(shift: Any, mine: Any, to: str, facts: rules.Seat) -> rules.SeatMove:
    """Return the move that is meant. Errors: ShiftNotOpen, IllegalMove."""
    try:
        return choose_move(rules.MOVES, facts, mine.state, to, {rules.VOLUNTEER}, given={})
    except IllegalMove as fault:
        if shift.state != rules.OPEN or clock.now() >= shift.starts_at:
            raise ShiftNotOpen from fault
        raise


@unit_of_work()
def take_over(actor: Actor, shift_id: int, *, resident_id: int | None = None) -> dict[str, Any]:
    """Take the seat of somebody who looks for a stand-in: a named one, or who looks longest.

    Errors: NotFound, ShiftNotOpen, NobodySeeks, AlreadySignedUp, RemovedFromShift, those of
    `volunteers.require_volunteer` and of `fitness.CANNOT_COME`.
    """
    shift, me, now = find_shift(actor, shift_id), actor.resident_id, clock.now()
    volunteers.require_volunteer(actor)
    fitness.lock_people([me])
    require_coming(shift, now)
    fitness.require_fit(me, shift)
    shift = _locked(actor, shift)
    require_coming(shift, now)
    mine = signup_of(shift_id, me)
    if mine is None or mine.state != rules.WAITING:
        _require_outside(mine)
    seeker = _seeker(shift_id, resident_id)
    put(shift_id, seeker.resident_id, seeker, rules.LEFT)
    if mine is not None and mine.state == rules.WAITING:
        stop_waiting(shift_id)
    put(shift_id, me, mine, rules.JOINED, joined_at=now, turn=None, note=None)
    outbox.record(StandInFound(shift_id, seeker.resident_id, me))
    return answer(shift_id, rules.JOINED)


def _seeker(shift_id: int, resident_id: int | None) -> Any:
    seeking = select(*SignUp.__table__.columns).where(
        SignUp.shift_id == shift_id, SignUp.state == rules.SEEKING
    )
    if resident_id is not None:
        seeking = seeking.where(SignUp.resident_id == resident_id)
    row = read(seeking.order_by(SignUp.changed_at, SignUp.id).limit(1)).one_or_none()
    if row is None:
        raise NobodySeeks
    return row


# Leaving


def leave(actor: Actor, shift_id: int) -> dict[str, Any]:
    """Leave a shift or its waiting list; after the cut-off, look for a stand-in instead.

    A seat that becomes free is offered to who waits, at once, in a transaction of its own.
    Errors: NotFound (no such shift, or not on it), ShiftNotOpen.
    """
    done = _leave(actor, shift_id)
    if done["state"] != rules.SEEKING:
        fill(shift_id)
    return done


@unit_of_work()
def _leave(actor: Actor, shift_id: int) -> dict[str, Any]:
    me = actor.resident_id
    fitness.lock_shifts([shift_id])
    shift, now = find_shift(actor, shift_id), clock.now()
    mine = signup_of(shift_id, me)
    if mine is None or mine.state in {rules.LEFT, rules.EXPIRED, rules.REMOVED}:
        raise NotFound
    if mine.state == rules.SEEKING:
        return answer(shift_id, rules.SEEKING)
    facts = seat_facts(shift, now, joined_at=mine.joined_at)
    if mine.state == rules.JOINED and facts.coming and not facts.freely:
        _choose(shift, mine, rules.SEEKING, facts)
        put(shift_id, me, mine, rules.SEEKING)
        outbox.record(StandInSought(shift_id, me, mine.sequence + 1))
        return answer(shift_id, rules.SEEKING)
    _choose(shift, mine, rules.LEFT, facts)
    give_up(mine, rules.LEFT, by_id=me)
    return answer(shift_id, rules.LEFT)


def give_up(mine: Any, to: str, *, by_id: int, reason: str | None = None) -> None:
    """Let go of a seat, an offered one too, or of a place in the waiting list.

    Only inside a transaction that holds the shift's lock.
    """
    if mine.state == rules.OFFERED:
        close_offer(mine.id, "declined")
    if mine.state == rules.WAITING:
        stop_waiting(mine.shift_id)
    else:
        free_seat(mine.shift_id)
    put(mine.shift_id, mine.resident_id, mine, to, turn=None, note=reason)
    outbox.record(
        SignUpLeft(
            shift_id=mine.shift_id,
            resident_id=mine.resident_id,
            from_state=mine.state,
            state=to,
            by_id=by_id,
            sequence=mine.sequence + 1,
            reason=reason,
        )
    )


@unit_of_work()
def leave_all(resident_id: int) -> int:
    """Let somebody who serves no more go from all shifts that have not begun; returns how many.

    Also after the cut-off. What becomes free is offered by the job within a minute.
    """
    fitness.lock_people([resident_id])
    ids = list(read(_COMING_OF, {"the_person": resident_id, "the_time": clock.now()}).scalars())
    fitness.lock_shifts(ids)
    found = 0
    for shift_id in ids:
        mine = signup_of(shift_id, resident_id)
        if mine is not None and mine.state in {rules.WAITING, *rules.HOLDING}:
            give_up(mine, rules.LEFT, by_id=resident_id)
            found += 1
    return found


_COMING_OF = (
    select(SignUp.shift_id)
    .join(Shift, Shift.id == SignUp.shift_id)
    .where(
        SignUp.resident_id == bindparam("the_person"),
        SignUp.state.in_((rules.WAITING, *rules.HOLDING)),
        Shift.state == rules.OPEN,
        Shift.starts_at > bindparam("the_time"),
    )
    .order_by(SignUp.shift_id)
)


def close_offer(signup_id: int, state: str) -> None:
    """Write down what became of somebody's open offer."""
    running = (Offer.signup_id == signup_id) & (Offer.state == "open")
    changed_rows(update(Offer).where(running).values(state=state, closed_at=clock.now()))


# By leaders


def remove(actor: Actor, shift_id: int, resident_id: int, *, reason: str) -> dict[str, Any]:
    """Take somebody off a shift, saying why; they are told.

    Errors: NotFound, Forbidden (the actor does not lead the shift), ShiftNotOpen.
    """
    done = _remove(actor, shift_id, resident_id, reason)
    fill(shift_id)
    return done


@unit_of_work()
def _remove(actor: Actor, shift_id: int, resident_id: int, reason: str) -> dict[str, Any]:
    shift = find_shift(actor, shift_id)
    require_leader(actor, shift)
    fitness.lock_shifts([shift_id])
    shift = find_shift(actor, shift_id)
    row = signup_of(shift_id, resident_id)
    if row is None or row.state not in {rules.WAITING, *rules.HOLDING}:
        raise NotFound
    if shift.state != rules.OPEN or clock.now() >= shift.ends_at:
        raise ShiftNotOpen
    give_up(row, rules.REMOVED, by_id=actor.resident_id, reason=reason)
    return answer(shift_id, rules.REMOVED)


@unit_of_work()
def enlist(actor: Actor, shift_id: int, resident_ids: list[int]) -> list[tuple[int, str]]:
    """Give seats to people by a roster; returns who got none, and why (a code).

    The same checks as when they join by themselves; who waits or is offered a seat gets
    theirs now. Codes besides those of `fitness.CANNOT_COME`: `already_signed_up`,
    `removed_from_shift`, `shift_full`. Called inside a transaction, it may only be about
    people and shifts that were locked together before (`fitness.lock_people`, `lock_shifts`).
    Errors: NotFound, Forbidden, ShiftNotOpen.
    """
    require_leader(actor, find_shift(actor, shift_id))
    people = sorted(set(resident_ids))
    fitness.lock_people(people)
    fitness.lock_shifts([shift_id])
    shift, now = find_shift(actor, shift_id), clock.now()
    if shift.state != rules.OPEN or now >= shift.ends_at:
        raise ShiftNotOpen
    refused = fitness.unfit(people, shift)
    for resident_id in people:
        code = refused.get(resident_id) or _seat(actor, shift, resident_id, now)
        if code:
            refused[resident_id] = code
    return sorted(refused.items())


def _seat(actor: Actor, shift: Any, resident_id: int, now: datetime) -> str | None:
    row = signup_of(shift.id, resident_id)
    state = row.state if row is not None else rules.NOBODY
    if state in rules.CREW:
        return AlreadySignedUp.code
    if state == rules.REMOVED:
        return RemovedFromShift.code
    if state == rules.OFFERED and row is not None:
        close_offer(row.id, "accepted")
    elif not take_seat(shift.id):
        return "shift_full"
    if state == rules.WAITING:
        stop_waiting(shift.id)
    put(shift.id, resident_id, row, rules.JOINED, joined_at=now, turn=None, note=None)
    outbox.record(SignedUp(shift.id, resident_id, rules.JOINED, actor.resident_id))
    return None


def answer(shift_id: int, state: str, *, position: int | None = None) -> dict[str, Any]:
    """Return what is answered to a move."""
    return {"shift_id": shift_id, "state": state, "position": position}
