"""The daily five: the same for a community, once a day for everybody, on the server's clock."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import and_, bindparam, delete, exists, or_, select, update
from sqlalchemy.orm import aliased
from sqlalchemy.sql import ColumnElement

from app.core import clock, crypto, outbox
from app.core.access import Actor, RoleKind
from app.core.clock import shanghai_day
from app.core.db import changed_rows, read, unit_of_work
from app.core.errors import Conflict, InvalidInput, NotFound
from app.core.idempotency import insert_ignore
from app.core.prepared import Prepared
from app.core.steps import one_by_one
from app.places import rules as place_rules
from app.points import service as points
from app.quizzes import events, learning, occasions, results, rules, showing, words
from app.quizzes.learning import Graded
from app.quizzes.models import Answer, Attempt, Day, Question, Version
from app.quizzes.occasions import Occasion

DAY_RULE, DAY_SOURCE = "quiz_day", "quiz_attempt"
MOST_AT_ONCE = 200


class NoQuestions(NotFound):
    """The bank has nothing for this place yet."""

    code = "no_questions"


class AttemptFinished(Conflict):
    """What is finished takes no more answers."""

    code = "attempt_finished"


class AlreadyAnswered(Conflict):
    """A question of an attempt is answered once."""

    code = "already_answered"


def community_of(actor: Actor) -> str:
    """Return the community whose questions somebody gets; everywhere's for who has none."""
    at_home = sorted(actor.roles, key=lambda role: role.kind != RoleKind.RESIDENT)
    found = (place_rules.community_of(role.place_code) for role in at_home)
    return next(filter(None, found), rules.EVERYWHERE)


def take_daily(actor: Actor) -> dict[str, Any]:
    """Return the actor's five of today; the first time it begins them, and the time runs.

    Errors: NoQuestions.
    """
    day = shanghai_day(clock.now())
    rows = _mine(actor, day)
    row = rows[0] if rows else _begin(actor, day)
    return results.attempt_view(actor, row, {one.version_id: one for one in rows if one.version_id})


def _mine(actor: Actor, day: date) -> Sequence[Any]:
    """Return somebody's attempt of a day: a row for each answer, or one without."""
    return _MINE.rows({"resident": actor.resident_id, "day": day})


_answer = aliased(Answer)
_GIVEN = (
    _answer.version_id,
    _answer.chosen,
    _answer.correct,
    _answer.counted.label("in_time"),
)
_MINE = Prepared(
    lambda: (
        select(Attempt.__table__, *_GIVEN)
        .outerjoin(_answer, _answer.attempt_id == Attempt.id)
        .where(Attempt.resident_id == bindparam("resident"), Attempt.day == bindparam("day"))
    )
)


@unit_of_work()
def _begin(actor: Actor, day: date) -> Any:
    learning.lock(actor.resident_id)
    # Or the evening's would be finished by the clock after the morning's, and break the streak.
    for attempt_id in read(_OPEN_OF, {"resident": actor.resident_id, "day": day}).scalars().all():
        _finish(attempt_id)
    place_code, now = community_of(actor), clock.now()
    row = {
        "resident_id": actor.resident_id,
        "day": day,
        "place_code": place_code,
        "versions": versions_of(place_code, day),
        "started_at": now,
        "deadline": now + rules.TIME_TO_ANSWER,
    }
    counts = dict.fromkeys(("answered", "counted", "right_count", "points"), 0)
    changed_rows(insert_ignore(Attempt), row | counts)
    return _mine(actor, day)[0]


_OPEN_OF = select(Attempt.id).where(
    Attempt.resident_id == bindparam("resident"),
    Attempt.day < bindparam("day"),
    Attempt.finished_at.is_(None),
)


# Which five


def versions_of(place_code: str, day: date) -> list[int]:
    """Return the versions that a community is asked on a day, chosen once; part of a transaction.

    Errors: NoQuestions.
    """
    key = {"place": place_code, "day": day}
    found = read(_DAY, key).scalar_one_or_none()
    if found is None:
        chosen = _chosen(place_code, day)
        questions, versions = [row.question_id for row in chosen], [row.id for row in chosen]
        row = {"place_code": place_code, "day": day, "questions": questions, "versions": versions}
        changed_rows(insert_ignore(Day), row)
        found = read(_DAY, key).scalar_one()
    return list(found)


def choose_anew(version_id: int) -> None:
    """Let the five of today be chosen anew where a version is among them that was taken back.

    Nearly the same come out, with another one in its stead. Attempts that were begun keep what they
    have: what was asked was asked. Inside the caller's transaction.
    """
    for row in _days_now():
        if version_id in row.versions:
            changed_rows(delete(Day).where(*_this(row)))


def ask_newer(newest: Mapping[int, int]) -> None:
    """Let the five of today be asked in new words: versions by their questions.

    For attempts that were begun see `choose_anew`. Inside the caller's transaction.
    """
    for row in _days_now():
        asked = zip(row.questions, row.versions, strict=True)
        versions = [newest.get(question, version) for question, version in asked]
        if versions != row.versions:
            changed_rows(update(Day).where(*_this(row)).values(versions=versions))


def _days_now() -> Sequence[Any]:
    today = shanghai_day(clock.now())
    return read(select(Day.__table__).where(Day.day >= today)).all()


def _this(row: Any) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return Day.place_code == row.place_code, Day.day == row.day


_DAY = select(Day.versions).where(Day.place_code == bindparam("place"), Day.day == bindparam("day"))


def _chosen(place_code: str, day: date) -> list[Any]:
    """Return the versions of a day, held so that nobody takes one back before they are kept."""
    while True:
        rows = {row.question_id: row for row in read(_PUBLISHED, showing.around(place_code))}
        if not rows:
            raise NoQuestions
        candidates = [(row.question_id, row.topic) for row in rows.values()]
        lots = {found: crypto.sign(f"quiz day:{place_code}:{day}:{found}") for found in rows}
        chosen = rules.choose_daily(candidates, _last_asked(place_code, day), lots)
        held = read(_HELD, {"ids": [rows[found].id for found in chosen]}).all()
        if len(held) == len(chosen):  # or somebody was faster, and it begins again
            return [rows[found] for found in chosen]


_HELD = (
    select(Version.id)
    .where(
        Version.id.in_(bindparam("ids", expanding=True)),
        Version.state == rules.PUBLISHED,
    )
    .with_for_update(read=True)
)
_PUBLISHED = (
    select(Version.id, Version.question_id, Version.topic)
    .join(Question, Question.id == Version.question_id)
    .where(Version.state == rules.PUBLISHED, showing.ASKED_AT)
)


def _last_asked(place_code: str, day: date) -> dict[int, int]:
    """Return how many days ago each question was asked here, where that is not long ago."""
    lately = read(
        select(Day.day, Day.questions)
        .where(
            Day.place_code == place_code,
            Day.day < day,
            Day.day >= day - timedelta(days=rules.NO_REPEAT_DAYS),
        )
        .order_by(Day.day)
    )
    return {found: (day - row.day).days for row in lately for found in row.questions}


# Answers


def find_attempt(actor: Actor, attempt_id: int, question_id: int = 0) -> Any:
    """Return one's own attempt, with the answer to one of its questions if there is one.

    Errors: NotFound, also for somebody else's.
    """
    row = _ATTEMPT.row({"id": attempt_id, "version": question_id, "now": clock.now()})
    if row is None or row.resident_id != actor.resident_id:
        raise NotFound
    return row


_other = aliased(Attempt)
_ATTEMPT = Prepared(
    lambda: (
        select(
            Attempt.__table__,
            *_GIVEN,
            exists()
            .where(
                _other.resident_id == Attempt.resident_id,
                _other.id != Attempt.id,
                _other.finished_at.is_(None),
                _other.deadline >= bindparam("now"),
            )
            .label("others_run"),
        )
        .outerjoin(
            _answer,
            (_answer.attempt_id == Attempt.id) & (_answer.version_id == bindparam("version")),
        )
        .where(Attempt.id == bindparam("id"))
    )
)


def answer(
    actor: Actor, attempt_id: int, *, question_id: int, option_ids: list[str]
) -> dict[str, Any]:
    """Answer a question of one's attempt; returns whether that was right, and why.

    The first answer stands. After the deadline an answer is explained and does not count; the
    same answer again gets the same words. Errors: NotFound; InvalidInput (not of this attempt, no
    such option); AlreadyAnswered (otherwise); AttemptFinished.
    """
    attempt = find_attempt(actor, attempt_id, question_id)
    if question_id not in attempt.versions:
        raise InvalidInput.of("question_id", "unknown_question")
    version = words.solved([question_id])[question_id]
    chosen = showing.numbers_of(version, results.option_ids(attempt_id, version), option_ids)
    if attempt.chosen is None:
        given = _answered(attempt, version, chosen)
        if given is not None:
            return results.answer_view(actor, attempt_id, version, **given)
        attempt = find_attempt(actor, attempt_id, question_id)  # another one was faster
        if attempt.chosen is None:
            raise AttemptFinished
    if sorted(attempt.chosen) != sorted(chosen) or (
        version.kind == rules.ORDERING and attempt.chosen != chosen
    ):
        raise AlreadyAnswered
    said = {"correct": attempt.correct, "counted": attempt.in_time}
    return results.answer_view(actor, attempt_id, version, **said)


def _answered(attempt: Any, version: Any, chosen: list[int]) -> dict[str, bool] | None:
    """Write an answer down; nothing if there was one already, or the attempt is finished."""
    now = clock.now()
    counted = rules.in_time(attempt.deadline, now)
    correct = rules.is_right(version.kind, version.solution["right"], chosen)
    given = {"correct": correct, "counted": counted}
    row = given | {"version": version.id, "chosen": chosen, "at": now}
    if attempt.others_run:
        written = _answered_everywhere(attempt, row)
    else:
        written = _NEW_ANSWER.alone(row | {"attempt": attempt.id})
    return given if written else None


@unit_of_work(rows_alone=True)
def _answered_everywhere(attempt: Any, row: dict[str, Any]) -> int:
    """Write an answer down in all attempts that ask somebody the same right now.

    For the first one tells what would be right in the others.
    """
    found = occasions.asked_now(attempt.resident_id)
    found.pop(attempt.id, None)
    others = sorted(one for one, versions in found.items() if row["version"] in versions)
    if others:
        learning.lock(attempt.resident_id)
    written = _NEW_ANSWER.changed(row | {"attempt": attempt.id})
    if written:
        for other in others:
            _NEW_ANSWER.changed(row | {"attempt": other, "counted": True})
    return written


def _new_answer() -> Any:
    """Return the statement of an answer, which the open attempt takes once.

    The attempt is held so that nobody finishes it meanwhile, and counts what there is at its end.
    """
    names = ("version", "chosen", "correct", "counted", "at")
    kinds = (Answer.version_id, Answer.chosen, Answer.correct, Answer.counted, Answer.at)
    given = [bindparam(name, type_=of.type) for name, of in zip(names, kinds, strict=True)]
    taking = (
        select(Attempt.id, *given)
        .where(Attempt.id == bindparam("attempt"), Attempt.finished_at.is_(None))
        .with_for_update(read=True)
    )
    columns = [Answer.attempt_id, *kinds]
    return insert_ignore(Answer).from_select(columns, taking)


_NEW_ANSWER = Prepared(_new_answer)


# The end


@unit_of_work()
def finish(actor: Actor, attempt_id: int) -> dict[str, Any]:
    """Finish one's attempt, once; returns the whole result, every time. Errors: NotFound."""
    row = find_attempt(actor, attempt_id)
    if row.finished_at is None:
        learning.lock(actor.resident_id)
        _finish(attempt_id)
        row = find_attempt(actor, attempt_id)
    return results.attempt_view(actor, row)


def _finish(attempt_id: int) -> bool:
    """Finish an attempt if it still is open: what to practise, and what its occasion says.

    Whether it was open.
    """
    if not changed_rows(_END, {"my_id": attempt_id, "now": clock.now()}):
        return False
    answers = read(_GIVEN_IN, {"attempt": attempt_id}).all()
    given = [one for one in answers if one.counted]
    right = sum(one.correct for one in given)
    sums = {"all": len(answers), "in_time": len(given), "right": right}
    row = read(_SUMS, {"my_id": attempt_id, **sums}).one()
    if given:
        learning.learn(row.resident_id, [_graded(row, one) for one in given])
    thanks = occasions.of(row).finished(row)
    if thanks:
        changed_rows(update(Attempt).where(Attempt.id == attempt_id).values(points=thanks))
    whose = (row.id, row.resident_id, row.place_code)
    outbox.record(events.AttemptFinished(*whose, row.started_at.isoformat(), row.counted))
    return True


def _end_of_the_day(row: Any) -> int:
    """Advance the streak of whoever took the daily five, and thank them."""
    if not row.counted:
        return 0
    results.advance_streak(row.resident_id, row.day)
    return points.grant(row.resident_id, DAY_RULE, DAY_SOURCE, row.id, at=row.started_at)


occasions.add(Occasion(rules.DAILY, finished=_end_of_the_day, verdict=lambda _actor, _row: None))


_END = (
    update(Attempt)
    .where(Attempt.id == bindparam("my_id"), Attempt.finished_at.is_(None))
    .values(finished_at=bindparam("now"))
)
_SUMS = (
    update(Attempt)
    .where(Attempt.id == bindparam("my_id"))
    .values(answered=bindparam("all"), counted=bindparam("in_time"), right_count=bindparam("right"))
    .returning(*Attempt.__table__.columns)
)
_GIVEN_IN = (
    select(
        Version.id,
        Version.question_id,
        Version.topic,
        Version.kind,
        Answer.chosen,
        Answer.correct,
        Answer.counted,
        Answer.at,
    )
    .join(Version, Version.id == Answer.version_id)
    .where(Answer.attempt_id == bindparam("attempt"))
    .order_by(Answer.at, Version.id)
)


def _graded(attempt: Any, one: Any) -> Graded:
    # No phone can name an answer so: what it sends has no colon.
    name = f"{attempt.occasion}:{attempt.id}:{one.id}"
    return Graded(one, one.chosen, one.correct, one.at, name, name, attempt.occasion)


@unit_of_work()
def pledge(actor: Actor, attempt_id: int, *, question_id: int) -> dict[str, Any]:
    """Say that one will do at home what a question of one's finished attempt advises.

    Errors: NotFound; InvalidInput (no such advice); Conflict (not finished).
    """
    row = find_attempt(actor, attempt_id)
    if row.finished_at is None:
        raise Conflict
    advice = {one["question_id"] for one in results.advice_of(actor, row)}
    if question_id not in advice:
        raise InvalidInput.of("question_id", "unknown_question")
    mine = update(Attempt).where(Attempt.id == attempt_id)
    changed_rows(mine.values(pledged_id=question_id))
    return results.attempt_view(actor, find_attempt(actor, attempt_id))


def finish_overdue(most: int = MOST_AT_ONCE) -> int:
    """Finish what nobody finished, some time after its deadline; returns how many.

    It looks further than at those that cannot be finished: they must not keep the others waiting.
    """
    before, done = clock.now() - rules.CLOSED_AFTER, 0
    after = {"deadline": datetime.min.replace(tzinfo=UTC), "id": 0}
    while done < most:
        rows = read(_OVERDUE, after | {"before": before, "most": most - done}).all()
        if not rows:
            break
        done += one_by_one([row.id for row in rows], _finish_one)
        after = {"deadline": rows[-1].deadline, "id": rows[-1].id}
    return done


_OVERDUE = (
    select(Attempt.id, Attempt.deadline)
    .where(
        Attempt.finished_at.is_(None),
        Attempt.deadline < bindparam("before"),
        or_(
            Attempt.deadline > bindparam("deadline"),
            and_(Attempt.deadline == bindparam("deadline"), Attempt.id > bindparam("id")),
        ),
    )
    .order_by(Attempt.deadline, Attempt.id)
    .limit(bindparam("most"))
)


@unit_of_work()
def _finish_one(attempt_id: int) -> int:
    whose = select(Attempt.resident_id).where(Attempt.id == attempt_id)
    learning.lock(read(whose).scalar_one())
    return int(_finish(attempt_id))
