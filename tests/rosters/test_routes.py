"""Planning over HTTP: happy, refused, and a bad form for each route."""

import pytest

from app.core.db import db
from app.patrols import seats
from app.volunteers.models import LikedPlace
from tests.factories.people import COMMUNITY
from tests.patrols.conftest import make_volunteer
from tests.rosters.conftest import ALWAYS, deliver_all

TEMPLATE = {
    "place_code": COMMUNITY,
    "title": "晚间巡逻",
    "rrule": "FREQ=WEEKLY;BYDAY=MO,WE",
    "starts": "19:00",
    "duration_min": 120,
    "capacity": 4,
    "minimum": 2,
    "skills": ["first_aid"],
    "until_day": "2026-12-31",
}


@pytest.fixture
def committee(clients, now):
    return clients["committee"]


def faulty(answer):
    assert answer.status_code == 422, answer.json
    return {fault["field"]: fault["code"] for fault in answer.json["errors"]}


def test_a_template_is_made_listed_shown_changed_and_stopped(committee):
    made = committee.post("/shift-templates", TEMPLATE)
    assert made.status_code == 201
    assert made.json["done"]["made"] == 8
    path = f"/shift-templates/{made.json['id']}"
    assert committee.get("/shift-templates").json["items"][0]["id"] == made.json["id"]
    shown = committee.get(path).json
    assert (shown["rrule"], shown["starts"], shown["from_day"]) == (
        "FREQ=WEEKLY;BYDAY=MO,WE",
        "19:00",
        "2026-11-21",
    )
    changed = committee.patch(path, {"starts": "20:00"}).json
    assert changed["done"] == {"made": 0, "changed": 8, "cancelled": 0, "kept": 0}
    assert committee.patch(path, {"active": False}).json["done"]["cancelled"] == 8
    again = committee.patch(path, {"starts": "21:00"})
    assert (again.status_code, again.json["code"]) == (409, "template_stopped")
    assert committee.get("/shift-templates", active="true").json["items"] == []


def test_a_template_sent_twice_is_made_once(committee):
    first = committee.post("/shift-templates", TEMPLATE, Idempotency_Key="one")
    second = committee.post("/shift-templates", TEMPLATE, Idempotency_Key="one")
    assert first.json == second.json
    assert len(committee.get("/shifts", limit=50).json["items"]) == 8


BAD_TEMPLATES = {
    "no days": ({"rrule": "FREQ=MONTHLY"}, {"rrule": "unknown_rule"}),
    "no time": ({"starts": "25:00"}, {"starts": "invalid"}),
    "too long": ({"duration_min": 601}, {"duration_min": "range"}),
    "more than fit": ({"minimum": 5}, {"minimum": "above_capacity"}),
    "an unknown skill": ({"skills": ["magic"]}, {"skills.0": "not_an_option"}),
    "backwards": ({"until_day": "2026-11-20"}, {"until_day": "before_from_day"}),
    "something else": ({"colour": "red"}, {"colour": "unknown_field"}),
}


@pytest.mark.parametrize("name", BAD_TEMPLATES)
def test_a_bad_template_is_refused_by_its_fields(name, committee):
    changes, faults = BAD_TEMPLATES[name]
    assert faulty(committee.post("/shift-templates", TEMPLATE | changes)) == faults


def test_a_bad_change_changes_nothing(committee):
    made = committee.post("/shift-templates", TEMPLATE).json
    path = f"/shift-templates/{made['id']}"
    assert faulty(committee.patch(path, {"rrule": "X"})) == {"rrule": "unknown_rule"}
    assert faulty(committee.patch(path, {"place_code": COMMUNITY})) == {
        "place_code": "unknown_field"
    }
    assert committee.get(path).json["version"] == 1


def test_a_week_is_copied(committee, clients, plan):
    plan(day=24)
    weeks = {"place_code": COMMUNITY, "from_week": "2026-11-24", "to_week": "2026-12-01"}
    answer = committee.post("/shifts/duplicate-week", weeks)
    assert answer.status_code == 201
    assert answer.json == {"made": 1, "skipped": 0, "by_template": 0, "past": 0}
    assert committee.post("/shifts/duplicate-week", weeks).json["skipped"] == 1
    back = weeks | {"to_week": "2026-11-10"}
    assert faulty(committee.post("/shifts/duplicate-week", back)) == {"to_week": "in_the_past"}
    assert clients["resident"].post("/shifts/duplicate-week", weeks).status_code == 403


def test_from_the_board_to_a_call(committee, clients, plan, neighbour):
    shift_id, somebody = plan(day=24), neighbour()
    board = committee.get("/shifts/needing-people", place=COMMUNITY).json
    assert [(item["id"], item["missing"]) for item in board["items"]] == [(shift_id, 2)]
    [suits] = committee.get(f"/shifts/{shift_id}/suitable").json["people"]
    assert suits["resident_id"] == somebody.resident_id
    path = f"/shifts/{shift_id}/call-outs"
    answer = committee.post(path, {"count": 3})
    assert answer.status_code == 201
    assert [each["resident_id"] for each in answer.json["asked"]] == [somebody.resident_id]
    again = committee.post(path, {"resident_ids": [somebody.resident_id]}).json
    assert again["refused"][0]["code"] == "asked_already"
    assert faulty(committee.post(path, {})) == {"count": "required"}
    both = {"count": 1, "resident_ids": [somebody.resident_id]}
    assert faulty(committee.post(path, both)) == {"count": "required"}
    assert faulty(committee.post(path, {"count": 21})) == {"count": "range"}
    assert faulty(committee.get("/shifts/needing-people", cursor="x")) == {"cursor": "invalid"}
    assert clients["resident"].post(path, {"count": 1}).status_code == 403
    assert committee.get("/shifts/999/suitable").status_code == 404


def test_a_call_is_told_in_the_readers_words(clients, committee, people, plan, volunteer_here):
    committee.post(f"/shifts/{plan(day=24)}/call-outs", {"count": 1})
    [notice] = clients["resident"].get("/notices").json["items"]
    assert notice["title"] == "这个班次需要您"
    assert notice["body"] == (
        "晚间巡逻，草堂路社区，11月24日 19:00 开始，还缺人。您愿意走这一片，这个时间有空，"
        "这个月还没轮到。能来吗？"
    )
    assert notice["about"]["kind"] == "shift"


@pytest.fixture
def volunteer_here(people, now):
    mine = people["resident"]
    make_volunteer(mine, availability=ALWAYS)
    db.session.add(LikedPlace(resident_id=mine.resident_id, place_code=COMMUNITY))
    db.session.commit()
    return mine


def test_a_roster_from_the_question_to_the_sign_ups(committee, plan, neighbour):
    shift_id = plan(day=24, minimum=1)
    both = {neighbour().resident_id, neighbour().resident_id}
    asked = committee.post("/rosters", {"place_code": COMMUNITY, "week": "2026-11-26"})
    assert (asked.status_code, asked.json["state"]) == (201, "computing")
    again = committee.post("/rosters", {"place_code": COMMUNITY, "week": "2026-11-23"})
    assert (again.status_code, again.json["code"]) == (409, "roster_under_way")
    deliver_all()
    path = f"/rosters/{asked.json['id']}"
    shown = committee.get(path).json
    assert (shown["week"], shown["state"]) == ("2026-11-23", "proposed")
    assert shown["figures"]["roster"]["missing"] == 0
    [proposed] = (each["resident_id"] for each in shown["shifts"][0]["people"])
    [other] = both - {proposed}
    pair = {"shift_id": shift_id, "resident_id": other}
    assert len(committee.patch(path, {"add": [pair]}).json["shifts"][0]["people"]) == 2
    twice = committee.patch(path, {"add": [pair]})
    assert (twice.status_code, twice.json["code"]) == (409, "not_assignable")
    assert twice.json["errors"] == [
        {"field": "add.0", "code": "cannot_be_assigned", "message": "不能这样排：已在这个班次"}
    ]
    assert committee.post(f"{path}/moves", {"to": "accepted"}).json["state"] == "accepted"
    deliver_all()
    assert seats.signup_of(shift_id, other).state == "joined"
    assert committee.get(path).json["published_at"] is not None
    late = committee.post(f"{path}/moves", {"to": "dropped"})
    assert (late.status_code, late.json["code"]) == (409, "illegal_move")
    assert committee.patch(path, {"add": []}).status_code == 409
    assert [item["id"] for item in committee.get("/rosters").json["items"]] == [asked.json["id"]]


def test_bad_forms_of_rosters(committee, plan):
    past = {"place_code": COMMUNITY, "week": "2026-11-09"}
    assert faulty(committee.post("/rosters", past)) == {"week": "in_the_past"}
    assert faulty(committee.post("/rosters", {"place_code": COMMUNITY})) == {"week": "required"}
    asked = committee.post("/rosters", past | {"week": "2026-11-23"}).json
    path = f"/rosters/{asked['id']}"
    assert faulty(committee.post(f"{path}/moves", {"to": "perfect"})) == {"to": "not_an_option"}
    assert faulty(committee.patch(path, {"add": [{"shift_id": 1}]})) == {
        "add.0.resident_id": "required"
    }
    early = committee.patch(path, {"add": []})
    assert (early.status_code, early.json["code"]) == (409, "roster_decided")
    assert faulty(committee.get("/rosters", cursor="x")) == {"cursor": "invalid"}
