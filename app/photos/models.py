"""Photos that were taken in."""

from datetime import datetime

from sqlalchemy import Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.checks import PASSED
from app.core.db import Base

_CHECKING = text("check_state = 'checking'")


class Photo(Base):
    """One cleaned photo; sizes in pixels. `attached_at` is empty until something shows it.

    `check_state`: see core.checks. `trace_id` is WeChat's name for the last time it was
    asked, `asked_at`, for the `times_asked`th time.
    """

    __tablename__ = "photos"
    __table_args__ = (
        Index(
            "ix_photos_checking",
            "asked_at",
            sqlite_where=_CHECKING,
            postgresql_where=_CHECKING,
        ),
    )

    id: Mapped[str] = mapped_column(String(43), primary_key=True)
    owner_id: Mapped[int] = mapped_column(index=True)
    width: Mapped[int] = mapped_column()
    height: Mapped[int] = mapped_column()
    created_at: Mapped[datetime] = mapped_column()
    attached_at: Mapped[datetime | None] = mapped_column(index=True)
    check_state: Mapped[str] = mapped_column(String(10), default=PASSED)
    trace_id: Mapped[str | None] = mapped_column(String(128), index=True)
    asked_at: Mapped[datetime | None] = mapped_column()
    times_asked: Mapped[int] = mapped_column(default=0)
