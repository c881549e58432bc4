"""Lists and doors cost the same number of queries at 1 row and at 30."""

import pytest

from app.core import clock
from app.core.access import RoleKind
from app.volunteers import certificates, service, teams
from tests.factories.people import COMMUNITY, make_actor
from tests.house.test_query_counts import FEW, MANY, counted, queries
from tests.volunteers.conftest import GRID, NOW

MOST = {"volunteers": 8, "teams": 8, "team": 9, "certificates": 3, "profile": 9}


@pytest.fixture
def fill(people, serve, served):
    """Bring the number of volunteers, teams and certificates up to so many."""
    made = []

    def up_to(number):
        me = serve(people["resident"])
        if not made:
            served(me)
        while len(made) < number:
            actor = serve(make_actor((RoleKind.RESIDENT, COMMUNITY)), likes=[GRID])
            given = {"name": "队", "kind": "peace", "place_code": COMMUNITY}
            team = teams.create_team(people["committee"], **given, leader_id=actor.resident_id)
            teams.join(me, team["id"])
            certificates.issue(me)
            made.append(actor.resident_id)
        return made

    return up_to


@pytest.mark.parametrize(
    ("kind", "who", "path", "query"),
    [
        ("volunteers", "committee", "/volunteers", {}),
        ("volunteers", "district", "/volunteers", {"place": COMMUNITY}),
        ("teams", "neighbour", "/teams", {}),
        ("teams", "committee", "/teams", {"place": COMMUNITY}),
        ("teams", "resident", "/teams", {"mine": "true"}),
        ("certificates", "resident", "/me/certificates", {}),
        ("certificates", "committee", "/certificates", {"state": "in_notice"}),
    ],
)
def test_a_list_costs_the_same_whatever_its_length(clients, fill, kind, who, path, query):
    with clock.at(NOW):
        fill(FEW)
        few = queries(clients[who], path, rows=FEW, limit=50, **query)
        fill(MANY)
        many = queries(clients[who], path, rows=MANY, limit=50, **query)
    assert len(few) == len(many) <= MOST[kind], many


def test_doors_cost_the_same_for_one_and_for_thirty(fill):
    def asked(ids):
        with counted() as found:
            assert len(service.profile_of(ids)) == len(ids)
            assert len(service.candidates(COMMUNITY)) == len(ids)
            assert service.serving(ids) == set(ids)
            service.location_consents(ids)
        return len(found)

    with clock.at(NOW):
        assert asked(fill(FEW)[:]) == asked(fill(MANY)) == 4


def test_a_team_costs_the_same_with_many_people(people, clients, team, join, serve):
    with clock.at(NOW):
        path = f"/teams/{team()['id']}"
        found = clients["resident"].get(path).json
        few = queries(clients["resident"], path)
        for _ in range(10):
            join(found)
            teams.join(serve(), found["id"])
        many = queries(clients["resident"], path)
    assert len(few) == len(many) <= MOST["team"], many


def test_a_profile_costs_the_same_with_many_records(people, clients, fill):
    with clock.at(NOW):
        fill(FEW)
        few = queries(clients["resident"], "/me/volunteer")
        for _ in range(10):
            body = {"name": "急救", "held_on": "2026-05-01"}
            assert clients["resident"].post("/me/volunteer/trainings", body).status_code == 201
        many = queries(clients["resident"], "/me/volunteer")
    assert len(few) == len(many) <= MOST["profile"], many
