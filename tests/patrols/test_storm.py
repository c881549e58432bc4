"""Everything at once, by many threads: nobody waits in a circle, and the seats add up.

What takes locks in another order than people, shifts, the rest shows up here as a deadlock,
which PostgreSQL ends with an error and we would answer with a 503.
"""

import random
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from app.core import clock
from app.core.db import db, read
from app.core.errors import Problem
from app.patrols import planning, queue, rules, seats, swaps
from app.patrols.models import Offer, Shift, SignUp, Swap
from tests import databases
from tests.patrols.conftest import DAY, HOUR, acquaint, assert_sound

THREADS, STEPS = 10, 40
pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("now")]


class Storm:
    """Some people, a few shifts that overlap, and somebody who plans."""

    def __init__(self, app, planner, people, shifts):
        self.app, self.planner, self.people, self.shifts = app, planner, people, shifts
        self.now = clock.now()
        self.begin = threading.Barrier(THREADS)

    def steps(self, dice):
        """Return what somebody might do at this moment."""
        who, other = dice.sample(self.people, 2)
        one, two = dice.sample(self.shifts, 2)
        some = [person.resident_id for person in dice.sample(self.people, 4)]
        return [
            lambda: seats.sign_up(who, one),
            lambda: seats.sign_up(who, two),
            lambda: seats.leave(who, one),
            lambda: seats.leave_all(who.resident_id),
            lambda: seats.take_over(who, one),
            lambda: seats.enlist(self.planner, one, some),
            lambda: seats.remove(self.planner, one, who.resident_id, reason="不合适"),
            lambda: swaps.ask(
                who, one, resident_id=other.resident_id, their_shift_id=dice.choice([two, None])
            ),
            lambda: self.answer_swap(dice),
            lambda: self.answer_offer(dice),
            lambda: planning.change_shift(self.planner, one, capacity=dice.randint(1, 5)),
            queue.expire_due,
            queue.offer_free,
        ]

    def answer_swap(self, dice):
        open_ones = db.select(Swap.id, Swap.asked_id).where(Swap.state == "asked").limit(5)
        if found := read(open_ones).all():
            swap = dice.choice(found)
            swaps.move(self.known(swap.asked_id), swap.id, to="agreed")

    def answer_offer(self, dice):
        open_ones = db.select(Offer.id, Offer.resident_id).where(Offer.state == "open").limit(5)
        if found := read(open_ones).all():
            offer = dice.choice(found)
            step = dice.choice([queue.accept_offer, queue.decline_offer])
            step(self.known(offer.resident_id), offer.id)

    def known(self, resident_id):
        return next(p for p in self.people if p.resident_id == resident_id)

    def rage(self, seed):
        """Do so many things; returns what went wrong otherwise than by a refusal."""
        dice, faults = random.Random(seed), []
        self.begin.wait(timeout=300)
        for _ in range(STEPS):
            with self.app.app_context(), clock.at(self.now):
                try:
                    dice.choice(self.steps(dice))()
                except Problem as problem:
                    faults += [problem.code] if problem.status >= 500 else []
                except Exception as fault:  # noqa: BLE001 any of them is what we look for
                    faults.append(repr(fault))
                finally:
                    databases.close()
        return faults


def test_nobody_waits_in_a_circle_and_the_seats_add_up(app, people, plan, crowd, caplog):
    shifts = [plan(2 * DAY + n * timedelta(minutes=45), capacity=3) for n in range(4)]
    shifts += [plan(20 * HOUR, capacity=2), plan(5 * DAY, capacity=1)]
    crew = crowd(14)
    acquaint(*crew)
    storm = Storm(app, people["committee"], crew, shifts)
    with ThreadPoolExecutor(THREADS) as pool:
        faults = [fault for found in pool.map(storm.rage, range(THREADS)) for fault in found]
    assert faults == []
    # Steps of the clock go on where one fails, and only log it.
    assert [record.getMessage() for record in caplog.records if record.exc_info] == []
    assert_sound(*shifts)
    for person in storm.people:
        mine = (
            db.select(Shift.starts_at, Shift.ends_at)
            .join(SignUp)
            .where(SignUp.resident_id == person.resident_id, SignUp.state.in_(rules.HOLDING))
        )
        spans = [tuple(span) for span in read(mine)]
        assert all(rules.clash(spans[:n], span) is None for n, span in enumerate(spans))
