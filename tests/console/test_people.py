"""People and roles at a desk."""

import pytest

from app.core import audit
from app.residents import granting
from app.residents import service as residents
from tests.factories.people import COMMUNITY, ELSEWHERE, make_actor

pytestmark = pytest.mark.either_database
PEOPLE = f"/console/{COMMUNITY}/people"
FORM = {"role": f"grid_worker:{COMMUNITY}001", "reason": "新到岗"}


def test_a_role_is_given_and_taken_at_the_desk(sit, people):
    desk, to = sit("committee"), make_actor(name="小周")
    answer = desk.post(f"{PEOPLE}/roles", FORM | {"resident_id": to.resident_id})
    assert answer.headers["HX-Redirect"] == PEOPLE
    assert "小周" in desk.get(PEOPLE).text
    assert "本人也会看到" in desk.get(PEOPLE).text  # as `tell_of_a_role` tells them
    held = granting.list_holders(people["committee"], COMMUNITY)["items"]
    (role,) = [one for one in held if one["name"] == "小周"]
    desk.post(f"{PEOPLE}/roles/{role['id']}/revocation", {"reason": "调岗"})
    assert "小周" not in desk.get(PEOPLE).text
    assert {entry["act"] for entry in audit.list_entries(COMMUNITY)["items"]} == {
        "residents.role_granted",
        "residents.role_revoked",
    }


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"reason": ""}, 422),
        ({"role": "grid_worker"}, 422),
        ({"role": f"resident:{COMMUNITY}"}, 422),
        ({"role": f"nonsense:{COMMUNITY}"}, 422),
        ({"role": f"committee:{COMMUNITY}"}, 403),
        ({"role": f"grid_worker:{ELSEWHERE}"}, 404),
        ({"resident_id": "0"}, 422),
        ({"resident_id": "999999999"}, 422),
    ],
)
def test_what_is_not_possible_is_said_in_place(sit, changes, status):
    form = FORM | {"resident_id": make_actor().resident_id} | changes
    answer = sit("committee").post(f"{PEOPLE}/roles", form)
    assert answer.status_code == status
    assert answer.headers["HX-Retarget"] == "#refused"
    assert "HX-Redirect" not in answer.headers


def test_a_home_is_confirmed_or_refused_with_a_reason(sit, app):
    desk = sit("committee")
    first, second = (
        residents.request_residence(make_actor(name=name), place_code=COMMUNITY, room="1-101")
        for name in ("周一", "周二")
    )
    page = desk.get(PEOPLE).text
    assert "周一" in page
    assert "周二" in page
    assert "已确认" in desk.post(f"{PEOPLE}/homes/{first['id']}", {"to": "confirmed"}).text
    assert desk.post(f"{PEOPLE}/homes/{second['id']}", {"to": "refused"}).status_code == 422
    refused = desk.post(f"{PEOPLE}/homes/{second['id']}", {"to": "refused", "note": "查无此户"})
    assert "没有确认" in refused.text
    assert desk.post(f"{PEOPLE}/homes/{first['id']}", {"to": "confirmed"}).status_code == 409
    trail = audit.list_entries(COMMUNITY)["items"]
    assert [(entry["act"], entry["note"]) for entry in trail] == [
        ("residents.home_refused", "查无此户"),
        ("residents.home_confirmed", None),
    ]


def test_somebody_is_found_by_the_whole_name(sit):
    desk = sit("committee")
    home = residents.request_residence(make_actor(name="周大姐"), place_code=COMMUNITY, room="1-1")
    desk.post(f"{PEOPLE}/homes/{home['id']}", {"to": "confirmed"})
    assert 'name="resident_id" value=' in desk.get(PEOPLE, name="周大姐").text
    assert 'name="resident_id" value=' not in desk.get(PEOPLE, name="周").text


def test_the_list_goes_on_where_it_ended(sit, people):
    for number in range(25):
        actor = make_actor(name=f"网格员{number}")
        granting.grant_role(
            people["committee"],
            resident_id=actor.resident_id,
            kind="grid_worker",
            place_code=COMMUNITY,
            reason="新到岗",
        )
    desk = sit("committee")
    cursor = granting.list_holders(people["committee"], COMMUNITY)["next_cursor"]
    part = desk.get(PEOPLE, part=True, cursor=cursor).text
    assert part.lstrip().startswith("<tbody>")
    assert "网格员24" in part
    assert "网格员24" not in desk.get(PEOPLE).text
