"""Campaigns, whom they are for, everybody's tries, and what was certified to who passed."""

from datetime import date, datetime

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.campaigns import rules
from app.core.db import NUMBERED_ONCE, Base, PlaceCode
from app.quizzes.models import Attempt
from app.residents.models import Resident

_STANDING = text("revoked_at IS NULL")


def _listed(values: tuple[str, ...]) -> str:
    return ", ".join(repr(value) for value in values)


class Campaign(Base):
    """A quiz for a range of Shanghai days. `place_code`: whose it is, see `CampaignPlace`.

    `topics` or `chosen` (ids of questions) say what is asked; `versions` is what they were when
    it opened, and every try asks `question_count` of them. `minutes` for a try; `wait_hours`
    between two. Passing gives `skill`, if one is named, for `skill_months`, or until `skill_until`.
    `participants`, `passed`: people, on either channel; `tries_made`: finished ones.
    """

    __tablename__ = "campaigns"
    __table_args__ = (
        CheckConstraint(f"state IN ({_listed(rules.STATES)})", name="known_state"),
        CheckConstraint(f"audience IN ({_listed(rules.AUDIENCES)})", name="known_audience"),
        CheckConstraint("first_day <= last_day", name="days_in_order"),
        CheckConstraint("passed <= participants", name="passed_took_part"),
        CheckConstraint("participants <= tries_made", name="took_part_by_trying"),
        Index("ix_campaigns_place_code_id", "place_code", "id"),
        Index("ix_campaigns_state_first_day", "state", "first_day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    place_code: Mapped[str] = mapped_column(PlaceCode())
    title_zh: Mapped[str] = mapped_column(String(40))
    title_en: Mapped[str | None] = mapped_column(String(80))
    about_zh: Mapped[str | None] = mapped_column(String(rules.LONGEST_ABOUT))
    about_en: Mapped[str | None] = mapped_column(String(2 * rules.LONGEST_ABOUT))
    first_day: Mapped[date] = mapped_column(Date())
    last_day: Mapped[date] = mapped_column(Date())
    audience: Mapped[str] = mapped_column(String(10))
    topics: Mapped[list[str]] = mapped_column(JSON)
    chosen: Mapped[list[int]] = mapped_column(JSON)
    question_count: Mapped[int] = mapped_column()
    minutes: Mapped[int] = mapped_column()
    pass_percent: Mapped[int] = mapped_column()
    most_tries: Mapped[int] = mapped_column()
    wait_hours: Mapped[int] = mapped_column()
    skill: Mapped[str | None] = mapped_column(String(24))
    skill_months: Mapped[int | None] = mapped_column()
    skill_until: Mapped[date | None] = mapped_column(Date())
    state: Mapped[str] = mapped_column(String(10))
    moves_made: Mapped[int] = mapped_column()
    versions: Mapped[list[int]] = mapped_column(JSON)
    created_by: Mapped[int] = mapped_column(ForeignKey(Resident.id))
    created_at: Mapped[datetime] = mapped_column()
    opened_at: Mapped[datetime | None] = mapped_column()
    participants: Mapped[int] = mapped_column()
    passed: Mapped[int] = mapped_column()
    tries_made: Mapped[int] = mapped_column()


class CampaignPlace(Base):
    """A place whose people a campaign is for: a district, a street, ... or a building."""

    __tablename__ = "campaign_places"
    __table_args__ = (Index("ix_campaign_places_place_code", "place_code"),)

    campaign_id: Mapped[int] = mapped_column(ForeignKey(Campaign.id), primary_key=True)
    place_code: Mapped[str] = mapped_column(PlaceCode(), primary_key=True)


class CampaignMove(Base):
    """One line of a campaign's history."""

    __tablename__ = "campaign_moves"
    __table_args__ = ({"info": {"append_only": True}},)

    campaign_id: Mapped[int] = mapped_column(ForeignKey(Campaign.id), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column()
    move: Mapped[str] = mapped_column(String(12))
    from_state: Mapped[str | None] = mapped_column(String(10))
    to_state: Mapped[str] = mapped_column(String(10))
    actor_id: Mapped[int | None] = mapped_column(ForeignKey(Resident.id))
    note: Mapped[str | None] = mapped_column(String(500))


class CampaignTry(Base):
    """One try of somebody, on the phone or on paper.

    On the phone `attempt_id` has the questions and answers; of paper `sheet` is the number of the
    sheet, and `resident_id` is empty where somebody has no account. Right and total of answers,
    and whether that passed, are there once it is finished.
    """

    __tablename__ = "campaign_tries"
    __table_args__ = (
        UniqueConstraint("campaign_id", "resident_id", "number"),
        UniqueConstraint("campaign_id", "sheet"),
        UniqueConstraint("attempt_id"),
        CheckConstraint(f"channel IN ({_listed(rules.CHANNELS)})", name="known_channel"),
        CheckConstraint("(channel = 'phone') = (attempt_id IS NOT NULL)", name="phone_attempt"),
        CheckConstraint("(channel = 'paper') = (sheet IS NOT NULL)", name="paper_sheet"),
        CheckConstraint("(finished_at IS NULL) = (passed IS NULL)", name="judged_at_the_end"),
        Index("ix_campaign_tries_resident_id", "resident_id"),
        NUMBERED_ONCE,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey(Campaign.id))
    resident_id: Mapped[int | None] = mapped_column(ForeignKey(Resident.id))
    number: Mapped[int] = mapped_column()
    channel: Mapped[str] = mapped_column(String(5))
    attempt_id: Mapped[int | None] = mapped_column(ForeignKey(Attempt.id))
    sheet: Mapped[str | None] = mapped_column(String(24))
    entered_by: Mapped[int | None] = mapped_column(ForeignKey(Resident.id))
    started_at: Mapped[datetime] = mapped_column()
    finished_at: Mapped[datetime | None] = mapped_column()
    right_count: Mapped[int] = mapped_column()
    question_count: Mapped[int] = mapped_column()
    passed: Mapped[bool | None] = mapped_column()


class CampaignCertificate(Base):
    """What is certified to who passed, as it was on that day; one stands for a campaign and person.

    `try_id`: empty where a paper was taken back. `name`: as the person was called; `place_code`:
    whose committee certified it. `valid_until`: the last Shanghai day, none if it does not end.
    """

    __tablename__ = "campaign_certificates"
    __table_args__ = (
        UniqueConstraint("number"),
        UniqueConstraint("try_id"),
        Index(
            "uq_campaign_certificates_standing",
            "campaign_id",
            "resident_id",
            unique=True,
            sqlite_where=_STANDING,
            postgresql_where=_STANDING,
        ),
        Index("ix_campaign_certificates_resident_id", "resident_id"),
        Index("ix_campaign_certificates_place_code_id", "place_code", "id"),
        NUMBERED_ONCE,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(20))
    campaign_id: Mapped[int] = mapped_column(ForeignKey(Campaign.id))
    try_id: Mapped[int | None] = mapped_column(ForeignKey(CampaignTry.id))
    resident_id: Mapped[int] = mapped_column(ForeignKey(Resident.id))
    place_code: Mapped[str] = mapped_column(PlaceCode())
    name: Mapped[str] = mapped_column(String(40))
    title_zh: Mapped[str] = mapped_column(String(40))
    title_en: Mapped[str | None] = mapped_column(String(80))
    issuer: Mapped[str] = mapped_column(String(80))
    percent: Mapped[int] = mapped_column()
    pass_percent: Mapped[int] = mapped_column()
    skill: Mapped[str | None] = mapped_column(String(24))
    issued_at: Mapped[datetime] = mapped_column()
    valid_until: Mapped[date | None] = mapped_column(Date())
    revoked_at: Mapped[datetime | None] = mapped_column()
    revoked_by: Mapped[int | None] = mapped_column(ForeignKey(Resident.id))
    reason: Mapped[str | None] = mapped_column(String(200))


class CampaignTelling(Base):
    """How far the audience was told something: `reached` is the last resident's id."""

    __tablename__ = "campaign_tellings"

    campaign_id: Mapped[int] = mapped_column(ForeignKey(Campaign.id), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    begun_at: Mapped[datetime] = mapped_column()
    reached: Mapped[int] = mapped_column()
    told: Mapped[int] = mapped_column()
    finished_at: Mapped[datetime | None] = mapped_column()
