"""Questions and their versions, the days, attempts, answers, streaks, and what is remembered."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, PlaceCode
from app.photos.models import Photo
from app.quizzes import rules
from app.residents.models import Resident

_PUBLISHED = text("state = 'published'")
_OPEN = text("finished_at IS NULL")
_FIRST = text("stability IS NULL")


def _listed(values: tuple[str, ...]) -> str:
    return ", ".join(repr(value) for value in values)


class Question(Base):
    """A question through all its versions. `place_code`: within which place it is asked."""

    __tablename__ = "quiz_questions"
    __table_args__ = (Index("ix_quiz_questions_place_code_id", "place_code", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(rules.LONGEST_KEY), unique=True)
    place_code: Mapped[str] = mapped_column(PlaceCode())
    created_at: Mapped[datetime] = mapped_column()


class Version(Base):
    """The words of a question, once and for all; only the state changes.

    `content`: {stem: {zh, en}, options: [{zh, en, region?}]}, what is shown before the answer.
    `solution`: {right: [numbers of options], explanation, at_home, source}: never read where
    a question is shown. `digest`: of all this, to know what changed.
    """

    __tablename__ = "quiz_versions"
    __table_args__ = (
        UniqueConstraint("question_id", "number"),
        CheckConstraint(f"state IN ({_listed(rules.STATES)})", name="known_state"),
        CheckConstraint(f"kind IN ({_listed(rules.KINDS)})", name="known_kind"),
        CheckConstraint("(kind = 'picture') = (photo_id IS NOT NULL)", name="picture_has_one"),
        Index(
            "uq_quiz_versions_published",
            "question_id",
            unique=True,
            sqlite_where=_PUBLISHED,
            postgresql_where=_PUBLISHED,
        ),
        Index("ix_quiz_versions_state_topic_id", "state", "topic", "id"),
        {"info": {"append_only": True}},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey(Question.id))
    number: Mapped[int] = mapped_column()
    kind: Mapped[str] = mapped_column(String(10))
    topic: Mapped[str] = mapped_column(String(16))
    difficulty: Mapped[int] = mapped_column()
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    solution: Mapped[dict[str, Any]] = mapped_column(JSON)
    photo_id: Mapped[str | None] = mapped_column(ForeignKey(Photo.id))
    digest: Mapped[str] = mapped_column(String(64))
    author_id: Mapped[int | None] = mapped_column(ForeignKey(Resident.id))
    created_at: Mapped[datetime] = mapped_column()
    state: Mapped[str] = mapped_column(String(10))
    moves_made: Mapped[int] = mapped_column()


class VersionMove(Base):
    """One line of a version's history."""

    __tablename__ = "quiz_version_moves"
    __table_args__ = ({"info": {"append_only": True}},)

    version_id: Mapped[int] = mapped_column(ForeignKey(Version.id), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column()
    move: Mapped[str] = mapped_column(String(16))
    from_state: Mapped[str | None] = mapped_column(String(10))
    to_state: Mapped[str] = mapped_column(String(10))
    actor_id: Mapped[int | None] = mapped_column(ForeignKey(Resident.id))
    note: Mapped[str | None] = mapped_column(String(500))


class BankMark(Base):
    """One row, whose mark is another one whenever what is published has changed."""

    __tablename__ = "quiz_bank_marks"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    mark: Mapped[str] = mapped_column(String(24))


class Day(Base):
    """What a community is asked on a Shanghai day: ids of questions and of their versions."""

    __tablename__ = "quiz_days"

    place_code: Mapped[str] = mapped_column(PlaceCode(), primary_key=True)
    day: Mapped[date] = mapped_column(Date(), primary_key=True)
    questions: Mapped[list[int]] = mapped_column(JSON)
    versions: Mapped[list[int]] = mapped_column(JSON)


class Attempt(Base):
    """A snapshot of versions that somebody is asked, whatever becomes of the bank meanwhile.

    `occasion`: what for, see `occasions`; `day`: of the daily five, empty for others. What was
    `answered`, `counted` and right is counted at the end; until then it is 0.
    """

    __tablename__ = "quiz_attempts"
    __table_args__ = (
        UniqueConstraint("resident_id", "day"),
        CheckConstraint("(occasion = 'daily') = (day IS NOT NULL)", name="days_are_daily"),
        CheckConstraint("right_count BETWEEN 0 AND counted", name="right_are_counted"),
        CheckConstraint("counted BETWEEN 0 AND answered", name="counted_are_answered"),
        Index("ix_quiz_attempts_open", "deadline", sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index(
            "ix_quiz_attempts_running",
            "resident_id",
            "deadline",
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey(Resident.id))
    occasion: Mapped[str] = mapped_column(String(10), default=rules.DAILY)
    day: Mapped[date | None] = mapped_column(Date())
    place_code: Mapped[str] = mapped_column(PlaceCode())
    versions: Mapped[list[int]] = mapped_column(JSON)
    started_at: Mapped[datetime] = mapped_column()
    deadline: Mapped[datetime] = mapped_column()
    finished_at: Mapped[datetime | None] = mapped_column()
    answered: Mapped[int] = mapped_column()
    counted: Mapped[int] = mapped_column()
    right_count: Mapped[int] = mapped_column()
    points: Mapped[int] = mapped_column()
    pledged_id: Mapped[int | None] = mapped_column()


class Answer(Base):
    """The one answer to a question of an attempt. `counted`: it came in time."""

    __tablename__ = "quiz_answers"
    __table_args__ = ({"info": {"append_only": True}},)

    attempt_id: Mapped[int] = mapped_column(ForeignKey(Attempt.id), primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey(Version.id), primary_key=True)
    chosen: Mapped[list[int]] = mapped_column(JSON)
    correct: Mapped[bool] = mapped_column()
    counted: Mapped[bool] = mapped_column()
    at: Mapped[datetime] = mapped_column()


class Streak(Base):
    """On how many days in a row somebody took the daily five; see `streaks.Streak`."""

    __tablename__ = "quiz_streaks"

    resident_id: Mapped[int] = mapped_column(ForeignKey(Resident.id), primary_key=True)
    length: Mapped[int] = mapped_column()
    longest: Mapped[int] = mapped_column()
    last_day: Mapped[date] = mapped_column(Date())
    free_used: Mapped[int] = mapped_column()


class Card(Base):
    """How well somebody knows a question, as FSRS reckons: days of stability, difficulty 1-10."""

    __tablename__ = "quiz_cards"

    resident_id: Mapped[int] = mapped_column(ForeignKey(Resident.id), primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey(Question.id), primary_key=True)
    topic: Mapped[str] = mapped_column(String(16))
    stability: Mapped[float] = mapped_column()
    difficulty: Mapped[float] = mapped_column()
    due: Mapped[datetime] = mapped_column()
    last_review: Mapped[datetime] = mapped_column()
    last_rating: Mapped[int] = mapped_column()
    reviews: Mapped[int] = mapped_column()
    lapses: Mapped[int] = mapped_column()


class Review(Base):
    """One answer and what FSRS made of it: whole, so that its parameters can be fitted anew.

    `client_uuid`: the phone's own name of the answer; `ticket`: of what was fetched, good for one
    answer; `answered_at`: as the phone's clock had it, within reason; `rating` 1-4 as FSRS has it;
    `stability`, `difficulty`: as they were before, empty at the first.
    """

    __tablename__ = "quiz_reviews"
    __table_args__ = (
        UniqueConstraint("resident_id", "client_uuid"),
        UniqueConstraint("resident_id", "ticket"),
        CheckConstraint("rating BETWEEN 1 AND 4", name="known_rating"),
        # What the figures ask for; every other index would be one more page for every answer.
        Index(
            "ix_quiz_reviews_first",
            "version_id",
            sqlite_where=_FIRST,
            postgresql_where=_FIRST,
        ),
        {"info": {"append_only": True}},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey(Resident.id))
    question_id: Mapped[int] = mapped_column(ForeignKey(Question.id))
    version_id: Mapped[int] = mapped_column(ForeignKey(Version.id))
    client_uuid: Mapped[str] = mapped_column(String(64))
    ticket: Mapped[str] = mapped_column(String(64))
    origin: Mapped[str] = mapped_column(String(8))
    chosen: Mapped[list[int]] = mapped_column(JSON)
    correct: Mapped[bool] = mapped_column()
    hinted: Mapped[bool] = mapped_column()
    seconds: Mapped[int | None] = mapped_column()
    rating: Mapped[int] = mapped_column()
    answered_at: Mapped[datetime] = mapped_column()
    received_at: Mapped[datetime] = mapped_column()
    stability: Mapped[float | None] = mapped_column()
    difficulty: Mapped[float | None] = mapped_column()
    points: Mapped[int] = mapped_column()


class QuestionImport(Base):
    """A file of questions that somebody brought, how far it is, and what was refused by line."""

    __tablename__ = "quiz_imports"
    __table_args__ = (Index("ix_quiz_imports_place_code_id", "place_code", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey(Resident.id))
    place_code: Mapped[str] = mapped_column(PlaceCode())
    format: Mapped[str] = mapped_column(String(12))
    file_name: Mapped[str] = mapped_column(String(120))
    state: Mapped[str] = mapped_column(String(8))
    total: Mapped[int] = mapped_column()
    done: Mapped[int] = mapped_column()
    accepted: Mapped[int] = mapped_column()
    refused: Mapped[int] = mapped_column()
    report: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    created_at: Mapped[datetime] = mapped_column()
    finished_at: Mapped[datetime | None] = mapped_column()


class Figure(Base):
    """What the first answers say about a version, see `figures`; made anew every night."""

    __tablename__ = "quiz_figures"

    version_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    answers: Mapped[int] = mapped_column()
    facility: Mapped[float] = mapped_column()
    discrimination: Mapped[float | None] = mapped_column()
    options: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    flags: Mapped[list[str]] = mapped_column(JSON)
    flagged: Mapped[bool] = mapped_column()
    at: Mapped[datetime] = mapped_column()
