"""With whom somebody may swap: the people of the shift's team, and whom they served with."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.orm import aliased
from sqlalchemy.sql import ColumnElement

from app.core import clock, pages
from app.core.access import Actor
from app.core.db import read, within
from app.core.errors import Conflict
from app.patrols import rules
from app.patrols.models import Shift, SignUp
from app.patrols.seats import signup_of
from app.patrols.sight import find_shift
from app.places import rules as place_rules
from app.residents.models import Resident
from app.volunteers.models import TeamMember, Volunteer
from app.volunteers.rules import MEMBER

SERVED_WITHIN = timedelta(days=180)
"""Whoever was on a shift with somebody within so long is a colleague of theirs."""
MOST_SHIFTS = 200


class NotOnShift(Conflict):
    """One swaps the seat that one has."""

    code = "not_on_shift"


def is_colleague(me: int, resident_id: int, shift: Any) -> bool:
    """Whether somebody is one of those with whom one may swap one's seat of a shift.

    To others nobody has to be named, nor do they want to be asked.
    """
    found = (
        select(Volunteer.resident_id)
        .join(Resident, Resident.id == Volunteer.resident_id)
        .where(Resident.id == resident_id, Resident.id != me, _knows(shift.team_id, me))
    )
    return read(found).one_or_none() is not None


def list_colleagues(
    actor: Actor, shift_id: int, *, cursor: str | None = None, limit: int
) -> dict[str, Any]:
    """Return a page of those with whom one may swap one's seat, by id, and their next shifts.

    Only people whom one knows: of the shift's team if one is in it, and of shifts that one
    was on. Errors: NotFound, NotOnShift.
    """
    shift, me = find_shift(actor, shift_id), actor.resident_id
    mine = signup_of(shift_id, me)
    if mine is None or mine.state not in rules.CREW:
        raise NotOnShift
    after = pages.decode(cursor, int)
    found = (
        select(Resident.id, Resident.name)
        .join(Volunteer, Volunteer.resident_id == Resident.id)
        .where(
            Resident.id != me,
            Resident.id > (after[0] if after else 0),
            Volunteer.paused.is_(False),
            _knows(shift.team_id, me),
            ~_on(shift_id),
        )
        .order_by(Resident.id)
        .limit(limit + 1)
    )
    rows = read(found).all()
    theirs = _coming([row.id for row in rows[:limit]], shift, me)
    return pages.page(
        rows,
        limit,
        lambda row: {"id": row.id, "name": row.name, "shifts": theirs.get(row.id, [])},
        lambda row: (row.id,),
    )


def _knows(team_id: int | None, me: int) -> ColumnElement[bool]:
    return or_(_in_team(team_id, me), _served_with(me))


def _in_team(team_id: int | None, me: int) -> ColumnElement[bool]:
    mine, theirs = aliased(TeamMember), aliased(TeamMember)
    fellows = (
        select(theirs.resident_id)
        .join(mine, mine.team_id == theirs.team_id)
        .where(
            mine.team_id == team_id,
            mine.resident_id == me,
            mine.state == MEMBER,
            theirs.state == MEMBER,
        )
    )
    return Resident.id.in_(fellows)


def _served_with(me: int) -> ColumnElement[bool]:
    mine, theirs = aliased(SignUp), aliased(SignUp)
    crews = (
        select(theirs.resident_id)
        .join(mine, mine.shift_id == theirs.shift_id)
        .join(Shift, Shift.id == mine.shift_id)
        .where(
            mine.resident_id == me,
            mine.state.in_(rules.CREW),
            theirs.state.in_(rules.CREW),
            Shift.state == rules.OPEN,
            Shift.starts_at > clock.now() - SERVED_WITHIN,
        )
    )
    return Resident.id.in_(crews)


def _on(shift_id: int) -> ColumnElement[bool]:
    return exists().where(
        SignUp.shift_id == shift_id,
        SignUp.resident_id == Resident.id,
        SignUp.state.in_((*rules.HOLDING, rules.REMOVED)),
    )


def _coming(resident_ids: Sequence[int], shift: Any, me: int) -> dict[int, list[dict[str, Any]]]:
    """Return the coming shifts of people in the community of a shift, where one is not oneself."""
    community = place_rules.community_of(shift.place_code) or shift.place_code
    mine = aliased(SignUp)
    rows = read(
        select(
            SignUp.resident_id,
            Shift.id,
            Shift.title,
            Shift.starts_at,
            Shift.ends_at,
            Shift.place_name,
        )
        .join(Shift, Shift.id == SignUp.shift_id)
        .where(
            SignUp.resident_id.in_(resident_ids),
            SignUp.state.in_(rules.CREW),
            Shift.state == rules.OPEN,
            Shift.starts_at > clock.now(),
            within(Shift.place_code, community),
            ~exists().where(
                and_(
                    mine.shift_id == Shift.id,
                    mine.resident_id == me,
                    mine.state.in_((*rules.HOLDING, rules.REMOVED)),
                )
            ),
        )
        .order_by(Shift.starts_at, Shift.id)
        .limit(MOST_SHIFTS)
    )
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        found[row.resident_id].append(
            {
                "id": row.id,
                "title": row.title,
                "starts_at": row.starts_at,
                "ends_at": row.ends_at,
                "place_name": row.place_name,
            }
        )
    return found
