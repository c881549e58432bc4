"""Challenges between grids at a desk: begun, looked at, taken back before they begin."""

from datetime import timedelta

import pytest

from app.campaigns import challenge_rules as rules
from app.campaigns import challenges
from app.console import campaigns_figures as figures
from app.console import challenges as pages
from app.core import audit, clock, texts
from tests.campaigns.test_challenges import FIRST, LAST, ONE, shanghai
from tests.console.test_campaigns import plain
from tests.factories.people import COMMUNITY
from tests.house.test_query_counts import counted

pytestmark = pytest.mark.either_database
STREET = COMMUNITY[:9]
LIST = f"/console/{COMMUNITY}/quizzes/challenges"
TYPED = {
    "at": COMMUNITY,
    "title": "十一月挑战",
    "first_day": FIRST.isoformat(),
    "last_day": LAST.isoformat(),
    "days": "3",
    "goal_percent": "40",
}


@pytest.fixture(autouse=True)
def before():
    with clock.at(shanghai(FIRST - timedelta(days=2))):
        yield


@pytest.fixture
def planned(people):
    """Return the address of a challenge that has not begun."""
    form = {"first_day": FIRST, "last_day": LAST, "days": 2, "place_code": COMMUNITY}
    return f"{LIST}/{challenges.begin(people['committee'], **form)['id']}"


def test_a_challenge_is_begun_and_taken_back_with_the_reason(sit):
    desk = sit("committee")
    assert "还没有挑战" in desk.get(LIST).text
    sent = desk.post(LIST, TYPED)
    page = sent.headers["HX-Redirect"].partition("?")[0]
    told = plain(desk.get(page))
    assert "11月23日开始，那以后各网格才有名次" in told
    assert "每人答满 3 天每日五题，目标 40%" in told
    assert "十一月挑战" in desk.get(LIST).text
    assert desk.post(f"{page}/withdrawal").status_code == 422
    gone = desk.post(f"{page}/withdrawal", {"reason": "日期写错了"})
    assert "撤回了" in desk.get(gone.headers["HX-Redirect"]).text
    assert desk.get(page).status_code == 404
    [entry] = audit.list_entries(COMMUNITY, act="console_quizzes_challenges.withdraw")["items"]
    assert entry["note"] == "日期写错了"


def test_what_has_begun_goes_its_way(sit, planned):
    with clock.at(shanghai(FIRST)):
        desk = sit("committee")
        assert "撤回这个挑战" not in desk.get(planned).text
        assert desk.post(f"{planned}/withdrawal", {"reason": "不办了"}).status_code == 409
        assert desk.get(planned).status_code == 200


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"first_day": "2026-11-20"}, "first_day"),
        ({"last_day": "2026-11-01"}, "last_day"),
        ({"days": "9"}, "days"),
        ({"goal_percent": "80"}, "goal_percent"),
        ({"title": "长" * 30}, "title"),
    ],
)
def test_a_faulty_challenge_comes_back_as_it_was_typed(sit, wrong, field):
    answer = sit("committee").post(LIST, TYPED | wrong)
    assert answer.status_code == 422
    assert f'id="{field}_fault"' in answer.text
    for name, value in (TYPED | wrong).items():
        assert f'name="{name}"' in answer.text
        assert f'value="{value}"' in answer.text


def test_two_at_a_time_are_refused_in_the_form(sit, planned):
    assert planned
    answer = sit("committee").post(LIST, TYPED, part=False)
    assert answer.status_code == 409
    assert "同时只办一个网格挑战" in answer.text
    assert 'value="十一月挑战"' in answer.text


def test_a_street_chooses_the_community_and_a_grid_has_none(sit):
    assert (
        f'<option value="{COMMUNITY}"'
        in sit("street").get(f"/console/{STREET}/quizzes/challenges/new").text
    )
    assert sit("committee").get(f"/console/{ONE}/quizzes/challenges/new").status_code == 404
    other = TYPED | {"at": STREET}
    assert "at_fault" in sit("street").post(f"/console/{STREET}/quizzes/challenges", other).text


def test_a_challenge_of_elsewhere_is_not_there(sit, planned):
    for address in (planned, planned.replace(COMMUNITY, ONE)):
        assert sit("outsider").get(address).status_code == 404
    assert sit("committee").get(planned.replace(COMMUNITY, ONE)).status_code == 404
    assert sit("gridworker").get(planned).status_code == 403


def test_a_challenge_is_withdrawn_by_who_plans_there_alone(people, planned):
    number = int(planned.rpartition("/")[2])
    with pytest.raises(challenges.NotFound):
        challenges.withdraw(people["resident"], number, reason="不想比")


def grid(name, rank, people, of, *, reached=False):
    percent = None if people is None else 100 * people / of
    told = {"rank": rank, "people": people, "of": of, "percent": percent, "reached": reached}
    return {"name": name, "place_code": name, **told}


STANDINGS = {
    "一网格领先：48 位居民里至少 10 位参加": (False, [grid("一网格", 1, 10, 48)]),
    "一网格第一：48 位居民里有 12 位参加（25%）": (True, [grid("一网格", 1, 12, 48)]),
    "达到了目标：48 位居民里至少 24 位参加": (True, [grid("一网格", 1, 24, 48, reached=True)]),
    "甲、乙并列第一": (True, [grid("甲", 1, 10, 40), grid("乙", 1, 5, 20)]),
    "都不到 5 人，先不排名次": (False, [grid("一网格", None, None, None)]),
}


@pytest.mark.parametrize("sentence", STANDINGS)
def test_a_standing_is_said_in_a_sentence_made_from_it(app, sentence):
    final, rows = STANDINGS[sentence]
    state = "over" if final else "running"
    shown = {"standing": rows, "final": final, "goal_percent": 50, "state": state, "fewest": 5}
    with app.test_request_context():
        found = figures.standing(shown)
    assert sentence in found["answer"]
    assert found["told"] is (rows[0]["rank"] is not None)
    counted_up_to = "至少" in str(found["rows"][0][2])
    assert counted_up_to is (rows[0]["reached"] or (found["told"] and not final))


@pytest.mark.parametrize("page", ["", "/new", "/{id}"])
def test_a_page_costs_few_queries(sit, planned, page):
    address = planned if page == "/{id}" else LIST + page
    with clock.at(shanghai(FIRST + timedelta(days=2))):
        desk = sit("committee")
        desk.get(address)
        with counted() as found:
            assert desk.get(address).status_code == 200
    assert len(found) <= 6, found


def test_every_word_of_challenges_is_there():
    assert {texts.known(f"console.challenges.states.{one}") for one in rules.STATES} == {True}
    assert {texts.known(f"console.challenges.done.{one}") for one in pages.DONE} == {True}
