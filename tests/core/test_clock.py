"""Time is aware, stored in UTC, and a day is a day in Shanghai."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from app.core import clock

MORNING = datetime(2026, 11, 20, 23, 59, 59, 999999, UTC)


def test_now_is_aware_and_whole_seconds():
    assert clock.now().tzinfo is UTC
    assert clock.now().microsecond == 0


def test_time_stands_still_only_inside_the_block():
    with clock.at(MORNING):
        assert clock.now() == MORNING.replace(microsecond=0)
        with clock.at(MORNING + timedelta(days=1)):
            assert clock.now().day == 21
        assert clock.now().day == 20
    assert clock.now() != MORNING.replace(microsecond=0)


def test_a_naive_time_is_refused():
    with pytest.raises(ValueError, match="naive"), clock.at(datetime(2026, 11, 20)):  # noqa: DTZ001
        pass


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 11, 20, 15, 59, 59, tzinfo=UTC), date(2026, 11, 20)),
        (datetime(2026, 11, 20, 16, 0, tzinfo=UTC), date(2026, 11, 21)),
        (datetime(2026, 11, 20, 23, 0, tzinfo=timezone(timedelta(hours=8))), date(2026, 11, 20)),
        (datetime(2026, 12, 31, 16, 0, tzinfo=UTC), date(2027, 1, 1)),
    ],
)
def test_a_day_begins_at_midnight_in_shanghai(moment, day):
    assert clock.shanghai_day(moment) == day
    start, end = clock.day_range(day, day)
    assert start <= moment < end
    assert end - start == timedelta(days=1)


def test_a_range_of_days_has_no_gap_and_no_overlap():
    first = clock.day_range(date(2026, 11, 1), date(2026, 11, 20))
    second = clock.day_range(date(2026, 11, 21), date(2026, 11, 21))
    assert first[1] == second[0]
