"""Appeals: I was there after all, or longer. Answered by who leads, never by oneself."""

from typing import Any

from sqlalchemy import bindparam, insert, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.sql import ColumnElement

from app.core import audit, clock, pages
from app.core.access import Actor, Permission
from app.core.db import changed_rows, read, unit_of_work, within, within_any
from app.core.errors import Conflict, InvalidInput, NotFound
from app.core.states import IllegalMove
from app.patrols import sight as patrols
from app.patrols.models import Shift
from app.residents.models import Resident
from app.rounds import assessing, rules, telling
from app.rounds.booking import Because
from app.rounds.items import person
from app.rounds.models import Appeal, Attendance
from app.rounds.sight import require_another, span_of, way_of
from app.volunteers import service as volunteers


class NothingToAppeal(Conflict):
    """It is not settled yet, was settled long ago, or has been appealed before."""

    code = "nothing_to_appeal"


_APPEAL: Any = (
    select(
        Appeal.id,
        Appeal.attendance_id,
        Appeal.note,
        Appeal.asked_at,
        Appeal.state,
        Appeal.minutes,
        Appeal.answer,
        Appeal.answered_at,
        Attendance.resident_id,
        Attendance.shift_id,
        Attendance.state.label("attendance_state"),
        Attendance.minutes.label("attended"),
        Attendance.evidence,
        Resident.name.label("resident_name"),
        Shift.title,
        Shift.place_code,
        Shift.place_name,
        Shift.team_id,
        Shift.leader_id,
        Shift.starts_at,
        Shift.ends_at,
    )
    .join(Attendance, Attendance.id == Appeal.attendance_id)
    .join(Resident, Resident.id == Attendance.resident_id)
    .join(Shift, Shift.id == Attendance.shift_id)
)
_ONE = _APPEAL.where(Appeal.id == bindparam("the_appeal"))


@unit_of_work()
def appeal(actor: Actor, attendance_id: int, *, note: str) -> dict[str, Any]:
    """Object to one's own no-show, or to the minutes; once for each round.

    Errors: NotFound (not one's own), NothingToAppeal.
    """
    mine = {"the_attendance": attendance_id, "me": actor.resident_id}
    row = read(_MINE, mine).one_or_none()
    if row is None:
        raise NotFound
    now = clock.now()
    if row.settled_at is None or now > row.settled_at + rules.APPEAL_WITHIN:
        raise NothingToAppeal
    new = {
        "attendance_id": attendance_id,
        "place_code": row.place_code,
        "note": note,
        "asked_at": now,
        "state": rules.ASKED,
    }
    try:
        appeal_id = read(insert(Appeal).returning(Appeal.id), new).scalar_one()
    except IntegrityError as fault:
        raise NothingToAppeal from fault
    shift = patrols.find_for_system(row.shift_id)
    telling.tell_of_appeal(shift, appeal_id, actor.resident_id, note)
    return appeal_view(read(_ONE, {"the_appeal": appeal_id}).one())


_MINE = select(Attendance.shift_id, Attendance.place_code, Attendance.settled_at).where(
    Attendance.id == bindparam("the_attendance"), Attendance.resident_id == bindparam("me")
)


def list_appeals(
    actor: Actor, *, place: str | None = None, cursor: str | None = None, limit: int
) -> dict[str, Any]:
    """Return a page of the appeals that wait for the actor: as staff of the place, or as leader.

    Oldest first; never one's own.
    """
    staff = within_any(Appeal.place_code, actor.codes(Permission.SHIFT_PLAN))
    wanted = _APPEAL.where(
        Appeal.state == rules.ASKED,
        Attendance.resident_id != actor.resident_id,
        or_(Shift.leader_id == actor.resident_id, staff, *_of_teams(actor)),
    )
    if place:
        wanted = wanted.where(within_any(Appeal.place_code, (place,)))
    if after := pages.decode(cursor, int):
        wanted = wanted.where(Appeal.id > after[0])
    rows = read(wanted.order_by(Appeal.id).limit(limit + 1)).all()
    return pages.page(rows, limit, appeal_view, lambda row: (row.id,))


def _of_teams(actor: Actor) -> list[ColumnElement[bool]]:
    """Return what is true of the shifts of the actor's teams, each where the team is at home."""
    return [
        (Shift.team_id == team.id) & within(Appeal.place_code, team.place_code)
        for team in volunteers.led_by(actor.resident_id)
    ]


@unit_of_work()
def answer_appeal(
    actor: Actor, appeal_id: int, *, granted: bool, note: str, minutes: int | None = None
) -> dict[str, Any]:
    """Grant or refuse an appeal; what is granted is credited, the whole shift without `minutes`.

    Errors: NotFound, AboutYourself, IllegalMove (answered already), InvalidInput.
    """
    row = read(_ONE, {"the_appeal": appeal_id}).one_or_none()
    if row is None:
        raise NotFound
    require_another(actor, row.resident_id)
    if not patrols.leads(actor, row):
        raise NotFound
    audit.note(place_code=row.place_code)
    worth = _worth(row, minutes) if granted else None
    attendance = assessing.hold_one(row.attendance_id)
    answered = {
        "state": rules.GRANTED if granted else rules.REFUSED,
        "minutes": worth,
        "answer": note,
        "answered_by": actor.resident_id,
        "answered_at": clock.now(),
    }
    asked = (Appeal.id == appeal_id) & (Appeal.state == rules.ASKED)
    if not changed_rows(update(Appeal).where(asked).values(**answered)):
        raise IllegalMove(state=row.state, to=answered["state"])
    shift = patrols.find_for_system(row.shift_id)
    if granted:
        assessing.assess(shift, way_of(shift), attendance, Because(actor, note))
    telling.tell_of_answer(
        shift, appeal_id, row.resident_id, granted=granted, minutes=worth or 0, note=note
    )
    return appeal_view(read(_ONE, {"the_appeal": appeal_id}).one())


def _worth(row: Any, minutes: int | None) -> int:
    """Return the minutes that are granted. Errors: InvalidInput, more than the shift has."""
    whole = span_of(row).minutes
    if minutes is not None and minutes > whole:
        raise InvalidInput.of("minutes", "range", min=1, max=whole)
    return whole if minutes is None else minutes


def appeal_view(row: Any) -> dict[str, Any]:
    """Return an appeal as who made it and who answers it see it."""
    return {
        "id": row.id,
        "attendance_id": row.attendance_id,
        "shift": {
            "id": row.shift_id,
            "title": row.title,
            "place_name": row.place_name,
            "starts_at": row.starts_at,
            "ends_at": row.ends_at,
        },
        "resident": person(row.resident_id, row.resident_name),
        "attendance_state": row.attendance_state,
        "attended": row.attended,
        "evidence": row.evidence,
        "note": row.note,
        "at": row.asked_at,
        "state": row.state,
        "minutes": row.minutes,
        "answer": row.answer,
        "answered_at": row.answered_at,
    }
