"""The restore drill: what is saved while everybody works comes back whole, on either engine."""

import gzip
import hashlib
import io
import shutil
import stat
import tarfile
import time
from contextlib import contextmanager
from dataclasses import replace
from threading import Event, Thread

import orjson
import pytest
from sqlalchemy import func, select, text, update
from sqlalchemy.exc import DatabaseError

from app import backup
from app.backup import NotUsableError
from app.core import clock, deliveries, dumps, schema
from app.core.db import changed_rows, db, writing
from app.core.deliveries import Delivery, Twice
from app.core.deployment import storage
from app.factory import create_app
from app.hazards import service as hazards
from app.hazards.models import Hazard
from tests import databases
from tests.clients import Client

BROKEN_HISTORIES = text(
    "SELECT id FROM hazards WHERE moves_made <>"
    " (SELECT count(*) FROM hazard_moves WHERE hazard_moves.hazard_id = hazards.id)"
)


@pytest.fixture
def lived_in(people, report, photo, finished):
    """Let something have happened already."""
    resident, worker = people["resident"], people["gridworker"]
    finished(report(resident, photo_ids=[photo(resident)]), worker)
    photo(resident)  # shown by nothing yet
    return people


def wait_for(happened):
    """Wait until something is so, for ten minutes at most."""
    until = time.monotonic() + 600
    while not happened():
        assert time.monotonic() < until
        time.sleep(0.01)


@contextmanager
def writers(app, people, report, photo):
    """Let four people report and withdraw all the time; gives how much they have done."""
    over, done = Event(), []

    def work(name):
        with app.app_context():
            while not over.is_set():
                case = report(people[name], photo_ids=[photo(people[name])])
                hazards.move_hazard(people[name], case["id"], to="withdrawn")
                done.append(case["id"])
            databases.close()

    threads = [Thread(target=work, args=(who,)) for who in ("resident", "neighbour") * 2]
    for thread in threads:
        thread.start()
    try:
        wait_for(lambda: len(done) >= 4)
        yield done
    finally:
        over.set()
        for thread in threads:
            thread.join()


@pytest.fixture
def fresh(tmp_path, sandbox):
    """Give an app on an empty, new database of an engine, with a photo folder of its own."""

    @contextmanager
    def made(engine, **changes):
        folder = tmp_path / "restored"
        folder.mkdir(exist_ok=True)
        with databases.database(engine, folder) as url:
            chosen = replace(databases.settings(url, sandbox.base_url, folder), **changes)
            there = create_app(chosen)
            with there.app_context():
                yield there
                databases.close()
                db.engine.dispose()

    return made


def counts():
    with dumps.snapshot() as seeing:
        return {
            table.name: seeing.execute(select(func.count()).select_from(table)).scalar_one()
            for table in dumps.tables()
        }


def rows_by_table(manifest):
    return {table["name"]: table["rows"] for table in manifest["tables"]}


def content():
    """Return every row of every table, as it is dumped."""
    found = {}
    with dumps.snapshot() as seeing:
        for table in dumps.tables():
            out = io.BytesIO()
            dumps.dump(seeing, table, out)
            found[table.name] = out.getvalue()
    return found


@pytest.mark.parametrize("target", databases.ENGINES)
def test_what_is_saved_while_everybody_writes_comes_back_whole(
    target, app, lived_in, report, photo, fresh, tmp_path, monkeypatch
):
    path = tmp_path / "linli.tar"
    dump = dumps.dump
    with writers(app, lived_in, report, photo) as done:

        def amid_writers(seeing, table, out):
            if table.name in {"hazards", "hazard_moves"}:  # some more before each of them
                enough = len(done) + 3
                wait_for(lambda: len(done) >= enough)
            return dump(seeing, table, out)

        monkeypatch.setattr(dumps, "dump", amid_writers)
        manifest = backup.create(path)
        monkeypatch.setattr(dumps, "dump", dump)
    assert counts()["hazards"] > rows_by_table(manifest)["hazards"]
    assert manifest["photos"]["missing"] == []
    databases.close()
    with fresh(target) as there:
        assert backup.restore(path) == manifest
        assert counts() == rows_by_table(manifest)
        assert db.session.execute(BROKEN_HISTORIES).all() == []
        with dumps.snapshot() as seeing:
            assert dumps.dangling(seeing) == []
        db.session.rollback()
        someone_works_on(there, manifest)


def someone_works_on(there, manifest):
    """Sign in, look at one's case and its photo, report another."""
    client = Client(there)
    client.sign_in("demo:resident")
    case = client.get("/hazards", mine="true").json["items"][-1]
    detail = client.get(f"/hazards/{case['id']}").json
    assert detail["history"]
    shown = client.get(detail["photos"][0]["url"])
    assert (shown.status_code, shown.mimetype) == (200, "image/jpeg")
    spot = {"lat": 30.6574, "lon": 104.0343, "coord_sys": "wgs84"}
    answer = client.post("/hazards", {"category": "WASTE", "description": "垃圾", **spot})
    assert answer.status_code == 201, answer.json
    assert counts()["hazards"] == rows_by_table(manifest)["hazards"] + 1
    with pytest.raises(DatabaseError), db.engine.begin() as connection:
        connection.execute(text("UPDATE hazard_moves SET note = 'forged'"))


@pytest.mark.parametrize("target", databases.ENGINES)
def test_every_value_is_the_same_on_either_engine(target, app, lived_in, fresh, tmp_path):
    backup.create(tmp_path / "linli.tar")
    before = content()
    databases.close()
    with fresh(target):
        backup.restore(tmp_path / "linli.tar")
        assert content() == before
        again = backup.create(tmp_path / "again.tar")
    assert rows_by_table(again)["hazards"] == 1


@pytest.mark.parametrize("table", dumps.tables(), ids=str)
def test_every_type_of_column_is_known(table):
    for column in table.columns:
        dumps.reader(column)


def test_a_table_comes_after_those_that_it_refers_to():
    seen = set()
    for table in dumps.tables():
        assert {key.column.table.name for key in table.foreign_keys} <= {*seen, table.name}
        seen.add(table.name)


@pytest.fixture
def saved(app, lived_in, tmp_path):
    path = tmp_path / "linli.tar"
    backup.create(path)
    databases.close()
    return path


def test_a_database_with_rows_is_not_overwritten(saved, app):
    before = content()
    with pytest.raises(NotUsableError, match="not empty"):
        backup.restore(saved)
    assert content() == before


def test_a_database_with_rows_is_replaced_when_that_is_said(saved, people, report):
    before = content()
    report(people["resident"])
    assert content() != before
    databases.close()
    backup.restore(saved, replace=True)
    assert content() == before
    report(people["resident"])


def rewritten(path, change):
    """Write a backup anew with its parts changed: `change` takes and gives bytes by name."""
    with tarfile.open(path) as archive:
        parts = {name: archive.extractfile(name).read() for name in archive.getnames()}
    with tarfile.open(path, "w") as archive:
        for name, part in change(parts).items():
            member = tarfile.TarInfo(name)
            member.size = len(part)
            archive.addfile(member, io.BytesIO(part))


def without(parts, name):
    return {other: part for other, part in parts.items() if other != name}


def with_manifest(parts, **changes):
    manifest = orjson.loads(parts[backup.MANIFEST]) | changes
    return parts | {backup.MANIFEST: orjson.dumps(manifest)}


def shorter_table(parts):
    """Take a row out of a table and adapt the sum, but not the count."""
    name = "tables/hazard_moves.jsonl.gz"
    lines = gzip.decompress(parts[name]).splitlines(keepends=True)[:-1]
    parts = parts | {name: gzip.compress(b"".join(lines))}
    tables = orjson.loads(parts[backup.MANIFEST])["tables"]
    for table in tables:
        if table["name"] == "hazard_moves":
            table["sha256"] = hashlib.sha256(parts[name]).hexdigest()
    return with_manifest(parts, tables=tables)


DAMAGES = {
    "a byte of a table": lambda p: p | {"tables/hazards.jsonl.gz": p["tables/photos.jsonl.gz"]},
    "a byte of a photo": lambda p: {n: c + b"x" if "photos/" in n else c for n, c in p.items()},
    "a missing table": lambda p: without(p, "tables/consents.jsonl.gz"),
    "a missing photo": lambda p: without(p, next(n for n in p if n.startswith("photos/"))),
    "a part too many": lambda p: p | {"tables/../../evil": b"x"},
    "no manifest": lambda p: without(p, backup.MANIFEST),
    "a manifest that is none": lambda p: p | {backup.MANIFEST: b"{"},
    "a manifest of something else": lambda p: p | {backup.MANIFEST: b"[]"},
    "another format": lambda p: with_manifest(p, format=2),
    "another schema": lambda p: with_manifest(p, revision="0001"),
    "a row too few": shorter_table,
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_backup_changes_nothing(damage, saved, fresh, tmp_path):
    rewritten(saved, DAMAGES[damage])
    with fresh("sqlite"):
        with pytest.raises(NotUsableError):
            backup.restore(saved)
        files = [path for path in (tmp_path / "restored" / "photos").rglob("*") if path.is_file()]
        assert files == []
        if schema.revision() is not None:
            assert set(counts().values()) == {0}


@pytest.mark.parametrize("left", [0, 100, 10_000])
def test_half_a_backup_is_none(left, saved, fresh):
    whole = saved.read_bytes()
    saved.write_bytes(whole[:left])
    with fresh("sqlite"), pytest.raises(NotUsableError):
        backup.restore(saved)
    saved.write_bytes(whole[:-20_000])
    with pytest.raises(NotUsableError):
        backup.verify(saved)


def test_a_backup_that_fails_leaves_nothing(app, lived_in, tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(storage(), "get", full)
    with pytest.raises(OSError, match="No space"):
        backup.create(tmp_path / "linli.tar")
    assert list(tmp_path.iterdir()) == []


def test_a_restore_that_fails_takes_its_photos_away_again(saved, fresh, tmp_path, monkeypatch):
    with fresh("sqlite"):
        monkeypatch.setattr(dumps, "dangling", lambda _: ["a row"])
        with pytest.raises(NotUsableError, match="refer"):
            backup.restore(saved)
        assert set(counts().values()) == {0}
        assert not [p for p in (tmp_path / "restored" / "photos").rglob("*") if p.is_file()]


def test_a_backup_is_for_its_maker_alone_and_never_written_over(saved):
    assert stat.S_IMODE(saved.stat().st_mode) == 0o600
    with pytest.raises(NotUsableError, match="there already"):
        backup.create(saved)


def test_the_key_is_not_in_a_backup(saved, app):
    assert app.config["SECRET_KEY"].encode() not in saved.read_bytes()


def test_without_photos_there_are_rows_alone(app, lived_in, tmp_path):
    manifest = backup.create(tmp_path / "rows.tar", photos=False)
    assert manifest["photos"] is None
    with tarfile.open(tmp_path / "rows.tar") as archive:
        assert not [name for name in archive.getnames() if name.startswith("photos")]
    assert backup.verify(tmp_path / "rows.tar") == manifest


def test_a_photo_that_is_gone_is_told(app, lived_in, tmp_path):
    shutil.rmtree(storage().root)
    manifest = backup.create(tmp_path / "linli.tar")
    assert len(manifest["photos"]["missing"]) == 2 * 3  # three shown, in two sizes
    assert backup.verify(tmp_path / "linli.tar") == manifest


@pytest.fixture
def kinds(monkeypatch):
    monkeypatch.setattr(deliveries, "_kinds", {})
    for name, twice in (("tests.once", Twice.NEVER), ("tests.often", Twice.HARMLESS)):
        deliveries.delivers(name, twice=twice)(lambda _payload: deliveries.Done())


@pytest.mark.parametrize("resume", [False, True])
def test_what_must_not_come_twice_and_waited_is_in_doubt(resume, app, kinds, fresh, tmp_path):
    with writing():
        for number, state in enumerate(("waiting", "leased", "done")):
            for kind in ("tests.once", "tests.often"):
                deliveries.enqueue(kind, f"{number}", {})
            changed_rows(update(Delivery).where(Delivery.key == f"{number}").values(state=state))
    backup.create(tmp_path / "linli.tar")
    databases.close()
    with fresh("sqlite"):
        backup.restore(tmp_path / "linli.tar", resume=resume)
        states = {(row.kind, row.key): row.state for row in db.session.execute(
            select(Delivery.kind, Delivery.key, Delivery.state))}  # fmt: skip
    often = [states["tests.often", str(number)] for number in range(3)]
    once = [states["tests.once", str(number)] for number in range(3)]
    assert often == ["waiting", "leased", "done"]
    assert once == (often if resume else ["unknown", "unknown", "done"])


def test_by_hand(app, lived_in, fresh, tmp_path):
    path = tmp_path / "linli.tar"
    made = app.test_cli_runner().invoke(args=["backup", "create", str(path)])
    assert made.exit_code == 0, made.output
    assert "photo files" in made.output
    again = app.test_cli_runner().invoke(args=["backup", "create", str(path)])
    assert again.exit_code == 1
    assert "nothing was changed" in again.output
    databases.close()
    with fresh("sqlite", secret_key="another key, with which no phone number can be read") as there:
        runner = there.test_cli_runner()
        assert "as it was written" in runner.invoke(args=["backup", "verify", str(path)]).output
        restored = runner.invoke(args=["backup", "restore", str(path)])
        assert restored.exit_code == 0, restored.output
        assert "SECRET_KEY is another one" in restored.output
        filled = runner.invoke(args=["backup", "restore", str(path)])
        assert filled.exit_code == 1
        assert "--replace" in filled.output


def test_moments_keep_their_zone(app, lived_in, fresh, tmp_path):
    reported = db.session.execute(select(Hazard.reported_at)).scalars().all()
    assert all(moment.tzinfo for moment in reported)
    assert max(reported) <= clock.now()
