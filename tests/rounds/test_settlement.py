"""Closing and settling: who was there, for how long, and what becomes of hours and grids."""

import pytest

from app.core import clock
from app.core.db import db, read
from app.core.errors import InvalidInput, NotFound
from app.core.states import IllegalMove
from app.patrols import planning, seats
from app.rounds import jobs, judging, service, settlement
from app.rounds.models import Round, WalkedHour
from app.rounds.sight import AboutYourself, NotOnThisRound, RoundNotOpen, RoundNotYours
from app.volunteers import hours
from tests.rounds.conftest import (
    DAY,
    EVENING,
    FAR_AWAY,
    HOUR,
    MINUTE,
    at,
    attendance_of,
    flag_ids,
    flags_of,
    hours_of,
    told,
)

NEXT_MORNING = 14 * HOUR + 10 * MINUTE


def attest(night, who, whom, *, present=True, after=HOUR, **more):
    with at(after):
        return judging.attest(
            getattr(night, who), night.id,
            resident_id=getattr(night, whom).resident_id, present=present, **more,
        )  # fmt: skip


def test_the_clock_settles_twelve_hours_after_the_end(night):
    night.phone("anna").walk()
    with at(13 * HOUR):
        assert settlement.settle_due() == 0
    with at(NEXT_MORNING):
        assert jobs.settle() == 1
        assert jobs.settle() == 0
    assert hours_of(night, night.anna) == (120, ["credited"])
    anna, bo = attendance_of(night, night.anna), attendance_of(night, night.bo)
    assert (anna.state, anna.minutes, anna.evidence) == ("ended", 120, 3)
    assert (bo.state, bo.minutes) == ("no_show", 0)
    assert told(night.bo) == ["no_show"]
    assert "no_show" not in told(night.anna)
    assert attendance_of(night, night.leader) is None


def test_a_cancelled_shift_is_never_settled(night):
    with at(-HOUR):
        planning.cancel_shift(night.committee, night.id, reason="下大雨")
    with at(NEXT_MORNING):
        assert settlement.settle_due() == 0
    assert attendance_of(night, night.anna) is None


def test_closing_settles_whom_there_is_no_doubt_about(night):
    night.phone("anna").walk()
    night.phone("bo").send("start")
    with at(2 * HOUR):
        closed = settlement.close_round(night.leader, night.id)
        assert closed == {
            "shift_id": night.id,
            "closed_at": EVENING + 2 * HOUR,
            "settled_at": None,
            "waiting": 2,
        }
    assert hours_of(night, night.anna) == (120, ["credited"])
    assert attendance_of(night, night.bo).settled_at is None
    night.phone("bo").send("end", 119 * MINUTE, received=3 * HOUR, sent_at=EVENING + 3 * HOUR)
    attest(night, "leader", "chen", present=False, after=3 * HOUR)
    with at(3 * HOUR):
        assert settlement.close_round(night.leader, night.id)["waiting"] == 0
    assert hours_of(night, night.bo) == (120, ["held"])
    assert attendance_of(night, night.chen).state == "no_show"
    with at(NEXT_MORNING):
        assert settlement.settle_due() == 0


def test_a_round_is_not_closed_while_somebody_is_out(night):
    night.phone("anna").send("start")
    with at(30 * MINUTE), pytest.raises(settlement.RoundNotOver):
        settlement.close_round(night.leader, night.id)
    night.phone("anna").send("end", HOUR)
    with at(HOUR + MINUTE):
        assert settlement.close_round(night.leader, night.id)["waiting"] == 2


def test_who_is_attested_early_is_not_credited_with_time_to_come(night):
    night.phone("anna").send("start")
    attest(night, "leader", "bo", after=5 * MINUTE)
    night.phone("anna").send("end", 10 * MINUTE)
    with at(10 * MINUTE):
        assert settlement.close_round(night.leader, night.id)["waiting"] == 2
    assert hours_of(night, night.anna) == (10, ["held"])
    assert hours_of(night, night.bo) == (0, [])
    with at(2 * HOUR):
        assert settlement.close_round(night.leader, night.id)["waiting"] == 1
    assert hours_of(night, night.bo) == (120, ["credited"])


def test_who_leads_closes_and_nobody_else(night, people):
    with at(2 * HOUR):
        with pytest.raises(RoundNotYours):
            settlement.close_round(night.anna, night.id)
        with pytest.raises(NotFound):
            settlement.close_round(people["outsider"], night.id)
        settlement.close_round(night.gridworker, night.id)
    [row] = read(db.select(Round.closed_by)).all()
    assert row.closed_by == night.gridworker.resident_id


def test_without_a_check_out_the_last_checkpoint_is_the_end(night):
    phone = night.phone("anna")
    phone.send("start")
    phone.send("checkpoint", 70 * MINUTE, 1)
    with at(NEXT_MORNING):
        settlement.settle_due()
    assert hours_of(night, night.anna) == (70, ["held"])
    assert attendance_of(night, night.anna).state == "ended"


def test_whom_the_leader_attests_was_there_until_the_end(night):
    night.phone("anna").send("start")
    found = attest(night, "leader", "anna")
    assert (found["minutes"], found["evidence"], found["attested"]) == (120, 4, True)
    assert attest(night, "leader", "bo")["minutes"] == 120
    with at(2 * HOUR):
        settlement.close_round(night.leader, night.id)
    assert hours_of(night, night.anna) == (120, ["credited"])
    assert hours_of(night, night.bo) == (120, ["credited"])


def test_two_of_the_crew_attest_what_one_alone_does_not(night):
    night.phone("anna").send("start")
    night.phone("bo").send("start", accuracy=9.0, lat=night.spots[0]["lat"] + 1e-4)
    assert attest(night, "anna", "chen")["evidence"] == 0
    found = attest(night, "bo", "chen")
    assert (found["evidence"], found["minutes"]) == (5, 120)
    assert attest(night, "bo", "chen")["evidence"] == 5


def test_who_was_taken_off_a_shift_checks_in_no_more(night):
    night.phone("anna").send("start")
    with clock.at(EVENING + MINUTE):
        seats.remove(night.leader, night.id, night.anna.resident_id, reason="喝了酒")
    with pytest.raises(NotFound):
        night.phone("anna").send("end", 2 * HOUR)


def test_whose_phone_shows_nothing_speaks_for_nobody(night):
    night.phone("anna").send("start", lat=None, lon=None, accuracy=None)
    with pytest.raises(NotOnThisRound):
        attest(night, "anna", "chen")


def test_nobody_attests_themselves_and_only_who_was_there_attests(night):
    night.phone("anna").send("start")
    for who in ("anna", "leader", "committee"):
        with pytest.raises(AboutYourself):
            attest(night, who, who)
    with pytest.raises(NotOnThisRound):
        attest(night, "bo", "chen")
    with pytest.raises(RoundNotYours):
        attest(night, "anna", "chen", present=False)
    with pytest.raises(InvalidInput):
        attest(night, "leader", "committee")
    with pytest.raises(RoundNotOpen):
        attest(night, "leader", "anna", after=-HOUR)
    with pytest.raises(RoundNotOpen):
        attest(night, "leader", "anna", after=16 * DAY)


def test_one_who_leads_and_walks_is_attested_by_somebody_else(night):
    night.phone("leader").send("start")
    assert attest(night, "committee", "leader")["evidence"] == 4


def test_a_word_after_the_settlement_sets_points_free(night):
    night.phone("anna").send("start")
    night.phone("anna").send("end", 2 * HOUR)
    with at(NEXT_MORNING):
        settlement.settle_due()
    assert hours_of(night, night.anna) == (120, ["held"])
    attest(night, "leader", "anna", after=DAY)
    assert hours_of(night, night.anna) == (120, ["credited"])
    attest(night, "leader", "bo", after=DAY)
    assert hours_of(night, night.bo) == (120, ["credited"])
    assert attendance_of(night, night.bo).state == "ended"


def test_the_leaders_no_takes_hours_back(night):
    night.phone("anna").walk()
    with at(NEXT_MORNING):
        settlement.settle_due()
    attest(night, "leader", "anna", present=False, note="她在家", after=DAY)
    assert hours_of(night, night.anna) == (0, [])
    assert attendance_of(night, night.anna).state == "no_show"


def far_round(night):
    """Anna starts as she should and checks out from far away, which is doubted."""
    phone = night.phone("anna")
    phone.send("start", code=night.code())
    phone.send("checkpoint", 30 * MINUTE, 1)
    return phone.send("end", 2 * HOUR, **FAR_AWAY)


def answer(night, who="leader", *, accepted, after=3 * HOUR, note=None):
    [flag_id] = flag_ids(night, night.anna)
    with at(after):
        return judging.answer_flag(
            getattr(night, who), night.id, flag_id, accepted=accepted, note=note
        )


def test_what_is_doubted_counts_but_proves_nothing_until_answered(night):
    last = far_round(night)
    assert last["flags"] == ["far"]
    assert last["attendance"]["flags"] == 1
    with at(2 * HOUR):
        settlement.close_round(night.leader, night.id)
    assert hours_of(night, night.anna) == (120, ["held"])
    assert answer(night, accepted=True)["flags"] == 0
    assert hours_of(night, night.anna) == (120, ["held"])  # a far end is no evidence either way
    assert flags_of(night, night.anna) == ["far"]


def test_what_is_not_accepted_does_not_count(night):
    far_round(night)
    with at(2 * HOUR):
        settlement.close_round(night.leader, night.id)
    found = answer(night, accepted=False, note="她七点半就回家了")
    assert found["minutes"] == 30
    assert hours_of(night, night.anna) == (30, ["held"])
    assert "hours_corrected" in told(night.anna)


def test_an_answer_before_the_settlement_is_settled_with_it(night):
    far_round(night)
    answer(night, accepted=False, note="没有来", after=2 * HOUR + MINUTE)
    with at(NEXT_MORNING):
        settlement.settle_due()
    assert hours_of(night, night.anna) == (30, ["held"])


def test_flags_are_answered_once_by_who_leads_and_never_by_oneself(night):
    far_round(night)
    with pytest.raises(RoundNotYours):
        answer(night, "bo", accepted=True)
    with pytest.raises(InvalidInput):
        answer(night, accepted=False)
    answer(night, accepted=True)
    with pytest.raises(IllegalMove):
        answer(night, accepted=True)
    with at(HOUR), pytest.raises(NotFound):
        judging.answer_flag(night.leader, night.id, 99_999, accepted=True)
    with pytest.raises(RoundNotOpen):
        answer(night, accepted=True, after=29 * DAY)


def test_a_leaders_own_flag_is_somebody_elses_to_answer(night):
    night.phone("leader").send("start", **FAR_AWAY)
    [flag_id] = flag_ids(night, night.leader)
    assert told(night.gridworker) == ["round_flagged"]
    with at(HOUR):
        with pytest.raises(AboutYourself):
            judging.answer_flag(night.leader, night.id, flag_id, accepted=True)
        judging.answer_flag(night.gridworker, night.id, flag_id, accepted=True)


def test_the_leader_is_told_once_of_each_person_with_flags(night):
    far_round(night)
    night.phone("anna").send("checkpoint", 121 * MINUTE, **FAR_AWAY)
    assert told(night.leader) == ["round_flagged"]


def test_what_comes_after_the_settlement_counts_when_it_is_accepted(night):
    with at(NEXT_MORNING):
        settlement.settle_due()
    late = {"received": 30 * HOUR, "sent_at": EVENING + 30 * HOUR}
    night.phone("anna").send("start", **late)
    night.phone("anna").send("end", 2 * HOUR, **late)
    assert flags_of(night, night.anna) == ["backdated", "backdated"]
    assert attendance_of(night, night.anna).state == "no_show"
    for flag_id in flag_ids(night, night.anna):
        with at(31 * HOUR):
            judging.answer_flag(night.leader, night.id, flag_id, accepted=True, note="手机没电")
    assert attendance_of(night, night.anna).state == "ended"
    assert hours_of(night, night.anna) == (120, ["held"])


def test_what_the_committee_corrected_stays(night):
    night.phone("anna").walk()
    with at(NEXT_MORNING):
        settlement.settle_due()
    [entry] = hours.entries_of(night.anna.resident_id, night.id)
    with at(DAY):
        hours.correct(night.committee, entry.id, minutes=60, reason="中途离开")
    attest(night, "leader", "anna", after=26 * HOUR)
    assert hours_of(night, night.anna)[0] == 60


def test_which_grids_were_walked_is_kept_without_names(night):
    night.phone("anna").walk()
    night.phone("bo").send("start", accuracy=9.0, lat=night.spots[0]["lat"] + 1e-4)
    night.phone("bo").send("end", HOUR, 1)
    points = [
        {"at": EVENING + n * MINUTE, "lat": 30.6584 + n * 1e-4, "lon": 104.0325, "accuracy": 9.0}
        for n in range(30)
    ]
    with at(2 * HOUR):
        service.add_points(night.anna, night.id, points=points)
    with at(NEXT_MORNING):
        settlement.settle_due()
    rows = read(db.select(*WalkedHour.__table__.columns)).all()
    assert sum(row.minutes for row in rows) == 120 + 60
    assert {row.hour_at for row in rows} == {EVENING, EVENING + HOUR}
    assert all(len(row.place_code) == 15 for row in rows)
    assert len({row.place_code for row in rows}) > 1
    assert not {"resident_id", "attendance_id"} & set(WalkedHour.__table__.columns.keys())
