"""Quizzes: questions and their versions, the daily five, streaks, and what is remembered."""

import sqlalchemy as sa
from alembic import op

from app.core.db import PlaceCode, UtcDateTime

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

FIXED = {
    "quiz_versions": " OF id, question_id, number, kind, topic, difficulty, content, solution,"
    " photo_id, digest, author_id, created_at",
    "quiz_version_moves": "",
    "quiz_answers": "",
    "quiz_reviews": "",
}
"""Tables that are only added to, and the columns that may not change (none named: none may)."""


def upgrade() -> None:
    op.create_table(
        "quiz_days",
        sa.Column("place_code", PlaceCode(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("questions", sa.JSON(), nullable=False),
        sa.Column("versions", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("place_code", "day", name="pk_quiz_days"),
    )
    op.create_table(
        "quiz_figures",
        sa.Column("version_id", ID, autoincrement=False, nullable=False),
        sa.Column("answers", ID, nullable=False),
        sa.Column("facility", sa.Double(), nullable=False),
        sa.Column("discrimination", sa.Double(), nullable=True),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("flags", sa.JSON(), nullable=False),
        sa.Column("flagged", sa.Boolean(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("version_id", name="pk_quiz_figures"),
    )
    op.create_table(
        "quiz_questions",
        sa.Column("id", ID, nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("place_code", PlaceCode(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_quiz_questions"),
        sa.UniqueConstraint("key", name="uq_quiz_questions_key"),
    )
    op.create_index("ix_quiz_questions_place_code_id", "quiz_questions", ["place_code", "id"])
    op.create_table(
        "quiz_attempts",
        sa.Column("id", ID, nullable=False),
        sa.Column("resident_id", ID, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("place_code", PlaceCode(), nullable=False),
        sa.Column("versions", sa.JSON(), nullable=False),
        sa.Column("started_at", UtcDateTime(), nullable=False),
        sa.Column("deadline", UtcDateTime(), nullable=False),
        sa.Column("finished_at", UtcDateTime(), nullable=True),
        sa.Column("answered", ID, nullable=False),
        sa.Column("counted", ID, nullable=False),
        sa.Column("right_count", ID, nullable=False),
        sa.Column("points", ID, nullable=False),
        sa.Column("pledged_id", ID, nullable=True),
        sa.CheckConstraint(
            "counted BETWEEN 0 AND answered", name="ck_quiz_attempts_counted_are_answered"
        ),
        sa.CheckConstraint(
            "right_count BETWEEN 0 AND counted", name="ck_quiz_attempts_right_are_counted"
        ),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["residents.id"], name="fk_quiz_attempts_resident_id_residents"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_quiz_attempts"),
        sa.UniqueConstraint("resident_id", "day", name="uq_quiz_attempts_resident_id_day"),
    )
    op.create_index(
        "ix_quiz_attempts_open",
        "quiz_attempts",
        ["deadline"],
        sqlite_where=sa.text("finished_at IS NULL"),
        postgresql_where=sa.text("finished_at IS NULL"),
    )
    op.create_table(
        "quiz_cards",
        sa.Column("resident_id", ID, nullable=False),
        sa.Column("question_id", ID, nullable=False),
        sa.Column("topic", sa.String(length=16), nullable=False),
        sa.Column("stability", sa.Double(), nullable=False),
        sa.Column("difficulty", sa.Double(), nullable=False),
        sa.Column("due", UtcDateTime(), nullable=False),
        sa.Column("last_review", UtcDateTime(), nullable=False),
        sa.Column("last_rating", ID, nullable=False),
        sa.Column("reviews", ID, nullable=False),
        sa.Column("lapses", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"], ["quiz_questions.id"], name="fk_quiz_cards_question_id_quiz_questions"
        ),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["residents.id"], name="fk_quiz_cards_resident_id_residents"
        ),
        sa.PrimaryKeyConstraint("resident_id", "question_id", name="pk_quiz_cards"),
    )
    op.create_index("ix_quiz_cards_resident_id_due", "quiz_cards", ["resident_id", "due"])
    op.create_table(
        "quiz_imports",
        sa.Column("id", ID, nullable=False),
        sa.Column("resident_id", ID, nullable=False),
        sa.Column("place_code", PlaceCode(), nullable=False),
        sa.Column("format", sa.String(length=12), nullable=False),
        sa.Column("file_name", sa.String(length=120), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("total", ID, nullable=False),
        sa.Column("done", ID, nullable=False),
        sa.Column("accepted", ID, nullable=False),
        sa.Column("refused", ID, nullable=False),
        sa.Column("report", sa.JSON(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("finished_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["residents.id"], name="fk_quiz_imports_resident_id_residents"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_quiz_imports"),
    )
    op.create_index("ix_quiz_imports_place_code_id", "quiz_imports", ["place_code", "id"])
    op.create_table(
        "quiz_streaks",
        sa.Column("resident_id", ID, nullable=False),
        sa.Column("length", ID, nullable=False),
        sa.Column("longest", ID, nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("free_used", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["residents.id"], name="fk_quiz_streaks_resident_id_residents"
        ),
        sa.PrimaryKeyConstraint("resident_id", name="pk_quiz_streaks"),
    )
    op.create_table(
        "quiz_versions",
        sa.Column("id", ID, nullable=False),
        sa.Column("question_id", ID, nullable=False),
        sa.Column("number", ID, nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("topic", sa.String(length=16), nullable=False),
        sa.Column("difficulty", ID, nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("solution", sa.JSON(), nullable=False),
        sa.Column("photo_id", sa.String(length=43), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("author_id", ID, nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("moves_made", ID, nullable=False),
        sa.CheckConstraint(
            "(kind = 'picture') = (photo_id IS NOT NULL)", name="ck_quiz_versions_picture_has_one"
        ),
        sa.CheckConstraint(
            "kind IN ('true_false', 'single', 'multiple', 'ordering', 'picture')",
            name="ck_quiz_versions_known_kind",
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'in_review', 'published', 'retired')",
            name="ck_quiz_versions_known_state",
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["residents.id"], name="fk_quiz_versions_author_id_residents"
        ),
        sa.ForeignKeyConstraint(
            ["photo_id"], ["photos.id"], name="fk_quiz_versions_photo_id_photos"
        ),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["quiz_questions.id"],
            name="fk_quiz_versions_question_id_quiz_questions",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_quiz_versions"),
        sa.UniqueConstraint("question_id", "number", name="uq_quiz_versions_question_id_number"),
    )
    op.create_index("ix_quiz_versions_state_topic_id", "quiz_versions", ["state", "topic", "id"])
    op.create_index(
        "uq_quiz_versions_published",
        "quiz_versions",
        ["question_id"],
        unique=True,
        sqlite_where=sa.text("state = 'published'"),
        postgresql_where=sa.text("state = 'published'"),
    )
    op.create_table(
        "quiz_answers",
        sa.Column("attempt_id", ID, nullable=False),
        sa.Column("version_id", ID, nullable=False),
        sa.Column("chosen", sa.JSON(), nullable=False),
        sa.Column("correct", sa.Boolean(), nullable=False),
        sa.Column("counted", sa.Boolean(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["quiz_attempts.id"], name="fk_quiz_answers_attempt_id_quiz_attempts"
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["quiz_versions.id"], name="fk_quiz_answers_version_id_quiz_versions"
        ),
        sa.PrimaryKeyConstraint("attempt_id", "version_id", name="pk_quiz_answers"),
    )
    op.create_index("ix_quiz_answers_version_id", "quiz_answers", ["version_id"])
    op.create_table(
        "quiz_reviews",
        sa.Column("id", ID, nullable=False),
        sa.Column("resident_id", ID, nullable=False),
        sa.Column("question_id", ID, nullable=False),
        sa.Column("version_id", ID, nullable=False),
        sa.Column("client_uuid", sa.String(length=64), nullable=False),
        sa.Column("ticket", sa.String(length=64), nullable=False),
        sa.Column("origin", sa.String(length=8), nullable=False),
        sa.Column("chosen", sa.JSON(), nullable=False),
        sa.Column("correct", sa.Boolean(), nullable=False),
        sa.Column("hinted", sa.Boolean(), nullable=False),
        sa.Column("seconds", ID, nullable=True),
        sa.Column("rating", ID, nullable=False),
        sa.Column("answered_at", UtcDateTime(), nullable=False),
        sa.Column("received_at", UtcDateTime(), nullable=False),
        sa.Column("stability", sa.Double(), nullable=True),
        sa.Column("difficulty", sa.Double(), nullable=True),
        sa.Column("points", ID, nullable=False),
        sa.CheckConstraint("rating BETWEEN 1 AND 4", name="ck_quiz_reviews_known_rating"),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["quiz_questions.id"],
            name="fk_quiz_reviews_question_id_quiz_questions",
        ),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["residents.id"], name="fk_quiz_reviews_resident_id_residents"
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["quiz_versions.id"], name="fk_quiz_reviews_version_id_quiz_versions"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_quiz_reviews"),
        sa.UniqueConstraint(
            "resident_id", "client_uuid", name="uq_quiz_reviews_resident_id_client_uuid"
        ),
        sa.UniqueConstraint("resident_id", "ticket", name="uq_quiz_reviews_resident_id_ticket"),
    )
    op.create_index(
        "ix_quiz_reviews_resident_id_question_id", "quiz_reviews", ["resident_id", "question_id"]
    )
    op.create_index("ix_quiz_reviews_version_id", "quiz_reviews", ["version_id"])
    op.create_table(
        "quiz_version_moves",
        sa.Column("version_id", ID, nullable=False),
        sa.Column("seq", ID, nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("move", sa.String(length=16), nullable=False),
        sa.Column("from_state", sa.String(length=10), nullable=True),
        sa.Column("to_state", sa.String(length=10), nullable=False),
        sa.Column("actor_id", ID, nullable=True),
        sa.Column("note", sa.String(length=500), nullable=True),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["residents.id"], name="fk_quiz_version_moves_actor_id_residents"
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["quiz_versions.id"],
            name="fk_quiz_version_moves_version_id_quiz_versions",
        ),
        sa.PrimaryKeyConstraint("version_id", "seq", name="pk_quiz_version_moves"),
    )
    for table, columns in FIXED.items():
        keep(table, columns)


def keep(table: str, columns: str) -> None:
    """Let the database itself refuse to rewrite what was asked and answered, or to lose it."""
    changes = f"UPDATE{columns}"
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"""CREATE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RAISE EXCEPTION '{table} is append-only'; END $$"""
        )
        op.execute(
            f"""CREATE TRIGGER {table}_append_only BEFORE {changes} OR DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION {table}_append_only()"""
        )
        return
    for name, event in (("append_only", changes), ("kept", "DELETE")):
        op.execute(
            f"""CREATE TRIGGER {table}_{name} BEFORE {event} ON {table}
            BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"""
        )


def downgrade() -> None:
    for table in (
        "quiz_version_moves",
        "quiz_reviews",
        "quiz_answers",
        "quiz_versions",
        "quiz_streaks",
        "quiz_imports",
        "quiz_cards",
        "quiz_attempts",
        "quiz_questions",
        "quiz_figures",
        "quiz_days",
    ):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        for table in FIXED:
            op.execute(f"DROP FUNCTION {table}_append_only()")
