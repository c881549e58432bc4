"""Participation, evaluation, figures opened, one level down: who sees them and what they say."""

import json
import re
import sys
from datetime import date, datetime
from html import unescape

import pytest
from sqlalchemy import insert

from app.core import clock
from app.core.db import changed_rows, writing
from app.places.models import Place
from app.rollups.models import RegisteredDay
from tests.committees.conftest import NOW, Village
from tests.console.conftest import Desk
from tests.console.live import forget
from tests.factories.people import COMMUNITY
from tests.house.test_query_counts import counted

pytestmark = pytest.mark.either_database
MONTH = {"from": "2026-11-01", "to": "2026-11-20"}
MOST = 6
DISTRICT, STREET = COMMUNITY[:6], COMMUNITY[:9]
GRID = f"{COMMUNITY}001"
FEW, MANY, MOST_TIMES = 300, 1000, 1.1


@pytest.fixture
def village(people):
    return Village()


@pytest.fixture
def life(village):
    """Let a dozen neighbours of two grids take part in November, and two in October."""
    ids = village.settle(12, f"{COMMUNITY}001", building=0)
    for number, each in enumerate(ids):
        village.do(each, "learnt", days_ago=number % 9, place_code=f"{COMMUNITY}00{1 + number % 2}")
    village.do(ids[0], "reported", days_ago=1)
    village.do(ids[1], "patrolled", days_ago=2, minutes=90)
    for each in ids[:2]:
        village.do(each, "learnt", days_ago=35)
    village.roll_up()
    return village


@pytest.fixture
def at_now():
    with clock.at(NOW):
        yield


def path(page, place=COMMUNITY):
    return f"/console/{place}/{page}"


PAGES = (
    "participation",
    "participation/siblings",
    "evaluation",
    "evaluation/comments",
    "rectifications",
    "figures/people",
    "figures/on_time",
    "figures/participation",
    "figures/buildings",
    "children",
    "children/map",
    "report",
    "report/preview",
)


@pytest.mark.usefixtures("at_now")
@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_for_those_in_charge_and_costs_few_queries(page, sit, life):
    desk = sit("committee")
    # Asked as a part too: the first time, statements are made ready.
    assert desk.get(path(page), part=True).status_code == 200
    with counted() as found:
        answer = desk.get(path(page))
    assert answer.status_code == 200
    assert "<h1>" in answer.text
    assert len(found) <= MOST, found


@pytest.mark.usefixtures("at_now")
@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_not_there_for_others(page, sit):
    assert sit("outsider").get(path(page)).status_code == 404
    assert sit("gridworker").get(path(page)).status_code == 403


def test_nobody_sees_them_without_a_desk(desk):
    assert desk.get(path("participation")).location == "/console/sign-in"


@pytest.mark.usefixtures("at_now", "life")
@pytest.mark.parametrize("page", ["participation", "evaluation", "children", "figures/people"])
@pytest.mark.parametrize(
    "query", [{"from": "2026-13-01"}, {"from": "2026-11-20", "to": "2026-11-01"}, {"more": "1"}]
)
def test_days_that_are_none_are_refused(page, query, sit):
    answer = sit("committee").get(path(page), **query)
    assert answer.status_code == 422


@pytest.mark.usefixtures("at_now", "life")
def test_participation_answers_first_and_shows_its_figures(sit):
    text = plain(sit("committee").get(path("participation")))
    assert "本月有 12 位邻居参加，比上月同期多 10" in text
    assert "最多的是学习答题，12 次" in text
    assert "巡逻时长" in text
    assert "1.5" in text


@pytest.mark.usefixtures("at_now", "life")
def test_a_chart_has_its_numbers_in_a_table(sit):
    page = sit("committee").get(path("participation"), by="month").text
    charts = [json.loads(unescape(each)) for each in re.findall(r'data-chart="([^"]*)"', page)]
    people = charts[0]["series"]
    assert [each["data"] for each in people] == [[2], [10]]
    assert "2026年11月" in page


@pytest.mark.usefixtures("at_now", "life")
def test_the_address_tells_the_days_and_the_neighbouring_ones(sit):
    page = sit("committee").get(path("participation"), **{"from": "2026-10-01", "to": "2026-10-31"})
    assert "2026年10月有 2 位" in plain(page)
    assert "from=2026-09-01&amp;to=2026-09-30" in page.text
    assert "from=2026-11-01&amp;to=2026-11-20" in page.text


@pytest.mark.usefixtures("at_now", "life")
@pytest.mark.parametrize("page", ["participation", "evaluation", "children", "figures/people"])
def test_no_way_leads_to_days_that_have_not_come(page, sit):
    desk = sit("committee")
    so_far = plain(desk.get(path(page)))
    whole = desk.get(path(page), **{"from": "2026-11-01", "to": "2026-11-30"})
    assert plain(whole) == so_far
    later = desk.get(path(page), **{"from": "2026-11-21", "to": "2026-12-31"})
    assert (later.status_code, "这段日子还没到" in plain(later)) == (422, True)
    year = desk.get(path(page), **{"from": "2026-01-01", "to": "2026-12-31"})
    for address in set(re.findall(r'href="([^"]*from=[^"]*)"', whole.text + year.text)):
        assert desk.get(unescape(address)).status_code == 200, address


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize(
    ("moment", "kind", "said", "than", "former"),
    [
        ("2026-10-10", "month", "本月", "比上月同期", "9月1日至9月10日"),
        ("2026-10-10", "quarter", "本季度", "比上季度同期", "7月1日至7月10日"),
        ("2026-01-10", "year", "今年", "比去年同期", "1月1日至1月10日"),
        ("2026-10-01", "month", "本月", "比上月同期", "9月1日至9月1日"),
        ("2026-10-01", "day", "今天", "比前一天", "9月30日至9月30日"),
    ],
)
@pytest.mark.parametrize("page", ["participation", "evaluation"])
def test_a_period_that_has_just_begun_stays_the_period_that_was_chosen(
    page, moment, kind, said, than, former, sit
):
    with clock.at(datetime.fromisoformat(f"{moment}T15:00+08:00")):
        desk = sit("committee")
        first = desk.get(path(page)).text
        assert re.search(r'aria-current="true">月</a>', first)
        named = {"day": "天", "month": "月", "quarter": "季", "year": "年"}[kind]
        url = unescape(re.search(rf'<a href="([^"]*)"[^>]*>{named}</a>', first)[1])
        answer = desk.get(url)
        there = plain(answer)
        assert re.search(rf'aria-current="true">{named}</a>', answer.text)
        assert said in there
        assert than in there or page == "evaluation"  # which has no cases to compare
        assert former in re.sub(r"\d{4}年", "", there)
        opened = unescape(re.search(r'href="([^"]*/figures/[^"]*)"', answer.text)[1])
        assert said in plain(desk.get(opened))


@pytest.mark.usefixtures("at_now", "life")
def test_it_is_drawn_by_no_more_periods_than_it_may_be(sit):
    desk = sit("committee")
    page = desk.get(path("participation"), **{"from": "2024-01-01", "to": "2026-11-20"})
    ways = set(re.findall(r'href="([^"]*by=[^"]*)"', page.text))
    assert len(ways) == 4
    for address in ways:
        assert desk.get(unescape(address)).status_code == 200, address


@pytest.mark.usefixtures("at_now", "life")
def test_few_people_of_a_grid_are_not_told_and_the_page_says_why(sit):
    page = plain(sit("committee").get(path("participation", f"{COMMUNITY}003")))
    assert "还没有人参加" in page
    answer = sit("committee").get(path("participation", GRID), **{"from": "2026-11-19"})
    assert "不足 5 人" in plain(answer)


@pytest.mark.usefixtures("at_now", "life")
def test_where_no_age_may_be_told_there_is_a_sentence_and_nothing_is_drawn(sit):
    page = sit("committee").get(path("participation"), **{"from": "2026-07-01", "to": "2026-09-30"})
    assert "各年龄的人都太少，不写" in plain(page)
    assert "18 岁以下" not in page.text


@pytest.mark.usefixtures("at_now", "life")
def test_a_place_chooses_for_itself_whether_it_is_ranked(sit):
    choice = {"ranking": "yes", **MONTH}
    own, above = sit("committee"), sit("street")
    assert above.post(path("participation/ranking"), choice).status_code == 403
    answer = own.post(path("participation/ranking"), choice)
    assert "这里参加排名" in plain(answer)
    assert own.post(path("participation/ranking"), {"ranking": "perhaps"}).status_code == 422
    assert "不参加排名" in plain(own.post(path("participation/ranking"), {"ranking": "no"}))


# Evaluation


@pytest.mark.usefixtures("at_now", "life")
def test_the_table_holds_the_nine_and_both_indices_and_the_title_the_nine_alone(sit):
    page = sit("committee").get(path("evaluation"))
    rates = page.text[page.text.index('id="rates"') :]
    assert rates.count('<th scope="row"><a ') == 11
    assert "九项指标：和上期没有可比的" in plain(page)


@pytest.mark.usefixtures("at_now", "life")
def test_who_supervises_sets_a_target_and_the_committee_sees_it(sit):
    street, committee = sit("street"), sit("committee")
    url = path("evaluation/targets/on_time")
    assert committee.post(url, {"wanted": "90", **MONTH}).status_code == 403
    answer = street.post(url, {"wanted": "90.5", **MONTH})
    assert "至少 90.5%" in plain(answer)
    assert "的目标已改" in plain(answer)
    assert "1 个目标，达到 0 个" in plain(committee.get(path("evaluation")))
    assert street.post(url, {"wanted": "101", **MONTH}).status_code == 422
    assert (
        street.post(path("evaluation/targets/people"), {"wanted": "1", **MONTH}).status_code == 404
    )
    assert street.post(url, {"wanted": "", **MONTH}).status_code == 200
    assert "还没有定目标" in plain(committee.get(path("evaluation")))


@pytest.mark.usefixtures("at_now", "life")
def test_who_supervises_comments_and_everybody_in_charge_reads_it(sit):
    street, committee = sit("street"), sit("committee")
    said = {"text": "第三网格<b>要</b>多走动", "figure": "evenness", **MONTH}
    assert committee.post(path("evaluation/comments"), said).status_code == 403
    assert "批注已写下" in street.post(path("evaluation/comments"), said).text
    page = committee.get(path("evaluation/comments"), part=True)
    assert "第三网格&lt;b&gt;要&lt;/b&gt;多走动" in page.text
    assert "写批注" not in page.text
    assert street.post(path("evaluation/comments"), MONTH).status_code == 422
    assert street.post(path("evaluation/comments", DISTRICT), said).status_code == 404


@pytest.mark.usefixtures("at_now", "life")
def test_a_rectification_goes_its_way(sit):
    street, committee, outsider = sit("street"), sit("committee"), sit("outsider")
    form = {"title": "三天没人巡", "demand": "请排班", "due_on": "2026-11-30", "figure": "grids"}
    assert committee.post(path("rectifications"), form).status_code == 403
    made = street.post(path("rectifications"), form).headers["HX-Redirect"]
    assert "11月30日 前答复" in plain(committee.get(path("today")))
    page = committee.get(path("rectifications")).text
    assert "三天没人巡" in page
    assert re.search(r'aria-current="page">评价<', page)
    assert outsider.get(made).status_code == 404
    assert outsider.post(f"{made}/moves", {"to": "answered", "note": "不"}).status_code == 404
    assert committee.post(f"{made}/moves", {"to": "answered"}).status_code == 422
    assert committee.post(f"{made}/moves", {"to": "accepted"}).status_code in {403, 409}
    answered = committee.post(f"{made}/moves", {"to": "answered", "note": "排好了"})
    assert "已答复" in plain(answered)
    assert "通过了答复" in plain(street.post(f"{made}/moves", {"to": "accepted"}))
    number = made.rpartition("/")[2]
    elsewhere = path(f"rectifications/{number}", f"{STREET}001")
    assert street.get(elsewhere).status_code == 404
    assert street.post(f"{elsewhere}/moves", {"to": "open"}).status_code == 404
    assert street.post(path("rectifications"), form | {"due_on": "2026-11-01"}).status_code == 422


# A figure opened


@pytest.mark.usefixtures("at_now", "life")
def test_a_figure_is_opened_down_to_its_rows(sit):
    page = plain(sit("committee").get(path("figures/people")))
    assert "本月参加的人（草堂路社区）：12 人" in page
    assert "第 1 版算法" in page
    assert page.count("学习答题") == 12
    share = plain(sit("committee").get(path("figures/breadth")))
    assert "分子" in share
    assert "住址已确认的住户" in share
    assert sit("committee").get(path("figures/nonsense")).status_code == 404


@pytest.mark.usefixtures("at_now", "life")
def test_a_figure_is_opened_in_what_its_tile_counts(sit):
    desk = sit("committee")
    assert "共 4 个网格，2 个有动静" in plain(desk.get(path("participation")))
    assert "本月有动静的网格（草堂路社区）：2 个" in plain(desk.get(path("figures/grids")))


@pytest.mark.usefixtures("at_now", "life")
def test_rows_are_paged_by_the_address(sit):
    desk = sit("committee")
    first = desk.get(path("figures/people"), limit="5").text
    more = unescape(re.search(r'class="more"><a class="button" href="([^"]+)"', first)[1])
    assert "cursor=" in more
    assert desk.get(more).status_code == 200


# One level down


@pytest.mark.usefixtures("at_now", "life")
def test_places_below_stand_side_by_side_and_lead_further_down(sit):
    desk = sit("district")
    page = desk.get(path("children", DISTRICT), level="community", sort="people")
    assert "一半的地方参加的人在" in plain(page)
    first = re.search(r'<tbody>\s*<tr><th scope="row"><a href="([^"]+)">([^<]+)', page.text)
    assert first[1].startswith(f"/console/{COMMUNITY}/children?from=2026-11-01")
    assert "名次</th>" not in page.text
    assert desk.get(path("children", DISTRICT), level="grid").status_code == 200
    assert desk.get(path("children", COMMUNITY), level="street").status_code == 422
    assert "网格下面没有下一级" in desk.get(path("children", GRID)).text


@pytest.mark.usefixtures("at_now", "life")
def test_of_too_few_places_nothing_is_said_and_of_grids_no_share_of_homes(sit):
    page = plain(sit("committee").get(path("children")))
    assert "4 处，太少，不比" in page
    assert "差得远" not in page
    assert "参与面" not in page
    assert "参与面" in plain(sit("street").get(path("children", STREET)))


@pytest.mark.usefixtures("at_now", "life")
def test_a_rank_is_shown_where_the_committee_wants_it(sit):
    sit("committee").post(path("participation/ranking"), {"ranking": "yes"})
    page = sit("street").get(path("children", STREET), sort="people").text
    assert "名次</th>" in page
    [row] = re.findall(rf"<tr>.*?/console/{COMMUNITY}/children.*?</tr>", page)
    assert '<td class="n">1</td>' in row


@pytest.mark.usefixtures("at_now", "life")
def test_the_map_shades_what_is_told_and_says_what_is_not(sit):
    page = sit("committee").get(path("children/map"), part=True).text
    drawn = json.loads(unescape(re.search(r'data-map="([^"]*)"', page)[1]))["outlines"]
    shades = {each["url"].split("/")[2][-3:]: each["shade"] for each in drawn}
    assert shades["001"] == 1
    assert shades["003"] == 0
    assert all(each["outline"]["type"] in {"Polygon", "MultiPolygon"} for each in drawn)
    # Of a place within 草堂路社区 the map says what tells it from its neighbours.
    assert {each["name"] for each in drawn} >= {"第1网格", "第3网格"}
    assert "草堂路社区第1网格</a>" in page


@pytest.mark.usefixtures("at_now", "life")
def test_a_number_that_is_not_told_is_a_dash_on_the_map_and_explained_below_it(sit, village):
    [one] = village.settle(1, f"{COMMUNITY}004", building=1)
    village.do(one, "learnt", days_ago=1, place_code=f"{COMMUNITY}004")
    village.roll_up()
    page = sit("committee").get(path("children/map"), part=True).text
    drawn = json.loads(unescape(re.search(r'data-map="([^"]*)"', page)[1]))["outlines"]
    shown = {each["name"]: each["value"] for each in drawn}
    assert (shown["第1网格"], shown["第4网格"]) == ("7", "—")
    assert "不足 5 人" in page.partition("</summary>")[2]


@pytest.mark.usefixtures("at_now")
def test_a_thousand_places_cost_no_more_each_than_a_few_hundred(app, people):
    desk = Desk(app, people["district"])
    crowd(FEW, there=67)
    few = spent_on(desk, FEW)
    crowd(MANY, there=FEW)
    many = spent_on(desk, MANY)
    # A page that compared each place with each would cost more for each, the more there are.
    assert many / MANY <= MOST_TIMES * few / FEW, (few, many)


def spent_on(desk, number):
    """Return how many lines of Python the page of so many places takes: the same on any machine."""
    asked = {"level": "community", "sort": "breadth"}
    url, lines = path("children", DISTRICT), 0
    desk.get(url, **asked)
    forget()  # what is kept costs nothing

    def line(*_):
        nonlocal lines
        lines += 1
        return line

    with counted() as found:
        before = sys.gettrace()
        sys.settrace(line)
        try:
            page = desk.get(url, **asked).text
        finally:
            sys.settrace(before)
    assert page.count('<tr><th scope="row">') == number
    assert len(found) <= MOST, found
    return lines


def crowd(number, there):
    """Bring the communities of the district from so many up to so many, with people at home."""
    street = f"{DISTRICT}{900 + number // 100:03}"
    now = clock.now()
    with writing():
        codes = [f"{street}{each:03}" for each in range(1, number - there + 1)]
        changed_rows(
            insert(Place),
            [{"code": street, "kind": "street", "name": "测试街道", "parent_code": DISTRICT}],
        )
        rows = [
            {"code": code, "kind": "community", "name": f"社区{code[-3:]}", "parent_code": street}
            for code in codes
        ]
        changed_rows(insert(Place), rows)
        homes = [
            {"day": date(2026, 11, 19), "digits": 12, "place_code": code, "residents": 100}
            for code in codes
        ]
        changed_rows(insert(RegisteredDay), homes)
    assert now


def plain(answer):
    """Return what a page says, without its marks."""
    text = re.sub(r"<(script|style)\b.*?</\1>", "", answer.text, flags=re.DOTALL)
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", text)))
