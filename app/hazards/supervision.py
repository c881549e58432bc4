"""Promises that are not kept: who hears of it, and who has to explain it in writing."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, func, insert, select, update

from app.core import audit, clock, outbox
from app.core.access import Actor
from app.core.db import changed_rows, read, unit_of_work
from app.core.errors import NotFound
from app.core.states import IllegalMove, Move, MoveNotYours
from app.hazards import rules
from app.hazards.clockwork import SYSTEM, one_by_one
from app.hazards.detail import detail_view, may_answer
from app.hazards.events import HazardLimitReached, HazardOrderAnswered
from app.hazards.models import Hazard, SupervisionOrder
from app.hazards.records import write_history
from app.hazards.sight import find_for_system, find_hazard, relations, role_at

LOOKED_AT_AGAIN_AFTER = timedelta(hours=1)


def supervise_due(most: int = 500) -> int:
    """Step in where a promise is running out or broken; returns in how many cases."""
    due = (
        select(Hazard.id)
        .where(Hazard.supervise_at < clock.now())
        .order_by(Hazard.supervise_at, Hazard.id)
        .limit(most)
    )
    return one_by_one(read(due).scalars().all(), _supervise)


def _supervise(hazard_id: int) -> bool:
    try:
        return _supervise_one(hazard_id)
    except IllegalMove:
        raise
    except Exception:
        _put_off(hazard_id)
        raise


@unit_of_work()
def _put_off(hazard_id: int) -> None:
    """Let a case that something is wrong with not stand first in the queue for ever."""
    later = clock.now() + LOOKED_AT_AGAIN_AFTER
    changed_rows(update(Hazard).where(Hazard.id == hazard_id).values(supervise_at=later))


@unit_of_work()
def _supervise_one(hazard_id: int) -> bool:
    """Take the steps that are due in one case. Errors: IllegalMove (somebody was faster)."""
    row, now = find_for_system(hazard_id), clock.now()
    case = dict(row._mapping)  # noqa: SLF001 the row's public mapping
    levels = rules.levels_to_raise(case, now)
    seq = row.moves_made + sum(level.order for level in levels)
    raised = max((level.percent for level in levels), default=row.raised)
    after = {"raised": raised, "supervise_at": rules.supervise_at(case | {"raised": raised})}
    if seq > row.moves_made:  # a new line of history, so nobody may be writing the same
        after |= {"moves_made": seq, "version": row.version + 1}
        after |= {"order_by": row.order_by or now + rules.ANSWER_WITHIN}
    # Before the lines: who comes second has to find out here, not by a line that is there already.
    unmoved = (Hazard.id == row.id, Hazard.version == row.version, Hazard.raised == row.raised)
    if not changed_rows(update(Hazard).where(*unmoved).values(after)):
        raise IllegalMove(state=row.state, to=row.state)
    seq = row.moves_made
    for level in levels:
        order_id = None
        if level.order:
            seq += 1
            order_id = _raise_order(row, seq, level, now)
        _record(row, seq, level, order_id)
    return bool(levels)


def _record(row: Any, seq: int, level: rules.Level, order_id: int | None) -> None:
    outbox.record(
        HazardLimitReached(
            hazard_id=row.id,
            seq=seq,
            stage=rules.ACCEPTING if row.state == "reported" else rules.HANDLING,
            level=level.percent,
            order_id=order_id,
            reporter_id=row.reporter_id,
            assignee_id=row.assignee_id,
            place_code=row.place_code,
        )
    )


def _raise_order(row: Any, seq: int, level: rules.Level, now: datetime) -> int:
    _write_line(row, seq, rules.SUPERVISE, at=now, actor_id=None, role=SYSTEM, note=None)
    order = {
        "hazard_id": row.id,
        "seq": seq,
        "place_code": row.place_code,
        "percent": level.percent,
        "due_at": row.due_at,
        "raised_at": now,
        "answer_by": now + rules.ANSWER_WITHIN,
        "ordered_id": row.assignee_id,
    }
    return int(read(_NEW_ORDER, order).scalar_one())


_NEW_ORDER = insert(SupervisionOrder).returning(SupervisionOrder.id)


def _write_line(
    row: Any,
    seq: int,
    name: str,
    *,
    at: datetime,
    actor_id: int | None,
    role: str,
    note: str | None,
) -> None:
    """Write a line of history that leaves the case in its state."""
    line: Move[rules.Case] = Move(name, row.state, row.state, by=frozenset())
    brought = {"note": note}
    write_history(row.id, seq, line, at=at, actor_id=actor_id, role=role, brought=brought)


@unit_of_work()
def answer_order(actor: Actor, hazard_id: int, order_id: int, *, text: str) -> dict[str, Any]:
    """Answer a supervision order in writing; returns the case as the actor then sees it.

    Errors: NotFound; MoveNotYours; IllegalMove (it was answered already).
    """
    row, now = find_hazard(actor, hazard_id), clock.now()
    audit.note(place_code=row.place_code)
    order = read(_ORDER, {"order_id": order_id, "hazard_id": hazard_id}).one_or_none()
    if order is None:
        raise NotFound
    if order.answered_at is not None:
        raise IllegalMove(state=row.state, to=row.state)
    held = relations(actor, row)
    if not may_answer(actor, held, order):
        raise MoveNotYours(state=row.state, to=row.state)
    answered = {"answer": text, "answered_at": now, "answered_by": actor.resident_id}
    unanswered = (SupervisionOrder.id == order_id, SupervisionOrder.answered_at.is_(None))
    if not changed_rows(update(SupervisionOrder).where(*unanswered).values(answered)):
        raise IllegalMove(state=row.state, to=row.state)
    seq = _next_line(hazard_id)
    role = role_at(actor, row, rules.ANSWERED_BY)
    _write_line(
        row, seq, rules.ANSWER_ORDER, at=now, actor_id=actor.resident_id, role=role, note=text
    )
    outbox.record(
        HazardOrderAnswered(
            hazard_id=hazard_id,
            seq=seq,
            order_id=order_id,
            actor_id=actor.resident_id,
            reporter_id=row.reporter_id,
            assignee_id=row.assignee_id,
            place_code=row.place_code,
        )
    )
    return detail_view(actor, find_for_system(hazard_id))


_ORDER = select(SupervisionOrder.__table__).where(
    SupervisionOrder.id == bindparam("order_id"),
    SupervisionOrder.hazard_id == bindparam("hazard_id"),
)


def _next_answer_by(hazard_id: int) -> Any:
    open_ones = (SupervisionOrder.hazard_id == hazard_id, SupervisionOrder.answered_at.is_(None))
    return select(func.min(SupervisionOrder.answer_by)).where(*open_ones).scalar_subquery()


def _next_line(hazard_id: int) -> int:
    """Count a line of history up; of two at once each gets its own, and neither is refused."""
    counted = (
        update(Hazard)
        .where(Hazard.id == hazard_id)
        .values(
            moves_made=Hazard.moves_made + 1,
            version=Hazard.version + 1,
            order_by=_next_answer_by(hazard_id),
        )
        .returning(Hazard.moves_made)
    )
    return int(read(counted).scalar_one())
