"""What one sees of hazards: lists, one case, the queue. Rows, not entities."""

import math
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, NamedTuple, cast

from sqlalchemy import (
    BigInteger,
    Float,
    Integer,
    Select,
    and_,
    bindparam,
    func,
    select,
    tuple_,
)
from sqlalchemy.orm import aliased
from sqlalchemy.sql import ColumnElement

from app.core import pages
from app.core.access import Actor, RoleKind
from app.core.db import UtcDateTime, read
from app.core.errors import NotFound
from app.core.forms import BIGGEST_ID
from app.hazards import rules
from app.hazards.detail import detail_view, person
from app.hazards.items import ITEM, item_view, looking
from app.hazards.models import Hazard
from app.hazards.sight import (
    KEPT,
    ME,
    Sight,
    any_of,
    find_hazard,
    handed_to_me,
    in_place,
    in_places,
    moves_for,
    relations,
    seen_through_places,
    sight_of,
)
from app.places import service as places
from app.residents import service as residents
from app.residents.models import Resident

NEAR_METRES = 2000.0
METRES_A_DEGREE = 111_320.0
"""Of latitude; of longitude it is this times the cosine of the latitude."""

_reporter = aliased(Resident)
_assignee = aliased(Resident)


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
    if place is not None and not mine and not _may_ask_for(actor, place):
        raise NotFound
    wanted = Wanted(
        sight=None if mine or not actor.roles else sight_of(actor),
        states=tuple(state),
        category=category,
        place=place,
        framed=bbox is not None,
    )
    asked: dict[str, Any] = {"me": actor.resident_id, "rows": limit + 1}
    if bbox:
        asked |= zip(FRAME, bbox, strict=True)
    if near:
        return _nearest(actor, wanted, asked, near, cursor)
    return _newest(actor, wanted, asked, cursor)


def _may_ask_for(actor: Actor, place: str) -> bool:
    codes = [role.place_code for role in actor.roles]
    return any(place.startswith(code) or code.startswith(place) for code in codes)


class Wanted(NamedTuple):
    """What a list is built by; without a sight it is the caller's own reports."""

    sight: Sight | None
    states: tuple[str, ...]
    category: str | None
    place: str | None
    framed: bool


FRAME = ("west", "south", "east", "north")


def _list(wanted: Wanted) -> Select[Any]:
    found = ITEM.limit(bindparam("rows", type_=Integer))
    if wanted.sight is None:
        found = found.where(Hazard.reporter_id == ME)
    else:
        found = found.where(seen_through_places(wanted.sight))
    if wanted.place:
        found = found.where(in_places([wanted.place]))
    if wanted.states:
        found = found.where(Hazard.state.in_(wanted.states))
    if wanted.category:
        found = found.where(Hazard.category == wanted.category)
    return found.where(_inside(*FRAME)) if wanted.framed else found


def _inside(*names: str) -> ColumnElement[bool]:
    west, south, east, north = (bindparam(name, type_=Float) for name in names)
    return and_(Hazard.lon.between(west, east), Hazard.lat.between(south, north))


@lru_cache(KEPT)
def _newest_of(wanted: Wanted) -> Select[Any]:
    # The first page has a bound too: without one SQLite sorts rather than walks an index.
    before = bindparam("before", type_=BigInteger)
    return _list(wanted).where(Hazard.id < before).order_by(Hazard.id.desc())


def _newest(
    actor: Actor, wanted: Wanted, asked: dict[str, Any], cursor: str | None
) -> dict[str, Any]:
    before = pages.decode(cursor, int) or [BIGGEST_ID]
    rows = read(_newest_of(wanted), asked | {"before": before[0]}).all()
    eye, limit = looking(actor), asked["rows"] - 1
    return pages.page(rows, limit, lambda row: item_view(eye, row), lambda row: (row.id,))


RINGS = (125.0, 500.0, NEAR_METRES)
"""How far to look, in metres: further only where the nearer ring does not fill the page."""
BOX = ("box_west", "box_south", "box_east", "box_north")


@lru_cache(KEPT)
def _nearest_of(wanted: Wanted) -> Select[Any]:
    lat, lon, shrink, reach, after_distance = (
        bindparam(name, type_=Float) for name in ("lat", "lon", "shrink", "reach", "after_distance")
    )
    after_id = bindparam("after_id", type_=BigInteger)
    # Flat is exact enough for 2 km, and plain arithmetic orders alike on every engine.
    north, east = Hazard.lat - lat, (Hazard.lon - lon) * shrink
    distance = (north * north + east * east).label("distance")
    return (
        _list(wanted)
        .add_columns(distance)
        .where(
            _inside(*BOX),
            distance <= reach * reach,
            tuple_(distance, Hazard.id) > tuple_(after_distance, after_id),
        )
        .order_by(distance, Hazard.id)
    )


def _nearest(
    actor: Actor,
    wanted: Wanted,
    asked: dict[str, Any],
    near: tuple[float, float],
    cursor: str | None,
) -> dict[str, Any]:
    lat, lon = near
    limit = asked["rows"] - 1
    shrink = math.cos(math.radians(lat))
    after_distance, after_id = pages.decode(cursor, float, int) or (-1.0, 0)
    asked |= {"lat": lat, "lon": lon, "shrink": shrink}
    asked |= {"after_distance": after_distance, "after_id": after_id}
    rows: Sequence[Any] = ()
    for metres in RINGS:
        reach = metres / METRES_A_DEGREE
        if metres < NEAR_METRES and after_distance >= reach * reach:
            continue
        wide = reach / shrink
        box = (lon - wide, lat - reach, lon + wide, lat + reach)
        ring = dict(zip(BOX, box, strict=True)) | {"reach": reach}
        rows = read(_nearest_of(wanted), asked | ring).all()
        if len(rows) > limit:
            break
    eye = looking(actor)

    def show(row: Any) -> dict[str, Any]:
        metres = round(row.distance**0.5 * METRES_A_DEGREE)
        return item_view(eye, row) | {"distance_m": metres}

    return pages.page(rows, limit, show, lambda row: (row.distance, row.id))


@lru_cache(KEPT)
def _tasks_of(staff: tuple[str, ...], by: str) -> Select[Any]:
    owed_by = getattr(Hazard, by)
    after = tuple_(bindparam("after", type_=UtcDateTime()), bindparam("after_id", type_=BigInteger))
    return (
        ITEM.add_columns(
            Hazard.appealed,
            Hazard.suspension_approved,
            _assignee.name.label("assignee_name"),
            and_(
                ~Hazard.anonymous, Hazard.reporter_id != ME, _reporter.sealed_phone.is_not(None)
            ).label("can_call"),
        )
        # Outer, though there is always one: SQLite must not begin with the people.
        .outerjoin(_reporter, _reporter.id == Hazard.reporter_id)
        .outerjoin(_assignee, _assignee.id == Hazard.assignee_id)
        .where(
            owed_by.is_not(None),
            any_of([*(in_place(code) for code in staff), *handed_to_me(staff)]),
            tuple_(owed_by, Hazard.id) > after,
        )
        .order_by(owed_by, Hazard.id)
        .limit(bindparam("rows", type_=Integer))
    )


LONG_AGO = datetime(1, 1, 2, tzinfo=UTC)


def list_tasks(
    actor: Actor, *, limit: int, cursor: str | None = None, orders: bool = False
) -> dict[str, Any]:
    """Return a page of what staff owe, most urgent first, with the moves to make.

    `orders`: instead the cases with an unanswered supervision order, whatever their state.
    """
    by = "order_by" if orders else "act_by"
    after, after_id = pages.decode(cursor, datetime, int) or (LONG_AGO, 0)
    asked = {"me": actor.resident_id, "after": after, "after_id": after_id, "rows": limit + 1}
    rows = read(_tasks_of(sight_of(actor).staff, by), asked).all()
    eye = looking(actor)

    def show(row: Any) -> dict[str, Any]:
        return item_view(eye, row) | {
            "assignee": person(row.assignee_id, row.assignee_name),
            "can_call": bool(row.can_call),
            "moves": moves_for(relations(actor, row), row, eye.now),
        }

    return pages.page(rows, limit, show, lambda row: (getattr(row, by), row.id))


# One case


def show_hazard(actor: Actor, hazard_id: int) -> dict[str, Any]:
    """Return a case with its history, photos and the moves open to the actor. Errors: NotFound."""
    return detail_view(actor, find_hazard(actor, hazard_id))


def list_assignees(actor: Actor, hazard_id: int, *, within: str = "") -> dict[str, Any]:
    """Return whom a hazard can be assigned to, who has least to do first.

    `within`: the place that it has to lie in. Errors: NotFound.
    """
    row = find_hazard(actor, hazard_id)
    if rules.DISPATCHER not in relations(actor, row) or not row.place_code.startswith(within):
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
