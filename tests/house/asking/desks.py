"""How phones ask about computers that want to be let in."""

from app.residents import desks


def waiting(*_):
    return desks.ask_in("Chrome, Windows", "127.0.0.1")[1]["code"]


def sat_at(world, who, whose):
    """Return a desk that somebody let in and sits at."""
    maker = world.maker(who, whose)
    secret, shown = desks.ask_in("Chrome, Windows", "127.0.0.1")
    desk = desks.decide(maker, shown["code"], let_in=True)
    desks.collect(secret)
    return desk["id"]


REQUESTS = {
    "GET /api/v1/desk-sign-ins/<code>": lambda client, *_: client.get(
        f"/desk-sign-ins/{waiting()}"
    ),
    "POST /api/v1/desk-sign-ins/<code>/decisions": lambda client, *_: client.post(
        f"/desk-sign-ins/{waiting()}/decisions", {"let_in": True}
    ),
    "GET /api/v1/me/desks": lambda client, *_: client.get("/me/desks"),
    "DELETE /api/v1/me/desks/<id>": lambda client, world, who, whose: client.delete(
        f"/me/desks/{sat_at(world, who, whose)}"
    ),
}
