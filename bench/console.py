"""CPU per request of the console's pages against bare: as they are asked again, and anew."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import count

from app.core import clock, crypto
from app.core.db import db
from app.residents import rules
from app.residents.models import DeskSignIn, SignIn
from bench import committees
from bench.committees import FACTS, MOST_QUERIES
from bench.databases import ENGINES, Bench, each
from bench.loads import Request
from bench.requests import Figure, Route, Sizes, measure, print_figures
from demo.seed import COMMUNITY

CALLER = "demo:committee"
AIM = {"SQLite": 0.15, "PostgreSQL": 0.15}
PLACE = f"/console/{COMMUNITY}"
KEPT = (
    "participation?",
    "participation/siblings?",
    "evaluation?",
    "figures/on_time?",
    "children?",
    "children/map?",
)
"""Pages of figures of some days, which are kept."""
LIVE = (
    "today",
    "board",
    "board/map",
    "plan",
    "plan/needing",
    "plan/templates",
    "plan/rosters",
    "volunteers",
    "volunteers/teams",
    "volunteers/honour",
    "quizzes",
    "evaluation/comments",
    "rectifications",
    "report",
    "people",
    "audit",
)
"""Pages of what is so now, which are kept as well."""
AT_FIRST = 40
"""Requests a round of what is made anew."""


def run(sizes: Sizes, engines: Sequence[str] = ENGINES, facts: int = FACTS) -> list[Figure]:
    """Measure and print; returns the figures."""
    figures: list[Figure] = []
    for bench in each(engines, sizes.hazards, f"{sizes.hazards} hazards, {facts} facts"):
        committees.fill(bench, facts)
        cookie = {"Cookie": f"linli_desk={_let_in(bench)}"}
        fewer = replace(sizes, requests=min(sizes.requests, AT_FIRST))
        figures += measure(bench, sizes, [*kept(cookie), *live(cookie)])
        figures += measure(bench, fewer, [*first_times(cookie), *live_first_times(cookie)])
    print_figures(figures)
    return figures


def _let_in(bench: Bench) -> str:
    """Seat whoever calls at a desk; returns the secret of its cookie."""
    with bench.app.app_context():
        secret, now = crypto.random_token(), clock.now()
        resident_id = bench.people[CALLER].resident_id
        sign_in = SignIn(id=crypto.random_token(), resident_id=resident_id, created_at=now)
        db.session.add(sign_in)
        db.session.flush()
        seat = DeskSignIn(
            code=secret[:8], number="42", fingerprint=crypto.fingerprint(secret), state=rules.OPEN,
            browser="Chrome", address="127.0.0.1", asked_at=now, expires_at=now + rules.DESK_FOR,
            resident_id=resident_id, sign_in_id=sign_in.id, seen_at=now,
        )  # fmt: skip
        db.session.add(seat)
        db.session.commit()
        db.session.remove()
    return secret


def kept(cookie: dict[str, str]) -> list[Route]:
    """Return the pages of figures as they are asked again."""
    last = clock.shanghai_day(clock.now())
    days = f"from={last - timedelta(days=27)}&to={last}"
    paths = [*(f"{path}{days}" for path in KEPT), "plan/coverage"]
    return [
        _route(path.partition("?")[0], Request(f"{PLACE}/{path}"), cookie, AIM) for path in paths
    ]


def first_times(cookie: dict[str, str]) -> list[Route]:
    """Return the same, of other days each time."""
    last = clock.shanghai_day(clock.now())
    return [
        _route(f"{path[:-1]}, first time", committees.anew(PLACE, path, last), cookie, {})
        for path in KEPT
    ]


def live(cookie: dict[str, str]) -> list[Route]:
    """Return the pages of what is so now as they are asked again."""
    return [_route(path, Request(f"{PLACE}/{path}"), cookie, AIM) for path in LIVE]


def live_first_times(cookie: dict[str, str]) -> list[Route]:
    """Return the same, by an address that nobody asked for."""
    return [
        _route(f"{path}, first time", replace(Request(path), anew=_anew(path)), cookie, {})
        for path in LIVE
    ]


def _anew(path: str) -> Callable[[], tuple[str, bytes]]:
    turns = count(1)
    # An empty field of a query says nothing, and makes another address.
    return lambda: (f"{PLACE}/{path}?{'&' * next(turns)}", b"")


def _route(name: str, request: Request, cookie: dict[str, str], aims: dict[str, float]) -> Route:
    return Route(
        f"console: {name}", CALLER, replace(request, headers=lambda: cookie), aims, MOST_QUERIES
    )
