"""What has changed at which place, written down by the database itself; see ADR 0031."""

import sqlalchemy as sa
from alembic import op

from app.core.db import PlaceCode

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TOPIC = sa.String(length=12)
OWN = "{row}.place_code"
CASE = "SELECT place_code FROM hazards WHERE id = {row}.hazard_id"
HOME = "SELECT place_code FROM residences WHERE resident_id = {row}.resident_id"
EVERYWHERE = "''"
ALL = ("INSERT", "UPDATE", "DELETE")
MARKED = (
    ("hazards", "cases", OWN, ALL),
    ("hazard_moves", "cases", CASE, ALL),
    ("supervision_orders", "cases", OWN, ALL),
    ("hazard_categories", "cases", EVERYWHERE, ALL),
    ("participation_facts", "facts", OWN, ("INSERT",)),
    ("rollup_registered", "homes", EVERYWHERE, ALL),
    ("residences", "homes", OWN, ALL),
    ("volunteers", "homes", HOME, ("INSERT", "UPDATE OF birth_year", "DELETE")),
    ("shifts", "rounds", OWN, ALL),
    ("attendances", "rounds", OWN, ALL),
    ("walked_hours", "rounds", OWN, ALL),
    ("hour_entries", "rounds", OWN, ALL),
    ("teams", "rounds", EVERYWHERE, ("UPDATE OF name",)),
    ("committee_targets", "targets", OWN, ("INSERT",)),
    ("committee_settings", "settings", OWN, ALL),
    ("places", "places", "{row}.code", ALL),
)
"""Table, topic, where the place of a changed row is known from, and after what."""


def upgrade() -> None:
    op.create_table(
        "place_changes",
        sa.Column("id", ID, nullable=False),
        sa.Column("place_code", PlaceCode(), nullable=False),
        sa.Column("topic", TOPIC, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_place_changes"),
    )
    op.create_index("ix_place_changes_place_code_topic", "place_changes", ["place_code", "topic"])
    op.create_table(
        "place_marks",
        sa.Column("place_code", PlaceCode(), nullable=False),
        sa.Column("topic", TOPIC, nullable=False),
        sa.Column("own", ID, nullable=False),
        sa.Column("below", ID, nullable=False),
        sa.PrimaryKeyConstraint("place_code", "topic", name="pk_place_marks"),
    )
    postgresql = op.get_bind().dialect.name == "postgresql"
    for table, topic, code, events in MARKED:
        (mark_postgresql if postgresql else mark_sqlite)(table, topic, code, events)


def line(topic: str, code: str, row: str) -> str:
    """Return what writes down that a row was changed."""
    found = code.format(row=row)
    into = "INSERT INTO place_changes (place_code, topic) SELECT substr"
    if code.startswith("SELECT"):
        return f"{into}(place_code, 1, 15), '{topic}' FROM ({found}) theirs;"
    return f"{into}({found}, 1, 15), '{topic}';"


def lines(topic: str, code: str, event: str) -> str:
    """Return what writes down an event: a row that moves concerns both places."""
    if code == EVERYWHERE:
        return line(topic, code, "")
    if event == "DELETE":
        return line(topic, code, "OLD")
    if event == "INSERT" or code.startswith("SELECT"):
        return line(topic, code, "NEW")
    moved = f" WHERE {code.format(row='OLD')} <> {code.format(row='NEW')};"
    return line(topic, code, "NEW") + " " + line(topic, code, "OLD").replace(";", moved)


def mark_postgresql(table: str, topic: str, code: str, events: tuple[str, ...]) -> None:
    kinds = {event.split()[0] for event in events}
    if code == EVERYWHERE:
        body, each = line(topic, code, ""), "STATEMENT"
    else:
        told = (f"IF TG_OP = '{kind}' THEN {lines(topic, code, kind)} END IF;" for kind in kinds)
        body, each = " ".join(sorted(told)), "ROW"
    op.execute(
        f"""CREATE FUNCTION {table}_marked() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN {body} RETURN NULL; END $$"""
    )
    op.execute(
        f"""CREATE TRIGGER {table}_marked AFTER {" OR ".join(events)} ON {table}
        FOR EACH {each} EXECUTE FUNCTION {table}_marked()"""
    )


def mark_sqlite(table: str, topic: str, code: str, events: tuple[str, ...]) -> None:
    for event in events:
        kind = event.split()[0]
        name = f"{table}_marked_{kind.lower()}"
        body = lines(topic, code, kind)
        op.execute(f"CREATE TRIGGER {name} AFTER {event} ON {table} BEGIN {body} END")


def downgrade() -> None:
    postgresql = op.get_bind().dialect.name == "postgresql"
    for table, _, _, events in MARKED:
        if postgresql:
            op.execute(f"DROP TRIGGER {table}_marked ON {table}")
            op.execute(f"DROP FUNCTION {table}_marked()")
            continue
        for event in events:
            op.execute(f"DROP TRIGGER {table}_marked_{event.split()[0].lower()}")
    op.drop_table("place_marks")
    op.drop_table("place_changes")
