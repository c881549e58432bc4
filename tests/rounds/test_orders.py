"""Whatever order phones find a network in, and however often they try: the same attendance."""

import itertools
import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core import clock
from app.core.db import db, read
from app.rounds import service, settlement
from app.rounds.models import Attendance, CheckIn, RoundFlag
from app.volunteers.hours_models import HourEntry
from tests.crowds import at_once
from tests.databases import empty
from tests.factories.people import make_people
from tests.rounds.conftest import (
    DAY,
    EVENING,
    FAR_AWAY,
    HOUR,
    MINUTE,
    at,
    attendance_of,
    check_ins_of,
    make_night,
)

THREADS = 20


def evening(night):
    """Return what Anna's phone kept, among it a check-in that is doubted, and one again."""
    phone = night.phone("anna")
    made = [
        phone.item("start", 2 * MINUTE, code=night.code(2 * MINUTE)),
        phone.item("checkpoint", 30 * MINUTE, 0),
        phone.item("checkpoint", 55 * MINUTE, 1, **FAR_AWAY),
        phone.item("checkpoint", 80 * MINUTE, 1),
        phone.item("end", 118 * MINUTE, code=night.code(118 * MINUTE)),
    ]
    return [item | {"sent_at": EVENING + 3 * HOUR} for item in made]


def outcome(night):
    """Return what it came to, flags and all, without ids."""
    row = attendance_of(night, night.anna)
    flags = read(
        db.select(RoundFlag.kind, CheckIn.device_at)
        .outerjoin(CheckIn, CheckIn.id == RoundFlag.check_in_id)
        .where(RoundFlag.attendance_id == row.id)
    )
    said = (row.state, row.started_at, row.ended_at, row.minutes, row.evidence)
    return said, sorted(tuple(flag) for flag in flags), len(check_ins_of(night.anna))


def send(night, parts):
    with at(3 * HOUR):
        for part in parts:
            service.check_in_batch(night.anna, night.id, items=part)
    return outcome(night)


def afresh():
    empty()
    with clock.at(EVENING - 2 * DAY):
        return make_night(make_people())


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.randoms(use_true_random=False), st.integers(1, 4))
def test_batches_in_any_order_split_and_repeated_come_to_the_same(app, dice, pieces):
    night = afresh()
    expected = send(night, [evening(night)])
    night = afresh()
    items = evening(night)
    repeated = items + dice.choices(items, k=dice.randrange(4))
    dice.shuffle(repeated)
    cuts = sorted(dice.randrange(1, len(repeated)) for _ in range(pieces - 1))
    borders = [0, *cuts, len(repeated)]
    parts = [repeated[a:b] for a, b in itertools.pairwise(borders) if a < b]
    assert send(night, parts) == expected


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        st.tuples(st.sampled_from(["start", "checkpoint", "end"]), st.integers(-59, 290)),
        min_size=1,
        max_size=6,
    )
)
def test_credited_minutes_never_exceed_the_wall_time(app, made):
    night = afresh()
    phone = night.phone("anna")
    items = [phone.item(kind, minute * MINUTE, checkpoint_id=None) for kind, minute in made]
    send(night, [[item | {"sent_at": EVENING + 3 * HOUR} for item in items]])
    with at(15 * HOUR):
        settlement.settle_due()
    entries = read(db.select(*HourEntry.__table__.columns)).all()
    assert sum(entry.minutes for entry in entries) <= 120
    for entry in entries:
        assert EVENING <= entry.starts_at < entry.ends_at <= EVENING + 2 * HOUR


@pytest.mark.parametrize("rounds", range(3))
def test_the_same_uuid_from_twenty_threads_counts_once(app, night, rounds):
    item = night.phone("anna").item("start")
    db.session.remove()

    def tap(_number):
        with at(MINUTE):
            return service.check_in(night.anna, night.id, **item)

    answers = at_once(app, THREADS, tap)
    assert all(answer == answers[0] for answer in answers)
    assert len(check_ins_of(night.anna)) == 1


def test_different_check_ins_at_the_same_moment_are_all_counted(app, night):
    phone = night.phone("anna")
    items = [phone.item("start")]
    items += [phone.item("checkpoint", n * 5 * MINUTE, 0) for n in range(1, 12)]
    items.append(phone.item("end", 2 * HOUR))
    random.Random(5).shuffle(items)
    db.session.remove()

    def tap(number):
        with at(2 * HOUR):
            sent = items[number] | {"sent_at": EVENING + 2 * HOUR}
            return service.check_in(night.anna, night.id, **sent)["id"]

    assert len(set(at_once(app, len(items), tap))) == len(items)
    row = attendance_of(night, night.anna)
    assert (row.state, row.minutes) == ("ended", 120)


def test_twenty_who_settle_at_once_credit_once(app, night):
    night.phone("anna").walk()
    night.phone("bo").send("start", lat=night.spots[0]["lat"] + 1e-4)
    db.session.remove()

    def settle(number):
        with at(15 * HOUR):
            if number % 2:
                return settlement.close_round(night.leader, night.id)["waiting"]
            return settlement.settle_due()

    at_once(app, THREADS, settle)
    assert len(read(db.select(HourEntry.id)).all()) == 1
    assert all(row.settled_at for row in read(db.select(*Attendance.__table__.columns)))
