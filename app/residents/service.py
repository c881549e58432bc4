"""Everything people can do about themselves, and grid workers about homes."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import case, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import aliased
from sqlalchemy.sql import ColumnElement

from app.core import audit, clock, crypto, outbox, pages
from app.core.access import Actor, Permission, RoleKind
from app.core.db import changed_rows, db, end_reading, read, unit_of_work, within_any
from app.core.deployment import wechat
from app.core.errors import Conflict, InvalidInput, NotFound
from app.core.idempotency import insert_ignore
from app.core.states import IllegalMove, Move, choose_move, open_moves
from app.places import rules as place_rules
from app.places import service as places
from app.places.models import Place
from app.residents import rules
from app.residents.events import ResidenceDecided, ResidenceRequested
from app.residents.models import Consent, HeldRole, Residence, Resident


class ResidencePending(Conflict):
    """One request at a time."""

    code = "residence_pending"


def show_me(actor: Actor) -> dict[str, Any]:
    """Return everything we hold about the actor that they use every day."""
    return show_resident(actor.resident_id)


def show_resident(resident_id: int) -> dict[str, Any]:
    """Return a person as they see themselves."""
    resident = read(
        select(
            Resident.id,
            Resident.name,
            Resident.language,
            Resident.letter_size,
            Resident.consent_version,
            Resident.consent_at,
            Resident.sealed_phone,
            Resident.leaving_at,
            Resident.erase_at,
        ).where(Resident.id == resident_id)
    ).one()
    roles = read(
        select(HeldRole.kind, HeldRole.place_code)
        .where(HeldRole.resident_id == resident_id)
        .order_by(HeldRole.id)
    ).all()
    names = places.names_of([role.place_code for role in roles])
    phone = resident.sealed_phone
    return {
        "id": resident.id,
        "name": resident.name,
        "language": resident.language,
        "letter_size": resident.letter_size,
        "consent": {
            "version": resident.consent_version,
            "given_at": resident.consent_at,
            "current": rules.PRIVACY_VERSION,
        },
        "phone": rules.masked(crypto.decrypt(phone)) if phone else None,
        "roles": [
            {
                "kind": role.kind,
                "place_code": role.place_code,
                "place_name": names.get(role.place_code, ""),
            }
            for role in roles
        ],
        "community": _community(roles, names),
        "residence": _current_residence(resident_id),
        "leaving": resident.erase_at
        and {"asked_at": resident.leaving_at, "erase_at": resident.erase_at},
    }


def _community(roles: Any, names: dict[str, str]) -> dict[str, str] | None:
    """Return the community one is at home in: as a resident first, else by another role."""
    at_home = sorted(roles, key=lambda role: role.kind != RoleKind.RESIDENT)
    for role in at_home:
        code = place_rules.community_of(role.place_code)
        if code:
            name = names.get(code) or places.names_of([code]).get(code, "")
            return {"code": code, "name": name}
    return None


@unit_of_work()
def change_me(actor: Actor, *, consent_version: str | None = None, **changes: str) -> None:
    """Change one's name, language, letter size; agree to the privacy notice.

    Errors: InvalidInput when the version agreed to is not the one in force.
    """
    if consent_version is not None:
        if consent_version != rules.PRIVACY_VERSION:
            raise InvalidInput.of("consent_version", "not_an_option")
        now = clock.now()
        db.session.add(
            Consent(resident_id=actor.resident_id, version=consent_version, given_at=now)
        )
        changes |= {"consent_version": consent_version, "consent_at": now}  # type: ignore[dict-item]
    if changes:
        changed_rows(_mine(actor).values(**changes))


def _mine(actor: Actor) -> Any:
    # Whoever was erased since they asked gets nothing back.
    here = (Resident.id == actor.resident_id) & Resident.erased_at.is_(None)
    return update(Resident).where(here)


def set_phone(actor: Actor, code: str) -> None:
    """Take the phone number that WeChat vouches for; it is kept encrypted."""
    openid = read(select(Resident.openid).where(Resident.id == actor.resident_id)).scalar_one()
    end_reading()  # hold no connection while we wait
    phone = wechat().phone_number(code, openid)
    _keep_phone(actor, crypto.encrypt(phone))


@unit_of_work()
def _keep_phone(actor: Actor, sealed: str) -> None:
    changed_rows(_mine(actor).values(sealed_phone=sealed))


@unit_of_work()
def request_residence(
    actor: Actor, *, place_code: str, room: str, building_id: int | None = None
) -> dict[str, Any]:
    """Say where one lives; a grid worker of that place will confirm it.

    Errors: InvalidInput (no such community, grid or building), ResidencePending.
    """
    residence = Residence(
        resident_id=actor.resident_id,
        place_code=_home_code(place_code, building_id),
        building_id=building_id,
        room=room,
        state="requested",
        requested_at=clock.now(),
    )
    db.session.add(residence)
    try:
        db.session.flush()
    except IntegrityError as fault:
        raise ResidencePending from fault
    outbox.record(ResidenceRequested(residence.id, actor.resident_id, residence.place_code))
    return _show_residence(actor, residence.id)


def _home_code(place_code: str, building_id: int | None) -> str:
    """Return the community or grid of a home; a building knows its own grid."""
    kind = read(select(Place.kind).where(Place.code == place_code)).scalar_one_or_none()
    if kind not in {"community", "grid"}:
        raise InvalidInput.of("place_code", "unknown_place")
    if building_id is None:
        return place_code
    building = read(
        select(Place.parent_code).where(Place.id == building_id, Place.kind == "building")
    ).scalar_one_or_none()
    if building is None or not str(building).startswith(place_code):
        raise InvalidInput.of("building_id", "unknown_place")
    return str(building)


_around = aliased(Place)
_RESIDENCE = (
    select(
        Residence.id,
        Residence.state,
        Residence.place_code,
        Residence.building_id,
        Residence.room,
        Residence.resident_id,
        Residence.requested_at,
        Residence.decided_at,
        Residence.note,
        Resident.name.label("resident_name"),
        Place.name.label("building_name"),
        _around.name.label("place_name"),
    )
    .join(Resident, Resident.id == Residence.resident_id)
    .outerjoin(Place, Place.id == Residence.building_id)
    .outerjoin(_around, _around.code == Residence.place_code)
)


def _decides(actor: Actor) -> ColumnElement[bool]:
    """Whether the actor decides about a residence.

    Who did not say which grid they live in waits for any grid worker of the community.
    """
    codes = actor.codes(Permission.RESIDENCE_DECIDE)
    communities = {place_rules.community_of(code) for code in codes}
    return or_(
        within_any(Residence.place_code, codes),
        Residence.place_code.in_([code for code in communities if code]),
    )


def list_residences(
    actor: Actor,
    *,
    state: str | None = None,
    place: str | None = None,
    cursor: str | None = None,
    limit: int,
) -> dict[str, Any]:
    """Return a page of the residences that the actor decides about, oldest first.

    `place`: only those at a place or within it.
    """
    # A home that was taken back is nobody's business any more.
    standing = Residence.state != "withdrawn"
    found = _RESIDENCE.where(_decides(actor), standing, Residence.resident_id != actor.resident_id)
    if state:
        found = found.where(Residence.state == state)
    if place:
        found = found.where(within_any(Residence.place_code, (place,)))
    if after := pages.decode(cursor, int):
        found = found.where(Residence.id > after[0])
    rows = read(found.order_by(Residence.id).limit(limit + 1)).all()
    return pages.page(rows, limit, lambda row: _residence_view(actor, row), lambda row: (row.id,))


def find_residence(actor: Actor, residence_id: int) -> Any:
    """Return one residence: one's own, or one that the actor decides about. Errors: NotFound."""
    mine = Residence.resident_id == actor.resident_id
    row = read(
        _RESIDENCE.where(Residence.id == residence_id, or_(mine, _decides(actor)))
    ).one_or_none()
    if row is None:
        raise NotFound
    return row


def _relation(actor: Actor, row: Any) -> frozenset[str]:
    # Nobody confirms their own home, whatever else they are.
    return frozenset({rules.OWNER if row.resident_id == actor.resident_id else rules.DECIDER})


@unit_of_work()
def move_residence(
    actor: Actor, residence_id: int, *, to: str, note: str | None = None
) -> dict[str, Any]:
    """Confirm, refuse or withdraw.

    Errors: NotFound, IllegalMove, MoveNotYours, InvalidInput (a refusal says why).
    """
    row = find_residence(actor, residence_id)
    move = choose_move(
        rules.RESIDENCE_MOVES, None, row.state, to, _relation(actor, row), given={"note": note}
    )
    if move.name == "confirm":
        _leave_former_home(row.resident_id)
    _write_move(actor, row, move, note)
    if move.name == "confirm":
        _settle(row.resident_id, row.place_code)
    if move.name == "move_away":
        _unsettle(row.resident_id, row.place_code)
    if rules.DECIDER in move.by:
        audit.record(
            actor.resident_id,
            f"residents.home_{move.to}",
            place_code=row.place_code,
            about=row.resident_name,
            why=note,
        )
        outbox.record(ResidenceDecided(row.id, row.resident_id, move.to))
    return _show_residence(actor, residence_id)


def _write_move(actor: Actor, row: Any, move: Move[None], note: str | None) -> None:
    changed = changed_rows(
        update(Residence)
        .where(Residence.id == row.id, Residence.state == move.origin)
        .values(state=move.to, decided_at=clock.now(), decided_by=actor.resident_id, note=note)
    )
    if not changed:
        raise IllegalMove(state=move.origin, to=move.to)


def _leave_former_home(resident_id: int) -> None:
    """One lives in one place: a newly confirmed home ends the former one."""
    mine = (Residence.resident_id == resident_id) & (Residence.state == "confirmed")
    for code in read(select(Residence.place_code).where(mine)).scalars().all():
        _unsettle(resident_id, code)
    changed_rows(update(Residence).where(mine).values(state="withdrawn"))


def _settle(resident_id: int, place_code: str) -> None:
    role = {
        "resident_id": resident_id,
        "kind": RoleKind.RESIDENT,
        "place_code": place_rules.community_of(place_code),
        "since": clock.now(),
    }
    changed_rows(insert_ignore(HeldRole).values(**role))


def _unsettle(resident_id: int, place_code: str) -> None:
    changed_rows(
        HeldRole.__table__.delete().where(  # type: ignore[attr-defined]
            HeldRole.resident_id == resident_id,
            HeldRole.kind == RoleKind.RESIDENT,
            HeldRole.place_code == place_rules.community_of(place_code),
        )
    )


def _show_residence(actor: Actor, residence_id: int) -> dict[str, Any]:
    row = find_residence(actor, residence_id)
    return _residence_view(actor, row)


def _current_residence(resident_id: int) -> dict[str, Any] | None:
    """Return what awaits an answer, else the home one has, else what was refused last."""
    telling = case({"requested": 0, "confirmed": 1}, value=Residence.state, else_=2)
    row = read(
        _RESIDENCE.where(Residence.resident_id == resident_id, Residence.state != "withdrawn")
        .order_by(telling, Residence.id.desc())
        .limit(1)
    ).one_or_none()
    if row is None:
        return None
    owner = Actor(resident_id, row.resident_name)
    return _residence_view(owner, row)


def _residence_view(actor: Actor, row: Any) -> dict[str, Any]:
    moves = open_moves(rules.RESIDENCE_MOVES, None, row.state, _relation(actor, row))
    building = {"id": row.building_id, "name": row.building_name} if row.building_id else None
    return {
        "id": row.id,
        "state": row.state,
        "place_code": row.place_code,
        "place_name": row.place_name or "",
        "building": building,
        "room": row.room,
        "resident": {"id": row.resident_id, "name": row.resident_name},
        "requested_at": row.requested_at,
        "decided_at": row.decided_at,
        "note": row.note,
        "moves": [move.shown() for move in moves],
    }


def names_of(ids: Collection[int]) -> dict[int, str]:
    """Return what people are called by their numbers, in one query; the caller may show it."""
    if not ids:
        return {}
    rows = read(select(Resident.id, Resident.name).where(Resident.id.in_(sorted(set(ids)))))
    return {row.id: row.name for row in rows}


def phone(sealed: str | None) -> str | None:
    """Return a phone number as it was given; the caller decides who may see it."""
    return crypto.decrypt(sealed) if sealed else None


def holders_within(kind: RoleKind, place_code: str) -> list[Any]:
    """Return (id, name, place_code) of those who hold a role at, above or within a place."""
    above = place_rules.codes_above(place_code)
    return list(
        read(
            select(Resident.id, Resident.name, HeldRole.place_code)
            .join(HeldRole, HeldRole.resident_id == Resident.id)
            .where(
                HeldRole.kind == kind,
                or_(within_any(HeldRole.place_code, (place_code,)), HeldRole.place_code.in_(above)),
            )
            .order_by(Resident.name, Resident.id)
        )
    )


def ids_within(kind: RoleKind, place_code: str, *, after: int, most: int) -> list[int]:
    """Return the next ids, beyond `after`, of those who hold a role within a place."""
    return list(
        read(
            select(HeldRole.resident_id)
            .where(
                HeldRole.kind == kind,
                within_any(HeldRole.place_code, (place_code,)),
                HeldRole.resident_id > after,
            )
            .distinct()
            .order_by(HeldRole.resident_id)
            .limit(most)
        ).scalars()
    )


def id_by_openid(openid: str) -> int | None:
    """Return whom WeChat calls by that name, if anybody here."""
    return read(select(Resident.id).where(Resident.openid == openid)).scalar_one_or_none()
