"""Who sees which hazards, and what they are to them: the one door to each."""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Integer, Select, and_, bindparam, false, or_, select
from sqlalchemy.orm import aliased
from sqlalchemy.sql import ColumnElement

from app.core.access import BY_ROLE, Actor, Permission, Role, RoleKind
from app.core.db import read, within
from app.core.errors import NotFound
from app.core.states import open_moves
from app.hazards import rules
from app.hazards.models import Hazard, HazardCategory
from app.photos.models import Photo
from app.places import rules as place_rules
from app.residents.models import Resident

_reporter = aliased(Resident)
_assignee = aliased(Resident)
_columns = tuple(Hazard.__table__.columns)
_DETAIL = (
    select(
        *_columns,
        HazardCategory.name_zh,
        HazardCategory.name_en,
        HazardCategory.clock,
        HazardCategory.limit,
        _reporter.name.label("reporter_name"),
        _reporter.sealed_phone.label("reporter_phone"),
        _assignee.name.label("assignee_name"),
        _assignee.sealed_phone.label("assignee_phone"),
        Photo.check_state.label("first_photo_state"),
    )
    .join(HazardCategory, HazardCategory.code == Hazard.category)
    .join(_reporter, _reporter.id == Hazard.reporter_id)
    .outerjoin(_assignee, _assignee.id == Hazard.assignee_id)
    .outerjoin(Photo, Photo.id == Hazard.first_photo_id)
    .where(Hazard.id == bindparam("hazard_id"))
)
ME = bindparam("me", type_=Integer)
"""The caller's id. Statements are built once and kept: building one costs more than running it.
What varies from call to call is a parameter; by what they are built is the key they are kept by."""

COMMUNITY_LENGTH = place_rules.LENGTHS["community"]
KEPT = 512
"""So many statements of each kind: as many as there are sets of roles in busy use."""


class Sight(NamedTuple):
    """Within which place codes somebody sees hazards, as staff and as a neighbour."""

    staff: tuple[str, ...]
    neighbour: tuple[str, ...]


def sight_of(actor: Actor) -> Sight:
    """Return within which places an actor sees hazards."""
    neighbour = (role.place_code for role in actor.roles if role.kind == RoleKind.RESIDENT)
    return Sight(actor.codes(Permission.HAZARD_DISPATCH), tuple(neighbour))


def in_places(codes: Sequence[str]) -> ColumnElement[bool]:
    """Whether a hazard lies within one of the places, by whichever column has the index."""
    return any_of([in_place(code) for code in codes])


def in_place(code: str) -> ColumnElement[bool]:
    """Whether a hazard lies within a place."""
    if len(code) == COMMUNITY_LENGTH:
        return Hazard.community_code == code
    return within(Hazard.place_code, code)


def any_of(conditions: Sequence[ColumnElement[bool]]) -> ColumnElement[bool]:
    """Whether any condition holds; of none, none does."""
    # A `false OR` in front would keep SQLite from using an index.
    return or_(*conditions) if conditions else false()


def seen_through_places(sight: Sight) -> ColumnElement[bool]:
    """Whether a place shows a hazard: staff see all, neighbours the living."""
    shown = Hazard.state.not_in(rules.CAME_TO_NOTHING)
    as_staff = [in_place(code) for code in sight.staff]
    as_neighbour = [and_(in_place(code), shown) for code in sight.neighbour]
    return any_of(as_staff + as_neighbour)


def seen_by(sight: Sight) -> ColumnElement[bool]:
    """Whether the caller, `me`, may see a hazard at all."""
    own = (Hazard.reporter_id == ME, *handed_to_me(sight.staff))
    return or_(*own, seen_through_places(sight))


def handed_to_me(staff: Sequence[str]) -> list[ColumnElement[bool]]:
    """Return by what a grid's staff see cases of other grids: those handed to them.

    Only within their community. Who is staff of all of it sees them anyway, and a
    condition more would keep the database from walking the one index that serves.
    """
    grids = [code for code in staff if len(code) > COMMUNITY_LENGTH]
    if not grids:
        return []
    communities = sorted({code[:COMMUNITY_LENGTH] for code in grids})
    return [and_(Hazard.assignee_id == ME, Hazard.community_code.in_(communities))]


@lru_cache(KEPT)
def _one_seen_by(sight: Sight) -> Select[Any]:
    return _DETAIL.where(seen_by(sight))


def find_hazard(actor: Actor, hazard_id: int) -> Any:
    """Return the row of one hazard that the actor may see: the only door. Errors: NotFound."""
    asked = {"hazard_id": hazard_id, "me": actor.resident_id}
    row = read(_one_seen_by(sight_of(actor)), asked).one_or_none()
    if row is None:
        raise NotFound
    return row


def find_for_system(hazard_id: int) -> Any:
    """Return the row of one hazard, whoever asks: for jobs, and for who came through the door."""
    return read(_DETAIL, {"hazard_id": hazard_id}).one()


def relations(actor: Actor, row: Any) -> frozenset[str]:
    """Return what the actor is to a hazard, in the words of the table of moves."""
    reaches = actor.reaches
    found = {
        rules.REPORTER: row.reporter_id == actor.resident_id,
        rules.ASSIGNEE: row.assignee_id == actor.resident_id and _is_staff_beside(actor, row),
        rules.DISPATCHER: reaches(Permission.HAZARD_DISPATCH, row.place_code),
        rules.SUPERVISOR: reaches(Permission.HAZARD_SUPERVISE, row.place_code),
    }
    return frozenset(name for name, true in found.items() if true)


def _is_staff_beside(actor: Actor, row: Any) -> bool:
    """Whether somebody is staff in the hazard's community, if perhaps of another grid."""
    codes = actor.codes(Permission.HAZARD_DISPATCH)
    return any(_shares_branch(code, row.community_code) for code in codes)


def role_at(actor: Actor, row: Any, by: frozenset[str]) -> str:
    """Return as what somebody made a move: the reporter, or their nearest role that may."""
    if rules.REPORTER in by and row.reporter_id == actor.resident_id:
        return rules.REPORTER
    supervising = rules.SUPERVISOR in by and rules.ASSIGNEE not in by
    needed = Permission.HAZARD_SUPERVISE if supervising else Permission.HAZARD_DISPATCH
    able: list[Role] = [
        role
        for role in actor.roles
        if needed in BY_ROLE[role.kind] and _shares_branch(role.place_code, row.community_code)
    ]
    nearest = max(able, key=lambda role: (len(role.place_code), role.kind), default=None)
    return nearest.kind.value if nearest else RoleKind.GRID_WORKER.value


def _shares_branch(code: str, community_code: str) -> bool:
    return code.startswith(community_code) or community_code.startswith(code)


class Facts:
    """What the table of moves asks of a hazard at a moment."""

    __slots__ = ("appealed", "asked_at", "own_work", "reopen_until", "suspension_approved")

    def __init__(self, row: Any, now: datetime) -> None:
        self.appealed: bool = row.appealed
        self.own_work: bool = row.reporter_id == row.assignee_id
        self.suspension_approved: bool = row.suspension_approved
        self.reopen_until = row.closed_at + rules.REOPEN_WITHIN if row.closed_at else None
        self.asked_at = now


def moves_for(held: frozenset[str], row: Any, now: datetime) -> list[dict[str, object]]:
    """Return the moves open now to somebody who is all of `held` to a hazard."""
    found = open_moves(rules.MOVES, Facts(row, now), row.state, held)
    shown: dict[str, dict[str, object]] = {}
    for move in found:
        shown.setdefault(move.name, move.shown())
    return list(shown.values())
