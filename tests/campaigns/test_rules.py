"""States, passing, waiting, drawing: by tables, without an app."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.campaigns import rules
from app.campaigns.rules import Stage, Tried
from app.core.states import open_moves

NOW = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("state", "stage", "organiser", "clock"),
    [
        ("draft", Stage(), {"announce", "drop"}, set()),
        ("draft", Stage(begun=True, ended=True), {"drop"}, set()),
        ("announced", Stage(), {"call_off"}, set()),
        ("announced", Stage(begun=True), {"call_off"}, {"open"}),
        ("running", Stage(begun=True), {"break_off"}, set()),
        ("running", Stage(begun=True, ended=True), {"break_off"}, {"close"}),
        ("over", Stage(begun=True, ended=True), set(), set()),
        ("cancelled", Stage(), set(), set()),
    ],
)
def test_who_may_make_which_move(state, stage, organiser, clock):
    for relation, names in (("organiser", organiser), ("clock", clock)):
        found = open_moves(rules.MOVES, stage, state, {relation})
        assert {move.name for move in found} == names


@pytest.mark.parametrize(
    ("right", "of", "needed", "passed", "percent"),
    [
        (8, 10, 80, True, 80),
        (7, 10, 80, False, 70),
        (2, 3, 67, False, 66),
        (2, 3, 66, True, 66),
        (3, 3, 100, True, 100),
        (0, 0, 50, False, 0),
    ],
)
def test_what_passes(right, of, needed, passed, percent):
    assert rules.has_passed(right, of, needed) is passed
    assert rules.percent(right, of) == percent


@pytest.mark.parametrize(
    ("right", "told", "of", "needed", "earns"),
    [
        (8, 0, 10, 80, True),  # a first try, or all of it new
        (10, 2, 10, 80, True),
        (10, 3, 10, 80, False),  # without what was told it would not have passed
        (4, 4, 4, 50, False),
        (3, 0, 4, 80, False),
    ],
)
def test_what_passing_is_thanked_for(right, told, of, needed, earns):
    assert rules.earns_points(right, told, of, needed) is earns


@pytest.mark.parametrize(
    ("state", "tried", "why"),
    [
        ("announced", Tried(), "campaign_not_running"),
        ("over", Tried(), "campaign_not_running"),
        ("running", Tried(), None),
        ("running", Tried(1, passed=True, ended_at=NOW - 9 * HOUR), "already_passed"),
        ("running", Tried(3, ended_at=NOW - 9 * HOUR), "no_tries_left"),
        ("running", Tried(1, ended_at=NOW - HOUR), "try_too_soon"),
        ("running", Tried(1, ended_at=NOW - 2 * HOUR), None),
    ],
)
def test_who_may_begin_a_try(state, tried, why):
    assert rules.why_not(state, tried, 3, 2, NOW) == why


@pytest.mark.parametrize(
    ("day", "months", "until", "last"),
    [
        (date(2026, 11, 20), None, None, None),
        (date(2026, 11, 20), None, date(2027, 5, 1), date(2027, 5, 1)),
        (date(2026, 8, 31), 6, None, date(2027, 2, 28)),
        (date(2026, 12, 1), 12, None, date(2027, 12, 1)),
    ],
)
def test_until_when_a_skill_holds(day, months, until, last):
    assert rules.skill_until(day, months, until) == last


@pytest.mark.parametrize(
    ("open_for", "after"),
    [(timedelta(days=30), timedelta(days=28)), (timedelta(hours=60), timedelta(days=1))],
)
def test_who_has_not_taken_part_is_reminded_before_the_end(open_for, after):
    assert rules.remind_at(NOW, NOW + open_for) == NOW + after


def test_what_is_over_within_a_day_reminds_nobody():
    assert rules.remind_at(NOW, NOW + timedelta(hours=20)) is None


def test_a_try_ends_with_the_campaign():
    assert rules.deadline(NOW, 10, NOW + HOUR) == NOW + timedelta(minutes=10)
    assert rules.deadline(NOW, 90, NOW + HOUR) == NOW + HOUR


@pytest.mark.parametrize(
    ("revoked", "until", "state"),
    [
        (None, None, "valid"),
        (None, date(2026, 11, 20), "valid"),
        (None, date(2026, 11, 19), "expired"),
        (NOW, date(2026, 11, 19), "revoked"),
    ],
)
def test_what_a_certificate_is_worth(revoked, until, state):
    assert rules.certificate_state(revoked, until, date(2026, 11, 20)) == state


POOLS = st.lists(
    st.tuples(st.integers(0, 999), st.sampled_from("abc")),
    unique_by=lambda one: one[0],
    max_size=30,
)


@given(POOLS, st.integers(1, 12), st.data())
def test_a_try_asks_what_was_not_seen_first_and_topics_in_turn(pool, count, data):
    ids = [one for one, _ in pool]
    seen = set(data.draw(st.lists(st.sampled_from(ids)))) if ids else set()
    lots = {one: (one * 7919) % 1000 for one in ids}
    drawn = rules.draw(pool, count, seen, lots)
    assert len(drawn) == len(set(drawn)) == min(count, len(pool))
    new = [one for one in drawn if one not in seen]
    assert len(new) == min(count, len(set(ids) - seen))
    topics = Counter(topic for one, topic in pool if one in new)
    left = Counter(topic for one, topic in pool if one not in seen and one not in new)
    for topic in left:  # none is asked more than once more often than one that has some left
        assert max(topics.values(), default=0) <= topics[topic] + 1
