"""People with points, and something to spend them on."""

from datetime import timedelta

import pytest

from app.core import clock
from app.points import rewards
from app.points import service as points
from tests.factories.people import COMMUNITY


@pytest.fixture
def give(people):
    """Give somebody points of their own, past every cap: one source and one day for each ten."""
    made = []

    def to(who, amount):
        while amount > 0:
            some = min(amount, 10)
            made.append(some)
            actor = people[who] if isinstance(who, str) else who
            given = points.grant(
                actor.resident_id,
                "hazard_solved",
                "hazard",
                len(made),
                amount=some,
                at=clock.now() - timedelta(days=len(made)),
            )
            assert given == some
            amount -= some

    return to


@pytest.fixture
def offer(people):
    """Offer something as the committee of 草堂路社区."""

    def make(who="committee", **changes):
        given = {"place_code": COMMUNITY, "name": "雨伞", "cost": 10, "stock": 3, **changes}
        return rewards.offer(people[who], **given)

    return make


@pytest.fixture
def has():
    """Return what somebody has: (to spend, held, owed)."""

    def of(actor):
        found = points.my_points(actor)
        return found["balance"], found["held"], found["debt"]

    return of
