"""A log tells what happened, and nothing that identifies a person or opens something."""

import io
import json
import logging
import os
import subprocess
import sys
import threading

import pytest
import sqlalchemy
from sqlalchemy.exc import IntegrityError

from app.config import ROOT
from app.core import logs, trace
from app.core.db import db
from tools.wechat_sandbox.identities import openid_of, phone_of

PHONE = "13800138000"
OPENID = openid_of("demo:resident")
JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxNyJ9.c2lnbmF0dXJlLW9mLXRva2Vu"
TOKEN = "S1_51Oc47GELp1Fk52Rpf_ss6UQmvvLMG5bor3nqGyw"


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        (f"call {PHONE} now", PHONE),
        (f"call +86{PHONE} now", PHONE),
        (f"call +86 {PHONE} now", PHONE),
        ("call 138 0013 8000", "0013"),
        ("call 138-0013-8000", "0013"),
        (f"电话{PHONE}。", PHONE),
        (f"tel{PHONE}x", PHONE),
        (phone_of("phone:demo:resident"), phone_of("phone:demo:resident")),
        ("abroad +4915112345678", "4915112345678"),
        (f"no such person: {OPENID}", OPENID),
        (f"['{OPENID}']", OPENID),
        ("openid=short", "short"),
        ('{"openid": "short"}', "short"),
        ("{'touser': 'short', 'template_id': 'x'}", "short"),
        (f"Authorization: Bearer {JWT}", JWT),
        ("Authorization: Bearer opaque", "opaque"),
        ("bearer opaque", "opaque"),
        (f"token {JWT} is bad", JWT),
        (f"token {JWT.rpartition('.')[0]} is bad", "eyJzdWIiOiIxNyJ9"),
        (f"refresh {TOKEN}", TOKEN),
        ("GET /cgi-bin/token?appid=wx1&secret=0f9e8d7c", "0f9e8d7c"),
        ("POST https://api.weixin.qq.com/x?access_token=68_abc-DEF&lang=zh", "68_abc-DEF"),
        ("https%3A//x/?access_token%3D68_abc", "68_abc"),
        ("/sns/jscode2session?js_code=0a1B2c&grant_type=authorization_code", "0a1B2c"),
        ("/photos/x/full?expires=1763700000&signature=abcDEF_-123", "abcDEF_-123"),
        ("?code=0a1B2c", "0a1B2c"),
        ("{'code': '0a1B2c'}", "0a1B2c"),
        ('{"session_key": "a+b/c=="}', "a+b/c=="),
        ("AccessToken(access_token='68_abc')", "68_abc"),
        ("sealed_phone='gAAAAABn'", "gAAAAABn"),
        ("reporter_phone: 021-5555", "021-5555"),
        ("postgresql+psycopg://linli:hush@db/linli", "hush"),
        ("redis://:hush@cache/0", "hush"),
        ("DETAIL:  Key (openid)=(oX) already exists.", "oX"),
        ("DETAIL:  Failing row contains (17, 周奶奶, null).", "周奶奶"),
    ],
)
def test_what_identifies_or_opens_is_hidden(text, hidden):
    shown = logs.redacted(text)
    assert hidden not in shown
    assert logs.HIDDEN in shown


@pytest.mark.parametrize(
    "text",
    [
        "wechat stable_token unavailable: no access_token",
        "wechat getuserphonenumber refused: 40029 'invalid code'",
        "hazard 17 in 510105007004001, number CTL-20261120-0001",
        "place_code=510105007004 status_code=500 exit code: 1",
        "postgresql+psycopg://db/linli",
        "1763700000 seconds, 1763700000123 milliseconds, 20261120134501 o'clock",
        "job-core.forget_idempotency_keys-20261120T1920Z",
        "event 12 (hazards.reported): app.notices.reactions.tell_staff failed",
        "{'phone': None}",
    ],
)
def test_what_an_operator_needs_stays(text):
    assert logs.redacted(text) == text


def test_a_line_is_one_json_object(written):
    with trace.traced("r-1"):
        logging.getLogger("app.tests").info("moved %s", "case 17", extra={"fields": {"ms": 3}})
    (line,) = written().splitlines()
    shown = json.loads(line)
    assert shown.pop("time").endswith("Z")
    assert shown.pop("process") > 0
    assert shown == {
        "level": "info",
        "logger": "app.tests",
        "message": "moved case 17",
        "request_id": "r-1",
        "ms": 3,
    }


def test_exceptions_are_clean_too(written):
    def fail():
        msg = f"cannot reach {PHONE} with {JWT}"
        raise OSError(msg)

    try:
        fail()
    except OSError as fault:
        chained = ValueError(f"openid={OPENID}")
        chained.__cause__ = fault
        logging.getLogger("app.tests").exception("failed", exc_info=chained)
    text = written()
    assert "in fail" in text
    for secret in (PHONE, OPENID, JWT):
        assert secret not in text


def test_what_nobody_caught_is_clean_too(written):
    fault = RuntimeError(f"Bearer {JWT}")
    sys.excepthook(RuntimeError, fault, None)
    assert "RuntimeError" in written()
    assert JWT not in written()


def test_a_thread_that_ends_by_a_fault_is_clean_too(written):
    def fail():
        msg = f"Bearer {JWT}"
        raise RuntimeError(msg)

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    assert "a thread ends" in written()
    assert JWT not in written()


@pytest.mark.parametrize("name", ["urllib3.connectionpool", "_granian", "apscheduler", "alembic"])
def test_others_speak_the_same_way_and_only_of_trouble(name, written):
    logging.getLogger(name).warning("phone %s", PHONE)
    logging.getLogger(name).debug("GET /x?secret=y")
    (line,) = written().splitlines()
    assert PHONE not in json.loads(line)["message"]


def test_a_statement_that_fails_tells_no_values(app, written):
    insert = sqlalchemy.text(
        "INSERT INTO residents (openid, name, language, letter_size, created_at)"
        " VALUES (:openid, :name, 'en', 'standard', '2026-11-20')"
    )
    person = {"openid": "a-very-odd-openid", "name": "周奶奶"}
    with db.engine.connect() as connection:
        connection.execute(insert, person)
        with pytest.raises(IntegrityError) as refused:
            connection.execute(insert, person)
    logging.getLogger("app").error("unexpected", exc_info=refused.value)
    assert "IntegrityError" in written()
    assert "a-very-odd-openid" not in written()
    assert "周奶奶" not in written()


GRANIAN = """
import json, logging
from pathlib import Path
from granian.log import LogLevels, configure_logging
configure_logging(LogLevels.warning, json.loads(Path("tools/granian.json").read_text()))
logging.getLogger("_granian").warning("13800138000 was killed")
"""


def test_the_web_servers_own_lines_are_clean_json():
    said = subprocess.run(  # noqa: S603 our own words
        [sys.executable, "-c", GRANIAN],
        env={**os.environ, "LOG_FORMAT": "json"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(said.stderr)["message"] == f"{logs.HIDDEN} was killed"
    assert said.stdout == ""


@pytest.mark.parametrize("kind", logs.FORMATS)
def test_half_characters_stop_no_log(kind):
    record = logging.makeLogRecord({"msg": "name \udc80", "fields": {"what": "x\ud800"}})
    assert logs.formatter(kind).format(record).encode()


def test_plain_lines_cannot_be_forged():
    record = logging.makeLogRecord({"msg": "searched for %s", "args": ("x\n2026 INFO forged",)})
    assert len(logs.formatter("plain").format(record).splitlines()) == 1


def test_installing_twice_writes_once(written):
    stream = io.StringIO()
    logs.install("json", stream)
    logging.getLogger("app.tests").info("once")
    assert len(stream.getvalue().splitlines()) == 1
    assert written() == ""


@pytest.mark.parametrize(
    ("env", "kind"),
    [
        ({"LINLI_ENV": "demo"}, logs.PlainFormatter),
        ({}, logs.JsonFormatter),
        ({"LINLI_ENV": "demo", "LOG_FORMAT": "json"}, logs.JsonFormatter),
    ],
)
def test_the_web_server_itself_follows_the_environment(env, kind, monkeypatch):
    for name in ("LINLI_ENV", "LOG_FORMAT"):
        monkeypatch.delenv(name, raising=False)
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    assert type(logs.from_environment()) is kind


FIELDS = {"method": "GET", "route": "/x/13800138000", "status": 200, "resident_id": None}


@pytest.fixture
def only_ours(written, monkeypatch):
    """Return what lets all lines go to our handler and nowhere else, and gives their stream."""

    def install(kind="json"):
        # Here and not at once: pytest listens anew when the test itself begins.
        monkeypatch.setattr(logging.root, "handlers", [])
        monkeypatch.setattr(logs.time, "time", lambda: 1763700000.25)
        stream = io.StringIO()
        logs.install(kind, stream)
        return stream

    return install


@pytest.mark.parametrize("kind", logs.FORMATS)
def test_what_is_said_with_every_request_is_the_same_line_as_a_records(kind, only_ours):
    stream = only_ours(kind)
    log = logging.getLogger("app.tests")
    with trace.traced("r-1"):
        logs.say(log, "asked\n13800138000", FIELDS)
        log.info("asked\n13800138000", extra={"fields": FIELDS})
    straight, recorded = stream.getvalue().splitlines()
    assert straight == recorded
    assert "13800138000" not in straight
    assert "r-1" in straight


@pytest.mark.parametrize("name", [None, "app", "app.tests"])
def test_whoever_else_listens_gets_a_record_of_it(name, only_ours, monkeypatch):
    stream = only_ours()
    heard = []
    other = logging.Handler()
    monkeypatch.setattr(other, "emit", heard.append)
    logger = logging.getLogger(name)
    monkeypatch.setattr(logger, "handlers", [*logger.handlers, other])
    logs.say(logging.getLogger("app.tests"), "asked", FIELDS)
    assert [record.fields for record in heard] == [FIELDS]
    assert len(stream.getvalue().splitlines()) == 1


def test_who_is_not_to_speak_says_nothing(only_ours, monkeypatch):
    stream = only_ours()
    monkeypatch.setattr(logging.getLogger("app.tests"), "disabled", True)
    logs.say(logging.getLogger("app.tests"), "asked", FIELDS)
    assert stream.getvalue() == ""


def test_a_stream_that_takes_nothing_stops_nobodys_work(only_ours, monkeypatch):
    stream = only_ours()
    monkeypatch.setattr(logging, "raiseExceptions", False)
    stream.close()
    logs.say(logging.getLogger("app.tests"), "asked", FIELDS)
