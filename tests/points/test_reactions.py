"""A hazard that was really solved is thanked; a report is not."""

import importlib.util
from datetime import timedelta

import pytest
from sqlalchemy import update

from app.config import ROOT
from app.core import clock, outbox
from app.core.db import changed_rows, read, writing
from app.core.outbox import OutboxEvent, OutboxReceipt
from app.hazards import clockwork
from app.points import service as points

_spec = importlib.util.spec_from_file_location(
    "hazard_fixtures", ROOT / "tests" / "hazards" / "conftest.py"
)
_hazards = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(_hazards)
spot, morning, report, photo, step, case_in = (
    _hazards.spot,
    _hazards.morning,
    _hazards.report,
    _hazards.photo,
    _hazards.step,
    _hazards.case_in,
)
DAY = timedelta(days=1)


@pytest.fixture
def balance(people):
    def of(who="resident"):
        outbox.deliver_due()
        return points.my_points(people[who])["balance"]

    return of


@pytest.mark.parametrize("state", ["reported", "accepted", "declined", "withdrawn", "handled"])
def test_before_it_is_solved_nothing_is_given(state, case_in, balance):
    case_in(state)
    assert balance() == 0


def test_confirmed_by_the_reporter_is_thanked_once(case_in, people, balance):
    case = case_in("closed")
    assert balance() == 10
    line = points.my_points(people["resident"])["items"][0]
    assert line["source"] == {"type": "hazard", "id": case["id"]}
    _deliver_everything_again()
    assert balance() == 10


def _deliver_everything_again():
    """As if every receipt had been lost as well."""
    with writing():
        changed_rows(OutboxReceipt.__table__.delete())
        changed_rows(update(OutboxEvent).values(delivered_at=None, try_at=clock.now()))


def test_checked_by_the_committee_is_thanked(case_in, step, balance):
    step(case_in("handled"), "closed", "committee")
    assert balance() == 10


def test_closed_by_the_clock_is_not(case_in, balance):
    case_in("handled")
    with clock.at(clock.now() + 15 * DAY):
        assert clockwork.close_unanswered() == 1
        assert balance() == 0


def test_without_a_name_is_thanked_in_ones_own_ledger(case_in, people, balance):
    case_in("closed", anonymous=True)
    assert balance() == 10
    for who in ("gridworker", "committee", "neighbour"):
        assert points.my_points(people[who])["items"] == []


def test_opened_again_takes_it_back_and_solved_again_gives_it_again(case_in, step, balance):
    case = case_in("closed")
    assert balance() == 10
    step(case, "handling", "resident", note="又停了", after=DAY)
    with clock.at(clock.now() + DAY):
        assert balance() == 0
    step(case, "handled", after=DAY)
    step(case, "closed", "resident", after=DAY)
    with clock.at(clock.now() + DAY):
        assert balance() == 10
        _deliver_everything_again()
        assert balance() == 10


def test_facts_may_come_in_any_order(case_in, step, balance, people):
    case = case_in("closed")
    step(case, "handling", "resident", note="又停了", after=DAY)
    facts = read(OutboxEvent.__table__.select().where(OutboxEvent.kind == "hazards.moved")).all()
    with writing():
        changed_rows(update(OutboxEvent).values(delivered_at=clock.now()))
    with clock.at(clock.now() + DAY):
        for fact in reversed(facts):
            with writing():
                changed_rows(
                    update(OutboxEvent)
                    .where(OutboxEvent.id == fact.id)
                    .values(delivered_at=None, try_at=clock.now())
                )
            outbox.deliver_due()
        assert points.my_points(people["resident"])["balance"] == 0


def test_nobody_is_thanked_for_confirming_their_own_work(people, report, step, balance):
    worker = people["gridworker"]
    case = report("gridworker")
    for to in ("accepted", "assigned", "handling", "handled"):
        step(case, to)
    step(case, "closed", "committee")
    outbox.deliver_due()
    assert points.my_points(worker)["balance"] == 0
