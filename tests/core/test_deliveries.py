"""What must reach the outside: never lost, never doubled unless it may be."""

from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.core import clock, dead_letters, deliveries
from app.core.connections import WRITE
from app.core.couriers import Couriers
from app.core.db import db, read, writing
from app.core.deliveries import (
    Delivery,
    Done,
    Later,
    Pointless,
    Refused,
    Twice,
    Unsure,
    deliver_due,
    delivers,
    enqueue,
)
from app.core.trace import request_id, traced
from tests.crowds import at_once

sent: Counter = Counter()
given_up: list = []
taken_up: list = []
answers: dict = {}
seen_ids: list = []


def _send(payload):
    from flask import g  # noqa: PLC0415 the place where an open transaction would stand

    assert WRITE not in g
    sent[payload["to"]] += 1
    seen_ids.append(request_id())
    answer = answers.get(payload["to"], Done())
    if isinstance(answer, Exception):
        raise answer
    return answer


def _give_up(payload, state, reason):
    given_up.append((payload["to"], state, reason))


def _take_up(payload, state):
    taken_up.append((payload["to"], state))


@delivers("tests.letter", twice=Twice.HARMLESS, tries=3, given_up=_give_up)
def send_letter(payload):
    return _send(payload)


@delivers("tests.ticket", twice=Twice.NEVER, tries=3, given_up=_give_up, taken_up=_take_up)
def send_ticket(payload):
    return _send(payload)


KINDS = ("tests.letter", "tests.ticket")


@pytest.fixture(autouse=True)
def _nothing_yet():
    for kept in (sent, given_up, taken_up, answers, seen_ids):
        kept.clear()


def plan(kind, *people, **more):
    with writing():
        for person in people:
            enqueue(kind, person, {"to": person}, **more)


def states():
    db.session.rollback()
    return dict(tuple(row) for row in read(select(Delivery.key, Delivery.state)))


def one():
    db.session.rollback()
    return read(select(*Delivery.__table__.columns)).one()


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_planned_is_done_once(app, kind):
    plan(kind, "mei", "lin")
    assert deliver_due() == 2
    assert deliver_due() == 0
    assert sent == Counter(mei=1, lin=1)
    assert states() == {"mei": "done", "lin": "done"}
    assert given_up == []


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_key_is_planned_once(app, kind):
    plan(kind, "mei")
    with writing():
        assert not enqueue(kind, "mei", {"to": "mei"})
    deliver_due()
    assert sent == Counter(mei=1)


def test_what_was_rolled_back_is_not_done(app):
    def fail():
        with writing():
            enqueue("tests.letter", "mei", {"to": "mei"})
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert deliver_due() == 0


def test_what_is_due_later_waits(app):
    plan("tests.letter", "mei", due_at=clock.now() + timedelta(hours=1))
    assert deliver_due() == 0
    with clock.at(clock.now() + timedelta(hours=1)):
        assert deliver_due() == 1


OUTCOMES = [
    ("tests.letter", Done(), "done", 0),
    ("tests.letter", Refused("no such box"), "refused", 1),
    ("tests.letter", Pointless("read already"), "pointless", 1),
    ("tests.letter", Later("busy"), "waiting", 0),
    ("tests.letter", Unsure("hung up"), "waiting", 0),
    ("tests.letter", ZeroDivisionError(), "waiting", 0),
    ("tests.ticket", Done(), "done", 0),
    ("tests.ticket", Refused("no quota"), "refused", 1),
    ("tests.ticket", Later("busy"), "waiting", 0),
    ("tests.ticket", Unsure("hung up"), "unknown", 1),
    ("tests.ticket", ZeroDivisionError(), "unknown", 1),
]


@pytest.mark.parametrize(("kind", "answer", "state", "times"), OUTCOMES)
def test_each_outcome_has_its_state_and_its_feature_hears_what_is_given_up(
    app, kind, answer, state, times
):
    answers["mei"] = answer
    plan(kind, "mei")
    deliver_due()
    assert one().state == state
    assert len(given_up) == times


def test_the_pauses_grow_and_at_last_it_is_dead_with_its_reason(app):
    answers["mei"] = Later("busy")
    plan("tests.letter", "mei")
    now = clock.now()
    waits = []
    while one().state == "waiting" and len(waits) < 10:
        with clock.at(now):
            deliver_due()
        waits.append((one().due_at - now).total_seconds())
        now = one().due_at
    assert len(waits) == 3
    assert 2 <= waits[0] <= 8
    assert 5 <= waits[1] <= 15
    assert (one().state, one().reason, one().attempts) == ("dead", "busy", 3)
    assert given_up == [("mei", "dead", "busy")]


def test_waiting_for_the_morning_is_no_try(app):
    answers["mei"] = Later("quiet hours", timedelta(hours=1), counts=False)
    plan("tests.ticket", "mei")
    now = clock.now()
    for hour in range(9):
        with clock.at(now + timedelta(hours=hour)):
            deliver_due()
    assert (one().state, one().attempts) == ("waiting", 0)


def test_a_killed_worker_leaves_a_letter_to_the_next(app):
    plan("tests.letter", "mei")
    deliveries.claim("killed", 10)
    assert deliver_due() == 0
    with clock.at(clock.now() + timedelta(minutes=2)):
        deliver_due()
    with clock.at(clock.now() + timedelta(minutes=4)):
        deliver_due()
    assert sent == Counter(mei=1)
    assert states() == {"mei": "done"}


def test_a_killed_worker_leaves_a_ticket_unknown_and_nobody_sends_it_again(app):
    plan("tests.ticket", "mei")
    deliveries.claim("killed", 10)
    for hours in (1, 2, 100):
        with clock.at(clock.now() + timedelta(hours=hours)):
            deliver_due()
    assert sent == Counter()
    assert states() == {"mei": "unknown"}
    assert [(row.key, row.reason) for row in dead_letters.troubled()] == [
        ("mei", "the lease ran out")
    ]


def test_a_worker_slower_than_its_lease_still_tells_what_became_of_a_ticket(app):
    plan("tests.ticket", "mei")
    held = deliveries.claim("slow", 10)
    with clock.at(clock.now() + timedelta(minutes=5)):
        deliveries.end_leases()
        deliveries.settle("slow", [(held[0], Done())])
    assert states() == {"mei": "done"}


def test_a_worker_slower_than_its_lease_says_nothing_of_what_another_has_taken(app):
    plan("tests.letter", "mei")
    slow = deliveries.claim("slow", 10)
    with clock.at(clock.now() + timedelta(minutes=5)):
        deliveries.end_leases()
    with clock.at(clock.now() + timedelta(minutes=6)):
        deliveries.claim("quick", 10)
        deliveries.settle("slow", [(slow[0], Refused("no such box"))])
    assert one().state == "leased"
    assert given_up == []


def test_dead_ones_are_tried_anew_when_asked_and_unknown_ones_only_by_name(app):
    answers.update(mei=Refused("-"), lin=Unsure("hung up"))
    plan("tests.ticket", "mei", "lin")
    deliver_due()
    unknown = dead_letters.troubled()[0]
    assert dead_letters.retry() == 0
    assert dead_letters.retry(delivery_id=unknown.id) == 0
    assert dead_letters.retry(delivery_id=unknown.id, unknown=True) == 1
    answers.clear()
    deliver_due()
    assert states()["lin"] == "done"
    assert sent["lin"] == 2


def test_a_result_written_twice_says_nothing_of_the_next_try(app):
    """The answer to a commit was lost: the worker writes again, having claimed anew."""
    plan("tests.ticket", "mei")
    first = deliveries.claim("mine", 10)
    deliveries.settle("mine", [(first[0], Later("busy"))])
    with clock.at(clock.now() + timedelta(minutes=1)):
        again = deliveries.claim("mine", 10)
        deliveries.settle("mine", [(first[0], Later("busy"))])
        assert one().state == "leased"
        deliveries.settle("mine", [(again[0], Done())])
    assert states() == {"mei": "done"}


def test_what_is_tried_anew_is_told_to_its_feature(app):
    answers.update(mei=Later("busy", timedelta(0)), lin=Unsure("hung up"))
    plan("tests.ticket", "mei", "lin")
    for _ in range(3):
        deliver_due()
    assert dead_letters.retry(kind="tests.ticket") == 1
    assert taken_up == [("mei", "dead")]


def test_the_request_is_known_to_the_last_delivery(app):
    with traced("from-the-phone"):
        plan("tests.letter", "mei")
    deliver_due()
    assert seen_ids == ["from-the-phone"]


def test_what_no_release_here_knows_waits_for_one_that_does(app):
    plan("tests.letter", "mei")
    with writing():
        db.session.execute(Delivery.__table__.update().values(kind="tests.of_another_release"))
    deliver_due()
    assert one().state == "waiting"


def test_eight_workers_at_once_do_each_thing_once(app):
    plan("tests.ticket", *(f"p{number}" for number in range(40)))
    at_once(app, 8, lambda _: deliver_due())
    assert set(sent.values()) == {1}
    assert len(sent) == 40


def test_what_is_long_over_is_forgotten_and_trouble_later(app):
    answers["lin"] = Unsure("hung up")
    plan("tests.ticket", "mei", "lin")
    plan("tests.letter", "bo", due_at=clock.now() + timedelta(days=365))
    deliver_due()
    with clock.at(clock.now() + timedelta(days=31)):
        assert dead_letters.forget_finished() == 1
    with clock.at(clock.now() + timedelta(days=191)):
        assert dead_letters.forget_finished() == 1
    assert states() == {"bo": "waiting"}


def test_couriers_deliver_all_and_end_when_told(app):
    plan("tests.ticket", *(f"p{number}" for number in range(60)))
    couriers = Couriers(app, threads=4)
    at_once(app, 2, lambda number: couriers.run() if number == 0 else _stop_when_done(couriers))
    assert set(states().values()) == {"done"}
    assert set(sent.values()) == {1}


def _stop_when_done(couriers):
    import time  # noqa: PLC0415

    deadline = time.monotonic() + 600
    while time.monotonic() < deadline and len(sent) < 60:
        time.sleep(0.02)
    couriers.stop()
