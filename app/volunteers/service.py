"""What the other features may ask about volunteers and teams."""

import json
import logging
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    Select,
    String,
    cast,
    insert,
    literal,
    select,
    union,
    union_all,
)
from sqlalchemy.sql import ColumnElement

from app.core import clock, crypto
from app.core.access import Actor, Permission
from app.core.db import changed_rows, read, unit_of_work, within
from app.core.errors import Conflict
from app.core.gathered import gather
from app.places import rules as place_rules
from app.places.models import Place
from app.residents.models import Residence, Resident
from app.volunteers import qualifications, rules
from app.volunteers.hours_models import HourAccount
from app.volunteers.models import (
    ContactLook,
    LikedPlace,
    Qualification,
    Team,
    TeamMember,
    Volunteer,
)

log = logging.getLogger(__name__)
MOST_CANDIDATES = 2000
"""More volunteers than any community has; beyond, those who came last are left out."""


class NotAVolunteer(Conflict):
    """The person has to say first that they want to serve."""

    code = "not_a_volunteer"


class VolunteerPaused(Conflict):
    """The person pauses and has to say first that they go on."""

    code = "volunteer_paused"


class RiskNotAccepted(Conflict):
    """The person has not agreed to the notice about risks that is in force."""

    code = "risk_not_accepted"


class GuardianNeeded(Conflict):
    """The person is a minor, perhaps since a correction, and no guardian has agreed."""

    code = "guardian_needed"


class Profile(NamedTuple):
    """A volunteer as planners see them: nothing about health, family or phones.

    `skills`: what they say, and what they have earned and holds today.
    `place_code`: of their confirmed home, a grid or a community. `availability`: see the
    table. `agreed`: to the notice about risks in force. `credited`, `held`: minutes.
    `serving`: may take a shift now; paused ones and those without consent may not.
    """

    resident_id: int
    name: str
    birth_year: int
    skills: list[str]
    languages: list[str]
    availability: list[dict[str, Any]]
    likes: list[str]
    most_per_week: int | None
    paused: bool
    serving: bool
    place_code: str | None
    place_name: str | None
    teams: dict[int, str]
    since: datetime
    agreed: bool
    guardian_agreed: bool
    credited: int
    held: int

    @property
    def team_ids(self) -> list[int]:
        """Return the ids of the teams that they are in."""
        return list(self.teams)


def require_volunteer(actor: Actor) -> None:
    """Do nothing for somebody who may take a shift.

    Errors: NotAVolunteer, RiskNotAccepted, GuardianNeeded, VolunteerPaused.
    """
    row = read(STANDING.where(Volunteer.resident_id == actor.resident_id)).one_or_none()
    if row is None:
        raise NotAVolunteer
    if row.risk_version != rules.RISK_VERSION:
        raise RiskNotAccepted
    if _lacks_guardian(row):
        raise GuardianNeeded
    if row.paused:
        raise VolunteerPaused


STANDING = select(
    Volunteer.resident_id,
    Volunteer.birth_year,
    Volunteer.guardian_consent_at,
    Volunteer.risk_version,
    Volunteer.paused,
    Resident.erase_at,
).join(Resident, Resident.id == Volunteer.resident_id)


def _lacks_guardian(row: Any) -> bool:
    today = clock.shanghai_day(clock.now())
    return row.guardian_consent_at is None and rules.needs_guardian(row.birth_year, today)


def is_serving(row: Any) -> bool:
    """Whether somebody of whom `STANDING` told may take a shift now, and will be there for it."""
    agreed = row.risk_version == rules.RISK_VERSION
    stays = row.erase_at is None
    return agreed and stays and not row.paused and not _lacks_guardian(row)


def serving(resident_ids: Collection[int]) -> set[int]:
    """Return which of these people may take a shift now, in one query."""
    rows = read(STANDING.where(Volunteer.resident_id.in_(sorted(set(resident_ids)))))
    return {row.resident_id for row in rows if is_serving(row)}


def is_volunteer(resident_id: int) -> bool:
    """Whether somebody is a volunteer, paused or not."""
    mine = select(Volunteer.resident_id).where(Volunteer.resident_id == resident_id)
    return read(mine).scalar_one_or_none() is not None


def location_consent(resident_id: int) -> bool:
    """Whether somebody agrees that their way is recorded during a round."""
    return resident_id in location_consents([resident_id])


def location_consents(resident_ids: Collection[int]) -> set[int]:
    """Return which of these people agree that their way is recorded, in one query."""
    agreed = CONSENTING.where(Volunteer.resident_id.in_(sorted(set(resident_ids))))
    return set(read(agreed).scalars())


CONSENTING = select(Volunteer.resident_id).where(Volunteer.location_consent_at.is_not(None))
"""Who agrees that their way is recorded."""


def lacking_skills(
    resident_id: int, skills: Iterable[str], *, day: date | None = None
) -> list[str]:
    """Return which of these skills somebody neither says nor has earned, in their order.

    `day`: what was earned has to hold on it; today, if none is named.
    """
    mine = select(Volunteer.skills).where(Volunteer.resident_id == resident_id)
    said = read(mine).scalar_one_or_none() or []
    day = day or clock.shanghai_day(clock.now())
    had = {*said, *qualifications.earned([resident_id], day)[resident_id]}
    return [skill for skill in skills if skill not in had]


def profile_of(resident_ids: Collection[int]) -> list[Profile]:
    """Return the profiles of those who are volunteers, by id, in one query."""
    ids = sorted(set(resident_ids))
    return profiles(Volunteer.resident_id.in_(ids))


def candidates(place_code: str) -> list[Profile]:
    """Return the volunteers of the community that a place is or lies in, by id, paused ones too.

    They live there, like to walk there, or are in one of its teams. Of a place above
    communities, those of all its communities. One query.
    """
    around = place_rules.community_of(place_code) or place_code
    found = select(union(*near(around)).subquery().c[0])
    return profiles(Volunteer.resident_id.in_(found))


def near(place_code: str) -> tuple[Select[Any], ...]:
    """Select the ids of who lives within a place, likes to walk there, is in a team there."""
    return (
        select(Residence.resident_id).where(
            Residence.state == "confirmed", within(Residence.place_code, place_code)
        ),
        select(LikedPlace.resident_id).where(within(LikedPlace.place_code, place_code)),
        select(TeamMember.resident_id)
        .join(Team, Team.id == TeamMember.team_id)
        .where(
            TeamMember.state == rules.MEMBER,
            within(Team.place_code, place_code),
            Team.closed_at.is_(None),
        ),
    )


def profiles(whose: ColumnElement[bool], most: int = MOST_CANDIDATES) -> list[Profile]:
    """Return the first profiles by id of the volunteers who fulfil a condition; one query."""
    ids = select(Volunteer.resident_id).where(whose).order_by(Volunteer.resident_id).limit(most)
    rows, around = gather(
        select(
            *STANDING.selected_columns,
            Resident.name,
            Volunteer.skills,
            Volunteer.languages,
            Volunteer.availability,
            Volunteer.most_per_week,
            Residence.place_code,
            Place.name.label("place_name"),
            Volunteer.since,
            HourAccount.credited,
            HourAccount.held,
        )
        .outerjoin(HourAccount, HourAccount.resident_id == Volunteer.resident_id)
        .join(Resident, Resident.id == Volunteer.resident_id)
        .outerjoin(
            Residence,
            (Residence.resident_id == Volunteer.resident_id) & (Residence.state == "confirmed"),
        )
        .outerjoin(Place, Place.code == Residence.place_code)
        .where(whose)
        .order_by(Volunteer.resident_id)
        .limit(most),
        _around(ids),
    )
    likes: dict[int, list[str]] = {}
    teams: dict[int, dict[int, str]] = {}
    earned: dict[int, set[str]] = {}
    for row in around:
        if row.kind == _LIKES:
            likes.setdefault(row.resident_id, []).append(row.words)
        elif row.kind == _TEAM:
            teams.setdefault(row.resident_id, {})[row.number] = row.words
        else:
            earned.setdefault(row.resident_id, set()).add(row.words)
    return [
        Profile(
            resident_id=row.resident_id,
            name=row.name,
            birth_year=row.birth_year,
            skills=[*row.skills, *sorted(earned.get(row.resident_id, ()))],
            languages=row.languages,
            availability=row.availability,
            likes=likes.get(row.resident_id, []),
            most_per_week=row.most_per_week,
            paused=row.paused,
            serving=is_serving(row),
            place_code=row.place_code,
            place_name=row.place_name,
            teams=teams.get(row.resident_id, {}),
            since=row.since,
            agreed=row.risk_version == rules.RISK_VERSION,
            guardian_agreed=row.guardian_consent_at is not None,
            credited=row.credited or 0,
            held=row.held or 0,
        )
        for row in rows
    ]


_LIKES, _TEAM, _SKILL = 0, 1, 2


def _around(ids: Any) -> Any:
    """Return what asks at once for places that people like, teams they are in, skills earned."""
    liked = select(
        literal(_LIKES).label("kind"),
        LikedPlace.resident_id.label("resident_id"),
        literal(0, BigInteger()).label("number"),
        cast(LikedPlace.place_code, String()).label("words"),
    ).where(LikedPlace.resident_id.in_(ids))
    teams = (
        select(literal(_TEAM), TeamMember.resident_id, Team.id, Team.name)
        .join(Team, Team.id == TeamMember.team_id)
        .where(
            TeamMember.resident_id.in_(ids),
            TeamMember.state == rules.MEMBER,
            Team.closed_at.is_(None),
        )
    )
    held = qualifications.held(clock.shanghai_day(clock.now()))
    skills = select(
        literal(_SKILL), Qualification.resident_id, literal(0, BigInteger()), Qualification.skill
    ).where(Qualification.resident_id.in_(ids), held)
    found = union_all(liked, teams, skills).subquery()
    return select(found).order_by(found.c.kind, found.c.number, found.c.words)


def likes_of(resident_ids: Sequence[int]) -> dict[int, list[str]]:
    """Return the codes of the places that people like to walk, in one query."""
    mine = LikedPlace.resident_id.in_(resident_ids)
    rows = read(select(*LikedPlace.__table__.columns).where(mine).order_by(LikedPlace.place_code))
    return _gathered((row.resident_id, row.place_code) for row in rows)


def team_ids_of(resident_ids: Sequence[int]) -> dict[int, list[int]]:
    """Return the ids of the teams that people are in, in one query."""
    rows = read(
        select(TeamMember.resident_id, TeamMember.team_id)
        .join(Team, Team.id == TeamMember.team_id)
        .where(
            TeamMember.resident_id.in_(resident_ids),
            TeamMember.state == rules.MEMBER,
            Team.closed_at.is_(None),
        )
        .order_by(TeamMember.team_id)
    )
    return _gathered((row.resident_id, row.team_id) for row in rows)


def _gathered(pairs: Iterable[tuple[int, Any]]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return found


_LEADERS = (
    select(Team.id, Team.name, Team.kind, Team.place_code)
    .join(TeamMember, TeamMember.team_id == Team.id)
    .where(TeamMember.leader, Team.closed_at.is_(None))
)


def led_by(resident_id: int) -> list[Any]:
    """Return (id, name, kind, place_code) of the teams that somebody leads."""
    return list(read(_LEADERS.where(TeamMember.resident_id == resident_id).order_by(Team.id)))


def is_leader(resident_id: int, team_id: int) -> bool:
    """Whether somebody leads a team."""
    return any(team.id == team_id for team in led_by(resident_id))


def is_member(resident_id: int, team_id: int) -> bool:
    """Whether somebody is in a team, its leaders included."""
    return team_id in team_ids_of([resident_id]).get(resident_id, [])


def leaders(team_id: int) -> list[Any]:
    """Return (id, name) of those who lead a team, the first to join first."""
    return list(
        read(
            select(Resident.id, Resident.name)
            .join(TeamMember, TeamMember.resident_id == Resident.id)
            .where(TeamMember.team_id == team_id, TeamMember.leader)
            .order_by(TeamMember.since, Resident.id)
        )
    )


def team_names(team_ids: Collection[int]) -> dict[int, str]:
    """Return the names of teams by id, in one query, closed ones too."""
    wanted = sorted(set(team_ids))
    if not wanted:
        return {}
    return {row.id: row.name for row in read(select(Team.id, Team.name).where(Team.id.in_(wanted)))}


def team_place(team_id: int) -> str | None:
    """Return the place code of an open team, None if there is no such team."""
    mine = select(Team.place_code).where(Team.id == team_id, Team.closed_at.is_(None))
    return read(mine).scalar_one_or_none()


def may_plan(actor: Actor, place_code: str, team_id: int | None = None) -> bool:
    """Whether somebody may plan shifts at a place.

    Staff may within their places; who leads the named team, where that team is at home.
    """
    if actor.reaches(Permission.SHIFT_PLAN, place_code):
        return True
    if team_id is None:
        return False
    mine = (team for team in led_by(actor.resident_id) if team.id == team_id)
    return any(rules.covers(team.place_code, place_code) for team in mine)


def may_plan_somewhere(actor: Actor) -> bool:
    """Whether somebody may plan shifts anywhere: staff, and who leads a team."""
    return actor.may(Permission.SHIFT_PLAN) or bool(led_by(actor.resident_id))


@unit_of_work()
def emergency_contact_of(resident_id: int, *, by_id: int, why: str) -> dict[str, str] | None:
    """Return {name, phone} of whom to call for a volunteer, None if they named nobody.

    The caller decides who may ask: the leader of a round that is going on, or whoever
    answers a call for help. `why`: in a word, `sos`. That it was looked up is written
    down, and the volunteer sees it.
    """
    sealed = read(
        select(Volunteer.sealed_emergency).where(Volunteer.resident_id == resident_id)
    ).scalar_one_or_none()
    if sealed is None:
        return None
    look = {"resident_id": resident_id, "by_id": by_id, "why": why, "at": clock.now()}
    changed_rows(insert(ContactLook), look)
    fields = {"volunteer": resident_id, "by": by_id, "why": why}
    log.info("emergency contact looked up", extra={"fields": fields})
    return unsealed_contact(sealed)


def unsealed_contact(sealed: str | None) -> dict[str, str] | None:
    """Return {name, phone} as it was given; the caller decides who may see it."""
    return dict(json.loads(crypto.decrypt(sealed))) if sealed else None
