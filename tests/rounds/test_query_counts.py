"""What a round costs the database, however many people and check-ins it has."""

import pytest

from app.patrols import seats
from app.rounds import service
from tests.clients import Client
from tests.house.test_query_counts import counted, queries
from tests.rounds.conftest import EVENING, HOUR, MINUTE, Phone, at, make_night, make_volunteer

MOST = {"round": 17, "check_in": 21, "batch": 21, "list": 5}


@pytest.fixture
def leading(app, night):
    with at(HOUR):
        yield Client(app).signed_in_as(night.leader)


def fill(night, number):
    """Let so many more people walk, with three check-ins each and a few points."""
    for turn in range(number):
        with at(-HOUR):
            walker = make_volunteer(f"w{turn}")
            seats.sign_up(walker, night.id)
        phone = Phone(night, walker)
        for minute in (1, 20, 40):
            phone.send("checkpoint", minute * MINUTE, lat=30.6584 + turn * 1e-5 + minute * 1e-7)
        points = [
            {"at": EVENING + n * MINUTE, "lat": 30.65 + turn * 1e-4, "lon": 104.0325}
            for n in range(2, 20)
        ]
        with at(HOUR):
            service.add_points(walker, night.id, points=points)


def test_the_live_view_costs_the_same_however_many_walk(leading, night):
    fill(night, 1)
    few = queries(leading, f"/shifts/{night.id}/round")
    fill(night, 6)
    many = queries(leading, f"/shifts/{night.id}/round")
    assert len(few) == len(many) <= MOST["round"], many


def test_a_check_in_costs_the_same_however_many_there_were(app, night):
    def once(minute):
        with counted() as found:
            night.phone("anna").send("checkpoint", minute * MINUTE, 1)
        return found

    once(1)
    few = once(25)
    fill(night, 5)
    many = once(50)
    assert len(few) == len(many) <= MOST["check_in"], many


def test_a_batch_costs_what_one_check_in_does(night):
    phone = night.phone("anna")

    def batch(first, number):
        items = [
            phone.item("checkpoint", (first + n) * MINUTE, 1, lat=30.66065 + n * 1e-6)
            for n in range(number)
        ]
        items = [item | {"sent_at": EVENING + 2 * HOUR} for item in items]
        with at(2 * HOUR), counted() as found:
            service.check_in_batch(night.anna, night.id, items=items)
        return found

    batch(0, 1)
    assert len(batch(10, 1)) == len(batch(20, 40)) <= MOST["batch"]


def test_ones_own_rounds_are_listed_at_the_same_cost(app, people):
    with at(-2 * HOUR):
        first = make_night(people)
    first.phone("anna").send("start")
    with at(HOUR):
        client = Client(app).signed_in_as(first.anna)
        found = queries(client, "/me/attendances", rows=1, limit=50)
    assert len(found) <= MOST["list"], found
