"""A bank, and people who learn from it."""

import json
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from app.core import clock
from app.core.db import read
from app.quizzes import bank, results
from app.quizzes.models import Version

FILES = Path(__file__).parent / "files"
MORNING = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
"""Friday, 09:00 in Shanghai."""


@pytest.fixture
def morning():
    with clock.at(MORNING):
        yield MORNING


@pytest.fixture
def small_bank(app, morning):
    """One published question of each kind."""
    return bank.import_bank(FILES / "bank.json")


def question(number, *, topic="fire", kind="single", **changes):
    """Return a written question of which the first option is right."""
    right = {"zh": f"对的{number}", "en": f"right {number}", "right": True}
    wrong = [{"zh": f"错的{number}-{n}", "en": f"wrong {number}-{n}"} for n in range(3)]
    return {
        "key": f"made-{number:04}",
        "topic": topic,
        "kind": kind,
        "difficulty": 1,
        "stem": {"zh": f"第{number}题？", "en": f"Question {number}?"},
        "options": [right, *wrong],
        "explanation": {"zh": f"因为{number}", "en": f"Because of {number}"},
        "at_home": {"zh": f"回家看看{number}", "en": f"Look at home {number}"},
        "source": {
            "name": {"zh": "消防法", "en": "Fire Protection Law"},
            "article": f"第{number}条",
            "as_of": "2025-04-19",
        },
        **changes,
    }


@pytest.fixture
def load(app, tmp_path, morning):
    """Load written questions."""

    def put(written):
        path = tmp_path / "made.json"
        path.write_text(json.dumps({"questions": written}), encoding="utf-8")
        return bank.import_bank(path)

    return put


TOPICS = ("fire", "ebike", "gas", "fraud", "flood", "first_aid")


@pytest.fixture
def big_bank(load):
    """Thirty published questions of six topics; of each the first option is right."""
    return load([question(n, topic=TOPICS[n % len(TOPICS)]) for n in range(30)])


def as_number(number, row):
    """Return a version as if that were its id, for lots are drawn by it.

    What the database gives depends on what ran before: chance would be another in each run.
    """
    return SimpleNamespace(**{**row._mapping, "id": number})


def right_ids(version_id, attempt_id):
    """Return the right options' ids in an attempt, as only the server can tell them."""
    row = _solved(version_id)
    ids = results.option_ids(attempt_id, row)
    return [ids[number] for number in row.solution["right"]]


def right_of(version_id, options):
    """Return the ids of the right ones among shown options, as their words tell."""
    row = _solved(version_id)
    by_face = {(one["text"], str(one["region"])): one["id"] for one in options}
    right = [row.content["options"][number] for number in row.solution["right"]]
    return [by_face[one["zh"], str(one.get("region"))] for one in right]


def _solved(version_id):
    columns = (Version.id, Version.content, Version.solution)
    return read(select(*columns).where(Version.id == version_id)).one()


def key_of(attempt_id, asked):
    """Return the right options of a question of an attempt, and one that is wrong."""
    right = right_ids(asked["id"], attempt_id)
    if asked["kind"] == "ordering":
        return right, right[::-1]
    return right, [next(one["id"] for one in asked["options"] if one["id"] not in right)]


def answer_all(client, attempt, right=5):
    """Answer an attempt's questions, the first ones rightly; returns the answers."""
    found = []
    for number, asked in enumerate(attempt["questions"]):
        ids = key_of(attempt["attempt_id"], asked)[0 if number < right else 1]
        body = {"question_id": asked["id"], "option_ids": ids}
        answer = client.post(f"/attempts/{attempt['attempt_id']}/answers", body)
        assert answer.status_code == 200, answer.json
        found.append(answer.json)
    return found


def take(client, right=5):
    """Take the daily five; returns the finished attempt."""
    attempt = client.get("/quizzes/daily").json
    answer_all(client, attempt, right)
    return client.post(f"/attempts/{attempt['attempt_id']}/finish").json
