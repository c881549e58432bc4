"""The thousandth page of a long list against the first, and the plans behind them."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from sqlalchemy import event, text

from app.core.access import Actor
from app.core.db import db, read
from app.hazards import views
from bench.databases import Bench, each
from bench.servers import cpu_of
from bench.tables import print_table

HAZARDS = 100_000
THOUSANDTH = 1000
PAGE = 20
ROUNDS = 60
AT_ONCE = 5
MOST = 1.1
"""The thousandth page may cost this much of the first."""


@dataclass(frozen=True)
class Paged:
    """A list, and whose."""

    name: str
    caller: str
    turn: Callable[..., dict[str, Any]]
    wanted: dict[str, Any]


@dataclass(frozen=True)
class Finding:
    """What the first and the thousandth page cost, in seconds of CPU, and their plan."""

    paged: Paged
    engine: str
    first: float
    thousandth: float
    faults: tuple[str, ...]
    plan: str

    @property
    def ratio(self) -> float:
        """Return how many times the first page the thousandth costs."""
        return self.thousandth / self.first


LISTS = (
    Paged("a resident's list", "demo:resident", views.list_hazards, {}),
    Paged("a district's list", "demo:district", views.list_hazards, {}),
    Paged("one's own", "demo:resident", views.list_hazards, {"mine": True}),
    Paged("a grid worker's queue", "demo:gridworker", views.list_tasks, {}),
    Paged("a district's queue", "demo:district", views.list_tasks, {}),
)


def run(hazards: int, engines: Sequence[str]) -> int:
    """Measure and print. Return 1 when a page costs too much or a plan is at fault."""
    findings: list[Finding] = []
    for bench in each(engines, hazards, f"{hazards} hazards; turning pages"):
        with bench.app.app_context():
            findings += [find(bench, paged) for paged in LISTS]
            db.session.remove()
    print()
    print_findings(findings)
    return int(any(found.ratio > MOST or found.faults for found in findings))


def find(bench: Bench, paged: Paged) -> Finding:
    """Turn to the thousandth page, then fetch it and the first in turns; medians."""
    actor: Actor = bench.people[paged.caller]

    def turn(cursor: str | None) -> str:
        page = paged.turn(actor, limit=PAGE, cursor=cursor, **paged.wanted)
        assert page["next_cursor"], f"{paged.name} has not so many pages"
        db.session.rollback()
        return str(page["next_cursor"])

    cursor = None
    for _ in range(THOUSANDTH - 1):
        cursor = turn(cursor)
    costs: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS):
        for cost, start in zip(costs, (None, cursor), strict=True):
            cost.append(spent(bench, lambda start=start: turn(start)))
    plan = plan_of(bench.engine, lambda: turn(cursor))
    first, thousandth = (median(cost) for cost in costs)
    return Finding(paged, bench.engine, first, thousandth, faults(bench.engine, plan), plan)


def spent(bench: Bench, act: Callable[[], object]) -> float:
    """Return the CPU that something costs here and in the database."""
    backend = backend_of(bench.engine)
    before = time.thread_time() + cpu_of(backend) if backend else time.thread_time()
    for _ in range(AT_ONCE):
        act()
    after = time.thread_time() + cpu_of(backend) if backend else time.thread_time()
    return (after - before) / AT_ONCE


def backend_of(engine: str) -> int | None:
    """Return the process of PostgreSQL that works for our connection; SQLite has none."""
    if engine == "SQLite":
        return None
    found = read(text("SELECT pg_backend_pid()")).scalar_one()
    db.session.rollback()
    return int(found)


def plan_of(engine: str, act: Callable[[], object]) -> str:
    """Return the plan of the query that `act` makes."""
    seen: list[tuple[str, Any]] = []

    def note(*arguments: Any) -> None:
        seen.append((arguments[2], arguments[3]))

    event.listen(db.engine, "before_cursor_execute", note)
    act()
    event.remove(db.engine, "before_cursor_execute", note)
    statement, parameters = next(found for found in seen if found[0].startswith("SELECT"))
    how = "EXPLAIN QUERY PLAN " if engine == "SQLite" else "EXPLAIN (ANALYZE, BUFFERS, TIMING OFF) "
    rows = db.session.connection().exec_driver_sql(how + statement, parameters).all()
    db.session.rollback()
    return "\n".join(str(row[-1]) for row in rows)


def faults(engine: str, plan: str) -> tuple[str, ...]:
    """Return what a list's plan must not have: sorting, or reading the whole table."""
    found = {"sorts": "TEMP B-TREE"} if engine == "SQLite" else {"sorts": "Sort Key"}
    whole = any(
        (line.startswith("SCAN hazards") and "INDEX" not in line) or "Seq Scan on hazards" in line
        for line in plan.splitlines()
    )
    return (*(name for name, mark in found.items() if mark in plan), *(["scans"] if whole else []))


def print_findings(findings: Sequence[Finding]) -> None:
    """Print what was found, and the plan of each list's thousandth page."""
    print_table(
        ["list", "database", "first, µs", "1,000th, µs", "1,000th / first", "aim", "plan"],
        [
            [
                found.paged.name,
                found.engine,
                f"{found.first * 1e6:.0f}",
                f"{found.thousandth * 1e6:.0f}",
                f"{found.ratio:.2f}",
                f"{MOST}" if found.ratio <= MOST else f"{MOST} missed",
                ", ".join(found.faults) or "by index",
            ]
            for found in findings
        ],
    )
    for found in findings:
        print(f"\n{found.paged.name}, {found.engine}:\n{found.plan}")
