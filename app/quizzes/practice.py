"""Practice: what comes back when one is about to forget it, and what one knows by now.

What is fetched bears a ticket, signed for the person and good for one answer, so that a phone can
ask without a network and the server can grade what arrives later: nothing is kept of a fetch, and
nothing in it tells the key.
"""

import re
import secrets
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import chain, islice
from typing import Any, NamedTuple

from sqlalchemy import and_, bindparam, exists, literal, or_, select, union_all

from app.core import clock, crypto
from app.core.access import Actor
from app.core.db import read, unit_of_work
from app.core.errors import InvalidInput, TooManyRequests
from app.core.prepared import Prepared, marks, together, values
from app.core.texts import text
from app.quizzes import learning, memory, occasions, published, rules, showing, words
from app.quizzes.daily import community_of
from app.quizzes.learning import Graded
from app.quizzes.memory import Known
from app.quizzes.models import Card, Question, Review, Version
from app.quizzes.showing import Shown

MOST_FETCHED = 50
MOST_ANSWERS = 50
TICKET_KEPT = timedelta(days=60)
"""So long a phone may stay without a network."""
TICKET = re.compile(
    r"([1-9][0-9]{0,17})\.([1-9][0-9]{0,10})\.([A-Za-z0-9_-]{8})\.[A-Za-z0-9_-]{16}"
)
KNOWN_FROM = 0.8
"""From this recall on a question counts as known, if it was answered rightly last.
(Our own decision.)"""

GRADED, REPEATED, REFUSED = "graded", "repeated", "refused"
STATUSES = (GRADED, REPEATED, REFUSED)


class AskedRightNow(TooManyRequests):
    """An answer would tell what an attempt is asking: it waits on the phone until that is over."""

    code = "asked_right_now"


class Ticket(NamedTuple):
    """What a ticket says: of which version, fetched when."""

    version_id: int
    issued_at: datetime
    text: str


class Issuer:
    """Gives tickets, each for one answer of a person to a version."""

    def __init__(self, resident_id: int, now: datetime) -> None:
        self._resident_id = resident_id
        self._fetch = f"{int(now.timestamp())}.{secrets.token_urlsafe(6)}"
        self._key = crypto.names_key()

    def issue(self, version_id: int, options: int) -> tuple[str, Sequence[str]]:
        """Return a ticket for a version with so many options, and the ids that these have."""
        said = f"{version_id}.{self._fetch}"
        signature, *ids = _drawn(self._resident_id, said, options, self._key)
        return f"{said}.{signature}", ids


def _drawn(resident_id: int, said: str, options: int, key: bytes | None = None) -> Sequence[str]:
    """Return a ticket's signature and the ids of its version's options: of one draw."""
    return showing.drawn(f"practice {resident_id}:{said}", 1 + options, key=key)


def option_ids(
    resident_id: int, ticket: str, options: int, key: bytes | None = None
) -> Sequence[str]:
    """Return the ids that a version's options have under a ticket, by their numbers."""
    return _drawn(resident_id, ticket.rpartition(".")[0], options, key)[1:]


def read_ticket(
    resident_id: int, ticket: str, now: datetime, key: bytes | None = None
) -> Ticket | None:
    """Return what a ticket says; nothing if it is not this person's, not ours, or too old.

    `key`: see `showing.drawn`.
    """
    found = TICKET.fullmatch(ticket)
    if found is None:
        return None
    said, _, signature = ticket.rpartition(".")
    if not secrets.compare_digest(signature, *_drawn(resident_id, said, 0, key)):
        return None
    issued_at = datetime.fromtimestamp(int(found[2]), UTC)
    if issued_at + TICKET_KEPT < now:
        return None
    return Ticket(int(found[1]), issued_at, ticket)


# What to practise


_one = select(literal(1).label("one")).subquery()
_CARDS = Prepared(
    lambda: select(
        published.MARK.label("mark"), occasions.ANY_RUNS, Card.question_id, Card.due
    ).select_from(_one.outerjoin(Card, Card.resident_id == bindparam("resident")))
)
"""The bank's mark, whether the person is in the middle of an attempt, and their cards; one row
without any where there are none."""


def fetch(actor: Actor, *, topic: str | None = None, limit: int = 10) -> dict[str, Any]:
    """Return questions to practise: what is due, the longest due first, then what is new.

    New ones come in an order of each person's own, and not topic by topic. Not what an attempt is
    asking right now. `next_due_at`: when the next one comes back, if one is waiting.
    """
    now = clock.now()
    cards = _CARDS.rows({"resident": actor.resident_id, "now": now})
    secret = occasions.secret_now(actor.resident_id) if cards[0].any_runs else set()
    asked = published.asked(cards[0].mark, community_of(actor), topic)
    seen: dict[int, datetime] = {
        row.question_id: row.due for row in cards if row.question_id in asked.versions
    }
    due = sorted((at, question) for question, at in seen.items() if at <= now)
    fresh = (one for one in asked.order_of(actor.resident_id) if one not in seen)
    wanted = (
        (asked.versions[question], question in seen)
        for question in chain((question for _, question in due), fresh)
        if question not in secret
    )
    chosen = dict(islice(wanted, limit))
    shown, hints = words.shown(chosen), words.hints(chosen)
    issuer = Issuer(actor.resident_id, now)
    return {
        "questions": [
            _to_practise(actor, shown[version], hints[version], issuer, new=not known)
            for version, known in chosen.items()
        ],
        "next_due_at": min((at for at in seen.values() if at > now), default=None),
    }


def _to_practise(
    actor: Actor, version: Shown, hint: Any, issuer: Issuer, *, new: bool
) -> dict[str, Any]:
    ticket, ids = issuer.issue(version.id, len(version.content["options"]))
    found = showing.shown(version, ids, actor.language)
    name = showing.in_words(hint.source_name, actor.language)
    return found | {
        "id": ticket,
        "new": new,
        "hint": f"{name} {hint.article}" if hint.article else name,
        "difficulty": version.difficulty,
    }


# Grading


class _Batch:
    """What has to be known to grade a list of answers: as many reads, however many there are.

    Part of a transaction, which keeps other answers of the same person waiting.
    """

    def __init__(self, actor: Actor, answers: Sequence[Mapping[str, Any]], now: datetime) -> None:
        self.actor, self.now = actor, now
        me = {"resident": actor.resident_id}
        names = [one["client_uuid"] for one in answers]
        tickets = [one["ticket"] for one in answers]
        self._key, self._ids = crypto.names_key(), dict[str, Sequence[str]]()
        read_ones = (read_ticket(actor.resident_id, one, now, self._key) for one in tickets)
        self.tickets = {found.text: found for found in read_ones if found}
        self.versions = words.solved({found.version_id for found in self.tickets.values()})
        questions = sorted({version.question_id for version in self.versions.values()})
        given = me | values("name", names) | values("ticket", tickets)
        asked = given | values("question", questions or [0]) | {"now": now}
        *_, self.cards = together(
            *learning.locking(actor.resident_id),
            (_standing(len(answers), len(questions) or 1), asked),
        )
        before = _before(len(answers)).rows(given) if self.cards[0].repeated else []
        self.by_name = {row.client_uuid: row for row in before}
        self.used = {row.ticket for row in before}
        if before:
            self.versions |= words.solved({row.version_id for row in before})
        if self.cards[0].any_runs:
            secret = occasions.secret_now(actor.resident_id)
            if any(version.question_id in secret for version in self.versions.values()):
                raise AskedRightNow

    def option_ids(self, version: Any, ticket: str) -> Sequence[str]:
        """Return the ids that a version's options have under a ticket."""
        ids = self._ids.get(ticket)
        if ids is None:
            count = len(version.content["options"])
            ids = option_ids(self.actor.resident_id, ticket, count, self._key)
            self._ids[ticket] = ids
        return ids


@cache
def _standing(answers: int, questions: int) -> Prepared:
    """Return the statement of somebody's cards of some questions, or a row of nothing.

    With each of them, whether any of so many answers was graded already, and whether the person is
    in the middle of an attempt: mostly neither is so, and more is asked next where it is.
    """
    mine = Review.resident_id == bindparam("resident")
    repeated = or_(
        exists().where(mine, Review.client_uuid.in_(marks("name", answers))),
        exists().where(mine, Review.ticket.in_(marks("ticket", answers))),
    )
    its_own = and_(
        Card.resident_id == bindparam("resident"),
        Card.question_id.in_(marks("question", questions)),
    )
    return Prepared(
        lambda: select(Card.__table__, repeated.label("repeated"), occasions.ANY_RUNS).select_from(
            _one.outerjoin(Card, its_own)
        )
    )


@cache
def _before(count: int) -> Prepared:
    """Return the statement of what was graded already of so many answers.

    A row for each of both that it is found by. With one `OR` for both, SQLite looks through all
    that the person has ever answered.
    """
    mine = select(
        Review.client_uuid, Review.ticket, Review.version_id, Review.correct, Review.points
    ).where(Review.resident_id == bindparam("resident"))
    return Prepared(
        lambda: union_all(
            mine.where(Review.client_uuid.in_(marks("name", count))),
            mine.where(Review.ticket.in_(marks("ticket", count))),
        )
    )


@unit_of_work(rows_alone=True)
def grade(actor: Actor, answers: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Grade answers that were given on a phone, each once; returns one line for each, in order.

    An answer has client_uuid, ticket, option_ids, answered_at, and may have seconds and hinted. One
    that was graded before is told again (`repeated`); one that is none is `refused` with a code.
    Errors: InvalidInput, when there are more than `MOST_ANSWERS`; AskedRightNow, and none is taken.
    """
    if len(answers) > MOST_ANSWERS:
        raise InvalidInput.of("body", "too_many", max=MOST_ANSWERS)
    if not answers:
        return {"answers": []}
    batch = _Batch(actor, answers, clock.now())
    graded: dict[str, Graded] = {}
    refused: dict[int, str] = {}
    for number, one in sorted(enumerate(answers), key=lambda pair: pair[1]["answered_at"]):
        name = one["client_uuid"]
        if name in batch.by_name or name in graded:
            continue
        found = _graded(batch, one)
        if isinstance(found, str):
            refused[number] = found
        else:
            graded[name] = found
    became = learning.learn(actor.resident_id, list(graded.values()), cards=batch.cards)
    learnt = dict(zip(graded, became, strict=True))
    due = {row.question_id: row.due for row in batch.cards if row.question_id is not None}
    due |= {graded[name].version.question_id: one.due_at for name, one in learnt.items()}
    told: set[str] = set()
    lines = []
    for number, one in enumerate(answers):
        name = one["client_uuid"]
        if number in refused:
            lines.append(_line(name, REFUSED) | {"code": refused[number]})
        elif name in batch.by_name:
            lines.append(_again(batch, batch.by_name[name], due))
        else:
            status = REPEATED if name in told else GRADED
            lines.append(_told(batch, graded[name], learnt[name], status))
        told.add(name)
    return {"answers": lines}


def _graded(batch: _Batch, one: Mapping[str, Any]) -> Graded | str:
    """Return a graded answer, or why it is none."""
    ticket = batch.tickets.get(one["ticket"])
    row = batch.versions.get(ticket.version_id) if ticket else None
    if ticket is None or row is None:
        return "unknown_ticket"
    if ticket.text in batch.used:
        return "ticket_used"
    try:
        chosen = showing.numbers_of(row, batch.option_ids(row, ticket.text), one["option_ids"])
    except InvalidInput as fault:
        return fault.errors[0].code
    batch.used.add(ticket.text)
    # Between the fetch and now, whatever the phone's clock says.
    at = min(max(one["answered_at"], ticket.issued_at), batch.now).astimezone(UTC)
    return Graded(
        row,
        chosen,
        rules.is_right(row.kind, row.solution["right"], chosen),
        at.replace(microsecond=0),
        one["client_uuid"],
        ticket.text,
        learning.PRACTICE,
        hinted=bool(one.get("hinted")),
        seconds=one.get("seconds"),
    )


def _line(name: str, status: str) -> dict[str, Any]:
    empty = ("code", "correct", "explanation", "at_home", "source", "due_at")
    nothing = {"right_option_ids": [], "points": 0}
    return {"client_uuid": name, "status": status, **dict.fromkeys(empty), **nothing}


def _told(batch: _Batch, one: Graded, learnt: learning.Learnt, status: str) -> dict[str, Any]:
    ids = batch.option_ids(one.version, one.ticket)
    said = showing.explained(one.version, ids, batch.actor.language)
    became = {"correct": one.correct, "due_at": learnt.due_at, "points": learnt.points}
    return _line(one.client_uuid, status) | said | became


def _again(batch: _Batch, row: Any, due: Mapping[int, datetime]) -> dict[str, Any]:
    version = batch.versions[row.version_id]
    ids = batch.option_ids(version, row.ticket)
    said = showing.explained(version, ids, batch.actor.language)
    # By now another answer may have moved it: this is when the question does come back.
    became = {"correct": row.correct, "due_at": due.get(version.question_id)}
    return _line(row.client_uuid, REPEATED) | said | became | {"points": row.points}


# What one knows


def knowledge(actor: Actor) -> dict[str, Any]:
    """Return by topic how many questions there are, and of these were seen, are known, are due.

    `recall`: how likely the seen ones are answered rightly now, on average, 0 to 1.
    """
    now = clock.now()
    around = showing.around(community_of(actor))
    there = Counter(read(_TOPICS, around).scalars())
    recalls: dict[str, list[float]] = defaultdict(list)
    known_of: Counter[str] = Counter()
    due: Counter[str] = Counter()
    for row in read(_KNOWN, around | {"resident": actor.resident_id}):
        known = Known(row.stability, row.difficulty, row.due, row.last_review)
        recall = memory.recall(known, now)
        recalls[row.topic].append(recall)
        # Whoever was just told the answer has it in mind, and has not shown it.
        known_of[row.topic] += recall >= KNOWN_FROM and row.last_rating != memory.AGAIN
        due[row.topic] += row.due <= now
    every = [one for found in recalls.values() for one in found]
    return {
        "topics": [
            {
                "topic": topic,
                "name": text(f"quizzes.topics.{topic}", actor.language),
                "questions": there[topic],
                "seen": len(recalls[topic]),
                "known": known_of[topic],
                "due": due[topic],
                "recall": _mean(recalls[topic]),
            }
            for topic in rules.TOPICS
        ],
        "questions": sum(there.values()),
        "seen": len(every),
        "known": sum(known_of.values()),
        "due": sum(due.values()),
        "recall": _mean(every),
    }


_TOPICS = (
    select(Version.topic)
    .join(Question, Question.id == Version.question_id)
    .where(Version.state == rules.PUBLISHED, showing.ASKED_AT)
)
_KNOWN = (
    _TOPICS.join(Card, Card.question_id == Version.question_id)
    .where(Card.resident_id == bindparam("resident"))
    .add_columns(Card.stability, Card.difficulty, Card.due, Card.last_review, Card.last_rating)
)


def _mean(numbers: list[float]) -> float | None:
    return round(sum(numbers) / len(numbers), 3) if numbers else None
