"""A report that is kept costs a few queries; a list of them the same whatever its length."""

from datetime import date

from app.core import clock
from app.reports import making, rules, service
from tests.factories.people import COMMUNITY
from tests.house.test_query_counts import FEW, MANY, queries
from tests.reports.conftest import FIRST_OF_DECEMBER

MOST = 6


def asked_for(actor, number):
    day = date(2026, 11, 1)
    for _ in range(number):
        period = rules.period_with(day, rules.MONTH)
        service._first_edition(actor, COMMUNITY, period)
        day = period.before.first


def test_a_list_costs_the_same_whatever_its_length(people, clients):
    with clock.at(FIRST_OF_DECEMBER):
        asked_for(people["committee"], FEW)
        few = queries(clients["committee"], f"/committees/{COMMUNITY}/reports", rows=FEW, limit=50)
        asked_for(people["committee"], MANY)
        many = queries(
            clients["committee"], f"/committees/{COMMUNITY}/reports", rows=MANY, limit=50
        )
    assert len(few) == len(many) <= MOST, many


def test_what_is_kept_costs_a_few_queries(people, clients):
    with clock.at(FIRST_OF_DECEMBER):
        report_id = service._first_edition(people["committee"], COMMUNITY, rules.period("2026-11"))
        making.file_of(report_id, rules.COMMITTEE, "zh-Hans", rules.HTML)
        for path, who in (
            (f"/committees/{COMMUNITY}/report.html", "committee"),
            (f"/places/{COMMUNITY}/what-became-of-it", "resident"),
        ):
            found = queries(clients[who], path)
            assert len(found) <= MOST, found
