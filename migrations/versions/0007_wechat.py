"""Share WeChat's access token between the processes, and know a push that came before."""

import sqlalchemy as sa
from alembic import op

from app.core.db import UtcDateTime

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "wechat_tokens",
        sa.Column("id", ID, primary_key=True),
        sa.Column("appid", sa.String(64), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=True),
        sa.Column("expires_at", UtcDateTime(), nullable=True),
        sa.Column("version", ID, nullable=False),
        sa.Column("lease", sa.String(32), nullable=True),
        sa.Column("leased_until", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_wechat_tokens"),
        sa.UniqueConstraint("appid", name="uq_wechat_tokens_appid"),
    )
    op.create_table(
        "wechat_pushes",
        sa.Column("id", ID, primary_key=True),
        sa.Column("push", sa.String(64), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_wechat_pushes"),
        sa.UniqueConstraint("push", name="uq_wechat_pushes_push"),
    )
    op.create_index("ix_wechat_pushes_at", "wechat_pushes", ["at"])


def downgrade() -> None:
    op.drop_table("wechat_pushes")
    op.drop_table("wechat_tokens")
