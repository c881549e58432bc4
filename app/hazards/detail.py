"""One case in full: its photos, its history, its orders, and the moves open to who asks."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import and_, bindparam, select
from sqlalchemy.orm import aliased

from app.core.access import Actor
from app.core.checks import PASSED, WAITED_FOR, shown_as
from app.core.db import read
from app.hazards import clocks, rules
from app.hazards.items import Looking, item_view, looking, shows_photo, shows_text
from app.hazards.models import HazardMove, HazardPhoto, NoteCheck, SupervisionOrder
from app.hazards.sight import moves_for, relations
from app.photos import service as photos
from app.photos.models import Photo
from app.residents import service as residents
from app.residents.models import Resident

_reporter = aliased(Resident)
_assignee = aliased(Resident)


def fresh_view(actor: Actor, row: Any, attached: Sequence[Any]) -> dict[str, Any]:
    """Return a case that was just reported, with the photos that came with it."""
    hung = [
        FirstPhoto(photo.id, photo.width, photo.height, photo.check_state, actor.resident_id)
        for photo in attached
    ]
    return _in_full(actor, row, hung)


def detail_view(actor: Actor, row: Any) -> dict[str, Any]:
    """Return a found case in full."""
    hung = read(_PHOTOS, {"hazard_id": row.id}) if row.photo_count else ()
    return _in_full(actor, row, hung)


def _in_full(actor: Actor, row: Any, hung: Iterable[Any]) -> dict[str, Any]:
    eye = looking(actor)
    held = relations(actor, row)
    handles = bool(held - {rules.REPORTER})
    shown_photos = _photos(eye, row, hung, handles=handles)
    lines = list(_lines(row))
    reporter: dict[str, Any] | None = None
    assignee = person(row.assignee_id, row.assignee_name)
    if not row.anonymous or rules.REPORTER in held:
        staff = held & {rules.ASSIGNEE, rules.DISPATCHER} and rules.REPORTER not in held
        rings = staff and not row.anonymous and row.state in rules.OPEN
        phone = residents.phone(row.reporter_phone) if rings else None
        reporter = {"id": row.reporter_id, "name": row.reporter_name, "phone": phone}
    if assignee:
        assignee["phone"] = residents.phone(row.assignee_phone) if held else None
    return item_view(eye, row) | {
        "text_waits_for": WAITED_FOR.get(row.text_state) if handles else None,
        "may_judge": rules.SUPERVISOR in held,
        "round_id": row.round_id if held else None,
        "reporter": reporter,
        "assignee": assignee,
        "photos": [photo for found in shown_photos.values() for photo in found],
        "history": _history(eye, row, lines, shown_photos, handles=handles),
        "orders": _orders(actor, row, held, lines),
        "moves": moves_for(held, row, eye.now),
        "suspension": _suspension(row),
        "elapsed": _elapsed(row, eye.now),
    }


def person(resident_id: int | None, name: str | None) -> dict[str, Any] | None:
    """Return somebody by id and name, or nobody."""
    return None if resident_id is None else {"id": resident_id, "name": name}


_PHOTOS = (
    select(
        HazardPhoto.photo_id,
        HazardPhoto.seq,
        HazardPhoto.kind,
        Photo.width,
        Photo.height,
        Photo.check_state,
        Photo.owner_id,
    )
    .join(Photo, Photo.id == HazardPhoto.photo_id)
    .where(HazardPhoto.hazard_id == bindparam("hazard_id"))
    .order_by(HazardPhoto.seq, HazardPhoto.position)
)


class FirstPhoto(NamedTuple):
    """A photo that came with the report, as a row of `_PHOTOS`."""

    photo_id: str
    width: int
    height: int
    check_state: str
    owner_id: int
    seq: int = 1
    kind: str = "before"


def _photos(
    eye: Looking, hazard: Any, hung: Iterable[Any], *, handles: bool
) -> dict[int, list[dict[str, Any]]]:
    """Return the photos of a hazard by the line of history that brought them."""
    found: dict[int, list[dict[str, Any]]] = {}
    for row in hung:
        shown = shows_photo(eye, hazard, row.check_state, row.owner_id)
        links = photos.links(row.photo_id, eye.links) if shown else NO_LINKS
        found.setdefault(row.seq, []).append(
            {
                **links,
                "id": row.photo_id,
                "kind": row.kind,
                "width": row.width,
                "height": row.height,
                "state": shown_as(row.check_state),
                "waits_for": WAITED_FOR.get(row.check_state) if handles else None,
            }
        )
    return found


NO_LINKS = {"url": None, "thumbnail_url": None}


_HISTORY = (
    select(
        HazardMove.seq,
        HazardMove.at,
        HazardMove.move,
        HazardMove.from_state,
        HazardMove.to_state,
        HazardMove.actor_id,
        HazardMove.actor_role,
        HazardMove.note,
        HazardMove.rating,
        HazardMove.solved,
        HazardMove.until,
        HazardMove.assignee_id,
        _reporter.name.label("actor_name"),
        _assignee.name.label("assignee_name"),
        NoteCheck.state.label("note_state"),
    )
    .outerjoin(
        NoteCheck,
        and_(NoteCheck.hazard_id == HazardMove.hazard_id, NoteCheck.seq == HazardMove.seq),
    )
    .outerjoin(_reporter, _reporter.id == HazardMove.actor_id)
    .outerjoin(_assignee, _assignee.id == HazardMove.assignee_id)
    .where(HazardMove.hazard_id == bindparam("hazard_id"))
    .order_by(HazardMove.seq)
)


def _history(
    eye: Looking,
    hazard: Any,
    lines: Iterable[Any],
    shown_photos: dict[int, list[dict[str, Any]]],
    *,
    handles: bool,
) -> list[dict[str, Any]]:
    hidden = hazard.reporter_id if hazard.anonymous else None
    return [
        {
            "seq": row.seq,
            "at": row.at,
            "move": row.move,
            "from_state": row.from_state,
            "to_state": row.to_state,
            "actor": _who(eye, row, hidden),
            "note": row.note if shows_text(eye, hazard, row.note_state or PASSED) else None,
            "note_state": shown_as(row.note_state or PASSED),
            "note_waits_for": WAITED_FOR.get(row.note_state) if handles else None,
            "rating": row.rating,
            "solved": row.solved,
            "until": row.until,
            "assignee": person(row.assignee_id, row.assignee_name),
            "photos": shown_photos.get(row.seq, []),
        }
        for row in lines
    ]


class FirstLine(NamedTuple):
    """The first line of a history: nothing but what the case itself says."""

    at: datetime
    actor_id: int
    actor_name: str
    seq: int = 1
    move: str = rules.REPORT.name
    from_state: None = None
    to_state: str = rules.REPORT.to
    actor_role: str = rules.REPORTER
    note: None = None
    rating: None = None
    solved: None = None
    until: None = None
    assignee_id: None = None
    assignee_name: None = None
    note_state: None = None


def _lines(hazard: Any) -> Iterable[Any]:
    if hazard.moves_made == 1:  # just reported, which need not be read again
        return [FirstLine(hazard.reported_at, hazard.reporter_id, hazard.reporter_name)]
    return read(_HISTORY, {"hazard_id": hazard.id})


def _who(eye: Looking, row: Any, hidden: int | None) -> dict[str, Any]:
    """Return who made a move, without the name of somebody who wants none."""
    # Somebody hidden who also handled it is named as who handled it: a gap would tell on them.
    own = row.actor_id == eye.me
    if row.actor_role == rules.REPORTER and row.actor_id == hidden and not own:
        return {"id": None, "name": None, "role": row.actor_role}
    return {"id": row.actor_id, "name": row.actor_name, "role": row.actor_role}


_ORDERS = (
    select(*SupervisionOrder.__table__.columns, Resident.name.label("answered_by_name"))
    .outerjoin(Resident, Resident.id == SupervisionOrder.answered_by)
    .where(SupervisionOrder.hazard_id == bindparam("hazard_id"))
    .order_by(SupervisionOrder.seq)
)


def _orders(
    actor: Actor, hazard: Any, held: frozenset[str], lines: Iterable[Any]
) -> list[dict[str, Any]]:
    if all(line.move != rules.SUPERVISE for line in lines):
        return []  # the history says so, which need not be asked again
    return [
        {
            "id": row.id,
            "raised_at": row.raised_at,
            "share": row.percent / 100,
            "due_at": row.due_at,
            "answer_by": row.answer_by,
            "answer": row.answer,
            "answered_at": row.answered_at,
            "answered_by": row.answered_by_name,
            "may_answer": row.answered_at is None and may_answer(actor, held, row),
        }
        for row in read(_ORDERS, {"hazard_id": hazard.id})
    ]


def may_answer(actor: Actor, held: frozenset[str], order: Any) -> bool:
    """Whether somebody who is all of `held` to a case may answer an order in it."""
    return rules.may_answer(held, was_ordered=order.ordered_id == actor.resident_id)


def _suspension(row: Any) -> dict[str, Any] | None:
    if row.state != "suspended":
        return None
    return {
        "until": row.suspended_until,
        "note": row.suspension_note,
        "approved": row.suspension_approved,
    }


def _elapsed(row: Any, now: datetime) -> float | None:
    """Return the used share of the promised time; it stands still where the clock does."""
    if row.state in rules.CAME_TO_NOTHING:
        return None
    since = row.running_since or row.reported_at
    stopped = row.handled_at or (row.suspended_at if row.suspension_approved else None)
    until, late_from = row.expected_by, row.late_from
    return clocks.share_used(row.clock, since, until, stopped or now, late_from=late_from)
