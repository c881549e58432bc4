"""Which period a day lies in, where a fact lies, and what is home."""

from datetime import date, timedelta

import pytest

from app.rollups import rules

NEW_YEAR = date(2026, 1, 1)
"""A Thursday."""


@pytest.mark.parametrize(
    ("kind", "start", "end", "before"),
    [
        ("day", NEW_YEAR, NEW_YEAR, date(2025, 12, 31)),
        ("week", date(2025, 12, 29), date(2026, 1, 4), date(2025, 12, 22)),
        ("month", NEW_YEAR, date(2026, 1, 31), date(2025, 12, 1)),
        ("quarter", NEW_YEAR, date(2026, 3, 31), date(2025, 10, 1)),
        ("year", NEW_YEAR, date(2026, 12, 31), date(2025, 1, 1)),
    ],
)
def test_a_day_lies_in_a_period_with_one_before(kind, start, end, before):
    assert rules.start_of(NEW_YEAR, kind) == start
    assert rules.end_of(start, kind) == end
    assert rules.before(start, kind) == before


@pytest.mark.parametrize(
    ("first", "last", "kind"),
    [
        (date(2024, 2, 1), date(2024, 2, 29), "month"),
        (date(2024, 2, 1), date(2024, 2, 28), None),
        (date(2026, 11, 16), date(2026, 11, 22), "week"),
        (date(2026, 11, 17), date(2026, 11, 23), None),
        (date(2026, 2, 1), date(2026, 2, 28), "month"),
        (date(2026, 10, 1), date(2026, 12, 31), "quarter"),
        (date(2024, 1, 1), date(2024, 12, 31), "year"),
        (date(2026, 2, 2), date(2026, 2, 2), "day"),
    ],
)
def test_a_range_may_be_a_calendar_period(first, last, kind):
    assert rules.exact_period(first, last) == kind


def test_the_calendar_knows_every_day_of_a_range():
    rows = list(rules.calendar(date(2023, 12, 25), date(2025, 3, 2)))
    assert [row["day"] for row in rows] == [
        date(2023, 12, 25) + timedelta(days=number) for number in range(len(rows))
    ]
    assert rows[-1]["day"] == date(2025, 3, 2)
    assert rows[7] == {
        "day": NEW_YEAR.replace(year=2024),
        "day_before": date(2023, 12, 31),
        "week_start": NEW_YEAR.replace(year=2024),
        "week_before": date(2023, 12, 25),
        "month_start": NEW_YEAR.replace(year=2024),
        "month_before": date(2023, 12, 1),
        "quarter_start": NEW_YEAR.replace(year=2024),
        "quarter_before": date(2023, 10, 1),
        "year_start": NEW_YEAR.replace(year=2024),
        "year_before": date(2023, 1, 1),
    }


HOME = "510105007004002001"


@pytest.mark.parametrize(
    ("code", "home", "lies", "is_home"),
    [
        ("510105007004001", None, "510105007004001", False),
        ("510105007004001009", None, "510105007004001", False),
        ("510105007004001", HOME, "510105007004001", True),
        ("510105007004", HOME, "510105007004002", True),
        ("510105007005", HOME, "510105007005", False),
        ("510105007", HOME, "510105007", False),
        ("", HOME, "510105007004002", True),
        ("", None, "", False),
    ],
)
def test_a_fact_lies_at_the_grid_where_it_is_known(code, home, lies, is_home):
    assert rules.lies_at(code, home) == lies
    assert rules.is_home(rules.lies_at(code, home), home) is is_home
