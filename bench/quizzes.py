"""CPU per request of serving questions and of grading answers, against a bare Flask."""

import random
import secrets
from collections import deque
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

import orjson
from sqlalchemy import insert, select

from app.config import ROOT
from app.core import clock
from app.core.clock import shanghai_day
from app.core.db import db, read, unit_of_work
from app.quizzes import bank, daily, practice, results, rules
from app.quizzes.models import Attempt, Version
from bench.databases import ENGINES, Bench, each
from bench.loads import Request
from bench.requests import Figure, Route, Sizes, measure, print_figures
from demo.seed import BANKS, COMMUNITY

CALLER, ANSWERER = "demo:resident", "demo:neighbour"
"""Who answers the five is somebody of whom nothing else is asked: what the other one has begun
runs for two minutes, and an answer meanwhile would be looked for in both."""
SERVING = GRADING = {"SQLite": 0.25, "PostgreSQL": 0.18}
TOGETHER = 10
"""So many answers a phone sends at once that had no network for a while."""
WARMING = 3
"""Rounds before those that are measured, and the answers by which queries are counted."""
SEED = 20261121


def run(sizes: Sizes, engines: Sequence[str] = ENGINES) -> list[Figure]:
    """Measure and print; returns the figures."""
    figures: list[Figure] = []
    for bench in each(engines, 1, "the whole bank; measuring"):
        answers = (sizes.rounds + WARMING) * sizes.requests
        figures += measure(bench, sizes, routes(bench, answers))
    print_figures(figures)
    return figures


def routes(bench: Bench, answers: int) -> list[Route]:
    """Return the routes to measure, with so many answers for each that takes them."""
    with bench.app.app_context():
        for name in BANKS:
            bank.import_bank(ROOT / "demo" / "quiz" / name)
        versions = read(_VERSIONS).all()
        by_attempt = _daily_answers(bench, versions, answers)
        asked = set(_asked_today(bench))  # which practice takes no answers to
        free = [row for row in versions if row.id not in asked]
        by_ticket = _practice_answers(bench, free, answers)
        by_tens = _practice_answers(bench, free, answers, TOGETHER)
        db.session.remove()
    return [
        Route("daily five: open", CALLER, Request("/api/v1/quizzes/daily"), SERVING, 2),
        Route("practice: 10", CALLER, Request("/api/v1/practice?limit=10"), SERVING, 3),
        Route("answer one of the five", ANSWERER, _posted(by_attempt), GRADING, 3),
        Route("answer one in practice", CALLER, _posted(by_ticket), GRADING, 7),
        Route("one of ten sent later", CALLER, _posted(by_tens), GRADING, 7, parts=TOGETHER),
    ]


@unit_of_work()
def _asked_today(bench: Bench) -> list[int]:
    place_code = daily.community_of(bench.people[CALLER])
    return daily.versions_of(place_code, shanghai_day(clock.now()))


_VERSIONS = (
    select(Version.id, Version.kind, Version.content)
    .where(Version.state == rules.PUBLISHED, Version.kind == rules.SINGLE)
    .order_by(Version.id)
)


def _posted(anew: Callable[[], tuple[str, bytes]]) -> Request:
    return Request("", "POST", lambda: {"Content-Type": "application/json"}, anew=anew)


def _daily_answers(
    bench: Bench, versions: Sequence[Any], count: int
) -> Callable[[], tuple[str, bytes]]:
    """Return what gives the next of so many answers, each to a question not yet answered."""
    resident_id = bench.people[ANSWERER].resident_id
    chosen = [row.id for row in versions[: rules.A_DAY_HAS]]
    attempts = _add_attempts(resident_id, chosen, -(-count // rules.A_DAY_HAS))
    waiting = deque((attempt, row) for attempt in attempts for row in versions[: len(chosen)])

    def anew() -> tuple[str, bytes]:
        attempt, row = waiting.popleft()
        with bench.app.app_context():
            ids = results.option_ids(attempt, row)
        body = {"question_id": row.id, "option_ids": [secrets.choice(ids)]}
        return f"/api/v1/attempts/{attempt}/answers", orjson.dumps(body)

    return anew


@unit_of_work()
def _add_attempts(resident_id: int, versions: list[int], count: int) -> list[int]:
    """Add attempts of days to come, for those of the past are finished; returns their ids.

    Their time is over, or one answer would count in all of them.
    """
    now = clock.now()
    today = shanghai_day(now)
    counts = dict.fromkeys(("answered", "counted", "right_count", "points"), 0)
    rows = [
        counts
        | {
            "resident_id": resident_id,
            "day": today + timedelta(days=n),
            "place_code": COMMUNITY,
            "versions": versions,
            "started_at": now,
            "deadline": now - timedelta(seconds=1),
        }
        for n in range(1, count + 1)
    ]
    return list(db.session.scalars(insert(Attempt).returning(Attempt.id), rows))


def _practice_answers(
    bench: Bench, versions: Sequence[Any], count: int, together: int = 1
) -> Callable[[], tuple[str, bytes]]:
    """Return what gives the next answers to questions of the bank, fetched just now."""
    resident_id = bench.people[CALLER].resident_id
    dice = random.Random(SEED)
    waiting = deque(dice.sample(versions, k=together) for _ in range(count))

    def anew() -> tuple[str, bytes]:
        now = clock.now()
        with bench.app.app_context():
            issuer = practice.Issuer(resident_id, now)
            given = [_answer(issuer, row, now) for row in waiting.popleft()]
        return "/api/v1/practice/answers", orjson.dumps(given)

    return anew


def _answer(issuer: practice.Issuer, row: Any, now: datetime) -> dict[str, Any]:
    ticket, ids = issuer.issue(row.id, _options(row))
    return {
        "client_uuid": secrets.token_hex(16),
        "ticket": ticket,
        "option_ids": [secrets.choice(ids)],
        "answered_at": now.isoformat(),
        "seconds": 9,
    }


def _options(row: Any) -> int:
    return len(row.content["options"])
