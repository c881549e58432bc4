"""A small month: it looks like one, its figures are what happened, and it happens once."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import case, func, select

from app.committees import participation
from app.core import clock
from app.core.access import Actor, Role, RoleKind
from app.core.db import read
from app.core.outbox import OutboxEvent
from app.hazards.models import Hazard, HazardMove
from app.notices.models import Notice
from app.points import service as points
from app.quizzes import bank
from app.quizzes.models import Attempt
from app.residents.models import Residence
from app.rollups import rules as rollup_rules
from app.rollups import standing
from app.rollups.models import Fact
from app.rounds.models import Attendance
from app.volunteers.hours_models import HourEntry
from demo.commands import THERE, cli
from demo.month import making
from demo.month.making import COMMUNITY
from demo.month.rhythm import Calendar
from demo.seed import QUIZZES
from tests import databases
from tests.factories.people import make_people

pytestmark = pytest.mark.either_database
"""What it is made by is tested on both."""
NOW = datetime(2026, 11, 21, 13, 0, tzinfo=UTC)
"""Saturday, 21:00 in Shanghai."""
SMALL = making.Size(households=40, volunteers=7, days=10, around=0.0, lead_in=False, earlier=0)


@pytest.fixture(scope="module")
def month(app_on_database):
    """Let a small month have happened, once for all tests; returns how much did."""
    with app_on_database.app_context():
        databases.empty()
        with clock.at(NOW - timedelta(days=100)):
            make_people()
            bank.import_bank(QUIZZES / "given.json")
        with clock.at(NOW):
            said = []
            yield making.add(SMALL, say=said.append)
            assert not [line for line in said if "refused" in line]
        databases.close()


def number(of, *where):
    return read(select(func.count()).select_from(of).where(*where)).scalar_one()


def share(of, condition, *where):
    asked = select(func.avg(case((condition, 1.0), else_=0.0))).select_from(of).where(*where)
    return float(read(asked).scalar_one())


def test_it_is_believable(month):
    closed = Hazard.state == "closed"
    calendar = Calendar(clock.shanghai_day(NOW), SMALL.days)
    wet = sum(calendar.is_wet(calendar.ago(day)) for day in range(SMALL.days))
    reports = list(read(select(Hazard.reported_at)).scalars())
    reported = len(reports)
    wetly = sum(calendar.is_wet(clock.shanghai_day(at)) for at in reports)
    table = [
        ("things", month, 200, 1500),
        ("people with a home", number(Residence, Residence.state == "confirmed"), 40, 60),
        ("cases", reported, 3, 30),
        ("cases on wet days", wetly / reported, wet / SMALL.days, 0.8),
        ("closed", number(Hazard, closed) / reported, 0.4, 1),
        ("handled in time", share(Hazard, Hazard.handled_at <= Hazard.due_at, closed), 0.5, 1),
        ("rated", float(read(select(func.avg(Hazard.rating))).scalar_one()), 3.5, 5),
        ("at night", sum(at.astimezone(clock.SHANGHAI).hour < 6 for at in reports), 0, 0),
        ("attempts", number(Attempt), 15, 250),
        ("right answers", share(Attempt, Attempt.right_count * 2 >= Attempt.counted), 0.5, 1),
        ("who came", number(Attendance, Attendance.state == "ended"), 5, 90),
        ("who did not", number(Attendance, Attendance.state == "no_show"), 0, 12),
        ("told", number(Notice), 100, 2000),
        ("in the future", number(Fact, Fact.happened_at > NOW), 0, 0),
        ("not delivered", number(OutboxEvent, OutboxEvent.delivered_at.is_(None)), 0, 0),
    ]  # fmt: skip
    assert [row for row in table if not row[2] <= row[1] <= row[3]] == []


def test_its_figures_are_what_happened(month):
    answers = HazardMove.move.in_(rollup_rules.ANSWERING_MOVES)
    credited = select(func.coalesce(func.sum(HourEntry.minutes), 0)).where(
        HourEntry.state == "credited", HourEntry.reversed_at.is_(None)
    )
    happened = {
        "reported": number(Hazard),
        "confirmed": number(HazardMove, answers),
        "learnt": number(Attempt, Attempt.counted > 0, Attempt.finished_at.is_not(None)),
        "minutes": int(read(credited).scalar_one()),
        "people": read(select(func.count(Fact.resident_id.distinct()))).scalar_one(),
    }
    committee = Actor(0, "", (Role(RoleKind.COMMITTEE, COMMUNITY),))
    days = (clock.shanghai_day(NOW) - timedelta(days=40), clock.shanghai_day(NOW))
    shown = participation.participation(committee, COMMUNITY, first=days[0], last=days[1])
    assert {name: shown["figures"][name]["value"] for name in happened} == happened
    assert standing.check() == sum(
        happened[name] for name in ("reported", "confirmed", "learnt")
    ) + number(Fact, Fact.activity == "patrolled")
    assert points.check_books() == 0


def test_it_happens_once(month, app_on_database):
    before = number(Fact), number(Hazard), number(Notice)
    said = app_on_database.test_cli_runner().invoke(cli, ["month"])
    assert (said.exit_code, said.output.strip()) == (0, THERE)
    assert (number(Fact), number(Hazard), number(Notice)) == before
