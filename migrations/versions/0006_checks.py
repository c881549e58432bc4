"""Keep whether texts and photos may be shown to others, and by when an answer is owed."""

import sqlalchemy as sa
from alembic import op

from app.core.db import UtcDateTime

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
CHECKING = sa.text("check_state = 'checking'")


def upgrade() -> None:
    # What is there was shown before anybody checked, and stays so.
    passed = {"nullable": False, "server_default": "passed"}
    op.add_column("photos", sa.Column("check_state", sa.String(10), **passed))
    op.add_column("photos", sa.Column("trace_id", sa.String(128), nullable=True))
    op.add_column("photos", sa.Column("asked_at", UtcDateTime(), nullable=True))
    op.add_column("photos", sa.Column("times_asked", ID, nullable=False, server_default="0"))
    op.create_index("ix_photos_trace_id", "photos", ["trace_id"])
    op.create_index(
        "ix_photos_checking",
        "photos",
        ["asked_at"],
        sqlite_where=CHECKING,
        postgresql_where=CHECKING,
    )
    op.add_column("hazards", sa.Column("text_state", sa.String(10), **passed))
    op.add_column("hazards", sa.Column("order_by", UtcDateTime(), nullable=True))
    op.create_table(
        "note_checks",
        sa.Column("hazard_id", ID, nullable=False),
        sa.Column("seq", ID, nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.ForeignKeyConstraint(
            ["hazard_id"], ["hazards.id"], name="fk_note_checks_hazard_id_hazards"
        ),
        sa.PrimaryKeyConstraint("hazard_id", "seq", name="pk_note_checks"),
    )


def downgrade() -> None:
    op.drop_table("note_checks")
    for column in ("order_by", "text_state"):
        op.drop_column("hazards", column)
    op.drop_index("ix_photos_checking", "photos")
    op.drop_index("ix_photos_trace_id", "photos")
    for column in ("times_asked", "asked_at", "trace_id", "check_state"):
        op.drop_column("photos", column)
