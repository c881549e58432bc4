"""What those in charge did, written down where it was done: in the same transaction.

Every request that writes under a permission of those in charge leaves one entry, without its
service having to think of it (`watch`, called by whoever opened the door, and the end of the
first transaction). A service may say more (`note`), or have an entry where its door is
everybody's (`record`). Entries are only added; a job forgets them after three years.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import g, has_request_context, request
from sqlalchemy import Index, String, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock, here, pages
from app.core.db import (
    Base,
    PlaceCode,
    current_connection,
    read,
    runs_before_commit,
    within,
)
from app.core.forgetting import forget

KEPT = timedelta(days=3 * 365)
"""Long enough for the inspection of a committee's term."""
LONGEST_ABOUT, LONGEST_NOTE = 200, 500
_WATCHED, _NOTED = "linli_watched", "linli_noted"


class AuditEntry(Base):
    """Who did what, when and where. `act` is the name of the route; `about` what it was done to."""

    __tablename__ = "audit_entries"
    __table_args__ = (
        Index("ix_audit_entries_place_code_id", "place_code", "id"),
        Index("ix_audit_entries_resident_id_id", "resident_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    resident_id: Mapped[int] = mapped_column()
    act: Mapped[str] = mapped_column(String(60))
    place_code: Mapped[str] = mapped_column(PlaceCode())
    about: Mapped[str] = mapped_column(String(200))
    note: Mapped[str | None] = mapped_column(String(500))
    at_desk: Mapped[bool] = mapped_column()


@dataclass(frozen=True, slots=True)
class Watched:
    """A request that will leave an entry if it writes."""

    resident_id: int
    place_code: str
    act: str
    about: str
    at_desk: bool


def watch(resident_id: int, codes: tuple[str, ...]) -> None:
    """Let this request leave an entry. `codes`: the places whose role opened its door."""
    if request.method in {"GET", "HEAD", "OPTIONS"} or not codes:
        return
    given = request.view_args or {}
    asked = str(given.get("place_code", ""))
    place_code = next((asked for code in codes if asked.startswith(code)), codes[0])
    told = "/".join(str(value) for name, value in given.items() if name != "place_code")
    setattr(
        g,
        _WATCHED,
        Watched(
            resident_id,
            place_code,
            str(request.endpoint),
            told[:LONGEST_ABOUT],
            at_desk=request.path.startswith("/console"),
        ),
    )


@contextmanager
def aside() -> Iterator[None]:
    """Write no entry of what is prepared here: the deed comes after it, and may be refused."""
    with _watched_on():
        g.pop(_WATCHED, None)
        yield


@contextmanager
def by_itself() -> Iterator[None]:
    """Write an entry of its own of what is done here: one request may do several things."""
    g.pop(_NOTED, None)  # of one before, that was refused
    with _watched_on():
        yield


@contextmanager
def _watched_on() -> Iterator[None]:
    """Watch the request after this as before it, whatever was written down meanwhile."""
    watched = g.get(_WATCHED)
    try:
        yield
    finally:
        if watched is not None:
            setattr(g, _WATCHED, watched)


def note(
    *, place_code: str | None = None, about: str | None = None, why: str | None = None
) -> None:
    """Say more of what is being done: where it lies, what it is about, the reason given.

    Said twice, what is said later holds. Where nobody says where it lies, it is the place that the
    request names, or else the first of the actor's: so a door that finds an object says it.
    """
    if _WATCHED in g:
        said, before = (place_code, about, why), g.get(_NOTED, (None, None, None))
        merged = tuple(old if new is None else new for new, old in zip(said, before, strict=True))
        setattr(g, _NOTED, merged)


def forgo() -> None:
    """Leave no entry: it turned out that there was nothing to do."""
    g.pop(_WATCHED, None)


def record(
    resident_id: int, act: str, *, place_code: str, about: str, why: str | None = None
) -> None:
    """Add an entry in the transaction that is open."""
    g.pop(_WATCHED, None)
    current_connection().execute(
        insert(AuditEntry),
        {
            "at": clock.now(),
            "resident_id": resident_id,
            "act": act,
            "place_code": place_code,
            "about": about[:LONGEST_ABOUT],
            "note": why and why[:LONGEST_NOTE],
            "at_desk": has_request_context() and request.path.startswith("/console"),
        },
    )


@runs_before_commit
def _write_down() -> None:
    watched: Watched | None = here.notes().get(_WATCHED)
    if watched is None:
        return
    place_code, about, why = g.pop(_NOTED, (None, None, None))
    record(
        watched.resident_id,
        watched.act,
        place_code=place_code or watched.place_code,
        about=about or watched.about,
        why=why,
    )


def list_entries(
    place_code: str,
    *,
    resident_id: int | None = None,
    act: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    cursor: str | None = None,
    limit: int = pages.DEFAULT_LIMIT,
) -> dict[str, Any]:
    """Return a page of what was done at a place or within it, the newest first.

    Whether the asker may see it is the caller's to check. Errors: InvalidInput on a foreign cursor.
    """
    wanted = select(
        AuditEntry.id,
        AuditEntry.at,
        AuditEntry.resident_id,
        AuditEntry.act,
        AuditEntry.place_code,
        AuditEntry.about,
        AuditEntry.note,
        AuditEntry.at_desk,
    ).where(within(AuditEntry.place_code, place_code))
    if resident_id is not None:
        wanted = wanted.where(AuditEntry.resident_id == resident_id)
    if act:
        wanted = wanted.where(AuditEntry.act == act)
    if since:
        wanted = wanted.where(AuditEntry.at >= since)
    if until:
        wanted = wanted.where(AuditEntry.at < until)
    if after := pages.decode(cursor, int):
        wanted = wanted.where(AuditEntry.id < after[0])
    rows = read(wanted.order_by(AuditEntry.id.desc()).limit(limit + 1)).all()
    return pages.page(rows, limit, lambda row: row._asdict(), lambda row: (row.id,))


def forget_old() -> int:
    """Delete entries older than three years; returns how many."""
    return forget(AuditEntry, AuditEntry.at < clock.now() - KEPT)
