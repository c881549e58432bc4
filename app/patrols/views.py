"""What one sees of shifts: the list, one shift, one's offers. Rows, not entities."""

import math
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, bindparam, or_, select
from sqlalchemy.sql import ColumnElement

from app.core import clock, pages
from app.core.access import Actor
from app.core.db import read, within
from app.core.states import open_moves
from app.patrols import beats, rules, swaps
from app.patrols.models import Offer, PatrolRoute, Shift, SignUp
from app.patrols.sight import SHIFTS, Standing, find_shift, seat_facts, standing
from app.places import rules as place_rules
from app.places.coordinates import Point, distance_m
from app.residents.models import Resident

NEAR_METRES = 5000.0
METRES_A_DEGREE = 111_320.0
"""Of latitude; of longitude it is this times the cosine of the latitude."""

_mine = SignUp.__table__.alias("mine")
LIVE = (rules.WAITING, *rules.HOLDING)


# The list


def list_shifts(
    actor: Actor,
    *,
    limit: int,
    cursor: str | None = None,
    begin: datetime | None = None,
    end: datetime | None = None,
    place: str | None = None,
    mine: bool = False,
    open: bool = False,  # noqa: A002 the query's own name
    near: tuple[float, float] | None = None,
) -> dict[str, Any]:
    """Return a page of shifts by their start, from now on unless `begin` says otherwise.

    `begin`, `end`: shifts of which any part lies between. `place`: of that place, within it,
    or of the community around it. `mine`: where the actor is on, waits, or leads. `open`:
    with places left. `near`: (lat, lon) in degrees, WGS-84; within 5 km.
    """
    me, now = actor.resident_id, clock.now()
    found = _list(me, begin or now, end)
    found = found.where(_whose(me)) if mine else found.where(_shown())
    if place:
        found = found.where(_at(place))
    if open:
        free = (Shift.state == rules.OPEN) & (Shift.taken < Shift.capacity)
        found = found.where(free, Shift.starts_at > now)
    if near:
        found = found.where(_around(*near))
    if after := pages.decode(cursor, datetime, int):
        later = and_(Shift.starts_at == after[0], Shift.id > after[1])
        found = found.where(or_(Shift.starts_at > after[0], later))
    rows = read(found.order_by(Shift.starts_at, Shift.id).limit(limit + 1)).all()
    spot = Point(*near) if near else None
    return pages.page(
        rows,
        limit,
        lambda row: item_view(row, mine=row.mine, spot=spot),
        lambda row: (row.starts_at, row.id),
    )


def _list(me: int, begin: datetime, end: datetime | None) -> Select[Any]:
    found = SHIFTS.add_columns(_mine.c.state.label("mine")).outerjoin(
        _mine, and_(_mine.c.shift_id == Shift.id, _mine.c.resident_id == me)
    )
    # What ends after `begin` cannot have begun long before it: an index serves that.
    found = found.where(Shift.ends_at > begin, Shift.starts_at > begin - rules.LONGEST)
    return found.where(Shift.starts_at < end) if end else found


def _whose(me: int) -> ColumnElement[bool]:
    return or_(_mine.c.state.in_(LIVE), Shift.leader_id == me)


def _shown() -> ColumnElement[bool]:
    """Whether a shift stands in the list: a cancelled one only for who was on it."""
    return or_(Shift.state == rules.OPEN, _mine.c.state.in_(LIVE))


def _at(place: str) -> ColumnElement[bool]:
    community = place_rules.community_of(place)
    around = [
        code for code in place_rules.codes_above(place) if community and len(code) >= len(community)
    ]
    return or_(within(Shift.place_code, place), Shift.place_code.in_(around))


def _around(lat: float, lon: float) -> ColumnElement[bool]:
    high = NEAR_METRES / METRES_A_DEGREE
    wide = high / max(math.cos(math.radians(lat)), 0.01)
    return and_(
        Shift.lat.between(lat - high, lat + high), Shift.lon.between(lon - wide, lon + wide)
    )


def item_view(row: Any, *, mine: str | None, spot: Point | None = None) -> dict[str, Any]:
    """Return a shift as a line of a list."""
    left = row.capacity - row.taken if row.state == rules.OPEN else 0
    return {
        "id": row.id,
        "title": row.title,
        "place_code": row.place_code,
        "place_name": row.place_name,
        "route_id": row.route_id,
        "team": {"id": row.team_id, "name": row.team_name or ""} if row.team_id else None,
        "leader": {"id": row.leader_id, "name": row.leader_name} if row.leader_id else None,
        "starts_at": row.starts_at,
        "ends_at": row.ends_at,
        "capacity": row.capacity,
        "minimum": row.minimum,
        "taken": row.taken,
        "places_left": left,
        "waiting": row.waiting,
        "skills": row.skills,
        "residence_required": row.residence_required,
        "state": row.state,
        "mine": mine,
        "lat": row.lat,
        "lon": row.lon,
        "distance_m": _distance(row, spot),
    }


def _distance(row: Any, spot: Point | None) -> int | None:
    if spot is None or row.lat is None or row.lon is None:
        return None
    return round(distance_m(spot, Point(row.lat, row.lon)))


# One shift


class Seated(NamedTuple):
    """Somebody's sign-up, with their name and, if they have one, their open offer."""

    resident_id: int
    name: str
    state: str
    turn: int | None
    joined_at: datetime | None
    offer_id: int | None
    expires_at: datetime | None


def show_shift(actor: Actor, shift_id: int) -> dict[str, Any]:
    """Return a shift as somebody sees it, with the moves open to them. Errors: NotFound.

    Who is on it: for the crew, who leads it, and who plans there. The way it goes: for
    these, and for who lives or works in the community. Others see numbers.
    """
    shift, now = find_shift(actor, shift_id), clock.now()
    held = standing(actor, shift)
    seats = _seats(shift_id)
    mine = next((seat for seat in seats if seat.resident_id == actor.resident_id), None)
    inside = held.leads or (mine is not None and mine.state in rules.HOLDING)
    return {
        **item_view(shift, mine=mine.state if mine else None),
        "words": shift.words,
        "cancel_reason": shift.cancel_reason,
        "version": shift.version,
        "sequence": shift.sequence,
        "night": rules.is_night((shift.starts_at, shift.ends_at)),
        "cut_off_at": shift.starts_at - rules.CUT_OFF,
        "seeking": sum(seat.state == rules.SEEKING for seat in seats),
        "route": _route(shift.route_id, whole=inside or held.at_home),
        "crew": [_crew_view(seat, shift) for seat in seats if _is_shown(seat, held, inside)],
        "my": _my(actor, shift, mine, seats, now),
        "leads": held.leads,
        "moves": _moves(shift, mine, seats, held, now),
    }


def _seats(shift_id: int) -> list[Seated]:
    """Return who is on a shift, is offered a seat, or waits: by their turn, the crew first."""
    rows = (Seated(*tuple(row)) for row in read(_SEATS, {"the_shift": shift_id}))
    order = {state: place for place, state in enumerate((*rules.CREW, rules.OFFERED))}
    return sorted(rows, key=lambda seat: (order.get(seat.state, len(order)), seat.turn or 0))


_SEATS = (
    select(
        SignUp.resident_id,
        Resident.name,
        SignUp.state,
        SignUp.turn,
        SignUp.joined_at,
        Offer.id.label("offer_id"),
        Offer.expires_at,
    )
    .join(Resident, Resident.id == SignUp.resident_id)
    .outerjoin(Offer, and_(Offer.signup_id == SignUp.id, Offer.state == "open"))
    .where(
        SignUp.shift_id == bindparam("the_shift"),
        SignUp.state.in_((*LIVE, rules.REMOVED)),
    )
    .order_by(SignUp.joined_at, SignUp.id)
)


def _is_shown(seat: Seated, held: Standing, inside: bool) -> bool:
    """Whether somebody sees a line of the crew: leaders also see who waits."""
    if held.leads:
        return seat.state in LIVE
    return inside and seat.state in rules.CREW


def _crew_view(seat: Seated, shift: Any) -> dict[str, Any]:
    return {
        "resident_id": seat.resident_id,
        "name": seat.name,
        "state": seat.state,
        "leader": seat.resident_id == shift.leader_id,
    }


def _route(route_id: int | None, *, whole: bool) -> dict[str, Any] | None:
    if route_id is None:
        return None
    row = read(_ROUTE, {"the_route": route_id}).one()
    spots = beats.checkpoints_of(route_id) if whole else []
    return {
        "id": row.id,
        "name": row.name,
        "length_m": row.length_m,
        "path": row.path if whole else [],
        "checkpoints": [beats.checkpoint_view(spot) for spot in spots],
    }


_ROUTE = select(PatrolRoute.id, PatrolRoute.name, PatrolRoute.length_m, PatrolRoute.path).where(
    PatrolRoute.id == bindparam("the_route")
)


def _my(
    actor: Actor, shift: Any, mine: Seated | None, seats: list[Seated], now: datetime
) -> dict[str, Any]:
    position = None
    if mine is not None and mine.state == rules.WAITING:
        before = (seat for seat in seats if seat.state == rules.WAITING)
        position = sum((seat.turn or 0) <= (mine.turn or 0) for seat in before)
    running = mine is not None and mine.offer_id and mine.expires_at and mine.expires_at > now
    offer = {"id": mine.offer_id, "expires_at": mine.expires_at} if mine and running else None
    return {
        "state": mine.state if mine else None,
        "position": position,
        "joined_at": mine.joined_at if mine else None,
        "offer": offer,
        "swaps": swaps.open_for(actor.resident_id, shift.id, now),
    }


def _moves(
    shift: Any, mine: Seated | None, seats: list[Seated], held: Standing, now: datetime
) -> list[str]:
    """Return the names of the moves open to somebody; clients draw their buttons from them."""
    state = mine.state if mine else rules.NOBODY
    me = mine.resident_id if mine else 0
    facts = seat_facts(
        shift,
        now,
        joined_at=mine.joined_at if mine else None,
        sought=any(s.state == rules.SEEKING and s.resident_id != me for s in seats),
        offer_expires_at=mine.expires_at if mine else None,
    )
    found = [m.name for m in open_moves(rules.MOVES, facts, state, {rules.VOLUNTEER})]
    if state in rules.CREW:
        found += ["swap"] if facts.coming else []
        around = (
            shift.starts_at - rules.CHECK_IN_BEFORE <= now < shift.ends_at + rules.CHECK_IN_AFTER
        )
        found += ["check_in"] if around and shift.state == rules.OPEN else []
    if held.leads:
        found += ["lead"]
        found += ["cancel", "remove"] if facts.standing else []
    if held.plans and facts.standing:
        found += ["edit", "call_out"]
    return found


# Offers


def list_offers(actor: Actor, *, cursor: str | None = None, limit: int) -> dict[str, Any]:
    """Return a page of the seats that are held for the actor, newest first."""
    found = _OFFERS.where(
        Offer.resident_id == actor.resident_id,
        Offer.state == "open",
        Offer.expires_at > clock.now(),
    )
    if after := pages.decode(cursor, int):
        found = found.where(Offer.id < after[0])
    rows = read(found.order_by(Offer.id.desc()).limit(limit + 1)).all()
    return pages.page(rows, limit, _offer_view, lambda row: (row.offer_id,))


_OFFERS = (
    SHIFTS.add_columns(
        SignUp.state.label("mine"),
        Offer.id.label("offer_id"),
        Offer.made_at,
        Offer.expires_at,
    )
    .join(Offer, Offer.shift_id == Shift.id)
    .join(SignUp, SignUp.id == Offer.signup_id)
)


def _offer_view(row: Any) -> dict[str, Any]:
    return {
        "id": row.offer_id,
        "made_at": row.made_at,
        "expires_at": row.expires_at,
        "shift": item_view(row, mine=row.mine),
    }
