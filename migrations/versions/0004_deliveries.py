"""Keep what must reach the outside, and for which request all this is done."""

import sqlalchemy as sa
from alembic import op

from app.core.db import UtcDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WAITING = sa.text("state = 'waiting'")
LEASED = sa.text("state = 'leased'")
SETTLED = sa.text("settled_at IS NOT NULL")


def upgrade() -> None:
    op.add_column("outbox_events", sa.Column("request_id", sa.String(64), nullable=True))
    op.create_table(
        "deliveries",
        sa.Column("id", ID, primary_key=True),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("key", sa.String(120), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("request_id", sa.String(64), nullable=True),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("lease_until", UtcDateTime(), nullable=True),
        sa.Column("worker", sa.String(32), nullable=True),
        sa.Column("attempts", ID, nullable=False),
        sa.Column("reason", sa.String(200), nullable=True),
        sa.Column("settled_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_deliveries"),
        sa.UniqueConstraint("kind", "key", name="uq_deliveries_kind_key"),
    )
    op.create_index(
        "ix_deliveries_due",
        "deliveries",
        ["due_at", "id"],
        sqlite_where=WAITING,
        postgresql_where=WAITING,
    )
    op.create_index(
        "ix_deliveries_leased",
        "deliveries",
        ["lease_until"],
        sqlite_where=LEASED,
        postgresql_where=LEASED,
    )
    op.create_index(
        "ix_deliveries_settled",
        "deliveries",
        ["state", "settled_at"],
        sqlite_where=SETTLED,
        postgresql_where=SETTLED,
    )


def downgrade() -> None:
    op.drop_table("deliveries")
    op.drop_column("outbox_events", "request_id")
