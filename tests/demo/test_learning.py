"""Neighbours of the month know more or less than each other, so that its figures say something."""

import random
from types import SimpleNamespace

from app.quizzes import figures
from app.quizzes.figures import Given
from demo.month.learning import School

QUESTIONS, NEIGHBOURS, ANSWERS = 100, 400, 18


def test_few_questions_of_a_month_look_bad():
    dice = random.Random(5)
    school = School(dice)
    asked = [SimpleNamespace(id=number, topic="gas") for number in range(QUESTIONS)]
    given = {one.id: list[Given]() for one in asked}
    for number in range(NEIGHBOURS):
        actor = SimpleNamespace(resident_id=number)
        who = SimpleNamespace(actor=actor, skill=dice.uniform(0.42, 0.7))
        taken = dice.sample(asked, ANSWERS)
        right = {one.id: dice.random() < school._share(who, one) for one in taken}
        for found, good in right.items():
            rest = (sum(right.values()) - good) / (ANSWERS - 1)
            chosen = 0 if good else dice.randrange(1, 4)
            given[found].append(Given((chosen,), good, rest))
    flagged = [figures.figures(True, 4, [0], rows).flagged for rows in given.values()]  # noqa: FBT003
    assert sum(flagged) <= QUESTIONS // 10
