"""Facts about quizzes that others may react to. Plain values only."""

from dataclasses import dataclass
from typing import ClassVar

from app.core.outbox import Event


@dataclass(frozen=True, slots=True)
class AttemptFinished(Event):
    """Somebody finished an attempt; `counted`: answers in time. `started_at`: ISO.

    `place_code`: the community whose questions they were; empty where the resident has none.
    """

    kind: ClassVar[str] = "quizzes.attempt_finished"

    attempt_id: int
    resident_id: int
    place_code: str
    started_at: str
    counted: int
