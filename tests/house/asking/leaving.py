"""How phones ask about going, and about a copy of what is kept."""

from app.residents import copying
from tests.house import kept


@kept.by_maker
def copy_link(world, who, whose):
    """Return the link to a copy that somebody asked for, and that is made."""
    maker = world.maker(who, whose)
    copying.ask(maker)
    copying.make(copying._newest(maker.resident_id).id)
    return copying.show(maker)["url"]


def forged(client, world, who, whose):
    link = copy_link(world, who, whose)
    return client.get(link[:-1] + ("A" if link[-1] != "A" else "B"))


REQUESTS = {
    "POST /api/v1/me/leaving": lambda client, *_: client.post("/me/leaving", {"confirmed": True}),
    "DELETE /api/v1/me/leaving": lambda client, *_: client.delete("/me/leaving"),
    "GET /api/v1/me/copy": lambda client, *_: client.get("/me/copy"),
    "POST /api/v1/me/copy": lambda client, *_: client.post("/me/copy"),
    "GET /api/v1/copies/<id>": lambda client, world, who, whose: client.get(
        copy_link(world, who, whose)
    ),
    "GET /api/v1/copies/<id> forged": forged,
}
