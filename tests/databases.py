"""The databases that tests run on: a SQLite file and a PostgreSQL database of their own."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import psycopg
import pytest
from flask import Flask
from flask_migrate import upgrade
from psycopg import sql
from sqlalchemy import make_url, text

from app.config import ROOT, Settings
from app.core.db import db
from app.factory import create_app
from app.hazards import categories
from demo import places

ENGINES = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]
KEPT = ("places", "place_revisions", "hazard_categories", "alembic_version")
"""Filled once a run; everything else is emptied before each test."""


def settings(url: str, wechat_base_url: str, folder) -> Settings:
    """Return the settings of a test's app."""
    found = Settings.from_environment(
        {
            "LINLI_ENV": "test",
            "DATABASE_URL": url,
            "WECHAT_BASE_URL": wechat_base_url,
            "PHOTO_FOLDER": str(folder / "photos"),
            "WEB_FOLDER": str(folder / "web"),
            "DEMO_PEOPLE": str(ROOT / "demo" / "people.json"),
        }
    )
    return replace(found, rate_limits=False)


@contextmanager
def prepared(engine: str, wechat_base_url: str, tmp_path_factory) -> Iterator[Flask]:
    """Give an app on a migrated database; the database goes away afterwards."""
    folder = tmp_path_factory.mktemp(engine)
    with database(engine, folder) as url:
        app = create_app(settings(url, wechat_base_url, folder))
        with app.app_context():
            upgrade(directory=str(ROOT / "migrations"))
            places.load()
            categories.import_categories()
        yield app
        with app.app_context():
            db.engine.dispose()


@contextmanager
def database(engine: str, folder) -> Iterator[str]:
    """Give the URL of an empty database."""
    if engine == "sqlite":
        yield f"sqlite:///{folder / 'test.sqlite3'}"
        return
    server = postgresql_server()
    if server is None:
        pytest.skip("no PostgreSQL server: set TEST_DATABASE_URL")
    name = f"linli_test_{secrets.token_hex(6)}"
    quoted = sql.Identifier(name)
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(quoted))
    try:
        url = make_url(server.replace("postgresql://", "postgresql+psycopg://", 1))
        yield url.set(database=name).render_as_string(hide_password=False)
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(quoted))


def postgresql_server() -> str | None:
    """Return a connection string of the server to test on, without the driver's name."""
    url = os.environ.get("TEST_DATABASE_URL")
    return url.replace("+psycopg", "", 1) if url else None


def empty() -> None:
    """Delete every row that a test may have written."""
    tables = [t for t in reversed(db.metadata.sorted_tables) if t.name not in KEPT]
    with db.engine.begin() as connection:
        for table in tables:
            connection.execute(text(f"DELETE FROM {table.name}"))  # noqa: S608 our own names


def close() -> None:
    """End whatever transaction a test left open."""
    db.session.rollback()
    db.session.remove()
