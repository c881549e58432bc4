"""Right and wrong, the five of a day, and the way of a version, by tables."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.quizzes import rules
from tests.house.test_every_state_is_reachable import reachable


@pytest.mark.parametrize(
    ("kind", "right", "chosen", "correct"),
    [
        ("true_false", [1], [1], True),
        ("single", [0], [2], False),
        ("multiple", [0, 2], [2, 0], True),
        ("multiple", [0, 2], [0], False),
        ("multiple", [0, 2], [0, 1, 2], False),
        ("multiple", [0, 2], [], False),
        ("picture", [1], [1], True),
        ("picture", [1], [1, 2], False),
        ("ordering", [0, 1, 2], [0, 1, 2], True),
        ("ordering", [0, 1, 2], [1, 0, 2], False),
    ],
)
def test_what_is_right(kind, right, chosen, correct):
    assert rules.is_right(kind, right, chosen) is correct


@pytest.mark.parametrize(
    ("kind", "options", "chosen", "fault"),
    [
        ("single", 4, [1], None),
        ("single", 4, [], "choose_one"),
        ("true_false", 2, [0, 1], "choose_one"),
        ("multiple", 4, [], None),
        ("multiple", 4, [1, 1], "chosen_twice"),
        ("ordering", 3, [2, 0, 1], None),
        ("ordering", 3, [2, 0], "choose_all"),
        ("picture", 3, [], None),
    ],
)
def test_what_is_no_answer(kind, options, chosen, fault):
    found = rules.choice_fault(kind, options, chosen)
    assert (found and found.code) == fault


def test_every_state_of_a_version_is_reached_and_ends():
    assert reachable(rules.MOVES, rules.DRAFT) == set(rules.STATES)
    for state in rules.STATES:
        assert rules.RETIRED in reachable(rules.MOVES, state)


def test_nobody_publishes_what_they_wrote():
    assert {tuple(m.by) for m in rules.MOVES if m.to == rules.PUBLISHED} == {(rules.REVIEWER,)}


POOL = st.lists(st.sampled_from(rules.TOPICS), min_size=1, max_size=60)


@given(POOL, st.dictionaries(st.integers(0, 59), st.integers(1, rules.NO_REPEAT_DAYS)))
def test_the_five_of_a_day(topics, asked):
    candidates = list(enumerate(topics))
    lately = {found: ago for found, ago in asked.items() if found < len(topics)}
    lots = {found: (found * 7_919) % 101 for found, _ in candidates}
    chosen = rules.choose_daily(candidates, lately, lots)
    assert len(chosen) == len(set(chosen)) == min(rules.A_DAY_HAS, len(candidates))
    fresh = [found for found, _ in candidates if found not in lately]
    repeats = [found for found in chosen if found in lately]
    assert len(repeats) == max(0, len(chosen) - len(fresh))
    # Of those that come again, the ones asked longest ago.
    spared = [lately[found] for found in lately if found not in chosen]
    assert not (repeats and spared) or min(lately[found] for found in repeats) >= max(spared)
    if len({topics[found] for found in fresh}) >= rules.A_DAY_HAS:
        for topic in rules.TOPICS:
            assert sum(topics[found] == topic for found in chosen) <= rules.MOST_OF_A_TOPIC
    assert rules.choose_daily(candidates[::-1], lately, lots) == chosen or len(
        set(lots.values())
    ) < len(lots)
