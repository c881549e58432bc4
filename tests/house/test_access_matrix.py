"""Every route × every person × every object answers what `policies.txt` says.

The routes come from the URL map, so one without a line in the table fails here.
"""

import io
import re
from datetime import timedelta

import pytest
from PIL import Image

from app.campaigns import paper
from app.core import clock
from app.hazards import service as hazards
from app.hazards import supervision
from app.hazards import views as hazards_views
from app.notices import announcements
from app.notices import service as notices
from app.places import service as places
from app.residents import service as residents
from tests.clients import Client
from tests.factories.people import COMMUNITY, ELSEWHERE, SIBLING, make_actor
from tests.house import asking, kept
from tests.house.policies import PEOPLE, POLICIES, WHOSE

COMMUNITIES = {"own": COMMUNITY, "sibling": SIBLING, "elsewhere": ELSEWHERE}
HOMES = {"outsider": "elsewhere", "sibling": "sibling"}
"""In which of these places somebody is at home, if not in 草堂路社区."""
SIMPLE = re.compile(r"<id:\w+>")


def jpeg():
    content = io.BytesIO()
    Image.new("RGB", (16, 12), "olive").save(content, "JPEG")
    return content.getvalue()


def routes(app):
    """Return `METHOD /path` of every rule, ids written `<id>`.

    The console's pages have a table of their own: `tests/console/test_access.py`.
    """
    return {
        f"{method} {SIMPLE.sub('<id>', rule.rule)}"
        for rule in app.url_map.iter_rules()
        for method in rule.methods - {"HEAD", "OPTIONS"}
        if not rule.rule.startswith("/console")
    }


def test_every_route_has_a_policy(app_on_database):
    assert {policy.route for policy in POLICIES} == routes(app_on_database)


def test_every_object_of_every_request_has_a_policy():
    for request in {policy.request for policy in POLICIES}:
        whose = {policy.whose for policy in POLICIES if policy.request == request}
        assert whose == ({"-"} if whose == {"-"} else set(WHOSE)), request
        assert ("<" in request) <= (whose == set(WHOSE)), request


def test_the_table_has_everybody_and_explains_itself(people):
    assert set(PEOPLE) == {*people, "nobody"}
    assert all(policy.why for policy in POLICIES)
    assert len({str(policy) for policy in POLICIES}) == len(POLICIES)


class World:
    """Objects of each kind, made new when a request has changed them."""

    def __init__(self, people, report, photo):
        self.people, self.report, self.photo = people, report, photo
        self.kept = {}
        self.author = make_actor(name="作者")

    def place(self, who, whose):
        """Return where an object lies, in words of `COMMUNITIES`."""
        if whose == "own":
            return HOMES.get(who, "own")
        return "own" if whose == "community" else whose

    def maker(self, who, whose):
        mine = whose == "own" and who in self.people
        return self.people[who] if mine else self.author

    @kept.by_maker
    def hazard(self, who, whose, **changes):
        return self.report(self.maker(who, whose), self.place(who, whose), **changes)

    @kept.by_maker
    def declined(self, who, whose):
        case = self.hazard(who, whose)
        staff = {"own": "district", "sibling": "district", "elsewhere": "outsider"}
        actor = self.people[staff[self.place(who, whose)]]
        return hazards.move_hazard(actor, case["id"], to="declined", note="现场没有发现")

    @kept.by_maker
    def order(self, who, whose):
        case = self.hazard(who, whose)
        staff = {"own": "district", "sibling": "district", "elsewhere": "outsider"}
        actor = self.people[staff[self.place(who, whose)]]
        hazards.move_hazard(actor, case["id"], to="accepted")
        with clock.at(clock.now() + timedelta(hours=4)):
            supervision.supervise_due()
        return hazards_views.show_hazard(actor, case["id"])

    def notice(self, who, whose):
        reader = self.maker(who, whose)
        notices.tell(
            "text_withheld", [reader.resident_id], key="-", about=None, params={"number": "CT-1"}
        )
        return notices.list_notices(reader, limit=1)["items"][0]

    @kept.by_place
    def announcement(self, who, whose):
        where = self.place(who, whose)
        actor = self.people["outsider" if where == "elsewhere" else "district"]
        code = COMMUNITIES[where]
        return announcements.announce(actor, place_code=code, title="停水", body="明早八点")

    def residence(self, who, whose):
        maker = self.people[who] if whose == "own" and who in self.people else make_actor()
        code = COMMUNITIES[self.place(who, whose)]
        return residents.request_residence(maker, place_code=code, room="1-101")

    @kept.by_maker
    def photo_link(self, who, whose):
        maker = self.maker(who, whose)
        return self.hazard(who, whose, photo_ids=[self.photo(maker)])["photos"][0]["url"]


def overview(client, world, who, whose):
    code = COMMUNITIES[world.place(who, whose)]
    return client.get(f"/committees/{code}/overview")


def forged(client, world, who, whose):
    link = world.photo_link(who, whose)
    return client.get(link[:-1] + ("A" if link[-1] != "A" else "B"))


def report_body(_who):
    grid = places.get_place("510105007004001")
    point = {"lat": grid["lat"], "lon": grid["lon"], "coord_sys": "wgs84"}
    return {"category": "FIRE_LANE", "description": "车道", **point}


def get(path):
    return lambda client, *_: client.get(path)


def to(state, kind):
    """Ask for a move of a hazard or a residence."""

    def ask(client, world, who, whose):
        made = getattr(world, kind)(who, whose)
        return client.post(f"/{kind}s/{made['id']}/moves", {"to": state})

    return ask


def hazard_at(path, make="hazard"):
    return lambda client, world, who, whose: client.get(
        path.format(getattr(world, make)(who, whose)["id"])
    )


def answer(client, world, who, whose):
    case = world.order(who, whose)
    path = f"/hazards/{case['id']}/orders/{case['orders'][0]['id']}/answer"
    return client.post(path, {"text": "车主在外地，已请拖车"})


def locate(client, *_):
    body = report_body("")
    return client.get("/places/locate", lat=body["lat"], lon=body["lon"], coord_sys="wgs84")


H, R, P = "/api/v1/hazards/<id>", "/api/v1/residences/<id>", "/api/v1/photos/<photo_id>/<variant>"
REQUESTS = {
    "GET /healthz": lambda client, *_: client.http.get("/healthz", headers=client.headers),
    "GET /readyz": lambda client, *_: client.http.get("/readyz", headers=client.headers),
    "GET /metrics": lambda client, *_: client.http.get("/metrics", headers=client.headers),
    "GET /": lambda client, *_: client.http.get("/", headers=client.headers),
    "GET /wechat/push": lambda client, *_: client.http.get("/wechat/push"),
    "POST /wechat/push": lambda client, *_: client.http.post("/wechat/push", data=b"{}"),
    "GET /api/docs": get("/api/docs"),
    "GET /api/docs/start.js": get("/api/docs/start.js"),
    "GET /api/v1/openapi.json": get("/openapi.json"),
    "GET /api/v1/config": get("/config"),
    "POST /api/v1/session": lambda client, *_: client.post("/session", {"code": "nonsense"}),
    "POST /api/v1/session/refresh": lambda client, *_: client.post(
        "/session/refresh", {"refresh_token": "nonsense"}
    ),
    "DELETE /api/v1/session": lambda client, *_: client.delete("/session"),
    "GET /api/v1/me": get("/me"),
    "PATCH /api/v1/me": lambda client, *_: client.patch("/me", {"letter_size": "large"}),
    "PUT /api/v1/me/phone": lambda client, _world, who, _: client.put(
        "/me/phone", {"code": f"phone:demo:{who}"}
    ),
    "POST /api/v1/me/residence": lambda client, *_: client.post(
        "/me/residence", {"place_code": COMMUNITY, "room": "1-101"}
    ),
    "GET /api/v1/places": get("/places"),
    "GET /api/v1/places/locate": locate,
    "GET /api/v1/places/<code>": lambda client, world, who, whose: client.get(
        f"/places/{COMMUNITIES[world.place(who, whose)]}"
    ),
    "GET /api/v1/hazard-categories": get("/hazard-categories"),
    "POST /api/v1/photos": lambda client, *_: client.upload(jpeg()),
    "POST /api/v1/hazards": lambda client, _, who, __: client.post("/hazards", report_body(who)),
    "GET /api/v1/hazards": get("/hazards"),
    "GET /api/v1/hazards?place": lambda client, world, who, whose: client.get(
        "/hazards", place=COMMUNITIES[world.place(who, whose)]
    ),
    f"GET {H}": hazard_at("/hazards/{}"),
    f"GET {H} declined": hazard_at("/hazards/{}", "declined"),
    f"POST {H}/moves accept": to("accepted", "hazard"),
    f"POST {H}/moves withdraw": to("withdrawn", "hazard"),
    f"POST {H}/orders/<id>/answer": answer,
    f"POST {H}/verdicts": lambda client, world, who, whose: client.post(
        f"/hazards/{world.hazard(who, whose)['id']}/verdicts", {"seq": 1, "show": True}
    ),
    f"GET {H}/assignees": hazard_at("/hazards/{}/assignees"),
    "GET /api/v1/tasks": get("/tasks"),
    "GET /api/v1/residences": get("/residences"),
    f"POST {R}/moves confirm": to("confirmed", "residence"),
    f"POST {R}/moves withdraw": to("withdrawn", "residence"),
    "GET /api/v1/notices": get("/notices"),
    "POST /api/v1/notices/<id>/read": lambda client, world, who, whose: client.post(
        f"/notices/{world.notice(who, whose)['id']}/read"
    ),
    "POST /api/v1/notices/read-all": lambda client, *_: client.post("/notices/read-all"),
    "PUT /api/v1/subscriptions": lambda client, *_: client.put(
        "/subscriptions", {"demo-case-late": "accept"}
    ),
    "GET /api/v1/me/preferences": get("/me/preferences"),
    "PATCH /api/v1/me/preferences": lambda client, *_: client.patch(
        "/me/preferences", {"kinds": {"case_late": False}}
    ),
    "POST /api/v1/announcements": lambda client, *_: client.post(
        "/announcements", {"place_code": COMMUNITY, "title": "停水", "body": "明早八点"}
    ),
    "GET /api/v1/announcements": get("/announcements"),
    "GET /api/v1/announcements/<id>": hazard_at("/announcements/{}", "announcement"),
    "GET /api/v1/committees/<place_code>/overview": overview,
    f"GET {P}": lambda client, world, who, whose: client.get(world.photo_link(who, whose)),
    f"GET {P} forged": forged,
    **asking.REQUESTS,
}


@pytest.fixture
def world(people, report, photo):
    return World(people, report, photo)


@pytest.fixture
def everybody(app, clients, monkeypatch):
    """Everybody's client. Who may have a sheet is asked, not what stands on it: that takes long."""
    for printing in ("printed", "key"):
        monkeypatch.setattr(paper, printing, lambda *_: b"%PDF-")
    return {**clients, "nobody": Client(app)}


def test_every_policy_is_asked():
    assert set(REQUESTS) == {policy.request for policy in POLICIES}


@pytest.mark.parametrize(
    "policy",
    POLICIES,
    ids=str,
)
@pytest.mark.either_database  # what lists hold is asked of both, below
def test_everybody_gets_the_answer_of_the_table(policy, world, everybody):
    ask, answers = REQUESTS[policy.request], {}
    for who in PEOPLE:
        answers[who] = ask(everybody[who], world, who, policy.whose)
        if answers[who].status_code < 400 and not policy.request.startswith("GET"):
            world.kept.clear()
    assert {who: answer.status_code for who, answer in answers.items()} == policy.answers
    for answer in answers.values():
        if answer.status_code >= 400:
            assert answer.mimetype == "application/problem+json"
            assert answer.json["status"] == answer.status_code


SEES = {
    "stranger": set(),
    "resident": {"own"},
    "neighbour": {"own"},
    "gridworker": {"own"},
    "gridworker2": {"own"},
    "committee": {"own"},
    "street": {"own", "sibling"},
    "district": {"own", "sibling"},
    "outsider": {"elsewhere"},
    "sibling": {"sibling"},
}
STAFF = {"gridworker", "gridworker2", "committee", "street", "district", "outsider"}


def listed(client, path, **query):
    answer = client.get(path, limit=50, **query)
    assert answer.status_code == 200, answer.json
    return {item["id"] for item in answer.json["items"]}


def test_lists_hold_what_one_sees_and_nothing_else(world, clients):
    cases = {where: world.report(world.author, where)["id"] for where in COMMUNITIES}
    spot = places.get_place("510105007004001")
    for who, client in clients.items():
        mine = {cases[where] for where in SEES[who]}
        assert listed(client, "/hazards") == mine, who
        assert listed(client, "/hazards", bbox="70,0,140,60") == mine, who
        near = listed(client, "/hazards", near=f"{spot['lat']},{spot['lon']}")
        assert near <= mine, who
        assert (cases["own"] in near) == ("own" in SEES[who]), who
        assert listed(client, "/hazards", mine="true") == set(), who
        if who in STAFF:
            assert listed(client, "/tasks") == mine, who


def test_lists_of_homes_hold_only_those_that_one_confirms(world, clients):
    homes = {
        where: residents.request_residence(make_actor(), place_code=code, room="1-101")["id"]
        for where, code in COMMUNITIES.items()
    }
    for who in STAFF:
        assert listed(clients[who], "/residences") == {homes[where] for where in SEES[who]}, who


def test_announcements_are_listed_to_those_who_live_or_work_there(world, people, clients):
    said = {where: world.announcement("nobody", where)["id"] for where in ("sibling", "elsewhere")}
    said["own"] = world.announcement("nobody", "own")["id"]
    for who, client in clients.items():
        assert listed(client, "/announcements") == {said[where] for where in SEES[who]}, who


def test_figures_count_only_ones_own_places(world, clients):
    for where in COMMUNITIES:
        world.report(world.author, where)
    figures = clients["outsider"].get(f"/committees/{ELSEWHERE}/overview").json
    assert figures["totals"]["reported"] == 1
    figures = clients["street"].get("/committees/510105007/overview").json
    assert figures["totals"]["reported"] == 2


def test_a_worker_of_another_place_cannot_be_made_a_handler(world, clients, people):
    """Being the handler shows a case: it must not be a way into another community."""
    case = world.report(world.author, "own")
    path = f"/hazards/{case['id']}/moves"
    assert clients["gridworker"].post(path, {"to": "accepted"}).status_code == 200
    for who in ("outsider", "stranger", "sibling"):
        body = {"to": "assigned", "assignee_id": people[who].resident_id}
        assert clients["gridworker"].post(path, body).status_code == 422
        assert clients[who].get(f"/hazards/{case['id']}").status_code == 404
