"""Pages of what is so now are kept, and never a moment longer than it is so."""

from datetime import timedelta

import pytest
from sqlalchemy import insert, select, update

from app.console.today import MOST_TURNS
from app.core import clock
from app.core.access import RoleKind
from app.core.db import changed_rows, read, writing
from app.hazards.models import Hazard
from app.patrols.models import Shift
from app.places.models import Place
from app.residents import leaving
from app.residents.models import Residence
from app.rosters import recurrence
from app.volunteers.models import LikedPlace
from tests.console.conftest import Desk
from tests.console.live import DOES, SHOWN, Life, forget, look, look_at_all
from tests.factories.people import COMMUNITY, SIBLING, make_actor
from tests.hazards.conftest import (  # noqa: F401 fixtures
    morning,
    photo,
    report,
    spot,
    step,
)
from tests.house.test_query_counts import counted
from tests.patrols.conftest import make_shift, make_volunteer

pytestmark = pytest.mark.either_database


@pytest.mark.usefixtures("put_back")
def test_whatever_somebody_does_shows_at_once(sit, people, report, photo, step):  # noqa: F811
    life, desk = Life(people, report, photo, step), sit("committee")
    before = look_at_all(desk)
    for first in range(0, len(DOES), AT_ONCE):
        some = DOES[first : first + AT_ONCE]
        for _, do, _ in some:
            do(life)
        kept = look_at_all(desk)
        forget()
        drawn = look_at_all(desk)
        names = [name for name, *_ in some]
        assert {page for page in drawn if kept[page] != drawn[page]} == set(), names
        shows = set().union(*(pages for *_, pages in some))
        assert shows <= {page for page in drawn if drawn[page] != before[page]}, names
        before = drawn


def test_who_lives_elsewhere_is_listed_with_the_place_as_it_is_called_now(sit):
    amei, there = make_actor((RoleKind.RESIDENT, SIBLING)), Place.code == SIBLING
    before = read(select(Place.name).where(there)).scalar_one()
    with writing():
        home = {"resident_id": amei.resident_id, "place_code": SIBLING, "room": "",
                "state": "confirmed", "requested_at": clock.now()}  # fmt: skip
        changed_rows(insert(Residence).values(home))
        changed_rows(insert(LikedPlace), {"resident_id": amei.resident_id, "place_code": COMMUNITY})
    make_volunteer(amei)
    desk = sit("committee")
    assert before in look(desk, "volunteers")
    with writing():
        changed_rows(update(Place).where(there).values(name="新名社区"))
    shown = look(desk, "volunteers")
    with writing():
        changed_rows(update(Place).where(there).values(name=before))
    assert "新名社区" in shown


def test_who_has_asked_to_go_is_listed_so_until_they_stay_after_all(sit):
    amei = make_volunteer(make_actor((RoleKind.RESIDENT, COMMUNITY)))
    with writing():
        changed_rows(insert(LikedPlace), {"resident_id": amei.resident_id, "place_code": COMMUNITY})
    desk = sit("committee")
    before = look(desk, "volunteers")
    leaving.ask(amei)
    assert look(desk, "volunteers") != before
    leaving.take_back(amei)
    assert look(desk, "volunteers") == before


AT_ONCE = 2
"""So many things are done between two looks at all pages; each by itself moves the marks."""
SECOND = timedelta(seconds=1)
DAY = timedelta(days=1)


def act_by():
    return read(select(Hazard.act_by)).scalar_one()


def due_next_week(life):
    """Have a case that is owed in more than a day."""
    life.report_it()
    life.take("accepted")
    with writing():
        changed_rows(update(Hazard).values(act_by=life.now + 3 * DAY))


def doubted(life):
    life.report_it()
    life.doubt_photo()


def reported(life):
    life.report_it()


def demanded(life):
    life.demand()


def made(life):
    life.ask_for_report()
    life.figure_report()


def planned(days):
    """Return what plans a shift with too few people, in so many days."""

    def plan(life):
        make_shift(life.committee, starts_at=life.now + days * DAY, capacity=3, minimum=2)

    return plan


def starts_at():
    return read(select(Shift.starts_at)).scalar_one()


def midnight():
    return clock.day_start(clock.shanghai_day(clock.now()) + DAY)


def monday():
    this = recurrence.monday_of(clock.shanghai_day(clock.now()))
    return clock.day_start(this + 7 * DAY)


TURNS = (
    (reported, act_by, ("today", "board", "late", "map", "column")),
    (due_next_week, lambda: act_by() - DAY, ("today",)),
    (due_next_week, act_by, ("today", "board", "late", "map")),
    (doubted, lambda: clock.now() + 90 * DAY, ("today",)),
    (made, lambda: clock.now() + 7 * DAY, ("today",)),
    (planned(1), starts_at, ("today", "week", "needing")),
    (planned(1), lambda: starts_at() + timedelta(hours=2), ("week",)),
    (planned(9), lambda: starts_at() - 7 * DAY, ("today",)),
    (demanded, midnight, ("rectifications",)),
    (reported, midnight, ("board", "today")),
    (planned(2), midnight, ("week", "needing")),
    (planned(2), monday, ("week", "rosters")),
    (made, midnight, ("report",)),
)
"""What was done, when time makes something else of it, and the pages that show that."""


@pytest.mark.parametrize("turn", range(len(TURNS)))
def test_what_time_changes_changes_at_that_moment(sit, people, report, photo, step, turn):  # noqa: F811
    did, moment, pages = TURNS[turn]
    life = Life(people, report, photo, step)
    did(life)
    at = moment()
    with clock.at(at - SECOND):
        desk = sit("committee")
    for page in pages:
        path = SHOWN[page][1]
        with clock.at(at - SECOND):
            first = look(desk, path)
            with counted() as found:
                before = look(desk, path)
        assert len(found) == 2
        assert before == first
        with clock.at(at + SECOND):
            after = look(desk, path)
            forget()
            assert after == look(desk, path)
        assert after != before, page
        with clock.at(at - SECOND):  # a clock that was put back
            assert look(desk, path) == before


def test_a_page_of_today_is_kept_over_its_turns_and_says_as_of_when(sit, people, report):  # noqa: F811
    report()
    desk, path = sit("committee"), f"/console/{COMMUNITY}/today"
    desk.get(path, part=True)
    for turn in (3, 4):
        with clock.at(clock.now() + turn * timedelta(minutes=1)), counted() as found:
            page = desk.get(path, part=True, turn=turn).text
        assert len(found) == 2
        assert f"09:0{turn}" in page
        assert f"turn={turn + 1}" in page
    over = desk.get(path, part=True, turn=MOST_TURNS).text
    assert "turn=" not in over
    assert "09:00" in over
    assert desk.get(path, part=True, turn=MOST_TURNS + 1).status_code == 422
    assert desk.get(path, part=True, turn="x").status_code == 422


def test_what_was_just_done_is_said_once(sit, people):
    desk, path = sit("committee"), f"/console/{COMMUNITY}/plan"
    for _ in range(2):
        with counted() as found:
            assert desk.get(path, done="saved").status_code == 200
        assert "place_marks" not in "".join(found)


def test_what_is_refused_is_kept_for_nobody(sit, people):
    outsider = make_actor((RoleKind.COMMITTEE, "320506100006"))
    assert sit("committee").get(f"/console/{COMMUNITY}/board").status_code == 200
    for _ in range(2):
        assert (
            Desk(sit("committee").http.application, outsider)
            .get(f"/console/{COMMUNITY}/board")
            .status_code
            == 404
        )
        assert sit("committee").get(f"/console/{COMMUNITY}/board?late=x").status_code == 422
    assert sit("resident").get(f"/console/{COMMUNITY}/board").status_code == 403
