"""The board at the desk: cases in columns, moved one by one or several at once."""

import io
import re
from datetime import timedelta

import pytest
from PIL import Image

from app.core import clock
from app.hazards import board, supervision, views
from tests.console.conftest import HERE, PART
from tests.hazards.conftest import (  # noqa: F401 fixtures
    MORNING,
    case_in,
    morning,
    photo,
    report,
    spot,
    step,
)
from tests.house.test_query_counts import counted

pytestmark = pytest.mark.either_database

COMMUNITY = "510105007004"
BOARD = f"/console/{COMMUNITY}/board"
MOST_QUERIES = 6


@pytest.fixture
def committee(morning, sit):  # noqa: F811
    return sit("committee")


@pytest.fixture
def worker(morning, sit):  # noqa: F811
    return sit("gridworker")


def column_of(page, number):
    """Return in which column of a page a case stands."""
    return re.findall(r'data-column="(\w+)"', page.text[: page.text.index(number)])[-1]


def state_of(people, case):
    return views.show_hazard(people["committee"], case["id"])["state"]


def test_the_board_has_each_case_in_its_column(committee, case_in):  # noqa: F811
    made = {state: case_in(state)["number"] for state in ("reported", "handling", "closed")}
    page = committee.get(BOARD)
    assert page.status_code == 200
    assert {column_of(page, number) for number in made.values()} == {"reported", "handling", "over"}
    assert "2 件未结" in page.text
    assert 'class="case' not in committee.get(BOARD, text="没有这样的").text


def test_filters_come_back_in_every_address(committee, report):  # noqa: F811
    report()
    page = committee.get(BOARD, category="FIRE_LANE", late="", text="三辆")
    assert page.status_code == 200
    case_links = re.findall(r'href="(/console/\d+/board/cases/\d+\?[^"]+)"', page.text)
    assert case_links
    assert all("category=FIRE_LANE" in link and "late" not in link for link in case_links)
    part = committee.get(BOARD, part=True, category="FIRE_LANE")
    assert "<html" not in part.text
    assert part.text.lstrip().startswith('<section id="board"')


def test_a_column_goes_on_by_its_cursor(committee, report, monkeypatch):  # noqa: F811
    monkeypatch.setattr(board, "A_COLUMN", 1)
    first, second = report()["number"], report()["number"]
    page = committee.get(BOARD)
    assert first in page.text
    assert second not in page.text
    further = re.search(r'hx-get="([^"]+/columns/reported[^"]+)"', page.text).group(1)
    assert second in committee.get(further.replace("&amp;", "&"), part=True).text
    assert committee.get(f"{BOARD}/columns/declined").status_code == 404
    assert committee.get(f"{BOARD}/columns/reported", cursor="nonsense").status_code == 422


def test_a_page_costs_six_queries_at_most(committee, report):  # noqa: F811
    for path in (BOARD, f"{BOARD}/map"):
        committee.get(path)
        report()
        with counted() as found:
            assert committee.get(path).status_code == 200
        assert len(found) <= MOST_QUERIES, found


def test_the_map_has_pins_outlines_and_a_list(committee, report):  # noqa: F811
    number = report(address="草堂路 12 号")["number"]
    page = committee.get(f"{BOARD}/map")
    assert page.text.count(number) == 2
    assert "草堂路 12 号" in page.text
    assert "Polygon" in page.text


def test_a_case_tells_its_story(committee, case_in):  # noqa: F811
    case = case_in("handled")
    page = committee.get(f"{BOARD}/cases/{case['id']}")
    for words in ("消防车道停了三辆车", "已挪车", "处理后的照片", "陈师傅", "查看后结案"):
        assert words in page.text
    assert "<html" not in committee.get(f"{BOARD}/cases/{case['id']}", part=True).text


def test_a_move_needs_nothing_or_what_its_form_asks_for(committee, case_in):  # noqa: F811
    case = case_in("accepted")
    menu = committee.get(f"{BOARD}/cases/{case['id']}/moves", part=True).text
    assert "分派" in menu
    form = committee.get(f"{BOARD}/cases/{case['id']}/moves/assign", part=True).text
    assert 'name="assignee_id"' in form
    assert "吴师傅" in form
    assert committee.get(f"{BOARD}/cases/{case['id']}/moves/finish").status_code == 404


def test_a_case_is_moved_and_stands_in_its_new_column(committee, people, report):  # noqa: F811
    case = report()
    answer = committee.post(f"{BOARD}/cases/{case['id']}/moves", {"to": "accepted", "note": ""})
    assert answer.status_code == 200
    assert state_of(people, case) == "accepted"
    assert f'id="case-{case["id"]}" hx-swap-oob="delete"' in answer.text
    assert 'hx-swap-oob="afterbegin:#cards-accepted"' in answer.text
    assert 'id="count-accepted" hx-swap-oob="true">1<' in answer.text
    alone = {"HX-Current-URL": f"http://localhost{BOARD}/cases/{case['id']}"}
    further = {"to": "assigned", "assignee_id": people["gridworker"].resident_id}
    answer = committee.post(f"{BOARD}/cases/{case['id']}/moves", further, headers=HERE | alone)
    assert "已分派给 陈师傅" in answer.text
    assert "hx-swap-oob" not in answer.text
    plain = committee.post(f"{BOARD}/cases/{case['id']}/moves", {"to": "accepted"}, part=False)
    assert plain.status_code == 422


def test_a_move_brings_photos(worker, people, case_in):  # noqa: F811
    case = case_in("handling")
    picture = io.BytesIO()
    Image.new("RGB", (64, 48), "teal").save(picture, "JPEG")
    sent = {"to": "handled", "note": "已挪车", "photos": (io.BytesIO(picture.getvalue()), "a.jpg")}
    path = f"{BOARD}/cases/{case['id']}/moves"
    assert worker.http.post(path, data=sent, headers=HERE | PART).status_code in {200, 404}


def test_something_is_put_off_until_the_end_of_a_day(committee, people, case_in):  # noqa: F811
    case = case_in("handling")
    day = clock.shanghai_day(clock.now()) + timedelta(days=3)
    path = f"{BOARD}/cases/{case['id']}/moves"
    asked = {"to": "suspended", "note": "等配件", "until": str(day)}
    assert committee.post(path, asked).status_code == 200
    until = views.show_hazard(people["committee"], case["id"])["suspension"]["until"]
    assert until.astimezone(clock.SHANGHAI).strftime("%F %H") == f"{day} 18"


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"to": "handling"}, 409),
        ({"to": "nowhere"}, 422),
        ({}, 422),
        ({"to": "assigned"}, 422),
        ({"to": "assigned", "assignee_id": "1000000"}, 422),
        ({"to": "assigned", "assignee_id": "somebody"}, 422),
    ],
)
def test_a_refused_move_changes_nothing(committee, people, case_in, form, status):  # noqa: F811
    case = case_in("accepted")
    answer = committee.post(f"{BOARD}/cases/{case['id']}/moves", form)
    assert answer.status_code == status
    assert answer.headers["HX-Retarget"] == "#refused"
    assert state_of(people, case) == "accepted"


def test_several_are_moved_each_with_its_line(committee, people, case_in):  # noqa: F811
    ready, other, late = case_in("accepted"), case_in("accepted"), case_in("handled")
    ids = [ready["id"], other["id"], late["id"]]
    form = committee.get(f"{BOARD}/moves", part=True, ids=ids).text
    assert "把 3 件分派给" in form
    worker_id = people["gridworker2"].resident_id
    answer = committee.post(
        f"{BOARD}/moves", {"move": "assign", "ids": [*ids, 10**6], "assignee_id": worker_id}
    )
    assert answer.status_code == 200
    assert answer.text.count("note good") == 2
    assert answer.text.count("note bad") == 2
    assert late["number"] in answer.text
    assert "#1000000" in answer.text
    assert [state_of(people, case) for case in (ready, other, late)] == [
        "assigned",
        "assigned",
        "handled",
    ]
    assert committee.post(f"{BOARD}/moves", {"move": "assign"}).status_code == 422
    assert committee.post(f"{BOARD}/moves", {"move": "close", "ids": ids}).status_code == 422


def test_an_order_is_answered_by_whoever_handles_it(worker, committee, people, case_in):  # noqa: F811
    case = case_in("handling")
    with clock.at(MORNING + timedelta(days=30)):
        supervision.supervise_due()
    (order,) = views.show_hazard(people["gridworker"], case["id"])["orders"]
    path = f"{BOARD}/cases/{case['id']}/orders/{order['id']}"
    assert committee.post(path, {"text": "在办"}).status_code == 403
    assert worker.post(path, {"text": ""}).status_code == 422
    assert "配件到了" in worker.post(path, {"text": "配件到了"}).text


def test_a_verdict_names_a_photo_or_a_line(committee, worker, case_in):  # noqa: F811
    path = f"{BOARD}/cases/{case_in('reported')['id']}/verdicts"
    assert committee.post(path, {"show": "true"}).status_code == 422
    assert committee.post(path, {"show": "false", "seq": "1"}).status_code == 200
    assert worker.post(path, {"show": "true", "seq": "1"}).status_code == 403


@pytest.mark.parametrize(
    "path", ["", "/map", "/columns/reported", "/cases/{id}", "/cases/{id}/moves"]
)
def test_the_board_of_another_place_is_not_there(sit, committee, case_in, path):  # noqa: F811
    page = BOARD + path.format(id=case_in("reported")["id"])
    assert committee.get(page).status_code == 200
    assert sit("outsider").get(page).status_code == 404
    # Nor a case, or a grid, of another place than the board's.
    elsewhere = page.replace(COMMUNITY, "510105007005")
    assert sit("district").get(elsewhere).status_code == (404 if "cases" in path else 200)
    if "cases" not in path:
        assert committee.get(page, grid="510105007005001").status_code == 404
