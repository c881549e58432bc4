"""Answers that are kept until something that they count has changed.

Figures are dear to reckon and cheap to read again: a committee looks at its page, opens a
figure, and comes back. What could have changed them is the place's mark (`core.marks`), asked by
one small query; or the clock: midnight, and a promise that breaks (`lasting`). Whoever asks is
checked every time, and nothing in an answer depends on who it is but language and sight.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from threading import Lock
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

import orjson
from flask import Response
from sqlalchemy import Engine

from app.committees import (
    children,
    indicators,
    lasting,
    opening,
    participation,
    patrolling,
    service,
)
from app.core import clock, marks
from app.core.access import Actor, Permission
from app.core.db import db
from app.core.errors import NotFound
from app.core.forms import JSON, View
from app.places.rules import LENGTHS, PlaceKind
from app.rollups.rules import MARK as PEOPLE

MOST_BYTES, LARGEST = 32 * 1024 * 1024, 512 * 1024
"""Of the answers of one process: with more those go that were asked for the longest ago; a larger
one is not kept."""
JSON_TYPE = "application/json"

CASES, FACTS, HOMES, ROUNDS = "cases", "facts", "homes", "rounds"
TARGETS, SETTINGS, PLACES = "targets", "settings", "places"
CHECKS, PLAN, SERVING, NAMES, ROLES = "checks", "plan", "serving", "names", "roles"
BANK, REVIEWS, REPORTS, AUDIT = "bank", "reviews", "reports", "audit"
"""Topics of marks; which tables they are of is told by the migrations 0025, 0028 and later."""
COUNTED: Mapping[Callable[..., Any], tuple[str, ...]] = {
    service.show_overview: (CASES, PLACES),
    patrolling.show_patrolling: (ROUNDS, PLACES),
    participation.participation: (PEOPLE, HOMES, SETTINGS, PLACES),
    participation.show_siblings: (PEOPLE, HOMES, SETTINGS, PLACES),
    indicators.indicators: (CASES, PEOPLE, HOMES, TARGETS, SETTINGS, PLACES),
    opening.open_figure: (CASES, PEOPLE, FACTS, HOMES, SETTINGS, PLACES),
    children.children: (CASES, PEOPLE, HOMES, SETTINGS, PLACES),
}
"""What an answer counts: by a change of anything else it stays."""


class Answer(NamedTuple):
    """An answer that was reckoned: of which mark and day, and from when until when it holds."""

    body: bytes
    mark: int
    day: date
    since: datetime
    until: datetime | None

    def holds(self, mark: int, now: datetime) -> bool:
        """Whether it is still the answer."""
        is_due = self.since <= now and (self.until is None or now < self.until)
        return is_due and mark == self.mark and clock.shanghai_day(now) == self.day


class Kept:
    """Answers by what was asked, those first that nobody has asked for the longest."""

    def __init__(self) -> None:
        self.bytes = 0
        self.answers: dict[tuple[Any, ...], Answer] = {}
        self._lock = Lock()

    def find(self, key: tuple[Any, ...], mark: int) -> bytes | None:
        """Return an answer that holds."""
        with self._lock:
            found = self.answers.pop(key, None)
            if found is None:
                return None
            self.answers[key] = found
        return found.body if found.holds(mark, clock.now()) else None

    def keep(self, key: tuple[Any, ...], answer: Answer) -> None:
        """Keep an answer, unless it is so large that many others would have to go for it."""
        with self._lock:
            self._drop(key)
            if len(answer.body) > LARGEST:
                return
            while self.answers and self.bytes + len(answer.body) > MOST_BYTES:
                self._drop(next(iter(self.answers)))
            self.answers[key] = answer
            self.bytes += len(answer.body)

    def _drop(self, key: tuple[Any, ...]) -> None:
        gone = self.answers.pop(key, None)
        if gone is not None:
            self.bytes -= len(gone.body)


_kept: WeakKeyDictionary[Engine, Kept] = WeakKeyDictionary()


def answer(
    view: View, service: Callable[..., Any], actor: Actor, place_code: str, *named: str, **form: Any
) -> Response:
    """Return what a service answers, reckoned now or kept since nothing has changed.

    Errors: NotFound (none of the actor's places), and those of the service.
    """
    if not actor.reaches(Permission.OVERVIEW_READ, place_code):
        raise NotFound
    sees_cases = actor.reaches(Permission.HAZARD_DISPATCH, place_code)
    key = (service.__qualname__, place_code, *named, *sorted(form.items()))

    def reckon() -> bytes:
        return orjson.dumps(view.dump(service(actor, place_code, *named, **form)), option=JSON)

    scope = scope_of(service, place_code, siblings=form.get("siblings", True))
    body = found((*key, actor.language, sees_cases), scope, COUNTED[service], reckon)
    return Response(body, mimetype=JSON_TYPE)


def scope_of(service: Callable[..., Any], place_code: str, *, siblings: bool) -> str:
    """Return the place whose changes change what a service answers about a place.

    `siblings`: whether that is beside others. Of who lives in a grid is heard wherever in the
    community they do something.
    """
    of_people = service is participation.participation
    if service is participation.show_siblings or (of_people and siblings):
        return place_code[: LENGTHS[PlaceKind.DISTRICT]]
    if of_people or service is opening.open_figure:
        return place_code[: LENGTHS[PlaceKind.COMMUNITY]]
    return place_code


def found(
    key: tuple[Any, ...], scope: str, counted: tuple[str, ...], reckon: Callable[[], bytes]
) -> bytes:
    """Return what is kept by a key, if it holds, or reckon it.

    `scope`: the place whose changes of these topics change it.
    """
    # First the mark, then what is counted: if somebody changes it meanwhile, the answer may
    # have it or not, and is kept by a mark that nobody will ask for again.
    return found_by(key, marks.read_mark(scope, counted), reckon)


def found_by(key: tuple[Any, ...], mark: int, reckon: Callable[[], bytes]) -> bytes:
    """Return the same, for whoever has read the mark already."""
    kept = _kept.setdefault(db.engine, Kept())
    body = kept.find(key, mark)
    if body is None:
        day = clock.shanghai_day(clock.now())
        with lasting.reckoning() as held:
            body = reckon()
        kept.keep(key, Answer(body, mark, day, clock.now(), held.until))
    return body


def forget() -> None:
    """Forget all answers: the database is another one."""
    _kept.clear()
