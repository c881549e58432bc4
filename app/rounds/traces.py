"""What people leave on rounds: where they were goes; that a round was walked stays."""

from typing import Any

from sqlalchemy import exists, select

from app.core import clock
from app.core.access import Actor
from app.core.db import read
from app.core.errors import Conflict
from app.core.traces import acted, before_leaving, goes, stays
from app.patrols.models import Shift
from app.rounds.models import (
    Appeal,
    Attendance,
    Attestation,
    CheckIn,
    Finding,
    Round,
    RoundFlag,
    SosCall,
    TrackPoint,
)

WALKED = "a round was walked, and its minutes are in the figures"


def _attended(who: int) -> Any:
    return select(Attendance.id).where(Attendance.resident_id == who)


acted(Round.closed_by, "a round was closed by whoever led it")
stays(Attendance.resident_id, WALKED)
stays(
    CheckIn.resident_id,
    WALKED,
    cleared={
        "lat": None,
        "lon": None,
        "accuracy_m": None,
        "beyond_m": None,
        "fingerprint": "",
        "answer": None,
    },
    kept=("client_uuid",),
    withheld=("fingerprint", "answer"),
)
goes(RoundFlag.attendance_id, theirs=_attended)
acted(RoundFlag.answered_by, "a doubt about somebody else was answered")
goes(TrackPoint.attendance_id, theirs=_attended)
goes(Attestation.attendance_id, theirs=_attended)
acted(Attestation.by_id, "somebody else's hours hang on what was attested")
stays(
    SosCall.resident_id,
    "that help was called for, and came, is part of a round",
    cleared={"lat": None, "lon": None, "note": None, "closing_note": None},
)
acted(SosCall.acknowledged_by, "somebody else was helped")
acted(SosCall.closed_by, "somebody else was helped")
stays(Finding.resident_id, "a case was found on a round")
goes(Appeal.attendance_id, theirs=_attended)
acted(Appeal.answered_by, "somebody else's appeal was answered")


class RoundRunning(Conflict):
    """Somebody is on a round, or waits for help on one: that has to end first."""

    code = "round_running"


@before_leaving
def refuse_on_a_round(actor: Actor) -> None:
    """Let nobody go who is on a round now, leads one, or has called for help there.

    Errors: RoundRunning.
    """
    now, me = clock.now(), actor.resident_id
    on_it = exists().where(
        Attendance.shift_id == Shift.id,
        Attendance.resident_id == me,
        Attendance.started_at.is_not(None),
        Attendance.ended_at.is_(None),
    )
    calls = exists().where(
        SosCall.shift_id == Shift.id, SosCall.resident_id == me, SosCall.state != "closed"
    )
    running = (Shift.starts_at <= now) & (Shift.ends_at > now) & (Shift.state == "open")
    busy = select(Shift.id).where(running, on_it | calls | (Shift.leader_id == me)).limit(1)
    if read(busy).first() is not None:
        raise RoundRunning
