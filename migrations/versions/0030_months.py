"""Months alone are kept: quarters and years are sums of months, weeks of days."""

import sqlalchemy as sa
from alembic import op

from app.core.db import PlaceCode

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KEY = ("digits", "place_code", "activity")
MONTHS = ("month", "quarter", "year")
SUMS = (
    "participations", "minutes", "newly",
    *(f"people_{kind}" for kind in MONTHS), *(f"stayed_{kind}" for kind in MONTHS),
)  # fmt: skip


def upgrade() -> None:
    op.create_table(
        "rollup_months",
        sa.Column("version", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("digits", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("place_code", PlaceCode(), nullable=False),
        sa.Column("activity", sa.String(length=12), nullable=False),
        sa.Column("participations", ID, nullable=False),
        sa.Column("minutes", ID, nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in SUMS[2:]),
        sa.PrimaryKeyConstraint("version", "starts_on", *KEY, name="pk_rollup_months"),
        postgresql_with={"fillfactor": 50},
    )
    _sum("rollup_months", ("starts_on", *KEY, *SUMS), "c.month_start", *SUMS)
    op.drop_table("rollup_periods")
    op.drop_index("ix_rollup_days_place_code_day", table_name="rollup_days")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE rollup_days SET (fillfactor = 90)")
        op.execute("ALTER TABLE rollup_person_days SET (fillfactor = 95)")


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE rollup_person_days RESET (fillfactor)")
        op.execute("ALTER TABLE rollup_days RESET (fillfactor)")
    op.create_index(
        "ix_rollup_days_place_code_day", "rollup_days", ["version", "place_code", "day"]
    )
    op.create_table(
        "rollup_periods",
        sa.Column("version", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("digits", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("place_code", PlaceCode(), nullable=False),
        sa.Column("activity", sa.String(length=12), nullable=False),
        sa.Column("participations", ID, nullable=False),
        sa.Column("minutes", ID, nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("people", "newly", "stayed")),
        sa.PrimaryKeyConstraint("version", "kind", "starts_on", *KEY, name="pk_rollup_periods"),
        postgresql_with={"fillfactor": 70},
    )
    op.create_index(
        "ix_rollup_periods_place_code_starts_on",
        "rollup_periods",
        ["version", "kind", "place_code", "starts_on"],
    )
    kept = ("kind", "starts_on", *KEY, "participations", "minutes", "people", "newly", "stayed")
    for kind in ("week", *MONTHS):
        sums = ("participations", "minutes", f"people_{kind}", "newly", f"stayed_{kind}")
        _sum("rollup_periods", kept, f"c.{kind}_start", *sums, before=f"'{kind}', ")
    op.drop_table("rollup_months")


def _sum(into: str, columns: tuple[str, ...], start: str, *sums: str, before: str = "") -> None:
    """Fill a table with the sums of days, of every version."""
    key = ", ".join(f"d.{name}" for name in KEY)
    added = ", ".join(f"SUM(d.{name})" for name in sums)
    op.execute(
        f"INSERT INTO {into} (version, {', '.join(columns)})"  # noqa: S608 our own names
        f" SELECT d.version, {before}{start}, {key}, {added}"
        " FROM rollup_days d JOIN rollup_calendar c ON c.day = d.day"
        f" GROUP BY d.version, {start}, {key} ORDER BY d.version, {start}, {key}"
    )
