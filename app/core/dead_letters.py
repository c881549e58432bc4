"""What an operator asks about deliveries, and decides: how many, what is in doubt, try anew."""

from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.sql import ColumnElement

from app.core import clock
from app.core.db import changed_rows, read, unit_of_work
from app.core.deliveries import (
    DEAD,
    DONE,
    FINISHED_KEPT,
    POINTLESS,
    REFUSED,
    TROUBLE_KEPT,
    UNKNOWN,
    WAITING,
    Delivery,
    kind_called,
)
from app.core.forgetting import forget


def counts() -> list[Any]:
    """Return (kind, state, count) of all that is kept."""
    by = (Delivery.kind, Delivery.state)
    return list(read(select(*by, func.count().label("count")).group_by(*by).order_by(*by)))


def troubled(most: int = 100) -> list[Any]:
    """Return those that need somebody to look: dead and unknown ones, newest first."""
    return list(
        read(
            select(
                Delivery.id,
                Delivery.kind,
                Delivery.key,
                Delivery.state,
                Delivery.reason,
                Delivery.attempts,
                Delivery.settled_at,
                Delivery.request_id,
            )
            .where(Delivery.state.in_((DEAD, UNKNOWN)), Delivery.settled_at.is_not(None))
            .order_by(Delivery.settled_at.desc(), Delivery.id.desc())
            .limit(most)
        )
    )


@unit_of_work()
def retry(*, kind: str | None = None, delivery_id: int | None = None, unknown: bool = False) -> int:
    """Let given-up deliveries be tried anew, by kind or by id; returns how many.

    Dead ones; unknown ones only when asked for by name, for they may be done already.
    """
    chosen: list[ColumnElement[bool]] = [
        Delivery.state.in_((DEAD, UNKNOWN) if unknown else (DEAD,))
    ]
    if kind is not None:
        chosen.append(Delivery.kind == kind)
    if delivery_id is not None:
        chosen.append(Delivery.id == delivery_id)
    # Locked, so that of two who say so at once one takes them up.
    found = read(select(*_TAKEN_UP).where(*chosen).with_for_update()).all()
    again = {"state": WAITING, "attempts": 0, "due_at": clock.now(), "settled_at": None}
    changed_rows(update(Delivery).where(*chosen).values(again))
    for row in found:
        known = kind_called(row.kind)
        if known is not None and known.taken_up is not None:
            known.taken_up(row.payload, row.state)
    return len(found)


_TAKEN_UP = (Delivery.id, Delivery.kind, Delivery.payload, Delivery.state)


def forget_finished() -> int:
    """Delete deliveries that are long over; returns how many."""
    now = clock.now()
    ends = Delivery.settled_at.is_not(None)
    well = Delivery.state.in_((DONE, REFUSED, POINTLESS)) & (
        Delivery.settled_at < now - FINISHED_KEPT
    )
    badly = Delivery.state.in_((UNKNOWN, DEAD)) & (Delivery.settled_at < now - TROUBLE_KEPT)
    return forget(Delivery, ends & well) + forget(Delivery, ends & badly)
