"""The end of a round: who was there, for how long, and who was not.

The leader closes it, and that settles whom there is no doubt about: who checked out, whom
the leader attests, and of whom the leader says that they were not there. The others' phones
may still be without a network, so they wait for the clock, twelve hours after the end.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update

from app.core import clock
from app.core.access import Actor
from app.core.db import changed_rows, read, unit_of_work
from app.core.errors import Conflict
from app.core.idempotency import insert_ignore
from app.core.steps import one_by_one
from app.patrols import rules as patrol_rules
from app.patrols import sight as patrols
from app.patrols.models import Shift
from app.places import service as places
from app.places.coordinates import Point
from app.rounds import assessing, rules, telling
from app.rounds.models import Attendance, CheckIn, Round, TrackPoint, WalkedHour
from app.rounds.sight import (
    Way,
    crew_of,
    find_round,
    require_leading,
    require_taking_place,
    span_of,
    way_of,
)

A_RUN = 50
"""Shifts that one run of the clock settles, each in a transaction of its own."""
LOOKS_BACK = timedelta(days=30)
"""Older shifts that nobody settled stay as they are: whoever was there has long forgotten."""


class RoundNotOver(Conflict):
    """Somebody is still on the round, and its time is not over."""

    code = "round_not_over"


@unit_of_work()
def close_round(actor: Actor, shift_id: int) -> dict[str, Any]:
    """Close a round as who leads it; returns how many were settled and how many wait.

    Repeated it settles whoever is certain by then.
    Errors: NotFound, RoundNotYours, RoundNotOpen (cancelled), RoundNotOver.
    """
    standing = find_round(actor, shift_id)
    require_leading(standing)
    shift = standing.shift
    require_taking_place(shift)
    now = clock.now()
    if not (_is_over(shift) or _all_back(shift)):
        raise RoundNotOver
    _hold(shift)
    waiting = _settle(shift, everybody=now >= shift.ends_at + rules.SETTLED_AFTER)
    closed = {"closed_at": now, "closed_by": actor.resident_id}
    first = (Round.shift_id == shift_id) & Round.closed_at.is_(None)
    changed_rows(update(Round).where(first).values(**closed))
    return round_view(shift_id) | {"waiting": waiting}


def settle_due() -> int:
    """Settle rounds that ended long enough ago; returns how many."""
    return one_by_one(_due(clock.now()), _settle_one)


def _due(now: datetime) -> list[int]:
    ended = now - rules.SETTLED_AFTER
    return list(read(_DUE, {"ended": ended, "oldest": ended - LOOKS_BACK}).scalars())


_DUE = (
    select(Shift.id)
    .outerjoin(Round, Round.shift_id == Shift.id)
    .where(
        Shift.state == patrol_rules.OPEN,
        # No shift is longer than a day, so that the index over starts serves.
        Shift.starts_at >= bindparam("oldest"),
        Shift.starts_at <= bindparam("ended"),
        Shift.ends_at <= bindparam("ended"),
        Round.settled_at.is_(None),
    )
    .order_by(Shift.starts_at, Shift.id)
    .limit(A_RUN)
)


@unit_of_work()
def _settle_one(shift_id: int) -> bool:
    shift = patrols.find_for_system(shift_id)
    if _hold(shift).settled_at is not None:
        return False
    _settle(shift, everybody=True)
    return True


def _hold(shift: Any) -> Any:
    """Return the row of a round, made if there is none, held until the end."""
    changed_rows(insert_ignore(Round).values(shift_id=shift.id))
    held = update(Round).where(Round.shift_id == shift.id).values(shift_id=shift.id)
    return read(held.returning(Round.settled_at)).one()


def _settle(shift: Any, *, everybody: bool) -> int:
    """Settle whom there is no doubt about, or everybody; returns how many still wait."""
    way = way_of(shift)
    over = _is_over(shift)
    waiting = 0
    # In the order of their ids, as hours and points ask for.
    for resident_id in sorted(_concerned(shift)):
        attendance = assessing.hold(shift, resident_id)
        if attendance.settled_at is not None:
            continue
        if not (everybody or _certain(attendance, over=over)):
            waiting += 1
            continue
        found = assessing.assess(shift, way, attendance, settle=True)
        if found.row.state == rules.NO_SHOW:
            telling.tell_of_no_show(shift, resident_id)
    if not waiting:
        _keep_walked(shift, way)
        changed_rows(update(Round).where(Round.shift_id == shift.id).values(settled_at=clock.now()))
    return waiting


def _is_over(shift: Any) -> bool:
    """Whether the time of a shift is over, but for the grace that everybody has."""
    span = span_of(shift)
    return clock.now() >= span.ends_at - rules.grace(span)


def _certain(attendance: Any, *, over: bool) -> bool:
    """Whether nothing more is to be expected of somebody's phone.

    `over`: the shift's time is. Before, who was attested and did not check out is still on the
    round: nobody is credited with time that is yet to come.
    """
    if attendance.ended_at is not None or (over and attendance.attested):
        return True
    return any(w.leads and not w.present for w in assessing.witnesses(attendance.id))


def _concerned(shift: Any) -> set[int]:
    seen = read(_SEEN, {"the_shift": shift.id}).all()
    return {row.resident_id for row in crew_of(shift)} | {row.resident_id for row in seen}


def _all_back(shift: Any) -> bool:
    """Whether everybody who set out has come back, and somebody did."""
    states = [row.state for row in read(_SEEN, {"the_shift": shift.id})]
    return rules.ENDED in states and rules.ON_ROUND not in states


_SEEN = select(Attendance.resident_id, Attendance.state).where(
    Attendance.shift_id == bindparam("the_shift")
)


def round_view(shift_id: int) -> dict[str, Any]:
    """Return when a round was closed and settled, if it was."""
    row = read(_ROUND, {"the_shift": shift_id}).one_or_none()
    return {
        "shift_id": shift_id,
        "closed_at": row.closed_at if row else None,
        "settled_at": row.settled_at if row else None,
    }


_ROUND = select(Round.closed_at, Round.settled_at).where(Round.shift_id == bindparam("the_shift"))


# Which grids were walked


def _keep_walked(shift: Any, way: Way) -> None:
    """Write down in which grids, in which hours, how many minutes were walked; by nobody."""
    walked: dict[tuple[str, datetime], int] = {}
    spots = _spots(shift, way)
    for attendance in read(_WALKED, {"the_shift": shift.id}):
        minutes = _by_grid(attendance, spots.get(attendance.id, []), shift)
        for where, number in minutes.items():
            walked[where] = walked.get(where, 0) + number
    changed_rows(delete(WalkedHour).where(WalkedHour.shift_id == shift.id))
    rows = [
        {"shift_id": shift.id, "place_code": code, "hour_at": hour_at, "minutes": minutes}
        for (code, hour_at), minutes in sorted(walked.items())
    ]
    if rows:
        changed_rows(insert(WalkedHour), rows)


_WALKED = select(Attendance.id, Attendance.started_at, Attendance.minutes).where(
    Attendance.shift_id == bindparam("the_shift"), Attendance.minutes > 0
)


def _spots(shift: Any, way: Way) -> Mapping[int, list[tuple[datetime, str]]]:
    """Return in which grid everybody was when, as far as that is known."""
    places_of = {c.id: (c.lat, c.lon) for c in way.checkpoints}
    asked = {"the_shift": shift.id}
    rows = [(r.attendance_id, r.at, r.lat, r.lon) for r in read(_POINTS, asked)]
    for r in read(_SCANS, asked):
        lat, lon = (r.lat, r.lon) if r.lat is not None else places_of.get(r.checkpoint_id, (0, 0))
        rows.append((r.attendance_id, r.at, lat, lon))
    grids = places.locate_many([Point(lat, lon) for _, _, lat, lon in rows])
    found: dict[int, list[tuple[datetime, str]]] = {}
    for (whose, at, _, _), grid in zip(rows, grids, strict=True):
        if grid is not None:
            found.setdefault(whose, []).append((at, grid.code))
    return {whose: sorted(spots) for whose, spots in found.items()}


_POINTS = (
    select(TrackPoint.attendance_id, TrackPoint.at, TrackPoint.lat, TrackPoint.lon)
    .join(Attendance, Attendance.id == TrackPoint.attendance_id)
    .where(Attendance.shift_id == bindparam("the_shift"))
)
_SCANS = select(
    CheckIn.attendance_id, CheckIn.at, CheckIn.lat, CheckIn.lon, CheckIn.checkpoint_id
).where(CheckIn.shift_id == bindparam("the_shift"))


def _by_grid(
    attendance: Any, spots: list[tuple[datetime, str]], shift: Any
) -> dict[tuple[str, datetime], int]:
    """Return somebody's minutes by grid and hour: each counts where they were seen last."""
    start = max(attendance.started_at or shift.starts_at, shift.starts_at)
    found: dict[tuple[str, datetime], int] = {}
    place, code = 0, spots[0][1] if spots else shift.place_code
    for minute in range(attendance.minutes):
        now = start + timedelta(minutes=minute)
        while place < len(spots) and spots[place][0] <= now:
            code = spots[place][1]
            place += 1
        hour_at = now.replace(minute=0, second=0, microsecond=0)
        found[code, hour_at] = found.get((code, hour_at), 0) + 1
    return found
