from datetime import timedelta

import pytest

from app.core import clock
from app.hazards import supervision
from tests.factories.people import COMMUNITY

WHERE = {"lat": 30.6574, "lon": 104.0343, "coord_sys": "wgs84"}
FIRE_LANE = {"category": "FIRE_LANE", "description": "消防车道停了车", **WHERE}


@pytest.fixture
def case(clients):
    answer = clients["resident"].post("/hazards", FIRE_LANE)
    assert answer.status_code == 201, answer.json
    return answer.json


def moves(case):
    return f"/hazards/{case['id']}/moves"


def test_a_report_is_answered_with_the_case(case):
    assert case["number"].startswith("CT-")
    assert case["category_name"] == "占用消防通道"
    assert case["state"] == "reported"


def test_a_case_speaks_the_callers_language(clients, case):
    clients["neighbour"].headers["Accept-Language"] = "en-GB,en;q=0.9"
    found = clients["neighbour"].get(f"/hazards/{case['id']}")
    assert found.json["category_name"] == "Fire lane blocked"


def test_a_point_from_a_chinese_map_lands_where_the_person_stood(clients):
    shifted = {**FIRE_LANE, "lat": 30.65478, "lon": 104.03683, "coord_sys": "gcj02"}
    found = clients["resident"].post("/hazards", shifted).json
    assert abs(found["lat"] - WHERE["lat"]) < 0.0003
    assert abs(found["lon"] - WHERE["lon"]) < 0.0003


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"category": "NO_SUCH"}, "category"),
        ({"category": None}, "category"),
        ({"description": "   "}, "description"),
        ({"description": "字" * 2001}, "description"),
        ({"lat": 91}, "lat"),
        ({"lat": "north"}, "lat"),
        ({"lat": True}, "lat"),
        ({"coord_sys": "bd09"}, "coord_sys"),
        ({"anonymous": "yes"}, "anonymous"),
        ({"photo_ids": "x"}, "photo_ids"),
        ({"photo_ids": ["x"]}, "photo_ids.0"),
        ({"photo_ids": ["a" * 43]}, "photo_ids.0"),
        ({"photo_ids": ["a" * 43] * 10}, "photo_ids"),
        ({"colour": "red"}, "colour"),
        ({"lat": 31.2, "lon": 121.5}, "lat"),
    ],
)
def test_a_bad_report_says_which_field(clients, change, field):
    answer = clients["resident"].post("/hazards", {**FIRE_LANE, **change})
    assert answer.status_code == 422
    assert field in [error["field"] for error in answer.json["errors"]]


@pytest.mark.parametrize("missing", ["category", "description", "lat", "lon", "coord_sys"])
def test_a_report_without_something_needed_names_it(clients, missing):
    body = {key: value for key, value in FIRE_LANE.items() if key != missing}
    answer = clients["resident"].post("/hazards", body)
    assert [(e["field"], e["code"]) for e in answer.json["errors"]] == [(missing, "required")]


def test_reporting_needs_somebody(client):
    assert client.post("/hazards", FIRE_LANE).status_code == 401


def test_a_phone_that_sends_twice_reports_once(clients):
    phone = clients["resident"]
    first = phone.post("/hazards", FIRE_LANE, Idempotency_Key="draft-1")
    second = phone.post("/hazards", FIRE_LANE, Idempotency_Key="draft-1")
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json == second.json
    assert len(phone.get("/hazards", mine="true").json["items"]) == 1


def test_a_key_for_another_report_is_a_conflict(clients):
    phone = clients["resident"]
    phone.post("/hazards", FIRE_LANE, Idempotency_Key="draft-1")
    other = phone.post("/hazards", {**FIRE_LANE, "description": "别的"}, Idempotency_Key="draft-1")
    assert (other.status_code, other.json["code"]) == (409, "idempotency_key_reused")


def test_a_move_answers_the_case_as_the_caller_now_sees_it(clients, case):
    answer = clients["gridworker"].post(moves(case), {"to": "accepted"})
    assert answer.status_code == 200
    assert [move["move"] for move in answer.json["moves"]] == ["assign"]


@pytest.mark.parametrize(
    ("who", "body", "status", "code"),
    [
        ("neighbour", {"to": "accepted"}, 403, "move_not_yours"),
        ("outsider", {"to": "accepted"}, 404, "not_found"),
        ("stranger", {"to": "accepted"}, 404, "not_found"),
        ("gridworker", {"to": "closed", "rating": 5, "solved": True}, 409, "illegal_move"),
        ("gridworker", {"to": "declined"}, 422, "invalid_input"),
        ("gridworker", {"to": "nowhere"}, 422, "invalid_input"),
        ("gridworker", {}, 422, "invalid_input"),
        ("gridworker", {"to": "accepted", "rating": 9}, 422, "invalid_input"),
        ("gridworker", {"to": "accepted", "until": "2026-11-30T00:00:00"}, 422, "invalid_input"),
    ],
)
def test_a_refused_move_says_why(clients, case, who, body, status, code):
    answer = clients[who].post(moves(case), body)
    assert (answer.status_code, answer.json["code"]) == (status, code)
    assert clients["resident"].get(f"/hazards/{case['id']}").json["state"] == "reported"


def test_a_case_that_does_not_exist_is_not_found(clients):
    assert clients["resident"].get("/hazards/999999").status_code == 404


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({}, 1),
        ({"state": "open"}, 1),
        ({"state": "closed,declined"}, 0),
        ({"category": "FIRE_LANE"}, 1),
        ({"place": COMMUNITY}, 1),
        ({"mine": "true"}, 0),
        ({"near": "30.6574,104.0343"}, 1),
        ({"near": "30.65478,104.03683", "coord_sys": "gcj02"}, 1),
        ({"bbox": "104.0,30.6,104.1,30.7"}, 1),
        ({"bbox": "1,1,2,2"}, 0),
        ({"limit": "50"}, 1),
    ],
)
def test_a_list_is_narrowed_by_its_query(clients, case, query, count):
    answer = clients["neighbour"].get("/hazards", **query)
    assert answer.status_code == 200, answer.json
    assert len(answer.json["items"]) == count


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"state": "asleep"}, "state"),
        ({"limit": "51"}, "limit"),
        ({"limit": "0"}, "limit"),
        ({"limit": "many"}, "limit"),
        ({"cursor": "nonsense"}, "cursor"),
        ({"near": "30.6"}, "near"),
        ({"near": "nan,104"}, "near"),
        ({"bbox": "1,2,3"}, "bbox"),
        ({"mine": "perhaps"}, "mine"),
        ({"coord_sys": "bd09"}, "coord_sys"),
        ({"place": "abc"}, "place"),
        ({"sort": "size"}, "sort"),
    ],
)
def test_a_bad_query_says_which_parameter(clients, query, field):
    answer = clients["neighbour"].get("/hazards", **query)
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json["errors"]] == [field]


def test_a_cursor_of_another_list_is_refused(clients, case):
    clients["resident"].post("/hazards", FIRE_LANE)
    near = clients["neighbour"].get("/hazards", near="30.6574,104.0343", limit=1).json
    answer = clients["neighbour"].get("/hazards", cursor=near["next_cursor"])
    assert answer.status_code == 422


def test_the_queue_is_for_those_who_handle(clients, case):
    found = clients["gridworker"].get("/tasks")
    assert [item["id"] for item in found.json["items"]] == [case["id"]]
    assert [m["move"] for m in found.json["items"][0]["moves"]] == ["accept", "decline"]
    assert clients["resident"].get("/tasks").status_code == 403
    assert clients["outsider"].get("/tasks").json["items"] == []
    assert clients["gridworker"].get("/tasks", limit=0).status_code == 422


def test_assignees_are_for_those_who_dispatch(clients, case):
    path = f"/hazards/{case['id']}/assignees"
    found = clients["gridworker"].get(path).json["items"]
    assert {person["name"] for person in found} == {"陈师傅", "吴师傅"}
    assert clients["resident"].get(path).status_code == 403
    assert clients["outsider"].get(path).status_code == 404


def test_categories_tell_limit_and_emergency_in_words(clients):
    found = {c["code"]: c for c in clients["resident"].get("/hazard-categories").json["items"]}
    assert found["FIRE_LANE"]["limit_text"] == "2 小时内"
    assert found["ELEVATOR_TRAPPED"]["limit_text"] == "30 分钟内"
    assert found["LIGHT"]["limit_text"] == "2 个工作日内"
    assert "119" in found["GAS"]["emergency"]
    assert found["FIRE_LANE"]["emergency"] is None


@pytest.fixture
def order(clients, case):
    """A supervision order: nobody took the case on for hours."""
    assert clients["gridworker"].post(moves(case), {"to": "accepted"}).status_code == 200
    with clock.at(clock.now() + timedelta(hours=4)):
        supervision.supervise_due()
    return clients["gridworker"].get(f"/hazards/{case['id']}").json["orders"][0]


def test_an_order_is_answered_in_writing(clients, case, order):
    path = f"/hazards/{case['id']}/orders/{order['id']}/answer"
    assert order["may_answer"]
    answer = clients["gridworker"].post(path, {"text": "车主出差，已请拖车"})
    assert answer.status_code == 200, answer.json
    assert answer.json["orders"][0]["answer"] == "车主出差，已请拖车"
    again = clients["gridworker"].post(path, {"text": "再说一次"})
    assert (again.status_code, again.json["code"]) == (409, "illegal_move")


def test_the_committee_does_not_answer_its_own_order(clients, case, order):
    path = f"/hazards/{case['id']}/orders/{order['id']}/answer"
    answer = clients["committee"].post(path, {"text": "知道了"})
    assert (answer.status_code, answer.json["code"]) == (403, "move_not_yours")


@pytest.mark.parametrize("body", [{}, {"text": ""}, {"text": "好" * 2001}, {"text": 1}])
def test_an_answer_is_written_text(clients, case, order, body):
    path = f"/hazards/{case['id']}/orders/{order['id']}/answer"
    answer = clients["gridworker"].post(path, body)
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json["errors"]] == ["text"]


def test_the_committee_decides_what_neighbours_see(clients, case):
    path = f"/hazards/{case['id']}/verdicts"
    answer = clients["committee"].post(path, {"seq": 1, "show": False})
    assert (answer.status_code, answer.json["text_state"]) == (200, "withheld")
    assert clients["neighbour"].get(f"/hazards/{case['id']}").json["description"] == ""
    assert clients["gridworker"].post(path, {"seq": 1, "show": True}).status_code == 403


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"seq": 1}, "show"),
        ({"show": True}, "photo_id"),
        ({"show": True, "seq": 0}, "seq"),
        ({"show": True, "photo_id": "x"}, "photo_id"),
    ],
)
def test_a_verdict_is_about_one_thing(clients, case, body, field):
    answer = clients["committee"].post(f"/hazards/{case['id']}/verdicts", body)
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json["errors"]] == [field]
