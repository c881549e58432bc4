"""Everything one can do with photos."""

from collections.abc import Sequence
from functools import lru_cache
from typing import IO, Any, NamedTuple

from sqlalchemy import delete, select, update

from app.core import clock, crypto
from app.core.access import Actor
from app.core.checks import CHECKING, WITHHELD
from app.core.db import changed_rows, db, read, unit_of_work
from app.core.deployment import settings, storage
from app.core.errors import InvalidInput, NotFound
from app.core.images import CleanPhoto, clean
from app.photos import checking, rules
from app.photos.models import Photo

VARIANTS = {"full": ".jpg", "thumbnail": ".small.jpg"}


def add_photo(actor: Actor, stream: IO[bytes]) -> dict[str, Any]:
    """Clean a photo, keep it, and return its links.

    Errors: TooLarge, UnsupportedMedia, InvalidInput, as `core.images.clean` has them.
    """
    return keep_photo(actor, clean(stream))


def keep_photo(actor: Actor, photo: CleanPhoto) -> dict[str, Any]:
    """Keep a photo that is clean already, and return its links."""
    photo_id = crypto.random_token()
    # The row first: if the files fail it is an orphan, and sweeping orphans takes what
    # there is of their files too. Nobody hears of the photo before it is whole.
    _keep(actor, photo_id, photo.width, photo.height)
    storage().put(photo_id + VARIANTS["full"], photo.content)
    storage().put(photo_id + VARIANTS["thumbnail"], photo.thumbnail)
    return {**links(photo_id), "id": photo_id, "width": photo.width, "height": photo.height}


@unit_of_work()
def _keep(actor: Actor, photo_id: str, width: int, height: int) -> None:
    db.session.add(
        Photo(
            id=photo_id,
            owner_id=actor.resident_id,
            width=width,
            height=height,
            created_at=clock.now(),
        )
    )


def attach(actor: Actor, photo_ids: Sequence[str]) -> list[Any]:
    """Claim one's own unused photos for something, inside the caller's transaction.

    Return (id, width, height, check_state) of each, in the same order.
    Errors: InvalidInput on `photo_ids.N`: not yours, used already, or named twice.
    """
    if not photo_ids:
        return []
    now, checked = clock.now(), settings().content_checks
    check = {"check_state": CHECKING, "asked_at": now, "times_asked": 1} if checked else {}
    claimed = read(
        update(Photo)
        .where(
            Photo.id.in_(photo_ids),
            Photo.owner_id == actor.resident_id,
            Photo.attached_at.is_(None),
        )
        .values(attached_at=now, **check)
        .returning(Photo.id, Photo.width, Photo.height, Photo.check_state)
    )
    found = {row.id: row for row in claimed}
    attached = []
    for position, photo_id in enumerate(photo_ids):
        if photo_id not in found:
            raise InvalidInput.of(f"photo_ids.{position}", "unknown_photo")
        attached.append(found.pop(photo_id))
    if checked:
        checking.plan(photo_ids, 1)
    return attached


class LinkTerms(NamedTuple):
    """What all links made at a moment have in common: the key, and until when they work."""

    key: bytes
    expires: int


def link_terms() -> LinkTerms:
    """Return the terms of links made now."""
    return LinkTerms(crypto.link_key(), rules.link_expiry(clock.now()))


def links(photo_id: str, terms: LinkTerms | None = None) -> dict[str, str]:
    """Return the signed links of a photo, for somebody who may see it."""
    terms = terms or link_terms()
    return {
        "url": _link(photo_id, "full", terms),
        "thumbnail_url": _link(photo_id, "thumbnail", terms),
    }


def thumbnail_link(photo_id: str | None, terms: LinkTerms | None = None) -> str | None:
    """Return the signed link of a thumbnail."""
    if photo_id is None:
        return None
    return _link(photo_id, "thumbnail", terms or link_terms())


@lru_cache(maxsize=20_000)  # the same all day, and on every page that shows the photo
def _link(photo_id: str, variant: str, terms: LinkTerms) -> str:
    signature = crypto.sign(f"{photo_id}/{variant}/{terms.expires}", terms.key)
    return f"/api/v1/photos/{photo_id}/{variant}?expires={terms.expires}&signature={signature}"


def open_link(photo_id: str, variant: str, expires: int, signature: str) -> bytes:
    """Return the JPEG behind a signed link. Errors: NotFound, whatever is wrong."""
    if variant not in VARIANTS or expires < clock.now().timestamp():
        raise NotFound
    if not crypto.signed(f"{photo_id}/{variant}/{expires}", signature):
        raise NotFound
    try:
        return storage().get(photo_id + VARIANTS[variant])
    except FileNotFoundError as fault:
        raise NotFound from fault


def forget_orphans(most: int = 500) -> int:
    """Delete photos that nothing has claimed in time; returns how many."""
    before = clock.now() - rules.ORPHAN_KEPT
    orphan = (Photo.attached_at.is_(None)) & (Photo.created_at < before)
    ids = read(select(Photo.id).where(orphan).limit(most)).scalars().all()
    return sum(_forget(photo_id) for photo_id in ids)


@unit_of_work()
def _forget(photo_id: str) -> bool:
    # Claimed meanwhile? Then it stays.
    gone = changed_rows(delete(Photo).where(Photo.id == photo_id, Photo.attached_at.is_(None)))
    if gone:
        delete_files(photo_id)
    return bool(gone)


def delete_files(photo_id: str) -> None:
    """Let a photo be shown to nobody any more, by whatever link."""
    for ending in VARIANTS.values():
        storage().delete(photo_id + ending)


def is_withheld(photo_id: str) -> bool:
    """Whether the verdict on a photo is that others do not see it."""
    state = read(select(Photo.check_state).where(Photo.id == photo_id)).scalar_one_or_none()
    return state == WITHHELD
