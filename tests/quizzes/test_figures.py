"""Statistics find the planted bad questions, and no others."""

import math
import random

import pytest
from sqlalchemy import insert, select, text

from app.core.db import changed_rows, db, read, writing
from app.quizzes import figures, jobs, reckoning
from app.quizzes.figures import Given
from app.quizzes.models import Question, Review, Version
from tests.factories.people import make_actor
from tests.quizzes.conftest import MORNING, question

BAD = {"wrong key", "two right", "nobody knows", "misread", "too hard"}


class World:
    """People of some ability answer questions of some difficulty, five of which are bad.

    `key` is what the bank says is right; what people think depends on what is really right.
    """

    def __init__(self, seed, people, count):
        self.dice = random.Random(seed)
        self.abilities = [self.dice.gauss(0, 1) for _ in range(people)]
        self.questions = [("good", self.dice.uniform(-1.8, 0.6)) for _ in range(count - len(BAD))]
        self.questions += [(name, 0.0) for name in sorted(BAD)]
        self.dice.shuffle(self.questions)

    def chance(self, ability, difficulty, slope=1.6):
        return 1 / (1 + math.exp(-slope * (ability - difficulty)))

    def choose(self, kind, difficulty, ability):
        """Return the chosen option; the key is 0."""
        dice = self.dice
        knows = dice.random() < self.chance(ability, difficulty)
        guess = dice.randrange(4)
        if kind == "good":
            return 0 if knows else guess
        if kind == "wrong key":  # really right is 2
            return 2 if knows else guess
        if kind == "two right":  # the better one sees that 1 is as good, even better
            return (1 if dice.random() < 0.65 else 0) if knows else guess
        if kind == "nobody knows":
            return guess
        if kind == "misread":  # the better one thinks too far
            return 3 if knows else (0 if dice.random() < 0.7 else guess)
        return 0 if dice.random() < 0.1 else 1 + dice.randrange(3)  # too hard

    def answers(self):
        """Return a row of chosen options for each person."""
        return [[self.choose(*found, ability) for found in self.questions]
                for ability in self.abilities]  # fmt: skip


def found_in(world):
    rows = world.answers()
    flagged = {}
    for number, (kind, _) in enumerate(world.questions):
        given = []
        for row in rows:
            right = sum(chosen == 0 for chosen in row)
            mine = row[number] == 0
            given.append(Given((row[number],), mine, (right - mine) / (len(row) - 1)))
        found = figures.figures(True, 4, [0], given)  # noqa: FBT003
        if found.flagged:
            flagged[number] = (kind, found.flags)
    return flagged


@pytest.mark.parametrize("seed", range(8))
def test_the_five_planted_bad_ones_are_the_five_flagged(seed):
    flagged = found_in(World(seed, people=500, count=60))
    assert {kind for kind, _ in flagged.values()} == BAD, flagged
    assert len(flagged) == len(BAD)


@pytest.mark.parametrize(
    ("answers", "flags"),
    [
        ([(0, True, 0.9)] * 29, []),  # too few to say anything
        ([(0, True, 0.9)] * 40, ["too_easy"]),
        ([(1, False, 0.9)] * 40, ["too_hard", "rival", "idle_options"]),
        ([(0, True, 0.8)] * 20 + [(1, False, 0.2)] * 20, []),
        ([(0, True, 0.2)] * 20 + [(1, False, 0.8)] * 20, ["negative", "rival"]),
    ],
)
def test_flags_by_a_table(answers, flags):
    given = [Given((chosen,), correct, rest) for chosen, correct, rest in answers]
    count = 3 if "idle_options" in flags else 2
    assert figures.figures(True, count, [0], given).flags == flags  # noqa: FBT003


def test_correlation_is_pearsons():
    assert figures.correlation([]) is None
    assert figures.correlation([(1, 1), (1, 2)]) is None
    assert figures.correlation([(0, 1), (1, 2), (2, 3)]) == pytest.approx(1)
    assert figures.correlation([(0, 3), (1, 2), (2, 1)]) == pytest.approx(-1)


def fill(load, world):
    """Load the world's questions, and write its answers as first reviews."""
    load([question(n) for n in range(len(world.questions))])
    rows = read(select(Question.key, Version.id, Version.question_id).join(
        Version, Version.question_id == Question.id).order_by(Question.key)).all()  # fmt: skip
    reviews = []
    for person, row in enumerate(world.answers()):
        resident_id = make_actor().resident_id
        for number, chosen in enumerate(row):
            name = f"sim-{person}-{number}"
            reviews.append({
                "resident_id": resident_id, "question_id": rows[number].question_id,
                "version_id": rows[number].id, "client_uuid": name, "ticket": name,
                "origin": "daily", "chosen": [chosen], "correct": chosen == 0, "hinted": False,
                "seconds": None, "rating": 3 if chosen == 0 else 1, "answered_at": MORNING,
                "received_at": MORNING, "stability": None, "difficulty": None, "points": 0,
            })  # fmt: skip
    with writing():
        changed_rows(insert(Review), reviews)
    return rows


def test_the_nights_job_flags_them_for_the_authors(load, clients):
    world = World(3, people=250, count=25)
    rows = fill(load, world)
    assert jobs.reckon_figures() == len(BAD)
    listed = clients["committee"].get("/questions", flagged="true", limit=50).json["items"]
    numbers = {row.question_id: number for number, row in enumerate(rows)}
    assert {world.questions[numbers[one["id"]]][0] for one in listed} == BAD
    shown = clients["committee"].get(f"/questions/{listed[0]['id']}").json["versions"][0]
    assert shown["figures"]["answers"] == 250
    assert sum(one["share"] for one in shown["figures"]["options"]) == pytest.approx(1, abs=0.01)
    assert jobs.reckon_figures() == len(BAD)


@pytest.mark.parametrize(("given", "told"), [(29, False), (30, True)])
def test_of_few_answers_nothing_is_kept_not_even_how_many(load, clients, given, told):
    rows = fill(load, World(1, people=given, count=6))
    jobs.reckon_figures()
    shown = clients["committee"].get(f"/questions/{rows[0].question_id}").json["versions"][0]
    assert (shown["figures"] is not None) == told
    listed = clients["committee"].get("/questions").json["items"]
    assert {one["answers"] for one in listed} == {given if told else 0}


def test_only_first_answers_of_people_one_can_judge_count(load, clients):
    world = World(1, people=30, count=6)
    world.questions = world.questions[: reckoning.FEWEST_OTHERS]
    fill(load, world)
    assert jobs.reckon_figures() == 0
    listed = clients["committee"].get("/questions").json["items"]
    assert {one["answers"] for one in listed} == {0}


def test_first_answers_are_found_by_an_index_of_them_alone(app):
    if db.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL's plan depends on how many rows there are")
    words = str(
        reckoning._ANSWERS.params(version=1).compile(
            db.engine, compile_kwargs={"literal_binds": True}
        )
    )
    [plan] = [row.detail for row in read(text(f"EXPLAIN QUERY PLAN {words}"))]
    assert "ix_quiz_reviews_first" in plan
