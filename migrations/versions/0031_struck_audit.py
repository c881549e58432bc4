"""A line of the audit from which an erased name is struck is shown otherwise; see 0028."""

from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

NAME = "audit_entries_marked_audit"
LINE = (
    "INSERT INTO place_changes (place_code, topic) SELECT substr(NEW.place_code, 1, 15), 'audit';"
)


def upgrade() -> None:
    if op.get_bind().dialect.name != "postgresql":
        op.execute(f"CREATE TRIGGER {NAME}_update AFTER UPDATE ON audit_entries BEGIN {LINE} END")
        return
    op.execute(
        f"""CREATE FUNCTION {NAME}_update() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN {LINE} RETURN NULL; END $$"""
    )
    op.execute(
        f"""CREATE TRIGGER {NAME}_update AFTER UPDATE ON audit_entries
        FOR EACH ROW EXECUTE FUNCTION {NAME}_update()"""
    )


def downgrade() -> None:
    if op.get_bind().dialect.name != "postgresql":
        op.execute(f"DROP TRIGGER {NAME}_update")
        return
    op.execute(f"DROP TRIGGER {NAME}_update ON audit_entries")
    op.execute(f"DROP FUNCTION {NAME}_update()")
