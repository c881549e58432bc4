"""What attempts are for: the daily five, and whatever the features above have asked.

A feature says once what follows when an attempt of its occasion is over (`add`), and begins
attempts by `begin`. Showing, answering, deadlines and the end are the same for all.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, exists, insert, select

from app.core import clock
from app.core.access import Actor
from app.core.db import read
from app.core.prepared import Prepared
from app.quizzes import words
from app.quizzes.models import Answer, Attempt


@dataclass(frozen=True, slots=True)
class Occasion:
    """What somebody is asked for.

    `finished`: takes the ended attempt's row (id, resident_id, occasion, day, counted,
    right_count, versions, started_at); returns how many points it gave. It is part of the
    transaction that ends the attempt, in which the person is locked, and happens once.
    `verdict`: takes who asks and the ended attempt; returns what the result says besides.
    """

    name: str
    finished: Callable[[Any], int]
    verdict: Callable[[Actor, Any], dict[str, Any] | None]


_known: dict[str, Occasion] = {}


def add(occasion: Occasion) -> None:
    """Let an occasion be known."""
    _known[occasion.name] = occasion


def of(attempt: Any) -> Occasion:
    """Return what an attempt is for."""
    return _known[attempt.occasion]


_NEW = insert(Attempt).returning(Attempt.id)


def begin(
    resident_id: int,
    occasion: str,
    *,
    place_code: str,
    versions: Sequence[int],
    deadline: datetime,
) -> int:
    """Begin an attempt of another occasion than the daily five; returns its id.

    Part of the caller's transaction, which has locked the person (`learning.lock`) and seen that
    this attempt may begin.
    """
    row = {
        "resident_id": resident_id,
        "occasion": occasion,
        "day": None,
        "place_code": place_code,
        "versions": list(versions),
        "started_at": clock.now(),
        "deadline": deadline,
    }
    counts = dict.fromkeys(("answered", "counted", "right_count", "points"), 0)
    return int(read(_NEW, row | counts).scalar_one())


# What is being asked right now


def asked_now(resident_id: int) -> dict[int, set[int]]:
    """Return the attempts of somebody whose time runs, with the versions not answered there yet.

    What is right in these must not be told anywhere else.
    """
    found: dict[int, set[int]] = {}
    for row in _RUNNING.rows({"resident": resident_id, "now": clock.now()}):
        found.setdefault(row.id, set(row.versions)).discard(row.answered_version)
    return found


_RUNS = and_(
    Attempt.resident_id == bindparam("resident"),
    Attempt.finished_at.is_(None),
    Attempt.deadline >= bindparam("now"),
)
_RUNNING = Prepared(
    lambda: (
        select(Attempt.id, Attempt.versions, Answer.version_id.label("answered_version"))
        .outerjoin(Answer, Answer.attempt_id == Attempt.id)
        .where(_RUNS)
    )
)
ANY_RUNS = exists().where(_RUNS).label("any_runs")
"""Whether the time of any attempt runs, for who mostly has none and asks something else, too."""


def secret_now(resident_id: int) -> set[int]:
    """Return the questions that somebody is asked right now and has not answered.

    Questions, not versions: a new version that is published meanwhile has mostly the same key.
    """
    asked = {version for versions in asked_now(resident_id).values() for version in versions}
    return {version.question_id for version in words.shown(asked).values()}
