"""Rough handling: too much at once, refused half-way, or by somebody who has lost their role."""

import io
from datetime import timedelta

import pytest
from PIL import Image
from sqlalchemy import delete

from app.core import audit, clock
from app.core.db import db
from app.hazards import views
from app.points import rewards
from app.residents import rules
from app.residents.models import HeldRole
from tests.console.conftest import HERE, PART
from tests.console.test_entrance import CODE
from tests.factories.people import COMMUNITY, ELSEWHERE
from tests.hazards.conftest import case_in, morning, photo, report, spot, step  # noqa: F401 fixtures

pytestmark = pytest.mark.either_database
PAGES = f"/console/{COMMUNITY}"


def test_a_form_of_too_many_parts_is_refused_in_a_page(sit):
    parts = {f"field{number}": "x" for number in range(1100)}
    answer = sit("committee").http.post(
        f"{PAGES}/people/roles", data=parts, headers=HERE, content_type="multipart/form-data"
    )
    assert (answer.status_code, answer.mimetype) == (413, "text/html")


@pytest.mark.parametrize("headers", [{}, PART])
@pytest.mark.parametrize(("spoken", "called"), [("zh-Hans", "开始日期"), ("en", "First day")])
def test_a_refusal_calls_fields_what_people_call_them(sit, headers, spoken, called):
    desk = sit("committee")
    desk.http.set_cookie("linli_language", spoken, path="/console")
    asked = {"from": "2026-11-20", "to": "2026-11-01", "page": "9"}
    page = desk.http.get(f"{PAGES}/participation", query_string=asked, headers=headers).text
    assert "<code>page</code>" in page
    page = desk.http.get(
        f"{PAGES}/participation", query_string=asked | {"page": ""}, headers=headers
    ).text
    assert (f"<strong>{called}</strong>" in page, "<code>" in page) == (True, False)


def test_whose_last_role_is_taken_may_still_leave_the_desk(sit, people):
    desk = sit("committee")
    mine = HeldRole.resident_id == people["committee"].resident_id
    db.session.execute(delete(HeldRole).where(mine))
    db.session.commit()
    page = desk.get(f"{PAGES}/today")
    assert page.status_code == 403
    assert 'action="/console/sign-out"' in page.text
    desk.post("/console/sign-out", part=False)
    assert desk.get("/console").location == "/console/sign-in"


def test_the_look_is_chosen_on_any_page(sit):
    back = f"{PAGES}/board?text=a+b*c"
    answer = sit("committee").post("/console/look", {"back": back, "letters": "large"}, part=False)
    assert answer.location == back


def test_the_first_page_has_an_address_with_a_stroke_too(sit):
    assert sit("committee").get("/console/").location.endswith("/today")


@pytest.mark.usefixtures("morning")
def test_a_refused_move_is_not_written_down_for_the_sake_of_its_photo(sit, case_in):  # noqa: F811
    case, picture = case_in("accepted"), io.BytesIO()
    Image.new("RGB", (60, 60)).save(picture, "JPEG")
    picture.seek(0)
    answer = sit("committee").http.post(
        f"{PAGES}/board/cases/{case['id']}/moves",
        data={"to": "closed", "photos": (picture, "a.jpg")},
        headers=HERE | PART,
        content_type="multipart/form-data",
    )
    assert answer.status_code == 409
    assert audit.list_entries(COMMUNITY, act="console_board_cases.move")["items"] == []


@pytest.mark.parametrize("page", ["participation", "evaluation"])
def test_days_before_which_there_is_nothing_to_compare_are_refused(sit, page):
    answer = sit("committee").get(f"{PAGES}/{page}", **{"from": "2000-01-01", "to": "2000-01-01"})
    assert answer.status_code == 422


def test_what_is_done_about_a_place_is_told_there_whatever_page_it_was_done_on(sit, people):
    both, offered = people["committee"], {"name": "伞", "cost": 5, "stock": 3}
    held = {"kind": "committee", "place_code": ELSEWHERE, "since": clock.now()}
    db.session.add(HeldRole(resident_id=both.resident_id, **held))
    db.session.commit()
    reward = rewards.offer(people["outsider"], place_code=ELSEWHERE, **offered)
    changed = {"stock_change": "1", "offered": "yes"}
    sit("committee").post(f"{PAGES}/volunteers/rewards/{reward['id']}", changed)
    act = "console_volunteers_teams.change_reward"
    assert [entry["place_code"] for entry in audit.list_entries(ELSEWHERE, act=act)["items"]]
    assert audit.list_entries(COMMUNITY, act=act)["items"] == []


def test_a_page_that_asks_by_itself_keeps_no_desk_open(sit):
    desk, now = sit("committee"), clock.now()
    asking = PART | {"HX-Trigger": "waiting"}
    for minutes in (30, 60, 90, 110):
        with clock.at(now + timedelta(minutes=minutes)):
            assert desk.http.get(f"{PAGES}/today", headers=asking).status_code == 200
    with clock.at(now + rules.DESK_IDLE):
        answer = desk.http.get(f"{PAGES}/today", headers=asking)
    assert answer.headers["HX-Redirect"] == "/console/sign-in"


def test_whoever_looks_again_after_the_yes_of_the_phone_comes_in(desk, clients):
    code = CODE.search(desk.get("/console/sign-in").text)
    clients["committee"].post(
        f"/desk-sign-ins/{''.join(code.groups())}/decisions", {"let_in": True}
    )
    assert desk.get("/console/sign-in").location == "/console/sign-in/state"
    assert desk.get("/console/sign-in/state").location == "/console"
    assert desk.get("/console").location.endswith("/today")


def test_a_role_that_is_held_already_is_not_told_twice(sit, people):
    given = {"resident_id": people["resident"].resident_id, "reason": "巡查"}
    for _ in range(2):
        sit("committee").post(f"{PAGES}/people/roles", given | {"role": f"grid_worker:{COMMUNITY}"})
    assert [one["act"] for one in audit.list_entries(COMMUNITY)["items"]] == [
        "residents.role_granted"
    ]


@pytest.mark.usefixtures("morning")
def test_a_filter_that_is_refused_is_refused_before_a_case_is_moved(sit, people, case_in):  # noqa: F811
    desk, case = sit("committee"), case_in("reported")
    one, several = f"cases/{case['id']}/moves", "moves"
    for address, form in (
        (one, {"to": "accepted"}),
        (several, {"move": "accept", "ids": case["id"]}),
    ):
        answer = desk.post(f"{PAGES}/board/{address}?grid={ELSEWHERE}", form)
        assert answer.status_code == 404
    assert views.show_hazard(people["committee"], case["id"])["state"] == "reported"


@pytest.mark.parametrize(
    ("who", "address", "form"),
    [
        ("street", "evaluation/targets/on_time", {"wanted": "90"}),
        ("committee", "participation/ranking", {"ranking": "yes"}),
    ],
)
def test_days_that_are_refused_are_refused_before_anything_is_kept(sit, who, address, form):
    turned = {"from": "2026-11-02", "to": "2026-11-01"}
    assert sit(who).post(f"{PAGES}/{address}", form | turned).status_code == 422
    assert audit.list_entries(COMMUNITY)["items"] == []


@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", f"{PAGES}/today"), ("POST", "/console/nothing"), ("DELETE", f"{PAGES}/board")],
)
def test_what_a_page_does_not_take_is_refused_in_a_page(sit, method, path):
    answer = sit("committee").http.open(path, method=method, headers=HERE)
    assert (answer.status_code, answer.mimetype) == (405, "text/html")
    assert answer.headers["Allow"]
    assert "回到首页" in answer.text
    part = sit("committee").http.open(path, method=method, headers=HERE | PART)
    assert part.headers["HX-Retarget"] == "#refused"


def test_what_the_api_does_not_take_is_refused_in_its_own_shape(client):
    answer = client.delete("/config")
    assert (answer.status_code, answer.mimetype) == (405, "application/problem+json")
