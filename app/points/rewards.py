"""Small goods and services for points: offered, reserved, collected, or given back.

A reward is paid when it is reserved. Who writes locks first the person's accounts, then
changes the reward: always in this order, so that nobody waits in a circle.
"""

import secrets
from collections.abc import Mapping
from typing import Any

from sqlalchemy import insert, select, update

from app.core import audit, clock, pages
from app.core.access import Actor, Permission
from app.core.checks import PASSED
from app.core.db import changed_rows, read, unit_of_work, within_any
from app.core.errors import Conflict, NotFound
from app.core.states import IllegalMove, MoveNotYours, open_moves
from app.core.steps import one_by_one
from app.notices import service as notices
from app.photos import service as photos
from app.photos.models import Photo
from app.places import rules as place_rules
from app.places import service as places
from app.points import ledger, rules
from app.points.ledger import Source
from app.points.models import Redemption, Reward
from app.residents.models import Resident


class SoldOut(Conflict):
    """There are none left, or not so many."""

    code = "sold_out"


class NoSuchCode(NotFound):
    """No reward waits under this code at the actor's places."""

    code = "no_such_reward_code"


class RewardLimit(Conflict):
    """The person has had as many as one person may."""

    code = "reward_limit"


# What is offered


@unit_of_work()
def offer(
    actor: Actor,
    *,
    place_code: str,
    name: str,
    cost: int,
    stock: int,
    words: str | None = None,
    per_person: int | None = None,
    photo_id: str | None = None,
) -> dict[str, Any]:
    """Offer a reward at a place. Errors: NotFound (not the actor's place); InvalidInput (photo)."""
    names = places.names_of([place_code])
    if place_code not in names or not actor.reaches(Permission.REWARD_OFFER, place_code):
        raise NotFound
    audit.note(place_code=place_code)
    photos.attach(actor, [photo_id] if photo_id else [])
    new = {
        "place_code": place_code,
        "place_name": names[place_code],
        "name": name,
        "words": words,
        "cost": cost,
        "stock": stock,
        "per_person": per_person,
        "active": True,
        "photo_id": photo_id,
        "created_by": actor.resident_id,
        "created_at": clock.now(),
    }
    reward_id = int(read(insert(Reward).values(**new).returning(Reward.id)).scalar_one())
    return show_reward(actor, reward_id)


@unit_of_work()
def change(
    actor: Actor,
    reward_id: int,
    *,
    stock_change: int = 0,
    photo_id: str | None = None,
    **changes: Any,
) -> dict[str, Any]:
    """Change what is offered; returns it. What is reserved already stays as it was paid.

    `changes`: name, words, cost, per_person, active. `stock_change`: how many more, or fewer,
    so that nobody overwrites what was taken meanwhile.
    Errors: NotFound; SoldOut (fewer than there are); InvalidInput (photo).
    """
    row = read(_REWARD.where(Reward.id == reward_id)).one_or_none()
    if row is None or not actor.reaches(Permission.REWARD_OFFER, row.place_code):
        raise NotFound
    audit.note(place_code=row.place_code)
    if photo_id:
        photos.attach(actor, [photo_id])
        changes["photo_id"] = photo_id
    enough = Reward.stock + stock_change >= 0
    statement = update(Reward).where(Reward.id == reward_id, enough)
    if not changed_rows(statement.values(stock=Reward.stock + stock_change, **changes)):
        raise SoldOut
    return show_reward(actor, reward_id)


_REWARD = select(
    Reward.id,
    Reward.place_code,
    Reward.place_name,
    Reward.name,
    Reward.words,
    Reward.cost,
    Reward.stock,
    Reward.per_person,
    Reward.active,
    Reward.photo_id,
    Photo.check_state.label("photo_state"),
).outerjoin(Photo, Photo.id == Reward.photo_id)


def show_reward(actor: Actor, reward_id: int) -> dict[str, Any]:
    """Return a reward; one that is not offered any more only to who offers. Errors: NotFound."""
    row = read(_REWARD.where(Reward.id == reward_id)).one_or_none()
    offers = row is not None and actor.reaches(Permission.REWARD_OFFER, row.place_code)
    if row is None or not (row.active or offers):
        raise NotFound
    return _reward_view(row, _available(actor), _had(actor, [reward_id]))


def list_rewards(
    actor: Actor,
    *,
    place: str | None = None,
    cursor: str | None = None,
    limit: int = pages.DEFAULT_LIMIT,
) -> dict[str, Any]:
    """Return a page of what is offered, newest first.

    At a place, also what the places around it offer; without `place`, at the actor's own.
    Who offers there sees what is not offered any more, too.
    """
    codes = (place,) if place else tuple(role.place_code for role in actor.roles)
    around = sorted({code for own in codes for code in place_rules.codes_above(own)})
    inside = within_any(Reward.place_code, codes)
    wanted = _REWARD.where(inside | Reward.place_code.in_(around))
    offering = within_any(Reward.place_code, actor.codes(Permission.REWARD_OFFER))
    wanted = wanted.where(Reward.active | offering)
    if after := pages.decode(cursor, int):
        wanted = wanted.where(Reward.id < after[0])
    rows = read(wanted.order_by(Reward.id.desc()).limit(limit + 1)).all()
    available, had = _available(actor), _had(actor, [row.id for row in rows])
    return pages.page(
        rows, limit, lambda row: _reward_view(row, available, had), lambda row: (row.id,)
    )


def _available(actor: Actor) -> int:
    return ledger.balances(actor.resident_id)[rules.AVAILABLE]


def _had(actor: Actor, reward_ids: list[int]) -> dict[int, int]:
    """Return how many of each reward the actor has reserved or collected."""
    rows = read(
        select(Redemption.reward_id).where(
            Redemption.resident_id == actor.resident_id,
            Redemption.reward_id.in_(reward_ids),
            Redemption.state.not_in(rules.GIVES_BACK),
        )
    ).scalars()
    found: dict[int, int] = {}
    for reward_id in rows:
        found[reward_id] = found.get(reward_id, 0) + 1
    return found


def _reward_view(row: Any, available: int, had: Mapping[int, int]) -> dict[str, Any]:
    # A picture shows the goods to everybody, so it has to have passed.
    photo_id = row.photo_id if row.photo_state == PASSED else None
    mine = had.get(row.id, 0)
    return {
        "id": row.id,
        "place_code": row.place_code,
        "place_name": row.place_name,
        "name": row.name,
        "words": row.words,
        "cost": row.cost,
        "stock": row.stock,
        "per_person": row.per_person,
        "active": row.active,
        "photo_url": photos.thumbnail_link(photo_id),
        "mine": mine,
        "affordable": available >= row.cost,
        "can_redeem": bool(
            row.active
            and row.stock > 0
            and available >= row.cost
            and (row.per_person is None or mine < row.per_person)
        ),
    }


# What is reserved


@unit_of_work()
def redeem(actor: Actor, reward_id: int) -> dict[str, Any]:
    """Reserve one of a reward and pay for it; returns the redemption with its code.

    Errors: NotFound; RewardLimit; SoldOut; NotEnoughPoints.
    """
    accounts = ledger.lock(actor.resident_id)
    row = read(_REWARD.where(Reward.id == reward_id, Reward.active)).one_or_none()
    if row is None:
        raise NotFound
    if row.per_person and _had(actor, [reward_id]).get(reward_id, 0) >= row.per_person:
        raise RewardLimit(most=row.per_person)
    taken = update(Reward).where(
        Reward.id == reward_id, Reward.active, Reward.stock > 0, Reward.cost == row.cost
    )
    if not changed_rows(taken.values(stock=Reward.stock - 1)):
        # Nobody pays a price that they have not seen.
        same = read(select(Reward.cost).where(Reward.id == reward_id)).scalar_one() == row.cost
        raise SoldOut if same else Conflict
    now = clock.now()
    new = {
        "reward_id": reward_id,
        "resident_id": actor.resident_id,
        "place_code": row.place_code,
        "cost": row.cost,
        "code": "".join(secrets.choice(rules.CODE_ALPHABET) for _ in range(rules.CODE_LENGTH)),
        "state": "reserved",
        "created_at": now,
        "expires_at": now + rules.COLLECT_WITHIN,
    }
    redemption_id = int(
        read(insert(Redemption).values(**new).returning(Redemption.id)).scalar_one()
    )
    ledger.post(
        _source(actor.resident_id, redemption_id),
        rules.SPEND,
        {rules.AVAILABLE: -row.cost, rules.SPENT: row.cost},
        accounts,
        version=rules.REDEMPTION.version,
        at=now,
        amount=-row.cost,
        wanted=-row.cost,
    )
    return show_redemption(actor, redemption_id)


def _source(resident_id: int, redemption_id: int) -> Source:
    return Source(resident_id, rules.REDEMPTION.name, rules.REDEMPTION.name, redemption_id)


@unit_of_work()
def cancel(actor: Actor, redemption_id: int) -> dict[str, Any]:
    """Give up a reserved reward; the points come back. Errors: NotFound; IllegalMove."""
    row = read(
        _REDEMPTION.where(
            Redemption.id == redemption_id, Redemption.resident_id == actor.resident_id
        )
    ).one_or_none()
    if row is None:
        raise NotFound
    if not _give_back(row, "cancelled", by_id=actor.resident_id):
        raise IllegalMove(state=row.state, to="cancelled")
    return show_redemption(actor, redemption_id)


@unit_of_work()
def collect(actor: Actor, *, code: str) -> dict[str, Any]:
    """Hand a reward out to whoever shows its code; returns the redemption, with their name.

    Errors: NoSuchCode (none at the actor's places); MoveNotYours (one's own);
    IllegalMove (collected, cancelled or expired already).
    """
    row = read(_REDEMPTION.where(Redemption.code == rules.plain_code(code))).one_or_none()
    if row is None or not actor.reaches(Permission.SHIFT_PLAN, row.place_code):
        raise NoSuchCode
    audit.note(place_code=row.place_code)
    if row.resident_id == actor.resident_id:
        raise MoveNotYours(state=row.state, to="collected")
    now = clock.now()
    waiting = (
        (Redemption.id == row.id) & (Redemption.state == "reserved") & (Redemption.expires_at > now)
    )
    values = {"state": "collected", "settled_at": now, "settled_by": actor.resident_id}
    if not changed_rows(update(Redemption).where(waiting).values(**values)):
        raise IllegalMove(state=row.state, to="collected")
    found = read(_REDEMPTION.where(Redemption.id == row.id)).one()
    who = {"id": found.resident_id, "name": found.resident_name}
    return _redemption_view(found, frozenset()) | {"resident": who}


def _give_back(row: Any, state: str, *, by_id: int | None) -> bool:
    """Undo a reserved redemption: its state, its points, its piece; whether it was reserved."""
    accounts = ledger.lock(row.resident_id)
    reserved = (Redemption.id == row.id) & (Redemption.state == "reserved")
    now = clock.now()
    values = {"state": state, "settled_at": now, "settled_by": by_id}
    if not changed_rows(update(Redemption).where(reserved).values(**values)):
        return False
    changed_rows(update(Reward).where(Reward.id == row.reward_id).values(stock=Reward.stock + 1))
    source = _source(row.resident_id, row.id)
    spent = next(line for line in ledger.lines_of(source) if line.kind == rules.SPEND)
    paid, free = rules.paying_debt(row.cost, accounts.debt)
    ledger.post(
        source,
        rules.REVERSAL,
        {rules.SPENT: -row.cost, rules.DEBT: paid, rules.AVAILABLE: free},
        accounts,
        version=spent.rule_version,
        at=now,
        amount=row.cost,
        wanted=row.cost,
        reverses_id=spent.id,
    )
    return True


_REDEMPTION = (
    select(
        Redemption.id,
        Redemption.reward_id,
        Redemption.resident_id,
        Redemption.place_code,
        Redemption.cost,
        Redemption.code,
        Redemption.state,
        Redemption.created_at,
        Redemption.expires_at,
        Redemption.settled_at,
        Reward.name,
        Reward.place_name,
        Resident.name.label("resident_name"),
    )
    .join(Reward, Reward.id == Redemption.reward_id)
    .join(Resident, Resident.id == Redemption.resident_id)
)


def show_redemption(actor: Actor, redemption_id: int) -> dict[str, Any]:
    """Return one of the actor's redemptions. Errors: NotFound."""
    mine = (Redemption.id == redemption_id) & (Redemption.resident_id == actor.resident_id)
    row = read(_REDEMPTION.where(mine)).one_or_none()
    if row is None:
        raise NotFound
    return _redemption_view(row, _OWNER)


def my_redemptions(
    actor: Actor, *, cursor: str | None = None, limit: int = pages.DEFAULT_LIMIT
) -> dict[str, Any]:
    """Return a page of what the actor redeemed, newest first."""
    mine = _REDEMPTION.where(Redemption.resident_id == actor.resident_id)
    if after := pages.decode(cursor, int):
        mine = mine.where(Redemption.id < after[0])
    rows = read(mine.order_by(Redemption.id.desc()).limit(limit + 1)).all()
    return pages.page(rows, limit, lambda row: _redemption_view(row, _OWNER), lambda row: (row.id,))


_OWNER = frozenset({rules.OWNER})


def _redemption_view(row: Any, relations: frozenset[str]) -> dict[str, Any]:
    moves = open_moves(rules.REDEMPTION_MOVES, None, row.state, relations)
    return {
        "id": row.id,
        "reward": {"id": row.reward_id, "name": row.name},
        "place_name": row.place_name,
        "cost": row.cost,
        "state": row.state,
        "code": row.code,
        "qr_text": rules.QR_PREFIX + row.code,
        "created_at": row.created_at,
        "expires_at": row.expires_at,
        "settled_at": row.settled_at,
        "moves": [move.shown() for move in moves],
    }


# By the clock


def expire_due(most: int = 200) -> int:
    """Give back what nobody collected in time, each for itself; returns how many."""
    due = (Redemption.state == "reserved") & (Redemption.expires_at <= clock.now())
    return one_by_one(_first(due, most), _expire_one)


@unit_of_work()
def _expire_one(redemption_id: int) -> bool:
    row = read(_REDEMPTION.where(Redemption.id == redemption_id)).one()
    if not _give_back(row, "expired", by_id=None):
        return False
    _tell("redemption_expired", row, reward=row.name, cost=row.cost)
    return True


def remind_ending(most: int = 500) -> int:
    """Remind people, once, of what they have not collected and soon cannot; returns how many."""
    ending = (
        (Redemption.state == "reserved")
        & (Redemption.expires_at <= clock.now() + rules.REMIND_BEFORE)
        & Redemption.reminded_at.is_(None)
    )
    return one_by_one(_first(ending, most), _remind_one)


@unit_of_work()
def _remind_one(redemption_id: int) -> bool:
    once = update(Redemption).where(
        Redemption.id == redemption_id,
        Redemption.state == "reserved",
        Redemption.reminded_at.is_(None),
    )
    if not changed_rows(once.values(reminded_at=clock.now())):
        return False
    row = read(_REDEMPTION.where(Redemption.id == redemption_id)).one()
    by = {"at": row.expires_at.isoformat()}
    _tell("redemption_ending", row, reward=row.name, place=row.place_name, by=by)
    return True


def _first(which: Any, most: int) -> list[int]:
    ids = select(Redemption.id).where(which).order_by(Redemption.expires_at, Redemption.id)
    return list(read(ids.limit(most)).scalars())


def _tell(kind: str, row: Any, **params: Any) -> None:
    about = notices.About("redemption", row.id)
    notices.tell(kind, [row.resident_id], key=f"{kind}:{row.id}", about=about, params=params)
