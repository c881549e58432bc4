"""What a phone sent of a check-in, and what it says: when, where, and by which code."""

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import orjson

from app.core.errors import InvalidInput
from app.patrols import rules as patrol_rules
from app.places import rules as place_rules
from app.places import service as places
from app.places.coordinates import Point
from app.rounds import codes, plausibility, rules
from app.rounds.sight import Standing, Way

DELAY = timedelta(seconds=10)
"""A difference of clocks up to this is the time that the message took."""
AROUND_M = 1500
"""Without a route: who is farther than this from the middle of the place is not at it."""
JUST_OUTSIDE = float(rules.MOST_ACCURATE_M) + 1
"""Nothing that is granted makes up for this, and nobody is suspicious for it."""


def fingerprint(shift_id: int, item: Mapping[str, Any]) -> str:
    """Return the same for the same check-in, whenever it is sent."""
    said = {name: value for name, value in item.items() if name != "sent_at"}
    body = orjson.dumps([shift_id, said], option=orjson.OPT_SORT_KEYS)
    return hashlib.sha256(body).hexdigest()


def corrected(at: datetime, sent_at: datetime | None, received_at: datetime) -> datetime:
    """Return a moment of the phone's clock by ours: both know when the message was sent."""
    skew = sent_at - received_at if sent_at else timedelta()
    return (at if abs(skew) <= DELAY else at - skew).replace(microsecond=0)


def as_row(
    standing: Standing, way: Way, item: Mapping[str, Any], *, now: datetime, kept: bool
) -> dict[str, Any]:
    """Return a check-in as it is stored. `kept`: whether its position may be.

    Errors: InvalidInput (no such checkpoint on this round's route).
    """
    at = corrected(item["at"], item.get("sent_at"), now)
    kind, step, scanned = _code(standing, way, item.get("code"))
    checkpoint = scanned or _named(way, item.get("checkpoint_id"))
    point = _point(item)
    accuracy = item.get("accuracy")
    granted = min(accuracy or 0.0, rules.MOST_ACCURATE_M)
    beyond = None
    if point:
        misses, nearest = _nearest(standing, way, item["kind"], checkpoint, point)
        beyond = round(misses - granted, 1)
        if item["kind"] == rules.CHECKPOINT and beyond <= 0:
            checkpoint = checkpoint or nearest
    proved = kind
    if kind == rules.ROTATING and step is not None and codes.steps_off(step, at):
        proved = rules.NO_CODE
    return {
        "shift_id": standing.shift.id,
        "client_uuid": item["client_uuid"],
        "fingerprint": fingerprint(standing.shift.id, item),
        "kind": item["kind"],
        "checkpoint_id": checkpoint.id if checkpoint else None,
        "device_at": item["at"],
        "sent_at": item.get("sent_at"),
        "received_at": now,
        "at": at,
        "lat": point.lat if point and kept else None,
        "lon": point.lon if point and kept else None,
        "accuracy_m": accuracy,
        "beyond_m": beyond,
        "code_kind": kind,
        "code_step": step,
        "evidence": rules.proves(proved, in_place=beyond is not None and beyond <= 0),
    }


def _code(standing: Standing, way: Way, text: str | None) -> tuple[str, int | None, Any]:
    """Return what kind of code was scanned, its step, and its checkpoint."""
    if not text:
        return rules.NO_CODE, None, None
    rotating = codes.read(text)
    if rotating:
        if rotating.shift_id != standing.shift.id:
            return rules.WRONG, None, None
        return rules.OWN_CODE if standing.leads else rules.ROTATING, rotating.step, None
    printed = patrol_rules.read_code(text)
    found = [c for c in way.checkpoints if (c.id, c.secret) == printed]
    return (rules.STATIC, None, found[0]) if found else (rules.WRONG, None, None)


def _named(way: Way, checkpoint_id: int | None) -> Any:
    if checkpoint_id is None:
        return None
    found = [checkpoint for checkpoint in way.checkpoints if checkpoint.id == checkpoint_id]
    if not found:
        raise InvalidInput.of("checkpoint_id", "unknown_checkpoint")
    return found[0]


def _point(item: Mapping[str, Any]) -> Point | None:
    lat, lon = item.get("lat"), item.get("lon")
    return None if lat is None or lon is None else Point(lat, lon)


def _nearest(
    standing: Standing, way: Way, kind: str, checkpoint: Any, point: Point
) -> tuple[float, Any]:
    """Return by how many metres a check-in misses where it belongs, and that checkpoint if any.

    A start and an end belong anywhere on the way, for one meets where it suits.
    """
    open_ones = [c for c in way.checkpoints if c.retired_at is None]
    at = [checkpoint] if checkpoint else open_ones
    found: list[tuple[float, Any]] = [
        (plausibility.metres(c.lat, c.lon, point.lat, point.lon) - c.radius_m, c) for c in at
    ]
    if kind != rules.CHECKPOINT and way.path:
        away = plausibility.from_path(point.lat, point.lon, way.path)
        found.append((away - rules.ROUTE_RADIUS_M, None))
    if not found:
        return _beyond_the_place(standing.shift.place_code, point), None
    return min(found, key=lambda pair: pair[0])


def _beyond_the_place(place_code: str, point: Point) -> float:
    """Return the same where a shift has no route: its place will do.

    Within it nothing is missing; elsewhere in the community little.
    """
    [grid] = places.locate_many([point])
    if grid and grid.code.startswith(place_code):
        return 0.0
    if grid and grid.community_code == place_rules.community_of(place_code):
        return JUST_OUTSIDE
    middle = places.get_place(place_code)
    if middle["lat"] is None:
        return JUST_OUTSIDE
    away = plausibility.metres(middle["lat"], middle["lon"], point.lat, point.lon)
    return max(JUST_OUTSIDE, round(away - AROUND_M, 1))
