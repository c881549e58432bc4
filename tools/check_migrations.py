"""Refuse tables that no migration makes: `python -m tools.check_migrations`."""

import sys
import tempfile
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask_migrate import upgrade

from app.config import ROOT, Settings
from app.core.db import db
from app.factory import create_app


def main() -> int:
    """Compare a migrated database with the models. Return the exit status."""
    with tempfile.TemporaryDirectory() as folder:
        env = {"LINLI_ENV": "test", "LINLI_INSTANCE": folder}
        app = create_app(Settings.from_environment(env))
        with app.app_context():
            upgrade(directory=str(ROOT / "migrations"))
            differences = differing()
            db.engine.dispose()
    for difference in differences:
        print(difference, file=sys.stderr)
    heads = ScriptDirectory(str(Path(ROOT) / "migrations")).get_heads()
    if len(heads) != 1:
        print(f"one migration head, please, not {heads}", file=sys.stderr)
    return 1 if differences or len(heads) != 1 else 0


def differing() -> list[object]:
    """Return what the models have otherwise than the connected database."""
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, db.metadata))


if __name__ == "__main__":
    sys.exit(main())
