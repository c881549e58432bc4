"""How the routes about volunteers, teams and certificates are asked."""

from datetime import timedelta
from itertools import count

from app.core import clock
from app.core.access import RoleKind
from app.core.db import db
from app.volunteers import certificates, hours, profile, records, service, teams
from tests.factories.people import COMMUNITY, ELSEWHERE, SIBLING, make_actor
from tests.house import kept

CODES = {"own": COMMUNITY, "sibling": SIBLING, "elsewhere": ELSEWHERE}
FORM = {"birth_year": 1980, "skills": ["first_aid"], "consent": True}
TEAM = {"name": "平安志愿队", "kind": "peace"}
DAY = "2026-05-01"
shifts = count(1_000_000)


def serving(actor):
    """Return somebody who is a volunteer."""
    if not service.is_volunteer(actor.resident_id):
        profile.save_profile(actor, **FORM)
    return actor


def asker(world, who):
    """Return one of the people as a volunteer; for nobody, somebody else."""
    return serving(world.people.get(who) or make_actor())


def code_of(world, who, whose):
    return CODES[world.place(who, whose)]


@kept.by_place
def team(world, who, whose):
    """Make a team that the asker has nothing to do with, at one of the places; return its id."""
    code = code_of(world, who, whose)
    committee = make_actor((RoleKind.COMMITTEE, code))
    return teams.create_team(committee, **TEAM, place_code=code)["id"]


@kept.by_maker
def membership(world, who, whose):
    """Make somebody ask to join a team: the asker, if it is their own; return its path."""
    found = team(world, who, whose)
    actor = asker(world, who) if whose == "own" else serving(make_actor())
    teams.join(actor, found)
    return f"/teams/{found}/members/{actor.resident_id}/moves"


@kept.by_maker
def certificate(world, who, whose):
    """Certify an hour to the asker, or to somebody at one of the places."""
    actor = asker(world, who) if whose == "own" else serving(make_actor())
    code = code_of(world, who, whose)
    credit(actor, code)
    return certificates.issue(actor, place_code=code)


def credit(actor, code):
    start = clock.now() - timedelta(days=3, minutes=61 * next(shifts) % 500_000)
    hours.credit(
        actor.resident_id,
        shift_id=next(shifts),
        place_code=code,
        team_id=None,
        title="夜巡",
        starts_at=start,
        ends_at=start + timedelta(hours=1),
        evidence=3,
        attested=False,
    )
    db.session.commit()


def as_volunteer(ask):
    """Ask as somebody who is a volunteer."""

    def asked(client, world, who, whose):
        asker(world, who)
        return ask(client)

    return asked


def record(kind, add):
    """Delete a training or an insurance: the asker's own, or somebody else's."""

    def asked(client, world, who, whose):
        actor = asker(world, who) if whose == "own" else serving(make_actor())
        return client.delete(f"/me/volunteer/{kind}/{add(actor)['id']}")

    return asked


def training(actor):
    return records.add_training(actor, name="急救", held_on=clock.shanghai_day(clock.now()))


def insurance(actor):
    today = clock.shanghai_day(clock.now())
    return records.add_insurance(actor, insurer="人保", policy_number="1", first=today, last=today)


def at_team(ask):
    return lambda client, world, who, whose: ask(client, f"/teams/{team(world, who, whose)}")


def join(client, world, who, whose):
    asker(world, who)
    return client.post(f"/teams/{team(world, who, whose)}/members")


def leave(client, world, who, whose):
    if whose == "own":
        found = membership(world, who, whose).split("/")[2]
    else:
        found = team(world, who, whose)
    return client.delete(f"/teams/{found}/members/mine")


def at_certificate(ask):
    def asked(client, world, who, whose):
        return ask(client, f"/certificates/{certificate(world, who, whose)['number']}")

    return asked


def issue(client, world, who, whose):
    credit(asker(world, who), COMMUNITY)
    return client.post("/certificates", {})


V, T, C = "/api/v1/me/volunteer", "/api/v1/teams/<id>", "/api/v1/certificates/<number>"
INSURANCE = {"insurer": "人保", "policy_number": "1", "from": DAY, "to": DAY}
REQUESTS = {
    f"GET {V}": as_volunteer(lambda client: client.get("/me/volunteer")),
    f"PUT {V}": lambda client, *_: client.put("/me/volunteer", FORM),
    f"PATCH {V}": as_volunteer(lambda client: client.patch("/me/volunteer", {"paused": True})),
    f"DELETE {V}": as_volunteer(lambda client: client.delete("/me/volunteer")),
    f"POST {V}/trainings": as_volunteer(
        lambda client: client.post("/me/volunteer/trainings", {"name": "急救", "held_on": DAY})
    ),
    f"DELETE {V}/trainings/<id>": record("trainings", training),
    f"POST {V}/insurances": as_volunteer(
        lambda client: client.post("/me/volunteer/insurances", INSURANCE)
    ),
    f"DELETE {V}/insurances/<id>": record("insurances", insurance),
    "GET /api/v1/volunteers": lambda client, *_: client.get("/volunteers"),
    "GET /api/v1/volunteers?place": lambda client, world, who, whose: client.get(
        "/volunteers", place=code_of(world, who, whose)
    ),
    "GET /api/v1/teams": lambda client, *_: client.get("/teams"),
    "POST /api/v1/teams": lambda client, *_: client.post(
        "/teams", {**TEAM, "place_code": COMMUNITY}
    ),
    f"GET {T}": at_team(lambda client, path: client.get(path)),
    f"PATCH {T}": at_team(lambda client, path: client.patch(path, {"name": "夜巡队"})),
    f"POST {T}/members": join,
    f"POST {T}/members/<id>/moves accept": lambda client, world, who, whose: client.post(
        membership(world, who, whose), {"to": "member"}
    ),
    f"POST {T}/members/<id>/moves withdraw": lambda client, world, who, whose: client.post(
        membership(world, who, whose), {"to": "left"}
    ),
    f"DELETE {T}/members/mine": leave,
    "POST /api/v1/certificates": issue,
    "GET /api/v1/me/certificates": lambda client, *_: client.get("/me/certificates"),
    "GET /api/v1/certificates": lambda client, *_: client.get("/certificates"),
    f"GET {C}": at_certificate(lambda client, path: client.get(path)),
    f"GET {C}.pdf forged": lambda client, world, who, whose: client.get(
        certificate(world, who, whose)["pdf_url"][:-1] + "_"
    ),
    f"POST {C}/revocation": at_certificate(
        lambda client, path: client.post(f"{path}/revocation", {"reason": "时长有误"})
    ),
    f"POST {C}/confirmation": at_certificate(
        lambda client, path: client.post(f"{path}/confirmation")
    ),
}
