"""Who is asked what right now, found by the person; and a mark that changes with the bank."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

OPEN = sa.text("finished_at IS NULL")


def upgrade() -> None:
    op.create_index(
        "ix_quiz_attempts_running",
        "quiz_attempts",
        ["resident_id", "deadline"],
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )
    op.create_table(
        "quiz_bank_marks",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("mark", sa.String(length=24), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_quiz_bank_marks"),
    )


def downgrade() -> None:
    op.drop_table("quiz_bank_marks")
    op.drop_index("ix_quiz_attempts_running", table_name="quiz_attempts")
