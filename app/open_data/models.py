"""What was given to everybody. A release is made once and never changed."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Date, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, PlaceCode


class OpenRelease(Base):
    """That a dataset was released for a quarter (`2026-Q3`).

    `withheld`: how many cases, or people, stand in no row of it, since they are too few.
    """

    __tablename__ = "open_data_releases"
    __table_args__ = ({"info": {"append_only": True}},)

    dataset: Mapped[str] = mapped_column(String(16), primary_key=True)
    period: Mapped[str] = mapped_column(String(8), primary_key=True)
    first: Mapped[date] = mapped_column(Date())
    last: Mapped[date] = mapped_column(Date())
    released_at: Mapped[datetime] = mapped_column()
    version: Mapped[int] = mapped_column()
    row_count: Mapped[int] = mapped_column()
    withheld: Mapped[int] = mapped_column()


class OpenRow(Base):
    """One line of a release; `cells` by column of the data dictionary."""

    __tablename__ = "open_data_rows"
    __table_args__ = (
        Index("ix_open_data_rows_dataset_place_code", "dataset", "place_code", "period", "seq"),
        {"info": {"append_only": True}},
    )

    dataset: Mapped[str] = mapped_column(String(16), primary_key=True)
    period: Mapped[str] = mapped_column(String(8), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    place_code: Mapped[str] = mapped_column(PlaceCode())
    cells: Mapped[dict[str, Any]] = mapped_column(JSON)
