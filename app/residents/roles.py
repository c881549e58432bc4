"""Staff's roles, given and taken by whoever runs a deployment.

A resident's role comes with a confirmed home and goes with it, so it is not
given here.
"""

from typing import Any

from sqlalchemy import delete, select

from app.core import clock, outbox
from app.core.access import RoleKind
from app.core.db import changed_rows, read, unit_of_work, within
from app.core.idempotency import insert_ignore
from app.places.models import Place
from app.places.rules import PlaceKind
from app.residents.events import RoleGiven, RoleTaken
from app.residents.models import HeldRole, Resident

HELD_AT: dict[RoleKind, tuple[PlaceKind, ...]] = {
    RoleKind.GRID_WORKER: (PlaceKind.GRID, PlaceKind.COMMUNITY),
    RoleKind.COMMITTEE: (PlaceKind.COMMUNITY,),
    RoleKind.STREET: (PlaceKind.STREET,),
    RoleKind.DISTRICT: (PlaceKind.DISTRICT,),
}
"""Staff's roles and the kinds of places at which each is held."""

GIVEN_BY: dict[RoleKind, tuple[RoleKind, ...]] = {
    RoleKind.GRID_WORKER: (RoleKind.COMMITTEE, RoleKind.STREET, RoleKind.DISTRICT),
    RoleKind.COMMITTEE: (RoleKind.STREET, RoleKind.DISTRICT),
    RoleKind.STREET: (RoleKind.DISTRICT,),
}
"""Which roles give and take which; a district's is the operator's to give."""

MOST = 100
"""People in one answer; whoever gets as many should ask more narrowly."""


class NotPossibleError(ValueError):
    """There is no such person or place, or not for that role; the message says which."""


@unit_of_work()
def grant(who: str, kind: RoleKind, place_code: str) -> bool:
    """Give a role to a person (an id or an openid); returns whether they lacked it.

    Errors: NotPossibleError.
    """
    _check_place(kind, place_code)
    resident_id = _find(who)
    role = {
        "resident_id": resident_id,
        "kind": kind,
        "place_code": place_code,
        "since": clock.now(),
    }
    given = bool(changed_rows(insert_ignore(HeldRole).values(**role)))
    if given:
        outbox.record(RoleGiven(resident_id, str(kind), place_code))
    return given


@unit_of_work()
def revoke(who: str, kind: RoleKind, place_code: str) -> bool:
    """Take a role from a person; returns whether they held it. Errors: NotPossibleError."""
    resident_id = _find(who)
    held = (
        (HeldRole.resident_id == resident_id)
        & (HeldRole.kind == kind)
        & (HeldRole.place_code == place_code)
    )
    taken = bool(changed_rows(delete(HeldRole).where(held)))
    if taken:
        outbox.record(RoleTaken(resident_id, str(kind), place_code))
    return taken


def holders(place_code: str) -> list[Any]:
    """Return (id, openid, name, created_at, kind, place_code) of each role held within a place."""
    return list(
        read(
            _people()
            .add_columns(HeldRole.kind, HeldRole.place_code)
            .join(HeldRole, HeldRole.resident_id == Resident.id)
            .where(within(HeldRole.place_code, place_code))
            .order_by(HeldRole.place_code, HeldRole.kind, Resident.id)
            .limit(MOST)
        )
    )


def people_called(name: str) -> list[Any]:
    """Return the same of whoever has this in their name, with a role or without, newest first."""
    return list(
        read(
            _people()
            .add_columns(HeldRole.kind, HeldRole.place_code)
            .outerjoin(HeldRole, HeldRole.resident_id == Resident.id)
            .where(Resident.name.icontains(name, autoescape=True), Resident.erased_at.is_(None))
            .order_by(Resident.id.desc(), HeldRole.place_code)
            .limit(MOST)
        )
    )


def _people() -> Any:
    return select(Resident.id, Resident.openid, Resident.name, Resident.created_at)


def _find(who: str) -> int:
    # WeChat's openids begin with a letter, so digits alone are an id of ours.
    mine = Resident.id == int(who) if who.isdecimal() else Resident.openid == who
    there = mine & Resident.erased_at.is_(None)
    found = read(select(Resident.id).where(there)).scalar_one_or_none()
    if found is None:
        msg = f"nobody is known as {who}: people are known once they have signed in"
        raise NotPossibleError(msg)
    return int(found)


def _check_place(kind: RoleKind, place_code: str) -> None:
    there = read(select(Place.kind).where(Place.code == place_code)).scalar_one_or_none()
    if there is None:
        msg = f"there is no place {place_code}"
        raise NotPossibleError(msg)
    if there not in HELD_AT[kind]:
        msg = f"{place_code} is a {there}; a {kind} is held at a {' or '.join(HELD_AT[kind])}"
        raise NotPossibleError(msg)
