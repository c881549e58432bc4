"""Strange words at the edges: an answer or a refusal, never a fault of ours."""

import pytest

pytestmark = pytest.mark.usefixtures("now")
BIG = 2**63 - 1


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"near": "nan,nan"}, 422),
        ({"near": "inf,0"}, 422),
        ({"near": "90,180"}, 200),
        ({"near": "-90,-180", "coord_sys": "gcj02"}, 200),
        ({"near": ","}, 422),
        ({"near": "1e2,1"}, 422),
        ({"from": "0001-01-01"}, 422),
        ({"from": "9999-12-31"}, 422),
        ({"from": "2999-12-31", "to": "2999-12-31"}, 200),
        ({"from": "2000-01-01", "to": "2999-12-31"}, 200),
        ({"from": "2000-01-01T00:00:00+14:00"}, 200),
        ({"from": "2000-01-01T00:00:00 08:00"}, 200),
        ({"from": "٢٠٢٦-١١-٢١"}, 422),
        ({"from": ""}, 422),
        ({"place": "510105'; DROP TABLE shifts; --"}, 422),
        ({"place": "5101050070040010010"}, 422),
        ({"cursor": "WyIwMDAxLTAxLTAxVDAwOjAwOjAwKzAwOjAwIiwxXQ"}, 200),
        ({"cursor": "WzEsMV0"}, 422),
        ({"mine": "true", "open": "true", "place": "510105"}, 200),
    ],
)
def test_a_list_takes_strange_words(query, status, clients, plan):
    plan()
    assert clients["resident"].get("/shifts", **query).status_code == status


@pytest.mark.parametrize(
    "changes",
    [
        {"words": "a\x00b"},
        {"title": "\u202eabc"},
        {"title": "\u200b"},
        {"route_id": BIG},
        {"team_id": BIG},
        {"leader_id": BIG},
        {"route_id": BIG + 1},
        {"starts_at": "2999-12-31T23:59:59Z"},
        {"starts_at": "2000-01-01T00:00:00Z"},
        {"starts_at": "0001-01-01T00:00:00+14:00"},
        {"ends_at": "9999-12-31T23:59:59-14:00"},
        {"capacity": 2**40},
        {"capacity": 1.5},
        {"minimum": 3},
        {"skills": ["driver"] * 21},
        {"skills": "driver"},
        {"skills": None},
        {"place_code": None},
        {"version": 0},
        {"taken": 0},
        {"state": "cancelled"},
    ],
)
def test_a_change_takes_no_strange_words(changes, clients, plan):
    answer = clients["committee"].patch(f"/shifts/{plan()}", changes)
    assert answer.status_code == 422, answer.json
    assert answer.json["errors"]


def test_repeated_skills_are_one(clients, plan):
    answer = clients["committee"].patch(f"/shifts/{plan()}", {"skills": ["driver", "driver"]})
    assert answer.json["skills"] == ["driver"]


def test_an_empty_change_changes_nothing(clients, plan):
    assert clients["committee"].patch(f"/shifts/{plan()}", {}).json["version"] == 1


@pytest.mark.parametrize("number", [BIG, 10**18])
def test_numbers_of_nobody_are_not_found(number, clients, volunteer, people):
    volunteer(people["resident"])
    client = clients["resident"]
    assert client.post(f"/shifts/{number}/signups").status_code == 404
    assert client.delete(f"/shifts/{number}/signups/mine").status_code == 404
    assert client.post(f"/shifts/{number}/stand-ins", {}).status_code == 404
    assert client.post(f"/offers/{number}/accept").status_code == 404
    assert client.post(f"/swaps/{number}/moves", {"to": "agreed"}).status_code == 404
    assert client.get(f"/shifts/{number}/colleagues").status_code == 404
    assert client.get(f"/patrol-routes/{number}").status_code == 404


def test_a_path_may_be_long_but_not_endless(clients):
    body = {"place_code": "510105007004", "name": "长线", "path": [[30.66, 104.03]] * 500}
    made = clients["committee"].post("/patrol-routes", body)
    assert (made.status_code, made.json["length_m"]) == (201, 0)
    body["path"] = [[30.66, 104.03]] * 501
    assert clients["committee"].post("/patrol-routes", body).status_code == 422


def test_a_body_that_nobody_asked_for_is_no_harm(clients, plan, people, volunteer):
    volunteer(people["resident"])
    answer = clients["resident"].post(f"/shifts/{plan()}/signups", {})
    assert answer.status_code == 201
