"""Committees: settings, targets, comments, the rectification list; releases of open data."""

import sqlalchemy as sa
from alembic import op

from app.core.db import PlaceCode, UtcDateTime

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

FIXED = (
    "committee_targets",
    "committee_comments",
    "rectification_moves",
    "open_data_releases",
    "open_data_rows",
)
"""Tables that are only added to."""


def upgrade() -> None:
    op.create_table(
        "open_data_releases",
        sa.Column("dataset", sa.String(length=16), nullable=False),
        sa.Column("period", sa.String(length=8), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("released_at", UtcDateTime(), nullable=False),
        sa.Column("version", ID, nullable=False),
        sa.Column("row_count", ID, nullable=False),
        sa.Column("withheld", ID, nullable=False),
        sa.PrimaryKeyConstraint("dataset", "period", name="pk_open_data_releases"),
    )
    op.create_table(
        "open_data_rows",
        sa.Column("dataset", sa.String(length=16), nullable=False),
        sa.Column("period", sa.String(length=8), nullable=False),
        sa.Column("seq", ID, autoincrement=False, nullable=False),
        sa.Column("place_code", PlaceCode(), nullable=False),
        sa.Column("cells", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("dataset", "period", "seq", name="pk_open_data_rows"),
    )
    op.create_index(
        "ix_open_data_rows_dataset_place_code",
        "open_data_rows",
        ["dataset", "place_code", "period", "seq"],
    )
    op.create_table(
        "committee_settings",
        sa.Column("place_code", PlaceCode(), nullable=False),
        sa.Column("ranking", sa.Boolean(), nullable=False),
        sa.Column("changed_by", ID, nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        _person("committee_settings", "changed_by"),
        sa.PrimaryKeyConstraint("place_code", name="pk_committee_settings"),
    )
    op.create_table(
        "committee_targets",
        sa.Column("id", ID, nullable=False),
        sa.Column("place_code", PlaceCode(), nullable=False),
        sa.Column("figure", sa.String(length=24), nullable=False),
        sa.Column("wanted", sa.Double(), nullable=True),
        sa.Column("set_by", ID, nullable=False),
        sa.Column("set_at", UtcDateTime(), nullable=False),
        _person("committee_targets", "set_by"),
        sa.PrimaryKeyConstraint("id", name="pk_committee_targets"),
    )
    op.create_index(
        "ix_committee_targets_place_code_figure_id",
        "committee_targets",
        ["place_code", "figure", "id"],
    )
    op.create_table(
        "committee_comments",
        sa.Column("id", ID, nullable=False),
        sa.Column("place_code", PlaceCode(), nullable=False),
        sa.Column("figure", sa.String(length=24), nullable=True),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("text", sa.String(length=2000), nullable=False),
        sa.Column("author_id", ID, nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        _person("committee_comments", "author_id"),
        sa.PrimaryKeyConstraint("id", name="pk_committee_comments"),
    )
    op.create_index(
        "ix_committee_comments_place_code_id", "committee_comments", ["place_code", "id"]
    )
    op.create_table(
        "rectifications",
        sa.Column("id", ID, nullable=False),
        sa.Column("place_code", PlaceCode(), nullable=False),
        sa.Column("place_name", sa.String(length=80), nullable=False),
        sa.Column("figure", sa.String(length=24), nullable=True),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("demand", sa.String(length=2000), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("raised_by", ID, nullable=False),
        sa.Column("raised_at", UtcDateTime(), nullable=False),
        sa.Column("answer", sa.String(length=2000), nullable=True),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.Column("moves_made", ID, nullable=False),
        sa.Column("reminded_for", sa.Date(), nullable=True),
        sa.Column("overdue_told_for", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "state IN ('open', 'answered', 'accepted', 'withdrawn')",
            name="ck_rectifications_known_state",
        ),
        _person("rectifications", "raised_by"),
        sa.PrimaryKeyConstraint("id", name="pk_rectifications"),
    )
    op.create_index("ix_rectifications_place_code_id", "rectifications", ["place_code", "id"])
    op.create_index("ix_rectifications_state_due_on", "rectifications", ["state", "due_on"])
    op.create_table(
        "rectification_moves",
        sa.Column("rectification_id", ID, nullable=False),
        sa.Column("seq", ID, nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("move", sa.String(length=12), nullable=False),
        sa.Column("from_state", sa.String(length=10), nullable=True),
        sa.Column("to_state", sa.String(length=10), nullable=False),
        sa.Column("actor_id", ID, nullable=False),
        sa.Column("note", sa.String(length=2000), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        _person("rectification_moves", "actor_id"),
        sa.ForeignKeyConstraint(
            ["rectification_id"],
            ["rectifications.id"],
            name="fk_rectification_moves_rectification_id_rectifications",
        ),
        sa.PrimaryKeyConstraint("rectification_id", "seq", name="pk_rectification_moves"),
    )
    for table in FIXED:
        keep(table)


def _person(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], ["residents.id"], name=f"fk_{table}_{column}_residents"
    )


def keep(table: str) -> None:
    """Let the database itself refuse to rewrite what was said and given out, or to lose it."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"""CREATE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RAISE EXCEPTION '{table} is append-only'; END $$"""
        )
        op.execute(
            f"""CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION {table}_append_only()"""
        )
        return
    for name, event in (("append_only", "UPDATE"), ("kept", "DELETE")):
        op.execute(
            f"""CREATE TRIGGER {table}_{name} BEFORE {event} ON {table}
            BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"""
        )


def downgrade() -> None:
    for table in (
        "rectification_moves",
        "rectifications",
        "committee_comments",
        "committee_targets",
        "committee_settings",
        "open_data_rows",
        "open_data_releases",
    ):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        for table in FIXED:
            op.execute(f"DROP FUNCTION {table}_append_only()")
