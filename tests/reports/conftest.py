"""A month with a few cases, and the day after it."""

from datetime import UTC, datetime

import pytest

from app.core.db import writing
from app.rollups import rolling
from tests.hazards.conftest import case_in, morning, photo, report, spot, step  # noqa: F401

FIRST_OF_DECEMBER = datetime(2026, 12, 1, 1, 0, tzinfo=UTC)
"""09:00 in Shanghai: November is over."""


@pytest.fixture(autouse=True)
def rolled(request):
    """Be where all that happened has been counted, in tests that have a database."""
    if {"people", "clients"} & set(request.fixturenames):
        request.getfixturevalue("app")
        with writing():
            rolling.lock()
            rolling.mark_rolled(FIRST_OF_DECEMBER)
