"""Backups: the database and the photos of one moment in one file, while everything runs.

A tar with the rows of each table (gzipped lines of JSON), the photos, and a manifest with
the sum of each part. The rows are of one snapshot; the photos that those rows show are
copied after it, for a photo is never changed. The file is made beside and renamed when it
is whole; nothing is written by a restore before every sum was found right.

`SECRET_KEY` is not in it, only what tells whether it is the same one.
"""

import gzip
import hashlib
import os
import tarfile
import tempfile
import tomllib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import IO, Any

import click
import orjson
from flask.cli import AppGroup
from flask_migrate import upgrade
from sqlalchemy import select, update
from sqlalchemy.exc import SQLAlchemyError

from app.config import ROOT
from app.core import clock, crypto, deliveries, dumps, schema
from app.core.db import db, end_reading
from app.core.deliveries import Delivery, Twice
from app.core.deployment import storage
from app.photos.models import Photo
from app.photos.service import VARIANTS

FORMAT = 1
MANIFEST, PHOTOS = "manifest.json", "photos.jsonl.gz"
TABLE, PHOTO = "tables/{}.jsonl.gz", "photos/{}"
LONGEST_MANIFEST = 4 * 1024 * 1024
CHUNK = 1024 * 1024
SHOWN = 5
cli = AppGroup("backup", help="One file with the database and the photos.")


class NotUsableError(Exception):
    """The backup, or the place where it should go, cannot be used; the text says why."""


# Making one


def create(path: Path, *, photos: bool = True) -> dict[str, Any]:
    """Write a backup to a new file; returns its manifest. Errors: NotUsableError."""
    if path.exists():
        raise NotUsableError(f"{path} is there already")
    if not schema.current():
        raise NotUsableError("the database is not at this version: flask db upgrade")
    end_reading()
    with _whole_or_not_at_all(path) as archive:
        manifest = _described()
        with dumps.snapshot() as seeing:
            manifest["tables"] = [_add_table(archive, path, seeing, t) for t in dumps.tables()]
            shown = list(seeing.execute(select(Photo.id, Photo.attached_at).order_by(Photo.id)))
        manifest["photos"] = _add_photos(archive, path, shown) if photos else None
        _add(archive, MANIFEST, orjson.dumps(manifest, option=orjson.OPT_INDENT_2))
    return manifest


def _described() -> dict[str, Any]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return {
        "format": FORMAT,
        "made_at": clock.now().isoformat(),
        "version": project["version"],
        "revision": schema.head(),
        "engine": db.engine.dialect.name,
        "secret_key": _key_fingerprint(),
    }


def _key_fingerprint() -> str:
    return crypto.sign("which SECRET_KEY a backup belongs to")


@contextmanager
def _whole_or_not_at_all(path: Path) -> Iterator[tarfile.TarFile]:
    part = path.with_name(f".{path.name}.part")
    # It holds what people told us: for nobody but whoever makes it.
    number = os.open(part, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
    try:
        with os.fdopen(number, "wb") as file:
            with tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT) as archive:
                yield archive
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _add(archive: tarfile.TarFile, name: str, content: bytes) -> str:
    """Add bytes; returns their sum."""
    _add_file(archive, name, BytesIO(content), len(content))
    return hashlib.sha256(content).hexdigest()


def _add_file(archive: tarfile.TarFile, name: str, content: IO[bytes], size: int) -> None:
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o600
    member.mtime = int(clock.now().timestamp())
    archive.addfile(member, content)


def _add_table(archive: tarfile.TarFile, path: Path, seeing: Any, table: Any) -> dict[str, Any]:
    name = TABLE.format(table.name)
    count, total = _add_lines(archive, path, name, lambda out: dumps.dump(seeing, table, out))
    columns = [column.name for column in table.columns]
    return {"name": table.name, "columns": columns, "rows": count, "sha256": total}


def _add_lines(
    archive: tarfile.TarFile, path: Path, name: str, write: Callable[[IO[bytes]], int]
) -> tuple[int, str]:
    """Add what is written, gzipped; returns how many lines it says, and the sum."""
    # Beside the backup, where there is room for it; a tar wants to know the size before.
    with tempfile.TemporaryFile(dir=path.parent) as spool:
        with gzip.GzipFile(fileobj=spool, mode="wb", compresslevel=5, mtime=0) as out:
            count = write(out)  # type: ignore[arg-type]
        size = spool.tell()
        spool.seek(0)
        total = hashlib.file_digest(spool, "sha256").hexdigest()
        spool.seek(0)
        _add_file(archive, name, spool, size)
    return count, total


def _add_photos(archive: tarfile.TarFile, path: Path, shown: list[Any]) -> dict[str, Any]:
    """Add the files of the photos; one may be gone by now that nothing showed."""
    sums: list[bytes] = []
    missing: list[str] = []
    for photo_id, attached_at in shown:
        for ending in VARIANTS.values():
            name = photo_id + ending
            try:
                content = storage().get(name)
            except FileNotFoundError:
                if attached_at is not None:
                    missing.append(name)
                continue
            total = _add(archive, PHOTO.format(name), content)
            sums.append(orjson.dumps({"name": name, "sha256": total}) + b"\n")

    def write(out: IO[bytes]) -> int:
        out.writelines(sums)
        return len(sums)

    count, total = _add_lines(archive, path, PHOTOS, write)
    return {"files": count, "sha256": total, "missing": missing}


# Reading one


def verify(path: Path) -> dict[str, Any]:
    """Read a backup to its end and compare every sum; returns its manifest.

    Errors: NotUsableError.
    """
    with _opened(path) as archive:
        return _verified(archive)


@contextmanager
def _opened(path: Path) -> Iterator[tarfile.TarFile]:
    try:
        with tarfile.open(path, mode="r:") as archive:
            yield archive
    except (tarfile.TarError, gzip.BadGzipFile, EOFError) as fault:
        raise NotUsableError(f"{path} is no backup, or not a whole one: {fault}") from fault


def _verified(archive: tarfile.TarFile) -> dict[str, Any]:
    manifest = _manifest(archive)
    parts = {TABLE.format(table["name"]): table["sha256"] for table in manifest["tables"]}
    if manifest["photos"]:
        parts[PHOTOS] = manifest["photos"]["sha256"]
        _compare(archive, {PHOTOS: parts[PHOTOS]})
        parts |= {PHOTO.format(name): total for name, total in _photo_sums(archive)}
    found = set(archive.getnames())
    if found != {MANIFEST, *parts}:
        odd = sorted(found ^ {MANIFEST, *parts})[:SHOWN]
        raise NotUsableError(f"parts are missing, or do not belong there: {', '.join(odd)}")
    _compare(archive, parts)
    return manifest


def _manifest(archive: tarfile.TarFile) -> dict[str, Any]:
    try:
        member = archive.getmember(MANIFEST)
    except KeyError:
        raise NotUsableError("it has no manifest, so it is not a whole backup") from None
    if member.size > LONGEST_MANIFEST:
        raise NotUsableError("its manifest is too long to be one")
    try:
        manifest: dict[str, Any] = orjson.loads(_part(archive, MANIFEST).read())
        known = manifest["format"]
    except (orjson.JSONDecodeError, KeyError, TypeError) as fault:
        raise NotUsableError("its manifest cannot be read") from fault
    if known != FORMAT:
        raise NotUsableError(f"it is of format {known}, and this version reads {FORMAT}")
    return manifest


def _part(archive: tarfile.TarFile, name: str) -> IO[bytes]:
    found = archive.extractfile(name)  # of a regular file; never onto the disk
    if found is None:
        raise NotUsableError(f"{name} is no file")
    return found


def _compare(archive: tarfile.TarFile, sums: dict[str, str]) -> None:
    for name, expected in sums.items():
        found = hashlib.sha256()
        with _part(archive, name) as part:
            while chunk := part.read(CHUNK):
                found.update(chunk)
        if found.hexdigest() != expected:
            raise NotUsableError(f"{name} is damaged")


def _photo_sums(archive: tarfile.TarFile) -> Iterator[tuple[str, str]]:
    for line in _lines(archive, PHOTOS):
        photo = orjson.loads(line)
        yield photo["name"], photo["sha256"]


def _lines(archive: tarfile.TarFile, name: str) -> Iterable[bytes]:
    with _part(archive, name) as part, gzip.open(part) as lines:
        yield from lines


# Putting one back


def restore(path: Path, *, replace: bool = False, resume: bool = False) -> dict[str, Any]:
    """Put a backup into an empty database, or in place of what is there; returns its manifest.

    All of it or nothing. Unless `resume`, messages that must not come twice and were
    still waiting when the backup was made become unknown: they may have gone out since.
    Errors: NotUsableError.
    """
    with _opened(path) as archive:
        manifest = _verified(archive)
        _refuse_another_schema(manifest)
        _refuse_filled(replace=replace)
        # The photos first, so that no transaction waits for them.
        with _photos_put(archive, manifest), dumps.writing_all() as connection:
            if replace:
                dumps.empty(connection)
            for table in manifest["tables"]:
                _load(connection, archive, table)
            if not resume:
                _doubt(connection, manifest["made_at"])
            if dumps.dangling(connection):
                raise NotUsableError("rows refer to what is not there")
            dumps.count_on(connection)
    return manifest


def _refuse_another_schema(manifest: dict[str, Any]) -> None:
    if manifest["revision"] != schema.head():
        raise NotUsableError(
            f"it has the tables of {manifest['revision']}, and this version those of"
            f" {schema.head()}: restore it with version {manifest['version']}, then update"
        )
    if schema.revision() is None:
        upgrade(directory=str(ROOT / "migrations"))
    if not schema.current():
        raise NotUsableError("the database is not at this version: flask db upgrade")


def _refuse_filled(*, replace: bool) -> None:
    end_reading()
    with dumps.snapshot() as seeing:
        there = dumps.filled(seeing)
    if there and not replace:
        raise NotUsableError(f"the database is not empty ({', '.join(there[:SHOWN])}): --replace")


def _load(connection: Any, archive: tarfile.TarFile, described: dict[str, Any]) -> None:
    name = described["name"]
    table = db.metadata.tables[name]
    count = dumps.load(connection, table, described["columns"], _lines(archive, TABLE.format(name)))
    if count != described["rows"]:
        raise NotUsableError(f"{name} has {count} rows, and should have {described['rows']}")


def _doubt(connection: Any, made_at: str) -> None:
    once = [kind.name for kind in deliveries.kinds() if kind.twice is Twice.NEVER]
    on_their_way = Delivery.state.in_((deliveries.WAITING, deliveries.LEASED))
    connection.execute(
        update(Delivery)
        .where(on_their_way, Delivery.kind.in_(once))
        .values(
            state=deliveries.UNKNOWN,
            reason=f"waited in the backup of {datetime.fromisoformat(made_at):%Y-%m-%dT%H:%MZ}",
            settled_at=clock.now(),
            lease_until=None,
        )
    )


@contextmanager
def _photos_put(archive: tarfile.TarFile, manifest: dict[str, Any]) -> Iterator[None]:
    """Put the photos back; if the block fails, take away those that were not there before."""
    new: list[str] = []
    try:
        if manifest["photos"]:
            for name, _ in _photo_sums(archive):
                if not _is_kept(name):
                    new.append(name)
                    storage().put(name, _part(archive, PHOTO.format(name)).read())
        yield
    except BaseException:
        for name in new:
            storage().delete(name)
        raise


def _is_kept(name: str) -> bool:
    try:
        storage().get(name)
    except FileNotFoundError:
        return False
    return True


# By hand

FILE = click.Path(dir_okay=False, path_type=Path)


@cli.command("create")
@click.argument("path", type=FILE)
@click.option("--photos/--no-photos", default=True, help="Without, the rows alone.")
def create_command(path: Path, *, photos: bool) -> None:
    """Write a backup to PATH, which must not be there yet. Everything may go on meanwhile."""
    manifest = _told(lambda: create(path, photos=photos))
    click.echo(f"{path}: {_summary(manifest)}, {path.stat().st_size} bytes")
    for name in (manifest["photos"] or {}).get("missing", ())[:SHOWN]:
        click.echo(f"missing in the photo folder: {name}", err=True)


@cli.command("verify")
@click.argument("path", type=FILE)
def verify_command(path: Path) -> None:
    """Read the backup at PATH to its end and compare every sum. Nothing is changed."""
    click.echo(f"{path}: {_summary(_told(lambda: verify(path)))}")
    click.echo("every part is as it was written")


@cli.command("restore")
@click.argument("path", type=FILE)
@click.option("--replace", is_flag=True, help="Delete what the database holds now.")
@click.option("--resume", is_flag=True, help="Nothing was sent since: send what waited.")
def restore_command(path: Path, *, replace: bool, resume: bool) -> None:
    """Put the backup at PATH into the database and the photo folder. Stop web and jobs before."""
    manifest = _told(lambda: restore(path, replace=replace, resume=resume))
    click.echo(f"restored {_summary(manifest)}")
    if manifest["secret_key"] != _key_fingerprint():
        click.echo(
            "SECRET_KEY is another one than when the backup was made: everybody has to sign in "
            "again, and stored phone numbers cannot be read. Set the old one.",
            err=True,
        )


def _told(work: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    try:
        return work()
    except (NotUsableError, OSError, SQLAlchemyError) as fault:
        raise click.ClickException(f"nothing was changed: {fault}") from fault


def _summary(manifest: dict[str, Any]) -> str:
    rows = sum(table["rows"] for table in manifest["tables"])
    photos = manifest["photos"]
    files = f"{photos['files']} photo files" if photos else "no photos"
    return f"{rows} rows in {len(manifest['tables'])} tables, {files}, of {manifest['made_at']}"
