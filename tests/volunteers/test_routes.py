"""Volunteers and teams through HTTP: it works, it is refused, the form is wrong."""

import pytest

from tests.factories.people import COMMUNITY
from tests.volunteers.conftest import FORM, GRID

BODY = {
    **FORM,
    "languages": ["zh", "sc"],
    "availability": [{"weekday": 6, "from": "19:00", "to": "22:00"}],
    "likes": [GRID],
    "emergency_contact": {"name": "周妈妈", "phone": "13900001111"},
    "on_honour_board": True,
    "location_consent": True,
}
PAST = {"name": "急救", "held_on": "2026-05-01", "hours": 8, "by": "红十字会"}
INSURANCE = {
    "insurer": "人保", "policy_number": "P-77", "from": "2026-01-01", "to": "2026-12-31",
}  # fmt: skip
TEAM = {"name": "平安志愿队", "kind": "peace", "place_code": COMMUNITY}


def problem(answer):
    return answer.status_code, answer.json["code"]


def fields(answer):
    assert problem(answer) == (422, "invalid_input")
    return {error["field"]: error["code"] for error in answer.json["errors"]}


@pytest.fixture
def me(clients, now):
    """Return the client of a resident who is a volunteer."""
    assert clients["resident"].put("/me/volunteer", BODY).status_code == 200
    return clients["resident"]


@pytest.fixture
def team(clients, people, me):
    answer = clients["committee"].post(
        "/teams", {**TEAM, "leader_id": people["resident"].resident_id}
    )
    assert answer.status_code == 201, answer.json
    return answer.json


def test_the_profile_comes_back_as_it_was_said(me):
    found = me.get("/me/volunteer").json
    assert found["number"] == "LV-2026-000001"
    for name in ("birth_year", "skills", "languages", "availability", "likes", "on_honour_board"):
        assert found[name] == BODY[name]
    assert found["emergency_contact"] == BODY["emergency_contact"]
    assert found["risk_version"] == found["risk_current"]
    assert found["location_consent_at"].endswith("Z")
    assert {line["kind"] for line in found["consents"]} == {"risk", "location"}


def test_what_the_issue_promises_is_enough(clients, now):
    answer = clients["neighbour"].put(
        "/me/volunteer", {"birth_year": 1990, "skills": [], "consent": True}
    )
    assert answer.status_code == 200
    assert answer.json["emergency_contact"] is None


@pytest.mark.parametrize(
    ("changes", "faults"),
    [
        ({"birth_year": 2012}, {"birth_year": "too_young"}),
        ({"birth_year": 1899}, {"birth_year": "range"}),
        ({"birth_year": True}, {"birth_year": "invalid"}),
        ({"birth_year": 2010}, {"guardian": "guardian_needed"}),
        (
            {"birth_year": 2010,
             "guardian": {"name": "爸", "phone": "13900001111", "consent": False}},
            {"guardian.consent": "must_agree"},
        ),
        ({"consent": False}, {"consent": "must_agree"}),
        ({"consent": None}, {"consent": "required"}),
        ({"risk_version": "2020-01"}, {"risk_version": "not_an_option"}),
        ({"skills": ["magic"]}, {"skills.0": "not_an_option"}),
        ({"skills": None}, {"skills": "required"}),
        ({"languages": ["xx"]}, {"languages.0": "not_an_option"}),
        ({"likes": ["510105"]}, {"likes.0": "invalid"}),
        ({"likes": [GRID] * 13}, {"likes": "too_many"}),
        ({"most_per_week": 8}, {"most_per_week": "range"}),
        ({"availability": [{"weekday": 8, "from": "19:00", "to": "22:00"}]},
         {"availability.0.weekday": "range"}),
        ({"availability": [{"weekday": 1, "from": "25:00", "to": "22:00"}]},
         {"availability.0.from": "invalid"}),
        ({"availability": [{"weekday": 1, "from": "22:00", "to": "06:00"}]},
         {"availability.0.to": "before_the_start"}),
        ({"emergency_contact": {"name": "妈", "phone": "12345"}},
         {"emergency_contact.phone": "invalid"}),
        ({"emergency_contact": {"name": "\u202e", "phone": "13900001111"}},
         {"emergency_contact.name": "unsafe_characters"}),
        ({"birthday": "1980-01-01"}, {"birthday": "unknown_field"}),
    ],
)  # fmt: skip
def test_a_profile_that_cannot_be_names_its_faults(clients, now, changes, faults):
    answer = clients["resident"].put("/me/volunteer", {**BODY, **changes})
    assert fields(answer) == faults
    assert all(error["message"] for error in answer.json["errors"])
    assert problem(clients["resident"].get("/me/volunteer")) == (404, "not_found")


def test_switches_and_leaving(me):
    answer = me.patch("/me/volunteer", {"paused": True, "location_consent": False})
    assert (answer.json["paused"], answer.json["location_consent_at"]) == (True, None)
    assert fields(me.patch("/me/volunteer", {"paused": "yes"})) == {"paused": "invalid"}
    assert me.delete("/me/volunteer").status_code == 204
    for answer in (me.delete("/me/volunteer"), me.patch("/me/volunteer", {"paused": True})):
        assert problem(answer) == (404, "not_found")


@pytest.mark.parametrize(
    ("kind", "body", "bad"),
    [
        ("trainings", PAST, {"held_on": "2999-01-01"}),
        ("trainings", PAST, {"hours": 0}),
        ("insurances", INSURANCE, {"to": "2025-01-01"}),
        ("insurances", INSURANCE, {"policy_number": ""}),
    ],
)
def test_records_are_added_once_and_deleted(me, clients, kind, body, bad):
    path = f"/me/volunteer/{kind}"
    first, again = (me.post(path, body, Idempotency_Key="k1") for _ in range(2))
    assert (first.status_code, first.json) == (201, again.json)
    assert {**first.json, **body} == first.json
    assert me.get("/me/volunteer").json[kind] == [first.json]
    assert set(fields(me.post(path, {**body, **bad}))) == set(bad)
    assert problem(clients["neighbour"].post(path, body)) == (409, "not_a_volunteer")
    one = f"{path}/{first.json['id']}"
    assert problem(clients["neighbour"].delete(one)) == (404, "not_found")
    assert me.delete(one).status_code == 204
    assert problem(me.delete(one)) == (404, "not_found")


def test_staff_list_volunteers_and_residents_do_not(me, clients):
    [item] = clients["gridworker"].get("/volunteers", place=COMMUNITY).json["items"]
    assert item["likes"] == [GRID]
    assert problem(me.get("/volunteers")) == (403, "forbidden")
    assert fields(clients["committee"].get("/volunteers", place="x")) == {"place": "invalid"}


def test_a_team_is_made_and_shown(team, clients, me):
    assert team["members"] == 1
    assert me.get(f"/teams/{team['id']}").json["leader"]
    [listed] = clients["neighbour"].get("/teams").json["items"]
    assert listed["id"] == team["id"]
    assert "people" not in listed
    assert problem(me.post("/teams", TEAM)) == (403, "forbidden")
    assert problem(clients["outsider"].post("/teams", TEAM)) == (404, "not_found")
    bad = {"kind": "army", "name": " "}
    assert fields(clients["committee"].post("/teams", {**TEAM, **bad})) == {
        "kind": "not_an_option",
        "name": "length",
    }
    renamed = me.patch(f"/teams/{team['id']}", {"name": "夜巡队"})
    assert renamed.json["name"] == "夜巡队"
    assert problem(me.patch(f"/teams/{team['id']}", {"closed": True})) == (403, "forbidden")


def test_asking_accepting_leaving(team, clients, me, people):
    path, other = f"/teams/{team['id']}/members", clients["neighbour"]
    who = people["neighbour"].resident_id
    assert problem(other.post(path)) == (409, "not_a_volunteer")
    other.put("/me/volunteer", {**FORM})
    asked = other.post(path, Idempotency_Key="k")
    assert (asked.status_code, asked.json["mine"]) == (201, "asked")
    assert other.post(path, Idempotency_Key="k").json == asked.json
    assert problem(other.post(path)) == (409, "illegal_move")
    move = f"{path}/{who}/moves"
    assert problem(other.post(move, {"to": "member"})) == (403, "move_not_yours")
    assert fields(me.post(move, {"to": "asked"})) == {"to": "not_an_option"}
    accepted = me.post(move, {"to": "member"})
    assert [p["resident_id"] for p in accepted.json["people"]][1] == who
    assert problem(me.delete(f"{path}/mine")) == (409, "last_leader")
    assert other.delete(f"{path}/mine").status_code == 204
    assert problem(other.delete(f"{path}/mine")) == (409, "illegal_move")
    assert problem(other.post(f"/teams/{10**9}/members")) == (404, "not_found")


def test_inviting_by_number(team, clients, me):
    other = clients["neighbour"]
    number = other.put("/me/volunteer", {**FORM}).json["number"]
    path = f"/teams/{team['id']}/members"
    invited = me.post(path, {"volunteer_number": number})
    assert invited.status_code == 201
    assert other.get(f"/teams/{team['id']}").json["mine"] == "invited"
    unknown = me.post(path, {"volunteer_number": "LV-2026-999999"})
    assert fields(unknown) == {"volunteer_number": "unknown_volunteer"}
    assert fields(me.post(path, {"volunteer_number": "x"})) == {"volunteer_number": "invalid"}
