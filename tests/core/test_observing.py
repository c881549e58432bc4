"""Each request has an id and a line in the log, which says what was asked and not by whom."""

import json

import pytest


def lines(text):
    return [
        line
        for line in map(json.loads, text.splitlines())
        if line["logger"] == "app.core.observing"
    ]


def test_a_request_has_a_line(clients, people, written):
    spot = {"lat": 30.6574, "lon": 104.0343, "coord_sys": "wgs84"}
    report = {"category": "WASTE", "description": "垃圾", **spot}
    case = clients["resident"].post("/hazards", report).json
    answer = clients["resident"].get(f"/hazards/{case['id']}?q=13800138000")
    reported, line = lines(written())
    assert (reported["method"], reported["route"]) == ("POST", "/api/v1/hazards")
    assert line["route"] == "/api/v1/hazards/<id:hazard_id>"
    assert (line["method"], line["status"]) == ("GET", answer.status_code)
    assert line["resident_id"] == people["resident"].resident_id
    assert line["ms"] > 0
    assert line["request_id"] == answer.headers["X-Request-Id"]
    assert set(line) == {
        "time", "level", "logger", "message", "request_id", "process",
        "method", "route", "status", "ms", "resident_id",
    }  # fmt: skip


def test_a_stranger_is_nobody(client, written):
    client.get("/me")
    client.get("/nothing/13800138000")
    mine, nothing = lines(written())
    assert (mine["route"], mine["status"]) == ("/api/v1/me", 401)
    assert (nothing["route"], nothing["status"]) == ("(none)", 404)
    assert "resident_id" not in mine
    assert "13800138000" not in written()


def test_methods_are_those_that_there_are(client, written):
    client.http.open("/api/v1/me", method="FORGED")
    assert lines(written())[0]["method"] == "(other)"


def test_health_is_not_worth_a_line(client, written):
    client.http.get("/healthz")
    assert lines(written()) == []


@pytest.mark.parametrize("offered", ["a", "A-b_9", "x" * 64])
def test_an_id_that_is_one_is_kept(offered, client):
    answer = client.http.get("/healthz", headers={"X-Request-Id": offered})
    assert answer.headers["X-Request-Id"] == offered


@pytest.mark.parametrize(
    "offered", ["", "x" * 65, "a b", "a\tb", "é", "<b>", "13800138000", "tel-13800138000", "x;y"]
)
def test_another_id_is_replaced(offered, client):
    answer = client.http.get("/healthz", headers={"X-Request-Id": offered})
    assert answer.headers["X-Request-Id"] not in {"", offered}
    assert len(answer.headers["X-Request-Id"]) == 24


def test_problems_have_the_id_in_the_header_alone(client):
    answer = client.get("/me")
    assert answer.status_code == 401
    assert set(answer.json) == {"type", "title", "status", "detail", "code", "errors"}
    assert answer.headers["X-Request-Id"]


def test_two_requests_have_two_ids(client):
    first, second = (client.get("/config").headers["X-Request-Id"] for _ in range(2))
    assert first != second
