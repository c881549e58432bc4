"""Our line to WeChat, against the stand-in: what it asks, bears, refuses and never says."""

import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Thread

import pytest

from app.core import clock
from app.core.errors import Problem
from app.core.wechat import (
    AccessToken,
    BadPhoneCode,
    BadSignInCode,
    MemoryTokenStore,
    WeChat,
    WeChatBusy,
    WeChatUnavailable,
)
from bench.servers import free_port
from tools.wechat_sandbox import RunningSandbox, openid_of, phone_of, running_sandbox

PHONE = "phone:demo:resident"
PATIENT = {"timeout": (60, 60), "budget_s": 120}
"""Of a line: whether the machine is slow is another question."""


@pytest.fixture
def sandbox() -> Iterator[RunningSandbox]:
    with running_sandbox() as running:
        yield running


@pytest.fixture
def wechat(sandbox: RunningSandbox) -> Iterator[WeChat]:
    line = line_to(sandbox)
    yield line
    line.close()


def line_to(sandbox: RunningSandbox, **changes) -> WeChat:
    given = {"appid": sandbox.appid, "secret": sandbox.secret, "first_wait_s": 0.001, **PATIENT}
    return WeChat(sandbox.base_url, **(given | changes))


def phone_info(**changes):
    info = {
        "phoneNumber": "15400000001",
        "purePhoneNumber": "15400000001",
        "countryCode": "86",
        "watermark": {"timestamp": 1, "appid": "wxdemo"},
    }
    return {"answer": {"errcode": 0, "phone_info": info | changes}}


# Signing in


def test_a_code_tells_who_somebody_is(wechat):
    identity = wechat.sign_in("demo:resident")
    assert identity.openid == openid_of("demo:resident")
    assert identity.unionid is None


def test_the_session_key_is_dropped(sandbox, wechat, caplog):
    caplog.set_level(logging.DEBUG)
    key = "c2Vzc2lvbi1rZXktb2YtYS10ZXN0"
    answer = {"openid": "o1", "unionid": "u1", "session_key": key}
    sandbox.will_answer(jscode2session=[{"answer": answer}])
    identity = wechat.sign_in("demo:resident")
    assert (identity.openid, identity.unionid) == ("o1", "u1")
    assert key not in repr(identity)
    assert key not in caplog.text


@pytest.mark.parametrize(
    ("errcode", "problem", "status"),
    [
        (40029, BadSignInCode, 401),
        (40163, BadSignInCode, 401),
        (40226, BadSignInCode, 401),
        (45011, WeChatBusy, 429),
        (40013, WeChatUnavailable, 503),
        (40125, WeChatUnavailable, 503),
        (40164, WeChatUnavailable, 503),
        (40001, WeChatUnavailable, 503),
        (99999, WeChatUnavailable, 503),
    ],
)
def test_a_refused_sign_in_is_final(sandbox, wechat, errcode, problem, status):
    sandbox.will_answer(jscode2session=[errcode])
    with pytest.raises(problem) as caught:
        wechat.sign_in("demo:resident")
    assert caught.value.status == status
    assert len(sandbox.calls()) == 1


def test_an_unknown_code_is_a_bad_code(sandbox, wechat):
    with pytest.raises(BadSignInCode):
        wechat.sign_in("071abc")
    assert [call["errcode"] for call in sandbox.calls()] == [40029]


@pytest.mark.parametrize("code", ["", "x" * 513, "码", "\ud800", "a\nb", "a\0"])
def test_what_cannot_be_a_code_is_not_asked(sandbox, wechat, code):
    with pytest.raises(BadSignInCode):
        wechat.sign_in(code)
    with pytest.raises(BadPhoneCode):
        wechat.phone_number(code)
    assert sandbox.calls() == []


@pytest.mark.parametrize("code", ["demo:a&secret=x", "demo:a b", "demo:#", "%00", "../.."])
def test_a_hostile_code_stays_one_field(sandbox, wechat, code):
    with pytest.raises(BadSignInCode):
        wechat.sign_in(code)
    assert [call["errcode"] for call in sandbox.calls()] == [40029]


@pytest.mark.parametrize(
    "fault",
    [-1, {"drop": True}, {"status": 502, "text": "<h1>Bad Gateway</h1>"}, {"status": 500}],
    ids=["busy", "dropped", "bad gateway", "broken"],
)
def test_what_may_pass_is_tried_three_times(sandbox, wechat, fault):
    sandbox.will_answer(jscode2session=[fault, fault])
    assert wechat.sign_in("demo:resident").openid == openid_of("demo:resident")
    assert len(sandbox.calls()) == 3
    sandbox.will_answer(jscode2session=[fault] * 3)
    with pytest.raises(WeChatUnavailable):
        wechat.sign_in("demo:resident")
    assert len(sandbox.calls()) == 6


@pytest.mark.parametrize(
    "fault",
    [
        {"status": 200, "text": "<h1>Welcome to the hotel's network</h1>"},
        {"status": 200, "text": "[" * 100_000},
        {"status": 200, "text": "[]"},
        {"status": 302, "text": ""},
        {"status": 404, "text": ""},
        {"answer": {}},
        {"answer": {"openid": 7}},
        {"answer": {"openid": ""}},
        {"answer": {"errcode": "0", "openid": "o1"}},
    ],
)
def test_an_answer_that_makes_no_sense_is_final(sandbox, wechat, fault):
    sandbox.will_answer(jscode2session=[fault])
    with pytest.raises(WeChatUnavailable):
        wechat.sign_in("demo:resident")
    assert len(sandbox.calls()) == 1


def test_nobody_waits_for_an_answer_longer_than_the_budget(sandbox):
    line = line_to(sandbox, timeout=(5, 5), budget_s=0.3)
    sandbox.will_answer(jscode2session=[{"delay_s": 20}])  # a good answer, too late
    with pytest.raises(WeChatUnavailable):
        line.sign_in("demo:resident")
    line.close()


def test_nobody_tries_again_beyond_the_budget(sandbox):
    line = line_to(sandbox, first_wait_s=1, budget_s=0.3)
    sandbox.will_answer(jscode2session=[-1])
    with pytest.raises(WeChatUnavailable):
        line.sign_in("demo:resident")
    assert len(sandbox.calls()) <= 1
    line.close()


def test_a_server_that_is_not_there_is_unavailable(sandbox):
    gone = f"http://127.0.0.1:{free_port()}"
    line = WeChat(gone, "wxdemo", "demo", first_wait_s=0.001)
    with pytest.raises(WeChatUnavailable):
        line.sign_in("demo:resident")
    line.close()


# The phone number and the access token


def test_a_phone_code_tells_the_number(sandbox, wechat):
    assert wechat.phone_number(PHONE) == phone_of(PHONE)
    assert wechat.phone_number(PHONE, openid_of("demo:resident")) == phone_of(PHONE)
    assert len(sandbox.calls("stable_token")) == 1


def test_a_bad_phone_code_does_not_look_like_a_lost_sign_in(wechat):
    with pytest.raises(BadPhoneCode) as caught:
        wechat.phone_number("demo:resident")
    assert caught.value.status == 422


def test_chinese_is_sent_as_it_is(sandbox, wechat):
    wechat.phone_number(PHONE, openid="用户")
    assert [call["errcode"] for call in sandbox.calls("getuserphonenumber")] == [0]


@pytest.mark.parametrize(
    ("changes", "number"),
    [
        ({}, "15400000001"),
        ({"countryCode": 86}, "15400000001"),
        ({"countryCode": "852", "purePhoneNumber": "51234567"}, "+85251234567"),
        ({"countryCode": 1, "purePhoneNumber": "5550100"}, "+15550100"),
    ],
)
def test_a_foreign_number_names_its_country(sandbox, wechat, changes, number):
    sandbox.will_answer(getuserphonenumber=[phone_info(**changes)])
    assert wechat.phone_number(PHONE) == number


@pytest.mark.parametrize(
    "fault",
    [
        {"answer": {"errcode": 0}},
        {"answer": {"errcode": 0, "phone_info": []}},
        phone_info(watermark={"timestamp": 1, "appid": "wxsomebodyelse"}),
        phone_info(watermark=None),
        phone_info(purePhoneNumber="call me"),
        phone_info(purePhoneNumber=None),
        phone_info(countryCode="eighty-six"),
    ],
)
def test_a_number_that_is_not_ours_to_trust_is_refused(sandbox, wechat, fault):
    sandbox.will_answer(getuserphonenumber=[fault])
    with pytest.raises(WeChatUnavailable):
        wechat.phone_number(PHONE)


def test_a_token_that_ended_early_is_re_read(sandbox, wechat):
    wechat.phone_number(PHONE)
    sandbox.sandbox.account.tokens.expire()
    assert wechat.phone_number(PHONE) == phone_of(PHONE)
    answers = [call["errcode"] for call in sandbox.calls("getuserphonenumber")]
    assert answers == [0, 42001, 0]
    assert len(sandbox.calls("stable_token")) == 2


@pytest.mark.parametrize("errcode", [40001, 40014, 42001])
def test_a_stale_token_is_re_read_once_only(sandbox, wechat, errcode):
    sandbox.will_answer(getuserphonenumber=[errcode, errcode])
    with pytest.raises(WeChatUnavailable):
        wechat.phone_number(PHONE)
    assert len(sandbox.calls("getuserphonenumber")) == 2


def test_other_refusals_do_not_spend_a_token(sandbox, wechat):
    sandbox.will_answer(getuserphonenumber=[47001])
    with pytest.raises(WeChatUnavailable):
        wechat.phone_number(PHONE)
    assert len(sandbox.calls("stable_token")) == 1


@pytest.mark.parametrize(
    "fault", [40013, 40125, 40164, 45011, {"answer": {"access_token": "x"}}, {"answer": {}}]
)
def test_without_a_token_nothing_is_asked(sandbox, wechat, fault):
    sandbox.will_answer(stable_token=[fault])
    with pytest.raises(WeChatUnavailable):
        wechat.phone_number(PHONE)
    assert sandbox.calls("getuserphonenumber") == []


def test_a_busy_server_may_still_deal_a_token(sandbox, wechat):
    sandbox.will_answer(stable_token=[-1, {"drop": True}], getuserphonenumber=[-1, -1])
    assert wechat.phone_number(PHONE) == phone_of(PHONE)


def test_a_token_is_renewed_before_it_ends(sandbox):
    store = MemoryTokenStore(AccessToken("old", clock.now() + timedelta(minutes=3)))
    line = line_to(sandbox, token_store=store)
    assert line.phone_number(PHONE) == phone_of(PHONE)
    assert store.get().value != "old"
    assert len(store.get().value) == 512
    line.close()


def test_many_threads_renew_a_token_once(sandbox, wechat):
    sandbox.will_answer(stable_token=[{"delay_s": 0.1}])
    with ThreadPoolExecutor(16) as pool:
        numbers = set(pool.map(wechat.phone_number, [PHONE] * 32))
    assert numbers == {phone_of(PHONE)}
    assert len(sandbox.calls("stable_token")) == 1
    sandbox.sandbox.account.tokens.expire()
    with ThreadPoolExecutor(16) as pool:
        list(pool.map(wechat.phone_number, [PHONE] * 32))
    assert len(sandbox.calls("stable_token")) == 2


def test_two_lines_share_a_token_through_the_store(sandbox):
    store = MemoryTokenStore()
    lines = [line_to(sandbox, token_store=store) for _ in range(2)]
    for line in lines:
        line.phone_number(PHONE)
        line.close()
    assert len(sandbox.calls("stable_token")) == 1


def test_waiting_for_another_to_renew_ends_with_the_budget(sandbox):
    store = MemoryTokenStore()
    line = line_to(sandbox, token_store=store, budget_s=0.1)
    refused: list[Problem] = []

    def ask() -> None:
        try:
            line.phone_number(PHONE)
        except Problem as problem:
            refused.append(problem)

    def fetch() -> AccessToken:
        thread = Thread(target=ask)
        thread.start()
        thread.join(60)
        return AccessToken("late", clock.now())

    store.renewed(lambda _token: False, fetch, 1)
    assert [type(problem) for problem in refused] == [WeChatUnavailable]
    line.close()


# What is never said


@pytest.mark.parametrize(
    "fault", [-1, 40029, 40125, {"drop": True}, {"status": 502}, {"delay_s": 0.3}]
)
def test_no_secret_is_logged_or_chained(sandbox, caplog, fault):
    caplog.set_level(logging.DEBUG)
    secret = "a-secret-of-this-test"
    line = line_to(sandbox, secret=secret, timeout=(0.1, 0.1))
    sandbox.will_answer(jscode2session=[fault] * 3, stable_token=[fault] * 3)
    for ask in (line.sign_in, line.phone_number):
        with pytest.raises(Problem) as caught:
            ask("demo:resident")
        assert secret not in str(caught.getrepr(style="short", chain=True))
    assert secret not in caplog.text
    assert "app.core.wechat" in caplog.text
    line.close()


def test_the_words_of_a_broken_connection_tell_no_secret(caplog):
    caplog.set_level(logging.DEBUG)
    gone = f"http://127.0.0.1:{free_port()}"
    secret = "a-secret-of-this-test"
    line = WeChat(gone, "wxdemo", secret, first_wait_s=0.001)
    with pytest.raises(WeChatUnavailable) as caught:
        line.sign_in("demo:resident")
    assert secret not in str(caught.getrepr(style="short", chain=True))
    assert "ConnectionError" in caplog.text
    assert secret not in caplog.text
    line.close()


def test_a_token_does_not_show_itself():
    assert "hidden" not in repr(AccessToken("hidden", clock.now()))
