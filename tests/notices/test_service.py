"""Told once, in the inbox and on the phone, and no more than people allow."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import OperationalError

from app.core import clock, dead_letters, deliveries, outbox
from app.core.access import RoleKind
from app.core.db import changed_rows, db, read, writing
from app.core.deliveries import Delivery
from app.core.errors import InvalidInput, NotFound
from app.core.pushes import SubscriptionsChanged
from app.notices import announcements, quotas, service
from app.notices.deliveries import TRIES
from app.notices.models import Notice
from app.residents import service as residents
from tests.crowds import at_once
from tests.factories.people import COMMUNITY, ELSEWHERE, make_actor
from tests.notices.conftest import CASE, NIGHT, NOON

MORNING = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)
"""Saturday, 07:30 in Shanghai."""


def inbox(actor, **query):
    return service.list_notices(actor, limit=50, **query)


def states():
    db.session.rollback()
    return read(select(Delivery.state).where(Delivery.kind == service.MESSAGE)).scalars().all()


def test_what_is_told_stands_in_the_inbox_in_words(noon, grandmother, tell):
    assert tell() == 1
    found = inbox(grandmother)
    assert found["unread"] == 1
    assert found["items"][0] | {"id": 0} == {
        "id": 0,
        "kind": "case_accepted",
        "title": "报告已受理",
        "body": "CT-20261120-0001 占用消防通道，草堂路第一网格。承诺 11月20日 14:00 前处理好。",
        "about": {"kind": "hazard", "id": 17},
        "emergency": False,
        "at": NOON,
        "read_at": None,
    }


def test_the_same_is_told_once_however_often_it_is_said(noon, grandmother, tell, allow, messages):
    allow(grandmother, times=5)
    assert [tell(), tell(), tell()] == [1, 0, 0]
    assert len(messages()) == 1
    assert len(inbox(grandmother)["items"]) == 1


def test_many_threads_tell_once(app, people, noon):
    ids = [people[name].resident_id for name in ("resident", "neighbour")]

    def say(_):
        with clock.at(NOON):
            return service.tell("case_late", ids, key="k", about=None, params=CASE)

    assert sum(at_once(app, 8, say)) == 2


def test_a_message_comes_to_who_allowed_it_and_as_often(
    noon, grandmother, tell, allow, left, messages
):
    allow(grandmother, times=2)
    assert left(grandmother) == 2
    for number in range(3):
        tell(key=f"case {number}")
    assert [message["data"]["thing2"]["value"] for message in messages()] == ["占用消防通道"] * 2
    assert left(grandmother) == 0
    assert len(inbox(grandmother)["items"]) == 3


def test_a_message_says_what_when_and_where_and_leads_to_the_case(
    noon, grandmother, tell, allow, messages
):
    allow(grandmother)
    tell()
    message = messages()[0]
    assert message["page"] == "pkg-hazards/detail/index?id=17"
    assert {name: field["value"] for name, field in message["data"].items()} == {
        "character_string1": "CT-20261120-0001",
        "thing2": "占用消防通道",
        "time3": "2026年11月20日 14:00",
        "thing4": "草堂路第一网格",
    }


def test_at_night_it_stands_in_the_inbox_and_rings_in_the_morning(
    app, grandmother, tell, allow, messages
):
    with clock.at(NIGHT):
        allow(grandmother)
        tell()
        assert inbox(grandmother)["unread"] == 1
        assert messages() == []
    with clock.at(MORNING - timedelta(seconds=1)):
        assert messages() == []
    with clock.at(MORNING):
        assert len(messages()) == 1


def test_an_emergency_rings_at_night(app, people, tell, allow, messages):
    with clock.at(NIGHT):
        allow(people["gridworker"], "task_new")
        tell("task_new", "gridworker", emergency=True)
        assert len(messages()) == 1
        assert inbox(people["gridworker"])["items"][0]["emergency"]


def test_a_worker_that_comes_late_rings_nobody_at_night(app, grandmother, tell, allow, messages):
    with clock.at(NIGHT - timedelta(minutes=31)):
        allow(grandmother)
        tell()
    with clock.at(NIGHT):
        assert messages() == []
    with clock.at(MORNING):
        assert len(messages()) == 1


def test_what_was_read_rings_no_more_and_is_given_back(
    app, grandmother, tell, allow, left, messages
):
    with clock.at(NIGHT):
        allow(grandmother)
        tell()
        service.mark_read(grandmother, inbox(grandmother)["items"][0]["id"])
    with clock.at(MORNING):
        assert messages() == []
        assert left(grandmother) == 1


def test_of_what_happened_in_the_night_the_last_rings_in_the_morning(
    app, grandmother, tell, allow, left, messages
):
    with clock.at(NIGHT):
        allow(grandmother)
        allow(grandmother, "case_handled")
        tell("case_accepted", key="accepted")
        tell("case_handled", key="handled")
    with clock.at(MORNING):
        assert [message["template_id"] for message in messages()] == ["demo-case-handled"]
        assert left(grandmother) == 1


def test_what_rings_nobody_keeps_nothing_of_the_night_from_ringing(
    app, grandmother, tell, allow, messages
):
    """A later notice without a message, or without one left, is no reason for silence."""
    with clock.at(NIGHT):
        allow(grandmother, "case_handled")
        tell("case_handled", key="handled")
        tell("photo_withheld", key="photo")
        tell("case_late", key="late")
    with clock.at(MORNING):
        assert [message["template_id"] for message in messages()] == ["demo-case-handled"]


def test_a_database_that_is_away_for_a_moment_loses_no_message(
    noon, grandmother, tell, allow, messages, monkeypatch
):
    def away(*_):
        raise OperationalError("SELECT", {}, Exception("gone"))

    allow(grandmother)
    tell()
    monkeypatch.setattr("app.notices.deliveries.read", away)
    assert messages() == []
    assert states() == ["waiting"]
    monkeypatch.undo()
    with clock.at(NOON + timedelta(minutes=1)):
        assert len(messages()) == 1


def test_a_dead_message_that_is_tried_anew_is_paid_for_anew(
    noon, grandmother, tell, allow, left, messages, sandbox
):
    allow(grandmother)
    tell()
    with writing():
        changed_rows(update(Delivery).values(attempts=TRIES - 1))
    sandbox.will_answer(send=[-1])
    assert messages() == []
    assert (states(), left(grandmother)) == (["dead"], 1)
    assert dead_letters.retry(kind=service.MESSAGE) == 1
    assert left(grandmother) == 0
    assert len(messages()) == 1
    assert left(grandmother) == 0


def test_what_is_switched_off_does_not_ring(noon, grandmother, tell, allow, left, messages):
    allow(grandmother)
    quotas.change_preferences(grandmother, kinds={"case_accepted": False})
    tell()
    assert messages() == []
    assert (left(grandmother), len(inbox(grandmother)["items"])) == (1, 1)
    quotas.change_preferences(grandmother, kinds={"case_accepted": True})
    tell(key="case 18")
    assert len(messages()) == 1


def test_a_message_in_the_persons_language(noon, allow, messages, app):
    reader = make_actor(language="en")
    allow(reader)
    service.tell("case_accepted", [reader.resident_id], key="k", about=None, params=CASE)
    message = messages()[0]
    assert (message["lang"], message["data"]["thing2"]["value"]) == ("en_US", "Fire lane blocked")


@pytest.mark.parametrize(
    ("fault", "state", "remaining"),
    [
        (43101, "refused", 0),  # WeChat says that nothing is left
        (47003, "refused", 3),  # ours was the fault: given back
        (-1, "waiting", 2),
        ({"drop": True}, "unknown", 2),
        ({"status": 502}, "unknown", 2),
    ],
)
def test_each_answer_of_wechat_has_its_end(
    noon, grandmother, tell, allow, left, messages, sandbox, fault, state, remaining
):
    allow(grandmother, times=3)
    tell()
    sandbox.will_answer(send=[fault])
    messages()
    sandbox.will_answer()
    assert states() == [state]
    assert left(grandmother) == remaining
    assert len(inbox(grandmother)["items"]) == 1


def test_a_busy_wechat_has_it_in_the_end(noon, grandmother, tell, allow, messages, sandbox):
    allow(grandmother)
    tell()
    sandbox.will_answer(send=[-1, -1])
    for minutes in (0, 1, 2, 3):
        with clock.at(NOON + timedelta(minutes=minutes)):
            got = messages()
    assert len(got) == 1
    assert states() == ["done"]


def test_a_tap_that_both_sides_report_counts_once(noon, grandmother, allow, left):
    openid = read(
        select(residents.Resident.openid).where(residents.Resident.id == grandmother.resident_id)
    ).scalar_one()
    pushed = {"openid": openid, "push": "p", "at": 0}
    accept = {"demo-case-accepted": "accept"}

    def push(**more):
        with writing():
            outbox.record(SubscriptionsChanged(**pushed | more))
        outbox.deliver_due()

    allow(grandmother)
    push(answers=accept, source="popup")
    assert left(grandmother) == 1
    push(answers=accept, source="popup")
    assert left(grandmother) == 2
    push(answers=accept, source="sent")
    push(answers={"unheard-of": "accept"}, source="popup")
    assert left(grandmother) == 2
    push(answers={"demo-case-accepted": "reject"}, source="change")
    assert left(grandmother) == 0
    push(answers=accept, source="popup", openid="o-nobody")


def test_a_ban_takes_back_what_was_allowed(noon, grandmother, allow, left):
    allow(grandmother, times=2)
    quotas.answer(grandmother, {"demo-case-accepted": "reject"})
    assert left(grandmother) == 2
    quotas.answer(grandmother, {"demo-case-accepted": "ban"})
    assert left(grandmother) == 0


def test_staff_kinds_are_for_staff(people):
    shown = {
        who: {row["kind"] for row in quotas.show_preferences(people[who])["kinds"]}
        for who in ("resident", "gridworker", "committee")
    }
    assert "task_new" not in shown["resident"]
    assert "task_new" in shown["gridworker"]
    assert "order_raised" not in shown["gridworker"]
    assert "order_raised" in shown["committee"]
    with pytest.raises(InvalidInput):
        quotas.change_preferences(people["resident"], kinds={"order_raised": False})


def test_reading_marks_ones_own_and_only_them(noon, people, tell):
    tell("case_accepted", "resident", "neighbour")
    mine = inbox(people["resident"])["items"][0]
    with pytest.raises(NotFound):
        service.mark_read(people["neighbour"], mine["id"])
    assert service.mark_read(people["resident"], mine["id"])["read_at"] == NOON
    with clock.at(NOON + timedelta(hours=1)):
        assert service.mark_read(people["resident"], mine["id"])["read_at"] == NOON
    assert inbox(people["resident"])["unread"] == 0
    assert inbox(people["neighbour"])["unread"] == 1


def test_all_about_one_case_are_read_at_once(noon, grandmother, tell):
    tell(key="a")
    tell("case_handled", key="b")
    service.tell("case_late", [grandmother.resident_id], key="c", about=None, params=CASE)
    about = {"kind": "hazard", "id": 17}
    assert service.mark_all_read(grandmother, about=about) == {"unread": 1}
    assert [row["kind"] for row in inbox(grandmother, unread=True)["items"]] == ["case_late"]
    assert service.mark_all_read(grandmother) == {"unread": 0}


def test_the_inbox_goes_page_by_page(noon, grandmother, tell):
    for number in range(5):
        tell(key=str(number))
    first = service.list_notices(grandmother, limit=3)
    rest = service.list_notices(grandmother, limit=3, cursor=first["next_cursor"])
    ids = [row["id"] for row in first["items"] + rest["items"]]
    assert ids == sorted(ids, reverse=True)
    assert (len(ids), rest["next_cursor"]) == (5, None)


def test_what_was_read_long_ago_is_forgotten_and_what_was_not_stays(noon, grandmother, tell):
    tell(key="read")
    service.mark_all_read(grandmother)
    tell(key="unread")
    with clock.at(NOON + timedelta(days=179)):
        assert service.forget_old_read() == 0
    with clock.at(NOON + timedelta(days=181)):
        assert service.forget_old_read() == 1
    assert read(select(Notice.key)).scalars().all() == ["unread"]


def announce(people, **changes):
    said = {"place_code": COMMUNITY, "title": "明早停水", "body": "八点到十点"}
    return announcements.announce(people["committee"], **said | changes)


def test_an_announcement_reaches_all_who_live_there_and_nobody_else(noon, people, app):
    crowd = [make_actor((RoleKind.RESIDENT, COMMUNITY + "001")) for _ in range(7)]
    made = announce(people)
    while deliveries.deliver_due():
        pass
    found = announcements.find_announcement(crowd[0], made["id"])
    assert (found["told"], found["finished_at"]) == (9, NOON)
    assert inbox(crowd[6])["items"][0]["title"] == "通知：明早停水"
    assert inbox(people["outsider"])["items"] == []
    assert inbox(people["sibling"])["items"] == []


def test_an_announcement_is_handed_out_once_though_several_do_it(noon, people, app):
    for _ in range(10):
        make_actor((RoleKind.RESIDENT, COMMUNITY))
    made = announce(people)

    def hand_out(_):
        with clock.at(NOON):
            while announcements.hand_out_batch(made["id"], most=3):
                pass

    at_once(app, 4, hand_out)
    db.session.rollback()
    assert announcements.find_announcement(people["committee"], made["id"])["told"] == 12
    keys = read(select(Notice.resident_id).where(Notice.kind == "announcement")).scalars().all()
    assert len(keys) == len(set(keys)) == 12


def test_an_emergency_is_told_at_night(app, people, allow, messages):
    with clock.at(NIGHT):
        allow(people["resident"], "announcement")
        announce(people, emergency=True, title="台风红色预警")
        messages()
        assert [message["data"]["thing1"]["value"] for message in messages()] == ["台风红色预警"]
        assert inbox(people["resident"])["items"][0]["title"] == "紧急：台风红色预警"


def test_nobody_speaks_to_places_that_are_not_theirs(people):
    with pytest.raises(NotFound):
        announce(people, place_code=ELSEWHERE)
    with pytest.raises(InvalidInput):
        announce(people, place_code=COMMUNITY + "999")


def test_neighbours_do_not_see_what_was_said_elsewhere(noon, people):
    made = announce(people)
    assert announcements.find_announcement(people["neighbour"], made["id"])["title"] == "明早停水"
    for who in ("sibling", "outsider", "stranger"):
        with pytest.raises(NotFound):
            announcements.find_announcement(people[who], made["id"])
        assert announcements.list_announcements(people[who], limit=10)["items"] == []
