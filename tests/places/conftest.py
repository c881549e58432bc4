"""A corner of the map that the demo leaves free, for tests that change the tree."""

import json

import pytest
from sqlalchemy import delete

from app.core.db import changed_rows, within, writing
from app.places.files import read_places
from app.places.imports import import_places, renew_revision
from app.places.models import Place
from tests.places.maps import COMMITTEE


@pytest.fixture
def tree(app):
    """Return the app; what the test adds under 44 (Guangdong) goes away afterwards."""
    yield app
    with writing():
        changed_rows(delete(Place).where(within(Place.code, "44")))
        renew_revision()


@pytest.fixture
def community(tree):
    """Return the code of a community without any grid, in Guangzhou."""
    import_places(read_places(json.dumps([COMMITTEE]).encode()).records)
    return COMMITTEE["code"]
