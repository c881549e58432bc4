"""How challenges between grids are asked: each is its community's."""

from datetime import timedelta
from itertools import count

from sqlalchemy import insert

from app.campaigns.challenge_models import Challenge
from app.core import clock
from app.core.clock import shanghai_day
from app.core.db import read, writing
from tests.factories.people import COMMUNITY, ELSEWHERE, SIBLING

PLACES = {"own": COMMUNITY, "sibling": SIBLING, "elsewhere": ELSEWHERE}
numbers = count(1)


def day():
    """Return a day on which there is no challenge yet."""
    return shanghai_day(clock.now()) + timedelta(days=next(numbers) % 170 + 1)


def begin(client, *_):
    first = str(day())
    body = {"place_code": COMMUNITY, "first_day": first, "last_day": first, "days": 1}
    return client.post("/challenges", body)


def show(client, world, who, whose):
    first = day()
    row = {
        "place_code": PLACES[world.place(who, whose)],
        "first_day": first,
        "last_day": first,
        "days": 1,
        "goal_percent": 50,
        "created_by": world.author.resident_id,
        "created_at": clock.now(),
    }
    with writing():
        made = read(insert(Challenge).returning(Challenge.id), row).scalar_one()
    return client.get(f"/challenges/{made}")


A = "/api/v1/challenges"
REQUESTS = {
    f"GET {A}": lambda client, *_: client.get("/challenges"),
    f"POST {A}": begin,
    f"GET {A}/<id>": show,
}
