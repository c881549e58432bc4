"""Facts about what supervisors ask for. Plain values only."""

from dataclasses import dataclass
from typing import ClassVar

from app.core.outbox import Event


@dataclass(frozen=True, slots=True)
class RectificationMoved(Event):
    """A rectification was raised, answered, sent back, accepted or withdrawn; by which line."""

    kind: ClassVar[str] = "committees.rectification_moved"

    rectification_id: int
    seq: int
    move: str
    actor_id: int
