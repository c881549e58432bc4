"""Half goes up, at the desk as on the phone."""

import pytest

from app.core.rounding import half_up


@pytest.mark.parametrize(
    ("value", "digits", "rounded"),
    [
        (92.5, 0, 93),
        (93.5, 0, 94),
        (100 * 0.285, 0, 29),  # 28.499999999999996, as computers multiply
        (28.499, 0, 28),
        (0.25, 1, 0.3),  # a quarter of an hour
        (0.35, 1, 0.4),
        (0, 0, 0),
        (1234567.5, 0, 1234568),
    ],
)
def test_half_goes_up(value, digits, rounded):
    assert half_up(value, digits) == rounded
