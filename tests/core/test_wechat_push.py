"""What WeChat pushes: who it is from, what it says, what we record of it."""

import base64
import json
import time

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from app.config import DEMO_PUSH_KEY
from app.core import pushes
from app.core.db import read
from app.core.outbox import OutboxEvent
from app.core.pushes import PhotoChecked, SubscriptionsChanged, WeChatPush
from app.core.wechat_push import (
    NotFromWeChat,
    Unreadable,
    check_echo,
    decrypted,
    encrypted,
    facts_in,
    name_of,
    opened,
    parsed,
    signature,
)

NOW = 1_714_112_445
KEY = "A" * 43
APPID = "wxba5fad812f8e6fb9"
CHECKED = {
    "ToUserName": "gh_1",
    "FromUserName": "o1",
    "CreateTime": 1626959646,
    "MsgType": "event",
    "Event": "wxa_media_check",
    "appid": "wxdemo",
    "trace_id": "60f96f1d-3845297a-1976a3ae",
    "version": 2,
    "detail": [{"strategy": "content_model", "errcode": 0, "suggest": "risky", "label": 20002}],
    "errcode": 0,
    "errmsg": "ok",
    "result": {"suggest": "risky", "label": 20002},
}
ANSWER = {"TemplateId": "t1", "SubscribeStatusString": "accept", "PopupScene": 0}


def subscription(kind, found, **changes):
    base = {"FromUserName": "o1", "CreateTime": "1610969440", "MsgType": "event"}
    return base | {"Event": f"subscribe_msg_{kind}_event", "List": found} | changes


def query(sealed=None, at=None, nonce="n1", **known):
    """Return the query of a push that is WeChat's."""
    at = str(int(time.time()) if at is None else at)
    token = known.get("token", "demo")
    more = [] if sealed is None else [sealed]
    name = "signature" if sealed is None else "msg_signature"
    return {"timestamp": at, "nonce": nonce, name: signature(token, at, nonce, *more)}


def sealed_push(said, key=KEY, appid=APPID, **how):
    hidden = encrypted(orjson.dumps(said), key, appid, b"0123456789abcdef")
    return orjson.dumps({"ToUserName": "gh_1", "Encrypt": hidden}), query(sealed=hidden, **how)


def read_push(body, asked, **changes):
    given = {"token": "demo", "key": KEY, "appid": APPID, "now": NOW}
    return opened(body, asked, **(given | changes))


# Signatures and encryption


OFFICIAL = (
    "+qdx1OKCy+5JPCBFWw70tm0fJGb2Jmeia4FCB7kao+/Q5c/ohsOzQHi8khUOb05JCpj0JB4RvQMkUyus8TPxLKJGQqcv"
    "ZqzDpVzazhZv6JsXUnnR8XGT740XgXZUXQ7vJVnAG+tE8NUd4yFyjPy7GgiaviNrlCTj+l5kdfMuFUPpRSrfMZuMcp3F"
    "n2Pede2IuQrKEYwKSqFIZoNqJ4M8EajAsjLY2km32IIjdf8YL/P50F7mStwntrA2cPDrM1kb6mOcfBgRtWygb3VIYnSe"
    "OBrebufAlr7F9mFUPAJGj04="
)


def test_the_official_vector():
    asked = {
        "signature": "6c5c811b55cc85e0e1b54100749188c20beb3f5d",
        "timestamp": "1714112445",
        "nonce": "415670741",
        "encrypt_type": "aes",
        "msg_signature": "046e02f8204d34f8ba5fa3b1db94908f3df2e9b3",
    }
    body = orjson.dumps({"ToUserName": "gh_97417a04a28d", "Encrypt": OFFICIAL})
    assert read_push(body, asked, token="AAAAA") == {
        "ToUserName": "gh_97417a04a28d",
        "FromUserName": "o9AgO5Kd5ggOC-bXrbNODIiE3bGY",
        "CreateTime": 1714112445,
        "MsgType": "event",
        "Event": "debug_demo",
        "debug_str": "hello world",
    }
    # Right for the plain mode; it says nothing of the body.
    with pytest.raises(NotFromWeChat):
        read_push(body, asked | {"msg_signature": asked["signature"]}, token="AAAAA")


def test_the_official_answer_is_encrypted_as_officially():
    assert encrypted(b'{"demo_resp":"good luck"}', KEY, APPID, b"707722b803182950") == (
        "ELGduP2YcVatjqIS+eZbp80MNLoAUWvzzyJxgGzxZO/5sAvd070Bs6qrLARC9nVHm48Y4hyRbtzve1L32tmxSQ=="
    )


def test_the_echo_is_given_to_whoever_knows_the_token():
    asked = {
        "signature": "f464b24fc39322e44b38aa78f5edd27bd1441696",
        "timestamp": "1714036504",
        "nonce": "1514711492",
        "echostr": "4375120948345356249",
    }
    assert check_echo("AAAAA", asked, NOW) == "4375120948345356249"
    for wrong in ({"nonce": "1"}, {"signature": ""}, {"signature": "é"}, {"timestamp": "x"}):
        with pytest.raises(NotFromWeChat):
            check_echo("AAAAA", asked | wrong, NOW)
    with pytest.raises(NotFromWeChat):
        check_echo("", asked | {"signature": signature("", "1714036504", "1514711492")}, NOW)
    with pytest.raises(NotFromWeChat):
        check_echo("AAAAA", asked, NOW + 86_400)


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_what_was_encrypted_is_read_again(message):
    hidden = encrypted(message, KEY, APPID, b"0123456789abcdef")
    assert decrypted(hidden, KEY, APPID) == message
    assert len(base64.b64decode(hidden)) % 32 == 0


def test_a_safe_push_is_read():
    assert read_push(*sealed_push(CHECKED, at=NOW)) == CHECKED


@pytest.mark.parametrize(
    "changes",
    [{"appid": "wxother"}, {"key": "B" * 42 + "A"}, {"token": "x"}, {"token": ""}, {"now": 0}],
)
def test_a_push_to_somebody_else_or_of_another_time_is_not_ours(changes):
    with pytest.raises(NotFromWeChat):
        read_push(*sealed_push(CHECKED, at=NOW), **changes)


@pytest.mark.parametrize(
    "hidden", ["", "AAAA", "not base64", "A" * 44, base64.b64encode(b"0" * 64)]
)
def test_a_signed_push_that_cannot_be_decrypted_is_refused(hidden):
    hidden = hidden if isinstance(hidden, str) else hidden.decode()
    with pytest.raises(NotFromWeChat):
        read_push(orjson.dumps({"Encrypt": hidden}), query(sealed=hidden, at=NOW))


def test_a_plain_push_is_not_believed_where_there_is_a_key():
    body = orjson.dumps(CHECKED)
    assert read_push(body, query(at=NOW), key="") == CHECKED
    with pytest.raises(NotFromWeChat):
        read_push(body, query(at=NOW))
    with pytest.raises(NotFromWeChat):
        read_push(b"nothing", query(at=NOW))


def test_the_body_of_a_safe_push_cannot_be_exchanged():
    _, asked = sealed_push(CHECKED, at=NOW)
    other, _ = sealed_push(CHECKED | {"trace_id": "another"}, at=NOW)
    with pytest.raises(NotFromWeChat):
        read_push(other, asked)


# JSON and XML


def test_xml_is_understood_like_json():
    body = b"""<xml><FromUserName><![CDATA[o1]]></FromUserName><CreateTime>1610969440</CreateTime>
    <Event><![CDATA[subscribe_msg_popup_event]]></Event><SubscribeMsgPopupEvent>
    <List><TemplateId>t1</TemplateId><SubscribeStatusString>accept</SubscribeStatusString></List>
    <List><TemplateId>t2</TemplateId><SubscribeStatusString>reject</SubscribeStatusString></List>
    </SubscribeMsgPopupEvent></xml>"""
    (fact,) = facts_in(parsed(body))
    assert fact.answers == {"t1": "accept", "t2": "reject"}
    assert (fact.openid, fact.at) == ("o1", 1610969440)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"7",
        b"{",
        b"\xff",
        b"<xml>",
        b"<xml/>",
        b"<a>text</a>",
        b"<a>" * 500,
        b"<!DOCTYPE a [<!ENTITY x 'y'>]><a><b>&x;</b></a>",
        b"<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a><b>1</b></a>",
        b"<a><b>&x;</b></a>",
    ],
)
def test_what_is_neither_is_refused(body):
    with pytest.raises(Unreadable):
        parsed(body)


# What is in it


@pytest.mark.parametrize(
    ("changes", "suggest", "label"),
    [
        ({}, "risky", 20002),
        ({"result": {"suggest": "pass", "label": "100"}}, "pass", 100),
        ({"errcode": -1008}, "review", 0),
        ({"errcode": "0"}, "risky", 20002),
        ({"result": {"suggest": "splendid", "label": 100}}, "review", 0),
        ({"result": None}, "review", 0),
        ({"detail": CHECKED["detail"][0]}, "risky", 20002),
    ],
)
def test_a_checked_photo_is_told(changes, suggest, label):
    assert facts_in(CHECKED | changes) == [PhotoChecked(CHECKED["trace_id"], suggest, label)]


@pytest.mark.parametrize(
    ("said", "source", "answers"),
    [
        (subscription("popup", [ANSWER]), "popup", {"t1": "accept"}),
        (subscription("popup", ANSWER), "popup", {"t1": "accept"}),
        (
            subscription("popup", [ANSWER, {**ANSWER, "TemplateId": "t2"}, {"TemplateId": 7}, "x"]),
            "popup",
            {"t1": "accept", "t2": "accept"},
        ),
        (
            subscription("change", {"TemplateId": "t1", "SubscribeStatusString": "reject"}),
            "change",
            {"t1": "reject"},
        ),
        (
            subscription("sent", {"TemplateId": "t1", "ErrorCode": "0", "MsgID": "7"}),
            "sent",
            {"t1": "accept"},
        ),
        (
            subscription("sent", [{"TemplateId": "t1", "ErrorCode": 43101}]),
            "sent",
            {"t1": "reject"},
        ),
    ],
)
def test_answers_are_told(said, source, answers):
    assert facts_in(said) == [
        SubscriptionsChanged("o1", answers, source, name_of(said), 1610969440)
    ]


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"Event": "user_enter_tempsession"},
        {"Event": ["list"]} | {"Event": "kf"},
        CHECKED | {"trace_id": None},
        subscription("popup", []),
        subscription("popup", None),
        subscription("popup", 7),
        subscription("popup", [ANSWER], FromUserName=None),
    ],
)
def test_what_says_nothing_is_nothing(said):
    assert facts_in(said) == []


@pytest.mark.parametrize("number", ["9" * 5000, "1e3", "²", None, 1.5, [], "-5"])
def test_an_odd_number_is_no_trouble(number):
    (fact,) = facts_in(subscription("popup", ANSWER, CreateTime=number))
    assert fact.at in {0, -5}


def test_the_name_is_that_of_what_is_said():
    assert name_of({"a": 1, "b": 2}) == name_of({"b": 2, "a": 1}) != name_of({"a": 1, "b": 3})


# The endpoint


def recorded():
    return [row.payload for row in read(select(OutboxEvent.payload)).all()]


def pushed(client, said, **how):
    body, asked = sealed_push(said, key=DEMO_PUSH_KEY, appid="wxdemo", **how)
    return client.http.post("/wechat/push", data=body, query_string=asked)


def test_a_push_is_recorded_once_however_often_it_comes(client):
    for nonce in ("n1", "n1", "n2"):
        answer = pushed(client, CHECKED, nonce=nonce)
        assert (answer.status_code, answer.text) == (200, "success")
    assert recorded() == [{"trace_id": CHECKED["trace_id"], "suggest": "risky", "label": 20002}]


def test_another_push_is_another(client):
    pushed(client, subscription("popup", ANSWER))
    pushed(client, subscription("popup", ANSWER, CreateTime=1610969441))
    assert [found["answers"] for found in recorded()] == [{"t1": "accept"}] * 2


def test_what_is_not_for_us_is_taken_and_forgotten(client):
    assert pushed(client, {"Event": "something_new"}).text == "success"
    assert recorded() == []
    assert read(select(func.count(WeChatPush.id))).scalar_one() == 0


def test_a_push_that_is_not_wechats_is_refused_in_our_shape(client, caplog):
    body, asked = sealed_push(CHECKED, key=DEMO_PUSH_KEY, appid="wxdemo", token="guessed")
    for answer in (
        client.http.post("/wechat/push", data=body, query_string=asked),
        client.http.post("/wechat/push", data=json.dumps(CHECKED), query_string=query()),
        client.http.post("/wechat/push"),
        client.http.get("/wechat/push", query_string=query(token="guessed")),
    ):
        assert answer.status_code == 403
        assert answer.mimetype == "application/problem+json"
        assert answer.json["code"] == "forbidden"
    assert recorded() == []
    assert "not from WeChat" in caplog.text


def test_a_push_that_is_wechats_and_no_object_is_a_bad_request(client):
    assert pushed(client, [1]).status_code == 400


def test_a_push_that_is_much_too_long_is_not_read(client):
    assert client.http.post("/wechat/push", data=b"x" * 300_000).status_code == 413


def test_the_console_gets_its_echo(client):
    answer = client.http.get("/wechat/push", query_string=query() | {"echostr": "<b>7</b>"})
    assert (answer.status_code, answer.text) == (200, "<b>7</b>")
    assert answer.mimetype == "text/plain"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_old_names_are_forgotten(client, monkeypatch):
    pushed(client, CHECKED)
    assert pushes.forget_old() == 0
    monkeypatch.setattr(pushes, "KEPT", -pushes.KEPT)
    assert pushes.forget_old() == 1
