"""Templates make shifts ahead, once a day, and change what nobody has joined."""

from datetime import date, timedelta

import pytest

from app.core import clock, jobs
from app.core.access import RoleKind
from app.core.db import db
from app.core.errors import Forbidden, InvalidInput, NotFound
from app.patrols import planning, seats
from app.patrols.models import PatrolRoute
from app.rosters import templates
from tests.factories.people import COMMUNITY, ELSEWHERE, make_actor
from tests.rosters.conftest import NOW, days, shifts, wall

FOUR_WEEKS = ["11-23", "11-25", "11-30", "12-02", "12-07", "12-09", "12-14", "12-16"]


def change(people, template, **changes):
    return templates.change_template(people["committee"], template["id"], **changes)


def test_a_template_makes_the_shifts_of_four_weeks(template):
    made = template(skills=["driver", "first_aid"], words="带手电")
    assert made["done"] == {"made": 8, "changed": 0, "cancelled": 0, "kept": 0}
    rows = shifts(template_id=made["id"])
    assert days(rows) == FOUR_WEEKS
    assert rows[0].starts_at == wall(23, "19:00")
    assert rows[0].ends_at == wall(23, "21:00")
    assert rows[0].template_day == "2026-11-23"
    assert (rows[0].title, rows[0].words) == ("晚间巡逻", "带手电")
    assert (rows[0].capacity, rows[0].minimum, rows[0].taken) == (4, 2, 0)
    assert rows[0].skills == ["first_aid", "driver"]
    assert made["made_until"] == date(2026, 12, 19)


def test_what_has_begun_today_is_not_made(template):
    made = template(rrule="FREQ=DAILY", starts="09:00")
    assert days(shifts(template_id=made["id"]))[0] == "11-22"
    made = template(rrule="FREQ=DAILY", starts="11:00")
    assert days(shifts(template_id=made["id"]))[0] == "11-21"


def test_first_and_last_day_bound_it(template):
    made = template(rrule="FREQ=DAILY", from_day=date(2026, 11, 30), until_day=date(2026, 12, 2))
    assert days(shifts(template_id=made["id"])) == ["11-30", "12-01", "12-02"]


def test_the_job_goes_on_where_the_last_run_ended(template):
    made = template()
    assert templates.make_due() == 0
    with clock.at(NOW + timedelta(days=7)):
        assert jobs._jobs["rosters.make_shifts"].run() == 2
        assert templates.make_due() == 0
    assert days(shifts(template_id=made["id"])) == [*FOUR_WEEKS, "12-21", "12-23"]


def test_a_template_of_later_begins_in_time(template):
    made = template(rrule="FREQ=DAILY", from_day=date(2026, 12, 25))
    assert made["done"]["made"] == 0
    with clock.at(NOW + timedelta(days=8)):
        assert templates.make_due() == 3
    assert days(shifts(template_id=made["id"])) == ["12-25", "12-26", "12-27"]


def test_a_month_without_the_job_is_made_up_for(template):
    made = template()
    with clock.at(NOW + timedelta(days=60)):
        assert templates.make_due() == 9
    assert len(shifts(template_id=made["id"])) == 17


def test_one_broken_template_keeps_no_other_from_being_made(template, people, caplog):
    route = PatrolRoute(
        place_code=COMMUNITY, place_name="草堂路社区", name="河边", path=[[30.6, 104.0]],
        length_m=0, created_by=people["committee"].resident_id, created_at=NOW,
    )  # fmt: skip
    db.session.add(route)
    db.session.commit()
    template(route_id=route.id)
    fine = template(rrule="FREQ=WEEKLY;BYDAY=FR")
    route.active = False
    db.session.commit()
    with clock.at(NOW + timedelta(days=7)):
        assert templates.make_due() == 1
    assert days(shifts(template_id=fine["id"]))[-1] == "12-25"
    assert "makes no shifts" in caplog.text


def test_a_change_changes_what_nobody_has_joined(template, people, neighbour):
    made = template()
    first, second, *_ = shifts(template_id=made["id"])
    seats.sign_up(neighbour(), first.id)
    after = change(people, made, starts="20:00", title="夜间巡逻", capacity=6)
    assert after["done"] == {"made": 0, "changed": 7, "cancelled": 0, "kept": 1}
    kept, changed, *_ = shifts(template_id=made["id"])
    assert (kept.id, kept.title, kept.starts_at) == (first.id, "晚间巡逻", wall(23, "19:00"))
    assert (changed.id, changed.title, changed.starts_at) == (
        second.id,
        "夜间巡逻",
        wall(25, "20:00"),
    )
    assert (changed.capacity, changed.sequence) == (6, 1)


def test_a_day_that_goes_is_cancelled_and_may_come_back(template, people):
    made = template()
    after = change(people, made, rrule="FREQ=WEEKLY;BYDAY=MO")
    assert after["done"] == {"made": 0, "changed": 0, "cancelled": 4, "kept": 0}
    assert days(shifts(template_id=made["id"])) == ["11-23", "11-30", "12-07", "12-14"]
    assert len(shifts(state="cancelled")) == 4
    back = change(people, made, rrule="FREQ=WEEKLY;BYDAY=MO,WE")
    assert back["done"]["made"] == 4
    assert days(shifts(state="open")) == FOUR_WEEKS


def test_a_shift_with_people_outlives_its_day(template, people, neighbour):
    made = template()
    wednesday = shifts(template_id=made["id"])[1]
    seats.sign_up(neighbour(), wednesday.id)
    assert change(people, made, rrule="FREQ=WEEKLY;BYDAY=MO")["done"]["kept"] == 1
    assert wednesday.id in [row.id for row in shifts(state="open")]


def test_what_a_planner_changed_by_hand_stays(template, people):
    made = template()
    first = shifts(template_id=made["id"])[0]
    planning.change_shift(people["committee"], first.id, title="特别巡逻")
    assert change(people, made, capacity=5)["done"]["kept"] == 1
    assert shifts(id=first.id)[0].capacity == 4


def test_what_a_planner_cancelled_stays_cancelled(template, people):
    made = template()
    first = shifts(template_id=made["id"])[0]
    planning.cancel_shift(people["committee"], first.id, reason="下雨")
    assert change(people, made, capacity=5)["done"] == {
        "made": 0, "changed": 7, "cancelled": 0, "kept": 0,
    }  # fmt: skip
    with clock.at(NOW + timedelta(days=1)):
        templates.make_due()
    assert [row.state for row in shifts(template_day="2026-11-23")] == ["cancelled"]


def test_nothing_changed_is_nothing_done(template, people):
    made = template()
    assert change(people, made, title="晚间巡逻")["done"] == {
        "made": 0, "changed": 0, "cancelled": 0, "kept": 0,
    }  # fmt: skip
    assert {row.version for row in shifts()} == {1}


def test_a_stopped_template_makes_no_more(template, people, neighbour):
    made = template()
    first = shifts(template_id=made["id"])[0]
    seats.sign_up(neighbour(), first.id)
    stopped = change(people, made, active=False)
    assert stopped["done"] == {"made": 0, "changed": 0, "cancelled": 7, "kept": 1}
    assert not stopped["active"]
    assert [row.id for row in shifts(state="open")] == [first.id]
    with clock.at(NOW + timedelta(days=20)):
        assert templates.make_due() == 0
    with pytest.raises(templates.TemplateStopped):
        change(people, made, capacity=5)


FAULTS = {
    "no rule": ({"rrule": "FREQ=YEARLY"}, "rrule"),
    "never": (
        {
            "rrule": "FREQ=WEEKLY;BYDAY=SU",
            "from_day": date(2026, 11, 23),
            "until_day": date(2026, 11, 25),
        },
        "rrule",
    ),
    "backwards": ({"from_day": date(2026, 11, 23), "until_day": date(2026, 11, 22)}, "until_day"),
    "more than fit": ({"minimum": 5}, "minimum"),
    "no such route": ({"route_id": 99}, "route_id"),
    "no such team": ({"team_id": 99}, "team_id"),
    "a leader who does not serve": ({"leader_id": 1}, "leader_id"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_what_could_make_no_shift_is_refused(name, template):
    form, field = FAULTS[name]
    with pytest.raises(InvalidInput) as refused:
        template(**form)
    assert [fault.field for fault in refused.value.errors] == [field]
    assert shifts() == []


@pytest.mark.parametrize(
    ("who", "may"),
    [("gridworker", True), ("street", True), ("outsider", False), ("resident", False)],
)
def test_who_makes_templates(who, may, template, people):
    if may:
        assert template(people[who])["done"]["made"] == 8
        return
    with pytest.raises(Forbidden):
        template(people[who])


def test_who_leads_a_team_plans_for_that_team_alone(template, team):
    number, leader = team
    mine = template(leader, team_id=number)
    with pytest.raises(Forbidden):
        template(leader)
    with pytest.raises(Forbidden):
        template(leader, team_id=number, place_code=ELSEWHERE)
    found = templates.list_templates(leader, limit=10)
    assert [item["id"] for item in found["items"]] == [mine["id"]]
    with pytest.raises(Forbidden):
        templates.change_template(leader, mine["id"], team_id=None)


def test_templates_are_listed_to_who_plans_there(template, people):
    made = [template()["id"] for _ in range(3)]
    page = templates.list_templates(people["street"], limit=2)
    assert [item["id"] for item in page["items"]] == [made[2], made[1]]
    rest = templates.list_templates(people["street"], limit=2, cursor=page["next_cursor"])
    assert [item["id"] for item in rest["items"]] == [made[0]]
    assert rest["next_cursor"] is None
    assert templates.list_templates(people["outsider"], limit=9)["items"] == []
    assert templates.list_templates(people["committee"], limit=9, active=False)["items"] == []
    with pytest.raises(NotFound):
        templates.list_templates(people["outsider"], place=COMMUNITY, limit=9)
    with pytest.raises(NotFound):
        templates.show_template(people["outsider"], made[0])
    with pytest.raises(NotFound):
        templates.list_templates(
            make_actor((RoleKind.RESIDENT, COMMUNITY)), place=COMMUNITY, limit=9
        )
