"""The question bank at a desk: what to review, what looks bad, and who publishes it."""

import re

import pytest

from app.console import quizzes
from app.core import texts
from app.core.access import RoleKind
from app.quizzes import authoring, figures, rules
from tests.console.conftest import Desk
from tests.factories.people import COMMUNITY, make_actor
from tests.house.test_query_counts import counted
from tests.quizzes.conftest import question

pytestmark = pytest.mark.either_database
BANK = f"/console/{COMMUNITY}/quizzes"


@pytest.fixture
def draft(people):
    """Return a question that the committee has just written."""
    words = {name: value for name, value in question(1).items() if name != "key"}
    return authoring.write(people["committee"], **words)


@pytest.fixture
def colleague(app, people):
    """Return the desk of somebody else of the same committee."""
    return Desk(app, make_actor((RoleKind.COMMITTEE, COMMUNITY), name="同事"))


def moves(page):
    return set(re.findall(r'name="to" value="(\w+)"', page))


def test_the_bank_is_for_those_who_write_it(sit, draft):
    assert sit("committee").get(BANK).status_code == 200
    assert sit("gridworker").get(BANK).status_code == 403
    assert sit("committee").get("/console/510105/quizzes").status_code == 404
    path = f"{BANK}/questions/{draft['id']}"
    assert sit("committee").get(path).status_code == 200
    assert sit("committee").get(f"{BANK}/questions/999999").status_code == 404
    assert sit("outsider").get(path).status_code == 404


def test_a_second_person_publishes_and_the_first_cannot(sit, colleague, draft):
    author, path = sit("committee"), f"{BANK}/questions/{draft['id']}"
    form = {"version_id": draft["versions"][0]["id"], "to": "in_review"}
    sent = author.post(f"{path}/moves", form)
    assert "要由另一个人来看" in author.get(sent.headers["HX-Redirect"]).text
    assert "published" not in moves(author.get(path).text)
    assert author.post(f"{path}/moves", form | {"to": "published"}).status_code in {403, 409}
    stem = draft["versions"][0]["stem"]["zh"]
    assert stem in colleague.get(BANK, state="in_review").text
    assert moves(colleague.get(path).text) == {"published", "draft"}
    assert colleague.post(f"{path}/moves", form | {"to": "draft"}).status_code == 422
    done = colleague.post(f"{path}/moves", form | {"to": "published"})
    assert "发布了" in colleague.get(done.headers["HX-Redirect"]).text
    assert stem not in colleague.get(BANK, state="in_review").text


def test_the_bank_is_filtered_by_its_address(sit, draft):
    desk, stem = sit("committee"), draft["versions"][0]["stem"]["zh"]
    assert stem in desk.get(BANK, topic="fire", state="draft").text
    assert stem not in desk.get(BANK, flagged="true").text
    assert stem not in desk.get(BANK, topic="gas").text
    assert "<html" not in desk.get(BANK, part=True).text
    assert desk.get(BANK, topic="cooking").status_code == 422


def test_every_word_of_the_bank_is_there():
    wanted = {
        "states": rules.STATES,
        "done": quizzes.DONE,
        "kinds": rules.KINDS,
        "topics": rules.TOPICS,
        "flags": figures.FLAGS,
        "flag_means": figures.FLAGS,
        "moves": [move.name for move in (rules.WRITE, rules.IMPORT, rules.SUPERSEDE, *rules.MOVES)],
    }
    for group, words in wanted.items():
        for word in words:
            assert texts.known(f"console.quizzes.{group}.{word}")


@pytest.mark.parametrize("page", ["", "/questions/{id}"])
def test_a_page_costs_few_queries(page, sit, draft):
    desk, path = sit("committee"), BANK + page.format(id=draft["id"])
    desk.get(path)
    with counted() as found:
        desk.get(path)
    assert len(found) <= 6, found
