"""Facts about shifts and seats that others may react to. Plain values only."""

from dataclasses import dataclass
from typing import ClassVar

from app.core.outbox import Event


@dataclass(frozen=True, slots=True)
class ShiftPlanned(Event):
    """A shift was planned, by somebody or by a template."""

    kind: ClassVar[str] = "patrols.shift_planned"

    shift_id: int
    place_code: str
    by_id: int


@dataclass(frozen=True, slots=True)
class ShiftChanged(Event):
    """What people were told of a shift is no longer so; `fields` are the names of what changed.

    `resident_ids`: who was on it or waited for it.
    """

    kind: ClassVar[str] = "patrols.shift_changed"

    shift_id: int
    place_code: str
    sequence: int
    fields: list[str]
    resident_ids: list[int]
    by_id: int


@dataclass(frozen=True, slots=True)
class ShiftCancelled(Event):
    """A shift will not take place; `resident_ids`: who was on it or waited for it."""

    kind: ClassVar[str] = "patrols.shift_cancelled"

    shift_id: int
    place_code: str
    reason: str
    resident_ids: list[int]
    by_id: int


@dataclass(frozen=True, slots=True)
class SignedUp(Event):
    """Somebody joined, waits, or is back: `state`. `by_id`: who did it, if not they themselves."""

    kind: ClassVar[str] = "patrols.signed_up"

    shift_id: int
    resident_id: int
    state: str
    by_id: int | None = None


@dataclass(frozen=True, slots=True)
class SignUpLeft(Event):
    """Somebody is no longer on a shift, or no longer waits. `from_state`: what they were.

    `reason`: why a leader removed them.
    """

    kind: ClassVar[str] = "patrols.signup_left"

    shift_id: int
    resident_id: int
    from_state: str
    state: str
    by_id: int
    sequence: int
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class SeatOffered(Event):
    """A seat is held for somebody who waited."""

    kind: ClassVar[str] = "patrols.seat_offered"

    offer_id: int
    shift_id: int
    resident_id: int
    expires_at: str


@dataclass(frozen=True, slots=True)
class OfferEnding(Event):
    """Of an offer's time a quarter is left, and there is no answer."""

    kind: ClassVar[str] = "patrols.offer_ending"

    offer_id: int
    shift_id: int
    resident_id: int
    expires_at: str


@dataclass(frozen=True, slots=True)
class OfferExpired(Event):
    """Nobody answered an offer in its time; the seat goes to the next."""

    kind: ClassVar[str] = "patrols.offer_expired"

    offer_id: int
    shift_id: int
    resident_id: int


@dataclass(frozen=True, slots=True)
class StandInSought(Event):
    """Somebody cannot come after all and holds the seat until somebody takes over."""

    kind: ClassVar[str] = "patrols.stand_in_sought"

    shift_id: int
    resident_id: int
    sequence: int


@dataclass(frozen=True, slots=True)
class StandInFound(Event):
    """Somebody took over the seat of somebody who looked for a stand-in."""

    kind: ClassVar[str] = "patrols.stand_in_found"

    shift_id: int
    left_id: int
    joined_id: int


@dataclass(frozen=True, slots=True)
class SwapAsked(Event):
    """Somebody asks a colleague to take their seat."""

    kind: ClassVar[str] = "patrols.swap_asked"

    swap_id: int
    shift_id: int
    their_shift_id: int | None
    asker_id: int
    asked_id: int


@dataclass(frozen=True, slots=True)
class SwapAgreed(Event):
    """The seats have changed hands."""

    kind: ClassVar[str] = "patrols.swap_agreed"

    swap_id: int
    shift_id: int
    their_shift_id: int | None
    asker_id: int
    asked_id: int


@dataclass(frozen=True, slots=True)
class SwapDeclined(Event):
    """The colleague does not want to."""

    kind: ClassVar[str] = "patrols.swap_declined"

    swap_id: int
    shift_id: int
    their_shift_id: int | None
    asker_id: int
    asked_id: int


@dataclass(frozen=True, slots=True)
class DayBefore(Event):
    """A shift begins within a day; `resident_ids`: who is to be reminded."""

    kind: ClassVar[str] = "patrols.day_before"

    shift_id: int
    starts_at: str
    resident_ids: list[int]


@dataclass(frozen=True, slots=True)
class ShiftSoon(Event):
    """A shift begins within two hours; `resident_ids`: who is to be reminded."""

    kind: ClassVar[str] = "patrols.shift_soon"

    shift_id: int
    starts_at: str
    resident_ids: list[int]


@dataclass(frozen=True, slots=True)
class ShiftUnderstaffed(Event):
    """So many hours before a shift, fewer than the minimum are on it."""

    kind: ClassVar[str] = "patrols.shift_understaffed"

    shift_id: int
    starts_at: str
    hours: int
    missing: int


@dataclass(frozen=True, slots=True)
class ShiftEnded(Event):
    """The time of a shift that was not cancelled is over."""

    kind: ClassVar[str] = "patrols.shift_ended"

    shift_id: int
    place_code: str
