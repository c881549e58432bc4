"""What happens to hazards by the clock: each one in a transaction of its own."""

import logging
from collections.abc import Callable, Iterable

from sqlalchemy import select

from app.core import clock
from app.core.db import read, unit_of_work
from app.core.states import IllegalMove
from app.hazards import rules
from app.hazards.models import Hazard
from app.hazards.records import apply, record_move, write_history
from app.hazards.sight import find_for_system

log = logging.getLogger(__name__)
SYSTEM = "system"
"""As what the clock acts, in the history."""


def one_by_one(hazard_ids: Iterable[int], step: Callable[[int], bool]) -> int:
    """Take a step with each; what is wrong with one is no reason to leave the others standing."""
    return sum(_try(hazard_id, step) for hazard_id in hazard_ids)


def _try(hazard_id: int, step: Callable[[int], bool]) -> bool:
    try:
        return step(hazard_id)
    except IllegalMove:
        return False  # somebody was faster
    except Exception:
        log.exception("hazard %s: %s failed", hazard_id, step.__name__)
        return False


def resume_due(most: int = 200) -> int:
    """Let suspended hazards go on whose time has come; returns how many."""
    due = (
        select(Hazard.id)
        .where(Hazard.state == "suspended", Hazard.suspended_until <= clock.now())
        .order_by(Hazard.suspended_until)
        .limit(most)
    )
    return one_by_one(read(due).scalars().all(), _resume_one)


@unit_of_work()
def _resume_one(hazard_id: int) -> bool:
    row = find_for_system(hazard_id)
    now = clock.now()
    if row.state != "suspended" or row.suspended_until > now:
        return False
    changes = rules.after_suspension(row, now)
    move = rules.RESUME_BY_THE_CLOCK
    apply(row, move, changes, 0)
    seq = row.moves_made + 1
    write_history(row.id, seq, move, at=now, actor_id=None, role=SYSTEM, brought={})
    record_move(row, seq, move, None, changes)
    return True
