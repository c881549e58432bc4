"""Templates of shifts, weeks that were copied, call-outs, and proposed rosters."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import NUMBERED_ONCE, Base, PlaceCode
from app.patrols.models import PatrolRoute, Shift
from app.residents.models import Resident
from app.rosters.rules import ROSTER_STATES

_ACTIVE = text("active")
_UNDER_WAY = text("state IN ('computing', 'proposed')")


class ShiftTemplate(Base):
    """A shift that comes again: on the days of `rule`, at `starts` ("HH:MM" in Shanghai).

    `duration_min` in minutes; `skills`: what each person on it must be able to do.
    `made_until`: up to which day its shifts have been made.
    """

    __tablename__ = "shift_templates"
    __table_args__ = (
        CheckConstraint("minimum BETWEEN 1 AND capacity", name="minimum_in_capacity"),
        Index("ix_shift_templates_place_code_id", "place_code", "id"),
        Index("ix_shift_templates_team_id_id", "team_id", "id"),
        Index(
            "ix_shift_templates_to_make",
            "made_until",
            "id",
            sqlite_where=_ACTIVE,
            postgresql_where=_ACTIVE,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=1)
    place_code: Mapped[str] = mapped_column(PlaceCode())
    place_name: Mapped[str] = mapped_column(String(80))
    route_id: Mapped[int | None] = mapped_column(ForeignKey(PatrolRoute.id))
    team_id: Mapped[int | None] = mapped_column()
    leader_id: Mapped[int | None] = mapped_column(ForeignKey(Resident.id))
    title: Mapped[str] = mapped_column(String(40))
    words: Mapped[str | None] = mapped_column(String(500))
    rule: Mapped[str] = mapped_column(String(80))
    starts: Mapped[str] = mapped_column(String(5))
    duration_min: Mapped[int] = mapped_column()
    capacity: Mapped[int] = mapped_column()
    minimum: Mapped[int] = mapped_column()
    skills: Mapped[list[str]] = mapped_column(JSON)
    residence_required: Mapped[bool] = mapped_column(default=False)
    from_day: Mapped[date] = mapped_column()
    until_day: Mapped[date | None] = mapped_column()
    active: Mapped[bool] = mapped_column(default=True)
    made_until: Mapped[date] = mapped_column()
    created_by: Mapped[int] = mapped_column(ForeignKey(Resident.id))
    created_at: Mapped[datetime] = mapped_column()
    changed_at: Mapped[datetime] = mapped_column()


class CopiedShift(Base):
    """That a shift was copied to another day: once, however often one asks."""

    __tablename__ = "copied_shifts"
    __table_args__ = (UniqueConstraint("origin_id", "day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    origin_id: Mapped[int] = mapped_column(ForeignKey(Shift.id))
    day: Mapped[date] = mapped_column()
    copied_at: Mapped[datetime] = mapped_column()


class CallOut(Base):
    """That somebody was asked to come to a shift, and for which reasons; once for each shift."""

    __tablename__ = "call_outs"
    __table_args__ = (
        UniqueConstraint("shift_id", "resident_id"),
        Index("ix_call_outs_resident_id_at", "resident_id", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    shift_id: Mapped[int] = mapped_column(ForeignKey(Shift.id))
    resident_id: Mapped[int] = mapped_column(ForeignKey(Resident.id))
    asked_by: Mapped[int] = mapped_column(ForeignKey(Resident.id))
    reasons: Mapped[list[Any]] = mapped_column(JSON)
    at: Mapped[datetime] = mapped_column()


class RosterProposal(Base):
    """Who might walk which shift of a week (from Monday `week`) in a place.

    `figures`: what came out, see `service`; `reason`: why nothing did. `published_at`: when the
    last sign-up of an accepted one was made; `refused`: which were not, and why.
    """

    __tablename__ = "roster_proposals"
    __table_args__ = (
        CheckConstraint(f"state IN ({', '.join(map(repr, ROSTER_STATES))})", name="known_state"),
        Index("ix_roster_proposals_place_code_id", "place_code", "id"),
        Index(
            "uq_roster_proposals_under_way",
            "place_code",
            "week",
            unique=True,
            sqlite_where=_UNDER_WAY,
            postgresql_where=_UNDER_WAY,
        ),
        NUMBERED_ONCE,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=1)
    place_code: Mapped[str] = mapped_column(PlaceCode())
    place_name: Mapped[str] = mapped_column(String(80))
    week: Mapped[date] = mapped_column()
    state: Mapped[str] = mapped_column(String(12))
    reason: Mapped[str | None] = mapped_column(String(40))
    figures: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    refused: Mapped[list[Any]] = mapped_column(JSON)
    created_by: Mapped[int] = mapped_column(ForeignKey(Resident.id))
    created_at: Mapped[datetime] = mapped_column()
    computed_at: Mapped[datetime | None] = mapped_column()
    decided_by: Mapped[int | None] = mapped_column(ForeignKey(Resident.id))
    decided_at: Mapped[datetime | None] = mapped_column()
    published_at: Mapped[datetime | None] = mapped_column()


class RosterAssignment(Base):
    """One person on one shift of a proposed roster. `by_hand`: the planner put them there."""

    __tablename__ = "roster_assignments"
    __table_args__ = (UniqueConstraint("proposal_id", "shift_id", "resident_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey(RosterProposal.id))
    shift_id: Mapped[int] = mapped_column(ForeignKey(Shift.id))
    resident_id: Mapped[int] = mapped_column(ForeignKey(Resident.id))
    by_hand: Mapped[bool] = mapped_column(default=False)
