"""People may go: who asked to, copies of their data, and names struck out of histories."""

import sqlalchemy as sa
from alembic import op

from app.core.db import UtcDateTime

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

WORDS = {
    "audit_entries": (
        ("id", "at", "resident_id", "act", "place_code", "at_desk"),
        ("about", "note"),
    ),
    "hazard_moves": (
        (
            "id",
            "hazard_id",
            "seq",
            "at",
            "move",
            "from_state",
            "to_state",
            "actor_id",
            "actor_role",
            "rating",
            "solved",
            "until",
            "assignee_id",
            "due_at",
            "handled_at",
        ),
        ("note",),
    ),
    "hour_entries": (
        (
            "id",
            "resident_id",
            "shift_id",
            "place_code",
            "team_id",
            "title",
            "starts_at",
            "ends_at",
            "minutes",
            "at",
            "by_id",
            "reverses_id",
        ),
        ("reason",),
    ),
}
"""Tables of history: what never changes, and the words of which an erased name may be struck."""
LEAVING = sa.text("erase_at IS NOT NULL")


def upgrade() -> None:
    for name in ("leaving_at", "erase_at", "erased_at"):
        op.add_column("residents", sa.Column(name, UtcDateTime(), nullable=True))
    op.create_index(
        "ix_residents_erase_at",
        "residents",
        ["erase_at"],
        sqlite_where=LEAVING,
        postgresql_where=LEAVING,
    )
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "erasing",
        sa.Column("resident_id", number, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("resident_id", name=op.f("pk_erasing")),
    )
    op.create_table(
        "data_copies",
        sa.Column("id", number, nullable=False),
        sa.Column("resident_id", number, nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=True),
        sa.Column("name", sa.String(length=48), nullable=True),
        sa.Column("size", number, nullable=True),
        sa.Column("expires_at", UtcDateTime(), nullable=True),
        sa.Column("failed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["residents.id"], name=op.f("fk_data_copies_resident_id_residents")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_copies")),
    )
    op.create_index("ix_data_copies_resident_id_id", "data_copies", ["resident_id", "id"])
    op.create_index(op.f("ix_data_copies_expires_at"), "data_copies", ["expires_at"])
    for name, (fixed, words) in WORDS.items():
        open_words(name, fixed, words)


def open_words(table: str, fixed: tuple[str, ...], words: tuple[str, ...]) -> None:
    """Let the words of a history be changed by whoever erases somebody, and by nobody else."""
    if op.get_bind().dialect.name == "postgresql":
        same = " AND ".join(f"NEW.{name} IS NOT DISTINCT FROM OLD.{name}" for name in fixed)
        op.execute(
            f"""CREATE OR REPLACE FUNCTION {table}_append_only() RETURNS trigger
            LANGUAGE plpgsql AS $$ BEGIN
            IF TG_OP = 'UPDATE' AND EXISTS (SELECT 1 FROM erasing) AND {same}
            THEN RETURN NEW; END IF;
            RAISE EXCEPTION '{table} is append-only'; END $$"""  # noqa: S608 names of ours
        )
        return
    refuse = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    op.execute(f"DROP TRIGGER {table}_append_only")
    never = ", ".join(fixed)
    op.execute(f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OF {never} ON {table} {refuse}")
    op.execute(
        f"""CREATE TRIGGER {table}_words BEFORE UPDATE OF {", ".join(words)} ON {table}
        WHEN NOT EXISTS (SELECT 1 FROM erasing) {refuse}"""  # noqa: S608 names of ours
    )


def close_words(table: str, fixed: tuple[str, ...], words: tuple[str, ...]) -> None:
    """Let nobody change them again."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"""CREATE OR REPLACE FUNCTION {table}_append_only() RETURNS trigger
            LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{table} is append-only'; END $$"""
        )
        return
    # Of hours some columns may change; of the others none.
    columns = f" OF {', '.join((*fixed, *words))}" if table == "hour_entries" else ""
    op.execute(f"DROP TRIGGER {table}_words")
    op.execute(f"DROP TRIGGER {table}_append_only")
    op.execute(
        f"""CREATE TRIGGER {table}_append_only BEFORE UPDATE{columns} ON {table}
        BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"""
    )


def downgrade() -> None:
    for name, (fixed, words) in WORDS.items():
        close_words(name, fixed, words)
    op.drop_table("data_copies")
    op.drop_table("erasing")
    op.drop_index("ix_residents_erase_at", table_name="residents")
    for name in ("leaving_at", "erase_at", "erased_at"):
        op.drop_column("residents", name)
