"""Facts about people that others may react to."""

from dataclasses import dataclass
from typing import ClassVar

from app.core.outbox import Event


@dataclass(frozen=True, slots=True)
class ResidenceDecided(Event):
    """A grid worker has confirmed or refused where somebody lives."""

    kind: ClassVar[str] = "residents.residence_decided"

    residence_id: int
    resident_id: int
    state: str


@dataclass(frozen=True, slots=True)
class ResidenceRequested(Event):
    """Somebody says where they live and waits for an answer."""

    kind: ClassVar[str] = "residents.residence_requested"

    residence_id: int
    resident_id: int
    place_code: str
