"""Answers that are kept until something that they count changes, for a minute at most.

Figures are dear to reckon and cheap to read again: a committee looks at its page, opens a
figure, and comes back. What could have changed them is asked by one small query; whoever asks
is checked every time, and nothing in an answer depends on who it is but language and sight.
"""

from collections.abc import Callable
from typing import Any
from weakref import WeakKeyDictionary

import orjson
from flask import Response
from sqlalchemy import Engine, func, select

from app.committees.models import CommitteeSetting, CommitteeTarget
from app.core import clock
from app.core.access import Actor, Permission
from app.core.db import db
from app.core.errors import NotFound
from app.core.forms import JSON, View
from app.core.prepared import Prepared
from app.hazards.models import HazardMove
from app.patrols.models import Shift
from app.places.models import PlaceRevision
from app.rollups.models import Fact, RegisteredDay, Standing, Waiting
from app.rounds.models import Attendance

MOST_BYTES, LARGEST = 16 * 1024 * 1024, 64 * 1024
"""Of the answers of one process: with more it begins anew; a larger one is not kept."""
JSON_TYPE = "application/json"


class Kept:
    """Answers of one minute by what was asked."""

    def __init__(self) -> None:
        self.minute = ""
        self.bytes = 0
        self.answers: dict[tuple[Any, ...], bytes] = {}

    def of(self, minute: str) -> dict[tuple[Any, ...], bytes]:
        """Return the answers of a minute; those of another are gone."""
        if minute != self.minute:
            self._begin_anew(minute)
        return self.answers

    def keep(self, key: tuple[Any, ...], answer: bytes) -> None:
        """Keep an answer, unless it is so large that others would have to go for it."""
        if len(answer) > LARGEST:
            return
        if self.bytes + len(answer) > MOST_BYTES:
            self._begin_anew(self.minute)
        self.answers[key] = answer
        self.bytes += len(answer)

    def _begin_anew(self, minute: str) -> None:
        self.minute, self.bytes, self.answers = minute, 0, {}


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
    asked = (service.__qualname__, place_code, *named, *sorted(form.items()))
    minute, *last = _revision()
    key = (*asked, actor.language, sees_cases, minute, *last)
    kept = _kept.setdefault(db.engine, Kept())
    found = kept.of(minute).get(key)
    if found is None:
        found = orjson.dumps(view.dump(service(actor, place_code, *named, **form)), option=JSON)
        kept.keep(key, found)
    return Response(found, mimetype=JSON_TYPE)


def forget() -> None:
    """Forget all answers: the database is another one."""
    _kept.clear()


def _revision() -> tuple[Any, ...]:
    """Return what an answer is as new as: the minute, and the last of all that is counted."""
    return (f"{clock.now():%Y-%m-%dT%H:%M}", *_LAST.row({}))


COUNTED: tuple[Any, ...] = (
    func.max(HazardMove.id),
    func.max(Fact.id),
    func.max(Waiting.fact_id),
    func.max(Standing.rolled_at),
    func.max(RegisteredDay.day),
    func.max(CommitteeTarget.id),
    func.max(CommitteeSetting.changed_at),
    func.max(PlaceRevision.token),
    func.max(Shift.id),
    func.max(Attendance.id),
)
"""The last of everything that answers count."""
_LAST = Prepared(
    lambda: select(
        *(
            select(found).scalar_subquery().label(f"last_{number}")
            for number, found in enumerate(COUNTED)
        )
    )
)
