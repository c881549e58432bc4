"""Checking in: what it proves, once, online or later, and where one is."""

import pytest

from app.core import clock, outbox
from app.core.errors import InvalidInput, NotFound
from app.patrols import planning
from app.rounds import codes, live, service
from app.rounds.sight import NotOnThisRound, RoundNotOpen
from app.volunteers import profile
from tests.factories.people import make_actor
from tests.rounds.conftest import (
    DAY,
    EVENING,
    FAR_AWAY,
    HOUR,
    MINUTE,
    Night,
    Phone,
    at,
    attendance_of,
    check_ins_of,
    flags_of,
)

NOWHERE = {"lat": None, "lon": None, "accuracy": None}


@pytest.mark.parametrize(
    ("what", "evidence"),
    [
        ({**NOWHERE}, 0),
        ({}, 1),
        ({**NOWHERE, "code": "printed"}, 1),
        ({"code": "printed"}, 1),
        ({**NOWHERE, "code": "rotating"}, 2),
        ({"code": "rotating"}, 3),
        ({**NOWHERE, "code": "rotating", "checkpoint_id": None}, 2),
    ],
)
def test_what_is_shown_is_what_is_proved(night, what, evidence):
    shown = {"printed": night.printed(), "rotating": night.code(30 * MINUTE)}
    if "code" in what:
        what = what | {"code": shown[what["code"]]}
    answer = night.phone("anna").send("checkpoint", 30 * MINUTE, **what)
    assert answer["evidence"] == evidence
    assert answer["flags"] == []


def test_a_round_from_start_to_end(night):
    phone = night.phone("anna")
    first = phone.send("start", 5 * MINUTE)
    assert first["attendance"]["state"] == "on_round"
    assert first["attendance"]["started_at"] == "2026-11-20T11:05:00Z"
    passed = phone.send("checkpoint", 30 * MINUTE, 1, checkpoint_id=None)
    assert passed["checkpoint"]["id"] == night.checkpoints[1].id
    last = phone.send("end", 115 * MINUTE)
    assert last["attendance"]["state"] == "ended"
    assert last["attendance"]["minutes"] == 120
    assert last["attendance"]["evidence"] == 1
    assert flags_of(night, night.anna) == []


def test_a_printed_code_says_which_checkpoint_it_is(night):
    answer = night.phone("anna").send(
        "checkpoint", 5 * MINUTE, 0, code=night.printed(1), checkpoint_id=None, **NOWHERE
    )
    assert answer["checkpoint"]["id"] == night.checkpoints[1].id


def test_the_same_uuid_is_answered_the_same_and_counts_once(night):
    phone = night.phone("anna")
    item = phone.item("start")
    with at(MINUTE):
        first = service.check_in(night.anna, night.id, **item)
    phone.send("checkpoint", 30 * MINUTE)
    with at(40 * MINUTE):
        again = service.check_in(night.anna, night.id, **item | {"sent_at": EVENING + HOUR})
    assert again == first
    assert len(check_ins_of(night.anna)) == 2


@pytest.mark.parametrize("change", [{"kind": "end"}, {"at": EVENING + MINUTE}, {"lat": 30.0}])
def test_the_same_uuid_with_another_body_is_refused(night, change):
    item = night.phone("anna").item("start")
    with at(MINUTE):
        service.check_in(night.anna, night.id, **item)
        with pytest.raises(service.ClientUuidReused):
            service.check_in(night.anna, night.id, **item | change)


def test_two_people_may_use_the_same_uuid(night):
    item = night.phone("anna").item("start")
    with at(MINUTE):
        service.check_in(night.anna, night.id, **item)
        service.check_in(night.bo, night.id, **item | {"accuracy": 9.0, "lat": item["lat"] + 1e-4})
    assert attendance_of(night, night.bo).state == "on_round"


def test_what_was_kept_offline_is_taken_at_once_and_answered_each(night):
    phone = night.phone("anna")
    items = [
        phone.item("end", 2 * HOUR),
        phone.item("start"),
        phone.item("checkpoint", HOUR, 1, checkpoint_id=9999),
        phone.item("checkpoint", 7 * DAY),
    ]
    items = [item | {"sent_at": EVENING + 3 * HOUR} for item in items]
    with at(3 * HOUR):
        answers = service.check_in_batch(night.anna, night.id, items=[*items, items[1]])["items"]
    assert [(a["status"], a["code"]) for a in answers] == [
        (201, None),
        (201, None),
        (422, "invalid_input"),
        (409, "round_not_open"),
        (201, None),
    ]
    assert answers[1]["check_in"] == answers[4]["check_in"]
    assert attendance_of(night, night.anna).minutes == 120
    assert flags_of(night, night.anna) == []


def test_a_clock_that_is_a_minute_off_is_set_right(night):
    ahead = 70 * MINUTE / 60
    answer = night.phone("anna").send(
        "checkpoint",
        30 * MINUTE,
        at=EVENING + 30 * MINUTE + ahead,
        sent_at=EVENING + 30 * MINUTE + ahead,
        code=night.code(30 * MINUTE),
    )
    assert answer["at"] == "2026-11-20T11:30:00Z"
    assert answer["evidence"] == 3
    assert answer["flags"] == []


@pytest.mark.parametrize("after", [-2 * HOUR, 6 * HOUR])
def test_too_early_and_too_late_there_is_no_round(night, after):
    with pytest.raises(RoundNotOpen):
        night.phone("anna").send("start", after)


def test_after_a_week_nothing_more_is_taken(night):
    with pytest.raises(RoundNotOpen):
        night.phone("anna").send("start", received=8 * DAY, sent_at=EVENING + 8 * DAY)


def test_a_cancelled_shift_has_no_round(night):
    with clock.at(EVENING - HOUR):
        planning.cancel_shift(night.committee, night.id, reason="下大雨")
    with pytest.raises(RoundNotOpen):
        night.phone("anna").send("start")


def test_only_who_has_a_seat_checks_in(night, people):
    item = night.phone("anna").item()
    with at(MINUTE):
        for who in (people["neighbour"], people["outsider"], make_actor()):
            with pytest.raises(NotFound):
                service.check_in(who, night.id, **item)
        with pytest.raises(NotOnThisRound):
            service.check_in(night.committee, night.id, **item)
        with pytest.raises(NotFound):
            service.check_in(night.anna, night.id + 1, **item)


def test_a_checkpoint_of_another_route_is_none(night):
    with pytest.raises(InvalidInput):
        night.phone("anna").send("checkpoint", checkpoint_id=night.checkpoints[-1].id + 1)


def test_the_leaders_own_code_proves_nothing_of_the_leader(night):
    leader = night.phone("leader")
    assert leader.send("start", code=night.code(), **NOWHERE)["evidence"] == 0
    assert leader.send("checkpoint", HOUR, code=night.code(HOUR))["evidence"] == 1


def test_without_consent_the_point_is_used_and_not_kept(night):
    answer = night.phone("chen").send("start")
    assert answer["evidence"] == 1
    [kept] = check_ins_of(night.chen)
    assert (kept.lat, kept.lon) == (None, None)
    assert kept.beyond_m < 0
    with at(MINUTE), pytest.raises(service.NoLocationConsent):
        service.add_points(night.chen, night.id, points=[point(MINUTE)])


def point(after, north=0.0):
    return {"at": EVENING + after, "lat": 30.6584 + north, "lon": 104.0325, "accuracy": 9.0}


def test_points_are_kept_during_a_round_and_only_once(night):
    points = [point(minute * MINUTE, minute * 1e-4) for minute in range(-5, 30)]
    with at(30 * MINUTE):
        assert service.add_points(night.anna, night.id, points=points)["kept"] == 0
        night.phone("anna").send("start")
        assert service.add_points(night.anna, night.id, points=points)["kept"] == 30
        assert service.add_points(night.anna, night.id, points=points)["kept"] == 0
    night.phone("anna").send("end", 40 * MINUTE)
    with at(50 * MINUTE):
        later = [point(39 * MINUTE), point(41 * MINUTE)]
        assert service.add_points(night.anna, night.id, points=later) == {"kept": 1, "dropped": 1}


def test_points_without_a_check_in_leave_no_trace(night):
    with at(5 * MINUTE):
        found = service.add_points(night.anna, night.id, points=[point(MINUTE)])
    assert found == {"kept": 0, "dropped": 1}
    assert attendance_of(night, night.anna) is None


def test_points_of_a_clock_that_is_off_are_set_right(night):
    night.phone("anna").send("start")
    with at(10 * MINUTE):
        early = [point(8 * MINUTE - HOUR)]
        sent_at = EVENING + 10 * MINUTE - HOUR
        found = service.add_points(night.anna, night.id, points=early, sent_at=sent_at)
    assert found["kept"] == 1


def test_who_withdraws_consent_leaves_no_way_behind(night):
    night.phone("anna").send("start")
    with at(10 * MINUTE):
        service.add_points(night.anna, night.id, points=[point(5 * MINUTE)])
        profile.change_profile(night.anna, location_consent=False)
        outbox.deliver_due()
        shown = live.show_round(night.leader, night.id)
    [kept] = check_ins_of(night.anna)
    assert kept.lat is None
    assert next(p for p in shown["people"] if p["resident"]["name"] == "anna")["last"] is None


def test_codes_are_for_who_leads_and_for_the_whole_shift(night, people):
    with at(-10 * HOUR):
        shown = live.show_code(night.leader, night.id)
    assert shown["first_at"] == EVENING - HOUR
    assert len(shown["codes"]) == (2 + 1 + 3) * 120 + 1
    assert shown["codes"][120] == night.code()
    assert codes.read(shown["codes"][-1]).shift_id == night.id
    with at(MINUTE):
        now = live.show_code(night.committee, night.id)
        assert now["text"] == night.code(MINUTE)
        assert now["valid_until"] == EVENING + 1.5 * MINUTE
        with pytest.raises(live.RoundNotYours):
            live.show_code(night.anna, night.id)
        with pytest.raises(NotFound):
            live.show_code(people["neighbour"], night.id)
    with at(-2 * DAY), pytest.raises(RoundNotOpen):
        live.show_code(night.leader, night.id)


def test_a_shift_without_a_route_is_at_its_place(night, people):
    with clock.at(EVENING - DAY):
        given = {"title": "夜巡", "capacity": 5, "leader_id": night.leader.resident_id}
        times = {"starts_at": EVENING, "ends_at": EVENING + HOUR}
        plain = planning.create_shift(
            people["committee"], place_code="510105007004", **given, **times
        )
    other = Night(id=plain, spots=night.spots, checkpoints=night.checkpoints)
    phone = Phone(other, night.leader)
    assert phone.send("start")["evidence"] == 1
    away = phone.send("end", 30 * MINUTE, **FAR_AWAY)
    assert away["evidence"] == 0
    assert "far" in away["flags"]
