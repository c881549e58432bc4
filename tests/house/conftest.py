"""A small world: cases in three places, homes, photos."""

import io
from datetime import timedelta

import pytest
from PIL import Image

from app.core import clock
from app.hazards import service as hazards
from app.photos import service as photos
from app.places import service as places

PLACES = {"own": "510105007004001", "sibling": "510105007005001", "elsewhere": "320506100006001"}
"""A grid in 草堂路社区, one next door in 青华社区, one in 甪直镇 in another city."""


@pytest.fixture
def photo(app):
    """Take a photo in for somebody; returns its id."""
    content = io.BytesIO()
    Image.new("RGB", (32, 24), "teal").save(content, "JPEG")

    def take(actor):
        return photos.add_photo(actor, io.BytesIO(content.getvalue()))["id"]

    return take


@pytest.fixture
def report(app):
    """Report something as somebody in one of `PLACES`."""

    def make(actor, where="own", **changes):
        grid = places.get_place(PLACES[where])
        given = {"category": "FIRE_LANE", "description": "消防车道停了三辆车"}
        spot = {"lat": grid["lat"], "lon": grid["lon"]}
        return hazards.report_hazard(actor, **{**given, **spot, **changes})

    return make


@pytest.fixture
def finished(photo):
    """Lead a reported case to the question whether it is solved."""

    def lead(case, worker):
        brought = {
            "accepted": {},
            "assigned": {"assignee_id": worker.resident_id},
            "handling": {},
            "suspended": {"note": "等配件", "until": clock.now() + timedelta(days=2)},
        }
        for to, given in brought.items():
            hazards.move_hazard(worker, case["id"], to=to, **given)
        hazards.move_hazard(worker, case["id"], to="handling")
        photo_ids = [photo(worker), photo(worker)]
        return hazards.move_hazard(
            worker, case["id"], to="handled", note="已处理", photo_ids=photo_ids
        )

    return lead
