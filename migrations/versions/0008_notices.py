"""Tell people: inboxes, what may be sent to phones, announcements."""

import sqlalchemy as sa
from alembic import op

from app.core.db import PlaceCode, UtcDateTime

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
UNREAD = sa.text("read_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "notices",
        sa.Column("id", ID, nullable=False),
        sa.Column("resident_id", ID, nullable=False),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("key", sa.String(80), nullable=False),
        sa.Column("about_kind", sa.String(16), nullable=True),
        sa.Column("about_id", ID, nullable=True),
        sa.Column("params", sa.JSON(), nullable=False),
        sa.Column("emergency", sa.Boolean(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("read_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["residents.id"], name="fk_notices_resident_id_residents"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_notices"),
        sa.UniqueConstraint("resident_id", "key", name="uq_notices_resident_id_key"),
    )
    op.create_index("ix_notices_resident_id_id", "notices", ["resident_id", "id"])
    op.create_index(
        "ix_notices_unread",
        "notices",
        ["resident_id", "id"],
        sqlite_where=UNREAD,
        postgresql_where=UNREAD,
    )
    op.create_index("ix_notices_read_at", "notices", ["read_at"])
    op.create_table(
        "message_quotas",
        sa.Column("resident_id", ID, nullable=False),
        sa.Column("template", sa.String(24), nullable=False),
        sa.Column("by_phone", ID, nullable=False),
        sa.Column("by_wechat", ID, nullable=False),
        sa.Column("spent", ID, nullable=False),
        sa.Column("answer", sa.String(8), nullable=False),
        sa.Column("answered_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("spent >= 0", name="ck_message_quotas_spent_some"),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["residents.id"], name="fk_message_quotas_resident_id_residents"
        ),
        sa.PrimaryKeyConstraint("resident_id", "template", name="pk_message_quotas"),
    )
    op.create_table(
        "muted_kinds",
        sa.Column("resident_id", ID, nullable=False),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["residents.id"], name="fk_muted_kinds_resident_id_residents"
        ),
        sa.PrimaryKeyConstraint("resident_id", "kind", name="pk_muted_kinds"),
    )
    op.create_table(
        "announcements",
        sa.Column("id", ID, nullable=False),
        sa.Column("place_code", PlaceCode(), nullable=False),
        sa.Column("place_name", sa.String(80), nullable=False),
        sa.Column("author_id", ID, nullable=False),
        sa.Column("title", sa.String(20), nullable=False),
        sa.Column("body", sa.String(500), nullable=False),
        sa.Column("emergency", sa.Boolean(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("reached", ID, nullable=False),
        sa.Column("told", ID, nullable=False),
        sa.Column("finished_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["author_id"], ["residents.id"], name="fk_announcements_author_id_residents"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_announcements"),
    )
    op.create_index("ix_announcements_place_code_id", "announcements", ["place_code", "id"])


def downgrade() -> None:
    for table in ("announcements", "muted_kinds", "message_quotas", "notices"):
        op.drop_table(table)
