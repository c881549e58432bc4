"""Browsers at desks, for whoever is in charge."""

import pytest
from sqlalchemy import select, update

from app.core import clock, crypto
from app.core.db import changed_rows, db, read, writing
from app.hazards.models import HazardCategory
from app.places.models import Place
from app.residents import rules
from app.residents.models import DeskSignIn, SignIn
from tests.factories.people import COMMUNITY

HERE = {"Origin": "http://localhost"}
PART = {"HX-Request": "true"}


class Desk:
    """A browser that somebody sits at: keeps its cookie, says where it comes from."""

    def __init__(self, app, actor=None):
        self.http = app.test_client()
        if actor is not None:
            self.http.set_cookie("linli_desk", _let_in(actor), path="/console")

    def get(self, path, *, part=False, **query):
        """Ask for a page, or for a part of one, as htmx does."""
        return self.http.get(path, query_string=query or None, headers=PART if part else {})

    def post(self, path, form=None, *, headers=HERE, part=True):
        """Send a form, as a page of ours does."""
        return self.http.post(path, data=form or {}, headers=headers | (PART if part else {}))


def _let_in(actor):
    secret, now = crypto.random_token(), clock.now()
    sign_in = SignIn(id=crypto.random_token(), resident_id=actor.resident_id, created_at=now)
    db.session.add(sign_in)
    db.session.flush()
    db.session.add(
        DeskSignIn(
            code=secret[:8],
            number="42",
            fingerprint=crypto.fingerprint(secret),
            state=rules.OPEN,
            browser="Chrome",
            address="127.0.0.1",
            asked_at=now,
            expires_at=now + rules.DESK_FOR,
            resident_id=actor.resident_id,
            sign_in_id=sign_in.id,
            seen_at=now,
        )
    )
    db.session.commit()
    return secret


@pytest.fixture
def desk(app):
    """Return a browser that nobody sits at."""
    return Desk(app)


@pytest.fixture
def sit(app, people):
    """Return a function that seats one of the demo's people at a desk of their own."""
    return lambda name: Desk(app, people[name])


@pytest.fixture
def put_back(app):
    """Put back what outlives a test: places and categories."""
    place, category = Place.code == COMMUNITY, HazardCategory.code == "FIRE_LANE"
    named = read(select(Place.name).where(place)).scalar_one()
    called = read(select(HazardCategory.name_zh).where(category)).scalar_one()
    yield
    with writing():
        changed_rows(update(Place).where(place).values(name=named))
        changed_rows(update(HazardCategory).where(category).values(name_zh=called))
