"""A round as it is seen: one's own, and all of it for who leads.

Where somebody is now is for the leader and the staff of the place, and only while they are
on the round and have agreed to it.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, ColumnElement, and_, bindparam, func, literal, select

from app.core import clock, pages
from app.core.access import Actor
from app.core.db import read
from app.core.gathered import gather
from app.hazards.models import Hazard
from app.patrols.models import Shift
from app.residents.models import Resident
from app.rounds import codes, rules, sos
from app.rounds.items import attendance_view, check_in_view, flag_view, person
from app.rounds.models import (
    Appeal,
    Attendance,
    Attestation,
    CheckIn,
    Finding,
    Round,
    RoundFlag,
    TrackPoint,
)
from app.rounds.sight import (
    CHECKPOINTS,
    CREW,
    ROUTE,
    RoundNotYours,
    Standing,
    Way,
    find_round,
    require_taking_place,
    require_time,
)
from app.volunteers import service as volunteers
from app.volunteers.models import Volunteer

_SHIFT: BindParameter[int] = bindparam("the_shift")


def show_code(actor: Actor, shift_id: int) -> dict[str, Any]:
    """Return the code to show now, and those of the whole shift for when there is no network.

    `codes[i]` is shown from `first_at` + i × 30 s by our clock; `now` tells the phone how
    far its own is off. Errors: NotFound, RoundNotYours, RoundNotOpen.
    """
    standing = find_round(actor, shift_id)
    if not standing.leads:
        raise RoundNotYours
    require_taking_place(standing.shift)
    now = clock.now()
    opens = standing.shift.starts_at - rules.OPENS_BEFORE
    closes = standing.shift.ends_at + rules.CLOSES_AFTER
    require_time(now, standing.shift.starts_at - rules.CODES_FROM, closes)
    first = codes.step_at(max(now, opens))
    last = codes.step_at(closes)
    return {
        "text": codes.text(shift_id, first),
        "valid_until": codes.begins(first + 1),
        "now": now,
        "step_seconds": int(codes.STEP.total_seconds()),
        "first_at": codes.begins(first),
        "codes": [codes.text(shift_id, step) for step in range(first, last + 1)],
    }


class Seen(NamedTuple):
    """Everything that is known of a round's people, by attendance."""

    attendances: Mapping[int, Any]
    check_ins: Mapping[int, list[Any]]
    flags: Mapping[int, list[Any]]
    attestations: Mapping[int, list[Any]]
    last: Mapping[int, dict[str, Any]]


def show_round(actor: Actor, shift_id: int) -> dict[str, Any]:
    """Return a round as somebody sees it. Errors: NotFound."""
    standing = find_round(actor, shift_id)
    shift = standing.shift
    seen, more = _see(actor, standing)
    way = more.way
    mine = seen.attendances.get(actor.resident_id)
    return {
        "shift": {
            "id": shift.id,
            "title": shift.title,
            "place_code": shift.place_code,
            "place_name": shift.place_name,
            "starts_at": shift.starts_at,
            "ends_at": shift.ends_at,
            "state": shift.state,
            "leader": person(shift.leader_id, shift.leader_name),
        },
        "route": _route(way),
        "walks": standing.walks,
        "leads": standing.leads,
        "location_consent": more.agreed,
        "mine": mine and _own(actor, mine, seen, way),
        "people": _people(actor, more.crew, seen, way) if standing.leads else [],
        "sos": sos.calls_of(actor, standing, more.calls),
        "findings": _findings(actor, standing, more.findings),
        "opens_at": shift.starts_at - rules.OPENS_BEFORE,
        "closes_at": shift.ends_at + rules.CLOSES_AFTER,
        "closed_at": more.closed.closed_at if more.closed else None,
        "settled_at": more.closed.settled_at if more.closed else None,
    }


_ROUND = select(Round.closed_at, Round.settled_at).where(Round.shift_id == _SHIFT)


def _route(way: Way) -> dict[str, Any] | None:
    if way.name is None:
        return None
    return {
        "name": way.name,
        "path": way.path,
        "checkpoints": [
            {
                "id": c.id,
                "seq": c.seq,
                "name": c.name,
                "lat": c.lat,
                "lon": c.lon,
                "radius_m": c.radius_m,
            }
            for c in way.checkpoints
            if c.retired_at is None
        ],
    }


class More(NamedTuple):
    """What is known of the round itself: its route, crew, calls for help and findings."""

    way: Way
    crew: Sequence[Any]
    closed: Any
    agreed: bool
    calls: Sequence[Any]
    findings: Sequence[Any]


def _see(actor: Actor, standing: Standing) -> tuple[Seen, More]:
    """Read what the caller may see: all for who leads, one's own for who walks; one query."""
    whose = Attendance.shift_id == _SHIFT
    if not standing.leads:
        whose = and_(whose, Attendance.id == (standing.attendance_id or 0))
    shift = standing.shift
    shows_places = standing.leads and clock.now() <= shift.ends_at + rules.CLOSES_AFTER
    now_there = and_(whose, Attendance.state == rules.ON_ROUND, literal(value=shows_places))
    (
        attendances, check_ins, flags, attestations, points, scans, closed, crew, agreed, calls,
        findings, routes, checkpoints,
    ) = gather(
        _ATTENDANCES.where(whose),
        _CHECK_INS.where(whose),
        _FLAGS.where(whose),
        _ATTESTATIONS.where(whose),
        _last_of(TrackPoint, now_there),
        _last_of(CheckIn, now_there),
        _ROUND,
        CREW,
        volunteers.CONSENTING.where(Volunteer.resident_id == actor.resident_id),
        sos.OF_SHIFT,
        _FINDINGS,
        ROUTE,
        CHECKPOINTS,
        params={"the_shift": shift.id, "the_route": shift.route_id or 0},
    )  # fmt: skip
    seen = Seen(
        {row.resident_id: row for row in attendances},
        _by_attendance(check_ins),
        _by_attendance(flags),
        _by_attendance(attestations),
        _last_places([*points, *scans]),
    )
    way = Way(routes[0].name, routes[0].path, checkpoints) if routes else Way(None, [], [])
    return seen, More(way, crew, next(iter(closed), None), bool(agreed), calls, findings)


def _by_attendance(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row.attendance_id, []).append(row)
    return found


_ATTENDANCES = select(*Attendance.__table__.columns, Resident.name).join(
    Resident, Resident.id == Attendance.resident_id
)
_CHECK_INS = (
    select(*(c for c in CheckIn.__table__.columns if c.name not in {"answer", "fingerprint"}))
    .join(Attendance, Attendance.id == CheckIn.attendance_id)
    .order_by(CheckIn.at, CheckIn.id)
)
_FLAGS = (
    select(*RoundFlag.__table__.columns)
    .join(Attendance, Attendance.id == RoundFlag.attendance_id)
    .order_by(RoundFlag.id)
)
_ATTESTATIONS = select(Attestation.attendance_id, Attestation.by_id, Attestation.present).join(
    Attendance, Attendance.id == Attestation.attendance_id
)


def _last_places(rows: Iterable[Any]) -> dict[int, dict[str, Any]]:
    """Return where those are who are on the round now, as far as they agreed to it."""
    found: dict[int, dict[str, Any]] = {}
    for row in rows:
        place = {"lat": row.lat, "lon": row.lon, "at": row.at, "accuracy": row.accuracy_m}
        before = found.get(row.attendance_id)
        if before is None or before["at"] < row.at:
            found[row.attendance_id] = place
    return found


def _last_of(table: Any, whose: ColumnElement[bool]) -> Any:
    """Return what asks for the newest row with a position of each who agreed to be seen."""
    agreed = select(Attendance.id).where(
        whose, Attendance.resident_id.in_(volunteers.CONSENTING.scalar_subquery())
    )
    placed = and_(table.attendance_id.in_(agreed.scalar_subquery()), table.lat.is_not(None))
    newest = (
        select(table.attendance_id, func.max(table.at).label("at"))
        .where(placed)
        .group_by(table.attendance_id)
        .subquery()
    )
    return (
        select(table.attendance_id, table.at, table.lat, table.lon, table.accuracy_m)
        .join(newest, and_(newest.c.attendance_id == table.attendance_id, newest.c.at == table.at))
        .where(placed)
    )


def _own(actor: Actor, row: Any, seen: Seen, way: Way) -> dict[str, Any]:
    """Return somebody's own round: what they did, and what is doubted of it."""
    flags = seen.flags.get(row.id, [])
    checkpoints = {checkpoint.id: checkpoint for checkpoint in way.checkpoints}
    made = seen.check_ins.get(row.id, [])
    return {
        "attendance": attendance_view(row, flags),
        "check_ins": [check_in_view(one, flags, checkpoints) for one in made],
        "checkpoints_done": _done(made),
        "flags": [flag_view(flag, actor.language) for flag in flags],
    }


def _done(check_ins: Iterable[Any]) -> list[int]:
    """Return the checkpoints that somebody passed, in the order of passing."""
    passed = [one.checkpoint_id for one in check_ins if one.checkpoint_id is not None]
    return list(dict.fromkeys(passed))


def _people(actor: Actor, crew: Sequence[Any], seen: Seen, way: Way) -> list[dict[str, Any]]:
    """Return everybody who is or should be on the round, as who leads sees them."""
    names = {row.resident_id: row.name for row in crew}
    names |= {row.resident_id: row.name for row in seen.attendances.values()}
    return [
        _one_of_them(actor, resident_id, name, seen, way)
        for resident_id, name in sorted(names.items(), key=lambda pair: (pair[1], pair[0]))
    ]


def _one_of_them(actor: Actor, resident_id: int, name: str, seen: Seen, way: Way) -> dict[str, Any]:
    row = seen.attendances.get(resident_id)
    if row is None:
        return {
            **dict.fromkeys(("id", "started_at", "ended_at", "settled_at", "last")),
            "resident": person(resident_id, name),
            "state": rules.EXPECTED,
            "minutes": 0,
            "evidence": 0,
            "attested": False,
            "attested_by_me": None,
            "checkpoints_done": [],
            "check_ins": [],
            "flags": [],
        }
    flags = seen.flags.get(row.id, [])
    own = _own(actor, row, seen, way)
    said = [
        one.present for one in seen.attestations.get(row.id, []) if one.by_id == actor.resident_id
    ]
    return {
        **{key: own["attendance"][key] for key in _SHOWN},
        "resident": person(resident_id, name),
        "attested_by_me": said[0] if said else None,
        "last": seen.last.get(row.id),
        "checkpoints_done": own["checkpoints_done"],
        "check_ins": own["check_ins"],
        "flags": [flag_view(flag, actor.language) for flag in flags],
    }


_SHOWN = ("id", "state", "started_at", "ended_at", "settled_at", "minutes", "evidence", "attested")


def _findings(actor: Actor, standing: Standing, rows: Sequence[Any]) -> list[dict[str, Any]]:
    """Return the hazards found on a round: all for who leads, one's own for who walks."""
    return [
        {"hazard_id": row.hazard_id, "number": row.number, "state": row.state, "at": row.at}
        for row in rows
        if standing.leads or row.resident_id == actor.resident_id
    ]


_FINDINGS = (
    select(Finding.hazard_id, Finding.resident_id, Finding.at, Hazard.number, Hazard.state)
    .join(Hazard, Hazard.id == Finding.hazard_id)
    .where(Finding.shift_id == _SHIFT)
    .order_by(Finding.at, Finding.hazard_id)
    .limit(100)
)


def list_mine(
    actor: Actor, *, state: str | None = None, cursor: str | None = None, limit: int
) -> dict[str, Any]:
    """Return a page of the rounds that somebody was on, or was to be on; newest first."""
    mine = [Attendance.resident_id == actor.resident_id]
    if state:
        mine.append(Attendance.state == state)
    if after := pages.decode(cursor, int):
        mine.append(Attendance.id < after[0])
    rows = read(_MINE.where(*mine).order_by(Attendance.id.desc()).limit(limit + 1)).all()
    now = clock.now()
    return pages.page(rows, limit, lambda row: _mine_view(row, now), lambda row: (row.id,))


_MINE = (
    select(
        *Attendance.__table__.columns,
        Shift.title,
        Shift.place_name,
        Shift.ends_at,
        Appeal.id.label("appeal_id"),
        Appeal.state.label("appeal_state"),
        Appeal.note.label("appeal_note"),
        Appeal.minutes.label("appeal_minutes"),
        Appeal.answer.label("appeal_answer"),
    )
    .join(Shift, Shift.id == Attendance.shift_id)
    .outerjoin(Appeal, Appeal.attendance_id == Attendance.id)
)


def _mine_view(row: Any, now: Any) -> dict[str, Any]:
    appeal = row.appeal_id and {
        "id": row.appeal_id,
        "state": row.appeal_state,
        "note": row.appeal_note,
        "minutes": row.appeal_minutes,
        "answer": row.appeal_answer,
    }
    open_until = row.settled_at + rules.APPEAL_WITHIN if row.settled_at else now - timedelta(1)
    return {
        "id": row.id,
        "shift_id": row.shift_id,
        "title": row.title,
        "place_name": row.place_name,
        "starts_at": row.starts_at,
        "ends_at": row.ends_at,
        "state": row.state,
        "minutes": row.minutes,
        "evidence": row.evidence,
        "attested": row.attested,
        "settled_at": row.settled_at,
        "appeal": appeal or None,
        "may_appeal": not appeal and now <= open_until,
    }
