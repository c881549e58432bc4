"""Hostile texts in every text of every form and every query."""

import json
from itertools import product

import pytest

from app.core.db import db, read
from app.hazards.models import Hazard
from tests.factories.people import COMMUNITY
from tests.hostile.strings import REFUSED, UNHARMED, shown

TEXTS = pytest.mark.parametrize("text", UNHARMED.values(), ids=UNHARMED.keys())
BAD_TEXTS = pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED.keys())
PAGED = ("cursor", "limit")
QUERIES = {
    "/hazards": (*PAGED, "state", "category", "place", "mine", "bbox", "near", "coord_sys", "x"),
    "/tasks": (*PAGED, "orders", "x"),
    "/residences": (*PAGED, "state", "x"),
    "/places": (*PAGED, "kind", "q", "within", "outline", "x"),
    "/places/locate": ("lat", "lon", "coord_sys", "x"),
    "/committees/510105007004/overview": ("from", "to", "x"),
    "/photos/{photo_id}/full": ("expires", "signature", "x"),
    "/config": ("x",),
    "/me": ("x",),
}


def fields_at_fault(problem):
    return {fault["field"] for fault in problem["errors"]}


@TEXTS
def test_a_report_comes_back_as_it_was_written(text, served):
    # A text is never longer shown than written but for NFC, which may add: keep within the limit.
    body = served.report(description=text, address=text[:150])
    made = served.clients["resident"].post("/hazards", body)
    assert made.status_code == 201, made.json
    found = served.clients["gridworker"].get(f"/hazards/{made.json['id']}").json
    assert found["description"] == shown(text)
    assert found["address"] == shown(text[:150])
    listed = served.clients["committee"].get("/hazards").json["items"]
    assert listed[0]["description"] == shown(text)
    with served.app.app_context():
        stored = read(db.select(Hazard.description).where(Hazard.id == made.json["id"]))
        assert stored.scalar_one() == shown(text)


@TEXTS
def test_a_note_comes_back_as_it_was_written(text, served):
    path = f"/hazards/{served.hazard_id}/moves"
    answer = served.clients["gridworker"].post(path, {"to": "declined", "note": text})
    assert answer.status_code == 200, answer.json
    seen = served.clients["resident"].get(f"/hazards/{served.hazard_id}").json
    assert seen["history"][-1]["note"] == shown(text)


@TEXTS
def test_a_name_and_a_room_come_back_as_they_were_written(text, served):
    resident, short = served.clients["neighbour"], text[:36]
    answer = resident.patch("/me", {"name": short})
    assert answer.status_code == 200, answer.json
    assert resident.get("/me").json["name"] == shown(short)
    home = resident.post("/me/residence", {"place_code": COMMUNITY, "room": short})
    assert home.status_code == 201, home.json
    found = served.clients["gridworker"].get("/residences").json["items"][-1]
    assert (found["room"], found["resident"]["name"]) == (shown(short), shown(short))
    path = f"/residences/{home.json['id']}/moves"
    answer = served.clients["gridworker"].post(path, {"to": "refused", "note": text})
    assert answer.json["note"] == shown(text)


def forms(served):
    """Return every form: (client, method, path, good body, texts in it)."""
    hazard, home = f"/hazards/{served.hazard_id}/moves", f"/residences/{served.residence_id}/moves"
    resident, worker = served.clients["resident"], served.clients["gridworker"]
    nobody = served.clients["nobody"]
    point = served.report(photo_ids=["A" * 43])
    return [
        (resident, "post", "/hazards", point, ("category", "description", "coord_sys", "address")),
        (worker, "post", hazard, {"to": "declined", "note": "x"}, ("to", "note", "until")),
        (worker, "post", home, {"to": "refused", "note": "x"}, ("to", "note")),
        (resident, "patch", "/me", {}, ("name", "language", "letter_size", "consent_version")),
        (resident, "put", "/me/phone", {"code": "x"}, ("code",)),
        (resident, "post", "/me/residence", {"place_code": COMMUNITY, "room": "1"},
         ("place_code", "room")),
        (resident, "delete", "/session", {}, ("refresh_token",)),
        (nobody, "post", "/session", {"code": "x"}, ("code",)),
        (nobody, "post", "/session/refresh", {"refresh_token": "x"}, ("refresh_token",)),
    ]  # fmt: skip


FREE = {"description", "note", "address", "name", "room", "refresh_token"}


@BAD_TEXTS
def test_what_nobody_can_mean_is_refused_by_field(text, served, refused):
    for client, method, path, good, names in forms(served):
        for name in names:
            problem = refused(getattr(client, method)(path, {**good, name: text}), 422)
            assert name in fields_at_fault(problem), (path, name)
    seen = served.clients["resident"].get(f"/hazards/{served.hazard_id}").json
    assert len(seen["history"]) == 1
    assert seen["state"] == "reported"


HALVES = [b"\\ud800", b"\\udc00", b"\\udfff\\ud800", b"a\\ud83d b", b"\xed\xa0\x80", b"\xff\xfe"]


@pytest.mark.parametrize("half", HALVES, ids=repr)
def test_half_a_character_is_refused(half, served, refused):
    """As an escape and as bytes: neither is text."""
    for client, method, path, good, names in forms(served):
        for name in names:
            body = json.dumps({**good, name: "@@"}).encode().replace(b"@@", half)
            answer = client.http.open(
                f"/api/v1{path}",
                method=method.upper(),
                data=body,
                headers={**client.headers, "Content-Type": "application/json"},
            )
            refused(answer, 400)
            key = json.dumps({**good, "@@": 1}).encode().replace(b"@@", half)
            answer = client.http.open(
                f"/api/v1{path}",
                method=method.upper(),
                data=key,
                headers={**client.headers, "Content-Type": "application/json"},
            )
            refused(answer, 400)


@TEXTS
def test_an_unknown_field_is_named_and_nothing_more(text, served, refused):
    for client, method, path, good, _ in forms(served):
        problem = refused(getattr(client, method)(path, {**good, text: text}), 422)
        assert text in fields_at_fault(problem)


@TEXTS
def test_a_form_takes_a_text_or_refuses_it(text, served, refused):
    """Where words are fixed (states, codes, tokens) a foreign text is refused cleanly."""
    for client, method, path, good, names in forms(served):
        for name in set(names) - FREE:
            refused(getattr(client, method)(path, {**good, name: text}), 401, 409, 422, 503)


@pytest.mark.parametrize("path", QUERIES)
def test_a_query_is_answered_or_refused(path, served, refused):
    given = {**UNHARMED, **REFUSED}
    client = served.clients["committee"]
    full = path.format(photo_id=served.photo_id)
    for name, text in product(QUERIES[path], given.values()):
        answer = client.get(full, **{name: text})
        if answer.status_code != 200:
            refused(answer, 404, 422)
        if name == "x" and path not in {"/config", "/me"}:
            assert answer.status_code == 422


@pytest.mark.parametrize("sign", ["%", "_", "\\", "%_", "草%路"])
def test_a_wildcard_means_itself(sign, served):
    found = served.clients["resident"].get("/places", q=sign)
    assert found.json["items"] == []


RAW = [b"%00", b"%ff", b"%ed%a0%80", b"%c0%af", b"%F0%9F", b"%", b"%zz", b"\x80", b"a;b", b"&&=&"]


@pytest.mark.parametrize("raw", RAW, ids=repr)
def test_a_query_of_broken_bytes_is_answered_or_refused(raw, served, refused):
    client = served.clients["committee"]
    for path, names in QUERIES.items():
        for name in names:
            answer = client.http.get(
                f"/api/v1{path.format(photo_id=served.photo_id)}",
                environ_overrides={"QUERY_STRING": f"{name}={raw.decode('latin-1')}"},
                headers=client.headers,
            )
            if answer.status_code != 200:
                refused(answer, 400, 404, 422)


@pytest.mark.parametrize("name", ["state", "kind", "limit", "cursor", "q", "near"])
def test_a_parameter_sent_twice_is_answered_or_refused(name, served, refused):
    for path in ("/hazards", "/places", "/residences"):
        answer = served.clients["committee"].get(path, **{name: ["1", "2"]})
        if answer.status_code != 200:
            refused(answer, 422)
