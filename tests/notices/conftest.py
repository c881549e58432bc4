"""People whom something can be told, by day and by night."""

from datetime import UTC, datetime

import pytest

from app.core import clock, deliveries
from app.notices import quotas, service

NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
"""Friday, 12:00 in Shanghai."""
NIGHT = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)
"""The same day, 22:00 in Shanghai."""
CASE = {
    "number": "CT-20261120-0001",
    "category": {"zh-Hans": "占用消防通道", "en": "Fire lane blocked"},
    "place": "草堂路第一网格",
    "by": {"at": "2026-11-20T06:00:00+00:00"},
}


@pytest.fixture
def noon(app):
    with clock.at(NOON):
        yield NOON


@pytest.fixture
def grandmother(people):
    return people["resident"]


@pytest.fixture
def allow():
    """Let somebody allow so many messages of a template."""

    def give(actor, template="case_accepted", times=1):
        for _ in range(times):
            quotas.answer(actor, {f"demo-{template.replace('_', '-')}": "accept"})

    return give


@pytest.fixture
def tell(people):
    """Tell people about case 17."""

    def say(kind="case_accepted", *who, key="case 17", **more):
        ids = [people[name].resident_id for name in who or ("resident",)]
        about = service.About("hazard", 17)
        return service.tell(kind, ids, key=key, about=about, params=CASE, **more)

    return say


@pytest.fixture
def left(app):
    """Return how many messages of a template somebody has left."""

    def count(actor, template="case_accepted"):
        found = quotas.show_preferences(actor)["templates"]
        return next(row["left"] for row in found if row["name"] == template)

    return count


@pytest.fixture
def messages(sandbox):
    """Deliver what is due and return what reached phones since the test began."""
    received = sandbox.sandbox.account.messages
    received.clear()

    def sent():
        deliveries.deliver_due()
        return received.read()

    return sent
