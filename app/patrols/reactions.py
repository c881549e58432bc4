"""Who is told what about shifts and seats. Nobody is told what they did themselves.

The key of each notice is made of what it is about (the offer, the start, the line of a
sign-up), so that a fact that is delivered twice tells nobody twice.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select

from app.core import texts
from app.core.access import RoleKind
from app.core.db import read
from app.core.outbox import reacts_to
from app.notices import service as notices
from app.notices.rules import Param
from app.patrols import planning, rules, seats
from app.patrols.events import (
    DayBefore,
    OfferEnding,
    OfferExpired,
    SeatOffered,
    ShiftCancelled,
    ShiftChanged,
    ShiftSoon,
    ShiftUnderstaffed,
    SignUpLeft,
    StandInFound,
    StandInSought,
    SwapAgreed,
    SwapAsked,
    SwapDeclined,
)
from app.patrols.models import SignUp
from app.patrols.sight import find_for_system
from app.residents import service as residents
from app.residents.models import Resident
from app.volunteers import service as volunteers
from app.volunteers.events import VolunteerStopped


def _tell(
    kind: str,
    whom: Iterable[int],
    shift: Any,
    about: str,
    *,
    starts_at: str | None = None,
    **more: Param,
) -> None:
    """Tell people; `about`: what the notice is about, the same for the same fact."""
    params: Mapping[str, Param] = {
        "title": shift.title,
        "place": shift.place_name,
        "by": {"at": starts_at or shift.starts_at.isoformat()},
        **more,
    }
    notices.tell(
        kind,
        whom,
        key=f"shift:{shift.id}:{kind}:{about}",
        about=notices.About("shift", shift.id),
        params=params,
    )


def in_charge(shift: Any) -> set[int]:
    """Return who leads a shift; else its team's leaders; else who planned it and the committee."""
    if shift.leader_id is not None:
        return {shift.leader_id}
    if shift.team_id is not None and (heads := volunteers.leaders(shift.team_id)):
        return {head.id for head in heads}
    committee = residents.holders_within(RoleKind.COMMITTEE, shift.place_code)
    return {shift.created_by, *(holder.id for holder in committee)}


def _waiting(shift_id: int) -> list[int]:
    return list(read(_WAITING, {"the_shift": shift_id}).scalars())


_WAITING = (
    select(SignUp.resident_id)
    .where(SignUp.shift_id == bindparam("the_shift"), SignUp.state == rules.WAITING)
    .order_by(SignUp.resident_id)
)


def _names(*resident_ids: int) -> list[str]:
    rows = read(select(Resident.id, Resident.name).where(Resident.id.in_(resident_ids)))
    names = {row.id: row.name for row in rows}
    return [names[resident_id] for resident_id in resident_ids]


def _stamp(moment: str) -> str:
    """Return a moment as a part of a key: its seconds."""
    return str(int(datetime.fromisoformat(moment).timestamp()))


# Seats


@reacts_to(SeatOffered)
def tell_of_offer(event: SeatOffered, _occurred_at: datetime) -> None:
    """Tell who waited that a seat is held for them."""
    shift = find_for_system(event.shift_id)
    about, until = str(event.offer_id), {"at": event.expires_at}
    _tell("shift_offer", [event.resident_id], shift, about, until=until)


@reacts_to(OfferEnding)
def tell_of_end(event: OfferEnding, _occurred_at: datetime) -> None:
    """Remind of an offer that is running out."""
    shift = find_for_system(event.shift_id)
    about, until = str(event.offer_id), {"at": event.expires_at}
    _tell("shift_offer_ending", [event.resident_id], shift, about, until=until)


@reacts_to(OfferExpired)
def tell_of_expiry(event: OfferExpired, _occurred_at: datetime) -> None:
    """Tell who did not answer that the seat went on."""
    shift = find_for_system(event.shift_id)
    _tell("shift_offer_over", [event.resident_id], shift, str(event.offer_id))


@reacts_to(StandInSought)
def tell_of_seeking(event: StandInSought, _occurred_at: datetime) -> None:
    """Tell who leads the shift, and who waits for a seat, that somebody cannot come."""
    shift = find_for_system(event.shift_id)
    whom = (in_charge(shift) | set(_waiting(shift.id))) - {event.resident_id}
    _tell("shift_seeking", whom, shift, f"{event.resident_id}:{event.sequence}")


@reacts_to(StandInFound)
def tell_of_stand_in(event: StandInFound, _occurred_at: datetime) -> None:
    """Tell whose seat it was, and who leads the shift."""
    shift = find_for_system(event.shift_id)
    whom = ({event.left_id} | in_charge(shift)) - {event.joined_id}
    who, of_whom = _names(event.joined_id, event.left_id)
    about = f"{event.left_id}:{event.joined_id}"
    _tell("shift_stand_in_found", whom, shift, about, who=who, of_whom=of_whom)


@reacts_to(SignUpLeft)
def tell_who_was_removed(event: SignUpLeft, _occurred_at: datetime) -> None:
    """Tell somebody whom a leader took off a shift why."""
    if event.state != rules.REMOVED or event.by_id == event.resident_id:
        return
    shift = find_for_system(event.shift_id)
    note = {"note": event.reason} if event.reason else {}
    _tell("shift_removed", [event.resident_id], shift, str(event.sequence), **note)


@reacts_to(SwapAsked)
def tell_of_swap(event: SwapAsked, _occurred_at: datetime) -> None:
    """Tell a colleague that somebody asks to swap."""
    shift = find_for_system(event.shift_id)
    (who,) = _names(event.asker_id)
    _tell("swap_asked", [event.asked_id], shift, str(event.swap_id), who=who)


@reacts_to(SwapAgreed)
def tell_of_agreement(event: SwapAgreed, _occurred_at: datetime) -> None:
    """Tell who asked that the colleague agrees."""
    _tell_answer(event, "agreed")


@reacts_to(SwapDeclined)
def tell_of_refusal(event: SwapDeclined, _occurred_at: datetime) -> None:
    """Tell who asked that the colleague does not want to."""
    _tell_answer(event, "declined")


def _tell_answer(event: SwapAgreed | SwapDeclined, answer: str) -> None:
    shift = find_for_system(event.shift_id)
    (who,) = _names(event.asked_id)
    said = _in_all(lambda language: texts.text(f"patrols.answers.{answer}", language))
    _tell("swap_answered", [event.asker_id], shift, str(event.swap_id), who=who, answer=said)


def _in_all(words: Any) -> dict[str, str]:
    return {language: words(language) for language in texts.LANGUAGES}


@reacts_to(VolunteerStopped)
def let_go(event: VolunteerStopped, _occurred_at: datetime) -> None:
    """Give the coming seats of somebody who serves no more to others; they lead nothing, too."""
    planning.appoint_nobody(event.resident_id)
    seats.leave_all(event.resident_id)


# Shifts


@reacts_to(ShiftChanged)
def tell_of_change(event: ShiftChanged, _occurred_at: datetime) -> None:
    """Tell who is on a shift, or waits for it, what changed."""
    whom = set(event.resident_ids) - {event.by_id}
    if not whom:
        return
    what = _in_all(lambda language: _changed_words(event.fields, language))
    shift = find_for_system(event.shift_id)
    _tell("shift_changed", whom, shift, str(event.sequence), what=what)


def _changed_words(fields: Sequence[str], language: str) -> str:
    keys = [f"patrols.changed.{name}" for name in fields]
    words = [texts.text(key, language) for key in keys if texts.known(key)]
    return texts.text("patrols.changed.separator", language).join(dict.fromkeys(words))


@reacts_to(ShiftCancelled)
def tell_of_cancellation(event: ShiftCancelled, _occurred_at: datetime) -> None:
    """Tell everybody on a shift why it will not take place."""
    shift = find_for_system(event.shift_id)
    whom = set(event.resident_ids) | ({shift.leader_id} if shift.leader_id else set())
    _tell("shift_cancelled", whom - {event.by_id}, shift, "once", note=event.reason)


@reacts_to(DayBefore)
def remind_a_day_before(event: DayBefore, _occurred_at: datetime) -> None:
    """Remind of a shift within a day."""
    _remind("shift_tomorrow", event)


@reacts_to(ShiftSoon)
def remind_of_soon(event: ShiftSoon, _occurred_at: datetime) -> None:
    """Remind of a shift within two hours."""
    _remind("shift_soon", event)


def _remind(kind: str, event: DayBefore | ShiftSoon) -> None:
    shift = find_for_system(event.shift_id)
    stamp = _stamp(event.starts_at)
    _tell(kind, event.resident_ids, shift, stamp, starts_at=event.starts_at)


@reacts_to(ShiftUnderstaffed)
def tell_of_understaffing(event: ShiftUnderstaffed, _occurred_at: datetime) -> None:
    """Tell who leads a shift that too few are on it."""
    shift = find_for_system(event.shift_id)
    about, missing = f"{event.hours}:{_stamp(event.starts_at)}", event.missing
    starts_at = event.starts_at
    _tell(
        "shift_understaffed", in_charge(shift), shift, about, starts_at=starts_at, missing=missing
    )
