"""A copy of what is kept about somebody: asked for, made beside requests, fetched by a link.

It is one ZIP: everything as JSON, the photos that they took, and a page that says what is
what. The storage has it encrypted, for a few days; then it is deleted, wherever it was fetched.
"""

import io
import zipfile
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import select, update

from app.core import clock, crypto, deliveries, texts, traces
from app.core.access import Actor
from app.core.db import changed_rows, db, read, unit_of_work
from app.core.deployment import storage
from app.core.errors import NotFound
from app.core.forgetting import forget
from app.photos.models import Photo
from app.photos.service import VARIANTS
from app.residents import rules
from app.residents.models import DataCopy, Resident

MAKE = "residents.copy"
"""The delivery that makes a copy."""
DATA, PAGE, PHOTOS = "data.json", "README.txt", "photos/{}.jpg"
MIMETYPE = "application/zip"


@unit_of_work()
def ask(actor: Actor) -> dict[str, Any]:
    """Ask for a copy; while one is being made, that one is it. Returns as `show`."""
    # One at a time: whoever taps twice waits here for the first.
    read(select(Resident.id).where(Resident.id == actor.resident_id).with_for_update())
    row = _newest(actor.resident_id)
    if row is None or _state(row, clock.now()) != rules.MAKING:
        copy = DataCopy(
            resident_id=actor.resident_id,
            language=actor.language,
            asked_at=clock.now(),
            failed=False,
        )
        db.session.add(copy)
        db.session.flush()
        # Not by its number: SQLite gives that of a copy that is gone to the next one, and what
        # was done once by a key is done.
        deliveries.enqueue(MAKE, crypto.random_token(), {"copy_id": copy.id})
    return show(actor)


def show(actor: Actor) -> dict[str, Any]:
    """Return `{state, asked_at, made_at, expires_at, size, url}` of one's newest copy.

    `state`: none, making, ready, failed; `url`: a link that works for an hour, to a ready one.
    """
    now = clock.now()
    row = _newest(actor.resident_id)
    if row is None:
        empty = dict.fromkeys(("asked_at", "made_at", "expires_at", "size", "url"))
        return {"state": rules.NO_COPY, **empty}
    state = _state(row, now)
    return {
        "state": state,
        "asked_at": row.asked_at,
        "made_at": row.made_at,
        "expires_at": row.expires_at,
        "size": row.size,
        "url": _link(row, now) if state == rules.READY else None,
    }


def _newest(resident_id: int) -> Any | None:
    mine = DataCopy.resident_id == resident_id
    wanted = select(*DataCopy.__table__.columns).where(mine).order_by(DataCopy.id.desc())
    return read(wanted.limit(1)).one_or_none()


def _state(row: Any, now: datetime) -> str:
    if row.failed:
        return rules.FAILED
    if row.made_at is not None:
        return rules.READY if row.expires_at > now else rules.NO_COPY
    # Who was to make it may be gone: then one may ask anew.
    return rules.MAKING if row.asked_at > now - rules.COPY_TAKES else rules.FAILED


def _link(row: Any, now: datetime) -> str:
    expires = int((now + rules.COPY_LINK_FOR).timestamp())
    signature = crypto.sign(_message(row.id, row.name, expires))
    return f"/api/v1/copies/{row.id}?expires={expires}&signature={signature}"


def _message(copy_id: int, name: str, expires: int) -> str:
    # By its name, too: SQLite gives the number of a copy that is gone to the next one.
    return f"copy/{copy_id}/{name}/{expires}"


def open_link(copy_id: int, expires: int, signature: str) -> bytes:
    """Return the ZIP behind a signed link. Errors: NotFound, whatever is wrong."""
    now = clock.now()
    ready = (DataCopy.id == copy_id) & (DataCopy.expires_at > now) & DataCopy.made_at.is_not(None)
    name = read(select(DataCopy.name).where(ready)).scalar_one_or_none()
    if name is None or expires < now.timestamp():
        raise NotFound
    if not crypto.signed(_message(copy_id, name, expires), signature):
        raise NotFound
    try:
        return crypto.unseal(storage().get(name))
    except FileNotFoundError as fault:  # a backup came back, which has no copies
        raise NotFound from fault


def make(copy_id: int) -> bool:
    """Make a copy that was asked for; returns whether there is somebody to make it for."""
    row = _begun(copy_id)
    if row is None:
        return False
    content = _packed(row.resident_id, row.language)
    storage().put(row.name, crypto.seal(content))
    if not _write_down(copy_id, len(content)):
        storage().delete(row.name)  # they were erased meanwhile
        return False
    return True


@unit_of_work()
def _begun(copy_id: int) -> Any | None:
    """Return whose copy is to be made, in which language, and what the storage is to call it.

    That is written down first: a file that nobody knows of would lie there for ever. Whoever
    makes it again calls it the same.
    """
    unmade = (DataCopy.id == copy_id) & DataCopy.made_at.is_(None)
    unnamed = unmade & DataCopy.name.is_(None)
    changed_rows(update(DataCopy).where(unnamed).values(name=crypto.random_token()))
    wanted = select(DataCopy.resident_id, DataCopy.language, DataCopy.name).where(unmade)
    return read(wanted).one_or_none()


@unit_of_work()
def _write_down(copy_id: int, size: int) -> bool:
    now = clock.now()
    made = {"made_at": now, "size": size, "expires_at": now + rules.COPY_KEPT, "failed": False}
    # Whoever made it twice at once made the same, in the same place.
    return bool(changed_rows(update(DataCopy).where(DataCopy.id == copy_id).values(made)))


@unit_of_work()
def fail(copy_id: int) -> None:
    """Say that nothing came of a copy, so that one may ask anew."""
    unmade = (DataCopy.id == copy_id) & DataCopy.made_at.is_(None)
    changed_rows(update(DataCopy).where(unmade).values(failed=True))


def _packed(resident_id: int, language: str) -> bytes:
    tables = dict(traces.told(resident_id))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(PAGE, _page(tables, language))
        told = {"made_at": clock.now().isoformat(), "data": tables}
        archive.writestr(DATA, orjson.dumps(told, option=orjson.OPT_INDENT_2))
        for photo_id in _photos(resident_id):
            try:
                content = storage().get(photo_id + VARIANTS["full"])
            except FileNotFoundError:  # restored without its photos
                continue
            archive.writestr(PHOTOS.format(photo_id), content, zipfile.ZIP_STORED)
    return packed.getvalue()


def _photos(resident_id: int) -> list[str]:
    mine = select(Photo.id).where(Photo.owner_id == resident_id)
    return list(read(mine.order_by(Photo.created_at.desc()).limit(rules.MOST_COPIED)).scalars())


def _page(tables: dict[str, list[dict[str, Any]]], language: str) -> str:
    lines = [texts.text("copies.page", language, most=rules.MOST_COPIED), ""]
    for name, rows in tables.items():
        title = texts.text(f"copies.tables.{name}", language)
        lines.append(texts.text("copies.line", language, title=title, name=name, count=len(rows)))
    return "\r\n".join(lines) + "\r\n"


def forget_past() -> int:
    """Delete copies whose days are over, and what nobody ever made; returns how many."""
    now = clock.now()
    never = DataCopy.made_at.is_(None) & (DataCopy.asked_at < now - rules.COPY_KEPT)
    over = (DataCopy.expires_at < now) | never
    for name in read(select(DataCopy.name).where(over, DataCopy.name.is_not(None))).scalars().all():
        storage().delete(str(name))
    return forget(DataCopy, over)


def forget_files_of(resident_id: int) -> None:
    """Delete the files of somebody's copies; the rows go with them."""
    mine = (DataCopy.resident_id == resident_id) & DataCopy.name.is_not(None)
    for name in read(select(DataCopy.name).where(mine)).scalars().all():
        storage().delete(str(name))
