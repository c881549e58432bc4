"""Teams: made by a committee, joined by asking or by invitation, managed by their leaders."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import and_, case, func, insert, or_, select, update

from app.core import audit, clock, outbox, pages
from app.core.access import Actor, Permission
from app.core.db import changed_rows, read, unit_of_work, within, within_any
from app.core.errors import Conflict, Forbidden, InvalidInput, NotFound
from app.core.states import choose_move, open_moves
from app.places import rules as place_rules
from app.places import service as places
from app.places.models import Place
from app.residents.models import Resident
from app.volunteers import rules
from app.volunteers.events import MembershipMoved
from app.volunteers.models import Team, TeamMember, Volunteer
from app.volunteers.service import NotAVolunteer, is_volunteer, require_volunteer

MOST_SHOWN = 500
"""People of one team; no team that walks together is larger."""


class LastLeader(Conflict):
    """Somebody else has to lead the team first, or the committee to say who."""

    code = "last_leader"


class TeamClosed(Conflict):
    """The team is no more; nobody joins it."""

    code = "team_closed"


@unit_of_work()
def create_team(
    actor: Actor, *, name: str, kind: str, place_code: str, leader_id: int | None = None
) -> dict[str, Any]:
    """Make a team at one of the actor's places, led by a volunteer if one is named.

    Errors: NotFound (not the actor's place), InvalidInput (no such place, no such volunteer).
    """
    if not actor.reaches(Permission.TEAM_MANAGE, place_code):
        raise NotFound
    if place_code not in places.names_of([place_code]):
        raise InvalidInput.of("place_code", "unknown_place")
    audit.note(place_code=place_code)
    if leader_id is not None and not is_volunteer(leader_id):
        raise InvalidInput.of("leader_id", "unknown_volunteer")
    now = clock.now()
    row = {
        "name": name,
        "kind": kind,
        "place_code": place_code,
        "created_by": actor.resident_id,
        "created_at": now,
    }
    team_id = read(insert(Team).returning(Team.id), row).scalar_one()
    if leader_id is not None:
        first = {"team_id": team_id, "resident_id": leader_id, "since": now}
        changed_rows(insert(TeamMember), first | {"state": rules.MEMBER, "leader": True})
        outbox.record(MembershipMoved(team_id, leader_id, actor.resident_id, "make_leader"))
    return show_team(actor, team_id)


@unit_of_work()
def change_team(
    actor: Actor, team_id: int, *, name: str | None = None, closed: bool | None = None
) -> dict[str, Any]:
    """Rename a team (its leaders, the committee); close it or open it again (the committee).

    Errors: NotFound, Forbidden.
    """
    team = _team(team_id)
    held = _relations(actor, team)
    if not held or (closed is not None and rules.STAFF not in held):
        raise Forbidden
    values: dict[str, Any] = {"name": name} if name is not None else {}
    if closed is not None:
        values["closed_at"] = (team.closed_at or clock.now()) if closed else None
    if values:
        changed_rows(update(Team).where(Team.id == team_id).values(values))
    return show_team(actor, team_id)


def list_teams(
    actor: Actor,
    *,
    place: str | None = None,
    mine: bool = False,
    cursor: str | None = None,
    limit: int,
) -> dict[str, Any]:
    """Return a page of teams by id: of a place, one's own, or of the places one belongs to."""
    own = select(TeamMember.team_id).where(
        TeamMember.resident_id == actor.resident_id, TeamMember.state != rules.LEFT
    )
    wanted = _TEAMS.where(Team.closed_at.is_(None))
    if mine:
        wanted = wanted.where(Team.id.in_(own))
    if place:
        wanted = wanted.where(within(Team.place_code, place))
    if not (mine or place):
        around = (place_rules.community_of(r.place_code) or r.place_code for r in actor.roles)
        wanted = wanted.where(or_(within_any(Team.place_code, tuple(around)), Team.id.in_(own)))
    if after := pages.decode(cursor, int):
        wanted = wanted.where(Team.id > after[0])
    rows = read(wanted.order_by(Team.id).limit(limit + 1)).all()
    show = _shower(actor, rows)
    return pages.page(rows, limit, show, lambda row: (row.id,))


def show_team(actor: Actor, team_id: int) -> dict[str, Any]:
    """Return a team; its people for who is in it, and for its committee. Errors: NotFound."""
    team = _team(team_id)
    shown: dict[str, Any] = _shower(actor, [team])(team)
    held = _held(actor, team, leads=shown["leader"])
    inside = bool(held) or shown["mine"] in rules.IN_TEAM
    return shown | {"people": _people(team, actor, held) if inside else []}


@unit_of_work()
def join(
    actor: Actor,
    team_id: int,
    *,
    resident_id: int | None = None,
    volunteer_number: str | None = None,
) -> dict[str, Any]:
    """Ask to join a team; or, as its leader or committee, invite a volunteer.

    Errors: NotFound, TeamClosed, NotAVolunteer and the like (see `require_volunteer`),
    InvalidInput (no such volunteer), IllegalMove (a member already), MoveNotYours.
    """
    named = resident_id is not None or volunteer_number is not None
    if not named:
        require_volunteer(actor)
        return _move(actor, team_id, actor.resident_id, rules.ASKED)
    invited = _volunteer(resident_id, volunteer_number)
    return _move(actor, team_id, invited, rules.INVITED)


@unit_of_work()
def move_member(actor: Actor, team_id: int, resident_id: int, *, to: str) -> dict[str, Any]:
    """Accept, refuse, remove, make leader; agree, decline, leave, step down.

    Errors: NotFound, IllegalMove, MoveNotYours, LastLeader, NotAVolunteer.
    """
    return _move(actor, team_id, resident_id, to)


@unit_of_work()
def leave(actor: Actor, team_id: int) -> None:
    """Leave a team, or take back that one asked, or decline. Errors: NotFound, LastLeader."""
    _move(actor, team_id, actor.resident_id, rules.LEFT)


def leave_all(actor: Actor) -> None:
    """Leave every team, even as the last leader: nobody is compelled to serve."""
    mine = (TeamMember.resident_id == actor.resident_id) & (TeamMember.state != rules.LEFT)
    rows = read(select(TeamMember.team_id, TeamMember.leader).where(mine)).all()
    left = {"state": rules.LEFT, "leader": False, "since": clock.now()}
    changed_rows(update(TeamMember).where(mine).values(left))
    for row in rows:
        move = "resign" if row.leader else "leave"
        outbox.record(MembershipMoved(row.team_id, actor.resident_id, actor.resident_id, move))


def find_for_system(team_id: int) -> Any:
    """Return a team's row, whoever asks: for reactions. Errors: NotFound."""
    return _team(team_id)


def _move(actor: Actor, team_id: int, resident_id: int, to: str) -> dict[str, Any]:
    team = _team(team_id, held=True)
    held = _relations(actor, team)
    if resident_id == actor.resident_id:
        held |= {rules.ONESELF}
    if not held:
        raise NotFound
    member = _member(team_id, resident_id)
    standing = _standing(member)
    if standing == rules.NOBODY and to not in {rules.ASKED, rules.INVITED}:
        raise NotFound
    if team.closed_at is not None and to != rules.LEFT:
        raise TeamClosed
    needed = standing == rules.LEADER and _is_needed(team_id, resident_id)
    if needed and rules.STAFF not in held:
        raise LastLeader
    fact = rules.Standing(needed)
    move = choose_move(rules.MEMBERSHIP_MOVES, fact, standing, to, held, given={})
    if move.to in rules.IN_TEAM and not is_volunteer(resident_id):
        raise NotAVolunteer
    _write(team_id, resident_id, member, move.to)
    outbox.record(MembershipMoved(team_id, resident_id, actor.resident_id, move.name))
    return show_team(actor, team_id)


def _write(team_id: int, resident_id: int, member: Any, to: str) -> None:
    """Write what somebody is to a team now; the team's row is held by the caller."""
    leader = to == rules.LEADER
    state = rules.MEMBER if leader else to
    # Who leads or steps down has been in the team since before.
    stays = member is not None and member.state == rules.MEMBER == state
    since = member.since if stays else clock.now()
    values = {"state": state, "leader": leader, "since": since}
    if member is None:
        key = {"team_id": team_id, "resident_id": resident_id}
        changed_rows(insert(TeamMember), {**key, **values})
        return
    mine = (TeamMember.team_id == team_id) & (TeamMember.resident_id == resident_id)
    changed_rows(update(TeamMember).where(mine).values(values))


def _team(team_id: int, *, held: bool = False) -> Any:
    found = _TEAMS.where(Team.id == team_id)
    row = read(found.with_for_update(of=Team) if held else found).one_or_none()
    if row is None:
        raise NotFound
    return row


_TEAMS = select(*Team.__table__.columns, Place.name.label("place_name")).outerjoin(
    Place, Place.code == Team.place_code
)


def _member(team_id: int, resident_id: int) -> Any:
    mine = (TeamMember.team_id == team_id) & (TeamMember.resident_id == resident_id)
    return read(select(*TeamMember.__table__.columns).where(mine)).one_or_none()


def _standing(member: Any) -> str:
    if member is None:
        return rules.NOBODY
    return rules.LEADER if member.leader else str(member.state)


def _relations(actor: Actor, team: Any) -> frozenset[str]:
    """Return as what the actor manages a team: its leader, its committee."""
    member = _member(team.id, actor.resident_id)
    return _held(actor, team, leads=member is not None and member.leader)


def _held(actor: Actor, team: Any, *, leads: bool) -> frozenset[str]:
    found = {
        rules.HEAD: leads,
        rules.STAFF: actor.reaches(Permission.TEAM_MANAGE, team.place_code),
    }
    return frozenset(name for name, true in found.items() if true)


def _is_needed(team_id: int, resident_id: int) -> bool:
    """Whether a leader is the only one of a team in which there are others."""
    others = read(
        select(TeamMember.leader).where(
            TeamMember.team_id == team_id,
            TeamMember.state == rules.MEMBER,
            TeamMember.resident_id != resident_id,
        )
    ).scalars()
    found = list(others)
    return bool(found) and not any(found)


def _volunteer(resident_id: int | None, number: str | None) -> int:
    field = "volunteer_number" if number is not None else "resident_id"
    which = (
        Volunteer.number == number if number is not None else Volunteer.resident_id == resident_id
    )
    found = read(select(Volunteer.resident_id).where(which)).scalar_one_or_none()
    if found is None:
        raise InvalidInput.of(field, "unknown_volunteer")
    return int(found)


def _shower(actor: Actor, teams: Sequence[Any]) -> Any:
    """Return what shows one of these teams to the actor, after two queries for all of them."""
    ids = [team.id for team in teams]
    counts, (heads, own) = _counts(ids), _heads(ids, actor)

    def show(team: Any) -> dict[str, Any]:
        mine = _standing(own.get(team.id))
        members, asked = counts.get(team.id, (0, 0))
        leaders = heads.get(team.id, [])
        is_staff = actor.reaches(Permission.TEAM_MANAGE, team.place_code)
        manages = mine == rules.LEADER or is_staff
        needed = mine == rules.LEADER and len(leaders) == 1 < members
        held = {rules.ONESELF, *({rules.STAFF} if is_staff else ())}
        moves = open_moves(rules.MEMBERSHIP_MOVES, rules.Standing(needed), mine, held)
        own_moves = [move for move in moves if rules.ONESELF in move.by]
        return {
            "id": team.id,
            "name": team.name,
            "kind": team.kind,
            "place_code": team.place_code,
            "place_name": team.place_name or "",
            "closed": team.closed_at is not None,
            "members": members,
            "leaders": leaders,
            "asked": asked if manages else None,
            "mine": None if mine == rules.NOBODY else mine,
            "leader": mine == rules.LEADER,
            "manages": manages,
            "moves": [] if team.closed_at else [move.shown() for move in own_moves],
        }

    return show


def _counts(team_ids: Collection[int]) -> dict[int, tuple[int, int]]:
    """Return how many are in each team, and how many have asked to be."""

    def of(state: str) -> Any:
        return func.sum(case((TeamMember.state == state, 1), else_=0))

    rows = read(
        select(
            TeamMember.team_id, of(rules.MEMBER).label("members"), of(rules.ASKED).label("asked")
        )
        .where(TeamMember.team_id.in_(team_ids))
        .group_by(TeamMember.team_id)
    )
    return {row.team_id: (int(row.members), int(row.asked)) for row in rows}


def _heads(
    team_ids: Collection[int], actor: Actor
) -> tuple[dict[int, list[dict[str, Any]]], dict[int, Any]]:
    """Return who leads teams, and what the actor is to them, by team; one query."""
    oneself = TeamMember.resident_id == actor.resident_id
    rows = read(
        select(*TeamMember.__table__.columns, Resident.name)
        .join(Resident, Resident.id == TeamMember.resident_id)
        .where(TeamMember.team_id.in_(team_ids), or_(TeamMember.leader, oneself))
        .order_by(TeamMember.since, Resident.id)
    )
    heads: dict[int, list[dict[str, Any]]] = {}
    own: dict[int, Any] = {}
    for row in rows:
        if row.leader:
            head = {"id": row.resident_id, "name": row.name}
            heads.setdefault(row.team_id, []).append(head)
        if row.resident_id == actor.resident_id:
            own[row.team_id] = row
    return heads, own


def _people(team: Any, actor: Actor, held: frozenset[str]) -> list[dict[str, Any]]:
    """Return who is in a team; to who manages it, also who asked and who was invited."""
    states = [rules.MEMBER, *((rules.ASKED, rules.INVITED) if held else ())]
    rows = read(
        select(*TeamMember.__table__.columns, Resident.name)
        .join(Resident, Resident.id == TeamMember.resident_id)
        .where(and_(TeamMember.team_id == team.id, TeamMember.state.in_(states)))
        .order_by(TeamMember.leader.desc(), TeamMember.since, Resident.id)
        .limit(MOST_SHOWN)
    ).all()
    heads = sum(row.leader for row in rows)
    members = sum(row.state == rules.MEMBER for row in rows)

    def shown(row: Any) -> dict[str, Any]:
        oneself = row.resident_id == actor.resident_id
        mine = held | {rules.ONESELF} if oneself else held
        needed = bool(row.leader) and heads == 1 < members
        moves = open_moves(rules.MEMBERSHIP_MOVES, rules.Standing(needed), _standing(row), mine)
        # Who was invited by their number has not told their name yet.
        hidden = row.state == rules.INVITED and rules.STAFF not in held and not oneself
        return {
            "resident_id": row.resident_id,
            "name": rules.masked(row.name) if hidden else row.name,
            "state": row.state,
            "leader": row.leader,
            "since": row.since,
            "moves": [move.shown() for move in moves],
        }

    return [shown(row) for row in rows]
