"""A request costs the same number of queries for few rows and for many, and not many."""

import pytest

from tests.house.test_query_counts import counted, queries
from tests.quizzes.conftest import answer_all, question
from tests.quizzes.test_practice import fetch, reply

MOST = {"/quizzes/daily": 8, "/me/streak": 4, "/me/knowledge": 4, "/practice": 5}


@pytest.mark.parametrize("path", MOST)
def test_looking_costs_the_same_whatever_there_is(load, clients, path):
    load([question(n) for n in range(5)])
    client = clients["resident"]
    few = len(queries(client, path))
    load([question(n) for n in range(60)])
    client.post("/practice/answers", [reply(one) for one in fetch(client, limit=40)["questions"]])
    many = len(queries(client, path, **({"limit": 50} if path == "/practice" else {})))
    assert few == many <= MOST[path]


def test_an_answer_costs_three_queries(big_bank, clients):
    client = clients["resident"]
    attempt = client.get("/quizzes/daily").json
    answer_all(client, attempt | {"questions": attempt["questions"][:1]})
    with counted() as found:
        answer_all(client, attempt | {"questions": attempt["questions"][1:2]})
    mine = [one for one in found if "quiz_versions.content, quiz_versions.solution" not in one]
    assert len(mine) <= 3, found


@pytest.mark.parametrize("number", [2, 40])
def test_grading_many_costs_what_grading_few_does(load, clients, number):
    load([question(n) for n in range(60)])
    client = clients["resident"]
    answers = [reply(one) for one in fetch(client, limit=number)["questions"]]
    with counted() as found:
        client.post("/practice/answers", answers)
    assert len(found) <= 8, found


def test_the_bank_lists_in_constant_queries(load, clients):
    load([question(n) for n in range(3)])
    few = len(queries(clients["committee"], "/questions", rows=3, limit=50))
    load([question(n) for n in range(40)])
    assert len(queries(clients["committee"], "/questions", rows=40, limit=50)) == few <= 4
