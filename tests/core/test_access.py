"""Nobody may do anything but what is written here, and only where their role reaches."""

import pytest
from flask import Flask, jsonify

from app.core import access, http
from app.core.access import BY_ROLE, SIGNED_IN, Actor, Permission, Role, RoleKind, requires
from app.core.db import changed_rows, writing
from app.residents.models import HeldRole

GRID = "510105007004001"
COMMUNITY = "510105007004"
SIBLING = "510105007005"
STREET = "510105007"
DISTRICT = "510105"
ELSEWHERE = "320506100006"

STAFF = {
    Permission.TASKS_READ,
    Permission.RESIDENCE_DECIDE,
    Permission.HAZARD_DISPATCH,
    Permission.SHIFT_PLAN,
    Permission.VOLUNTEERS_READ,
    Permission.DESK_USE,
}
SUPERVISORS = {
    *STAFF,
    Permission.HAZARD_SUPERVISE,
    Permission.OVERVIEW_READ,
    Permission.ANNOUNCE,
    Permission.TEAM_MANAGE,
    Permission.HOURS_CORRECT,
    Permission.REWARD_OFFER,
    Permission.CERTIFICATE_REVOKE,
    Permission.QUIZ_AUTHOR,
    Permission.CAMPAIGN_PLAN,
    Permission.ROLE_GRANT,
    Permission.AUDIT_READ,
}


def somebody(*roles):
    return Actor(1, "某人", tuple(Role(kind, code) for kind, code in roles))


@pytest.mark.parametrize(
    ("role", "place", "reached"),
    [
        (COMMUNITY, COMMUNITY, True),
        (COMMUNITY, GRID, True),
        (COMMUNITY, SIBLING, False),
        (COMMUNITY, STREET, False),
        (COMMUNITY, ELSEWHERE, False),
        (GRID, COMMUNITY, False),
        (STREET, SIBLING, True),
        (DISTRICT, GRID, True),
        (DISTRICT, "510106001001", False),
        (DISTRICT, "", False),
    ],
)
def test_a_role_reaches_what_begins_with_its_code(role, place, reached):
    actor = somebody((RoleKind.COMMITTEE, role))
    assert actor.reaches(Permission.OVERVIEW_READ, place) is reached


def test_who_has_no_role_reaches_nothing():
    assert not any(somebody().reaches(permission, COMMUNITY) for permission in Permission)


def test_a_role_of_another_kind_does_not_lend_its_place():
    actor = somebody((RoleKind.RESIDENT, DISTRICT), (RoleKind.COMMITTEE, COMMUNITY))
    assert actor.codes(Permission.OVERVIEW_READ) == (COMMUNITY,)
    assert not actor.reaches(Permission.OVERVIEW_READ, SIBLING)
    assert actor.reaches(Permission.HAZARD_READ, SIBLING)


def test_a_code_held_twice_counts_once():
    actor = somebody((RoleKind.COMMITTEE, COMMUNITY), (RoleKind.GRID_WORKER, COMMUNITY))
    assert actor.codes(Permission.TASKS_READ) == (COMMUNITY,)


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        (None, set()),
        (RoleKind.RESIDENT, set()),
        (RoleKind.GRID_WORKER, STAFF),
        (RoleKind.COMMITTEE, SUPERVISORS),
        (RoleKind.STREET, {*SUPERVISORS, Permission.PLACE_REVIEW}),
        (RoleKind.DISTRICT, {*SUPERVISORS, Permission.PLACE_REVIEW}),
    ],
)
def test_each_role_may_this_and_no_more(kind, more):
    actor = somebody(*([(kind, COMMUNITY)] if kind else []))
    assert {permission for permission in Permission if actor.may(permission)} == SIGNED_IN | more


def test_every_role_is_written_down_and_every_permission_is_somebodys():
    assert BY_ROLE.keys() == set(RoleKind)
    assert SIGNED_IN.union(*BY_ROLE.values()) == set(Permission)


def test_a_permission_is_named_by_scope_resource_and_action():
    assert all(len(permission.split(":")) == 3 for permission in Permission)


@pytest.fixture
def gate(monkeypatch):
    """Return a client of a small app, and the dictionary that says who is asking."""
    who = {}
    app = Flask("gate")
    http.install(app)

    @app.get("/overview")
    @requires(Permission.OVERVIEW_READ)
    def overview():
        return jsonify(name=access.current_actor().name)

    def sign_in_actor():
        access.here.notes()["actor"] = who["actor"]
        return who["actor"]

    monkeypatch.setattr(access, "sign_in_actor", sign_in_actor)
    return app.test_client(), who


@pytest.mark.parametrize(
    ("roles", "status"),
    [
        ([], 403),
        ([(RoleKind.RESIDENT, COMMUNITY)], 403),
        ([(RoleKind.GRID_WORKER, COMMUNITY)], 403),
        ([(RoleKind.COMMITTEE, COMMUNITY)], 200),
        ([(RoleKind.RESIDENT, SIBLING), (RoleKind.STREET, STREET)], 200),
    ],
)
def test_a_route_lets_in_whom_its_permission_lets_in(gate, roles, status):
    client, who = gate
    who["actor"] = somebody(*roles)
    assert client.get("/overview").status_code == status


def test_a_route_says_what_it_requires(app):
    views = {rule.rule: app.view_functions[rule.endpoint] for rule in app.url_map.iter_rules()}
    assert views["/api/v1/residences"].access is Permission.RESIDENCE_DECIDE
    assert views["/api/v1/config"].access == "public"


@pytest.mark.parametrize("path", ["/me", "/residences", "/hazards", "/tasks", "/places"])
def test_without_a_token_nobody_gets_anything(client, path):
    answer = client.get(path)
    assert answer.status_code == 401
    assert answer.json["code"] == "unauthenticated"


@pytest.mark.parametrize("path", ["/residences", "/tasks", "/committees/510105007004/overview"])
def test_a_kind_of_thing_that_is_not_ones_own_is_forbidden(clients, path):
    assert clients["resident"].get(path).status_code == 403


def test_a_role_is_worth_what_it_is_worth_now_not_at_sign_in(app, people, clients):
    assert clients["gridworker"].get("/residences").status_code == 200
    with writing():
        mine = HeldRole.resident_id == people["gridworker"].resident_id
        changed_rows(HeldRole.__table__.delete().where(mine))
    assert clients["gridworker"].get("/residences").status_code == 403
