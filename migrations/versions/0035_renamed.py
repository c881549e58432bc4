"""A place that is called otherwise is read elsewhere, too: where somebody from there serves."""

from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

NAME = "places_marked_serving"
AFTER = "AFTER UPDATE OF name ON places"
OTHERWISE = "WHEN (OLD.name <> NEW.name)"
LINE = (
    "INSERT INTO place_changes (place_code, topic) SELECT substr(place_code, 1, 15), 'serving'"
    " FROM (SELECT '' AS place_code) theirs;"
)


def upgrade() -> None:
    if op.get_bind().dialect.name != "postgresql":
        op.execute(f"CREATE TRIGGER {NAME} {AFTER} {OTHERWISE} BEGIN {LINE} END")
        return
    op.execute(
        f"""CREATE FUNCTION {NAME}() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN {LINE} RETURN NULL; END $$"""
    )
    op.execute(f"CREATE TRIGGER {NAME} {AFTER} FOR EACH ROW {OTHERWISE} EXECUTE FUNCTION {NAME}()")


def downgrade() -> None:
    if op.get_bind().dialect.name != "postgresql":
        op.execute(f"DROP TRIGGER {NAME}")
        return
    op.execute(f"DROP TRIGGER {NAME} ON places")
    op.execute(f"DROP FUNCTION {NAME}()")
