"""Facts of what happened before there were facts; what is one already stays as it is.

Repeatable, some rows at a time. Where people lived then is not known any more: they count as
at home where they live now.
"""

from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import Select, select, update

from app.campaigns.models import CampaignTry
from app.campaigns.paper_models import STANDING, CampaignPaper
from app.core import clock
from app.core.db import Base, changed_rows, read, writing
from app.hazards.models import Hazard, HazardMove
from app.quizzes.models import Attempt
from app.rollups import facts, rolling, rules
from app.rollups.facts import ATTEMPT, HAZARD, HOURS, PAPER, Source
from app.rollups.models import Standing
from app.volunteers import hours_rules
from app.volunteers.hours_models import HourEntry

AT_ONCE = 500


def backfill() -> int:
    """Write down what is missing, and that nothing is; returns how many facts are new."""
    new = sum(_each(*what) for what in _WHAT)
    with writing():
        rolling.lock()
        changed_rows(update(Standing).where(Standing.id == 1).values(backfilled_at=clock.now()))
    return new


def backfill_once() -> int:
    """Do so if nobody ever has; returns how many facts are new."""
    done = select(Standing.backfilled_at).where(Standing.id == 1)
    return 0 if read(done).scalar_one_or_none() else backfill()


def _each(model: type[Base], asked: Select[Any], write: Callable[[Any], int]) -> int:
    new = 0
    for rows in _batches(model, asked):
        with writing():
            new += sum(write(row) for row in rows)
    return new


def _batches(model: Any, asked: Select[Any]) -> Iterator[list[Any]]:
    after = 0
    while rows := list(read(asked.where(model.id > after).order_by(model.id).limit(AT_ONCE))):
        yield rows
        after = rows[-1].id


def _report(row: Any) -> int:
    source = Source(HAZARD, row.id, facts.REPORT_SEQ)
    whose = (row.reporter_id, rules.REPORTED)
    return facts.record(
        *whose, place_code=row.place_code, happened_at=row.reported_at, source=source
    )


def _answer(row: Any) -> int:
    source = Source(HAZARD, row.hazard_id, row.seq)
    whose = (row.reporter_id, rules.CONFIRMED)
    return facts.record(*whose, place_code=row.place_code, happened_at=row.at, source=source)


def _hours(row: Any) -> int:
    source = Source(HOURS, row.id)
    new: int = facts.record(
        row.resident_id,
        rules.PATROLLED,
        place_code=row.place_code,
        happened_at=row.starts_at,
        source=source,
        minutes=row.minutes,
    )
    if row.reversed_at is not None:
        new += facts.take_back(source, source=Source(HOURS, row.id, facts.TAKEN_BACK))
    return new


def _attempt(row: Any) -> int:
    source = Source(ATTEMPT, row.id)
    whose = (row.resident_id, rules.LEARNT)
    return facts.record(
        *whose, place_code=row.place_code, happened_at=row.started_at, source=source
    )


def _sheet(row: Any) -> int:
    if not any(row.answers):
        return 0
    source = Source(PAPER, row.id)
    whose = (row.resident_id, rules.LEARNT)
    return facts.record(*whose, place_code="", happened_at=row.started_at, source=source)


_WHAT: tuple[tuple[type[Base], Any, Callable[[Any], int]], ...] = (
    (Hazard, select(Hazard.id, Hazard.reporter_id, Hazard.place_code, Hazard.reported_at), _report),
    (
        HazardMove,
        select(
            HazardMove.id,
            HazardMove.hazard_id,
            HazardMove.seq,
            HazardMove.at,
            Hazard.reporter_id,
            Hazard.place_code,
        )
        .join(Hazard, Hazard.id == HazardMove.hazard_id)
        .where(
            HazardMove.move.in_(rules.ANSWERING_MOVES), HazardMove.actor_id == Hazard.reporter_id
        ),
        _answer,
    ),
    (
        HourEntry,
        select(
            HourEntry.id,
            HourEntry.resident_id,
            HourEntry.place_code,
            HourEntry.starts_at,
            HourEntry.minutes,
            HourEntry.reversed_at,
        ).where(HourEntry.reverses_id.is_(None), HourEntry.state == hours_rules.CREDITED),
        _hours,
    ),
    (
        Attempt,
        select(Attempt.id, Attempt.resident_id, Attempt.place_code, Attempt.started_at).where(
            Attempt.finished_at.is_not(None), Attempt.counted > 0
        ),
        _attempt,
    ),
    (
        CampaignPaper,
        select(
            CampaignPaper.id,
            CampaignPaper.resident_id,
            CampaignPaper.answers,
            CampaignTry.started_at,
        )
        .join(CampaignTry, CampaignTry.id == CampaignPaper.try_id)
        .where(CampaignPaper.state == STANDING, CampaignPaper.resident_id.is_not(None)),
        _sheet,
    ),
)
