"""Each route: it works, it refuses, it names what is wrong."""

from app.points import service as points
from tests.factories.people import COMMUNITY

FORM = {"place_code": COMMUNITY, "name": "雨伞", "cost": 10, "stock": 3}


def field(answer):
    assert answer.status_code == 422, answer.json
    return [(fault["field"], fault["code"]) for fault in answer.json["errors"]]


def test_points_are_shown_to_their_owner(clients, people):
    points.grant(people["resident"].resident_id, "round", "hours", 3, amount=20)
    answer = clients["resident"].get("/me/points")
    assert answer.status_code == 200
    assert answer.json["balance"] == 20
    assert answer.json["items"][0]["words"] == "参加巡逻"
    assert answer.json["rules"][0]["how"] == "实际参加每满 6 分钟 1 分"
    assert clients["stranger"].get("/me/points").json["items"] == []


def test_a_foreign_cursor_is_refused(clients):
    assert field(clients["resident"].get("/me/points", cursor="x")) == [("cursor", "invalid")]


def test_a_reward_is_offered_listed_shown_and_changed(clients):
    made = clients["committee"].post("/rewards", {**FORM, "words": "十把", "per_person": 1})
    assert made.status_code == 201, made.json
    path = f"/rewards/{made.json['id']}"
    assert clients["resident"].get("/rewards").json["items"] == [clients["resident"].get(path).json]
    answer = clients["committee"].patch(path, {"stock_change": -1, "words": None})
    assert (answer.json["stock"], answer.json["words"]) == (2, None)
    refused = clients["committee"].patch(path, {"stock_change": -9})
    assert (refused.status_code, refused.json["code"]) == (409, "sold_out")


def test_only_committees_offer(clients):
    for who in ("resident", "gridworker", "stranger"):
        assert clients[who].post("/rewards", FORM).status_code == 403
    assert clients["outsider"].post("/rewards", FORM).status_code == 404


def test_a_bad_offer_is_named(clients):
    committee = clients["committee"]
    assert field(committee.post("/rewards", {**FORM, "cost": 0})) == [("cost", "range")]
    assert field(committee.post("/rewards", {**FORM, "stock": -1})) == [("stock", "range")]
    assert field(committee.post("/rewards", {"name": "伞"})) == [
        ("place_code", "required"),
        ("cost", "required"),
        ("stock", "required"),
    ]


def test_sent_twice_is_offered_once(clients):
    first = clients["committee"].post("/rewards", FORM, Idempotency_Key="one")
    second = clients["committee"].post("/rewards", FORM, Idempotency_Key="one")
    assert first.json == second.json
    assert len(clients["resident"].get("/rewards").json["items"]) == 1


def test_a_reward_is_redeemed_shown_and_collected(clients, people, give):
    give("resident", 20)
    reward = clients["committee"].post("/rewards", FORM).json
    path = f"/rewards/{reward['id']}/redemptions"
    made = clients["resident"].post(path, Idempotency_Key="tap")
    assert made.status_code == 201, made.json
    assert clients["resident"].post(path, Idempotency_Key="tap").json == made.json
    assert clients["resident"].get("/me/points").json["balance"] == 10
    mine = clients["resident"].get("/me/redemptions").json["items"]
    assert [row["code"] for row in mine] == [made.json["code"]]
    assert clients["resident"].get(f"/redemptions/{made.json['id']}").json == mine[0]
    body = {"code": made.json["qr_text"]}
    assert clients["resident"].post("/redemptions/collect", body).status_code == 403
    assert clients["outsider"].post("/redemptions/collect", body).status_code == 404
    done = clients["gridworker"].post("/redemptions/collect", body)
    assert done.status_code == 200, done.json
    assert done.json["resident"]["name"] == people["resident"].name
    again = clients["gridworker"].post("/redemptions/collect", body)
    assert (again.status_code, again.json["code"]) == (409, "illegal_move")


def test_too_few_points_are_told(clients, offer):
    reward = offer(cost=10)
    answer = clients["resident"].post(f"/rewards/{reward['id']}/redemptions")
    assert (answer.status_code, answer.json["code"]) == (409, "not_enough_points")
    assert answer.json["title"] == "积分不够"


def test_more_than_one_may_is_told(clients, offer, give):
    give("resident", 20)
    path = f"/rewards/{offer(cost=10, per_person=1)['id']}/redemptions"
    assert clients["resident"].post(path).status_code == 201
    answer = clients["resident"].post(path)
    assert (answer.status_code, answer.json["code"]) == (409, "reward_limit")
    assert "最多 1 份" in answer.json["detail"]


def test_a_redemption_is_cancelled_by_its_owner(clients, offer, give):
    give("resident", 10)
    made = clients["resident"].post(f"/rewards/{offer()['id']}/redemptions").json
    path = f"/redemptions/{made['id']}"
    assert clients["neighbour"].delete(path).status_code == 404
    assert clients["resident"].delete(path).json["state"] == "cancelled"
    assert clients["resident"].delete(path).status_code == 409
    assert clients["resident"].get("/me/points").json["balance"] == 10


def test_a_bad_code_is_named(clients):
    answer = clients["gridworker"].post("/redemptions/collect", {"code": ""})
    assert field(answer) == [("code", "length")]
    unknown = clients["gridworker"].post("/redemptions/collect", {"code": "x"})
    assert (unknown.status_code, unknown.json["code"]) == (404, "no_such_reward_code")
