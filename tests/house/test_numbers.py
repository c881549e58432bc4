"""A number that is named elsewhere is given once, also when its row is the newest and goes."""

import re

import pytest
from flask_migrate import downgrade, upgrade
from sqlalchemy import BigInteger, text

from app.config import ROOT
from app.core import traces
from app.core.db import db, read
from app.core.traces import Fate
from app.factory import create_app
from demo import places
from tests import databases
from tests.factories import lives
from tests.factories.people import make_people

MIGRATIONS = str(ROOT / "migrations")
LOSING = re.compile(r"\b(?:delete|forget)\(\s*([A-Z]\w+)\b(?!\.)")
"""What says in code that rows of a model go, besides those that go with their person."""
NAMED_BY_NOTHING = {
    "attestations": "one speaks of a round and its people, and is found by them",
    "audit_entries": "it goes after three years, when newer ones are long there",
    "call_outs": "who was called is found by shift and person",
    "consents": "one's own, found by whose they are",
    "contact_looks": "told to whom it was about, and never by number",
    "copied_shifts": "a week's copies are found by day and shift",
    "deliveries": "known by kind and key; it goes after a month, when newer ones are long there",
    "idempotency_keys": "known by whose they are and by what the phone calls them",
    "job_runs": "known by job and slot",
    "outbox_events": "its receipts go with it; all but WeChat's go after a month",
    "outbox_receipts": "known by event and reaction",
    "qualifications": "known by whose they are and what gave them",
    "refresh_tokens": "known by what the phone holds",
    "roster_assignments": "found by proposal, shift and person",
    "track_points": "found by round and moment",
    "volunteer_consents": "one's own, found by whose they are",
    "wechat_pushes": "known by what WeChat calls them",
}


def losing():
    """Return the tables that lose rows and count these up by themselves."""
    models = {mapper.class_.__name__: mapper.local_table for mapper in db.Model.registry.mappers}
    written = "\n".join(path.read_text() for path in (ROOT / "app").rglob("*.py"))
    gone = {models[name] for name in LOSING.findall(written) if name in models}
    gone |= {trace.table for trace in traces.declared().values() if trace.fate is Fate.GOES}
    return {
        table.name: table
        for table in gone
        if [column.name for column in table.primary_key.columns] == ["id"]
        and isinstance(table.c.id.type, BigInteger)
        and table.c.id.autoincrement is not False
    }


@pytest.mark.either_database
def test_what_loses_rows_gives_each_number_once_or_is_named_by_nothing(app):
    found = losing()
    once = {
        name for name, table in found.items() if table.dialect_options["sqlite"]["autoincrement"]
    }
    assert len(once) > 10
    assert set(found) - once == set(NAMED_BY_NOTHING)


@pytest.fixture(params=databases.ENGINES)
def lived_in(request, tmp_path):
    """Give an app on a database of its own, where somebody has left something everywhere."""
    with databases.database(request.param, tmp_path) as url:
        app = create_app(databases.settings(url, "http://127.0.0.1:9", tmp_path))
        with app.app_context():
            upgrade(directory=MIGRATIONS)
            places.load()
            databases.categories.import_categories()
            lives.live(lives.somebody("oLived"), make_people()["neighbour"].resident_id)
            yield app
            db.session.remove()
            db.engine.dispose()


def counted_once():
    """Return the tables that give each number once."""
    tables = db.metadata.sorted_tables
    return [table.name for table in tables if table.dialect_options["sqlite"]["autoincrement"]]


def everything():
    return {
        name: sorted(map(repr, read(text(f"SELECT * FROM {name}"))))  # noqa: S608
        for name in [*counted_once(), "certified_entries", "campaign_papers"]
    }


def triggers():
    if db.engine.dialect.name != "sqlite":
        return []
    said = "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name"
    return [row for row in read(text(said)) if row.tbl_name in counted_once()]


def test_tables_keep_their_rows_and_triggers_when_they_learn_to_count_on(lived_in):
    before, marking = everything(), triggers()
    filled = {name for name, rows in before.items() if rows}
    assert {"notices", "certificates", "certified_entries", "campaign_tries"} <= filled
    downgrade(directory=MIGRATIONS, revision="0032")
    assert (everything(), triggers()) == (before, marking)
    upgrade(directory=MIGRATIONS, revision="0033")
    assert (everything(), triggers()) == (before, marking)
    if db.engine.dialect.name == "sqlite":
        assert read(text("PRAGMA foreign_key_check")).all() == []
