"""Thank people: hours served, a ledger of points, rewards and their redemptions."""

import sqlalchemy as sa
from alembic import op

from app.core.db import PlaceCode, UtcDateTime

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
NOBODYS = sa.text("resident_id IS NULL")
STANDING = sa.text("reversed_at IS NULL AND reverses_id IS NULL")
RESERVED = sa.text("state = 'reserved'")

FIXED = {
    "points_transactions": "",
    "points_entries": "",
    "hour_entries": " OF id, resident_id, shift_id, place_code, team_id, title, starts_at, ends_at,"
    " minutes, at, by_id, reason, reverses_id",
}
"""Tables that are only added to, and the columns that may not change (none named: none may)."""


def upgrade() -> None:
    op.create_table(
        "hour_accounts",
        sa.Column("resident_id", ID, nullable=False),
        sa.Column("credited", ID, nullable=False),
        sa.Column("held", ID, nullable=False),
        sa.Column("stars", ID, nullable=False),
        sa.CheckConstraint("credited >= 0 AND held >= 0", name="ck_hour_accounts_never_below_zero"),
        sa.CheckConstraint("stars BETWEEN 0 AND 5", name="ck_hour_accounts_known_stars"),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["residents.id"], name="fk_hour_accounts_resident_id_residents"
        ),
        sa.PrimaryKeyConstraint("resident_id", name="pk_hour_accounts"),
    )
    op.create_table(
        "hour_entries",
        sa.Column("id", ID, nullable=False),
        sa.Column("resident_id", ID, nullable=False),
        sa.Column("shift_id", ID, nullable=False),
        sa.Column("place_code", PlaceCode(), nullable=False),
        sa.Column("team_id", ID, nullable=True),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("starts_at", UtcDateTime(), nullable=False),
        sa.Column("ends_at", UtcDateTime(), nullable=False),
        sa.Column("minutes", ID, nullable=False),
        sa.Column("evidence", ID, nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("by_id", ID, nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=True),
        sa.Column("reverses_id", ID, nullable=True),
        sa.Column("reversed_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint("state IN ('credited', 'held')", name="ck_hour_entries_known_state"),
        sa.CheckConstraint(
            "(minutes < 0) = (reverses_id IS NOT NULL)", name="ck_hour_entries_below_zero_reverses"
        ),
        sa.CheckConstraint("evidence BETWEEN 0 AND 5", name="ck_hour_entries_known_evidence"),
        sa.CheckConstraint("minutes <> 0", name="ck_hour_entries_counts_something"),
        sa.CheckConstraint("starts_at < ends_at", name="ck_hour_entries_takes_time"),
        sa.ForeignKeyConstraint(
            ["by_id"], ["residents.id"], name="fk_hour_entries_by_id_residents"
        ),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["residents.id"], name="fk_hour_entries_resident_id_residents"
        ),
        sa.ForeignKeyConstraint(
            ["reverses_id"], ["hour_entries.id"], name="fk_hour_entries_reverses_id_hour_entries"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_hour_entries"),
        sa.UniqueConstraint("reverses_id", name="uq_hour_entries_reverses_id"),
    )
    op.create_index(
        "ix_hour_entries_place_code_starts_at", "hour_entries", ["place_code", "starts_at"]
    )
    op.create_index("ix_hour_entries_resident_id_id", "hour_entries", ["resident_id", "id"])
    op.create_index("ix_hour_entries_shift_id", "hour_entries", ["shift_id"])
    op.create_index(
        "uq_hour_entries_standing",
        "hour_entries",
        ["resident_id", "shift_id", "starts_at"],
        unique=True,
        sqlite_where=STANDING,
        postgresql_where=STANDING,
    )
    op.create_table(
        "points_accounts",
        sa.Column("id", ID, nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("resident_id", ID, nullable=True),
        sa.Column("balance", ID, nullable=True),
        sa.CheckConstraint(
            "(resident_id IS NULL) = (kind IN ('issue', 'spent'))",
            name="ck_points_accounts_whose_it_is",
        ),
        sa.CheckConstraint(
            "kind <> 'debt' OR balance <= 0", name="ck_points_accounts_debt_is_owed"
        ),
        sa.CheckConstraint(
            "kind IN ('issue', 'spent', 'person', 'held', 'debt')",
            name="ck_points_accounts_known_kind",
        ),
        sa.CheckConstraint(
            "kind NOT IN ('person', 'held') OR balance >= 0",
            name="ck_points_accounts_never_below_zero",
        ),
        sa.CheckConstraint(
            "(resident_id IS NULL) = (balance IS NULL)", name="ck_points_accounts_kept_for_people"
        ),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["residents.id"], name="fk_points_accounts_resident_id_residents"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_points_accounts"),
        sa.UniqueConstraint("resident_id", "kind", name="uq_points_accounts_resident_id_kind"),
    )
    op.create_index(
        "uq_points_accounts_nobodys",
        "points_accounts",
        ["kind"],
        unique=True,
        sqlite_where=NOBODYS,
        postgresql_where=NOBODYS,
    )
    op.create_table(
        "points_days",
        sa.Column("resident_id", ID, nullable=False),
        sa.Column("rule", sa.String(length=24), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("cap", ID, nullable=False),
        sa.Column("granted", ID, nullable=False),
        sa.CheckConstraint("granted >= 0 AND granted <= cap", name="ck_points_days_within_cap"),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["residents.id"], name="fk_points_days_resident_id_residents"
        ),
        sa.PrimaryKeyConstraint("resident_id", "rule", "day", name="pk_points_days"),
    )
    op.create_table(
        "points_transactions",
        sa.Column("id", ID, nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("resident_id", ID, nullable=False),
        sa.Column("rule", sa.String(length=24), nullable=False),
        sa.Column("rule_version", ID, nullable=False),
        sa.Column("source_type", sa.String(length=24), nullable=False),
        sa.Column("source_id", ID, nullable=False),
        sa.Column("turn", ID, nullable=False),
        sa.Column("amount", ID, nullable=False),
        sa.Column("wanted", ID, nullable=False),
        sa.Column("held", sa.Boolean(), nullable=False),
        sa.Column("counted_on", sa.Date(), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("reverses_id", ID, nullable=True),
        sa.Column("releases_id", ID, nullable=True),
        sa.CheckConstraint(
            "kind IN ('grant', 'release', 'spend', 'reversal')",
            name="ck_points_transactions_known_kind",
        ),
        sa.ForeignKeyConstraint(
            ["releases_id"],
            ["points_transactions.id"],
            name="fk_points_transactions_releases_id_points_transactions",
        ),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["residents.id"], name="fk_points_transactions_resident_id_residents"
        ),
        sa.ForeignKeyConstraint(
            ["reverses_id"],
            ["points_transactions.id"],
            name="fk_points_transactions_reverses_id_points_transactions",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_points_transactions"),
        sa.UniqueConstraint("releases_id", name="uq_points_transactions_releases_id"),
        sa.UniqueConstraint(
            "resident_id",
            "source_type",
            "source_id",
            "rule",
            "kind",
            "turn",
            name="uq_points_transactions_source",
        ),
        sa.UniqueConstraint("reverses_id", name="uq_points_transactions_reverses_id"),
    )
    op.create_index(
        "ix_points_transactions_resident_id_id", "points_transactions", ["resident_id", "id"]
    )
    op.create_table(
        "rewards",
        sa.Column("id", ID, nullable=False),
        sa.Column("place_code", PlaceCode(), nullable=False),
        sa.Column("place_name", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=30), nullable=False),
        sa.Column("words", sa.String(length=300), nullable=True),
        sa.Column("cost", ID, nullable=False),
        sa.Column("stock", ID, nullable=False),
        sa.Column("per_person", ID, nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("photo_id", sa.String(length=43), nullable=True),
        sa.Column("created_by", ID, nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("cost > 0", name="ck_rewards_costs_something"),
        sa.CheckConstraint("per_person > 0", name="ck_rewards_one_at_least"),
        sa.CheckConstraint("stock >= 0", name="ck_rewards_stock_never_below_zero"),
        sa.ForeignKeyConstraint(
            ["created_by"], ["residents.id"], name="fk_rewards_created_by_residents"
        ),
        sa.ForeignKeyConstraint(["photo_id"], ["photos.id"], name="fk_rewards_photo_id_photos"),
        sa.PrimaryKeyConstraint("id", name="pk_rewards"),
    )
    op.create_index("ix_rewards_place_code_id", "rewards", ["place_code", "id"])
    op.create_table(
        "points_entries",
        sa.Column("id", ID, nullable=False),
        sa.Column("transaction_id", ID, nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("amount", ID, nullable=False),
        sa.CheckConstraint("amount <> 0", name="ck_points_entries_moves_something"),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["points_accounts.id"],
            name="fk_points_entries_account_id_points_accounts",
        ),
        sa.ForeignKeyConstraint(
            ["transaction_id"],
            ["points_transactions.id"],
            name="fk_points_entries_transaction_id_points_transactions",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_points_entries"),
        sa.UniqueConstraint(
            "transaction_id", "account_id", name="uq_points_entries_transaction_id_account_id"
        ),
    )
    op.create_index("ix_points_entries_account_id", "points_entries", ["account_id"])
    op.create_table(
        "redemptions",
        sa.Column("id", ID, nullable=False),
        sa.Column("reward_id", ID, nullable=False),
        sa.Column("resident_id", ID, nullable=False),
        sa.Column("place_code", PlaceCode(), nullable=False),
        sa.Column("cost", ID, nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("reminded_at", UtcDateTime(), nullable=True),
        sa.Column("settled_at", UtcDateTime(), nullable=True),
        sa.Column("settled_by", ID, nullable=True),
        sa.CheckConstraint(
            "state IN ('reserved', 'collected', 'cancelled', 'expired')",
            name="ck_redemptions_known_state",
        ),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["residents.id"], name="fk_redemptions_resident_id_residents"
        ),
        sa.ForeignKeyConstraint(
            ["reward_id"], ["rewards.id"], name="fk_redemptions_reward_id_rewards"
        ),
        sa.ForeignKeyConstraint(
            ["settled_by"], ["residents.id"], name="fk_redemptions_settled_by_residents"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_redemptions"),
        sa.UniqueConstraint("code", name="uq_redemptions_code"),
    )
    op.create_index("ix_redemptions_place_code_id", "redemptions", ["place_code", "id"])
    op.create_index("ix_redemptions_resident_id_id", "redemptions", ["resident_id", "id"])
    op.create_index(
        "ix_redemptions_reward_id_resident_id", "redemptions", ["reward_id", "resident_id"]
    )
    op.create_index(
        "ix_redemptions_waiting",
        "redemptions",
        ["expires_at", "id"],
        sqlite_where=RESERVED,
        postgresql_where=RESERVED,
    )
    for table, columns in FIXED.items():
        keep(table, columns)


def keep(table: str, columns: str) -> None:
    """Let the database itself refuse to rewrite what was thanked, or to lose it."""
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
        "redemptions",
        "points_entries",
        "rewards",
        "points_transactions",
        "points_days",
        "points_accounts",
        "hour_entries",
        "hour_accounts",
    ):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        for table in FIXED:
            op.execute(f"DROP FUNCTION {table}_append_only()")
