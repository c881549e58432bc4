"""What is kept of where people were, and for how long.

Tracks are deleted after 30 days: what remains of them is how many minutes each grid was
walked, and nobody's name is part of that (`walked_hours`). The points of check-ins are then
rounded to about 500 m, and those of calls for help deleted. Of who withdraws their consent
tracks and points are deleted at once.
"""

import time
from typing import Any

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.sql import ColumnElement

from app.core import clock
from app.core.db import changed_rows, read, unit_of_work, writing
from app.core.forgetting import BATCH, PAUSE_S, forget
from app.rounds import rules
from app.rounds.models import Attendance, CheckIn, SosCall, TrackPoint


def forget_tracks() -> int:
    """Delete tracks that are old, and make the other points coarse; returns how many points."""
    old = clock.now() - rules.TRACK_KEPT
    forgotten = forget(TrackPoint, TrackPoint.received_at < old)
    exact = or_(CheckIn.accuracy_m.is_(None), CheckIn.accuracy_m < rules.COARSE_M)
    forgotten += _in_batches(
        CheckIn,
        (CheckIn.received_at < old) & CheckIn.lat.is_not(None) & exact,
        {"lat": _coarse(CheckIn.lat), "lon": _coarse(CheckIn.lon), "accuracy_m": rules.COARSE_M},
    )
    forgotten += _in_batches(
        SosCall,
        (SosCall.called_at < old) & SosCall.lat.is_not(None),
        {"lat": None, "lon": None},
    )
    return forgotten


def _coarse(column: Any) -> Any:
    return func.round(column / rules.COARSE_DEGREES) * rules.COARSE_DEGREES


def _in_batches(model: Any, which: ColumnElement[bool], values: dict[str, Any]) -> int:
    """Change the rows that this is true of, a little at a time; afterwards it is of none."""
    done = 0
    while True:
        with writing():
            ids = list(read(select(model.id).where(which).limit(BATCH)).scalars())
            if not ids:
                return done
            done += changed_rows(update(model).where(model.id.in_(ids)).values(**values))
        time.sleep(PAUSE_S)


@unit_of_work()
def forget_ways_of(resident_id: int) -> int:
    """Delete where somebody was, on whichever round; returns how many points."""
    theirs = select(Attendance.id).where(Attendance.resident_id == resident_id)
    forgotten = changed_rows(delete(TrackPoint).where(TrackPoint.attendance_id.in_(theirs)))
    mine = (CheckIn.resident_id == resident_id) & CheckIn.lat.is_not(None)
    return forgotten + changed_rows(update(CheckIn).where(mine).values(lat=None, lon=None))
