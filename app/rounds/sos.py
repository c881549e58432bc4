"""Calls for help: told at once to the leader and the staff of the place, at night too."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import aliased

from app.core import clock
from app.core.access import Actor
from app.core.db import changed_rows, read, unit_of_work
from app.core.errors import NotFound
from app.core.idempotency import insert_ignore
from app.core.states import IllegalMove, choose_move, open_moves
from app.residents.models import Resident
from app.rounds import rules, telling
from app.rounds.items import person
from app.rounds.models import SosCall
from app.rounds.sight import Standing, find_round, require_time, require_walking
from app.volunteers import service as volunteers

_caller, _helper, _closer = aliased(Resident), aliased(Resident), aliased(Resident)
CALLS = (
    select(
        *SosCall.__table__.columns,
        _caller.name.label("caller_name"),
        _helper.name.label("helper_name"),
        _closer.name.label("closer_name"),
    )
    .join(_caller, _caller.id == SosCall.resident_id)
    .outerjoin(_helper, _helper.id == SosCall.acknowledged_by)
    .outerjoin(_closer, _closer.id == SosCall.closed_by)
)
_ONE = CALLS.where(SosCall.id == bindparam("the_call"))
MOST_SHOWN = 20
OF_SHIFT = (
    CALLS.where(SosCall.shift_id == bindparam("the_shift"))
    .order_by(SosCall.id.desc())
    .limit(MOST_SHOWN)
)


@unit_of_work()
def call(
    actor: Actor,
    shift_id: int,
    *,
    lat: float | None = None,
    lon: float | None = None,
    note: str | None = None,
) -> dict[str, Any]:
    """Call for help from a round; while a call is not closed, the same again is that call.

    The position (degrees, WGS-84) is taken with every call, whatever somebody agreed to
    before: they give it now, to be found.
    Errors: NotFound, NotOnThisRound, RoundNotOpen.
    """
    standing = find_round(actor, shift_id)
    require_walking(standing)
    shift = standing.shift
    now = clock.now()
    require_time(now, shift.starts_at - rules.SOS_AROUND, shift.ends_at + rules.SOS_AROUND)
    mine = {"shift_id": shift_id, "resident_id": actor.resident_id}
    said = {"lat": lat, "lon": lon, "note": note}
    new = insert_ignore(SosCall).values(**mine, **said, state="open", called_at=now)
    sos_id = read(new.returning(SosCall.id)).scalar_one_or_none()
    if sos_id is None:
        sos_id = _call_again(mine, said)
    else:
        telling.tell_of_call(shift, sos_id, actor.resident_id, note)
    return call_view(actor, standing, read(_ONE, {"the_call": sos_id}).one())


def _call_again(mine: dict[str, int], said: dict[str, Any]) -> int:
    """Let the call that is open know the newest; returns its id."""
    newest = {name: value for name, value in said.items() if value is not None}
    standing = (
        (SosCall.shift_id == mine["shift_id"])
        & (SosCall.resident_id == mine["resident_id"])
        & (SosCall.state != "closed")
    )
    changed = update(SosCall).where(standing).values(shift_id=mine["shift_id"], **newest)
    return int(read(changed.returning(SosCall.id)).scalar_one())


@unit_of_work()
def move_call(actor: Actor, sos_id: int, *, to: str, note: str | None = None) -> dict[str, Any]:
    """Acknowledge a call, close it, or take one's own back.

    Whoever acknowledges learns whom to ring for the person; that they did is written down.
    Errors: NotFound, IllegalMove, MoveNotYours, InvalidInput (closing says what happened).
    """
    standing, row = _find(actor, sos_id)
    move = choose_move(
        rules.SOS_MOVES, None, row.state, to, _relations(actor, standing, row), given={"note": note}
    )
    now = clock.now()
    done: dict[str, Any] = {"acknowledged_by": actor.resident_id, "acknowledged_at": now}
    if move.to == "closed":
        done = {"closed_by": actor.resident_id, "closed_at": now, "closing_note": note}
    mine = (SosCall.id == sos_id) & (SosCall.state == move.origin)
    if not changed_rows(update(SosCall).where(mine).values(state=move.to, **done)):
        raise IllegalMove(state=move.origin, to=move.to)
    contact = None
    if move.to == "acknowledged":
        contact = volunteers.emergency_contact_of(
            row.resident_id, by_id=actor.resident_id, why="sos"
        )
    found = call_view(actor, standing, read(_ONE, {"the_call": sos_id}).one())
    return found | {"contact": contact}


def _find(actor: Actor, sos_id: int) -> tuple[Standing, Any]:
    """Return a call that the actor may see, and what they are to its round: the only door."""
    row = read(_ONE, {"the_call": sos_id}).one_or_none()
    if row is None:
        raise NotFound
    standing = find_round(actor, row.shift_id)
    if not (standing.leads or row.resident_id == actor.resident_id):
        raise NotFound
    return standing, row


def _relations(actor: Actor, standing: Standing, row: Any) -> frozenset[str]:
    # Nobody helps themselves: a leader who calls is helped by somebody else.
    if row.resident_id == actor.resident_id:
        return frozenset({rules.CALLER})
    return frozenset({rules.LEADER} if standing.leads else ())


def calls_of(actor: Actor, standing: Standing, found: Iterable[Any]) -> list[dict[str, Any]]:
    """Return these calls of a round, newest first: all for who leads, one's own for who walks."""
    return [
        call_view(actor, standing, row)
        for row in found
        if standing.leads or row.resident_id == actor.resident_id
    ]


def call_view(actor: Actor, standing: Standing, row: Any) -> dict[str, Any]:
    """Return a call as somebody sees it, with the moves that they may make."""
    moves = open_moves(rules.SOS_MOVES, None, row.state, _relations(actor, standing, row))
    return {
        "id": row.id,
        "shift_id": row.shift_id,
        "state": row.state,
        "at": row.called_at,
        "by": person(row.resident_id, row.caller_name),
        "lat": row.lat,
        "lon": row.lon,
        "note": row.note,
        "acknowledged_by": person(row.acknowledged_by, row.helper_name),
        "acknowledged_at": row.acknowledged_at,
        "closed_by": person(row.closed_by, row.closer_name),
        "closed_at": row.closed_at,
        "closing_note": row.closing_note,
        "contact": None,
        "moves": [move.shown() for move in moves],
    }
