import pytest

from tests.factories.people import COMMUNITY, ELSEWHERE

PATH = f"/committees/{COMMUNITY}/overview"


def test_the_committee_sees_its_figures(clients):
    answer = clients["committee"].get(PATH, **{"from": "2026-11-01", "to": "2026-11-20"})
    assert answer.status_code == 200
    assert (answer.json["from"], answer.json["to"]) == ("2026-11-01", "2026-11-20")
    assert answer.json["place"]["name"] == "草堂路社区"


@pytest.mark.parametrize(
    ("who", "path", "status"),
    [
        ("outsider", PATH, 404),
        ("committee", f"/committees/{ELSEWHERE}/overview", 404),
        ("committee", "/committees/510105007004999/overview", 404),
        ("committee", "/committees/510105007/overview", 404),
        ("committee", "/committees/nonsense/overview", 404),
        ("resident", PATH, 403),
        ("gridworker", PATH, 403),
        ("stranger", PATH, 403),
    ],
)
def test_others_do_not(clients, who, path, status):
    assert clients[who].get(path).status_code == status


def test_nobody_unknown_sees_figures(client):
    assert client.get(PATH).status_code == 401


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"from": "yesterday"}, "from"),
        ({"from": "2026-11-20", "to": "2026-11-19"}, "from"),
        ({"from": "2020-01-01", "to": "2026-11-19"}, "from"),
        ({"since": "2026-11-20"}, "since"),
    ],
)
def test_a_bad_range_says_which_end(clients, query, field):
    answer = clients["committee"].get(PATH, **query)
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json["errors"]] == [field]
