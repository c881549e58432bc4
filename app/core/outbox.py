"""Facts and their effects, never one without the other.

A fact is recorded in the transaction that made it true. The jobs process
delivers each fact to its reactions; a reaction commits together with a receipt
(fact, reaction), so a retry never repeats its effect and a crash never loses it.
Whoever delivers claims facts first, so that several processes share the work; a
claim ends by itself, and the receipt is what keeps an effect from happening twice.
"""

import logging
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar, TypeVar, cast

from sqlalchemy import (
    JSON,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.core import backoff, clock
from app.core.claims import locked
from app.core.db import Base, changed_rows, read, unit_of_work, writing
from app.core.forgetting import forget
from app.core.idempotency import insert_ignore
from app.core.trace import LONGEST, request_id, traced

log = logging.getLogger(__name__)
KEPT = timedelta(days=30)
"""Long enough to look into what went wrong."""
LEASE = timedelta(minutes=1)
"""What somebody claimed and has not delivered by then is due again: they were killed."""


_known: set[str] = set()


@dataclass(frozen=True, slots=True)
class Event:
    """A fact in the past tense, of plain values. Subclasses name themselves in `kind`."""

    kind: ClassVar[str]

    def __init_subclass__(cls) -> None:
        """Let the kind be known: one that is not waits for a release that knows it."""
        _known.add(cls.kind)


Reaction = Callable[[Any, datetime], None]
"""Takes the event and the moment at which it happened."""

E = TypeVar("E", bound=Reaction)
_reactions: dict[str, list[tuple[str, type[Event], Reaction]]] = {}


class OutboxEvent(Base):
    """A recorded fact; undelivered until `delivered_at` is set."""

    __tablename__ = "outbox_events"
    __table_args__ = (
        Index(
            "ix_outbox_events_due",
            "try_at",
            "id",
            sqlite_where=text("delivered_at IS NULL"),
            postgresql_where=text("delivered_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(60))
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    request_id: Mapped[str | None] = mapped_column(String(LONGEST))
    occurred_at: Mapped[datetime] = mapped_column()
    try_at: Mapped[datetime] = mapped_column()
    attempts: Mapped[int] = mapped_column(default=0)
    delivered_at: Mapped[datetime | None] = mapped_column()


class OutboxReceipt(Base):
    """That one reaction has had its effect of one event."""

    __tablename__ = "outbox_receipts"
    __table_args__ = (UniqueConstraint("event_id", "reaction"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey(OutboxEvent.id))
    reaction: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column()


def reacts_to(event: type[Event]) -> Callable[[E], E]:
    """Mark a reaction to an event. It runs inside a transaction with its receipt."""

    def mark(reaction: E) -> E:
        name = f"{reaction.__module__}.{reaction.__qualname__}"
        _reactions.setdefault(event.kind, []).append((name, event, reaction))
        return reaction

    return mark


def record(event: Event) -> None:
    """Write the fact into the current transaction."""
    now = clock.now()
    payload = asdict(cast("Any", event))
    row = {"kind": event.kind, "payload": payload, "occurred_at": now, "try_at": now}
    changed_rows(insert(OutboxEvent), row | {"attempts": 0, "request_id": request_id()})


def deliver_due(most: int = 200) -> int:
    """Deliver the facts that are due, oldest first; returns how many are done with.

    A reaction that fails is tried again later, with a growing pause, and holds up no other.
    """
    return sum(_deliver(row) for row in _claim(most))


@unit_of_work()
def _claim(most: int) -> list[Any]:
    now = clock.now()
    due = (
        select(
            OutboxEvent.id,
            OutboxEvent.kind,
            OutboxEvent.payload,
            OutboxEvent.occurred_at,
            OutboxEvent.request_id,
        )
        .where(OutboxEvent.delivered_at.is_(None), OutboxEvent.try_at <= now)
        .order_by(OutboxEvent.try_at, OutboxEvent.id)
        .limit(most)
    )
    rows = locked(due)
    ids = [row.id for row in rows]
    if ids:
        mine = update(OutboxEvent).where(OutboxEvent.id.in_(ids))
        changed_rows(mine.values(try_at=now + LEASE))
    return rows


def _deliver(row: Any) -> bool:
    with traced(row.request_id):
        # All of them, even after a failure: one broken reaction takes nothing from the others.
        outcomes = [_react_once(row, *found) for found in _reactions.get(row.kind, [])]
    # What only another release knows waits for it, rather than for nothing.
    if row.kind not in _known or not all(outcomes):
        _try_later(row.id)
        return False
    _mark_delivered(row.id)
    return True


def _react_once(row: Any, name: str, event: type[Event], reaction: Reaction) -> bool:
    try:
        with writing():
            receipt = {"event_id": row.id, "reaction": name, "at": clock.now()}
            new = changed_rows(insert_ignore(OutboxReceipt).values(**receipt))
            if new:
                reaction(event(**row.payload), row.occurred_at)
    except Exception:
        log.exception("event %s (%s): %s failed", row.id, row.kind, name)
        return False
    if new:
        fields = {"event": row.id, "kind": row.kind, "reaction": name}
        log.info("reaction", extra={"fields": fields})
    return True


def forget_delivered() -> int:
    """Delete facts delivered longer than `KEPT` ago, and their receipts; returns how many."""
    old = OutboxEvent.delivered_at < clock.now() - KEPT
    return forget(OutboxEvent, old, hanging=OutboxReceipt.__table__.c.event_id)


@unit_of_work()
def _mark_delivered(event_id: int) -> None:
    changed_rows(
        update(OutboxEvent).where(OutboxEvent.id == event_id).values(delivered_at=clock.now())
    )


@unit_of_work()
def _try_later(event_id: int) -> None:
    attempts = read(select(OutboxEvent.attempts).where(OutboxEvent.id == event_id)).scalar_one()
    changed_rows(
        update(OutboxEvent)
        .where(OutboxEvent.id == event_id)
        .values(attempts=attempts + 1, try_at=clock.now() + backoff.grown(attempts))
    )
