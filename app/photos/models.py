"""Photos that were taken in."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base


class Photo(Base):
    """One cleaned photo; sizes in pixels. `attached_at` is empty until something shows it."""

    __tablename__ = "photos"

    id: Mapped[str] = mapped_column(String(43), primary_key=True)
    owner_id: Mapped[int] = mapped_column(index=True)
    width: Mapped[int] = mapped_column()
    height: Mapped[int] = mapped_column()
    created_at: Mapped[datetime] = mapped_column()
    attached_at: Mapped[datetime | None] = mapped_column(index=True)
