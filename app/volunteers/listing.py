"""Who serves, as staff of a place see them: no phone, no year of birth, nobody's family."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import String, and_, cast, or_, select, union
from sqlalchemy.sql import ColumnElement

from app.core import clock, pages
from app.core.access import Actor, Permission
from app.core.errors import NotFound
from app.volunteers import rules, service
from app.volunteers.models import Qualification, TeamMember, Volunteer
from app.volunteers.qualifications import list_earned


def list_volunteers(
    actor: Actor,
    *,
    place: str | None = None,
    skill: str | None = None,
    team_id: int | None = None,
    paused: bool | None = None,
    cursor: str | None = None,
    limit: int,
) -> dict[str, Any]:
    """Return a page of who serves in the actor's places, by id: no phone, no year of birth.

    `skill`: who says that they have it, or has earned it and holds it today. `team_id`: who
    is in that team. `paused`: only who pauses, or only who does not.
    Errors: NotFound (not the actor's place).
    """
    codes = actor.codes(Permission.VOLUNTEERS_READ)
    if place is not None:
        if not actor.reaches(Permission.VOLUNTEERS_READ, place):
            raise NotFound
        codes = (place,)
    wanted = select(Volunteer.resident_id).where(_is_around(codes))
    if skill is not None:
        wanted = wanted.where(_has_skill(skill))
    if team_id is not None:
        wanted = wanted.where(_is_in_team(team_id))
    if paused is not None:
        wanted = wanted.where(Volunteer.paused.is_(paused))
    if after := pages.decode(cursor, int):
        wanted = wanted.where(Volunteer.resident_id > after[0])
    profiles = service.profiles(Volunteer.resident_id.in_(wanted), limit + 1)
    return pages.page(profiles, limit, _listing, lambda profile: (profile.resident_id,))


def _is_around(codes: Sequence[str]) -> ColumnElement[bool]:
    here = union(*(found for code in codes for found in service.near(code))).subquery()
    return Volunteer.resident_id.in_(select(here.c[0]))


def _has_skill(skill: str) -> ColumnElement[bool]:
    today = clock.shanghai_day(clock.now())
    earned = select(Qualification.resident_id).where(
        Qualification.skill == skill,
        Qualification.revoked_at.is_(None),
        Qualification.first_day <= today,
        or_(Qualification.last_day.is_(None), Qualification.last_day >= today),
    )
    # A skill is a word of ours without quotes, so that it stands in the list exactly so.
    said = cast(Volunteer.skills, String).contains(f'"{skill}"', autoescape=True)
    return or_(said, Volunteer.resident_id.in_(earned))


def _is_in_team(team_id: int) -> ColumnElement[bool]:
    members = select(TeamMember.resident_id).where(
        TeamMember.team_id == team_id, TeamMember.state == rules.MEMBER
    )
    return Volunteer.resident_id.in_(members)


def _listing(profile: service.Profile) -> dict[str, Any]:
    """Return one of the profiles as staff see it."""
    home = profile.place_code
    today = clock.shanghai_day(clock.now())
    return {
        "resident_id": profile.resident_id,
        "name": profile.name,
        "minor": rules.needs_guardian(profile.birth_year, today),
        "skills": profile.skills,
        "languages": profile.languages,
        "availability": profile.availability,
        "most_per_week": profile.most_per_week,
        "likes": profile.likes,
        "paused": profile.paused,
        "serving": profile.serving,
        "home": {"code": home, "name": profile.place_name or ""} if home else None,
        "teams": [{"id": team, "name": name} for team, name in profile.teams.items()],
    }


def show_volunteer(actor: Actor, resident_id: int, *, place: str) -> dict[str, Any]:
    """Return one volunteer around a place as staff see them: what the list has, and more.

    Besides: `since`, `consents` (`risk`: to the notice in force; `guardian`: of minors alone,
    else nothing), `earned` skills with their days, and `credited` and `held` minutes.
    Errors: NotFound (not the actor's place, or nobody who serves there).
    """
    if not actor.reaches(Permission.VOLUNTEERS_READ, place):
        raise NotFound
    mine = Volunteer.resident_id == resident_id
    found = service.profiles(and_(mine, _is_around((place,))))
    if not found:
        raise NotFound
    [profile] = found
    shown = _listing(profile)
    return shown | {
        "since": profile.since,
        "consents": {
            "risk": profile.agreed,
            "guardian": profile.guardian_agreed if shown["minor"] else None,
        },
        "earned": list_earned(resident_id),
        "credited_minutes": profile.credited,
        "held_minutes": profile.held,
    }
