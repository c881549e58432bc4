"""Facts of taking part, what is not rolled up yet, and the rolled figures.

Residents are plain numbers here: the same rows lie in files and on other engines, where there
are no residents.
"""

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, PlaceCode
from app.rollups import rules

_LISTED = ", ".join(repr(activity) for activity in rules.ACTIVITIES)
GROUP = String(12)


class Fact(Base):
    """One participation, or that one is taken back; never changed, only added to.

    `place_code`: the grid where it is known, else the community or less; never a building.
    `day`: in Shanghai. `sign`: 1, or -1 for what takes another back, with its minutes below
    zero. `source_type`, `source_id`, `turn`: what it comes from, once. `at_home`: 1 if the
    person lived, confirmed, in that community then.
    """

    __tablename__ = "participation_facts"
    __table_args__ = (
        CheckConstraint(f"activity IN ({_LISTED})", name="known_activity"),
        CheckConstraint("sign IN (1, -1)", name="one_or_minus_one"),
        CheckConstraint("(sign = -1) = (reverses_id IS NOT NULL)", name="minus_one_reverses"),
        CheckConstraint("at_home IN (0, 1)", name="at_home_or_not"),
        UniqueConstraint("source_type", "source_id", "turn"),
        UniqueConstraint("reverses_id"),
        Index("ix_participation_facts_resident_id_day", "resident_id", "day"),
        Index("ix_participation_facts_place_code_day", "place_code", "day"),
        {"info": {"append_only": True}},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column()
    activity: Mapped[str] = mapped_column(GROUP)
    place_code: Mapped[str] = mapped_column(PlaceCode())
    happened_at: Mapped[datetime] = mapped_column()
    day: Mapped[date] = mapped_column(Date())
    minutes: Mapped[int] = mapped_column(Integer())
    sign: Mapped[int] = mapped_column(SmallInteger())
    at_home: Mapped[int] = mapped_column(SmallInteger())
    source_type: Mapped[str] = mapped_column(String(24))
    source_id: Mapped[int] = mapped_column()
    turn: Mapped[int] = mapped_column(Integer())
    reverses_id: Mapped[int | None] = mapped_column(ForeignKey("participation_facts.id"))
    recorded_at: Mapped[datetime] = mapped_column(index=True)


class Waiting(Base):
    """A fact that is not rolled up yet; written with it, deleted with what counts it.

    Not a watermark of ids: a transaction that is slow to commit has a low one.
    """

    __tablename__ = "rollup_queue"

    fact_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    resident_id: Mapped[int] = mapped_column()
    day: Mapped[date] = mapped_column(Date())


class CalendarDay(Base):
    """In which periods a day lies, and which come right before: so no engine reckons dates."""

    __tablename__ = "rollup_calendar"

    day: Mapped[date] = mapped_column(Date(), primary_key=True)
    day_before: Mapped[date] = mapped_column(Date())
    week_start: Mapped[date] = mapped_column(Date())
    week_before: Mapped[date] = mapped_column(Date())
    month_start: Mapped[date] = mapped_column(Date())
    month_before: Mapped[date] = mapped_column(Date())
    quarter_start: Mapped[date] = mapped_column(Date())
    quarter_before: Mapped[date] = mapped_column(Date())
    year_start: Mapped[date] = mapped_column(Date())
    year_before: Mapped[date] = mapped_column(Date())


class PersonDay(Base):
    """That somebody took part at a place on a day, and when they last did before.

    `last_<group>_<digits>`: their last day before at that level's place, in the same activity
    (`one`), in any (`all`), at home in any (`home`); the same day, if another row of it counts.
    """

    __tablename__ = "rollup_person_days"
    __table_args__ = (
        Index("ix_rollup_person_days_day_place_code", "day", "place_code"),
        Index("ix_rollup_person_days_place_code_day", "place_code", "day"),
        # A late fact changes when its resident's later rows say that they were last there.
        {"postgresql_with": {"fillfactor": 95}},
    )

    resident_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    day: Mapped[date] = mapped_column(Date(), primary_key=True)
    place_code: Mapped[str] = mapped_column(PlaceCode(), primary_key=True)
    activity: Mapped[str] = mapped_column(GROUP, primary_key=True)
    at_home: Mapped[int] = mapped_column(SmallInteger(), primary_key=True, autoincrement=False)
    participations: Mapped[int] = mapped_column(Integer())
    minutes: Mapped[int] = mapped_column(Integer())
    last_one_6: Mapped[date | None] = mapped_column(Date())
    last_all_6: Mapped[date | None] = mapped_column(Date())
    last_home_6: Mapped[date | None] = mapped_column(Date())
    last_one_9: Mapped[date | None] = mapped_column(Date())
    last_all_9: Mapped[date | None] = mapped_column(Date())
    last_home_9: Mapped[date | None] = mapped_column(Date())
    last_one_12: Mapped[date | None] = mapped_column(Date())
    last_all_12: Mapped[date | None] = mapped_column(Date())
    last_home_12: Mapped[date | None] = mapped_column(Date())
    last_one_15: Mapped[date | None] = mapped_column(Date())
    last_all_15: Mapped[date | None] = mapped_column(Date())
    last_home_15: Mapped[date | None] = mapped_column(Date())


class DayFigures(Base):
    """A day at a place: all of it adds up over days.

    `people_<period>`: who was there for the first time in that period. `newly`: ever.
    `stayed_<period>`: of those first times, by who was there in the period before.
    """

    __tablename__ = "rollup_days"
    # One row of a page is changed late now and then: where there is room, no index has to know.
    __table_args__ = ({"postgresql_with": {"fillfactor": 90}},)

    version: Mapped[int] = mapped_column(SmallInteger(), primary_key=True, autoincrement=False)
    day: Mapped[date] = mapped_column(Date(), primary_key=True)
    digits: Mapped[int] = mapped_column(SmallInteger(), primary_key=True, autoincrement=False)
    place_code: Mapped[str] = mapped_column(PlaceCode(), primary_key=True)
    activity: Mapped[str] = mapped_column(GROUP, primary_key=True)
    participations: Mapped[int] = mapped_column()
    minutes: Mapped[int] = mapped_column()
    newly: Mapped[int] = mapped_column(Integer())
    people_day: Mapped[int] = mapped_column(Integer())
    people_week: Mapped[int] = mapped_column(Integer())
    people_month: Mapped[int] = mapped_column(Integer())
    people_quarter: Mapped[int] = mapped_column(Integer())
    people_year: Mapped[int] = mapped_column(Integer())
    stayed_day: Mapped[int] = mapped_column(Integer())
    stayed_week: Mapped[int] = mapped_column(Integer())
    stayed_month: Mapped[int] = mapped_column(Integer())
    stayed_quarter: Mapped[int] = mapped_column(Integer())
    stayed_year: Mapped[int] = mapped_column(Integer())


class MonthFigures(Base):
    """A month at a place, with what it adds to its quarter and its year."""

    __tablename__ = "rollup_months"
    __table_args__ = (
        # Most rows of a month are changed every day: where a page has room, no index has to know.
        # From the first `recompute` on; a table that grew by changes has room by itself.
        {"postgresql_with": {"fillfactor": 50}},
    )

    version: Mapped[int] = mapped_column(SmallInteger(), primary_key=True, autoincrement=False)
    starts_on: Mapped[date] = mapped_column(Date(), primary_key=True)
    digits: Mapped[int] = mapped_column(SmallInteger(), primary_key=True, autoincrement=False)
    place_code: Mapped[str] = mapped_column(PlaceCode(), primary_key=True)
    activity: Mapped[str] = mapped_column(GROUP, primary_key=True)
    participations: Mapped[int] = mapped_column()
    minutes: Mapped[int] = mapped_column()
    newly: Mapped[int] = mapped_column(Integer())
    people_month: Mapped[int] = mapped_column(Integer())
    people_quarter: Mapped[int] = mapped_column(Integer())
    people_year: Mapped[int] = mapped_column(Integer())
    stayed_month: Mapped[int] = mapped_column(Integer())
    stayed_quarter: Mapped[int] = mapped_column(Integer())
    stayed_year: Mapped[int] = mapped_column(Integer())


class RegisteredDay(Base):
    """How many residents had a confirmed home at a place, as a night found it."""

    __tablename__ = "rollup_registered"

    day: Mapped[date] = mapped_column(Date(), primary_key=True)
    digits: Mapped[int] = mapped_column(SmallInteger(), primary_key=True, autoincrement=False)
    place_code: Mapped[str] = mapped_column(PlaceCode(), primary_key=True)
    residents: Mapped[int] = mapped_column(Integer())


class Standing(Base):
    """One row: until when facts are rolled up, and the lock of whoever rolls them up.

    `backfilled_at`: when all that happened before there were facts was written down as such.
    """

    __tablename__ = "rollup_standing"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    rolled_at: Mapped[datetime | None] = mapped_column()
    backfilled_at: Mapped[datetime | None] = mapped_column()
