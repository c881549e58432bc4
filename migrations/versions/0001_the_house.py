"""The house: places, people, photos, hazards, and the engine under them."""

import sqlalchemy as sa
from alembic import op

from app.core.db import PlaceCode, UtcDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


APPEND_ONLY = ("hazard_moves", "consents")


def upgrade() -> None:
    op.create_table(
        "case_numbers",
        sa.Column("prefix", sa.String(length=6), nullable=False),
        sa.Column("day", sa.String(length=8), nullable=False),
        sa.Column("last", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.PrimaryKeyConstraint("prefix", "day", name=op.f("pk_case_numbers")),
    )
    op.create_table(
        "hazard_categories",
        sa.Column("code", sa.String(length=24), nullable=False),
        sa.Column("position", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name_zh", sa.String(length=40), nullable=False),
        sa.Column("name_en", sa.String(length=60), nullable=False),
        sa.Column("hint_zh", sa.String(length=200), nullable=False),
        sa.Column("hint_en", sa.String(length=200), nullable=False),
        sa.Column("emergency_zh", sa.String(length=200), nullable=True),
        sa.Column("emergency_en", sa.String(length=200), nullable=True),
        sa.Column("severity", sa.String(length=2), nullable=False),
        sa.Column("clock", sa.String(length=12), nullable=False),
        sa.Column("limit", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_hazard_categories")),
    )
    op.create_table(
        "idempotency_keys",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "resident_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("key", sa.String(length=128), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("answer", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_idempotency_keys")),
        sa.UniqueConstraint("resident_id", "key", name=op.f("uq_idempotency_keys_resident_id_key")),
    )
    op.create_index(
        op.f("ix_idempotency_keys_created_at"), "idempotency_keys", ["created_at"], unique=False
    )
    op.create_table(
        "job_runs",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("job", sa.String(length=80), nullable=False),
        sa.Column("slot", UtcDateTime(), nullable=False),
        sa.Column("started_at", UtcDateTime(), nullable=False),
        sa.Column("finished_at", UtcDateTime(), nullable=True),
        sa.Column("failure", sa.String(length=400), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job_runs")),
        sa.UniqueConstraint("job", "slot", name=op.f("uq_job_runs_job_slot")),
    )
    op.create_index(op.f("ix_job_runs_slot"), "job_runs", ["slot"], unique=False)
    op.create_table(
        "outbox_events",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("occurred_at", UtcDateTime(), nullable=False),
        sa.Column("try_at", UtcDateTime(), nullable=False),
        sa.Column("attempts", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("delivered_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_events")),
    )
    op.create_index(
        "ix_outbox_events_due",
        "outbox_events",
        ["try_at", "id"],
        unique=False,
        sqlite_where=sa.text("delivered_at IS NULL"),
        postgresql_where=sa.text("delivered_at IS NULL"),
    )
    op.create_table(
        "photos",
        sa.Column("id", sa.String(length=43), nullable=False),
        sa.Column("owner_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("width", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("height", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("attached_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_photos")),
    )
    op.create_index(op.f("ix_photos_attached_at"), "photos", ["attached_at"], unique=False)
    op.create_index(op.f("ix_photos_owner_id"), "photos", ["owner_id"], unique=False)
    op.create_table(
        "place_revisions",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("token", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place_revisions")),
    )
    op.create_table(
        "places",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", PlaceCode(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("parent_code", PlaceCode(), nullable=True),
        sa.Column("lat", sa.Double(), nullable=True),
        sa.Column("lon", sa.Double(), nullable=True),
        sa.Column("number_prefix", sa.String(length=6), nullable=True),
        sa.Column("outline", sa.JSON(none_as_null=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_places")),
        sa.UniqueConstraint("code", name=op.f("uq_places_code")),
    )
    op.create_index("ix_places_kind_code", "places", ["kind", "code"], unique=False)
    op.create_index(op.f("ix_places_parent_code"), "places", ["parent_code"], unique=False)
    op.create_table(
        "residents",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("openid", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("letter_size", sa.String(length=8), nullable=False),
        sa.Column("consent_version", sa.String(length=16), nullable=True),
        sa.Column("consent_at", UtcDateTime(), nullable=True),
        sa.Column("sealed_phone", sa.String(length=200), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_residents")),
        sa.UniqueConstraint("openid", name=op.f("uq_residents_openid")),
    )
    op.create_table(
        "consents",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "resident_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("version", sa.String(length=16), nullable=False),
        sa.Column("given_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["residents.id"], name=op.f("fk_consents_resident_id_residents")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consents")),
    )
    op.create_index(op.f("ix_consents_resident_id"), "consents", ["resident_id"], unique=False)
    op.create_table(
        "hazards",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("version", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.String(length=24), nullable=False),
        sa.Column("category", sa.String(length=24), nullable=False),
        sa.Column("severity", sa.String(length=2), nullable=False),
        sa.Column("description", sa.String(length=2000), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=True),
        sa.Column("lat", sa.Double(), nullable=False),
        sa.Column("lon", sa.Double(), nullable=False),
        sa.Column("place_code", PlaceCode(), nullable=False),
        sa.Column("place_name", sa.String(length=80), nullable=False),
        sa.Column("community_code", PlaceCode(), nullable=False),
        sa.Column(
            "reporter_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("anonymous", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column(
            "assignee_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("reported_at", UtcDateTime(), nullable=False),
        sa.Column("accept_by", UtcDateTime(), nullable=False),
        sa.Column("expected_by", UtcDateTime(), nullable=False),
        sa.Column("accepted_at", UtcDateTime(), nullable=True),
        sa.Column("running_since", UtcDateTime(), nullable=True),
        sa.Column("due_at", UtcDateTime(), nullable=True),
        sa.Column("act_by", UtcDateTime(), nullable=True),
        sa.Column("suspended_at", UtcDateTime(), nullable=True),
        sa.Column("suspended_until", UtcDateTime(), nullable=True),
        sa.Column("suspension_note", sa.String(length=2000), nullable=True),
        sa.Column("suspension_approved", sa.Boolean(), nullable=False),
        sa.Column("handled_at", UtcDateTime(), nullable=True),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.Column("rating", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("solved", sa.Boolean(), nullable=True),
        sa.Column("appealed", sa.Boolean(), nullable=False),
        sa.Column(
            "moves_made", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "photo_count", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("first_photo_id", sa.String(length=43), nullable=True),
        sa.CheckConstraint(
            "state IN ('reported', 'accepted', 'declined', 'withdrawn', 'assigned', "
            "'handling', 'suspended', 'handled', 'closed')",
            name=op.f("ck_hazards_known_state"),
        ),
        sa.CheckConstraint("rating BETWEEN 1 AND 5", name=op.f("ck_hazards_rating_in_range")),
        sa.ForeignKeyConstraint(
            ["assignee_id"], ["residents.id"], name=op.f("fk_hazards_assignee_id_residents")
        ),
        sa.ForeignKeyConstraint(
            ["category"],
            ["hazard_categories.code"],
            name=op.f("fk_hazards_category_hazard_categories"),
        ),
        sa.ForeignKeyConstraint(
            ["first_photo_id"], ["photos.id"], name=op.f("fk_hazards_first_photo_id_photos")
        ),
        sa.ForeignKeyConstraint(
            ["reporter_id"], ["residents.id"], name=op.f("fk_hazards_reporter_id_residents")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hazards")),
        sa.UniqueConstraint("number", name=op.f("uq_hazards_number")),
    )
    op.create_index(
        "ix_hazards_assignee_owed",
        "hazards",
        ["assignee_id", "act_by", "id"],
        unique=False,
        sqlite_where=sa.text("act_by IS NOT NULL"),
        postgresql_where=sa.text("act_by IS NOT NULL"),
    )
    op.create_index(op.f("ix_hazards_closed_at"), "hazards", ["closed_at"], unique=False)
    op.create_index(
        "ix_hazards_community_code_id", "hazards", ["community_code", "id"], unique=False
    )
    op.create_index(
        "ix_hazards_community_code_reported_at",
        "hazards",
        ["community_code", "reported_at"],
        unique=False,
    )
    op.create_index(op.f("ix_hazards_due_at"), "hazards", ["due_at"], unique=False)
    op.create_index(
        "ix_hazards_owed",
        "hazards",
        ["act_by", "id"],
        unique=False,
        sqlite_where=sa.text("act_by IS NOT NULL"),
        postgresql_where=sa.text("act_by IS NOT NULL"),
    )
    op.create_index(
        "ix_hazards_owed_in_community",
        "hazards",
        ["community_code", "act_by", "id"],
        unique=False,
        sqlite_where=sa.text("act_by IS NOT NULL"),
        postgresql_where=sa.text("act_by IS NOT NULL"),
    )
    op.create_index("ix_hazards_place_code_id", "hazards", ["place_code", "id"], unique=False)
    op.create_index("ix_hazards_reporter_id_id", "hazards", ["reporter_id", "id"], unique=False)
    op.create_table(
        "held_roles",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "resident_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("place_code", PlaceCode(), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["residents.id"], name=op.f("fk_held_roles_resident_id_residents")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_held_roles")),
        sa.UniqueConstraint(
            "resident_id",
            "kind",
            "place_code",
            name=op.f("uq_held_roles_resident_id_kind_place_code"),
        ),
    )
    op.create_index(
        "ix_held_roles_place_code_kind", "held_roles", ["place_code", "kind"], unique=False
    )
    op.create_table(
        "outbox_receipts",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("event_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reaction", sa.String(length=120), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["outbox_events.id"],
            name=op.f("fk_outbox_receipts_event_id_outbox_events"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_receipts")),
        sa.UniqueConstraint(
            "event_id", "reaction", name=op.f("uq_outbox_receipts_event_id_reaction")
        ),
    )
    op.create_table(
        "residences",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "resident_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("place_code", PlaceCode(), nullable=False),
        sa.Column(
            "building_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("room", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("requested_at", UtcDateTime(), nullable=False),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column(
            "decided_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("note", sa.String(length=500), nullable=True),
        sa.CheckConstraint(
            "state IN ('requested', 'confirmed', 'refused', 'withdrawn')",
            name=op.f("ck_residences_known_state"),
        ),
        sa.ForeignKeyConstraint(
            ["building_id"], ["places.id"], name=op.f("fk_residences_building_id_places")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["residents.id"], name=op.f("fk_residences_decided_by_residents")
        ),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["residents.id"], name=op.f("fk_residences_resident_id_residents")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_residences")),
    )
    op.create_index("ix_residences_place_code_id", "residences", ["place_code", "id"], unique=False)
    op.create_index(op.f("ix_residences_resident_id"), "residences", ["resident_id"], unique=False)
    op.create_index(
        "uq_residences_one_confirmed",
        "residences",
        ["resident_id"],
        unique=True,
        sqlite_where=sa.text("state = 'confirmed'"),
        postgresql_where=sa.text("state = 'confirmed'"),
    )
    op.create_index(
        "uq_residences_one_requested",
        "residences",
        ["resident_id"],
        unique=True,
        sqlite_where=sa.text("state = 'requested'"),
        postgresql_where=sa.text("state = 'requested'"),
    )
    op.create_table(
        "sign_ins",
        sa.Column("id", sa.String(length=43), nullable=False),
        sa.Column(
            "resident_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("revoked_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["residents.id"], name=op.f("fk_sign_ins_resident_id_residents")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_ins")),
    )
    op.create_index(op.f("ix_sign_ins_resident_id"), "sign_ins", ["resident_id"], unique=False)
    op.create_table(
        "hazard_moves",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "hazard_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("move", sa.String(length=24), nullable=False),
        sa.Column("from_state", sa.String(length=12), nullable=True),
        sa.Column("to_state", sa.String(length=12), nullable=False),
        sa.Column("actor_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("actor_role", sa.String(length=16), nullable=False),
        sa.Column("note", sa.String(length=2000), nullable=True),
        sa.Column("rating", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("solved", sa.Boolean(), nullable=True),
        sa.Column("until", UtcDateTime(), nullable=True),
        sa.Column(
            "assignee_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["residents.id"], name=op.f("fk_hazard_moves_actor_id_residents")
        ),
        sa.ForeignKeyConstraint(
            ["assignee_id"], ["residents.id"], name=op.f("fk_hazard_moves_assignee_id_residents")
        ),
        sa.ForeignKeyConstraint(
            ["hazard_id"], ["hazards.id"], name=op.f("fk_hazard_moves_hazard_id_hazards")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hazard_moves")),
        sa.UniqueConstraint("hazard_id", "seq", name=op.f("uq_hazard_moves_hazard_id_seq")),
    )
    op.create_table(
        "hazard_photos",
        sa.Column("photo_id", sa.String(length=43), nullable=False),
        sa.Column(
            "hazard_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.ForeignKeyConstraint(
            ["hazard_id"], ["hazards.id"], name=op.f("fk_hazard_photos_hazard_id_hazards")
        ),
        sa.ForeignKeyConstraint(
            ["photo_id"], ["photos.id"], name=op.f("fk_hazard_photos_photo_id_photos")
        ),
        sa.PrimaryKeyConstraint("photo_id", name=op.f("pk_hazard_photos")),
    )
    op.create_index(
        "ix_hazard_photos_hazard_id_seq",
        "hazard_photos",
        ["hazard_id", "seq", "position"],
        unique=False,
    )
    op.create_table(
        "refresh_tokens",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("sign_in_id", sa.String(length=43), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("used_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["sign_in_id"], ["sign_ins.id"], name=op.f("fk_refresh_tokens_sign_in_id_sign_ins")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refresh_tokens")),
        sa.UniqueConstraint("fingerprint", name=op.f("uq_refresh_tokens_fingerprint")),
    )
    op.create_index(
        op.f("ix_refresh_tokens_expires_at"), "refresh_tokens", ["expires_at"], unique=False
    )
    op.create_index(
        op.f("ix_refresh_tokens_sign_in_id"), "refresh_tokens", ["sign_in_id"], unique=False
    )
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
    op.drop_index(op.f("ix_refresh_tokens_sign_in_id"), table_name="refresh_tokens")
    op.drop_index(op.f("ix_refresh_tokens_expires_at"), table_name="refresh_tokens")
    op.drop_table("refresh_tokens")
    op.drop_index("ix_hazard_photos_hazard_id_seq", table_name="hazard_photos")
    op.drop_table("hazard_photos")
    op.drop_table("hazard_moves")
    op.drop_index(op.f("ix_sign_ins_resident_id"), table_name="sign_ins")
    op.drop_table("sign_ins")
    op.drop_index(
        "uq_residences_one_requested",
        table_name="residences",
        sqlite_where=sa.text("state = 'requested'"),
        postgresql_where=sa.text("state = 'requested'"),
    )
    op.drop_index(
        "uq_residences_one_confirmed",
        table_name="residences",
        sqlite_where=sa.text("state = 'confirmed'"),
        postgresql_where=sa.text("state = 'confirmed'"),
    )
    op.drop_index(op.f("ix_residences_resident_id"), table_name="residences")
    op.drop_index("ix_residences_place_code_id", table_name="residences")
    op.drop_table("residences")
    op.drop_table("outbox_receipts")
    op.drop_index("ix_held_roles_place_code_kind", table_name="held_roles")
    op.drop_table("held_roles")
    op.drop_index("ix_hazards_reporter_id_id", table_name="hazards")
    op.drop_index("ix_hazards_place_code_id", table_name="hazards")
    op.drop_index(
        "ix_hazards_owed_in_community",
        table_name="hazards",
        sqlite_where=sa.text("act_by IS NOT NULL"),
        postgresql_where=sa.text("act_by IS NOT NULL"),
    )
    op.drop_index(
        "ix_hazards_owed",
        table_name="hazards",
        sqlite_where=sa.text("act_by IS NOT NULL"),
        postgresql_where=sa.text("act_by IS NOT NULL"),
    )
    op.drop_index(op.f("ix_hazards_due_at"), table_name="hazards")
    op.drop_index("ix_hazards_community_code_reported_at", table_name="hazards")
    op.drop_index("ix_hazards_community_code_id", table_name="hazards")
    op.drop_index(op.f("ix_hazards_closed_at"), table_name="hazards")
    op.drop_index(
        "ix_hazards_assignee_owed",
        table_name="hazards",
        sqlite_where=sa.text("act_by IS NOT NULL"),
        postgresql_where=sa.text("act_by IS NOT NULL"),
    )
    op.drop_table("hazards")
    op.drop_index(op.f("ix_consents_resident_id"), table_name="consents")
    op.drop_table("consents")
    op.drop_table("residents")
    op.drop_index(op.f("ix_places_parent_code"), table_name="places")
    op.drop_index("ix_places_kind_code", table_name="places")
    op.drop_table("places")
    op.drop_table("place_revisions")
    op.drop_index(op.f("ix_photos_owner_id"), table_name="photos")
    op.drop_index(op.f("ix_photos_attached_at"), table_name="photos")
    op.drop_table("photos")
    op.drop_index(
        "ix_outbox_events_due",
        table_name="outbox_events",
        sqlite_where=sa.text("delivered_at IS NULL"),
        postgresql_where=sa.text("delivered_at IS NULL"),
    )
    op.drop_table("outbox_events")
    op.drop_index(op.f("ix_job_runs_slot"), table_name="job_runs")
    op.drop_table("job_runs")
    op.drop_index(op.f("ix_idempotency_keys_created_at"), table_name="idempotency_keys")
    op.drop_table("idempotency_keys")
    op.drop_table("hazard_categories")
    op.drop_table("case_numbers")
    if op.get_bind().dialect.name == "postgresql":
        for table in APPEND_ONLY:
            op.execute(f"DROP FUNCTION {table}_append_only()")
