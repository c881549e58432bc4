"""Roles are given by those above, with a reason, and never by oneself."""

import contextlib
from threading import Barrier, Thread

import pytest
from sqlalchemy import select

from app.core import audit, outbox
from app.core.access import RoleKind
from app.core.db import read
from app.core.errors import Forbidden, InvalidInput, NotFound
from app.notices import service as notices
from app.residents import granting, roles
from app.residents.granting import LastOfItsKind, NotOnOneself
from app.residents.models import HeldRole
from tests.factories.people import COMMUNITY, ELSEWHERE, make_actor

GRID, STREET = COMMUNITY + "001", COMMUNITY[:9]


def grant(actor, to, kind, place_code):
    return granting.grant_role(
        actor, resident_id=to.resident_id, kind=kind, place_code=place_code, reason="新到岗"
    )


@pytest.mark.parametrize(
    ("who", "kind", "place_code", "outcome"),
    [
        ("committee", "grid_worker", GRID, True),
        ("committee", "grid_worker", COMMUNITY, True),
        ("committee", "committee", COMMUNITY, Forbidden),
        ("committee", "grid_worker", ELSEWHERE, NotFound),
        ("street", "committee", COMMUNITY, True),
        ("street", "street", STREET, Forbidden),
        ("district", "street", STREET, True),
        ("district", "district", STREET[:6], InvalidInput),
        ("gridworker", "grid_worker", GRID, NotFound),
        ("resident", "grid_worker", GRID, NotFound),
        ("committee", "grid_worker", "no code", NotFound),
        ("street", "committee", GRID, InvalidInput),
    ],
)
def test_who_gives_which_role_where(people, who, kind, place_code, outcome):
    to = make_actor()
    if outcome is True:
        assert grant(people[who], to, kind, place_code)["new"]
        return
    with pytest.raises(outcome):
        grant(people[who], to, kind, place_code)


def test_nobody_raises_themselves(people):
    with pytest.raises(NotOnOneself):
        grant(people["street"], people["street"], "committee", COMMUNITY)


def test_giving_twice_is_giving_once(people):
    to = make_actor()
    assert grant(people["committee"], to, "grid_worker", GRID)["new"]
    assert not grant(people["committee"], to, "grid_worker", GRID)["new"]


def test_a_role_is_taken_with_a_reason_that_is_kept(people):
    to = make_actor(name="小周")
    grant(people["committee"], to, "grid_worker", GRID)
    held = [
        one
        for one in granting.list_holders(people["committee"], GRID)["items"]
        if one["name"] == "小周"
    ]
    granting.revoke_role(people["committee"], held[0]["id"], reason="调岗")
    entries = audit.list_entries(GRID)["items"]
    assert [(entry["act"], entry["about"], entry["note"]) for entry in entries] == [
        ("residents.role_revoked", "小周 · grid_worker", "调岗"),
        ("residents.role_granted", "小周 · grid_worker", "新到岗"),
    ]


def committee_roles():
    kept = (HeldRole.kind == RoleKind.COMMITTEE) & (HeldRole.place_code == COMMUNITY)
    return list(read(select(HeldRole.id).where(kept)).scalars())


def test_a_committee_keeps_its_last_person(people):
    (only,) = committee_roles()
    with pytest.raises(LastOfItsKind):
        granting.revoke_role(people["street"], only, reason="离职")


def test_two_who_are_taken_away_at_once_do_not_leave_nobody(app, people):
    make_actor((RoleKind.COMMITTEE, COMMUNITY))
    ids, start = committee_roles(), Barrier(2)
    assert len(ids) == 2

    def take(role_id):
        with app.app_context():
            start.wait()
            with contextlib.suppress(LastOfItsKind):
                granting.revoke_role(people["street"], role_id, reason="离职")

    both = [Thread(target=take, args=(role_id,)) for role_id in ids]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert len(committee_roles()) == 1


def test_whoever_holds_roles_is_listed_page_by_page(people):
    whole = granting.list_holders(people["street"], STREET, limit=50)["items"]
    first = granting.list_holders(people["street"], STREET, limit=2)
    rest = granting.list_holders(people["street"], STREET, limit=50, cursor=first["next_cursor"])
    assert first["items"] + rest["items"] == whole
    assert "resident" not in {one["kind"] for one in whole}
    own = [one for one in whole if one["resident_id"] == people["street"].resident_id]
    assert own
    assert not any(one["revocable"] for one in own)
    with pytest.raises(NotFound):
        granting.list_holders(people["committee"], ELSEWHERE)


def test_a_neighbour_is_found_by_the_whole_name_only(people):
    found = granting.find_neighbours(people["committee"], COMMUNITY, people["resident"].name)
    assert people["resident"].resident_id in {one["id"] for one in found} or found == []
    assert (
        granting.find_neighbours(people["committee"], COMMUNITY, people["resident"].name[:1]) == []
    )
    with pytest.raises(NotFound):
        granting.find_neighbours(people["committee"], ELSEWHERE, "谁")


def told(to):
    outbox.deliver_due()
    found = notices.list_notices(to, limit=5)["items"]
    return [(notice["kind"], notice["body"]) for notice in reversed(found)]


def test_whoever_is_given_or_loses_a_role_is_told_by_whom_and_why(people):
    to, by = make_actor(), people["committee"]
    for _ in range(2):
        grant(by, to, "grid_worker", GRID)
    (held,) = [
        role
        for role in granting.list_holders(by, COMMUNITY)["items"]
        if role["resident_id"] == to.resident_id
    ]
    granting.revoke_role(by, held["id"], reason="调去别处")
    given, taken = told(to)
    assert given == (
        "role_given",
        f"您现在是草堂路社区第1网格的网格员，由{by.name}任命。\n说明：新到岗",
    )
    assert taken == (
        "role_taken",
        f"您不再是草堂路社区第1网格的网格员，由{by.name}免去。如有疑问，请联系对方。\n说明：调去别处",
    )


def test_what_the_operator_does_is_told_as_theirs(app):
    to = make_actor()
    for change in (roles.grant, roles.revoke):
        for _ in range(2):
            change(str(to.resident_id), RoleKind.COMMITTEE, COMMUNITY)
    assert [(kind, "平台运营方" in body) for kind, body in told(to)] == [
        ("role_given", True),
        ("role_taken", True),
    ]
