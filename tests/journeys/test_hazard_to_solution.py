"""A hazard's whole way, through HTTP alone, signed in through the stand-in WeChat server."""

import io

import pytest
from PIL import Image

from tests.clients import Client

WHERE = {"lat": 30.6574, "lon": 104.0343, "coord_sys": "wgs84"}


@pytest.fixture
def phone(app, people):
    """A phone in somebody's hand, signed in with their WeChat code."""

    def hand(who):
        client = Client(app)
        client.sign_in(f"demo:{who}")
        return client

    return hand


def picture():
    content = io.BytesIO()
    Image.new("RGB", (1200, 900), "orange").save(content, "JPEG")
    return content.getvalue()


def photo(client):
    answer = client.upload(picture())
    assert answer.status_code == 201, answer.json
    return answer.json["id"]


def move(client, case, to, **given):
    answer = client.post(f"/hazards/{case['id']}/moves", {"to": to, **given})
    assert answer.status_code == 200, answer.json
    return answer.json


def offered(client, case):
    found = client.get(f"/hazards/{case['id']}").json
    return {offer["move"] for offer in found["moves"]}


def test_from_a_blocked_fire_lane_to_a_confirmed_solution(phone):
    grandmother, worker, committee = phone("resident"), phone("gridworker"), phone("committee")
    case = grandmother.post(
        "/hazards",
        {
            "category": "FIRE_LANE",
            "description": "消防通道堵了",
            "photo_ids": [photo(grandmother)],
            **WHERE,
        },
        Idempotency_Key="one-tap",
    ).json
    assert case["expected_by"] > case["reported_at"]
    assert offered(grandmother, case) == {"withdraw"}

    task = worker.get("/tasks").json["items"][0]
    assert task["number"] == case["number"]
    case = move(worker, task, "accepted")
    assert case["due_at"]
    myself = worker.get("/me").json["id"]
    move(worker, case, "assigned", assignee_id=myself)
    move(worker, case, "handling")
    move(worker, case, "handled", note="已挪车", photo_ids=[photo(worker)])
    assert worker.get("/tasks").json["items"] == []

    assert offered(grandmother, case) == {"confirm", "not_solved"}
    case = move(grandmother, case, "handling", solved=False, note="又停上了")
    assert case["assignee"]["id"] == myself
    move(worker, case, "handled", note="装了隔离桩", photo_ids=[photo(worker)])
    case = move(grandmother, case, "closed", rating=5, solved=True)
    assert offered(grandmother, case) == {"reopen"}

    kinds = [shown["kind"] for shown in case["photos"]]
    assert kinds == ["before", "after", "after"]
    shown = grandmother.get(case["photos"][0]["url"])
    assert shown.mimetype == "image/jpeg"

    figures = committee.get("/committees/510105007004/overview").json
    assert figures["totals"]["closed"] == 1
    assert figures["rates"]["satisfied"]["numerator"] == 1


def test_a_refusal_an_appeal_and_a_second_look(phone):
    resident, worker = phone("resident"), phone("gridworker2")
    case = resident.post(
        "/hazards", {"category": "WASTE", "description": "垃圾没人收", **WHERE}
    ).json
    move(worker, case, "declined", note="没看到")
    assert offered(resident, case) == {"appeal"}
    move(resident, case, "reported", note="在 6 栋背后")
    case = move(worker, case, "accepted")
    assert [line["move"] for line in case["history"]] == ["report", "decline", "appeal", "accept"]


def test_a_withdrawn_report_is_over_for_everybody(phone):
    resident, worker, neighbour = phone("resident"), phone("gridworker"), phone("neighbour")
    case = resident.post(
        "/hazards", {"category": "WASTE", "description": "已经有人清了", **WHERE}
    ).json
    move(resident, case, "withdrawn")
    assert offered(worker, case) == set()
    assert neighbour.get(f"/hazards/{case['id']}").status_code == 404


def test_putting_off_needs_the_committee(phone):
    resident, worker, committee = phone("resident"), phone("gridworker"), phone("committee")
    case = resident.post("/hazards", {"category": "LIGHT", "description": "路灯不亮", **WHERE}).json
    case = move(worker, case, "accepted")
    move(worker, case, "assigned", assignee_id=worker.get("/me").json["id"])
    move(worker, case, "handling")
    from datetime import UTC, datetime, timedelta  # noqa: PLC0415

    until = (datetime.now(UTC) + timedelta(days=2)).isoformat()
    case = move(worker, case, "suspended", note="等配件", until=until)
    assert case["suspension"]["approved"] is False
    assert offered(committee, case) == {"approve_suspension", "refuse_suspension"}
    case = move(committee, case, "suspended")
    assert case["suspension"]["approved"] is True
    case = move(worker, case, "handling")
    assert case["suspension"] is None


def test_a_new_neighbour_comes_home(phone):
    newcomer, worker = phone("newcomer"), phone("gridworker")
    assert newcomer.get("/me").json["roles"] == []
    asked = newcomer.post("/me/residence", {"place_code": "510105007004001", "room": "3 单元 201"})
    assert asked.status_code == 201, asked.json
    waiting = worker.get("/residences", state="requested").json["items"]
    assert [home["id"] for home in waiting] == [asked.json["id"]]
    done = worker.post(f"/residences/{asked.json['id']}/moves", {"to": "confirmed"})
    assert done.json["state"] == "confirmed"
    me = newcomer.get("/me").json
    assert me["community"] == {"code": "510105007004", "name": "草堂路社区"}
    assert newcomer.get("/hazards").status_code == 200
