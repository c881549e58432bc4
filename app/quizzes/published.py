"""Which questions are asked where, kept by each process for as long as the bank is the same.

Whoever changes what is published leaves another mark (`mark_changed`) in the same transaction; what
is kept is good for the mark under which it was read, which is asked for at every request.
"""

import secrets
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from typing import NamedTuple
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, bindparam, select, update

from app.core.db import changed_rows, db, read
from app.core.idempotency import insert_ignore
from app.quizzes import rules, showing
from app.quizzes.models import BankMark, Question, Version

MARK = select(BankMark.mark).scalar_subquery()
"""The bank's mark; empty where nothing has changed since there are marks."""
_THE_ONE = 1


class Asked(NamedTuple):
    """What is asked at a place: versions by their questions, and questions by places in a circle.

    The circle mixes topics, and is the same for all; everybody begins somewhere else.
    """

    versions: Mapping[int, int]
    places: list[int]
    circle: list[int]

    def order_of(self, resident_id: int) -> Iterator[int]:
        """Give all questions, in a person's own order."""
        begin = bisect_left(self.places, _place(resident_id))
        yield from self.circle[begin:]
        yield from self.circle[:begin]


def _place(number: int) -> int:
    """Return a place for a number, far from those of the numbers next to it."""
    return number * _GOLDEN % 2**32


_GOLDEN = 2_654_435_769
"""The golden ratio's part of 2**32: however many there are, their places are about equally far."""


class _Bank:
    """What was published at a mark."""

    def __init__(self, mark: str | None) -> None:
        self.mark = mark
        self._rows = read(_PUBLISHED).all()
        self._asked: dict[tuple[str, str | None], Asked] = {}

    def at(self, place_code: str, topic: str | None) -> Asked:
        found = self._asked.get((place_code, topic))
        if found is None:
            around = set(showing.around(place_code).values())
            rows = [
                row
                for row in self._rows
                if row.place_code in around and (topic is None or row.topic == topic)
            ]
            circle = sorted((_place(row.question_id), row.question_id) for row in rows)
            versions = {row.question_id: row.id for row in rows}
            found = Asked(versions, [place for place, _ in circle], [one for _, one in circle])
            if len(self._asked) >= _MOST_PLACES:
                self._asked.clear()
            self._asked[place_code, topic] = found
        return found


_MOST_PLACES = 200
_PUBLISHED = (
    select(Version.id, Version.question_id, Version.topic, Question.place_code)
    .join(Question, Question.id == Version.question_id)
    .where(Version.state == rules.PUBLISHED)
)
_banks: WeakKeyDictionary[Engine, _Bank] = WeakKeyDictionary()


def asked(mark: str | None, place_code: str, topic: str | None) -> Asked:
    """Return what is asked at a place, of one topic or of all; `mark` is the bank's, just read."""
    bank = _banks.get(db.engine)
    if bank is None or bank.mark != mark:
        bank = _banks[db.engine] = _Bank(mark)
    return bank.at(place_code, topic)


def forget() -> None:
    """Forget everything: where a database is emptied under a process, as tests do."""
    _banks.clear()


def mark_changed() -> None:
    """Leave another mark: what is published is changed by the caller's transaction."""
    new = {"new": secrets.token_urlsafe(16)}
    first = {"id": _THE_ONE, "mark": new["new"]}
    if not changed_rows(_AGAIN, new) and not changed_rows(insert_ignore(BankMark), first):
        changed_rows(_AGAIN, new)  # somebody else was the first


_AGAIN = update(BankMark).values(mark=bindparam("new"))
