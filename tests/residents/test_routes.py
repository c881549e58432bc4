"""Oneself and one's home, through HTTP."""

import pytest
from sqlalchemy import func, select

from app.core import crypto
from app.core.access import RoleKind
from app.core.db import db, read
from app.places.models import Place
from app.residents import rules, service
from app.residents.models import Consent, HeldRole, Residence, Resident
from tests.clients import Client
from tests.crowds import at_once
from tests.factories.people import COMMUNITY, ELSEWHERE, SIBLING, make_actor
from tools.wechat_sandbox.identities import phone_of

GRID = "510105007004001"
HOME = {"place_code": COMMUNITY, "room": "3 单元 201"}


def row(model, **where):
    db.session.rollback()
    return read(select(model.__table__).filter_by(**where)).one()


def count(model):
    db.session.rollback()
    return read(select(func.count()).select_from(model)).scalar_one()


def building(code=f"{GRID}001"):
    found = read(select(Place.id).where(Place.code == code)).scalar_one()
    db.session.rollback()
    return found


def move(client, residence, to, **more):
    return client.post(f"/residences/{residence['id']}/moves", {"to": to, **more})


@pytest.fixture
def requested(clients):
    """Return the stranger's request for a home in the community."""
    answer = clients["stranger"].post("/me/residence", HOME)
    assert answer.status_code == 201, answer.json
    return answer.json


@pytest.fixture
def confirmed(clients, requested):
    """Return the same, confirmed by the grid worker."""
    return move(clients["gridworker"], requested, "confirmed").json


def roles(client):
    return {(role["kind"], role["place_code"]) for role in client.get("/me").json["roles"]}


# Configuration


def test_anybody_may_know_what_a_phone_must_know(client):
    answer = client.get("/config")
    assert answer.status_code == 200
    assert answer.json["sandbox"] is True
    assert answer.json["privacy_version"] == rules.PRIVACY_VERSION
    assert "demo:resident" in {person["code"] for person in answer.json["demo_people"]}


def test_nothing_secret_is_configuration(app, client):
    text = client.get("/config").text
    settings = app.extensions["linli_settings"]
    for secret in (settings.secret_key, settings.database_url, settings.wechat_base_url):
        assert secret not in text


# Oneself


def test_one_sees_oneself_as_one_is(clients, people):
    me = clients["resident"].get("/me").json
    assert me["id"] == people["resident"].resident_id
    assert me["name"] == "周奶奶"
    assert me["community"] == {"code": COMMUNITY, "name": "草堂路社区"}
    assert me["roles"] == [
        {"kind": "resident", "place_code": COMMUNITY, "place_name": "草堂路社区"}
    ]
    assert me["consent"] == {"version": None, "given_at": None, "current": rules.PRIVACY_VERSION}


def test_a_district_officer_is_at_home_in_no_community(clients):
    assert clients["district"].get("/me").json["community"] is None


@pytest.mark.parametrize(
    ("change", "kept"),
    [
        ({"name": " 周奶奶 "}, {"name": "周奶奶"}),
        ({"name": "x" * 40}, {"name": "x" * 40}),
        ({"name": "<script>alert(1)</script>"}, {"name": "<script>alert(1)</script>"}),
        ({"name": "'; DROP TABLE residents; --"}, {"name": "'; DROP TABLE residents; --"}),
        ({"language": "en"}, {"language": "en"}),
        ({"letter_size": "large"}, {"letter_size": "large"}),
        ({"language": "en", "letter_size": "large"}, {"language": "en", "letter_size": "large"}),
        ({}, {}),
    ],
)
def test_one_may_change_this_about_oneself(clients, change, kept):
    before = clients["resident"].get("/me").json
    answer = clients["resident"].patch("/me", change)
    assert answer.status_code == 200
    assert answer.json == {**before, **kept}
    assert clients["resident"].get("/me").json == answer.json
    assert clients["neighbour"].get("/me").json["name"] == "小林"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "  "}, "name"),
        ({"name": "x" * 41}, "name"),
        ({"name": None}, "name"),
        ({"name": "a\0b"}, "name"),
        ({"language": "zh"}, "language"),
        ({"letter_size": "huge"}, "letter_size"),
        ({"consent_version": "2020-01"}, "consent_version"),
        ({"consent_version": None}, "consent_version"),
        ({"id": 1}, "id"),
        ({"roles": []}, "roles"),
        ({"phone": "13800000001"}, "phone"),
        ({"openid": "o1"}, "openid"),
    ],
)
def test_other_changes_are_refused_whole(clients, change, field):
    before = clients["resident"].get("/me").json
    answer = clients["resident"].patch("/me", {"letter_size": "large", **change})
    assert answer.status_code == 422
    assert [fault["field"] for fault in answer.json["errors"]] == [field]
    assert clients["resident"].get("/me").json == before


def test_consent_is_recorded_with_its_version_and_never_overwritten(clients, people):
    for _ in range(2):
        answer = clients["resident"].patch("/me", {"consent_version": rules.PRIVACY_VERSION})
        assert answer.status_code == 200
    assert answer.json["consent"]["version"] == rules.PRIVACY_VERSION
    assert answer.json["consent"]["given_at"].endswith("Z")
    db.session.rollback()
    history = read(select(Consent.__table__)).all()
    assert {entry.version for entry in history} == {rules.PRIVACY_VERSION}
    assert {entry.resident_id for entry in history} == {people["resident"].resident_id}


# The phone number


def test_a_phone_number_is_masked_on_the_wire_and_sealed_at_rest(clients, people):
    number = phone_of("phone:demo:resident")
    answer = clients["resident"].put("/me/phone", {"code": "phone:demo:resident"})
    assert answer.status_code == 200
    assert answer.json["phone"] == rules.masked(number)
    assert number not in answer.text
    sealed = row(Resident, id=people["resident"].resident_id).sealed_phone
    assert number not in sealed
    assert crypto.decrypt(sealed) == number
    assert clients["resident"].get("/me").json["phone"] == rules.masked(number)


def test_a_phone_code_that_wechat_does_not_know_is_refused(clients):
    answer = clients["resident"].put("/me/phone", {"code": "phone:nobody"})
    assert answer.status_code == 422
    assert answer.json["code"] == "bad_phone_code"
    assert clients["resident"].get("/me").json["phone"] is None


@pytest.mark.parametrize("body", [{}, {"code": ""}, {"code": 1}, {"phone": "13800000001"}])
def test_a_phone_number_cannot_be_claimed_without_a_code(clients, body):
    assert clients["resident"].put("/me/phone", body).status_code == 422


def test_no_connection_is_held_while_wechat_takes_its_time(app, people, sandbox):
    read(select(Resident.id)).all()
    held, readers = [], app.extensions["linli_readers"]

    class Slow:
        def phone_number(self, code, _openid):
            # Those that are kept for whoever reads next are nobody's meanwhile.
            held.append(db.engine.pool.checkedout() - len(readers._kept))
            return phone_of(code)

    line, app.extensions["linli_wechat"] = app.extensions["linli_wechat"], Slow()
    try:
        service.set_phone(people["resident"], "phone:demo:resident")
    finally:
        app.extensions["linli_wechat"] = line
    assert held == [0]


# Asking for a home


def test_a_request_waits_for_the_grid_worker(clients, requested):
    assert requested["state"] == "requested"
    assert requested["place_name"] == "草堂路社区"
    assert requested["room"] == HOME["room"]
    assert [found["move"] for found in requested["moves"]] == ["withdraw"]
    assert clients["stranger"].get("/me").json["residence"] == requested
    assert roles(clients["stranger"]) == set()


def test_a_building_knows_its_grid(clients):
    body = {**HOME, "building_id": building()}
    answer = clients["stranger"].post("/me/residence", body)
    assert answer.status_code == 201
    assert answer.json["place_code"] == GRID
    assert answer.json["building"]["id"] == body["building_id"]


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"place_code": "999999999999"}, "place_code", "unknown_place"),
        ({"place_code": "510105007"}, "place_code", "invalid"),
        ({"place_code": f"{GRID}001"}, "place_code", "invalid"),
        ({"place_code": "51010500700x"}, "place_code", "invalid"),
        ({"place_code": None}, "place_code", "required"),
        ({"place_code": 510105007004}, "place_code", "invalid"),
        ({"building_id": 2**62}, "building_id", "unknown_place"),
        ({"building_id": True}, "building_id", "invalid"),
        ({"building_id": "1"}, "building_id", "invalid"),
        ({"building_id": 0}, "building_id", "range"),
        ({"room": ""}, "room", "length"),
        ({"room": "x" * 41}, "room", "length"),
        ({"resident_id": 1}, "resident_id", "unknown_field"),
        ({"state": "confirmed"}, "state", "unknown_field"),
    ],
)
def test_a_home_that_cannot_be_is_refused(clients, change, field, code):
    answer = clients["stranger"].post("/me/residence", {**HOME, **change})
    assert answer.status_code == 422
    faults = [(fault["field"], fault["code"]) for fault in answer.json["errors"]]
    assert faults == [(field, code)]
    assert count(Residence) == 0


def test_a_building_of_another_place_is_refused(clients):
    for code, known in ((COMMUNITY, "grid"), (f"{COMMUNITY}002", "building")):
        place = read(select(Place.id).where(Place.kind == known, Place.code.like(f"{GRID}%")))
        body = {**HOME, "place_code": code, "building_id": place.scalars().first()}
        db.session.rollback()
        answer = clients["stranger"].post("/me/residence", body)
        assert answer.status_code == 422
        assert answer.json["errors"][0]["field"] == "building_id"


def test_a_second_request_waits_for_the_first(clients, requested):
    answer = clients["stranger"].post("/me/residence", {**HOME, "room": "another"})
    assert answer.status_code == 409
    assert answer.json["code"] == "residence_pending"
    assert move(clients["stranger"], requested, "withdrawn").status_code == 200
    assert clients["stranger"].post("/me/residence", HOME).status_code == 201


def test_ten_requests_at_once_are_one(app, people):
    def ask(number):
        try:
            service.request_residence(people["stranger"], place_code=COMMUNITY, room=str(number))
        except service.ResidencePending:
            return False
        return True

    assert sum(at_once(app, 10, ask)) == 1
    assert count(Residence) == 1


# Deciding about homes


def test_a_confirmed_home_makes_a_resident(clients, people, requested):
    answer = move(clients["gridworker"], requested, "confirmed")
    assert answer.status_code == 200
    assert answer.json["state"] == "confirmed"
    assert answer.json["decided_at"]
    assert answer.json["moves"] == []
    assert roles(clients["stranger"]) == {("resident", COMMUNITY)}
    me = clients["stranger"].get("/me").json
    assert me["community"]["code"] == COMMUNITY
    assert [found["move"] for found in me["residence"]["moves"]] == ["move_away"]
    assert row(Residence).decided_by == people["gridworker"].resident_id


@pytest.mark.parametrize("who", ["gridworker2", "committee", "street", "district"])
def test_whoever_is_responsible_for_the_place_may_confirm(clients, requested, who):
    assert move(clients[who], requested, "confirmed").status_code == 200


def test_a_refusal_says_why(clients, requested):
    without = move(clients["gridworker"], requested, "refused")
    assert without.status_code == 422
    assert without.json["errors"][0]["field"] == "note"
    answer = move(clients["gridworker"], requested, "refused", note="门牌不对")
    assert (answer.status_code, answer.json["state"]) == (200, "refused")
    mine = clients["stranger"].get("/me").json["residence"]
    assert (mine["state"], mine["note"]) == ("refused", "门牌不对")
    assert roles(clients["stranger"]) == set()


@pytest.mark.parametrize("who", ["outsider", "sibling", "neighbour", "resident"])
def test_a_home_does_not_exist_for_who_has_nothing_to_do_with_it(clients, requested, who):
    for to in ("confirmed", "withdrawn"):
        assert move(clients[who], requested, to).status_code == 404
    assert row(Residence).state == "requested"


def test_a_sibling_communitys_staff_see_nothing_of_it(app, clients, requested):
    worker = Client(app).signed_in_as(make_actor((RoleKind.GRID_WORKER, SIBLING)))
    assert worker.get("/residences").json["items"] == []
    assert move(worker, requested, "confirmed").status_code == 404


def test_nobody_confirms_their_own_home(clients, people):
    own = clients["gridworker"].post("/me/residence", HOME).json
    assert [found["move"] for found in own["moves"]] == ["withdraw"]
    answer = move(clients["gridworker"], own, "confirmed")
    assert answer.status_code == 403
    assert answer.json["code"] == "move_not_yours"
    assert clients["gridworker"].get("/residences").json["items"] == []
    assert move(clients["gridworker2"], own, "confirmed").status_code == 200


def test_a_decision_is_made_once(clients, confirmed):
    again = move(clients["gridworker2"], confirmed, "refused", note="x")
    assert again.status_code == 409
    assert again.json["code"] == "illegal_move"
    assert row(Residence).state == "confirmed"


def test_of_many_decisions_at_once_one_counts(app, people, requested):
    workers = [people["gridworker"], people["gridworker2"], people["committee"]]

    def decide(number):
        to, note = (("confirmed", None), ("refused", "x"))[number % 2]
        try:
            service.move_residence(workers[number % 3], requested["id"], to=to, note=note)
        except service.IllegalMove:
            return None
        return to

    won = [to for to in at_once(app, 12, decide) if to]
    assert len(won) == 1
    assert row(Residence).state == won[0]
    held = read(select(HeldRole.kind).where(HeldRole.resident_id == requested["resident"]["id"]))
    assert len(held.all()) == (won[0] == "confirmed")


def test_withdrawing_and_confirming_at_once_is_one_of_them(app, people, requested):
    def decide(number):
        who, to = (("stranger", "withdrawn"), ("gridworker", "confirmed"))[number]
        try:
            service.move_residence(people[who], requested["id"], to=to)
        except service.IllegalMove:
            return None
        return to

    won = [to for to in at_once(app, 2, decide) if to]
    # A home may be confirmed and then left; it is never withdrawn and then confirmed.
    assert won in (["withdrawn"], ["confirmed"], ["withdrawn", "confirmed"])
    state = row(Residence).state
    held = read(select(HeldRole.id).filter_by(resident_id=people["stranger"].resident_id)).all()
    assert len(held) == (state == "confirmed")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "to"),
        ({"to": "evicted"}, "to"),
        ({"to": None}, "to"),
        ({"to": "refused", "note": "x" * 501}, "note"),
        ({"to": "confirmed", "by": 1}, "by"),
    ],
)
def test_a_move_that_makes_no_sense_is_a_bad_form(clients, requested, body, field):
    path = f"/residences/{requested['id']}/moves"
    answer = clients["gridworker"].post(path, body)
    assert answer.status_code == 422
    assert [fault["field"] for fault in answer.json["errors"]] == [field]


# Moving


def test_moving_away_ends_the_role_at_once(clients, confirmed):
    answer = move(clients["stranger"], confirmed, "withdrawn")
    assert answer.status_code == 200
    assert roles(clients["stranger"]) == set()
    assert clients["stranger"].get("/me").json["residence"] is None


def test_a_new_home_replaces_the_old_one(clients, confirmed):
    body = {"place_code": SIBLING, "room": "1"}
    new = clients["stranger"].post("/me/residence", body).json
    assert roles(clients["stranger"]) == {("resident", COMMUNITY)}
    assert move(clients["street"], new, "confirmed").status_code == 200
    assert roles(clients["stranger"]) == {("resident", SIBLING)}
    assert row(Residence, id=confirmed["id"]).state == "withdrawn"
    assert clients["stranger"].get("/me").json["residence"]["id"] == new["id"]


def test_another_flat_in_the_same_community_keeps_the_role(clients, confirmed):
    new = clients["stranger"].post("/me/residence", {**HOME, "room": "4 单元 1"}).json
    assert move(clients["gridworker"], new, "confirmed").status_code == 200
    assert roles(clients["stranger"]) == {("resident", COMMUNITY)}


def test_a_refused_move_leaves_the_home_one_has(clients, confirmed):
    new = clients["stranger"].post("/me/residence", {"place_code": SIBLING, "room": "1"}).json
    assert clients["stranger"].get("/me").json["residence"]["id"] == new["id"]
    assert move(clients["street"], new, "refused", note="查无此户").status_code == 200
    mine = clients["stranger"].get("/me").json["residence"]
    assert (mine["id"], mine["state"]) == (confirmed["id"], "confirmed")
    assert roles(clients["stranger"]) == {("resident", COMMUNITY)}


# The list


@pytest.fixture
def many(people):
    """Let 25 people ask for a home, two of them elsewhere."""
    places = [COMMUNITY, GRID] * 12 + [ELSEWHERE]
    return [
        service.request_residence(make_actor(), place_code=code, room=str(number))["id"]
        for number, code in enumerate(places)
    ]


def test_a_list_is_walked_page_by_page_without_gap_or_repeat(clients, many):
    worker, seen, cursor = clients["gridworker"], [], None
    for _ in range(10):
        page = worker.get("/residences", limit=10, **({"cursor": cursor} if cursor else {})).json
        seen += [item["id"] for item in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert seen == many[:24]


def test_a_list_shows_what_can_be_done_with_each(clients, many):
    page = clients["gridworker"].get("/residences").json
    assert len(page["items"]) == 20
    for item in page["items"]:
        assert [found["move"] for found in item["moves"]] == ["confirm", "refuse"]


def test_a_list_can_be_of_one_state(clients, many):
    path = f"/residences/{many[3]}/moves"
    clients["gridworker"].post(path, {"to": "confirmed"})
    page = clients["gridworker"].get("/residences", state="confirmed").json
    assert [item["id"] for item in page["items"]] == [many[3]]


def test_each_sees_the_homes_of_their_own_places(clients, many):
    assert [item["id"] for item in clients["outsider"].get("/residences").json["items"]] == [
        many[24]
    ]
    assert clients["resident"].get("/residences").status_code == 403


def test_a_state_that_does_not_exist_is_a_bad_form(clients):
    answer = clients["gridworker"].get("/residences", state="asleep")
    assert answer.status_code == 422
    assert answer.json["errors"][0]["field"] == "state"
