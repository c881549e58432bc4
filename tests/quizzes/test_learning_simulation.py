"""A small trial of the schedules; the whole one is `python -m tools.learning`."""

import pytest

from tools.learning import __main__ as trials
from tools.learning.learners import Learner, hardnesses

SMALL = trials.Trial(learners=12, days=60, questions=60, a_day=6)


@pytest.fixture(scope="module")
def outcomes():
    return {name: trials.simulate(make, SMALL) for name, make in trials.SCHEDULES.items()}


def test_everybody_is_asked_equally_many(outcomes):
    assert {found.asked for found in outcomes.values()} == {12 * 60 * 6}


def test_fsrs_wins_clearly(outcomes):
    best = max(found.mean for name, found in outcomes.items() if name != "fsrs")
    assert outcomes["fsrs"].mean > best + 0.1


def test_the_same_seed_is_the_same_trial():
    tiny = trials.Trial(learners=2, days=10, questions=20, a_day=3)
    make = trials.SCHEDULES["fsrs"]
    assert trials.simulate(make, tiny) == trials.simulate(make, tiny)


def test_forgetting_is_what_it_says():
    learner = Learner(1, hardnesses(3, 1))
    assert learner.recall(0, 0) == 0
    learner.ask(0, 0)
    half = learner.traces[0].half_life
    assert learner.recall(0, half) == pytest.approx(0.5)
    before = half
    learner.dice.random = lambda: 0.0  # whatever the chance, it is recalled
    learner.ask(0, half)
    assert learner.traces[0].half_life > 2 * before


def test_it_prints_a_table(capsys):
    assert (
        trials.main(["--learners", "3", "--days", "40", "--questions", "40", "--a-day", "4"]) == 0
    )
    assert "fsrs" in capsys.readouterr().out
