"""Answers are kept, and never a moment longer than what they count."""

from datetime import timedelta

from app.committees import keeping, reviews
from app.core import clock
from tests.committees.conftest import NOW
from tests.factories.people import COMMUNITY
from tests.house.test_query_counts import counted

PATH = f"/committees/{COMMUNITY}/indicators"


def test_the_same_again_costs_two_queries_and_is_the_same(clients):
    with clock.at(NOW):
        first = clients["committee"].get(PATH)
        with counted() as found:
            again = clients["committee"].get(PATH)
        assert len(found) == 2
        assert (again.json, again.content_type) == (first.json, "application/json")
        assert clients["committee"].get(PATH, to="2026-11-19").json["to"] == "2026-11-19"
    with clock.at(NOW + timedelta(minutes=1)), counted() as found:
        clients["committee"].get(PATH)
    assert len(found) > 2


def test_what_is_counted_is_seen_at_once(clients, people, report, village):
    def shown(who="committee", path=PATH):
        with clock.at(NOW):
            return clients[who].get(path).json

    assert shown()["indicators"]["filing"]["excluded"] == 0
    report()
    assert shown()["indicators"]["filing"]["excluded"] == 1
    reviews.set_target(people["street"], COMMUNITY, "filing", wanted=0.9)
    assert [row["figure"] for row in shown()["targets"]] == ["filing"]
    people_path = f"/committees/{COMMUNITY}/participation"
    assert shown(path=people_path)["figures"]["people"]["value"] == 0
    village.do(village.settle(1)[0], "learnt")
    village.roll_up()
    assert shown(path=people_path)["figures"]["people"]["value"] == 1


def test_what_is_kept_is_small_and_of_this_minute():
    kept, large = keeping.Kept(), b"x" * keeping.LARGEST
    kept.of("09:00")
    kept.keep(("too large",), large + b"x")
    assert kept.answers == {}
    fitting = keeping.MOST_BYTES // keeping.LARGEST
    for number in range(fitting):
        kept.keep((number,), large)
    assert (len(kept.of("09:00")), kept.bytes) == (fitting, keeping.MOST_BYTES)
    kept.keep(("one more",), b"x")
    assert (list(kept.of("09:00")), kept.bytes) == ([("one more",)], 1)
    assert (kept.of("09:01"), kept.bytes) == ({}, 0)


def test_who_may_not_see_it_is_not_told_what_was_kept_for_another(clients):
    with clock.at(NOW):
        assert clients["committee"].get(PATH).status_code == 200
        assert clients["outsider"].get(PATH).status_code == 404
        assert clients["resident"].get(PATH).status_code == 403
        chinese = clients["district"].get(f"/committees/{COMMUNITY[:9]}/children")
        assert chinese.status_code == 200
