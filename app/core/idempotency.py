"""A POST that creates, sent twice, creates once.

The key is stored in the transaction of what it created: either both exist or
neither. The same key with another body is a conflict, never a guess.
"""

import functools
import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, TypeVar, cast

import orjson
from flask import request
from sqlalchemy import (
    LargeBinary,
    String,
    UniqueConstraint,
    bindparam,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from app.core import audit, clock
from app.core.access import current_actor
from app.core.db import Base, changed_rows, db, read, writing
from app.core.errors import Conflict, InvalidInput
from app.core.forgetting import forget
from app.core.forms import JSON

View = TypeVar("View", bound=Callable[..., Any])
HEADER = "Idempotency-Key"
LONGEST = 128
KEPT = timedelta(days=7)
"""A phone that comes back later than this has shown its person a failure."""


class IdempotencyKey(Base):
    """What was answered to a person's key."""

    __tablename__ = "idempotency_keys"
    __table_args__ = (UniqueConstraint("resident_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column()
    key: Mapped[str] = mapped_column(String(LONGEST))
    fingerprint: Mapped[str] = mapped_column(String(64))
    answer: Mapped[bytes | None] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(index=True)


class KeyReused(Conflict):
    """The key was used for something else."""

    code = "idempotency_key_reused"


def idempotent(view: View) -> View:
    """Mark a creating route, innermost: a repeated key answers the first answer."""

    @functools.wraps(view)
    def once(*args: Any, **kwargs: Any) -> Any:
        key = request.headers.get(HEADER)
        if key is None:
            return view(*args, **kwargs)
        if not (0 < len(key) <= LONGEST and key.isascii() and key.isprintable()):
            raise InvalidInput.of(HEADER, "invalid")
        said = request.method.encode() + request.path.encode() + b"\0" + request.get_data()
        return once_for(current_actor().resident_id, key, said, lambda: view(*args, **kwargs))

    once.idempotent = True  # type: ignore[attr-defined]
    return cast("View", once)


def once_for(resident_id: int, key: str, said: bytes, create: Callable[[], Any]) -> Any:
    """Return what `create` answers, as JSON has it; for a known key, what it answered first.

    All in one transaction. `said`: what was sent with the key, and where to.
    Errors: KeyReused; whatever `create` raises, which leaves no key.
    """
    with writing():
        return _once_for(resident_id, key, said, create)


def _once_for(resident_id: int, key: str, said: bytes, create: Callable[[], Any]) -> Any:
    fingerprint = hashlib.sha256(said).hexdigest()
    mine = {"my_id": resident_id, "my_key": key}
    row = {
        "resident_id": resident_id,
        "key": key,
        "fingerprint": fingerprint,
        "created_at": clock.now(),
    }
    # Whoever comes second waits here on PostgreSQL, and before here on SQLite.
    if not changed_rows(insert_ignore(IdempotencyKey), row):
        first = read(_FIRST, mine).one()
        if first.fingerprint != fingerprint:
            raise KeyReused
        audit.forgo()  # it was written down when it was done
        return orjson.loads(first.answer)
    answer = create()
    stored = orjson.dumps(answer, option=JSON)
    changed_rows(_ANSWERED, {**mine, "answer": stored})
    return answer


_MINE = (IdempotencyKey.resident_id == bindparam("my_id")) & (
    IdempotencyKey.key == bindparam("my_key")
)
_FIRST = select(IdempotencyKey.fingerprint, IdempotencyKey.answer).where(_MINE)
_ANSWERED = update(IdempotencyKey).where(_MINE).values(answer=bindparam("answer"))


def insert_ignore(model: type[Base]) -> Any:
    """INSERT that does nothing where a unique key already exists."""
    return _insert_ignore(model, db.engine.dialect.name)


@functools.cache
def _insert_ignore(model: type[Base], dialect: str) -> Any:
    make = postgresql.insert if dialect == "postgresql" else sqlite.insert
    return make(model.__table__).on_conflict_do_nothing()  # type: ignore[arg-type]


def forget_old_keys() -> int:
    """Delete keys older than `KEPT`; returns how many."""
    return forget(IdempotencyKey, IdempotencyKey.created_at < clock.now() - KEPT)
