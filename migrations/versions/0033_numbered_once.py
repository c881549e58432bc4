"""Numbers that are named elsewhere are given once, also on SQLite, where the newest row may go.

Without AUTOINCREMENT it gives the number of a deleted newest row to the next one, which then
passes for what was told, doubted or shown under that number. PostgreSQL gives no number twice.
"""

from collections.abc import Callable

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

TABLES = (
    "campaign_certificates",
    "campaign_tries",
    "certificates",
    "challenges",
    "data_copies",
    "desk_sign_ins",
    "held_roles",
    "insurances",
    "notices",
    "residences",
    "roster_proposals",
    "round_appeals",
    "round_flags",
    "trainings",
)
COUNTED = "\tid INTEGER NOT NULL,"
ONCE = "\tid INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,"


def upgrade() -> None:
    for table in TABLES:
        rebuild(table, lambda words, key: once(words, COUNTED, ONCE, then=(key, "")))


def downgrade() -> None:
    for table in TABLES:
        rebuild(table, lambda words, key: once(words, ONCE, COUNTED)[:-1] + key + ")")


def once(words: str, old: str, new: str, then: tuple[str, str] | None = None) -> str:
    """Replace what stands in words once."""
    if words.count(old) != 1:
        message = f"{old!r} does not stand once in {words}"
        raise ValueError(message)
    words = words.replace(old, new)
    return once(words, *then) if then else words


def rebuild(table: str, reworded: Callable[[str, str], str]) -> None:
    """Make a table of SQLite anew by other words, with its rows, indexes and triggers.

    Under its own name: so no other table, nor any trigger of one, is changed by it. What names
    its rows has to wait for them until the end.
    """
    database = op.get_bind()
    if database.dialect.name != "sqlite":
        return
    said = sa.text(
        "SELECT type, sql FROM sqlite_master WHERE tbl_name = :table AND sql IS NOT NULL"
        " ORDER BY rowid"
    )
    made = database.execute(said, {"table": table}).all()
    (words,) = (row.sql for row in made if row.type == "table")
    key = f", \n\tCONSTRAINT pk_{table} PRIMARY KEY (id)"
    op.execute("PRAGMA defer_foreign_keys = ON")
    op.execute(f"CREATE TEMP TABLE rows_kept AS SELECT * FROM {table}")  # noqa: S608 our own names
    op.execute(f"DROP TABLE {table}")
    run(reworded(words, key))
    op.execute(f"INSERT INTO {table} SELECT * FROM rows_kept")  # noqa: S608 our own names
    op.execute("DROP TABLE rows_kept")
    for row in made:
        if row.type != "table":  # triggers last of all: the rows are none that came just now
            run(row.sql)


def run(words: str) -> None:
    """Say it as it stands: words of ours may have a colon, which is no parameter."""
    op.get_bind().exec_driver_sql(words)
