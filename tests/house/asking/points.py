"""How the routes about hours, points and rewards are asked. One's own place is one's home."""

from datetime import timedelta
from itertools import count

from app.core import clock
from app.core.access import RoleKind
from app.points import rewards
from app.points import service as points
from app.volunteers import hours
from tests.factories.people import COMMUNITY, ELSEWHERE, SIBLING, make_actor
from tests.house import kept

CODES = {"own": COMMUNITY, "sibling": SIBLING, "elsewhere": ELSEWHERE}
REWARD = {"name": "雨伞", "cost": 10, "stock": 99}
numbers = count(1)


def code_of(world, who, whose):
    return CODES[world.place(who, whose)]


@kept.by_place
def reward(world, who, whose):
    code = code_of(world, who, whose)
    committee = make_actor((RoleKind.COMMITTEE, code))
    return rewards.offer(committee, place_code=code, **REWARD)["id"]


def give(actor):
    """Give somebody what a reward costs, on a day of its own."""
    number = next(numbers)
    at = clock.now() - timedelta(days=number)
    points.grant(actor.resident_id, "hazard_solved", "hazard", number, at=at)


@kept.by_maker
def redemption(world, who, whose):
    """Let the asker reserve something, or somebody else."""
    owner = world.maker(who, whose)
    give(owner)
    return rewards.redeem(owner, reward(world, who, whose))


@kept.by_maker
def entry(world, who, whose):
    """Credit an hour to the asker, or to somebody else."""
    start = clock.now() - timedelta(hours=2 * next(numbers))
    found = hours.credit(
        world.maker(who, whose).resident_id,
        shift_id=next(numbers),
        place_code=code_of(world, who, whose),
        team_id=None,
        title="夜巡",
        starts_at=start,
        ends_at=start + timedelta(hours=1),
        evidence=3,
        attested=False,
    )
    return found.entry_ids[0]


def get(path):
    return lambda client, *_: client.get(path)


def at_place(path):
    return lambda client, world, who, whose: client.get(path, place=code_of(world, who, whose))


def redeem(client, world, who, whose):
    if who in world.people:
        give(world.people[who])
    return client.post(f"/rewards/{reward(world, who, whose)}/redemptions")


def of_redemption(method):
    def ask(client, world, who, whose):
        return getattr(client, method)(f"/redemptions/{redemption(world, who, whose)['id']}")

    return ask


def collect(client, world, who, whose):
    return client.post("/redemptions/collect", {"code": redemption(world, who, whose)["code"]})


def correct(client, world, who, whose):
    body = {"minutes": 30, "reason": "早走"}
    return client.post(f"/hours/{entry(world, who, whose)}/corrections", body)


A = "/api/v1"
REQUESTS = {
    f"GET {A}/me/points": get("/me/points"),
    f"GET {A}/rewards": get("/rewards"),
    f"GET {A}/rewards?place": at_place("/rewards"),
    f"POST {A}/rewards": lambda client, *_: client.post(
        "/rewards", {**REWARD, "place_code": COMMUNITY}
    ),
    f"GET {A}/rewards/<id>": lambda client, world, who, whose: client.get(
        f"/rewards/{reward(world, who, whose)}"
    ),
    f"PATCH {A}/rewards/<id>": lambda client, world, who, whose: client.patch(
        f"/rewards/{reward(world, who, whose)}", {"stock_change": 1}
    ),
    f"POST {A}/rewards/<id>/redemptions": redeem,
    f"GET {A}/me/redemptions": get("/me/redemptions"),
    f"GET {A}/redemptions/<id>": of_redemption("get"),
    f"DELETE {A}/redemptions/<id>": of_redemption("delete"),
    f"POST {A}/redemptions/collect": collect,
    f"GET {A}/me/hours": get("/me/hours"),
    f"GET {A}/hours": get("/hours"),
    f"GET {A}/hours?place": at_place("/hours"),
    f"POST {A}/hours/<id>/corrections": correct,
    f"GET {A}/honour": get("/honour"),
    f"GET {A}/honour?place": at_place("/honour"),
}
