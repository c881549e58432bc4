from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.clock import SHANGHAI
from app.hazards import clocks


def wall(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


# 2026: the National Day holiday is 1-7 October; Saturday 10 October is worked instead.
@pytest.mark.parametrize(
    ("clock", "limit", "start", "due"),
    [
        ("urgent_hour", 2, "2026-11-20 14:40", "2026-11-20 16:40"),
        ("urgent_hour", 0.5, "2026-11-20 23:50", "2026-11-21 00:20"),
        ("urgent_hour", 4, "2026-10-01 22:00", "2026-10-02 02:00"),
        ("natural_day", 15, "2026-11-20 09:00", "2026-12-05 09:00"),
        ("work_hour", 4, "2026-11-20 08:00", "2026-11-20 12:00"),
        ("work_hour", 4, "2026-11-20 10:00", "2026-11-20 16:00"),
        ("work_hour", 4, "2026-11-20 12:30", "2026-11-20 18:00"),
        ("work_hour", 4, "2026-11-20 17:00", "2026-11-23 11:00"),
        ("work_hour", 2, "2026-11-21 10:00", "2026-11-23 10:00"),
        ("work_hour", 1, "2026-11-20 18:00", "2026-11-23 09:00"),
        ("work_day", 1, "2026-11-20 09:00", "2026-11-23 09:00"),
        ("work_day", 1, "2026-11-20 06:00", "2026-11-20 18:00"),
        ("work_day", 2, "2026-09-30 08:00", "2026-10-08 18:00"),
        ("work_day", 1, "2026-10-09 14:00", "2026-10-10 12:00"),
        ("work_day", 5, "2026-11-16 15:00", "2026-11-23 15:00"),
    ],
)
def test_a_promise_ends_when_its_clock_has_run(clock, limit, start, due):
    assert clocks.due(clock, limit, wall(start)) == wall(due)


@pytest.mark.parametrize(
    ("clock", "start", "due"),
    [
        ("urgent_hour", "2026-11-21 03:00", "2026-11-21 03:15"),
        ("natural_day", "2026-11-21 03:00", "2026-11-21 03:15"),
        ("work_hour", "2026-11-21 03:00", "2026-11-23 08:15"),
        ("work_day", "2026-11-20 11:50", "2026-11-20 14:05"),
    ],
)
def test_danger_is_accepted_at_once_and_nuisance_in_working_time(clock, start, due):
    assert clocks.accept_due(clock, 15, wall(start)) == wall(due)


@pytest.mark.parametrize(
    ("clock", "due_at", "paused", "now", "resumed"),
    [
        ("urgent_hour", "20 16:40", "20 15:40", "22 09:00", "22 10:00"),
        ("urgent_hour", "20 16:40", "20 17:00", "22 09:00", "20 16:40"),
        # One working hour was left on Friday; it is left on Monday.
        ("work_hour", "20 18:00", "20 17:00", "23 09:00", "23 10:00"),
        # Resumed at night: it runs from the morning on.
        ("work_day", "20 18:00", "20 14:00", "20 22:00", "23 12:00"),
    ],
)
def test_what_was_left_before_a_pause_is_left_after_it(clock, due_at, paused, now, resumed):
    november = [wall(f"2026-11-{moment}") for moment in (due_at, paused, now, resumed)]
    assert clocks.resumed(clock, *november[:3]) == november[3]


@given(
    st.sampled_from(clocks.CLOCKS),
    st.floats(0.25, 15),
    st.datetimes(datetime(2020, 1, 1), datetime(2026, 12, 1)),  # noqa: DTZ001 hypothesis wants naive bounds
)
def test_a_promise_is_never_in_the_past_and_never_shorter_than_its_limit(clock, limit, start):
    begun = start.replace(tzinfo=UTC)
    due = clocks.due(clock, limit, begun)
    hours = limit * (24 if clock == "natural_day" else 8 if clock == "work_day" else 1)
    assert due - begun >= timedelta(hours=hours) - timedelta(seconds=1)


@given(
    st.sampled_from(clocks.CLOCKS),
    st.datetimes(datetime(2024, 1, 1), datetime(2026, 11, 1)),  # noqa: DTZ001
    st.integers(0, 3000),
    st.integers(0, 3000),
)
def test_a_pause_never_makes_a_promise_earlier(clock, start, until_pause, pause):
    begun = start.replace(tzinfo=UTC)
    due = clocks.due(clock, 2, begun)
    paused = begun + timedelta(minutes=until_pause)
    assert clocks.resumed(clock, due, paused, paused + timedelta(minutes=pause)) >= due


@pytest.mark.parametrize(
    ("clock", "since", "until", "now", "share"),
    [
        ("urgent_hour", "20 09:00", "20 11:00", "20 08:55", 0.0),
        ("urgent_hour", "20 09:00", "20 11:00", "20 09:30", 0.25),
        ("urgent_hour", "20 09:00", "20 11:00", "20 12:00", 1.5),
        # Four working hours from Friday 17:30: half an hour is used until Monday 08:00.
        ("work_hour", "20 17:30", "23 11:30", "21 12:00", 0.125),
        ("work_hour", "20 17:30", "23 11:30", "23 08:00", 0.125),
        ("work_hour", "20 17:30", "23 11:30", "23 11:30", 1.0),
        # Lateness runs on it too: nobody is later for the lunch break or the weekend.
        ("work_hour", "20 08:00", "20 12:00", "20 14:00", 1.0),
        ("work_hour", "20 08:00", "20 12:00", "20 16:00", 1.5),
        ("work_hour", "20 08:00", "20 12:00", "23 08:00", 2.0),
    ],
)
def test_the_used_share_of_a_promise_runs_on_its_own_clock(clock, since, until, now, share):
    moments = [wall(f"2026-11-{moment}") for moment in (since, until, now)]
    assert clocks.share_used(clock, *moments) == share


@pytest.mark.parametrize(
    ("clock", "since", "until", "share", "moment"),
    [
        ("urgent_hour", "20 09:00", "20 11:00", 0.8, "20 10:36"),
        ("urgent_hour", "20 09:00", "20 11:00", 1.0, "20 11:00"),
        ("urgent_hour", "20 09:00", "20 11:00", 1.5, "20 12:00"),
        ("natural_day", "20 09:00", "30 09:00", 0.8, "28 09:00"),
        # Four working hours: 48 minutes before the end, two hours after it.
        ("work_hour", "20 08:00", "20 12:00", 0.8, "20 11:12"),
        ("work_hour", "20 08:00", "20 12:00", 1.5, "20 16:00"),
        ("work_hour", "20 17:30", "23 11:30", 0.8, "23 10:42"),
        ("work_hour", "20 17:30", "23 11:30", 1.5, "23 15:30"),
        # One day of eight hours from Friday noon: over at noon on Monday, and late on Tuesday.
        ("work_day", "20 12:00", "23 12:00", 0.8, "23 10:24"),
        ("work_day", "20 12:00", "23 12:00", 1.5, "23 18:00"),
    ],
)
def test_a_share_of_a_promise_is_used_at_a_moment_of_its_own_clock(
    clock, since, until, share, moment
):
    since, until, moment = (wall(f"2026-11-{text}") for text in (since, until, moment))
    assert clocks.moment_of_share(clock, since, until, share) == moment
    assert clocks.share_used(clock, since, until, moment) == share


def test_a_pause_makes_what_is_late_no_later():
    due_at, paused, now = (wall(f"2026-11-{t}") for t in ("20 12:00", "20 15:00", "24 10:00"))
    late_from = clocks.late_again("work_hour", due_at, paused, now)
    assert late_from == wall("2026-11-24 09:00")
    since = wall("2026-11-20 08:00")
    share = clocks.share_used("work_hour", since, due_at, now, late_from=late_from)
    assert share == clocks.share_used("work_hour", since, due_at, paused) == 1.25
    order = clocks.moment_of_share("work_hour", since, due_at, 1.5, late_from=late_from)
    assert order == wall("2026-11-24 11:00")


@given(
    st.sampled_from(clocks.CLOCKS),
    st.datetimes(datetime(2024, 1, 1), datetime(2026, 11, 1)),  # noqa: DTZ001
    st.integers(0, 6000),
)
def test_a_clock_runs_back_as_it_runs_forward(clock, start, minutes):
    begun = start.replace(tzinfo=UTC)
    amount = timedelta(minutes=minutes)
    earlier = clocks.back(clock, begun, amount)
    assert clocks.spent(clock, earlier, begun) == amount


def test_a_year_without_a_holiday_table_falls_back_to_weekends_and_says_so():
    clocks._warn_once.cache_clear()
    with pytest.warns(clocks.HolidaysUnknown):
        assert clocks.is_workday(date(2031, 10, 1))
    assert not clocks.is_workday(date(2031, 10, 4))


def test_a_naive_start_is_refused():
    with pytest.raises(ValueError, match="naive"):
        clocks.due("work_day", 1, datetime(2026, 11, 20))  # noqa: DTZ001
