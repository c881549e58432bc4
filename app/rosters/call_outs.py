"""Asking people to come to a shift that needs them: each once, nobody too often, and why."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from app.core import clock, texts
from app.core.access import Actor
from app.core.db import changed_rows, unit_of_work
from app.core.errors import Conflict
from app.core.idempotency import insert_ignore
from app.notices import service as notices
from app.patrols import fitness
from app.patrols import rules as patrols
from app.patrols.seats import ShiftNotOpen
from app.rosters import rules, sight
from app.rosters.board import YOU, Suitable, recent_calls, sentence
from app.rosters.models import CallOut
from app.rosters.rules import Reason


class ShiftFull(Conflict):
    """Nobody else has a place on the shift."""

    code = "shift_full"


@unit_of_work()
def call_out(
    actor: Actor, shift_id: int, *, resident_ids: Sequence[int] = (), count: int | None = None
) -> dict[str, Any]:
    """Ask people to come: those who are named, or the `count` who suit best.

    Returns who was asked, and who was not and why: what keeps them from the shift, or
    `asked_already`, `asked_too_often`, `not_around`.
    Errors: NotFound, Forbidden, ShiftNotOpen, ShiftFull.
    """
    shift, now = sight.find_shift(actor, shift_id), clock.now()
    if shift.state != patrols.OPEN or now >= shift.starts_at:
        raise ShiftNotOpen
    if shift.taken >= shift.capacity:
        raise ShiftFull
    found = Suitable(actor, shift)
    first = [person.id for person in found.ranked if found.may_ask(person.id)][: count or 0]
    chosen = sorted(set(resident_ids)) or first
    # Two planners may ask the same person at once, for two shifts: they are counted in turn.
    fitness.lock_people(chosen)
    found.calls = recent_calls(chosen, now)
    refused = {number: code for number in chosen if (code := _refusal(found, number))}
    asked = [
        number for number in chosen if number not in refused and _note(actor, found, shift, number)
    ]
    _tell(shift, {number: found.scores[number].reasons for number in asked})
    return {
        "asked": [found.show(found.persons[number]) for number in asked],
        "refused": [
            {
                "resident_id": number,
                "name": found.names.get(number),
                "code": code,
                "words": texts.text(f"rosters.refused.{code}", actor.language),
            }
            for number, code in sorted(refused.items())
        ],
    }


def _refusal(found: Suitable, resident_id: int) -> str | None:
    if resident_id not in found.persons:
        return "not_around"
    if resident_id in found.kept_away:
        return found.kept_away[resident_id]
    if resident_id in found.asked:
        return "asked_already"
    return None if rules.left_to_ask(found.calls, resident_id) else "asked_too_often"


def _note(actor: Actor, found: Suitable, shift: Any, resident_id: int) -> bool:
    """Write down that somebody is asked; returns whether nobody did before."""
    reasons = found.scores[resident_id].reasons
    row = {
        "shift_id": shift.id,
        "resident_id": resident_id,
        "asked_by": actor.resident_id,
        "reasons": [{"code": reason.code, "of": reason.of} for reason in reasons],
        "at": clock.now(),
    }
    new = bool(changed_rows(insert_ignore(CallOut), row))
    found.asked.add(resident_id)
    return new


def _tell(shift: Any, asked: dict[int, tuple[Reason, ...]]) -> None:
    alike: dict[tuple[Reason, ...], list[int]] = defaultdict(list)
    for number, reasons in asked.items():
        alike[reasons].append(number)
    for reasons, numbers in alike.items():
        notices.tell(
            "call_out",
            numbers,
            key=f"call_out:{shift.id}",
            about=notices.About("shift", shift.id),
            params={
                "title": shift.title,
                "place": shift.place_name,
                "by": {"at": shift.starts_at.isoformat()},
                "reason": {
                    language: sentence(reasons, YOU, language) for language in texts.LANGUAGES
                },
            },
        )
