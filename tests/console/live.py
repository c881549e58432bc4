"""The pages that are kept although they tell what is so now, and what makes them other pages."""

import re
from datetime import timedelta

from sqlalchemy import insert, select, update

from app.committees import keeping, rectifications, reviews
from app.console import kept
from app.core import clock, deliveries
from app.core.access import RoleKind
from app.core.checks import REVIEW
from app.core.db import changed_rows, db, read, writing
from app.hazards import checking
from app.hazards.models import HazardCategory
from app.patrols import beats, seats
from app.photos.models import Photo
from app.places.models import Place
from app.quizzes import authoring
from app.quizzes.models import Figure
from app.reports import making
from app.reports import service as reports
from app.residents import granting, leaving
from app.residents import service as residents
from app.residents.models import HeldRole, Resident
from app.rosters import call_outs, proposals, templates
from app.rounds import appeals
from app.rounds.models import Attendance
from app.volunteers import hours, profile, qualifications, teams
from app.volunteers.hours_models import HourEntry
from tests.factories.people import COMMUNITY, SIBLING, make_actor
from tests.patrols.conftest import make_shift, make_volunteer
from tests.quizzes.conftest import question

GRID = f"{COMMUNITY}001"
ALWAYS = [{"weekday": day, "from": "00:00", "to": "24:00"} for day in range(1, 8)]
KEY = re.compile(r'name="once" value="[^"]+"')
SHOWN = {
    "today": ("today.today", "today"),
    "board": ("board.show", "board"),
    "late": ("board.show", "board?late=true"),
    "column": ("board.column", "board/columns/reported"),
    "map": ("board.on_map", "board/map"),
    "week": ("plan.week", "plan"),
    "needing": ("plan.needing", "plan/needing"),
    "templates": ("plan_templates.templates", "plan/templates"),
    "rosters": ("plan_rosters.rosters", "plan/rosters"),
    "volunteers": ("volunteers.volunteers", "volunteers"),
    "skilled": ("volunteers.volunteers", "volunteers?skill=first_aid"),
    "appeals": ("volunteers.show_appeals", "volunteers/appeals"),
    "honour": ("volunteers.honours", "volunteers/honour?period=all"),
    "teams": ("volunteers_teams.show_teams", "volunteers/teams"),
    "bank": ("quizzes.bank", "quizzes"),
    "comments": ("evaluation.show_comments", "evaluation/comments"),
    "rectifications": ("rectifications.show", "rectifications"),
    "report": ("report.show", "report"),
    "people": ("people.people", "people?name=阿梅"),
    "audit": ("audit.audit", "audit"),
}
"""Endpoints and addresses."""


def forget():
    """Forget what is kept, and what is known of places."""
    keeping.forget()
    kept._places.clear()


def look(desk, page, place=COMMUNITY):
    """Return a page as it is shown; each time its forms have other keys."""
    answer = desk.get(f"/console/{place}/{page}")
    assert answer.status_code == 200, (page, answer.text)
    return KEY.sub("", answer.text)


def look_at_all(desk):
    return {name: look(desk, path) for name, (_, path) in SHOWN.items()}


class Life:
    """What people do at a place, one after the other."""

    def __init__(self, people, report, photo, step):
        self.people, self.report, self.photo, self.step = people, report, photo, step
        self.committee, self.street = people["committee"], people["street"]
        self.amei = make_actor(name="阿梅")
        self.colleague = make_actor((RoleKind.COMMITTEE, COMMUNITY), name="同事")
        self.now = clock.now()

    # Cases

    def report_it(self):
        resident = self.people["resident"]
        self.case = self.report(photo_ids=[self.photo(resident)])

    def doubt_photo(self):
        with writing():
            changed_rows(update(Photo).values(check_state=REVIEW))

    def show_photo(self):
        [photo_id] = read(select(Photo.id)).scalars()
        db.session.rollback()
        checking.decide(self.committee, self.case["id"], show=True, photo_id=photo_id)

    def take(self, to, who="gridworker", **given):
        self.case = self.step(self.case, to, who, **given)

    # Shifts

    def plan(self):
        self.shift = make_shift(
            self.committee, starts_at=self.now + timedelta(days=1), capacity=3, minimum=2
        )

    def join(self):
        seats.sign_up(self.amei, self.shift)

    def call(self):
        call_outs.call_out(self.committee, self.shift, resident_ids=[self.amei.resident_id])

    def make_template(self):
        self.template = templates.create_template(
            self.committee, place_code=COMMUNITY, title="每周一巡", rrule="FREQ=WEEKLY;BYDAY=MO",
            starts="19:00", duration_min=120, capacity=4, minimum=2, skills=[],
            residence_required=False, route_id=self.route, leader_id=self.amei.resident_id,
        )["id"]  # fmt: skip

    def draw_route(self):
        self.route = beats.create_route(
            self.committee, place_code=COMMUNITY, name="河边一圈",
            path=((30.66, 104.03), (30.67, 104.03)),
        )["id"]  # fmt: skip

    def ask_for_roster(self):
        week = clock.shanghai_day(self.now + timedelta(days=7))
        proposals.ask_for_roster(self.committee, place_code=COMMUNITY, week=week)

    def compute_roster(self):
        deliveries.deliver_due()

    # People who serve

    def serve(self):
        make_volunteer(self.amei, availability=ALWAYS, on_honour_board=True)

    def like(self):
        profile.save_profile(self.amei, birth_year=1980, consent=True, likes=[COMMUNITY])

    def team(self):
        self.team_id = teams.create_team(
            self.committee, name="晨练队", kind="peace", place_code=COMMUNITY,
            leader_id=self.amei.resident_id,
        )["id"]  # fmt: skip

    def credit(self, place=COMMUNITY, days=2):
        ended = self.now - timedelta(days=days)
        with clock.at(ended - timedelta(days=1)):
            shift = make_shift(
                self.committee if place == COMMUNITY else self.people["district"],
                starts_at=ended - timedelta(hours=1), lasts=timedelta(hours=1), place_code=place,
            )  # fmt: skip
        with clock.at(ended):
            hours.credit(
                self.amei.resident_id, shift_id=shift, place_code=place, team_id=None,
                title="傍晚巡逻", starts_at=ended - timedelta(hours=1), ends_at=ended, evidence=3,
                attested=False,
            )  # fmt: skip
            db.session.commit()
        return shift

    def correct(self):
        [entry] = read(select(HourEntry.id).where(HourEntry.place_code == COMMUNITY)).scalars()
        db.session.rollback()
        hours.correct(self.committee, entry, minutes=30, reason="早走了")

    def earn(self):
        qualifications.give(
            self.amei.resident_id, "first_aid", "test", 1,
            first_day=clock.shanghai_day(self.now), last_day=None,
        )  # fmt: skip
        db.session.commit()

    def appeal(self):
        shift = self.credited
        starts = self.now - timedelta(days=2, hours=1)
        with writing():
            row = {
                "shift_id": shift, "resident_id": self.amei.resident_id, "place_code": COMMUNITY,
                "starts_at": starts, "state": "no_show", "settled_at": self.now,
            }  # fmt: skip
            new = insert(Attendance).returning(Attendance.id)
            attendance = read(new, row).scalar_one()
        self.appealed = appeals.appeal(self.amei, attendance, note="我在的")["id"]

    # The rest

    def write_question(self):
        words = {name: value for name, value in question(1).items() if name != "key"}
        found = authoring.write(self.colleague, submit=True, **words)
        self.question, self.version = found["id"], found["versions"][0]["id"]

    def publish(self):
        authoring.move(self.committee, self.question, version_id=self.version, to="published")

    def reckon(self):
        with writing():
            row = {
                "version_id": self.version, "answers": 12, "facility": 0.5, "options": [],
                "discrimination": 0.1, "flags": ["too_hard"], "flagged": True, "at": self.now,
            }  # fmt: skip
            changed_rows(insert(Figure), row)

    def say(self):
        day = clock.shanghai_day(self.now)
        reviews.comment(self.street, COMMUNITY, first=day, last=day, text="这个月好多了")

    def demand(self):
        self.demanded = rectifications.raise_rectification(
            self.street, COMMUNITY, title="补巡", demand="三天没人巡",
            due_on=clock.shanghai_day(self.now),
        )["id"]  # fmt: skip

    def answer(self):
        rectifications.move_rectification(
            self.committee, self.demanded, to="answered", note="补上了"
        )

    def ask_for_report(self):
        self.asked = reports.ask_for_report(self.committee, COMMUNITY, month="2026-09")["id"]

    def figure_report(self):
        making.figured(self.asked)

    def print_report(self):
        making.file_of(self.asked, *making.AHEAD[0])

    def settle_in(self):
        self.home = residents.request_residence(self.amei, place_code=GRID, room="3-2")["id"]

    def confirm_home(self):
        residents.move_residence(self.committee, self.home, to="confirmed")

    def grant(self):
        granting.grant_role(
            self.committee, resident_id=self.amei.resident_id, kind="grid_worker", place_code=GRID,
            reason="新到岗",
        )  # fmt: skip

    def revoke(self):
        mine = HeldRole.resident_id == self.amei.resident_id, HeldRole.kind == "grid_worker"
        [role] = read(select(HeldRole.id).where(*mine)).scalars()
        db.session.rollback()
        granting.revoke_role(self.committee, role, reason="调岗")

    def go(self):
        self.name(Resident, Resident.id == self.amei.resident_id, erase_at=self.now)
        assert leaving.erase_due() == 1

    def name(self, model, where, **values):
        with writing():
            assert changed_rows(update(model).where(where).values(**values))


BOARDS = {"board", "map"}
EVERY = set(SHOWN)
DOES = (
    ("reported", Life.report_it, {*BOARDS, "today", "column"}),
    ("photo in doubt", Life.doubt_photo, {"today"}),
    ("photo shown", Life.show_photo, {"today"}),
    ("accepted", lambda life: life.take("accepted"), {*BOARDS, "today", "column"}),
    ("assigned", lambda life: life.take("assigned"), {"board"}),
    ("handling", lambda life: life.take("handling"), {"board"}),
    ("handled", lambda life: life.take("handled"), BOARDS),
    (
        "category named",
        lambda life: life.name(
            HazardCategory, HazardCategory.code == "FIRE_LANE", name_zh="堵了消防车道"
        ),
        BOARDS,
    ),
    ("closed", lambda life: life.take("closed", "resident"), {*BOARDS}),
    ("planned", Life.plan, {"week", "needing", "today"}),
    ("serves", Life.serve, set()),
    ("likes a place", Life.like, {"volunteers"}),
    ("called", Life.call, {"needing"}),
    ("joined", Life.join, {"week", "needing"}),
    ("route drawn", Life.draw_route, set()),
    ("template", Life.make_template, {"templates", "needing"}),
    (
        "route named",
        lambda life: beats.change_route(life.committee, life.route, name="河边两圈"),
        set(),
    ),
    (
        "template stopped",
        lambda life: templates.change_template(life.committee, life.template, active=False),
        {"templates", "needing"},
    ),
    ("roster asked for", Life.ask_for_roster, {"rosters"}),
    ("roster computed", Life.compute_roster, {"rosters"}),
    ("team", Life.team, {"teams", "volunteers"}),
    (
        "team named",
        lambda life: teams.change_team(life.committee, life.team_id, name="夜巡队"),
        {"teams", "volunteers"},
    ),
    ("paused", lambda life: profile.change_profile(life.amei, paused=True), {"volunteers"}),
    (
        "hours",
        lambda life: setattr(life, "credited", life.credit()),
        {"honour", "week"},
    ),
    ("stars elsewhere", lambda life: life.credit(SIBLING, 40), set()),
    ("appealed", Life.appeal, {"appeals", "today"}),
    (
        "appeal refused",
        lambda life: appeals.answer_appeal(
            life.committee, life.appealed, granted=False, note="没来"
        ),
        {"appeals", "today"},
    ),
    ("hours corrected", Life.correct, {"honour"}),
    ("earned", Life.earn, {"volunteers", "skilled"}),
    (
        "off the board of honour",
        lambda life: profile.change_profile(life.amei, on_honour_board=False),
        {"honour"},
    ),
    ("question", Life.write_question, {"bank", "today"}),
    ("said", Life.say, {"comments"}),
    ("published", Life.publish, {"bank", "today"}),
    ("figures of a question", Life.reckon, {"bank"}),
    ("demanded", Life.demand, {"rectifications", "today"}),
    ("report asked for", Life.ask_for_report, {"report"}),
    ("answered", Life.answer, {"rectifications", "today"}),
    ("report figured", Life.figure_report, {"report", "today"}),
    ("home asked for", Life.settle_in, {"people", "today"}),
    ("role given", Life.grant, {"people", "audit"}),
    ("home confirmed", Life.confirm_home, {"people", "today", "volunteers"}),
    (
        "renamed",
        lambda life: residents.change_me(life.amei, name="阿梅姐"),
        {"people", "volunteers", "teams"},
    ),
    ("role taken", Life.revoke, {"people", "audit"}),
    (
        "renamed once more",
        lambda life: residents.change_me(life.amei, name="阿梅"),
        {"people", "volunteers"},
    ),
    (
        "colleague renamed",
        lambda life: residents.change_me(life.colleague, name="老同事"),
        {"bank", "people"},
    ),
    ("erased", Life.go, {"volunteers", "audit"}),
    (
        "place named",
        lambda life: life.name(Place, Place.code == COMMUNITY, name="新名社区"),
        EVERY,
    ),
)
"""What somebody does, and the pages that it has to show on; in an order in which it can happen."""
