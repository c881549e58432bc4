"""A phone that sends twice creates once, and hears the same answer twice."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.core import clock
from app.core.db import db, read
from app.core.idempotency import KEPT, LONGEST, IdempotencyKey, forget_old_keys
from app.residents.models import Residence
from tests.clients import Client
from tests.crowds import at_once

HOME = {"place_code": "510105007004", "room": "3 单元 201"}


def count(model):
    db.session.rollback()
    return read(select(func.count()).select_from(model)).scalar_one()


def ask(phone, body=HOME, key="key-1"):
    return phone.post("/me/residence", body, Idempotency_Key=key)


def test_the_same_key_and_body_create_once_and_answer_the_same(clients):
    first, second = ask(clients["stranger"]), ask(clients["stranger"])
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json == second.json
    assert first.content_type == second.content_type
    assert count(Residence) == 1


def test_without_a_key_a_second_request_is_a_second_request(clients):
    assert clients["stranger"].post("/me/residence", HOME).status_code == 201
    assert clients["stranger"].post("/me/residence", HOME).status_code == 409


def test_the_same_key_with_another_body_is_a_conflict(clients):
    ask(clients["stranger"])
    answer = ask(clients["stranger"], {**HOME, "room": "elsewhere"})
    assert answer.status_code == 409
    assert answer.json["code"] == "idempotency_key_reused"
    assert count(Residence) == 1


def test_the_same_key_at_another_address_is_a_conflict(clients):
    ask(clients["stranger"])
    answer = clients["stranger"].post("/hazards", HOME, Idempotency_Key="key-1")
    assert answer.status_code in {409, 422}
    assert count(IdempotencyKey) == 1


@pytest.mark.parametrize(
    ("body", "status"),
    [({**HOME, "place_code": "999999999999"}, 422), ({"room": ""}, 422)],
)
def test_a_failed_attempt_leaves_no_key(clients, body, status):
    assert ask(clients["stranger"], body).status_code == status
    assert count(IdempotencyKey) == 0
    assert ask(clients["stranger"]).status_code == 201


def test_a_refused_attempt_leaves_no_key(clients):
    ask(clients["stranger"], key="first")
    assert ask(clients["stranger"], key="second").status_code == 409
    assert count(IdempotencyKey) == 1


def test_somebody_elses_same_key_is_their_own(clients):
    answers = [ask(clients[name]).json for name in ("stranger", "sibling")]
    assert answers[0]["resident"] != answers[1]["resident"]
    assert count(Residence) == 2


def test_the_first_answer_stays_though_the_world_moves_on(clients):
    first = ask(clients["stranger"]).json
    path = f"/residences/{first['id']}/moves"
    assert clients["gridworker"].post(path, {"to": "confirmed"}).status_code == 200
    assert ask(clients["stranger"]).json == first


def test_twenty_taps_at_once_create_once(app, people, clients):
    headers = clients["stranger"].headers

    def tap(_number):
        phone = Client(app)
        phone.headers = headers
        answer = ask(phone)
        return answer.status_code, answer.json

    answers = at_once(app, 20, tap)
    assert [status for status, _ in answers] == [201] * 20
    assert all(answer == answers[0][1] for _, answer in answers)
    assert count(Residence) == 1
    assert count(IdempotencyKey) == 1


@pytest.mark.parametrize("key", ["k", "7" * LONGEST, "a-b_c.d:e/f", "with space"])
def test_a_key_may_be_any_printable_ascii(clients, key):
    assert ask(clients["stranger"], key=key).status_code == 201


@pytest.mark.parametrize(
    "key", ["", "x" * (LONGEST + 1), "钥匙".encode().decode("latin-1"), "a\tb"]
)
def test_a_key_that_is_none_is_refused_by_name(clients, key):
    answer = ask(clients["stranger"], key=key)
    assert answer.status_code == 422
    assert answer.json["errors"][0]["field"] == "Idempotency-Key"
    assert count(Residence) == 0


def test_keys_are_forgotten_when_no_phone_will_send_them_again(clients):
    ask(clients["stranger"])
    with clock.at(clock.now() + KEPT - timedelta(minutes=1)):
        assert forget_old_keys() == 0
    with clock.at(clock.now() + KEPT + timedelta(minutes=1)):
        assert forget_old_keys() == 1
    assert count(IdempotencyKey) == 0
