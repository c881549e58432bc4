"""The routes of shifts and seats: a happy path, a refusal, a bad form each."""

from datetime import timedelta

import pytest

from app.core import clock
from app.patrols import beats, seats
from tests.clients import Client
from tests.factories.people import COMMUNITY, SIBLING
from tests.patrols.conftest import DAY, GRID, HOUR, acquaint, make_shift, offer_of, shift_row

pytestmark = pytest.mark.usefixtures("now")
SPOTS = [
    {"name": "东门", "lat": 30.6600, "lon": 104.0300},
    {"name": "西门", "lat": 30.6610, "lon": 104.0310, "radius_m": 20},
]


@pytest.fixture
def phone(app, volunteer):
    """Return what signs a volunteer in; somebody new if none is named."""

    def make(actor=None):
        person = actor or volunteer()
        client = Client(app).signed_in_as(person)
        client.actor = person
        return client

    return make


@pytest.fixture
def route(people):
    """Return what makes a route in the community."""

    def make(place_code=COMMUNITY, **form):
        given = {"place_code": place_code, "name": "夜巡线", "checkpoints": SPOTS}
        return beats.create_route(people["street"], **(given | form))

    return make


def form(**changes):
    starts_at = clock.now() + 2 * DAY
    return {
        "title": "晚间巡逻",
        "place_code": COMMUNITY,
        "starts_at": starts_at.isoformat(),
        "ends_at": (starts_at + 2 * HOUR).isoformat(),
        "capacity": 2,
        **changes,
    }


def problem(answer):
    assert answer.mimetype == "application/problem+json", answer.json
    return answer.status_code, answer.json["code"], [e["field"] for e in answer.json["errors"]]


# Planning


def test_a_committee_plans_and_sees_what_was_planned(clients):
    answer = clients["committee"].post("/shifts", form(minimum=2, skills=["driver", "first_aid"]))
    assert answer.status_code == 201
    shift = answer.json
    assert shift["skills"] == ["first_aid", "driver"]
    assert (shift["taken"], shift["places_left"], shift["state"]) == (0, 2, "open")
    assert shift["place_name"] == "草堂路社区"
    assert set(shift["moves"]) == {"join", "lead", "cancel", "remove", "edit", "call_out"}
    assert shift["cut_off_at"] == (clock.now() + DAY).isoformat().replace("+00:00", "Z")
    assert clients["committee"].get(f"/shifts/{shift['id']}").json == shift


def test_planning_twice_with_one_key_plans_once(clients):
    one, two = (
        clients["committee"].post("/shifts", form(), Idempotency_Key="a-key") for _ in range(2)
    )
    assert one.json == two.json
    other = clients["committee"].post("/shifts", form(title="别的"), Idempotency_Key="a-key")
    assert problem(other)[:2] == (409, "idempotency_key_reused")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "长" * 41}, "title"),
        ({"capacity": 0}, "capacity"),
        ({"capacity": 501}, "capacity"),
        ({"capacity": True}, "capacity"),
        ({"starts_at": "2026-11-23T10:00:00"}, "starts_at"),
        ({"starts_at": "tomorrow"}, "starts_at"),
        ({"place_code": "51"}, "place_code"),
        ({"skills": ["juggling"]}, "skills.0"),
        ({"route_id": 0}, "route_id"),
        ({"nonsense": 1}, "nonsense"),
    ],
)
def test_a_bad_form_plans_nothing(changes, field, clients):
    assert problem(clients["committee"].post("/shifts", form(**changes))) == (
        422,
        "invalid_input",
        [field],
    )


def test_who_plans_nothing_there_is_refused(clients):
    assert problem(clients["resident"].post("/shifts", form()))[:2] == (403, "forbidden")
    elsewhere = clients["committee"].post("/shifts", form(place_code=SIBLING))
    assert problem(elsewhere)[:2] == (403, "forbidden")


def test_a_shift_is_changed_and_cancelled(clients, plan):
    path = f"/shifts/{plan()}"
    changed = clients["committee"].patch(path, {"title": "早巡", "words": "带手电", "version": 1})
    assert (changed.json["title"], changed.json["words"]) == ("早巡", "带手电")
    assert problem(clients["committee"].patch(path, {"title": "x", "version": 1}))[0] == 409
    assert problem(clients["committee"].patch(path, {"capacity": "many"}))[0] == 422
    assert problem(clients["resident"].patch(path, {"title": "x"}))[0] == 403
    assert clients["committee"].patch(path, {"words": None}).json["words"] is None
    assert problem(clients["committee"].post(f"{path}/cancellation", {}))[0] == 422
    cancelled = clients["committee"].post(f"{path}/cancellation", {"reason": "暴雨"})
    assert (cancelled.json["state"], cancelled.json["cancel_reason"]) == ("cancelled", "暴雨")
    assert cancelled.json["places_left"] == 0
    again = clients["committee"].post(f"{path}/cancellation", {"reason": "暴雨"})
    assert problem(again)[:2] == (409, "shift_not_open")


# Seats


def test_the_way_of_a_seat(plan, phone):
    path = f"/shifts/{plan(capacity=1)}"
    one, two = phone(), phone()
    first, second = one.post(f"{path}/signups"), two.post(f"{path}/signups")
    assert (first.status_code, first.json["state"]) == (201, "joined")
    assert (second.status_code, second.json["state"], second.json["position"]) == (
        201,
        "waiting",
        1,
    )
    assert problem(one.post(f"{path}/signups"))[:2] == (409, "already_signed_up")
    assert one.get(path).json["moves"] == ["leave", "swap"]
    assert two.get(path).json["my"]["position"] == 1
    assert one.delete(f"{path}/signups/mine").json["state"] == "left"
    offers = two.get("/me/offers").json["items"]
    assert [offer["shift"]["id"] for offer in offers] == [int(path.rpartition("/")[2])]
    shown = two.get(path).json
    assert shown["my"]["offer"]["id"] == offers[0]["id"]
    assert set(shown["moves"]) == {"accept_offer", "decline_offer"}
    assert one.post(f"/offers/{offers[0]['id']}/accept").status_code == 404
    assert two.post(f"/offers/{offers[0]['id']}/accept").json["state"] == "joined"
    assert problem(two.post(f"/offers/{offers[0]['id']}/decline"))[:2] == (409, "offer_over")
    assert two.get("/me/offers").json["items"] == []
    assert one.delete(f"{path}/signups/mine").status_code == 404


def test_signing_up_twice_with_one_key_answers_the_same(plan, phone):
    path, client = f"/shifts/{plan()}/signups", phone()
    answers = [client.post(path, Idempotency_Key="tap") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json == answers[1].json


def test_one_has_to_serve_first(plan, clients):
    answer = clients["resident"].post(f"/shifts/{plan()}/signups")
    assert problem(answer)[:2] == (409, "not_a_volunteer")
    assert clients["resident"].post("/shifts/999999/signups").status_code == 404


def test_a_stand_in_takes_over(plan, phone):
    shift_id = plan(5 * HOUR, capacity=1)
    path, one, two = f"/shifts/{shift_id}", phone(), phone()
    one.post(f"{path}/signups")
    assert one.get(path).json["moves"] == ["seek_stand_in", "swap"]
    assert one.delete(f"{path}/signups/mine").json["state"] == "seeking"
    assert "take_over" in two.get(path).json["moves"]
    assert two.get(path).json["seeking"] == 1
    assert problem(two.post(f"{path}/stand-ins", {"resident_id": 0}))[0] == 422
    assert problem(two.post(f"{path}/stand-ins", {"resident_id": 10**9}))[1] == "nobody_seeks"
    taken = two.post(f"{path}/stand-ins", {"resident_id": one.actor.resident_id})
    assert (taken.status_code, taken.json["state"]) == (201, "joined")
    assert problem(phone().post(f"{path}/stand-ins", {}))[:2] == (409, "nobody_seeks")


def test_a_leader_takes_somebody_off(plan, phone, clients):
    shift_id, one = plan(), phone()
    one.post(f"/shifts/{shift_id}/signups")
    path = f"/shifts/{shift_id}/signups/{one.actor.resident_id}/removal"
    assert problem(clients["committee"].post(path, {}))[0] == 422
    assert problem(one.post(path, {"reason": "不去"}))[0] == 403
    assert clients["committee"].post(path, {"reason": "多次未到"}).json["state"] == "removed"
    assert clients["committee"].post(path, {"reason": "多次未到"}).status_code == 404
    assert one.get(f"/shifts/{shift_id}").json["moves"] == []


def test_two_swap(plan, phone):
    one, other = plan(capacity=1), plan(3 * DAY, capacity=1)
    a, b = phone(), phone()
    acquaint(a.actor, b.actor)
    a.post(f"/shifts/{one}/signups")
    b.post(f"/shifts/{other}/signups")
    body = {"resident_id": b.actor.resident_id, "their_shift_id": other, "note": "家里有事"}
    asked = a.post(f"/shifts/{one}/swaps", body)
    assert asked.status_code == 201
    assert asked.json["with"]["id"] == b.actor.resident_id
    assert [swap["id"] for swap in b.get(f"/shifts/{other}").json["my"]["swaps"]] == [
        asked.json["id"]
    ]
    path = f"/swaps/{asked.json['id']}/moves"
    assert problem(b.post(path, {"to": "perhaps"}))[0] == 422
    assert problem(a.post(path, {"to": "agreed"}))[:2] == (403, "move_not_yours")
    assert phone().post(path, {"to": "agreed"}).status_code == 404
    assert b.post(path, {"to": "agreed"}).json["state"] == "agreed"
    assert problem(b.post(path, {"to": "agreed"}))[:2] == (409, "swap_over")
    assert [item["state"] for item in a.get("/me/swaps").json["items"]] == ["agreed"]
    assert problem(a.post(f"/shifts/{one}/swaps", body))[:2] == (409, "not_on_shift")
    assert problem(a.post(f"/shifts/{other}/swaps", {}))[0] == 422
    found = a.get(f"/shifts/{other}/colleagues").json["items"]
    assert [item["id"] for item in found] == [b.actor.resident_id]
    assert problem(a.get(f"/shifts/{one}/colleagues"))[:2] == (409, "not_on_shift")


# What one sees


def test_names_are_for_the_crew_and_who_leads(filled, phone, clients, people, volunteer):
    path = f"/shifts/{filled.id}"
    one, _, third, _ = filled.people
    leader = volunteer()
    leading = make_shift(people["committee"], leader_id=leader.resident_id)
    for client, names in (
        (phone(one), 2),
        (clients["committee"], 4),
        (phone(third), 0),
        (clients["sibling"], 0),
        (clients["stranger"], 0),
        (clients["outsider"], 0),
    ):
        shown = client.get(path).json
        assert len(shown["crew"]) == names
        assert (shown["taken"], shown["waiting"]) == (2, 2)
    assert phone(leader).get(f"/shifts/{leading}").json["leads"] is True
    assert phone(leader).get(path).json["leads"] is False
    seats.leave(one, filled.id)
    assert len(phone(third).get(path).json["crew"]) == 1  # a held seat is enough


def test_the_way_is_for_who_walks_it_or_lives_there(plan, route, phone, clients):
    made = route()
    shift_id = plan(route_id=made["id"])
    outsider = phone()
    for client, spots in ((clients["resident"], 2), (clients["outsider"], 0), (outsider, 0)):
        shown = client.get(f"/shifts/{shift_id}").json["route"]
        assert (shown["name"], len(shown["checkpoints"]), len(shown["path"])) == (
            "夜巡线",
            spots,
            spots,
        )
    outsider.post(f"/shifts/{shift_id}/signups")
    assert len(outsider.get(f"/shifts/{shift_id}").json["route"]["checkpoints"]) == 2
    assert "secret" not in str(outsider.get(f"/shifts/{shift_id}").json)


@pytest.mark.parametrize(
    ("minutes", "shown"), [(-61, False), (-60, True), (60, True), (301, False)]
)
def test_the_crew_checks_in_around_the_shift(minutes, shown, filled, phone):
    client = phone(filled.people[0])
    with clock.at(shift_row(filled.id).starts_at + timedelta(minutes=minutes)):
        assert ("check_in" in client.get(f"/shifts/{filled.id}").json["moves"]) is shown


# Lists


def ids(client, **query):
    answer = client.get("/shifts", **query)
    assert answer.status_code == 200, answer.json
    return [item["id"] for item in answer.json["items"]]


def test_the_coming_shifts_by_their_start(plan, phone):
    late, early, middle = plan(4 * DAY), plan(2 * DAY), plan(3 * DAY)
    client = phone()
    assert ids(client) == [early, middle, late]
    first = client.get("/shifts", limit=2).json
    assert [item["id"] for item in first["items"]] == [early, middle]
    rest = client.get("/shifts", limit=2, cursor=first["next_cursor"]).json
    assert ([item["id"] for item in rest["items"]], rest["next_cursor"]) == ([late], None)


def test_a_calendar_asks_for_days_or_moments(plan, phone):
    early, late = plan(2 * DAY), plan(3 * DAY)  # 23 and 24 November, 10:00 in Shanghai
    client = phone()
    assert ids(client, **{"from": "2026-11-23", "to": "2026-11-23"}) == [early]
    assert ids(client, **{"from": "2026-11-24"}) == [late]
    assert ids(client, **{"from": "2026-11-23T03:00:00Z", "to": "2026-11-24T00:00:00Z"}) == [early]
    assert ids(client, **{"from": "2026-11-23T04:00:00Z"}) == [late]
    with clock.at(clock.now() + 2 * DAY + HOUR):
        assert ids(phone(client.actor)) == [early, late]  # one that goes on is still there
    with clock.at(clock.now() + 10 * DAY):
        assert ids(phone(client.actor), **{"from": "2026-11-01"}) == [early, late]


def test_of_a_place_and_of_what_is_around_it(plan, phone, people):
    mine, grid = plan(), plan(place_code=GRID)
    other = make_shift(people["street"], place_code=SIBLING)
    client = phone()
    assert ids(client) == [mine, grid, other]
    assert ids(client, place=COMMUNITY) == [mine, grid]
    assert ids(client, place=GRID) == [mine, grid]
    assert ids(client, place=GRID[:-1] + "2") == [mine]
    assert ids(client, place=COMMUNITY[:9]) == [mine, grid, other]


def test_mine_and_open_and_near(plan, phone, route, clients):
    made = route()
    here, full, plain = plan(route_id=made["id"]), plan(3 * DAY, capacity=1), plan(4 * DAY)
    client, other = phone(), phone()
    client.post(f"/shifts/{full}/signups")
    other.post(f"/shifts/{full}/signups")
    assert ids(client, mine="true") == ids(other, mine="true") == [full]
    assert [i["mine"] for i in other.get("/shifts", mine="true").json["items"]] == ["waiting"]
    assert ids(client, open="true") == [here, plain]
    near = client.get("/shifts", near="30.66,104.03").json["items"]
    distances = {item["id"]: item["distance_m"] for item in near}
    assert distances[here] == 0
    assert 0 < distances[full] < 5000
    assert ids(client, near="31.5,104.03") == []
    assert ids(client, near="30.6585,104.0325", coord_sys="gcj02")
    clients["committee"].post(f"/shifts/{full}/cancellation", {"reason": "暴雨"})
    assert ids(client) == [here, full, plain]  # it was theirs
    assert ids(phone()) == [here, plain]


def test_who_leads_a_shift_finds_it_among_theirs(plan, phone):
    client = phone()
    shift_id = plan(leader_id=client.actor.resident_id)
    assert ids(client, mine="true") == [shift_id]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"from": "yesterday"}, "from"),
        ({"to": "2026-13-01"}, "to"),
        ({"from": "2026-11-24", "to": "2026-11-23"}, "to"),
        ({"near": "91,104"}, "near"),
        ({"near": "30"}, "near"),
        ({"place": "x"}, "place"),
        ({"mine": "maybe"}, "mine"),
        ({"cursor": "nonsense"}, "cursor"),
        ({"limit": 51}, "limit"),
    ],
)
def test_a_bad_question_is_refused(query, field, phone):
    assert problem(phone().get("/shifts", **query)) == (422, "invalid_input", [field])


# Patrol routes


def test_a_route_is_made_and_changed(clients):
    body = {"place_code": COMMUNITY, "name": "夜巡线", "checkpoints": SPOTS}
    made = clients["gridworker2"].post("/patrol-routes", body)
    assert made.status_code == 201
    route = made.json
    assert route["path"] == [[30.66, 104.03], [30.661, 104.031]]
    assert 140 < route["length_m"] < 160
    assert [spot["radius_m"] for spot in route["checkpoints"]] == [30, 20]
    path = f"/patrol-routes/{route['id']}"
    codes = {code["checkpoint_id"]: code for code in committee_codes(clients, path)}
    kept = route["checkpoints"][1]
    new = {"name": "南门", "lat": 30.659, "lon": 104.03}
    changed = clients["committee"].patch(
        path, {"checkpoints": [{**new}, {key: kept[key] for key in ("id", "name", "lat", "lon")}]}
    )
    assert [spot["name"] for spot in changed.json["checkpoints"]] == ["南门", "西门"]
    after = {code["checkpoint_id"]: code for code in committee_codes(clients, path)}
    assert after[kept["id"]]["text"] == codes[kept["id"]]["text"]
    assert route["checkpoints"][0]["id"] not in after
    # Whoever still has the old print is known, as of a retired checkpoint.
    old = beats.checkpoint_of_code(codes[route["checkpoints"][0]["id"]]["text"])
    assert old.retired_at is not None
    assert beats.checkpoint_of_code("LLCP:1:wrong") is None
    assert beats.checkpoint_of_code("hello") is None
    assert [item["id"] for item in clients["resident"].get("/patrol-routes").json["items"]] == [
        route["id"]
    ]
    assert clients["outsider"].get("/patrol-routes").json["items"] == []
    assert clients["outsider"].get(path).status_code == 404
    assert clients["resident"].get(path).json["moves"] == []


def committee_codes(clients, path):
    answer = clients["committee"].get(f"{path}/codes")
    assert answer.status_code == 200
    for code in answer.json["codes"]:
        assert code["svg"].startswith("<svg")
        assert beats.checkpoint_of_code(code["text"]).id == code["checkpoint_id"]
    return answer.json["codes"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"checkpoints": []}, "path"),
        ({"path": []}, "path"),
        ({"path": [[91, 104]]}, "path.0.0"),
        ({"path": [[30]]}, "path.0"),
        ({"checkpoints": [{"name": "x", "lat": 30}]}, "checkpoints.0.lon"),
        ({"checkpoints": [SPOTS[0] | {"radius_m": 4}]}, "checkpoints.0.radius_m"),
        ({"coord_sys": "bd09"}, "coord_sys"),
    ],
)
def test_a_bad_route_is_refused(changes, field, clients):
    body = {"place_code": COMMUNITY, "name": "夜巡线", "checkpoints": SPOTS} | changes
    assert problem(clients["committee"].post("/patrol-routes", body))[0::2] == (422, [field])


def test_coordinates_of_a_map_are_turned(clients):
    body = {"place_code": COMMUNITY, "name": "夜巡线", "checkpoints": SPOTS, "coord_sys": "gcj02"}
    spot = clients["committee"].post("/patrol-routes", body).json["checkpoints"][0]
    assert 0.001 < abs(spot["lat"] - SPOTS[0]["lat"]) < 0.01


def test_an_unknown_checkpoint_is_refused(clients, route):
    made = route()
    spot = {**SPOTS[0], "id": 10**9}
    answer = clients["committee"].patch(f"/patrol-routes/{made['id']}", {"checkpoints": [spot]})
    assert problem(answer)[0::2] == (422, ["checkpoints"])


def test_offers_of_nobody_are_not_found(phone, filled):
    seats.leave(filled.people[0], filled.id)
    offer_id = offer_of(filled.people[2]).id
    assert phone().post(f"/offers/{offer_id}/decline").status_code == 404
    assert phone(filled.people[2]).post(f"/offers/{offer_id}/decline").json["state"] == "left"
