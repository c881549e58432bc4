"""What an answer leaves behind: a line in the log, a card that knows when to come back, thanks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import and_, bindparam, insert, or_, select, update

from app.core import clock
from app.core.clock import day_start, shanghai_day
from app.core.db import Base, db, read
from app.core.prepared import Prepared, marks, values
from app.points import service as points
from app.points.rules import RULES
from app.quizzes import memory
from app.quizzes.memory import Known
from app.quizzes.models import Card, Review
from app.residents.models import Resident

DAILY, PRACTICE = "daily", "practice"
IMPROVED_RULE, IMPROVED_SOURCE = "quiz_improved", "quiz_question"
MOST_A_DAY = RULES[IMPROVED_RULE].daily_cap // RULES[IMPROVED_RULE].amount
"""So many improvements are thanked on a Shanghai day."""


@dataclass(frozen=True, slots=True)
class Graded:
    """A graded answer. `version` has id, question_id, topic and kind; `at` is when it was given."""

    version: Any
    chosen: list[int]
    correct: bool
    at: datetime
    client_uuid: str
    ticket: str
    origin: str
    hinted: bool = False
    seconds: int | None = None


@dataclass(frozen=True, slots=True)
class Learnt:
    """What became of a graded answer."""

    due_at: datetime
    rating: int
    points: int


def lock(resident_id: int) -> None:
    """Let no other answer of the same person in before this transaction ends.

    SQLite has one writer at a time in any case.
    """
    for statement, params in locking(resident_id):
        statement.rows(params)


def locking(resident_id: int) -> list[tuple[Prepared, dict[str, Any]]]:
    """Return what `lock` asks, to be asked together with something else."""
    return [] if db.engine.dialect.name == "sqlite" else [(_LOCK, {"resident": resident_id})]


_LOCK = Prepared(
    lambda: select(Resident.id).where(Resident.id == bindparam("resident")).with_for_update()
)


def cards_of(resident_id: int, questions: Sequence[int]) -> tuple[Prepared, dict[str, Any]]:
    """Return what asks for somebody's cards of some questions."""
    questions = questions or [0]  # which nobody is asked
    return _cards(len(questions)), values("question", questions) | {"resident": resident_id}


@cache
def _cards(count: int) -> Prepared:
    """Return the statement of somebody's cards of so many questions."""
    return Prepared(
        lambda: select(Card.__table__).where(
            Card.resident_id == bindparam("resident"),
            Card.question_id.in_(marks("question", count)),
        )
    )


_LOOKED = select(Review.question_id, Review.received_at, Review.points).where(
    Review.resident_id == bindparam("resident"),
    or_(
        Review.question_id.in_(bindparam("questions", expanding=True)),
        and_(Review.points > 0, Review.received_at >= bindparam("since")),
    ),
)
_KEY = ("resident_id", "question_id")
_NEW_REVIEW = Prepared(lambda: insert(Review).values(_own_words(Review, without=("id",))).inline())
_NEW_CARD = Prepared(lambda: insert(Card).values(_own_words(Card)).inline())
_CHANGE = Prepared(
    lambda: (
        update(Card)
        .where(
            Card.resident_id == bindparam("my_id"),
            Card.question_id == bindparam("its_question"),
        )
        .values(_own_words(Card, without=_KEY))
    )
)


def _own_words(model: type[Base], *, without: Sequence[str] = ()) -> dict[str, Any]:
    """Return a parameter for each column, of its name."""
    names = [column.name for column in model.__table__.columns]
    return {name: bindparam(name) for name in names if name not in without}


def learn(
    resident_id: int, graded: Sequence[Graded], *, cards: Sequence[Any] | None = None
) -> list[Learnt]:
    """Write answers down and reckon anew when their questions come back; in the same order.

    The caller has locked the person, and has seen that none of the answers is there already.
    `cards`: what `cards_of` gives, of these questions at least, where they were read already.
    """
    if not graded:
        return []
    questions = [one.version.question_id for one in graded]
    if cards is None:
        statement, params = cards_of(resident_id, questions)
        cards = statement.rows(params)
    kept = {row.question_id: row._asdict() for row in cards if row.question_id in questions}
    return _learnt(resident_id, graded, kept)


def _learnt(
    resident_id: int, graded: Sequence[Graded], cards: dict[int, dict[str, Any]]
) -> list[Learnt]:
    known_before = set(cards)
    improvements = _Improvements(resident_id, graded)
    learnt, reviews = [], []
    for one in graded:
        question_id = one.version.question_id
        before = cards.get(question_id)
        # A clock that runs behind does not make anybody forget backwards.
        at = max(one.at, before["last_review"]) if before else one.at
        rated = memory.rating(
            one.version.kind, correct=one.correct, hinted=one.hinted, seconds=one.seconds
        )
        given = improvements.thank(before, one, rated, at)
        after = memory.reviewed(_known(before), rated, at)
        said = {"rating": rated, "answered_at": at, "points": given}
        reviews.append(_review(resident_id, one, before) | said)
        cards[question_id] = _card(resident_id, one, rated, after, before)
        learnt.append(Learnt(after.due, rated, given))
    _NEW_REVIEW.for_each(reviews)
    _keep(cards, known_before)
    return learnt


class _Improvements:
    """Thanks for what was learnt: once a question for ever, so that guessing pays nothing.

    A night lies between what was received, too: a phone may say of its answers what it likes.
    A day that has no room for more is not asked, or the question could never be thanked again.
    """

    def __init__(self, resident_id: int, graded: Sequence[Graded]) -> None:
        self.resident_id, self.graded = resident_id, graded
        self.now = clock.now()
        self.received: dict[int, datetime] | None = None
        self.thanked: set[int] = set()
        self.seen: set[int] = set()
        self.today = 0

    def _look(self) -> dict[int, datetime]:
        """Return when the last answer to each question was received; count what was thanked."""
        since = day_start(shanghai_day(self.now))
        asked = [one.version.question_id for one in self.graded]
        params = {"resident": self.resident_id, "questions": asked, "since": since}
        received: dict[int, datetime] = {}
        for row in read(_LOOKED, params):
            received[row.question_id] = max(
                row.received_at, received.get(row.question_id, row.received_at)
            )
            if row.points > 0:
                self.thanked.add(row.question_id)
                self.today += row.received_at >= since
        return received

    def thank(self, before: dict[str, Any] | None, one: Graded, rated: int, at: datetime) -> int:
        question_id = one.version.question_id
        just_now = question_id in self.seen
        self.seen.add(question_id)
        if before is None or just_now:
            return 0
        if not memory.improved(before["last_rating"], before["last_review"], rated, at):
            return 0
        if self.received is None:  # which few answers need
            self.received = self._look()
        received_at = self.received[question_id]
        if not memory.improved(before["last_rating"], received_at, rated, self.now):
            return 0
        if question_id in self.thanked or self.today >= MOST_A_DAY:
            return 0
        self.thanked.add(question_id)
        self.today += 1
        return points.grant(self.resident_id, IMPROVED_RULE, IMPROVED_SOURCE, question_id)


def _known(card: dict[str, Any] | None) -> Known | None:
    if card is None:
        return None
    return Known(card["stability"], card["difficulty"], card["due"], card["last_review"])


def _review(resident_id: int, one: Graded, before: dict[str, Any] | None) -> dict[str, Any]:
    return {
        "resident_id": resident_id,
        "question_id": one.version.question_id,
        "version_id": one.version.id,
        "client_uuid": one.client_uuid,
        "ticket": one.ticket,
        "origin": one.origin,
        "chosen": one.chosen,
        "correct": one.correct,
        "hinted": one.hinted,
        "seconds": one.seconds,
        "received_at": clock.now(),
        "stability": before and before["stability"],
        "difficulty": before and before["difficulty"],
    }


def _card(
    resident_id: int, one: Graded, rated: int, after: Known, before: dict[str, Any] | None
) -> dict[str, Any]:
    reviews, lapses = (before["reviews"], before["lapses"]) if before else (0, 0)
    return {
        "resident_id": resident_id,
        "question_id": one.version.question_id,
        "topic": one.version.topic,
        "stability": after.stability,
        "difficulty": after.difficulty,
        "due": after.due,
        "last_review": after.last_review,
        "last_rating": rated,
        "reviews": reviews + 1,
        "lapses": lapses + (rated == memory.AGAIN),
    }


def _keep(cards: dict[int, dict[str, Any]], known_before: set[int]) -> None:
    new = [card for found, card in cards.items() if found not in known_before]
    if new:
        _NEW_CARD.for_each(new)
    changed = [
        {k: v for k, v in cards[found].items() if k not in _KEY}
        | {"my_id": cards[found]["resident_id"], "its_question": found}
        for found in known_before
    ]
    if changed:
        _CHANGE.for_each(changed)
