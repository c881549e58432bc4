"""A new question is marked once, by the version that it comes with: without one no page shows it.

A file of ten thousand questions wrote two lines for each.
"""

from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

NAME = "quiz_questions_marked_bank"
LINE = (
    "INSERT INTO place_changes (place_code, topic) SELECT substr(place_code, 1, 15), 'bank'"
    " FROM (SELECT NEW.place_code AS place_code) theirs;"
)


def upgrade() -> None:
    if op.get_bind().dialect.name != "postgresql":
        op.execute(f"DROP TRIGGER {NAME}_insert")
        return
    mark("UPDATE OR DELETE")


def downgrade() -> None:
    if op.get_bind().dialect.name != "postgresql":
        op.execute(f"CREATE TRIGGER {NAME}_insert AFTER INSERT ON quiz_questions BEGIN {LINE} END")
        return
    mark("INSERT OR UPDATE OR DELETE")


def mark(events: str) -> None:
    """Let the same function write its lines after these events alone."""
    op.execute(f"DROP TRIGGER {NAME} ON quiz_questions")
    op.execute(
        f"CREATE TRIGGER {NAME} AFTER {events} ON quiz_questions"
        f" FOR EACH ROW EXECUTE FUNCTION {NAME}()"
    )
