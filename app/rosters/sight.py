"""Who plans what: the one door to templates, proposed rosters, and shifts to be planned."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from app.core import audit
from app.core.access import Actor, Permission
from app.core.db import read, within_any
from app.core.errors import NotFound
from app.patrols import sight as patrols
from app.patrols.models import PatrolRoute, Shift
from app.places import service as places
from app.residents.models import Resident
from app.rosters.models import RosterProposal, ShiftTemplate
from app.volunteers import service as volunteers
from app.volunteers.models import Team

_leader = aliased(Resident)
_decider = aliased(Resident)
TEMPLATES: Select[Any] = (
    select(
        *ShiftTemplate.__table__.columns,
        PatrolRoute.name.label("route_name"),
        Team.name.label("team_name"),
        _leader.name.label("leader_name"),
    )
    .outerjoin(PatrolRoute, PatrolRoute.id == ShiftTemplate.route_id)
    .outerjoin(Team, Team.id == ShiftTemplate.team_id)
    .outerjoin(_leader, _leader.id == ShiftTemplate.leader_id)
)
PROPOSALS: Select[Any] = (
    select(
        *RosterProposal.__table__.columns,
        _leader.name.label("author"),
        _decider.name.label("decider"),
    )
    .join(_leader, _leader.id == RosterProposal.created_by)
    .outerjoin(_decider, _decider.id == RosterProposal.decided_by)
)


def place_name(place_code: str) -> str:
    """Return what a place is called. Errors: NotFound."""
    found = places.names_of([place_code]).get(place_code)
    if found is None:
        raise NotFound
    return found


def find_template(actor: Actor, template_id: int) -> Any:
    """Return the row of one template that the actor plans by. Errors: NotFound."""
    row = read(TEMPLATES.where(ShiftTemplate.id == template_id)).one_or_none()
    if row is None or not volunteers.may_plan(actor, row.place_code, row.team_id):
        raise NotFound
    return row


def find_proposal(actor: Actor, proposal_id: int) -> Any:
    """Return the row of one roster of a place where the actor is staff. Errors: NotFound."""
    row = read(_PROPOSAL, {"proposal_id": proposal_id}).one_or_none()
    if row is None or not actor.reaches(Permission.SHIFT_PLAN, row.place_code):
        raise NotFound
    audit.note(place_code=row.place_code)
    return row


_PROPOSAL = PROPOSALS.where(RosterProposal.id == bindparam("proposal_id"))


def find_shift(actor: Actor, shift_id: int) -> Any:
    """Return the row of one shift that the actor may plan.

    Errors: NotFound; Forbidden, for anybody may see that there is a shift.
    """
    row = patrols.find_shift(actor, shift_id)
    patrols.require_planner(actor, row.place_code, row.team_id)
    return row


def planned_by(
    actor: Actor, model: type[Shift | ShiftTemplate], place: str | None
) -> ColumnElement[bool]:
    """Whether a row is of a place where the actor is staff, or of a team that they lead.

    `place`: only within it. Errors: NotFound (no such place, or nothing there to plan).
    """
    codes = actor.codes(Permission.SHIFT_PLAN)
    teams = volunteers.led_by(actor.resident_id)
    if place is not None:
        place_name(place)
        codes = narrowed(codes, place)
        teams = [team for team in teams if narrowed((team.place_code,), place)]
        if not codes and not teams:
            raise NotFound
    column: InstrumentedAttribute[str] = model.place_code
    led = [
        (model.team_id == team.id) & within_any(column, narrowed((team.place_code,), place))
        for team in teams
    ]
    return or_(within_any(column, codes), *led)


def narrowed(codes: Sequence[str], place: str | None) -> tuple[str, ...]:
    """Return what of some places lies within another one: they themselves, or it."""
    if place is None:
        return tuple(codes)
    return tuple(
        {
            max(code, place, key=len)
            for code in codes
            if code.startswith(place) or place.startswith(code)
        }
    )


def ref(number: int | None, name: str | None) -> dict[str, Any] | None:
    """Return something with a name as clients see it."""
    return None if number is None else {"id": number, "name": name}
