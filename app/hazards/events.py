"""Facts about hazards that others may react to. Plain values only."""

from dataclasses import dataclass
from typing import ClassVar

from app.core.outbox import Event


@dataclass(frozen=True, slots=True)
class HazardReported(Event):
    """Somebody reported a hazard."""

    kind: ClassVar[str] = "hazards.reported"

    hazard_id: int
    reporter_id: int
    place_code: str
    category: str


@dataclass(frozen=True, slots=True)
class HazardMoved(Event):
    """A hazard went from one state to the next; `move` says how."""

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
