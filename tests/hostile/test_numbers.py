"""Hostile numbers in every number, and other things where a number belongs."""

import pytest

RAW = [
    "NaN", "Infinity", "-Infinity", "1e400", "-1e400", "1e308", "-0", "-0.0", "1e-400", "0x10",
    "9" * 25, "-" + "9" * 25, "9" * 5000, "9223372036854775808", "-9223372036854775809",
    "18446744073709551616", "1.5", "true", "false", "null", '"1"', '"NaN"', '"１"', '""', "[1]",
    "{}", '{"$gt": 0}', "01", "1_0", "+1", ".5", "1.", "--1", "1e", "[" * 5000, '{"a":' * 5000,
]  # fmt: skip
NUMBERS = [
    ("resident", "/hazards", "lat"),
    ("resident", "/hazards", "lon"),
    ("resident", "/hazards", "anonymous"),
    ("resident", "/hazards", "photo_ids"),
    ("gridworker", "/hazards/{hazard_id}/moves", "assignee_id"),
    ("gridworker", "/hazards/{hazard_id}/moves", "rating"),
    ("gridworker", "/hazards/{hazard_id}/moves", "solved"),
    ("gridworker", "/hazards/{hazard_id}/moves", "until"),
    ("gridworker", "/hazards/{hazard_id}/moves", "to"),
    ("neighbour", "/me/residence", "building_id"),
    ("neighbour", "/me/residence", "room"),
]
MEANT = {("anonymous", "true"), ("anonymous", "false")}
NOTHING = {("assignee_id", "null"), ("rating", "null"), ("solved", "null"), ("until", "null")}
MAY_BE_NULL = {("building_id", "null")}
A_TEXT = {("room", '"1"'), ("room", '"NaN"'), ("room", '"１"')}
QUERIES = [
    ("/hazards", "limit"), ("/hazards", "near"), ("/hazards", "bbox"), ("/hazards", "mine"),
    ("/places", "limit"), ("/places", "outline"), ("/tasks", "limit"), ("/tasks", "orders"),
    ("/residences", "limit"), ("/places/locate", "lat"), ("/places/locate", "lon"),
    ("/committees/510105007004/overview", "from"), ("/committees/510105007004/overview", "to"),
]  # fmt: skip


def send(served, who, path, raw):
    client = served.clients[who]
    return client.http.post(
        f"/api/v1{path.format(hazard_id=served.hazard_id)}",
        data=raw.encode(),
        headers={**client.headers, "Content-Type": "application/json"},
    )


def body(served, path, name, raw):
    import json  # noqa: PLC0415

    good = {
        "/hazards": served.report(),
        "/me/residence": {"place_code": "510105007004", "room": "1-101"},
    }.get(path, {"to": "assigned"})
    return json.dumps({**good, name: "@@"}).replace('"@@"', raw)


@pytest.mark.parametrize(("who", "path", "name"), NUMBERS)
def test_only_a_number_that_makes_sense_is_taken(who, path, name, served, refused):
    for raw in RAW:
        answer = send(served, who, path, body(served, path, name, raw))
        if (name, raw) in MEANT | MAY_BE_NULL | A_TEXT:
            assert answer.status_code in {201, 409}, raw
        else:
            # 409: "nothing" was brought, and this case is not yet to be assigned.
            refused(answer, 400, 409, 422)
            assert answer.status_code != 409 or (name, raw) in NOTHING or name != "to", raw
    seen = served.clients["resident"].get(f"/hazards/{served.hazard_id}").json
    assert seen["state"] == "reported"


@pytest.mark.parametrize("raw", RAW, ids=lambda raw: raw[:24])
def test_a_body_is_an_object(raw, served, refused):
    for who, path in {(who, path) for who, path, _ in NUMBERS}:
        refused(send(served, who, path, raw), 400, 422)


@pytest.mark.parametrize(("path", "name"), QUERIES)
def test_a_number_in_a_query_makes_sense_or_is_refused(path, name, served, refused):
    more = ["0", "-1", "51", "1e3", "１０", "٣", "nan,nan", "inf,0", "91,0", "0,181", "1,2,3,4,5"]
    for raw in [*RAW, *more, "0,0,0,0", ",", "1,", "9999-12-31", "0001-01-01", "2026-02-30"]:
        query = {"coord_sys": "wgs84"} if path == "/places/locate" else {}
        answer = served.clients["committee"].get(path, **query, **{name: raw})
        if answer.status_code != 200:
            refused(answer, 404, 422)
    for raw in ("0", "-1", "51", "1e3", "9" * 5000, "true", "1.5"):
        if name == "limit":
            refused(served.clients["committee"].get(path, limit=raw), 422)


@pytest.mark.parametrize("near", ["90,0", "-90,180", "90,-180", "0,0", "89.9999999,179.9999999"])
@pytest.mark.parametrize("system", ["wgs84", "gcj02"])
def test_the_ends_of_the_earth_are_places_too(near, system, served):
    answer = served.clients["committee"].get("/hazards", near=near, coord_sys=system)
    assert answer.status_code == 200
    assert answer.json["items"] == []


UNTIL = [
    "9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+14:00", "2026-11-21", "2026-11-21T10:00:00",
    "2026-13-01T00:00:00Z", "2026-11-21T24:00:01Z", "1e9", "2026-W47-6T00:00:00Z",
    "２０２６-11-21T10:00:00Z", "2026-11-21T10:00:00+99:99", "now",
]  # fmt: skip


@pytest.mark.parametrize("until", UNTIL)
def test_a_moment_that_no_clock_shows_is_refused(until, served, refused):
    body = {"to": "suspended", "note": "等", "until": until}
    refused(served.clients["gridworker"].post(f"/hazards/{served.hazard_id}/moves", body), 409, 422)
    worker = served.clients["gridworker"]
    path = f"/hazards/{served.hazard_id}/moves"
    assert worker.post(path, {"to": "accepted"}).status_code == 200
    me = served.people["gridworker"].resident_id
    assert worker.post(path, {"to": "assigned", "assignee_id": me}).status_code == 200
    assert worker.post(path, {"to": "handling"}).status_code == 200
    refused(worker.post(path, body), 422)
