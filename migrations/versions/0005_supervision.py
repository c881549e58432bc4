"""Watch over promises, ask for answers to orders, and again for those of reporters."""

import sqlalchemy as sa
from alembic import op

from app.core.db import PlaceCode, UtcDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WATCHED = sa.text("supervise_at IS NOT NULL")
WAITING = sa.text("state = 'handled'")


def upgrade() -> None:
    op.add_column("hazards", sa.Column("late_from", UtcDateTime(), nullable=True))
    op.add_column("hazards", sa.Column("supervise_at", UtcDateTime(), nullable=True))
    op.add_column("hazards", sa.Column("raised", ID, nullable=False, server_default="0"))
    op.add_column("hazards", sa.Column("reminded_at", UtcDateTime(), nullable=True))
    # The job looks at these at once, and finds out for itself when to look again.
    op.execute(
        "UPDATE hazards SET supervise_at = reported_at WHERE act_by IS NOT NULL"
        " AND NOT (state = 'suspended' AND suspension_approved)"
    )
    op.create_index(
        "ix_hazards_watched",
        "hazards",
        ["supervise_at", "id"],
        sqlite_where=WATCHED,
        postgresql_where=WATCHED,
    )
    op.create_index(
        "ix_hazards_waiting",
        "hazards",
        ["handled_at", "id"],
        sqlite_where=WAITING,
        postgresql_where=WAITING,
    )
    op.create_table(
        "supervision_orders",
        sa.Column("id", ID, nullable=False),
        sa.Column("hazard_id", ID, nullable=False),
        sa.Column("seq", ID, nullable=False),
        sa.Column("place_code", PlaceCode(), nullable=False),
        sa.Column("percent", ID, nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("raised_at", UtcDateTime(), nullable=False),
        sa.Column("answer_by", UtcDateTime(), nullable=False),
        sa.Column("ordered_id", ID, nullable=True),
        sa.Column("answer", sa.String(2000), nullable=True),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.Column("answered_by", ID, nullable=True),
        sa.ForeignKeyConstraint(
            ["hazard_id"], ["hazards.id"], name="fk_supervision_orders_hazard_id_hazards"
        ),
        sa.ForeignKeyConstraint(
            ["ordered_id"], ["residents.id"], name="fk_supervision_orders_ordered_id_residents"
        ),
        sa.ForeignKeyConstraint(
            ["answered_by"], ["residents.id"], name="fk_supervision_orders_answered_by_residents"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_supervision_orders"),
        sa.UniqueConstraint("hazard_id", "seq", name="uq_supervision_orders_hazard_id_seq"),
    )
    op.create_index(
        "ix_supervision_orders_place_code_raised_at",
        "supervision_orders",
        ["place_code", "raised_at"],
    )


def downgrade() -> None:
    op.drop_table("supervision_orders")
    op.drop_index("ix_hazards_waiting", "hazards")
    op.drop_index("ix_hazards_watched", "hazards")
    for column in ("reminded_at", "raised", "supervise_at", "late_from"):
        op.drop_column("hazards", column)
