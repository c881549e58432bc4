"""Reports: editions whose figures are frozen, and the files they were printed into."""

import sqlalchemy as sa
from alembic import op

from app.core.db import PlaceCode, UtcDateTime

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "reports",
        sa.Column("id", ID, nullable=False),
        sa.Column("place_code", PlaceCode(), nullable=False),
        sa.Column("period", sa.String(length=7), nullable=False),
        sa.Column("edition", ID, nullable=False),
        sa.Column("correction", sa.String(length=200), nullable=True),
        sa.Column("asked_by", ID, nullable=True),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("figures", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("made_at", UtcDateTime(), nullable=True),
        sa.Column("failed", sa.String(length=40), nullable=True),
        sa.CheckConstraint("edition >= 1", name="ck_reports_edition_counts"),
        sa.CheckConstraint(
            "(made_at IS NULL) = (figures IS NULL)", name="ck_reports_made_with_figures"
        ),
        sa.CheckConstraint(
            "(edition = 1) = (correction IS NULL)", name="ck_reports_correction_said"
        ),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["residents.id"], name="fk_reports_asked_by_residents"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_reports"),
        sa.UniqueConstraint(
            "place_code", "period", "edition", name="uq_reports_place_code_period_edition"
        ),
    )
    op.create_index("ix_reports_place_code_id", "reports", ["place_code", "id"])
    op.create_table(
        "report_files",
        sa.Column("id", ID, nullable=False),
        sa.Column("report_id", ID, nullable=False),
        sa.Column("reader", sa.String(length=10), nullable=False),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("format", sa.String(length=4), nullable=False),
        sa.Column("name", sa.String(length=72), nullable=False),
        sa.Column("size", ID, nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_id"], ["reports.id"], name="fk_report_files_report_id_reports"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_report_files"),
        sa.UniqueConstraint(
            "report_id",
            "reader",
            "language",
            "format",
            name="uq_report_files_report_id_reader_language_format",
        ),
    )
    keep("reports", "OLD.made_at IS NOT NULL")
    keep("report_files", "TRUE")


def keep(table: str, once: str) -> None:
    """Let the database itself refuse to rewrite what was handed in, or to lose it."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"""CREATE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RAISE EXCEPTION '{table} is append-only'; END $$"""
        )
        op.execute(
            f"""CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
            FOR EACH ROW WHEN ({once}) EXECUTE FUNCTION {table}_append_only()"""
        )
        return
    for name, event in (("append_only", "UPDATE"), ("kept", "DELETE")):
        op.execute(
            f"""CREATE TRIGGER {table}_{name} BEFORE {event} ON {table} WHEN {once}
            BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"""
        )


def downgrade() -> None:
    for table in ("report_files", "reports"):
        op.drop_table(table)
        if op.get_bind().dialect.name == "postgresql":
            op.execute(f"DROP FUNCTION {table}_append_only()")
