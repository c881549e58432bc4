"""What somebody sees of their daily five, and how many days in a row they took them."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from app.core import clock
from app.core.access import Actor
from app.core.clock import shanghai_day
from app.core.db import changed_rows, read
from app.quizzes import occasions, rules, showing, streaks, words
from app.quizzes.models import Answer, Attempt, Streak
from app.quizzes.streaks import FREE_A_MONTH

SHOWN_DAYS = 42
"""Six weeks: what a calendar page of any month shows."""
OPEN, OVERDUE, FINISHED, NOT_YET = "open", "overdue", "finished", "not_yet"
ATTEMPT_STATES = (OPEN, OVERDUE, FINISHED)


def option_ids(attempt_id: int, version: Any) -> Sequence[str]:
    """Return the ids of a version's options in an attempt, by their numbers; see `showing`."""
    return showing.drawn(f"attempt {attempt_id}:{version.id}", len(version.content["options"]))


def state_of(row: Any) -> str:
    """Return how an attempt stands now."""
    if row.finished_at is not None:
        return FINISHED
    return OPEN if rules.in_time(row.deadline, clock.now()) else OVERDUE


def attempt_view(
    actor: Actor, row: Any, answers: Mapping[int, Any] | None = None
) -> dict[str, Any]:
    """Return an attempt with its questions, the given answers, and its result if it is over.

    What another attempt is asking the same person right now is not explained until that is over.
    `answers`: those given, by version, where they were read already.
    """
    state = state_of(row)
    ids = list(row.versions)
    versions = words.shown(ids)
    if answers is None:
        answers = {one.version_id: one for one in read(_ANSWERS, {"attempt": row.id})}
    # Only of what is answered already, or over: what is not at hand cannot be told.
    told: Collection[int] = answers
    if state == FINISHED:
        secret = occasions.secret_now(actor.resident_id)
        told = {found for found in ids if versions[found].question_id not in secret}
    solutions = words.solved(told)
    questions = [
        showing.shown(versions[found], option_ids(row.id, versions[found]), actor.language)
        | {"answer": _answer(actor, row.id, solutions.get(found), answers.get(found))}
        for found in ids
    ]
    return {
        "attempt_id": row.id,
        "occasion": row.occasion,
        "day": row.day,
        "started_at": row.started_at,
        "deadline": row.deadline,
        "now": clock.now(),
        "state": state,
        "questions": questions,
        "result": _result(actor, row, questions) if state == FINISHED else None,
    }


_ANSWERS = select(
    Answer.version_id, Answer.chosen, Answer.correct, Answer.counted.label("in_time")
).where(Answer.attempt_id == bindparam("attempt"))


def _answer(actor: Actor, attempt_id: int, row: Any, given: Any) -> dict[str, Any] | None:
    if row is None:
        return None
    ids = option_ids(attempt_id, row)
    return showing.explained(row, ids, actor.language) | {
        "chosen_option_ids": [ids[number] for number in given.chosen] if given else [],
        "correct": bool(given and given.correct),
        "counted": bool(given and given.in_time),
    }


def answer_view(
    actor: Actor, attempt_id: int, row: Any, *, correct: bool, counted: bool
) -> dict[str, Any]:
    """Return what is said to an answer."""
    found = showing.explained(row, option_ids(attempt_id, row), actor.language)
    return found | {"question_id": row.id, "correct": correct, "counted": counted}


def _result(actor: Actor, row: Any, questions: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    return {
        "finished_at": row.finished_at,
        "right": row.right_count,
        "counted": row.counted,
        "answered": row.answered,
        "of": len(row.versions),
        "points": row.points,
        "at_home": _advice(questions),
        "pledged_id": row.pledged_id,
        "streak": streak_of(actor, row.day) if row.day else None,
        "verdict": occasions.of(row).verdict(actor, row),
    }


def _advice(questions: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [
        {"question_id": one["id"], "text": one["answer"]["at_home"]}
        for one in questions
        if one["answer"] and one["answer"]["at_home"]
    ]


def advice_of(actor: Actor, row: Any) -> list[dict[str, Any]]:
    """Return what the questions of a finished attempt advise to do at home."""
    return _advice(attempt_view(actor, row)["questions"])


# Streaks


_STREAK = select(Streak.__table__).where(Streak.resident_id == bindparam("resident"))


def _streak(resident_id: int) -> streaks.Streak | None:
    row = read(_STREAK, {"resident": resident_id}).one_or_none()
    return row and streaks.Streak(row.length, row.longest, row.last_day, row.free_used)


def advance_streak(resident_id: int, day: date) -> None:
    """Count a day, inside a transaction that has locked the person."""
    before = _streak(resident_id)
    after = streaks.advanced(before, day)
    values = {
        "length": after.length,
        "longest": after.longest,
        "last_day": after.last_day,
        "free_used": after.free_used,
    }
    if before is None:
        changed_rows(insert(Streak), values | {"resident_id": resident_id})
    else:
        changed_rows(update(Streak).where(Streak.resident_id == resident_id).values(**values))


def streak_of(actor: Actor, today: date) -> dict[str, Any]:
    """Return a person's streak as it stands on a day."""
    found = streaks.standing(_streak(actor.resident_id), today)
    return {
        "length": found.length,
        "longest": found.longest,
        "free_left": found.free_left,
        "free_a_month": FREE_A_MONTH,
        "done_today": found.done_today,
        "keep_until": found.keep_until,
    }


def my_streak(actor: Actor) -> dict[str, Any]:
    """Return the actor's streak today, whether today's five are taken, and the days that were."""
    today = shanghai_day(clock.now())
    since = today - timedelta(days=SHOWN_DAYS - 1)
    rows = read(_DAYS, {"resident": actor.resident_id, "since": since}).all()
    now = next((state_of(row) for row in rows if row.day == today), NOT_YET)
    done = [row.day for row in rows if row.finished_at is not None and row.counted]
    return streak_of(actor, today) | {"today": today, "state": now, "days": done}


_DAYS = (
    select(Attempt.day, Attempt.counted, Attempt.finished_at, Attempt.deadline)
    .where(Attempt.resident_id == bindparam("resident"), Attempt.day >= bindparam("since"))
    .order_by(Attempt.day)
)
