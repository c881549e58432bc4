"""The tables of served hours."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, PlaceCode
from app.residents.models import Resident

_STANDING = text("reversed_at IS NULL AND reverses_id IS NULL")


class HourAccount(Base):
    """What somebody's entries sum to, in minutes; the row that one is added to by one at a time."""

    __tablename__ = "hour_accounts"
    __table_args__ = (
        CheckConstraint("credited >= 0 AND held >= 0", name="never_below_zero"),
        CheckConstraint("stars BETWEEN 0 AND 5", name="known_stars"),
    )

    resident_id: Mapped[int] = mapped_column(ForeignKey(Resident.id), primary_key=True)
    credited: Mapped[int] = mapped_column()
    held: Mapped[int] = mapped_column()
    stars: Mapped[int] = mapped_column()


class HourEntry(Base):
    """Minutes that somebody served in a shift, or that are taken back; never deleted.

    Only `state` and `evidence` may rise later, and `reversed_at` be set: triggers refuse
    everything else. A reversal has the interval of what it reverses, and its minutes below
    zero. An entry is standing until it is reversed; standing ones of a person never overlap.
    """

    __tablename__ = "hour_entries"
    __table_args__ = (
        CheckConstraint("state IN ('credited', 'held')", name="known_state"),
        CheckConstraint("evidence BETWEEN 0 AND 5", name="known_evidence"),
        CheckConstraint("starts_at < ends_at", name="takes_time"),
        CheckConstraint("minutes <> 0", name="counts_something"),
        CheckConstraint("(minutes < 0) = (reverses_id IS NOT NULL)", name="below_zero_reverses"),
        UniqueConstraint("reverses_id"),
        Index("ix_hour_entries_resident_id_id", "resident_id", "id"),
        Index("ix_hour_entries_place_code_starts_at", "place_code", "starts_at"),
        Index(
            "uq_hour_entries_standing",
            "resident_id",
            "shift_id",
            "starts_at",
            unique=True,
            sqlite_where=_STANDING,
            postgresql_where=_STANDING,
        ),
        {"info": {"append_only": True}},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey(Resident.id))
    shift_id: Mapped[int] = mapped_column(index=True)
    place_code: Mapped[str] = mapped_column(PlaceCode())
    team_id: Mapped[int | None] = mapped_column()
    title: Mapped[str] = mapped_column(String(80))
    starts_at: Mapped[datetime] = mapped_column()
    ends_at: Mapped[datetime] = mapped_column()
    minutes: Mapped[int] = mapped_column()
    evidence: Mapped[int] = mapped_column()
    state: Mapped[str] = mapped_column(String(8))
    at: Mapped[datetime] = mapped_column()
    by_id: Mapped[int | None] = mapped_column(ForeignKey(Resident.id))
    reason: Mapped[str | None] = mapped_column(String(500))
    reverses_id: Mapped[int | None] = mapped_column(ForeignKey("hour_entries.id"))
    reversed_at: Mapped[datetime | None] = mapped_column()
