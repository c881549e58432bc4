"""A served product with something in it, asked from outside: no context is left open."""

import io
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import event

from app.core import clock
from app.core.db import db
from app.hazards import service as hazards
from app.photos import service as photos
from app.places import service as places
from app.residents import service as residents
from tests import databases
from tests.clients import Client, signed_in
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


class Kept:
    """A world that stays as it is until somebody writes: most of what is hostile writes nothing."""

    LONGEST = timedelta(minutes=5)
    """Tokens are good for longer."""

    def __init__(self, app):
        self.app, self.world, self.made_at = app, None, None
        with app.app_context():
            event.listen(db.engine, "before_cursor_execute", self.hear)

    def hear(self, _connection, _cursor, statement, *_):
        if not statement.lstrip().upper().startswith(READS):
            self.world = None

    def get(self):
        """Return the world, made anew where somebody wrote in it."""
        if self.world is None or clock.now() - self.made_at > self.LONGEST:
            made = make_world(self.app)
            self.world, self.made_at = made, clock.now()
        return self.world


READS = ("SELECT", "BEGIN", "PRAGMA", "SET", "SHOW", "SAVEPOINT", "RELEASE", "ROLLBACK")


@pytest.fixture(scope="session")
def kept(app_on_database):
    return Kept(app_on_database)


@pytest.fixture
def served(kept):
    return kept.get()


def make_world(app_on_database):
    """Make people, a case with a photo and a home, after whatever was there before."""
    with app_on_database.app_context():
        databases.empty()
        people = make_people()
        hands = ("resident", "neighbour", "gridworker", "committee")
        clients = signed_in(app_on_database, {who: people[who] for who in hands})
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
