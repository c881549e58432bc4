"""Which shifts need people, and who would suit one."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from app.core import clock, pages, texts
from app.core.access import Actor, Permission
from app.core.db import read
from app.core.gathered import gather
from app.patrols import fitness
from app.patrols import rules as patrols
from app.patrols.models import Shift
from app.patrols.sight import SHIFTS
from app.rosters import people, rules, sight
from app.rosters.models import CallOut
from app.rosters.rules import Person, Reason, Score
from app.volunteers import service as volunteers


def list_needing(
    actor: Actor, *, place: str | None = None, cursor: str | None = None, limit: int
) -> dict[str, Any]:
    """Return a page of the shifts ahead with too few people, the soonest first.

    Errors: NotFound (the actor plans nothing in that place), InvalidInput (the cursor).
    """
    wanted = SHIFTS.where(
        Shift.state == patrols.OPEN,
        Shift.starts_at > clock.now(),
        Shift.taken < Shift.minimum,
        sight.planned_by(actor, Shift, place),
    )
    if after := pages.decode(cursor, datetime, int):
        soonest, last_id = after
        wanted = wanted.where(
            (Shift.starts_at > soonest) | ((Shift.starts_at == soonest) & (Shift.id > last_id))
        )
    rows = read(wanted.order_by(Shift.starts_at, Shift.id).limit(limit + 1)).all()
    called = _called([row.id for row in rows])
    return pages.page(
        rows,
        limit,
        lambda row: show_shift(row) | {"called": len(called.get(row.id, ()))},
        lambda row: (row.starts_at, row.id),
    )


def show_shift(row: Any) -> dict[str, Any]:
    """Return a shift as planners see it on the board and in a roster."""
    missing = max(0, row.minimum - row.taken)
    return {
        "id": row.id,
        "title": row.title,
        "place_code": row.place_code,
        "place_name": row.place_name,
        "team": sight.ref(row.team_id, row.team_name),
        "leader": sight.ref(row.leader_id, row.leader_name),
        "starts_at": row.starts_at,
        "ends_at": row.ends_at,
        "state": row.state,
        "capacity": row.capacity,
        "minimum": row.minimum,
        "taken": row.taken,
        "missing": missing,
        # Each person on a shift must have its skills, so whoever is missing is missed with them.
        "missing_skills": row.skills if missing else [],
    }


def _called(shift_ids: list[int]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for row in read(_call_outs(shift_ids)):
        found.setdefault(row.shift_id, set()).add(row.resident_id)
    return found


def _call_outs(shift_ids: list[int]) -> Any:
    return select(CallOut.shift_id, CallOut.resident_id).where(CallOut.shift_id.in_(shift_ids))


def list_suitable(actor: Actor, shift_id: int) -> dict[str, Any]:
    """Return who would suit a shift, best first, and why; whoever was asked already is marked.

    Errors: NotFound, Forbidden.
    """
    shift = sight.find_shift(actor, shift_id)
    found = Suitable(actor, shift)
    return {
        "shift": show_shift(shift),
        "people": [found.show(person) for person in found.ranked[: rules.MOST_SUITABLE]],
    }


class Suitable:
    """The people who would suit a shift, ranked, and what keeps others from it.

    Staff see everybody around the shift's place; who leads a team, the team's members:
    the names of others are none of their business.
    """

    def __init__(self, actor: Actor, shift: Any) -> None:
        now = clock.now()
        self._actor = actor
        profiles = volunteers.candidates(shift.place_code)
        if not actor.reaches(Permission.SHIFT_PLAN, shift.place_code):
            profiles = [found for found in profiles if shift.team_id in found.team_ids]
        self.names = {profile.resident_id: profile.name for profile in profiles}
        ids = list(self.names)
        asked = (
            *people.needs_asked([shift]),
            *people.persons_asked(profiles, now, now),
            *fitness.asked(ids, shift),
            people.sign_ups_asked([shift.id]),
            _call_outs([shift.id]),
            _recent_calls(ids, now),
        )
        rows = gather(*asked)
        self._need = people.needs_told([shift], rows[:2])[shift.id]
        self.persons = {each.id: each for each in people.persons_told(profiles, rows[2:5])}
        self.asked = {row.resident_id for row in rows[10]}
        self.calls: dict[int, int] = Counter(row.resident_id for row in rows[11])
        unfit = fitness.judged(ids, shift, rows[5:9])
        self.kept_away = self._kept_away(unfit, people.sign_ups_told(rows[9]).get(shift.id, {}))
        self.scores: dict[int, Score] = {
            each.id: rules.score(self._need, each)
            for each in self.persons.values()
            if each.id not in self.kept_away
        }
        self.ranked: list[Person] = sorted(
            (self.persons[number] for number in self.scores),
            key=lambda person: rules.order(person, self.scores[person.id]),
        )

    def _kept_away(self, unfit: Mapping[int, str], states: Mapping[int, str]) -> dict[int, str]:
        """Return why people are not asked, by id, of those who are not."""
        found = {
            number: code
            for number, person in self.persons.items()
            if (code := rules.unsuited(self._need, person))
        }
        found = {**unfit, **found}
        found |= {number: KNOWN_BY[state] for number, state in states.items()}
        return found

    def may_ask(self, resident_id: int) -> bool:
        """Whether somebody who suits may be asked now: not twice, nor too often."""
        return resident_id not in self.asked and rules.left_to_ask(self.calls, resident_id)

    def show(self, person: Person) -> dict[str, Any]:
        """Return somebody who suits, as planners see them."""
        score = self.scores[person.id]
        return {
            "resident_id": person.id,
            "name": self.names[person.id],
            "points": score.points,
            "reasons": [reason.code for reason in score.reasons],
            "words": sentence(score.reasons, THEY, self._actor.language),
            "served": person.served,
            "last_served_at": person.last_served,
            "asked": person.id in self.asked,
            "may_ask": self.may_ask(person.id),
        }


KNOWN_BY = {
    patrols.WAITING: "waiting_already",
    patrols.OFFERED: "offered_already",
    patrols.JOINED: "joined_already",
    patrols.SEEKING: "joined_already",
    patrols.LEFT: "left_before",
    patrols.REMOVED: "left_before",
    patrols.EXPIRED: "left_before",
}
"""Why somebody who is known to a shift is not asked to it: also who left has answered."""


def recent_calls(resident_ids: list[int], now: datetime) -> dict[int, int]:
    """Return how often people were asked by call-outs in the last week, by id."""
    return Counter(read(_recent_calls(resident_ids, now)).scalars())


def _recent_calls(resident_ids: list[int], now: datetime) -> Any:
    lately: timedelta = rules.CALLS_WITHIN
    return select(CallOut.resident_id).where(
        CallOut.resident_id.in_(resident_ids), CallOut.at > now - lately
    )


YOU, THEY = "you", "they"


def sentence(reasons: tuple[Reason, ...] | list[Reason], to: str, language: str) -> str:
    """Return reasons in words. `to`: YOU, whom one asks, or THEY, of whom planners read."""
    said = [_phrase(reason, to, language) for reason in reasons]
    if not said:
        return texts.text(f"rosters.{to}.nothing", language)
    joined = texts.text("rosters.comma", language).join(said)
    return texts.text("rosters.you.sentence", language, reasons=joined) if to == YOU else joined


def _phrase(reason: Reason, to: str, language: str) -> str:
    of: object = reason.of
    if reason.code == "skill":
        of = texts.text(f"rosters.skills.{reason.of}", language)
    return texts.text(f"rosters.{to}.{reason.code}", language, of=of)
