"""Serve: volunteers, what they agreed to, teams, certificates."""

import sqlalchemy as sa
from alembic import op

from app.core.db import PlaceCode, UtcDateTime

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
APPEND_ONLY = ("volunteer_consents", "contact_looks")
TABLES = (
    "certified_entries",
    "team_members",
    "teams",
    "certificates",
    "contact_looks",
    "insurances",
    "liked_places",
    "trainings",
    "volunteer_consents",
    "volunteer_numbers",
    "volunteers",
)


def upgrade() -> None:
    op.create_table(
        "volunteer_numbers",
        sa.Column("year", ID, autoincrement=False, nullable=False),
        sa.Column("last", ID, nullable=False),
        sa.PrimaryKeyConstraint("year", name="pk_volunteer_numbers"),
    )
    op.create_table(
        "certificates",
        sa.Column("id", ID, nullable=False),
        sa.Column("number", sa.String(20), nullable=False),
        sa.Column("resident_id", ID, nullable=False),
        sa.Column("community_code", PlaceCode(), nullable=False),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("volunteer_number", sa.String(16), nullable=False),
        sa.Column("issuer", sa.String(80), nullable=False),
        sa.Column("responsible", sa.String(40), nullable=True),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("minutes", ID, nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("remarks", sa.String(200), nullable=True),
        sa.Column("issued_at", UtcDateTime(), nullable=False),
        sa.Column("to_review", sa.Boolean(), nullable=False),
        sa.Column("revoked_at", UtcDateTime(), nullable=True),
        sa.Column("revoked_by", ID, nullable=True),
        sa.Column("reason", sa.String(200), nullable=True),
        sa.CheckConstraint("minutes > 0", name="ck_certificates_certifies_something"),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["residents.id"], name="fk_certificates_resident_id_residents"
        ),
        sa.ForeignKeyConstraint(
            ["revoked_by"], ["residents.id"], name="fk_certificates_revoked_by_residents"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_certificates"),
        sa.UniqueConstraint("number", name="uq_certificates_number"),
    )
    op.create_index("ix_certificates_community_code_id", "certificates", ["community_code", "id"])
    op.create_index("ix_certificates_resident_id_id", "certificates", ["resident_id", "id"])
    op.create_table(
        "contact_looks",
        sa.Column("id", ID, nullable=False),
        sa.Column("resident_id", ID, nullable=False),
        sa.Column("by_id", ID, nullable=False),
        sa.Column("why", sa.String(40), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["residents.id"], name="fk_contact_looks_by_id_residents"
        ),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["residents.id"], name="fk_contact_looks_resident_id_residents"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_contact_looks"),
    )
    op.create_index("ix_contact_looks_resident_id_id", "contact_looks", ["resident_id", "id"])
    op.create_table(
        "insurances",
        sa.Column("id", ID, nullable=False),
        sa.Column("resident_id", ID, nullable=False),
        sa.Column("insurer", sa.String(60), nullable=False),
        sa.Column("sealed_policy_number", sa.String(300), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("added_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["residents.id"], name="fk_insurances_resident_id_residents"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_insurances"),
    )
    op.create_index("ix_insurances_resident_id_id", "insurances", ["resident_id", "id"])
    op.create_table(
        "liked_places",
        sa.Column("resident_id", ID, nullable=False),
        sa.Column("place_code", PlaceCode(), nullable=False),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["residents.id"], name="fk_liked_places_resident_id_residents"
        ),
        sa.PrimaryKeyConstraint("resident_id", "place_code", name="pk_liked_places"),
    )
    op.create_index("ix_liked_places_place_code", "liked_places", ["place_code"])
    op.create_table(
        "teams",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("place_code", PlaceCode(), nullable=False),
        sa.Column("created_by", ID, nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('corridor', 'peace', 'association', 'company')", name="ck_teams_known_kind"
        ),
        sa.ForeignKeyConstraint(
            ["created_by"], ["residents.id"], name="fk_teams_created_by_residents"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_teams"),
    )
    op.create_index("ix_teams_place_code_id", "teams", ["place_code", "id"])
    op.create_table(
        "trainings",
        sa.Column("id", ID, nullable=False),
        sa.Column("resident_id", ID, nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("hours", ID, nullable=True),
        sa.Column("given_by", sa.String(60), nullable=True),
        sa.Column("added_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["residents.id"], name="fk_trainings_resident_id_residents"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_trainings"),
    )
    op.create_index("ix_trainings_resident_id_id", "trainings", ["resident_id", "id"])
    op.create_table(
        "volunteer_consents",
        sa.Column("id", ID, nullable=False),
        sa.Column("resident_id", ID, nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("version", sa.String(16), nullable=False),
        sa.Column("given", sa.Boolean(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('risk', 'location', 'guardian')", name="ck_volunteer_consents_known_kind"
        ),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["residents.id"], name="fk_volunteer_consents_resident_id_residents"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_volunteer_consents"),
    )
    op.create_index(
        "ix_volunteer_consents_resident_id_id", "volunteer_consents", ["resident_id", "id"]
    )
    op.create_table(
        "volunteers",
        sa.Column("resident_id", ID, nullable=False),
        sa.Column("number", sa.String(16), nullable=False),
        sa.Column("birth_year", ID, nullable=False),
        sa.Column("guardian_name", sa.String(40), nullable=True),
        sa.Column("sealed_guardian_phone", sa.String(200), nullable=True),
        sa.Column("guardian_consent_at", UtcDateTime(), nullable=True),
        sa.Column("skills", sa.JSON(), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("availability", sa.JSON(), nullable=False),
        sa.Column("most_per_week", ID, nullable=True),
        sa.Column("sealed_emergency", sa.String(600), nullable=True),
        sa.Column("risk_version", sa.String(16), nullable=True),
        sa.Column("risk_consent_at", UtcDateTime(), nullable=True),
        sa.Column("location_consent_at", UtcDateTime(), nullable=True),
        sa.Column("on_honour_board", sa.Boolean(), nullable=False),
        sa.Column("paused", sa.Boolean(), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["residents.id"], name="fk_volunteers_resident_id_residents"
        ),
        sa.PrimaryKeyConstraint("resident_id", name="pk_volunteers"),
        sa.UniqueConstraint("number", name="uq_volunteers_number"),
    )
    op.create_table(
        "certified_entries",
        sa.Column("certificate_id", ID, nullable=False),
        sa.Column("entry_id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["certificate_id"],
            ["certificates.id"],
            name="fk_certified_entries_certificate_id_certificates",
        ),
        sa.PrimaryKeyConstraint("certificate_id", "entry_id", name="pk_certified_entries"),
    )
    op.create_index("ix_certified_entries_entry_id", "certified_entries", ["entry_id"])
    op.create_table(
        "team_members",
        sa.Column("team_id", ID, nullable=False),
        sa.Column("resident_id", ID, nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("leader", sa.Boolean(), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.CheckConstraint(
            "NOT leader OR state = 'member'", name="ck_team_members_leaders_are_members"
        ),
        sa.CheckConstraint(
            "state IN ('asked', 'invited', 'member', 'left')", name="ck_team_members_known_state"
        ),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["residents.id"], name="fk_team_members_resident_id_residents"
        ),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name="fk_team_members_team_id_teams"),
        sa.PrimaryKeyConstraint("team_id", "resident_id", name="pk_team_members"),
    )
    op.create_index("ix_team_members_resident_id_state", "team_members", ["resident_id", "state"])
    for table in APPEND_ONLY:
        forbid_updates(table)


def forbid_updates(table: str) -> None:
    """Let the database itself refuse to rewrite history."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"""CREATE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RAISE EXCEPTION '{table} is append-only'; END $$"""
        )
        op.execute(
            f"""CREATE TRIGGER {table}_append_only BEFORE UPDATE ON {table}
            FOR EACH ROW EXECUTE FUNCTION {table}_append_only()"""
        )
    else:
        op.execute(
            f"""CREATE TRIGGER {table}_append_only BEFORE UPDATE ON {table}
            BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"""
        )


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        for table in APPEND_ONLY:
            op.execute(f"DROP FUNCTION {table}_append_only()")
