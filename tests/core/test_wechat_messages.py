"""A message is sent once, and what became of it is never guessed."""

import logging
import socket
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from app.core.wechat import (
    CheckRefused,
    MessageNotSent,
    MessageRefused,
    MessageUnsure,
    Verdict,
    WeChat,
    WeChatUnavailable,
)
from bench.servers import free_port
from tests.core.test_wechat import PATIENT
from tools.wechat_sandbox import RunningSandbox, openid_of, running_sandbox

OPENID = openid_of("demo:resident")
TEMPLATE = "demo-case-accepted"
DATA = {
    "character_string1": "CD-1120-7",
    "thing2": "楼道堆物",
    "time3": "2026年11月21日 13:05",
    "thing4": "草堂路社区三号楼二单元门口的消防通道那边\n靠墙",
}


@pytest.fixture
def sandbox() -> Iterator[RunningSandbox]:
    with running_sandbox() as running:
        yield running


@pytest.fixture
def wechat(sandbox: RunningSandbox) -> Iterator[WeChat]:
    # A busy machine takes its time to answer.
    line = WeChat(sandbox.base_url, "wxdemo", "demo", first_wait_s=0.001, **PATIENT)
    yield line
    line.close()


def send(wechat: WeChat, **changes) -> None:
    given = {"page": "/pkg-hazards/detail/index?id=7", "data": DATA, "language": "zh-Hans"}
    wechat.send_message(OPENID, TEMPLATE, **(given | changes))


def received(sandbox: RunningSandbox) -> list[dict]:
    return sandbox.sandbox.account.messages.read()


def test_a_message_arrives_with_its_fields_fitted(sandbox, wechat):
    send(wechat, language="en")
    (message,) = received(sandbox)
    assert (message["openid"], message["template_id"]) == (OPENID, TEMPLATE)
    assert message["page"] == "pkg-hazards/detail/index?id=7"
    assert message["lang"] == "en_US"
    assert message["data"]["thing2"] == {"value": "楼道堆物"}
    assert message["data"]["thing4"] == {"value": "草堂路社区三号楼二单元门口的消防通道那…"}


@pytest.mark.parametrize("errcode", [43101, 40003, 40037, 41030, 47001, 47003, 99999])
def test_a_refusal_is_final(sandbox, wechat, errcode):
    sandbox.will_answer(send=[errcode])
    with pytest.raises(MessageRefused) as caught:
        send(wechat)
    assert caught.value.errcode == errcode
    assert len(sandbox.calls("send")) == 1


@pytest.mark.parametrize(
    ("errcode", "at_least"),
    [
        (-1, None),
        (43108, timedelta(seconds=1)),
        (45009, timedelta(hours=1)),
        (45011, timedelta(minutes=1)),
        (40164, timedelta(minutes=1)),
    ],
)
def test_what_passes_was_certainly_not_sent(sandbox, wechat, errcode, at_least):
    sandbox.will_answer(send=[errcode])
    with pytest.raises(MessageNotSent) as caught:
        send(wechat)
    assert len(sandbox.calls("send")) == 1
    assert received(sandbox) == []
    assert caught.value.after is None if at_least is None else caught.value.after >= at_least


@pytest.mark.parametrize(
    "fault",
    [
        {"drop": True},
        {"drop": True, "after": True},
        {"status": 500},
        {"status": 502, "text": "<h1>Bad Gateway</h1>"},
        {"status": 302},
        {"status": 404},
        {"status": 200, "text": "<h1>Welcome to the hotel's network</h1>"},
        {"status": 200, "text": "[]"},
        {"answer": {"errcode": "0"}},
    ],
    ids=str,
)
def test_no_usable_answer_is_unsure_and_asked_once(sandbox, wechat, fault):
    send(wechat)
    sandbox.will_answer(send=[fault])
    with pytest.raises(MessageUnsure):
        send(wechat)
    assert len(sandbox.sandbox.faults.left()) == 1
    assert sandbox.sandbox.faults.left() == {"send": 0}
    assert len(sandbox.calls("send")) <= 2


def test_an_answer_that_takes_too_long_is_unsure(sandbox):
    line = WeChat(
        sandbox.base_url, "wxdemo", "demo", first_wait_s=0.001, timeout=(1, 1), budget_s=120
    )
    sandbox.will_answer(send=[{"delay_s": 20}])
    with pytest.raises(MessageUnsure):
        send(line)
    assert len(sandbox.calls("send")) <= 1
    line.close()


@pytest.mark.parametrize("errcode", [40001, 40014, 42001])
def test_a_stale_token_is_renewed_and_the_message_sent_again(sandbox, wechat, errcode):
    sandbox.will_answer(send=[errcode])
    send(wechat)
    assert len(received(sandbox)) == 1
    assert len(sandbox.calls("stable_token")) == 2


def test_a_token_that_stays_stale_leaves_the_message_unsent(sandbox, wechat):
    sandbox.will_answer(send=[40001, 40001])
    with pytest.raises(MessageNotSent) as caught:
        send(wechat)
    assert caught.value.after
    assert len(sandbox.calls("send")) == 2
    assert received(sandbox) == []


def test_after_a_stale_token_a_refusal_is_a_refusal(sandbox, wechat):
    sandbox.will_answer(send=[42001, 43101])
    with pytest.raises(MessageRefused):
        send(wechat)


@pytest.mark.parametrize("fault", [40164, {"status": 500}, {"drop": True}])
def test_without_a_token_nothing_is_sent(sandbox, wechat, fault):
    sandbox.will_answer(stable_token=[fault] * 3)
    with pytest.raises(MessageNotSent):
        send(wechat)
    assert sandbox.calls("send") == []


def gone_after_the_token(sandbox):
    """Return a line that has its token; then its server goes away."""
    line = WeChat(sandbox.base_url, "wxdemo", "demo", first_wait_s=0.001, **PATIENT)
    send(line)
    return line


def test_a_server_that_is_not_there_has_certainly_not_heard_it():
    with running_sandbox(port=free_port()) as running:
        line = gone_after_the_token(running)
        line.close()
    line = reopened(line, running.base_url)
    with pytest.raises(MessageNotSent, match="NewConnectionError"):
        send(line)
    line.close()


def reopened(line, base_url):
    return WeChat(base_url, "wxdemo", "demo", token_store=line._tokens, **PATIENT)


def test_a_name_that_nobody_has_was_never_asked(sandbox, monkeypatch):
    line = gone_after_the_token(sandbox)

    def unknown(*_):
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(MessageNotSent, match="NameResolutionError"):
        send(reopened(line, "http://wechat.invalid"))
    line.close()


def test_a_connection_that_died_while_idle_is_not_used_again():
    """A server that closes its side meanwhile is noticed before the question goes out."""
    with running_sandbox(port=free_port()) as running:
        line = WeChat(running.base_url, "wxdemo", "demo", **PATIENT)
        send(line)
        port = int(running.base_url.rpartition(":")[2])
    with running_sandbox(port=port) as again:
        again.sandbox.account.tokens._ends[line._tokens.get().value] = float("inf")
        send(line)
        assert len(received(again)) == 1
    line.close()


def test_thirty_two_threads_keep_their_connections(sandbox, wechat, caplog):
    caplog.set_level(logging.WARNING)
    together = threading.Barrier(32)

    def once(_):
        together.wait(300)
        send(wechat)

    with ThreadPoolExecutor(32) as pool:
        list(pool.map(once, range(32)))
    assert len(received(sandbox)) == 32
    assert caplog.text == ""


@pytest.mark.parametrize("fault", [43101, -1, {"drop": True}, {"status": 502}])
def test_what_is_raised_tells_neither_token_nor_person(sandbox, wechat, caplog, fault):
    caplog.set_level(logging.DEBUG)
    send(wechat)
    token = sandbox.sandbox.account.tokens.deal()[0]
    sandbox.will_answer(send=[fault])
    with pytest.raises((MessageRefused, MessageNotSent, MessageUnsure)) as caught:
        send(wechat)
    for said in (str(caught.value), str(caught.getrepr(style="short", chain=True)), caplog.text):
        assert token not in said
        assert OPENID not in said


def test_in_a_storm_of_faults_each_message_is_what_it_is_said_to_be(sandbox):
    """Everybody's number is another, so what arrived can be held to what was said."""
    line = WeChat(sandbox.base_url, "wxdemo", "demo", first_wait_s=0.001, **PATIENT)
    kinds = ("http_5xx", "busy", "40001", "43101", "45009", "drop_before", "drop_after")
    sandbox.sandbox.rates.choose(dict.fromkeys(kinds, 0.1) | {"seed": 3})

    def said(n):
        try:
            send(line, data=DATA | {"character_string1": f"N-{n}"})
        except (MessageRefused, MessageNotSent, MessageUnsure) as error:
            return type(error)
        return None

    with ThreadPoolExecutor(16) as pool:
        outcomes = list(pool.map(said, range(400)))
    line.close()
    arrived = Counter(
        message["data"]["character_string1"]["value"] for message in received(sandbox)
    )
    assert max(arrived.values()) == 1
    by_outcome = {kind: [0, 0] for kind in (None, MessageRefused, MessageNotSent, MessageUnsure)}
    for n, outcome in enumerate(outcomes):
        by_outcome[outcome][arrived[f"N-{n}"]] += 1
    assert by_outcome[None][0] == 0
    assert by_outcome[MessageRefused][1] == 0
    assert by_outcome[MessageNotSent][1] == 0
    assert min(sum(counts) for counts in by_outcome.values()) > 0
    assert min(by_outcome[MessageUnsure]) > 0


# Texts and pictures


@pytest.mark.parametrize(
    ("content", "suggest", "label"),
    [("楼道堆物", "pass", 100), ("赌博", "risky", 20006), ("待审", "review", 21000)],
)
def test_a_text_is_judged(wechat, content, suggest, label):
    verdict = wechat.check_text(OPENID, content)
    assert (verdict.suggest, verdict.label) == (suggest, label)
    assert verdict.trace_id


def test_a_text_that_is_too_long_is_not_asked_about(wechat):
    with pytest.raises(ValueError, match="2501"):
        wechat.check_text(OPENID, "长" * 2501)


def test_who_was_not_here_lately_is_not_judged(sandbox, wechat):
    sandbox.will_answer(msg_sec_check=[61010], media_check_async=[61010])
    assert wechat.check_text(OPENID, "楼道堆物") == Verdict("review", 0, "")
    with pytest.raises(CheckRefused) as caught:
        wechat.check_image(OPENID, "https://linli.example/p.jpg")
    assert caught.value.errcode == 61010


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (40003, CheckRefused),
        (45009, WeChatUnavailable),
        ({"answer": {"errcode": 0}}, WeChatUnavailable),
        ({"status": 200, "text": "?"}, WeChatUnavailable),
    ],
    ids=str,
)
def test_what_is_not_answered_is_not_judged(sandbox, wechat, fault, kind):
    sandbox.will_answer(msg_sec_check=[fault], media_check_async=[fault])
    for ask in (
        lambda: wechat.check_text(OPENID, "楼道堆物"),
        lambda: wechat.check_image(OPENID, "https://linli.example/p.jpg"),
    ):
        with pytest.raises(WeChatUnavailable) as caught:
            ask()
        assert type(caught.value) is kind


def test_an_odd_verdict_is_for_somebody_to_look_at(sandbox, wechat):
    odd = {"errcode": 0, "result": {"suggest": "fine", "label": "?"}, "trace_id": "t"}
    sandbox.will_answer(msg_sec_check=[{"answer": odd}])
    assert wechat.check_text(OPENID, "楼道堆物") == Verdict("review", 0, "t")


def test_a_picture_gets_its_trace(sandbox, wechat):
    trace_id = wechat.check_image(OPENID, "https://linli.example/p.jpg")
    assert [call["trace_id"] for call in sandbox.calls("media_check_async")] == [trace_id]
