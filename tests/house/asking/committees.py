"""How the committees' further figures, and what supervisors ask for, are asked."""

from datetime import timedelta

from app.committees import rectifications
from app.core import clock
from app.core.access import RoleKind
from tests.factories.people import COMMUNITY, ELSEWHERE, SIBLING, make_actor
from tests.house import kept

CODES = {"own": COMMUNITY, "sibling": SIBLING, "elsewhere": ELSEWHERE}
PLACE = "/api/v1/committees/<place_code>"


def code_of(world, who, whose):
    return CODES[world.place(who, whose)]


def soon():
    return clock.shanghai_day(clock.now()) + timedelta(days=10)


def get(path):
    def ask(client, world, who, whose):
        return client.get(f"/committees/{code_of(world, who, whose)}/{path}")

    return ask


def send(method, path, body):
    def ask(client, world, who, whose):
        way = getattr(client, method)
        return way(f"/committees/{code_of(world, who, whose)}/{path}", body())

    return ask


@kept.by_place
def rectification(world, who, whose):
    """Let the street around a place ask for something; returns the id."""
    code = code_of(world, who, whose)
    street = make_actor((RoleKind.STREET, code[:9]))
    given = {"title": "消防通道", "demand": "请说明整改措施", "due_on": soon()}
    return rectifications.raise_rectification(street, code, **given)["id"]


def show(client, world, who, whose):
    return client.get(f"/rectifications/{rectification(world, who, whose)}")


def answer(client, world, who, whose):
    path = f"/rectifications/{rectification(world, who, whose)}/moves"
    return client.post(path, {"to": "answered", "note": "已划线并加装隔离桩"})


def comment():
    return {"from": "2026-10-01", "to": "2026-10-31", "text": "参与的人多了，很好。"}


def demand():
    return {"title": "消防通道", "demand": "请说明整改措施", "due_on": soon().isoformat()}


SEEN = ("patrolling", "participation", "indicators", "children", "settings", "targets", "comments")
REQUESTS = {
    **{f"GET {PLACE}/{path}": get(path) for path in (*SEEN, "rectifications")},
    f"GET {PLACE}/figures/<name>": get("figures/on_time"),
    f"PUT {PLACE}/settings": send("put", "settings", lambda: {"ranking": True}),
    f"PUT {PLACE}/targets/<figure>": send("put", "targets/on_time", lambda: {"wanted": 0.9}),
    f"POST {PLACE}/comments": send("post", "comments", comment),
    f"POST {PLACE}/rectifications": send("post", "rectifications", demand),
    "GET /api/v1/rectifications/<id>": show,
    "POST /api/v1/rectifications/<id>/moves": answer,
}
