"""Volunteers at a desk: the list, a record, appeals, teams, rewards, certificates, honour."""

import re
from datetime import timedelta

import pytest

from app.core import clock
from app.core.db import db
from app.points import rewards
from app.rounds import appeals, settlement
from app.volunteers import certificates, hours
from app.volunteers.models import LikedPlace
from tests.factories.people import COMMUNITY
from tests.patrols.conftest import make_shift, make_volunteer

pytestmark = pytest.mark.either_database
HERE = f"/console/{COMMUNITY}/volunteers"
PAGES = ("", "/appeals", "/honour", "/teams", "/rewards", "/certificates")


@pytest.fixture
def neighbour(people):
    """Return somebody who serves and likes to walk here."""
    make_volunteer(people["resident"], skills=["first_aid"])
    db.session.add(LikedPlace(resident_id=people["resident"].resident_id, place_code=COMMUNITY))
    db.session.commit()
    return people["resident"]


@pytest.fixture
def served(neighbour, people):
    """Return the shift for which 60 minutes of the neighbour are credited."""
    ended = clock.now() - timedelta(days=2)
    with clock.at(ended - timedelta(days=1)):
        shift = make_shift(
            people["committee"],
            starts_at=ended - timedelta(hours=1),
            lasts=timedelta(hours=1),
            capacity=2,
        )
    with clock.at(ended):
        hours.credit(
            neighbour.resident_id,
            shift_id=shift,
            place_code=COMMUNITY,
            team_id=None,
            title="傍晚巡逻",
            starts_at=ended - timedelta(hours=1),
            ends_at=ended,
            evidence=3,
            attested=False,
        )
        db.session.commit()
    return shift


def left_to(answer):
    assert answer.status_code == 200, answer.text
    return answer.headers["HX-Redirect"]


@pytest.mark.parametrize("page", PAGES)
def test_the_committee_sees_the_pages_and_nobody_else(page, sit):
    assert sit("committee").get(HERE + page).status_code == 200
    assert sit("committee").get(f"/console/510105/volunteers{page}").status_code == 404
    assert sit("resident").get(HERE + page).status_code == 403


def test_grid_workers_see_who_serves_and_correct_no_hours(sit, people, served, neighbour):
    place = people["gridworker"].roles[0].place_code
    desk = sit("gridworker")
    page = desk.get(f"/console/{place}/volunteers/{neighbour.resident_id}")
    assert page.status_code == 200
    assert "傍晚巡逻" not in page.text
    form = {"entry_id": "1", "minutes": "5", "reason": "x"}
    path = f"/console/{place}/volunteers/{neighbour.resident_id}/corrections"
    assert desk.post(path, form).status_code == 403
    assert desk.get(f"/console/{place}/volunteers/certificates").status_code == 403


def test_the_list_is_filtered_by_its_address(sit, neighbour):
    desk = sit("committee")
    assert neighbour.name in desk.get(HERE).text
    assert neighbour.name in desk.get(HERE, skill="first_aid", active="active").text
    assert neighbour.name not in desk.get(HERE, skill="electrician").text
    assert neighbour.name not in desk.get(HERE, active="paused").text
    assert desk.get(HERE, skill="juggling").status_code == 422
    assert "<html" not in desk.get(HERE, part=True).text


def test_a_record_tells_consents_and_hours_but_no_phone(sit, neighbour, served):
    page = sit("committee").get(f"{HERE}/{neighbour.resident_id}").text
    assert "已同意现行版本" in page
    assert "傍晚巡逻" in page
    assert "139" not in page
    assert sit("committee").get(f"{HERE}/999999").status_code == 404


def test_hours_are_corrected_by_reversal_with_a_reason(sit, neighbour, served):
    desk = sit("committee")
    own = f"{HERE}/{neighbour.resident_id}"
    entry = re.search(r'name="entry_id" value="(\d+)"', desk.get(own).text)[1]
    form = {"entry_id": entry, "minutes": "30", "reason": "提前半小时走了"}
    assert desk.post(f"{own}/corrections", form | {"reason": ""}).status_code == 422
    page = desk.get(left_to(desk.post(f"{own}/corrections", form))).text
    assert "已冲销" in page
    assert "提前半小时走了" in page
    assert desk.post(f"{own}/corrections", form).status_code == 409


def test_an_appeal_is_granted_with_an_answer(sit, neighbour, people):
    from app.patrols import seats  # noqa: PLC0415

    begins = clock.now() + timedelta(hours=30)
    shift = make_shift(people["committee"], starts_at=begins, lasts=timedelta(hours=1), capacity=2)
    seats.sign_up(neighbour, shift)
    with clock.at(begins + timedelta(hours=14)):
        settlement.settle_due()
        from app.rounds import live  # noqa: PLC0415

        [mine] = live.list_mine(neighbour, limit=5)["items"]
        appeals.appeal(neighbour, mine["id"], note="我在，手机没电了")
        desk = sit("committee")
        page = desk.get(f"{HERE}/appeals").text
        assert "我在，手机没电了" in page
        path = re.search(r'action="(/console/\d+/volunteers/appeals/\d+)"', page)[1]
        assert desk.post(path, {"answer": "granted"}).status_code == 422
        done = desk.post(path, {"answer": "granted", "minutes": "45", "note": "邻居作证"})
        assert "没有等您答复的申诉" in desk.get(left_to(done)).text
        assert desk.post(path, {"answer": "refused", "note": "再来"}).status_code == 409
        assert "45" in desk.get(f"{HERE}/{neighbour.resident_id}").text


def test_a_team_is_made_with_a_leader_who_may_be_taken_out(sit, neighbour):
    desk = sit("committee")
    form = {"name": "三号楼楼道队", "kind": "corridor", "at": COMMUNITY}
    made = desk.post(f"{HERE}/teams", form | {"leader_id": neighbour.resident_id})
    team = left_to(made)
    assert neighbour.name in desk.get(team).text
    assert "三号楼楼道队" in desk.get(f"{HERE}/teams").text
    path = team.partition("?")[0] + "/members"
    move = {"resident_id": neighbour.resident_id, "to": "member"}
    assert "队员" in desk.get(left_to(desk.post(path, move))).text
    assert desk.post(path, move | {"to": "king"}).status_code == 422
    assert desk.post(f"{HERE}/teams", form | {"at": "1"}).status_code == 422


def test_rewards_are_offered_and_their_stock_is_changed(sit, people):
    desk = sit("committee")
    form = {"name": "米一袋", "cost": "50", "stock": "3", "words": "", "per_person": ""}
    page = desk.get(left_to(desk.post(f"{HERE}/rewards", form))).text
    assert "还有 3 份" in page
    path = re.search(r'action="(/console/\d+/volunteers/rewards/\d+)"', page)[1]
    changed = desk.post(path, {"stock_change": "-2", "offered": "yes"})
    assert "还有 1 份" in desk.get(left_to(changed)).text
    assert desk.post(path, {"stock_change": "-2", "offered": "yes"}).status_code == 409
    assert "已下架" in desk.get(left_to(desk.post(path, {"offered": "no"}))).text
    assert desk.post(f"{HERE}/rewards/collections", {"code": "NOSUCHCODE"}).status_code == 404
    assert rewards.list_rewards(people["committee"], place=COMMUNITY)["items"]


def test_a_certificate_is_revoked_with_a_reason(sit, neighbour, served):
    number = certificates.issue(neighbour)["number"]
    desk = sit("committee")
    assert number in desk.get(f"{HERE}/certificates").text
    assert number not in desk.get(f"{HERE}/certificates", state="to_review").text
    path = f"{HERE}/certificates/{number}/revocation"
    assert desk.post(path, {"reason": ""}).status_code == 422
    assert "时长记错了" in desk.get(left_to(desk.post(path, {"reason": "时长记错了"}))).text
    assert desk.post(f"{HERE}/certificates/{number}/confirmation").status_code == 409


def test_the_honour_board_names_only_those_who_asked(sit, neighbour, served):
    page = sit("committee").get(f"{HERE}/honour", period="all").text
    assert neighbour.name not in page
