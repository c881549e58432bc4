"""Staff's roles, given and taken by those in charge, each change with its reason.

`roles.py` is the operator's way, without limits; this is the way of people who hold a role
themselves: only below their own, never to or from themselves.
"""

from typing import Any

from sqlalchemy import delete, func, select

from app.core import audit, clock, outbox, pages
from app.core.access import Actor, Permission, RoleKind
from app.core.db import changed_rows, read, unit_of_work, within
from app.core.errors import Conflict, Forbidden, InvalidInput, NotFound
from app.core.idempotency import insert_ignore
from app.places import service as places
from app.places.models import Place
from app.places.rules import PlaceKind, is_code
from app.residents import rules
from app.residents.events import RoleGiven, RoleTaken
from app.residents.models import HeldRole, Residence, Resident
from app.residents.roles import GIVEN_BY, HELD_AT


class LastOfItsKind(Conflict):
    """Without this person a community would have nobody of its committee left."""

    code = "last_of_its_kind"


class NotOnOneself(Forbidden):
    """Nobody raises or lowers themselves."""

    code = "not_on_oneself"


def list_holders(
    actor: Actor,
    place_code: str,
    *,
    cursor: str | None = None,
    limit: int = pages.DEFAULT_LIMIT,
) -> dict[str, Any]:
    """Return a page of staff's roles held at a place or within it, by place and kind.

    Each as `{id, resident_id, name, kind, place_code, place_name, since, revocable}`.
    Errors: NotFound (out of the actor's reach); InvalidInput on a foreign cursor.
    """
    if not actor.reaches(Permission.ROLE_GRANT, place_code):
        raise NotFound
    wanted = (
        select(
            HeldRole.id,
            HeldRole.resident_id,
            Resident.name,
            HeldRole.kind,
            HeldRole.place_code,
            HeldRole.since,
            func.coalesce(Place.name, HeldRole.place_code).label("place_name"),
        )
        .join(Resident, Resident.id == HeldRole.resident_id)
        .outerjoin(Place, Place.code == HeldRole.place_code)
        .where(within(HeldRole.place_code, place_code), HeldRole.kind != RoleKind.RESIDENT)
    )
    if after := pages.decode(cursor, str, int):
        code, number = after
        later = (HeldRole.place_code == code) & (HeldRole.id > number)
        wanted = wanted.where((HeldRole.place_code > code) | later)
    rows = read(wanted.order_by(HeldRole.place_code, HeldRole.id).limit(limit + 1)).all()

    def show(row: Any) -> dict[str, Any]:
        held: dict[str, Any] = row._asdict()
        return held | {
            "revocable": row.resident_id != actor.resident_id
            and _gives(actor, RoleKind(row.kind), row.place_code),
        }

    return pages.page(rows, limit, show, lambda row: (row.place_code, row.id))


def list_givable(actor: Actor, place_code: str) -> list[dict[str, Any]]:
    """Return the roles that somebody may give at a place and those right below it.

    Each as `{kind, place_code, place_name}`; of a place with very many below it, the first ones.
    """
    below = places.list_places(within=place_code, limit=pages.MOST)["items"]
    return [
        {"kind": str(kind), "place_code": place["code"], "place_name": place["name"]}
        for kind in GIVEN_BY
        for place in below
        if place["kind"] in HELD_AT[kind] and _gives(actor, kind, place["code"])
    ]


def _gives(actor: Actor, kind: RoleKind, place_code: str) -> bool:
    return any(
        role.kind in GIVEN_BY.get(kind, ()) and place_code.startswith(role.place_code)
        for role in actor.roles
    )


def find_neighbours(actor: Actor, place_code: str, name: str) -> list[dict[str, Any]]:
    """Return whoever is called just so and has a confirmed home within the place.

    Not a search through residents: one has to know whom one means. Each as `{id, name,
    place_name, building, room}`. Errors: NotFound.
    """
    if not actor.reaches(Permission.ROLE_GRANT, place_code):
        raise NotFound
    rows = read(
        select(Resident.id, Resident.name, Place.name.label("place_name"), Residence.room)
        .join(Residence, Residence.resident_id == Resident.id)
        .join(Place, Place.code == Residence.place_code)
        .where(
            Resident.name == name.strip(),
            Residence.state == "confirmed",
            within(Residence.place_code, place_code),
        )
        .order_by(Resident.id)
        .limit(rules.MOST_NAMESAKES)
    )
    return [row._asdict() for row in rows]


@unit_of_work()
def grant_role(
    actor: Actor, *, resident_id: int, kind: str, place_code: str, reason: str
) -> dict[str, Any]:
    """Give somebody a role below one's own; returns `{id, name, kind, place_code, new}`.

    Errors: NotFound (no such place in reach); NotOnOneself; Forbidden (not below one's own);
    InvalidInput (nobody has this number, or the role is not held at such a place).
    """
    if kind not in GIVEN_BY:
        raise InvalidInput.of("kind", "not_an_option")
    wanted = RoleKind(kind)
    _check(actor, wanted, place_code, resident_id)
    place = places.get_place(place_code)
    if PlaceKind(place["kind"]) not in HELD_AT[wanted]:
        raise InvalidInput.of("place_code", "role_elsewhere")
    name = _name_of(resident_id)
    role = {
        "resident_id": resident_id,
        "kind": wanted,
        "place_code": place_code,
        "since": clock.now(),
    }
    new = bool(changed_rows(insert_ignore(HeldRole).values(**role)))
    if new:
        _write_down(actor, "granted", (name, wanted, place_code), reason)
        outbox.record(RoleGiven(resident_id, kind, place_code, actor.resident_id, reason))
    else:
        audit.forgo()
    return {"name": name, "kind": kind, "place_code": place_code, "new": new}


@unit_of_work()
def revoke_role(actor: Actor, role_id: int, *, reason: str) -> dict[str, Any]:
    """Take a role below one's own from somebody; returns `{name, kind, place_code}`.

    Errors: NotFound; NotOnOneself; Forbidden; LastOfItsKind.
    """
    row = read(
        select(HeldRole.resident_id, Resident.name, HeldRole.kind, HeldRole.place_code)
        .join(Resident, Resident.id == HeldRole.resident_id)
        .where(HeldRole.id == role_id, HeldRole.kind != RoleKind.RESIDENT)
    ).one_or_none()
    if row is None:
        raise NotFound
    kind = RoleKind(row.kind)
    _check(actor, kind, row.place_code, row.resident_id)
    require_others(role_id, kind, row.place_code)
    if not changed_rows(delete(HeldRole).where(HeldRole.id == role_id)):
        raise NotFound
    _write_down(actor, "revoked", (row.name, kind, row.place_code), reason)
    outbox.record(RoleTaken(row.resident_id, row.kind, row.place_code, actor.resident_id, reason))
    return {"name": row.name, "kind": row.kind, "place_code": row.place_code}


def _name_of(resident_id: int) -> str:
    """Return what somebody is called who stays. Errors: InvalidInput."""
    row = read(
        select(Resident.name, Resident.erase_at).where(
            Resident.id == resident_id, Resident.erased_at.is_(None)
        )
    ).one_or_none()
    if row is None:
        raise InvalidInput.of("resident_id", "unknown_person")
    if row.erase_at is not None:
        raise InvalidInput.of("resident_id", "person_leaving")
    return str(row.name)


def _check(actor: Actor, kind: RoleKind, place_code: str, resident_id: int) -> None:
    if not is_code(place_code) or not actor.reaches(Permission.ROLE_GRANT, place_code):
        raise NotFound
    if resident_id == actor.resident_id:
        raise NotOnOneself
    if not _gives(actor, kind, place_code):
        raise Forbidden


def require_others(role_id: int, kind: RoleKind, place_code: str) -> None:
    """Let a role go only if it is not a committee's last. Errors: LastOfItsKind."""
    if kind is RoleKind.COMMITTEE and not _others(role_id, kind, place_code):
        raise LastOfItsKind


def _others(role_id: int, kind: RoleKind, place_code: str) -> bool:
    same = (HeldRole.kind == kind) & (HeldRole.place_code == place_code)
    # Locked, so that two who are taken away at once see one another.
    held = read(select(HeldRole.id).where(same).with_for_update()).scalars().all()
    return any(other != role_id for other in held)


def _write_down(actor: Actor, change: str, held: tuple[str, RoleKind, str], reason: str) -> None:
    name, kind, place_code = held
    audit.record(
        actor.resident_id,
        f"residents.role_{change}",
        place_code=place_code,
        about=f"{name} · {kind}",
        why=reason,
    )
