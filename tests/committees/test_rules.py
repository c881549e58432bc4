from datetime import date

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


@pytest.mark.parametrize(
    ("first", "last", "before"),
    [
        ("2026-11-20", "2026-11-20", ("2026-11-19", "2026-11-19")),
        ("2026-11-01", "2026-11-30", ("2026-10-02", "2026-10-31")),
        ("2024-02-26", "2024-03-03", ("2024-02-19", "2024-02-25")),
    ],
)
def test_the_previous_range_is_as_long_and_ends_the_day_before(first, last, before):
    found = rules.previous_range(date.fromisoformat(first), date.fromisoformat(last))
    assert found == tuple(date.fromisoformat(day) for day in before)
