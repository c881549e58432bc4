"""What those in charge do is written down with it, or neither."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.exc import DBAPIError

from app.committees import rectifications
from app.core import audit, clock
from app.core.access import RoleKind
from app.core.audit import AuditEntry
from app.core.db import db, read, writing
from tests.clients import Client
from tests.factories.people import COMMUNITY, ELSEWHERE, make_actor
from tests.quizzes.conftest import question as written


def announce(client, **changes):
    body = {"place_code": COMMUNITY, "title": "停水", "body": "明早八点"} | changes
    return client.post("/announcements", body)


def entries():
    return audit.list_entries("51")["items"]


def test_a_request_that_writes_leaves_one_entry(clients, people):
    assert announce(clients["committee"]).status_code == 201
    (entry,) = entries()
    assert entry["resident_id"] == people["committee"].resident_id
    assert entry["act"] == "notices.announce"
    assert entry["place_code"] == COMMUNITY
    assert not entry["at_desk"]


def test_an_entry_lies_where_it_was_done_and_not_where_its_doer_has_another_office(app, people):
    """Else one committee reads of another's deeds, and not of those that were done to its own."""
    both = make_actor((RoleKind.COMMITTEE, COMMUNITY), (RoleKind.COMMITTEE, ELSEWHERE))
    client = Client(app).signed_in_as(both)
    here = {entry["id"] for entry in audit.list_entries(COMMUNITY)["items"]}
    question = {key: value for key, value in written(1).items() if key != "key"}
    made = client.post("/questions", {**question, "place_code": ELSEWHERE}).json
    moved = {"version_id": made["versions"][0]["id"], "to": "in_review"}
    assert client.post(f"/questions/{made['id']}/moves", moved).status_code == 200
    days = {"first_day": "2036-01-07", "last_day": "2036-01-13", "days": 1}
    challenge = {"place_code": ELSEWHERE, **days}
    with clock.at(datetime(2036, 1, 1, tzinfo=UTC)):
        assert client.post("/challenges", challenge).status_code == 201
    acts = [entry["act"] for entry in audit.list_entries(ELSEWHERE)["items"]]
    assert [act.partition(".")[2] for act in acts] == [
        "begin_challenge",
        "move_version",
        "write_question",
    ]
    assert {entry["id"] for entry in audit.list_entries(COMMUNITY)["items"]} == here


def test_what_the_street_does_to_a_communitys_is_read_there(clients, people):
    given = {"title": "消防通道", "demand": "请说明", "due_on": date(2036, 1, 7)}
    with clock.at(datetime(2036, 1, 1, tzinfo=UTC)):
        made = rectifications.raise_rectification(people["street"], COMMUNITY, **given)
        body = {"to": "withdrawn", "note": "不必了"}
        path = f"/rectifications/{made['id']}/moves"
        assert clients["street"].post(path, body).status_code == 200
    [entry] = audit.list_entries(COMMUNITY)["items"]
    assert entry["act"] == "reviews.move_rectification"


def test_what_is_prepared_aside_leaves_none_and_the_deed_keeps_what_was_said_of_it(app, people):
    with app.test_request_context("/", method="POST"):
        audit.watch(people["committee"].resident_id, (COMMUNITY,))
        audit.note(place_code=ELSEWHERE, about="7")
        with audit.aside(), writing():
            audit.note(about="8")
        assert audit.list_entries(ELSEWHERE)["items"] == []
        with writing():
            pass
        [entry] = audit.list_entries(ELSEWHERE)["items"]
    assert entry["about"] == "7"


def test_what_was_refused_leaves_none(clients):
    assert announce(clients["committee"], title="").status_code == 422
    assert announce(clients["resident"]).status_code == 403
    assert entries() == []


def test_reading_leaves_none(clients):
    clients["committee"].get(f"/committees/{COMMUNITY}/overview")
    assert entries() == []


def test_what_everybody_may_do_leaves_none(clients):
    clients["committee"].patch("/me", {"letter_size": "large"})
    assert entries() == []


def test_the_database_refuses_to_rewrite_an_entry(clients):
    announce(clients["committee"])
    with pytest.raises(DBAPIError):
        db.session.execute(update(AuditEntry).values(about="something else"))
    db.session.rollback()


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({}, True),
        ({"act": "notices.announce"}, True),
        ({"act": "hours.correct"}, False),
        ({"resident_id": 1_000_000}, False),
        ({"since": timedelta(hours=1)}, False),
        ({"until": timedelta(hours=1)}, True),
        ({"until": -timedelta(hours=1)}, False),
    ],
)
def test_entries_are_found_by_who_what_and_when(clients, filters, found):
    announce(clients["committee"])
    now = clock.now()
    asked = {k: now + v if isinstance(v, timedelta) else v for k, v in filters.items()}
    assert bool(audit.list_entries(COMMUNITY, **asked)["items"]) is found
    assert audit.list_entries("32", **asked)["items"] == []


def test_entries_are_forgotten_after_three_years(clients):
    announce(clients["committee"])
    assert audit.forget_old() == 0
    with clock.at(clock.now() + audit.KEPT + timedelta(days=1)):
        assert audit.forget_old() == 1
    assert read(select(func.count()).select_from(AuditEntry)).scalar_one() == 0
