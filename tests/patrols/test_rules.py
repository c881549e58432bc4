"""Overlap, rest, hours, nights, offers and reminders, by tables."""

from datetime import datetime, timedelta

import pytest

from app.core.clock import SHANGHAI
from app.core.states import open_moves
from app.patrols import rules

HOUR = timedelta(hours=1)


def wall(day, hour, minute=0):
    return datetime(2026, 11, day, hour, minute, tzinfo=SHANGHAI)


def span(day, start, hours):
    begin = wall(day, 0) + timedelta(hours=start)
    return begin, begin + timedelta(hours=hours)


@pytest.mark.parametrize(
    ("start", "hours", "night"),
    [
        (20, 2, False),
        (20, 2.5, True),
        (22, 1, True),
        (23.5, 1, True),
        (0, 2, True),
        (5, 2, True),
        (6, 2, False),
        (4, 2, True),
        (8, 10, False),
        (12, 9.75, False),
        (12, 10.25, True),
    ],
)
def test_a_night_round_lies_partly_between_22_and_6(start, hours, night):
    assert rules.is_night(span(21, start, hours)) is night


@pytest.mark.parametrize(
    ("own", "new", "why"),
    [
        ([], (21, 9, 2), None),
        ([(21, 9, 2)], (21, 9, 2), "overlapping_shift"),
        ([(21, 9, 2)], (21, 10, 2), "overlapping_shift"),
        ([(21, 9, 4)], (21, 10, 1), "overlapping_shift"),
        ([(21, 9, 2)], (21, 11, 2), None),
        ([(21, 9, 2)], (21, 7, 2), None),
        ([(20, 22, 4)], (21, 9, 2), "too_little_rest"),
        ([(20, 22, 4)], (21, 10, 2), None),
        ([(21, 9, 2)], (20, 22, 4), "too_little_rest"),
        ([(21, 10, 2)], (20, 22, 4), None),
        # A shift by day needs no rest after it, however late the next begins.
        ([(21, 19, 2)], (21, 21, 2), None),
        ([(21, 20, 3)], (22, 6, 2), "too_little_rest"),
        ([(21, 8, 5), (21, 14, 4)], (21, 19, 1), None),
        ([(21, 8, 5), (21, 14, 4)], (21, 19, 2), "too_many_hours"),
        ([(21, 8, 5), (21, 14, 4)], (22, 8, 2), None),
        ([(21, 12, 5), (21, 17, 4)], (22, 8, 2), "too_many_hours"),
        ([(21, 12, 5), (21, 17, 4)], (22, 12, 5), None),
        ([(21, 12, 6)], (22, 11, 5), None),
        ([(21, 12, 6)], (22, 10, 7), None),
        ([(21, 13, 6)], (22, 8, 6), "too_many_hours"),
        # Two that stand close to the new one, but not within one day of each other.
        ([(20, 12, 6), (22, 14, 4)], (21, 12, 6), None),
        ([], (21, 8, 10), None),
    ],
)
def test_shifts_that_cannot_both_be_walked(own, new, why):
    assert rules.clash([span(*one) for one in own], span(*new)) == why


@pytest.mark.parametrize(
    ("left", "held"),
    [
        (timedelta(days=3), timedelta(hours=2)),
        (8 * HOUR, 2 * HOUR),
        (4 * HOUR, HOUR),
        (timedelta(minutes=20), timedelta(minutes=5)),
        (timedelta(seconds=30), timedelta(seconds=7)),
    ],
)
def test_an_offer_holds_two_hours_or_a_quarter_of_the_time_left(left, held):
    now = wall(21, 10)
    warn_at, expires_at = rules.offer_times(now, now + left)
    assert expires_at - now == held
    assert now <= warn_at <= expires_at
    assert abs((expires_at - warn_at) - held / 4) <= timedelta(seconds=1)


@pytest.mark.parametrize(
    ("before", "joined", "moved", "free"),
    [
        (48, -72, None, True),
        (24, -72, None, True),
        (23.99, -72, None, False),
        (1, -72, None, False),
        (1, -72, -2, True),
        (1, -1, -2, False),
    ],
)
def test_one_leaves_freely_until_a_day_before_or_if_the_time_moved(before, joined, moved, free):
    now = wall(21, 10)
    moved_at = None if moved is None else now + moved * HOUR
    left = rules.leaves_freely(now, now + before * HOUR, now + joined * HOUR, moved_at)
    assert left is free


@pytest.mark.parametrize(
    ("before", "made", "told", "level"),
    [
        (49, 100, None, None),
        (48, 100, None, 48),
        (40, 100, 48, None),
        (24, 100, 48, 24),
        (10, 100, None, 24),
        (6, 100, 24, 6),
        (3, 100, None, 6),
        (3, 100, 6, None),
        (0, 100, None, None),
        # Planned thirty hours before: what was over then is nobody's news.
        (30, 30, None, None),
        (24, 30, None, 24),
    ],
)
def test_a_short_shift_is_told_at_48_24_and_6_hours(before, made, told, level):
    starts_at = wall(25, 10)
    now, since = starts_at - before * HOUR, starts_at - made * HOUR
    assert rules.short_level(now, starts_at, since, told) == level


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("LLCP:17:abc", (17, "abc")),
        ("LLCP:17", None),
        ("LLCP:17:abc:d", None),
        ("XXCP:17:abc", None),
        ("LLCP:-1:abc", None),
        ("LLCP:٣:abc", None),
        ("LLCP:" + "9" * 40 + ":abc", None),
        ("", None),
    ],
)
def test_a_printed_code_has_one_shape(text, parts):
    assert rules.read_code(text) == parts


def test_what_is_printed_is_what_is_read():
    assert rules.read_code(rules.code_text(5, "s3cr_t-")) == (5, "s3cr_t-")


def reached(start, moves):
    found, waiting = {start}, [start]
    while waiting:
        state = waiting.pop()
        new = {move.to for move in moves if move.origin == state} - found
        found |= new
        waiting += new
    return found


def test_every_state_of_a_seat_is_reached_and_nobody_gets_stuck():
    assert reached(rules.NOBODY, rules.MOVES) == {rules.NOBODY, *rules.SIGN_UP_STATES}
    for state in (rules.WAITING, *rules.HOLDING):
        assert {rules.LEFT, rules.REMOVED} <= reached(state, rules.MOVES)


def names(state, **facts):
    found = open_moves(rules.MOVES, rules.Seat(**facts), state, {rules.VOLUNTEER})
    return sorted(move.name for move in found)


@pytest.mark.parametrize(
    ("state", "facts", "moves"),
    [
        ("nobody", {}, ["join"]),
        ("left", {}, ["join"]),
        ("expired", {"free": False}, ["join_waiting"]),
        ("nobody", {"free": False, "sought": True}, ["join_waiting", "take_over"]),
        ("nobody", {"coming": False}, []),
        ("removed", {}, []),
        ("waiting", {}, ["leave"]),
        ("waiting", {"sought": True}, ["leave", "take_over"]),
        ("offered", {}, ["accept_offer", "decline_offer"]),
        ("offered", {"running": False}, ["decline_offer"]),
        ("joined", {}, ["leave"]),
        ("joined", {"freely": False}, ["seek_stand_in"]),
        ("joined", {"coming": False, "freely": False}, []),
        ("seeking", {"freely": False}, ["stay"]),
        ("seeking", {"coming": False}, ["stay"]),
        ("seeking", {"coming": False, "standing": False}, []),
    ],
)
def test_the_moves_of_somebody(state, facts, moves):
    assert names(state, **facts) == moves
