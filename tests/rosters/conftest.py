"""A community with volunteers, shifts and templates, on a Saturday morning."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from app.core import clock, deliveries, outbox
from app.core.access import RoleKind
from app.core.clock import SHANGHAI
from app.core.db import db, read
from app.notices.models import Notice
from app.patrols import planning
from app.patrols.models import Shift, SignUp
from app.residents.models import Residence
from app.rosters import templates
from app.volunteers.models import LikedPlace, Team, TeamMember
from tests.factories.people import COMMUNITY, make_actor
from tests.patrols.conftest import make_shift, make_volunteer

NOW = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
"""Saturday, 10:00 in Shanghai; the Monday after is the 23rd."""
GRID = "510105007004001"
ALWAYS = [{"weekday": day, "from": "00:00", "to": "24:00"} for day in range(1, 8)]


def wall(day, clock_time, month=11):
    """Return a moment of 2026 by its wall time in Shanghai."""
    hours, minutes = map(int, clock_time.split(":"))
    return datetime(2026, month, day, hours, minutes, tzinfo=SHANGHAI).astimezone(UTC)


@pytest.fixture
def now(app):
    with clock.at(NOW):
        yield NOW


@pytest.fixture
def plan(people, now):
    """Return what plans a shift as the committee does: `plan(day, "19:00", ...)`."""

    def make(day=24, starts="19:00", hours=2, by=None, **form):
        lasts = timedelta(hours=hours)
        given = {"starts_at": wall(day, starts), "lasts": lasts, "capacity": 4, "minimum": 2}
        return make_shift(by or people["committee"], **(given | form))

    return make


@pytest.fixture
def neighbour(app, now):
    """Return what makes a volunteer who lives here and can at any time."""

    def make(home=COMMUNITY, likes=(), team=None, **profile):
        actor = make_actor((RoleKind.RESIDENT, COMMUNITY))
        make_volunteer(actor, **({"availability": ALWAYS} | profile))
        if home:
            db.session.add(
                Residence(
                    resident_id=actor.resident_id,
                    place_code=home,
                    room="1-101",
                    state="confirmed",
                    requested_at=clock.now(),
                )
            )
        db.session.add_all(
            LikedPlace(resident_id=actor.resident_id, place_code=code) for code in likes
        )
        if team:
            db.session.add(
                TeamMember(
                    team_id=team,
                    resident_id=actor.resident_id,
                    state="member",
                    leader=False,
                    since=clock.now(),
                )
            )
        db.session.commit()
        return actor

    return make


@pytest.fixture
def team(people, volunteer_leader):
    """Return a team of the community and its leader."""
    return volunteer_leader


@pytest.fixture
def volunteer_leader(people, neighbour):
    leader = neighbour()
    found = Team(
        name="平安志愿队",
        kind="peace",
        place_code=COMMUNITY,
        created_by=people["committee"].resident_id,
        created_at=clock.now(),
    )
    db.session.add(found)
    db.session.flush()
    db.session.add(
        TeamMember(
            team_id=found.id,
            resident_id=leader.resident_id,
            state="member",
            leader=True,
            since=clock.now(),
        )
    )
    db.session.commit()
    return found.id, leader


@pytest.fixture
def template(people, now):
    """Return what makes a template; by default Mondays and Wednesdays at 19:00."""

    def make(by=None, **form):
        given = {
            "place_code": COMMUNITY,
            "title": "晚间巡逻",
            "rrule": "FREQ=WEEKLY;BYDAY=MO,WE",
            "starts": "19:00",
            "duration_min": 120,
            "capacity": 4,
            "minimum": 2,
            "skills": [],
            "residence_required": False,
        }
        return templates.create_template(by or people["committee"], **(given | form))

    return make


def shifts(**where):
    """Return the rows of shifts, soonest first."""
    wanted = select(*Shift.__table__.columns).filter_by(**where)
    return read(wanted.order_by(Shift.starts_at, Shift.id)).all()


def days(rows):
    return [f"{row.starts_at.astimezone(SHANGHAI):%m-%d}" for row in rows]


def serve(actor, shift_id, state="joined"):
    """Put somebody on a shift, whatever the rules say: for what was long ago."""
    db.session.add(
        SignUp(
            shift_id=shift_id,
            resident_id=actor.resident_id,
            state=state,
            signed_at=clock.now(),
            joined_at=clock.now(),
            changed_at=clock.now(),
        )
    )
    if state in {"joined", "seeking"}:
        db.session.get(Shift, shift_id).taken += 1
    db.session.commit()


@pytest.fixture
def past_shift(people, now):
    """Return what plans a shift that is over, so many days ago."""

    def make(days_ago=3, **form):
        starts_at = clock.now() - timedelta(days=days_ago)
        given = {
            "title": "从前的巡逻",
            "place_code": COMMUNITY,
            "starts_at": starts_at,
            "ends_at": starts_at + timedelta(hours=2),
            "capacity": 50,
        }
        [made] = planning.plan_shifts(people["committee"], [given | form], past=True)
        return made

    return make


def deliver_all():
    """Deliver events and deliveries until nothing is due."""
    while outbox.deliver_due() or deliveries.deliver_due():
        pass


def told(kind):
    """Return who was told of a kind, by id, with the parameters."""
    rows = read(select(Notice.resident_id, Notice.params).where(Notice.kind == kind))
    return {row.resident_id: row.params for row in rows}
