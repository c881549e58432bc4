"""What a planner chooses from."""

import pytest

from app.core.errors import NotFound
from app.rosters import choices
from tests.factories.people import COMMUNITY
from tests.house.test_query_counts import counted


def test_a_planner_chooses_from_what_is_around(people, neighbour):
    near, away = neighbour(), neighbour(home=None)
    found = choices.list_choices(people["committee"], COMMUNITY)
    names = {person["id"] for person in found["people"]}
    assert near.resident_id in names
    assert away.resident_id not in names
    codes = [place["id"] for place in found["places"]]
    assert codes[0] == COMMUNITY
    assert all(code.startswith(COMMUNITY) for code in codes)
    assert len(codes) > 1


def test_the_choices_cost_one_query(people, neighbour):
    neighbour()
    with counted() as found:
        choices.list_choices(people["committee"], COMMUNITY)
    assert len(found) == 1


def test_nobody_chooses_from_another_place(people):
    with pytest.raises(NotFound):
        choices.list_choices(people["committee"], "510105")
    with pytest.raises(NotFound):
        choices.list_choices(people["resident"], COMMUNITY)
