"""A roster is computed beside the requests, edited within its rules, and accepted."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.core import clock, deliveries
from app.core.db import read
from app.core.deliveries import Delivery
from app.core.errors import InvalidInput, NotFound
from app.core.states import IllegalMove
from app.patrols import planning, seats
from app.patrols.models import SignUp
from app.rosters import computing, proposals, rules, solver
from app.rosters.deliveries import give_up
from tests.factories.people import COMMUNITY, SIBLING
from tests.rosters.conftest import ALWAYS, NOW, deliver_all, serve, told

WEEK = date(2026, 11, 26)
MONDAY = date(2026, 11, 23)


@pytest.fixture
def ask(people, now):
    """Return what asks for the roster of next week, and lets it be computed."""

    def make(compute=True, **form):
        given = {"place_code": COMMUNITY, "week": WEEK}
        found = proposals.ask_for_roster(people["committee"], **(given | form))
        if not compute:
            return found
        deliver_all()
        return proposals.show_roster(people["committee"], found["id"])

    return make


def assigned(roster):
    return {
        shift["id"]: [each["resident_id"] for each in shift["people"]] for shift in roster["shifts"]
    }


def crew(shift_id):
    rows = read(
        select(SignUp.resident_id).where(SignUp.shift_id == shift_id, SignUp.state == "joined")
    )
    return sorted(rows.scalars())


def test_a_roster_is_asked_for_and_computed_soon(plan, neighbour, ask, people):
    shift_id = plan(day=24)
    both = sorted(neighbour().resident_id for _ in range(2))
    asked = ask(compute=False)
    assert (asked["state"], asked["week"], asked["figures"]) == ("computing", MONDAY, None)
    assert asked["moves"] == ["drop"]
    deliver_all()
    found = proposals.show_roster(people["committee"], asked["id"])
    assert (found["state"], found["moves"]) == ("proposed", ["accept", "drop"])
    assert assigned(found) == {shift_id: both}
    assert [shift["still_missing"] for shift in found["shifts"]] == [0]
    figures = found["figures"]
    assert (figures["shifts"], figures["people"], figures["proven"]) == (1, 2, True)
    assert figures["roster"] == {
        "needed": 2, "missing": 0, "short": 0, "gini": 0.0, "most": 1, "least": 1, "squares": 2,
    }  # fmt: skip
    assert crew(shift_id) == []


def test_only_what_is_missing_is_proposed(plan, neighbour, ask):
    short, full = plan(day=24), plan(day=25)
    there = neighbour()
    seats.sign_up(there, short)
    for _ in range(2):
        seats.sign_up(neighbour(), full)
    planning_cancelled = plan(day=26)
    free = neighbour()
    before = plan(day=22)
    found = ask()
    assert assigned(found)[short] != [there.resident_id]
    assert len(assigned(found)[short]) == 1
    assert assigned(found)[full] == []
    assert len(assigned(found)[planning_cancelled]) == 2
    assert before not in assigned(found)
    assert free.resident_id in {number for on in assigned(found).values() for number in on}


KEPT_OFF = {
    "who said no times": {"availability": []},
    "who said others": {"availability": [{"weekday": 3, "from": "00:00", "to": "24:00"}]},
    "who pauses": {"paused": True},
    "who lacks the skill": {"skills": ["it"]},
    "a minor by night": {"birth_year": 2010, "guardian_consent_at": NOW},
}


@pytest.mark.parametrize("name", KEPT_OFF)
def test_nobody_is_proposed_against_the_rules(name, plan, neighbour, ask, people):
    shift_id = plan(day=24, starts="22:00", skills=["first_aid"], minimum=2)
    fine = neighbour(skills=["first_aid"])
    kept = neighbour(**({"skills": ["first_aid"]} | KEPT_OFF[name]))
    found = ask()
    assert assigned(found) == {shift_id: [fine.resident_id]}
    assert found["shifts"][0]["still_missing"] == 1
    with pytest.raises(proposals.NotAssignable):
        change(people, found, add=[(shift_id, kept)])


def test_who_left_or_waits_is_not_put_back(plan, neighbour, ask):
    shift_id = plan(day=24, capacity=2)
    left = neighbour()
    seats.sign_up(left, shift_id)
    seats.leave(left, shift_id)
    assert assigned(ask()) == {shift_id: []}


def test_wishes_and_what_was_agreed_to_count(plan, neighbour, ask):
    wanted, asked_for = [plan(day=day, minimum=1) for day in (24, 25)], plan(day=26, minimum=1)
    somebody = neighbour(most_per_week=2)
    seats.sign_up(somebody, asked_for)
    found = ask()
    assert sum(len(assigned(found)[shift_id]) for shift_id in wanted) == 1


def test_who_served_lately_rests(plan, neighbour, ask, past_shift):
    shift_id = plan(day=24, minimum=1)
    tired, rested = neighbour(), neighbour()
    serve(tired, past_shift(5))
    assert assigned(ask()) == {shift_id: [rested.resident_id]}


def test_one_proposal_at_a_time(plan, neighbour, ask, people):
    plan(day=24)
    first = ask(compute=False)
    with pytest.raises(proposals.RosterUnderWay):
        ask()
    proposals.move_roster(people["committee"], first["id"], to="dropped")
    second = ask()
    assert second["state"] == "proposed"
    assert proposals.show_roster(people["committee"], first["id"])["state"] == "dropped"
    assert ask(week=date(2026, 12, 1))["state"] == "proposed"


def test_computed_twice_is_computed_once(plan, neighbour, ask, people):
    plan(day=24)
    neighbour()
    found = ask()
    assert not computing.compute(found["id"])
    again = proposals.show_roster(people["committee"], found["id"])
    assert again == found


def test_a_solver_without_an_answer_is_a_failure_that_is_told(plan, ask, people, monkeypatch):
    def nothing(*_args, **_kwargs):
        raise solver.NoAnswerError

    plan(day=24)
    monkeypatch.setattr(solver, "solve", nothing)
    found = ask()
    assert (found["state"], found["reason"], found["moves"]) == ("failed", "no_answer", ["drop"])
    assert ask(compute=False)["state"] == "computing"


def test_a_delivery_that_is_given_up_frees_the_week(plan, ask, people):
    plan(day=24)
    asked = ask(compute=False)
    give_up({"proposal_id": asked["id"]}, deliveries.DEAD, "the lease ran out")
    found = proposals.show_roster(people["committee"], asked["id"])
    assert (found["state"], found["reason"]) == ("failed", "gave_up")


def test_too_many_shifts_are_refused(plan, ask, monkeypatch):
    monkeypatch.setattr(rules, "MOST_ROSTER_SHIFTS", 1)
    plan(day=24)
    plan(day=25)
    assert ask()["reason"] == "too_many_shifts"


@pytest.mark.parametrize("week", [date(2026, 11, 15), date(2027, 1, 18)])
def test_other_weeks_are_refused(week, ask):
    with pytest.raises(InvalidInput):
        ask(week=week)


def test_only_staff_of_the_place_see_it(plan, ask, people, team):
    plan(day=24)
    found = ask()
    assert proposals.show_roster(people["street"], found["id"])["id"] == found["id"]
    for who in ("outsider", "resident"):
        with pytest.raises(NotFound):
            proposals.show_roster(people[who], found["id"])
    with pytest.raises(NotFound):
        proposals.show_roster(team[1], found["id"])
    with pytest.raises(NotFound):
        proposals.ask_for_roster(people["committee"], place_code=SIBLING, week=WEEK)
    listed = proposals.list_rosters(people["street"], limit=5)["items"]
    assert [item["id"] for item in listed] == [found["id"]]
    assert proposals.list_rosters(people["outsider"], limit=5)["items"] == []
    with pytest.raises(NotFound):
        proposals.list_rosters(people["outsider"], place=COMMUNITY, limit=5)


def change(people, roster, add=(), remove=()):
    pairs = {
        "add": [{"shift_id": s, "resident_id": p.resident_id} for s, p in add],
        "remove": [{"shift_id": s, "resident_id": p.resident_id} for s, p in remove],
    }
    return proposals.change_roster(people["committee"], roster["id"], **pairs)


def test_a_planner_changes_single_places(plan, neighbour, ask, people, past_shift):
    shift_id = plan(day=24, minimum=1)
    first, second = neighbour(), neighbour()
    serve(second, past_shift(3))
    found = ask()
    assert assigned(found) == {shift_id: [first.resident_id]}
    after = change(people, found, add=[(shift_id, second)], remove=[(shift_id, first)])
    assert assigned(after) == {shift_id: [second.resident_id]}
    assert after["shifts"][0]["people"][0]["by_hand"]
    assert after["version"] > found["version"]


REFUSED = {
    "no time": (
        "说过这个时间没空",
        {"availability": [{"weekday": 1, "from": "08:00", "to": "09:00"}]},
    ),
    "wishes no more": ("本人一周不想再多", {"most_per_week": 1}),
    "two at once": ("同一时间有别的班次", {}),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_a_planner_may_not_do_is_said(name, plan, neighbour, ask, people):
    one = plan(day=24, minimum=1)
    other = plan(day=24, starts="20:00", minimum=1)
    words, profile = REFUSED[name]
    found = ask()
    somebody = neighbour(**profile)
    pairs = [(one, somebody), (other, somebody)]
    with pytest.raises(proposals.NotAssignable) as refused:
        change(people, found, add=pairs)
    [fault] = refused.value.errors
    assert dict(fault.params)["why"] == words
    again = proposals.show_roster(people["committee"], found["id"])
    assert assigned(again) == {one: [], other: []}, "all of it, or nothing"


def test_places_are_counted_with_who_is_proposed(plan, neighbour, ask, people):
    shift_id = plan(day=24, minimum=1, capacity=1)
    neighbour()
    found = ask()
    with pytest.raises(proposals.NotAssignable):
        change(people, found, add=[(shift_id, neighbour())])
    with pytest.raises(proposals.NotAssignable):
        change(people, found, remove=[(shift_id, neighbour())])
    with pytest.raises(proposals.NotAssignable):
        change(people, found, add=[(999, neighbour())])
    with pytest.raises(proposals.NotAssignable):
        change(people, found, add=[(shift_id, people["resident"])])


def accept(people, roster):
    done = proposals.move_roster(people["committee"], roster["id"], to="accepted")
    assert (done["state"], done["published_at"]) == ("accepted", None)
    deliver_all()
    return proposals.show_roster(people["committee"], roster["id"])


def test_an_accepted_roster_signs_people_up_and_tells_them_once(plan, neighbour, ask, people):
    shifts = [plan(day=day, minimum=1) for day in (24, 25, 26)]
    one, other = neighbour(), neighbour(most_per_week=1)
    found = ask()
    done = accept(people, found)
    assert done["published_at"] is not None
    assert (done["decided_by"], done["moves"]) == ("李主任", [])
    assert {shift_id: crew(shift_id) for shift_id in shifts} == assigned(found)
    said = told("roster_published")
    assert said[one.resident_id]["count"] == 2
    assert said[other.resident_id]["count"] == 1
    assert not computing.publish(found["id"])
    deliver_all()
    assert told("roster_published") == said
    with pytest.raises(proposals.RosterDecided):
        change(people, found, remove=[(shifts[0], one)])
    with pytest.raises(IllegalMove):
        proposals.move_roster(people["committee"], found["id"], to="dropped")
    assert [shift["still_missing"] for shift in done["shifts"]] == [0, 0, 0]


def test_what_changed_meanwhile_refuses_only_what_it_concerns(plan, neighbour, ask, people):
    one, other, third = (plan(day=day, minimum=1) for day in (24, 25, 26))
    first, second, last = (neighbour(most_per_week=1) for _ in range(3))
    found = ask()
    on = {number: shift_id for shift_id, [number] in assigned(found).items()}
    pausing = {each.resident_id: each for each in (first, second, last)}
    from app.core.db import db  # noqa: PLC0415
    from app.volunteers.models import Volunteer  # noqa: PLC0415

    stopped = next(number for number, shift_id in on.items() if shift_id == one)
    db.session.get(Volunteer, stopped).paused = True
    db.session.commit()
    planning.cancel_shift(people["committee"], other, reason="下雨")
    done = accept(people, found)
    assert crew(one) == []
    assert len(crew(third)) == 1
    refused = {
        each["resident_id"]: each["refused"]
        for shift in done["shifts"]
        for each in shift["people"]
        if each["refused"]
    }
    assert refused == {stopped: "not_serving"}
    assert set(told("roster_published")) == set(pausing) - {stopped} - {
        number for number, shift_id in on.items() if shift_id == other
    }
    assert done["shifts"][0]["still_missing"] == 1


def test_a_dropped_roster_signs_nobody_up(plan, neighbour, ask, people):
    shift_id = plan(day=24)
    neighbour()
    found = ask()
    done = proposals.move_roster(people["committee"], found["id"], to="dropped")
    deliver_all()
    assert done["state"] == "dropped"
    assert crew(shift_id) == []
    assert told("roster_published") == {}


def test_a_killed_publisher_is_made_up_for(plan, neighbour, ask, people, monkeypatch):
    for day in (24, 25):
        plan(day=day, minimum=1)
    for _ in range(2):
        neighbour(most_per_week=1)
    found = ask()
    enlist, done = seats.enlist, []

    def killed(actor, shift_id, resident_ids):
        if done:
            raise MemoryError
        done.append(shift_id)
        return enlist(actor, shift_id, resident_ids)

    monkeypatch.setattr(seats, "enlist", killed)
    proposals.move_roster(people["committee"], found["id"], to="accepted")
    assert deliveries.deliver_due() == 1
    assert proposals.show_roster(people["committee"], found["id"])["published_at"] is None
    monkeypatch.setattr(seats, "enlist", enlist)
    with clock.at(NOW + timedelta(minutes=30)):
        deliver_all()
    states = read(select(Delivery.state).where(Delivery.kind == proposals.PUBLISH)).scalars()
    assert list(states) == [deliveries.DONE]
    assert {shift_id: crew(shift_id) for shift_id in assigned(found)} == assigned(found)
    assert len(told("roster_published")) == 2


def test_availability_of_the_fixture_is_the_whole_week():
    assert len(ALWAYS) == 7
