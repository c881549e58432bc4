"""What one sees of served hours: one's own, those that a committee corrects, the honour board.

People stand on the board only if they asked to; teams come first. A team of which fewer than
three served is not shown: its hours would be those of people who did not ask.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import aliased
from sqlalchemy.sql import ColumnElement

from app.core import clock, pages
from app.core.access import Actor, Permission
from app.core.db import read, within_any
from app.core.errors import NotFound
from app.residents.models import Resident
from app.volunteers import hours_rules as rules
from app.volunteers.hours import STANDING
from app.volunteers.hours_models import HourAccount, HourEntry
from app.volunteers.models import Team, Volunteer

_reversal = aliased(HourEntry)
_ENTRIES = (
    select(
        HourEntry.id,
        HourEntry.resident_id,
        HourEntry.shift_id,
        HourEntry.title,
        HourEntry.starts_at,
        HourEntry.ends_at,
        HourEntry.minutes,
        HourEntry.evidence,
        HourEntry.state,
        HourEntry.reversed_at,
        _reversal.reason,
        Resident.name,
    )
    .join(Resident, Resident.id == HourEntry.resident_id)
    .outerjoin(_reversal, _reversal.reverses_id == HourEntry.id)
    .where(HourEntry.reverses_id.is_(None))
)


def my_hours(
    actor: Actor, *, cursor: str | None = None, limit: int = pages.DEFAULT_LIMIT
) -> dict[str, Any]:
    """Return the actor's sums and stars, and a page of entries, newest first."""
    mine = HourEntry.resident_id == actor.resident_id
    sums = read(
        select(HourAccount.credited, HourAccount.held).where(
            HourAccount.resident_id == actor.resident_id
        )
    ).one_or_none()
    credited, held = (sums.credited, sums.held) if sums else (0, 0)
    return _page(mine, cursor, limit, _entry_view) | {
        "total_minutes": credited,
        "held_minutes": held,
        "stars": rules.stars(credited),
        "next_star_hours": rules.next_star_hours(credited),
    }


def hours_at(
    actor: Actor,
    *,
    place: str | None = None,
    resident_id: int | None = None,
    cursor: str | None = None,
    limit: int = pages.DEFAULT_LIMIT,
) -> dict[str, Any]:
    """Return a page of entries that the actor may correct, newest first.

    Errors: NotFound (not the actor's place).
    """
    if place and not actor.reaches(Permission.HOURS_CORRECT, place):
        raise NotFound
    codes = (place,) if place else actor.codes(Permission.HOURS_CORRECT)
    wanted = within_any(HourEntry.place_code, codes)
    if resident_id:
        wanted &= HourEntry.resident_id == resident_id
    return _page(wanted, cursor, limit, _staff_view)


def _page(wanted: ColumnElement[bool], cursor: str | None, limit: int, view: Any) -> dict[str, Any]:
    found = _ENTRIES.where(wanted)
    if after := pages.decode(cursor, int):
        found = found.where(HourEntry.id < after[0])
    rows = read(found.order_by(HourEntry.id.desc()).limit(limit + 1)).all()
    return pages.page(rows, limit, view, lambda row: (row.id,))


def _entry_view(row: Any) -> dict[str, Any]:
    return {
        "id": row.id,
        "shift_id": row.shift_id,
        "title": row.title,
        "starts_at": row.starts_at,
        "ends_at": row.ends_at,
        "minutes": row.minutes,
        "evidence": row.evidence,
        "state": row.state,
        "reversed": row.reversed_at is not None,
        "reason": row.reason,
    }


def _staff_view(row: Any) -> dict[str, Any]:
    return _entry_view(row) | {"resident": {"id": row.resident_id, "name": row.name}}


def honour_board(
    actor: Actor, *, place: str | None = None, period: str = "month"
) -> dict[str, Any]:
    """Return who served most within a place, or the actor's places: teams, then people.

    At most twenty of each, the most hours first. Two queries.
    """
    codes = (place,) if place else tuple({role.place_code for role in actor.roles})
    counts = STANDING & (HourEntry.state == rules.CREDITED)
    counts &= within_any(HourEntry.place_code, codes)
    since = rules.period_start(period, clock.now())
    if since is not None:
        counts &= HourEntry.starts_at >= since
    return {
        "period": period,
        "since": since,
        "teams": [_team_view(row) for row in _teams(counts)],
        "people": [_person_view(row) for row in _people(counts)],
    }


_minutes = func.sum(HourEntry.minutes)


def _teams(counts: ColumnElement[bool]) -> list[Any]:
    people = func.count(HourEntry.resident_id.distinct())
    return list(
        read(
            select(Team.id, Team.name, _minutes.label("minutes"), people.label("people"))
            .join(HourEntry, HourEntry.team_id == Team.id)
            .where(counts)
            .group_by(Team.id, Team.name)
            .having(people >= rules.FEWEST_OF_A_TEAM)
            .order_by(_minutes.desc(), Team.id)
            .limit(rules.MOST_SHOWN)
        )
    )


def _people(counts: ColumnElement[bool]) -> list[Any]:
    return list(
        read(
            select(Resident.name, HourAccount.credited, _minutes.label("minutes"))
            .join(HourEntry, HourEntry.resident_id == Resident.id)
            .join(Volunteer, Volunteer.resident_id == Resident.id)
            .join(HourAccount, HourAccount.resident_id == Resident.id)
            .where(counts, Volunteer.on_honour_board)
            .group_by(Resident.id, Resident.name, HourAccount.credited)
            .order_by(_minutes.desc(), Resident.id)
            .limit(rules.MOST_SHOWN)
        )
    )


def _team_view(row: Any) -> dict[str, Any]:
    return {
        "team_id": row.id,
        "name": row.name,
        "hours": rules.hours_of(int(row.minutes)),
        "people": row.people,
    }


def _person_view(row: Any) -> dict[str, Any]:
    return {
        "name": row.name,
        "hours": rules.hours_of(int(row.minutes)),
        "stars": rules.stars(row.credited),
    }


def minutes_between(resident_id: int, start: datetime, end: datetime) -> int:
    """Return the credited minutes of somebody whose entries begin within a half-open range."""
    mine = (HourEntry.resident_id == resident_id) & (HourEntry.state == rules.CREDITED)
    ranged = (HourEntry.starts_at >= start) & (HourEntry.starts_at < end)
    return int(read(select(_minutes).where(STANDING, mine, ranged)).scalar_one() or 0)


def minutes_by_team(place_code: str, start: datetime, end: datetime) -> list[Any]:
    """Return (team_id, name, minutes, people) of a place and a half-open range, most first.

    What nobody's team walked has neither id nor name.
    """
    people = func.count(HourEntry.resident_id.distinct())
    ranged = (HourEntry.starts_at >= start) & (HourEntry.starts_at < end)
    return list(
        read(
            select(HourEntry.team_id, Team.name, _minutes.label("minutes"), people.label("people"))
            .outerjoin(Team, Team.id == HourEntry.team_id)
            .where(
                STANDING,
                HourEntry.state == rules.CREDITED,
                within_any(HourEntry.place_code, (place_code,)),
                ranged,
            )
            .group_by(HourEntry.team_id, Team.name)
            .order_by(_minutes.desc(), HourEntry.team_id)
        )
    )
