"""Find the cases whose supervision order is not answered yet by an index."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

ORDERED = sa.text("order_by IS NOT NULL")


def upgrade() -> None:
    op.create_index(
        "ix_hazards_ordered",
        "hazards",
        ["order_by", "id"],
        sqlite_where=ORDERED,
        postgresql_where=ORDERED,
    )


def downgrade() -> None:
    op.drop_index("ix_hazards_ordered", "hazards")
