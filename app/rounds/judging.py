"""What people say of each other's rounds: attestations, and the leader's answers to flags.

Nobody attests or judges themselves.
"""

from typing import Any

from sqlalchemy import bindparam, exists, select, update

from app.core import clock
from app.core.access import Actor
from app.core.db import changed_rows, read, unit_of_work
from app.core.errors import InvalidInput, NotFound
from app.core.idempotency import insert_ignore
from app.core.states import IllegalMove
from app.rounds import assessing, rules
from app.rounds.booking import Because
from app.rounds.items import attendance_view
from app.rounds.models import Attendance, Attestation, CheckIn, RoundFlag
from app.rounds.sight import (
    NotOnThisRound,
    RoundNotYours,
    Standing,
    crew_of,
    find_round,
    require_another,
    require_leading,
    require_taking_place,
    require_time,
    way_of,
)


@unit_of_work()
def attest(
    actor: Actor, shift_id: int, *, resident_id: int, present: bool, note: str | None = None
) -> dict[str, Any]:
    """Say that somebody of the crew was there, or, as who leads, that they were not.

    Who says it again replaces what they said. Who walks has to have checked in themselves.
    Errors: NotFound, AboutYourself, RoundNotYours, NotOnThisRound, RoundNotOpen, InvalidInput.
    """
    standing = find_round(actor, shift_id)
    shift = standing.shift
    require_another(actor, resident_id)
    require_taking_place(shift)
    now = clock.now()
    require_time(now, shift.starts_at, shift.ends_at + rules.APPEAL_WITHIN)
    _require_witness(standing, present=present)
    if resident_id not in on_round(shift):
        raise InvalidInput.of("resident_id", "not_of_the_crew")
    attendance = assessing.hold(shift, resident_id)
    said = {"present": present, "leads": standing.leads, "note": note, "at": now}
    row = {"attendance_id": attendance.id, "by_id": actor.resident_id, **said}
    if not changed_rows(insert_ignore(Attestation).values(**row)):
        mine = (Attestation.attendance_id == attendance.id) & (
            Attestation.by_id == actor.resident_id
        )
        changed_rows(update(Attestation).where(mine).values(**said))
    found = assessing.assess(shift, way_of(shift), attendance, Because(actor, note))
    return attendance_view(found.row, found.flags)


def _require_witness(standing: Standing, *, present: bool) -> None:
    """Only who leads says that somebody was not there; only who was there that they were.

    Their phone has to show it: or friends at home could speak for one another.
    """
    if standing.leads:
        return
    if not present:
        raise RoundNotYours
    if standing.attendance_id is None:
        raise NotOnThisRound
    proved = read(_PROVED, {"the_attendance": standing.attendance_id}).scalar_one()
    if not proved:
        raise NotOnThisRound


_PROVED = select(
    exists().where(
        CheckIn.attendance_id == bindparam("the_attendance"), CheckIn.evidence > rules.SELF_CLAIM
    )
)


def on_round(shift: Any) -> set[int]:
    """Return who has a seat, and who left a trace without one."""
    seen = read(_SEEN, {"the_shift": shift.id}).scalars()
    return {row.resident_id for row in crew_of(shift)} | set(seen)


_SEEN = select(Attendance.resident_id).where(Attendance.shift_id == bindparam("the_shift"))


@unit_of_work()
def answer_flag(
    actor: Actor, shift_id: int, flag_id: int, *, accepted: bool, note: str | None = None
) -> dict[str, Any]:
    """Say whether what is doubted counts; a refusal says why. Each is answered once.

    Errors: NotFound, RoundNotYours, AboutYourself, InvalidInput, IllegalMove (answered
    already), RoundNotOpen (too long ago).
    """
    standing = find_round(actor, shift_id)
    require_leading(standing)
    start = standing.shift.starts_at
    now = clock.now()
    require_time(now, start - rules.OPENS_BEFORE, start + rules.ANSWERED_WITHIN)
    flag = read(_FLAG, {"the_flag": flag_id, "the_shift": shift_id}).one_or_none()
    if flag is None:
        raise NotFound
    require_another(actor, flag.resident_id)
    if not accepted and not note:
        raise InvalidInput.of("note", "required")
    attendance = assessing.hold_one(flag.attendance_id)
    answer = {
        "accepted": accepted,
        "note": note,
        "answered_by": actor.resident_id,
        "answered_at": now,
    }
    unanswered = (RoundFlag.id == flag_id) & RoundFlag.accepted.is_(None)
    if not changed_rows(update(RoundFlag).where(unanswered).values(**answer)):
        raise IllegalMove(state="answered", to="answered")
    shift = standing.shift
    found = assessing.assess(shift, way_of(shift), attendance, Because(actor, note))
    return attendance_view(found.row, found.flags)


_FLAG = (
    select(RoundFlag.attendance_id, Attendance.resident_id)
    .join(Attendance, Attendance.id == RoundFlag.attendance_id)
    .where(RoundFlag.id == bindparam("the_flag"), Attendance.shift_id == bindparam("the_shift"))
)
