"""Whether photos may be shown to others: WeChat is asked, and says so some minutes later."""

import logging
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, update

from app.core import clock, deliveries, outbox
from app.core.checks import CHECKING, REVIEW, UNDECIDED, VERDICTS, WITHHELD
from app.core.db import changed_rows, read, unit_of_work
from app.photos import rules
from app.photos.events import PhotoWithheld
from app.photos.models import Photo

log = logging.getLogger(__name__)
KIND = "photos.check"


class UnknownTrace(LookupError):
    """A verdict came before WeChat's name for the question was stored: try again later."""


def plan(photo_ids: Sequence[str], time: int) -> None:
    """Plan to ask about photos for the first or a further time, in the current transaction."""
    planned = [(f"{one}:{time}", {"photo_id": one, "time": time}) for one in photo_ids]
    deliveries.enqueue_many(KIND, planned)


def to_ask(photo_id: str, time: int) -> Any:
    """Return a photo that is still to be asked about for that time, or nothing."""
    return read(_TO_ASK, {"photo_id": photo_id, "time": time}).one_or_none()


_TO_ASK = select(Photo.id, Photo.owner_id).where(
    Photo.id == bindparam("photo_id"),
    Photo.check_state == CHECKING,
    Photo.times_asked == bindparam("time"),
)


@unit_of_work()
def keep_trace(photo_id: str, trace_id: str) -> None:
    """Keep WeChat's name for the question, by which its verdict will come."""
    changed_rows(update(Photo).where(Photo.id == photo_id).values(trace_id=trace_id))


def judge(trace_id: str, suggest: str, asked: datetime) -> None:
    """Take WeChat's verdict, inside the caller's transaction. Errors: UnknownTrace."""
    photo = read(_BY_TRACE, {"trace_id": trace_id}).one_or_none()
    if photo is None:
        if clock.now() - asked < rules.TRACE_AWAITED:
            raise UnknownTrace
        log.warning("a verdict came about a photo that nobody knows")
        return
    verdict = VERDICTS.get(suggest, REVIEW)
    undecided = (Photo.id == photo.id, Photo.check_state.in_(UNDECIDED))
    changed = changed_rows(update(Photo).where(*undecided).values(check_state=verdict))
    if changed and verdict == WITHHELD:
        outbox.record(PhotoWithheld(photo.id, photo.owner_id))


_BY_TRACE = select(Photo.id, Photo.owner_id).where(Photo.trace_id == bindparam("trace_id"))


def decide(photo_id: str, verdict: str) -> None:
    """Take a person's verdict, which ends every doubt, inside the caller's transaction."""
    photo = update(Photo).where(Photo.id == photo_id, Photo.check_state != verdict)
    row = read(photo.values(check_state=verdict).returning(Photo.owner_id)).one_or_none()
    if row is not None and verdict == WITHHELD:
        outbox.record(PhotoWithheld(photo_id, row.owner_id))


@unit_of_work()
def ask_again(most: int = 500) -> int:
    """Ask again about photos without a verdict, and then no more; returns about how many."""
    now = clock.now()
    late = (
        select(Photo.id, Photo.times_asked)
        .where(Photo.check_state == CHECKING, Photo.asked_at < now - rules.VERDICT_WITHIN)
        .order_by(Photo.asked_at)
        .limit(most)
    )
    rows = read(late).all()
    for row in rows:
        asked = row.times_asked
        # If it was judged or asked about meanwhile, nothing is to do.
        same = update(Photo).where(
            Photo.id == row.id, Photo.check_state == CHECKING, Photo.times_asked == asked
        )
        if asked >= rules.MOST_ASKED:
            changed_rows(same.values(check_state=REVIEW))
        elif changed_rows(same.values(asked_at=now, times_asked=asked + 1)):
            plan([row.id], asked + 1)
    return len(rows)
