"""Two authors at once: the second one finds what the first one did, and nobody falls over."""

import io
from functools import partial

import pytest

from app.core.access import RoleKind
from app.quizzes import authoring, imports
from app.quizzes.formats import table
from tests.crowds import answers_at_once
from tests.factories.people import COMMUNITY, make_actor
from tests.quizzes.conftest import MORNING, question

HOW_MANY = 200
"""Questions of a file: enough that two of them overlap."""


@pytest.fixture
def at_once(app):
    """Return what does several things at once; returns their answers, problems by their code."""
    return partial(answers_at_once, app, MORNING)


def test_a_file_that_is_sent_twice_at_once_comes_in_once(at_once, people):
    text = table.write(question(number) for number in range(HOW_MANY)).encode()

    def bring():
        taken = imports.take_in(
            people["committee"], io.BytesIO(text), file_format="csv", file_name="a.csv"
        )
        return taken["state"], taken["accepted"]

    assert sorted(at_once(bring, bring)) == [("done", 0), ("done", HOW_MANY)]


def test_one_new_version_at_a_time(at_once, people):
    words = {name: value for name, value in question(1).items() if name != "key"}
    made = authoring.write(people["committee"], **words)["id"]
    authors = [make_actor((RoleKind.COMMITTEE, COMMUNITY), name=name) for name in "甲乙丙"]
    version = authoring.show(people["committee"], made)["versions"][0]["id"]
    authoring.move(people["committee"], made, version_id=version, to="in_review")
    authoring.move(authors[0], made, version_id=version, to="published")

    def rewrite(author):
        return lambda: len(authoring.rewrite(author, made, **words)["versions"])

    answers = at_once(*map(rewrite, authors))
    assert sorted(map(str, answers)) == ["2", "version_waiting", "version_waiting"]
