"""Computers that a phone lets in."""

import sqlalchemy as sa
from alembic import op

from app.core.db import UtcDateTime

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "desk_sign_ins",
        sa.Column("id", ID, nullable=False),
        sa.Column("code", sa.String(8), nullable=False),
        sa.Column("number", sa.String(2), nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("browser", sa.String(60), nullable=False),
        sa.Column("address", sa.String(45), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("resident_id", ID, nullable=True),
        sa.Column("sign_in_id", sa.String(43), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("seen_at", UtcDateTime(), nullable=True),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint(
            "state IN ('waiting', 'let_in', 'refused', 'open', 'ended')",
            name=op.f("ck_desk_sign_ins_known_state"),
        ),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["residents.id"], name=op.f("fk_desk_sign_ins_resident_id_residents")
        ),
        sa.ForeignKeyConstraint(
            ["sign_in_id"], ["sign_ins.id"], name=op.f("fk_desk_sign_ins_sign_in_id_sign_ins")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_desk_sign_ins")),
        sa.UniqueConstraint("code", name=op.f("uq_desk_sign_ins_code")),
        sa.UniqueConstraint("fingerprint", name=op.f("uq_desk_sign_ins_fingerprint")),
    )
    op.create_index("ix_desk_sign_ins_resident_id_id", "desk_sign_ins", ["resident_id", "id"])
    op.create_index(op.f("ix_desk_sign_ins_expires_at"), "desk_sign_ins", ["expires_at"])
    op.create_index(op.f("ix_desk_sign_ins_sign_in_id"), "desk_sign_ins", ["sign_in_id"])


def downgrade() -> None:
    op.drop_table("desk_sign_ins")
