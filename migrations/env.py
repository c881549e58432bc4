"""How Alembic reaches our database and our tables."""

from alembic import context
from flask import current_app

from app.core.db import WRITE, PlaceCode, UtcDateTime

database = current_app.extensions["migrate"].db


def render_item(kind, item, _autogenerate_context):
    """Write our own column types by their names."""
    if kind == "type" and isinstance(item, UtcDateTime | PlaceCode):
        return f"{type(item).__name__}()"
    return False


def skip_empty(_context, _revision, directives):
    """Write no revision where nothing changed."""
    if directives[0].upgrade_ops.is_empty():
        directives[:] = []


with database.engine.connect().execution_options(**{WRITE: True}) as connection:
    context.configure(
        connection=connection,
        target_metadata=database.metadata,
        render_item=render_item,
        process_revision_directives=skip_empty,
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()
