"""A database of each engine, thrown away afterwards, and an app on it."""

import os
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
from flask import Flask
from flask_migrate import upgrade
from psycopg import sql
from sqlalchemy import make_url, text

from app.config import ROOT, Settings
from app.core.access import Actor
from app.core.db import db
from app.factory import create_app
from bench import seeds
from tools.postgresql import server_url

ENGINES = ("SQLite", "PostgreSQL")


@dataclass(frozen=True)
class Bench:
    """A filled database, an app of our own process on it, and who is signed in."""

    engine: str
    app: Flask
    environment: dict[str, str]
    people: dict[str, Actor]
    tokens: dict[str, str]


@contextmanager
def filled(engine: str, hazards: int, *, wechat_base_url: str = "") -> Iterator[Bench | None]:
    """Give a migrated database with so many cases; nothing where there is no server."""
    with TemporaryDirectory(prefix="linli-bench-") as folder, _database(engine, folder) as url:
        if url is None:
            yield None
            return
        environment = {
            "LINLI_ENV": "test",
            "RATE_LIMITS": "off",
            "DATABASE_URL": url,
            "LINLI_INSTANCE": folder,
            "WECHAT_BASE_URL": wechat_base_url,
            "DEMO_PEOPLE": str(ROOT / "demo" / "people.json"),
        }
        app = create_app(Settings.from_environment(environment))
        with app.app_context():
            upgrade(directory=str(ROOT / "migrations"))
            people = seeds.fill(hazards)
            tokens = {code: seeds.sign_in(actor) for code, actor in people.items()}
            settle(engine)
        yield Bench(engine, app, {**os.environ, **environment}, people, tokens)
        with app.app_context():
            db.engine.dispose()


def each(engines: Sequence[str], hazards: int, work: str) -> Iterator[Bench]:
    """Give such a database of each engine that is there, one after the other; says the `work`."""
    for engine in engines:
        with filled(engine, hazards) as bench:
            if bench is None:
                print(f"{engine} skipped: no server, and no programs to start one", flush=True)
                continue
            print(f"{engine}: {work} ...", flush=True)
            yield bench


@contextmanager
def _database(engine: str, folder: str) -> Iterator[str | None]:
    if engine == "SQLite":
        yield f"sqlite:///{Path(folder) / 'bench.sqlite3'}"
        return
    with server_url() as found:
        if found is None:
            yield None
            return
        server = found.replace("postgresql+psycopg:", "postgresql:", 1)
        name = f"linli_bench_{secrets.token_hex(4)}"
        quoted = sql.Identifier(name)
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(quoted))
        try:
            url = make_url(server.replace("postgresql:", "postgresql+psycopg:", 1))
            yield url.set(database=name).render_as_string(hide_password=False)
        finally:
            with psycopg.connect(server, autocommit=True) as connection:
                connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(quoted))


def settle(engine: str) -> None:
    """Do now what autovacuum would do within minutes; SQLite has nothing of the kind."""
    db.session.remove()
    if engine == "PostgreSQL":
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(
                text("SELECT setval(pg_get_serial_sequence('hazards', 'id'), max(id)) FROM hazards")
            )
            connection.execute(text("VACUUM ANALYZE"))
