"""One index less for every answer, and one only for first answers.

Somebody's answers are found by the person; the figures of a question ask for first ones alone.
"""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

FIRST = sa.text("stability IS NULL")


def upgrade() -> None:
    op.drop_index("ix_quiz_reviews_resident_id_question_id", table_name="quiz_reviews")
    op.drop_index("ix_quiz_reviews_version_id", table_name="quiz_reviews")
    op.create_index(
        "ix_quiz_reviews_first",
        "quiz_reviews",
        ["version_id"],
        sqlite_where=FIRST,
        postgresql_where=FIRST,
    )


def downgrade() -> None:
    op.drop_index("ix_quiz_reviews_first", table_name="quiz_reviews")
    op.create_index("ix_quiz_reviews_version_id", "quiz_reviews", ["version_id"])
    op.create_index(
        "ix_quiz_reviews_resident_id_question_id", "quiz_reviews", ["resident_id", "question_id"]
    )
