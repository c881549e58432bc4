"""No page of the console asks the database more than six things, signing in included."""

from datetime import timedelta

import pytest
from flask import current_app

from app.committees import rectifications
from app.core import clock, deliveries
from app.core.db import db
from app.patrols import seats
from app.points import rewards
from app.reports import making, service
from app.reports import rules as report_rules
from app.rosters import proposals, templates
from app.volunteers import hours, teams
from app.volunteers.models import LikedPlace
from tests.console.live import SHOWN, forget
from tests.factories.people import COMMUNITY
from tests.hazards.conftest import morning, photo, report, spot  # noqa: F401 fixtures
from tests.house.test_query_counts import counted
from tests.patrols.conftest import make_shift, make_volunteer

pytestmark = pytest.mark.either_database
MOST = 6
PAGES = {
    "console_today.today": "today",
    "console_board.show": "board",
    "console_board.column": "board/columns/reported",
    "console_board.on_map": "board/map",
    "console_board_cases.show": "board/cases/{case}",
    "console_board_cases.offer": "board/cases/{case}/moves",
    "console_board_cases.ask": "board/cases/{case}/moves/accept",
    "console_board_cases.ask_several": "board/moves?ids={case}",
    "console_plan.week": "plan",
    "console_plan.needing": "plan/needing",
    "console_plan_coverage.coverage": "plan/coverage",
    "console_plan_rosters.rosters": "plan/rosters",
    "console_plan_rosters.roster": "plan/rosters/{roster}",
    "console_plan_rosters.others": "plan/rosters/{roster}/shifts/{free}",
    "console_plan_shifts.new": "plan/shifts/new",
    "console_plan_shifts.show": "plan/shifts/{shift}",
    "console_plan_shifts.edit": "plan/shifts/{shift}/changes",
    "console_plan_shifts.people": "plan/shifts/{shift}/people",
    "console_plan_shifts.attendance": "plan/shifts/{shift}/round",
    "console_plan_templates.templates": "plan/templates",
    "console_plan_templates.new": "plan/templates/new",
    "console_plan_templates.edit": "plan/templates/{template}",
    "console_participation.show": "participation",
    "console_participation.show_siblings": "participation/siblings",
    "console_evaluation.show": "evaluation",
    "console_evaluation.show_comments": "evaluation/comments",
    "console_rectifications.show": "rectifications",
    "console_rectifications.show_one": "rectifications/{rectification}",
    "console_figures.show": "figures/on_time",
    "console_children.show": "children",
    "console_children.show_map": "children/map",
    "console_report.show": "report",
    "console_report.show_state": "report/{report}",
    "console_report.preview": "report/preview",
    "console_people.people": "people?name=周奶奶",
    "console_audit.audit": "audit",
    "console_volunteers.volunteers": "volunteers",
    "console_volunteers.record": "volunteers/{resident}",
    "console_volunteers.show_appeals": "volunteers/appeals",
    "console_volunteers.honours": "volunteers/honour",
    "console_volunteers_teams.show_teams": "volunteers/teams",
    "console_volunteers_teams.show_team": "volunteers/teams/{team}",
    "console_volunteers_teams.show_rewards": "volunteers/rewards",
    "console_volunteers_teams.show_certificates": "volunteers/certificates",
}
NO_PLACE = "console_entrance."
"""Pages before and beside those of a place: they ask for who sits there at most."""
FILES = {"console_report.read_file"}
"""Handed out as they were made, not a page."""
IN_THEIR_OWN_TESTS = ("console_quizzes", "console_campaigns", "console_challenges")
LATE_MAP = "board/map?late=true"
ALWAYS = [{"weekday": day, "from": "00:00", "to": "24:00"} for day in range(1, 8)]


@pytest.fixture
def given(people, report, photo):  # noqa: F811
    """Let there be one of everything that has a page; returns what the addresses hold."""
    committee, resident = people["committee"], people["resident"]
    now = clock.now()
    make_volunteer(resident, skills=["first_aid"], availability=ALWAYS)
    db.session.add(LikedPlace(resident_id=resident.resident_id, place_code=COMMUNITY))
    db.session.commit()
    shift, free = (
        make_shift(committee, starts_at=now + timedelta(days=days), capacity=4) for days in (2, 3)
    )
    seats.sign_up(resident, shift)
    team = teams.create_team(
        committee, name="晨练队", kind="peace", place_code=COMMUNITY,
        leader_id=resident.resident_id,
    )  # fmt: skip
    with clock.at(now - timedelta(days=2)):
        hours.credit(
            resident.resident_id, shift_id=shift, place_code=COMMUNITY, team_id=team["id"],
            title="傍晚巡逻", starts_at=clock.now() - timedelta(hours=1), ends_at=clock.now(),
            evidence=3, attested=False,
        )  # fmt: skip
        db.session.commit()
    rewards.offer(committee, place_code=COMMUNITY, name="毛巾", cost=5, stock=3)
    raised = rectifications.raise_rectification(
        people["street"], COMMUNITY, title="补巡", demand="三天没人巡",
        due_on=clock.shanghai_day(now) + timedelta(days=9),
    )  # fmt: skip
    template = templates.create_template(
        committee, place_code=COMMUNITY, title="每周一巡", rrule="FREQ=WEEKLY;BYDAY=MO",
        starts="19:00", duration_min=120, capacity=4, minimum=2, skills=[],
        residence_required=False,
    )  # fmt: skip
    week = clock.shanghai_day(now + timedelta(days=3))
    roster = proposals.ask_for_roster(committee, place_code=COMMUNITY, week=week)
    deliveries.deliver_due()
    made = service._first_edition(committee, COMMUNITY, report_rules.period("2026-09"))
    making.figured(made)
    return {
        "case": report(photo_ids=[photo(resident)])["id"], "shift": shift, "free": free,
        "resident": resident.resident_id, "team": team["id"], "template": template["id"],
        "roster": roster["id"], "rectification": raised["id"], "report": made,
    }  # fmt: skip


@pytest.mark.usefixtures("app")
def test_every_page_is_listed():
    endpoints = {
        rule.endpoint
        for rule in current_app.url_map.iter_rules()
        if rule.endpoint.startswith("console_") and "GET" in rule.methods
    }
    mine = {each for each in endpoints if not each.startswith((NO_PLACE, *IN_THEIR_OWN_TESTS))}
    assert mine == {*PAGES, *FILES}


def test_no_page_costs_more_than_six_queries(sit, given):
    desk, dear = sit("committee"), {}
    for endpoint, page in PAGES.items():
        path = f"/console/{COMMUNITY}/{page.format(**given)}"
        # Another part of the page first: statements are made ready, and nothing is kept.
        desk.get(path, part=True)
        with counted() as found:
            answer = desk.get(path)
        assert answer.status_code in {200, 302, 303}, (endpoint, answer.text)
        if len(found) > MOST:
            dear[endpoint] = found
    assert {endpoint: len(found) for endpoint, found in dear.items()} == {}


@pytest.mark.parametrize(
    ("who", "place"),
    [("committee", COMMUNITY), ("street", COMMUNITY[:9]), ("district", COMMUNITY[:6])],
)
def test_nor_does_one_that_a_process_shows_first(sit, given, who, place):
    desk, dear = sit(who), {}
    for page in (*PAGES.values(), *(page for _, page in SHOWN.values()), LATE_MAP):
        path = f"/console/{place}/{page.format(**given)}"
        forget()
        with counted() as found:
            answer = desk.get(path)
        # What there is of communities alone has no page at a place above.
        assert answer.status_code in {200, 302, 303} or place != COMMUNITY, (path, answer.text)
        if len(found) > MOST:
            dear[path] = len(found)
    assert dear == {}
