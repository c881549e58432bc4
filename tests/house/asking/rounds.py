"""How the routes about rounds are asked. A round of one's own is one that one walks."""

import uuid
from datetime import timedelta

from sqlalchemy import select

from app.core import clock
from app.core.db import read
from app.patrols import planning, seats
from app.rounds import appeals, codes, service, settlement, sos
from app.rounds.models import Attendance, RoundFlag
from app.volunteers import service as volunteers
from tests.factories.people import make_actor
from tests.house import kept
from tests.house.asking.patrols import code_of, form, planner
from tests.patrols.conftest import make_volunteer

SOON = timedelta(minutes=30)
FAR = {"lat": 31.5, "lon": 104.0, "accuracy": 9.0}


def walker(actor):
    """Return somebody who serves and lets their way be recorded."""
    if volunteers.is_volunteer(actor.resident_id):
        return actor
    return make_volunteer(actor, location_consent_at=clock.now())


@kept.by_maker
def round_of(world, who, whose):
    """Plan a shift that is about to begin; returns its id and one who walks it.

    That is the asker, if it is their own; somebody else has a seat in any case.
    """
    code = code_of(world, who, whose)
    shift_id = planning.create_shift(planner(code), **form(code, SOON, capacity=5))
    colleague = walker(make_actor())
    seats.sign_up(colleague, shift_id)
    if whose != "own" or who not in world.people:
        return shift_id, colleague
    mine = walker(world.people[who])
    seats.sign_up(mine, shift_id)
    return shift_id, mine


def item(**changes):
    now = clock.now()
    return {"client_uuid": str(uuid.uuid4()), "kind": "start", "at": now, **changes}


def sent(**changes):
    return item(**changes) | {"at": clock.now().isoformat()}


def at_round(method, path, body=None, after=timedelta()):
    def ask(client, world, who, whose):
        shift_id, _ = round_of(world, who, whose)
        given = () if body is None else (body(),)
        with clock.at(clock.now() + after):
            return getattr(client, method)(f"/shifts/{shift_id}{path}", *given)

    return ask


def track():
    return {"points": [{"at": clock.now().isoformat(), "lat": 30.66, "lon": 104.03}]}


@kept.by_maker
def begun(world, who, whose):
    """Return a round where who walks has shown by a code that they were there, and a colleague."""
    shift_id, mine = round_of(world, who, whose)
    shown = codes.text(shift_id, codes.step_at(clock.now()))
    service.check_in(mine, shift_id, **item(code=shown))
    other = walker(make_actor())
    seats.sign_up(other, shift_id)
    return shift_id, other.resident_id


def attest(client, world, who, whose):
    """Say that somebody was there."""
    shift_id, other = begun(world, who, whose)
    body = {"resident_id": other, "present": True}
    with clock.at(clock.now() + SOON):
        return client.post(f"/shifts/{shift_id}/attestations", body)


@kept.by_maker
def flagged(world, who, whose):
    """Return the path of a flag."""
    shift_id, mine = round_of(world, who, whose)
    service.check_in(mine, shift_id, **item(**FAR))
    flag = read(
        select(RoundFlag.id)
        .join(Attendance, Attendance.id == RoundFlag.attendance_id)
        .where(Attendance.shift_id == shift_id)
    ).scalar_one()
    return f"/shifts/{shift_id}/flags/{flag}"


def answer_flag(client, world, who, whose):
    return client.post(f"{flagged(world, who, whose)}/answer", {"accepted": True})


@kept.by_maker
def called(world, who, whose):
    shift_id, mine = round_of(world, who, whose)
    return sos.call(mine, shift_id)["id"]


def move_call(to, **more):
    return lambda client, world, who, whose: client.post(
        f"/sos/{called(world, who, whose)}/moves", {"to": to, **more}
    )


@kept.by_maker
def missed(world, who, whose):
    """Return the attendance of somebody who was not seen, settled by the clock, and whose."""
    shift_id, mine = round_of(world, who, whose)
    settlement.settle_due()
    with clock.at(clock.now() + timedelta(hours=15)):
        settlement.settle_due()
    found = select(Attendance.id).where(
        Attendance.shift_id == shift_id, Attendance.resident_id == mine.resident_id
    )
    return read(found).scalar_one(), mine


def appeal(client, world, who, whose):
    attendance, _ = missed(world, who, whose)
    with clock.at(clock.now() + timedelta(hours=16)):
        return client.post(f"/attendances/{attendance}/appeals", {"note": "我去了"})


@kept.by_maker
def appealed(world, who, whose):
    attendance, mine = missed(world, who, whose)
    with clock.at(clock.now() + timedelta(hours=16)):
        return appeals.appeal(mine, attendance, note="我去了")["id"]


def answer_appeal(client, world, who, whose):
    path = f"/appeals/{appealed(world, who, whose)}/answer"
    with clock.at(clock.now() + timedelta(hours=16)):
        return client.post(path, {"granted": True, "note": "邻居看见了"})


S = "/api/v1/shifts/<id>"
REQUESTS = {
    f"POST {S}/check-ins": at_round("post", "/check-ins", sent),
    f"POST {S}/check-ins/batch": at_round("post", "/check-ins/batch", lambda: {"items": [sent()]}),
    f"POST {S}/positions": at_round("post", "/positions", track),
    f"GET {S}/code": at_round("get", "/code"),
    f"GET {S}/round": at_round("get", "/round"),
    f"POST {S}/attestations": attest,
    f"POST {S}/flags/<id>/answer": answer_flag,
    f"POST {S}/sos": at_round("post", "/sos", dict),
    "POST /api/v1/sos/<id>/moves acknowledge": move_call("acknowledged"),
    "POST /api/v1/sos/<id>/moves close": move_call("closed"),
    f"POST {S}/settlement": at_round("post", "/settlement", after=timedelta(hours=2)),
    "GET /api/v1/me/attendances": lambda client, *_: client.get("/me/attendances"),
    "POST /api/v1/attendances/<id>/appeals": appeal,
    "GET /api/v1/appeals": lambda client, *_: client.get("/appeals"),
    "POST /api/v1/appeals/<id>/answer": answer_appeal,
}
