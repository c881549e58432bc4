"""Volunteers and shifts, made in one line each."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from app.core import clock, outbox
from app.core.access import RoleKind
from app.core.db import db, read, writing
from app.notices import service as notices
from app.patrols import planning, rules, seats
from app.patrols.models import Offer, Shift, SignUp
from app.volunteers.models import Team, TeamMember, Volunteer
from app.volunteers.rules import RISK_VERSION
from tests.factories.people import COMMUNITY, make_actor

NOW = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
"""Saturday, 10:00 in Shanghai."""
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
GRID = "510105007004001"


@pytest.fixture
def now(app):
    """Stop the clock on a Saturday morning."""
    with clock.at(NOW):
        yield NOW


def make_volunteer(actor, **profile):
    """Let somebody serve, with a profile that fits any shift of no special need."""
    given = {
        "number": f"LV-{actor.resident_id}",
        "birth_year": 1980,
        "skills": [],
        "languages": ["zh"],
        "availability": [],
        "risk_version": RISK_VERSION,
        "risk_consent_at": clock.now(),
        "on_honour_board": False,
        "paused": False,
        "since": clock.now(),
    }
    db.session.add(Volunteer(resident_id=actor.resident_id, **(given | profile)))
    db.session.commit()
    return actor


@pytest.fixture
def volunteer(app):
    """Return what makes a volunteer; with no name given, somebody new of no community."""

    def make(actor=None, **profile):
        return make_volunteer(actor or make_actor(), **profile)

    return make


@pytest.fixture
def crowd(volunteer):
    """Return what makes so many volunteers."""
    return lambda number: [volunteer() for _ in range(number)]


def make_shift(planner, starts_in=2 * DAY, lasts=2 * HOUR, **form):
    """Plan a shift; returns its id."""
    starts_at = form.pop("starts_at", clock.now() + starts_in)
    given = {
        "title": "晚间巡逻",
        "place_code": COMMUNITY,
        "starts_at": starts_at,
        "ends_at": starts_at + lasts,
        "capacity": 2,
    }
    return planning.create_shift(planner, **(given | form))


def acquaint(*actors):
    """Let people have walked together two weeks ago: who knows each other may swap."""
    starts_at, planner = clock.now() - 14 * DAY, make_actor()
    form = {"title": "上次", "place_code": COMMUNITY, "capacity": 50, "taken": len(actors)}
    times = {"starts_at": starts_at, "ends_at": starts_at + HOUR, "told_end_at": starts_at + HOUR}
    with writing(), clock.at(starts_at - DAY):
        [shift_id] = planning.plan_shifts(planner, [form | times], past=True)
        for actor in actors:
            seats.put(shift_id, actor.resident_id, None, rules.JOINED, joined_at=clock.now())


@pytest.fixture
def plan(people):
    """Return what plans a shift as the committee."""
    return lambda *times, **form: make_shift(people["committee"], *times, **form)


@pytest.fixture
def filled(plan, crowd):
    """A shift with two seats, both taken, and two people who wait."""
    shift_id = plan()
    people = crowd(4)
    for person in people:
        seats.sign_up(person, shift_id)
    return SimpleNamespace(id=shift_id, people=people)


def shift_row(shift_id):
    return read(db.select(*Shift.__table__.columns).where(Shift.id == shift_id)).one()


def state_of(shift_id, actor):
    """Return what somebody is to a shift."""
    row = seats.signup_of(shift_id, actor.resident_id)
    return row.state if row else None


def states(shift_id):
    """Return the states of all sign-ups of a shift, in the order in which people came."""
    rows = read(db.select(SignUp.state).where(SignUp.shift_id == shift_id).order_by(SignUp.id))
    return list(rows.scalars())


def offer_of(actor):
    """Return somebody's open offer."""
    mine = (Offer.resident_id == actor.resident_id) & (Offer.state == "open")
    return read(db.select(*Offer.__table__.columns).where(mine)).one_or_none()


def told(actor):
    """Deliver what happened, twice; return the kinds that somebody was told, oldest first."""
    outbox.deliver_due()
    outbox.deliver_due()
    items = notices.list_notices(actor, limit=50)["items"]
    return [item["kind"] for item in reversed(items)]


def assert_sound(*shift_ids):
    """Seats, holders and waiting people agree; nobody is overbooked."""
    for shift_id in shift_ids:
        row, found = shift_row(shift_id), states(shift_id)
        holders = sum(state in rules.HOLDING for state in found)
        assert row.taken == holders
        assert 0 <= row.taken <= row.capacity
        assert row.waiting == found.count(rules.WAITING)
        running = read(
            db.select(Offer.id).where(Offer.shift_id == shift_id, Offer.state == "open")
        ).all()
        assert len(running) == found.count(rules.OFFERED)


def resident_of(code):
    return make_actor((RoleKind.RESIDENT, code))


@pytest.fixture
def team(people):
    """Return what makes a team of these people; the first leads it."""

    def make(*members, place_code=COMMUNITY):
        given = {"name": "草堂平安志愿队", "kind": "peace", "place_code": place_code}
        row = Team(**given, created_by=people["committee"].resident_id, created_at=clock.now())
        db.session.add(row)
        db.session.flush()
        for position, member in enumerate(members):
            db.session.add(
                TeamMember(
                    team_id=row.id,
                    resident_id=member.resident_id,
                    state="member",
                    leader=position == 0,
                    since=clock.now(),
                )
            )
        db.session.commit()
        return row.id

    return make
