"""The stand-in speaks the protocol: its answers, its refusals, its controls."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from tools.wechat_sandbox import RunningSandbox, openid_of, phone_of, running_sandbox
from tools.wechat_sandbox.tokens import LIFE_S

ROOT = Path(__file__).parents[2]
SIGN_IN = {
    "appid": "wxdemo",
    "secret": "demo",
    "js_code": "demo:resident",
    "grant_type": "authorization_code",
}
ASK_TOKEN = {"appid": "wxdemo", "secret": "demo", "grant_type": "client_credential"}


class Caller:
    """Speaks raw HTTP to the stand-in, on one connection."""

    def __init__(self, base_url: str) -> None:
        self.base_url = base_url
        self.session = requests.Session()
        self.session.trust_env = False

    def __call__(self, method: str, path: str, **how: object) -> requests.Response:
        return self.session.request(method, self.base_url + path, timeout=60, **how)

    def sign_in(self, **changes: str) -> dict:
        return self("GET", "/sns/jscode2session", params=SIGN_IN | changes).json()

    def token(self, **changes: object) -> dict:
        return self("POST", "/cgi-bin/stable_token", json=ASK_TOKEN | changes).json()

    def phone(self, token: str | None, body: object) -> dict:
        raw = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
        path = "/wxa/business/getuserphonenumber"
        return self("POST", path, params={"access_token": token}, data=raw).json()


@pytest.fixture
def sandbox() -> Iterator[RunningSandbox]:
    with running_sandbox() as running:
        yield running


@pytest.fixture
def call(sandbox: RunningSandbox) -> Iterator[Caller]:
    caller = Caller(sandbox.base_url)
    yield caller
    caller.session.close()


def test_it_says_that_it_is_a_stand_in(call):
    answer = call("GET", "/")
    assert "stand-in" in answer.text
    assert answer.headers["X-Linli-Stand-In"] == "wechat"


def test_a_code_signs_in_as_often_as_it_is_used(call):
    first, second = call.sign_in(), call.sign_in()
    assert first["openid"] == second["openid"] == openid_of("demo:resident")
    assert first.keys() == {"openid", "session_key"}
    assert first["session_key"] != second["session_key"]


@pytest.mark.parametrize(
    ("changes", "errcode"),
    [
        ({"js_code": ""}, 40029),
        ({"js_code": "resident"}, 40029),
        ({"js_code": "demo:no such name"}, 40029),
        ({"js_code": "demo:" + "x" * 41}, 40029),
        ({"appid": "wxother"}, 40013),
        ({"appid": ""}, 41002),
        ({"secret": "wrong"}, 40125),
        ({"grant_type": "password"}, 40002),
    ],
)
def test_sign_in_is_refused_with_wechats_codes(call, changes, errcode):
    assert call.sign_in(**changes)["errcode"] == errcode


def test_the_token_stays_the_same_until_it_is_forced(call):
    first, again, forced = call.token(), call.token(), call.token(force_refresh=True)
    assert first["access_token"] == again["access_token"] != forced["access_token"]
    assert len(first["access_token"]) == 512
    assert first["expires_in"] == LIFE_S
    body = {"code": "phone:demo:resident"}
    assert call.phone(first["access_token"], body)["errcode"] == 0, "the old one overlaps"
    assert call.phone(forced["access_token"], body)["errcode"] == 0


@pytest.mark.parametrize(
    ("body", "errcode"),
    [
        (b"grant_type=client_credential", 41002),
        (b"[]", 41002),
        (b"\xff", 41002),
        (b"[" * 100_000, 41002),
        (json.dumps(ASK_TOKEN | {"appid": "wxother"}).encode(), 40013),
        (json.dumps(ASK_TOKEN | {"secret": "李"}, ensure_ascii=False).encode(), 40125),
        (json.dumps(ASK_TOKEN | {"secret": "李"}).encode(), 40033),
        (json.dumps(ASK_TOKEN | {"grant_type": None}).encode(), 40002),
    ],
)
def test_a_token_is_refused_with_wechats_codes(call, body, errcode):
    assert call("POST", "/cgi-bin/stable_token", data=body).json()["errcode"] == errcode


def test_a_phone_code_gives_a_fictional_number(call):
    token = call.token()["access_token"]
    info = call.phone(token, {"code": "phone:demo:resident"})["phone_info"]
    assert info["phoneNumber"] == info["purePhoneNumber"] == phone_of("phone:demo:resident")
    assert info["watermark"]["appid"] == "wxdemo"


@pytest.mark.parametrize(
    ("body", "errcode"),
    [
        ({"code": "demo:resident"}, 40029),
        ({"code": 7}, 40029),
        ({}, 40029),
        ({"code": "phone:demo:resident", "access_token": "x"}, 47001),
        (b"code=phone:demo:resident", 47001),
        ({"code": "phone:demo:resident", "note": "\x01"}, 0),
        (rb'{"code": "phone:demo:resident", "note": "\u4f60"}', 40033),
        (rb'{"code": "phone:demo:resident", "note": "\\u4f60"}', 0),
    ],
)
def test_a_phone_number_is_refused_with_wechats_codes(call, body, errcode):
    assert call.phone(call.token()["access_token"], body)["errcode"] == errcode


def test_a_token_is_missing_unknown_or_ended(call):
    token, body = call.token()["access_token"], {"code": "phone:demo:resident"}
    assert call.phone(None, body)["errcode"] == 41001
    assert call.phone("made-up", body)["errcode"] == 40001
    assert call("DELETE", "/sandbox/tokens").status_code == 204
    assert call.phone(token, body)["errcode"] == 42001
    assert call.phone(call.token()["access_token"], body)["errcode"] == 0


def test_programmed_answers_are_given_once_and_in_order(call):
    answer = call("PUT", "/sandbox/faults", json={"jscode2session": [-1, {"errcode": 45011}]})
    assert answer.json() == {"left": {"jscode2session": 2}}
    assert [call.sign_in().get("errcode", 0) for _ in range(3)] == [-1, 45011, 0]
    assert call("GET", "/sandbox/faults").json() == {"left": {"jscode2session": 0}}


def test_programmed_answers_need_not_be_wechats(call):
    programme = [{"status": 502, "text": "<h1>Bad Gateway</h1>"}, {"answer": {"openid": 7}}]
    call("PUT", "/sandbox/faults", json={"jscode2session": [*programme, {"drop": True}]})
    answer = call("GET", "/sns/jscode2session", params=SIGN_IN)
    assert (answer.status_code, answer.text) == (502, "<h1>Bad Gateway</h1>")
    assert call.sign_in() == {"openid": 7}
    with pytest.raises(requests.ConnectionError):
        call.sign_in()


@pytest.mark.parametrize(
    "programme",
    [
        [],
        {"no_such_call": []},
        {"jscode2session": -1},
        {"jscode2session": ["-1"]},
        {"jscode2session": [True]},
        {"jscode2session": [{}]},
        {"jscode2session": [{"status": 99}]},
        {"jscode2session": [{"delay_s": 1e9}]},
        {"jscode2session": [{"no_such_part": 1}]},
    ],
)
def test_a_senseless_programme_changes_nothing(call, programme):
    call("PUT", "/sandbox/faults", json={"stable_token": [-1]})
    assert call("PUT", "/sandbox/faults", json=programme).status_code == 400
    assert call("GET", "/sandbox/faults").json() == {"left": {"stable_token": 1}}
    assert call("DELETE", "/sandbox/faults").status_code == 204
    assert call("GET", "/sandbox/faults").json() == {"left": {}}


def test_the_ledger_tells_the_calls_and_no_secrets(call):
    token = call.token()["access_token"]
    session_key = call.sign_in()["session_key"]
    call.sign_in(js_code="071abcREALCODE")
    call.phone(token, {"code": "phone:demo:resident"})
    answer = call("GET", "/sandbox/ledger")
    told = [(entry["call"], entry["errcode"]) for entry in answer.json()["calls"]]
    assert told == [
        ("stable_token", 0),
        ("jscode2session", 0),
        ("jscode2session", 40029),
        ("getuserphonenumber", 0),
    ]
    for secret in (token, session_key, '"demo"', "REALCODE"):
        assert secret not in answer.text
    of_one = call("GET", "/sandbox/ledger", params={"call": "stable_token"})
    assert len(of_one.json()["calls"]) == 1
    assert call("DELETE", "/sandbox/ledger").status_code == 204
    assert call("GET", "/sandbox/ledger").json() == {"calls": []}


def test_it_runs_alone_and_stops_when_told():
    command = [sys.executable, "-W", "error", "-m", "tools.wechat_sandbox", "--port", "0"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603
        assert "stand-in" in process.stdout.readline()
        base_url = process.stdout.readline().removeprefix("Listening on ").strip()
        call = Caller(base_url)
        assert call.sign_in()["openid"] == openid_of("demo:resident")
        call.session.close()
        process.terminate()
        assert process.wait(timeout=60) == 0


def test_a_taken_port_is_said_plainly(sandbox):
    port = sandbox.base_url.rpartition(":")[2]
    command = [sys.executable, "-m", "tools.wechat_sandbox", "--port", port]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603
    assert ended.returncode == 1
    assert f"Cannot listen on 127.0.0.1:{port}" in ended.stderr
