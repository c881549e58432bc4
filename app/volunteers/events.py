"""Facts about volunteers that others may react to."""

from dataclasses import dataclass
from typing import ClassVar

from app.core.outbox import Event


@dataclass(frozen=True, slots=True)
class VolunteerStopped(Event):
    """Somebody serves no more: left, or took back that they know the risks."""

    kind: ClassVar[str] = "volunteers.stopped"

    resident_id: int


@dataclass(frozen=True, slots=True)
class LocationConsentWithdrawn(Event):
    """Somebody no longer wants their way to be recorded."""

    kind: ClassVar[str] = "volunteers.location_consent_withdrawn"

    resident_id: int


@dataclass(frozen=True, slots=True)
class MembershipMoved(Event):
    """Somebody asked to join a team, was invited, accepted, refused, removed, made leader."""

    kind: ClassVar[str] = "volunteers.membership_moved"

    team_id: int
    resident_id: int
    by_id: int
    move: str


@dataclass(frozen=True, slots=True)
class CertificateRevoked(Event):
    """A committee took a certificate back."""

    kind: ClassVar[str] = "volunteers.certificate_revoked"

    certificate_id: int
    resident_id: int


@dataclass(frozen=True, slots=True)
class CertificateDoubted(Event):
    """Hours that a certificate counts were corrected after its issue."""

    kind: ClassVar[str] = "volunteers.certificate_doubted"

    certificate_id: int
    community_code: str


@dataclass(frozen=True, slots=True)
class HoursCounted(Event):
    """Served minutes began to count or, if `taken_back`, count no more.

    `entry_id`: the entry of hours that counts, or counted. `starts_at`: ISO, when it began.
    """

    kind: ClassVar[str] = "volunteers.hours_counted"

    entry_id: int
    resident_id: int
    place_code: str
    starts_at: str
    minutes: int
    taken_back: bool = False
