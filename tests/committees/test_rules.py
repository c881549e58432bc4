import pytest

from app.committees import rules


@pytest.mark.parametrize(
    ("numerator", "denominator", "value"), [(0, 0, None), (0, 4, 0.0), (1, 3, 0.3333), (4, 4, 1.0)]
)
def test_a_rate_without_a_denominator_has_no_value(numerator, denominator, value):
    assert rules.Rate(numerator, denominator, 2).shown() == {
        "value": value,
        "numerator": numerator,
        "denominator": denominator,
        "excluded": 2,
    }
