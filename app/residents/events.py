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


@dataclass(frozen=True, slots=True)
class RoleGiven(Event):
    """Somebody holds a role now. `by_id`: who gave it, none for the operator; `reason`: why."""

    kind: ClassVar[str] = "residents.role_given"

    resident_id: int
    role: str
    place_code: str
    by_id: int | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class RoleTaken(Event):
    """Somebody holds a role no longer; as `RoleGiven`."""

    kind: ClassVar[str] = "residents.role_taken"

    resident_id: int
    role: str
    place_code: str
    by_id: int | None = None
    reason: str | None = None
