"""Cases in every state, made by the services that people use."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from PIL import Image

from app.core import clock
from app.hazards import service
from app.photos import service as photos
from app.places import service as places

MORNING = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
"""Friday, 09:00 in Shanghai."""
GRID = "510105007004001"


@pytest.fixture
def spot(app):
    """A point in the first grid of 草堂路社区."""
    grid = places.get_place(GRID)
    return {"lat": grid["lat"], "lon": grid["lon"]}


@pytest.fixture
def morning():
    with clock.at(MORNING):
        yield MORNING


@pytest.fixture
def report(people, spot, morning):
    """Report something as somebody."""

    def make(who="resident", **changes):
        given = {"category": "FIRE_LANE", "description": "消防车道停了三辆车", **spot, **changes}
        return service.report_hazard(people[who], **given)

    return make


@pytest.fixture
def photo(app):
    """Take a photo in for somebody; returns its id."""

    def make(actor):
        content = io.BytesIO()
        Image.new("RGB", (64, 48), "teal").save(content, "JPEG")
        content.seek(0)
        return photos.add_photo(actor, content)["id"]

    return make


@pytest.fixture
def step(people, photo):
    """Take the usual step to a state, some time after the morning."""

    def usual(to, who):
        worker = people["gridworker"]
        return {
            "assigned": lambda: {"assignee_id": worker.resident_id},
            "handled": lambda: {"note": "已挪车", "photo_ids": [photo(people[who])]},
            "declined": lambda: {"note": "现场没有发现"},
            "suspended": lambda: {"note": "等配件", "until": clock.now() + timedelta(days=3)},
            "closed": lambda: {"rating": 5, "solved": True} if who == "resident" else {},
        }.get(to, dict)()

    def take(case, to, who="gridworker", *, after=None, **changes):
        moment = MORNING + after if after is not None else clock.now()
        with clock.at(moment):
            given = {**usual(to, who), **changes}
            return service.move_hazard(people[who], case["id"], to=to, **given)

    return take


@pytest.fixture
def case_in(report, step):
    """Make a case that has come as far as a state."""
    ways = {
        "reported": [],
        "accepted": ["accepted"],
        "declined": ["declined"],
        "withdrawn": [("withdrawn", "resident")],
        "assigned": ["accepted", "assigned"],
        "handling": ["accepted", "assigned", "handling"],
        "suspended": ["accepted", "assigned", "handling", "suspended"],
        "handled": ["accepted", "assigned", "handling", "handled"],
        "closed": ["accepted", "assigned", "handling", "handled", ("closed", "resident")],
    }

    def make(state, **changes):
        case = report(**changes)
        for way in ways[state]:
            to, who = way if isinstance(way, tuple) else (way, "gridworker")
            case = step(case, to, who)
        return case

    return make
