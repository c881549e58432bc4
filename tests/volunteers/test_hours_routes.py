"""Each route of hours and honour: it works, it refuses, it names what is wrong."""

from datetime import UTC, datetime, timedelta

import pytest

from app.core import clock
from app.volunteers import hours
from tests.factories.people import COMMUNITY
from tests.house.test_query_counts import FEW, MANY, queries

START = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)
MOST = {"hours": 3, "staff": 2, "honour": 3}


@pytest.fixture(autouse=True)
def later():
    with clock.at(START + timedelta(days=1)):
        yield


def credit(actor, shift_id, minutes=60, **changes):
    starts_at = START - timedelta(days=shift_id)
    given = {"place_code": COMMUNITY, "team_id": None, "title": "夜巡", "evidence": 3, **changes}
    return hours.credit(
        actor.resident_id,
        shift_id=shift_id,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=minutes),
        attested=False,
        **given,
    ).entry_ids[0]


def field(answer):
    assert answer.status_code == 422, answer.json
    return [(fault["field"], fault["code"]) for fault in answer.json["errors"]]


def test_ones_own_hours(clients, people):
    credit(people["resident"], 1, 90)
    credit(people["resident"], 2, 60, evidence=1)
    found = clients["resident"].get("/me/hours").json
    assert (found["total_minutes"], found["held_minutes"]) == (90, 60)
    assert (found["stars"], found["next_star_hours"]) == (0, 100)
    assert [row["state"] for row in found["items"]] == ["held", "credited"]
    assert clients["neighbour"].get("/me/hours").json["items"] == []


def test_ones_own_hours_page(clients, people):
    for number in range(1, 6):
        credit(people["resident"], number)
    first = clients["resident"].get("/me/hours", limit=3).json
    rest = clients["resident"].get("/me/hours", limit=3, cursor=first["next_cursor"]).json
    assert [row["shift_id"] for row in first["items"] + rest["items"]] == [5, 4, 3, 2, 1]
    assert field(clients["resident"].get("/me/hours", cursor="nonsense")) == [("cursor", "invalid")]


def test_a_committee_lists_and_corrects(clients, people):
    entry_id = credit(people["resident"], 1)
    listed = clients["committee"].get("/hours", place=COMMUNITY).json["items"]
    assert [row["id"] for row in listed] == [entry_id]
    body = {"minutes": 30, "reason": "早走"}
    path = f"/hours/{entry_id}/corrections"
    done = clients["committee"].post(path, body, Idempotency_Key="one")
    assert done.status_code == 201, done.json
    assert done.json["minutes"] == 30
    assert clients["committee"].post(path, body, Idempotency_Key="one").json == done.json
    assert clients["committee"].post(path, body).json["code"] == "illegal_move"
    mine = clients["resident"].get("/me/hours").json["items"]
    assert [(row["minutes"], row["reversed"], row["reason"]) for row in mine] == [
        (30, False, None),
        (60, True, "早走"),
    ]


def test_others_do_not_correct(clients, people):
    path = f"/hours/{credit(people['resident'], 1)}/corrections"
    body = {"minutes": 30, "reason": "早走"}
    for who in ("resident", "gridworker"):
        assert clients[who].post(path, body).status_code == 403
        assert clients[who].get("/hours").status_code == 403
    assert clients["outsider"].post(path, body).status_code == 404
    assert clients["outsider"].get("/hours", place=COMMUNITY).status_code == 404


WHEN = {"starts_at": "2026-11-19T11:00:00Z", "ends_at": "2026-11-19T11:30:00Z"}


@pytest.mark.parametrize(
    ("body", "faults"),
    [
        ({"minutes": 30}, [("reason", "required")]),
        ({"reason": "早走"}, [("minutes", "required")]),
        ({"minutes": -1, "reason": "早走"}, [("minutes", "range")]),
        ({"minutes": 721, "reason": "早走"}, [("minutes", "range")]),
        ({"minutes": 30, "reason": "早走", **WHEN}, [("minutes", "one_of_both")]),
        ({"reason": "早走", "starts_at": WHEN["starts_at"]}, [("ends_at", "required")]),
        (
            {"reason": "早走", "starts_at": WHEN["ends_at"], "ends_at": WHEN["starts_at"]},
            [("ends_at", "ends_before_start")],
        ),
    ],
)
def test_a_bad_correction_is_named(body, faults, clients, people):
    path = f"/hours/{credit(people['resident'], 1)}/corrections"
    assert field(clients["committee"].post(path, body)) == faults


def test_a_correction_may_say_from_when_until_when(clients, people):
    path = f"/hours/{credit(people['resident'], 1)}/corrections"
    answer = clients["committee"].post(path, {"reason": "早走", **WHEN})
    assert answer.json["minutes"] == 30


def test_a_bad_question_for_honour_is_named(clients):
    assert field(clients["resident"].get("/honour", period="week")) == [("period", "not_an_option")]


@pytest.mark.parametrize(
    ("kind", "who", "path"),
    [("hours", "resident", "/me/hours"), ("staff", "committee", "/hours")],
)
def test_a_list_costs_the_same_whatever_its_length(kind, who, path, clients, people):
    credit(people["resident"], 1)
    few = queries(clients[who], path, rows=FEW, limit=50)
    for number in range(2, MANY + 1):
        credit(people["resident"], number)
    many = queries(clients[who], path, rows=MANY, limit=50)
    assert len(few) == len(many) <= MOST[kind], many


def test_the_honour_board_costs_the_same_at_any_size(clients, people):
    credit(people["resident"], 1)
    few = queries(clients["resident"], "/honour", place=COMMUNITY)
    for number in range(2, MANY):
        credit(people["neighbour"], number)
    many = queries(clients["resident"], "/honour", place=COMMUNITY)
    assert len(few) == len(many) <= MOST["honour"], many
