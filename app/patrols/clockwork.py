"""What happens to shifts by the clock: each one in a transaction of its own.

What was told is marked on the shift in the transaction that records the fact, and the
notices have keys besides: a job that runs twice, or late, reminds once.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, or_, select, update
from sqlalchemy.sql import ColumnElement

from app.core import clock, outbox
from app.core.db import changed_rows, read, unit_of_work
from app.core.steps import one_by_one
from app.patrols import fitness, rules
from app.patrols.events import DayBefore, ShiftEnded, ShiftSoon, ShiftUnderstaffed
from app.patrols.models import Shift, SignUp, Swap
from app.patrols.planning import close_waiting


def remind_due(most: int = 500) -> int:
    """Remind of shifts that begin within a day, or within two hours; returns of how many."""
    now = clock.now()
    day = Shift.told_day_at.is_(None) & (Shift.starts_at <= now + rules.DAY_BEFORE)
    soon = Shift.told_soon_at.is_(None) & (Shift.starts_at <= now + rules.SOON_BEFORE)
    return one_by_one(_coming(or_(day, soon), most), _remind)


def _coming(due: ColumnElement[bool], most: int) -> list[int]:
    found = select(Shift.id).where(Shift.state == rules.OPEN, Shift.starts_at > clock.now(), due)
    return list(read(found.order_by(Shift.starts_at, Shift.id).limit(most)).scalars())


@unit_of_work()
def _remind(shift_id: int) -> bool:
    fitness.lock_shifts([shift_id])
    shift, now = read(_ONE, {"the_shift": shift_id}).one(), clock.now()
    left = shift.starts_at - now
    if shift.state != rules.OPEN or left <= timedelta():
        return False
    marks: dict[str, datetime] = {}
    if shift.told_day_at is None and left <= rules.DAY_BEFORE:
        marks["told_day_at"] = now
        # Late by so much that the next reminder is due as well, one is enough.
        if left > rules.SOON_BEFORE:
            people = _crew_since(shift, rules.DAY_BEFORE)
            outbox.record(DayBefore(shift_id, shift.starts_at.isoformat(), people))
    if shift.told_soon_at is None and left <= rules.SOON_BEFORE:
        marks["told_soon_at"] = now
        people = _crew_since(shift, rules.SOON_BEFORE)
        outbox.record(ShiftSoon(shift_id, shift.starts_at.isoformat(), people))
    if marks:
        changed_rows(update(Shift).where(Shift.id == shift_id).values(**marks))
    return bool(marks)


_ONE = select(*Shift.__table__.columns).where(Shift.id == bindparam("the_shift"))


def _crew_since(shift: Any, before: timedelta) -> list[int]:
    """Return who was on a shift so long before it; who joined later knows of it anyway."""
    rows = read(
        select(SignUp.resident_id)
        .where(
            SignUp.shift_id == shift.id,
            SignUp.state.in_(rules.CREW),
            SignUp.joined_at <= shift.starts_at - before,
        )
        .order_by(SignUp.resident_id)
    )
    return list(rows.scalars())


def tell_understaffed(most: int = 500) -> int:
    """Tell who leads a shift that too few are on it, 48, 24 and 6 hours before."""
    first = timedelta(hours=max(rules.SHORT_AT_HOURS))
    last = min(rules.SHORT_AT_HOURS)
    open_yet = or_(Shift.told_short_h.is_(None), Shift.told_short_h > last)
    due = open_yet & (Shift.starts_at <= clock.now() + first)
    return one_by_one(_coming(due, most), _tell_short)


@unit_of_work()
def _tell_short(shift_id: int) -> bool:
    fitness.lock_shifts([shift_id])
    shift, now = read(_ONE, {"the_shift": shift_id}).one(), clock.now()
    since = shift.moved_at or shift.created_at
    level = rules.short_level(now, shift.starts_at, since, shift.told_short_h)
    if shift.state != rules.OPEN or level is None:
        return False
    changed_rows(update(Shift).where(Shift.id == shift_id).values(told_short_h=level))
    sure = read(
        select(SignUp.id).where(SignUp.shift_id == shift_id, SignUp.state == rules.JOINED)
    ).all()
    missing = shift.minimum - len(sure)
    if missing <= 0:
        return False
    outbox.record(ShiftUnderstaffed(shift_id, shift.starts_at.isoformat(), level, missing))
    return True


def end_due(most: int = 500) -> int:
    """Let shifts end whose time is over: nobody waits any more; returns how many."""
    now = clock.now()
    over = (
        select(Shift.id)
        .where(
            Shift.state == rules.OPEN,
            Shift.told_end_at.is_(None),
            Shift.ends_at <= now,
        )
        .order_by(Shift.starts_at, Shift.id)
        .limit(most)
    )
    return one_by_one(list(read(over).scalars()), _end)


@unit_of_work()
def _end(shift_id: int) -> bool:
    fitness.lock_shifts([shift_id])
    now = clock.now()
    over = (
        (Shift.id == shift_id)
        & (Shift.state == rules.OPEN)
        & Shift.told_end_at.is_(None)
        & (Shift.ends_at <= now)
    )
    if not changed_rows(update(Shift).where(over).values(told_end_at=now, waiting=0)):
        return False
    close_waiting(shift_id, (rules.WAITING,))
    asked = (Swap.shift_id == shift_id) & (Swap.state == "asked")
    changed_rows(update(Swap).where(asked).values(state="void", answered_at=now))
    shift = read(_ONE, {"the_shift": shift_id}).one()
    outbox.record(ShiftEnded(shift_id, shift.place_code))
    return True
