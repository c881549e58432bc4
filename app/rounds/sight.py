"""Who sees which rounds, and what they are to them: the one door to each.

A round is its crew's, its leader's and the staff's of its place. To everybody else there
is none, though anybody may know of the shift.
"""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, bindparam, select

from app.core.access import Actor, RoleKind
from app.core.db import read
from app.core.errors import Conflict, Forbidden, NotFound
from app.patrols import rules as patrol_rules
from app.patrols import sight as patrols
from app.patrols.models import Checkpoint, PatrolRoute, SignUp
from app.residents import service as residents
from app.residents.models import Resident
from app.rounds import rules
from app.rounds.models import Attendance
from app.volunteers import service as volunteers


class NotOnThisRound(Forbidden):
    """Only who walks a round checks in on it."""

    code = "not_on_this_round"


class RoundNotYours(Forbidden):
    """Only who leads a round does this."""

    code = "round_not_yours"


class AboutYourself(Forbidden):
    """Nobody attests or judges themselves."""

    code = "about_yourself"


class RoundNotOpen(Conflict):
    """It is too early or too late, or the shift is cancelled."""

    code = "round_not_open"


class Standing(NamedTuple):
    """A round's shift, and what somebody is to it: walks it, leads it, or both.

    `attendance_id`: of who has checked in before, or of whom somebody attested something.
    """

    shift: Any
    walks: bool
    leads: bool
    attendance_id: int | None

    @property
    def span(self) -> rules.Span:
        """Return when the shift begins and ends."""
        return span_of(self.shift)


def span_of(shift: Any) -> rules.Span:
    """Return when a shift begins and ends."""
    return rules.Span(shift.starts_at, shift.ends_at)


def find_round(actor: Actor, shift_id: int) -> Standing:
    """Return a round that the actor may see, and what they are to it: the only door.

    Errors: NotFound.
    """
    shift = patrols.find_for_system(shift_id)
    mine = read(_MINE, {"the_shift": shift_id, "me": actor.resident_id}).one()
    seen = mine.attendance_id is not None and mine.state != patrol_rules.REMOVED
    crew = mine.state in patrol_rules.CREW or seen
    walks = crew or shift.leader_id == actor.resident_id
    leads = patrols.leads(actor, shift)
    if not (walks or leads):
        raise NotFound
    return Standing(shift, walks, leads, mine.attendance_id)


_THE_SHIFT: BindParameter[int] = bindparam("the_shift")
_ME: BindParameter[int] = bindparam("me")
_MINE = select(
    select(SignUp.state)
    .where(SignUp.shift_id == _THE_SHIFT, SignUp.resident_id == _ME)
    .scalar_subquery()
    .label("state"),
    select(Attendance.id)
    .where(Attendance.shift_id == _THE_SHIFT, Attendance.resident_id == _ME)
    .scalar_subquery()
    .label("attendance_id"),
)


def require_leading(standing: Standing) -> None:
    """Refuse who does not lead. Errors: RoundNotYours."""
    if not standing.leads:
        raise RoundNotYours


def require_walking(standing: Standing) -> None:
    """Refuse who does not walk. Errors: NotOnThisRound, RoundNotOpen (it is cancelled)."""
    if not standing.walks:
        raise NotOnThisRound
    require_taking_place(standing.shift)


def require_taking_place(shift: Any) -> None:
    """Refuse a cancelled shift. Errors: RoundNotOpen."""
    if shift.state != patrol_rules.OPEN:
        raise RoundNotOpen


def require_another(actor: Actor, resident_id: int) -> None:
    """Refuse who speaks of themselves. Errors: AboutYourself."""
    if actor.resident_id == resident_id:
        raise AboutYourself


def require_time(now: datetime, opens: datetime, closes: datetime) -> None:
    """Refuse what comes too early or too late. Errors: RoundNotOpen."""
    if not opens <= now <= closes:
        raise RoundNotOpen


def crew_of(shift: Any) -> list[Any]:
    """Return (resident_id, name) of who has a seat, and of a leader who has none but walked."""
    return list(read(CREW, {"the_shift": shift.id}))


CREW = (
    select(SignUp.resident_id, Resident.name)
    .join(Resident, Resident.id == SignUp.resident_id)
    .where(SignUp.shift_id == _THE_SHIFT, SignUp.state.in_(patrol_rules.CREW))
    .order_by(SignUp.resident_id)
)


def leaders_to_tell(shift: Any) -> set[int]:
    """Return who leads a shift day by day: its leader, else its team's leaders, else staff."""
    if shift.leader_id is not None:
        return {shift.leader_id}
    leaders = {row.id for row in volunteers.leaders(shift.team_id)} if shift.team_id else set()
    return leaders or staff_of(shift.place_code)


def staff_of(place_code: str) -> set[int]:
    """Return the grid workers and the committee in charge of a place, not of a part of it."""
    kinds = (RoleKind.GRID_WORKER, RoleKind.COMMITTEE)
    found = (holder for kind in kinds for holder in residents.holders_within(kind, place_code))
    return {holder.id for holder in found if place_code.startswith(holder.place_code)}


class Way(NamedTuple):
    """A shift's route: its line and its checkpoints in order; both empty without a route."""

    name: str | None
    path: list[list[float]]
    checkpoints: list[Any]


def way_of(shift: Any) -> Way:
    """Return the route of a shift, with what its checkpoints' codes say."""
    if shift.route_id is None:
        return Way(None, [], [])
    asked = {"the_route": shift.route_id}
    route = read(ROUTE, asked).one()
    return Way(route.name, route.path, list(read(CHECKPOINTS, asked)))


ROUTE = select(PatrolRoute.name, PatrolRoute.path).where(PatrolRoute.id == bindparam("the_route"))
CHECKPOINTS = (
    select(
        Checkpoint.id,
        Checkpoint.seq,
        Checkpoint.name,
        Checkpoint.lat,
        Checkpoint.lon,
        Checkpoint.radius_m,
        Checkpoint.secret,
        Checkpoint.retired_at,
    )
    .where(Checkpoint.route_id == bindparam("the_route"))
    .order_by(Checkpoint.seq, Checkpoint.id)
)
