"""In any order of crediting, confirming, reversing and correcting, hours never exceed the time.

Beside the service stands a plain bookkeeper who holds, for each minute of each person, the shift
that it counts for.
"""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import func, select

from app.core import clock
from app.core.db import db, read
from app.points import ledger
from app.points import rules as point_rules
from app.points import service as points
from app.volunteers import hours
from app.volunteers.hours_models import HourAccount, HourEntry
from tests import databases
from tests.factories.people import COMMUNITY, make_people

START = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
WHO = st.sampled_from(["resident", "neighbour"])
SHIFTS = st.integers(1, 4)
TIMES = st.tuples(st.integers(0, 200), st.integers(0, 120)).map(lambda t: (t[0], t[0] + t[1]))
EVIDENCE = st.integers(0, 5)
EXAMPLES = {"sqlite": (50, 30), "postgresql": (10, 20)}
"""How many runs on each database, and how many steps at most."""


def at(minute):
    return START + timedelta(minutes=minute)


def minute_of(moment):
    return (moment - START) // timedelta(minutes=1)


class Hours(RuleBasedStateMachine):
    """Hours as rounds are settled, confirmed, taken back and corrected."""

    @initialize()
    def open(self):
        databases.empty()
        databases.close()
        self.people = make_people()
        self.counts = {"resident": {}, "neighbour": {}}
        self.good = {}

    def _id(self, who):
        return self.people[who].resident_id

    def _minutes(self, who, shift):
        return {minute for minute, whose in self.counts[who].items() if whose == shift}

    def _fill(self, who, shift, times):
        new = set(range(*times)) - set(self.counts[who])
        self.counts[who] |= dict.fromkeys(new, shift)
        return len(new)

    def _drop(self, who, shift):
        for minute in self._minutes(who, shift):
            del self.counts[who][minute]

    @rule(who=WHO, shift=SHIFTS, times=TIMES, evidence=EVIDENCE, attested=st.booleans())
    def credit(self, who, shift, times, evidence, attested):
        with clock.at(at(1000)):
            found = hours.credit(
                self._id(who), shift_id=shift, place_code=COMMUNITY, team_id=None, title="夜巡",
                starts_at=at(times[0]), ends_at=at(times[1]), evidence=evidence, attested=attested,
            )  # fmt: skip
        before = self._minutes(who, shift)
        if before:
            assert found.minutes == len(before)
            return
        assert found.minutes == self._fill(who, shift, times)
        self.good[who, shift] = attested or evidence >= 2

    @rule(who=WHO, shift=SHIFTS, evidence=EVIDENCE, attested=st.booleans())
    def confirm(self, who, shift, evidence, attested):
        with clock.at(at(1000)):
            hours.confirm(self._id(who), shift, evidence, attested=attested)
        if self._minutes(who, shift):
            self.good[who, shift] |= attested or evidence >= 2

    @rule(who=WHO, shift=SHIFTS)
    def take_back(self, who, shift):
        with clock.at(at(1000)):
            for entry in hours.entries_of(self._id(who), shift):
                assert hours.reverse(None, entry.id, "更正") is not None
                assert hours.reverse(None, entry.id, "更正") is None
        self._drop(who, shift)

    @rule(who=WHO, shift=SHIFTS, times=TIMES, evidence=EVIDENCE, attested=st.booleans())
    def correct(self, who, shift, times, evidence, attested):
        with clock.at(at(1000)):
            found = hours.recredit(
                None, self._id(who), shift, place_code=COMMUNITY, title="夜巡", reason="更正",
                starts_at=at(times[0]), ends_at=at(times[1]), evidence=evidence, attested=attested,
            )  # fmt: skip
        self._drop(who, shift)
        assert found.minutes == self._fill(who, shift, times)
        self.good[who, shift] = attested or evidence >= 2

    def _standing(self, who):
        standing = (HourEntry.resident_id == self._id(who)) & hours.STANDING
        return read(select(HourEntry.__table__).where(standing)).all()

    @invariant()
    def each_minute_counts_once_and_for_its_shift(self):
        for who, expected in self.counts.items():
            found = [
                (minute, entry.shift_id)
                for entry in self._standing(who)
                for minute in range(minute_of(entry.starts_at), minute_of(entry.ends_at))
            ]
            assert len(found) == len(dict(found))
            assert dict(found) == expected

    @invariant()
    def sums_are_what_stands_and_never_more_than_the_time(self):
        for who, expected in self.counts.items():
            mine = HourEntry.resident_id == self._id(who)
            total = read(select(func.coalesce(func.sum(HourEntry.minutes), 0)).where(mine))
            assert total.scalar_one() == len(expected)
            row = read(
                select(HourAccount.credited, HourAccount.held).where(
                    HourAccount.resident_id == self._id(who)
                )
            ).one_or_none()
            good = sum(self.good[who, shift] for shift in expected.values())
            sums = (row.credited, row.held) if row else (0, 0)
            assert sums == (good, len(expected) - good)

    @invariant()
    def points_follow_the_minutes_and_the_books_are_true(self):
        assert ledger.faults() == []
        for who in self.counts:
            has = ledger.balances(self._id(who))
            parts = {"credited": 0, "held": 0}
            for entry in self._standing(who):
                parts[entry.state] += point_rules.round_points(entry.minutes)
            cap = point_rules.RULES["round"].daily_cap
            assert has["held"] + has["person"] == min(sum(parts.values()), cap)
            assert has["debt"] == 0

    def teardown(self):
        db.session.remove()


@pytest.mark.slow
def test_hours_never_exceed_the_time_in_any_order(app):
    examples, steps = EXAMPLES[db.engine.dialect.name]
    run_state_machine_as_test(
        Hours,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert points.check_books() == 0
