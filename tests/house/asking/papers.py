"""How a campaign's paper and figures are asked: by who plans at its place."""

from itertools import count

from app.campaigns import entering
from app.core.access import RoleKind
from tests.campaigns.papers import key_of
from tests.factories.people import make_actor
from tests.house.asking.campaigns import code_of, running

C = "/api/v1/campaigns/<id>"
numbers = count(1)


def of_campaign(path):
    """Ask for something of a campaign that runs today."""

    def ask(client, world, who, whose):
        return client.get(f"/campaigns/{running(world, who, whose)}/{path}")

    return ask


def link(name):
    """Open a signed link, as whoever planned the campaign got it."""

    def ask(client, world, who, whose):
        campaign = running(world, who, whose)
        planner = make_actor((RoleKind.COMMITTEE, code_of(world, who, whose)))
        papers = entering.show_papers(planner, campaign)["papers"]
        return client.http.get(papers[0][name], headers=client.headers)

    return ask


def sheet(campaign):
    """Return a sheet that is right, without a name."""
    code = entering.paper_of(entering.service.find_for_system(campaign)).codes["A"]
    name = f"sheet-{next(numbers):05}"
    return {"client_uuid": name, "code": code, "answers": key_of(campaign)}


def enter(client, world, who, whose):
    campaign = running(world, who, whose)
    return client.post(f"/campaigns/{campaign}/paper-results", sheet(campaign))


def correct(client, world, who, whose):
    campaign = running(world, who, whose)
    planner = make_actor((RoleKind.COMMITTEE, code_of(world, who, whose)))
    made = entering.enter(planner, campaign, **sheet(campaign))
    return client.post(f"/paper-results/{made['id']}/corrections", {"reason": "录错了"})


def knowledge(client, world, who, whose):
    return client.get(f"/places/{code_of(world, who, whose)}/knowledge")


REQUESTS = {
    f"GET {C}/papers": of_campaign("papers"),
    f"GET {C}/paper-results": of_campaign("paper-results"),
    f"GET {C}/breadth": of_campaign("breadth"),
    f"POST {C}/paper-results": enter,
    "POST /api/v1/paper-results/<id>/corrections": correct,
    f"GET {C}/papers/<any(A,B):variant>.pdf": link("pdf_url"),
    f"GET {C}/keys/<any(A,B):variant>.pdf": link("key_url"),
    "GET /api/v1/places/<place_code>/knowledge": knowledge,
}
