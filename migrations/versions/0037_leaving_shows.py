"""Who asks to go, or stays after all, is shown so where they are listed among those who serve."""

from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

NAME = "residents_marked_serving"
AFTER = "AFTER UPDATE OF erase_at ON residents"
NEAR = (
    "SELECT place_code FROM residences WHERE resident_id = NEW.id"
    " UNION SELECT place_code FROM liked_places WHERE resident_id = NEW.id"
    " UNION SELECT t.place_code FROM team_members m JOIN teams t ON t.id = m.team_id"
    " WHERE m.resident_id = NEW.id"
)
LINE = (
    "INSERT INTO place_changes (place_code, topic) SELECT substr(place_code, 1, 15), 'serving'"  # noqa: S608
    f" FROM ({NEAR}) theirs;"
)


def upgrade() -> None:
    if op.get_bind().dialect.name != "postgresql":
        op.execute(f"CREATE TRIGGER {NAME} {AFTER} BEGIN {LINE} END")
        return
    op.execute(
        f"""CREATE FUNCTION {NAME}() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN {LINE} RETURN NULL; END $$"""
    )
    op.execute(f"CREATE TRIGGER {NAME} {AFTER} FOR EACH ROW EXECUTE FUNCTION {NAME}()")


def downgrade() -> None:
    if op.get_bind().dialect.name != "postgresql":
        op.execute(f"DROP TRIGGER {NAME}")
        return
    op.execute(f"DROP TRIGGER {NAME} ON residents")
    op.execute(f"DROP FUNCTION {NAME}()")
