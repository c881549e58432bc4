"""Messages, checks and pushes of the stand-in; its faults by chance; the page."""

import http.server
import json
import threading
from collections import Counter
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from app import config
from app.core import texts, wechat_push
from app.core.wechat_fields import fits
from app.notices import rules
from tools.wechat_sandbox import openid_of, pushes, running_sandbox
from tools.wechat_sandbox.pushes import Address
from tools.wechat_sandbox.server import Sandbox
from tools.wechat_sandbox.templates import TEMPLATES

OPENID = openid_of("demo:resident")
KEY = "A" * 43
EXAMPLES = {
    "character_string": "CD-1120-7",
    "thing": "楼道堆物",
    "time": "2026年11月21日 13:05",
    "phrase": "督办中",
}


def data_of(template, **changes):
    kinds = {name: name.rstrip("0123456789") for name in template.labels}
    found = {name: EXAMPLES[kind] for name, kind in kinds.items()} | changes
    return {name: {"value": text} for name, text in found.items() if text is not None}


def message(**changes):
    return {
        "touser": OPENID,
        "template_id": "demo-case-accepted",
        "page": "pkg-hazards/detail/index?id=7",
        "lang": "zh_CN",
        "miniprogram_state": "formal",
        "data": data_of(TEMPLATES[0]),
    } | changes


class Phone:
    """Speaks to the stand-in, with a token."""

    def __init__(self, running):
        self.running, self.base_url = running, running.base_url
        self.session = requests.Session()
        self.session.trust_env = False
        self.token = running.sandbox.account.tokens.deal()[0]

    def __call__(self, method, path, **how):
        return self.session.request(method, self.base_url + path, timeout=60, **how)

    def ask(self, path, body):
        raw = json.dumps(body, ensure_ascii=False).encode()
        return self("POST", path, params={"access_token": self.token}, data=raw)

    def send(self, **changes):
        return self.ask("/cgi-bin/message/subscribe/send", message(**changes)).json()["errcode"]

    def faults(self, **rates):
        return self("PUT", "/sandbox/faults", json=rates)

    def messages(self, **query):
        return self("GET", "/sandbox/messages", params=query).json()


@pytest.fixture
def phone():
    with running_sandbox() as running:
        found = Phone(running)
        yield found
        found.session.close()


def test_a_message_is_received_as_it_was_sent(phone):
    assert phone.send() == 0
    (found,) = phone.messages()
    assert found["openid"] == OPENID
    assert (found["template_id"], found["template"]) == ("demo-case-accepted", "case_accepted")
    assert found["data"] == data_of(TEMPLATES[0])
    assert (found["page"], found["lang"]) == ("pkg-hazards/detail/index?id=7", "zh_CN")
    assert (found["id"], found["time"][-1]) == (1, "Z")
    phone.send()
    assert [entry["id"] for entry in phone.messages(after=1)] == [2]
    assert phone("DELETE", "/sandbox/messages").status_code == 204
    assert phone.messages() == []


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.name)
def test_every_template_takes_what_fits_and_has_names_for_it(phone, template):
    data = data_of(template)
    assert all(fits(name, entry["value"]) for name, entry in data.items())
    template_id = f"demo-{template.name.replace('_', '-')}"
    assert phone.send(template_id=template_id, data=data) == 0
    page = phone("GET", "/sandbox").text
    assert template.title[0] in page
    for chinese, _english in template.labels.values():
        assert chinese in page


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.name)
def test_the_application_has_the_same_templates(template):
    assert set(rules.FIELDS[template.name]) == set(template.labels)
    said = [
        texts.text(f"notices.templates.{template.name}", spoken) for spoken in ("zh-Hans", "en")
    ]
    assert tuple(said) == template.title


def test_there_are_no_other_templates():
    assert sorted(template.name for template in TEMPLATES) == sorted(config.TEMPLATES)


@pytest.mark.parametrize(
    ("changes", "errcode"),
    [
        ({"touser": ""}, 40003),
        ({"touser": "李"}, 40003),
        ({"touser": None}, 40003),
        ({"template_id": "demo-none"}, 40037),
        ({"template_id": None}, 40037),
        ({"page": "/pages/home/index"}, 41030),
        ({"page": "https://elsewhere.example"}, 41030),
        ({"lang": "zh-Hans"}, 47001),
        ({"miniprogram_state": "release"}, 47001),
        ({"data": None}, 47003),
        ({"data": data_of(TEMPLATES[0], thing2="长" * 21)}, 47003),
        ({"data": data_of(TEMPLATES[0], thing2="两\n行")}, 47003),
        ({"data": data_of(TEMPLATES[0], thing2="")}, 47003),
        ({"data": data_of(TEMPLATES[0], thing2=None)}, 47003),
        ({"data": data_of(TEMPLATES[0], thing9="多余")}, 47003),
        ({"data": data_of(TEMPLATES[0], character_string1="编号")}, 47003),
        ({"data": data_of(TEMPLATES[0], time3="2026-11-21")}, 47003),
    ],
)
def test_a_message_is_refused_with_wechats_codes(phone, changes, errcode):
    assert phone.send(**changes) == errcode
    assert phone.messages() == []


def test_the_field_at_fault_is_named(phone):
    body = message(data=data_of(TEMPLATES[0], thing4="长" * 21))
    answer = phone.ask("/cgi-bin/message/subscribe/send", body).json()
    assert "thing4" in answer["errmsg"]


def test_a_quota_is_kept_where_somebody_asks_for_it(phone):
    assert phone("PUT", "/sandbox/quota", json={OPENID: 3}).status_code == 400
    phone("PUT", "/sandbox/quota", json={OPENID: {"demo-case-accepted": 2}})
    assert [phone.send() for _ in range(3)] == [0, 0, 43101]
    phone("DELETE", "/sandbox/quota")
    assert phone.send() == 0


@pytest.mark.parametrize(
    ("content", "suggest"),
    [
        ("楼道堆了很多纸箱", "pass"),
        ("这里有人赌博", "risky"),
        ("违禁品", "risky"),
        ("待审的话", "review"),
    ],
)
def test_texts_are_judged_by_a_few_words(phone, content, suggest):
    asked = {"version": 2, "openid": OPENID, "scene": 3, "content": content}
    answer = phone.ask("/wxa/msg_sec_check", asked).json()
    assert answer["result"]["suggest"] == suggest
    assert phone.ask("/wxa/msg_sec_check", asked | {"scene": 9}).json()["errcode"] == 47001
    assert (
        phone.ask("/wxa/msg_sec_check", asked | {"content": "长" * 2501}).json()["errcode"] == 45002
    )


# Faults by chance


@pytest.mark.parametrize(
    ("kind", "errcode"), [("busy", -1), ("40001", 40001), ("43101", 43101), ("45009", 45009)]
)
def test_a_fault_by_chance_is_answered_and_nothing_received(phone, kind, errcode):
    assert phone.faults(**{kind: 1}).status_code == 200
    assert [phone.send() for _ in range(3)] == [errcode] * 3
    assert phone.messages() == []
    assert phone("GET", "/sandbox/faults").json()["given"] == {kind: 3}
    phone.faults()
    assert phone.send() == 0


def test_a_broken_gateway_receives_nothing(phone):
    phone.faults(http_5xx=1)
    assert phone.ask("/cgi-bin/message/subscribe/send", message()).status_code == 502
    assert phone.messages() == []


@pytest.mark.parametrize(("kind", "received"), [("drop_before", 0), ("drop_after", 1)])
def test_a_dropped_connection_comes_before_or_after(phone, kind, received):
    phone.faults(**{kind: 1})
    with pytest.raises(requests.ConnectionError):
        phone.send()
    assert len(phone.messages()) == received


@pytest.mark.parametrize(("after", "received"), [(False, 0), (True, 1)])
def test_a_programmed_drop_may_come_after(phone, after, received):
    phone.running.will_answer(send=[{"drop": True, "after": after}])
    with pytest.raises(requests.ConnectionError):
        phone.send()
    assert len(phone.messages()) == received


def test_sign_in_and_the_token_are_spared(phone):
    phone.faults(busy=1)
    query = {"appid": "wxdemo", "secret": "demo", "grant_type": "authorization_code"}
    answer = phone("GET", "/sns/jscode2session", params=query | {"js_code": "demo:resident"})
    assert answer.json()["openid"] == OPENID


def test_the_dice_fall_as_often_as_told_and_the_same_way_each_time(phone):
    def thrown():
        phone.faults(busy=0.3, **{"43101": 0.2}, delay=0.5, delay_s=0, seed=7)
        return [phone.send() for _ in range(200)]

    first = thrown()
    assert thrown() == first
    count = Counter(first)
    assert 40 <= count[-1] <= 80
    assert 25 <= count[43101] <= 55
    assert len(phone.messages()) == 2 * count[0]


@pytest.mark.parametrize(
    "rates",
    [
        {"busy": 1.5},
        {"busy": -0.1},
        {"busy": True},
        {"busy": "often"},
        {"busy": 0.6, "drop_after": 0.6},
        {"nothing_such": 1},
        {"delay_s": 99},
        {"seed": "seven"},
        {"busy": 0.5, "no_such_call": [-1]},
    ],
)
def test_senseless_rates_change_nothing(phone, rates):
    phone.faults(busy=1)
    assert phone.faults(**rates).status_code == 400
    assert phone("GET", "/sandbox/faults").json()["rates"] == {"busy": 1}
    assert phone.send() == -1


# Pictures and pushes


class Listener(http.server.BaseHTTPRequestHandler):
    """An application that takes pushes, the second time only, and shows one picture."""

    def do_GET(self):
        self._answer(b"picture" if self.path == "/photo" else b"")

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append((urlsplit(self.path).query, body))
        self._answer(b"success" if len(self.server.got) > 1 else b"not now")

    def _answer(self, body):
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture
def listener(monkeypatch):
    # What is not taken in time is pushed once more; here it is only a busy machine.
    monkeypatch.setattr(pushes, "TIMEOUT_S", 60.0)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Listener)
    server.got = []
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def here(listener):
    return f"http://127.0.0.1:{listener.server_port}"


def read_push(pushed, key):
    query, body = pushed
    asked = {name: values[0] for name, values in parse_qs(query).items()}
    now = float(asked["timestamp"])
    return wechat_push.opened(body, asked, token="demo", key=key, appid="wxdemo", now=now)


@pytest.mark.parametrize("key", ["", KEY])
@pytest.mark.parametrize(
    ("photo", "suggest"), [("/photo", "risky"), ("/gone", "review")], ids=["seen", "gone"]
)
def test_a_picture_is_looked_at_and_the_result_pushed_until_taken(
    listener, here, key, photo, suggest
):
    sandbox = Sandbox(address=Address(f"{here}/wechat/push", "demo", key, 0))
    pushes = sandbox.account.pushes
    pushes.next_photo("risky")
    pushes._look_and_push(OPENID, here + photo, "trace-1", "risky")
    assert len(listener.got) == 2
    for pushed in listener.got:
        (fact,) = wechat_push.facts_in(read_push(pushed, key))
        assert (fact.trace_id, fact.suggest) == ("trace-1", suggest)


def test_a_picture_is_taken_on_and_one_verdict_is_for_one_picture(phone, listener, here):
    listener.got.append(None)
    phone.running.sandbox.account.pushes.address = Address(f"{here}/wechat/push", "demo", "", 0)
    assert phone("PUT", "/sandbox/verdicts", json={"next_photo": "odd"}).status_code == 400
    phone("PUT", "/sandbox/verdicts", json={"next_photo": "risky"})
    told = threading.Event()
    asked = {"version": 2, "openid": OPENID, "scene": 3, "media_type": 2}
    traces = {}
    for suggest in ("risky", "pass"):
        answer = phone.ask("/wxa/media_check_async", asked | {"media_url": f"{here}/photo"}).json()
        traces[answer["trace_id"]] = suggest
    for _ in range(6_000):
        if len(listener.got) == 3:
            break
        told.wait(0.01)
    facts = [wechat_push.facts_in(read_push(pushed, ""))[0] for pushed in listener.got[1:]]
    assert {fact.trace_id: fact.suggest for fact in facts} == traces


def test_any_event_can_be_pushed_by_hand(phone, listener, here):
    phone.running.sandbox.account.pushes.address = Address(f"{here}/wechat/push", "demo", KEY, 0)
    listener.got.append(None)
    assert phone("POST", "/sandbox/pushes", json={"Event": "x"}).json() == {"taken": True}
    assert read_push(listener.got[1], KEY) == {"Event": "x"}


# The page


def test_the_page_shows_who_got_what_and_leads_there(phone):
    assert "还没有收到消息" in phone("GET", "/sandbox").text
    phone.running.sandbox.people[OPENID] = "周奶奶"
    phone.send(data=data_of(TEMPLATES[0], thing4="<b>3 号楼</b>"))
    phone.send(touser="somebody-else")
    page = phone("GET", "/sandbox").text
    port = int(phone.base_url.rpartition(":")[2])
    link = f"http://127.0.0.1:{port - 1}/#/pkg-hazards/detail/index?id=7"
    for words in ("报告受理通知", "周奶奶", "一位居民", "&lt;b&gt;3 号楼", "CD-1120-7", link):
        assert words in page
    assert "<b>3" not in page
    english = phone("GET", "/sandbox", params={"lang": "en"}).text
    assert "Report accepted" in english
    hers = phone("GET", "/sandbox/cards", params={"openid": OPENID}).text
    assert hers.count('class="card message"') == 1
    assert 'data-template="case_accepted"' in hers


def test_the_page_asks_nobody_else(phone):
    page = phone("GET", "/sandbox").text
    assert "src=" not in page
    assert "//" not in page.replace("http://127.0.0.1", "")
