"""Join, leave, offer, expire, swap, stand in, cancel, in any order: every seat has one holder."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from app.core import clock
from app.core.db import db, read
from app.core.errors import Problem
from app.patrols import clockwork, planning, queue, rules, seats, swaps
from app.patrols.models import Offer, Shift, SignUp, Swap
from tests.factories.people import make_actor
from tests.patrols.conftest import (
    DAY,
    HOUR,
    NOW,
    acquaint,
    assert_sound,
    make_shift,
    make_volunteer,
)

PEOPLE = 6
SHIFTS = ((2 * DAY, 2), (2 * DAY + HOUR, 2), (3 * DAY, 1))
"""When each begins and how many seats it has; the first two overlap."""
EXAMPLES = {"sqlite": (40, 30), "postgresql": (10, 25)}
"""How many orders of how many steps."""

who = st.integers(0, PEOPLE - 1)
which = st.integers(0, len(SHIFTS) - 1)


class Seats(RuleBasedStateMachine):
    """Six volunteers and three shifts; whatever is refused changes nothing."""

    planner = None

    @initialize()
    def begin(self):
        self.now = NOW
        with clock.at(self.now):
            self.people = [make_volunteer(make_actor()) for _ in range(PEOPLE)]
            acquaint(*self.people)
            self.shifts = [
                make_shift(self.planner, start, capacity=capacity) for start, capacity in SHIFTS
            ]

    def attempt(self, step, *words, **more):
        with clock.at(self.now):
            try:
                return step(*words, **more)
            except Problem as problem:
                assert problem.status < 500  # noqa: PT017 the machine goes on
                return None

    @rule(who=who, which=which)
    def sign_up(self, who, which):
        self.attempt(seats.sign_up, self.people[who], self.shifts[which])

    @rule(who=who, which=which)
    def leave(self, who, which):
        self.attempt(seats.leave, self.people[who], self.shifts[which])

    @rule(who=who, which=which)
    def leave_and_be_killed(self, who, which):
        """The seat is free, and nobody was there to offer it."""
        self.attempt(seats._leave, self.people[who], self.shifts[which])

    @rule(who=who, which=which)
    def take_over(self, who, which):
        self.attempt(seats.take_over, self.people[who], self.shifts[which])

    @rule(who=who, which=which)
    def remove(self, who, which):
        given = (self.planner, self.shifts[which], self.people[who].resident_id)
        self.attempt(seats.remove, *given, reason="不合适")

    @rule(some=st.sets(who, min_size=1, max_size=3), which=which)
    def enlist(self, some, which):
        ids = [self.people[one].resident_id for one in some]
        self.attempt(seats.enlist, self.planner, self.shifts[which], ids)

    @rule(accepted=st.booleans(), late=st.integers(0, 3))
    def answer_an_offer(self, accepted, late):
        offers = read(db.select(Offer.id, Offer.resident_id).order_by(Offer.id.desc())).all()
        if offers:
            offer = offers[late % len(offers)]
            person = self.known(offer.resident_id)
            step = queue.accept_offer if accepted else queue.decline_offer
            if person:
                self.attempt(step, person, offer.id)

    @rule(asker=who, asked=who, which=which, theirs=st.none() | which)
    def ask_to_swap(self, asker, asked, which, theirs):
        self.attempt(
            swaps.ask,
            self.people[asker],
            self.shifts[which],
            resident_id=self.people[asked].resident_id,
            their_shift_id=None if theirs is None else self.shifts[theirs],
        )

    @rule(late=st.integers(0, 3), to=st.sampled_from(swaps.ANSWERS))
    def answer_a_swap(self, late, to):
        found = read(db.select(Swap.id, Swap.asked_id).order_by(Swap.id.desc())).all()
        if found:
            swap = found[late % len(found)]
            if person := self.known(swap.asked_id):
                self.attempt(swaps.move, person, swap.id, to=to)

    @rule(which=which, capacity=st.integers(1, 4))
    def change_the_capacity(self, which, capacity):
        self.attempt(planning.change_shift, self.planner, self.shifts[which], capacity=capacity)

    @rule(hours=st.sampled_from([0.1, 1, 2, 12]))
    def time_passes(self, hours):
        self.now += hours * timedelta(hours=1)

    @rule()
    def the_jobs_run(self):
        for job in (queue.expire_due, queue.warn_due, clockwork.remind_due, clockwork.end_due):
            self.attempt(job)

    @precondition(lambda self: self.now > NOW + DAY)
    @rule(which=which)
    def cancel(self, which):
        self.attempt(planning.cancel_shift, self.planner, self.shifts[which], reason="暴雨")

    def known(self, resident_id):
        return next((p for p in self.people if p.resident_id == resident_id), None)

    @invariant()
    def every_seat_has_one_holder(self):
        assert_sound(*self.shifts)

    @invariant()
    def nobody_is_in_two_places(self):
        for person in self.people:
            spans = read(
                db.select(Shift.starts_at, Shift.ends_at)
                .join(SignUp, SignUp.shift_id == Shift.id)
                .where(
                    SignUp.resident_id == person.resident_id,
                    SignUp.state.in_(rules.HOLDING),
                    Shift.state == rules.OPEN,
                )
            ).all()
            for place, span in enumerate(spans):
                others = [tuple(other) for other in spans[:place]]
                assert rules.clash(others, tuple(span)) is None


@pytest.mark.slow
def test_every_seat_has_at_most_one_holder_through_any_order(app, people):
    examples, steps = EXAMPLES[db.engine.dialect.name]
    Seats.planner = people["committee"]
    run_state_machine_as_test(
        Seats,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
