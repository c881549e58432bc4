"""CPU per request of the main routes against a bare Flask on the same server."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import Any

import orjson
from flask import Flask
from sqlalchemy import event, select, text

from app.core.db import db, read
from app.hazards.models import Hazard
from bench.databases import ENGINES, Bench, each
from bench.loads import CONNECTIONS, Request, send
from bench.seeds import MIDDLE
from bench.servers import Server, cpu_of, serving
from bench.tables import print_table
from demo.seed import COMMUNITY

HELLO = Request("/")


@dataclass(frozen=True)
class Route:
    """A route, who calls it, and the share of bare that it aims at, by engine.

    `parts`: so many things are done by one request, and each counts for itself.
    """

    name: str
    caller: str
    request: Request
    aims: dict[str, float]
    queries: int
    parts: int = 1


@dataclass(frozen=True)
class Sizes:
    """How much is measured."""

    hazards: int = 5000
    rounds: int = 9
    requests: int = 200
    workers: int = 1
    threads: int = 3
    connections: int = CONNECTIONS


@dataclass(frozen=True)
class Figure:
    """What a route was found to cost; CPU in seconds a request, or a part of one."""

    route: Route
    engine: str
    bare: float
    cpu: float
    database: float
    queries: int
    size: int

    @property
    def share(self) -> float:
        """Return how much of the route's cost bare would have: 1 is as cheap as bare."""
        return self.bare / self.cpu


REPORT = {
    "category": "FIRE_LANE",
    "description": "单元门口的消防车道停了三辆小车，消防车进不来。",
    "lat": MIDDLE[0],
    "lon": MIDDLE[1],
    "coord_sys": "wgs84",
    "address": "3 栋东侧消防车道",
}


def routes(app: Flask) -> list[Route]:
    """Return the routes to measure; creating comes last, for it adds rows."""
    closed = closed_case(app)
    lat, lon = MIDDLE
    return [
        Route(
            "detail: closed, 6 lines, 2 photos",
            "demo:resident",
            Request(f"/api/v1/hazards/{closed}"),
            {"SQLite": 0.40, "PostgreSQL": 0.20},
            5,
        ),
        Route(
            "task queue: 20",
            "demo:gridworker",
            Request("/api/v1/tasks?limit=20"),
            {"SQLite": 0.30, "PostgreSQL": 0.22},
            4,
        ),
        Route(
            "list: 50 nearest",
            "demo:resident",
            Request(f"/api/v1/hazards?near={lat},{lon}&limit=50"),
            {"SQLite": 0.20, "PostgreSQL": 0.15},
            4,
        ),
        Route("list: 50 newest", "demo:resident", Request("/api/v1/hazards?limit=50"), {}, 4),
        Route(
            "create",
            "demo:resident",
            Request(
                "/api/v1/hazards",
                "POST",
                lambda: {
                    "Content-Type": "application/json",
                    "Idempotency-Key": secrets.token_hex(16),
                },
                orjson.dumps(REPORT),
                201,
            ),
            {"SQLite": 0.25, "PostgreSQL": 0.22},
            12,
        ),
    ]


def closed_case(app: Flask) -> int:
    """Return the id of a closed case of the home community with its whole history."""
    with app.app_context():
        found = read(
            select(Hazard.id)
            .where(Hazard.state == "closed", Hazard.community_code == COMMUNITY)
            .order_by(Hazard.id)
            .limit(1)
        ).scalar_one()
        db.session.remove()
    return int(found)


def run(sizes: Sizes, engines: Sequence[str] = ENGINES) -> list[Figure]:
    """Measure and print; returns the figures."""
    figures: list[Figure] = []
    for bench in each(engines, sizes.hazards, f"{sizes.hazards} hazards; measuring"):
        figures += measure(bench, sizes, routes(bench.app))
    print_figures(figures)
    return figures


def measure(bench: Bench, sizes: Sizes, asked: Sequence[Route]) -> list[Figure]:
    """Measure routes on an engine, in turns with bare."""
    size = {"workers": sizes.workers, "threads": sizes.threads}
    with (
        serving("bench.bare:app", bench.environment, **size) as bare,
        serving("wsgi:app", bench.environment, **size) as ours,
    ):
        return [compare(bench, route, bare, ours, sizes) for route in asked]


def compare(bench: Bench, route: Route, bare: Server, ours: Server, sizes: Sizes) -> Figure:
    """Measure a route: a round of bare, a round of the route, and again; medians."""
    given, token = route.request.headers, bench.tokens[route.caller]
    request = replace(
        route.request, headers=lambda: {**given(), "Authorization": f"Bearer {token}"}
    )
    for _ in range(2):  # caches fill, on every connection
        send(bare.port, HELLO, sizes.requests, sizes.connections)
        answer = send(ours.port, request, sizes.requests, sizes.connections)
    rounds: list[tuple[float, float, float]] = []
    for _ in range(sizes.rounds):
        before = bare.cpu()
        send(bare.port, HELLO, sizes.requests, sizes.connections)
        hello = bare.cpu() - before
        before, database = ours.cpu(), database_cpu(bench)
        send(ours.port, request, sizes.requests, sizes.connections)
        rounds.append((hello, ours.cpu() - before, database_cpu(bench) - database))
    hello, cpu, database = (median(column) / sizes.requests for column in zip(*rounds, strict=True))
    cpu, database = cpu / route.parts, database / route.parts
    queries = count_queries(bench.app, request)
    return Figure(route, bench.engine, hello, cpu, database, queries, answer)


def database_cpu(bench: Bench) -> float:
    """Return the seconds of CPU of the PostgreSQL processes that serve this database's clients."""
    if bench.engine == "SQLite":
        return 0.0  # it works within the server's own
    with bench.app.app_context():
        pids = read(
            text(
                "SELECT pid FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        ).scalars()
        found = sum(cpu_of(pid) for pid in pids)
        db.session.remove()
    return found


def count_queries(app: Flask, request: Request) -> int:
    """Return the statements of one such request, BEGIN and COMMIT not among them."""
    seen: list[str] = []

    def note(*arguments: Any) -> None:
        statement = arguments[2]
        if not statement.startswith("BEGIN"):
            seen.append(statement)

    with app.app_context():
        engine = db.engine
    client = app.test_client(use_cookies=False)  # or it would send none of the headers'

    def ask() -> None:
        path, body = request.next()
        client.open(path, method=request.method, data=body, headers=request.headers())

    for _ in range(6):  # what is read once a process is no part of a request
        ask()
    event.listen(engine, "before_cursor_execute", note)
    ask()
    event.remove(engine, "before_cursor_execute", note)
    return len(seen)


def print_figures(figures: Sequence[Figure]) -> None:
    """Print what was found."""
    print()
    print_table(
        [
            "route",
            "database",
            "µs CPU a request",
            "bare's µs",
            "bare / route",
            "aim",
            "queries",
            "PostgreSQL's own µs",
            "bytes",
        ],
        [
            [
                figure.route.name,
                figure.engine,
                f"{figure.cpu * 1e6:.0f}",
                f"{figure.bare * 1e6:.0f}",
                f"{figure.share:.2f}",
                aim(figure),
                f"{figure.queries} of {figure.route.queries}",
                f"{figure.database * 1e6:.0f}" if figure.engine == "PostgreSQL" else "",
                str(figure.size),
            ]
            for figure in figures
        ],
    )


def aim(figure: Figure) -> str:
    """Return what was aimed at, and whether it was missed."""
    wanted = figure.route.aims.get(figure.engine)
    if wanted is None:
        return ""
    return f"{wanted:.2f}" if round(figure.share, 2) >= wanted else f"{wanted:.2f} missed"
