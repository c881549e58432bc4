"""The next level: sorted, paged by keys, ranked where wanted, outliers explained."""

from datetime import date

import pytest

from app.committees import children, reviews
from app.core.access import RoleKind
from tests.factories.people import COMMUNITY, SIBLING, make_actor

STREET = COMMUNITY[:9]


@pytest.fixture
def street(village, people):
    """Communities of a street with more and less life."""
    village.count_homes(date(2026, 11, 1), **{f"c{COMMUNITY}": 10, f"c{SIBLING}": 10})
    for code, many in ((COMMUNITY, 4), (SIBLING, 1)):
        for each in village.settle(many, f"{code}001"):
            village.do(each, "learnt", place_code=f"{code}001")
    village.roll_up()
    return people["street"]


def listed(asked, actor, place=STREET, **given):
    found, cursor = [], None
    while True:
        page = asked(children.children, actor, place, cursor=cursor, limit=2, **given)
        found += page["items"]
        cursor = page["next_cursor"]
        if cursor is None:
            return found


def codes(rows):
    return [row["place"]["code"] for row in rows]


def test_the_best_come_first_page_by_page(street, asked):
    by_code = listed(asked, street)
    assert codes(by_code) == sorted(codes(by_code))
    assert len(by_code) > 3
    best = listed(asked, street, sort="breadth")
    assert sorted(codes(best)) == codes(by_code)
    assert codes(best)[:2] == [COMMUNITY, SIBLING]
    values = [row["figures"]["breadth"]["value"] for row in best]
    assert values[:2] == [0.4, 0.1]
    assert set(values[2:]) == {None}  # nobody is registered there
    assert codes(listed(asked, street, sort="people"))[0] == COMMUNITY


def test_only_who_wants_it_is_ranked(street, people, asked):
    def ranks(**given):
        return [row["rank"] for row in listed(asked, street, **given) if row["rank"]]

    assert ranks(sort="breadth") == []
    reviews.change_settings(people["committee"], COMMUNITY, ranking=True)
    assert ranks(sort="breadth") == [1]
    sibling = make_actor((RoleKind.COMMITTEE, SIBLING))
    reviews.change_settings(sibling, SIBLING, ranking=True)
    assert ranks(sort="breadth") == [1, 2]
    assert ranks() == []


def test_what_lies_far_off_is_explained(village, people, asked):
    places = codes(listed(asked, people["street"]))
    homes = {f"c{code}": 100 for code in places}
    village.count_homes(date(2026, 11, 1), **homes)
    for each in village.settle(12, f"{places[0]}001"):
        village.do(each, "learnt", place_code=f"{places[0]}001")
    village.roll_up()
    rows = listed(asked, people["street"])
    assert [each["outliers"] for each in rows[1:]] == [[]] * (len(places) - 1)
    [far] = rows[0]["outliers"]
    assert (far["figure"], far["side"], far["why"]) == ("breadth", "above", "above")
    # Of so few people it would say nothing.
    village.count_homes(date(2026, 11, 2), **homes | {f"c{places[0]}": 20})
    [far] = listed(asked, people["street"])[0]["outliers"]
    assert (far["why"], "20" in far["explanation"]) == ("few", True)


def test_a_district_may_look_at_any_level(street, people, asked):
    page = asked(children.children, people["district"], COMMUNITY[:6], limit=50)
    assert page["level"] == "street"
    assert STREET in codes(page["items"])
    page = asked(children.children, people["district"], COMMUNITY[:6], level="grid", limit=50)
    assert {row["place"]["kind"] for row in page["items"]} == {"grid"}
    assert {row["figures"]["people"]["value"] for row in page["items"]} == {0, None}
    assert {row["rank"] for row in page["items"]} == {None}


def test_before_the_first_night_homes_are_counted_as_they_are(village, people, asked):
    village.settle(4, f"{COMMUNITY}001")
    rows = listed(asked, people["street"])
    [mine] = [row["figures"]["breadth"] for row in rows if row["place"]["code"] == COMMUNITY]
    assert (mine["value"], mine["denominator"]) == (0, 4)
