"""The roster keeps what must be kept, fills what can be filled, and is fair."""

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.patrols import rules as patrols
from app.rosters import first_come, solver
from app.rosters.solver import Candidate, Post, Problem
from bench import roster_checks as checking
from bench import rosters

MONDAY = datetime(2026, 11, 23, tzinfo=UTC)
MOST_MIN = 600


def at(hours, length=2):
    start = MONDAY + timedelta(hours=hours)
    return start, start + timedelta(hours=length)


def problem(posts, candidates):
    return Problem(posts, candidates, patrols.clash, MOST_MIN)


def somebody(number, posts, **fields):
    given = {"served": 0, "most": 3, "likings": dict.fromkeys((post.id for post in posts), 0)}
    return Candidate(number, **{**given, **fields})


POSTS = [Post(1, at(1), 1, 3), Post(2, at(30), 1, 3), Post(3, at(54), 1, 3)]


def test_a_shift_is_filled_to_its_minimum_and_no_further():
    people = [somebody(number, POSTS) for number in (1, 2, 3, 4, 5)]
    found = solver.solve(problem(POSTS, people))
    assert found.proven
    assert (found.unmet, len(found.pairs)) == (0, 3)


def test_the_load_is_spread():
    people = [somebody(number, POSTS) for number in (1, 2, 3)]
    found = solver.solve(problem(POSTS, people))
    assert {number for _, number in found.pairs} == {1, 2, 3}


def test_who_served_lately_rests():
    people = [somebody(1, POSTS, served=5), somebody(2, POSTS), somebody(3, POSTS, served=1)]
    found = solver.solve(problem(POSTS, people))
    assert [number for _, number in found.pairs].count(1) == 0
    assert [number for _, number in found.pairs].count(2) == 2


def test_all_else_equal_people_get_what_they_like():
    people = [
        somebody(1, POSTS, likings={1: 0, 2: 9, 3: 0}),
        somebody(2, POSTS, likings={1: 9, 2: 0, 3: 0}),
        somebody(3, POSTS, likings={1: 0, 2: 0, 3: 5}),
    ]
    assert solver.solve(problem(POSTS, people)).pairs == ((1, 2), (2, 1), (3, 3))


def test_a_minimum_comes_before_fairness():
    people = [somebody(1, POSTS, served=9), somebody(2, POSTS[:1])]
    found = solver.solve(problem(POSTS, people))
    assert (found.unmet, found.pairs) == (0, ((1, 2), (2, 1), (3, 1)))


def test_nobody_without_the_skill_is_put_on_a_shift_that_needs_it():
    posts = [replace(POSTS[0], needed=2, skills=frozenset({"first_aid"}))]
    people = [somebody(1, posts), somebody(2, posts, skills=frozenset({"first_aid", "it"}))]
    found = solver.solve(problem(posts, people))
    assert (found.unmet, found.pairs) == (1, ((1, 2),))


def test_nobody_gets_more_than_they_wish():
    people = [somebody(1, POSTS, most=2), somebody(2, POSTS, most=0)]
    found = solver.solve(problem(POSTS, people))
    assert (found.unmet, len(found.pairs)) == (1, 2)


TOO_MUCH = {
    "at once": ([at(1), at(2)], ()),
    "after a night": ([at(14, 4), at(20)], ()),
    "too many hours": ([at(0, 4), at(5, 4), at(10, 4)], ()),
    "beside another shift": ([at(1)], (at(2),)),
    "after another night": ([at(20)], (at(14, 4),)),
    "too many hours with others": ([at(0, 4)], (at(5, 4), at(10, 3))),
}


@pytest.mark.parametrize("name", TOO_MUCH)
def test_one_person_alone_cannot_walk_all_of_it(name):
    spans, busy = TOO_MUCH[name]
    posts = [Post(number, span, 1, 1) for number, span in enumerate(spans, 1)]
    alone = problem(posts, [somebody(1, posts, busy=busy)])
    found = solver.solve(alone)
    assert found.unmet == 1
    assert checking.faults(alone, found.pairs) == []
    everything = [(post.id, 1) for post in posts]
    assert checking.faults(alone, everything), "the checker is blind"


def test_an_empty_week_is_no_fault():
    assert solver.solve(problem([], [])).pairs == ()
    assert solver.solve(problem(POSTS, [])).unmet == 3


@pytest.fixture(scope="module")
def small():
    return rosters.week(volunteers=40, shifts=14, seed=3)


def test_a_small_week_is_feasible_and_fairer_than_first_come(small):
    found = solver.solve(small)
    assert checking.faults(small, found.pairs) == []
    assert checking.missing(small, found.pairs) == found.unmet
    roster = first_come.figures(small, found.pairs)
    sign_up = first_come.figures(small, first_come.first_come(small))
    assert roster.missing <= sign_up.missing
    assert roster.shown()["gini"] < sign_up.shown()["gini"]
    assert roster.shown()["squares"] < sign_up.shown()["squares"]


def test_first_come_breaks_no_rule_either(small):
    assert checking.faults(small, first_come.first_come(small)) == []


def test_the_same_question_has_the_same_answer(small):
    assert solver.solve(small) == solver.solve(small)


def test_no_time_is_no_answer_or_a_feasible_one(small):
    try:
        found = solver.solve(small, longest_s=0.01)
    except solver.NoAnswerError:
        return
    assert checking.faults(small, found.pairs) == []


def test_nobody_who_does_not_solve_loads_the_solver():
    words = (
        "import sys, app.rosters.routes, app.rosters.deliveries; sys.exit('ortools' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", words], check=False).returncode == 0  # noqa: S603


def best_by_hand(small):
    """Return the fewest people that can be missing, by trying everything."""
    posts = small.posts
    options = [list(range(len(small.candidates) + 1)) for post in posts]
    best = sum(post.needed for post in posts)
    for choice in product(*options):
        pairs = [
            (post.id, small.candidates[number - 1].id)
            for post, number in zip(posts, choice, strict=True)
            if number
        ]
        if not checking.faults(small, pairs):
            best = min(best, checking.missing(small, pairs))
    return best


@given(
    starts=st.lists(st.integers(0, 40), min_size=1, max_size=3),
    lengths=st.lists(st.integers(1, 6), min_size=3, max_size=3),
    busy=st.lists(st.integers(0, 40), max_size=1),
    most=st.lists(st.integers(0, 3), min_size=2, max_size=2),
)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_nothing_better_is_found_by_trying_everything(starts, lengths, busy, most):
    posts = [
        Post(i + 1, at(h, n), 1, 1) for i, (h, n) in enumerate(zip(starts, lengths, strict=False))
    ]
    people = [
        somebody(1, posts, most=most[0], busy=tuple(at(h, 3) for h in busy)),
        somebody(2, posts, most=most[1]),
    ]
    asked = problem(posts, people)
    found = solver.solve(asked)
    assert checking.faults(asked, found.pairs) == []
    assert found.unmet == checking.missing(asked, found.pairs) == best_by_hand(asked)
