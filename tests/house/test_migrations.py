"""The way from an empty database to the models, and back, and there again."""

import pytest
from alembic.script import ScriptDirectory
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect, text

from app.config import ROOT
from app.core.db import db, read
from app.factory import create_app
from app.rollups import anew
from tests import databases
from tools.check_migrations import differing

MIGRATIONS = str(ROOT / "migrations")


@pytest.fixture(params=databases.ENGINES)
def empty_app(request, tmp_path):
    with databases.database(request.param, tmp_path) as url:
        app = create_app(databases.settings(url, "http://127.0.0.1:9", tmp_path))
        with app.app_context():
            yield app
            db.session.remove()
            db.engine.dispose()


def tables():
    return set(inspect(db.engine).get_table_names())


BUILT = {
    "sqlite": "SELECT type, name, replace(sql, '\"', '') FROM sqlite_master",
    "postgresql": "SELECT relname::text, reloptions::text, relacl::text FROM pg_class"
    " WHERE relnamespace = 'public'::regnamespace UNION ALL SELECT conname::text,"
    " conrelid::regclass::text, pg_get_constraintdef(oid) FROM pg_constraint UNION ALL"
    " SELECT tablename::text, indexname::text, indexdef FROM pg_indexes"
    " WHERE schemaname = 'public'",
}


def built():
    """Return what the database itself says of tables, rules and indexes."""
    return sorted(map(str, read(text(BUILT[db.engine.dialect.name]))))


def test_there_is_one_head():
    assert len(ScriptDirectory(MIGRATIONS).get_heads()) == 1


def test_migrations_make_what_the_models_say(empty_app):
    upgrade(directory=MIGRATIONS)
    assert differing() == []
    assert tables() == {*db.metadata.tables, "alembic_version"}
    made = built()
    anew.recompute()  # which puts other tables in the place of these
    assert built() == made


def test_up_down_and_up_again(empty_app):
    upgrade(directory=MIGRATIONS)
    first = tables()
    downgrade(directory=MIGRATIONS, revision="base")
    assert tables() == {"alembic_version"}
    upgrade(directory=MIGRATIONS)
    assert tables() == first
    assert differing() == []
