"""What one sees of hazards: lists, one case, the queue. Rows, not entities."""

import math
from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Select, and_, false, func, or_, select, tuple_
from sqlalchemy.orm import aliased
from sqlalchemy.sql import ColumnElement

from app.core import clock, pages
from app.core.access import Actor, Permission, Role, RoleKind
from app.core.db import read, within
from app.core.errors import NotFound
from app.core.states import open_moves
from app.hazards import rules
from app.hazards.categories import in_language
from app.hazards.models import Hazard, HazardCategory, HazardMove, HazardPhoto
from app.photos import service as photos
from app.photos.models import Photo
from app.places import rules as place_rules
from app.places import service as places
from app.residents import service as residents
from app.residents.models import Resident

NEAR_METRES = 2000.0
METRES_A_DEGREE = 111_320.0
"""Of latitude; of longitude it is this times the cosine of the latitude."""

_reporter = aliased(Resident)
_assignee = aliased(Resident)
_columns = tuple(Hazard.__table__.columns)
_ITEM = select(*_columns, HazardCategory.name_zh, HazardCategory.name_en).join(
    HazardCategory, HazardCategory.code == Hazard.category
)
_DETAIL = (
    select(
        *_columns,
        HazardCategory.name_zh,
        HazardCategory.name_en,
        HazardCategory.clock,
        HazardCategory.limit,
        _reporter.name.label("reporter_name"),
        _assignee.name.label("assignee_name"),
    )
    .join(HazardCategory, HazardCategory.code == Hazard.category)
    .join(_reporter, _reporter.id == Hazard.reporter_id)
    .outerjoin(_assignee, _assignee.id == Hazard.assignee_id)
)


# Who sees what


def in_places(codes: Sequence[str]) -> ColumnElement[bool]:
    """Whether a hazard lies within one of the places, by whichever column has the index."""
    length = place_rules.LENGTHS["community"]
    return or_(
        false(),
        *(
            Hazard.community_code == code
            if len(code) == length
            else within(Hazard.place_code, code)
            for code in codes
        ),
    )


def _staff_codes(actor: Actor) -> tuple[str, ...]:
    return actor.codes(Permission.HAZARD_DISPATCH)


def _neighbour_codes(actor: Actor) -> list[str]:
    return [role.place_code for role in actor.roles if role.kind == RoleKind.RESIDENT]


def seen_through_places(actor: Actor) -> ColumnElement[bool]:
    """Whether a place of the actor's shows a hazard: staff see all, neighbours the living."""
    neighbours = _neighbour_codes(actor)
    shown = Hazard.state.not_in(rules.HIDDEN_FROM_NEIGHBOURS)
    return or_(
        in_places(_staff_codes(actor)),
        and_(in_places(neighbours), shown) if neighbours else false(),
    )


def seen_by(actor: Actor) -> ColumnElement[bool]:
    """Whether the actor may see a hazard at all."""
    return or_(
        Hazard.reporter_id == actor.resident_id,
        Hazard.assignee_id == actor.resident_id,
        seen_through_places(actor),
    )


def find_hazard(actor: Actor, hazard_id: int) -> Any:
    """Return the row of one hazard that the actor may see: the only door. Errors: NotFound."""
    row = read(_DETAIL.where(Hazard.id == hazard_id, seen_by(actor))).one_or_none()
    if row is None:
        raise NotFound
    return row


def find_for_system(hazard_id: int) -> Any:
    """Return the row of one hazard for a job: nobody is asking."""
    return read(_DETAIL.where(Hazard.id == hazard_id)).one()


def relations(actor: Actor, row: Any) -> frozenset[str]:
    """Return what the actor is to a hazard, in the words of the table of moves."""
    reaches = actor.reaches
    found = {
        rules.REPORTER: row.reporter_id == actor.resident_id,
        rules.ASSIGNEE: row.assignee_id == actor.resident_id,
        rules.DISPATCHER: reaches(Permission.HAZARD_DISPATCH, row.place_code),
        rules.SUPERVISOR: reaches(Permission.HAZARD_SUPERVISE, row.place_code),
    }
    return frozenset(name for name, true in found.items() if true)


def role_at(actor: Actor, row: Any, by: frozenset[str]) -> str:
    """Return as what somebody made a move: the reporter, or their nearest role at the place."""
    if rules.REPORTER in by and row.reporter_id == actor.resident_id:
        return rules.REPORTER
    reaching: list[Role] = [r for r in actor.roles if row.place_code.startswith(r.place_code)]
    nearest = max(reaching, key=lambda role: len(role.place_code), default=None)
    return nearest.kind.value if nearest else RoleKind.GRID_WORKER.value


class Facts:
    """What the table of moves asks of a hazard at a moment."""

    __slots__ = ("appealed", "asked_at", "reopen_until", "suspension_approved")

    def __init__(self, row: Any, now: datetime) -> None:
        self.appealed: bool = row.appealed
        self.suspension_approved: bool = row.suspension_approved
        self.reopen_until = row.closed_at + rules.REOPEN_WITHIN if row.closed_at else None
        self.asked_at = now


def moves_for(actor: Actor, row: Any, now: datetime) -> list[dict[str, object]]:
    """Return the moves that the actor may make now."""
    found = open_moves(rules.MOVES, Facts(row, now), row.state, relations(actor, row))
    shown: dict[str, dict[str, object]] = {}
    for move in found:
        shown.setdefault(move.name, move.shown())
    return list(shown.values())


# Lists


def list_hazards(
    actor: Actor,
    *,
    limit: int,
    cursor: str | None = None,
    state: Sequence[str] = (),
    category: str | None = None,
    place: str | None = None,
    mine: bool = False,
    bbox: tuple[float, float, float, float] | None = None,
    near: tuple[float, float] | None = None,
) -> dict[str, Any]:
    """Return a page of hazards: newest first, or nearest first within 2 km of `near`.

    `bbox`: (min lon, min lat, max lon, max lat); `near`: (lat, lon); degrees, WGS-84.
    Errors: NotFound when `place` is none of the actor's.
    """
    found = _ITEM.where(*_scope(actor, place, mine=mine))
    if state:
        found = found.where(Hazard.state.in_(state))
    if category:
        found = found.where(Hazard.category == category)
    if bbox:
        found = found.where(_inside(bbox))
    if near:
        return _nearest(actor, found, near, cursor, limit)
    return _newest(actor, found, cursor, limit)


def _scope(actor: Actor, place: str | None, *, mine: bool) -> list[ColumnElement[bool]]:
    own = Hazard.reporter_id == actor.resident_id
    scope = [own] if mine or not actor.roles else [seen_through_places(actor)]
    if place is None:
        return scope
    codes = [role.place_code for role in actor.roles]
    if not any(place.startswith(code) or code.startswith(place) for code in codes):
        raise NotFound
    return [*scope, in_places([place])]


def _inside(bbox: tuple[float, float, float, float]) -> ColumnElement[bool]:
    west, south, east, north = bbox
    return and_(Hazard.lon.between(west, east), Hazard.lat.between(south, north))


def _newest(actor: Actor, found: Select[Any], cursor: str | None, limit: int) -> dict[str, Any]:
    if before := pages.decode(cursor, int):
        found = found.where(Hazard.id < before[0])
    rows = read(found.order_by(Hazard.id.desc()).limit(limit + 1)).all()
    now = clock.now()
    return pages.page(rows, limit, lambda row: item_view(actor, row, now), lambda row: (row.id,))


def _nearest(
    actor: Actor, found: Select[Any], near: tuple[float, float], cursor: str | None, limit: int
) -> dict[str, Any]:
    lat, lon = near
    shrink = math.cos(math.radians(lat))
    reach = NEAR_METRES / METRES_A_DEGREE
    # Flat is exact enough for 2 km, and plain arithmetic orders alike on every engine.
    north, east = Hazard.lat - lat, (Hazard.lon - lon) * shrink
    distance = (north * north + east * east).label("distance")
    wide = reach / shrink
    found = found.add_columns(distance).where(
        _inside((lon - wide, lat - reach, lon + wide, lat + reach)), distance <= reach * reach
    )
    if after := pages.decode(cursor, float, int):
        found = found.where(tuple_(distance, Hazard.id) > (after[0], after[1]))
    rows = read(found.order_by(distance, Hazard.id).limit(limit + 1)).all()
    now = clock.now()

    def show(row: Any) -> dict[str, Any]:
        metres = round(row.distance**0.5 * METRES_A_DEGREE)
        return item_view(actor, row, now) | {"distance_m": metres}

    return pages.page(rows, limit, show, lambda row: (row.distance, row.id))


def list_tasks(actor: Actor, *, limit: int, cursor: str | None = None) -> dict[str, Any]:
    """Return a page of what staff owe, most urgent first, with the moves to make."""
    mine = or_(Hazard.assignee_id == actor.resident_id, in_places(_staff_codes(actor)))
    found = (
        _ITEM.add_columns(_assignee.name.label("assignee_name"))
        .outerjoin(_assignee, _assignee.id == Hazard.assignee_id)
        .where(Hazard.act_by.is_not(None), mine)
    )
    if after := pages.decode(cursor, datetime, int):
        found = found.where(
            or_(
                Hazard.act_by > after[0],
                and_(Hazard.act_by == after[0], Hazard.id > after[1]),
            )
        )
    rows = read(found.order_by(Hazard.act_by, Hazard.id).limit(limit + 1)).all()
    now = clock.now()

    def show(row: Any) -> dict[str, Any]:
        return item_view(actor, row, now) | {
            "assignee": _person(row.assignee_id, row.assignee_name),
            "moves": moves_for(actor, row, now),
        }

    return pages.page(rows, limit, show, lambda row: (row.act_by, row.id))


def item_view(actor: Actor, row: Any, now: datetime) -> dict[str, Any]:
    """Return a hazard as a line of a list."""
    return {
        "id": row.id,
        "number": row.number,
        "category": row.category,
        "category_name": in_language(row, "name", actor.language),
        "severity": row.severity,
        "state": row.state,
        "description": row.description,
        "address": row.address,
        "lat": row.lat,
        "lon": row.lon,
        "place_code": row.place_code,
        "place_name": row.place_name,
        "reported_at": row.reported_at,
        "accept_by": row.accept_by,
        "due_at": row.due_at,
        "expected_by": row.expected_by,
        "act_by": row.act_by,
        "overdue": rules.is_overdue(row.act_by, now),
        "handled_at": row.handled_at,
        "closed_at": row.closed_at,
        "thumbnail_url": photos.thumbnail_link(row.first_photo_id),
        "photo_count": row.photo_count,
        "mine": row.reporter_id == actor.resident_id,
        "anonymous": row.anonymous,
        "distance_m": None,
    }


# One case


def show_hazard(actor: Actor, hazard_id: int) -> dict[str, Any]:
    """Return a case with its history, photos and the moves open to the actor. Errors: NotFound."""
    return detail_view(actor, find_hazard(actor, hazard_id))


def detail_view(actor: Actor, row: Any) -> dict[str, Any]:
    """Return a found case in full."""
    now = clock.now()
    held = relations(actor, row)
    shown_photos = _photos(row.id)
    phones = _phones(row, held)
    reporter = None
    if not row.anonymous or rules.REPORTER in held:
        reporter = _person(row.reporter_id, row.reporter_name) | {
            "phone": phones.get(row.reporter_id)
        }
    assignee = _person(row.assignee_id, row.assignee_name)
    if assignee:
        assignee["phone"] = phones.get(row.assignee_id)
    return item_view(actor, row, now) | {
        "reporter": reporter,
        "assignee": assignee,
        "photos": [photo for found in shown_photos.values() for photo in found],
        "history": _history(actor, row, shown_photos),
        "moves": moves_for(actor, row, now),
        "suspension": _suspension(row),
        "elapsed": _elapsed(row, now),
    }


def _person(resident_id: int | None, name: str | None) -> Any:
    return None if resident_id is None else {"id": resident_id, "name": name}


def _phones(row: Any, held: frozenset[str]) -> dict[int, str]:
    """Return the numbers that the caller may ring: handler and reporter, each the other's."""
    ids: list[int] = []
    if row.assignee_id and held:
        ids.append(row.assignee_id)
    if not row.anonymous and held & {rules.ASSIGNEE, rules.DISPATCHER}:
        ids.append(row.reporter_id)
    return residents.phones_of(ids) if ids else {}


def _photos(hazard_id: int) -> dict[int, list[dict[str, Any]]]:
    """Return the photos of a hazard by the line of history that brought them."""
    rows = read(
        select(HazardPhoto.photo_id, HazardPhoto.seq, HazardPhoto.kind, Photo.width, Photo.height)
        .join(Photo, Photo.id == HazardPhoto.photo_id)
        .where(HazardPhoto.hazard_id == hazard_id)
        .order_by(HazardPhoto.seq, HazardPhoto.position)
    )
    found: dict[int, list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(row.seq, []).append(
            photos.links(row.photo_id)
            | {
                "id": row.photo_id,
                "kind": row.kind,
                "width": row.width,
                "height": row.height,
            }
        )
    return found


_HISTORY = (
    select(
        HazardMove.seq,
        HazardMove.at,
        HazardMove.move,
        HazardMove.from_state,
        HazardMove.to_state,
        HazardMove.actor_id,
        HazardMove.actor_role,
        HazardMove.note,
        HazardMove.rating,
        HazardMove.solved,
        HazardMove.until,
        HazardMove.assignee_id,
        _reporter.name.label("actor_name"),
        _assignee.name.label("assignee_name"),
    )
    .outerjoin(_reporter, _reporter.id == HazardMove.actor_id)
    .outerjoin(_assignee, _assignee.id == HazardMove.assignee_id)
    .order_by(HazardMove.seq)
)


def _history(
    actor: Actor, hazard: Any, shown_photos: dict[int, list[dict[str, Any]]]
) -> list[dict[str, Any]]:
    hidden = hazard.reporter_id if hazard.anonymous else None
    return [
        {
            "seq": row.seq,
            "at": row.at,
            "move": row.move,
            "from_state": row.from_state,
            "to_state": row.to_state,
            "actor": _who(actor, row, hidden),
            "note": row.note,
            "rating": row.rating,
            "solved": row.solved,
            "until": row.until,
            "assignee": _person(row.assignee_id, row.assignee_name),
            "photos": shown_photos.get(row.seq, []),
        }
        for row in read(_HISTORY.where(HazardMove.hazard_id == hazard.id))
    ]


def _who(actor: Actor, row: Any, hidden: int | None) -> dict[str, Any]:
    """Return who made a move, without the name of somebody who wants none."""
    if row.actor_id == hidden and row.actor_id != actor.resident_id:
        return {"id": None, "name": None, "role": row.actor_role}
    return {"id": row.actor_id, "name": row.actor_name, "role": row.actor_role}


def _suspension(row: Any) -> dict[str, Any] | None:
    if row.state != "suspended":
        return None
    return {
        "until": row.suspended_until,
        "note": row.suspension_note,
        "approved": row.suspension_approved,
    }


def _elapsed(row: Any, now: datetime) -> float | None:
    """Return the used share of the promised time; it stands still where the clock does."""
    if row.state in rules.HIDDEN_FROM_NEIGHBOURS:
        return None
    since = row.running_since or row.reported_at
    stopped = row.handled_at or (row.suspended_at if row.suspension_approved else None)
    return rules.share_used(since, row.expected_by, stopped or now)


def list_assignees(actor: Actor, hazard_id: int) -> dict[str, Any]:
    """Return whom a hazard can be assigned to, who has least to do first. Errors: NotFound."""
    row = find_hazard(actor, hazard_id)
    if rules.DISPATCHER not in relations(actor, row):
        raise NotFound
    holders = residents.holders_within(RoleKind.GRID_WORKER, row.community_code)
    counted = dict(
        cast(
            "list[tuple[int, int]]",
            read(
                select(Hazard.assignee_id, func.count())
                .where(
                    Hazard.act_by.is_not(None),
                    Hazard.assignee_id.in_({holder.id for holder in holders}),
                )
                .group_by(Hazard.assignee_id)
            ).all(),
        )
    )
    names = places.names_of([holder.place_code for holder in holders])
    people = {
        holder.id: {
            "id": holder.id,
            "name": holder.name,
            "place_name": names.get(holder.place_code, ""),
            "open_tasks": counted.get(holder.id, 0),
        }
        for holder in holders
    }
    return {"items": sorted(people.values(), key=lambda person: person["open_tasks"])}
