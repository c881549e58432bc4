"""What reporters write is shown to neighbours after WeChat has looked at it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.core import clock, deliveries
from app.core.db import read
from app.core.errors import InvalidInput, NotFound
from app.core.outbox import OutboxEvent
from app.core.states import MoveNotYours
from app.core.wechat import CheckRefused, WeChatUnavailable
from app.hazards import checking, views
from tests.hazards.conftest import MORNING
from tests.lookers import looked_at

BAD = "物业的人说坏话"


@pytest.fixture
def looker(app, morning):
    with looked_at(app) as looker:
        yield looker


def seen(people, who, case):
    """Return what a case's text is to somebody, in the list and in full."""
    full = views.show_hazard(people[who], case["id"])
    listed = views.list_hazards(people[who], limit=1)["items"][0]
    found = {(shown["description"], shown["address"], shown["text_state"])
             for shown in (full, listed)}  # fmt: skip
    assert len(found) == 1
    return found.pop()


def facts(kind):
    return read(select(OutboxEvent.payload).where(OutboxEvent.kind == kind)).scalars().all()


def test_reporter_and_staff_read_at_once_and_neighbours_after_it_passed(looker, report, people):
    case = report(description="车道堵了", address="3 栋东侧")
    whole = ("车道堵了", "3 栋东侧", "checking")
    for who in ("resident", "gridworker", "committee", "district"):
        assert seen(people, who, case) == whole
    assert seen(people, "neighbour", case) == ("", None, "checking")
    deliveries.deliver_due()
    assert looker.texts == ["车道堵了\n3 栋东侧"]
    assert seen(people, "neighbour", case) == ("车道堵了", "3 栋东侧", "passed")


def test_what_is_risky_is_kept_from_neighbours_and_told_once(looker, report, people):
    case = report(description=BAD)
    deliveries.deliver_due()
    assert seen(people, "neighbour", case) == ("", None, "withheld")
    assert seen(people, "resident", case) == (BAD, None, "withheld")
    assert seen(people, "gridworker", case) == (BAD, None, "withheld")
    reporter = people["resident"].resident_id
    assert facts("hazards.text_withheld") == [
        {"hazard_id": case["id"], "seq": 1, "reporter_id": reporter}
    ]


def test_the_address_alone_may_be_risky(looker, report, people):
    case = report(address=BAD)
    deliveries.deliver_due()
    assert seen(people, "neighbour", case)[2] == "withheld"


def notes(people, who, case):
    history = views.show_hazard(people[who], case["id"])["history"]
    return [(line["note"], line["note_state"]) for line in history if line["move"] == "not_solved"]


@pytest.mark.parametrize(("note", "verdict"), [("又停满了", "passed"), (BAD, "withheld")])
def test_a_reporters_note_is_looked_at_too(looker, case_in, step, people, note, verdict):
    case = step(case_in("handled"), "handling", "resident", note=note)
    for who in ("resident", "gridworker"):
        assert notes(people, who, case) == [(note, "checking")]
    assert notes(people, "neighbour", case) == [(None, "checking")]
    deliveries.deliver_due()
    shown = note if verdict == "passed" else None
    assert notes(people, "neighbour", case) == [(shown, verdict)]
    assert len(facts("hazards.text_withheld")) == (verdict == "withheld")


def test_what_staff_write_is_shown_at_once(looker, case_in, people):
    case = case_in("handled")
    line = views.show_hazard(people["neighbour"], case["id"])["history"][-1]
    assert (line["note"], line["note_state"]) == ("已挪车", "passed")


def test_reporting_does_not_wait_for_wechat(looker, report, people):
    looker.trouble = WeChatUnavailable()
    case = report()
    deliveries.deliver_due()
    assert seen(people, "neighbour", case)[2] == "checking"
    looker.trouble = None
    with clock.at(MORNING + timedelta(minutes=5)):
        deliveries.deliver_due()
        assert seen(people, "neighbour", case)[2] == "passed"


def test_what_wechat_will_not_look_at_waits_for_people(looker, report, people):
    case = report()
    looker.trouble = CheckRefused(40003)
    deliveries.deliver_due()
    looker.trouble = None
    with clock.at(MORNING + timedelta(days=1)):
        assert deliveries.deliver_due() == 0
        assert seen(people, "neighbour", case) == ("", None, "checking")


@pytest.mark.parametrize(
    ("verdict", "who"),
    [
        ("checking", {"resident", "gridworker", "committee"}),
        ("pass", {"resident", "gridworker", "committee", "neighbour"}),
        ("review", {"resident", "gridworker", "committee"}),
        ("risky", {"committee"}),
    ],
)
def test_who_sees_a_photo_by_the_verdict_on_it(looker, report, people, photo, verdict, who):
    case = report(photo_ids=[photo(people["resident"])])
    for number in range(1, deliveries.deliver_due() + 1):
        if verdict != "checking":
            looker.push(number, verdict)
    state = {"pass": "passed", "risky": "withheld"}.get(verdict, "checking")
    found = set()
    for name in ("resident", "neighbour", "gridworker", "committee"):
        full = views.show_hazard(people[name], case["id"])
        (shown,) = full["photos"]
        listed = views.list_hazards(people[name], limit=1)["items"][0]["thumbnail_url"]
        assert shown["state"] == state
        assert shown["thumbnail_url"] == full["thumbnail_url"] == listed
        assert (shown["url"] is None) == (listed is None)
        assert full["history"][0]["photos"] == [shown]
        if listed:
            found.add(name)
    assert found == who


# Who is to say


HANDLES = {
    "resident": False,
    "neighbour": False,
    "gridworker": True,
    "committee": True,
    "district": True,
}


def waits(people, case):
    """Return who handles it by what they are told of whose verdict is to come."""
    told = {}
    for who in HANDLES:
        full = views.show_hazard(people[who], case["id"])
        texts = {full["text_waits_for"], full["history"][-1]["note_waits_for"]}
        told[who] = {"text": texts, "photo": {one["waits_for"] for one in full["photos"]}}
    return told


def expected(text, photo):
    """Return what `waits` does: the verdicts to those who handle the case, else nothing."""
    return {
        who: {"text": {text if told else None}, "photo": {photo if told else None}}
        for who, told in HANDLES.items()
    }


def test_who_handles_it_learns_whose_verdict_is_still_to_come(looker, report, step, people, photo):
    case = report(photo_ids=[photo(people["resident"])])
    case = step(step(case, "declined"), "reported", "resident", note="再看看")
    assert waits(people, case) == expected("wechat", "wechat")
    looker.trouble = CheckRefused(40003)
    deliveries.deliver_due()
    assert waits(people, case) == expected("committee", "wechat")


def test_a_photo_that_wechat_cannot_judge_waits_for_the_committee(looker, report, people, photo):
    case = report(photo_ids=[photo(people["resident"])])
    deliveries.deliver_due()
    looker.push(1, "review")
    found = {who: told["photo"] for who, told in waits(people, case).items()}
    assert found == {who: {"committee" if told else None} for who, told in HANDLES.items()}


def test_who_decides_is_told_so(report, people):
    case = report()
    may = {who for who in HANDLES if views.show_hazard(people[who], case["id"])["may_judge"]}
    assert may == {"committee", "district"}


def test_nobody_is_waited_for_where_all_is_decided(report, people, photo):
    case = report(photo_ids=[photo(people["resident"])])
    full = views.show_hazard(people["committee"], case["id"])
    waits = {full["text_waits_for"], full["photos"][0]["waits_for"]}
    assert waits | {full["history"][0]["note_waits_for"]} == {None}


# What people decide


def decide(people, who, case, *, show, **what):
    return checking.decide(people[who], case["id"], show=show, **what)


def test_the_committee_decides_what_wechat_would_not(looker, report, people):
    case = report()
    looker.trouble = CheckRefused(40003)
    deliveries.deliver_due()
    found = decide(people, "committee", case, show=True, seq=1)
    assert found["text_state"] == "passed"
    assert seen(people, "neighbour", case)[2] == "passed"


def test_the_committee_may_think_otherwise_than_wechat(looker, report, people, photo):
    case = report(description=BAD, photo_ids=[photo(people["resident"])])
    deliveries.deliver_due()
    looker.push(1, "risky")
    photo_id = case["photos"][0]["id"]
    decide(people, "committee", case, show=True, seq=1)
    decide(people, "committee", case, show=True, photo_id=photo_id)
    full = views.show_hazard(people["neighbour"], case["id"])
    assert full["description"] == BAD
    assert full["photos"][0]["url"]
    assert len(facts("hazards.text_withheld")) == len(facts("photos.withheld")) == 1


def test_what_was_never_checked_can_be_withheld_too(case_in, step, people, photo):
    mine = photo(people["resident"])
    case = step(case_in("handled", photo_ids=[mine]), "handling", "resident", note="又停满了")
    for _ in range(2):
        decide(people, "committee", case, show=False, seq=6)
        decide(people, "committee", case, show=False, seq=1)
        decide(people, "committee", case, show=False, photo_id=mine)
    assert notes(people, "neighbour", case) == [(None, "withheld")]
    full = views.show_hazard(people["neighbour"], case["id"])
    assert (full["description"], full["photos"][0]["url"]) == ("", None)
    assert len(facts("hazards.text_withheld")) == 2
    assert len(facts("photos.withheld")) == 1


@pytest.mark.parametrize("who", ["gridworker", "resident", "neighbour"])
def test_only_who_is_in_charge_decides(report, people, who):
    with pytest.raises(MoveNotYours):
        decide(people, who, report(), show=False, seq=1)


def test_one_thing_is_decided_about_at_a_time(report, people):
    case = report()
    for what in ({}, {"seq": 1, "photo_id": "A" * 43}):
        with pytest.raises(InvalidInput):
            decide(people, "committee", case, show=True, **what)


def test_what_is_not_of_the_case_or_not_checked_does_not_exist(case_in, report, people, photo):
    case = case_in("handled")
    other = report(photo_ids=[photo(people["resident"])])
    for what in ({"seq": 2}, {"seq": 99}, {"photo_id": other["photos"][0]["id"]}):
        with pytest.raises(NotFound):
            decide(people, "committee", case, show=False, **what)
