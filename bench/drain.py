"""How fast one `flask notices deliver` sends what is due, against what the threads allow."""

import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import time as wall_time

from flask import Flask
from sqlalchemy import func, insert, select

from app.core import clock, dead_letters, deliveries
from app.core.couriers import Couriers
from app.core.db import db, read, unit_of_work
from app.core.deliveries import DONE, Delivery
from app.notices import rules, service
from app.notices.models import Notice
from app.residents.models import Resident
from bench.databases import filled
from bench.servers import free_port, wait_until_ready
from bench.tables import print_table

MESSAGES = 5000
THREADS = 32
ANSWER_MS = 50
AIM = 0.85
LONGEST_S = 300.0


@dataclass(frozen=True)
class Drained:
    """What was seen: how many a second, of which at most, and our CPU for each, in seconds."""

    engine: str
    messages: int
    seconds: float
    ideal: float
    cpu: float

    @property
    def ratio(self) -> float:
        """Return the share of the ideal."""
        return self.messages / self.seconds / self.ideal


def run(engines: Sequence[str], messages: int = MESSAGES, threads: int = THREADS) -> list[Drained]:
    """Drain on each engine and print a table."""
    # By day and by night.
    rules.QUIET_FROM, rules.QUIET_TO = wall_time.max, wall_time.min
    found = [drained for engine in engines if (drained := _drain(engine, messages, threads))]
    head = ("database", "messages", "threads", "a second", "ideal", "ratio", "aim", "µs CPU each")
    rows = [
        (
            drained.engine,
            str(drained.messages),
            str(threads),
            f"{drained.messages / drained.seconds:.0f}",
            f"{drained.ideal:.0f}",
            f"{drained.ratio:.2f}",
            str(AIM) if drained.ratio >= AIM else f"{AIM} missed",
            f"{drained.cpu * 1e6:.0f}",
        )
        for drained in found
    ]
    print_table(head, rows)
    return found


def _drain(engine: str, messages: int, threads: int) -> Drained | None:
    with _slow_wechat() as url, filled(engine, 1, wechat_base_url=url) as bench:
        if bench is None:
            return None
        with bench.app.app_context():
            _plan(messages)
            db.session.remove()
        couriers = Couriers(bench.app, threads)
        worker = threading.Thread(target=couriers.run)
        cpu, began = time.process_time(), time.perf_counter()
        worker.start()
        while _sent(bench.app) < messages and time.perf_counter() < began + LONGEST_S:
            time.sleep(0.1)
        seconds, cpu = time.perf_counter() - began, time.process_time() - cpu
        couriers.stop()
        worker.join()
        with bench.app.app_context():
            assert [row.state for row in dead_letters.counts()] == [DONE]
        return Drained(engine, messages, seconds, threads * 1000 / ANSWER_MS, cpu / messages)


def _sent(app: Flask) -> int:
    with app.app_context():
        done = select(func.count()).where(Delivery.state == DONE)
        return int(read(done).scalar_one())


@unit_of_work()
def _plan(messages: int) -> None:
    """Plan so many messages, as if each had just been told to somebody."""
    people = list(read(select(Resident.id).order_by(Resident.id)).scalars())
    now = clock.now()
    notices = [
        {
            "resident_id": people[number % len(people)],
            "kind": "case_accepted",
            "key": f"bench:{number}",
            "about_kind": "hazard",
            "about_id": 1,
            "params": {
                "number": f"CT-20261121-{number:06}",
                "category": {"zh-Hans": "消防通道堵塞", "en": "Blocked fire lane"},
                "place": "草堂路社区第一网格",
                "by": {"at": now.isoformat()},
            },
            "emergency": False,
            "created_at": now,
        }
        for number in range(messages)
    ]
    ids = db.session.scalars(insert(Notice).returning(Notice.id), notices)
    planned = [(str(each), {"notice_id": each, "template": "case_accepted"}) for each in ids]
    deliveries.enqueue_many(service.MESSAGE, planned)


@contextmanager
def _slow_wechat() -> Iterator[str]:
    port = free_port()
    words = [sys.executable, "-m", "bench.slow", str(port), str(ANSWER_MS)]
    with subprocess.Popen(words) as process:  # noqa: S603 our own words
        try:
            wait_until_ready(port, process)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.kill()
