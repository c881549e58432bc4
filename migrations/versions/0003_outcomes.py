"""Keep in the history how a case was closed: figures of past months must stand."""

import sqlalchemy as sa
from alembic import op

from app.core.db import UtcDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("hazard_moves", sa.Column("due_at", UtcDateTime(), nullable=True))
    op.add_column("hazard_moves", sa.Column("handled_at", UtcDateTime(), nullable=True))
    op.create_index("ix_hazard_moves_at_hazard_id", "hazard_moves", ["at", "hazard_id"])


def downgrade() -> None:
    op.drop_index("ix_hazard_moves_at_hazard_id", "hazard_moves")
    op.drop_column("hazard_moves", "handled_at")
    op.drop_column("hazard_moves", "due_at")
