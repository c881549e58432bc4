"""Telling people, and their inbox. One function, one transaction."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Boolean, String, func, literal, select, update

from app.core import clock, deliveries, pages, texts
from app.core.access import Actor
from app.core.clock import SHANGHAI
from app.core.db import UtcDateTime, changed_rows, read, unit_of_work
from app.core.errors import NotFound
from app.core.forgetting import forget
from app.core.idempotency import insert_ignore
from app.notices import quotas, rules
from app.notices.models import Notice
from app.residents.models import Resident

MESSAGE = "notices.message"
"""The deliveries that send a notice to a phone."""
BATCH = 500
"""So many people are told in one statement."""


@dataclass(frozen=True, slots=True)
class About:
    """What a notice is about, and what a tap on it opens: `hazard` 17."""

    kind: str
    id: int


@unit_of_work()
def tell(
    kind_name: str,
    resident_ids: Iterable[int],
    *,
    key: str,
    about: About | None,
    params: Mapping[str, rules.Param],
    emergency: bool = False,
) -> int:
    """Tell people something, each at most once by `key`; returns how many are told now.

    It stands in their inbox at once. Those who allowed it get a WeChat message
    besides, after the quiet hours unless it is an emergency.
    """
    kind = rules.KINDS[kind_name]
    at_night = kind.at_night or emergency
    told = 0
    ids = sorted(set(resident_ids))
    for start in range(0, len(ids), BATCH):
        new = _write(kind, ids[start : start + BATCH], key, about, params, urgent=at_night)
        _plan_messages(kind, new, at_night=at_night)
        told += len(new)
    return told


def _write(
    kind: rules.Kind,
    resident_ids: Sequence[int],
    key: str,
    about: About | None,
    params: Mapping[str, rules.Param],
    *,
    urgent: bool,
) -> dict[int, int]:
    """Write into inboxes; returns the new notices' ids by resident."""
    values = {
        "kind": literal(kind.name, String()),
        "key": literal(key, String()),
        "about_kind": literal(about and about.kind, String()),
        "about_id": literal(about and about.id, Notice.about_id.type),
        "params": literal(dict(params), JSON()),
        "emergency": literal(urgent, Boolean()),
        "created_at": literal(clock.now(), UtcDateTime()),
    }
    there = Resident.id.in_(resident_ids) & Resident.erased_at.is_(None)
    people = select(Resident.id, *values.values()).where(there)
    statement = (
        insert_ignore(Notice)
        .from_select(["resident_id", *values], people.order_by(Resident.id))
        .returning(Notice.resident_id, Notice.id)
    )
    return dict(tuple(row) for row in read(statement))


def _plan_messages(kind: rules.Kind, new: Mapping[int, int], *, at_night: bool) -> None:
    if kind.template is None or not new:
        return
    planned = [
        (str(new[resident_id]), {"notice_id": new[resident_id], "template": kind.template})
        for resident_id in quotas.reserve(kind, new)
    ]
    due_at = rules.allowed_from(clock.now(), at_night=at_night)
    deliveries.enqueue_many(MESSAGE, planned, due_at=due_at)


def list_notices(
    actor: Actor, *, unread: bool = False, cursor: str | None = None, limit: int
) -> dict[str, Any]:
    """Return a page of the actor's inbox, newest first, and how many are unread (at most 100)."""
    mine = [Notice.resident_id == actor.resident_id]
    after = pages.decode(cursor, int)
    if after:
        mine.append(Notice.id < after[0])
    if unread:
        mine.append(Notice.read_at.is_(None))
    rows = read(_NOTICES.where(*mine).order_by(Notice.id.desc()).limit(limit + 1)).all()
    found = pages.page(rows, limit, lambda row: view(row, actor.language), lambda row: (row.id,))
    return found | {"unread": count_unread(actor)}


_NOTICES = select(
    Notice.id,
    Notice.kind,
    Notice.about_kind,
    Notice.about_id,
    Notice.params,
    Notice.emergency,
    Notice.created_at,
    Notice.read_at,
)


def count_unread(actor: Actor) -> int:
    """Return how many notices the actor has not read, up to what an inbox shows."""
    some = (
        select(Notice.id)
        .where(Notice.resident_id == actor.resident_id, Notice.read_at.is_(None))
        .limit(rules.MOST_UNREAD_SHOWN)
    )
    return int(read(select(func.count()).select_from(some.subquery())).scalar_one())


@unit_of_work()
def mark_read(actor: Actor, notice_id: int) -> dict[str, Any]:
    """Mark one notice as read. Errors: NotFound (it is not the actor's)."""
    mine = (Notice.id == notice_id) & (Notice.resident_id == actor.resident_id)
    unread = mine & Notice.read_at.is_(None)
    changed_rows(update(Notice).where(unread).values(read_at=clock.now()))
    row = read(_NOTICES.where(mine)).one_or_none()
    if row is None:
        raise NotFound
    return view(row, actor.language)


@unit_of_work()
def mark_all_read(actor: Actor, *, about: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Mark all of the actor's notices as read, or all about one thing; returns what is left."""
    mine = [Notice.resident_id == actor.resident_id, Notice.read_at.is_(None)]
    if about:
        mine += [Notice.about_kind == about["kind"], Notice.about_id == about["id"]]
    changed_rows(update(Notice).where(*mine).values(read_at=clock.now()))
    return {"unread": count_unread(actor)}


def forget_old_read() -> int:
    """Delete notices that were read long ago; returns how many."""
    return forget(Notice, Notice.read_at < clock.now() - rules.READ_KEPT)


def view(row: Any, language: str) -> dict[str, Any]:
    """Return a notice in words."""
    about = row.about_kind and {"kind": row.about_kind, "id": row.about_id}
    return {
        "id": row.id,
        "kind": row.kind,
        "title": words(row.kind, "title", row.params, language),
        "body": body(row.kind, row.params, language),
        "about": about or None,
        "emergency": row.emergency,
        "at": row.created_at,
        "read_at": row.read_at,
    }


def body(kind_name: str, params: Mapping[str, rules.Param], language: str) -> str:
    """Return a notice's text, with what somebody wrote to it at its end."""
    said = words(kind_name, "body", params, language)
    if "note" not in params:
        return said
    return said + "\n" + texts.text("notices.note", language, note=params["note"])


def words(kind_name: str, part: str, params: Mapping[str, rules.Param], language: str) -> str:
    """Return one text of a kind from the catalogue, its placeholders filled."""
    shown = {name: shown_param(value, language) for name, value in params.items()}
    return texts.text(f"notices.{kind_name}.{part}", language, **shown)


def shown_param(value: rules.Param, language: str) -> str | int:
    """Return a parameter as people read it."""
    if isinstance(value, (str, int)):
        return value
    if "at" in value:
        return moment(datetime.fromisoformat(value["at"]), language)
    return value[language]


def moment(when: datetime, language: str) -> str:
    """Return a moment in Shanghai as people say it: `11月21日 15:01`, `21 Nov 15:01`."""
    wall = when.astimezone(SHANGHAI)
    month = texts.text(f"notices.months.{wall.month}", language)
    return texts.text("notices.moment", language, month=month, day=wall.day, time=f"{wall:%H:%M}")
