"""Who takes part, held to a count by hand."""

from datetime import date, timedelta

import pytest

from app.committees import children, indicators, opening, participation, reviews
from app.core import clock
from app.core.access import RoleKind
from app.core.errors import InvalidInput, NotFound
from tests.committees.conftest import NOW
from tests.factories.people import COMMUNITY, ELSEWHERE, SIBLING, make_actor
from tests.house.test_query_counts import counted

TODAY = date(2026, 11, 20)
ACTIVITIES = ("reported", "confirmed", "patrolled", "learnt")
DISTRICT, STREET = COMMUNITY[:6], COMMUNITY[:9]


def by_hand(done, code, first, last):
    """Return the figures as anybody would count them, without the roll-up."""
    here = [fact for fact in done if fact[3].startswith(code)]
    mine = [fact for fact in here if first <= fact[2] <= last]
    people = {fact[0] for fact in mine}
    before = {fact[0] for fact in here if fact[2] < first}
    return {
        "people": len(people),
        "newly": len(people - before),
        "returning": len(people & before),
        **{name: sum(fact[1] == name for fact in mine) for name in ACTIVITIES},
        "minutes": sum(fact[4] for fact in mine),
    }


def told_by_hand(done, code, first, last):
    """Return the same without the few people of a few days of a community."""
    found = by_hand(done, code, first, last)
    if code == COMMUNITY and (last - first).days < 6:
        if 0 < found["people"] < 5:
            return found | dict.fromkeys(("people", "newly", "returning"))
        if 0 < found["newly"] < 5 or 0 < found["returning"] < 5:
            return found | dict.fromkeys(("newly", "returning"))
    return found


@pytest.fixture
def busy(village):
    """Thirty people who did something on sixty days, in two communities."""
    residents = village.settle(30, f"{COMMUNITY}001")
    dice = village.dice
    for _ in range(90):
        activity = dice.choice(ACTIVITIES)
        village.do(
            dice.choice(residents), activity, dice.randint(0, 70),
            dice.choice([f"{COMMUNITY}001", f"{COMMUNITY}002", COMMUNITY, f"{SIBLING}001"]),
            60 if activity == "patrolled" else 0,
        )  # fmt: skip
    village.roll_up()
    return village


def test_every_figure_is_what_a_count_by_hand_says(busy, people, asked):
    dice = busy.dice
    ranges = [(date(2026, 10, 1), date(2026, 10, 31)), (date(2026, 11, 1), TODAY)]
    for _ in range(6):
        last = TODAY - timedelta(days=dice.randint(0, 40))
        ranges.append((last - timedelta(days=dice.randint(0, 30)), last))
    for first, last in ranges:
        for who, code in (("district", DISTRICT), ("street", STREET), ("committee", COMMUNITY)):
            found = asked(
                participation.participation, people[who], code, first=first, last=last, by="week"
            )
            expected = told_by_hand(busy.done, code, first, last)
            shown = {name: found["figures"][name]["value"] for name in expected}
            assert shown == expected, (code, first, last)
            former = found["previous"]
            expected = told_by_hand(busy.done, code, former["from"], former["to"])
            assert {name: former["figures"][name]["value"] for name in expected} == expected
            for period in found["periods"]:
                expected = by_hand(busy.done, code, period["from"], period["to"])
                shown = {name: period["figures"][name]["value"] for name in expected}
                assert shown == expected, (code, period["from"])


def test_the_month_so_far_is_compared_with_as_much_of_the_last(busy, people, asked):
    found = asked(participation.participation, people["committee"], COMMUNITY)
    assert (found["from"], found["to"]) == (date(2026, 11, 1), TODAY)
    assert (found["previous"]["from"], found["previous"]["to"]) == (
        date(2026, 10, 1),
        date(2026, 10, 20),
    )
    assert len(found["periods"]) == 20
    breadth = found["figures"]["breadth"]
    home = {f[0] for f in busy.done if f[3].startswith(COMMUNITY) and f[2] >= found["from"]}
    assert (breadth["numerator"], breadth["denominator"]) == (len(home), 30)
    assert found["figures"]["grids"]["numerator"] <= found["figures"]["grids"]["denominator"] == 4


def test_who_is_missing_is_told_by_counts_of_five_and_more(village, people, asked):
    heard, silent = village.settle(6, building=0), village.settle(7, building=1)
    village.settle(2, building=2)
    village.settle(6, building=3)  # or less than 70 % of the buildings were known
    # Who took part elsewhere has not been heard at home.
    village.do(silent[0], "learnt", 60, place_code=f"{SIBLING}001")
    young = village.settle(8, birth_year=2000)
    village.settle(9, birth_year=1950)
    village.settle(2, birth_year=1980)
    village.do(heard[0], "reported", 60)
    for each in young[:3]:
        village.do(each, "learnt", 60)
    village.roll_up()
    quarter = {"first": date(2026, 7, 1), "last": date(2026, 9, 30)}
    found = asked(participation.participation, people["committee"], COMMUNITY, **quarter)
    buildings = found["missing"]["buildings"]
    assert (buildings["numerator"], buildings["denominator"], buildings["excluded"]) == (2, 3, 1)
    bands = {row["band"]: row["silent"] for row in found["missing"]["bands"]}
    # Of eight five count, and three of them took part: who did not are two, so it is not told.
    assert bands["18_34"]["withheld"] == bands["35_59"]["withheld"] == "few"
    assert bands["18_34"]["numerator"] is None
    assert (bands["60_up"]["numerator"], bands["60_up"]["denominator"]) in {(5, 5), (None, None)}
    assert bands["under_18"]["withheld"] == "few"
    above = asked(participation.participation, people["street"], STREET, **quarter)["missing"]
    assert above["bands"] == found["missing"]["bands"]
    # A grid, a day less, or a month would be subtracted.
    for code, first, last in (
        (f"{COMMUNITY}001", quarter["first"], quarter["last"]),
        (COMMUNITY, quarter["first"], date(2026, 9, 29)),
        (COMMUNITY, date(2026, 9, 1), quarter["last"]),
    ):
        near = asked(participation.participation, people["committee"], code, first=first, last=last)
        assert near["missing"]["bands"] == []


def test_a_grid_tells_neither_few_people_nor_a_share_of_homes(village, people, asked):
    grid = f"{COMMUNITY}001"
    for each in village.settle(3, f"{COMMUNITY}002"):
        village.do(each, "learnt", place_code=grid)
    village.settle(1, grid)
    village.roll_up()
    committee = people["committee"]
    found = asked(participation.participation, committee, grid, by="month")
    shown = [found["figures"], found["periods"][0]["figures"]]
    opened = [
        asked(opening.open_figure, committee, grid, name)["figure"]
        for name in ("people", "newly", "evenness", "registered")
    ]
    rows = asked(children.children, committee, COMMUNITY, sort="people")["items"]
    [mine] = [row["figures"] for row in rows if row["place"]["code"] == grid]
    for figure in (*(figures["people"] for figures in shown), *opened, mine["people"]):
        assert (figure["value"], figure["numerator"], figure["withheld"]) == (None, None, "few")
    for figure in (found["figures"]["breadth"], mine["breadth"]):
        assert (figure["value"], figure["withheld"]) == (None, "grid")
    index = asked(indicators.indicators, committee, grid)["indices"]["participation"]
    assert (index["value"], index["withheld"], found["siblings"]) == (None, "grid", None)


def test_siblings_are_quartiles_and_names_only_where_both_want_ranking(village, people, asked):
    homes = {f"c{DISTRICT}": 900, f"c{COMMUNITY}": 100}
    others = [like for like in codes_of_district() if like != COMMUNITY][:6]
    homes |= {f"c{code}": 100 for code in others}
    village.count_homes(date(2026, 11, 19), **homes)
    residents = village.settle(3, f"{COMMUNITY}001")
    for each in residents:
        village.do(each, "learnt")
    village.roll_up()

    def siblings():
        whole = asked(participation.participation, people["committee"], COMMUNITY)["siblings"]
        alone = asked(participation.show_siblings, people["committee"], COMMUNITY)
        assert alone["siblings"] == whole
        assert alone["ranked"] is bool(whole["named"])
        return whole

    found = siblings()
    assert found["count"] == 6
    assert found["figures"]["breadth"] == {"own": 0.03, "lower": 0, "median": 0, "upper": 0}
    assert found["named"] == []
    reviews.change_settings(people["committee"], COMMUNITY, ranking=True)
    assert [row["place_code"] for row in siblings()["named"]] == [COMMUNITY]
    # Where nobody took part in either of two, neither is before the other.
    for code in others[:2]:
        committee = make_actor((RoleKind.COMMITTEE, code))
        reviews.change_settings(committee, code, ranking=True)
    ranks = {row["place_code"]: row["rank"] for row in siblings()["named"]}
    assert ranks == {COMMUNITY: 1, others[0]: 2, others[1]: 2}


def codes_of_district():
    from app.places import service as places  # noqa: PLC0415

    found = places.list_places(kind="community", within=DISTRICT, limit=50)["items"]
    return [row["code"] for row in found]


def test_indices_say_what_they_are_made_of(village, people, asked):
    residents = village.settle(10, f"{COMMUNITY}001")
    for each in residents[:4]:
        village.do(each, "learnt", 200)  # the second quarter
    for each in residents[:2]:
        village.do(each, "learnt", 100)  # the third
    for each in residents[:5]:
        village.do(each, "learnt", 3, f"{COMMUNITY}00{1 + each % 2}")
    village.roll_up()
    found = asked(indicators.indicators, people["committee"], COMMUNITY)
    parts = found["indices"]["participation"]["parts"]
    assert (parts["breadth"]["numerator"], parts["breadth"]["denominator"]) == (5, 10)
    assert (parts["continuity"]["numerator"], parts["continuity"]["denominator"]) == (2, 4)
    split = sorted(
        [sum(each % 2 for each in residents[:5]), sum(1 - each % 2 for each in residents[:5])]
    )
    apart = sum(abs(a - b) for a in [0, 0, *split] for b in [0, 0, *split])
    assert parts["evenness"]["value"] == pytest.approx(1 - apart / (2 * 4 * 5), abs=1e-3)
    assert found["indices"]["participation"]["withheld"] == "nothing"  # no promise fell due
    assert found["indices"]["solving"]["value"] is None


@pytest.mark.parametrize("who", ["outsider", "sibling", "gridworker", "resident", "stranger"])
def test_figures_are_for_those_who_answer_for_the_place(people, who, asked):
    for service in (participation.participation, indicators.indicators):
        with pytest.raises(NotFound):
            asked(service, people[who], COMMUNITY)
        for place in (ELSEWHERE, f"{COMMUNITY}999", f"{COMMUNITY}001001", "nonsense"):
            with pytest.raises(NotFound):
                asked(service, people["committee"], place)
    with pytest.raises(NotFound):
        asked(opening.open_figure, people["committee"], COMMUNITY, "happiness")


@pytest.mark.parametrize(
    "given",
    [
        {"first": date(2026, 11, 2), "last": date(2026, 11, 1)},
        {"first": date(2019, 11, 2), "last": date(2026, 11, 1), "by": "year"},
        {"first": date(2024, 11, 2), "last": date(2026, 11, 1), "by": "day"},
    ],
)
def test_a_senseless_range_is_refused(people, asked, given):
    with pytest.raises(InvalidInput):
        asked(participation.participation, people["committee"], COMMUNITY, **given)


ROUTES = {
    "overview": {},
    "patrolling": {},
    "participation": {"by": "month"},
    "indicators": {},
    "children": {"sort": "breadth"},
    "figures/on_time": {},
    "figures/people": {},
    "figures/evenness": {},
    "figures/silent_buildings": {},
    "figures/participation": {},
    "targets": {},
    "comments": {},
    "rectifications": {},
    "settings": {},
}


def test_any_route_of_a_committee_costs_six_queries_at_most(clients, busy, case_in):
    for _ in range(3):
        case_in("closed")
    costs = {}
    with clock.at(NOW):
        for path, query in ROUTES.items():
            for who, code in (("committee", COMMUNITY), ("district", DISTRICT)):
                with counted() as found:
                    answer = clients[who].get(f"/committees/{code}/{path}", **query)
                assert answer.status_code == 200, (path, answer.json)
                costs[who, path] = len(found)
    assert max(costs.values()) <= 6, costs


def test_bad_queries_say_which_field(clients):
    client = clients["committee"]
    for path, query, field in (
        ("participation", {"from": "yesterday"}, "from"),
        ("participation", {"by": "hour"}, "by"),
        ("indicators", {"from": "2026-11-02", "to": "2026-11-01"}, "from"),
        ("children", {"sort": "beauty"}, "sort"),
        ("children", {"level": "street"}, "level"),
        ("children", {"cursor": "x"}, "cursor"),
        ("figures/on_time", {"cursor": "x"}, "cursor"),
    ):
        answer = client.get(f"/committees/{COMMUNITY}/{path}", **query)
        assert answer.status_code == 422, path
        assert [error["field"] for error in answer.json["errors"]] == [field]
        assert clients["resident"].get(f"/committees/{COMMUNITY}/{path}").status_code == 403


def test_the_range_before_is_a_share_of_who_lived_there_then(village, people, asked):
    for each in village.settle(4, f"{COMMUNITY}001"):
        village.do(each, "learnt", 40)
    village.roll_up()
    for day, homes in ((date(2026, 10, 20), 8), (date(2026, 11, 10), 16)):
        village.count_homes(day, **{f"c{COMMUNITY}": homes})
    found = asked(indicators.indicators, people["committee"], COMMUNITY)
    of = [
        each["indices"]["participation"]["parts"]["breadth"]["denominator"]
        for each in (found, found["previous"])
    ]
    assert of == [16, 8]


@pytest.mark.parametrize(
    ("first", "last", "before"),
    [
        ((2026, 11, 1), (2026, 11, 30), ((2026, 10, 1), (2026, 10, 20))),
        ((2026, 10, 1), (2026, 12, 31), ((2026, 7, 1), (2026, 8, 20))),
        ((2026, 11, 16), (2026, 11, 22), ((2026, 11, 11), (2026, 11, 15))),
        ((2026, 11, 11), (2026, 11, 25), ((2026, 11, 1), (2026, 11, 10))),
        ((2026, 12, 1), (2026, 12, 31), ((2026, 11, 1), (2026, 11, 30))),
        ((2026, 10, 1), (2026, 10, 31), ((2026, 9, 1), (2026, 9, 30))),
    ],
)
def test_days_that_have_not_come_are_left_out(people, asked, first, last, before):
    days = {"first": date(*first), "last": date(*last)}
    so_far = days | {"last": min(days["last"], date(2026, 11, 20))} if first[1] < 12 else days
    for service in (participation.participation, indicators.indicators):
        found = asked(service, people["committee"], COMMUNITY, **days)
        assert found == asked(service, people["committee"], COMMUNITY, **so_far)
        former = found["previous"]
        assert (former["from"], former["to"]) == tuple(date(*day) for day in before)


def test_a_quarter_that_is_not_over_is_not_what_people_stayed_in(village, people, asked):
    ids = village.settle(9)
    for each in ids:
        village.do(each, "learnt", 100)
        village.do(each, "learnt", 190)
    village.roll_up()
    days = {"first": date(2026, 10, 1), "last": date(2026, 12, 31)}
    found = asked(indicators.indicators, people["committee"], COMMUNITY, **days)
    continuity = found["indices"]["participation"]["parts"]["continuity"]
    assert (continuity["numerator"], continuity["denominator"]) == (9, 9)
