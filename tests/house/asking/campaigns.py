"""How campaigns are asked: they belong to a place, tries and certificates to who made them."""

from datetime import timedelta
from itertools import count

from sqlalchemy import select

from app.campaigns import planning, service, tries
from app.core import clock
from app.core.access import RoleKind
from app.core.db import read, writing
from app.quizzes import bank, rules
from app.quizzes.models import Version
from tests.campaigns.papers import opened
from tests.factories.people import COMMUNITY, ELSEWHERE, SIBLING, make_actor
from tests.house import kept
from tests.quizzes.conftest import FILES

PLACES = {"own": COMMUNITY, "sibling": SIBLING, "elsewhere": ELSEWHERE}
sheets = count(1)
C, P = "/api/v1/campaigns", "/api/v1/campaign-certificates/<number>"


def form(code=COMMUNITY):
    bank.import_bank(FILES / "bank.json")
    today = clock.shanghai_day(clock.now())
    return {
        "place_code": code,
        "title": {"zh": "消防月问答"},
        "first_day": today.isoformat(),
        "last_day": (today + timedelta(days=5)).isoformat(),
        "topics": list(rules.TOPICS),
        "question_count": 3,
    }


def code_of(world, who, whose):
    return PLACES[world.place(who, whose)]


@kept.by_place
def draft(world, who, whose):
    """Plan a campaign as somebody else of that place; returns its path."""
    code = code_of(world, who, whose)
    today = clock.shanghai_day(clock.now())
    days = {"first_day": today, "last_day": today + timedelta(days=5)}
    usual = {"audience": "everybody", "pass_percent": 80, "most_tries": 3, "wait_hours": 0}
    planner = make_actor((RoleKind.COMMITTEE, code))
    return f"/campaigns/{planning.plan(planner, **form(code) | days | usual)['id']}"


@kept.by_place
def running(world, who, whose):
    """Return the id of a campaign that runs today at that place."""
    form()
    versions = list(read(select(Version.id).where(Version.state == "published")).scalars())
    today = clock.shanghai_day(clock.now())
    days = {"first_day": today, "last_day": today, "opened_at": clock.now()}
    planner = make_actor((RoleKind.COMMITTEE, code_of(world, who, whose)))
    return opened(planner, versions, place_code=code_of(world, who, whose), **days)


@kept.by_maker
def passed(world, who, whose):
    """Return a campaign at that place, and who passed it: the asker, if it is theirs."""
    campaign = service.find_for_system(running(world, who, whose))
    maker = world.maker(who, whose)
    said = {"sheet": f"A-{next(sheets)}", "right": 3, "of": 3, "at": clock.now()}
    with writing():
        tries.record_paper(
            campaign,
            resident_id=maker.resident_id,
            entered_by=world.author.resident_id,
            **said,
        )
    return campaign.id, service.standing_number(maker.resident_id, campaign.id)


def at(path, make=running):
    return lambda client, world, who, whose: client.get(
        f"/campaigns/{make(world, who, whose)}{path}"
    )


def begin(client, world, who, whose):
    return client.post(f"/campaigns/{running(world, who, whose)}/attempts")


def own_certificate(client, world, who, whose):
    campaign_id, _ = passed(world, who, whose)
    return client.get(f"/campaigns/{campaign_id}/certificate")


def change(client, world, who, whose):
    return client.patch(draft(world, who, whose), {"pass_percent": 90})


def announce(client, world, who, whose):
    return client.post(f"{draft(world, who, whose)}/moves", {"to": "announced"})


def verify(client, world, who, whose):
    return client.get(f"/campaign-certificates/{passed(world, who, whose)[1]}")


def forged(client, world, who, whose):
    number = passed(world, who, whose)[1]
    link = f"/campaign-certificates/{number}.pdf"
    return client.get(link, expires=2**33, signature="A" * 27)


def revoke(client, world, who, whose):
    number = passed(world, who, whose)[1]
    return client.post(f"/campaign-certificates/{number}/revocation", {"reason": "代答"})


REQUESTS = {
    f"GET {C}": lambda client, *_: client.get("/campaigns"),
    f"POST {C}": lambda client, *_: client.post("/campaigns", form()),
    f"GET {C}/<id>": at(""),
    f"PATCH {C}/<id>": change,
    f"POST {C}/<id>/moves": announce,
    f"POST {C}/<id>/attempts": begin,
    f"GET {C}/<id>/attempts": at("/attempts"),
    f"GET {C}/<id>/certificate": own_certificate,
    f"GET {C}/<id>/certificates": at("/certificates"),
    f"GET {P}": verify,
    f"GET {P}.pdf forged": forged,
    f"POST {P}/revocation": revoke,
}
