"""A hazard as a line of a list."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select

from app.core import clock
from app.core.access import Actor
from app.core.checks import PASSED, WITHHELD, shown_as
from app.hazards import rules
from app.hazards.models import Hazard, HazardCategory
from app.hazards.sight import relations
from app.photos import service as photos
from app.photos.models import Photo

_columns: tuple[Any, ...] = (
    Hazard.id,
    Hazard.number,
    Hazard.category,
    Hazard.severity,
    Hazard.state,
    Hazard.description,
    Hazard.text_state,
    Hazard.address,
    Hazard.lat,
    Hazard.lon,
    Hazard.place_code,
    Hazard.place_name,
    Hazard.community_code,
    Hazard.reported_at,
    Hazard.accept_by,
    Hazard.due_at,
    Hazard.expected_by,
    Hazard.act_by,
    Hazard.handled_at,
    Hazard.closed_at,
    Hazard.first_photo_id,
    Hazard.photo_count,
    Hazard.order_by,
    Hazard.reporter_id,
    Hazard.assignee_id,
    Hazard.anonymous,
    HazardCategory.name_zh,
    HazardCategory.name_en,
    Photo.check_state.label("first_photo_state"),
)
ITEM = (
    select(*_columns)
    .join(HazardCategory, HazardCategory.code == Hazard.category)
    .outerjoin(Photo, Photo.id == Hazard.first_photo_id)
)


class Looking(NamedTuple):
    """What all lines of a page have in common: who looks, when, and how photos are linked."""

    actor: Actor
    me: int
    english: bool
    now: datetime
    links: photos.LinkTerms


def looking(actor: Actor) -> Looking:
    """Return how an actor looks at hazards at this moment."""
    return Looking(
        actor, actor.resident_id, actor.language == "en", clock.now(), photos.link_terms()
    )


def shows_text(eye: Looking, row: Any, state: str) -> bool:
    """Whether what a case's reporter wrote is shown: to neighbours only after it passed."""
    return state == PASSED or bool(relations(eye.actor, row))


def shows_photo(eye: Looking, row: Any, state: str, owner_id: int) -> bool:
    """Whether a photo of a case is shown: as its text, but a risky one to supervisors alone."""
    if state == PASSED:
        return True
    held = relations(eye.actor, row)
    if state == WITHHELD:
        return rules.SUPERVISOR in held
    return owner_id == eye.me or bool(held)


def item_view(eye: Looking, row: Any) -> dict[str, Any]:
    """Return a hazard as a line of a list."""
    told = shows_text(eye, row, row.text_state)
    first = row.first_photo_id
    if first and not shows_photo(eye, row, row.first_photo_state, row.reporter_id):
        first = None
    return {
        "id": row.id,
        "number": row.number,
        "category": row.category,
        "category_name": row.name_en if eye.english else row.name_zh,
        "severity": row.severity,
        "state": row.state,
        "description": row.description if told else "",
        "text_state": shown_as(row.text_state),
        "address": row.address if told else None,
        "lat": row.lat,
        "lon": row.lon,
        "place_code": row.place_code,
        "place_name": row.place_name,
        "reported_at": row.reported_at,
        "accept_by": row.accept_by,
        "due_at": row.due_at,
        "expected_by": row.expected_by,
        "act_by": row.act_by,
        "order_by": row.order_by,
        "overdue": rules.is_overdue(row.act_by, eye.now),
        "handled_at": row.handled_at,
        "closed_at": row.closed_at,
        "thumbnail_url": photos.thumbnail_link(first, eye.links),
        "photo_count": row.photo_count,
        "mine": row.reporter_id == eye.me,
        "anonymous": row.anonymous,
        "distance_m": None,
    }
