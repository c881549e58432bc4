"""Certificates: what is counted, frozen, shown, doubted, revoked."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from app.core import clock, outbox
from app.core.db import read
from app.core.errors import InvalidInput, NotFound
from app.notices.models import Notice
from app.volunteers import certificates, hours, rules
from app.volunteers.models import Certificate
from app.volunteers.service import NotAVolunteer
from tests.factories.people import COMMUNITY, ELSEWHERE, SIBLING
from tests.volunteers.conftest import GRID, NOW

ANYBODY_SEES = {
    "number", "name", "hours", "from", "to", "issuer", "issued_at", "state", "revoked_at",
}  # fmt: skip


@pytest.fixture
def volunteer(people, serve):
    return serve(people["resident"])


@pytest.fixture
def issued(volunteer, served):
    """Certify two shifts of the demo's resident."""
    served(volunteer, 120, days_ago=10)
    served(volunteer, 95, days_ago=3, title="消防通道疏导")
    return certificates.issue(volunteer)


def told(kind):
    outbox.deliver_due()
    return list(read(select(Notice.resident_id).where(Notice.kind == kind)).scalars())


def test_what_is_certified_is_what_was_credited(issued, volunteer, people):
    assert rules.NUMBER.fullmatch(issued["number"])
    assert issued["number"].startswith("LLC-2026-")
    assert (issued["minutes"], issued["hours"]) == (215, 3.5)
    assert (issued["from"], issued["to"]) == (date(2026, 11, 10), date(2026, 11, 17))
    assert issued["issuer"].startswith("草堂路社区")
    assert issued["responsible"] == people["committee"].name
    assert issued["name"] == volunteer.name
    assert issued["state"] == "in_notice"
    assert issued["valid_from"] == NOW + timedelta(days=7)
    assert [(row["title"], row["minutes"]) for row in issued["content"]] == [
        ("夜间巡逻", 120),
        ("消防通道疏导", 95),
    ]
    assert issued["content"][0]["place"] == "草堂路社区第1网格"
    assert issued["left_out_minutes"] == 0


def test_hours_held_or_reversed_are_no_part_of_it(volunteer, served):
    served(volunteer, 60, days_ago=9)
    served(volunteer, 60, days_ago=8, evidence=0)
    [gone] = served(volunteer, 60, days_ago=7)
    hours.reverse(None, gone, "误记")
    found = certificates.issue(volunteer)
    assert (found["minutes"], len(found["content"])) == (60, 1)


def test_only_the_days_that_one_asks_for_in_shanghai(volunteer, served):
    # 23:30 on the 14th and 00:30 on the 15th, in Shanghai.
    evening = datetime(2026, 11, 14, 15, 30, tzinfo=UTC)
    for start in (evening, evening + timedelta(hours=1)):
        served(volunteer, starts_at=start, ends_at=start + timedelta(minutes=30))
    found = certificates.issue(volunteer, first=date(2026, 11, 15), last=date(2026, 11, 15))
    assert (found["minutes"], found["from"]) == (30, date(2026, 11, 15))
    found = certificates.issue(volunteer, last=date(2026, 11, 14))
    assert (found["minutes"], found["to"]) == (30, date(2026, 11, 14))
    assert certificates.issue(volunteer)["minutes"] == 60


def test_who_records_certifies_so_one_community_at_a_time(volunteer, served):
    served(volunteer, 60, days_ago=9)
    served(volunteer, 300, days_ago=8, place_code=SIBLING)
    most = certificates.issue(volunteer)
    assert (most["place_code"], most["minutes"], most["left_out_minutes"]) == (SIBLING, 300, 60)
    home = certificates.issue(volunteer, place_code=GRID)
    assert (home["place_code"], home["minutes"], home["left_out_minutes"]) == (COMMUNITY, 60, 300)
    with pytest.raises(certificates.NothingToCertify):
        certificates.issue(volunteer, place_code=ELSEWHERE)


def test_nothing_to_certify_and_nobody_to_certify_to(volunteer, people, served):
    with pytest.raises(certificates.NothingToCertify):
        certificates.issue(volunteer)
    served(volunteer, 60, days_ago=9, evidence=0)
    with pytest.raises(certificates.NothingToCertify):
        certificates.issue(volunteer)
    with pytest.raises(NotAVolunteer):
        certificates.issue(people["neighbour"])
    with pytest.raises(InvalidInput):
        certificates.issue(volunteer, first=date(2026, 2, 1), last=date(2026, 1, 1))


def test_a_certificate_stays_as_it_was_when_names_and_hours_change(issued, volunteer, served):
    from app.residents.service import change_me  # noqa: PLC0415

    change_me(volunteer, name="新名字")
    served(volunteer, 60, days_ago=1)
    [shown] = certificates.list_own(volunteer, limit=5)["items"]
    assert (shown["name"], shown["minutes"]) == (issued["name"], 215)


def test_anybody_sees_that_it_is_good_and_nothing_more(issued, volunteer):
    found = certificates.verify(issued["number"])
    assert set(found) == ANYBODY_SEES
    assert found["name"] == rules.masked(volunteer.name)
    assert (found["hours"], found["state"], found["revoked_at"]) == (3.5, "in_notice", None)
    assert certificates.verify(issued["number"].lower()) == found
    with clock.at(NOW + timedelta(days=7)):
        assert certificates.verify(issued["number"])["state"] == "valid"


@pytest.mark.parametrize(
    "number",
    [
        "",
        "LLC-2026-",
        "LLC-2026-0000000000",
        "LLC-2026-AAAAAAAAAA",
        "../x",
        "LLC-2026-一二三四五六七",
    ],
)
def test_a_number_that_was_never_given_out_is_unknown(issued, number):
    with pytest.raises(NotFound):
        certificates.verify(number)


def test_numbers_are_no_row_of_numbers(volunteer, served):
    served(volunteer)
    numbers = {certificates.issue(volunteer)["number"] for _ in range(20)}
    assert len(numbers) == 20
    assert len({number[9:11] for number in numbers}) > 5


def test_a_committee_revokes_with_a_reason_for_the_owner_alone(issued, people, volunteer):
    number = issued["number"]
    with clock.at(NOW + timedelta(days=1)):
        found = certificates.revoke(people["committee"], number, reason="时长有误")
    assert (found["state"], found["revoke_reason"]) == ("revoked", "时长有误")
    public = certificates.verify(number)
    assert set(public) == ANYBODY_SEES
    assert (public["state"], public["revoked_at"]) == ("revoked", NOW + timedelta(days=1))
    assert "时长有误" not in str(public)
    [mine] = certificates.list_own(volunteer, limit=5)["items"]
    assert mine["revoke_reason"] == "时长有误"
    with clock.at(NOW + timedelta(days=1)):
        assert told("certificate_revoked") == [volunteer.resident_id]
    with pytest.raises(certificates.AlreadyRevoked):
        certificates.revoke(people["committee"], number, reason="再撤销一次")


@pytest.mark.parametrize("who", ["resident", "neighbour", "gridworker", "outsider", "sibling"])
def test_nobody_else_revokes_or_confirms(issued, people, who):
    with pytest.raises(NotFound):
        certificates.revoke(people[who], issued["number"], reason="时长有误")
    with pytest.raises(NotFound):
        certificates.confirm(people[who], issued["number"])


def test_corrected_hours_make_a_certificate_doubtful_until_somebody_looks(
    volunteer, served, people
):
    [wrong] = served(volunteer, 120, days_ago=10)
    served(volunteer, 60, days_ago=3)
    doubtful = certificates.issue(volunteer)
    later = certificates.issue(volunteer, first=date(2026, 11, 15))
    hours.reverse(None, wrong, "没有到场")
    page = certificates.list_issued(people["committee"], to_review=True, limit=5)["items"]
    assert [item["number"] for item in page] == [doubtful["number"]]
    assert certificates.verify(doubtful["number"])["hours"] == 3
    assert told("certificate_doubted") == [people["committee"].resident_id]
    found = certificates.confirm(people["committee"], doubtful["number"])
    assert (found["to_review"], found["state"]) == (False, "in_notice")
    assert certificates.list_issued(people["committee"], to_review=True, limit=5)["items"] == []
    certificates.revoke(people["committee"], later["number"], reason="重新出具")
    with pytest.raises(certificates.AlreadyRevoked):
        certificates.confirm(people["committee"], later["number"])


def test_a_revoked_one_is_not_doubted(issued, people, volunteer):
    certificates.revoke(people["committee"], issued["number"], reason="时长有误")
    entries = list(read(select(certificates.CertifiedEntry.entry_id)).scalars())
    assert certificates.doubt(entries) == 0
    assert read(select(Certificate.to_review)).scalar_one() is False


def test_a_committee_lists_its_own_by_state(issued, volunteer, served, people):
    served(volunteer, 300, days_ago=2, place_code=SIBLING)
    sibling = certificates.issue(volunteer, place_code=SIBLING)
    with clock.at(NOW + timedelta(days=8)):
        served(volunteer, 60, days_ago=1)
        young = certificates.issue(volunteer, place_code=COMMUNITY)
        certificates.revoke(people["committee"], young["number"], reason="重复出具")

        def listed(who, **query):
            page = certificates.list_issued(people[who], limit=5, **query)
            return [item["number"] for item in page["items"]]

        assert listed("committee") == [young["number"], issued["number"]]
        assert listed("committee", state="valid") == [issued["number"]]
        assert listed("committee", state="revoked") == [young["number"]]
        assert listed("committee", state="in_notice") == []
        assert listed("street", place=SIBLING) == [sibling["number"]]
        assert listed("outsider") == []
        with pytest.raises(NotFound):
            listed("committee", place=SIBLING)
    with clock.at(NOW + timedelta(days=6)):
        assert listed("committee", state="in_notice") == [issued["number"]]


def test_ones_own_are_listed_page_by_page(volunteer, served):
    served(volunteer)
    numbers = [certificates.issue(volunteer)["number"] for _ in range(3)]
    first = certificates.list_own(volunteer, limit=2)
    rest = certificates.list_own(volunteer, limit=2, cursor=first["next_cursor"])
    shown = [item["number"] for item in first["items"] + rest["items"]]
    assert shown == numbers[::-1]


def test_the_link_to_the_paper_is_good_for_a_day_and_for_one_certificate(issued, volunteer):
    query = dict(pair.split("=") for pair in issued["pdf_url"].partition("?")[2].split("&"))
    number, expires = issued["number"], int(query["expires"])
    found = certificates.open_paper(number, expires, query["signature"])
    assert found["content"] == issued["content"]
    assert expires > (NOW + timedelta(days=1)).timestamp()
    for wrong in (
        (number, expires + 1, query["signature"]),
        (number, expires, query["signature"][:-1] + "x"),
        (certificates.issue(volunteer)["number"], expires, query["signature"]),
    ):
        with pytest.raises(NotFound):
            certificates.open_paper(*wrong)
    with clock.at(NOW + timedelta(days=3)), pytest.raises(NotFound):
        certificates.open_paper(number, expires, query["signature"])
