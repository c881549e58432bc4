"""Answers are kept until something that they count changes, and never a moment longer."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import delete, insert, select, text, update

from app.committees import (
    children,
    formulas,
    indicators,
    keeping,
    opening,
    participation,
    patrolling,
    reviews,
    service,
)
from app.committees.figure_routes import CHILDREN, INDICATORS, OPENED, PARTICIPATION
from app.committees.keeping import Answer, Kept
from app.committees.routes import OVERVIEW, PATROLLING
from app.core import clock, marks
from app.core.db import changed_rows, db, read, writing
from app.hazards import supervision
from app.hazards.models import Hazard, HazardCategory
from app.patrols.models import Shift
from app.places.models import Place
from app.residents.models import Residence
from app.rollups import anew, facts
from app.rollups.models import DayFigures, MonthFigures, PersonDay
from app.rounds.models import Attendance, WalkedHour
from app.volunteers import hours, teams
from app.volunteers.models import Team, Volunteer
from tests.committees.conftest import NOW, Village
from tests.factories.people import COMMUNITY, ELSEWHERE, SIBLING
from tests.house.test_query_counts import counted

PATH = f"/committees/{COMMUNITY}/indicators"
GRID = f"{COMMUNITY}001"
ASKED = (
    (OVERVIEW, service.show_overview, ()),
    (PATROLLING, patrolling.show_patrolling, ()),
    (PARTICIPATION, participation.participation, ()),
    (INDICATORS, indicators.indicators, ()),
    (CHILDREN, children.children, ()),
    *((OPENED, opening.open_figure, (name,)) for name in ("people", "on_time", "evenness")),
)


def answers(actor, place=COMMUNITY):
    """Return what all routes answer, by route and figure, and what the street's places are."""
    street = keeping.answer(CHILDREN, children.children, actor, place[:9], sort="people")
    return {("street",): street.get_data()} | {
        (asked.__name__, *named): keeping.answer(view, asked, actor, place, *named).get_data()
        for view, asked, named in ASKED
    }


class Life:
    """What may happen at a place, one kind of change after the other."""

    def __init__(self, people, report, step):
        self.people, self.report, self.step = people, report, step
        self.village = Village()
        self.dwellers = self.village.settle(6, GRID, building=0, birth_year=1950)
        self.case = report()
        with clock.at(NOW):
            self.team = teams.create_team(
                people["committee"], name="晨练队", kind="peace", place_code=COMMUNITY
            )["id"]
        self.shift = self.plan(5)

    def plan(self, days):
        starts_at = NOW + timedelta(days=days)
        row = {
            "uid": f"{days}@kept", "place_code": GRID, "place_name": "网格", "title": "夜间巡逻",
            "starts_at": starts_at, "ends_at": starts_at + timedelta(hours=2), "capacity": 5,
            "minimum": 2, "skills": [], "created_at": NOW, "changed_at": NOW,
            "created_by": self.people["committee"].resident_id,
        }  # fmt: skip
        with writing():
            return read(insert(Shift).returning(Shift.id), row).scalar_one()

    def add(self, model, **row):
        with writing():
            changed_rows(insert(model), row)

    def change(self, model, where, **values):
        with writing():
            assert changed_rows(update(model).where(where).values(**values))

    def do(self, activity="learnt", **given):
        self.village.do(self.dwellers[0], activity, **given)


def _moved(to):
    return lambda life: setattr(life, "case", life.step(life.case, to))


def _late(life):
    life.do(days_ago=40)
    life.village.roll_up()


def _taken_back(life):
    row = read(text("SELECT source_id FROM participation_facts ORDER BY id LIMIT 1")).one()
    source = facts.Source("test", row.source_id)
    facts.take_back(source, source=facts.Source("test", row.source_id, 1))
    life.village.roll_up()


def _closed(life):
    life.step(life.case, "closed", "resident", rating=2, solved=True)


def _ordered(_):
    with clock.at(NOW + timedelta(days=30)):
        assert supervision.supervise_due()


def _credited(life):
    hours.credit(
        life.dwellers[0], shift_id=life.shift, place_code=GRID, team_id=life.team, title="巡逻",
        starts_at=NOW - timedelta(days=1, hours=1), ends_at=NOW - timedelta(days=1), evidence=3,
        attested=False,
    )  # fmt: skip
    db.session.commit()


CHANGES = {
    "reported": lambda life: setattr(life, "case", life.report()),
    "ordered": _ordered,
    "accepted": _moved("accepted"),
    "assigned": _moved("assigned"),
    "handling": _moved("handling"),
    "handled": _moved("handled"),
    "closed": _closed,
    "case moved": lambda life: life.change(
        Hazard, Hazard.id == life.case["id"], place_code=f"{COMMUNITY}002"
    ),
    "category named": lambda life: life.change(
        HazardCategory, HazardCategory.code == "FIRE_LANE", name_zh="堵了消防车道"
    ),
    "fact": lambda life: life.do(),
    "rolled up": lambda life: life.village.roll_up(),
    "late fact": _late,
    "corrected fact": _taken_back,
    "recomputed": lambda _: anew.recompute(),
    "home confirmed": lambda life: life.village.settle(5, GRID, building=1),
    "home left": lambda life: life.change(
        Residence, Residence.resident_id == life.dwellers[0], state="refused"
    ),
    "night counted": lambda life: life.village.count_homes(
        clock.shanghai_day(NOW), **{f"_{COMMUNITY}": 50}
    ),
    "birth year told": lambda life: life.change(
        Volunteer, Volunteer.resident_id == life.dwellers[1], birth_year=2001
    ),
    "target set": lambda life: reviews.set_target(
        life.people["street"], COMMUNITY, "filing", wanted=0.9
    ),
    "ranking chosen": lambda life: reviews.change_settings(
        life.people["committee"], COMMUNITY, ranking=True
    ),
    "place named": lambda life: life.change(Place, Place.code == GRID, name="一号网格"),
    "place added": lambda life: life.add(
        Place, code=f"{COMMUNITY}099", kind="grid", name="新网格", parent_code=COMMUNITY
    ),
    "shift planned": lambda life: life.plan(3),
    "shift filled": lambda life: life.change(Shift, Shift.id == life.shift, taken=2),
    "came": lambda life: life.add(
        Attendance, shift_id=life.shift, resident_id=life.dwellers[0], place_code=GRID,
        starts_at=NOW - timedelta(days=3), state="ended",
    ),
    "did not come": lambda life: life.change(
        Attendance, Attendance.shift_id == life.shift, state="no_show"
    ),
    "walked": lambda life: life.add(
        WalkedHour, shift_id=life.shift, place_code=GRID, hour_at=NOW - timedelta(days=3),
        minutes=30,
    ),
    "hours credited": _credited,
    "team named": lambda life: life.change(Team, Team.id == life.team, name="夜巡队"),
}  # fmt: skip
"""All kinds of change that figures count, in an order in which they can happen."""
SILENT = {"home left", "case moved", "birth year told", "recomputed", "ordered", "assigned",
          "handling", "rolled up"}  # fmt: skip
"""What may leave all of these answers as they were; the mark moves nevertheless."""


@pytest.fixture
def put_back(app):
    """Put back what outlives a test: places and categories."""
    place, category = Place.code == GRID, HazardCategory.code == "FIRE_LANE"
    named = read(select(Place.name).where(place)).scalar_one()
    called = read(select(HazardCategory.name_zh).where(category)).scalar_one()
    yield
    with writing():
        changed_rows(delete(Place).where(Place.code == f"{COMMUNITY}099"))
        changed_rows(update(Place).where(place).values(name=named))
        changed_rows(update(HazardCategory).where(category).values(name_zh=called))


def test_a_change_of_anything_that_is_counted_shows_at_once(people, report, step, put_back):
    life, actor = Life(people, report, step), people["district"]
    with clock.at(NOW + timedelta(hours=1)):
        for name, change in CHANGES.items():
            before = answers(actor)
            assert answers(actor) == before
            change(life)
            kept = answers(actor)
            keeping.forget()
            fresh = answers(actor)
            assert {key for key in fresh if kept[key] != fresh[key]} == set(), name
            assert name in SILENT or fresh != before, name


ROLLED = {model.__tablename__: {keeping.PEOPLE} for model in (PersonDay, DayFigures, MonthFigures)}
"""Marked by who rolls up, for there are millions of rows."""
NAMES_ALONE = {"residents"}
ALWAYS_SO = {"rollup_calendar"}
"""In which month a day lies."""


def marked_tables():
    """Return the topics of the tables that the database itself marks."""
    catalog = {
        "sqlite": "SELECT tbl_name AS tbl, sql AS words FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT t.tgrelid::regclass::text AS tbl, p.prosrc AS words"
        " FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid WHERE NOT t.tgisinternal",
    }[db.engine.dialect.name]
    found = {}
    for row in read(text(catalog)):
        if "place_changes" in row.words:
            found.setdefault(row.tbl, set()).update(re.findall(r"15\), '(\w+)'", row.words))
    return found


def test_every_table_that_an_answer_reads_is_marked(people):
    topics, actor = marked_tables() | ROLLED, people["district"]
    places = (COMMUNITY, COMMUNITY[:9], COMMUNITY[:6], GRID)
    unmarked = set()
    for asked, counted_topics in keeping.COUNTED.items():
        named = [(name,) for name in formulas.NAMES] if asked is opening.open_figure else [()]
        with counted() as found, clock.at(NOW):
            for place in places[: 3 if asked is children.children else 4]:
                for each in named:
                    if each != ("silent",):
                        asked(actor, place, *each)
        read_tables = {
            name
            for name in db.metadata.tables
            if any(re.search(rf"\b(?:FROM|JOIN|,)\s+{name}\b", words) for words in found)
        }
        assert read_tables
        unmarked |= {
            (asked.__name__, name)
            for name in read_tables - NAMES_ALONE - ALWAYS_SO
            if not topics.get(name, set()) & {*counted_topics}
        }
    assert unmarked == set()


def test_the_same_again_costs_two_queries_until_midnight(clients):
    with clock.at(NOW):
        first = clients["committee"].get(PATH)
        with counted() as found:
            again = clients["committee"].get(PATH)
        assert len(found) == 2
        assert (again.json, again.content_type) == (first.json, "application/json")
        assert clients["committee"].get(PATH, to="2026-11-19").json["to"] == "2026-11-19"
    with clock.at(NOW + timedelta(minutes=14)), counted() as found:
        clients["committee"].get(PATH)
    assert len(found) == 2
    with clock.at(NOW + timedelta(hours=15)):  # midnight in Shanghai
        assert clients["committee"].get(PATH).json["to"] == "2026-11-21"


def test_what_the_clock_changes_changes_at_that_moment(people, report):
    case = report()
    asked = (OVERVIEW, service.show_overview, people["committee"], COMMUNITY)
    act_by = read(text("SELECT 1")).scalar_one() and db.session.get(Hazard, case["id"]).act_by
    db.session.rollback()

    def overdue(at):
        with clock.at(at), counted() as found:
            shown = keeping.answer(*asked).json
        return shown["totals"]["overdue"], len(found) == 1

    assert overdue(NOW) == (0, False)
    assert overdue(act_by - timedelta(seconds=1)) == (0, True)
    assert overdue(act_by + timedelta(seconds=1)) == (1, False)
    assert overdue(act_by + timedelta(minutes=20)) == (1, True)
    assert overdue(NOW + timedelta(seconds=1)) == (0, False)  # a clock that was put back


def test_a_shift_that_begins_is_no_longer_one_to_fill(people, report, step):
    life = Life(people, report, step)
    soon = life.plan(1 / 12)
    asked = (PATROLLING, patrolling.show_patrolling, people["committee"], COMMUNITY)

    def lacking(after):
        with clock.at(NOW + after):
            return {row["id"] for row in keeping.answer(*asked).json["understaffed"]}

    assert lacking(timedelta()) == {soon, life.shift}
    assert lacking(timedelta(hours=1, minutes=59)) == {soon, life.shift}
    assert lacking(timedelta(hours=2)) == {life.shift}


def test_what_happens_elsewhere_throws_nothing_away(people, report, village):
    district, street, other_grid = people["district"], COMMUNITY[:9], f"{COMMUNITY}002"
    [other] = village.settle(1, SIBLING)

    def asked_again(place):
        with clock.at(NOW), counted() as found:
            keeping.answer(INDICATORS, indicators.indicators, district, place)
        return len(found)

    places = (COMMUNITY, SIBLING, street, street[:6], GRID, other_grid)
    for place in places:
        asked_again(place)
    village.do(other, "learnt", place_code=f"{SIBLING}001")
    village.roll_up()
    again = {place: asked_again(place) for place in places}
    assert {place for place, queries in again.items() if queries == 1} == {
        COMMUNITY, GRID, other_grid,
    }  # fmt: skip
    report()
    again = {place: asked_again(place) for place in places}
    assert {place for place, queries in again.items() if queries == 1} == {SIBLING, other_grid}


def test_who_was_heard_in_another_grid_is_heard_of_at_home(people, village):
    actor = people["district"]
    dwellers = village.settle(6, GRID, building=0)
    asked = (
        (PARTICIPATION, participation.participation, (), {"siblings": False}),
        (OPENED, opening.open_figure, ("silent_buildings",), {}),
    )

    def shown():
        with clock.at(NOW):
            return [keeping.answer(view, what, actor, GRID, *named, **form).json
                    for view, what, named, form in asked]  # fmt: skip

    def silent():
        overview, opened = shown()
        return overview["missing"]["buildings"]["numerator"], opened["figure"]["numerator"]

    before = silent()
    for each in dwellers:
        village.do(each, "patrolled", place_code=f"{COMMUNITY}002")
    village.roll_up()
    kept = silent()
    keeping.forget()
    assert kept == silent() != before


def test_what_is_changed_while_it_is_reckoned_is_not_lost(people, report):
    with clock.at(NOW):

        def reckon(again=True):
            shown = service.show_overview(people["committee"], COMMUNITY)["totals"]["reported"]
            if again:
                report()  # commits after what it changes was counted
            return str(shown).encode()

        ask = ("test",), COMMUNITY, keeping.COUNTED[service.show_overview]
        assert keeping.found(*ask, reckon) == b"0"
        assert keeping.found(*ask, lambda: reckon(again=False)) == b"1"


@pytest.mark.postgresql
def test_who_commits_last_is_seen_though_it_began_first(app):
    if db.engine.dialect.name != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    words = insert(marks.PlaceChange).values(place_code=GRID, topic="cases")
    with db.engine.connect() as slow, db.engine.connect() as quick:
        slow.execute(words)
        quick.execute(words)
        quick.commit()
        before = marks.read_mark(COMMUNITY, ("cases",))
        marks.fold()
        assert marks.read_mark(COMMUNITY, ("cases",)) == before
        slow.commit()
    assert marks.read_mark(COMMUNITY, ("cases",)) == before + 1


def test_folding_changes_no_mark(people, report):
    report()
    marks.mark("cases", [marks.EVERYWHERE, COMMUNITY[:9]])
    db.session.commit()
    places = (COMMUNITY, SIBLING, COMMUNITY[:9], COMMUNITY[:6], GRID, ELSEWHERE)
    before = [marks.read_mark(place, ("cases", "places")) for place in places]
    assert marks.fold() > 0
    assert [marks.read_mark(place, ("cases", "places")) for place in places] == before
    assert marks.fold() == 0
    assert before[0] > before[1] > 0


def test_many_lines_are_folded_some_at_a_time(app, monkeypatch):
    marks.fold()
    monkeypatch.setattr(marks, "MOST_AT_ONCE", 2)
    marks.mark("cases", [GRID, COMMUNITY, SIBLING, GRID, marks.EVERYWHERE])
    db.session.commit()
    before = [marks.read_mark(place, ("cases",)) for place in (GRID, COMMUNITY, SIBLING)]
    with counted() as found:
        assert marks.fold() == 5
    assert sum("INSERT INTO place_marks" in words for words in found) == 3
    assert [marks.read_mark(place, ("cases",)) for place in (GRID, COMMUNITY, SIBLING)] == before


def test_what_is_kept_is_small_and_the_oldest_goes_first():
    kept, large = Kept(), b"x" * keeping.LARGEST

    def answer(body):
        return Answer(body, 1, clock.shanghai_day(NOW), NOW, None)

    kept.keep(("too large",), answer(large + b"x"))
    assert kept.answers == {}
    fitting = keeping.MOST_BYTES // keeping.LARGEST
    for number in range(fitting):
        kept.keep((number,), answer(large))
    assert (len(kept.answers), kept.bytes) == (fitting, keeping.MOST_BYTES)
    kept.keep(("one more",), answer(b"x"))
    assert (0,) not in kept.answers
    assert len(kept.answers) == fitting
    kept.keep(("one more",), answer(b"xy"))
    assert kept.bytes == keeping.MOST_BYTES - keeping.LARGEST + 2


def test_who_may_not_see_it_is_not_told_what_was_kept_for_another(clients):
    with clock.at(NOW):
        assert clients["committee"].get(PATH).status_code == 200
        assert clients["outsider"].get(PATH).status_code == 404
        assert clients["resident"].get(PATH).status_code == 403
        chinese = clients["district"].get(f"/committees/{COMMUNITY[:9]}/children")
        assert chinese.status_code == 200
