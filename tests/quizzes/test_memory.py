"""When a question comes back, by a table."""

import random
from datetime import UTC, datetime, timedelta

import pytest

from app.quizzes import memory
from app.quizzes.memory import AGAIN, GOOD, HARD

NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
DAY = timedelta(days=1)
SEED = 20261121


@pytest.mark.parametrize(
    ("kind", "correct", "hinted", "seconds", "rating"),
    [
        ("single", False, False, 3, AGAIN),
        ("single", False, True, 300, AGAIN),
        ("single", True, False, 3, GOOD),
        ("single", True, False, None, GOOD),
        ("single", True, False, 30, GOOD),
        ("single", True, False, 31, HARD),
        ("single", True, True, 3, HARD),
        ("true_false", True, False, 21, HARD),
        ("multiple", True, False, 31, GOOD),
        ("ordering", True, False, 60, GOOD),
        ("ordering", True, False, 61, HARD),
        ("picture", True, False, 46, HARD),
    ],
)
def test_what_an_answer_says(kind, correct, hinted, seconds, rating):
    assert memory.rating(kind, correct=correct, hinted=hinted, seconds=seconds) == rating


def days_until_due(ratings):
    known, at = None, NOON
    for rated in ratings:
        known = memory.reviewed(known, rated, at)
        at = known.due
    return (known.due - known.last_review).days


def test_wrong_comes_back_tomorrow_and_right_later_and_later():
    assert days_until_due([AGAIN]) == 1
    assert days_until_due([AGAIN]) <= days_until_due([HARD]) < days_until_due([GOOD])
    growing = [days_until_due([GOOD] * n) for n in range(1, 6)]
    assert growing == sorted(growing)
    assert growing[-1] > 5 * growing[0]


def test_never_later_than_half_a_year():
    assert days_until_due([GOOD] * 20) == memory.LONGEST_DAYS


def test_forgetting_shortens_what_had_grown():
    assert days_until_due([GOOD, GOOD, GOOD, AGAIN]) < days_until_due([GOOD, GOOD])


def test_recall_fades_to_nine_of_ten_at_its_stability():
    known = memory.reviewed(None, GOOD, NOON)
    assert memory.recall(known, NOON) == pytest.approx(1)
    later = NOON + timedelta(days=round(known.stability))
    assert memory.recall(known, later) == pytest.approx(memory.RETENTION, abs=0.03)
    assert memory.recall(known, NOON + 60 * DAY) < 0.8


@pytest.mark.parametrize(
    ("last", "hours", "now", "improved"),
    [
        (AGAIN, 24, GOOD, True),
        (AGAIN, 20, HARD, True),
        (AGAIN, 19, GOOD, False),
        (AGAIN, 24, AGAIN, False),
        (GOOD, 24, GOOD, False),
        (None, 24, GOOD, False),
    ],
)
def test_improvement_is_a_right_answer_a_night_after_a_wrong_one(last, hours, now, improved):
    before = NOON if last else None
    assert memory.improved(last, before, now, NOON + timedelta(hours=hours)) is improved


def test_it_is_the_same_every_time():
    assert memory.reviewed(None, GOOD, NOON) == memory.reviewed(None, GOOD, NOON)


def test_a_later_answer_is_reckoned_as_the_package_does_it():
    dice, days = random.Random(SEED), (0, 0.3, 1, 2, 7, 30, 179, 400)
    for _ in range(2_000):
        known = memory.Known(
            dice.choice([0.001, dice.uniform(0.001, 5), dice.uniform(5, 900)]),
            dice.choice([1.0, 10.0, dice.uniform(1, 10)]),
            NOON,
            NOON,
        )
        at = NOON + timedelta(days=dice.choice(days))
        rated = dice.choice([AGAIN, HARD, GOOD])
        assert memory.reviewed(known, rated, at) == memory.by_the_package(known, rated, at)


def test_a_question_keeps_to_the_package_through_a_whole_life():
    dice = random.Random(SEED)
    for _ in range(60):
        ours = theirs = memory.reviewed(None, dice.randint(1, 3), NOON)
        at = NOON
        for _ in range(30):
            at += timedelta(hours=dice.choice([0, 1, 25, 24 * ours.stability]))
            rated = dice.randint(1, 3)
            ours = memory.reviewed(ours, rated, at)
            theirs = memory.by_the_package(theirs, rated, at)
            assert ours == theirs
