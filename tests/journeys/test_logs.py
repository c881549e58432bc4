"""From a request to what reached the outside: one id in the log, and nobody's secrets."""

import json

import pytest
from sqlalchemy import select

from app.core import deliveries, outbox
from app.core.db import read
from app.core.deliveries import Done, Twice, Unsure
from app.core.deployment import wechat
from app.hazards.events import HazardReported
from app.residents.models import Resident
from tests.clients import Client
from tools.wechat_sandbox.identities import openid_of, phone_of

WHERE = {"lat": 30.6574, "lon": 104.0343, "coord_sys": "wgs84"}
OPENID, PHONE = openid_of("demo:resident"), phone_of("phone:demo:resident")
ID = "phone-in-hand-17"


@pytest.fixture
def effects(monkeypatch):
    """Let a report have a reaction that plans deliveries, and one that breaks; all talk."""
    monkeypatch.setattr(outbox, "_reactions", {})
    monkeypatch.setattr(deliveries, "_kinds", dict(deliveries._kinds))

    def ask_wechat(payload):
        assert wechat().phone_number("phone:demo:resident", payload["openid"]) == PHONE
        return Done()

    def break_off(payload):
        raise OSError(f"https://api.weixin.qq.com/x?access_token=abc&openid={payload['openid']}")

    def doubt(payload):
        return Unsure(f"nobody knows about {payload['openid']}, {PHONE}")

    for name, send in (
        ("tests.ask", ask_wechat),
        ("tests.break", break_off),
        ("tests.doubt", doubt),
    ):
        deliveries.delivers(name, twice=Twice.NEVER)(send)

    @outbox.reacts_to(HazardReported)
    def plan(event, _at):
        for name in ("tests.ask", "tests.break", "tests.doubt"):
            deliveries.enqueue(name, f"{event.hazard_id}", {"openid": OPENID})

    @outbox.reacts_to(HazardReported)
    def fail(_event, _at):
        msg = f"cannot tell {OPENID} at {PHONE}"
        raise RuntimeError(msg)


def lines(text):
    return [json.loads(line) for line in text.splitlines()]


def test_one_id_runs_through_and_nobody_is_named(app, people, effects, written):
    phone = Client(app)
    signed_in = phone.sign_in("demo:resident")
    assert phone.put("/me/phone", {"code": "phone:demo:resident"}).status_code == 200
    report = {"category": "WASTE", "description": f"请打 {PHONE}", **WHERE}
    made = phone.post("/hazards", report, X_Request_Id=ID)
    assert made.status_code == 201
    assert made.headers["X-Request-Id"] == ID
    outbox.deliver_due()
    deliveries.deliver_due()
    phone.get(f"/me?token={signed_in['refresh_token']}")
    phone.post("/session", {"code": f"demo:{PHONE}"})
    phone.headers["Authorization"] += "x"
    assert phone.get("/me").status_code == 401

    text = written()
    mine = [line for line in lines(text) if line["request_id"] == ID]
    said = {(line["message"], line.get("kind"), line.get("outcome")) for line in mine}
    assert ("request", None, None) in said
    assert ("reaction", "hazards.reported", None) in said
    assert ("delivery", "tests.ask", "done") in said
    assert ("delivery", "tests.break", "unsure") in said
    assert sum("exception" in line for line in mine) == 2
    assert sum(line["level"] == "warning" for line in mine) == 2  # both are unknown now
    assert given_away(app, text, signed_in) == []


def given_away(app, text, signed_in):
    sealed = read(select(Resident.sealed_phone).where(Resident.openid == OPENID)).scalar_one()
    secrets = {
        "openid": OPENID,
        "phone": PHONE,
        "access token": signed_in["access_token"],
        "its signature": signed_in["access_token"].rpartition(".")[2],
        "refresh token": signed_in["refresh_token"],
        "sealed phone": sealed,
        "WeChat's token": app.extensions["linli_wechat"]._tokens.get().value,
        "WeChat's secret": app.extensions["linli_settings"].wechat_secret,
        "our key": app.config["SECRET_KEY"],
        "what was written": "请打",
        "an address": "127.0.0.1",
    }
    return [name for name, secret in secrets.items() if secret in text]
