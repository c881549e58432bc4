"""Facts that WeChat pushes to us, for whoever reacts to them, each recorded once.

WeChat sends a push again until it is answered, and whoever overheard one might:
so the name of each push is kept, in the transaction that records what it says.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock, outbox
from app.core.db import Base, changed_rows, unit_of_work
from app.core.forgetting import forget
from app.core.idempotency import insert_ignore
from app.core.outbox import Event

KEPT = timedelta(days=7)
"""Longer than a push stays believable, see `wechat_push.STALEST`."""


class WeChatPush(Base):
    """That a push has come."""

    __tablename__ = "wechat_pushes"
    __table_args__ = (UniqueConstraint("push"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    push: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(index=True)


@dataclass(frozen=True, slots=True)
class PhotoChecked(Event):
    """WeChat has looked at a picture that `check_image` asked about.

    `suggest` is `pass`, `review` or `risky`; `label` WeChat's number for what it saw (100 is
    nothing). A picture that could not be fetched or read is `review` with label 0.
    """

    kind: ClassVar[str] = "pushes.photo_checked"

    trace_id: str
    suggest: str
    label: int


@dataclass(frozen=True, slots=True)
class SubscriptionsChanged(Event):
    """Somebody said which messages they take, or WeChat says what became of one of ours.

    `source` tells which, and what `answers` (by template id) means:

    - `popup`: they answered the dialogue: `accept` (one more message) or `reject`. The
      mini-program tells us of the same tap, in `PUT /subscriptions`: count one of the two.
    - `change`: they changed their settings: `reject` (or `accept`, which grants no message).
    - `sent`: a message of ours: `accept` (delivered) or `reject` (it did not arrive, the
      person having refused). It changes no count: sending has counted it already.

    `push` is the same for the same push, however often WeChat sends it; `at` is WeChat's
    own time of it, in seconds since 1970.
    """

    kind: ClassVar[str] = "pushes.subscriptions_changed"

    openid: str
    answers: dict[str, str]
    source: str
    push: str
    at: int


@unit_of_work()
def take(push: str, facts: Sequence[Event]) -> bool:
    """Record what a push says; whether it had not come before."""
    row = {"push": push, "at": clock.now()}
    if not changed_rows(insert_ignore(WeChatPush).values(**row)):
        return False
    for fact in facts:
        outbox.record(fact)
    return True


def forget_old() -> int:
    """Forget pushes that nobody would believe again; returns how many."""
    return forget(WeChatPush, WeChatPush.at < clock.now() - KEPT)
