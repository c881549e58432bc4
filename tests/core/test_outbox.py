"""A fact and its effects: never one without the other, never an effect twice."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

import pytest
from sqlalchemy import func, insert, select, update

from app.core import clock, outbox
from app.core.db import db, read, writing
from app.core.jobs import JobRun
from app.core.outbox import Event, OutboxEvent, OutboxReceipt, deliver_due, reacts_to, record
from tests.crowds import at_once

broken: set[str] = set()
seen: list[tuple[str, int]] = []


@dataclass(frozen=True, slots=True)
class LampBroke(Event):
    kind: ClassVar[str] = "tests.lamp_broke"

    lamp: int


@dataclass(frozen=True, slots=True)
class LeafFell(Event):
    kind: ClassVar[str] = "tests.leaf_fell"


def have_effect(reaction, event, occurred_at):
    """Write a row: a second effect would be a second row."""
    seen.append((reaction, event.lamp))
    statement = insert(JobRun).values(
        job=f"{reaction} {len(seen)} {event.lamp}", slot=occurred_at, started_at=occurred_at
    )
    db.session.connection().execute(statement)
    if reaction in broken:
        raise ZeroDivisionError


@reacts_to(LampBroke)
def tell_the_electrician(event, occurred_at):
    have_effect("electrician", event, occurred_at)


@reacts_to(LampBroke)
def tell_the_neighbours(event, occurred_at):
    have_effect("neighbours", event, occurred_at)


@pytest.fixture(autouse=True)
def _unbroken():
    broken.clear()
    seen.clear()


def happen(*lamps):
    with writing():
        for lamp in lamps:
            record(LampBroke(lamp))


def effects():
    db.session.rollback()
    rows = read(select(JobRun.job)).scalars()
    return Counter((job.split()[0], int(job.split()[2])) for job in rows)


def once(*lamps):
    return Counter((who, lamp) for lamp in lamps for who in ("electrician", "neighbours"))


def undelivered():
    db.session.rollback()
    waiting = select(func.count()).where(OutboxEvent.delivered_at.is_(None))
    return read(waiting.select_from(OutboxEvent)).scalar_one()


def test_each_reaction_hears_of_a_fact(app):
    moment = clock.now() - timedelta(minutes=5)
    with clock.at(moment):
        happen(1)
    assert effects() == Counter()
    assert deliver_due() == 1
    assert effects() == once(1)
    assert undelivered() == 0
    assert read(select(JobRun.slot).distinct()).scalars().all() == [moment]


def test_what_did_not_happen_is_not_told(app):
    def fail():
        with writing():
            record(LampBroke(1))
            db.session.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert undelivered() == 0
    assert deliver_due() == 0


def test_a_second_delivery_has_no_second_effect(app):
    happen(1, 2)
    deliver_due()
    with writing():
        db.session.connection().execute(
            update(OutboxEvent).values(delivered_at=None, try_at=clock.now())
        )
    assert deliver_due() == 2
    assert effects() == once(1, 2)


def test_a_crash_between_two_reactions_loses_and_repeats_nothing(app):
    happen(1)
    row = read(select(OutboxEvent)).one()
    db.session.rollback()
    assert outbox._react_once(row, *outbox._reactions[LampBroke.kind][0])
    assert effects() == Counter({("electrician", 1): 1})
    deliver_due()
    assert effects() == once(1)


def test_a_reaction_that_fails_leaves_no_half_effect_and_is_tried_again(app):
    broken.add("electrician")
    happen(1)
    now = clock.now()
    assert deliver_due() == 0
    assert effects()[("electrician", 1)] == 0
    broken.clear()
    assert deliver_due() == 0
    with clock.at(now + timedelta(seconds=10)):
        assert deliver_due() == 1
    assert effects() == once(1)


def test_a_reaction_that_fails_takes_nothing_from_the_others(app):
    broken.add("electrician")
    happen(1, 2)
    deliver_due()
    assert effects() == Counter({("neighbours", 1): 1, ("neighbours", 2): 1})


def test_a_fact_that_cannot_be_delivered_holds_up_no_other(app):
    broken.add("electrician")
    happen(1)
    deliver_due()
    broken.clear()
    happen(2)
    assert deliver_due() == 1
    assert effects()[("electrician", 2)] == 1


def test_the_pauses_between_tries_grow_up_to_an_hour(app):
    broken.add("electrician")
    now = clock.now()
    with clock.at(now):
        happen(1)
    pauses = []
    for _ in range(60):
        with clock.at(now):
            deliver_due()
        db.session.rollback()
        then = read(select(OutboxEvent.try_at)).scalar_one()
        pauses.append(then - now)
        now = then
    assert pauses[:3] == [timedelta(seconds=5), timedelta(seconds=10), timedelta(seconds=20)]
    assert pauses == sorted(pauses)
    assert pauses[-1] == timedelta(hours=1)
    broken.clear()
    with clock.at(now):
        assert deliver_due() == 1
    assert effects() == once(1)


def test_a_fact_that_nobody_reacts_to_is_done_with(app):
    with writing():
        record(LeafFell())
    assert deliver_due() == 1
    assert undelivered() == 0


def test_a_fact_that_only_another_release_knows_waits_for_it(app):
    with writing():
        db.session.add(
            OutboxEvent(
                kind="tests.of_tomorrow", payload={}, occurred_at=clock.now(), try_at=clock.now()
            )
        )
    assert deliver_due() == 0
    assert undelivered() == 1


def test_a_fact_of_an_older_release_waits_and_breaks_nothing(app):
    with writing():
        db.session.add(
            OutboxEvent(
                kind=LampBroke.kind,
                payload={"bulb": 7},
                occurred_at=clock.now(),
                try_at=clock.now(),
            )
        )
    happen(1)
    assert deliver_due() == 1
    assert undelivered() == 1
    assert effects() == once(1)


def test_eight_deliverers_at_once_have_each_effect_once(app):
    happen(*range(20))
    at_once(app, 8, lambda _: deliver_due())
    assert undelivered() == 0
    assert effects() == once(*range(20))
    assert read(select(func.count()).select_from(OutboxReceipt)).scalar_one() == 40


def test_facts_are_forgotten_a_month_after_their_effects_and_never_before(app):
    happen(1)
    deliver_due()
    happen(2)
    with clock.at(clock.now() + timedelta(days=29)):
        assert outbox.forget_delivered() == 0
    with clock.at(clock.now() + timedelta(days=31)):
        assert outbox.forget_delivered() == 1
    assert undelivered() == 1
    assert read(select(func.count()).select_from(OutboxReceipt)).scalar_one() == 0


def test_only_so_many_are_delivered_at_a_time_oldest_first(app):
    for lamp in range(3):
        with clock.at(clock.now() - timedelta(minutes=10 - lamp)):
            happen(lamp)
    assert deliver_due(most=2) == 2
    assert effects() == once(0, 1)
    assert deliver_due() == 1
