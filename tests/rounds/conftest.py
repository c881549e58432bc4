"""A round with two checkpoints, three people and a leader, and phones that check in."""

import uuid
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from app.core import clock, outbox
from app.core.access import RoleKind
from app.core.db import db, read
from app.notices import service as notices
from app.patrols import beats, planning, seats
from app.patrols import rules as patrol_rules
from app.patrols.models import Checkpoint
from app.rounds import codes, service
from app.rounds.models import Attendance, CheckIn, RoundFlag
from app.volunteers import hours
from app.volunteers.models import Volunteer
from app.volunteers.rules import RISK_VERSION
from tests.factories.people import COMMUNITY, make_actor

EVENING = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)
"""Friday, 19:00 in Shanghai: the shift begins."""
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
ENDS = EVENING + 2 * HOUR
LAT, LON = 30.6584, 104.0325
"""In the first grid of 草堂路社区."""
A_STEP = 0.00225
"""About 250 m to the north."""
FAR_AWAY = {"lat": LAT + 0.05, "lon": LON, "accuracy": 10.0}


def make_volunteer(name, *, agrees=True):
    """Make a volunteer of 草堂路社区; `agrees`: that their way is recorded."""
    actor = make_actor((RoleKind.RESIDENT, COMMUNITY), name=name)
    enroll(actor, agrees=agrees)
    return actor


def enroll(actor, *, agrees=True):
    db.session.add(
        Volunteer(
            resident_id=actor.resident_id,
            number=f"LV-2026-{actor.resident_id:06}",
            birth_year=1980,
            skills=[],
            languages=["zh"],
            availability=[],
            risk_version=RISK_VERSION,
            risk_consent_at=clock.now(),
            location_consent_at=clock.now() if agrees else None,
            on_honour_board=False,
            paused=False,
            since=clock.now(),
        )
    )
    db.session.commit()


class Phone:
    """Somebody's phone on the round: sends what it is told, as if it were that moment."""

    def __init__(self, night, actor):
        self.night, self.actor = night, actor

    def item(self, kind="start", after=timedelta(), place=0, **changes):
        """Return a check-in made so long after the shift's start at a place of the route."""
        at = EVENING + after
        given = {
            "client_uuid": str(uuid.uuid4()),
            "kind": kind,
            "at": at,
            "sent_at": at,
            "accuracy": 8.0,
            **self.night.spots[place],
        }
        if kind == "checkpoint":
            given["checkpoint_id"] = self.night.checkpoints[place].id
        return given | changes

    def send(self, kind="start", after=timedelta(), place=0, *, received=None, **changes):
        """Check in at that moment; `received`: how long after the start we hear of it."""
        item = self.item(kind, after, place, **changes)
        with clock.at(EVENING + (after if received is None else received)):
            return service.check_in(self.actor, self.night.id, **item)

    def walk(self, **changes):
        """Walk the whole round as one should, with the leader's code at the start and the end."""
        self.send("start", code=self.night.code(), **changes)
        self.send("checkpoint", 30 * MINUTE, 0)
        self.send("checkpoint", 60 * MINUTE, 1)
        return self.send("end", 2 * HOUR, 0, code=self.night.code(2 * HOUR))


class Night(SimpleNamespace):
    """A shift with its people, its route and its leader."""

    def phone(self, who):
        return Phone(self, getattr(self, who))

    def code(self, after=timedelta()):
        """Return the code that the leader's phone shows then."""
        return codes.text(self.id, codes.step_at(EVENING + after))

    def printed(self, place=0):
        spot = self.checkpoints[place]
        return patrol_rules.code_text(spot.id, spot.secret)


@pytest.fixture
def night(app, people):
    """Return a shift of two hours with seats for three, led by somebody without a seat."""
    with clock.at(EVENING - 2 * DAY):
        return make_night(people)


def make_night(people, crew=("anna", "bo", "chen"), **form):
    walkers = {name: make_volunteer(name, agrees=name != "chen") for name in crew}
    leader = make_volunteer("leader")
    spots = [{"lat": LAT, "lon": LON}, {"lat": LAT + A_STEP, "lon": LON}]
    route = beats.create_route(
        people["committee"],
        place_code=COMMUNITY,
        name="河边一圈",
        checkpoints=[{"name": f"点{n}", **spot} for n, spot in enumerate(spots, 1)],
    )
    given = {
        "title": "晚间巡逻",
        "place_code": COMMUNITY,
        "route_id": route["id"],
        "leader_id": leader.resident_id,
        "starts_at": EVENING,
        "ends_at": ENDS,
        "capacity": 10,
    }
    shift_id = planning.create_shift(people["committee"], **(given | form))
    for walker in walkers.values():
        seats.sign_up(walker, shift_id)
    return Night(
        id=shift_id,
        people=people,
        leader=leader,
        committee=people["committee"],
        gridworker=people["gridworker"],
        spots=spots,
        route_id=route["id"],
        checkpoints=checkpoints_of(route["id"]),
        **walkers,
    )


def checkpoints_of(route_id):
    rows = db.select(*Checkpoint.__table__.columns).where(Checkpoint.route_id == route_id)
    return read(rows.order_by(Checkpoint.seq)).all()


def attendance_of(night, actor):
    mine = (Attendance.shift_id == night.id) & (Attendance.resident_id == actor.resident_id)
    return read(db.select(*Attendance.__table__.columns).where(mine)).one_or_none()


def flags_of(night, actor):
    """Return the kinds of flags that were raised about somebody."""
    rows = (
        db.select(RoundFlag.kind)
        .join(Attendance, Attendance.id == RoundFlag.attendance_id)
        .where(Attendance.shift_id == night.id, Attendance.resident_id == actor.resident_id)
    )
    return sorted(read(rows.order_by(RoundFlag.id)).scalars())


def flag_ids(night, actor):
    rows = (
        db.select(RoundFlag.id)
        .join(Attendance, Attendance.id == RoundFlag.attendance_id)
        .where(Attendance.shift_id == night.id, Attendance.resident_id == actor.resident_id)
    )
    return list(read(rows.order_by(RoundFlag.id)).scalars())


def check_ins_of(actor):
    rows = db.select(*CheckIn.__table__.columns).where(CheckIn.resident_id == actor.resident_id)
    return read(rows.order_by(CheckIn.id)).all()


def hours_of(night, actor):
    """Return the minutes that stand credited, and whether they are held."""
    entries = hours.entries_of(actor.resident_id, night.id)
    return sum(e.minutes for e in entries), [e.state for e in entries]


def told(actor):
    """Deliver what happened, twice; return the kinds that somebody was told, oldest first."""
    outbox.deliver_due()
    outbox.deliver_due()
    items = notices.list_notices(actor, limit=50)["items"]
    return [item["kind"] for item in reversed(items)]


def at(after):
    """Let it be so long after the shift's start."""
    return clock.at(EVENING + after)
