"""Over HTTP: what is asked, what is refused, and what a bad form is told."""

import uuid

import pytest

from app.core import clock
from app.places.coordinates import Point, wgs84_to_gcj02
from app.rounds import settlement
from tests.clients import Client
from tests.rounds.conftest import DAY, EVENING, HOUR, MINUTE, at, flag_ids

FAR = {"lat": 31.5, "lon": 104.03, "accuracy": 9.0}


def iso(after):
    return (EVENING + after).isoformat()


def body(kind="start", after=MINUTE, **changes):
    sent = {"client_uuid": str(uuid.uuid4()), "kind": kind, "at": iso(after), "sent_at": iso(after)}
    return sent | {"lat": 30.6584, "lon": 104.0325, "accuracy": 8} | changes


@pytest.fixture
def phones(app, night):
    """Return a signed-in client for each of the night's people."""
    with at(MINUTE):
        names = ("anna", "bo", "leader", "committee")
        yield {name: Client(app).signed_in_as(getattr(night, name)) for name in names}


def test_a_round_over_http(phones, night):
    path = f"/shifts/{night.id}"
    first = phones["anna"].post(f"{path}/check-ins", body(code=night.code(MINUTE)))
    assert (first.status_code, first.json["evidence"]) == (201, 3)
    sent = body("checkpoint", 30 * MINUTE, checkpoint_id=night.checkpoints[0].id)
    with at(2 * HOUR):
        last = body("end", 2 * HOUR, code=night.code(2 * HOUR))
        answers = phones["anna"].post(f"{path}/check-ins/batch", {"items": [sent, last]})
        assert [one["status"] for one in answers.json["items"]] == [201, 201]
        again = phones["anna"].post(f"{path}/check-ins", last)
        assert again.status_code == 201
        assert again.json == answers.json["items"][1]["check_in"]
        other = phones["anna"].post(f"{path}/check-ins", last | {"kind": "start"})
        assert (other.status_code, other.json["code"]) == (409, "client_uuid_reused")
        shown = phones["leader"].get(f"{path}/round")
        assert len(shown.json["people"]) == 3
        assert phones["anna"].get(f"{path}/round").json["mine"]["attendance"]["minutes"] == 120
        settled = phones["leader"].post(f"{path}/settlement")
        assert (settled.status_code, settled.json["waiting"]) == (200, 2)
        assert phones["anna"].get("/me/hours").json["total_minutes"] == 120


def test_a_point_of_chinese_maps_is_set_right(phones, night):
    lat, lon = wgs84_to_gcj02(Point(30.6584, 104.0325))
    sent = body(lat=lat, lon=lon, coord_sys="gcj02")
    assert phones["anna"].post(f"/shifts/{night.id}/check-ins", sent).json["evidence"] == 1
    wrong = body(lat=lat, lon=lon, kind="checkpoint", after=30 * MINUTE)
    with at(30 * MINUTE):
        answer = phones["bo"].post(f"/shifts/{night.id}/check-ins", wrong)
    assert answer.json["flags"] == ["far"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"kind": "pause"}, "kind"),
        ({"client_uuid": "1"}, "client_uuid"),
        ({"at": "2026-11-20T19:00:00"}, "at"),
        ({"lat": 91}, "lat"),
        ({"accuracy": -1}, "accuracy"),
        ({"coord_sys": "bd09"}, "coord_sys"),
        ({"code": "x" * 201}, "code"),
        ({"checkpoint_id": 0}, "checkpoint_id"),
        ({"checkpoint_id": 999_999}, "checkpoint_id"),
        ({"evidence": 5}, "evidence"),
    ],
)
def test_a_bad_check_in_is_told_what_is_wrong(phones, night, change, field):
    answer = phones["anna"].post(f"/shifts/{night.id}/check-ins", body(**change))
    assert answer.status_code == 422
    assert [fault["field"] for fault in answer.json["errors"]] == [field]


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("/check-ins", {}),
        ("/check-ins/batch", {"items": []}),
        ("/check-ins/batch", {"items": [{"kind": "start"}]}),
        ("/check-ins/batch", {"items": [{}] * 101}),
        ("/positions", {"points": []}),
        ("/positions", {"points": [{"at": "now", "lat": 1, "lon": 1}]}),
        ("/attestations", {"present": True}),
        ("/attestations", {"resident_id": 1, "present": "yes"}),
        ("/flags/1/answer", {"note": "好"}),
        ("/sos", {"lat": "north"}),
        ("/sos", {"note": ""}),
    ],
)
def test_bad_forms_are_refused(phones, night, path, form):
    assert phones["leader"].post(f"/shifts/{night.id}{path}", form).status_code == 422


def test_what_is_refused_says_why(phones, night):
    path = f"/shifts/{night.id}"
    early = body(after=-5 * HOUR, sent_at=iso(MINUTE))
    answers = {
        "not_on_this_round": phones["committee"].post(f"{path}/check-ins", body()),
        "round_not_yours": phones["anna"].get(f"{path}/code"),
        "round_not_over": phones["leader"].post(f"{path}/settlement"),
        "about_yourself": phones["leader"].post(
            f"{path}/attestations", {"resident_id": night.leader.resident_id, "present": True}
        ),
        "round_not_open": phones["anna"].post(f"{path}/check-ins", early),
        "not_found": phones["anna"].post(f"/shifts/{night.id + 9}/check-ins", body()),
    }
    assert {code: answer.json["code"] for code, answer in answers.items()} == {
        code: code for code in answers
    }


def test_attest_answer_and_track(phones, night):
    path = f"/shifts/{night.id}"
    said = {"resident_id": night.bo.resident_id, "present": True, "note": "一起走的"}
    first = phones["leader"].post(f"{path}/attestations", said, Idempotency_Key="a-1")
    again = phones["leader"].post(f"{path}/attestations", said, Idempotency_Key="a-1")
    assert (first.status_code, first.json["evidence"]) == (201, 4)
    assert again.json == first.json
    assert phones["anna"].post(f"{path}/check-ins", body(**FAR)).json["flags"] == ["far"]
    [flag] = flag_ids(night, night.anna)
    answer = phones["leader"].post(f"{path}/flags/{flag}/answer", {"accepted": False})
    assert (answer.status_code, answer.json["errors"][0]["field"]) == (422, "note")
    answer = phones["leader"].post(f"{path}/flags/{flag}/answer", {"accepted": True})
    assert (answer.status_code, answer.json["flags"]) == (200, 0)
    points = {"points": [{"at": iso(MINUTE), "lat": 30.66, "lon": 104.03, "accuracy": 5}]}
    assert phones["anna"].post(f"{path}/positions", points).json == {"kept": 1, "dropped": 0}


def test_a_call_and_an_appeal(phones, night):
    made = phones["anna"].post(f"/shifts/{night.id}/sos", {"lat": 30.66, "lon": 104.03})
    assert (made.status_code, made.json["state"]) == (201, "open")
    moves = f"/sos/{made.json['id']}/moves"
    assert phones["leader"].post(moves, {"to": "closed"}).status_code == 422
    assert phones["leader"].post(moves, {"to": "acknowledged"}).json["state"] == "acknowledged"
    assert phones["leader"].post(moves, {"to": "acknowledged"}).status_code == 409
    with clock.at(EVENING + 14 * HOUR + 10 * MINUTE):
        settlement.settle_due()
    with clock.at(EVENING + DAY):
        phones = {n: Client(phones["bo"].http.application) for n in ("bo", "leader")}
        for name, phone in phones.items():
            phone.signed_in_as(getattr(night, name))
        [mine] = phones["bo"].get("/me/attendances").json["items"]
        path = f"/attendances/{mine['id']}/appeals"
        assert phones["bo"].post(path, {}).status_code == 422
        asked = phones["bo"].post(path, {"note": "我在"})
        assert asked.status_code == 201
        assert phones["bo"].post(path, {"note": "我在"}).json["code"] == "nothing_to_appeal"
        [waits] = phones["leader"].get("/appeals").json["items"]
        path = f"/appeals/{waits['id']}/answer"
        assert phones["leader"].post(path, {"granted": True}).status_code == 422
        answer = phones["leader"].post(path, {"granted": True, "note": "看见了"})
        assert (answer.status_code, answer.json["minutes"]) == (200, 120)
        assert phones["bo"].get("/me/hours").json["total_minutes"] == 120
