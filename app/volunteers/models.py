"""Volunteers, what they agreed to, their teams, and what was certified to them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import NUMBERED_ONCE, Base, PlaceCode
from app.residents.models import Resident
from app.volunteers import hours_models as hours_models  # noqa: PLC0414 tables of this feature too


class Volunteer(Base):
    """Somebody who serves. Whoever stops has no row any more; what they did stays.

    `availability`: [{weekday 1-7 (Monday first), from "HH:MM", to "HH:MM"}], Shanghai.
    `most_per_week`: no more shifts a week than that, please.
    `sealed_emergency`: JSON of {name, phone}, encrypted.
    """

    __tablename__ = "volunteers"

    resident_id: Mapped[int] = mapped_column(ForeignKey(Resident.id), primary_key=True)
    number: Mapped[str] = mapped_column(String(16), unique=True)
    birth_year: Mapped[int] = mapped_column()
    guardian_name: Mapped[str | None] = mapped_column(String(40))
    sealed_guardian_phone: Mapped[str | None] = mapped_column(String(200))
    guardian_consent_at: Mapped[datetime | None] = mapped_column()
    skills: Mapped[list[str]] = mapped_column(JSON)
    languages: Mapped[list[str]] = mapped_column(JSON)
    availability: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    most_per_week: Mapped[int | None] = mapped_column()
    sealed_emergency: Mapped[str | None] = mapped_column(String(600))
    risk_version: Mapped[str | None] = mapped_column(String(16))
    risk_consent_at: Mapped[datetime | None] = mapped_column()
    location_consent_at: Mapped[datetime | None] = mapped_column()
    on_honour_board: Mapped[bool] = mapped_column()
    paused: Mapped[bool] = mapped_column()
    since: Mapped[datetime] = mapped_column()


class VolunteerNumber(Base):
    """The last number given out in a Shanghai year."""

    __tablename__ = "volunteer_numbers"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int] = mapped_column()


class LikedPlace(Base):
    """A place that somebody likes to walk."""

    __tablename__ = "liked_places"
    __table_args__ = (Index("ix_liked_places_place_code", "place_code"),)

    resident_id: Mapped[int] = mapped_column(ForeignKey(Resident.id), primary_key=True)
    place_code: Mapped[str] = mapped_column(PlaceCode(), primary_key=True)


class VolunteerConsent(Base):
    """That somebody agreed to something, or no longer does; never changed, only added to."""

    __tablename__ = "volunteer_consents"
    __table_args__ = (
        CheckConstraint("kind IN ('risk', 'location', 'guardian')", name="known_kind"),
        Index("ix_volunteer_consents_resident_id_id", "resident_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey(Resident.id))
    kind: Mapped[str] = mapped_column(String(10))
    version: Mapped[str] = mapped_column(String(16))
    given: Mapped[bool] = mapped_column()
    at: Mapped[datetime] = mapped_column()


class ContactLook(Base):
    """That somebody looked up a volunteer's emergency contact; never changed, only added to."""

    __tablename__ = "contact_looks"
    __table_args__ = (Index("ix_contact_looks_resident_id_id", "resident_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey(Resident.id))
    by_id: Mapped[int] = mapped_column(ForeignKey(Resident.id))
    why: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column()


class Training(Base):
    """A training that somebody says they took."""

    __tablename__ = "trainings"
    __table_args__ = (
        Index("ix_trainings_resident_id_id", "resident_id", "id"),
        NUMBERED_ONCE,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey(Resident.id))
    name: Mapped[str] = mapped_column(String(60))
    held_on: Mapped[date] = mapped_column()
    hours: Mapped[int | None] = mapped_column()
    given_by: Mapped[str | None] = mapped_column(String(60))
    added_at: Mapped[datetime] = mapped_column()


class Qualification(Base):
    """A skill that somebody earned: given by another feature, not said by themselves.

    `source_type`, `source_id`: by what, once. The days are Shanghai's, both included; without a
    last one it does not end.
    """

    __tablename__ = "qualifications"
    __table_args__ = (
        UniqueConstraint("resident_id", "skill", "source_type", "source_id"),
        CheckConstraint("last_day IS NULL OR first_day <= last_day", name="days_in_order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey(Resident.id))
    skill: Mapped[str] = mapped_column(String(24))
    source_type: Mapped[str] = mapped_column(String(16))
    source_id: Mapped[int] = mapped_column()
    first_day: Mapped[date] = mapped_column()
    last_day: Mapped[date | None] = mapped_column()
    given_at: Mapped[datetime] = mapped_column()
    revoked_at: Mapped[datetime | None] = mapped_column()


class Insurance(Base):
    """An accident insurance that somebody says they have."""

    __tablename__ = "insurances"
    __table_args__ = (
        Index("ix_insurances_resident_id_id", "resident_id", "id"),
        NUMBERED_ONCE,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey(Resident.id))
    insurer: Mapped[str] = mapped_column(String(60))
    sealed_policy_number: Mapped[str] = mapped_column(String(300))
    first_day: Mapped[date] = mapped_column()
    last_day: Mapped[date] = mapped_column()
    added_at: Mapped[datetime] = mapped_column()


class Team(Base):
    """People who walk together: of a corridor, a peace team, a company's, an association's."""

    __tablename__ = "teams"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('corridor', 'peace', 'association', 'company')", name="known_kind"
        ),
        Index("ix_teams_place_code_id", "place_code", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40))
    kind: Mapped[str] = mapped_column(String(12))
    place_code: Mapped[str] = mapped_column(PlaceCode())
    created_by: Mapped[int] = mapped_column(ForeignKey(Resident.id))
    created_at: Mapped[datetime] = mapped_column()
    closed_at: Mapped[datetime | None] = mapped_column()


class TeamMember(Base):
    """What somebody is to a team. `leader` only of a member."""

    __tablename__ = "team_members"
    __table_args__ = (
        CheckConstraint("state IN ('asked', 'invited', 'member', 'left')", name="known_state"),
        CheckConstraint("NOT leader OR state = 'member'", name="leaders_are_members"),
        Index("ix_team_members_resident_id_state", "resident_id", "state"),
    )

    team_id: Mapped[int] = mapped_column(ForeignKey(Team.id), primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey(Resident.id), primary_key=True)
    state: Mapped[str] = mapped_column(String(8))
    leader: Mapped[bool] = mapped_column()
    since: Mapped[datetime] = mapped_column()


class Certificate(Base):
    """What was certified to a volunteer, as it was on the day of issue.

    `content`: [{day "YYYY-MM-DD", title, place, team, minutes}], oldest first.
    `community_code`: whose committee issued it. `to_review`: its hours changed since.
    """

    __tablename__ = "certificates"
    __table_args__ = (
        UniqueConstraint("number"),
        CheckConstraint("minutes > 0", name="certifies_something"),
        Index("ix_certificates_resident_id_id", "resident_id", "id"),
        Index("ix_certificates_community_code_id", "community_code", "id"),
        NUMBERED_ONCE,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(20))
    resident_id: Mapped[int] = mapped_column(ForeignKey(Resident.id))
    community_code: Mapped[str] = mapped_column(PlaceCode())
    name: Mapped[str] = mapped_column(String(40))
    volunteer_number: Mapped[str] = mapped_column(String(16))
    issuer: Mapped[str] = mapped_column(String(80))
    responsible: Mapped[str | None] = mapped_column(String(40))
    first_day: Mapped[date] = mapped_column()
    last_day: Mapped[date] = mapped_column()
    minutes: Mapped[int] = mapped_column()
    content: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    remarks: Mapped[str | None] = mapped_column(String(200))
    issued_at: Mapped[datetime] = mapped_column()
    to_review: Mapped[bool] = mapped_column()
    revoked_at: Mapped[datetime | None] = mapped_column()
    revoked_by: Mapped[int | None] = mapped_column(ForeignKey(Resident.id))
    reason: Mapped[str | None] = mapped_column(String(200))


class CertifiedEntry(Base):
    """That a certificate counts an entry of hours; `entry_id` is the one of `hour_entries`."""

    __tablename__ = "certified_entries"
    __table_args__ = (Index("ix_certified_entries_entry_id", "entry_id"),)

    certificate_id: Mapped[int] = mapped_column(ForeignKey(Certificate.id), primary_key=True)
    entry_id: Mapped[int] = mapped_column(primary_key=True)
