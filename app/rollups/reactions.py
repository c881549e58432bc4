"""What others tell becomes a fact, once; see `backfill` for what happened before there were any."""

from datetime import datetime

from app.campaigns.events import SheetCounted
from app.core.outbox import reacts_to
from app.hazards.events import HazardMoved, HazardReported
from app.quizzes.events import AttemptFinished
from app.rollups import facts, rules
from app.rollups.facts import ATTEMPT, HAZARD, HOURS, PAPER, Source
from app.volunteers.events import HoursCounted


@reacts_to(HazardReported)
def count_report(event: HazardReported, at: datetime) -> None:
    """Count that somebody reported a hazard."""
    facts.record(
        event.reporter_id,
        rules.REPORTED,
        place_code=event.place_code,
        happened_at=at,
        source=Source(HAZARD, event.hazard_id, facts.REPORT_SEQ),
    )


@reacts_to(HazardMoved)
def count_answer(event: HazardMoved, at: datetime) -> None:
    """Count that who reported a hazard said what became of it."""
    if event.move in rules.ANSWERING_MOVES and event.actor_id == event.reporter_id:
        facts.record(
            event.reporter_id,
            rules.CONFIRMED,
            place_code=event.place_code,
            happened_at=at,
            source=Source(HAZARD, event.hazard_id, event.seq),
        )


@reacts_to(HoursCounted)
def count_hours(event: HoursCounted, _at: datetime) -> None:
    """Count a round that was walked on the day it was; count it no more once it is taken back.

    That it was walked may be heard of last: taking it back writes both down.
    """
    facts.record(
        event.resident_id,
        rules.PATROLLED,
        place_code=event.place_code,
        happened_at=datetime.fromisoformat(event.starts_at),
        source=Source(HOURS, event.entry_id),
        minutes=event.minutes,
    )
    if event.taken_back:
        facts.take_back(
            Source(HOURS, event.entry_id), source=Source(HOURS, event.entry_id, facts.TAKEN_BACK)
        )


@reacts_to(AttemptFinished)
def count_learning(event: AttemptFinished, _at: datetime) -> None:
    """Count that somebody answered a quiz, on the day on which they began."""
    if event.counted:
        facts.record(
            event.resident_id,
            rules.LEARNT,
            place_code=event.place_code,
            happened_at=datetime.fromisoformat(event.started_at),
            source=Source(ATTEMPT, event.attempt_id),
        )


@reacts_to(SheetCounted)
def count_learning_on_paper(event: SheetCounted, _at: datetime) -> None:
    """Count that somebody's answers on paper were entered; count it no more once taken back.

    It counts where they live, as a quiz on the phone does.
    """
    source = Source(PAPER, event.paper_id)
    facts.record(
        event.resident_id,
        rules.LEARNT,
        place_code="",
        happened_at=datetime.fromisoformat(event.entered_at),
        source=source,
    )
    if event.taken_back:
        facts.take_back(source, source=source._replace(turn=facts.TAKEN_BACK))
