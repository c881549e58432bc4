"""What the clock does: today's figures, who is registered, and a check that finds a lie."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert, update

from app.core import clock
from app.core.db import changed_rows, writing
from app.places.rules import PlaceKind
from app.residents.models import Residence
from app.rollups import jobs, reading, rules, standing
from app.rollups.models import DayFigures
from tests.factories.people import COMMUNITY, SIBLING, make_actors

NOW = datetime(2026, 11, 20, 15, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def evening():
    with clock.at(NOW):
        yield


def test_the_clock_rolls_up_and_tells_how_far(town):
    assert reading.rolled_up() == (None, rules.VERSION, 0)
    town.write(town.made(20))
    assert reading.rolled_up().waiting == 20
    assert jobs.roll_up() == 20
    assert reading.rolled_up() == (NOW, rules.VERSION, 0)
    assert jobs.check() == 20


def test_a_figure_that_lies_is_found(town):
    town.write(town.made(20))
    jobs.roll_up()
    with writing():
        changed_rows(update(DayFigures).where(DayFigures.digits == 6).values(participations=99))
    with pytest.raises(standing.FiguresLie):
        jobs.check()


def test_registered_residents_are_kept_by_the_night(app):
    today = clock.shanghai_day(clock.now())
    _settle([f"{COMMUNITY}001", f"{COMMUNITY}001", f"{COMMUNITY}002", SIBLING])
    asked = COMMUNITY[:6], PlaceKind.COMMUNITY
    live = {COMMUNITY: 3, SIBLING: 1}
    assert reading.registered(*asked, today) == live
    assert reading.registered(*asked, today - timedelta(days=60)) == {}
    jobs.count_registered()
    _settle([SIBLING])
    assert reading.registered(*asked, today) == live
    assert jobs.count_registered()
    assert reading.registered(*asked, today) == {COMMUNITY: 3, SIBLING: 2}
    assert reading.registered(COMMUNITY, PlaceKind.GRID, today) == {
        f"{COMMUNITY}001": 2,
        f"{COMMUNITY}002": 1,
    }


def _settle(codes):
    people = make_actors([((), {}) for _ in codes])
    confirmed = {"room": "1-101", "state": "confirmed"}
    when = clock.now() - timedelta(days=30)
    with writing():
        changed_rows(
            insert(Residence),
            [
                confirmed
                | {
                    "resident_id": person.resident_id,
                    "place_code": code,
                    "requested_at": when,
                    "decided_at": when,
                }
                for person, code in zip(people, codes, strict=True)
            ],
        )
