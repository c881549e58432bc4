"""Fifty phones move the same case at the same moment: one wins, the others hear 409.

More than a hundred rounds on each database, each with a new case: the same move
by many, and moves that contradict each other.
"""

import io
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from app.core.db import db, read
from app.core.errors import Problem
from app.core.outbox import OutboxEvent
from app.hazards import service
from app.hazards.models import Hazard, HazardMove
from app.photos import service as photos
from tests.hostile.conftest import jpeg

THREADS = 50
NOTE = {"note": "现场没有发现"}

pytestmark = pytest.mark.slow


def ways(name, people):
    """Return the moves that meet: (who, form) each."""
    worker, second = people["gridworker"], people["gridworker2"]
    committee, resident = people["committee"], people["resident"]
    return {
        "the same move": [(worker, {"to": "accepted"})],
        "accept, decline, withdraw": [
            (worker, {"to": "accepted"}),
            (second, {"to": "declined", **NOTE}),
            (resident, {"to": "withdrawn"}),
            (committee, {"to": "accepted"}),
        ],
        "assign to one or the other": [
            (worker, {"to": "assigned", "assignee_id": worker.resident_id}),
            (second, {"to": "assigned", "assignee_id": second.resident_id}),
        ],
        "confirm or check": [
            (resident, {"to": "closed", "rating": 5, "solved": True}),
            (committee, {"to": "closed"}),
        ],
    }[name]


MEETINGS = {
    "the same move": (0, 50),
    "accept, decline, withdraw": (0, 50),
    "assign to one or the other": (1, 25),
    "confirm or check": (4, 25),
}
"""How many steps a case takes before the moves meet, and how many rounds."""


def prepare(served, steps):
    """Report a case and lead it so many steps on; returns its id."""
    people = served.people
    case = service.report_hazard(
        people["resident"], category="FIRE_LANE", description="车道", **served.spot
    )
    worker = people["gridworker"]
    usual = [{}, {"assignee_id": worker.resident_id}, {}, {"note": "好"}]
    states = ["accepted", "assigned", "handling", "handled"]
    for to, brought in zip(states[:steps], usual, strict=False):
        if to == "handled":
            brought["photo_ids"] = [photos.add_photo(worker, io.BytesIO(jpeg()))["id"]]
        service.move_hazard(worker, case["id"], to=to, **brought)
    db.session.remove()
    return case["id"]


def rush(served, pool, hazard_id, moves):
    """Let all threads move at once; return how often each answer came."""
    barrier = threading.Barrier(THREADS)

    def one(number):
        actor, form = moves[number % len(moves)]
        with served.app.app_context():
            barrier.wait(timeout=300)
            try:
                service.move_hazard(actor, hazard_id, **form)
            except Problem as problem:
                return problem.status
            return 200

    return Counter(pool.map(one, range(THREADS)))


@pytest.mark.parametrize("name", MEETINGS)
def test_exactly_one_wins(name, served):
    moves = ways(name, served.people)
    steps, rounds = MEETINGS[name]
    with ThreadPoolExecutor(THREADS) as pool:
        for _ in range(rounds):
            with served.app.app_context():
                hazard_id = prepare(served, steps)
            answers = rush(served, pool, hazard_id, moves)
            assert answers == {200: 1, 409: THREADS - 1}
            with served.app.app_context():
                assert_one_more_line(hazard_id, steps + 2)


def assert_one_more_line(hazard_id, lines):
    """The history has one line more, the case and the facts agree with it."""
    history = read(
        db.select(HazardMove.seq, HazardMove.to_state)
        .where(HazardMove.hazard_id == hazard_id)
        .order_by(HazardMove.seq)
    ).all()
    case = read(db.select(Hazard.state, Hazard.moves_made).where(Hazard.id == hazard_id)).one()
    assert [line.seq for line in history] == list(range(1, lines + 1))
    assert (case.state, case.moves_made) == (history[-1].to_state, lines)
    payloads = read(db.select(OutboxEvent.payload)).scalars().all()
    assert (
        sum(payload["hazard_id"] == hazard_id for payload in payloads if "hazard_id" in payload)
        == lines
    )
    db.session.remove()
