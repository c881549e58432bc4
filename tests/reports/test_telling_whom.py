"""Who hears that a report is ready, or that nothing came of it."""

import pytest
from sqlalchemy import select, update

from app.core import clock
from app.core.db import changed_rows, read, writing
from app.core.errors import NotFound
from app.notices.models import Notice
from app.reports import gathering, jobs, service
from app.reports.models import Report
from tests.factories.people import COMMUNITY
from tests.reports.conftest import FIRST_OF_DECEMBER
from tests.reports.test_service import ask, deliver, later, no_printer  # noqa: F401

pytestmark = [pytest.mark.either_database, pytest.mark.usefixtures("no_printer")]


def told(of=None):
    rows = read(
        select(Notice.resident_id, Notice.kind, Notice.about_kind, Notice.about_id, Notice.params)
        .where(Notice.kind.in_((service.READY, service.GAVE_UP)))
        .order_by(Notice.id)
    ).all()
    return [row for row in rows if of in {None, row.about_id}]


def test_who_asked_for_it_is_told_once(people, ask):  # noqa: F811
    committee = people["committee"]
    asked = ask(committee, month="2026-11")
    assert deliver() == ["Done"]
    with clock.at(FIRST_OF_DECEMBER):
        assert service.tell(asked["id"]) == 0
    [notice] = told()
    assert notice[:4] == (committee.resident_id, service.READY, "report", asked["id"])
    assert notice.params["period"] == {"zh-Hans": "2026年11月", "en": "November 2026"}
    # The notice has only its number: whoever may read it finds it by that.
    assert service.find_report(committee, asked["id"])["place_code"] == COMMUNITY
    with pytest.raises(NotFound):
        service.find_report(people["outsider"], asked["id"])


def test_who_opened_it_unasked_is_not_told(people, later):  # noqa: F811
    later(people["committee"], month="2026-11")
    assert deliver(1) == ["Done"]
    assert told() == []


def test_of_the_clocks_own_the_committee_of_the_place_is_told(people):
    with clock.at(FIRST_OF_DECEMBER):
        jobs.ask()
        report_id = read(
            select(Report.id).where(Report.place_code == COMMUNITY, Report.period == "2026-11")
        ).scalar_one()
        with writing():
            changed_rows(
                update(Report)
                .where(Report.id == report_id)
                .values(figures={}, made_at=FIRST_OF_DECEMBER)
            )
        service.tell(report_id)
    assert [notice.resident_id for notice in told(report_id)] == [people["committee"].resident_id]


def test_who_asked_hears_that_nothing_came_of_it_and_who_asks_again_what_did(
    people,
    ask,  # noqa: F811
    monkeypatch,
):
    def broken(*_):
        raise RuntimeError

    committee, street = people["committee"], people["street"]
    asked = ask(committee, month="2026-11")
    with monkeypatch.context() as patch:
        patch.setattr(gathering, "gathered", broken)
        for hours in range(0, 30, 10):
            deliver(hours)
    ask(street, 40, month="2026-11")
    assert deliver(41) == ["Done"]
    assert [notice[:2] for notice in told(asked["id"])] == [
        (committee.resident_id, service.GAVE_UP),
        (street.resident_id, service.READY),
    ]
    with clock.at(FIRST_OF_DECEMBER):
        assert service.tell(asked["id"] + 1) == 0
