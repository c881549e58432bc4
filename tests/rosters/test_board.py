"""Which shifts need people, and who would suit one."""

from datetime import timedelta

import pytest

from app.core import clock
from app.core.errors import Forbidden, NotFound
from app.patrols import planning, seats
from app.rosters import board, rules
from tests.factories.people import COMMUNITY, ELSEWHERE, make_actor
from tests.patrols.conftest import make_volunteer
from tests.rosters.conftest import ALWAYS, GRID, NOW, serve


def needing(actor, **query):
    return board.list_needing(actor, **({"limit": 20} | query))["items"]


def test_what_misses_people_stands_on_the_board_soonest_first(plan, people, neighbour):
    later = plan(day=26, minimum=3, skills=["first_aid"])
    soon = plan(day=24, minimum=2)
    full = plan(day=25, minimum=1)
    seats.sign_up(neighbour(), full)
    seats.sign_up(neighbour(), soon)
    planning.cancel_shift(people["committee"], plan(day=23), reason="下雨")
    found = needing(people["committee"])
    assert [item["id"] for item in found] == [soon, later]
    assert [item["missing"] for item in found] == [1, 3]
    assert [item["missing_skills"] for item in found] == [[], ["first_aid"]]


def test_what_has_begun_is_no_longer_called_for(plan, people):
    plan(day=24)
    with clock.at(NOW + timedelta(days=4)):
        assert needing(people["committee"]) == []


def test_the_board_goes_by_pages(plan, people):
    same = [plan(day=24) for _ in range(3)]
    first = board.list_needing(people["committee"], limit=2)
    second = board.list_needing(people["committee"], limit=2, cursor=first["next_cursor"])
    assert [item["id"] for item in first["items"] + second["items"]] == same
    assert second["next_cursor"] is None


def test_each_sees_the_board_of_their_places(plan, people, team):
    number, leader = team
    own = plan(day=24, team_id=number)
    other = plan(day=25)
    assert [item["id"] for item in needing(leader)] == [own]
    assert {item["id"] for item in needing(people["street"])} == {own, other}
    assert needing(people["outsider"]) == []
    assert needing(people["resident"]) == []
    assert [item["id"] for item in needing(people["street"], place=COMMUNITY)] == [own, other]
    assert needing(people["street"], place=GRID) == []
    with pytest.raises(NotFound):
        needing(people["street"], place=ELSEWHERE)


def suitable(actor, shift_id):
    return board.list_suitable(actor, shift_id)["people"]


def test_the_best_come_first_with_the_reasons_why(plan, people, neighbour, past_shift):
    shift_id = plan(day=24, place_code=GRID, skills=["first_aid"])
    best = neighbour(home=GRID, skills=["first_aid"])
    busy = neighbour(home=GRID, skills=["first_aid"])
    silent = neighbour(home=COMMUNITY, skills=["first_aid"], availability=[])
    neighbour(skills=["it"])
    for days_ago in (3, 9):
        serve(busy, past_shift(days_ago))
    found = suitable(people["committee"], shift_id)
    assert [each["resident_id"] for each in found] == [
        best.resident_id,
        busy.resident_id,
        silent.resident_id,
    ]
    assert found[0]["reasons"] == ["skill", "near", "free", "turn"]
    assert found[0]["words"] == "会急救，住得近，说过这个时间有空，最近四周还没轮到"
    assert found[1]["reasons"] == ["skill", "near", "free", "seldom"]
    assert (found[1]["served"], found[1]["last_served_at"]) == (
        2,
        NOW - timedelta(days=3, hours=-2),
    )
    assert found[2]["reasons"] == ["skill", "community", "turn"]
    assert all(each["may_ask"] and not each["asked"] for each in found)


def test_what_was_longer_ago_than_four_weeks_counts_no_more(plan, people, neighbour, past_shift):
    one, other = neighbour(), neighbour()
    serve(one, past_shift(20))
    serve(other, past_shift(40))
    found = suitable(people["committee"], plan(day=24))
    assert [(each["resident_id"], each["served"]) for each in found] == [
        (other.resident_id, 0),
        (one.resident_id, 1),
    ]


def test_who_cannot_come_is_not_named(plan, people, neighbour):
    shift_id = plan(day=24, starts="20:00", skills=[])
    fine = neighbour()
    neighbour(paused=True)
    neighbour(availability=[{"weekday": 3, "from": "00:00", "to": "24:00"}])
    neighbour(risk_version="2020-01")
    elsewhere = neighbour()
    seats.sign_up(elsewhere, plan(day=24, starts="21:00"))
    on_it, was_on_it = neighbour(), neighbour()
    seats.sign_up(on_it, shift_id)
    seats.sign_up(was_on_it, shift_id)
    seats.leave(was_on_it, shift_id)
    make_volunteer(make_actor(), availability=ALWAYS)
    found = suitable(people["committee"], shift_id)
    assert [each["resident_id"] for each in found] == [fine.resident_id]


def test_a_night_round_is_followed_by_rest(plan, people, neighbour):
    tired, rested = neighbour(), neighbour()
    seats.sign_up(tired, plan(day=23, starts="23:00", hours=4))
    found = suitable(people["committee"], plan(day=24, starts="09:00"))
    assert [each["resident_id"] for each in found] == [rested.resident_id]


def test_a_leader_sees_the_members_of_their_team_alone(plan, people, team, neighbour):
    number, leader = team
    member = neighbour(team=number)
    neighbour()
    shift_id = plan(day=24, team_id=number)
    assert {each["resident_id"] for each in suitable(leader, shift_id)} == {
        leader.resident_id,
        member.resident_id,
    }
    assert len(suitable(people["committee"], shift_id)) == 3
    assert "team" in suitable(leader, shift_id)[0]["reasons"]
    with pytest.raises(Forbidden):
        suitable(member, shift_id)
    with pytest.raises(Forbidden):
        suitable(people["outsider"], shift_id)
    with pytest.raises(NotFound):
        suitable(people["committee"], 999)


def test_at_most_fifty_are_named(plan, people, neighbour):
    for _ in range(rules.MOST_SUITABLE + 2):
        neighbour()
    assert len(suitable(people["committee"], plan(day=24))) == rules.MOST_SUITABLE


def test_times_are_read_as_people_say_them(plan, people, clients):
    """Through the profile's own door, so that both speak of a time in the same words."""
    said = {"weekday": 2, "from": "18:00", "to": "24:00"}
    form = {
        "birth_year": 1980,
        "skills": [],
        "availability": [said],
        "likes": [COMMUNITY],
        "emergency_contact": {"name": "家人", "phone": "13800000000"},
        "consent": True,
    }
    answer = clients["resident"].put("/me/volunteer", form)
    assert answer.status_code == 200, answer.json
    fits, late = plan(day=24, starts="19:00"), plan(day=25, starts="19:00")
    [found] = suitable(people["committee"], fits)
    assert "free" in found["reasons"]
    assert suitable(people["committee"], late) == []
