"""Figures that are made once and then stand for ever, so that nobody compares two of a kind."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.campaigns.models import Campaign
from app.core.db import Base, PlaceCode


class CampaignBreadth(Base):
    """Who took part in a campaign and what they know, as it may be told; see `gathering`."""

    __tablename__ = "campaign_breadths"
    __table_args__ = ({"info": {"append_only": True}},)

    campaign_id: Mapped[int] = mapped_column(ForeignKey(Campaign.id), primary_key=True)
    figures: Mapped[dict[str, Any]] = mapped_column(JSON)
    at: Mapped[datetime] = mapped_column()


class KnowledgeMonth(Base):
    """What people of a place know of a topic in a month (`2026-11`); only what may be told.

    The line without a topic (`""`) says that the month was reckoned.
    """

    __tablename__ = "knowledge_months"
    __table_args__ = ({"info": {"append_only": True}},)

    month: Mapped[str] = mapped_column(String(7), primary_key=True)
    place_code: Mapped[str] = mapped_column(PlaceCode(), primary_key=True)
    topic: Mapped[str] = mapped_column(String(16), primary_key=True)
    people: Mapped[int] = mapped_column()
    share: Mapped[float] = mapped_column()
