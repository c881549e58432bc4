"""Through HTTP: the shapes, the refusals, the paper and the page that anybody may ask."""

import io
from datetime import timedelta

import pytest
from pypdf import PdfReader

from app.campaigns import service
from tests.campaigns.conftest import PLAN, TODAY, announced, take
from tests.house.test_query_counts import counted, queries
from tests.quizzes.conftest import answer_all

FORM = PLAN | {"first_day": TODAY.isoformat(), "last_day": (TODAY + timedelta(days=9)).isoformat()}
MOST = {"/campaigns": 8, "/campaigns/{}": 10, "/campaigns/{}/attempts": 5}


def refused(answer, status, *codes):
    assert answer.status_code == status, answer.json
    found = [error["code"] for error in answer.json["errors"]] or [answer.json["code"]]
    assert found == list(codes)


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"title": {"zh": "长" * 21}}, {"title.zh"}),
        ({"audience": "staff", "pass_percent": 49}, {"audience", "pass_percent"}),
        ({"places": ["x"], "topics": ["cats"]}, {"places.0", "topics.0"}),
        ({"skill": "first_aid", "skill_months": 0}, {"skill", "skill_months"}),
        (
            {"question_count": 2, "most_tries": 11, "secret": 1},
            {"question_count", "most_tries", "secret"},
        ),
    ],
)
def test_a_bad_form_is_refused_by_field(clients, changes, fields):
    answer = clients["committee"].post("/campaigns", FORM | changes)
    assert answer.status_code == 422
    assert {error["field"] for error in answer.json["errors"]} == fields


def test_planning_twice_with_one_key_plans_once(big_bank, clients):
    key = {"Idempotency-Key": "k-1"}
    first, again = (clients["committee"].post("/campaigns", FORM, **key) for _ in range(2))
    assert (first.status_code, first.json) == (201, again.json)
    assert len(clients["committee"].get("/campaigns").json["items"]) == 1


def test_moves_and_changes_that_cannot_be(running, clients):
    path = f"/campaigns/{running['id']}"
    refused(clients["committee"].patch(path, {"pass_percent": 90}), 409, "campaign_announced")
    refused(clients["committee"].post(f"{path}/moves", {"to": "over"}), 409, "illegal_move")
    refused(clients["committee"].post(f"{path}/moves", {"to": "cancelled"}), 422, "required")
    refused(clients["committee"].post(f"{path}/attempts"), 409, "not_in_audience")


def test_no_answer_tells_the_key_before_its_question_is_answered(running, clients):
    client = clients["resident"]
    path = f"/campaigns/{running['id']}/attempts"
    attempt = client.post(path).json
    for asked in attempt["questions"]:
        assert asked["answer"] is None
        assert set(asked["options"][0]) == {"id", "text", "region"}
    first, second = attempt["questions"][:2]
    base = f"/attempts/{attempt['attempt_id']}"
    foreign = {"question_id": first["id"], "option_ids": [second["options"][0]["id"]]}
    refused(client.post(f"{base}/answers", foreign), 422, "unknown_option")
    given = {"question_id": first["id"], "option_ids": [first["options"][0]["id"]]}
    said = client.post(f"{base}/answers", given)
    assert client.post(f"{base}/answers", given).json == said.json
    other = given | {"option_ids": [first["options"][1]["id"]]}
    refused(client.post(f"{base}/answers", other), 409, "already_answered")
    neighbour = clients["neighbour"].post(f"{base}/answers", given)
    assert neighbour.status_code == 404
    going_on = client.post(path).json
    told = [one["answer"] is not None for one in going_on["questions"]]
    assert told == [True, False, False, False]


def test_a_certificate_is_checked_printed_and_revoked(big_bank, people, clients):
    title, skill = "消防月全社区安全知识大家一起来答题活动", "fire_safety"
    running = announced(people["committee"], title={"zh": title}, skill=skill, skill_months=12)
    client, path = clients["resident"], f"/campaigns/{running['id']}"
    name = "阿依古丽" * 10
    client.patch("/me", {"name": name})
    assert client.get(f"{path}/certificate").status_code == 404
    attempt = client.post(f"{path}/attempts").json
    answer_all(client, attempt)
    result = client.post(f"/attempts/{attempt['attempt_id']}/finish").json["result"]
    number = result["verdict"]["certificate_number"]
    mine = client.get(f"{path}/certificate").json
    assert (mine["number"], mine["state"], mine["percent"]) == (number, "valid", 100)
    link = f"/campaign-certificates/{number}"
    anybody = clients["outsider"].get(link.lower()).json
    assert set(anybody) == {
        "number", "name", "title", "issuer", "issued_on", "valid_until", "state", "revoked_at",
    }  # fmt: skip
    assert anybody["name"] == "阿**"
    printed = client.get(mine["pdf_url"].removeprefix("/api/v1"))
    assert printed.mimetype == "application/pdf"
    [words] = text_of(printed.data)
    assert all(one in words for one in (number, name, title, "平台记录", "消防安全", "100%"))
    assert client.get(mine["pdf_url"].removeprefix("/api/v1") + "x").status_code == 404
    staff = clients["committee"]
    given = {"number": number, "name": name, "state": "valid", "issued_on": TODAY.isoformat()}
    assert staff.get(f"{path}/certificates").json["items"] == [given]  # and nothing about answers
    assert clients["street"].get(f"{path}/certificates").status_code == 404
    refused(staff.post(f"{link}/revocation", {"reason": ""}), 422, "length")
    gone = staff.post(f"{link}/revocation", {"reason": "代答"}).json
    assert gone == given | {"state": "revoked"}
    refused(staff.post(f"{link}/revocation", {"reason": "代答"}), 409, "already_revoked")
    assert client.get(f"{path}/certificate").json["revoke_reason"] == "代答"
    page = client.http.get(f"/api/v1{link}", headers={"Accept": "text/html"})
    assert "证书已撤销" in page.text
    assert "代答" not in page.text
    unknown = client.http.get(
        "/api/v1/campaign-certificates/LLP-2026-2222222222", headers={"Accept": "text/html"}
    )
    assert (unknown.status_code, "查无此证" in unknown.text) == (404, True)
    assert client.get("/campaign-certificates/nonsense").status_code == 404
    notices = client.get("/notices").json["items"]
    assert [one["about"] for one in notices if one["kind"] == "pass_revoked"] == [
        {"kind": "campaign", "id": running["id"]}
    ]


def text_of(pdf):
    sheets = PdfReader(io.BytesIO(pdf)).pages
    return ["".join(one.extract_text().replace("\0", "").split()) for one in sheets]


def test_looking_costs_the_same_whatever_there_is(running, people, clients):
    client, campaign = clients["resident"], running["id"]
    few = [len(queries(client, path.format(campaign))) for path in MOST]
    for number in range(12):
        announced(people["committee"], title={"zh": f"第{number}次"}, question_count=3)
    take(people["resident"], campaign, right=1)
    many = [len(queries(client, path.format(campaign))) for path in MOST]
    assert few == many
    assert all(count <= most for count, most in zip(many, MOST.values(), strict=True)), many


def test_a_try_costs_a_fixed_number_of_queries(running, clients):
    client = clients["resident"]
    with counted() as began:
        attempt = client.post(f"/campaigns/{running['id']}/attempts").json
    assert len(began) <= 22, began
    answer_all(client, attempt)
    with counted() as ended:
        client.post(f"/attempts/{attempt['attempt_id']}/finish")
    assert len(ended) <= 50, len(ended)


def test_a_title_is_in_the_readers_language(running, people, clients):
    listed = clients["resident"].http.get(
        "/api/v1/campaigns",
        headers={**clients["resident"].headers, "Accept-Language": "en"},
    )
    assert [one["title"] for one in listed.json["items"]] == ["Fire-safety month"]
    assert service.list_campaigns(people["resident"], state="over", limit=5)["items"] == []
