"""Plan ahead: templates of shifts, copied weeks, call-outs, proposed rosters, calendars."""

import sqlalchemy as sa
from alembic import op

from app.core.db import PlaceCode, UtcDateTime

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TABLES = (
    "calendar_feeds",
    "roster_assignments",
    "roster_proposals",
    "call_outs",
    "copied_shifts",
    "shift_templates",
)
STATES = "'computing', 'proposed', 'failed', 'accepted', 'dropped'"
ACTIVE = sa.text("active")
UNDER_WAY = sa.text("state IN ('computing', 'proposed')")


def refers(table, column, to, key="id"):
    name = f"fk_{table}_{column}_{to}"
    return sa.ForeignKeyConstraint([column], [f"{to}.{key}"], name=name)


def upgrade() -> None:
    op.create_table(
        "shift_templates",
        sa.Column("id", ID, nullable=False),
        sa.Column("version", ID, nullable=False),
        sa.Column("place_code", PlaceCode(), nullable=False),
        sa.Column("place_name", sa.String(80), nullable=False),
        sa.Column("route_id", ID, nullable=True),
        sa.Column("team_id", ID, nullable=True),
        sa.Column("leader_id", ID, nullable=True),
        sa.Column("title", sa.String(40), nullable=False),
        sa.Column("words", sa.String(500), nullable=True),
        sa.Column("rule", sa.String(80), nullable=False),
        sa.Column("starts", sa.String(5), nullable=False),
        sa.Column("duration_min", ID, nullable=False),
        sa.Column("capacity", ID, nullable=False),
        sa.Column("minimum", ID, nullable=False),
        sa.Column("skills", sa.JSON(), nullable=False),
        sa.Column("residence_required", sa.Boolean(), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("until_day", sa.Date(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("made_until", sa.Date(), nullable=False),
        sa.Column("created_by", ID, nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint(
            "minimum BETWEEN 1 AND capacity", name="ck_shift_templates_minimum_in_capacity"
        ),
        refers("shift_templates", "route_id", "patrol_routes"),
        refers("shift_templates", "leader_id", "residents"),
        refers("shift_templates", "created_by", "residents"),
        sa.PrimaryKeyConstraint("id", name="pk_shift_templates"),
    )
    op.create_index("ix_shift_templates_place_code_id", "shift_templates", ["place_code", "id"])
    op.create_index("ix_shift_templates_team_id_id", "shift_templates", ["team_id", "id"])
    op.create_index(
        "ix_shift_templates_to_make",
        "shift_templates",
        ["made_until", "id"],
        sqlite_where=ACTIVE,
        postgresql_where=ACTIVE,
    )
    op.create_table(
        "copied_shifts",
        sa.Column("id", ID, nullable=False),
        sa.Column("origin_id", ID, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("copied_at", UtcDateTime(), nullable=False),
        refers("copied_shifts", "origin_id", "shifts"),
        sa.PrimaryKeyConstraint("id", name="pk_copied_shifts"),
        sa.UniqueConstraint("origin_id", "day", name="uq_copied_shifts_origin_id_day"),
    )
    op.create_table(
        "call_outs",
        sa.Column("id", ID, nullable=False),
        sa.Column("shift_id", ID, nullable=False),
        sa.Column("resident_id", ID, nullable=False),
        sa.Column("asked_by", ID, nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        refers("call_outs", "shift_id", "shifts"),
        refers("call_outs", "resident_id", "residents"),
        refers("call_outs", "asked_by", "residents"),
        sa.PrimaryKeyConstraint("id", name="pk_call_outs"),
        sa.UniqueConstraint("shift_id", "resident_id", name="uq_call_outs_shift_id_resident_id"),
    )
    op.create_index("ix_call_outs_resident_id_at", "call_outs", ["resident_id", "at"])
    op.create_table(
        "roster_proposals",
        sa.Column("id", ID, nullable=False),
        sa.Column("version", ID, nullable=False),
        sa.Column("place_code", PlaceCode(), nullable=False),
        sa.Column("place_name", sa.String(80), nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("reason", sa.String(40), nullable=True),
        sa.Column("figures", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("refused", sa.JSON(), nullable=False),
        sa.Column("created_by", ID, nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("computed_at", UtcDateTime(), nullable=True),
        sa.Column("decided_by", ID, nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("published_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint(f"state IN ({STATES})", name="ck_roster_proposals_known_state"),
        refers("roster_proposals", "created_by", "residents"),
        refers("roster_proposals", "decided_by", "residents"),
        sa.PrimaryKeyConstraint("id", name="pk_roster_proposals"),
    )
    op.create_index("ix_roster_proposals_place_code_id", "roster_proposals", ["place_code", "id"])
    op.create_index(
        "uq_roster_proposals_under_way",
        "roster_proposals",
        ["place_code", "week"],
        unique=True,
        sqlite_where=UNDER_WAY,
        postgresql_where=UNDER_WAY,
    )
    op.create_table(
        "roster_assignments",
        sa.Column("id", ID, nullable=False),
        sa.Column("proposal_id", ID, nullable=False),
        sa.Column("shift_id", ID, nullable=False),
        sa.Column("resident_id", ID, nullable=False),
        sa.Column("by_hand", sa.Boolean(), nullable=False),
        refers("roster_assignments", "proposal_id", "roster_proposals"),
        refers("roster_assignments", "shift_id", "shifts"),
        refers("roster_assignments", "resident_id", "residents"),
        sa.PrimaryKeyConstraint("id", name="pk_roster_assignments"),
        sa.UniqueConstraint(
            "proposal_id",
            "shift_id",
            "resident_id",
            name="uq_roster_assignments_proposal_id_shift_id_resident_id",
        ),
    )
    op.create_table(
        "calendar_feeds",
        sa.Column("resident_id", ID, nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        refers("calendar_feeds", "resident_id", "residents"),
        sa.PrimaryKeyConstraint("resident_id", name="pk_calendar_feeds"),
        sa.UniqueConstraint("fingerprint", name="uq_calendar_feeds_fingerprint"),
    )


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
