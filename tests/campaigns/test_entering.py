"""What is typed in counts once, is graded here, and is corrected in the open."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from app.campaigns import entering, rules, service, tries
from app.campaigns.models import CampaignTry
from app.campaigns.paper_models import CampaignPaper
from app.core import clock
from app.core.access import RoleKind
from app.core.db import read
from app.core.errors import InvalidInput
from app.notices.models import Notice
from app.points import service as points
from app.quizzes import daily
from app.residents import leaving
from tests.campaigns.papers import LAST, counts, key_of, opened_of_each_kind
from tests.crowds import at_once
from tests.factories.people import COMMUNITY, ELSEWHERE, make_actor
from tests.house.test_query_counts import queries
from tests.quizzes.conftest import MORNING

GRID = f"{COMMUNITY}001"


@pytest.fixture
def campaign(app, people):
    """A running campaign of one question of each kind."""
    with clock.at(MORNING):
        yield opened_of_each_kind(people["committee"])


@pytest.fixture
def sheet(campaign, clients):
    """Type a sheet in, as the committee; returns the answer."""

    def enter(answers=None, *, variant="A", who="committee", **changes):
        shown = clients["committee"].get(f"/campaigns/{campaign}/papers").json
        code = next(one["code"] for one in shown["papers"] if one["variant"] == variant)
        body = {
            "client_uuid": str(uuid4()),
            "code": code,
            "answers": answers or key_of(campaign, variant),
        }
        return clients[who].post(f"/campaigns/{campaign}/paper-results", {**body, **changes})

    return enter


def kinds_told(resident_id):
    found = read(select(Notice.kind).where(Notice.resident_id == resident_id).order_by(Notice.id))
    return list(found.scalars())


def test_a_sheet_is_graded_here_and_told_to_whose_it_is(sheet, campaign, people):
    me = people["resident"].resident_id
    found = sheet(variant="B", resident_id=me)
    assert found.status_code == 201, found.json
    assert (found.json["right"], found.json["of"], found.json["passed"]) == (4, 4, True)
    assert found.json["resident"] == {"id": me, "name": "周奶奶"}
    assert found.json["counts"]
    assert counts(campaign) == (1, 1, 1)
    assert "paper_entered" in kinds_told(me)


def test_half_right_does_not_pass_at_sixty_percent(sheet, campaign):
    right = key_of(campaign)
    found = sheet(["", "", *right[2:]]).json
    assert (found["right"], found["percent"], found["passed"]) == (2, 50, False)
    assert counts(campaign) == (1, 0, 1)


def test_sent_twice_it_is_one_sheet_and_another_sheet_needs_another_name(sheet, campaign):
    first = sheet(client_uuid="sheet-0001")
    again = sheet(client_uuid="sheet-0001")
    assert (again.status_code, again.json) == (201, first.json)
    other = sheet(["", "", "", ""], client_uuid="sheet-0001")
    assert (other.status_code, other.json["code"]) == (409, "result_there")
    assert counts(campaign) == (1, 1, 1)


@pytest.mark.parametrize("whose", ["resident", None])
def test_eight_at_once_are_one_sheet(app, campaign, people, whose):
    committee = people["committee"]
    code = entering.show_papers(committee, campaign)["papers"][0]["code"]
    body = {"client_uuid": "sheet-0001", "code": code, "answers": key_of(campaign)}
    if whose:
        body["resident_id"] = people[whose].resident_id

    def enter(_):
        with clock.at(MORNING):
            return entering.enter(committee, campaign, **body)["id"]

    assert len(set(at_once(app, 8, enter))) == 1
    assert counts(campaign) == (1, 1, 1)


def test_of_who_has_no_account_no_name_and_no_hour_is_kept(sheet, campaign):
    with clock.at(MORNING + timedelta(hours=5, minutes=7)):
        found = sheet(place_code=GRID).json
    assert (found["resident"], found["place_code"]) == (None, GRID)
    [row] = read(select(*CampaignTry.__table__.columns).where(CampaignTry.campaign_id == campaign))
    assert row.resident_id is None
    assert clock.day_start(clock.shanghai_day(MORNING)) == row.started_at == row.finished_at
    columns = {column.name for column in CampaignPaper.__table__.columns}
    assert not columns & {"name", "room", "phone", "entered_at", "created_at"}


def test_a_person_has_one_sheet_that_stands(sheet, people, campaign):
    me = people["resident"].resident_id
    assert sheet(resident_id=me).status_code == 201
    again = sheet(["", "", "", ""], resident_id=me)
    assert (again.status_code, again.json["code"]) == (409, "result_there")
    assert counts(campaign) == (1, 1, 1)


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"code": "A-AAAAA"}, "code", "unknown_paper"),
        ({"answers": ["A"]}, "answers", "answer_each"),
        ({"resident_id": 987654}, "resident_id", "unknown_resident"),
        ({"place_code": f"{ELSEWHERE}001"}, "place_code", "unknown_place"),
        ({"place_code": f"{COMMUNITY}999"}, "place_code", "unknown_place"),
        ({"answers": ["Z", "", "", ""]}, "answers.0", "invalid"),
    ],
)
def test_what_cannot_be_is_refused_by_field(sheet, changes, field, code, campaign):
    found = sheet(**changes)
    assert found.status_code == 422, found.json
    assert {(one["field"], one["code"]) for one in found.json["errors"]} == {(field, code)}
    assert counts(campaign) == (0, 0, 0)


def test_a_sheet_is_for_the_people_of_the_campaign(sheet, people, clients, campaign):
    for who in ("sibling", "stranger", "outsider"):
        assert sheet(resident_id=people[who].resident_id).status_code == 422
    # And is typed in by who runs it.
    assert sheet(who="resident").status_code == 403
    assert sheet(who="outsider").status_code == 404
    assert clients["outsider"].get(f"/campaigns/{campaign}/papers").status_code == 404


def test_nobody_enters_or_corrects_their_own_sheet(sheet, campaign):
    other = make_actor((RoleKind.COMMITTEE, COMMUNITY), (RoleKind.RESIDENT, COMMUNITY))
    mine = sheet(["", "", "", ""], resident_id=other.resident_id).json
    assert (mine["resident"]["id"], counts(campaign)) == (other.resident_id, (1, 0, 1))
    code = entering.paper_of(service.find_for_system(campaign)).codes["A"]
    right = {"answers": key_of(campaign)}
    again = right | {"client_uuid": "sheet-0001", "code": code, "resident_id": other.resident_id}
    for attempt in (
        lambda: entering.enter(other, campaign, **again),
        lambda: entering.correct(other, mine["id"], reason="录错了", **right),
    ):
        with pytest.raises(InvalidInput) as fault:
            attempt()
        assert [one.code for one in fault.value.errors] == ["not_yourself"]
    assert counts(campaign) == (1, 0, 1)


def test_a_corrected_sheet_still_counts_from_when_it_was_entered(sheet, people, clients, campaign):
    me = people["resident"]
    wrong = sheet(["", "", "", ""], resident_id=me.resident_id).json
    with clock.at(MORNING + timedelta(hours=3)):
        attempt = tries.begin(me, campaign)["attempt_id"]
        daily.finish(me, attempt)
        right = {"reason": "录错了", "answers": key_of(campaign)}
        path = f"/paper-results/{wrong['id']}/corrections"
        found = clients["committee"].post(path, right).json
    assert (wrong["counts"], found["counts"], found["passed"]) == (True, True, True)
    shown = tries.list_own(me, campaign)["items"]
    assert [one["channel"] for one in shown] == ["paper", "phone"]
    assert shown[0]["started_at"] == MORNING


def test_a_correction_is_thanked_though_the_phone_told_the_answers_later(
    sheet, people, clients, campaign
):
    """What the sheet said was known before: a slip of who typed it in costs nobody their points."""
    me = people["resident"]
    wrong = sheet(["", "", "", ""], resident_id=me.resident_id).json
    with clock.at(MORNING + timedelta(hours=3)):
        daily.finish(me, tries.begin(me, campaign)["attempt_id"])
        body = {"reason": "录错了", "answers": key_of(campaign)}
        path = f"/paper-results/{wrong['id']}/corrections"
        assert clients["committee"].post(path, body).json["passed"]
        assert points.my_points(me)["balance"] == 5
        # A sheet that is written after the phone has told them is not.
        other = people["neighbour"]
        daily.finish(other, tries.begin(other, campaign)["attempt_id"])
        assert sheet(resident_id=other.resident_id).json["passed"]
        assert points.my_points(other)["balance"] == 0


def test_a_correction_replaces_and_both_are_seen(sheet, people, clients, campaign):
    me = people["resident"].resident_id
    right = key_of(campaign)
    wrong = sheet(["", "", *right[2:]], resident_id=me).json
    path = f"/paper-results/{wrong['id']}/corrections"
    body = {"reason": "前两题看漏了", "answers": right}
    assert clients["outsider"].post(path, body).status_code == 404
    now = clients["committee"].post(path, body)
    assert now.status_code == 201, now.json
    assert (now.json["right"], now.json["passed"], now.json["reason"]) == (4, True, "前两题看漏了")
    assert now.json["replaces_id"] == wrong["id"]
    assert counts(campaign) == (1, 1, 1)
    again = clients["committee"].post(path, body)
    assert (again.status_code, again.json["code"]) == (409, "paper_settled")
    gone = (
        clients["committee"]
        .post(f"/paper-results/{now.json['id']}/corrections", {"reason": "录到别人名下了"})
        .json
    )
    assert (gone["id"], gone["state"], gone["passed"]) == (now.json["id"], "withdrawn", False)
    assert counts(campaign) == (0, 0, 0)
    listed = clients["committee"].get(f"/campaigns/{campaign}/paper-results").json["items"]
    assert [(one["id"], one["state"]) for one in listed] == [
        (now.json["id"], "withdrawn"),
        (wrong["id"], "replaced"),
    ]
    assert kinds_told(me).count("paper_corrected") == 2
    # The person may now be entered anew.
    assert sheet(resident_id=me).status_code == 201


def test_papers_are_typed_in_until_a_week_after_the_end(sheet, clients, people, campaign):
    late = clock.day_start(LAST + timedelta(days=rules.ENTER_DAYS + 1))
    made = sheet().json
    with clock.at(late - timedelta(minutes=1)):
        assert sheet().status_code == 201
    with clock.at(late):
        assert sheet().json["code"] == "paper_closed"
        path = f"/paper-results/{made['id']}/corrections"
        assert clients["committee"].post(path, {"reason": "晚了"}).json["code"] == "paper_closed"
        assert clients["committee"].get(f"/campaigns/{campaign}/papers").json["open"] is False


def test_the_list_costs_the_same_however_long_it_is(sheet, clients, campaign, people):
    sheet(resident_id=people["resident"].resident_id)
    path = f"/campaigns/{campaign}/paper-results"
    few = len(queries(clients["committee"], path, rows=1, limit=50))
    for _ in range(6):
        sheet()
    assert len(queries(clients["committee"], path, rows=7, limit=50)) == few <= 4


def test_a_corrected_sheet_gives_nothing_to_who_has_been_erased(sheet, people, clients, campaign):
    """What stays of them is letters without a name: no certificate, no skill, no points."""
    me = people["resident"]
    wrong = sheet(["", "", "", ""], resident_id=me.resident_id).json
    leaving.ask(me)
    with clock.at(MORNING + timedelta(days=8)):
        leaving.erase_due()
        body = {"reason": "录错了", "answers": key_of(campaign)}
        path = f"/paper-results/{wrong['id']}/corrections"
        found = clients["committee"].post(path, body)
        listed = clients["committee"].get(f"/campaigns/{campaign}/certificates").json
    assert found.status_code == 201, found.json
    assert listed["items"] == []
