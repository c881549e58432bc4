"""The run itself."""

import json
import random
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy.exc import SQLAlchemyError

from app.config import ROOT, Settings
from app.core.db import db
from app.factory import create_app
from bench.servers import free_port
from tools.faults import towns, verdicts, workers
from tools.faults.engines import Engine, engine
from tools.faults.fleets import Fleet, Fork, Program, Start, flask
from tools.faults.plans import Plan
from tools.faults.reporters import Reporter
from tools.faults.towns import STEPS, Town
from tools.faults.verdicts import Seen, Verdict

RATES = {
    "delay": 0.12, "http_5xx": 0.06, "busy": 0.22, "40001": 0.1, "45009": 0.03,
    "drop_before": 0.08, "drop_after": 0.08, "delay_s": 0.4,
}  # fmt: skip
MILD = {"busy": 0.1, "delay": 0.5, "delay_s": 0.05}
"""For a sabotage: so that what is found comes of the sabotage and of nothing else."""
WRITER, WEB, STAND_IN = "writer", "web", "wechat"
LOOKS_EVERY_S = 1.0
ONE_IN_WEB = 20
"""So many kills spare the web for one that meets it: it takes seconds to come back."""
REMEMBERED = 200_000
LINES_SHOWN = 8


@dataclass
class Storm:
    """One run: what it runs on, what it has started and seen."""

    plan: Plan
    struck: Engine
    app: Flask
    town: Town
    fleet: Fleet
    sandbox: str
    promised: Path
    reporter: Reporter | None
    dice: random.Random
    strikes: int = 0
    kills: int = 0

    def blow(self) -> None:
        """Kill, spoil and strike until all has been written and blown enough."""
        plan = self.plan
        strike_every = plan.kills // (plan.restarts + 1) or 1
        until = time.monotonic() + plan.patience_s
        while time.monotonic() < until:
            time.sleep(plan.every_s * self.dice.uniform(0.5, 1.5))
            over = self.fleet.is_over(WRITER)
            if self.kills >= plan.kills and self.strikes >= plan.restarts and over:
                if sum(self.given().values()) >= plan.faults or self._left() == (0, 0):
                    break
                continue
            if self.strikes < plan.restarts and self.kills >= strike_every * (self.strikes + 1):
                self._strike()
            elif self.kills < plan.kills:
                self._kill()

    def _kill(self) -> None:
        names = [name for name in self.fleet.starts if name not in {WEB, WRITER}]
        if self.plan.sabotage:
            # Where it would show; a scheduler for the receipt, a courier for the rest.
            wanted = "jobs" if self.plan.sabotage == "receipt" else "deliver"
            names = [name for name in names if name.startswith(wanted)]
        else:
            if not self.fleet.is_over(WRITER):
                names.append(WRITER)
            if self.plan.web and self.dice.randrange(ONE_IN_WEB) == 0:
                names = [WEB]
        self.fleet.kill_one(names, spared=WRITER)
        self.kills = sum(self.fleet.killed.values())

    def _strike(self) -> None:
        if self.plan.engine == "sqlite":
            self.fleet.kill_all()
            self.kills = sum(self.fleet.killed.values())
        self.struck.strike()
        self.strikes += 1
        self.fleet.start(spared=WRITER)

    def given(self) -> dict[str, int]:
        """Return how often the stand-in has spoilt a call, by kind."""
        given: dict[str, int] = _ask(self.sandbox + "/sandbox/faults").get("given", {})
        return given

    def _left(self) -> tuple[int, int] | None:
        """Return how many facts and deliveries are not done with; None without a database."""
        try:
            return verdicts.unsettled(self.app)
        except SQLAlchemyError:
            return None

    def settle(self) -> str | None:
        """Let the storm end and everything come to rest; returns what did not, if anything."""
        _ask(self.sandbox + "/sandbox/faults", "DELETE")
        if self.reporter is not None:
            self.reporter.stop()
        until = time.monotonic() + self.plan.patience_s
        while self.reporter is not None and self.reporter.is_alive() and time.monotonic() < until:
            self.fleet.start(spared=WRITER)  # it waits for the web, should that have fallen
            self.reporter.join(LOOKS_EVERY_S)
        left = None
        while time.monotonic() < until:
            self.fleet.start(spared=WRITER)
            left = self._left()
            if left == (0, 0) and self.fleet.is_over(WRITER):
                return None
            time.sleep(LOOKS_EVERY_S)
        return f"not at rest after {self.plan.patience_s:.0f} s: (facts, deliveries) {left}"

    def seen(self) -> Seen:
        """Return what we have seen ourselves."""
        promised = [int(line) for line in self.promised.read_text(encoding="ascii").split()]
        reported = self.reporter.taken if self.reporter else []
        return Seen(promised, reported, _ask(self.sandbox + "/sandbox/messages"))


def run(plan: Plan) -> Verdict | None:
    """Run a storm; returns what was found, or nothing where the database is not installed."""
    began = time.monotonic()
    with TemporaryDirectory(prefix="linli-faults-") as place:
        folder = Path(place)
        with engine(plan.engine, folder) as struck:
            if struck is None:
                return None
            with _prepared(plan, struck, folder) as storm:
                storm.blow()
                given = storm.given()
                unrest = storm.settle()
                found = verdicts.judge(storm.app, storm.town, plan.cases, storm.seen())
                if unrest:
                    _print_logs(folder)
                return _with_weather(found, storm, given, unrest, time.monotonic() - began)


def _print_logs(folder: Path) -> None:
    for log in sorted(folder.glob("*.log")):
        lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
        print(f"--- {log.name}", *lines[-LINES_SHOWN:], sep="\n")


@contextmanager
def _prepared(plan: Plan, struck: Engine, folder: Path) -> Iterator[Storm]:
    port, web_port = free_port(), free_port()
    sandbox = f"http://127.0.0.1:{port}"
    environment = {
        "LINLI_ENV": "test",
        "RATE_LIMITS": "off",
        "DATABASE_URL": struck.url,
        "WECHAT_BASE_URL": sandbox,
        "LINLI_INSTANCE": str(folder),
        "DEMO_PEOPLE": str(ROOT / "demo" / "people.json"),
    }
    app = create_app(Settings.from_environment(environment))
    with app.app_context():
        upgrade(directory=str(ROOT / "migrations"))
        town, token = towns.found(plan.cases)
        db.session.remove()
        db.engine.dispose()
    dice = random.Random(plan.seed)  # noqa: S311 a storm, not a key
    promised = folder / "promised"
    promised.touch()
    starts = _starts(plan, environment, folder, town, web_port)
    stand_in = Program(
        ["tools.wechat_sandbox", "--port", str(port), "--keep", str(REMEMBERED)],
        environment,
        folder / "wechat.log",
    )
    fleet = Fleet(starts, dice)
    reporter = Reporter(web_port, token) if plan.web else None
    try:
        _wait_for(sandbox)
        rates = MILD if plan.sabotage else RATES
        _ask(sandbox + "/sandbox/faults", "PUT", {**rates, "seed": plan.seed})
        fleet.start()
        if reporter:
            reporter.start()
        yield Storm(plan, struck, app, town, fleet, sandbox, promised, reporter, dice)
    finally:
        fleet.end()
        stand_in.kill()
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


def _starts(
    plan: Plan, environment: dict[str, str], folder: Path, town: Town, web_port: int
) -> dict[str, Start]:
    def logged(name: str, *words: str) -> Start:
        return flask(environment, folder / f"{name}.log", plan.sabotage, *words)

    facts = plan.cases * len(STEPS)
    pause_s = 0.7 * plan.kills * plan.every_s / facts
    starts: dict[str, Start] = {
        WRITER: lambda: Fork(
            workers.write_facts,
            dict(environment),
            folder / "writer.log",
            town=town,
            cases=plan.cases,
            pause_s=pause_s,
            told=folder / "promised",
        )
    }
    for number in range(1, plan.copies + 1):
        starts[f"jobs {number}"] = logged(f"jobs-{number}", "jobs", "serve")
        starts[f"deliver {number}"] = logged(f"deliver-{number}", "notices", "deliver")
    if plan.web:
        web = ["granian", "--interface", "wsgi", "--log-level", "warning", "--workers", "1"]
        web += ["--blocking-threads", "2", "--port", str(web_port), "wsgi:app"]
        starts[WEB] = lambda: Program(web, environment, folder / "web.log")
    return starts


def _with_weather(
    found: Verdict, storm: Storm, given: dict[str, int], unrest: str | None, took_s: float
) -> Verdict:
    plan, kinds = storm.plan, sorted(given)
    reporter = storm.reporter
    figures = [
        ("database", plan.engine),
        ("schedulers, couriers", f"{plan.copies}, {plan.copies}"),
        ("kill -9", str(storm.kills)),
        *((f"… {name}", str(storm.fleet.killed[name])) for name in sorted(storm.fleet.killed)),
        ("ended without being killed", str(sum(storm.fleet.fell.values()))),
        ("network faults", str(sum(given.values()))),
        *((f"… {kind}", str(given[kind])) for kind in kinds),
        ("database taken away", str(storm.strikes)),
        ("cases reported by HTTP", str(len(reporter.taken) if reporter else 0)),
        ("… requests that took", str(reporter.tries if reporter else 0)),
        *found.figures,
        ("seconds", f"{took_s:.0f}"),
    ]
    too_calm = {
        "kills": storm.kills < plan.kills,
        "network faults": sum(given.values()) < plan.faults,
        "restarts": storm.strikes < plan.restarts,
    }
    calm = [f"too few {what}: the run proves nothing" for what, few in too_calm.items() if few]
    return Verdict(figures, [*([unrest] if unrest else []), *calm, *found.violations])


def _wait_for(base_url: str) -> None:
    until = time.monotonic() + 300
    while time.monotonic() < until:
        try:
            _ask(base_url + "/sandbox/faults")
        except OSError:
            time.sleep(0.1)
        else:
            return
    msg = "the stand-in did not come up"
    raise RuntimeError(msg)


def _ask(url: str, method: str = "GET", form: dict[str, Any] | None = None) -> Any:
    data = None if form is None else json.dumps(form).encode()
    request = urllib.request.Request(url, data, method=method)
    with urllib.request.urlopen(request, timeout=300) as answer:
        content = answer.read()
    return json.loads(content) if content else None
