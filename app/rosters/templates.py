"""Templates: shifts that come again, made four weeks ahead.

A changed template changes the shifts ahead that are still as it made them and that nobody
has joined or waits for. The others stay: people agreed to them as they are, or a planner
changed them by hand; the answer says how many, and a planner changes them one by one.
"""

import logging
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import insert, select, update

from app.core import clock, pages
from app.core.access import Actor
from app.core.db import changed_rows, read, unit_of_work
from app.core.errors import Conflict, InvalidInput, Problem
from app.patrols import fitness, planning
from app.patrols import rules as patrols
from app.patrols.models import Shift
from app.patrols.sight import require_planner
from app.rosters import recurrence, rules, sight
from app.rosters.models import ShiftTemplate
from app.volunteers.rules import ALL_SKILLS

log = logging.getLogger(__name__)
COPIED = (
    "title",
    "words",
    "place_code",
    "route_id",
    "team_id",
    "leader_id",
    "capacity",
    "minimum",
    "skills",
    "residence_required",
)
"""What a shift takes over from its template, besides its times."""


class TemplateStopped(Conflict):
    """A stopped template makes no shifts and is not changed; a new one is made instead."""

    code = "template_stopped"


def list_templates(
    actor: Actor,
    *,
    place: str | None = None,
    active: bool | None = None,
    cursor: str | None = None,
    limit: int,
) -> dict[str, Any]:
    """Return a page of the templates that the actor plans by, newest first.

    Errors: NotFound (nothing there to plan), InvalidInput (the cursor).
    """
    wanted = sight.TEMPLATES.where(sight.planned_by(actor, ShiftTemplate, place))
    if active is not None:
        wanted = wanted.where(ShiftTemplate.active.is_(active))
    if after := pages.decode(cursor, int):
        wanted = wanted.where(ShiftTemplate.id < after[0])
    rows = read(wanted.order_by(ShiftTemplate.id.desc()).limit(limit + 1)).all()
    return pages.page(rows, limit, show, lambda row: (row.id,))


def show_template(actor: Actor, template_id: int) -> dict[str, Any]:
    """Return one template. Errors: NotFound."""
    return show(sight.find_template(actor, template_id))


def show(row: Any, done: Mapping[str, int] | None = None) -> dict[str, Any]:
    """Return a template as planners see it; `done`: what a change did to its shifts."""
    return {
        "id": row.id,
        "version": row.version,
        "place_code": row.place_code,
        "place_name": row.place_name,
        "route": sight.ref(row.route_id, row.route_name),
        "team": sight.ref(row.team_id, row.team_name),
        "leader": sight.ref(row.leader_id, row.leader_name),
        "title": row.title,
        "words": row.words,
        "rrule": row.rule,
        "starts": row.starts,
        "duration_min": row.duration_min,
        "capacity": row.capacity,
        "minimum": row.minimum,
        "skills": row.skills,
        "residence_required": row.residence_required,
        "from_day": row.from_day,
        "until_day": row.until_day,
        "active": row.active,
        "made_until": row.made_until,
        "done": None if done is None else dict(done),
    }


@unit_of_work()
def create_template(actor: Actor, *, rrule: str, **form: Any) -> dict[str, Any]:
    """Make a template, and its shifts of the next four weeks.

    Errors: Forbidden (nothing there to plan), NotFound (no such place), InvalidInput.
    """
    name = sight.place_name(form["place_code"])
    require_planner(actor, form["place_code"], form.get("team_id"))
    now = clock.now()
    today = clock.shanghai_day(now)
    values = {
        "words": None,
        "route_id": None,
        "team_id": None,
        "leader_id": None,
        "until_day": None,
        **_as_stored(form),
        "rule": _checked_rule(rrule),
        "from_day": form.get("from_day") or today,
    }
    _check(values)
    row = {
        **values,
        "version": 1,
        "place_name": name,
        "active": True,
        "made_until": min(values["from_day"], today) - timedelta(days=1),
        "created_by": actor.resident_id,
        "created_at": now,
        "changed_at": now,
    }
    template_id = int(
        read(insert(ShiftTemplate).values(**row).returning(ShiftTemplate.id)).scalar_one()
    )
    made = make_shifts(template_id)
    return show(sight.find_template(actor, template_id), NOTHING | {"made": made})


NOTHING = {"made": 0, "changed": 0, "cancelled": 0, "kept": 0}


def _as_stored(form: Mapping[str, Any]) -> dict[str, Any]:
    """Return fields as a shift would have them, so that the two can be compared."""
    found = dict(form)
    if "words" in found:
        found["words"] = found["words"] or None
    if "skills" in found:
        found["skills"] = [skill for skill in ALL_SKILLS if skill in found["skills"]]
    return found


def _checked_rule(rrule: str) -> str:
    try:
        return recurrence.checked(rrule)
    except recurrence.NoSuchRuleError as fault:
        raise InvalidInput.of("rrule", "unknown_rule") from fault


def _check(values: Mapping[str, Any]) -> None:
    """Refuse a template that no shift can be made from. Errors: InvalidInput."""
    from_day, until_day = values["from_day"], values["until_day"]
    if until_day is not None and until_day < from_day:
        raise InvalidInput.of("until_day", "before_from_day")
    last = from_day + timedelta(days=7 * recurrence.MOST_INTERVAL)
    first = recurrence.days(
        values["rule"], from_day=from_day, until_day=until_day, first=from_day, last=last
    )
    if not first:
        raise InvalidInput.of("rrule", "no_days")
    # What a shift may not be, a template may not say: the same door looks at both.
    planning.check_shift(_shift(values, from_day))


def _shift(values: Mapping[str, Any], day: date) -> dict[str, Any]:
    """Return the shift that a template makes of a day."""
    starts_at, ends_at = recurrence.moments(day, values["starts"], values["duration_min"])
    return {name: values[name] for name in COPIED} | {"starts_at": starts_at, "ends_at": ends_at}


@unit_of_work()
def make_shifts(template_id: int) -> int:
    """Make a template's shifts up to four weeks ahead; returns how many are new."""
    now = clock.now()
    template = read(
        select(*ShiftTemplate.__table__.columns)
        .where(ShiftTemplate.id == template_id, ShiftTemplate.active)
        .with_for_update()
    ).one_or_none()
    if template is None:
        return 0
    today = clock.shanghai_day(now)
    last = today + timedelta(days=rules.AHEAD_DAYS)
    wanted = _days(template, max(today, template.made_until + timedelta(days=1)), last)
    made = _plan(template, wanted, now)
    changed_rows(
        update(ShiftTemplate)
        .where(ShiftTemplate.id == template_id, ShiftTemplate.made_until < last)
        .values(made_until=last)
    )
    return made


def _days(template: Any, first: date, last: date) -> list[date]:
    return recurrence.days(
        template.rule,
        from_day=template.from_day,
        until_day=template.until_day,
        first=first,
        last=last,
    )


def _plan(template: Any, days: list[date], now: datetime) -> int:
    """Plan the shifts of days that have none of this template yet and are not over."""
    there = set(
        read(
            select(Shift.template_day).where(
                Shift.template_id == template.id,
                Shift.template_day.in_([day.isoformat() for day in days]),
            )
        ).scalars()
    )
    of = {"template_id": template.id, "created_by": template.created_by}
    rows = [
        _shift(template._mapping, day) | of | {"template_day": day.isoformat()}  # noqa: SLF001 SQLAlchemy's public name
        for day in days
        if day.isoformat() not in there
    ]
    return len(planning.plan_shifts(None, [row for row in rows if row["starts_at"] > now]))


def make_due() -> int:
    """Make the shifts that have come within four weeks, for each template by itself.

    One that cannot be made any more (its route or team is gone) keeps nobody else's from
    being made; it is logged, and tried again the next day.
    """
    last = clock.shanghai_day(clock.now()) + timedelta(days=rules.AHEAD_DAYS)
    behind = ShiftTemplate.active & (ShiftTemplate.made_until < last)
    ids = read(select(ShiftTemplate.id).where(behind).order_by(ShiftTemplate.id)).scalars().all()
    made = 0
    for template_id in ids:
        try:
            made += make_shifts(template_id)
        except Problem as problem:
            fields = [fault.field for fault in problem.errors]
            log.warning("template %s makes no shifts: %s %s", template_id, problem.code, fields)
    return made


@unit_of_work()
def change_template(
    actor: Actor, template_id: int, *, active: bool | None = None, **changes: Any
) -> dict[str, Any]:
    """Change a template and what it made for the days ahead, or stop it (`active: false`).

    Errors: NotFound, Forbidden (a team that is not the actor's), TemplateStopped, InvalidInput.
    """
    before = sight.find_template(actor, template_id)
    if not before.active:
        raise TemplateStopped
    changes = _as_stored(changes)
    if "rrule" in changes:
        changes["rule"] = _checked_rule(changes.pop("rrule"))
    values = {**before._mapping, **changes}  # noqa: SLF001
    require_planner(actor, before.place_code, values["team_id"])
    stopped = active is False
    if not stopped:
        _check(values)
    changed_rows(
        update(ShiftTemplate)
        .where(ShiftTemplate.id == template_id)
        .values(
            **changes,
            active=not stopped,
            version=ShiftTemplate.version + 1,
            changed_at=clock.now(),
        )
    )
    after = sight.find_template(actor, template_id)
    done = NOTHING | _revise(actor, before, after)
    if not stopped:
        # A changed rule may have days between those that were made before.
        first = clock.shanghai_day(clock.now())
        done["made"] = _plan(after, _days(after, first, after.made_until), clock.now())
    return show(after, done)


def _revise(actor: Actor, before: Any, after: Any) -> dict[str, int]:
    """Let the shifts ahead be what the template says now; returns how many were what."""
    done = {"changed": 0, "cancelled": 0, "kept": 0}
    for shift in _ahead(before.id):
        day = date.fromisoformat(shift.template_day)
        was, to_be = _shift(before._mapping, day), _shift(after._mapping, day)  # noqa: SLF001
        stays = after.active and _days(after, day, day)
        changes = {name: value for name, value in to_be.items() if value != was[name]}
        if stays and not changes:
            continue
        joined = shift.taken or shift.waiting
        by_hand = any(getattr(shift, name) != value for name, value in was.items())
        if joined or by_hand or (stays and to_be["starts_at"] <= clock.now()):
            done["kept"] += 1
        elif stays:
            planning.change_shift(actor, shift.id, **changes)
            done["changed"] += 1
        else:
            planning.cancel_shift(actor, shift.id, reason=CANCEL_REASON)
            _let_go(shift.id)
            done["cancelled"] += 1
    return done


CANCEL_REASON = "排班改了 · The plan changed"
"""Nobody was on it; whoever still has its address reads this."""


def _ahead(template_id: int) -> list[Any]:
    """Return the shifts ahead that a template made, kept from being joined meanwhile."""
    mine = (
        (Shift.template_id == template_id)
        & (Shift.state == patrols.OPEN)
        & (Shift.starts_at > clock.now())
    )
    fitness.lock_shifts(read(select(Shift.id).where(mine)).scalars().all())
    return list(read(select(*Shift.__table__.columns).where(mine).order_by(Shift.id)).all())


def _let_go(shift_id: int) -> None:
    """Let a template make a shift of that day again, should it be changed back."""
    changed_rows(update(Shift).where(Shift.id == shift_id).values(template_id=None))
