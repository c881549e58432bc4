"""How the routes about patrols are asked. A shift of one's own is one that one is on."""

from datetime import timedelta

from sqlalchemy import select

from app.core import clock
from app.core.access import RoleKind
from app.core.db import read
from app.patrols import beats, planning, seats, swaps
from app.patrols.models import Offer
from app.volunteers import service as volunteers
from tests.factories.people import COMMUNITY, ELSEWHERE, SIBLING, make_actor
from tests.house import kept
from tests.patrols.conftest import acquaint, make_volunteer

CODES = {"own": COMMUNITY, "sibling": SIBLING, "elsewhere": ELSEWHERE}
SPOT = {"name": "东门", "lat": 30.66, "lon": 104.03}
TWO_DAYS, SOON = timedelta(days=2), timedelta(hours=5)


def serving(world, who):
    """Return one of the people, who is a volunteer; for nobody, somebody."""
    actor = world.people.get(who) or make_actor()
    return actor if volunteers.is_volunteer(actor.resident_id) else make_volunteer(actor)


def code_of(world, who, whose):
    return CODES[world.place(who, whose)]


def planner(code):
    return make_actor((RoleKind.COMMITTEE, code))


def form(code, starts_in=TWO_DAYS, **changes):
    starts_at = clock.now() + starts_in
    ends_at = starts_at + timedelta(hours=1)
    given = {"title": "夜巡", "place_code": code, "starts_at": starts_at, "ends_at": ends_at}
    return {**given, "capacity": 2, **changes}


def shift(world, who, whose, **changes):
    """Plan a shift where `whose` says; one's own is one that one has joined."""
    actor = serving(world, who)
    shift_id = planned_shift(world, who, whose, **changes)
    if whose == "own":
        seats.sign_up(actor, shift_id)
    return shift_id


@kept.by_maker
def planned_shift(world, who, whose, **changes):
    code = code_of(world, who, whose)
    return planning.create_shift(planner(code), **form(code, **changes))


def holder(world, who, whose):
    """Return whose thing it is: one's own, or somebody's."""
    return serving(world, who) if whose == "own" else make_volunteer(make_actor())


def at_shift(method, path, body=None, **changes):
    def ask(client, world, who, whose):
        target = f"/shifts/{shift(world, who, whose, **changes)}{path}"
        given = () if body is None else (body,)
        return getattr(client, method)(target, *given)

    return ask


@kept.by_maker
def signed_up(world, who, whose):
    """Return the path of somebody's seat on a shift."""
    shift_id = shift(world, who, whose)
    person = make_volunteer(make_actor())
    seats.sign_up(person, shift_id)
    return f"/shifts/{shift_id}/signups/{person.resident_id}"


def removal(client, world, who, whose):
    serving(world, who)
    return client.post(f"{signed_up(world, who, whose)}/removal", {"reason": "多次未到"})


def stand_in(client, world, who, whose):
    """Somebody looks for a stand-in: they themselves, if it is their own."""
    serving(world, who)
    return client.post(f"/shifts/{sought(world, who, whose)}/stand-ins", {})


@kept.by_maker
def sought(world, who, whose):
    code = code_of(world, who, whose)
    shift_id = planning.create_shift(planner(code), **form(code, SOON))
    seeker = holder(world, who, whose)
    seats.sign_up(seeker, shift_id)
    seats.leave(seeker, shift_id)
    return shift_id


@kept.by_maker
def offered(world, who, whose):
    code = code_of(world, who, whose)
    shift_id = planning.create_shift(planner(code), **form(code, capacity=1))
    first, second = make_volunteer(make_actor()), holder(world, who, whose)
    for person in (first, second):
        seats.sign_up(person, shift_id)
    seats.leave(first, shift_id)
    return read(select(Offer.id).where(Offer.shift_id == shift_id)).scalar_one()


def offer(to):
    return lambda client, world, who, whose: client.post(
        f"/offers/{offered(world, who, whose)}/{to}"
    )


def swap_asked(client, world, who, whose):
    shift_id = shift(world, who, whose)
    colleague = make_volunteer(make_actor())
    acquaint(colleague, world.people.get(who) or make_actor())
    return client.post(f"/shifts/{shift_id}/swaps", {"resident_id": colleague.resident_id})


@kept.by_maker
def swap(world, who, whose):
    """Somebody asks somebody: the asker, if it is their own."""
    code = code_of(world, who, whose)
    shift_id = planning.create_shift(planner(code), **form(code))
    one, asked = make_volunteer(make_actor()), holder(world, who, whose)
    acquaint(one, asked)
    seats.sign_up(one, shift_id)
    return swaps.ask(one, shift_id, resident_id=asked.resident_id)


def swap_answered(client, world, who, whose):
    return client.post(f"/swaps/{swap(world, who, whose)}/moves", {"to": "agreed"})


@kept.by_place
def beat(world, who, whose):
    code = code_of(world, who, whose)
    return beats.create_route(planner(code), place_code=code, name="夜巡线", checkpoints=[SPOT])


def route(method, path="", body=None):
    def ask(client, world, who, whose):
        made = beat(world, who, whose)
        given = () if body is None else (body,)
        return getattr(client, method)(f"/patrol-routes/{made['id']}{path}", *given)

    return ask


def planned(client, *_):
    times = {name: value.isoformat() for name, value in form(COMMUNITY).items() if "_at" in name}
    return client.post("/shifts", form(COMMUNITY) | times)


def get(path):
    return lambda client, *_: client.get(path)


S, P = "/api/v1/shifts/<id>", "/api/v1/patrol-routes"
REQUESTS = {
    "GET /api/v1/shifts": get("/shifts"),
    "POST /api/v1/shifts": planned,
    f"GET {S}": at_shift("get", ""),
    f"PATCH {S}": at_shift("patch", "", {"words": "带手电"}),
    f"POST {S}/cancellation": at_shift("post", "/cancellation", {"reason": "暴雨"}),
    f"POST {S}/signups": at_shift("post", "/signups"),
    f"DELETE {S}/signups/mine": at_shift("delete", "/signups/mine"),
    f"POST {S}/stand-ins": stand_in,
    f"POST {S}/signups/<id>/removal": removal,
    "GET /api/v1/me/offers": get("/me/offers"),
    "POST /api/v1/offers/<id>/accept": offer("accept"),
    "POST /api/v1/offers/<id>/decline": offer("decline"),
    f"GET {S}/colleagues": at_shift("get", "/colleagues"),
    f"POST {S}/swaps": swap_asked,
    "GET /api/v1/me/swaps": get("/me/swaps"),
    "POST /api/v1/swaps/<id>/moves": swap_answered,
    f"GET {P}": get("/patrol-routes"),
    f"POST {P}": lambda client, *_: client.post(
        "/patrol-routes", {"place_code": COMMUNITY, "name": "夜巡线", "checkpoints": [SPOT]}
    ),
    f"GET {P}/<id>": route("get"),
    f"PATCH {P}/<id>": route("patch", body={"name": "晨巡线"}),
    f"GET {P}/<id>/codes": route("get", "/codes"),
}
