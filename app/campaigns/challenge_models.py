"""Challenges between grids, and how they ended."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.campaigns import challenge_rules as rules
from app.core.db import NUMBERED_ONCE, Base, PlaceCode
from app.residents.models import Resident

_OPEN = text("settled_at IS NULL")


class Challenge(Base):
    """A challenge between the grids of a community; its days are Shanghai's, both included.

    `days`: on how many of them somebody takes part to count; `goal_percent`: the most of a
    grid's residents that are counted; see `challenge_rules`.
    """

    __tablename__ = "challenges"
    __table_args__ = (
        UniqueConstraint("place_code", "first_day"),
        CheckConstraint("first_day <= last_day", name="days_in_order"),
        CheckConstraint("days >= 1", name="one_day_at_least"),
        CheckConstraint(
            f"goal_percent BETWEEN {rules.LEAST_GOAL} AND {rules.MOST_GOAL}", name="goal_in_range"
        ),
        Index("ix_challenges_place_code_id", "place_code", "id"),
        Index("ix_challenges_open", "last_day", sqlite_where=_OPEN, postgresql_where=_OPEN),
        NUMBERED_ONCE,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    place_code: Mapped[str] = mapped_column(PlaceCode())
    title: Mapped[str | None] = mapped_column(String(rules.LONGEST_TITLE))
    first_day: Mapped[date] = mapped_column(Date())
    last_day: Mapped[date] = mapped_column(Date())
    days: Mapped[int] = mapped_column()
    goal_percent: Mapped[int] = mapped_column()
    created_by: Mapped[int] = mapped_column(ForeignKey(Resident.id))
    created_at: Mapped[datetime] = mapped_column()
    settled_at: Mapped[datetime | None] = mapped_column()


class ChallengeGrid(Base):
    """How a grid stood at the end, as people are shown it; never changed."""

    __tablename__ = "challenge_grids"
    __table_args__ = ({"info": {"append_only": True}},)

    challenge_id: Mapped[int] = mapped_column(ForeignKey(Challenge.id), primary_key=True)
    place_code: Mapped[str] = mapped_column(PlaceCode(), primary_key=True)
    rank: Mapped[int | None] = mapped_column()
    people: Mapped[int | None] = mapped_column()
    of: Mapped[int | None] = mapped_column()
    reached: Mapped[bool] = mapped_column()
