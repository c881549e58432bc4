"""People are asked once, seldom, and told why."""

import threading
from datetime import timedelta

import pytest

from app.core import clock
from app.core.db import db
from app.core.errors import Forbidden
from app.patrols import planning, seats
from app.patrols.seats import ShiftNotOpen
from app.residents import leaving
from app.rosters import board, call_outs
from tests.rosters.conftest import GRID, NOW, serve, told


def call(actor, shift_id, *people, **form):
    if people:
        form["resident_ids"] = [person.resident_id for person in people]
    return call_outs.call_out(actor, shift_id, **form)


def asked(answer):
    return [each["resident_id"] for each in answer["asked"]]


def refused(answer):
    return {each["resident_id"]: each["code"] for each in answer["refused"]}


def test_the_first_are_asked_and_told_why(plan, people, neighbour, past_shift):
    shift_id = plan(day=24, place_code=GRID, skills=["first_aid"], title="夜间巡逻")
    first = neighbour(home=GRID, skills=["first_aid"])
    second = neighbour(skills=["first_aid"])
    third = neighbour(skills=["first_aid"], availability=[])
    for days_ago in (2, 4, 6):
        serve(third, past_shift(days_ago))
    answer = call(people["committee"], shift_id, count=2)
    assert asked(answer) == [first.resident_id, second.resident_id]
    said = told("call_out")
    assert said.keys() == {first.resident_id, second.resident_id}
    params = said[first.resident_id]
    assert params["reason"] == {
        "zh-Hans": "您会急救，住得近，这个时间有空，这个月还没轮到",
        "en": "You know first aid, live near, are free at this time, "
        "have not had a turn this month",
    }
    assert (params["title"], params["place"]) == ("夜间巡逻", "草堂路社区第1网格")
    assert params["by"] == {"at": "2026-11-24T11:00:00+00:00"}
    assert said[second.resident_id]["reason"]["zh-Hans"].startswith("您会急救，就住在本社区")


def test_nobody_is_asked_twice_for_a_shift(plan, people, neighbour):
    shift_id, somebody = plan(day=24), neighbour()
    assert asked(call(people["committee"], shift_id, somebody)) == [somebody.resident_id]
    again = call(people["gridworker"], shift_id, somebody)
    assert refused(again) == {somebody.resident_id: "asked_already"}
    assert again["refused"][0]["words"] == "这个班次已经叫过"
    assert asked(call(people["committee"], shift_id, count=5)) == []
    [seen] = board.list_suitable(people["committee"], shift_id)["people"]
    assert (seen["asked"], seen["may_ask"]) == (True, False)
    assert board.list_needing(people["committee"], limit=9)["items"][0]["called"] == 1


def test_nobody_is_asked_more_than_twice_a_week(plan, people, neighbour):
    somebody = neighbour()
    for day in (24, 25):
        assert asked(call(people["committee"], plan(day=day), somebody))
    third = plan(day=26)
    assert refused(call(people["committee"], third, somebody)) == {
        somebody.resident_id: "asked_too_often"
    }
    assert asked(call(people["committee"], third, count=3)) == []
    later = plan(day=30)
    with clock.at(NOW + timedelta(days=7, seconds=1)):
        assert asked(call(people["committee"], later, somebody)) == [somebody.resident_id]


def test_who_does_not_suit_is_refused_by_name(plan, people, neighbour):
    shift_id = plan(day=24)
    pausing, on_it, fine = neighbour(paused=True), neighbour(), neighbour()
    seats.sign_up(on_it, shift_id)
    answer = call(people["committee"], shift_id, pausing, on_it, fine, people["resident"])
    assert asked(answer) == [fine.resident_id]
    assert refused(answer) == {
        pausing.resident_id: "paused",
        on_it.resident_id: "joined_already",
        people["resident"].resident_id: "not_around",
    }


def test_who_has_asked_to_go_is_called_to_nothing_until_they_stay_after_all(
    plan, people, neighbour
):
    shift_id, going = plan(day=24), neighbour()
    leaving.ask(going)
    assert board.list_suitable(people["committee"], shift_id)["people"] == []
    answer = call(people["committee"], shift_id, going)
    assert (asked(answer), refused(answer)) == ([], {going.resident_id: "not_serving"})
    leaving.take_back(going)
    assert asked(call(people["committee"], shift_id, going)) == [going.resident_id]


def test_a_leader_calls_only_the_team(plan, people, team, neighbour):
    number, leader = team
    member, other = neighbour(team=number), neighbour()
    shift_id = plan(day=24, team_id=number)
    answer = call(leader, shift_id, member, other)
    assert asked(answer) == [member.resident_id]
    assert refused(answer) == {other.resident_id: "not_around"}
    with pytest.raises(Forbidden):
        call(member, shift_id, other)


def test_a_shift_that_is_full_cancelled_or_over_calls_nobody(plan, people, neighbour):
    full = plan(day=24, capacity=1, minimum=1)
    seats.sign_up(neighbour(), full)
    with pytest.raises(call_outs.ShiftFull):
        call(people["committee"], full, count=1)
    off = plan(day=25)
    planning.cancel_shift(people["committee"], off, reason="下雨")
    with pytest.raises(ShiftNotOpen):
        call(people["committee"], off, count=1)
    over = plan(day=26)
    with clock.at(NOW + timedelta(days=6)), pytest.raises(ShiftNotOpen):
        call(people["committee"], over, count=1)


def test_two_planners_at_once_ask_nobody_too_often(app, plan, people, neighbour):
    somebody = neighbour()
    call(people["committee"], plan(day=23), somebody)
    both = [plan(day=24), plan(day=25)]
    answers, start = [], threading.Barrier(2)

    def ask(shift_id):
        with app.app_context(), clock.at(NOW):
            start.wait()
            answers.append(call(people["committee"], shift_id, somebody))
            db.session.remove()

    threads = [threading.Thread(target=ask, args=(shift_id,)) for shift_id in both]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(len(answer["asked"]) for answer in answers) == [0, 1]
