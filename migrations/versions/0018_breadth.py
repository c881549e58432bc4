"""Paper results, figures of breadth that stand for ever, challenges between grids."""

import sqlalchemy as sa
from alembic import op

from app.core.db import PlaceCode, UtcDateTime

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
OPEN = sa.text("settled_at IS NULL")
STANDS = sa.text("state = 'standing' AND resident_id IS NOT NULL")
FIXED = {
    "campaign_papers": " OF id, campaign_id, client_uuid, resident_id, place_code, variant,"
    " answers, right_count, question_count, entered_on, entered_by, replaces_id",
    "campaign_paper_answers": "",
    "campaign_breadths": "",
    "knowledge_months": "",
    "challenge_grids": "",
}
"""Tables that are only added to, and the columns that may not change (none named: none may)."""


def upgrade() -> None:
    op.create_table(
        "challenges",
        sa.Column("id", ID, nullable=False),
        sa.Column("place_code", PlaceCode(), nullable=False),
        sa.Column("title", sa.String(length=20), nullable=True),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("days", ID, nullable=False),
        sa.Column("goal_percent", ID, nullable=False),
        sa.Column("created_by", ID, nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("settled_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint("first_day <= last_day", name="ck_challenges_days_in_order"),
        sa.CheckConstraint("days >= 1", name="ck_challenges_one_day_at_least"),
        sa.CheckConstraint("goal_percent BETWEEN 10 AND 50", name="ck_challenges_goal_in_range"),
        sa.ForeignKeyConstraint(
            ["created_by"], ["residents.id"], name="fk_challenges_created_by_residents"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_challenges"),
        sa.UniqueConstraint("place_code", "first_day", name="uq_challenges_place_code_first_day"),
    )
    op.create_index("ix_challenges_place_code_id", "challenges", ["place_code", "id"])
    op.create_index(
        "ix_challenges_open",
        "challenges",
        ["last_day"],
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )
    op.create_table(
        "challenge_grids",
        sa.Column("challenge_id", ID, nullable=False),
        sa.Column("place_code", PlaceCode(), nullable=False),
        sa.Column("rank", ID, nullable=True),
        sa.Column("people", ID, nullable=True),
        sa.Column("of", ID, nullable=True),
        sa.Column("reached", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["challenge_id"], ["challenges.id"], name="fk_challenge_grids_challenge_id_challenges"
        ),
        sa.PrimaryKeyConstraint("challenge_id", "place_code", name="pk_challenge_grids"),
    )
    op.create_table(
        "campaign_papers",
        sa.Column("id", ID, nullable=False),
        sa.Column("campaign_id", ID, nullable=False),
        sa.Column("client_uuid", sa.String(length=64), nullable=False),
        sa.Column("try_id", ID, nullable=True),
        sa.Column("resident_id", ID, nullable=True),
        sa.Column("place_code", PlaceCode(), nullable=True),
        sa.Column("variant", sa.String(length=1), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("right_count", ID, nullable=False),
        sa.Column("question_count", ID, nullable=False),
        sa.Column("counts", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=9), nullable=False),
        sa.Column("entered_on", sa.Date(), nullable=False),
        sa.Column("entered_by", ID, nullable=False),
        sa.Column("replaces_id", ID, nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=True),
        sa.CheckConstraint(
            "state IN ('standing', 'replaced', 'withdrawn')", name="ck_campaign_papers_known_state"
        ),
        sa.CheckConstraint("variant IN ('A', 'B')", name="ck_campaign_papers_known_variant"),
        sa.CheckConstraint(
            "right_count BETWEEN 0 AND question_count", name="ck_campaign_papers_right_are_asked"
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name="fk_campaign_papers_campaign_id_campaigns"
        ),
        sa.ForeignKeyConstraint(
            ["try_id"], ["campaign_tries.id"], name="fk_campaign_papers_try_id_campaign_tries"
        ),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["residents.id"], name="fk_campaign_papers_resident_id_residents"
        ),
        sa.ForeignKeyConstraint(
            ["entered_by"], ["residents.id"], name="fk_campaign_papers_entered_by_residents"
        ),
        sa.ForeignKeyConstraint(
            ["replaces_id"],
            ["campaign_papers.id"],
            name="fk_campaign_papers_replaces_id_campaign_papers",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_campaign_papers"),
        sa.UniqueConstraint(
            "campaign_id", "client_uuid", name="uq_campaign_papers_campaign_id_client_uuid"
        ),
        sa.UniqueConstraint("replaces_id", name="uq_campaign_papers_replaces_id"),
    )
    op.create_index("ix_campaign_papers_campaign_id_id", "campaign_papers", ["campaign_id", "id"])
    op.create_index(
        "uq_campaign_papers_one_a_person",
        "campaign_papers",
        ["campaign_id", "resident_id"],
        unique=True,
        sqlite_where=STANDS,
        postgresql_where=STANDS,
    )
    op.create_table(
        "campaign_paper_answers",
        sa.Column("paper_id", ID, nullable=False),
        sa.Column("version_id", ID, autoincrement=False, nullable=False),
        sa.Column("correct", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["paper_id"],
            ["campaign_papers.id"],
            name="fk_campaign_paper_answers_paper_id_campaign_papers",
        ),
        sa.PrimaryKeyConstraint("paper_id", "version_id", name="pk_campaign_paper_answers"),
    )
    op.create_table(
        "campaign_breadths",
        sa.Column("campaign_id", ID, nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name="fk_campaign_breadths_campaign_id_campaigns"
        ),
        sa.PrimaryKeyConstraint("campaign_id", name="pk_campaign_breadths"),
    )
    op.create_table(
        "knowledge_months",
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("place_code", PlaceCode(), nullable=False),
        sa.Column("topic", sa.String(length=16), nullable=False),
        sa.Column("people", ID, nullable=False),
        sa.Column("share", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("month", "place_code", "topic", name="pk_knowledge_months"),
    )
    for table, columns in FIXED.items():
        keep(table, columns)


def keep(table: str, columns: str) -> None:
    """Let the database itself refuse to rewrite what was told, or to lose it."""
    changes = f"UPDATE{columns}"
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"""CREATE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RAISE EXCEPTION '{table} is append-only'; END $$"""
        )
        op.execute(
            f"""CREATE TRIGGER {table}_append_only BEFORE {changes} OR DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION {table}_append_only()"""
        )
        return
    for name, event in (("append_only", changes), ("kept", "DELETE")):
        op.execute(
            f"""CREATE TRIGGER {table}_{name} BEFORE {event} ON {table}
            BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"""
        )


def downgrade() -> None:
    for table in (
        "knowledge_months",
        "campaign_breadths",
        "campaign_paper_answers",
        "campaign_papers",
        "challenge_grids",
        "challenges",
    ):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        for table in FIXED:
            op.execute(f"DROP FUNCTION {table}_append_only()")
