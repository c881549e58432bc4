"""How the routes about planning and calendars are asked. One's own place is one's home."""

from datetime import date, timedelta

from sqlalchemy import update

from app.core import clock
from app.core.access import RoleKind
from app.core.db import changed_rows, writing
from app.patrols import calendar, planning
from app.rosters import proposals, templates
from app.rosters.models import RosterProposal
from tests.factories.people import COMMUNITY, ELSEWHERE, SIBLING, make_actor
from tests.house import kept

CODES = {"own": COMMUNITY, "sibling": SIBLING, "elsewhere": ELSEWHERE}


def code_of(world, who, whose):
    return CODES[world.place(who, whose)]


def planner(code):
    return make_actor((RoleKind.COMMITTEE, code))


def template_form(code):
    given = {"place_code": code, "title": "晚间巡逻", "rrule": "FREQ=WEEKLY;BYDAY=MO"}
    return {**given, "starts": "19:00", "duration_min": 120, "capacity": 4, "minimum": 2}


@kept.by_place
def template(world, who, whose):
    code = code_of(world, who, whose)
    given = {"skills": [], "residence_required": False}
    return templates.create_template(planner(code), **template_form(code), **given)["id"]


@kept.by_place
def shift(world, who, whose):
    code = code_of(world, who, whose)
    starts_at = clock.now() + timedelta(days=2)
    form = {"title": "夜巡", "place_code": code, "starts_at": starts_at, "capacity": 2}
    return planning.create_shift(planner(code), **form, ends_at=starts_at + timedelta(hours=1))


def next_week():
    return clock.shanghai_day(clock.now()) + timedelta(days=7)


def clear_week():
    """Let nothing be under way, so that the next one may ask."""
    with writing():
        changed_rows(update(RosterProposal).values(state="dropped"))


@kept.by_place
def roster(world, who, whose):
    clear_week()
    code = code_of(world, who, whose)
    found = proposals.ask_for_roster(planner(code), place_code=code, week=next_week())
    with writing():
        changed_rows(
            update(RosterProposal).where(RosterProposal.id == found["id"]).values(state="proposed")
        )
    return found["id"]


def asked_roster(client, *_):
    clear_week()
    return client.post("/rosters", {"place_code": COMMUNITY, "week": str(next_week())})


def at(make, method, path, body=None):
    def ask(client, world, who, whose):
        given = () if body is None else (body,)
        return getattr(client, method)(path.format(make(world, who, whose)), *given)

    return ask


def feed(client, world, who, whose):
    person = world.maker(who, whose)
    url = calendar.make_calendar(person)["url"]
    return client.get(url[url.index("/api/") :])


def copied_week(client, *_):
    this = date.fromisoformat(str(next_week()))
    weeks = {"from_week": str(this), "to_week": str(this + timedelta(days=7))}
    return client.post("/shifts/duplicate-week", {"place_code": COMMUNITY, **weeks})


def get(path):
    return lambda client, *_: client.get(path)


T, S, R = "/api/v1/shift-templates", "/api/v1/shifts", "/api/v1/rosters"
REQUESTS = {
    f"GET {T}": get("/shift-templates"),
    f"GET {T}?place": lambda client, world, who, whose: client.get(
        "/shift-templates", place=code_of(world, who, whose)
    ),
    f"POST {T}": lambda client, *_: client.post("/shift-templates", template_form(COMMUNITY)),
    f"GET {T}/<id>": at(template, "get", "/shift-templates/{}"),
    f"PATCH {T}/<id>": at(template, "patch", "/shift-templates/{}", {"capacity": 6}),
    f"POST {S}/duplicate-week": copied_week,
    f"GET {S}/needing-people": get("/shifts/needing-people"),
    f"GET {S}/<id>/suitable": at(shift, "get", "/shifts/{}/suitable"),
    f"POST {S}/<id>/call-outs": at(shift, "post", "/shifts/{}/call-outs", {"count": 3}),
    f"GET {R}": get("/rosters"),
    f"POST {R}": asked_roster,
    f"GET {R}/<id>": at(roster, "get", "/rosters/{}"),
    f"PATCH {R}/<id>": at(roster, "patch", "/rosters/{}", {"add": [], "remove": []}),
    f"POST {R}/<id>/moves": at(roster, "post", "/rosters/{}/moves", {"to": "dropped"}),
    "GET /api/v1/me/calendar": get("/me/calendar"),
    "POST /api/v1/me/calendar": lambda client, *_: client.post("/me/calendar"),
    "DELETE /api/v1/me/calendar": lambda client, *_: client.delete("/me/calendar"),
    "GET /api/v1/calendar/<token>.ics": feed,
}
