"""From a planned campaign to a certificate and a seat on a shift, through HTTP alone.

Every fact and every delivery happens twice, and nothing may happen twice.
"""

import json
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from app.campaigns import clockwork
from app.core import clock, deliveries, outbox
from app.core.db import changed_rows, writing
from app.core.deliveries import Delivery
from app.core.outbox import OutboxEvent
from app.quizzes import bank
from tests.clients import Client
from tests.quizzes.conftest import answer_all, question

COMMUNITY, HOUSE = "510105007004", "510105007004001001"
MORNING = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
"""Friday, 09:00 in Shanghai."""
PROFILE = {
    "birth_year": 1990,
    "skills": [],
    "emergency_contact": {"name": "家人", "phone": "15400000000"},
    "consent": True,
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


def happen_twice():
    """Let the clock, the facts and the deliveries do their work, and all of it once more."""
    for _ in range(2):
        clockwork.keep_time()
        while outbox.deliver_due() or deliveries.deliver_due():
            pass
        with writing():
            changed_rows(update(OutboxEvent).values(delivered_at=None, try_at=clock.now()))
            again = update(Delivery).where(Delivery.kind == "campaigns.tell")
            changed_rows(again.values(state=deliveries.WAITING, due_at=clock.now()))


def kinds(client):
    return [one["kind"] for one in said(client.get("/notices"))["items"]]


def moves_in(resident, gridworker):
    """Say where one lives, and have it confirmed."""
    houses = said(resident.get("/places", within=HOUSE))["items"]
    home = {"place_code": COMMUNITY, "building_id": houses[0]["id"], "room": "1-101"}
    asked = said(resident.post("/me/residence", home), 201)
    said(gridworker.post(f"/residences/{asked['id']}/moves", {"to": "confirmed"}))


def test_a_campaign_of_a_building_leads_to_a_seat(app, phone, tmp_path):
    with clock.at(MORNING):
        load_questions(tmp_path / "made.json")
        committee, neighbour, me = phone("committee"), phone("neighbour"), phone("resident")
        moves_in(me, phone("gridworker"))
        said(me.put("/me/volunteer", PROFILE))
        today = clock.shanghai_day(clock.now())
        shift = plan_shift(committee, today + timedelta(days=9))
        campaign = said(
            committee.post(
                "/campaigns",
                {
                    "place_code": COMMUNITY,
                    "title": {"zh": "1 栋消防答题"},
                    "first_day": (today + timedelta(days=1)).isoformat(),
                    "last_day": (today + timedelta(days=7)).isoformat(),
                    "places": [HOUSE],
                    "topics": ["fire"],
                    "question_count": 4,
                    "pass_percent": 75,
                    "wait_hours": 1,
                    "skill": "fire_safety",
                    "skill_months": 6,
                },
            ),
            201,
        )
        here = f"/campaigns/{campaign['id']}"
        [announce, _] = campaign["moves"]
        said(committee.post(f"{here}/moves", {"to": announce["to"]}))
        happen_twice()
        assert kinds(me).count("campaign_announced") == 1
        assert "campaign_announced" not in kinds(neighbour)
        assert neighbour.get(here).status_code == 404
        assert me.post(f"{here}/attempts").status_code == 409
        refusal = me.post(f"/shifts/{shift}/signups")
        assert (refusal.status_code, refusal.json["code"]) == (409, "not_qualified")
        assert refusal.json["errors"][0]["code"] == "needs_fire_safety"
    with clock.at(MORNING + timedelta(days=1)):
        happen_twice()
        failed = take(me, here, right=2)
        assert failed["result"]["verdict"]["passed"] is False
        assert me.post(f"{here}/attempts").json["code"] == "try_too_soon"
    with clock.at(MORNING + timedelta(days=1, hours=2)):
        passed = take(me, here, right=4)["result"]
        number = passed["verdict"]["certificate_number"]
        assert (passed["verdict"]["passed"], passed["points"]) == (True, 5)
        assert said(me.get("/me/points"))["balance"] == 5
        certificate = said(me.get(f"{here}/certificate"))
        assert (certificate["number"], certificate["skill"]) == (number, "fire_safety")
        anybody = said(Client(app).get(f"/campaign-certificates/{number}"))
        assert (anybody["state"], anybody["name"]) == ("valid", "周**")
        assert said(me.post(f"/shifts/{shift}/signups"), 201)["state"] == "joined"
    with clock.at(MORNING + timedelta(days=6)):
        happen_twice()
        assert "campaign_ending" not in kinds(me)
    with clock.at(MORNING + timedelta(days=8)):
        happen_twice()
        over = said(committee.get(here))
        assert [line["move"] for line in over["history"]] == ["plan", "announce", "open", "close"]
        assert said(me.get(here))["mine"]["certificate_number"] == number
        gone = {"reason": "他人代答"}
        said(committee.post(f"/campaign-certificates/{number}/revocation", gone))
        happen_twice()
        assert kinds(me).count("pass_revoked") == 1
        assert said(Client(app).get(f"/campaign-certificates/{number}"))["state"] == "revoked"
        assert said(me.get("/me/points"))["balance"] == 0


def load_questions(path):
    written = [question(n, topic="fire") for n in range(8)]
    path.write_text(json.dumps({"questions": written}), encoding="utf-8")
    bank.import_bank(path)


def plan_shift(committee, day):
    begins = f"{day}T19:30:00+08:00"
    shift = {
        "title": "防火夜巡",
        "place_code": COMMUNITY,
        "starts_at": begins,
        "ends_at": f"{day}T21:00:00+08:00",
        "capacity": 2,
        "minimum": 1,
        "skills": ["fire_safety"],
    }
    return said(committee.post("/shifts", shift), 201)["id"]


def take(client, here, right):
    attempt = said(client.post(f"{here}/attempts"))
    assert said(client.post(f"{here}/attempts"))["attempt_id"] == attempt["attempt_id"]
    answer_all(client, attempt, right)
    return said(client.post(f"/attempts/{attempt['attempt_id']}/finish"))
