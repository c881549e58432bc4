"""Reports that were asked for and made, and the files they were printed into."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, PlaceCode
from app.reports.rules import LONGEST_CORRECTION
from app.residents.models import Resident


class Report(Base):
    """One edition of the report of a place and a `period` (`2026-10`, `2026-Q3`).

    `figures`: what it says, see `gathering`; once they are there a trigger lets nothing of the
    row change. `correction`: why there is another edition. `asked_by` nobody: by the clock.
    `failed`: why nothing came of it.
    """

    __tablename__ = "reports"
    __table_args__ = (
        UniqueConstraint("place_code", "period", "edition"),
        CheckConstraint("edition >= 1", name="edition_counts"),
        CheckConstraint("(made_at IS NULL) = (figures IS NULL)", name="made_with_figures"),
        CheckConstraint("(edition = 1) = (correction IS NULL)", name="correction_said"),
        Index("ix_reports_place_code_id", "place_code", "id"),
        {"info": {"append_only": True}},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    place_code: Mapped[str] = mapped_column(PlaceCode())
    period: Mapped[str] = mapped_column(String(7))
    edition: Mapped[int] = mapped_column()
    correction: Mapped[str | None] = mapped_column(String(LONGEST_CORRECTION))
    asked_by: Mapped[int | None] = mapped_column(ForeignKey(Resident.id))
    asked_at: Mapped[datetime] = mapped_column()
    figures: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    made_at: Mapped[datetime | None] = mapped_column()
    failed: Mapped[str | None] = mapped_column(String(40))


class ReportFile(Base):
    """A report as it was printed for a reader, in a language and a format; `size` in bytes.

    `name` is what the storage has it under: the SHA-256 of its bytes, and its ending.
    """

    __tablename__ = "report_files"
    __table_args__ = (
        UniqueConstraint("report_id", "reader", "language", "format"),
        {"info": {"append_only": True}},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey(Report.id))
    reader: Mapped[str] = mapped_column(String(10))
    language: Mapped[str] = mapped_column(String(10))
    format: Mapped[str] = mapped_column(String(4))
    name: Mapped[str] = mapped_column(String(72))
    size: Mapped[int] = mapped_column()
    made_at: Mapped[datetime] = mapped_column()
