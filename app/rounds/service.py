"""What one does on a round: check in, also later and all at once, and say where one is."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import and_, bindparam, select, update

from app.core import clock
from app.core.access import Actor
from app.core.db import changed_rows, read, unit_of_work
from app.core.errors import Conflict, InvalidInput, Problem
from app.core.idempotency import insert_ignore
from app.rounds import assessing, plausibility, rules, scans
from app.rounds.items import attendance_view, checkpoint_view
from app.rounds.models import CheckIn, TrackPoint
from app.rounds.sight import (
    RoundNotOpen,
    Standing,
    Way,
    find_round,
    require_time,
    require_walking,
    way_of,
)
from app.volunteers import service as volunteers

Item = Mapping[str, Any]
"""A check-in as a phone sends it: client_uuid, kind, at; sent_at, lat, lon, accuracy, code,
checkpoint_id if it has them. Degrees are WGS-84."""


class ClientUuidReused(Conflict):
    """The phone's name for a check-in was used for another one."""

    code = "client_uuid_reused"


class NoLocationConsent(Conflict):
    """The person has not agreed that their way is recorded."""

    code = "no_location_consent"


@unit_of_work()
def check_in(actor: Actor, shift_id: int, **item: Any) -> dict[str, Any]:
    """Check in at the start, at a checkpoint or at the end; returns what it proves.

    Repeated with the same client_uuid it is answered the same and counts once. What is
    suspicious is flagged, not refused.
    Errors: NotFound, NotOnThisRound, RoundNotOpen, ClientUuidReused, InvalidInput.
    """
    [answer] = _take(actor, shift_id, [item])
    if isinstance(answer, Problem):
        raise answer
    return answer


@unit_of_work()
def check_in_batch(actor: Actor, shift_id: int, *, items: Sequence[Item]) -> dict[str, Any]:
    """Take what a phone kept while it was offline; each is answered for itself.

    Errors: NotFound, NotOnThisRound, RoundNotOpen (the shift is cancelled).
    """
    answers = _take(actor, shift_id, items)
    return {
        "items": [
            {
                "client_uuid": item["client_uuid"],
                "status": answer.status if isinstance(answer, Problem) else CREATED,
                "code": answer.code if isinstance(answer, Problem) else None,
                "check_in": None if isinstance(answer, Problem) else answer,
            }
            for item, answer in zip(items, answers, strict=True)
        ]
    }


CREATED = 201


def _take(actor: Actor, shift_id: int, items: Sequence[Item]) -> list[dict[str, Any] | Problem]:
    now = clock.now()
    standing = find_round(actor, shift_id)
    require_walking(standing)
    way = way_of(standing.shift)
    kept = volunteers.location_consent(actor.resident_id)
    rows = [_read(standing, way, item, now, kept=kept) for item in items]
    # In the order in which they were made: within one second, only that tells which came first.
    good: dict[str, dict[str, Any]] = {}
    for row in rows:
        if not isinstance(row, Problem):
            good.setdefault(row["client_uuid"], row)
    if not good:
        return [row for row in rows if isinstance(row, Problem)]
    attendance = assessing.hold(standing.shift, actor.resident_id)
    _insert(attendance, list(good.values()))
    known = _known(actor, list(good))
    new = [uuid for uuid, row in known.items() if row.answer is None]
    if new:
        found = assessing.assess(standing.shift, way, attendance)
        _answer(known, new, found, way)
        known = _known(actor, list(good))
    return [row if isinstance(row, Problem) else _answered(row, known) for row in rows]


def _read(
    standing: Standing, way: Way, item: Item, now: datetime, *, kept: bool
) -> dict[str, Any] | Problem:
    """Return a check-in as a row, or why it cannot be one."""
    try:
        row = scans.as_row(standing, way, item, now=now, kept=kept)
    except InvalidInput as fault:
        return fault
    in_time = now <= standing.shift.ends_at + rules.TAKEN_FOR
    return row if in_time and rules.is_open(row["at"], standing.span) else RoundNotOpen()


def _insert(attendance: Any, rows: Sequence[dict[str, Any]]) -> None:
    """Write down what is not there yet; the database knows each client_uuid once."""
    mine = {"attendance_id": attendance.id, "resident_id": attendance.resident_id}
    changed_rows(insert_ignore(CheckIn), [row | mine for row in rows])


def _known(actor: Actor, uuids: Sequence[str]) -> dict[str, Any]:
    mine = and_(CheckIn.resident_id == actor.resident_id, CheckIn.client_uuid.in_(uuids))
    return {row.client_uuid: row for row in read(_KNOWN.where(mine))}


_KNOWN = select(
    CheckIn.id,
    CheckIn.client_uuid,
    CheckIn.fingerprint,
    CheckIn.kind,
    CheckIn.at,
    CheckIn.checkpoint_id,
    CheckIn.evidence,
    CheckIn.answer,
)


def _answered(row: dict[str, Any], known: Mapping[str, Any]) -> dict[str, Any] | Problem:
    first = known[row["client_uuid"]]
    if first.fingerprint != row["fingerprint"]:
        return ClientUuidReused()
    answer: dict[str, Any] = first.answer
    return answer


def _answer(
    known: Mapping[str, Any], new: Sequence[str], found: assessing.Assessed, way: Way
) -> None:
    """Keep what each new check-in is answered, now and whenever it is sent again."""
    checkpoints = {checkpoint.id: checkpoint for checkpoint in way.checkpoints}
    flags: dict[int, list[str]] = {}
    for flag in found.flags:
        flags.setdefault(flag.check_in_id, []).append(flag.kind)
    state = attendance_view(found.row, found.flags)
    answers = {
        row.id: {
            "id": row.id,
            "client_uuid": row.client_uuid,
            "kind": row.kind,
            "at": row.at,
            "evidence": row.evidence,
            "flags": sorted(flags.get(row.id, [])),
            "checkpoint": checkpoint_view(checkpoints.get(row.checkpoint_id)),
            "attendance": state,
        }
        for row in (known[uuid] for uuid in new)
    }
    kept = orjson.loads(orjson.dumps(answers, option=AS_ANSWERED | orjson.OPT_NON_STR_KEYS))
    changed_rows(_ANSWERED, [{"the_id": int(i), "the_answer": kept[i]} for i in kept])


AS_ANSWERED = orjson.OPT_UTC_Z | orjson.OPT_OMIT_MICROSECONDS

_ANSWERED = (
    update(CheckIn).where(CheckIn.id == bindparam("the_id")).values(answer=bindparam("the_answer"))
)


@unit_of_work()
def add_points(
    actor: Actor,
    shift_id: int,
    *,
    points: Sequence[Mapping[str, Any]],
    sent_at: datetime | None = None,
) -> dict[str, Any]:
    """Record where somebody is during their round; returns how many points were kept.

    Only between the first check-in and the check-out, and only of who agreed to it.
    Repeated points count once.
    Errors: NotFound, NotOnThisRound, RoundNotOpen, NoLocationConsent.
    """
    now = clock.now()
    standing = find_round(actor, shift_id)
    require_walking(standing)
    if not volunteers.location_consent(actor.resident_id):
        raise NoLocationConsent
    require_time(
        now,
        standing.shift.starts_at - rules.OPENS_BEFORE,
        standing.shift.ends_at + rules.TAKEN_FOR,
    )
    if standing.attendance_id is None:
        # Who has not checked in leaves no trace: without a seat they would be a no-show for it.
        return {"kept": 0, "dropped": len(points)}
    attendance = assessing.hold(standing.shift, actor.resident_id)
    new = _keep_points(standing, attendance, points, now, sent_at)
    if new:
        assessing.assess(standing.shift, way_of(standing.shift), attendance)
    return {"kept": new, "dropped": len(points) - new}


def _keep_points(
    standing: Standing,
    attendance: Any,
    points: Sequence[Mapping[str, Any]],
    now: datetime,
    sent_at: datetime | None,
) -> int:
    """Write down the points that lie within somebody's round; returns how many are new."""
    if attendance.started_at is None:
        return 0
    ended = attendance.ended_at or min(now, standing.shift.ends_at + rules.CLOSES_AFTER)
    rows = [
        {
            "attendance_id": attendance.id,
            "at": scans.corrected(point["at"], sent_at, now),
            "received_at": now,
            "lat": point["lat"],
            "lon": point["lon"],
            "accuracy_m": point.get("accuracy"),
            "cell": plausibility.cell(point["lat"], point["lon"]),
        }
        for point in points
    ]
    during = [row for row in rows if attendance.started_at <= row["at"] <= ended]
    if not during:
        return 0
    return changed_rows(insert_ignore(TrackPoint), during)
