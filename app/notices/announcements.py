"""What a committee tells everybody who lives in a place: storm warnings, water cuts, meetings."""

import time
from typing import Any

from sqlalchemy import Select, insert, or_, select, update

from app.core import audit, clock, deliveries, pages
from app.core.access import Actor, Permission, RoleKind
from app.core.db import changed_rows, read, unit_of_work, within_any
from app.core.errors import InvalidInput, NotFound
from app.notices import service
from app.notices.models import Announcement
from app.places import rules as place_rules
from app.places import service as places
from app.residents import service as residents
from app.residents.models import Resident

FAN_OUT = "notices.fan_out"
"""The deliveries that hand an announcement out."""
BATCH = 500
"""So many residents are told in one transaction: well under half a second on either database."""
AT_A_STRETCH_S = 15.0
"""Well within a delivery's lease; the rest follows in the next one."""
LONGEST_PAUSE_S = 0.05
"""Between batches there is a pause as long as the last took, up to this. Who waits to write on
SQLite looks again now and then, and finds the door open half of the time."""


@unit_of_work()
def announce(
    actor: Actor, *, place_code: str, title: str, body: str, emergency: bool = False
) -> dict[str, Any]:
    """Announce something to all who live in a place; they find it in their inboxes.

    Errors: NotFound (not the actor's place); InvalidInput (there is no such place).
    """
    if not actor.reaches(Permission.ANNOUNCE, place_code):
        raise NotFound
    name = places.names_of([place_code]).get(place_code)
    if name is None:
        raise InvalidInput.of("place_code", "unknown_place")
    audit.note(place_code=place_code)
    new = insert(Announcement).returning(Announcement.id)
    row = {
        "place_code": place_code,
        "place_name": name,
        "author_id": actor.resident_id,
        "title": title,
        "body": body,
        "emergency": emergency,
        "created_at": clock.now(),
        "reached": 0,
        "told": 0,
    }
    announcement_id = int(read(new, row).scalar_one())
    deliveries.enqueue(FAN_OUT, str(announcement_id), {"announcement_id": announcement_id})
    return _view(read(_ANNOUNCEMENTS.where(Announcement.id == announcement_id)).one())


def hand_out(announcement_id: int) -> bool:
    """Hand an announcement out for a while; returns whether all have it now."""
    until = time.monotonic() + AT_A_STRETCH_S
    while (began := time.monotonic()) < until:
        if hand_out_batch(announcement_id) == 0:
            return True
        time.sleep(min(time.monotonic() - began, LONGEST_PAUSE_S))
    return False


@unit_of_work()
def hand_out_batch(announcement_id: int, most: int = BATCH) -> int:
    """Tell the next residents of the place; returns how many there were, 0 at the end."""
    row = read(
        select(*Announcement.__table__.columns)
        .where(Announcement.id == announcement_id)
        .with_for_update()
    ).one()
    if row.finished_at is not None:
        return 0
    ids = residents.ids_within(RoleKind.RESIDENT, row.place_code, after=row.reached, most=most)
    told = service.tell(
        "emergency" if row.emergency else "announcement",
        ids,
        key=f"announcement:{row.id}",
        about=service.About("announcement", row.id),
        params={"title": row.title, "body": row.body, "place": row.place_name},
    )
    moved = {"told": row.told + told}
    moved |= {"reached": ids[-1]} if ids else {"finished_at": clock.now()}
    changed_rows(update(Announcement).where(Announcement.id == row.id).values(moved))
    return len(ids)


def list_announcements(actor: Actor, *, cursor: str | None = None, limit: int) -> dict[str, Any]:
    """Return a page of what was announced to or by the actor's places, newest first."""
    seen = _seen_by(actor)
    after = pages.decode(cursor, int)
    if after:
        seen = seen.where(Announcement.id < after[0])
    rows = read(seen.order_by(Announcement.id.desc()).limit(limit + 1)).all()
    return pages.page(rows, limit, _view, lambda row: (row.id,))


def find_announcement(actor: Actor, announcement_id: int) -> dict[str, Any]:
    """Return one announcement that the actor may see. Errors: NotFound."""
    row = read(_seen_by(actor).where(Announcement.id == announcement_id)).one_or_none()
    if row is None:
        raise NotFound
    return _view(row)


def _seen_by(actor: Actor) -> Select[Any]:
    """Select what was said to a place that the actor belongs to, or of which they are staff."""
    around = {code for role in actor.roles for code in place_rules.codes_above(role.place_code)}
    to_me = Announcement.place_code.in_(sorted(around))
    ours = within_any(Announcement.place_code, actor.codes(Permission.ANNOUNCE))
    return _ANNOUNCEMENTS.where(or_(to_me, ours))


_ANNOUNCEMENTS = select(
    *Announcement.__table__.columns,
    Resident.name.label("author"),
).join(Resident, Resident.id == Announcement.author_id)


def _view(row: Any) -> dict[str, Any]:
    return {
        "id": row.id,
        "place_code": row.place_code,
        "place_name": row.place_name,
        "title": row.title,
        "body": row.body,
        "emergency": row.emergency,
        "created_at": row.created_at,
        "told": row.told,
        "finished_at": row.finished_at,
        "author": row.author,
    }
