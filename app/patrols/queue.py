"""The waiting list: a free seat is held for the first who can take it, for a while.

Each step is a transaction of its own and gives one seat to one person, so that the locks
are always taken in the same order: a person, then a shift. Nothing here may be called
inside another transaction.
"""

import logging
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.exc import OperationalError

from app.core import clock, outbox
from app.core.access import Actor
from app.core.db import changed_rows, read, unit_of_work
from app.core.errors import Conflict, NotFound
from app.core.steps import one_by_one
from app.patrols import fitness, rules
from app.patrols.events import OfferEnding, OfferExpired, SeatOffered, SignedUp, SignUpLeft
from app.patrols.models import Offer, Shift, SignUp
from app.patrols.sight import find_for_system

log = logging.getLogger(__name__)
MOST_LOOKED_AT = 200
"""People on one waiting list who are looked at for one seat."""


class OfferOver(Conflict):
    """The offer has expired, or was answered already."""

    code = "offer_over"


def anybody_fit_waits(shift: Any, now: datetime) -> bool:
    """Whether somebody on the waiting list could take a seat now."""
    return now < shift.starts_at and bool(_candidates(shift))


def _candidates(shift: Any) -> list[int]:
    """Return who waits and could come, in their turn; nobody is locked for it."""
    ids = list(read(_WAITING, {"the_shift": shift.id}).scalars())
    refused = fitness.unfit(ids, shift) if ids else {}
    return [resident_id for resident_id in ids if resident_id not in refused]


_WAITING = (
    select(SignUp.resident_id)
    .where(SignUp.shift_id == bindparam("the_shift"), SignUp.state == rules.WAITING)
    .order_by(SignUp.turn)
    .limit(MOST_LOOKED_AT)
)


def fill(shift_id: int) -> int:
    """Offer each free seat of a shift to the next who can take it; returns how many offers.

    What cannot be done at this moment is done by the job within a minute.
    """
    made = 0
    try:
        while _offer_next(shift_id):
            made += 1
    except OperationalError:
        log.exception("shift %s: seats are offered by the next job", shift_id)
    return made


def _offer_next(shift_id: int) -> bool:
    shift, now = find_for_system(shift_id), clock.now()
    free = shift.taken < shift.capacity and shift.state == rules.OPEN and now < shift.starts_at
    if not (free and shift.waiting):
        return False
    return any(_offer(shift_id, resident_id) for resident_id in _candidates(shift))


@unit_of_work()
def _offer(shift_id: int, resident_id: int) -> bool:
    """Hold a seat for one person, if there still is one and they still can."""
    fitness.lock_people([resident_id])
    fitness.lock_shifts([shift_id])
    shift, now = find_for_system(shift_id), clock.now()
    row = read(_ONE_WAITING, {"the_shift": shift_id, "the_person": resident_id}).one_or_none()
    if row is None or now >= shift.starts_at or fitness.unfit([resident_id], shift):
        return False
    free = (Shift.id == shift_id) & (Shift.taken < Shift.capacity) & (Shift.state == rules.OPEN)
    seat = {"taken": Shift.taken + 1, "waiting": Shift.waiting - 1}
    if not changed_rows(update(Shift).where(free).values(**seat)):
        return False
    _write(row.id, state=rules.OFFERED, turn=row.turn)
    warn_at, expires_at = rules.offer_times(now, shift.starts_at)
    offer = {
        "shift_id": shift_id,
        "signup_id": row.id,
        "resident_id": resident_id,
        "state": "open",
        "made_at": now,
        "warn_at": warn_at,
        "expires_at": expires_at,
        "warned": False,
    }
    offer_id = int(read(_NEW_OFFER, offer).scalar_one())
    outbox.record(SeatOffered(offer_id, shift_id, resident_id, expires_at.isoformat()))
    return True


_ONE_WAITING = select(SignUp.id, SignUp.turn).where(
    SignUp.shift_id == bindparam("the_shift"),
    SignUp.resident_id == bindparam("the_person"),
    SignUp.state == rules.WAITING,
)
_NEW_OFFER = insert(Offer).returning(Offer.id)


def _write(signup_id: int, **values: Any) -> None:
    more = {"changed_at": clock.now(), "sequence": SignUp.sequence + 1}
    changed_rows(update(SignUp).where(SignUp.id == signup_id).values(**values, **more))


# Answers


@unit_of_work()
def accept_offer(actor: Actor, offer_id: int) -> dict[str, Any]:
    """Take the seat that is held.

    Either this shift or another one may have been moved since the offer was made.
    Errors: NotFound (not mine), OfferOver, those of `fitness.CANNOT_COME`.
    """
    fitness.lock_people([actor.resident_id])
    offer = _answer(actor, offer_id, "accepted")
    fitness.require_fit(actor.resident_id, find_for_system(offer.shift_id))
    _write(offer.signup_id, state=rules.JOINED, joined_at=clock.now(), turn=None)
    outbox.record(SignedUp(offer.shift_id, actor.resident_id, rules.JOINED))
    return {"shift_id": offer.shift_id, "state": rules.JOINED, "position": None}


def decline_offer(actor: Actor, offer_id: int) -> dict[str, Any]:
    """Let the seat go to the next. Errors: NotFound (not mine), OfferOver."""
    done = _decline(actor, offer_id)
    fill(done["shift_id"])
    return done


@unit_of_work()
def _decline(actor: Actor, offer_id: int) -> dict[str, Any]:
    offer = _answer(actor, offer_id, "declined")
    _let_go(offer, rules.LEFT)
    me = actor.resident_id
    sequence = int(read(_SEQUENCE, {"the_signup": offer.signup_id}).scalar_one())
    outbox.record(SignUpLeft(offer.shift_id, me, rules.OFFERED, rules.LEFT, me, sequence))
    return {"shift_id": offer.shift_id, "state": rules.LEFT, "position": None}


_SEQUENCE = select(SignUp.sequence).where(SignUp.id == bindparam("the_signup"))


def _answer(actor: Actor, offer_id: int, state: str) -> Any:
    offer = read(_OFFER, {"the_offer": offer_id}).one_or_none()
    if offer is None or offer.resident_id != actor.resident_id:
        raise NotFound
    fitness.lock_shifts([offer.shift_id])
    now = clock.now()
    running = (Offer.id == offer_id) & (Offer.state == "open") & (Offer.expires_at > now)
    if not changed_rows(update(Offer).where(running).values(state=state, closed_at=now)):
        raise OfferOver
    return offer


_OFFER = select(*Offer.__table__.columns).where(Offer.id == bindparam("the_offer"))


def _let_go(offer: Any, to: str) -> None:
    changed_rows(update(Shift).where(Shift.id == offer.shift_id).values(taken=Shift.taken - 1))
    _write(offer.signup_id, state=to, turn=None)


# By the clock


def expire_due(most: int = 500) -> int:
    """Take back offers that nobody answered, and offer all free seats anew; returns how many."""
    due = (
        select(Offer.id)
        .where(Offer.state == "open", Offer.expires_at <= clock.now())
        .order_by(Offer.expires_at, Offer.id)
        .limit(most)
    )
    expired = one_by_one(read(due).scalars().all(), _expire)
    return expired + offer_free(most)


def offer_free(most: int = 500) -> int:
    """Offer the free seats of all shifts that somebody waits for; returns how many offers."""
    free = (
        select(Shift.id)
        .where(
            Shift.state == rules.OPEN,
            Shift.starts_at > clock.now(),
            Shift.waiting > 0,
            Shift.taken < Shift.capacity,
        )
        .order_by(Shift.starts_at, Shift.id)
        .limit(most)
    )
    return one_by_one(read(free).scalars().all(), fill)


@unit_of_work()
def _expire(offer_id: int) -> int:
    offer = read(_OFFER, {"the_offer": offer_id}).one()
    fitness.lock_shifts([offer.shift_id])
    now = clock.now()
    over = (Offer.id == offer_id) & (Offer.state == "open") & (Offer.expires_at <= now)
    if not changed_rows(update(Offer).where(over).values(state="expired", closed_at=now)):
        return 0
    _let_go(offer, rules.EXPIRED)
    outbox.record(OfferExpired(offer.id, offer.shift_id, offer.resident_id))
    return 1


def warn_due(most: int = 500) -> int:
    """Remind of offers of whose time a quarter is left; returns how many."""
    due = (
        select(Offer.id)
        .where(Offer.state == "open", Offer.warned.is_(False), Offer.warn_at <= clock.now())
        .order_by(Offer.warn_at, Offer.id)
        .limit(most)
    )
    return one_by_one(read(due).scalars().all(), _warn)


@unit_of_work()
def _warn(offer_id: int) -> int:
    now = clock.now()
    running = (Offer.state == "open") & Offer.warned.is_(False) & (Offer.expires_at > now)
    once = update(Offer).where(Offer.id == offer_id, running).values(warned=True)
    if not changed_rows(once):
        return 0
    row = read(_OFFER, {"the_offer": offer_id}).one()
    until = row.expires_at.isoformat()
    outbox.record(OfferEnding(offer_id, row.shift_id, row.resident_id, until))
    return 1
