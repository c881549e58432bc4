"""Patrol routes and their checkpoints: make, change, list, and the codes to print."""

import io
import itertools
import secrets
from collections.abc import Collection, Sequence
from typing import Any

import segno
from sqlalchemy import bindparam, insert, or_, select, update

from app.core import clock, pages
from app.core.access import Actor
from app.core.db import changed_rows, read, unit_of_work, within_any
from app.core.errors import Forbidden, InvalidInput
from app.patrols import rules
from app.patrols.models import Checkpoint, PatrolRoute
from app.patrols.sight import find_route, plans_route
from app.places import rules as place_rules
from app.places.coordinates import Point, distance_m
from app.places.models import Place
from app.volunteers import service as volunteers

Path = Sequence[Sequence[float]]
"""Points one after the other, [lat, lon] each, in degrees, WGS-84."""


@unit_of_work()
def create_route(
    actor: Actor,
    *,
    place_code: str,
    name: str,
    path: Path | None = None,
    checkpoints: Sequence[dict[str, Any]] = (),
) -> dict[str, Any]:
    """Make a route; without a path it goes straight from checkpoint to checkpoint.

    Errors: Forbidden (neither staff there nor leader of a team there), InvalidInput.
    """
    if not plans_route(actor, place_code):
        raise Forbidden
    place_name = read(_PLACE, {"code": place_code}).scalar_one_or_none()
    if place_name is None:
        raise InvalidInput.of("place_code", "unknown_place")
    walked = _walked(path, checkpoints)
    row = {
        "place_code": place_code,
        "place_name": place_name,
        "name": name,
        "path": walked,
        "length_m": length_m(walked),
        "active": True,
        "created_by": actor.resident_id,
        "created_at": clock.now(),
    }
    route_id = int(read(_NEW, row).scalar_one())
    _add_checkpoints(route_id, checkpoints, first=1)
    return show_route(actor, route_id)


_PLACE = select(Place.name).where(Place.code == bindparam("code"))
_NEW = insert(PatrolRoute).returning(PatrolRoute.id)


def _walked(path: Path | None, checkpoints: Sequence[dict[str, Any]]) -> list[list[float]]:
    points = [[float(lat), float(lon)] for lat, lon in path or ()]
    points = points or [[spot["lat"], spot["lon"]] for spot in checkpoints]
    if not points:
        raise InvalidInput.of("path", "required")
    return points


def length_m(path: Path) -> int:
    """Return how long a path is, in metres."""
    points = [Point(*spot) for spot in path]
    return round(sum(distance_m(*leg) for leg in itertools.pairwise(points)))


def _add_checkpoints(route_id: int, checkpoints: Sequence[dict[str, Any]], *, first: int) -> None:
    rows = [
        {
            "route_id": route_id,
            "seq": seq,
            "name": spot["name"],
            "lat": spot["lat"],
            "lon": spot["lon"],
            "radius_m": spot.get("radius_m") or DEFAULT_RADIUS_M,
            "secret": secrets.token_urlsafe(12),
            "retired_at": None,
        }
        for seq, spot in enumerate(checkpoints, first)
    ]
    if rows:
        changed_rows(insert(Checkpoint), rows)


DEFAULT_RADIUS_M = 30


@unit_of_work()
def change_route(
    actor: Actor,
    route_id: int,
    *,
    name: str | None = None,
    path: Path | None = None,
    checkpoints: Sequence[dict[str, Any]] | None = None,
    active: bool | None = None,
) -> dict[str, Any]:
    """Change a route. A checkpoint given with its id stays the same one, with its printed code.

    Checkpoints that are not given any more are retired. Errors: NotFound, Forbidden,
    InvalidInput (an id that is none of this route's).
    """
    row = find_route(actor, route_id)
    if not plans_route(actor, row.place_code):
        raise Forbidden
    values: dict[str, Any] = {}
    if name is not None:
        values["name"] = name
    if active is not None:
        values["active"] = active
    if path is not None:
        values |= {"path": _walked(path, ()), "length_m": length_m(path)}
    if values:
        changed_rows(update(PatrolRoute).where(PatrolRoute.id == route_id).values(**values))
    if checkpoints is not None:
        _replace_checkpoints(route_id, checkpoints)
    return show_route(actor, route_id)


def _replace_checkpoints(route_id: int, checkpoints: Sequence[dict[str, Any]]) -> None:
    known = {spot.id for spot in checkpoints_of(route_id)}
    kept = [spot["id"] for spot in checkpoints if spot.get("id") is not None]
    if len(set(kept)) < len(kept) or not set(kept) <= known:
        raise InvalidInput.of("checkpoints", "unknown_checkpoint")
    gone = Checkpoint.id.in_(sorted(known - set(kept)))
    changed_rows(update(Checkpoint).where(gone).values(retired_at=clock.now()))
    for seq, spot in enumerate(checkpoints, 1):
        if spot.get("id") is None:
            _add_checkpoints(route_id, [spot], first=seq)
            continue
        values = {key: spot[key] for key in ("name", "lat", "lon", "radius_m") if key in spot}
        same = update(Checkpoint).where(Checkpoint.id == spot["id"])
        changed_rows(same.values(seq=seq, **values))


# What one sees


def checkpoints_of(route_id: int) -> list[Any]:
    """Return (id, seq, name, lat, lon, radius_m) of a route's checkpoints, in their order."""
    return list(read(_CHECKPOINTS, {"the_route": route_id}))


_CHECKPOINTS = (
    select(
        Checkpoint.id,
        Checkpoint.seq,
        Checkpoint.name,
        Checkpoint.lat,
        Checkpoint.lon,
        Checkpoint.radius_m,
    )
    .where(Checkpoint.route_id == bindparam("the_route"), Checkpoint.retired_at.is_(None))
    .order_by(Checkpoint.seq, Checkpoint.id)
)


def show_route(actor: Actor, route_id: int) -> dict[str, Any]:
    """Return a route with its checkpoints. Errors: NotFound."""
    row = find_route(actor, route_id)
    spots = [checkpoint_view(spot) for spot in checkpoints_of(route_id)]
    moves = ["edit", "print"] if plans_route(actor, row.place_code) else []
    return _item(row) | {"path": row.path, "checkpoints": spots, "moves": moves}


def _item(row: Any) -> dict[str, Any]:
    return {
        "id": row.id,
        "place_code": row.place_code,
        "place_name": row.place_name,
        "name": row.name,
        "length_m": row.length_m,
        "active": row.active,
    }


def checkpoint_view(row: Any) -> dict[str, Any]:
    """Return a checkpoint without its secret."""
    return {
        "id": row.id,
        "seq": row.seq,
        "name": row.name,
        "lat": row.lat,
        "lon": row.lon,
        "radius_m": row.radius_m,
    }


def list_routes(
    actor: Actor,
    *,
    place: str | None = None,
    cursor: str | None = None,
    limit: int,
) -> dict[str, Any]:
    """Return a page of the routes of the communities where the actor lives, works or leads."""
    codes = [role.place_code for role in actor.roles]
    codes += [team.place_code for team in volunteers.led_by(actor.resident_id)]
    around = tuple(sorted({place_rules.community_of(code) or code for code in codes}))
    found = _ROUTES.where(within_any(PatrolRoute.place_code, around))
    if place:
        above = place_rules.codes_above(place)
        there = within_any(PatrolRoute.place_code, (place,))
        found = found.where(or_(there, PatrolRoute.place_code.in_(above)))
    if after := pages.decode(cursor, int):
        found = found.where(PatrolRoute.id < after[0])
    rows = read(found.order_by(PatrolRoute.id.desc()).limit(limit + 1)).all()
    return pages.page(rows, limit, _item, lambda row: (row.id,))


_ROUTES = select(
    PatrolRoute.id,
    PatrolRoute.place_code,
    PatrolRoute.place_name,
    PatrolRoute.name,
    PatrolRoute.length_m,
    PatrolRoute.active,
)


# Codes


def codes(actor: Actor, route_id: int) -> dict[str, Any]:
    """Return what to print and hang up at each checkpoint. Errors: NotFound, Forbidden."""
    route = find_route(actor, route_id)
    if not plans_route(actor, route.place_code):
        raise Forbidden
    rows = read(_SECRETS, {"the_route": route_id}).all()
    return {
        "route": {"id": route.id, "name": route.name},
        "codes": [
            {
                "checkpoint_id": row.id,
                "seq": row.seq,
                "name": row.name,
                "text": rules.code_text(row.id, row.secret),
                "svg": _svg(rules.code_text(row.id, row.secret)),
            }
            for row in rows
        ],
    }


_SECRETS = (
    select(Checkpoint.id, Checkpoint.seq, Checkpoint.name, Checkpoint.secret)
    .where(Checkpoint.route_id == bindparam("the_route"), Checkpoint.retired_at.is_(None))
    .order_by(Checkpoint.seq, Checkpoint.id)
)


READABLE = "q"
"""A quarter of a printed code may be dirty or torn."""


def _svg(text: str) -> str:
    """Return a QR code as an SVG image; a scratched one still reads (error correction Q)."""
    out = io.BytesIO()
    segno.make_qr(text, error=READABLE).save(out, kind="svg", scale=8, border=4, xmldecl=False)
    return out.getvalue().decode()


def checkpoint_of_code(text: str) -> Any | None:
    """Return the checkpoint that a printed code belongs to, a retired one too, if it is ours.

    Columns: id, route_id, seq, name, lat, lon, radius_m, retired_at.
    """
    parts = rules.read_code(text)
    if parts is None:
        return None
    number, secret = parts
    row = read(_BY_ID, {"the_checkpoint": number}).one_or_none()
    known = row is not None and secrets.compare_digest(row.secret.encode(), secret.encode())
    return row if known else None


_BY_ID = select(*Checkpoint.__table__.columns).where(Checkpoint.id == bindparam("the_checkpoint"))


def checkpoints_by_id(ids: Collection[int]) -> dict[int, Any]:
    """Return checkpoints, retired ones too, by id, in one query."""
    wanted = Checkpoint.id.in_(sorted(set(ids)))
    rows = read(select(*Checkpoint.__table__.columns).where(wanted))
    return {row.id: row for row in rows}
