"""Two indexes less for every answer: nothing was ever looked up by them."""

from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_quiz_answers_version_id", table_name="quiz_answers")
    op.drop_index("ix_quiz_cards_resident_id_due", table_name="quiz_cards")


def downgrade() -> None:
    op.create_index("ix_quiz_cards_resident_id_due", "quiz_cards", ["resident_id", "due"])
    op.create_index("ix_quiz_answers_version_id", "quiz_answers", ["version_id"])
