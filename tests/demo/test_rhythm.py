"""When things happen: by the calendar, and never in the small hours."""

import random
from collections import Counter
from datetime import UTC, date, datetime

import pytest

from app.core.clock import SHANGHAI
from demo.month.rhythm import (
    ANSWERING,
    LEARNING,
    REPORTING,
    Calendar,
    all_days,
    awake,
    moment,
    office,
    times,
)

MONTH = Calendar(date(2026, 11, 21), 30)


@pytest.mark.parametrize("activity", [REPORTING, LEARNING, ANSWERING])
def test_nothing_happens_in_the_small_hours(activity):
    dice = random.Random(1)
    hours = Counter(moment(dice, MONTH.last, activity).hour for _ in range(2000))
    assert not set(hours) & set(range(6))
    assert sum(hours[hour] for hour in (19, 20, 21)) > sum(hours[hour] for hour in (13, 14, 15))


@pytest.mark.parametrize(
    ("day", "activity", "expected"),
    [
        (date(2026, 11, 18), REPORTING, 1.0),  # a dry Wednesday
        (date(2026, 11, 15), REPORTING, 1.45),  # a Sunday
        (date(2026, 11, 5), REPORTING, 2.2),  # a wet Thursday
        (date(2026, 11, 15), LEARNING, 0.8),
        (date(2026, 10, 5), LEARNING, 0.8),  # a Monday in the National Day's week
        (date(2026, 10, 10), LEARNING, 1.0),  # a Saturday that is worked for it
    ],
)
def test_days_differ(day, activity, expected):
    assert MONTH.weight(activity, day) == pytest.approx(expected)


def test_a_month_has_a_week_of_rain_and_a_campaign_that_is_over_for_long_enough():
    rain = [day for day in all_days(MONTH.first, MONTH.last) if MONTH.is_wet(day)]
    assert 5 <= len(rain) <= 7
    for days in (10, 14, 30):
        first, last = Calendar(MONTH.last, days).campaign
        assert first < last
        assert (MONTH.last - last).days > 7


def test_times_come_to_what_is_expected():
    dice = random.Random(2)
    found = [times(dice, 3.6) for _ in range(4000)]
    assert sum(found) / len(found) == pytest.approx(3.6, rel=0.05)
    assert times(dice, 0.0) == 0


@pytest.mark.parametrize(
    ("utc", "wakes", "opens"),
    [
        ("2026-11-20T02:00", "2026-11-20 10:00", "2026-11-20 10:00"),  # Friday morning
        ("2026-11-19T18:30", "2026-11-20 07:30", "2026-11-20 09:30"),  # Friday, half past two
        ("2026-11-20T14:30", "2026-11-21 07:30", "2026-11-23 09:30"),  # Friday night
        ("2026-11-21T04:00", "2026-11-21 12:00", "2026-11-23 09:00"),  # Saturday noon
    ],
)
def test_people_sleep_and_offices_close(utc, wakes, opens):
    at = datetime.fromisoformat(utc).replace(tzinfo=UTC)
    assert f"{awake(at):%Y-%m-%d %H:%M}" == wakes
    assert f"{office(at).astimezone(SHANGHAI):%Y-%m-%d %H:%M}" == opens
