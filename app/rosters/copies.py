"""Copying the shifts of a week to another one, once however often one asks."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from app.core import clock
from app.core.access import Actor
from app.core.db import changed_rows, read, unit_of_work, within
from app.core.errors import InvalidInput
from app.core.idempotency import insert_ignore
from app.patrols import planning
from app.patrols import rules as patrols
from app.patrols.models import Shift
from app.patrols.sight import require_planner
from app.rosters import recurrence, rules, sight
from app.rosters.models import CopiedShift, ShiftTemplate
from app.rosters.templates import COPIED

ALIKE = ("place_code", "title", "route_id", "team_id", "starts_at", "ends_at")
"""Two shifts that share these are the same one."""


@unit_of_work()
def duplicate_week(
    actor: Actor, *, place_code: str, from_week: date, to_week: date, team_id: int | None = None
) -> dict[str, int]:
    """Copy the shifts of the week of one day to the week of another; nobody is signed up.

    Skipped and counted is what is there already (`skipped`, also if it was cancelled since),
    what a template makes there by itself (`by_template`), and what would begin in the past
    (`past`). `team_id`: only this team's shifts; whoever is not staff there has to name it.
    Errors: NotFound, Forbidden, InvalidInput.
    """
    sight.place_name(place_code)
    require_planner(actor, place_code, team_id)
    origin, target = recurrence.monday_of(from_week), recurrence.monday_of(to_week)
    _check_weeks(origin, target)
    days = (target - origin).days
    done = {"made": 0, "skipped": 0, "by_template": 0, "past": 0}
    there = {_alike(row._mapping) for row in _shifts(place_code, team_id, target, any_state=True)}  # noqa: SLF001 SQLAlchemy's public name
    rows = []
    for shift in _shifts(place_code, team_id, origin):
        row = _moved(shift, days)
        kind = _what_of(shift, row, there)
        done[kind] += 1
        if kind == "made":
            rows.append(row)
    planning.plan_shifts(actor, rows)
    return done


def _check_weeks(origin: date, target: date) -> None:
    this = recurrence.monday_of(clock.shanghai_day(clock.now()))
    if target < this:
        raise InvalidInput.of("to_week", "in_the_past")
    if target > this + timedelta(weeks=rules.MOST_WEEKS_AHEAD):
        raise InvalidInput.of("to_week", "not_within", days=7 * rules.MOST_WEEKS_AHEAD)
    if target == origin:
        raise InvalidInput.of("to_week", "same_week")


def _shifts(
    place_code: str, team_id: int | None, monday: date, *, any_state: bool = False
) -> list[Any]:
    first, last = clock.day_range(monday, monday + timedelta(days=6))
    wanted = (
        select(*Shift.__table__.columns, ShiftTemplate.rule, ShiftTemplate.active)
        .add_columns(ShiftTemplate.from_day, ShiftTemplate.until_day)
        .outerjoin(ShiftTemplate, ShiftTemplate.id == Shift.template_id)
        .where(
            within(Shift.place_code, place_code),
            Shift.starts_at >= first,
            Shift.starts_at < last,
        )
        .order_by(Shift.starts_at, Shift.id)
    )
    if team_id is not None:
        wanted = wanted.where(Shift.team_id == team_id)
    if not any_state:
        wanted = wanted.where(Shift.state == patrols.OPEN)
    return list(read(wanted).all())


def _moved(shift: Any, days: int) -> dict[str, Any]:
    # China has no summer time: so many days later is the same wall time.
    later = timedelta(days=days)
    row = {name: getattr(shift, name) for name in COPIED}
    return row | {"starts_at": shift.starts_at + later, "ends_at": shift.ends_at + later}


def _alike(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(row[name] for name in ALIKE)


def _what_of(shift: Any, row: Mapping[str, Any], there: set[tuple[Any, ...]]) -> str:
    """Return what becomes of one shift: made, skipped, by_template or past."""
    day = clock.shanghai_day(row["starts_at"])
    if row["starts_at"] <= clock.now():
        return "past"
    if _alike(row) in there:
        return "skipped"
    if shift.active and recurrence.days(
        shift.rule, from_day=shift.from_day, until_day=shift.until_day, first=day, last=day
    ):
        return "by_template"
    # Whoever asks twice at once is stopped by this row; the second waits here for the first.
    copy = {"origin_id": shift.id, "day": day, "copied_at": clock.now()}
    return "made" if changed_rows(insert_ignore(CopiedShift), copy) else "skipped"
