"""When somebody is about to forget: FSRS, by the `fsrs` package. Plain Python.

Spaced repetition by stability (days until recall falls to 90 %) and difficulty (1-10); see
https://github.com/open-spaced-repetition. Moments are UTC.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import NamedTuple

from fsrs import Card, Rating, Scheduler, State

from app.quizzes import rules

RETENTION = 0.9
"""A question comes back when it would be answered rightly by nine of ten."""
LONGEST_DAYS = 180
"""Safety is not forgotten for longer than half a year without a look. (The issue's own.)"""
SCHEDULER = Scheduler(
    desired_retention=RETENTION,
    learning_steps=(),
    relearning_steps=(),
    maximum_interval=LONGEST_DAYS,
    enable_fuzzing=False,
)

AGAIN, HARD, GOOD = 1, 2, 3
SLOW_AFTER: Mapping[str, int] = {
    rules.TRUE_FALSE: 20,
    rules.SINGLE: 30,
    rules.MULTIPLE: 45,
    rules.ORDERING: 60,
    rules.PICTURE: 45,
}
"""Seconds after which a right answer was hard. It changes when the question comes back, nothing
else: there is no time in practice. (Our own decision.)"""

IMPROVED_AFTER = timedelta(hours=20)
"""A wrong answer and then a right one is learning when there is a night between them."""


class Known(NamedTuple):
    """How well a question is known: `stability` in days."""

    stability: float
    difficulty: float
    due: datetime
    last_review: datetime


def rating(kind: str, *, correct: bool, hinted: bool, seconds: int | None) -> int:
    """Return what an answer says about memory, as FSRS counts: 1 again, 2 hard, 3 good."""
    if not correct:
        return AGAIN
    slow = seconds is not None and seconds > SLOW_AFTER[kind]
    return HARD if hinted or slow else GOOD


def reviewed(known: Known | None, rated: int, at: datetime) -> Known:
    """Return how well a question is known after an answer at a moment (UTC)."""
    if known is None:
        first = _first(rated)
        return Known(first.stability, first.difficulty, at + (first.due - _ANY_MOMENT), at)
    return _reckoned(known, rated, at)


@cache
def _first(rated: int) -> Known:
    """Return the same of a first answer, on which nothing bears but itself."""
    return _reckoned(None, rated, _ANY_MOMENT)


_ANY_MOMENT = datetime(2026, 1, 1, tzinfo=UTC)


def _reckoned(known: Known | None, rated: int, at: datetime) -> Known:
    card, _ = SCHEDULER.review_card(_card(known, at), Rating(rated), at)
    if card.stability is None or card.difficulty is None:
        raise ValueError(card)
    return Known(card.stability, card.difficulty, card.due, at)


def _card(known: Known | None, at: datetime) -> Card:
    if known is None:
        return Card(card_id=0, due=at)
    return Card(
        card_id=0,
        state=State.Review,
        stability=known.stability,
        difficulty=known.difficulty,
        due=known.due,
        last_review=known.last_review,
    )


def recall(known: Known, at: datetime) -> float:
    """Return how likely somebody still knows it at a moment, 0 to 1."""
    return float(SCHEDULER.get_card_retrievability(_card(known, at), at))


def improved(
    last_rating: int | None, last_review: datetime | None, rated: int, at: datetime
) -> bool:
    """Whether an answer shows that something was learnt since it was last answered wrongly."""
    if last_rating != AGAIN or last_review is None or rated == AGAIN:
        return False
    return at - last_review >= IMPROVED_AFTER
