"""Lists cost the same number of queries whatever their length."""

import pytest

from app.patrols import seats
from tests.factories.people import COMMUNITY
from tests.house.test_query_counts import queries
from tests.rosters.conftest import deliver_all, wall

MOST = {"templates": 5, "board": 6, "suitable": 22, "rosters": 4, "roster": 6}
FEW, MANY = 2, 14


@pytest.fixture
def committee(clients, now):
    return clients["committee"]


def test_templates(committee, template):
    template()
    few = queries(committee, "/shift-templates", rows=1, limit=50)
    for _ in range(5):
        template()
    many = queries(committee, "/shift-templates", rows=6, limit=50)
    assert len(few) == len(many) <= MOST["templates"], many


def test_the_board(committee, plan):
    for _ in range(FEW):
        plan(day=24)
    few = queries(committee, "/shifts/needing-people", rows=FEW, limit=50)
    for _ in range(MANY):
        plan(day=25)
    many = queries(committee, "/shifts/needing-people", rows=FEW + MANY, limit=50)
    assert len(few) == len(many) <= MOST["board"], many


def test_suitable_people(committee, plan, neighbour):
    shift_id = plan(day=24)
    for _ in range(FEW):
        seats.sign_up(neighbour(), plan(day=26))
    few = queries(committee, f"/shifts/{shift_id}/suitable")
    for _ in range(MANY):
        seats.sign_up(neighbour(), plan(day=26))
    many = queries(committee, f"/shifts/{shift_id}/suitable")
    assert len(few) == len(many) <= MOST["suitable"], many


def test_rosters(committee, plan, neighbour):
    def ask(week):
        body = {"place_code": COMMUNITY, "week": week}
        asked = committee.post("/rosters", body).json
        deliver_all()
        return asked["id"]

    plan(day=24)
    neighbour()
    small = queries(committee, f"/rosters/{ask('2026-11-23')}")
    few = queries(committee, "/rosters", rows=1, limit=50)
    for day in range(1, 7):
        plan(starts_at=wall(day, "19:00", month=12))
        neighbour()
    large = queries(committee, f"/rosters/{ask('2026-12-01')}")
    many = queries(committee, "/rosters", rows=2, limit=50)
    assert len(small) == len(large) <= MOST["roster"], large
    assert len(few) == len(many) <= MOST["rosters"], many
