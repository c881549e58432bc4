"""Roll-ups: facts of taking part, what waits to be rolled up, figures by day and period."""

import sqlalchemy as sa
from alembic import op

from app.core.db import PlaceCode, UtcDateTime

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
FACTS = "participation_facts"
TABLES = (
    "participation_facts",
    "rollup_calendar",
    "rollup_days",
    "rollup_periods",
    "rollup_person_days",
    "rollup_queue",
    "rollup_registered",
    "rollup_standing",
)


def upgrade() -> None:
    op.create_table(
        "participation_facts",
        sa.Column("id", ID, nullable=False),
        sa.Column("resident_id", ID, nullable=False),
        sa.Column("activity", sa.String(length=12), nullable=False),
        sa.Column("place_code", PlaceCode(), nullable=False),
        sa.Column("happened_at", UtcDateTime(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("sign", sa.SmallInteger(), nullable=False),
        sa.Column("at_home", sa.SmallInteger(), nullable=False),
        sa.Column("source_type", sa.String(length=24), nullable=False),
        sa.Column("source_id", ID, nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("reverses_id", ID, nullable=True),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint(
            "activity IN ('reported', 'confirmed', 'patrolled', 'learnt')",
            name="ck_participation_facts_known_activity",
        ),
        sa.CheckConstraint(
            "(sign = -1) = (reverses_id IS NOT NULL)",
            name="ck_participation_facts_minus_one_reverses",
        ),
        sa.CheckConstraint("at_home IN (0, 1)", name="ck_participation_facts_at_home_or_not"),
        sa.CheckConstraint("sign IN (1, -1)", name="ck_participation_facts_one_or_minus_one"),
        sa.ForeignKeyConstraint(
            ["reverses_id"],
            ["participation_facts.id"],
            name="fk_participation_facts_reverses_id_participation_facts",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_participation_facts"),
        sa.UniqueConstraint("reverses_id", name="uq_participation_facts_reverses_id"),
        sa.UniqueConstraint(
            "source_type",
            "source_id",
            "turn",
            name="uq_participation_facts_source_type_source_id_turn",
        ),
    )
    op.create_index(
        "ix_participation_facts_place_code_day", "participation_facts", ["place_code", "day"]
    )
    op.create_index("ix_participation_facts_recorded_at", "participation_facts", ["recorded_at"])
    op.create_index(
        "ix_participation_facts_resident_id_day", "participation_facts", ["resident_id", "day"]
    )
    op.create_table(
        "rollup_calendar",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("day_before", sa.Date(), nullable=False),
        sa.Column("week_start", sa.Date(), nullable=False),
        sa.Column("week_before", sa.Date(), nullable=False),
        sa.Column("month_start", sa.Date(), nullable=False),
        sa.Column("month_before", sa.Date(), nullable=False),
        sa.Column("quarter_start", sa.Date(), nullable=False),
        sa.Column("quarter_before", sa.Date(), nullable=False),
        sa.Column("year_start", sa.Date(), nullable=False),
        sa.Column("year_before", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("day", name="pk_rollup_calendar"),
    )
    op.create_table(
        "rollup_days",
        sa.Column("version", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("digits", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("place_code", PlaceCode(), nullable=False),
        sa.Column("activity", sa.String(length=12), nullable=False),
        sa.Column("participations", ID, nullable=False),
        sa.Column("minutes", ID, nullable=False),
        sa.Column("newly", sa.Integer(), nullable=False),
        sa.Column("people_day", sa.Integer(), nullable=False),
        sa.Column("people_week", sa.Integer(), nullable=False),
        sa.Column("people_month", sa.Integer(), nullable=False),
        sa.Column("people_quarter", sa.Integer(), nullable=False),
        sa.Column("people_year", sa.Integer(), nullable=False),
        sa.Column("stayed_day", sa.Integer(), nullable=False),
        sa.Column("stayed_week", sa.Integer(), nullable=False),
        sa.Column("stayed_month", sa.Integer(), nullable=False),
        sa.Column("stayed_quarter", sa.Integer(), nullable=False),
        sa.Column("stayed_year", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(
            "version", "day", "digits", "place_code", "activity", name="pk_rollup_days"
        ),
    )
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
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("newly", sa.Integer(), nullable=False),
        sa.Column("stayed", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(
            "version",
            "kind",
            "starts_on",
            "digits",
            "place_code",
            "activity",
            name="pk_rollup_periods",
        ),
    )
    op.create_index(
        "ix_rollup_periods_place_code_starts_on",
        "rollup_periods",
        ["version", "kind", "place_code", "starts_on"],
    )
    op.create_table(
        "rollup_person_days",
        sa.Column("resident_id", ID, autoincrement=False, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("place_code", PlaceCode(), nullable=False),
        sa.Column("activity", sa.String(length=12), nullable=False),
        sa.Column("at_home", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("participations", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("last_one_6", sa.Date(), nullable=True),
        sa.Column("last_all_6", sa.Date(), nullable=True),
        sa.Column("last_home_6", sa.Date(), nullable=True),
        sa.Column("last_one_9", sa.Date(), nullable=True),
        sa.Column("last_all_9", sa.Date(), nullable=True),
        sa.Column("last_home_9", sa.Date(), nullable=True),
        sa.Column("last_one_12", sa.Date(), nullable=True),
        sa.Column("last_all_12", sa.Date(), nullable=True),
        sa.Column("last_home_12", sa.Date(), nullable=True),
        sa.Column("last_one_15", sa.Date(), nullable=True),
        sa.Column("last_all_15", sa.Date(), nullable=True),
        sa.Column("last_home_15", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint(
            "resident_id", "day", "place_code", "activity", "at_home", name="pk_rollup_person_days"
        ),
    )
    op.create_index(
        "ix_rollup_person_days_day_place_code", "rollup_person_days", ["day", "place_code"]
    )
    op.create_index(
        "ix_rollup_person_days_place_code_day", "rollup_person_days", ["place_code", "day"]
    )
    op.create_table(
        "rollup_queue",
        sa.Column("fact_id", ID, autoincrement=False, nullable=False),
        sa.Column("resident_id", ID, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("fact_id", name="pk_rollup_queue"),
    )
    op.create_table(
        "rollup_registered",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("digits", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("place_code", PlaceCode(), nullable=False),
        sa.Column("residents", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", "digits", "place_code", name="pk_rollup_registered"),
    )
    op.create_table(
        "rollup_standing",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("rolled_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_rollup_standing"),
    )

    keep()


def keep() -> None:
    """Let the database itself refuse to rewrite who took part, or to lose it."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"""CREATE FUNCTION {FACTS}_append_only() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RAISE EXCEPTION '{FACTS} is append-only'; END $$"""
        )
        op.execute(
            f"""CREATE TRIGGER {FACTS}_append_only BEFORE UPDATE OR DELETE ON {FACTS}
            FOR EACH ROW EXECUTE FUNCTION {FACTS}_append_only()"""
        )
        return
    for name, event in (("append_only", "UPDATE"), ("kept", "DELETE")):
        op.execute(
            f"""CREATE TRIGGER {FACTS}_{name} BEFORE {event} ON {FACTS}
            BEGIN SELECT RAISE(ABORT, '{FACTS} is append-only'); END"""
        )


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"DROP FUNCTION {FACTS}_append_only()")
