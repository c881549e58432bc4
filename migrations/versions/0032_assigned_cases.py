"""The cases that somebody was ever handed: looked up whenever a name changes, see 0028."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

ASSIGNED = sa.text("assignee_id IS NOT NULL")


def upgrade() -> None:
    op.create_index(
        "ix_hazards_assigned",
        "hazards",
        ["assignee_id", "community_code"],
        sqlite_where=ASSIGNED,
        postgresql_where=ASSIGNED,
    )


def downgrade() -> None:
    op.drop_index("ix_hazards_assigned", table_name="hazards")
