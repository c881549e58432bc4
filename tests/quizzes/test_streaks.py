"""Days in a row: midnight, the month's end, missed days; and nothing depends on when one looks."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.clock import shanghai_day
from app.quizzes.streaks import FREE_A_MONTH, Streak, advanced, standing


def day(text):
    return date.fromisoformat(f"2026-{text}")


def after(days):
    streak = None
    for found in days:
        streak = advanced(streak, day(found))
    return streak


@pytest.mark.parametrize(
    ("days", "length", "free_used"),
    [
        (["11-01"], 1, 0),
        (["11-01", "11-02", "11-03"], 3, 0),
        (["11-01", "11-01"], 1, 0),  # twice on a day is once
        (["11-02", "11-01"], 1, 0),  # what arrives late changes nothing
        (["11-01", "11-03"], 2, 1),  # one missed day
        (["11-01", "11-04"], 2, 2),  # two
        (["11-01", "11-05"], 1, 0),  # three are too many
        (["11-01", "11-03", "11-05"], 3, 2),
        (["11-01", "11-03", "11-05", "11-07"], 1, 2),  # the month's two are used up
        (["11-01", "11-03", "11-05", "11-07", "11-09"], 1, 2),
        (["11-30", "12-01"], 2, 0),  # over the month's end
        (["11-29", "12-01"], 2, 0),  # the missed day was November's
        (["11-28", "12-03"], 2, 2),  # two of November's and two of December's
        (["11-28", "12-04"], 1, 0),  # three of December's
        (["11-27", "12-01"], 1, 0),  # three of November's
        (["11-01", "11-04", "11-29", "12-01"], 1, 0),
        (["11-01", "11-04", "11-30", "12-02"], 2, 1),
        (["11-20", "11-23", "11-24", "12-31"], 1, 0),
    ],
)
def test_a_streak_by_its_days(days, length, free_used):
    streak = after(days)
    assert (streak.length, streak.free_used) == (length, free_used)


def test_a_new_month_brings_new_free_days():
    streak = after(["11-01", "11-04", *(f"11-{n:02}" for n in range(5, 31)), "12-03"])
    assert (streak.length, streak.free_used) == (29, 2)


def test_over_the_new_year():
    streak = Streak(5, 5, date(2026, 12, 30))
    assert advanced(streak, date(2027, 1, 1)) == Streak(6, 6, date(2027, 1, 1), 0)
    assert advanced(streak, date(2027, 1, 3)) == Streak(6, 6, date(2027, 1, 3), 2)
    assert advanced(streak, date(2027, 1, 4)) == Streak(1, 5, date(2027, 1, 4), 0)


def test_the_longest_is_kept():
    assert after(["11-01", "11-02", "11-03", "11-20"]) == Streak(1, 3, day("11-20"), 0)


@pytest.mark.parametrize(
    ("today", "length", "free_left", "done", "keep_until"),
    [
        ("11-10", 3, 2, True, "11-13"),
        ("11-11", 3, 2, False, "11-13"),
        ("11-12", 3, 1, False, "11-13"),
        ("11-13", 3, 0, False, "11-13"),
        ("11-14", 0, 2, False, None),
    ],
)
def test_how_a_streak_stands(today, length, free_left, done, keep_until):
    found = standing(after(["11-08", "11-09", "11-10"]), day(today))
    kept = found.keep_until and found.keep_until.strftime("%m-%d")
    assert (found.length, found.free_left, found.done_today, kept) == (
        length, free_left, done, keep_until)  # fmt: skip


def test_nobody_begins_with_nothing():
    assert standing(None, day("11-10")).free_left == FREE_A_MONTH
    assert standing(None, day("11-10")).keep_until is None


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-11-20T15:59:59", "11-20"),  # 23:59:59 in Shanghai
        ("2026-11-20T16:00:00", "11-21"),
        ("2026-11-30T16:00:00", "12-01"),
    ],
)
def test_the_day_is_that_of_shanghai(moment, expected):
    assert shanghai_day(datetime.fromisoformat(moment).replace(tzinfo=UTC)) == day(expected)


DAYS = st.lists(st.integers(0, 120), min_size=1, max_size=60).map(sorted)


@given(DAYS)
def test_the_streak_stands_until_the_day_it_says(offsets):
    streak = None
    for offset in offsets:
        streak = advanced(streak, day("01-01") + timedelta(days=offset))
    assert 1 <= streak.length <= streak.longest <= len(set(offsets))
    assert 0 <= streak.free_used <= FREE_A_MONTH
    until = standing(streak, streak.last_day).keep_until
    assert advanced(streak, until).length == streak.length + 1
    assert standing(streak, until).length == streak.length
    assert advanced(streak, until + timedelta(days=1)).length == 1
    assert standing(streak, until + timedelta(days=1)).length == 0
