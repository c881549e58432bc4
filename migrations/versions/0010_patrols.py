"""Walk patrols: routes with checkpoints, shifts, and who has which seat."""

import sqlalchemy as sa
from alembic import op

from app.core.db import PlaceCode, UtcDateTime

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TABLES = ("offers", "swaps", "signups", "shifts", "checkpoints", "patrol_routes")


def upgrade() -> None:
    op.create_table(
        "patrol_routes",
        sa.Column("id", ID, nullable=False),
        sa.Column("place_code", PlaceCode(), nullable=False),
        sa.Column("place_name", sa.String(80), nullable=False),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("path", sa.JSON(), nullable=False),
        sa.Column("length_m", ID, nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_by", ID, nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["created_by"], ["residents.id"], name="fk_patrol_routes_created_by_residents"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_patrol_routes"),
    )
    op.create_index("ix_patrol_routes_place_code_id", "patrol_routes", ["place_code", "id"])
    op.create_table(
        "checkpoints",
        sa.Column("id", ID, nullable=False),
        sa.Column("route_id", ID, nullable=False),
        sa.Column("seq", ID, nullable=False),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("lat", sa.Double(), nullable=False),
        sa.Column("lon", sa.Double(), nullable=False),
        sa.Column("radius_m", ID, nullable=False),
        sa.Column("secret", sa.String(40), nullable=False),
        sa.Column("retired_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint("radius_m BETWEEN 5 AND 500", name="ck_checkpoints_radius_in_range"),
        sa.ForeignKeyConstraint(
            ["route_id"], ["patrol_routes.id"], name="fk_checkpoints_route_id_patrol_routes"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_checkpoints"),
        sa.UniqueConstraint("secret", name="uq_checkpoints_secret"),
    )
    op.create_index("ix_checkpoints_route_id_seq", "checkpoints", ["route_id", "seq"])
    op.create_table(
        "shifts",
        sa.Column("id", ID, nullable=False),
        sa.Column("version", ID, nullable=False),
        sa.Column("uid", sa.String(60), nullable=False),
        sa.Column("place_code", PlaceCode(), nullable=False),
        sa.Column("place_name", sa.String(80), nullable=False),
        sa.Column("route_id", ID, nullable=True),
        sa.Column("team_id", ID, nullable=True),
        sa.Column("template_id", ID, nullable=True),
        sa.Column("template_day", sa.String(10), nullable=True),
        sa.Column("leader_id", ID, nullable=True),
        sa.Column("title", sa.String(40), nullable=False),
        sa.Column("words", sa.String(500), nullable=True),
        sa.Column("lat", sa.Double(), nullable=True),
        sa.Column("lon", sa.Double(), nullable=True),
        sa.Column("starts_at", UtcDateTime(), nullable=False),
        sa.Column("ends_at", UtcDateTime(), nullable=False),
        sa.Column("capacity", ID, nullable=False),
        sa.Column("minimum", ID, nullable=False),
        sa.Column("skills", sa.JSON(), nullable=False),
        sa.Column("residence_required", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("cancel_reason", sa.String(200), nullable=True),
        sa.Column("taken", ID, nullable=False),
        sa.Column("waiting", ID, nullable=False),
        sa.Column("last_turn", ID, nullable=False),
        sa.Column("sequence", ID, nullable=False),
        sa.Column("created_by", ID, nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.Column("moved_at", UtcDateTime(), nullable=True),
        sa.Column("told_day_at", UtcDateTime(), nullable=True),
        sa.Column("told_soon_at", UtcDateTime(), nullable=True),
        sa.Column("told_short_h", ID, nullable=True),
        sa.Column("told_end_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint("state IN ('open', 'cancelled')", name="ck_shifts_known_state"),
        sa.CheckConstraint("minimum BETWEEN 1 AND capacity", name="ck_shifts_minimum_in_capacity"),
        sa.CheckConstraint("starts_at < ends_at", name="ck_shifts_ends_after_start"),
        sa.CheckConstraint("taken BETWEEN 0 AND capacity", name="ck_shifts_never_overbooked"),
        sa.CheckConstraint("waiting >= 0", name="ck_shifts_waiting_some"),
        sa.ForeignKeyConstraint(
            ["created_by"], ["residents.id"], name="fk_shifts_created_by_residents"
        ),
        sa.ForeignKeyConstraint(
            ["leader_id"], ["residents.id"], name="fk_shifts_leader_id_residents"
        ),
        sa.ForeignKeyConstraint(
            ["route_id"], ["patrol_routes.id"], name="fk_shifts_route_id_patrol_routes"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_shifts"),
        sa.UniqueConstraint(
            "template_id", "template_day", name="uq_shifts_template_id_template_day"
        ),
        sa.UniqueConstraint("uid", name="uq_shifts_uid"),
    )
    op.create_index(
        "ix_shifts_coming",
        "shifts",
        ["starts_at", "id"],
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_index("ix_shifts_leader_id_starts_at", "shifts", ["leader_id", "starts_at"])
    op.create_index("ix_shifts_place_code_starts_at", "shifts", ["place_code", "starts_at", "id"])
    op.create_index("ix_shifts_starts_at_id", "shifts", ["starts_at", "id"])
    op.create_index("ix_shifts_team_id_starts_at", "shifts", ["team_id", "starts_at"])
    op.create_table(
        "signups",
        sa.Column("id", ID, nullable=False),
        sa.Column("shift_id", ID, nullable=False),
        sa.Column("resident_id", ID, nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("turn", ID, nullable=True),
        sa.Column("signed_at", UtcDateTime(), nullable=False),
        sa.Column("joined_at", UtcDateTime(), nullable=True),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.Column("sequence", ID, nullable=False),
        sa.Column("note", sa.String(200), nullable=True),
        sa.CheckConstraint(
            "state IN ('waiting', 'offered', 'joined', 'seeking', 'left', 'removed', 'expired')",
            name="ck_signups_known_state",
        ),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["residents.id"], name="fk_signups_resident_id_residents"
        ),
        sa.ForeignKeyConstraint(["shift_id"], ["shifts.id"], name="fk_signups_shift_id_shifts"),
        sa.PrimaryKeyConstraint("id", name="pk_signups"),
        sa.UniqueConstraint("shift_id", "resident_id", name="uq_signups_shift_id_resident_id"),
    )
    op.create_index(
        "ix_signups_queue",
        "signups",
        ["shift_id", "turn"],
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_index("ix_signups_resident_id_state", "signups", ["resident_id", "state", "shift_id"])
    op.create_table(
        "swaps",
        sa.Column("id", ID, nullable=False),
        sa.Column("shift_id", ID, nullable=False),
        sa.Column("their_shift_id", ID, nullable=True),
        sa.Column("asker_id", ID, nullable=False),
        sa.Column("asked_id", ID, nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("note", sa.String(200), nullable=True),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint(
            "state IN ('asked', 'agreed', 'declined', 'withdrawn', 'void')",
            name="ck_swaps_known_state",
        ),
        sa.CheckConstraint("asker_id <> asked_id", name="ck_swaps_two_people"),
        sa.ForeignKeyConstraint(["asked_id"], ["residents.id"], name="fk_swaps_asked_id_residents"),
        sa.ForeignKeyConstraint(["asker_id"], ["residents.id"], name="fk_swaps_asker_id_residents"),
        sa.ForeignKeyConstraint(["shift_id"], ["shifts.id"], name="fk_swaps_shift_id_shifts"),
        sa.ForeignKeyConstraint(
            ["their_shift_id"], ["shifts.id"], name="fk_swaps_their_shift_id_shifts"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_swaps"),
    )
    op.create_index("ix_swaps_asked_id_id", "swaps", ["asked_id", "id"])
    op.create_index("ix_swaps_asker_id_id", "swaps", ["asker_id", "id"])
    op.create_index("ix_swaps_their_shift_id", "swaps", ["their_shift_id"])
    op.create_index(
        "uq_swaps_one_asked",
        "swaps",
        ["shift_id", "asker_id", "asked_id"],
        unique=True,
        sqlite_where=sa.text("state = 'asked'"),
        postgresql_where=sa.text("state = 'asked'"),
    )
    op.create_table(
        "offers",
        sa.Column("id", ID, nullable=False),
        sa.Column("shift_id", ID, nullable=False),
        sa.Column("signup_id", ID, nullable=False),
        sa.Column("resident_id", ID, nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("warn_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("warned", sa.Boolean(), nullable=False),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint(
            "state IN ('open', 'accepted', 'declined', 'expired')", name="ck_offers_known_state"
        ),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["residents.id"], name="fk_offers_resident_id_residents"
        ),
        sa.ForeignKeyConstraint(["shift_id"], ["shifts.id"], name="fk_offers_shift_id_shifts"),
        sa.ForeignKeyConstraint(["signup_id"], ["signups.id"], name="fk_offers_signup_id_signups"),
        sa.PrimaryKeyConstraint("id", name="pk_offers"),
    )
    op.create_index(
        "ix_offers_open",
        "offers",
        ["expires_at", "id"],
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_index("ix_offers_resident_id_id", "offers", ["resident_id", "id"])
    op.create_index("ix_offers_shift_id", "offers", ["shift_id"])
    op.create_index(
        "uq_offers_one_open",
        "offers",
        ["signup_id"],
        unique=True,
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
