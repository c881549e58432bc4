"""Intervals, minutes, stars: tables and properties."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.volunteers import hours_rules as rules

ZERO = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)


def at(minutes):
    return ZERO + timedelta(minutes=minutes)


def interval(pair):
    return at(pair[0]), at(pair[1])


@pytest.mark.parametrize(
    ("whole", "taken", "left"),
    [
        ((0, 60), [], [(0, 60)]),
        ((0, 60), [(0, 60)], []),
        ((0, 60), [(-10, 90)], []),
        ((0, 60), [(60, 90), (-30, 0)], [(0, 60)]),
        ((0, 60), [(0, 30)], [(30, 60)]),
        ((0, 60), [(30, 90)], [(0, 30)]),
        ((0, 60), [(20, 40)], [(0, 20), (40, 60)]),
        ((0, 60), [(40, 50), (10, 20)], [(0, 10), (20, 40), (50, 60)]),
        ((0, 60), [(10, 40), (20, 50)], [(0, 10), (50, 60)]),
        ((60, 60), [], []),
    ],
)
def test_what_is_left_of_an_interval(whole, taken, left):
    found = rules.subtracted(interval(whole), map(interval, taken))
    assert found == [interval(pair) for pair in left]


PAIRS = st.tuples(st.integers(0, 300), st.integers(1, 120)).map(lambda p: (p[0], p[0] + p[1]))


@given(PAIRS, st.lists(PAIRS, max_size=6))
def test_each_minute_is_left_or_taken(whole, taken):
    left = rules.subtracted(interval(whole), map(interval, taken))
    minutes = {
        minute
        for start, end in left
        for minute in range(
            (start - ZERO) // timedelta(minutes=1), (end - ZERO) // timedelta(minutes=1)
        )
    }
    gone = {number for start, end in taken for number in range(start, end)}
    assert minutes == set(range(*whole)) - gone
    assert all(a[1] < b[0] for a, b in pairwise(left))


@pytest.mark.parametrize(("seconds", "minutes"), [(0, 0), (59, 0), (60, 1), (3599, 59), (-60, 0)])
def test_full_minutes_count(seconds, minutes):
    assert rules.minutes_of((ZERO, ZERO + timedelta(seconds=seconds))) == minutes


@pytest.mark.parametrize(
    ("evidence", "attested", "state"),
    [(0, False, "held"), (1, False, "held"), (2, False, "credited"), (5, False, "credited"),
     (0, True, "credited")],
)  # fmt: skip
def test_evidence_or_somebodys_word(evidence, attested, state):
    assert rules.state_of(evidence, attested=attested) == state


@pytest.mark.parametrize(
    ("hours", "stars", "following"),
    [(0, 0, 100), (99, 0, 100), (100, 1, 300), (299, 1, 300), (300, 2, 600), (600, 3, 1000),
     (1000, 4, 1500), (1499, 4, 1500), (1500, 5, None), (9000, 5, None)],
)  # fmt: skip
def test_stars(hours, stars, following):
    assert rules.stars(hours * 60) == stars
    assert rules.next_star_hours(hours * 60) == following


@pytest.mark.parametrize(
    ("minutes", "hours"), [(0, 0.0), (5, 0.0), (6, 0.1), (59, 0.9), (90, 1.5), (119, 1.9)]
)
def test_hours_are_cut_off_at_tenths(minutes, hours):
    assert rules.hours_of(minutes) == hours


@pytest.mark.parametrize(
    ("period", "start"),
    [
        ("month", datetime(2026, 10, 31, 16, 0, tzinfo=UTC)),
        ("year", datetime(2025, 12, 31, 16, 0, tzinfo=UTC)),
        ("all", None),
    ],
)
def test_periods_begin_in_shanghai(period, start):
    assert rules.period_start(period, datetime(2026, 11, 20, tzinfo=UTC)) == start
    if start:
        assert rules.period_start(period, start) == start
        assert rules.period_start(period, start - timedelta(seconds=1)) < start
