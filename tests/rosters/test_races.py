"""Two planners at once make nothing twice."""

from datetime import date
from functools import partial

import pytest

from app.core import clock
from app.core.db import db
from app.patrols import seats
from app.rosters import computing, copies, proposals, templates
from tests.crowds import answers_at_once
from tests.factories.people import COMMUNITY
from tests.rosters.conftest import NOW, deliver_all, shifts, told


@pytest.fixture
def at_once(app):
    """Return what does several things at once; returns their answers, problems by their code."""
    return partial(answers_at_once, app, NOW)


def test_a_week_is_copied_once(at_once, plan, people):
    for day in (23, 24, 25):
        plan(day=day)
    weeks = {"from_week": date(2026, 11, 24), "to_week": date(2026, 12, 1)}

    def copy():
        return copies.duplicate_week(people["committee"], place_code=COMMUNITY, **weeks)["made"]

    assert sorted(at_once(copy, copy, copy)) == [0, 0, 3]
    assert len(shifts()) == 6


def test_a_templates_shifts_are_made_once(at_once, template, people):
    made = template()
    with clock.at(NOW):
        db.session.remove()
    back = [lambda: templates.make_shifts(made["id"])] * 3
    assert at_once(*back) == [0, 0, 0]
    assert len(shifts()) == 8


def test_one_roster_is_asked_for(at_once, plan, people):
    plan(day=24)

    def ask():
        week = date(2026, 11, 24)
        return proposals.ask_for_roster(people["committee"], place_code=COMMUNITY, week=week)[
            "state"
        ]

    assert sorted(at_once(ask, ask, ask)) == ["computing", "roster_under_way", "roster_under_way"]


def test_it_is_accepted_or_dropped_but_not_both(at_once, plan, neighbour, people):
    shift_id, somebody = plan(day=24, minimum=1), neighbour()
    week = date(2026, 11, 24)
    asked = proposals.ask_for_roster(people["committee"], place_code=COMMUNITY, week=week)
    deliver_all()

    def move(to):
        return lambda: proposals.move_roster(people["committee"], asked["id"], to=to)["state"]

    answers = at_once(move("accepted"), move("dropped"))
    assert answers.count("illegal_move") == 1
    deliver_all()
    row = seats.signup_of(shift_id, somebody.resident_id)
    assert (row is not None) == ("accepted" in answers)


def test_a_roster_published_by_two_workers_is_told_once(at_once, plan, neighbour, people):
    for day in (24, 25):
        plan(day=day, minimum=1)
    for _ in range(2):
        neighbour(most_per_week=1)
    week = date(2026, 11, 24)
    asked = proposals.ask_for_roster(people["committee"], place_code=COMMUNITY, week=week)
    deliver_all()
    proposals.move_roster(people["committee"], asked["id"], to="accepted")
    publish = [lambda: computing.publish(asked["id"])] * 2
    at_once(*publish)
    shown = proposals.show_roster(people["committee"], asked["id"])
    assert not any(each["refused"] for shift in shown["shifts"] for each in shift["people"])
    assert sorted(shift["taken"] for shift in shown["shifts"]) == [1, 1]
    assert len(told("roster_published")) == 2


def test_who_joins_while_the_template_changes_is_not_moved_untold(
    at_once, template, people, neighbour
):
    made = template()
    first, somebody = shifts(template_id=made["id"])[0], neighbour()
    at_once(
        lambda: seats.sign_up(somebody, first.id)["state"],
        lambda: templates.change_template(people["committee"], made["id"], starts="20:00")["done"],
    )
    deliver_all()
    moved = shifts(id=first.id)[0].starts_at != first.starts_at
    # Either they joined first and it stayed, or it was moved before they joined.
    row = seats.signup_of(first.id, somebody.resident_id)
    assert row.state == "joined"
    assert moved or shifts(id=first.id)[0].taken == 1
