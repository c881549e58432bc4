"""Many at the same moment, on both databases: nothing is thanked, sold or spent twice."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select

from app.core import clock
from app.core.db import db, read
from app.core.errors import Problem
from app.points import ledger, rewards
from app.points import service as points
from app.points.models import Redemption, Reward, Transaction
from tests.crowds import at_once
from tests.factories.people import make_actor

NOW = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)


def outcome(work):
    """Do something; return `ok`, or why not."""
    try:
        work()
    except Problem as problem:
        return problem.code
    return "ok"


def in_stock(reward_id):
    return read(select(Reward.stock).where(Reward.id == reward_id)).scalar_one()


def test_fifty_people_for_the_last_three(app, people, offer, give):
    crowd = [make_actor() for _ in range(50)]
    for actor in crowd:
        give(actor, 10)
    reward = offer(cost=10, stock=3)
    db.session.remove()
    found = at_once(app, 50, lambda n: outcome(lambda: rewards.redeem(crowd[n], reward["id"])))
    assert sorted(set(found)) == ["ok", "sold_out"]
    assert found.count("ok") == 3
    assert in_stock(reward["id"]) == 0
    assert len(read(select(Redemption.id)).all()) == 3
    spent = sum(10 - points.my_points(actor)["balance"] for actor in crowd)
    assert spent == 30
    assert points.check_books() == 0


def test_a_double_tap_with_just_enough_points_buys_one(app, people, offer, give):
    me = people["resident"]
    give(me, 10)
    reward = offer(cost=10, stock=20)
    db.session.remove()
    found = at_once(app, 12, lambda _: outcome(lambda: rewards.redeem(me, reward["id"])))
    assert sorted(found) == ["not_enough_points"] * 11 + ["ok"]
    assert in_stock(reward["id"]) == 19
    assert points.my_points(me)["balance"] == 0


def test_a_limit_for_each_person_holds_for_many_taps(app, people, offer, give):
    me = people["resident"]
    give(me, 100)
    reward = offer(cost=10, stock=20, per_person=2)
    db.session.remove()
    found = at_once(app, 12, lambda _: outcome(lambda: rewards.redeem(me, reward["id"])))
    assert sorted(found) == ["ok"] * 2 + ["reward_limit"] * 10
    assert points.my_points(me)["balance"] == 80


def test_the_same_thanks_from_twenty_counts_once(app, people):
    me = people["resident"].resident_id
    db.session.remove()

    def thank(_):
        with clock.at(NOW):
            return points.grant(me, "hazard_solved", "hazard", 7)

    assert sorted(at_once(app, 20, thank)) == [0] * 19 + [10]
    assert read(select(func.count(Transaction.id))).scalar_one() == 1
    assert points.my_points(people["resident"])["balance"] == 10
    assert points.check_books() == 0


def test_a_days_cap_holds_for_many_at_once(app, people):
    me = people["resident"].resident_id
    db.session.remove()

    def thank(number):
        with clock.at(NOW):
            return points.grant(me, "hazard_solved", "hazard", number + 1, amount=7)

    assert sum(at_once(app, 20, thank)) == 30
    assert points.my_points(people["resident"])["balance"] == 30
    assert points.check_books() == 0


def test_freed_and_taken_back_at_once_ends_with_nothing(app, people):
    me = people["resident"].resident_id
    for number in range(1, 6):
        points.grant(
            me, "round", "hours", number, amount=20, held=True, at=NOW - timedelta(days=number)
        )
    db.session.remove()

    def one(number):
        change = points.release if number % 2 else points.reverse
        return change(me, "round", "hours", number // 4 + 1)

    at_once(app, 20, one)
    assert set(ledger.balances(me).values()) == {0}
    assert points.check_books() == 0


def test_collected_or_cancelled_but_not_both(app, people, offer, give):
    me, worker = people["resident"], people["gridworker"]
    for _ in range(5):
        give(me, 10)
        made = rewards.redeem(me, offer(cost=10)["id"])
        db.session.remove()

        def one(number, made=made):
            if number % 2:
                return outcome(lambda: rewards.cancel(me, made["id"]))
            return outcome(lambda: rewards.collect(worker, code=made["code"]))

        found = at_once(app, 10, one)
        assert sorted(found) == ["illegal_move"] * 9 + ["ok"]
        state = rewards.show_redemption(me, made["id"])["state"]
        back = 10 if state == "cancelled" else 0
        assert points.my_points(me)["balance"] == back
        if back:
            rewards.redeem(me, offer(cost=10)["id"])
        db.session.remove()
    assert points.check_books() == 0
