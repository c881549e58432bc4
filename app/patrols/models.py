"""Patrol routes, shifts, and who has which seat."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, PlaceCode
from app.patrols.calendar_models import CalendarFeed  # noqa: F401 one of our tables
from app.patrols.rules import OFFER_STATES, SHIFT_STATES, SIGN_UP_STATES, SWAP_STATES
from app.residents.models import Resident

_OPEN = text("state = 'open'")
_WAITING = text("state = 'waiting'")
_ASKED = text("state = 'asked'")


def _known(states: tuple[str, ...]) -> CheckConstraint:
    return CheckConstraint(f"state IN ({', '.join(map(repr, states))})", name="known_state")


class PatrolRoute(Base):
    """A way to walk. `path`: [[lat, lon], …] in degrees, WGS-84; `length_m` along it."""

    __tablename__ = "patrol_routes"
    __table_args__ = (Index("ix_patrol_routes_place_code_id", "place_code", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    place_code: Mapped[str] = mapped_column(PlaceCode())
    place_name: Mapped[str] = mapped_column(String(80))
    name: Mapped[str] = mapped_column(String(40))
    path: Mapped[list[Any]] = mapped_column(JSON)
    length_m: Mapped[int] = mapped_column()
    active: Mapped[bool] = mapped_column(default=True)
    created_by: Mapped[int] = mapped_column(ForeignKey(Resident.id))
    created_at: Mapped[datetime] = mapped_column()


class Checkpoint(Base):
    """A point of a route where one checks in: `lat`, `lon` in degrees, WGS-84.

    `secret` is what its printed code says. One that a route no longer has is retired,
    not deleted: rounds that passed it remember it.
    """

    __tablename__ = "checkpoints"
    __table_args__ = (
        CheckConstraint("radius_m BETWEEN 5 AND 500", name="radius_in_range"),
        Index("ix_checkpoints_route_id_seq", "route_id", "seq"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    route_id: Mapped[int] = mapped_column(ForeignKey(PatrolRoute.id))
    seq: Mapped[int] = mapped_column()
    name: Mapped[str] = mapped_column(String(40))
    lat: Mapped[float] = mapped_column()
    lon: Mapped[float] = mapped_column()
    radius_m: Mapped[int] = mapped_column(default=30)
    secret: Mapped[str] = mapped_column(String(40), unique=True)
    retired_at: Mapped[datetime | None] = mapped_column()


class Shift(Base):
    """A patrol at a time, with a number of seats.

    `taken`: seats of joined and seeking people and those held by open offers; the database
    itself refuses more than `capacity`. `waiting`: people on the waiting list; `last_turn`:
    the last turn given out there. `lat`, `lon`: where one meets (degrees, WGS-84).
    `sequence`: how often the times, place or title changed, as calendars count it.
    `told_*`: what the clock has told already; empty again when the time changes.
    `moved_at`: when its time last changed. `template_day`: the Shanghai day for which a
    template made it; a template makes one a day.
    """

    __tablename__ = "shifts"
    __table_args__ = (
        _known(SHIFT_STATES),
        CheckConstraint("taken BETWEEN 0 AND capacity", name="never_overbooked"),
        CheckConstraint("minimum BETWEEN 1 AND capacity", name="minimum_in_capacity"),
        CheckConstraint("waiting >= 0", name="waiting_some"),
        CheckConstraint("starts_at < ends_at", name="ends_after_start"),
        UniqueConstraint("template_id", "template_day"),
        Index("ix_shifts_starts_at_id", "starts_at", "id"),
        Index("ix_shifts_place_code_starts_at", "place_code", "starts_at", "id"),
        Index("ix_shifts_team_id_starts_at", "team_id", "starts_at"),
        Index("ix_shifts_leader_id_starts_at", "leader_id", "starts_at"),
        Index("ix_shifts_coming", "starts_at", "id", sqlite_where=_OPEN, postgresql_where=_OPEN),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=1)
    uid: Mapped[str] = mapped_column(String(60), unique=True)
    place_code: Mapped[str] = mapped_column(PlaceCode())
    place_name: Mapped[str] = mapped_column(String(80))
    route_id: Mapped[int | None] = mapped_column(ForeignKey(PatrolRoute.id))
    team_id: Mapped[int | None] = mapped_column()
    template_id: Mapped[int | None] = mapped_column()
    template_day: Mapped[str | None] = mapped_column(String(10))
    leader_id: Mapped[int | None] = mapped_column(ForeignKey(Resident.id))
    title: Mapped[str] = mapped_column(String(40))
    words: Mapped[str | None] = mapped_column(String(500))
    lat: Mapped[float | None] = mapped_column()
    lon: Mapped[float | None] = mapped_column()
    starts_at: Mapped[datetime] = mapped_column()
    ends_at: Mapped[datetime] = mapped_column()
    capacity: Mapped[int] = mapped_column()
    minimum: Mapped[int] = mapped_column(default=1)
    skills: Mapped[list[str]] = mapped_column(JSON)
    residence_required: Mapped[bool] = mapped_column(default=False)
    state: Mapped[str] = mapped_column(String(12), default="open")
    cancel_reason: Mapped[str | None] = mapped_column(String(200))
    taken: Mapped[int] = mapped_column(default=0)
    waiting: Mapped[int] = mapped_column(default=0)
    last_turn: Mapped[int] = mapped_column(default=0)
    sequence: Mapped[int] = mapped_column(default=0)
    created_by: Mapped[int] = mapped_column(ForeignKey(Resident.id))
    created_at: Mapped[datetime] = mapped_column()
    changed_at: Mapped[datetime] = mapped_column()
    moved_at: Mapped[datetime | None] = mapped_column()
    told_day_at: Mapped[datetime | None] = mapped_column()
    told_soon_at: Mapped[datetime | None] = mapped_column()
    told_short_h: Mapped[int | None] = mapped_column()
    told_end_at: Mapped[datetime | None] = mapped_column()


class SignUp(Base):
    """What somebody is to a shift; one row for each person and shift, whatever happens.

    `turn`: the place in the waiting list, in the order of arrival. `joined_at`: since when
    they have their seat. `sequence`: how often the state changed, as calendars count it.
    """

    __tablename__ = "signups"
    __table_args__ = (
        _known(SIGN_UP_STATES),
        UniqueConstraint("shift_id", "resident_id"),
        Index("ix_signups_resident_id_state", "resident_id", "state", "shift_id"),
        Index(
            "ix_signups_queue",
            "shift_id",
            "turn",
            sqlite_where=_WAITING,
            postgresql_where=_WAITING,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    shift_id: Mapped[int] = mapped_column(ForeignKey(Shift.id))
    resident_id: Mapped[int] = mapped_column(ForeignKey(Resident.id))
    state: Mapped[str] = mapped_column(String(12))
    turn: Mapped[int | None] = mapped_column()
    signed_at: Mapped[datetime] = mapped_column()
    joined_at: Mapped[datetime | None] = mapped_column()
    changed_at: Mapped[datetime] = mapped_column()
    sequence: Mapped[int] = mapped_column(default=0)
    note: Mapped[str | None] = mapped_column(String(200))


class Offer(Base):
    """A seat held for somebody from the waiting list until `expires_at`.

    `warn_at`: when a quarter of its time is left; `warned`: whether they were told.
    """

    __tablename__ = "offers"
    __table_args__ = (
        _known(OFFER_STATES),
        Index(
            "uq_offers_one_open",
            "signup_id",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        Index("ix_offers_open", "expires_at", "id", sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("ix_offers_resident_id_id", "resident_id", "id"),
        Index("ix_offers_shift_id", "shift_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    shift_id: Mapped[int] = mapped_column(ForeignKey(Shift.id))
    signup_id: Mapped[int] = mapped_column(ForeignKey(SignUp.id))
    resident_id: Mapped[int] = mapped_column(ForeignKey(Resident.id))
    state: Mapped[str] = mapped_column(String(12), default="open")
    made_at: Mapped[datetime] = mapped_column()
    warn_at: Mapped[datetime] = mapped_column()
    expires_at: Mapped[datetime] = mapped_column()
    warned: Mapped[bool] = mapped_column(default=False)
    closed_at: Mapped[datetime | None] = mapped_column()


class Swap(Base):
    """That somebody asks a colleague: take my seat, and I take yours if you have one.

    Without `their_shift_id` the seat is handed over.
    """

    __tablename__ = "swaps"
    __table_args__ = (
        _known(SWAP_STATES),
        CheckConstraint("asker_id <> asked_id", name="two_people"),
        Index(
            "uq_swaps_one_asked",
            "shift_id",
            "asker_id",
            "asked_id",
            unique=True,
            sqlite_where=_ASKED,
            postgresql_where=_ASKED,
        ),
        Index("ix_swaps_asker_id_id", "asker_id", "id"),
        Index("ix_swaps_asked_id_id", "asked_id", "id"),
        Index("ix_swaps_their_shift_id", "their_shift_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    shift_id: Mapped[int] = mapped_column(ForeignKey(Shift.id))
    their_shift_id: Mapped[int | None] = mapped_column(ForeignKey(Shift.id))
    asker_id: Mapped[int] = mapped_column(ForeignKey(Resident.id))
    asked_id: Mapped[int] = mapped_column(ForeignKey(Resident.id))
    state: Mapped[str] = mapped_column(String(12), default="asked")
    note: Mapped[str | None] = mapped_column(String(200))
    asked_at: Mapped[datetime] = mapped_column()
    answered_at: Mapped[datetime | None] = mapped_column()
