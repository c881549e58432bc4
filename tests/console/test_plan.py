"""The patrol plan: a week, a shift, templates, a roster, coverage."""

import re
from datetime import timedelta

import pytest

from app.core import clock, deliveries
from app.core.db import db
from app.patrols import seats, views
from app.rosters import templates
from app.volunteers.models import LikedPlace
from tests.factories.people import COMMUNITY
from tests.patrols.conftest import make_shift, make_volunteer

pytestmark = pytest.mark.either_database
PLAN = f"/console/{COMMUNITY}/plan"
PAGES = ("", "/needing", "/shifts/new", "/templates", "/templates/new", "/rosters", "/coverage")
SHIFT = {
    "title": "东门夜巡",
    "at": COMMUNITY,
    "starts": "22:00",
    "ends": "00:30",
    "capacity": "4",
    "minimum": "2",
    "route_id": "",
    "team_id": "",
    "leader_id": "",
    "words": "",
}


@pytest.fixture
def shift(people):
    """Return the id of a shift of the day after tomorrow that lacks two of its people."""
    return make_shift(
        people["committee"],
        title="傍晚巡逻",
        starts_at=clock.now() + timedelta(days=2),
        lasts=timedelta(hours=2),
        capacity=4,
        minimum=2,
    )


@pytest.fixture
def neighbour(people):
    """Return somebody who serves, likes to walk here, and can at any time."""
    make_volunteer(people["resident"], availability=ALWAYS)
    db.session.add(LikedPlace(resident_id=people["resident"].resident_id, place_code=COMMUNITY))
    db.session.commit()
    return people["resident"]


ALWAYS = [{"weekday": day, "from": "00:00", "to": "24:00"} for day in range(1, 8)]


def later(days=1):
    return (clock.shanghai_day(clock.now()) + timedelta(days=days)).isoformat()


def left_to(answer):
    """Return where a page sends the browser after a form."""
    assert answer.status_code == 200, answer.text
    return answer.headers["HX-Redirect"]


@pytest.mark.parametrize("page", PAGES)
def test_planners_see_the_pages_and_nobody_else(page, sit):
    assert sit("committee").get(PLAN + page).status_code == 200
    assert sit("committee").get(f"/console/510105007999/plan{page}").status_code == 404
    assert sit("committee").get(f"/console/510105/plan{page}").status_code == 404
    assert sit("resident").get(PLAN + page).status_code == 403


def test_grid_workers_plan_their_grid_and_see_no_overview(sit, people):
    grid = people["gridworker"].roles[0].place_code
    desk = sit("gridworker")
    page = desk.get(f"/console/{grid}/plan").text
    assert "缺人的班次" in page
    assert "走到哪里了" not in page
    assert desk.get(f"/console/{grid}/plan/coverage").status_code == 403


def test_a_week_says_in_words_which_shifts_need_people(sit, shift, clients):
    desk = sit("committee")
    day = clock.shanghai_day(clock.now()) + timedelta(days=2)
    page = desk.get(PLAN, week=day.isoformat()).text
    assert "傍晚巡逻" in page
    assert "还缺 2 人" in page
    assert "0 / 4 人，至少 2" in page
    assert "傍晚巡逻" not in desk.get(PLAN, week=later(30)).text
    needing = desk.get(f"{PLAN}/needing").text
    assert "1 个班次还缺 2 人" in needing


def test_a_full_shift_says_so(sit, people):
    made = make_shift(
        people["committee"],
        starts_at=clock.now() + timedelta(days=2),
        lasts=timedelta(hours=1),
        capacity=1,
    )
    make_volunteer(people["resident"])
    seats.sign_up(people["resident"], made)
    day = clock.shanghai_day(clock.now()) + timedelta(days=2)
    assert "满员" in sit("committee").get(PLAN, week=day.isoformat()).text


@pytest.mark.parametrize("week", ["tomorrow", "2026-13-01"])
def test_a_week_that_is_none_is_a_bad_form(sit, week):
    assert sit("committee").get(PLAN, week=week).status_code == 422


def test_a_shift_is_planned_over_midnight(sit, people):
    desk = sit("committee")
    gone_to = left_to(desk.post(f"{PLAN}/shifts", SHIFT | {"day": later(), "skills": "first_aid"}))
    assert "done=made" in gone_to
    page = desk.get(gone_to).text
    assert "东门夜巡" in page
    assert "22:00</time>–00:30" in page
    assert "急救" in page
    assert "现在可以报名" in page


def test_a_shift_that_cannot_be_is_refused_field_by_field(sit):
    desk = sit("committee")
    answer = desk.post(f"{PLAN}/shifts", SHIFT | {"day": later(), "capacity": "1"})
    assert answer.status_code == 422
    assert answer.headers["HX-Retarget"] == "#refused"
    assert "最少人数不能多于名额" in answer.text
    assert desk.post(f"{PLAN}/shifts", SHIFT).status_code == 422
    other = SHIFT | {"day": later(), "at": "510105"}
    assert desk.post(f"{PLAN}/shifts", other).status_code == 403


def test_a_shift_is_changed_from_the_version_that_was_seen(sit, shift, people):
    desk = sit("committee")
    form = desk.get(f"{PLAN}/shifts/{shift}/changes").text
    assert 'value="傍晚巡逻"' in form
    version = re.search(r'name="version" value="(\d+)"', form)[1]
    changed = SHIFT | {"day": later(3), "title": "改了名", "version": version}
    page = desk.get(left_to(desk.post(f"{PLAN}/shifts/{shift}/changes", changed))).text
    assert "改了名" in page
    assert desk.post(f"{PLAN}/shifts/{shift}/changes", changed).status_code == 409


def test_a_shift_is_cancelled_with_a_reason(sit, shift, people):
    desk = sit("committee")
    path = f"{PLAN}/shifts/{shift}/cancellation"
    assert desk.post(path, {"reason": " "}).status_code == 422
    page = desk.get(left_to(desk.post(path, {"reason": "台风红色预警"}))).text
    assert "取消原因：台风红色预警" in page
    assert desk.post(path, {"reason": "再来"}).status_code == 409


def test_somebody_is_taken_off_with_a_reason(sit, shift, people):
    make_volunteer(people["resident"])
    seats.sign_up(people["resident"], shift)
    desk = sit("committee")
    assert people["resident"].name in desk.get(f"{PLAN}/shifts/{shift}").text
    form = {"resident_id": people["resident"].resident_id, "reason": "今晚改由消防队带"}
    page = desk.get(left_to(desk.post(f"{PLAN}/shifts/{shift}/removals", form))).text
    assert "还没有人报名" in page


def test_people_are_called_out_and_each_reads_why(sit, shift, neighbour):
    desk = sit("committee")
    page = desk.get(f"{PLAN}/shifts/{shift}/people").text
    assert neighbour.name in page
    asked = desk.post(f"{PLAN}/shifts/{shift}/calls", {"count": "1"}).text
    assert "已经问了 1 人" in asked
    assert neighbour.name in asked
    again = {"resident_ids": neighbour.resident_id, "count": "2"}
    assert "这个班次已经叫过" in desk.post(f"{PLAN}/shifts/{shift}/calls", again).text


def test_a_round_of_the_past_shows_who_came(sit, shift, people):
    make_volunteer(people["resident"])
    seats.sign_up(people["resident"], shift)
    starts = views.show_shift(people["committee"], shift)["starts_at"]
    with clock.at(starts + timedelta(minutes=10)):
        page = sit("committee").get(f"{PLAN}/shifts/{shift}/round").text
    assert people["resident"].name in page
    assert "没有签到" in page


def test_a_shift_of_another_place_is_not_there(sit, shift):
    grid, desk = f"{COMMUNITY}001", sit("committee")
    assert desk.get(f"/console/{grid}/plan").status_code == 200
    for page in ("", "/changes", "/people", "/round"):
        assert desk.get(f"/console/{grid}/plan/shifts/{shift}{page}").status_code == 404


def test_a_week_is_copied_once(sit, shift):
    desk = sit("committee")
    form = {"from_week": later(2), "to_week": later(9)}
    assert "新排了 1 个" in desk.post(f"{PLAN}/weeks", form).text
    assert "1 个已经有了" in desk.post(f"{PLAN}/weeks", form).text
    assert desk.post(f"{PLAN}/weeks", form | {"to_week": later(-14)}).status_code == 422


TEMPLATE = SHIFT | {"frequency": "WEEKLY", "interval": "2", "weekdays": ["MO", "TH"]}


def test_a_template_is_made_changed_and_stopped(sit, people):
    desk = sit("committee")
    made = desk.post(f"{PLAN}/templates", TEMPLATE | {"from_day": later(), "until_day": ""})
    assert "保存好了" in made.text
    page = desk.get(f"{PLAN}/templates").text
    assert "每 2 周的周一、周四" in page
    [row] = templates.list_templates(people["committee"], place=COMMUNITY, limit=5)["items"]
    assert row["duration_min"] == 150
    path = f"{PLAN}/templates/{row['id']}"
    assert 'value="TH" checked' in desk.get(path).text
    daily = TEMPLATE | {"frequency": "DAILY", "interval": "1", "weekdays": [], "until_day": ""}
    assert "保存好了" in desk.post(path, daily).text
    assert "每天" in desk.get(f"{PLAN}/templates").text
    assert "已停" in desk.get(left_to(desk.post(f"{path}/stop"))).text
    assert desk.post(path, daily).status_code == 409


def test_a_template_without_a_day_is_refused(sit):
    answer = sit("committee").post(f"{PLAN}/templates", TEMPLATE | {"interval": "99"})
    assert answer.status_code == 422
    assert "from_day" in answer.text


def test_a_roster_is_watched_changed_and_accepted(sit, shift, neighbour):
    desk = sit("committee")
    there = left_to(desk.post(f"{PLAN}/rosters", {"week": later(2)}))
    waiting = desk.get(there, part=True).text
    assert 'hx-trigger="every 2s"' in waiting
    assert "<html" not in waiting
    deliveries.deliver_due()
    page = desk.get(there).text
    assert "hx-trigger" not in page
    assert neighbour.name in page
    pair = {"shift_id": shift, "resident_id": neighbour.resident_id}
    assert "还没有人" in desk.post(f"{there}/removals", pair).text
    assert neighbour.name in desk.get(f"{there}/shifts/{shift}").text
    left_to(desk.post(f"{there}/shifts/{shift}", {"resident_id": pair["resident_id"]}))
    assert "（您加的）" in desk.get(there).text
    assert "正在报名" in desk.post(f"{there}/moves", {"to": "accepted"}).text
    deliveries.deliver_due()
    assert "已采用" in desk.get(there).text
    assert neighbour.name in desk.get(f"{PLAN}/shifts/{shift}").text
    assert desk.post(f"{there}/moves", {"to": "dropped"}).status_code == 409


def test_coverage_names_the_grids_that_nobody_walked(sit):
    page = sit("committee").get(f"{PLAN}/coverage", weeks=2).text
    assert re.search(r"近 2 周有 \d+ 个网格从没走到", page)
    assert "data-map" in page
    assert "从没走到" in page
    assert sit("committee").get(f"{PLAN}/coverage", weeks=99).status_code == 422


def test_the_plan_speaks_english(sit, shift):
    desk = sit("committee")
    desk.post("/console/look", {"language": "en", "back": PLAN}, part=False)
    assert "needs 2 more" in desk.get(PLAN, week=later(2)).text
    assert "Shifts that come again" in desk.get(f"{PLAN}/templates").text
