"""Planning, changing and cancelling shifts, and who may."""

from datetime import timedelta

import pytest

from app.core import clock
from app.core.access import RoleKind
from app.core.errors import Forbidden, InvalidInput, NotFound
from app.patrols import beats, planning, seats, views
from tests.factories.people import COMMUNITY, SIBLING, make_actor
from tests.patrols.conftest import (
    DAY,
    GRID,
    HOUR,
    assert_sound,
    make_shift,
    offer_of,
    shift_row,
    state_of,
    states,
    told,
)

pytestmark = pytest.mark.usefixtures("now")


@pytest.mark.parametrize(
    ("who", "place", "may"),
    [
        ("committee", COMMUNITY, True),
        ("gridworker", GRID, True),
        ("street", SIBLING, True),
        ("district", COMMUNITY, True),
        ("committee", SIBLING, False),
        ("resident", COMMUNITY, False),
        ("stranger", COMMUNITY, False),
        ("outsider", COMMUNITY, False),
    ],
)
def test_staff_plan_within_their_places(who, place, may, people):
    if may:
        assert shift_row(make_shift(people[who], place_code=place)).state == "open"
    else:
        with pytest.raises(Forbidden):
            make_shift(people[who], place_code=place)


def test_a_leader_plans_for_their_team_where_it_is_at_home(team, crowd):
    leader, member = crowd(2)
    mine = team(leader, member)
    assert make_shift(leader, team_id=mine, place_code=GRID)
    for actor, form in (
        (member, {"team_id": mine}),
        (leader, {}),
        (leader, {"team_id": mine, "place_code": SIBLING}),
    ):
        with pytest.raises(Forbidden):
            make_shift(actor, **form)


def test_a_teams_leader_appoints_people_of_the_team_alone(team, crowd, people):
    leader, member, stranger = crowd(3)
    mine = team(leader, member)
    shift_id = make_shift(leader, team_id=mine, place_code=GRID, leader_id=member.resident_id)
    with pytest.raises(InvalidInput):
        make_shift(leader, team_id=mine, place_code=GRID, leader_id=stranger.resident_id)
    with pytest.raises(InvalidInput):
        planning.change_shift(leader, shift_id, leader_id=stranger.resident_id)
    planning.change_shift(people["committee"], shift_id, leader_id=stranger.resident_id)
    assert shift_row(shift_id).leader_id == stranger.resident_id


def test_a_team_of_another_place_takes_no_shift_here(team, crowd, people):
    theirs = team(*crowd(1), place_code=SIBLING)
    with pytest.raises(InvalidInput):
        make_shift(people["committee"], team_id=theirs)


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"starts_in": -HOUR}, "starts_at"),
        ({"starts_in": timedelta()}, "starts_at"),
        ({"starts_in": 400 * DAY}, "starts_at"),
        ({"lasts": timedelta(minutes=14)}, "ends_at"),
        ({"lasts": 10 * HOUR + timedelta(minutes=1)}, "ends_at"),
        ({"lasts": -HOUR}, "ends_at"),
        ({"capacity": 2, "minimum": 3}, "minimum"),
        ({"skills": ["juggling"]}, "skills"),
        ({"place_code": "510105007004999"}, "place_code"),
        ({"route_id": 10**6}, "route_id"),
        ({"team_id": 10**6}, "team_id"),
        ({"leader_id": 10**6}, "leader_id"),
    ],
)
def test_what_makes_no_sense_is_refused(form, field, plan):
    with pytest.raises(InvalidInput) as fault:
        plan(**form)
    assert [error.field for error in fault.value.errors] == [field]


def test_a_route_must_be_of_the_place(people, plan):
    spot = {"name": "东门", "lat": 30.66, "lon": 104.03}
    made = {
        place: beats.create_route(
            people["street"], place_code=place, name="夜巡线", checkpoints=[spot]
        )["id"]
        for place in (GRID, SIBLING)
    }
    row = shift_row(plan(route_id=made[GRID]))
    assert (row.lat, row.lon) == (30.66, 104.03)
    with pytest.raises(InvalidInput):
        plan(route_id=made[SIBLING])
    beats.change_route(people["street"], made[GRID], active=False)
    with pytest.raises(InvalidInput):
        plan(route_id=made[GRID])


def test_several_are_planned_in_one_go_or_none(people):
    starts_at = clock.now() + 2 * DAY
    row = {
        "title": "巡逻",
        "place_code": COMMUNITY,
        "starts_at": starts_at,
        "ends_at": starts_at + HOUR,
        "capacity": 3,
        "created_by": people["committee"].resident_id,
    }
    more = [row | {"template_id": 7, "template_day": f"2026-11-2{n}"} for n in (3, 4)]
    ids = planning.plan_shifts(None, more)
    assert [shift_row(i).template_day for i in ids] == ["2026-11-23", "2026-11-24"]
    with pytest.raises(InvalidInput):
        planning.plan_shifts(None, [row, row | {"place_code": "510105007004999"}])
    assert len(views.list_shifts(people["committee"], limit=50)["items"]) == 2


# Change


def change(actor, shift_id, **changes):
    planning.change_shift(actor, shift_id, **changes)
    return shift_row(shift_id)


def test_whoever_it_concerns_is_told_what_changed(filled, people):
    row = change(people["committee"], filled.id, starts_at=clock.now() + 3 * DAY,
                 ends_at=clock.now() + 3 * DAY + HOUR)  # fmt: skip
    assert (row.sequence, row.version) == (1, 2)
    for person in filled.people:
        assert told(person) == ["shift_changed"]
    assert told(people["committee"]) == []


def test_more_seats_are_no_news_but_are_offered(filled, people):
    row = change(people["committee"], filled.id, capacity=3)
    assert row.sequence == 0
    assert states(filled.id) == ["joined", "joined", "offered", "waiting"]
    assert told(filled.people[0]) == []
    assert told(filled.people[2]) == ["shift_offer"]
    assert_sound(filled.id)


def test_there_are_never_fewer_seats_than_taken(filled, people):
    change(people["committee"], filled.id, capacity=3)
    with pytest.raises(planning.CapacityTaken) as fault:
        change(people["committee"], filled.id, capacity=2)
    assert fault.value.params == {"taken": 3}
    seats.leave(filled.people[2], filled.id)
    seats.leave(filled.people[3], filled.id)
    assert change(people["committee"], filled.id, capacity=2).capacity == 2
    assert_sound(filled.id)


def test_who_joined_before_the_time_moved_leaves_freely(filled, people):
    one = filled.people[0]
    with clock.at(shift_row(filled.id).starts_at - 3 * HOUR):
        change(people["committee"], filled.id, starts_at=clock.now() + 2 * HOUR)
        assert seats.leave(one, filled.id)["state"] == "left"
        expires_at = offer_of(filled.people[2]).expires_at
        assert expires_at == clock.now() + timedelta(minutes=30)
    assert_sound(filled.id)


def test_an_offer_does_not_outlast_an_earlier_start(filled, people):
    seats.leave(filled.people[0], filled.id)
    change(people["committee"], filled.id, starts_at=clock.now() + HOUR,
           ends_at=clock.now() + 2 * HOUR)  # fmt: skip
    assert offer_of(filled.people[2]).expires_at == clock.now() + timedelta(minutes=15)


def test_a_change_of_an_old_version_is_refused(filled, people):
    change(people["committee"], filled.id, version=1, words="带手电")
    with pytest.raises(planning.ShiftChangedMeanwhile):
        change(people["committee"], filled.id, version=1, words="带反光背心")
    assert change(people["committee"], filled.id, version=2, words="带手电").version == 2


def test_only_planners_change(filled, people, crowd, team):
    leader, *_ = crowd(1)
    for actor in (filled.people[0], people["outsider"], people["sibling"]):
        with pytest.raises(Forbidden):
            change(actor, filled.id, title="别的")
    with pytest.raises(Forbidden):
        change(people["committee"], filled.id, place_code=SIBLING)
    shift_id = make_shift(leader, team_id=team(leader))
    assert change(leader, shift_id, title="队里的").title == "队里的"
    with pytest.raises(Forbidden):
        change(leader, shift_id, team_id=None)


def test_what_is_over_or_cancelled_changes_no_more(filled, people):
    with clock.at(shift_row(filled.id).ends_at), pytest.raises(seats.ShiftNotOpen):
        change(people["committee"], filled.id, title="迟了")
    with clock.at(shift_row(filled.id).starts_at + HOUR):
        change(people["committee"], filled.id, title="进行中")
    planning.cancel_shift(people["committee"], filled.id, reason="暴雨")
    with pytest.raises(seats.ShiftNotOpen):
        change(people["committee"], filled.id, title="取消了")
    with pytest.raises(NotFound):
        change(people["committee"], 10**9, title="没有")


# Cancel


def test_everybody_is_told_why_it_is_cancelled(filled, people):
    seats.leave(filled.people[0], filled.id)
    planning.cancel_shift(people["committee"], filled.id, reason="暴雨红色预警")
    row = shift_row(filled.id)
    assert (row.state, row.cancel_reason, row.sequence) == ("cancelled", "暴雨红色预警", 1)
    assert states(filled.id) == ["left", "joined", "expired", "expired"]
    assert told(filled.people[0]) == []
    assert told(filled.people[1]) == ["shift_cancelled"]
    assert told(filled.people[2]) == ["shift_offer", "shift_cancelled"]
    assert told(filled.people[3]) == ["shift_cancelled"]
    assert_sound(filled.id)
    with pytest.raises(seats.ShiftNotOpen):
        planning.cancel_shift(people["committee"], filled.id, reason="再来一次")
    with pytest.raises(seats.ShiftNotOpen):
        seats.sign_up(filled.people[0], filled.id)


def test_its_leader_may_cancel_too_and_others_may_not(plan, crowd, people):
    leader, one = crowd(2)
    shift_id = plan(leader_id=leader.resident_id)
    seats.sign_up(one, shift_id)
    for actor in (one, people["outsider"]):
        with pytest.raises(Forbidden):
            planning.cancel_shift(actor, shift_id, reason="不想去")
    planning.cancel_shift(leader, shift_id, reason="生病")
    assert state_of(shift_id, one) == "joined"


def test_a_role_in_another_place_plans_nothing_here():
    actor = make_actor((RoleKind.COMMITTEE, SIBLING))
    with pytest.raises(Forbidden):
        make_shift(actor)
