"""The databases that tests run on: a SQLite file and a PostgreSQL database of their own."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache

import psycopg
import pytest
from flask import Flask
from flask_migrate import upgrade
from psycopg import sql
from sqlalchemy import (
    CompoundSelect,
    Connection,
    delete,
    event,
    exists,
    literal_column,
    make_url,
    select,
    text,
    union_all,
)

from app.committees import keeping
from app.config import ROOT, Settings
from app.core.db import db
from app.factory import create_app
from app.hazards import categories
from app.quizzes import words
from demo import places

ENGINES = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]
PATIENCE_S = 120
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
        be_patient(app)
        with app.app_context():
            upgrade(directory=str(ROOT / "migrations"))
            places.load()
            categories.import_categories()
        yield app
        with app.app_context():
            db.engine.dispose()


def be_patient(app: Flask) -> None:
    """Let an app wait as long as it takes: whether a machine is slow is no test's question."""
    line = app.extensions["linli_wechat"]
    line._timeout, line._budget_s = (PATIENCE_S, PATIENCE_S), PATIENCE_S
    with app.app_context():
        engine = db.engine
    if engine.dialect.name == "sqlite":
        statement = f"PRAGMA busy_timeout={PATIENCE_S * 1000}"
        event.listen(engine, "connect", lambda connection, _: connection.execute(statement))
        with app.app_context():
            engine.dispose()  # those that are open already wait no longer than they did
    else:
        engine.pool._timeout = PATIENCE_S


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
        # No test pulls the server's plug, so none has to wait for the disk.
        connection.execute(
            sql.SQL("ALTER DATABASE {} SET synchronous_commit TO off").format(quoted)
        )
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
    words.forget()
    keeping.forget()
    with db.engine.begin() as connection:
        filled = set(connection.execute(filled_tables()).scalars())
        tables = [table for table in reversed(db.metadata.sorted_tables) if table.name in filled]
        with without_triggers(connection, [t.name for t in tables if t.info.get("append_only")]):
            for table in tables:
                connection.execute(delete(table))


@cache
def filled_tables() -> CompoundSelect:
    """Return what selects the names of the tables that hold anything: one question for all."""
    return union_all(
        *(
            select(literal_column(f"'{table.name}'")).where(exists(select(1).select_from(table)))
            for table in db.metadata.sorted_tables
            if table.name not in KEPT
        )
    )


@contextmanager
def without_triggers(connection: Connection, tables: list[str]) -> Iterator[None]:
    """Lift what keeps the rows of append-only tables from being deleted."""
    if connection.dialect.name == "postgresql":
        for table in tables:
            connection.exec_driver_sql(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield
        for table in tables:
            connection.exec_driver_sql(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        return
    kept = {f"{table}_kept" for table in tables}
    found = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
    triggers = [trigger for trigger in found.all() if trigger.name in kept] if kept else []
    for trigger in triggers:
        connection.exec_driver_sql(f"DROP TRIGGER {trigger.name}")
    yield
    for trigger in triggers:
        connection.exec_driver_sql(trigger.sql)


def close() -> None:
    """End whatever transaction a test left open."""
    db.session.rollback()
    db.session.remove()
