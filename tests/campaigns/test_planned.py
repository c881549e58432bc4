"""What planners see of a place: its campaigns, what one can ask there, and nobody else's."""

from datetime import timedelta

import pytest

from app.campaigns import challenges, drawing, entering, gathering, planned, planning
from app.core import clock
from app.core.errors import NotFound
from tests.campaigns.conftest import PLAN, TODAY, announced, take
from tests.campaigns.test_challenges import FIRST, LAST
from tests.factories.people import COMMUNITY, ELSEWHERE
from tests.house.test_query_counts import counted
from tests.quizzes.conftest import TOPICS

STREET = COMMUNITY[:9]
GRID = f"{COMMUNITY}001"


def listed(people, who="committee", place=COMMUNITY, **page):
    found = planned.list_planned(people[who], place, **page)
    return [one["id"] for one in found["ahead"]], [one["id"] for one in found["items"]]


def test_a_place_has_what_it_plans_and_what_is_announced_for_its_people(big_bank, people):
    own = announced(people["committee"])["id"]
    asked = announced(people["street"], place_code=STREET, places=[COMMUNITY])["id"]
    draft = planning.plan(people["street"], **PLAN | {"place_code": STREET})["id"]
    elsewhere = announced(people["outsider"], place_code=ELSEWHERE)["id"]
    assert listed(people) == ([own, asked], [])
    assert listed(people, "street", STREET) == ([own, asked, draft], [])
    assert listed(people, "committee", GRID) == ([own, asked], [])
    assert listed(people, "outsider", ELSEWHERE) == ([elsewhere], [])
    planning.move(people["committee"], own, to="cancelled", note="改期")
    assert listed(people, limit=5) == ([asked], [own])
    for place in (ELSEWHERE, STREET):
        with pytest.raises(NotFound):
            listed(people, place=place)


def test_numbers_are_for_who_plans_it(big_bank, people):
    asked = announced(people["street"], place_code=STREET, places=[COMMUNITY])["id"]
    take(people["resident"], asked)
    theirs = planned.show_planned(people["committee"], COMMUNITY, asked)
    assert (theirs["planned"], theirs["counts"], theirs["breadth"]) == (False, None, None)
    assert (theirs["moves"], theirs["history"], theirs["certified"]) == ([], [], False)
    own = planned.show_planned(people["street"], STREET, asked)
    assert own["breadth"]["total"] == {"people": None, "of": None, "share": None}
    assert [move["move"] for move in own["moves"]] == ["break_off"]
    for who, place in (("committee", GRID[:-1] + "9"), ("outsider", ELSEWHERE)):
        assert planned.find(people["street"], STREET, asked).id == asked
        with pytest.raises(NotFound):
            planned.find(people[who], place, asked)


def test_the_figures_of_a_desk_are_those_of_the_phone(big_bank, people):
    made = announced(people["committee"])["id"]
    take(people["resident"], made)
    with clock.at(clock.now() + timedelta(days=2)):
        shown = planned.show_planned(people["committee"], COMMUNITY, made)["breadth"]
        phone = gathering.show_breadth(people["committee"], made)
    assert shown == {name: phone[name] for name in shown}
    with clock.at(clock.now() + timedelta(days=30)):
        gathering.settle_figures()
        shown = planned.show_planned(people["committee"], COMMUNITY, made)["breadth"]
        phone = gathering.show_breadth(people["committee"], made)
        with counted() as found:
            planned.list_planned(people["committee"], COMMUNITY)
    assert shown["final"]
    assert shown == {name: phone[name] for name in shown}
    assert len(found) <= 3


def test_what_can_be_chosen_is_what_a_campaign_may_ask(big_bank, people):
    found = planned.list_choices(people["committee"], COMMUNITY)
    assert {one["topic"]: one["total"] for one in found["topics"]} == dict.fromkeys(TOPICS, 5)
    ids = [each["id"] for one in found["topics"] for each in one["questions"]]
    assert len(drawing.pool(COMMUNITY, [], ids, "all")) == len(ids) == 30
    codes = {one["code"] for one in found["places"]}
    assert {GRID, f"{GRID}001"} <= codes
    assert COMMUNITY not in codes
    of_street = planned.list_choices(people["street"], STREET, codes=[f"{GRID}001"])
    lengths = {len(one["code"]) for one in of_street["places"]}
    assert lengths == {12, 15, 18}
    for who, place in (("committee", GRID), ("committee", STREET), ("outsider", COMMUNITY)):
        with pytest.raises(NotFound):
            planned.list_choices(people[who], place)


def test_paper_has_its_grids_and_entries_and_no_link_before_it_opens(big_bank, people):
    committee = people["committee"]
    made = announced(committee)["id"]
    found = planned.show_papers(committee, COMMUNITY, made, limit=5)
    assert found["grids"][0]["code"] == GRID
    phone = entering.show_papers(committee, made)
    assert [one["code"] for one in found["papers"]] == [one["code"] for one in phone["papers"]]
    link = planned.paper_link(committee, COMMUNITY, made, "B", what=entering.KEYS)
    assert link.startswith(f"/api/v1/campaigns/{made}/keys/B.pdf?")
    with pytest.raises(NotFound):
        planned.paper_link(committee, COMMUNITY, made, "C", what=entering.PAPERS)
    later = {"first_day": TODAY + timedelta(days=1)}
    draft = planning.plan(committee, **PLAN | later)["id"]
    for ask in (
        lambda: planned.show_papers(committee, COMMUNITY, draft, limit=5),
        lambda: planned.paper_link(committee, COMMUNITY, draft, "A", what=entering.PAPERS),
    ):
        with pytest.raises(entering.PaperClosed):
            ask()
    assert planned.find_draft(committee, COMMUNITY, draft)[1] == [COMMUNITY]
    with pytest.raises(planning.NotADraft):
        planned.find_draft(committee, COMMUNITY, made)


@pytest.mark.usefixtures("morning")
def test_a_challenge_is_withdrawn_until_its_first_day(people):
    form = {"first_day": FIRST, "last_day": LAST, "days": 2}
    committee = people["committee"]
    number = challenges.begin(committee, **form)["id"]
    for who in ("resident", "gridworker", "outsider"):
        with pytest.raises(NotFound):
            challenges.withdraw(people[who], number, reason="不想比")
    challenges.withdraw(committee, number, reason="日期写错了")
    again = challenges.begin(committee, **form)["id"]
    assert challenges.show_planned(committee, COMMUNITY, again)["withdrawable"]
    with clock.at(clock.now() + (FIRST - TODAY)), pytest.raises(challenges.ChallengeBegun):
        challenges.withdraw(committee, again, reason="不办了")
    with pytest.raises(NotFound):
        challenges.show_planned(committee, GRID, again)
