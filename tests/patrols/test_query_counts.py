"""Lists and shifts cost the same number of queries at 1 row and at 30."""

import pytest

from app.core.access import RoleKind
from app.patrols import beats, seats, swaps
from tests.clients import Client
from tests.factories.people import COMMUNITY, make_actor
from tests.house.test_query_counts import FEW, MANY, counted, queries
from tests.patrols.conftest import DAY, acquaint, make_shift

MOST = {"list": 3, "detail": 10, "sign_up": 18}


@pytest.fixture
def planner(app):
    return make_actor((RoleKind.COMMITTEE, COMMUNITY))


@pytest.fixture
def me(app, volunteer):
    actor = volunteer()
    client = Client(app).signed_in_as(actor)
    client.actor = actor
    return client


@pytest.fixture
def shifts(planner):
    made = []

    def up_to(number):
        while len(made) < number:
            made.append(make_shift(planner, (2 + len(made)) * DAY, capacity=100))
        return made

    return up_to


def same(ask):
    few, many = ask(FEW), ask(MANY)
    assert len(few) == len(many) <= MOST["list"], many


def test_a_list_of_shifts(me, shifts):
    def ask(number):
        shifts(number)
        near = "30.6586,104.0333"
        return queries(me, "/shifts", rows=number, limit=50, near=near, place=COMMUNITY)

    same(ask)


def test_ones_own_shifts(me, shifts):
    def ask(number):
        for shift_id in shifts(number):
            if seats.signup_of(shift_id, me.actor.resident_id) is None:
                seats.sign_up(me.actor, shift_id)
        return queries(me, "/shifts", rows=number, limit=50, mine="true")

    same(ask)


def test_offers(me, shifts, volunteer, planner):
    def ask(number):
        while len(me.get("/me/offers", limit=50).json["items"]) < number:
            days = 2 + len(me.get("/me/offers", limit=50).json["items"])
            shift_id, first = make_shift(planner, days * DAY, capacity=1), volunteer()
            seats.sign_up(first, shift_id)
            seats.sign_up(me.actor, shift_id)
            seats.leave(first, shift_id)
        return queries(me, "/me/offers", rows=number, limit=50)

    same(ask)


def test_swaps(me, shifts, volunteer):
    def ask(number):
        for shift_id in shifts(number):
            if seats.signup_of(shift_id, me.actor.resident_id) is None:
                seats.sign_up(me.actor, shift_id)
                colleague = volunteer()
                acquaint(me.actor, colleague)
                swaps.ask(me.actor, shift_id, resident_id=colleague.resident_id)
        return queries(me, "/me/swaps", rows=number, limit=50)

    same(ask)


def test_colleagues(me, shifts, crowd):
    shift_id = shifts(1)[0]
    seats.sign_up(me.actor, shift_id)
    together = shifts(2)[1]
    seats.sign_up(me.actor, together)
    people = crowd(MANY)

    def ask(number):
        for person in people[:number]:
            if seats.signup_of(together, person.resident_id) is None:
                seats.sign_up(person, together)
        return queries(me, f"/shifts/{shift_id}/colleagues", rows=number, limit=50)

    few, many = ask(FEW), ask(MANY)
    assert len(few) == len(many) <= MOST["detail"], many


def test_routes(planner, app):
    client, made = Client(app).signed_in_as(planner), []
    spot = {"name": "东门", "lat": 30.66, "lon": 104.03}

    def ask(number):
        while len(made) < number:
            form = {"place_code": COMMUNITY, "name": "夜巡线", "checkpoints": [spot]}
            made.append(beats.create_route(planner, **form))
        return queries(client, "/patrol-routes", rows=number, limit=50)

    same(ask)


def test_a_shift_with_many_people(me, planner, crowd):
    spots = [{"name": f"{n}号", "lat": 30.66, "lon": 104.03} for n in range(20)]
    form = {"place_code": COMMUNITY, "name": "夜巡线", "checkpoints": spots}
    route_id = beats.create_route(planner, **form)["id"]
    small, big = (
        make_shift(planner, days * DAY, capacity=20, route_id=route_id) for days in (2, 3)
    )
    seats.sign_up(me.actor, small)
    seats.sign_up(me.actor, big)
    for person in crowd(MANY):
        seats.sign_up(person, big)
    few, many = (queries(me, f"/shifts/{shift_id}") for shift_id in (small, big))
    assert len(few) == len(many) <= MOST["detail"], many


def test_signing_up_costs_the_same_however_many_wait(me, planner, crowd):
    small, big = (make_shift(planner, days * DAY, capacity=1) for days in (2, 3))
    seats.sign_up(crowd(1)[0], small)
    for person in crowd(MANY):
        seats.sign_up(person, big)

    def ask(shift_id):
        with counted() as found:
            assert me.post(f"/shifts/{shift_id}/signups").json["state"] == "waiting"
        return found

    few, many = ask(small), ask(big)
    assert len(few) == len(many) <= MOST["sign_up"], many
