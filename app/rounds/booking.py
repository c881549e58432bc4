"""How hours follow what a round comes to, once it is settled.

Only a change of our own is booked: what the committee has corrected since stays.
"""

from typing import Any, NamedTuple

from app.core import texts
from app.core.access import Actor
from app.rounds import rules
from app.volunteers import hours


class Because(NamedTuple):
    """By whom and why hours change after they were credited."""

    actor: Actor | None
    reason: str | None


def credit(shift: Any, resident_id: int, result: rules.Outcome) -> None:
    """Credit what somebody attended, when it is settled."""
    if result.from_at is None or result.until_at is None or not result.minutes:
        return
    hours.credit(
        resident_id,
        shift_id=shift.id,
        place_code=shift.place_code,
        team_id=shift.team_id,
        title=shift.title,
        starts_at=result.from_at,
        ends_at=result.until_at,
        evidence=result.evidence,
        attested=result.attested,
    )


def correct(shift: Any, before: Any, result: rules.Outcome, because: Because) -> None:
    """Let the hours follow a change of what was settled. `before`: the attendance as it was."""
    worse = result.evidence < before.evidence
    if result.minutes == before.minutes and not worse:
        if result.minutes and (result.evidence, result.attested) != (
            before.evidence,
            before.attested,
        ):
            hours.confirm(before.resident_id, shift.id, result.evidence, attested=result.attested)
        return
    start = result.from_at or shift.starts_at
    hours.recredit(
        because.actor,
        before.resident_id,
        shift.id,
        starts_at=start,
        ends_at=result.until_at or start,
        evidence=result.evidence,
        attested=result.attested,
        reason=because.reason or texts.text("rounds.looked_at_again", "zh-Hans"),
        place_code=shift.place_code,
        team_id=shift.team_id,
        title=shift.title,
    )
