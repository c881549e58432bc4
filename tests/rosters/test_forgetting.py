"""What was planned long ago is forgotten; what people signed up for is not."""

from datetime import date, timedelta

from sqlalchemy import select

from app.core import clock, jobs
from app.core.db import read
from app.patrols import seats
from app.rosters import call_outs, copies, proposals
from app.rosters.models import CallOut, CopiedShift, RosterAssignment, RosterProposal
from tests.factories.people import COMMUNITY
from tests.rosters.conftest import NOW, deliver_all

DAYS = timedelta(days=1)


def kept():
    tables = (CallOut, CopiedShift, RosterProposal, RosterAssignment)
    return [len(read(select(table.id)).all()) for table in tables]


def test_what_was_long_ago_is_forgotten(plan, neighbour, people):
    somebody, shift_id = neighbour(), plan(day=24, minimum=1)
    committee = people["committee"]
    call_outs.call_out(committee, shift_id, count=1)
    week, later = date(2026, 11, 24), date(2026, 12, 1)
    copies.duplicate_week(committee, place_code=COMMUNITY, from_week=week, to_week=later)
    roster = proposals.ask_for_roster(committee, place_code=COMMUNITY, week=week)
    deliver_all()
    proposals.move_roster(committee, roster["id"], to="accepted")
    deliver_all()
    open_one = proposals.ask_for_roster(committee, place_code=COMMUNITY, week=later)
    forget = jobs._jobs["rosters.forget"].run
    assert forget() == 0
    assert kept() == [1, 1, 2, 1]
    with clock.at(NOW + 12 * DAYS):
        assert forget() == 1
    assert kept() == [1, 0, 2, 1]
    with clock.at(NOW + 191 * DAYS):
        assert forget() == 2
        assert forget() == 0
    assert kept() == [0, 0, 1, 0]
    assert proposals.show_roster(committee, open_one["id"])["state"] == "computing"
    assert seats.signup_of(shift_id, somebody.resident_id).state == "joined"
