"""What supervisors set, say and ask for; what a committee chooses and answers."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import delete, select

from app.committees import rectifications, reviews, rules
from app.committees.jobs import remind_rectifications
from app.core import clock, outbox
from app.core.access import RoleKind
from app.core.db import changed_rows, read, writing
from app.core.errors import NotFound
from app.notices.models import Notice
from app.residents.models import HeldRole
from tests.factories.people import COMMUNITY, make_actor

NOW = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
DUE = date(2026, 12, 1)
ASKED = {"title": "三号楼消防通道", "demand": "说明原因和整改措施", "due_on": "2026-12-01"}
PATH = f"/committees/{COMMUNITY}/rectifications"


@pytest.fixture(autouse=True)
def _now():
    with clock.at(NOW):
        yield


@pytest.fixture
def raised(people):
    given = {"title": "消防通道", "demand": "请说明", "due_on": DUE}
    return rectifications.raise_rectification(people["street"], COMMUNITY, **given)["id"]


def told(actor):
    outbox.deliver_due()
    mine = select(Notice.kind).where(Notice.resident_id == actor.resident_id).order_by(Notice.id)
    return list(read(mine).scalars())


def names(found):
    return [move["move"] for move in found["moves"]]


def test_what_is_asked_is_answered_sent_back_and_accepted(clients, people):
    street, committee = clients["street"], clients["committee"]
    made = street.post(PATH, ASKED)
    assert (made.status_code, names(made.json)) == (201, ["withdraw"])
    path = f"/rectifications/{made.json['id']}"
    assert names(committee.get(path).json) == ["answer"]
    assert told(people["committee"]) == ["rectification_raised"]

    answered = committee.post(f"{path}/moves", {"to": "answered", "note": "已划线"})
    assert (answered.status_code, answered.json["answer"]) == (200, "已划线")
    assert told(people["street"]) == ["rectification_answered"]
    back = street.post(f"{path}/moves", {"to": "open", "note": "没有照片", "due_on": "2026-12-05"})
    assert (back.json["state"], back.json["due_on"]) == ("open", "2026-12-05")
    assert committee.post(f"{path}/moves", {"to": "answered", "note": "已补"}).status_code == 200
    accepted = street.post(f"{path}/moves", {"to": "accepted"}).json
    assert (accepted["state"], accepted["moves"]) == ("accepted", [])
    assert [line["move"] for line in accepted["history"]] == [
        "raise", "answer", "send_back", "answer", "accept",
    ]  # fmt: skip
    assert told(people["committee"]) == [
        "rectification_raised", "rectification_sent_back", "rectification_accepted",
    ]  # fmt: skip
    assert street.post(f"{path}/moves", {"to": "open"}).status_code == 409
    assert [row["id"] for row in street.get(PATH, state="accepted").json["items"]] == [
        made.json["id"]
    ]
    assert committee.get(PATH, state="open").json["items"] == []


def test_nobody_moves_what_is_the_others(clients, raised):
    path = f"/rectifications/{raised}/moves"
    assert clients["committee"].post(path, {"to": "withdrawn", "note": "不"}).status_code == 403
    assert clients["street"].post(path, {"to": "answered", "note": "好"}).status_code == 403
    bad = clients["committee"].post(path, {"to": "answered"})
    assert (bad.status_code, bad.json["errors"][0]["field"]) == (422, "note")
    assert clients["outsider"].get(f"/rectifications/{raised}").status_code == 404


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"due_on": "2026-11-19"}, "due_on"), ({"due_on": "2028-01-01"}, "due_on"),
     ({"title": ""}, "title"), ({"figure": "beauty"}, "figure")],
)  # fmt: skip
def test_a_bad_demand_says_what_is_wrong(clients, changes, field):
    bad = clients["street"].post(PATH, ASKED | changes)
    assert (bad.status_code, [each["field"] for each in bad.json["errors"]]) == (422, [field])


def test_who_has_to_answer_is_reminded_once_and_told_of_once_when_late(people, raised):
    def run(day):
        with clock.at(NOW + timedelta(days=day)):
            return remind_rectifications()

    assert [run(day) for day in (5, 8, 8, 9, 11)] == [0, 1, 0, 0, 0]
    assert [run(day) for day in (12, 12, 20)] == [2, 0, 0]
    assert told(people["committee"]).count("rectification_due") == 1
    assert told(people["street"]) == ["rectification_overdue"]
    with clock.at(NOW + timedelta(days=12)):
        found = rectifications.show_rectification(people["committee"], raised)
        assert found["late"]


@pytest.mark.parametrize("above", ["street", "district"])
def test_the_office_is_told_where_who_asked_has_left_it(people, clients, raised, above):
    """By name of one person, an answer reached who is no more in charge, and nobody who is."""
    gone = HeldRole.resident_id == people["street"].resident_id
    with writing():
        changed_rows(delete(HeldRole).where(gone))
    heir = people["district"]
    if above == "street":
        heir = make_actor((RoleKind.STREET, COMMUNITY[:9]), name="新来的")
    with clock.at(NOW + timedelta(days=13)):
        assert remind_rectifications() == 2
    path = f"/rectifications/{raised}/moves"
    answered = clients["committee"].post(path, {"to": "answered", "note": "已划线"})
    assert answered.status_code == 200, answered.json
    assert told(heir) == ["rectification_overdue", "rectification_answered"]
    assert told(people["street"]) == []


def test_an_event_delivered_twice_tells_nobody_twice(people, raised):
    from app.committees import reactions  # noqa: PLC0415
    from app.committees.events import RectificationMoved  # noqa: PLC0415

    event = RectificationMoved(raised, 1, "raise", people["street"].resident_id)
    for _ in range(2):
        reactions.tell_of_rectification(event, NOW)
    assert told(people["committee"]) == ["rectification_raised"]


def test_every_move_tells_the_other_side():
    from app.committees import reactions  # noqa: PLC0415

    moves = {move.name for move in (*rules.RECTIFICATION_MOVES, rules.RAISE)}
    assert set(reactions.KINDS) == moves


def test_comments_and_targets_come_from_above_and_are_read_below(clients):
    path = f"/committees/{COMMUNITY}"
    said = {"from": "2026-10-01", "to": "2026-10-31", "text": "有进步", "figure": "on_time"}
    assert clients["street"].post(f"{path}/comments", said).status_code == 201
    assert (
        clients["street"].post(f"{path}/comments", said | {"to": "2026-09-01"}).status_code == 422
    )
    [shown] = clients["committee"].get(f"{path}/comments").json["items"]
    assert (shown["text"], shown["figure"]) == ("有进步", "on_time")
    assert clients["committee"].post(f"{path}/comments", said).status_code == 403

    put = clients["district"].put
    assert put(f"{path}/targets/on_time", {"wanted": 0.95}).status_code == 200
    assert clients["committee"].get(f"{path}/targets").json["targets"][0]["wanted"] == 0.95
    assert put(f"{path}/targets/on_time", {"wanted": 1.5}).status_code == 422
    assert put(f"{path}/targets/beauty", {"wanted": 1}).status_code == 404
    # A street's own street is supervised by the district alone.
    own = f"/committees/{COMMUNITY[:9]}/comments"
    refused = clients["street"].post(own, said)
    assert (refused.status_code, refused.json["code"]) == (403, "not_supervisor")
    assert clients["district"].post(own, said).status_code == 201


def test_only_the_place_itself_chooses_to_be_ranked(clients, people):
    path = f"/committees/{COMMUNITY}/settings"
    assert clients["committee"].get(path).json == {"ranking": False}
    refused = clients["street"].put(path, {"ranking": True})
    assert (refused.status_code, refused.json["code"]) == (403, "not_your_place")
    for choice in (True, True, False):
        assert clients["committee"].put(path, {"ranking": choice}).json == {"ranking": choice}
    assert clients["committee"].put(path, {"ranking": "yes"}).status_code == 422
    with pytest.raises(NotFound):
        reviews.show_settings(people["outsider"], COMMUNITY)
