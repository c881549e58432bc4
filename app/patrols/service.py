"""The door to shifts for the features above: what rounds and rosters may ask and do.

Functions that write lock people first (by id), then shifts (by id); a caller with a
transaction of its own has to keep to that order, see `fitness`.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select

from app.core.db import read
from app.patrols import rules
from app.patrols.beats import (
    checkpoint_of_code,
    checkpoints_by_id,
    checkpoints_of,
)
from app.patrols.fitness import CANNOT_COME, lock_people, lock_shifts, spans_of, unfit
from app.patrols.models import Shift, SignUp
from app.patrols.planning import cancel_shift, change_shift, create_shift, plan_shifts
from app.patrols.queue import accept_offer, decline_offer, fill
from app.patrols.seats import enlist, leave, remove, sign_up, take_over
from app.patrols.sight import (
    find_for_system,
    find_route,
    find_shift,
    leads,
    require_leader,
    require_planner,
)
from app.patrols.views import show_shift
from app.residents.models import Resident

__all__ = [
    "CANNOT_COME",
    "accept_offer",
    "cancel_shift",
    "change_shift",
    "checkpoint_of_code",
    "checkpoints_by_id",
    "checkpoints_of",
    "create_shift",
    "crew",
    "decline_offer",
    "enlist",
    "fill",
    "find_for_system",
    "find_route",
    "find_shift",
    "leads",
    "leave",
    "lock_people",
    "lock_shifts",
    "plan_shifts",
    "remove",
    "require_leader",
    "require_planner",
    "seats_of",
    "shifts_of",
    "show_shift",
    "sign_up",
    "spans_of",
    "take_over",
    "unfit",
]


def crew(shift_id: int) -> list[Any]:
    """Return (resident_id, name, state, joined_at) of who is on a shift, in order of joining."""
    return list(read(_CREW, {"the_shift": shift_id}))


_CREW = (
    select(SignUp.resident_id, Resident.name, SignUp.state, SignUp.joined_at)
    .join(Resident, Resident.id == SignUp.resident_id)
    .where(SignUp.shift_id == bindparam("the_shift"), SignUp.state.in_(rules.CREW))
    .order_by(SignUp.joined_at, SignUp.id)
)


def seats_of(shift_ids: Collection[int]) -> dict[int, list[Any]]:
    """Return (shift_id, resident_id, state) of each held seat by shift, in one query."""
    found: dict[int, list[Any]] = {shift_id: [] for shift_id in shift_ids}
    rows = read(
        select(SignUp.shift_id, SignUp.resident_id, SignUp.state)
        .where(SignUp.shift_id.in_(sorted(found)), SignUp.state.in_(rules.HOLDING))
        .order_by(SignUp.shift_id, SignUp.id)
    )
    for row in rows:
        found[row.shift_id].append(row)
    return found


def shifts_of(
    resident_id: int, start: datetime, end: datetime, *, states: Sequence[str] = rules.CREW
) -> list[Any]:
    """Return the shifts, with `mine`, that somebody is on between two moments, cancelled too."""
    return list(
        read(
            select(*Shift.__table__.columns, SignUp.state.label("mine"))
            .join(SignUp, SignUp.shift_id == Shift.id)
            .where(
                SignUp.resident_id == resident_id,
                SignUp.state.in_(tuple(states)),
                Shift.starts_at < end,
                Shift.ends_at > start,
            )
            .order_by(Shift.starts_at, Shift.id)
        )
    )
