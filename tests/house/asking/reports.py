"""How reports are asked for."""

from app.core import clock
from app.core.access import RoleKind
from app.reports import making, rules, service
from tests.factories.people import COMMUNITY, ELSEWHERE, SIBLING, make_actor

CODES = {"own": COMMUNITY, "sibling": SIBLING, "elsewhere": ELSEWHERE}


def code_of(world, who, whose):
    return CODES[world.place(who, whose)]


def last_month():
    return rules.period_with(clock.shanghai_day(clock.now()), rules.MONTH).before


def made(code):
    """Return a report of last month that is made, without printing it."""
    actor = make_actor((RoleKind.COMMITTEE, code))
    report_id = service._first_edition(actor, code, last_month())
    return making.figured(report_id).id


def file(form):
    # The residents' version: a page instead of five.
    return lambda client, world, who, whose: client.get(
        f"/committees/{code_of(world, who, whose)}/report.{form}", reader="residents", lang="en"
    )


def standings(client, world, who, whose):
    return client.get(f"/committees/{code_of(world, who, whose)}/reports")


def standing(client, world, who, whose):
    code = code_of(world, who, whose)
    return client.get(f"/committees/{code}/reports/{made(code)}")


def found(client, world, who, whose):
    return client.get(f"/reports/{made(code_of(world, who, whose))}")


def ask(client, world, who, whose):
    code = code_of(world, who, whose)
    # A corrected edition, so that everybody's asking makes one.
    made(code)
    making.figured(newest(code))
    form = {"month": last_month().key, "correction": "三号网格的巡逻时间"}
    return client.post(f"/committees/{code}/reports", form)


def newest(code):
    actor = make_actor((RoleKind.COMMITTEE, code))
    return service.list_reports(actor, code, limit=1)["items"][0]["id"]


def became(client, world, who, whose):
    code = code_of(world, who, whose)
    made(code)
    return client.get(f"/places/{code}/what-became-of-it")


ROOT = "/api/v1/committees/<place_code>"
REQUESTS = {
    f"GET {ROOT}/report.html": file("html"),
    f"GET {ROOT}/report.pdf": file("pdf"),
    f"GET {ROOT}/report.xlsx": file("xlsx"),
    f"GET {ROOT}/reports": standings,
    f"POST {ROOT}/reports": ask,
    f"GET {ROOT}/reports/<id>": standing,
    "GET /api/v1/reports/<id>": found,
    "GET /api/v1/places/<place_code>/what-became-of-it": became,
}
