"""Trainings and insurances that a volunteer says they have: optional, their own, deletable."""

from datetime import date
from typing import Any

from sqlalchemy import delete, insert, select

from app.core import clock, crypto
from app.core.access import Actor
from app.core.db import changed_rows, read, unit_of_work
from app.core.errors import Conflict, InvalidInput, NotFound
from app.volunteers import rules
from app.volunteers.models import Insurance, Training, Volunteer
from app.volunteers.service import NotAVolunteer


class TooManyRecords(Conflict):
    """More than anybody needs; delete one first."""

    code = "too_many_records"


@unit_of_work()
def add_training(
    actor: Actor, *, name: str, held_on: date, hours: int | None = None, by: str | None = None
) -> dict[str, Any]:
    """Add a training one took. Errors: NotAVolunteer, TooManyRecords, InvalidInput (tomorrow)."""
    now = clock.now()
    if held_on > clock.shanghai_day(now):
        raise InvalidInput.of("held_on", "in_the_future")
    _make_room(actor.resident_id, Training)
    row = {
        "resident_id": actor.resident_id,
        "name": name,
        "held_on": held_on,
        "hours": hours,
        "given_by": by,
        "added_at": now,
    }
    new = read(insert(Training).returning(*_TRAINING.selected_columns), row).one()
    return dict(new._mapping)  # noqa: SLF001 it is public


@unit_of_work()
def add_insurance(
    actor: Actor, *, insurer: str, policy_number: str, first: date, last: date
) -> dict[str, Any]:
    """Add an insurance one has. Errors: NotAVolunteer, TooManyRecords, InvalidInput (its days)."""
    if last < first:
        raise InvalidInput.of("to", "before_the_start")
    _make_room(actor.resident_id, Insurance)
    row = {
        "resident_id": actor.resident_id,
        "insurer": insurer,
        "sealed_policy_number": crypto.encrypt(policy_number),
        "first_day": first,
        "last_day": last,
        "added_at": clock.now(),
    }
    new = read(insert(Insurance).returning(*_INSURANCE.selected_columns), row).one()
    return _insurance(new)


@unit_of_work()
def remove_training(actor: Actor, training_id: int) -> None:
    """Delete a training of one's own. Errors: NotFound."""
    _remove(actor, Training, training_id)


@unit_of_work()
def remove_insurance(actor: Actor, insurance_id: int) -> None:
    """Delete an insurance of one's own. Errors: NotFound."""
    _remove(actor, Insurance, insurance_id)


def list_trainings(resident_id: int) -> list[dict[str, Any]]:
    """Return somebody's trainings, the latest first."""
    rows = read(_TRAINING.where(Training.resident_id == resident_id).order_by(*_LATEST_TRAINING))
    return [dict(row._mapping) for row in rows]  # noqa: SLF001 it is public


def list_insurances(resident_id: int) -> list[dict[str, Any]]:
    """Return somebody's insurances, the one that lasts longest first."""
    mine = Insurance.resident_id == resident_id
    return [_insurance(row) for row in read(_INSURANCE.where(mine).order_by(*_LATEST_INSURANCE))]


def forget_records(resident_id: int) -> None:
    """Delete all of them, within the caller's transaction."""
    changed_rows(delete(Training).where(Training.resident_id == resident_id))
    changed_rows(delete(Insurance).where(Insurance.resident_id == resident_id))


_TRAINING = select(
    Training.id, Training.name, Training.held_on, Training.hours, Training.given_by.label("by")
)
_LATEST_TRAINING = (Training.held_on.desc(), Training.id.desc())
_INSURANCE = select(
    Insurance.id,
    Insurance.insurer,
    Insurance.sealed_policy_number,
    Insurance.first_day,
    Insurance.last_day,
)
_LATEST_INSURANCE = (Insurance.last_day.desc(), Insurance.id.desc())


def _insurance(row: Any) -> dict[str, Any]:
    return {
        "id": row.id,
        "insurer": row.insurer,
        "policy_number": crypto.decrypt(row.sealed_policy_number),
        "from": row.first_day,
        "to": row.last_day,
    }


def _make_room(resident_id: int, kind: type[Training | Insurance]) -> None:
    # The volunteer's row is held, so that two taps cannot both take the last place.
    mine = select(Volunteer.resident_id).where(Volunteer.resident_id == resident_id)
    if read(mine.with_for_update()).scalar_one_or_none() is None:
        raise NotAVolunteer
    ids = select(kind.id).where(kind.resident_id == resident_id).limit(rules.MOST_RECORDS)
    if len(read(ids).all()) >= rules.MOST_RECORDS:
        raise TooManyRecords(most=rules.MOST_RECORDS)


def _remove(actor: Actor, kind: type[Training | Insurance], record_id: int) -> None:
    mine = (kind.id == record_id) & (kind.resident_id == actor.resident_id)
    if not changed_rows(delete(kind).where(mine)):
        raise NotFound
