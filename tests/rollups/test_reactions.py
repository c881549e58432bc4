"""Each thing that somebody did is a fact once, however often it is told, and is taken back once."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import DatabaseError

from app.core import clock, outbox
from app.core.db import changed_rows, read, writing
from app.core.outbox import OutboxEvent, OutboxReceipt
from app.hazards.events import HazardMoved, HazardReported
from app.quizzes.events import AttemptFinished
from app.residents.models import Residence
from app.rollups import backfill, facts, rolling
from app.rollups.facts import Source
from app.rollups.models import Fact, Waiting
from app.volunteers import hours
from tests.factories.people import COMMUNITY

GRID = f"{COMMUNITY}001"
EVENING = datetime(2026, 11, 20, 15, 30, tzinfo=UTC)
"""Half past eleven in Shanghai; half an hour later it is another day there."""


@pytest.fixture(autouse=True)
def evening():
    with clock.at(EVENING):
        yield


@pytest.fixture
def me(people):
    return people["resident"].resident_id


def _tell(*events):
    with writing():
        for event in events:
            outbox.record(event)
    outbox.deliver_due()


def _deliver_everything_again():
    """As if every receipt had been lost as well."""
    with writing():
        changed_rows(OutboxReceipt.__table__.delete())
        changed_rows(update(OutboxEvent).values(delivered_at=None, try_at=clock.now()))
    outbox.deliver_due()


def _facts():
    rows = read(select(Fact.__table__).order_by(Fact.id))
    return [(row.activity, row.place_code, row.day, row.minutes, row.sign) for row in rows]


def _live(me, code):
    now = clock.now()
    home = {"place_code": code, "room": "1-101", "state": "confirmed"}
    moments = {"requested_at": now, "decided_at": now}
    with writing():
        changed_rows(insert(Residence), home | moments | {"resident_id": me})


def _moved(me, move, seq, actor_id):
    states = ("handled", "closed")
    return HazardMoved(7, seq, move, *states, actor_id, me, None, GRID)


def test_what_people_did_is_a_fact_once(people, me):
    _live(me, f"{GRID}001")
    worker = people["gridworker"].resident_id
    started = "2026-11-20T15:20:00+00:00"
    _tell(
        HazardReported(7, me, GRID, "FIRE_LANE"),
        _moved(me, "finish", 2, worker),
        _moved(me, "not_solved", 3, me),
        _moved(me, "check", 4, worker),
        _moved(me, "reopen", 5, me),
        AttemptFinished(3, me, COMMUNITY, started, counted=5),
        AttemptFinished(4, me, COMMUNITY, started, counted=0),
    )
    friday = date(2026, 11, 20)
    found = [
        ("reported", GRID, friday, 0, 1),
        ("confirmed", GRID, friday, 0, 1),
        ("confirmed", GRID, friday, 0, 1),
        ("learnt", GRID, friday, 0, 1),
    ]
    assert _facts() == found
    _deliver_everything_again()
    assert len(_facts()) == 4
    assert rolling.roll_up() == 4
    assert read(select(Waiting.fact_id)).all() == []
    assert set(read(select(Fact.at_home)).scalars()) == {1}


def _walked(me, shift_id, minutes, *, evidence=3):
    return hours.credit(
        me,
        shift_id=shift_id,
        place_code=GRID,
        team_id=None,
        title="夜巡",
        starts_at=EVENING - timedelta(hours=shift_id),
        ends_at=EVENING - timedelta(hours=shift_id) + timedelta(minutes=minutes),
        evidence=evidence,
        attested=False,
    )


def test_hours_count_from_when_they_do_until_they_are_taken_back(me):
    [walked] = _walked(me, 2, 40).entry_ids
    _walked(me, 5, 30, evidence=1)
    outbox.deliver_due()
    friday = date(2026, 11, 20)
    first = ("patrolled", GRID, friday, 40, 1)
    assert _facts() == [first]
    hours.confirm(me, 5, evidence=2)
    hours.reverse(None, walked, "走错了人")
    outbox.deliver_due()
    second, back = ("patrolled", GRID, friday, 30, 1), ("patrolled", GRID, friday, -40, -1)
    assert _facts() == [first, second, back]
    _deliver_everything_again()
    assert _facts() == [first, second, back]


def test_what_is_taken_back_before_it_was_heard_of_counts_nothing(me):
    [walked] = _walked(me, 2, 40).entry_ids
    hours.reverse(None, walked, "走错了人")
    told = read(select(OutboxEvent.id).order_by(OutboxEvent.id)).scalars().all()
    with writing():
        later = clock.now() + timedelta(minutes=5)
        changed_rows(update(OutboxEvent).where(OutboxEvent.id == told[0]).values(try_at=later))
    outbox.deliver_due()
    with clock.at(EVENING + timedelta(minutes=10)):
        outbox.deliver_due()
    assert sum(sign for *_, sign in _facts()) == 0
    assert len(_facts()) == 2


def test_what_was_before_there_were_facts_is_made_up_for_once(me):
    _walked(me, 5, 30)
    [walked] = _walked(me, 2, 40).entry_ids
    hours.reverse(None, walked, "走错了人")
    _walked(me, 9, 20, evidence=1)
    assert backfill.backfill() == 3
    assert sorted(minutes for *_, minutes, _ in _facts()) == [-40, 30, 40]
    assert backfill.backfill() == 0
    outbox.deliver_due()
    assert len(_facts()) == 3


def test_facts_are_never_changed_or_deleted(me):
    facts.record(me, "reported", place_code=GRID, happened_at=EVENING, source=Source("hazard", 1))
    for change in (update(Fact).values(minutes=1), delete(Fact)):
        with pytest.raises(DatabaseError, match="append-only"), writing():
            changed_rows(change)
    again = Source("hazard", 1)
    assert not facts.record(me, "learnt", place_code=GRID, happened_at=EVENING, source=again)
    assert not facts.take_back(Source("hazard", 2), source=Source("hazard", 2, 1))
    assert len(_facts()) == 1


def test_what_belongs_to_no_place_is_no_figure_of_one(me):
    quiz = {"place_code": "", "happened_at": EVENING}
    assert not facts.record(me, "learnt", **quiz, source=Source("quiz_attempt", 1))
    _live(me, f"{GRID}001")
    assert facts.record(me, "learnt", **quiz, source=Source("quiz_attempt", 2))
    assert _facts() == [("learnt", GRID, date(2026, 11, 20), 0, 1)]
