"""Sheets of paper that were filled in, as a committee entered them, with every correction."""

from datetime import date

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

from app.campaigns.models import Campaign, CampaignTry
from app.core.db import Base, PlaceCode
from app.residents.models import Resident

STANDING, REPLACED, WITHDRAWN = "standing", "replaced", "withdrawn"
STATES = (STANDING, REPLACED, WITHDRAWN)
_STANDS = text("state = 'standing' AND resident_id IS NOT NULL")


class CampaignPaper(Base):
    """One entry of a sheet; its words never change, a correction is another entry.

    `resident_id`: empty for who has no account: of them no name is kept, and no hour either.
    `answers`: the letters of each question, as on the sheet. `right_count` as they were graded;
    `counts`: this, not the phone, is how the person took part first. `place_code`: the grid,
    where it is known. `reason`: why it replaces what was entered before, or was withdrawn.
    """

    __tablename__ = "campaign_papers"
    __table_args__ = (
        UniqueConstraint("campaign_id", "client_uuid"),
        UniqueConstraint("replaces_id"),
        CheckConstraint("state IN ('standing', 'replaced', 'withdrawn')", name="known_state"),
        CheckConstraint("variant IN ('A', 'B')", name="known_variant"),
        CheckConstraint("right_count BETWEEN 0 AND question_count", name="right_are_asked"),
        Index("ix_campaign_papers_campaign_id_id", "campaign_id", "id"),
        Index(
            "uq_campaign_papers_one_a_person",
            "campaign_id",
            "resident_id",
            unique=True,
            sqlite_where=_STANDS,
            postgresql_where=_STANDS,
        ),
        {"info": {"append_only": True}},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey(Campaign.id))
    client_uuid: Mapped[str] = mapped_column(String(64))
    try_id: Mapped[int | None] = mapped_column(ForeignKey(CampaignTry.id))
    resident_id: Mapped[int | None] = mapped_column(ForeignKey(Resident.id))
    place_code: Mapped[str | None] = mapped_column(PlaceCode())
    variant: Mapped[str] = mapped_column(String(1))
    answers: Mapped[list[str]] = mapped_column(JSON)
    right_count: Mapped[int] = mapped_column()
    question_count: Mapped[int] = mapped_column()
    counts: Mapped[bool] = mapped_column()
    state: Mapped[str] = mapped_column(String(9))
    entered_on: Mapped[date] = mapped_column(Date())
    entered_by: Mapped[int] = mapped_column(ForeignKey(Resident.id))
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("campaign_papers.id"))
    reason: Mapped[str | None] = mapped_column(String(200))


class PaperAnswer(Base):
    """Whether a question that was answered is right: so that topics can be counted."""

    __tablename__ = "campaign_paper_answers"
    __table_args__ = ({"info": {"append_only": True}},)

    paper_id: Mapped[int] = mapped_column(ForeignKey(CampaignPaper.id), primary_key=True)
    version_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    correct: Mapped[bool] = mapped_column()
