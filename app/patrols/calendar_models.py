"""Who has a calendar of their shifts under a private address."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base
from app.residents.models import Resident


class CalendarFeed(Base):
    """Somebody's one calendar; only the fingerprint of its address is kept."""

    __tablename__ = "calendar_feeds"

    resident_id: Mapped[int] = mapped_column(ForeignKey(Resident.id), primary_key=True)
    fingerprint: Mapped[str] = mapped_column(String(64), unique=True)
    since: Mapped[datetime] = mapped_column()
