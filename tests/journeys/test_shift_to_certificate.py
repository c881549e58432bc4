"""From a planned shift to a certificate, through HTTP alone; every fact is delivered twice."""

import uuid
from datetime import datetime, time, timedelta

import pytest
from sqlalchemy import update

from app.core import clock, outbox
from app.core.clock import SHANGHAI
from app.core.db import changed_rows, writing
from app.core.outbox import OutboxEvent
from tests.clients import Client

GRID = "510105007004001"
SPOTS = (("1 栋门口", 30.658429, 104.032587), ("4 栋车棚", 30.656449, 104.033505))
PROFILE = {
    "birth_year": 1990,
    "skills": ["first_aid"],
    "emergency_contact": {"name": "家人", "phone": "15400000000"},
    "consent": True,
    "location_consent": True,
}


@pytest.fixture
def phone(app, people):
    """A phone in somebody's hand, signed in with their WeChat code."""

    def hand(who):
        client = Client(app)
        client.sign_in(f"demo:{who}")
        return client

    return hand


def said(answer, status=200):
    assert answer.status_code == status, answer.json
    return answer.json


def volunteer(client, **given):
    said(client.put("/me/volunteer", PROFILE | given))
    return client


def happen_twice():
    """Deliver what has happened, and then all of it once more, as after a crash."""
    while outbox.deliver_due():
        pass
    with writing():
        changed_rows(update(OutboxEvent).values(delivered_at=None, try_at=clock.now()))
    while outbox.deliver_due():
        pass


def evening():
    """Return half past seven in Shanghai, two days from now."""
    day = clock.shanghai_day(clock.now()) + timedelta(days=2)
    return datetime.combine(day, time(19, 30), SHANGHAI)


def planned(committee, leader_id, begins):
    route = said(
        committee.post(
            "/patrol-routes",
            {
                "place_code": GRID,
                "name": "草堂小区夜巡线",
                "checkpoints": [{"name": n, "lat": lat, "lon": lon} for n, lat, lon in SPOTS],
            },
        ),
        201,
    )
    shift = {
        "title": "草堂小区夜巡",
        "place_code": GRID,
        "route_id": route["id"],
        "leader_id": leader_id,
        "starts_at": begins.isoformat(),
        "ends_at": (begins + timedelta(hours=2)).isoformat(),
        "capacity": 2,
    }
    return route, said(committee.post("/shifts", shift), 201)


def scan(kind, at, spot, **given):
    _, lat, lon = spot
    where = {"lat": lat, "lon": lon, "accuracy": 9, "coord_sys": "wgs84"}
    when = {"at": at.isoformat(), "client_uuid": str(uuid.uuid4())}
    return {"kind": kind, **where, **when, **given}


def walked(person, committee, leader, route, shift, begins):
    """Walk a round: the start with a network, the rest without; returns the hazard found."""
    path = f"/shifts/{shift['id']}"
    with clock.at(begins):
        code = said(leader.get(f"{path}/code"))["text"]
        said(person.post(f"{path}/check-ins", scan("start", begins, SPOTS[0], code=code)), 201)
        said(leader.post(f"{path}/check-ins", scan("start", begins, SPOTS[0])), 201)
    with clock.at(begins + timedelta(minutes=50)):
        hazard = {
            "category": "EBIKE_WIRE",
            "description": "车棚外拉了一根飞线",
            "lat": SPOTS[1][1],
            "lon": SPOTS[1][2],
            "coord_sys": "wgs84",
            "round_id": shift["id"],
        }
        hazard = said(person.post("/hazards", hazard), 201)
    ends = begins + timedelta(hours=2)
    with clock.at(ends):
        last_code = said(leader.get(f"{path}/code"))["text"]
    printed = said(committee.get(f"/patrol-routes/{route['id']}/codes"))["codes"]
    kept = [
        scan("checkpoint", begins + timedelta(minutes=20), SPOTS[0], code=printed[0]["text"]),
        scan("checkpoint", begins + timedelta(minutes=50), SPOTS[1], code=printed[1]["text"]),
        scan("end", ends, SPOTS[0], code=last_code),
    ]
    with clock.at(ends + timedelta(minutes=30)):
        for item in kept:
            item["sent_at"] = clock.now().isoformat()
        for _ in range(2):
            answers = said(person.post(f"{path}/check-ins/batch", {"items": kept}))["items"]
            assert [answer["status"] for answer in answers] == [201, 201, 201]
    return hazard


def solved(worker, reporter, hazard):
    move = f"/hazards/{hazard['id']}/moves"
    photo = said(worker.upload(_jpeg()), 201)["id"]
    me = said(worker.get("/me"))["id"]
    said(worker.post(move, {"to": "accepted"}))
    said(worker.post(move, {"to": "assigned", "assignee_id": me}))
    said(worker.post(move, {"to": "handling"}))
    said(worker.post(move, {"to": "handled", "note": "已拆除", "photo_ids": [photo]}))
    said(reporter.post(move, {"to": "closed", "rating": 5, "solved": True}))


def _jpeg():
    import io  # noqa: PLC0415

    from PIL import Image  # noqa: PLC0415

    content = io.BytesIO()
    Image.new("RGB", (64, 48), "olive").save(content, "JPEG")
    return content.getvalue()


def test_from_a_planned_shift_to_a_certificate_that_anybody_can_verify(app, phone):
    committee, worker = phone("committee"), phone("gridworker")
    leader, grandmother, late = (volunteer(phone(who)) for who in ("neighbour", "resident", "wei"))
    assert phone("passer-by").get("/me/volunteer").status_code == 404
    begins = evening()
    route, shift = planned(committee, said(leader.get("/me"))["id"], begins)
    path = f"/shifts/{shift['id']}"

    # Two seats, three people: the third waits, is offered what the second gives back, and takes it.
    assert said(leader.post(f"{path}/signups"), 201)["state"] == "joined"
    assert said(grandmother.post(f"{path}/signups"), 201)["state"] == "joined"
    assert said(late.post(f"{path}/signups"), 201)["state"] == "waiting"
    said(grandmother.delete(f"{path}/signups/mine"))
    happen_twice()
    [offer] = said(late.get("/me/offers"))["items"]
    said(late.post(f"/offers/{offer['id']}/accept"))
    seen = said(late.get(path))
    assert (seen["taken"], seen["places_left"], seen["my"]["state"]) == (2, 0, "joined")
    feed = said(late.post("/me/calendar"))["url"]
    address = feed[feed.index("/api/") :] if "/api/" in feed else feed[feed.index("/calendar/") :]
    assert b"SUMMARY" in Client(app).get(address).data

    hazard = walked(late, committee, leader, route, shift, begins)
    happen_twice()
    after = begins + timedelta(hours=2, minutes=45)
    with clock.at(after):
        round_ = said(leader.get(f"{path}/round"))
        assert not [flag for person in round_["people"] for flag in person["flags"]]
        said(leader.post(f"{path}/settlement"))
        happen_twice()
        hours = said(late.get("/me/hours"))
        assert (hours["total_minutes"], hours["held_minutes"]) == (120, 0)
        assert said(late.get("/me/points"))["balance"] == 20
        # A hazard is thanked when it is solved, once, and not when it is reported.
        solved(worker, late, hazard)
        happen_twice()
        assert said(late.get("/me/points"))["balance"] == 30
        spend(late, committee)
        certify(app, late, committee)


def spend(person, committee):
    offered = {"place_code": "510105007004", "name": "灭火毯", "cost": 25, "stock": 1}
    reward = said(committee.post("/rewards", offered), 201)
    first = said(person.post(f"/rewards/{reward['id']}/redemptions"), 201)
    again = person.post(f"/rewards/{reward['id']}/redemptions")
    assert again.status_code == 409
    assert said(person.get("/me/points"))["balance"] == 5
    assert said(committee.post("/redemptions/collect", {"code": first["code"]}))["state"] == (
        "collected"
    )


def certify(app, person, committee):
    paper = said(person.post("/certificates", {"remarks": "用于年度评优"}), 201)
    public = said(Client(app).get(f"/certificates/{paper['number']}"))
    assert public["state"] == "in_notice"
    assert public["hours"] == 2
    assert "家人" not in str(public)
    page = Client(app)
    page.headers["Accept"] = "text/html"
    assert "平台记录" in page.get(f"/certificates/{paper['number']}").text
    pdf = Client(app).get(paper["pdf_url"])
    assert pdf.status_code == 200
    assert pdf.data.startswith(b"%PDF-")
    with clock.at(clock.now() + timedelta(days=8)):
        assert said(Client(app).get(f"/certificates/{paper['number']}"))["state"] == "valid"
        said(committee.post(f"/certificates/{paper['number']}/revocation", {"reason": "时长有误"}))
        revoked = said(Client(app).get(f"/certificates/{paper['number']}"))
        assert revoked["state"] == "revoked"
        assert "时长有误" not in str(revoked)
