"""The inbox over HTTP: a happy path, a refusal and a bad form each."""

from app.notices import service
from tests.factories.people import COMMUNITY
from tests.notices.conftest import CASE

SAID = {"place_code": COMMUNITY, "title": "明早停水", "body": "八点到十点"}


def test_the_inbox_is_listed_and_read(clients, tell):
    tell()
    found = clients["resident"].get("/notices", unread="true").json
    assert found["unread"] == 1
    notice = found["items"][0]
    read = clients["resident"].post(f"/notices/{notice['id']}/read")
    assert (read.status_code, read.json["read_at"] is None) == (200, False)
    assert clients["resident"].get("/notices", unread="true").json["items"] == []
    assert clients["neighbour"].post(f"/notices/{notice['id']}/read").status_code == 404
    assert clients["resident"].get("/notices", unread="perhaps").status_code == 422


def test_all_are_read_with_and_without_a_body(clients, tell):
    tell()
    about = {"about": {"kind": "hazard", "id": 99}}
    assert clients["resident"].post("/notices/read-all", about).json == {"unread": 1}
    assert clients["resident"].post("/notices/read-all").json == {"unread": 0}
    bad = clients["resident"].post("/notices/read-all", {"about": {"kind": "poem", "id": 1}})
    assert bad.status_code == 422


def test_the_words_are_the_readers(clients, people):
    ids = [people["resident"].resident_id]
    service.tell("case_late", ids, key="k", about=None, params=CASE)
    clients["resident"].headers["Accept-Language"] = "en"
    assert clients["resident"].get("/notices").json["items"][0]["title"] == "Later than promised"


def test_answers_to_the_dialogue_are_counted_and_one_key_counts_once(clients):
    accept = {"demo-case-accepted": "accept", "demo-case-late": "reject"}
    clients["resident"].headers["Idempotency-Key"] = "tap-1"
    for _ in range(2):
        answer = clients["resident"].put("/subscriptions", accept)
        assert answer.status_code == 200, answer.json
    left = {row["name"]: row["left"] for row in answer.json["templates"]}
    assert (left["case_accepted"], left["case_late"]) == (1, 0)


def test_strange_answers_to_the_dialogue_are_refused_by_name(clients):
    for body, field, code in (
        ({"no-such-template": "accept"}, "no-such-template", "unknown_template"),
        ({"demo-case-late": "maybe"}, "demo-case-late", "not_an_option"),
        ({"demo-case-late": 1}, "demo-case-late", "not_an_option"),
        ({f"t{number}": "accept" for number in range(4)}, "templates", "too_many"),
    ):
        answer = clients["resident"].put("/subscriptions", body)
        assert answer.status_code == 422, body
        assert (field, code) in {(e["field"], e["code"]) for e in answer.json["errors"]}
    assert clients["resident"].put("/subscriptions", ["accept"]).status_code == 422


def test_preferences_are_shown_and_changed(clients):
    shown = clients["resident"].get("/me/preferences").json
    assert shown["quiet_hours"] == {"from": "21:30", "to": "07:30"}
    assert [row["name"] for row in shown["templates"]] == [
        "case_accepted",
        "case_handled",
        "case_late",
        "announcement",
        "shift",
        "shift_lead",
        "quiz",
    ]
    off = clients["resident"].patch("/me/preferences", {"kinds": {"case_late": False}}).json
    assert {row["kind"]: row["on"] for row in off["kinds"]}["case_late"] is False
    for bad in ({"kinds": {"task_new": False}}, {"kinds": {"case_late": "no"}}, {}):
        assert clients["resident"].patch("/me/preferences", bad).status_code == 422


def test_a_committee_announces_and_a_key_announces_once(clients):
    key = {"Idempotency_Key": "storm-1"}
    first = clients["committee"].post("/announcements", SAID, **key)
    again = clients["committee"].post("/announcements", SAID, **key)
    assert (first.status_code, again.json["id"]) == (201, first.json["id"])
    assert first.json["place_name"] == "草堂路社区"
    listed = clients["resident"].get("/announcements").json["items"]
    assert [row["id"] for row in listed] == [first.json["id"]]
    assert clients["resident"].post("/announcements", SAID).status_code == 403
    assert clients["outsider"].post("/announcements", SAID).status_code == 404
    assert (
        clients["committee"].post("/announcements", SAID | {"title": "长" * 21}).status_code == 422
    )


def test_the_config_names_all_templates(client):
    assert "demo-case-accepted" in client.get("/config").json["subscribe_templates"]
