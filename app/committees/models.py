"""What is set, said and asked for about a place's figures."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.committees.rules import RECTIFICATION_STATES
from app.core.db import Base, PlaceCode
from app.residents.models import Resident


class CommitteeSetting(Base):
    """What a committee chose for its place. `ranking`: whether it may be ranked and named."""

    __tablename__ = "committee_settings"

    place_code: Mapped[str] = mapped_column(PlaceCode(), primary_key=True)
    ranking: Mapped[bool] = mapped_column()
    changed_by: Mapped[int] = mapped_column(ForeignKey(Resident.id))
    changed_at: Mapped[datetime] = mapped_column()


class CommitteeTarget(Base):
    """What a figure is to come to; the newest line of a figure holds, none takes it back."""

    __tablename__ = "committee_targets"
    __table_args__ = (
        Index("ix_committee_targets_place_code_figure_id", "place_code", "figure", "id"),
        {"info": {"append_only": True}},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    place_code: Mapped[str] = mapped_column(PlaceCode())
    figure: Mapped[str] = mapped_column(String(24))
    wanted: Mapped[float | None] = mapped_column()
    set_by: Mapped[int] = mapped_column(ForeignKey(Resident.id))
    set_at: Mapped[datetime] = mapped_column()


class CommitteeComment(Base):
    """What a supervisor says to the figures of a range of Shanghai days."""

    __tablename__ = "committee_comments"
    __table_args__ = (
        Index("ix_committee_comments_place_code_id", "place_code", "id"),
        {"info": {"append_only": True}},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    place_code: Mapped[str] = mapped_column(PlaceCode())
    figure: Mapped[str | None] = mapped_column(String(24))
    first: Mapped[date] = mapped_column(Date())
    last: Mapped[date] = mapped_column(Date())
    text: Mapped[str] = mapped_column(String(2000))
    author_id: Mapped[int] = mapped_column(ForeignKey(Resident.id))
    at: Mapped[datetime] = mapped_column()


class Rectification(Base):
    """What a place has to put right by a day (`due_on`, Shanghai, included), and answer for.

    `reminded_for`, `overdue_told_for`: the due day that was reminded of, and told as passed.
    """

    __tablename__ = "rectifications"
    __table_args__ = (
        CheckConstraint(
            f"state IN ({', '.join(map(repr, RECTIFICATION_STATES))})", name="known_state"
        ),
        Index("ix_rectifications_place_code_id", "place_code", "id"),
        Index("ix_rectifications_state_due_on", "state", "due_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    place_code: Mapped[str] = mapped_column(PlaceCode())
    place_name: Mapped[str] = mapped_column(String(80))
    figure: Mapped[str | None] = mapped_column(String(24))
    title: Mapped[str] = mapped_column(String(80))
    demand: Mapped[str] = mapped_column(String(2000))
    due_on: Mapped[date] = mapped_column(Date())
    state: Mapped[str] = mapped_column(String(10))
    raised_by: Mapped[int] = mapped_column(ForeignKey(Resident.id))
    raised_at: Mapped[datetime] = mapped_column()
    answer: Mapped[str | None] = mapped_column(String(2000))
    answered_at: Mapped[datetime | None] = mapped_column()
    moves_made: Mapped[int] = mapped_column()
    reminded_for: Mapped[date | None] = mapped_column(Date())
    overdue_told_for: Mapped[date | None] = mapped_column(Date())


class RectificationMove(Base):
    """One line of its history; never changed, only added to."""

    __tablename__ = "rectification_moves"
    __table_args__ = ({"info": {"append_only": True}},)

    rectification_id: Mapped[int] = mapped_column(ForeignKey(Rectification.id), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column()
    move: Mapped[str] = mapped_column(String(12))
    from_state: Mapped[str | None] = mapped_column(String(10))
    to_state: Mapped[str] = mapped_column(String(10))
    actor_id: Mapped[int] = mapped_column(ForeignKey(Resident.id))
    note: Mapped[str | None] = mapped_column(String(2000))
    due_on: Mapped[date | None] = mapped_column(Date())
