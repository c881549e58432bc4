"""What points cost the database does not grow with what there is."""

from datetime import timedelta

from app.core import clock
from app.points import rewards
from app.points import service as points
from tests.house.test_query_counts import FEW, MANY, counted, queries

MOST = {"points": 4, "rewards": 4, "redemptions": 2, "redeem": 12, "grant": 9}


def fill(actor, number):
    for n in range(number):
        at = clock.now() - timedelta(days=n)
        points.grant(actor.resident_id, "round", "hours", n + 1, amount=60, at=at)


def test_ones_points(clients, people):
    fill(people["resident"], FEW)
    few = queries(clients["resident"], "/me/points", rows=FEW, limit=50)
    fill(people["resident"], MANY)
    many = queries(clients["resident"], "/me/points", rows=MANY, limit=50)
    assert len(few) == len(many) <= MOST["points"], many


def test_rewards(clients, offer):
    offer()
    few = queries(clients["resident"], "/rewards", rows=FEW, limit=50)
    for _ in range(MANY - FEW):
        offer()
    many = queries(clients["resident"], "/rewards", rows=MANY, limit=50)
    assert len(few) == len(many) <= MOST["rewards"], many


def test_redemptions(clients, people, offer):
    me = people["resident"]
    fill(me, MANY)
    reward = offer(stock=MANY)
    rewards.redeem(me, reward["id"])
    few = queries(clients["resident"], "/me/redemptions", rows=FEW, limit=50)
    for _ in range(MANY - FEW):
        rewards.redeem(me, reward["id"])
    many = queries(clients["resident"], "/me/redemptions", rows=MANY, limit=50)
    assert len(few) == len(many) <= MOST["redemptions"], many


def test_redeeming_and_thanking(clients, people, offer):
    me = people["resident"]
    fill(me, MANY)
    reward = offer(stock=MANY)

    def redeem():
        with counted() as found:
            answer = clients["resident"].post(f"/rewards/{reward['id']}/redemptions")
        assert answer.status_code == 201, answer.json
        return found

    few = redeem()
    for _ in range(5):
        many = redeem()
    assert len(few) == len(many) <= MOST["redeem"], many
    with counted() as found:
        points.grant(me.resident_id, "hazard_solved", "hazard", 1)
    assert len(found) <= MOST["grant"], found
