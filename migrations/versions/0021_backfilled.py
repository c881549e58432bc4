"""A mark that what happened before there were facts was written down as facts."""

import sqlalchemy as sa
from alembic import op

from app.core.db import UtcDateTime

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("rollup_standing", sa.Column("backfilled_at", UtcDateTime(), nullable=True))


def downgrade() -> None:
    op.drop_column("rollup_standing", "backfilled_at")
