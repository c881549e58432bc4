"""What somebody's check-ins come to: read everything, doubt what is doubtful, sum up.

It is done anew from all that has arrived, each time something does: so the order in which
phones find a network does not matter. Whoever works on somebody's round holds its row.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, bindparam, delete, func, insert, select, update
from sqlalchemy.orm import aliased

from app.core import clock
from app.core.db import changed_rows, read
from app.core.idempotency import insert_ignore
from app.rounds import booking, codes, plausibility, rules, telling
from app.rounds.booking import Because
from app.rounds.models import Appeal, Attendance, Attestation, CheckIn, RoundFlag, TrackPoint
from app.rounds.plausibility import Doubt, Fix, Scan, Twin
from app.rounds.sight import Way, span_of

_ATTENDANCE: BindParameter[int] = bindparam("the_attendance")
NOBODY = Because(None, None)


class Assessed(NamedTuple):
    """Somebody's round after it was looked at: its row, and its flags."""

    row: Any
    flags: list[Any]


def hold(shift: Any, resident_id: int) -> Any:
    """Return the row of somebody's attendance, made if there is none, held until the end."""
    row = {
        "shift_id": shift.id,
        "resident_id": resident_id,
        "place_code": shift.place_code,
        "team_id": shift.team_id,
        "starts_at": shift.starts_at,
        "state": rules.EXPECTED,
        "minutes": 0,
        "evidence": 0,
        "attested": False,
        "version": 0,
    }
    changed_rows(insert_ignore(Attendance).values(**row))
    mine = (Attendance.shift_id == shift.id) & (Attendance.resident_id == resident_id)
    return read(_held(mine)).one()


def hold_one(attendance_id: int) -> Any:
    """Return the row of an attendance, held until the end."""
    return read(_held(Attendance.id == attendance_id)).one()


def _held(which: Any) -> Any:
    # Who comes second waits here, and then sees what the first has written.
    counted = update(Attendance).where(which).values(version=Attendance.version + 1)
    return counted.returning(*Attendance.__table__.columns)


def assess(
    shift: Any, way: Way, attendance: Any, because: Because = NOBODY, *, settle: bool = False
) -> Assessed:
    """Look at somebody's round anew and keep what it comes to; the caller holds its row.

    `settle`: it is over, and its hours are credited. If that was before, they follow.
    """
    everybody = _scans(shift, way)
    mine = [scan for scan in everybody if scan.attendance_id == attendance.id]
    found = plausibility.doubts(
        mine,
        _track(attendance.id),
        others=[scan for scan in everybody if scan.attendance_id != attendance.id],
        twins=_twins(attendance.id),
        path=way.path,
        leading=_leading(shift, everybody),
        span=span_of(shift),
        settled_at=attendance.settled_at,
    )
    flags = _keep_flags(shift, attendance, found)
    counted = [scan for scan in (_counted(scan, flags, attendance) for scan in mine) if scan]
    outcome = rules.outcome(counted, witnesses(attendance.id), span_of(shift))
    settled_at = attendance.settled_at
    if settled_at is not None:
        outcome = _with_appeal(shift, attendance.id, outcome)
        booking.correct(shift, attendance, outcome, because)
    elif settle:
        settled_at = clock.now()
        booking.credit(shift, attendance.resident_id, outcome)
    return Assessed(_keep(attendance, outcome, settled_at), flags)


def _scans(shift: Any, way: Way) -> list[Scan]:
    """Return the check-ins of the whole crew."""
    places = {c.id: (c.lat, c.lon) for c in way.checkpoints}
    return [
        Scan(
            **{name: getattr(row, name) for name in _SCAN_FIELDS},
            steps_off=0 if row.code_step is None else codes.steps_off(row.code_step, row.at),
            place=places.get(row.checkpoint_id),
        )
        for row in read(_SCANS, {"the_shift": shift.id})
    ]


_SCAN_FIELDS = [name for name in Scan._fields if name not in {"steps_off", "place"}]
_SCANS = select(*(getattr(CheckIn, name) for name in _SCAN_FIELDS)).where(
    CheckIn.shift_id == bindparam("the_shift")
)


def _leading(shift: Any, scans: Iterable[Scan]) -> set[int]:
    """Return the attendances of those whose phone shows the code."""
    return {
        scan.attendance_id
        for scan in scans
        if scan.code_kind == rules.OWN_CODE or scan.resident_id == shift.leader_id
    }


def _track(attendance_id: int) -> list[Fix]:
    rows = read(_TRACK, {"the_attendance": attendance_id})
    unsure = plausibility.ROUGH_M
    return [Fix(r.at, r.lat, r.lon, unsure if r.accuracy_m is None else r.accuracy_m) for r in rows]


_TRACK = (
    select(TrackPoint.at, TrackPoint.lat, TrackPoint.lon, TrackPoint.accuracy_m)
    .where(TrackPoint.attendance_id == _ATTENDANCE)
    .order_by(TrackPoint.at)
)


def _twins(attendance_id: int) -> list[Twin]:
    """Return which other tracks have cells of this one, and whether they were here before."""
    cells: dict[int, int] = {}
    first: dict[int, datetime] = {}
    mine: datetime | None = None
    for row in read(_COMMON, {"the_attendance": attendance_id}):
        whose = row.attendance_id
        cells[whose] = cells.get(whose, 0) + 1
        first[whose] = min(row.theirs, first.get(whose, row.theirs))
        mine = row.mine if mine is None else min(mine, row.mine)
    return [
        Twin(whose, number, mine is not None and (first[whose], whose) < (mine, attendance_id))
        for whose, number in cells.items()
    ]


_my, _their = aliased(TrackPoint), aliased(TrackPoint)
_COMMON = (
    select(
        _their.attendance_id,
        _their.cell,
        func.min(_their.received_at).label("theirs"),
        func.min(_my.received_at).label("mine"),
    )
    .join(_my, _my.cell == _their.cell)
    .where(_my.attendance_id == _ATTENDANCE, _their.attendance_id != _ATTENDANCE)
    .group_by(_their.attendance_id, _their.cell)
)


def _keep_flags(shift: Any, attendance: Any, found: Sequence[Doubt]) -> list[Any]:
    """Write down new doubts, forget those that came to nothing, and return all that stand."""
    known = flags_of(attendance.id)
    keys = {doubt.key for doubt in found}
    gone = [flag.id for flag in known if flag.accepted is None and flag.key not in keys]
    new = [doubt for doubt in found if doubt.key not in {flag.key for flag in known}]
    if not gone and not new:
        return known
    if gone:
        changed_rows(delete(RoundFlag).where(RoundFlag.id.in_(gone)))
    if new:
        changed_rows(insert(RoundFlag), [_flag(attendance.id, doubt) for doubt in new])
        telling.tell_of_flags(shift, attendance)
    return flags_of(attendance.id)


def _flag(attendance_id: int, doubt: Doubt) -> dict[str, Any]:
    return {
        "attendance_id": attendance_id,
        "check_in_id": doubt.scan_id,
        "kind": doubt.kind,
        "key": doubt.key,
        "facts": dict(doubt.facts),
        "raised_at": clock.now(),
    }


def flags_of(attendance_id: int) -> list[Any]:
    """Return the flags of somebody's round."""
    return list(read(_FLAGS, {"the_attendance": attendance_id}))


_FLAGS = (
    select(*RoundFlag.__table__.columns)
    .where(RoundFlag.attendance_id == _ATTENDANCE)
    .order_by(RoundFlag.id)
)


def _counted(scan: Scan, flags: Sequence[Any], attendance: Any) -> rules.Counted | None:
    """Return a check-in as far as it counts.

    One that is doubted proves nothing until the leader has answered, and what was not
    accepted does not count; what came after all was settled counts when it is accepted.
    A doubt about the track is one about each position.
    """
    own = [flag for flag in flags if flag.check_in_id == scan.id]
    track = [flag for flag in flags if flag.check_in_id is None and not flag.accepted]
    evidence = scan.evidence
    if track:
        evidence = rules.without_position(evidence)
        if evidence == rules.SELF_CLAIM and any(flag.accepted is False for flag in track):
            return None
    if any(flag.accepted is False for flag in own):
        return None
    if any(flag.accepted is None for flag in own):
        evidence = rules.SELF_CLAIM
        if attendance.settled_at is not None and scan.received_at > attendance.settled_at:
            return None
    return rules.Counted(scan.at, scan.kind, evidence)


def witnesses(attendance_id: int) -> list[rules.Witness]:
    """Return what others say of somebody."""
    rows = read(_WITNESSES, {"the_attendance": attendance_id})
    return [rules.Witness(row.by_id, row.present, row.leads) for row in rows]


_WITNESSES = select(Attestation.by_id, Attestation.present, Attestation.leads).where(
    Attestation.attendance_id == _ATTENDANCE
)


def _with_appeal(shift: Any, attendance_id: int, outcome: rules.Outcome) -> rules.Outcome:
    """Return the outcome as it is after an appeal that was granted."""
    minutes = read(_GRANTED, {"the_attendance": attendance_id}).scalar_one_or_none()
    return outcome if minutes is None else rules.granted(outcome, minutes, span_of(shift))


_GRANTED = select(Appeal.minutes).where(
    Appeal.attendance_id == _ATTENDANCE, Appeal.state == rules.GRANTED
)


def _keep(attendance: Any, outcome: rules.Outcome, settled_at: datetime | None) -> Any:
    values = {
        "state": outcome.state if settled_at is None else rules.settled_state(outcome),
        "started_at": outcome.started_at,
        "ended_at": outcome.ended_at,
        "minutes": outcome.minutes,
        "evidence": outcome.evidence,
        "attested": outcome.attested,
        "settled_at": settled_at,
    }
    changed = update(Attendance).where(Attendance.id == attendance.id).values(**values)
    return read(changed.returning(*Attendance.__table__.columns)).one()
