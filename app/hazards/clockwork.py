"""What happens to hazards by the clock: each one in a transaction of its own."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, select, update
from sqlalchemy.sql import ColumnElement

from app.core import clock, outbox, steps
from app.core.db import changed_rows, read, unit_of_work
from app.core.states import IllegalMove, Move
from app.hazards import rules
from app.hazards.events import HazardUnanswered
from app.hazards.models import Hazard
from app.hazards.records import apply, record_move, write_history
from app.hazards.sight import find_for_system

SYSTEM = "system"
"""As what the clock acts, in the history."""


def one_by_one(hazard_ids: Iterable[int], step: Callable[[int], bool]) -> int:
    """Take a step with each hazard; who moved one meanwhile was faster."""
    return steps.one_by_one(hazard_ids, step, too_late=(IllegalMove,))


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
    _make(row, rules.RESUME_BY_THE_CLOCK, rules.after_suspension(row, now), now)
    return True


def _make(
    row: Any,
    move: Move[rules.Case],
    changes: dict[str, Any],
    now: datetime,
    **kept: Any,
) -> None:
    """Make a move that nobody made; `kept` is what its line of history keeps."""
    seq = row.moves_made + 1
    apply(row, move, changes, 0)
    write_history(row.id, seq, move, at=now, actor_id=None, role=SYSTEM, brought=kept)
    record_move(row, seq, move, None, changes)


def ask_again(most: int = 500) -> int:
    """Remind reporters who have not said whether it is solved, once; returns how many."""
    waiting = _unanswered_for(rules.ASKED_AGAIN_AFTER) & Hazard.reminded_at.is_(None)
    return one_by_one(_longest_waiting(waiting, most), _ask_one_again)


@unit_of_work()
def _ask_one_again(hazard_id: int) -> bool:
    waiting = _unanswered_for(rules.ASKED_AGAIN_AFTER) & Hazard.reminded_at.is_(None)
    once = update(Hazard).where(Hazard.id == hazard_id, waiting)
    if not changed_rows(once.values(reminded_at=clock.now())):
        return False
    row = find_for_system(hazard_id)
    people = (row.reporter_id, row.assignee_id)
    outbox.record(HazardUnanswered(row.id, row.moves_made, *people, row.place_code))
    return True


def close_unanswered(most: int = 500) -> int:
    """Close what was handled and never answered; returns how many."""
    waiting = _unanswered_for(rules.ANSWERED_WITHIN)
    return one_by_one(_longest_waiting(waiting, most), _close_one)


@unit_of_work()
def _close_one(hazard_id: int) -> bool:
    row, now = find_for_system(hazard_id), clock.now()
    if row.state != "handled" or row.handled_at >= now - rules.ANSWERED_WITHIN:
        return False
    outcome = {"due_at": row.due_at, "handled_at": row.handled_at}
    _make(row, rules.CLOSE_UNANSWERED, {"closed_at": now}, now, **outcome)
    return True


def _unanswered_for(time: timedelta) -> ColumnElement[bool]:
    """Whether a reporter has owed an answer for so long.

    Who handled their own report is asked nothing: the committee has to check it.
    """
    return and_(
        Hazard.state == "handled",
        Hazard.handled_at < clock.now() - time,
        Hazard.reporter_id.is_distinct_from(Hazard.assignee_id),
    )


def _longest_waiting(waiting: ColumnElement[bool], most: int) -> Sequence[int]:
    found = select(Hazard.id).where(waiting).order_by(Hazard.handled_at, Hazard.id).limit(most)
    return read(found).scalars().all()
