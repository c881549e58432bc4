"""Planning shifts: make, change, cancel. Each function is one transaction, unless it says so."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from app.core import clock, outbox
from app.core.access import Actor, Permission
from app.core.db import changed_rows, read, unit_of_work
from app.core.errors import Conflict, Forbidden, InvalidInput
from app.patrols import fitness, rules
from app.patrols.events import ShiftCancelled, ShiftChanged, ShiftPlanned
from app.patrols.models import Offer, PatrolRoute, Shift, SignUp
from app.patrols.queue import fill
from app.patrols.seats import ShiftNotOpen
from app.patrols.sight import find_shift, require_leader, require_planner
from app.places.models import Place
from app.volunteers import rules as volunteer_rules
from app.volunteers import service as volunteers

TOLD = ("title", "words", "place_code", "route_id", "starts_at", "ends_at", "leader_id", "team_id")
"""Changes of these are told to whoever is on a shift or waits for it."""
IN_CALENDARS = ("title", "words", "place_code", "starts_at", "ends_at")
"""Changes of these make a new revision of the event in calendars."""


class CapacityTaken(Conflict):
    """More people are on the shift, or are offered a seat, than there would be seats."""

    code = "capacity_taken"


class ShiftChangedMeanwhile(Conflict):
    """Somebody else changed the shift since it was read."""

    code = "shift_changed_meanwhile"


@unit_of_work()
def create_shift(actor: Actor, **form: Any) -> int:
    """Plan a shift; returns its id. `form`: the columns of a shift, see `ShiftForm`.

    Errors: Forbidden (neither staff there nor leader of the team), InvalidInput.
    """
    require_planner(actor, form["place_code"], form.get("team_id"))
    _require_known_leader(actor, form)
    return plan_shifts(actor, [form])[0]


@unit_of_work()
def plan_shifts(
    actor: Actor | None, rows: Sequence[Mapping[str, Any]], *, past: bool = False
) -> list[int]:
    """Plan several shifts in one transaction; returns their ids in the order of the rows.

    Whether the actor may is the caller's business (`create_shift` asks; a template's maker
    was asked). A row may have besides a form's fields: `template_id`, `template_day` and,
    without an actor, needs `created_by`. `past`: shifts that have begun are taken, too.
    Errors: InvalidInput.
    """
    made = []
    for given in rows:
        row = _checked(dict(given), past=past)
        if actor is not None:
            row.setdefault("created_by", actor.resident_id)
        made.append(_insert(row))
        outbox.record(ShiftPlanned(made[-1], row["place_code"], row["created_by"]))
    return made


def _insert(row: Mapping[str, Any]) -> int:
    now = clock.now()
    fresh = {
        "version": 1,
        "uid": f"{secrets.token_hex(12)}@linli",
        "route_id": None,
        "team_id": None,
        "template_id": None,
        "template_day": None,
        "leader_id": None,
        "words": None,
        "skills": [],
        "residence_required": False,
        "state": rules.OPEN,
        "taken": 0,
        "waiting": 0,
        "last_turn": 0,
        "sequence": 0,
        "created_at": now,
        "changed_at": now,
    }
    return int(read(_NEW, {**fresh, **row}).scalar_one())


_NEW = insert(Shift).returning(Shift.id)


def check_shift(row: Mapping[str, Any]) -> None:
    """Refuse what could be no shift, its day apart: for templates. Errors: InvalidInput."""
    _checked(dict(row), past=True)


def _checked(row: dict[str, Any], *, past: bool) -> dict[str, Any]:
    """Return a row as it is stored. Errors: InvalidInput."""
    _check_times(row["starts_at"], row["ends_at"], past=past)
    row["minimum"] = row.get("minimum") or 1
    _check_numbers(row["minimum"], row["capacity"])
    row["skills"] = _known_skills(row.get("skills") or [])
    row["words"] = row.get("words") or None
    spot = _place(row["place_code"])
    row["place_name"] = spot.name
    row["lat"], row["lon"] = spot.lat, spot.lon
    if route := _route(row.get("route_id"), row["place_code"]):
        row["lat"], row["lon"] = route.path[0]
    _check_team(row.get("team_id"), row["place_code"])
    _check_leader(row.get("leader_id"))
    return row


def _check_times(starts_at: datetime, ends_at: datetime, *, past: bool) -> None:
    now = clock.now()
    if not past and starts_at <= now:
        raise InvalidInput.of("starts_at", "in_the_past")
    if starts_at > now + rules.FARTHEST_AHEAD:
        raise InvalidInput.of("starts_at", "not_within", days=rules.FARTHEST_AHEAD.days)
    if not rules.SHORTEST <= ends_at - starts_at <= rules.LONGEST:
        least = int(rules.SHORTEST.total_seconds()) // 60
        most = int(rules.LONGEST.total_seconds()) // 60
        raise InvalidInput.of("ends_at", "shift_length", least=least, most=most)


def _check_numbers(minimum: int, capacity: int) -> None:
    if minimum > capacity:
        raise InvalidInput.of("minimum", "above_capacity")


def _known_skills(skills: Sequence[str]) -> list[str]:
    for skill in skills:
        if skill not in volunteer_rules.ALL_SKILLS:
            raise InvalidInput.of("skills", "not_an_option")
    return [skill for skill in volunteer_rules.ALL_SKILLS if skill in skills]


def _place(code: str) -> Any:
    row = read(_PLACE, {"code": code}).one_or_none()
    if row is None:
        raise InvalidInput.of("place_code", "unknown_place")
    return row


_PLACE = select(Place.name, Place.lat, Place.lon).where(Place.code == bindparam("code"))


def _route(route_id: int | None, place_code: str) -> Any | None:
    if route_id is None:
        return None
    row = read(_ROUTE, {"route": route_id}).one_or_none()
    branch = row is not None and (
        row.place_code.startswith(place_code) or place_code.startswith(row.place_code)
    )
    if row is None or not branch or not row.active:
        raise InvalidInput.of("route_id", "unknown_route")
    return row


_ROUTE = select(PatrolRoute.place_code, PatrolRoute.active, PatrolRoute.path).where(
    PatrolRoute.id == bindparam("route")
)


def _check_team(team_id: int | None, place_code: str) -> None:
    """Refuse a team of another place, or its hours would count there."""
    if team_id is None:
        return
    code = volunteers.team_place(team_id)
    if code is None or not (code.startswith(place_code) or place_code.startswith(code)):
        raise InvalidInput.of("team_id", "unknown_team")


def _check_leader(leader_id: int | None) -> None:
    if leader_id is not None and not volunteers.is_volunteer(leader_id):
        raise InvalidInput.of("leader_id", "unknown_leader")


def _require_known_leader(actor: Actor, row: Mapping[str, Any]) -> None:
    """Let who leads a team appoint people of that team alone, or anybody's name could be learnt."""
    leader_id, team_id = row.get("leader_id"), row.get("team_id")
    if leader_id in {None, actor.resident_id}:
        return
    if actor.reaches(Permission.SHIFT_PLAN, row["place_code"]):
        return
    if team_id is None or not volunteers.is_member(leader_id, team_id):
        raise InvalidInput.of("leader_id", "unknown_leader")


# Change


def change_shift(
    actor: Actor, shift_id: int, *, version: int | None = None, **changes: Any
) -> None:
    """Change a shift that is not over; who is on it or waits is told what matters to them.

    Seats that come to be are offered to who waits, in transactions of their own.
    `version`: which one the change was made from. Errors: NotFound, Forbidden, InvalidInput,
    ShiftNotOpen, CapacityTaken, ShiftChangedMeanwhile.
    """
    _change(actor, shift_id, version, changes)
    if "capacity" in changes:
        fill(shift_id)


@unit_of_work()
def _change(actor: Actor, shift_id: int, version: int | None, changes: dict[str, Any]) -> None:
    _require_may_change(actor, find_shift(actor, shift_id), changes)
    fitness.lock_shifts([shift_id])
    shift, now = find_shift(actor, shift_id), clock.now()
    if shift.state != rules.OPEN or now >= shift.ends_at:
        raise ShiftNotOpen
    if version is not None and version != shift.version:
        raise ShiftChangedMeanwhile
    before = {name: getattr(shift, name) for name in CHANGEABLE}
    after = before | changes
    if "leader_id" in changes:
        _require_known_leader(actor, after)
    begun = shift.starts_at <= now and after["starts_at"] == shift.starts_at
    after = _checked(after, past=begun)
    fields = [name for name in CHANGEABLE if after[name] != before[name]]
    if not fields:
        return
    if after["capacity"] < shift.taken:
        raise CapacityTaken(taken=shift.taken)
    _write(shift, fields, after, now)
    told = [name for name in fields if name in TOLD]
    people = _concerned(shift_id) if told else []
    sequence = shift.version + 1
    code, by_id = after["place_code"], actor.resident_id
    outbox.record(ShiftChanged(shift_id, code, sequence, fields, people, by_id))


CHANGEABLE = (
    "title",
    "words",
    "place_code",
    "route_id",
    "team_id",
    "leader_id",
    "starts_at",
    "ends_at",
    "capacity",
    "minimum",
    "skills",
    "residence_required",
)


def _require_may_change(actor: Actor, shift: Any, changes: Mapping[str, Any]) -> None:
    """Refuse who does not plan where the shift is, and where it shall be."""
    team_id = changes.get("team_id", shift.team_id)
    here = volunteers.may_plan(actor, shift.place_code, shift.team_id)
    there = volunteers.may_plan(actor, changes.get("place_code", shift.place_code), team_id)
    if not (here and there):
        raise Forbidden


def _write(shift: Any, fields: Sequence[str], after: Mapping[str, Any], now: datetime) -> None:
    values = {name: after[name] for name in fields}
    values |= {name: after[name] for name in ("place_name", "lat", "lon")}
    values |= {"version": shift.version + 1, "changed_at": now}
    if set(fields) & set(IN_CALENDARS):
        values["sequence"] = shift.sequence + 1
    if {"starts_at", "ends_at"} & set(fields):
        values["moved_at"] = now
    if "starts_at" in fields:
        values |= {"told_day_at": None, "told_soon_at": None, "told_short_h": None}
        _shorten_offers(shift.id, after["starts_at"], now)
    # The seats may not have become more meanwhile: the lock says so, and so does this.
    fits = (Shift.id == shift.id) & (Shift.taken <= after["capacity"])
    if not changed_rows(update(Shift).where(fits).values(**values)):
        raise CapacityTaken(taken=shift.taken)


def _shorten_offers(shift_id: int, starts_at: datetime, now: datetime) -> None:
    """Let no offer outlast what an offer made now would: the shift may begin earlier."""
    warn_at, expires_at = rules.offer_times(now, starts_at)
    late = (Offer.shift_id == shift_id) & (Offer.state == "open") & (Offer.expires_at > expires_at)
    changed_rows(update(Offer).where(late).values(warn_at=warn_at, expires_at=expires_at))


def _concerned(shift_id: int) -> list[int]:
    return list(read(_LIVE, {"the_shift": shift_id}).scalars())


_LIVE = (
    select(SignUp.resident_id)
    .where(
        SignUp.shift_id == bindparam("the_shift"),
        SignUp.state.in_((rules.WAITING, *rules.HOLDING)),
    )
    .order_by(SignUp.resident_id)
)


# Cancel


@unit_of_work()
def cancel_shift(actor: Actor, shift_id: int, *, reason: str) -> None:
    """Cancel a shift that is not over; who is on it or waits for it is told why.

    Who is on it stays on it, so that their calendars show it as cancelled; offers and
    the waiting list end. Errors: NotFound, Forbidden, ShiftNotOpen.
    """
    require_leader(actor, find_shift(actor, shift_id))
    fitness.lock_shifts([shift_id])
    shift, now = find_shift(actor, shift_id), clock.now()
    if shift.state != rules.OPEN or now >= shift.ends_at:
        raise ShiftNotOpen
    people = _concerned(shift_id)
    running = (Offer.shift_id == shift_id) & (Offer.state == "open")
    offers = changed_rows(update(Offer).where(running).values(state="expired", closed_at=now))
    close_waiting(shift_id, (rules.WAITING, rules.OFFERED))
    changed_rows(
        update(Shift)
        .where(Shift.id == shift_id)
        .values(
            state=rules.CANCELLED,
            cancel_reason=reason,
            taken=Shift.taken - offers,
            waiting=0,
            version=Shift.version + 1,
            sequence=Shift.sequence + 1,
            changed_at=now,
        )
    )
    outbox.record(ShiftCancelled(shift_id, shift.place_code, reason, people, actor.resident_id))


def appoint_nobody(resident_id: int) -> None:
    """Let somebody lead none of the shifts that are not over, since they serve no more."""
    theirs = (Shift.leader_id == resident_id) & (Shift.ends_at > clock.now())
    changed_rows(update(Shift).where(theirs).values(leader_id=None, version=Shift.version + 1))


def close_waiting(shift_id: int, states: tuple[str, ...]) -> None:
    """Let the waiting list of a shift end. Only inside a transaction with the shift's lock."""
    waits = (SignUp.shift_id == shift_id) & SignUp.state.in_(states)
    over = {"state": rules.EXPIRED, "turn": None, "changed_at": clock.now()}
    changed_rows(update(SignUp).where(waits).values(**over, sequence=SignUp.sequence + 1))
