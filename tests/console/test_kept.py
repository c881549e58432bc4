"""Pages of figures are kept for who looked, and shown anew as soon as something has changed."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from app.committees import reviews
from app.core import clock, marks
from app.core.db import changed_rows, db, read, writing
from app.places.models import Place
from tests.committees.conftest import NOW, Village
from tests.factories.people import COMMUNITY, SIBLING
from tests.house.test_query_counts import counted

pytestmark = pytest.mark.either_database
PAGES = ("participation", "participation/siblings", "evaluation", "figures/people", "children",
         "children/map", "plan/coverage")  # fmt: skip
KEY = re.compile(r'name="once" value="([^"]+)"')


def path(page):
    return f"/console/{COMMUNITY}/{page}"


@pytest.fixture(autouse=True)
def at_now():
    with clock.at(NOW):
        yield


@pytest.mark.parametrize("page", PAGES)
def test_a_page_again_costs_two_queries_and_has_keys_of_its_own(sit, page):
    desk = sit("street") if page == "evaluation" else sit("committee")
    first = desk.get(path(page))
    with counted() as found, clock.at(NOW + timedelta(seconds=30)):
        again = desk.get(path(page))
    assert len(found) == 2, found
    assert again.content_type == first.content_type
    assert KEY.sub("", again.text) == KEY.sub("", first.text)
    keys = KEY.findall(first.text), KEY.findall(again.text)
    assert len(keys[0]) == len(keys[1]) > 0
    assert not set(keys[0]) & set(keys[1])


def test_it_is_nobody_elses_and_no_other_look(sit):
    committee, street = sit("committee"), sit("street")
    mine = committee.get(path("evaluation")).text
    theirs = street.get(path("evaluation")).text
    assert "evaluation/targets" in theirs
    assert "evaluation/targets" not in mine
    assert sit("outsider").get(path("evaluation")).status_code == 404
    assert sit("gridworker").get(path("evaluation")).status_code == 403
    part = committee.get(path("children/map"), part=True).text
    assert "<html" not in part
    assert "<html" in committee.get(path("children/map")).text
    committee.post("/console/look", {"language": "en", "back": path("evaluation")}, part=False)
    assert 'lang="en"' in committee.get(path("evaluation")).text


def test_what_has_changed_shows_at_once(sit, people):
    desk, village = sit("committee"), Village()
    before = desk.get(path("figures/people")).text
    for each in village.settle(6):
        village.do(each, "learnt")
    village.roll_up()
    assert desk.get(path("figures/people")).text != before
    assert "90" not in desk.get(path("evaluation")).text
    reviews.set_target(people["street"], COMMUNITY, "filing", wanted=0.9)
    assert "90" in desk.get(path("evaluation")).text


def test_a_frame_is_not_taken_for_one_of_the_same_number_elsewhere(sit):
    desk, place = sit("committee"), Place.code == COMMUNITY
    marks.mark("places", [SIBLING, SIBLING])
    db.session.commit()
    desk.get(path("participation/siblings"))  # of all the district, which has two changes
    marks.mark("places", [COMMUNITY])
    db.session.commit()
    before = read(select(Place.name).where(place)).scalar_one()
    with writing():
        changed_rows(update(Place).where(place).values(name="新名社区"))
    assert marks.read_mark(COMMUNITY, ("places",)) == 2
    shown = desk.get(path("figures/people")).text
    with writing():
        changed_rows(update(Place).where(place).values(name=before))
    assert 'aria-current="location">新名社区</span>' in shown
