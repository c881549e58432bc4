"""What supervisors set and say about a place's figures, and what its committee chooses."""

from datetime import date
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite

from app.committees import formulas, rules
from app.committees.models import CommitteeComment, CommitteeSetting, CommitteeTarget
from app.committees.rectifications import held_to, require_supervisor
from app.core import clock, pages
from app.core.access import Actor
from app.core.db import changed_rows, db, read, unit_of_work, within
from app.core.errors import Forbidden, InvalidInput, NotFound
from app.places import service as places
from app.residents.models import Resident


class NotYourPlace(Forbidden):
    """Only the committee of a place chooses this for it."""

    code = "not_your_place"


# Comments


@unit_of_work()
def comment(
    actor: Actor,
    place_code: str,
    *,
    first: date,
    last: date,
    text: str,
    figure: str | None = None,
) -> dict[str, Any]:
    """Say something to the figures of a range of days; returns it.

    Errors: NotFound, NotSupervisor, InvalidInput (the range).
    """
    require_supervisor(actor, place_code)
    if first > last:
        raise InvalidInput.of("from", "after_the_end")
    row = {
        "place_code": place_code, "figure": figure, "first": first, "last": last, "text": text,
        "author_id": actor.resident_id, "at": clock.now(),
    }  # fmt: skip
    new = insert(CommitteeComment).values(**row).returning(CommitteeComment.id)
    found = read(_COMMENTS.where(CommitteeComment.id == read(new).scalar_one())).one()
    return _comment(found)


def list_comments(
    actor: Actor, place_code: str, *, cursor: str | None = None, limit: int = pages.DEFAULT_LIMIT
) -> dict[str, Any]:
    """Return a page of what was said about a place, newest first. Errors: NotFound."""
    held_to(actor, place_code)
    found = _COMMENTS.where(CommitteeComment.place_code == place_code)
    if after := pages.decode(cursor, int):
        found = found.where(CommitteeComment.id < after[0])
    rows = read(found.order_by(CommitteeComment.id.desc()).limit(limit + 1)).all()
    return pages.page(rows, limit, _comment, lambda row: (row.id,))


_COMMENTS = select(*CommitteeComment.__table__.columns, Resident.name.label("author_name")).join(
    Resident, Resident.id == CommitteeComment.author_id
)


def _comment(row: Any) -> dict[str, Any]:
    return {
        "id": row.id,
        "figure": row.figure,
        "from": row.first,
        "to": row.last,
        "text": row.text,
        "author": row.author_name,
        "at": row.at,
    }


# Targets


@unit_of_work()
def set_target(
    actor: Actor, place_code: str, figure: str, *, wanted: float | None
) -> dict[str, Any]:
    """Set what a figure is to come to, or nothing any more; returns all targets.

    Errors: NotFound (also: no such figure), NotSupervisor, InvalidInput (beyond its scale).
    """
    require_supervisor(actor, place_code)
    if figure not in formulas.TARGETED:
        raise NotFound
    most = 100 if figure in formulas.INDICES else 1
    if wanted is not None and not 0 <= wanted <= most:
        raise InvalidInput.of("wanted", "range", min=0, max=most)
    line = {
        "place_code": place_code, "figure": figure, "wanted": wanted,
        "set_by": actor.resident_id, "set_at": clock.now(),
    }  # fmt: skip
    changed_rows(insert(CommitteeTarget), line)
    return show_targets(actor, place_code)


def show_targets(actor: Actor, place_code: str) -> dict[str, Any]:
    """Return what a place's figures are to come to. Errors: NotFound."""
    held_to(actor, place_code)
    return {"targets": targets_of(place_code)}


def targets_of(place_code: str) -> list[dict[str, Any]]:
    """Return the targets that hold, by name of the figure; one query."""
    target = CommitteeTarget
    newest = (
        select(func.max(target.id)).where(target.place_code == place_code).group_by(target.figure)
    )
    rows = read(
        select(target.figure, target.wanted, target.set_at)
        .where(target.id.in_(newest), target.wanted.is_not(None))
        .order_by(target.figure)
    )
    return [
        {
            "figure": row.figure,
            "wanted": row.wanted,
            "at_most": row.figure in formulas.LESS_IS_BETTER,
            "set_at": row.set_at,
        }
        for row in rows
    ]


# Ranking


def show_settings(actor: Actor, place_code: str) -> dict[str, Any]:
    """Return what a place's committee chose. Errors: NotFound."""
    held_to(actor, place_code)
    row = read(
        select(CommitteeSetting.ranking).where(CommitteeSetting.place_code == place_code)
    ).one_or_none()
    return {"ranking": bool(row and row.ranking)}


@unit_of_work()
def change_settings(actor: Actor, place_code: str, *, ranking: bool) -> dict[str, Any]:
    """Choose whether a place may be ranked and named beside others; returns what holds.

    Errors: NotFound, NotYourPlace (only its own committee chooses).
    """
    if rules.OWNER not in held_to(actor, place_code):
        raise NotYourPlace
    if place_code not in places.names_of([place_code]):
        raise NotFound
    changes = {
        "ranking": ranking,
        "changed_by": actor.resident_id,
        "changed_at": clock.now(),
    }
    postgresql = db.engine.dialect.name == "postgresql"
    new: Any = (insert_postgresql if postgresql else insert_sqlite)(CommitteeSetting)
    new = new.values(place_code=place_code, **changes)
    changed_rows(new.on_conflict_do_update(index_elements=["place_code"], set_=changes))
    return show_settings(actor, place_code)


def ranked_within(place_code: str) -> set[str]:
    """Return the places within a place whose committees want to be ranked; one query."""
    wanted = select(CommitteeSetting.place_code).where(
        CommitteeSetting.ranking, within(CommitteeSetting.place_code, place_code)
    )
    return set(read(wanted).scalars())
