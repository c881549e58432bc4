"""Campaigns at a desk: planned, announced, looked at; what is refused comes back as typed."""

import json
import re
from datetime import timedelta
from html import unescape

import pytest
from sqlalchemy import insert

from app.campaigns import planned, planning, rules
from app.campaigns.breadth_models import CampaignBreadth
from app.campaigns.paper_models import STATES
from app.campaigns.variants import PICKS
from app.console import campaigns as pages
from app.console import campaigns_figures as figures
from app.console import campaigns_forms as forms
from app.core import clock, texts
from app.core.db import changed_rows, writing
from tests.campaigns.conftest import (  # noqa: F401 fixtures
    PLAN,
    TODAY,
    announced,
    big_bank,
    load,
    morning,
    running,
    take,
)
from tests.factories.people import COMMUNITY
from tests.house.test_query_counts import counted
from tests.quizzes.conftest import question

pytestmark = pytest.mark.either_database
STREET = COMMUNITY[:9]
LIST = f"/console/{COMMUNITY}/quizzes/campaigns"
TYPED = {
    "title_zh": "消防月问答",
    "title_en": "Fire month",
    "about_zh": "看看家里安不安全。",
    "first_day": TODAY.isoformat(),
    "last_day": (TODAY + timedelta(days=9)).isoformat(),
    "audience": "everybody",
    "by": "topics",
    "topics": ["fire", "ebike"],
    "question_count": "4",
    "pass_percent": "75",
    "most_tries": "2",
    "wait_hours": "0",
    "skill": "fire_safety",
    "skill_months": "6",
}


def plain(answer):
    """Return what one reads on a page."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", answer.text)))


@pytest.fixture
def one(running):  # noqa: F811
    """Return the address of a running campaign."""
    return f"{LIST}/{running['id']}"


@pytest.mark.usefixtures("big_bank")
def test_a_campaign_is_planned_changed_and_announced(sit):
    desk = sit("committee")
    assert "还没有办过活动" in desk.get(LIST).text
    sent = desk.post(LIST, TYPED)
    page = sent.headers["HX-Redirect"].partition("?")[0]
    assert "草稿存好了" in desk.get(page, done="planned").text
    changes = desk.get(f"{page}/changes").text
    assert 'value="消防月问答"' in changes
    assert re.search(r'name="topics" value="ebike" checked', changes)
    assert desk.post(f"{page}/changes", TYPED | {"title_zh": "十一月问答"}).status_code == 200
    told = plain(desk.get(page))
    assert "十一月问答" in told
    assert "6 个月内有效" in told
    moved = desk.post(f"{page}/moves", {"to": "announced"})
    assert "done=running" in moved.headers["HX-Redirect"]
    assert "第 1 天，共 10 天" in plain(desk.get(page))
    assert desk.get(f"{page}/changes").status_code == 409
    assert "1 次活动进行中" in plain(desk.get(LIST))
    assert desk.post(f"{page}/moves", {"to": "cancelled"}).status_code == 422
    desk.post(f"{page}/moves", {"to": "cancelled", "note": "场地有变"})
    assert "场地有变" in desk.get(page).text


@pytest.mark.usefixtures("big_bank")
@pytest.mark.parametrize("part", [True, False])
def test_a_faulty_plan_comes_back_as_it_was_typed(sit, part):
    wrong = TYPED | {
        "title_zh": "",
        "pass_percent": "120",
        "places": [f"{COMMUNITY}001"],
        "about_en": "Why",
        "minutes": "many",
    }
    answer = sit("committee").post(LIST, wrong, part=part)
    page = answer.text
    assert answer.status_code == 422
    assert ("<html" in page) is not part
    assert answer.headers.get("HX-Retarget") == ("#written" if part else None)
    for name in ("title_zh", "pass_percent", "minutes"):
        assert f'id="{name}_fault"' in page
        assert f'href="#{name}"' in page
    for kept in ('value="120"', 'value="many"', 'value="Fire month"', ">Why</textarea>"):
        assert kept in page
    for name, value in (("topics", "ebike"), ("places", f"{COMMUNITY}001"), ("by", "topics")):
        assert re.search(rf'name="{name}" value="{value}" checked', page)
    assert "还没有办过活动" in sit("committee").get(LIST).text


@pytest.mark.usefixtures("big_bank")
@pytest.mark.parametrize("value", ["9" * 30, "\x00", "abc", "-1", "²"])
def test_whatever_is_sent_is_answered_in_the_page(sit, value):
    sent = TYPED | {"places": [value], "by": "questions", "question_ids": [value, value]}
    answer = sit("committee").post(LIST, sent)
    assert answer.status_code == 422
    assert {"places", "question_ids"} <= set(re.findall(r'id="(\w+)_fault"', answer.text))


def test_what_is_asked_and_where_is_chosen_from_what_there_is(sit, people, load):  # noqa: F811
    load([question(n) for n in range(planned.MOST_OF_A_TOPIC + 2)])
    form = sit("committee").get(f"{LIST}/new").text
    assert (
        f"共 {planned.MOST_OF_A_TOPIC + 2} 题，这里列出最新的 {planned.MOST_OF_A_TOPIC} 题" in form
    )
    assert form.count('name="question_ids"') == planned.MOST_OF_A_TOPIC
    assert f'value="{COMMUNITY}001001"' in form
    oldest = min(int(one) for one in re.findall(r'name="question_ids" value="(\d+)"', form)) - 1
    ids = [str(oldest + n) for n in range(3)]
    chosen = TYPED | {"by": "questions", "question_ids": ids, "question_count": ""}
    page = sit("committee").post(LIST, chosen).headers["HX-Redirect"].partition("?")[0]
    assert "挑好的 3 道题" in plain(sit("committee").get(page))
    again = sit("committee").get(f"{page}/changes").text
    assert re.search(rf'value="{oldest}" checked', again)
    street = sit("street").get(f"/console/{STREET}/quizzes/campaigns/new").text
    assert f'value="{COMMUNITY}"' in street
    assert people
    assert sit("committee").get(f"/console/{COMMUNITY}001/quizzes/campaigns/new").status_code == 404


def test_a_committee_sees_what_its_street_asks_of_its_people_and_no_numbers(sit, people, big_bank):  # noqa: F811
    made = announced(people["street"], place_code=STREET, places=[COMMUNITY])
    page = f"{LIST}/{made['id']}"
    assert "别处为您这里的人办的" in sit("committee").get(LIST).text
    told = sit("committee").get(page).text
    assert "别处为您这里的人办的" in told
    for hidden in ('name="to"', "到昨天半夜", "纸质试卷", "经过"):
        assert hidden not in told
    for path, form in (("moves", {"to": "cancelled", "note": "不行"}), ("changes", TYPED)):
        assert sit("committee").post(f"{page}/{path}", form).status_code == 404
    assert sit("committee").get(f"{page}/papers").status_code == 404
    assert sit("outsider").get(page).status_code == 404
    own = f"/console/{STREET}/quizzes/campaigns/{made['id']}"
    assert "到昨天半夜" in sit("street").get(own).text


FIGURES = {
    "total": {"people": 30, "of": 60, "share": 0.5},
    "on_paper": 6,
    "without_account": {"people": None, "share": None},
    "places": [
        {"place_code": f"{COMMUNITY}001", "people": 20, "of": 30, "share": 0.67},
        {"place_code": f"{COMMUNITY}002", "people": 10, "of": 30, "share": 0.33},
        {"place_code": f"{COMMUNITY}003", "people": None, "of": None, "share": None},
        {"place_code": None, "people": None, "of": None, "share": None},
    ],
    "topics": [
        {
            "topic": "fire",
            "people": 30,
            "share": 0.7,
            "before": {"people": 12, "share": 0.45},
            "after": {"people": 12, "share": 0.81},
        },
        {"topic": "ebike", "people": 30, "share": 0.6, "before": None, "after": None},
    ],
}


def final(campaign_id):
    """Let the figures of a campaign be made as they are here."""
    with writing():
        row = {"campaign_id": campaign_id, "figures": FIGURES, "at": clock.now()}
        changed_rows(insert(CampaignBreadth), row)


def charts(page):
    found = re.findall(r'data-chart="([^"]+)"', page.text)
    return [json.loads(unescape(one)) for one in found]


def test_figures_stand_in_sentences_charts_and_tables(sit, one, running):  # noqa: F811
    final(running["id"])
    page = sit("committee").get(one)
    told = plain(page)
    for sentence in (
        "60 人里有 30 人参加了（50%）",
        "草堂路社区第1网格参加的比例最高：30 人里有 20 人（67%）",
        "“消防”进步最大：同样 12 人，活动前答对 45%，活动后 81%，高了 36 个百分点",
        "不显示：参加或没参加的不到 5 人",
        "没有登记到网格",
    ):
        assert sentence in told
    places, knowledge = charts(page)
    assert places["series"][0]["data"] == [67, 33, None, None]
    assert [one["data"] for one in knowledge["series"]] == [[45, None], [81, None]]
    assert "+36 个百分点" in told
    assert "60 人里有 30 人参加" in plain(sit("committee").get(LIST))


def test_until_then_numbers_are_told_in_fives_and_too_few_not_at_all(sit, one, running):  # noqa: F811
    told = plain(sit("committee").get(one))
    assert "参加的或没参加的还不到 5 人，先不显示数字" in told
    assert "11月30日" not in told
    assert "12月7日起可以比较活动前后" in told
    assert charts(sit("committee").get(one)) == []
    assert "参加的还不到 5 人，不显示数字" in plain(sit("committee").get(LIST))
    assert running


@pytest.mark.parametrize(
    ("share", "said"), [(0.44, "差不多"), (0.45, "差不多"), (None, "不能比较")]
)
def test_where_nothing_grew_nothing_is_praised(app, share, said):
    topic = {"name": "消防", "people": 9, "share": 0.5, "topic": "fire"}
    before, after = ({"people": 9, "share": one} for one in (0.45, share))
    sides = {"before": before, "after": after} if share else {"before": None, "after": None}
    with app.test_request_context():
        found = figures.knowledge({"topics": [topic | sides], "fewest": 5, "final": True})
    assert said in found["answer"]


def test_who_passed_is_known_by_name_to_the_planners_and_taken_back_with_a_reason(
    sit,
    one,
    running,  # noqa: F811
    people,
):
    desk, page = sit("committee"), f"{one}/certificates"
    assert "还没有人合格" in desk.get(page).text
    name = people["resident"].name
    take(people["resident"], running["id"])
    assert page in desk.get(one).text
    found = desk.get(page)
    assert name in found.text
    number = re.search(r"LLP-\d{4}-\w+", found.text)[0]
    assert desk.post(f"{page}/{number}/revocation", {"reason": ""}).status_code == 422
    gone = desk.post(f"{page}/{number}/revocation", {"reason": "替别人答的"})
    assert "合格证收回了" in desk.get(gone.headers["HX-Redirect"]).text
    own = f"/console/{STREET}/quizzes/campaigns/{running['id']}"
    assert "/certificates" not in sit("street").get(own).text
    assert sit("street").get(f"{own}/certificates").status_code == 404
    with counted() as queries:
        assert desk.get(page).status_code == 200
    assert len(queries) <= 6, queries


def test_past_campaigns_go_on_by_pages(sit, people, big_bank):  # noqa: F811
    for number in range(3):
        made = planning.plan(people["committee"], **PLAN | {"title": {"zh": f"旧活动{number}"}})
        planning.move(people["committee"], made["id"], to="cancelled")
    page = sit("committee").get(LIST, limit=2)
    onward = unescape(re.search(r'hx-get="([^"]+)"', page.text)[1])
    rest = sit("committee").get(onward, part=True)
    assert "旧活动2" in page.text
    assert "旧活动0" in rest.text
    assert "<html" not in rest.text


@pytest.mark.parametrize("page", ["", "/new", "/{id}", "/{id}/changes"])
def test_a_page_costs_few_queries(sit, people, running, page):  # noqa: F811
    made = running["id"]
    if page.endswith("changes"):
        made = planning.plan(people["committee"], **PLAN)["id"]
    address = LIST + page.format(id=made)
    desk = sit("committee")
    desk.get(address)
    with counted() as found:
        assert desk.get(address).status_code == 200
    assert len(found) <= 6, found


def test_every_word_of_campaigns_is_there():
    wanted = {
        "states": rules.STATES,
        "audiences": rules.AUDIENCES,
        "done": pages.DONE,
        "moves": [move.name for move in rules.MOVES if rules.ORGANISER in move.by],
        "moves_how": [move.name for move in rules.MOVES if rules.ORGANISER in move.by],
        "lines": [move.name for move in (rules.PLAN, *rules.MOVES)],
        "fields": [*forms.WORDS, *forms.LISTS],
        "by": (forms.BY_TOPICS, forms.BY_QUESTIONS),
        "pick": PICKS,
        "papers.states": [state for state in STATES if state != "standing"],
    }
    for group, words in wanted.items():
        for word in words:
            assert texts.known(f"console.campaigns.{group}.{word}"), (group, word)
