"""What the score and the roster need to know of people: a constant number of queries."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from app.core.db import read
from app.patrols import rules as patrols
from app.patrols.models import PatrolRoute, Shift, SignUp
from app.places.coordinates import Point
from app.places.models import Place
from app.places.rules import LENGTHS, PlaceKind
from app.rosters import rules
from app.rosters.rules import Need, Person
from app.volunteers.service import Profile

MOST_POINTS = 40
"""Of a route's way so many points are enough to say who lives near it."""


def persons(profiles: Sequence[Profile], now: datetime, until: datetime) -> list[Person]:
    """Return people as the score sees them; three queries.

    `served` counts shifts of the last 28 days, and those ahead that begin before `until`.
    """
    ids = [profile.resident_id for profile in profiles]
    served, last = _served(ids, now, until), _last_served(ids, now)
    homes = _points_of({profile.place_code for profile in profiles if profile.place_code})
    return [
        Person(
            id=profile.resident_id,
            skills=frozenset(profile.skills),
            availability=tuple(
                (time["weekday"], time["from"], time["to"]) for time in profile.availability
            ),
            likes=tuple(profile.likes),
            teams=frozenset(profile.team_ids),
            home_code=profile.place_code,
            home=homes.get(profile.place_code or ""),
            served=served[profile.resident_id],
            last_served=last.get(profile.resident_id),
            paused=profile.paused,
        )
        for profile in profiles
    ]


def _served(ids: Collection[int], now: datetime, until: datetime) -> Counter[int]:
    since = now - rules.SERVED_WITHIN
    mine = select(SignUp.resident_id).join(Shift, Shift.id == SignUp.shift_id)
    rows = read(
        mine.where(
            SignUp.resident_id.in_(ids),
            SignUp.state.in_(patrols.CREW),
            Shift.state == patrols.OPEN,
            Shift.starts_at >= since,
            Shift.starts_at < until,
        )
    )
    return Counter(rows.scalars())


def _last_served(ids: Collection[int], now: datetime) -> dict[int, datetime]:
    latest = func.max(Shift.ends_at).label("latest")
    rows = read(
        select(SignUp.resident_id, latest)
        .join(Shift, Shift.id == SignUp.shift_id)
        .where(
            SignUp.resident_id.in_(ids),
            SignUp.state.in_(patrols.CREW),
            Shift.state == patrols.OPEN,
            Shift.ends_at <= now,
        )
        .group_by(SignUp.resident_id)
    )
    return {row.resident_id: row.latest for row in rows}


def _points_of(codes: Collection[str]) -> dict[str, Point]:
    """Return the points of places that are small enough to be near something."""
    small = sorted(code for code in codes if len(code) >= LENGTHS[PlaceKind.GRID])
    rows = read(select(Place.code, Place.lat, Place.lon).where(Place.code.in_(small)))
    return {row.code: Point(row.lat, row.lon) for row in rows if row.lat is not None}


def needs(shifts: Sequence[Any]) -> dict[int, Need]:
    """Return what shifts need, by id; two queries."""
    routes = _routes({shift.route_id for shift in shifts if shift.route_id is not None})
    around = _points_of({shift.place_code for shift in shifts})
    return {shift.id: _need(shift, routes, around) for shift in shifts}


def _need(shift: Any, routes: Mapping[int, Any], around: Mapping[str, Point]) -> Need:
    points = [Point(*point) for point in routes.get(shift.route_id, ())]
    points = points[:: max(1, len(points) // MOST_POINTS)]
    if shift.lat is not None:
        points.append(Point(shift.lat, shift.lon))
    if not points and shift.place_code in around:
        points = [around[shift.place_code]]
    return Need(
        span=(shift.starts_at, shift.ends_at),
        place_code=shift.place_code,
        points=tuple(points),
        skills=frozenset(shift.skills),
        team_id=shift.team_id,
    )


def _routes(ids: Collection[int]) -> dict[int, list[Any]]:
    rows = read(select(PatrolRoute.id, PatrolRoute.path).where(PatrolRoute.id.in_(sorted(ids))))
    return {row.id: row.path for row in rows}


def sign_ups(shift_ids: Collection[int]) -> dict[int, dict[int, str]]:
    """Return who is what to shifts, as state by resident by shift, those who left too."""
    rows = read(
        select(SignUp.shift_id, SignUp.resident_id, SignUp.state).where(
            SignUp.shift_id.in_(sorted(shift_ids))
        )
    )
    found: dict[int, dict[int, str]] = defaultdict(dict)
    for row in rows:
        found[row.shift_id][row.resident_id] = row.state
    return found
