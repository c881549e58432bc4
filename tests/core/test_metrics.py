"""Figures add up over processes, tell how far behind things are, and name nobody."""

import json
import os
import re
import subprocess
import sys
from datetime import timedelta

import pytest
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import event, update
from sqlalchemy.exc import OperationalError

from app.config import ROOT, Settings
from app.core import clock, deliveries, figures, jobs, metrics, outbox, tally
from app.core.db import changed_rows, db, writing
from app.core.deliveries import Delivery, Twice
from app.core.deployment import wechat
from app.core.jobs import job, run_slot
from app.core.wechat import BadSignInCode
from app.factory import create_app
from tests.clients import Client
from tests.core.test_config import SAFE
from tests.core.test_jobs import SLOT


def scraped(text):
    """Return every sample: (name, labels as a sorted tuple) to value."""
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def value(text, name, **labels):
    return scraped(text).get((name, tuple(sorted(labels.items()))))


@pytest.fixture
def scrape(client):
    def ask():
        answer = client.http.get("/metrics")
        assert answer.status_code == 200
        assert answer.mimetype == "text/plain"
        return answer.text

    return ask


def test_requests_are_counted_by_the_rule_and_never_by_the_path(client, scrape):
    labels = {"method": "GET", "route": "/api/v1/hazards/<id:hazard_id>", "status": "4xx"}
    before = value(scrape(), "linli_request_seconds_count", **labels) or 0
    client.get("/hazards/17")
    client.get("/hazards/18?q=13800138000")
    client.get("/nothing/13800138000")
    client.http.open("/x", method="FORGED")
    text = scrape()
    assert value(text, "linli_request_seconds_count", **labels) == before + 2
    assert value(text, "linli_request_seconds_bucket", le="+Inf", **labels) == before + 2
    assert "13800138000" not in text
    assert "FORGED" not in text


def test_a_fact_without_its_effects_is_seen_with_its_age(app, scrape):
    text = scrape()
    assert value(text, "linli_outbox_undelivered") == 0
    assert value(text, "linli_outbox_oldest_seconds") == 0
    for minutes in (5, 2):
        with clock.at(clock.now() - timedelta(minutes=minutes)), writing():
            outbox.record(Something())
    text = scrape()
    assert value(text, "linli_outbox_undelivered") == 2
    assert 300 <= value(text, "linli_outbox_oldest_seconds") < 330
    outbox.deliver_due()
    assert value(scrape(), "linli_outbox_undelivered") == 0


class Something(outbox.Event):
    kind = "tests.something"

    def __init__(self):
        pass

    __dataclass_fields__ = {}  # noqa: RUF012 a dataclass without fields


@pytest.fixture
def kind(monkeypatch):
    monkeypatch.setattr(deliveries, "_kinds", {})
    name = "tests.call"
    deliveries.delivers(name, twice=Twice.HARMLESS)(lambda _payload: deliveries.Done())
    return name


def test_deliveries_are_told_by_kind_and_state(app, kind, scrape):
    text = scrape()
    for state in figures.OPEN:
        assert value(text, "linli_deliveries", kind=kind, state=state) == 0
    now = clock.now()
    with writing():
        for number, late in enumerate((90, 30, -600)):
            deliveries.enqueue(kind, f"key {number}", {}, due_at=now - timedelta(seconds=late))
    text = scrape()
    assert value(text, "linli_deliveries", kind=kind, state="waiting") == 3
    assert 90 <= value(text, "linli_deliveries_overdue_seconds", kind=kind) < 120
    deliveries.deliver_due()
    text = scrape()
    assert value(text, "linli_deliveries", kind=kind, state="waiting") == 1
    assert value(text, "linli_deliveries_last_hour", kind=kind, state="done") == 2
    assert value(text, "linli_deliveries_overdue_seconds", kind=kind) == 0
    old = {"settled_at": now - timedelta(hours=2)}
    with writing():
        changed_rows(update(Delivery).where(Delivery.state == "done").values(old))
    assert value(scrape(), "linli_deliveries_last_hour", kind=kind, state="done") == 0


def test_trouble_is_told_however_old(app, kind, scrape):
    with writing():
        deliveries.enqueue(kind, "key", {})
        long_ago = clock.now() - timedelta(days=5)
        changed_rows(update(Delivery).values(state="dead", settled_at=long_ago))
    assert value(scrape(), "linli_deliveries", kind=kind, state="dead") == 1


def test_jobs_tell_how_they_stand(app, scrape, monkeypatch):
    monkeypatch.setattr(jobs, "_jobs", {})
    job("tests.hourly", cron="0 * * * *")(lambda: None)
    job("tests.broken", cron="0 * * * *")(lambda: 1 / 0)
    planned = SLOT.replace(minute=0)
    with clock.at(SLOT):
        for found in jobs.declared():
            run_slot(found, planned)
    with clock.at(SLOT + timedelta(minutes=40)):
        text = scrape()
    for name, failing in (("tests.hourly", 0), ("tests.broken", 1)):
        assert value(text, "linli_job_late_seconds", job=name) == 600
        assert value(text, "linli_job_failing", job=name) == failing
    success = "linli_job_last_success_timestamp_seconds"
    assert value(text, success, job="tests.hourly") == SLOT.timestamp()
    assert value(text, success, job="tests.broken") is None
    assert value(text, "linli_job_runs_total", job="tests.hourly", result="done") >= 1
    assert value(text, "linli_job_runs_total", job="tests.broken", result="failed") >= 1


def test_calls_to_wechat_are_told_by_result(app, sandbox, scrape):
    def told(result):
        labels = {"call": "jscode2session", "result": result}
        return value(scrape(), "linli_wechat_calls_total", **labels) or 0

    fine, bad = told("ok"), told("40029")
    wechat().sign_in("demo:resident")
    with pytest.raises(BadSignInCode):
        wechat().sign_in("nobody's")
    assert (told("ok"), told("40029")) == (fine + 1, bad + 1)


def test_a_scrape_costs_the_same_however_much_there_is(app, kind, scrape):
    def statements():
        asked = []

        def note(*given):
            asked.append(given[2])

        event.listen(db.engine, "before_cursor_execute", note)
        scrape()
        event.remove(db.engine, "before_cursor_execute", note)
        return len(asked)

    few = statements()
    with writing():
        for number in range(50):
            deliveries.enqueue(kind, f"key {number}", {})
            outbox.record(Something())
    assert statements() == few == 6


def test_without_its_database_a_process_still_tells_what_it_counted(app, scrape, monkeypatch):
    def away(_statement):
        raise OperationalError("SELECT", None, Exception("gone"))

    assert value(scrape(), "linli_database_up") == 1
    monkeypatch.setattr(figures, "read", away)
    text = scrape()
    assert value(text, "linli_database_up") == 0
    assert "linli_request_seconds_count" in text
    assert "linli_outbox_undelivered" not in text


NAME = re.compile(r"\blinli_[a-z_]+[a-z]\b")


def test_every_figure_is_told_and_alarms_ask_for_no_other(app, kind, scrape):
    metrics.request_answered("GET", "web.healthz", 200, 0.1)
    metrics.wechat_called("send", "ok")
    run_slot(jobs.Job("tests.any", "30 3 * * *", lambda: None), SLOT)
    with clock.at(SLOT):
        for found in jobs.declared():
            run_slot(found, SLOT)
    samples = {name for name, _ in scraped(scrape())}
    told = set(NAME.findall((ROOT / "docs/operations.md").read_text(encoding="utf-8")))
    rung = set(NAME.findall((ROOT / "docs/alarms.md").read_text(encoding="utf-8")))
    parts = ("_bucket", "_count", "_sum", "_created")
    whole = {name for name in samples if not name.endswith(parts)} | {"linli_request_seconds"}
    assert told == whole
    assert rung <= samples


@pytest.fixture
def asked(tmp_path):
    """Ask a deployment with such settings for its figures."""

    def ask(env, **headers):
        base = {"LINLI_INSTANCE": str(tmp_path)}
        app = create_app(Settings.from_environment(base | env))
        return Client(app).http.get("/metrics", headers=headers)

    return ask


TOKEN = "a-token-for-prometheus-alone"


@pytest.mark.parametrize(
    ("env", "header", "status"),
    [
        ({"LINLI_ENV": "demo"}, None, 200),
        (SAFE, None, 404),
        (SAFE, "Bearer ", 404),
        (SAFE | {"METRICS_TOKEN": TOKEN}, None, 401),
        (SAFE | {"METRICS_TOKEN": TOKEN}, f"Bearer {TOKEN}x", 401),
        (SAFE | {"METRICS_TOKEN": TOKEN}, TOKEN, 401),
        (SAFE | {"METRICS_TOKEN": TOKEN}, "Bearer é", 401),
        (SAFE | {"METRICS_TOKEN": TOKEN}, f"Bearer {TOKEN}", 200),
        ({"LINLI_ENV": "demo", "METRICS_TOKEN": TOKEN}, None, 401),
    ],
)
def test_figures_are_for_whoever_has_the_token(env, header, status, asked):
    answer = asked(env, **({"Authorization": header} if header else {}))
    assert answer.status_code == status
    assert ("linli_" in answer.text) is (status == 200)


PROCESS = """
import sys, wsgi
client = wsgi.app.test_client()
print("up", flush=True)
for line in sys.stdin:
    answers = [client.get("/api/v1/config", buffered=True) for _ in range(int(line))]
    print(__import__("json").dumps(client.get("/metrics").text), flush=True)
"""


class Process:
    """A process that serves its own requests, as one of the web server's workers."""

    def __init__(self, folder):
        env = {**os.environ, "LINLI_ENV": "test", "LINLI_INSTANCE": str(folder)}
        env.pop(tally.VARIABLE, None)
        self.running = subprocess.Popen(  # noqa: S603 our own words
            [sys.executable, "-c", PROCESS],
            env=env, cwd=ROOT, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        assert self.running.stdout.readline() == "up\n"

    def requests(self, number):
        """Make requests; returns how many all processes together have made, as this one says."""
        self.running.stdin.write(f"{number}\n")
        self.running.stdin.flush()
        text = json.loads(self.running.stdout.readline())
        labels = {"method": "GET", "route": "/api/v1/config", "status": "2xx"}
        return value(text, "linli_request_seconds_count", **labels)

    def kill(self):
        self.running.kill()
        self.running.communicate()


def test_processes_count_together_and_a_killed_one_stays_counted(tmp_path):
    first, second = Process(tmp_path), Process(tmp_path)
    assert first.requests(3) == 3
    assert second.requests(4) == 7
    assert first.requests(0) == 7
    second.kill()
    assert first.requests(1) == 8
    third = Process(tmp_path)  # in place of the killed one
    assert third.requests(2) == 10
    first.kill()
    third.kill()
    anew = Process(tmp_path)
    assert anew.requests(1) == 1
    anew.kill()


def test_where_nothing_can_be_written_a_process_counts_for_itself(tmp_path, monkeypatch):
    monkeypatch.delenv(tally.VARIABLE, raising=False)
    (tmp_path / "file").write_text("")
    tally.begin(tmp_path / "file" / "metrics")
    assert tally.folder() is None


def test_only_counts_of_the_dead_are_forgotten(tmp_path, monkeypatch):
    monkeypatch.setenv(tally.VARIABLE, "")
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    for name in (f"counter_{dead.pid}.db", f"counter_{os.getppid()}.db", "note.txt"):
        (tmp_path / name).write_text("")
    tally.begin(tmp_path)
    assert len(list(tmp_path.iterdir())) == 3
    (tmp_path / f"counter_{os.getppid()}.db").unlink()
    tally.begin(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["note.txt"]
