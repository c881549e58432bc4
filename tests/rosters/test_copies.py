"""A week is copied once, however often one asks."""

from datetime import date, timedelta

import pytest

from app.core import clock
from app.core.errors import Forbidden, InvalidInput, NotFound
from app.patrols import planning
from app.rosters import copies
from tests.factories.people import COMMUNITY
from tests.rosters.conftest import NOW, days, shifts, wall

THIS, NEXT = date(2026, 11, 26), date(2026, 12, 3)
"""A Thursday, and the one after: any day stands for its week."""


def copy(actor, **form):
    given = {"place_code": COMMUNITY, "from_week": THIS, "to_week": NEXT}
    return copies.duplicate_week(actor, **(given | form))


def counts(**given):
    return {"made": 0, "skipped": 0, "by_template": 0, "past": 0} | given


def test_a_week_is_copied(plan, people):
    plan(day=23, starts="19:00", skills=["first_aid"], words="带手电", capacity=5)
    plan(day=29, starts="22:00", hours=4)
    assert copy(people["committee"]) == counts(made=2)
    first, second = shifts()[2:]
    assert (first.starts_at, first.ends_at) == (wall(30, "19:00"), wall(30, "21:00"))
    assert (first.skills, first.words, first.capacity) == (["first_aid"], "带手电", 5)
    assert second.starts_at == wall(6, "22:00", month=12)
    assert (first.taken, first.template_id) == (0, None)


def test_asked_again_it_copies_nothing(plan, people):
    for day in (23, 24, 25):
        plan(day=day)
    assert copy(people["committee"]) == counts(made=3)
    assert copy(people["committee"]) == counts(skipped=3)
    assert len(shifts()) == 6


def test_what_was_cancelled_or_moved_there_does_not_come_back(plan, people):
    plan(day=23)
    plan(day=24)
    copy(people["committee"])
    monday, tuesday = shifts()[2:]
    planning.cancel_shift(people["committee"], monday.id, reason="下雨")
    planning.change_shift(people["committee"], tuesday.id, title="改了名")
    assert copy(people["committee"]) == counts(skipped=2)


def test_a_shift_added_since_is_copied_alone(plan, people):
    plan(day=23)
    copy(people["committee"])
    plan(day=25)
    assert copy(people["committee"]) == counts(made=1, skipped=1)


def test_an_equal_shift_that_is_there_already_is_enough(plan, people):
    plan(day=23)
    plan(day=30)
    assert copy(people["committee"]) == counts(skipped=1)


def test_a_cancelled_shift_is_not_copied(plan, people):
    planning.cancel_shift(people["committee"], plan(day=23), reason="下雨")
    assert copy(people["committee"]) == counts()


def test_what_a_template_makes_there_is_left_to_it(template, plan, people):
    template(until_day=date(2026, 12, 31))
    plan(day=24)
    assert copy(people["committee"]) == counts(made=1, skipped=2)
    # Beyond the four weeks that are made ahead, too.
    late = {"from_week": date(2026, 12, 16), "to_week": date(2026, 12, 23)}
    assert copy(people["committee"], **late) == counts(by_template=2)
    later = {"from_week": date(2026, 12, 16), "to_week": date(2027, 1, 6)}
    assert copy(people["committee"], **later) == counts(made=2)


def test_days_that_are_over_are_not_copied(plan, people):
    plan(day=23)
    plan(day=27)
    with clock.at(NOW + timedelta(days=11)):
        assert copy(people["committee"]) == counts(made=1, past=1)
        assert days(shifts())[-1] == "12-04"


def test_of_a_team_only_its_own_shifts(plan, team):
    number, leader = team
    plan(day=23, team_id=number)
    plan(day=24)
    with pytest.raises(Forbidden):
        copy(leader)
    assert copy(leader, team_id=number) == counts(made=1)


@pytest.mark.parametrize("to_week", [THIS, date(2026, 11, 15), date(2027, 1, 18)])
def test_other_weeks_are_refused(to_week, people, now):
    with pytest.raises(InvalidInput):
        copy(people["committee"], to_week=to_week)


def test_strangers_copy_nothing(plan, people):
    plan(day=23)
    with pytest.raises(Forbidden):
        copy(people["outsider"])
    with pytest.raises(NotFound):
        copy(people["committee"], place_code="999999999999")
