"""An announcement to a whole town: how long until all have it, and how long others wait."""

import secrets
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

import orjson
from sqlalchemy import func, insert, select

from app.core import clock
from app.core.access import RoleKind
from app.core.db import db, read, unit_of_work
from app.notices import announcements
from app.notices.models import Announcement, MessageQuota, Notice
from app.residents.models import HeldRole, Resident
from bench.databases import Bench, filled
from bench.loads import Request, send_one
from bench.requests import REPORT
from bench.servers import serving
from bench.tables import print_table
from demo.seed import COMMUNITY

RESIDENTS = 100_000
WITH_QUOTA = 0.3
"""The share that has allowed a message to the telephone."""
LONGEST_S, LONGEST_WAIT_S = 60.0, 0.5
AT_ONCE = 5000
PAUSE_S = 0.05


@dataclass
class Waits:
    """How long requests took, in seconds, by what they did."""

    reads: list[float] = field(default_factory=list)
    writes: list[float] = field(default_factory=list)

    def longest(self) -> float:
        """Return the longest of all."""
        return max([0.0, *self.reads, *self.writes])


@dataclass(frozen=True)
class Handed:
    """What was seen, in seconds: the fan-out, and what others waited before and meanwhile."""

    engine: str
    residents: int
    seconds: float
    before: Waits
    during: Waits


def run(engines: Sequence[str], residents: int = RESIDENTS) -> list[Handed]:
    """Hand an announcement out on each engine and print a table."""
    found = [handed for engine in engines if (handed := _hand_out(engine, residents))]
    head = (
        "database", "residents", "seconds", "aim", "requests meanwhile",
        "longest before, ms", "longest read, ms", "longest write, ms", "aim, ms",
    )  # fmt: skip
    rows = [
        (
            handed.engine,
            str(handed.residents),
            f"{handed.seconds:.1f}",
            _aim(handed.seconds, LONGEST_S, "60"),
            str(len(handed.during.reads) + len(handed.during.writes)),
            f"{handed.before.longest() * 1000:.0f}",
            f"{max(handed.during.reads, default=0) * 1000:.0f}",
            f"{max(handed.during.writes, default=0) * 1000:.0f}",
            _aim(handed.during.longest(), LONGEST_WAIT_S, "500"),
        )
        for handed in found
    ]
    print_table(head, rows)
    return found


def _aim(seen: float, most: float, told: str) -> str:
    return told if seen <= most else f"{told} missed"


def _hand_out(engine: str, residents: int) -> Handed | None:
    with filled(engine, 200) as bench:
        if bench is None:
            return None
        with bench.app.app_context():
            _add_residents(residents)
            announcement_id = _announce(bench)
            db.session.remove()
        with serving("wsgi:app", bench.environment, workers=1, threads=3) as server:
            before = _others(bench, server.port, threading.Event(), 40)
            over, during = threading.Event(), Waits()
            others = threading.Thread(
                target=lambda: _others(bench, server.port, over, waits=during)
            )
            others.start()
            began = time.perf_counter()
            with bench.app.app_context():
                while not announcements.hand_out(announcement_id):
                    pass
            seconds = time.perf_counter() - began
            over.set()
            others.join()
        with bench.app.app_context():
            told = read(select(func.count()).where(Notice.kind == "announcement")).scalar_one()
        assert told >= residents, told
        return Handed(engine, told, seconds, before, during)


def _others(
    bench: Bench, port: int, over: threading.Event, most: int = 0, waits: Waits | None = None
) -> Waits:
    """Read an inbox and report hazards, in turns, until it is over or for so many turns."""
    waits = Waits() if waits is None else waits
    token = {"Authorization": f"Bearer {bench.tokens['demo:resident']}"}
    inbox = Request("/api/v1/notices?limit=20", headers=lambda: token)
    report = reporting(token)
    turns = 0
    while not over.is_set() and (not most or turns < most):
        waits.reads.append(send_one(port, inbox))
        waits.writes.append(send_one(port, report))
        turns += 1
        time.sleep(PAUSE_S)
    return waits


def reporting(token: dict[str, str]) -> Request:
    """Return the request that reports a hazard, each time a new one."""

    def headers() -> dict[str, str]:
        key = {"Idempotency-Key": secrets.token_hex(12), "Content-Type": "application/json"}
        return token | key

    return Request("/api/v1/hazards", "POST", headers, orjson.dumps(REPORT), 201)


@unit_of_work()
def _announce(bench: Bench) -> int:
    author = bench.people["demo:committee"].resident_id
    row = {
        "place_code": COMMUNITY,
        "place_name": "草堂路社区",
        "author_id": author,
        "title": "暴雨橙色预警",
        "body": "今晚有暴雨，请收好阳台上的花盆，不要涉水。",
        "emergency": False,
        "created_at": clock.now(),
        "reached": 0,
        "told": 0,
    }
    return int(read(insert(Announcement).returning(Announcement.id), row).scalar_one())


def _add_residents(residents: int) -> None:
    for first in range(0, residents, AT_ONCE):
        _add_some(range(first, min(first + AT_ONCE, residents)))


@unit_of_work()
def _add_some(numbers: range) -> None:
    now = clock.now()
    people = [
        {
            "openid": f"o-town-{number}",
            "name": f"居民{number}",
            "language": "zh-Hans",
            "letter_size": "standard",
            "created_at": now,
        }
        for number in numbers
    ]
    ids = list(db.session.scalars(insert(Resident).returning(Resident.id), people))
    homes = [
        {"resident_id": each, "kind": RoleKind.RESIDENT, "place_code": COMMUNITY, "since": now}
        for each in ids
    ]
    db.session.execute(insert(HeldRole), homes)
    allowed = ids[: int(len(ids) * WITH_QUOTA)]
    quotas = [
        {
            "resident_id": each,
            "template": "announcement",
            "by_phone": 1,
            "by_wechat": 1,
            "spent": 0,
            "answer": "accept",
            "answered_at": now,
        }
        for each in allowed
    ]
    if quotas:
        db.session.execute(insert(MessageQuota), quotas)
