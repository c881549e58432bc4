"""A process is ready when its database has the tables that it knows."""

from sqlalchemy import text

from app.core import schema
from app.core.db import db


def test_a_migrated_database_is_current(app):
    assert schema.revision() == schema.head()
    assert schema.current()


def test_another_revision_is_not(app):
    with db.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    try:
        assert not schema.current()
    finally:
        with db.engine.begin() as connection:
            connection.execute(
                text("UPDATE alembic_version SET version_num = :head"), {"head": schema.head()}
            )


def test_readiness_is_found_once_and_then_only_the_database_is_asked(app, client):
    app.extensions["linli_ready"]["schema"] = False
    with db.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    try:
        assert client.http.get("/readyz").status_code == 503
    finally:
        with db.engine.begin() as connection:
            connection.execute(
                text("UPDATE alembic_version SET version_num = :head"), {"head": schema.head()}
            )
    assert client.http.get("/readyz").json == {"status": "ready"}
    assert app.extensions["linli_ready"]["schema"]
    assert client.http.get("/readyz").status_code == 200
