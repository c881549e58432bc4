"""In any order of what can happen to points, the books stay true.

A state machine does what people, rounds, cases and clocks do; after each step every line sums
to zero, every balance is what its entries sum to, nothing a person has is below zero, and what
they have is what a plain bookkeeper beside says.
"""

from collections import Counter
from datetime import UTC, datetime, timedelta

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
from sqlalchemy import func, select

from app.core import clock
from app.core.db import db, read
from app.core.states import IllegalMove
from app.points import ledger, rewards
from app.points import rules as table
from app.points import service as points
from app.points.ledger import NotEnoughPoints
from app.points.models import Account, DayCount, Entry, Redemption, Reward, Transaction
from app.points.rewards import SoldOut
from tests import databases
from tests.factories.people import COMMUNITY, make_people

START = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
WHO = st.sampled_from(["resident", "neighbour"])
RULES = st.sampled_from(["round", "hazard_solved"])
SOURCES = st.integers(1, 3)
TURNS = st.integers(0, 3)
NUMBERS = st.integers(0, 9)
EXAMPLES = {"sqlite": (30, 40), "postgresql": (8, 30)}
"""How many runs on each database, and how many steps at most."""


class Books(RuleBasedStateMachine):
    """Points as they are granted, held, freed, taken back, spent, given back and forgotten."""

    @initialize()
    def open(self):
        databases.empty()
        databases.close()
        self.people = make_people()
        self.now = START
        self.given = {}
        self.reversed = {}
        self.spent = Counter()
        self.reserved = {}
        self.rewards = [
            rewards.offer(
                self.people["committee"], place_code=COMMUNITY, name="伞", cost=cost, stock=4
            )["id"]
            for cost in (7, 20)
        ]

    def at(self):
        return clock.at(self.now)

    @rule(who=WHO, name=RULES, source=SOURCES, turn=TURNS, amount=st.sampled_from([1, 10, 25, 45]),
          held=st.booleans(), days=st.integers(0, 2))  # fmt: skip
    def grant(self, who, name, source, turn, amount, held, days):
        key = (who, name, source)
        with self.at():
            given = points.grant(
                self.people[who].resident_id, name, "x", source,
                amount=amount, held=held, at=self.now - timedelta(days=days), turn=turn,
            )  # fmt: skip
        known = self.given.setdefault(key, {})
        over = self.reversed.get(key, -1) >= turn
        if over or turn in known:
            assert given == 0
        else:
            assert 0 <= given <= amount
            known[turn] = [given, held]

    @precondition(lambda self: self.some(held=True))
    @rule(number=NUMBERS)
    def release(self, number):
        held = sorted(
            key
            for key, grants in self.given.items()
            if any(amount and waits for amount, waits in grants.values())
        )
        who, name, source = held[number % len(held)]
        with self.at():
            freed = points.release(self.people[who].resident_id, name, "x", source)
        grants = self.given.get((who, name, source), {}).values()
        assert freed == sum(amount for amount, held in grants if held)
        for grant in grants:
            grant[1] = False

    @precondition(lambda self: self.some(held=True) or self.some(held=False))
    @rule(number=NUMBERS)
    def take_back_what_was_given(self, number):
        """Whatever was done with the points since: this is where debts come from."""
        given = sorted(
            (*key, turn)
            for key, grants in self.given.items()
            for turn, (amount, _) in grants.items()
            if amount
        )
        self._take_back(*given[number % len(given)])

    @rule(who=WHO, name=RULES, source=SOURCES, turn=TURNS)
    def take_back_anything(self, who, name, source, turn):
        self._take_back(who, name, source, turn)

    def _take_back(self, who, name, source, turn):
        key = (who, name, source)
        with self.at():
            back = points.reverse(self.people[who].resident_id, name, "x", source, turn=turn)
        grants = self.given.setdefault(key, {})
        old = [number for number in grants if number <= turn]
        assert back == sum(grants[number][0] for number in old)
        for number in old:
            grants[number] = [0, False]
        self.reversed[key] = max(self.reversed.get(key, -1), turn)

    def some(self, *, held):
        """Whether anybody was given points that are held, or are not."""
        grants = [grant for grants in self.given.values() for grant in grants.values()]
        return any(amount and waits is held for amount, waits in grants)

    @precondition(lambda self: self.some(held=False))
    @rule(who=WHO)
    def redeem_what_is_cheap(self, who):
        self._redeem(who, 0)

    @precondition(lambda self: self.some(held=False))
    @rule(who=WHO)
    def redeem_what_is_dear(self, who):
        self._redeem(who, 1)

    @precondition(lambda self: self.some(held=False))
    @rule(who=WHO, number=NUMBERS)
    def spend_and_lose(self, who, number):
        """Run into debt, if it can be: what follows has to pay it."""
        self._redeem(who, 0)
        self._redeem(who, 0)
        self.take_back_what_was_given(number)

    def _redeem(self, who, which):
        actor = self.people[who]
        with self.at():
            available = points.my_points(actor)["balance"]
            reward = rewards.show_reward(actor, self.rewards[which])
            if not reward["stock"] or available < reward["cost"]:
                with pytest.raises((SoldOut, NotEnoughPoints)):
                    rewards.redeem(actor, reward["id"])
                return
            made = rewards.redeem(actor, reward["id"])
        self.spent[who] += made["cost"]
        self.reserved[made["id"]] = (who, made["cost"], made["code"], self.now)

    def _some(self, number):
        return sorted(self.reserved)[number % len(self.reserved)]

    @precondition(lambda self: self.reserved)
    @rule(number=NUMBERS)
    def cancel(self, number):
        found = self._some(number)
        who, cost, _, _ = self.reserved.pop(found)
        with self.at():
            rewards.cancel(self.people[who], found)
        self.spent[who] -= cost

    @precondition(lambda self: self.reserved)
    @rule(number=NUMBERS)
    def collect(self, number):
        found = self._some(number)
        _, _, code, since = self.reserved[found]
        late = self.now >= since + table.COLLECT_WITHIN
        with self.at():
            if late:
                with pytest.raises(IllegalMove):
                    rewards.collect(self.people["gridworker"], code=code)
                return
            rewards.collect(self.people["gridworker"], code=code)
        self.reserved.pop(found)

    @rule(days=st.sampled_from([0, 1, 13, 14]))
    def pass_time(self, days):
        self.now += timedelta(days=days)
        late = {
            number: (who, cost)
            for number, (who, cost, _, since) in self.reserved.items()
            if self.now >= since + table.COLLECT_WITHIN
        }
        with self.at():
            assert rewards.expire_due() == len(late)
        for number, (who, cost) in late.items():
            self.reserved.pop(number)
            self.spent[who] -= cost

    @invariant()
    def every_line_sums_to_zero(self):
        total = func.sum(Entry.amount)
        crooked = select(Entry.transaction_id).group_by(Entry.transaction_id).having(total != 0)
        assert read(crooked).all() == []
        assert read(select(func.coalesce(total, 0))).scalar_one() == 0

    @invariant()
    def balances_are_what_their_entries_sum_to(self):
        assert ledger.faults() == []

    @invariant()
    def nothing_is_below_zero(self):
        rows = read(select(Account.kind, Account.balance, Account.resident_id)).all()
        for row in rows:
            if row.kind in {table.AVAILABLE, table.HELD}:
                assert row.balance >= 0
        stock = read(select(Reward.stock)).scalars().all()
        assert all(0 <= left <= 4 for left in stock)

    @invariant()
    def everybody_has_what_they_were_given_and_have_not_spent(self):
        for who in ("resident", "neighbour"):
            has = ledger.balances(self.people[who].resident_id)
            mine = [
                grant
                for (whose, _, _), grants in self.given.items()
                if whose == who
                for grant in grants.values()
            ]
            assert has[table.HELD] == sum(amount for amount, held in mine if held)
            free = sum(amount for amount, held in mine if not held) - self.spent[who]
            assert has[table.AVAILABLE] == max(free, 0)
            assert has[table.DEBT] == min(free, 0)

    @invariant()
    def no_day_gave_more_than_its_cap(self):
        for row in read(select(DayCount.rule, DayCount.granted)):
            assert 0 <= row.granted <= table.RULES[row.rule].daily_cap
        counted = read(select(func.coalesce(func.sum(DayCount.granted), 0))).scalar_one()
        standing = sum(amount for grants in self.given.values() for amount, _ in grants.values())
        assert counted == standing

    @invariant()
    def a_piece_is_in_stock_or_somebodys(self):
        taken = read(
            select(Redemption.id).where(Redemption.state.in_(["reserved", "collected"]))
        ).all()
        assert sum(read(select(Reward.stock)).scalars()) + len(taken) == 8

    def teardown(self):
        db.session.remove()


@pytest.mark.slow
def test_the_books_are_true_in_any_order(app):
    examples, steps = EXAMPLES[db.engine.dialect.name]
    run_state_machine_as_test(
        Books,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    kinds = set(read(select(Transaction.kind)).scalars())
    assert kinds <= set(table.TRANSACTION_KINDS)
