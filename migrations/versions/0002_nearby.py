"""What is near: by the narrow band of latitude, read from the index alone."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_hazards_nearby", "hazards", ["community_code", "lat", "lon", "state"])


def downgrade() -> None:
    op.drop_index("ix_hazards_nearby", "hazards")
