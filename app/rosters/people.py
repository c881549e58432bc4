"""What the score and the roster need to know of people: a constant number of queries."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from app.core.db import read
from app.core.gathered import gather
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
    """Return people as the score sees them; one query.

    `served` counts shifts of the last 28 days, and those ahead that begin before `until`.
    """
    return persons_told(profiles, gather(*persons_asked(profiles, now, until)))


def persons_asked(profiles: Sequence[Profile], now: datetime, until: datetime) -> tuple[Any, ...]:
    """Return what has to be asked of people; see `persons_told`."""
    ids = [profile.resident_id for profile in profiles]
    homes = {profile.place_code for profile in profiles if profile.place_code}
    return _served(ids, now, until), _last_served(ids, now), _points(homes)


def persons_told(profiles: Sequence[Profile], rows: Sequence[Sequence[Any]]) -> list[Person]:
    """Return people by the rows that answer what was asked."""
    served = {row.resident_id: row.number for row in rows[0]}
    last = {row.resident_id: row.latest for row in rows[1]}
    homes = _points_of(rows[2])
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
            served=served.get(profile.resident_id, 0),
            last_served=last.get(profile.resident_id),
            paused=profile.paused,
        )
        for profile in profiles
    ]


def _served(ids: Collection[int], now: datetime, until: datetime) -> Any:
    since = now - rules.SERVED_WITHIN
    return (
        select(SignUp.resident_id, func.count().label("number"))
        .join(Shift, Shift.id == SignUp.shift_id)
        .where(
            SignUp.resident_id.in_(ids),
            SignUp.state.in_(patrols.CREW),
            Shift.state == patrols.OPEN,
            Shift.starts_at >= since,
            Shift.starts_at < until,
        )
        .group_by(SignUp.resident_id)
    )


def _last_served(ids: Collection[int], now: datetime) -> Any:
    latest = func.max(Shift.ends_at).label("latest")
    return (
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


def _points(codes: Collection[str]) -> Any:
    """Return what asks for the points of places that are small enough to be near something."""
    small = sorted(code for code in codes if len(code) >= LENGTHS[PlaceKind.GRID])
    return select(Place.code, Place.lat, Place.lon).where(Place.code.in_(small))


def _points_of(rows: Sequence[Any]) -> dict[str, Point]:
    return {row.code: Point(row.lat, row.lon) for row in rows if row.lat is not None}


def needs(shifts: Sequence[Any]) -> dict[int, Need]:
    """Return what shifts need, by id; one query."""
    return needs_told(shifts, gather(*needs_asked(shifts)))


def needs_asked(shifts: Sequence[Any]) -> tuple[Any, ...]:
    """Return what has to be asked of shifts; see `needs_told`."""
    ids = {shift.route_id for shift in shifts if shift.route_id is not None}
    routes = select(PatrolRoute.id, PatrolRoute.path).where(PatrolRoute.id.in_(sorted(ids)))
    return routes, _points({shift.place_code for shift in shifts})


def needs_told(shifts: Sequence[Any], rows: Sequence[Sequence[Any]]) -> dict[int, Need]:
    """Return what shifts need, by the rows that answer what was asked."""
    routes, around = {row.id: row.path for row in rows[0]}, _points_of(rows[1])
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


def sign_ups(shift_ids: Collection[int]) -> dict[int, dict[int, str]]:
    """Return who is what to shifts, as state by resident by shift, those who left too."""
    return sign_ups_told(read(sign_ups_asked(shift_ids)))


def sign_ups_asked(shift_ids: Collection[int]) -> Any:
    """Return what asks for it."""
    return select(SignUp.shift_id, SignUp.resident_id, SignUp.state).where(
        SignUp.shift_id.in_(sorted(shift_ids))
    )


def sign_ups_told(rows: Iterable[Any]) -> dict[int, dict[int, str]]:
    """Return the same by its rows."""
    found: dict[int, dict[int, str]] = defaultdict(dict)
    for row in rows:
        found[row.shift_id][row.resident_id] = row.state
    return found
