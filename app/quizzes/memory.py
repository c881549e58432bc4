"""When somebody is about to forget: FSRS, by the `fsrs` package. Plain Python.

Spaced repetition by stability (days until recall falls to 90 %) and difficulty (1-10); see
https://github.com/open-spaced-repetition. Moments are UTC.
"""

import math
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
    days = (at - known.last_review).days
    stability = max(_stability(known, rated, days), _LEAST_STABILITY)
    difficulty = _difficulty(known.difficulty, rated)
    wait = min(max(round(stability / _FACTOR * _SPAN), 1), LONGEST_DAYS)
    return Known(stability, difficulty, at + timedelta(days=wait), at)


@cache
def _first(rated: int) -> Known:
    """Return the same of a first answer, on which nothing bears but itself."""
    return by_the_package(None, rated, _ANY_MOMENT)


_ANY_MOMENT = datetime(2026, 1, 1, tzinfo=UTC)


def by_the_package(known: Known | None, rated: int, at: datetime) -> Known:
    """Return what the package says. For later answers `reviewed` says the same, to the last bit."""
    card, _ = SCHEDULER.review_card(_card(known, at), Rating(rated), at)
    if card.stability is None or card.difficulty is None:
        raise ValueError(card)
    return Known(card.stability, card.difficulty, card.due, at)


# The package's formulas (FSRS-6, without steps) for the answer after the first, which is what a
# busy evening consists of: it copies cards and writes a log that nobody reads, for five times
# the cost. Weights and their numbers are its own; terms stand in its order, for the same bits.

_W = tuple(float(weight) for weight in SCHEDULER.parameters)
_DECAY = -_W[20]
_FACTOR: float = 0.9 ** (1 / _DECAY) - 1
_SPAN: float = RETENTION ** (1 / _DECAY) - 1
_LEAST_STABILITY, _LEAST_DIFFICULTY, _MOST_DIFFICULTY = 0.001, 1.0, 10.0
_EASY = _W[4] - math.e ** (_W[5] * 3) + 1
"""The difficulty of what is easy at once, to which all others are drawn."""


def _stability(known: Known, rated: int, days: int) -> float:
    before = known.stability
    if days < 1:
        grown: float = math.e ** (_W[17] * (rated - 3 + _W[18])) * before ** -_W[19]
        return before * (grown if rated == AGAIN else max(grown, 1.0))
    forgotten = 1 - (1 + _FACTOR * max(0, days) / before) ** _DECAY
    if rated == AGAIN:
        long: float = (
            _W[11]
            * known.difficulty ** -_W[12]
            * ((before + 1) ** _W[13] - 1)
            * math.e ** (forgotten * _W[14])
        )
        short: float = before / math.e ** (_W[17] * _W[18])
        return min(long, short)
    return before * float(
        1
        + math.e ** _W[8]
        * (11 - known.difficulty)
        * before ** -_W[9]
        * (math.e ** (forgotten * _W[10]) - 1)
        * (_W[15] if rated == HARD else 1)
    )


def _difficulty(before: float, rated: int) -> float:
    moved = before + (10.0 - before) * -(_W[6] * (rated - 3)) / 9.0
    drawn = _W[7] * _EASY + (1 - _W[7]) * moved
    return float(min(max(drawn, _LEAST_DIFFICULTY), _MOST_DIFFICULTY))


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
