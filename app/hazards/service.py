"""Everything one can do to a hazard. One function, one transaction."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import insert
from sqlalchemy.dialects import postgresql, sqlite

from app.core import clock, outbox
from app.core.access import Actor, Permission, RoleKind
from app.core.clock import SHANGHAI
from app.core.db import db, read, unit_of_work
from app.core.errors import InvalidInput
from app.core.states import Move, choose_move
from app.hazards import checking, clocks, rules
from app.hazards.categories import find_category
from app.hazards.detail import detail_view, fresh_view
from app.hazards.events import HazardReported
from app.hazards.models import CaseNumber, Hazard
from app.hazards.records import apply, hang_photos, record_move, write_history
from app.hazards.sight import Facts, find_for_system, find_hazard, relations, role_at
from app.photos import service as photos
from app.places import service as places
from app.residents import service as residents


@unit_of_work()
def report_hazard(
    actor: Actor,
    *,
    category: str,
    description: str,
    lat: float,
    lon: float,
    address: str | None = None,
    photo_ids: Sequence[str] = (),
    anonymous: bool = False,
    round_id: int | None = None,
) -> dict[str, Any]:
    """Report a hazard at a point (degrees, WGS-84); returns the case as its reporter sees it.

    `round_id`: on which round it was found. An anonymous report belongs to none: few
    people are on a round, and it would tell who they are.
    Errors: InvalidInput (unknown category or photo, a point outside all grids).
    """
    kind = find_category(category)
    found_on = None if anonymous else round_id
    grid = _grid_of(lat, lon)
    now = clock.now()
    accept_by = clocks.accept_due(kind.clock, rules.ACCEPT_WITHIN_MINUTES, now)
    attached = photos.attach(actor, photo_ids)
    hazard_id = _insert(
        number=_next_number(grid.number_prefix, now),
        category=category,
        severity=kind.severity,
        description=description,
        text_state=checking.first_state(),
        address=address,
        lat=lat,
        lon=lon,
        place_code=grid.code,
        place_name=grid.name,
        community_code=grid.community_code,
        reporter_id=actor.resident_id,
        anonymous=anonymous,
        state="reported",
        reported_at=now,
        accept_by=accept_by,
        expected_by=clocks.due(kind.clock, kind.limit, accept_by),
        act_by=accept_by,
        supervise_at=accept_by,
        photo_count=len(photo_ids),
        first_photo_id=photo_ids[0] if photo_ids else None,
        moves_made=1,
        round_id=found_on,
    )
    write_history(
        hazard_id,
        1,
        rules.REPORT,
        at=now,
        actor_id=actor.resident_id,
        role=rules.REPORTER,
        brought={},
    )
    hang_photos(hazard_id, 1, "before", photo_ids)
    checking.plan_first(hazard_id)
    outbox.record(HazardReported(hazard_id, actor.resident_id, grid.code, category, found_on))
    return fresh_view(actor, find_hazard(actor, hazard_id), attached)


def _grid_of(lat: float, lon: float) -> places.LocatedGrid:
    try:
        return places.locate(lat, lon)
    except places.OutsideAllGrids as fault:
        raise InvalidInput.of("lat", "outside_all_grids") from fault


def _insert(**values: Any) -> int:
    values |= {"version": 1, "suspension_approved": False, "appealed": False}
    return int(read(_NEW, values).scalar_one())


_NEW = insert(Hazard).returning(Hazard.id)


def _next_number(prefix: str, now: datetime) -> str:
    """Return the next case number of a prefix today; concurrent reports get different ones."""
    today = now.astimezone(SHANGHAI)
    row = {"prefix": prefix, "day": f"{today:%Y%m%d}", "last": 1}
    taken = read(_count_up(db.engine.dialect.name), row)
    return rules.human_number(prefix, today, int(taken.scalar_one()))


@cache
def _count_up(dialect: str) -> Any:
    make = postgresql.insert if dialect == "postgresql" else sqlite.insert
    return (
        make(CaseNumber)
        .on_conflict_do_update(
            index_elements=[CaseNumber.prefix, CaseNumber.day], set_={"last": CaseNumber.last + 1}
        )
        .returning(CaseNumber.last)
    )


@unit_of_work()
def move_hazard(
    actor: Actor,
    hazard_id: int,
    *,
    to: str,
    photo_ids: Sequence[str] = (),
    **brought: Any,
) -> dict[str, Any]:
    """Move a hazard to its next state; returns the case as the actor then sees it.

    `brought`: note, assignee_id, until, rating, solved, as the move needs them.
    Errors: NotFound; IllegalMove (not from this state, or somebody was faster);
    MoveNotYours; InvalidInput (something is missing or makes no sense).
    """
    row = find_hazard(actor, hazard_id)
    now = clock.now()
    given = {**brought, "photo_ids": photo_ids}
    move = choose_move(
        rules.MOVES, Facts(row, now), row.state, to, relations(actor, row), given=given
    )
    _check_sense(move, row, brought, now)
    change = CONSEQUENCES.get(move.name)
    changes = change(Made(row, brought, actor, now)) if change else {}
    role = role_at(actor, row, move.by)
    apply(row, move, changes, len(photo_ids))
    seq = row.moves_made + 1
    photos.attach(actor, photo_ids)
    said = brought | _outcome(move, row, brought)
    write_history(row.id, seq, move, at=now, actor_id=actor.resident_id, role=role, brought=said)
    hang_photos(row.id, seq, "after" if move.name in AFTER_MOVES else "before", photo_ids)
    if role == rules.REPORTER and brought.get("note"):
        checking.plan_note(row.id, seq)
    record_move(row, seq, move, actor.resident_id, changes)
    # Not through the door again: who gives a case away still learns that it worked.
    return detail_view(actor, find_for_system(hazard_id))


AFTER_MOVES = frozenset({"finish", "check"})


def _outcome(move: Move[rules.Case], row: Any, brought: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a line of history keeps for the figures, whatever becomes of the case later."""
    if move.to == "closed":
        return {"due_at": row.due_at, "handled_at": row.handled_at}
    return {"solved": rules.SOLVED_MEANS.get(move.name, brought.get("solved"))}


def _check_sense(
    move: Move[rules.Case], row: Any, brought: Mapping[str, Any], now: datetime
) -> None:
    """Refuse what is there but cannot be meant."""
    solved, until = brought.get("solved"), brought.get("until")
    wanted = rules.SOLVED_MEANS.get(move.name)
    if wanted is not None and solved is not None and solved is not wanted:
        raise InvalidInput.of("solved", "contradicts_move")
    if until is not None and not rules.within_reach(until, now, rules.LONGEST_SUSPENSION):
        raise InvalidInput.of("until", "not_within", days=rules.LONGEST_SUSPENSION.days)
    assignee_id = brought.get("assignee_id")
    if assignee_id is not None:
        holders = residents.holders_within(RoleKind.GRID_WORKER, row.community_code)
        if assignee_id not in {holder.id for holder in holders}:
            raise InvalidInput.of("assignee_id", "unknown_assignee")


@dataclass(frozen=True, slots=True)
class Made:
    """A move being made: on what, with what, by whom, when."""

    row: Any
    brought: Mapping[str, Any]
    actor: Actor
    now: datetime


def _accepted(made: Made) -> dict[str, Any]:
    return _new_promise(made) | {"accepted_at": made.now}


def _reopened(made: Made) -> dict[str, Any]:
    over = {"handled_at": None, "closed_at": None, "rating": None, "solved": None}
    return _new_promise(made) | over


def _new_promise(made: Made) -> dict[str, Any]:
    due_at = clocks.due(made.row.clock, made.row.limit, made.now)
    begun = {"running_since": made.now, "late_from": None, "raised": 0}
    return {"due_at": due_at, "expected_by": due_at, **begun}


def _suspended(made: Made) -> dict[str, Any]:
    return {
        "suspended_at": made.now,
        "suspended_until": made.brought["until"],
        "suspension_note": made.brought["note"],
        "suspension_approved": made.actor.reaches(Permission.HAZARD_SUPERVISE, made.row.place_code),
    }


def _approved(made: Made) -> dict[str, Any]:
    """The committee agrees, and may agree to another end."""
    until = made.brought.get("until") or made.row.suspended_until
    return {"suspension_approved": True, "suspended_until": until}


def _resumed(made: Made) -> dict[str, Any]:
    return rules.after_suspension(made.row, made.now)


def _not_solved(made: Made) -> dict[str, Any]:
    # While the question lay with the reporter the handler's clock stood still.
    return {"handled_at": None, **rules.after_pause(made.row, made.row.handled_at, made.now)}


def _closed(made: Made) -> dict[str, Any]:
    brought = made.brought
    return {
        "closed_at": made.now,
        "rating": brought.get("rating"),
        "solved": brought.get("solved"),
    }


def _appealed(made: Made) -> dict[str, Any]:
    accept_by = clocks.accept_due(made.row.clock, rules.ACCEPT_WITHIN_MINUTES, made.now)
    expected_by = clocks.due(made.row.clock, made.row.limit, accept_by)
    asked_anew = {"accept_by": accept_by, "expected_by": expected_by, "raised": 0}
    return {"appealed": True, **asked_anew}


CONSEQUENCES: Mapping[str, Callable[[Made], dict[str, Any]]] = {
    "accept": _accepted,
    "assign": lambda made: {"assignee_id": made.brought["assignee_id"]},
    "return": lambda _: {"assignee_id": None},
    "finish": lambda made: {"handled_at": made.now, "reminded_at": None},
    "suspend": _suspended,
    "approve_suspension": _approved,
    "refuse_suspension": _resumed,
    "resume": _resumed,
    "confirm": _closed,
    "check": _closed,
    "not_solved": _not_solved,
    "appeal": _appealed,
    "reopen": _reopened,
}
"""What a move changes besides the state: the promise, the handler, the answer."""
