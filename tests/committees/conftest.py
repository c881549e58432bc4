"""Cases in every state, made as tests/hazards makes them."""

from tests.hazards.conftest import case_in, morning, photo, report, spot, step  # noqa: F401
