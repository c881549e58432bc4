"""Facts about hazards that others may react to. Plain values only."""

from dataclasses import dataclass
from typing import ClassVar

from app.core.outbox import Event


@dataclass(frozen=True, slots=True)
class HazardReported(Event):
    """Somebody reported a hazard; `round_id`: on which round they say that they found it."""

    kind: ClassVar[str] = "hazards.reported"

    hazard_id: int
    reporter_id: int
    place_code: str
    category: str
    round_id: int | None = None


@dataclass(frozen=True, slots=True)
class HazardMoved(Event):
    """A hazard went from one state to the next; `move` says how.

    `agreed`: whether the committee agrees to a suspension.
    """

    kind: ClassVar[str] = "hazards.moved"

    hazard_id: int
    seq: int
    move: str
    from_state: str
    to_state: str
    actor_id: int | None
    reporter_id: int
    assignee_id: int | None
    place_code: str
    agreed: bool = False


@dataclass(frozen=True, slots=True)
class HazardLimitReached(Event):
    """Of what was promised, `level` per cent of the time are over, and nothing has come of it.

    `stage`: what is owed, to accept the report or to keep the promise. `seq`: the last
    line of history then. `order_id`: the supervision order that was raised, if one was.
    """

    kind: ClassVar[str] = "hazards.limit_reached"

    hazard_id: int
    seq: int
    stage: str
    level: int
    order_id: int | None
    reporter_id: int
    assignee_id: int | None
    place_code: str


@dataclass(frozen=True, slots=True)
class HazardUnanswered(Event):
    """The reporter has not said for days whether it is solved."""

    kind: ClassVar[str] = "hazards.unanswered"

    hazard_id: int
    seq: int
    reporter_id: int
    assignee_id: int | None
    place_code: str


@dataclass(frozen=True, slots=True)
class HazardOrderAnswered(Event):
    """A supervision order was answered in writing."""

    kind: ClassVar[str] = "hazards.order_answered"

    hazard_id: int
    seq: int
    order_id: int
    actor_id: int
    reporter_id: int
    assignee_id: int | None
    place_code: str


@dataclass(frozen=True, slots=True)
class HazardTextWithheld(Event):
    """What a reporter wrote is not shown to neighbours: WeChat thinks that it is risky.

    `seq`: the line of history that brought it; 1 is the report itself.
    """

    kind: ClassVar[str] = "hazards.text_withheld"

    hazard_id: int
    seq: int
    reporter_id: int
