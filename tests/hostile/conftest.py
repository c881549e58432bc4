"""A served product with something in it, asked from outside: no context is left open."""

import io
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from PIL import Image

from app.hazards import service as hazards
from app.photos import service as photos
from app.places import service as places
from app.residents import service as residents
from tests import databases
from tests.clients import Client
from tests.factories.people import COMMUNITY, make_actor, make_people

GRID = "510105007004001"


@dataclass
class Served:
    """An app, its people's hands, and the ids of what is in it."""

    app: Flask
    clients: dict[str, Client]
    hazard_id: int
    residence_id: int
    photo_id: str
    spot: dict[str, Any]
    people: dict[str, Any]

    def report(self, **changes):
        """Return a report that is accepted as it stands."""
        good = {"category": "FIRE_LANE", "description": "消防车道停了三辆车", **self.spot}
        return {**good, "coord_sys": "wgs84", **changes}


def jpeg(width=64, height=48, kind="JPEG"):
    """Return a small photo."""
    content = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(content, kind)
    return content.getvalue()


@pytest.fixture
def served(app_on_database):
    with app_on_database.app_context():
        databases.empty()
        people = make_people()
        clients = {
            who: Client(app_on_database).signed_in_as(people[who])
            for who in ("resident", "neighbour", "gridworker", "committee")
        }
        clients["nobody"] = Client(app_on_database)
        grid = places.get_place(GRID)
        spot = {"lat": grid["lat"], "lon": grid["lon"]}
        photo_id = photos.add_photo(people["resident"], io.BytesIO(jpeg()))["id"]
        case = hazards.report_hazard(
            people["resident"],
            category="FIRE_LANE",
            description="消防车道停了三辆车",
            photo_ids=[photo_id],
            **spot,
        )
        home = residents.request_residence(make_actor(), place_code=COMMUNITY, room="1-101")
        databases.close()
    return Served(app_on_database, clients, case["id"], home["id"], photo_id, spot, people)


@pytest.fixture
def refused():
    """Hold an answer against what a refusal must be."""

    def check(answer, *statuses):
        assert answer.status_code in (statuses or range(400, 500)), answer.get_data()
        assert answer.mimetype == "application/problem+json"
        problem = answer.json
        assert problem.keys() == {"type", "title", "status", "detail", "code", "errors"}
        assert problem["status"] == answer.status_code
        assert problem["title"]
        assert problem["detail"]
        assert all(fault.keys() == {"field", "code", "message"} for fault in problem["errors"])
        return problem

    return check
