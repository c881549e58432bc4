"""Who sees which shifts and routes, and what they are to them: the one door to each.

Shifts are for whoever might come, at home there or not, so anybody who is signed in may
read one. Who else is on it, and which way it goes, is another matter: see `Standing`.
"""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Integer, bindparam, select
from sqlalchemy.orm import aliased

from app.core.access import Actor, Permission, RoleKind
from app.core.db import read
from app.core.errors import Forbidden, NotFound
from app.patrols import rules
from app.patrols.models import PatrolRoute, Shift
from app.places import rules as place_rules
from app.residents.models import Resident
from app.volunteers import service as volunteers
from app.volunteers.models import Team

ME = bindparam("me", type_=Integer)
leader = aliased(Resident)
SHIFTS = (
    select(
        *Shift.__table__.columns,
        Team.name.label("team_name"),
        leader.name.label("leader_name"),
    )
    .outerjoin(Team, Team.id == Shift.team_id)
    .outerjoin(leader, leader.id == Shift.leader_id)
)
_ONE = SHIFTS.where(Shift.id == bindparam("shift_id"))


class Standing(NamedTuple):
    """What somebody is to a shift.

    `leads`: its leader, a leader of its team, or who plans there. `plans`: may change and
    cancel it. `at_home`: lives or works in its community.
    """

    leads: bool
    plans: bool
    at_home: bool


def find_shift(actor: Actor, shift_id: int) -> Any:
    """Return the row of one shift, with `team_name` and `leader_name`. Errors: NotFound."""
    del actor  # whoever is signed in may read it
    return find_for_system(shift_id)


def find_for_system(shift_id: int) -> Any:
    """Return the row of one shift, whoever asks. Errors: NotFound."""
    row = read(_ONE, {"shift_id": shift_id}).one_or_none()
    if row is None:
        raise NotFound
    return row


def standing(actor: Actor, shift: Any) -> Standing:
    """Return what somebody is to a shift; at most one query."""
    plans = volunteers.may_plan(actor, shift.place_code, shift.team_id)
    leads = plans or shift.leader_id == actor.resident_id
    return Standing(leads, plans, is_at_home(actor, shift.place_code))


def leads(actor: Actor, shift: Any) -> bool:
    """Whether somebody leads a shift: its leader, a leader of its team, or who plans there."""
    mine: bool = shift.leader_id == actor.resident_id
    return mine or volunteers.may_plan(actor, shift.place_code, shift.team_id)


def is_at_home(actor: Actor, place_code: str) -> bool:
    """Whether any role of somebody's is held in the community of a place, or around it."""
    community = place_rules.community_of(place_code) or place_code
    return any(
        role.place_code.startswith(community) or community.startswith(role.place_code)
        for role in actor.roles
    )


def is_resident(actor_codes: set[str], place_code: str) -> bool:
    """Whether somebody with confirmed homes in these communities lives where a shift walks."""
    return any(place_code.startswith(code) or code.startswith(place_code) for code in actor_codes)


def home_codes(actor: Actor) -> set[str]:
    """Return the communities in which somebody's home is confirmed."""
    return {role.place_code for role in actor.roles if role.kind == RoleKind.RESIDENT}


def require_planner(actor: Actor, place_code: str, team_id: int | None) -> None:
    """Refuse who may not plan there. Errors: Forbidden."""
    if not volunteers.may_plan(actor, place_code, team_id):
        raise Forbidden


def require_leader(actor: Actor, shift: Any) -> None:
    """Refuse who does not lead a shift. Errors: Forbidden."""
    if not leads(actor, shift):
        raise Forbidden


def find_route(actor: Actor, route_id: int) -> Any:
    """Return the row of one patrol route: for who lives or works there, or leads a team there.

    Errors: NotFound.
    """
    row = read(_ROUTE, {"route_id": route_id}).one_or_none()
    if row is None or not sees_route(actor, row.place_code):
        raise NotFound
    return row


_ROUTE = select(*PatrolRoute.__table__.columns).where(PatrolRoute.id == bindparam("route_id"))


def sees_route(actor: Actor, place_code: str) -> bool:
    """Whether somebody may know which way the patrols of a place go."""
    return is_at_home(actor, place_code) or any(
        place_code.startswith(team.place_code) or team.place_code.startswith(place_code)
        for team in volunteers.led_by(actor.resident_id)
    )


def plans_route(actor: Actor, place_code: str) -> bool:
    """Whether somebody may make and change the routes of a place: staff, and leaders of teams."""
    return actor.reaches(Permission.SHIFT_PLAN, place_code) or any(
        place_code.startswith(team.place_code) for team in volunteers.led_by(actor.resident_id)
    )


def seat_facts(
    shift: Any,
    now: datetime,
    *,
    joined_at: datetime | None = None,
    sought: bool = False,
    free: bool | None = None,
    offer_expires_at: datetime | None = None,
) -> rules.Seat:
    """Return what the table of moves asks of a shift and somebody's place in it."""
    stands = shift.state == rules.OPEN
    if free is None:
        free = shift.taken < shift.capacity and not shift.waiting
    return rules.Seat(
        coming=stands and now < shift.starts_at,
        standing=stands and now < shift.ends_at,
        free=free,
        freely=rules.leaves_freely(now, shift.starts_at, joined_at, shift.moved_at),
        sought=sought,
        running=offer_expires_at is not None and now < offer_expires_at,
    )
