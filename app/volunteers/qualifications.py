"""Skills that were earned, not said: given by another feature, for some time, taken back by it."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, or_, select, update

from app.core import clock
from app.core.db import changed_rows, read
from app.core.idempotency import insert_ignore
from app.volunteers.models import Qualification


def give(
    resident_id: int,
    skill: str,
    source_type: str,
    source_id: int,
    *,
    first_day: date,
    last_day: date | None,
) -> None:
    """Give somebody a skill of `rules.EARNED` for Shanghai days, part of a transaction.

    A repetition changes nothing; what was taken back is given again. Whoever is no volunteer has
    it all the same, for when they become one.
    """
    key = {
        "resident_id": resident_id,
        "skill": skill,
        "source_type": source_type,
        "source_id": source_id,
    }
    term = {"first_day": first_day, "last_day": last_day, "given_at": clock.now()}
    if not changed_rows(insert_ignore(Qualification), key | term | {"revoked_at": None}):
        again = update(Qualification).filter_by(**key).where(Qualification.revoked_at.is_not(None))
        changed_rows(again.values(**term, revoked_at=None))


def take_back(resident_id: int, source_type: str, source_id: int) -> None:
    """Take back what a source gave somebody, part of a transaction."""
    theirs = update(Qualification).filter_by(
        resident_id=resident_id, source_type=source_type, source_id=source_id, revoked_at=None
    )
    changed_rows(theirs.values(revoked_at=clock.now()))


def earned(resident_ids: Collection[int], day: date) -> dict[int, set[str]]:
    """Return the skills that people have earned and that hold on a Shanghai day, in one query."""
    return gathered(read(_EARNED, {"ids": sorted(set(resident_ids)), "day": day}))


def gathered(rows: Iterable[Any]) -> dict[int, set[str]]:
    """Return skills by who has them."""
    found: dict[int, set[str]] = defaultdict(set)
    for row in rows:
        found[row.resident_id].add(row.skill)
    return found


def asked(resident_ids: Collection[int], day: date) -> Any:
    """Return what asks for the same, to be asked together with something else."""
    mine = Qualification.resident_id.in_(sorted(set(resident_ids)))
    return select(Qualification.resident_id, Qualification.skill).where(mine, held(day))


def held(day: Any) -> ColumnElement[bool]:
    """Whether what was earned holds on a day."""
    return and_(
        Qualification.revoked_at.is_(None),
        Qualification.first_day <= day,
        or_(Qualification.last_day.is_(None), Qualification.last_day >= day),
    )


_EARNED = select(Qualification.resident_id, Qualification.skill).where(
    Qualification.resident_id.in_(bindparam("ids", expanding=True)), held(bindparam("day"))
)


def list_earned(resident_id: int) -> list[dict[str, Any]]:
    """Return what somebody earned and was not taken back, the latest first."""
    rows = read(
        select(Qualification.skill, Qualification.first_day, Qualification.last_day)
        .where(Qualification.resident_id == resident_id, Qualification.revoked_at.is_(None))
        .order_by(Qualification.id.desc())
    )
    return [{"skill": row.skill, "from": row.first_day, "to": row.last_day} for row in rows]
