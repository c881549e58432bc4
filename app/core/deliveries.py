"""What must reach the outside, lost never and doubled never unless it may be.

A delivery is a row, planned in the transaction that made it necessary. A worker
claims it for the time of a lease, speaks to the outside with no transaction
open, and settles what came of it. A worker that is killed in between leaves a
lease that runs out, and then the kind decides: what may be done twice is done
again; what must not be is "unknown", shown to the operator, and never done again
by itself.
"""

import logging
import random
import secrets
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum
from typing import Any, TypeVar

from sqlalchemy import (
    JSON,
    Index,
    String,
    UniqueConstraint,
    bindparam,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Mapped, mapped_column

from app.core import backoff, clock
from app.core.claims import locked
from app.core.db import Base, changed_rows, end_reading, unit_of_work
from app.core.idempotency import insert_ignore
from app.core.trace import LONGEST, request_id, traced

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=60)
"""Much longer than a call to WeChat may take (eight seconds, see core.wechat)."""
LONGEST_REASON = 200
FINISHED_KEPT = timedelta(days=30)
TROUBLE_KEPT = timedelta(days=190)
"""What went wrong is asked about later than what went well."""

WAITING, LEASED, DONE = "waiting", "leased", "done"
REFUSED, POINTLESS, UNKNOWN, DEAD = "refused", "pointless", "unknown", "dead"
STATES = (WAITING, LEASED, DONE, REFUSED, POINTLESS, UNKNOWN, DEAD)
"""`refused`: the other side will never take it. `pointless`: nobody needs it any more.
`unknown`: perhaps done, and must not be done twice. `dead`: tried too often."""


class Twice(Enum):
    """What it would mean to do a delivery twice."""

    NEVER = "at most once"
    HARMLESS = "at least once"


@dataclass(frozen=True, slots=True)
class Done:
    """The other side has it."""


@dataclass(frozen=True, slots=True)
class Refused:
    """The other side will never take it."""

    reason: str


@dataclass(frozen=True, slots=True)
class Pointless:
    """Nobody needs it any more."""

    reason: str


@dataclass(frozen=True, slots=True)
class Later:
    """Certainly not done: to be tried again, after a given or a growing pause.

    `counts`: whether this was one of the tries; waiting for the morning is none.
    """

    reason: str
    after: timedelta | None = None
    counts: bool = True


@dataclass(frozen=True, slots=True)
class Unsure:
    """Perhaps done: no usable answer came."""

    reason: str


Outcome = Done | Refused | Pointless | Later | Unsure
Send = Callable[..., Outcome]
"""Takes the payload, and what was read ahead, if that is done; called with no transaction open."""
Ahead = Callable[[Sequence[dict[str, Any]]], Sequence[Any]]
"""Takes the payloads of several deliveries and reads what sending them needs, one for each."""
GivenUp = Callable[[dict[str, Any], str, str | None], None]
"""Takes the payload, the state and the reason, once it is refused, pointless, unknown or dead;
called in the transaction that says so."""
TakenUp = Callable[[dict[str, Any], str], None]
"""Takes the payload and the state that it had, once somebody lets it be tried anew;
called in the transaction that does."""


@dataclass(frozen=True, slots=True)
class Kind:
    """How one kind of delivery is done, whether it may be done twice, how often it is tried."""

    name: str
    send: Send
    twice: Twice
    tries: int
    given_up: GivenUp | None = None
    taken_up: TakenUp | None = None
    ahead: Ahead | None = None


_kinds: dict[str, Kind] = {}
S = TypeVar("S", bound=Send)


class Delivery(Base):
    """One thing to be done outside. `worker` is who holds, or last held, the lease."""

    __tablename__ = "deliveries"
    __table_args__ = (
        UniqueConstraint("kind", "key"),
        Index(
            "ix_deliveries_due",
            "due_at",
            "id",
            sqlite_where=text("state = 'waiting'"),
            postgresql_where=text("state = 'waiting'"),
        ),
        Index(
            "ix_deliveries_leased",
            "lease_until",
            sqlite_where=text("state = 'leased'"),
            postgresql_where=text("state = 'leased'"),
        ),
        Index(
            "ix_deliveries_settled",
            "state",
            "settled_at",
            # Only these: SQLite would otherwise look here for what waits, and sort it.
            sqlite_where=text("settled_at IS NOT NULL"),
            postgresql_where=text("settled_at IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    key: Mapped[str] = mapped_column(String(120))
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    request_id: Mapped[str | None] = mapped_column(String(LONGEST))
    state: Mapped[str] = mapped_column(String(10), default=WAITING)
    created_at: Mapped[datetime] = mapped_column()
    due_at: Mapped[datetime] = mapped_column()
    lease_until: Mapped[datetime | None] = mapped_column()
    worker: Mapped[str | None] = mapped_column(String(32))
    attempts: Mapped[int] = mapped_column(default=0)
    reason: Mapped[str | None] = mapped_column(String(LONGEST_REASON))
    settled_at: Mapped[datetime | None] = mapped_column()


@dataclass(frozen=True, slots=True)
class Claimed:
    """A delivery that somebody holds: what it is, and how often it was tried before.

    `seen`: what was read ahead for it, alone in a tuple.
    """

    id: int
    kind: str
    payload: dict[str, Any]
    attempts: int
    request_id: str | None
    seen: tuple[Any] | None = None


_CLAIMED = select(
    Delivery.id, Delivery.kind, Delivery.payload, Delivery.attempts, Delivery.request_id
)


def delivers(
    name: str,
    *,
    twice: Twice,
    tries: int = 8,
    given_up: GivenUp | None = None,
    taken_up: TakenUp | None = None,
    ahead: Ahead | None = None,
) -> Callable[[S], S]:
    """Declare how a kind of delivery is done, beside its feature.

    With `ahead`, what it needs is read for many in one statement, shortly before they are sent.
    """

    def mark(send: S) -> S:
        _kinds[name] = Kind(name, send, twice, tries, given_up, taken_up, ahead)
        return send

    return mark


def kinds() -> Sequence[Kind]:
    """Return what is delivered, by name."""
    return [_kinds[name] for name in sorted(_kinds)]


def kind_called(name: str) -> Kind | None:
    """Return a kind, if this release knows it."""
    return _kinds.get(name)


def enqueue(
    kind: str, key: str, payload: Mapping[str, Any], *, due_at: datetime | None = None
) -> bool:
    """Plan a delivery in the current transaction; the same (kind, key) is planned once."""
    return bool(enqueue_many(kind, [(key, payload)], due_at=due_at))


def enqueue_many(
    kind: str,
    planned: Sequence[tuple[str, Mapping[str, Any]]],
    *,
    due_at: datetime | None = None,
) -> int:
    """Plan deliveries of one kind, as (key, payload); returns how many are new."""
    now = clock.now()
    rows = [
        {
            "kind": _kinds[kind].name,
            "key": key,
            "payload": dict(payload),
            "request_id": request_id(),
            "state": WAITING,
            "created_at": now,
            "due_at": due_at or now,
            "attempts": 0,
        }
        for key, payload in planned
    ]
    return changed_rows(insert_ignore(Delivery), rows) if rows else 0


def new_worker() -> str:
    """Return a name for a worker that no other has, not even its successor after a kill."""
    return secrets.token_hex(8)


@unit_of_work()
def claim(worker: str, most: int) -> list[Claimed]:
    """Take up to `most` deliveries that are due, oldest first, for the time of a lease."""
    now = clock.now()
    due = (
        _CLAIMED.where(Delivery.state == WAITING, Delivery.due_at <= now)
        .order_by(Delivery.due_at, Delivery.id)
        .limit(most)
    )
    found = [Claimed(*row) for row in locked(due)]
    if found:
        mine = update(Delivery).where(Delivery.id.in_([claimed.id for claimed in found]))
        changed_rows(mine.values(state=LEASED, worker=worker, lease_until=now + LEASE))
    return found


def look_ahead(found: Sequence[Claimed]) -> list[Claimed]:
    """Read what sending these needs, once for each kind; without a database it stays unread."""
    looked = []
    for name in sorted({claimed.kind for claimed in found}):
        alike = [claimed for claimed in found if claimed.kind == name]
        kind = _kinds.get(name)
        try:
            if kind is not None and kind.ahead is not None:
                seen = kind.ahead([claimed.payload for claimed in alike])
                pairs = zip(alike, seen, strict=True)
                alike = [replace(claimed, seen=(each,)) for claimed, each in pairs]
        except SQLAlchemyError:
            log.warning("nothing could be read ahead for %s", name)
        looked += alike
    return looked


def attempt(claimed: Claimed) -> Outcome:
    """Do one delivery, with no transaction open; what goes wrong is an outcome too."""
    kind = _kinds.get(claimed.kind)
    if kind is None:  # planned by another release
        return Later("nobody here knows this kind", backoff.LONGEST_RETRY, counts=False)
    with traced(claimed.request_id):
        began = time.perf_counter()
        try:
            outcome = _sent(kind, claimed)
        except Exception as fault:
            log.exception("delivery %s (%s) failed", claimed.id, claimed.kind)
            outcome = Unsure(type(fault).__name__)
        finally:
            end_reading()
        fields = {
            "delivery": claimed.id,
            "kind": claimed.kind,
            "outcome": type(outcome).__name__.lower(),
            "ms": round((time.perf_counter() - began) * 1000, 1),
        }
        log.info("delivery", extra={"fields": fields})
    return outcome


def _sent(kind: Kind, claimed: Claimed) -> Outcome:
    if kind.ahead is None:
        return kind.send(claimed.payload)
    try:
        seen = claimed.seen or (kind.ahead([claimed.payload])[0],)
    except SQLAlchemyError:  # so nothing was sent
        return Later("the database is away", counts=False)
    finally:
        end_reading()
    return kind.send(claimed.payload, *seen)


@unit_of_work()
def settle(worker: str, outcomes: Sequence[tuple[Claimed, Outcome]]) -> None:
    """Write what came of deliveries that a worker holds.

    A worker slower than its lease still tells what became of an unknown one. Of
    one that somebody else has meanwhile taken it says nothing.
    """
    common = []
    for claimed, outcome in outcomes:
        row = _row(claimed, outcome) | {"the_worker": worker}
        if row["state"] in {DONE, WAITING}:
            common.append(row)
        elif changed_rows(_SETTLE, row):
            _give_up(claimed, row)
    if common:
        changed_rows(_SETTLE, common)


_SETTLE = (
    update(Delivery)
    .where(
        Delivery.id == bindparam("the_id"),
        Delivery.worker == bindparam("the_worker"),
        # Not of a later try of its own either, if a result is written twice.
        or_(
            (Delivery.state == LEASED) & (Delivery.attempts == bindparam("the_attempts")),
            Delivery.state == UNKNOWN,
        ),
    )
    .values(
        {
            name: bindparam(name)
            for name in ("state", "attempts", "reason", "due_at", "settled_at", "lease_until")
        }
    )
)


def _give_up(claimed: Claimed, row: Mapping[str, Any]) -> None:
    with traced(claimed.request_id):
        words = (claimed.id, claimed.kind, row["state"], row["reason"])
        log.warning("delivery %s (%s): %s, %s", *words)
    kind = _kinds.get(claimed.kind)
    if kind is not None and kind.given_up is not None:
        kind.given_up(claimed.payload, row["state"], row["reason"])


def _row(claimed: Claimed, outcome: Outcome) -> dict[str, Any]:
    now = clock.now()
    state, due_at = DONE, now
    if isinstance(outcome, Refused):
        state = REFUSED
    elif isinstance(outcome, Pointless):
        state = POINTLESS
    elif isinstance(outcome, Unsure):
        state, due_at = _after_doubt(claimed, now)
    elif isinstance(outcome, Later):
        state, due_at = _after_failure(claimed, now, outcome.after, counts=outcome.counts)
    reason = None if isinstance(outcome, Done) else outcome.reason[:LONGEST_REASON]
    waited = isinstance(outcome, Pointless) or (isinstance(outcome, Later) and not outcome.counts)
    return {
        "the_id": claimed.id,
        "the_attempts": claimed.attempts,
        "state": state,
        "reason": reason,
        "attempts": claimed.attempts + (not waited),
        "due_at": due_at,
        "settled_at": None if state == WAITING else now,
        "lease_until": None,
    }


def _after_doubt(claimed: Claimed, now: datetime) -> tuple[str, datetime]:
    kind = _kinds.get(claimed.kind)
    if kind is None or kind.twice is Twice.NEVER:
        return UNKNOWN, now
    return _after_failure(claimed, now, None, counts=True)


def _after_failure(
    claimed: Claimed, now: datetime, after: timedelta | None, *, counts: bool
) -> tuple[str, datetime]:
    kind = _kinds.get(claimed.kind)
    if kind is not None and counts and claimed.attempts + 1 >= kind.tries:
        return DEAD, now
    return WAITING, now + (pause(claimed.attempts) if after is None else after)


def pause(attempts: int) -> timedelta:
    """Return how long to wait before the next try: growing, with half more or less.

    The jitter keeps a crowd that was turned away from returning as one.
    """
    grown_s = backoff.grown(attempts).total_seconds()
    # Whole seconds, as the clock has them: what is due in half a second is due in none.
    return timedelta(seconds=round(grown_s * random.uniform(0.5, 1.5)))  # noqa: S311


@unit_of_work()
def end_leases(most: int = 500) -> int:
    """Take back what workers hold beyond their lease: they were killed; returns how many."""
    now = clock.now()
    over = (
        _CLAIMED.where(Delivery.state == LEASED, Delivery.lease_until < now)
        .order_by(Delivery.lease_until)
        .limit(most)
    )
    found = [Claimed(*row) for row in locked(over)]
    for claimed in found:
        # The worker's name stays: if it lives after all, it may still tell.
        row = _row(claimed, Unsure("the lease ran out"))
        values = {name: value for name, value in row.items() if not name.startswith("the_")}
        changed_rows(update(Delivery).where(Delivery.id == claimed.id).values(values))
        if row["state"] != WAITING:
            _give_up(claimed, row)
    return len(found)


def deliver_due(most: int = 200) -> int:
    """Deliver what is due, one after the other, here; returns how many were tried."""
    worker = new_worker()
    end_leases()
    found = claim(worker, most)
    for claimed in found:
        settle(worker, [(claimed, attempt(claimed))])
    return len(found)
