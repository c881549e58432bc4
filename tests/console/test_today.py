"""Today: what waits, in the order of its urgency, and the way to where it is done."""

import re
from datetime import timedelta

import pytest

from app.core import clock
from tests.hazards.conftest import (  # noqa: F401 fixtures
    MORNING,
    case_in,
    morning,
    photo,
    report,
    spot,
    step,
)
from tests.house.test_query_counts import counted

pytestmark = pytest.mark.either_database

TODAY = "/console/510105007004/today"
MOST_QUERIES = 6


@pytest.fixture
def committee(morning, sit):  # noqa: F811
    return sit("committee")


def kinds(page):
    return re.findall(r'id="waits-(\w+)"', page.text)


def test_where_nothing_waits_it_is_calm(committee):
    page = committee.get(TODAY)
    assert "今天没有等您处理的事" in page.text
    assert kinds(page) == []


def test_what_waits_leads_to_where_it_is_done(committee, sit, case_in):  # noqa: F811
    case_in("accepted", description="楼道堆了纸箱")
    waiting = case_in("reported")
    page = committee.get(TODAY)
    assert kinds(page) == ["reported", "due"]
    assert f"/board/cases/{waiting['id']}" in page.text
    # A day later both are late; a desk is signed in anew.
    with clock.at(MORNING + timedelta(days=2)):
        page = sit("committee").get(TODAY)
    assert kinds(page) == ["late"]
    assert 'href="/console/510105007004/board?late=true"' in page.text
    assert "楼道堆了纸箱" in page.text


def test_the_page_asks_again_by_itself_for_an_hour(committee, report):  # noqa: F811
    report()
    part = committee.get(TODAY, part=True, turn=1)
    assert "<html" not in part.text
    assert "turn=2" in part.text
    assert "hx-trigger" not in committee.get(TODAY, part=True, turn=60).text
    assert committee.get(TODAY, turn=61).status_code == 422


def test_it_costs_six_queries_at_most(committee, report):  # noqa: F811
    report()
    committee.get(TODAY)
    with counted() as found:
        committee.get(TODAY)
    assert len(found) <= MOST_QUERIES, found


def test_a_grid_worker_sees_what_a_grid_worker_may_do(sit, case_in, step):  # noqa: F811
    step(case_in("handling"), "suspended")
    assert "put_off" in kinds(sit("committee").get(TODAY))
    assert "put_off" not in kinds(sit("gridworker").get(TODAY))


def test_todays_of_another_place_is_not_there(sit, morning):  # noqa: F811
    assert sit("outsider").get(TODAY).status_code == 404
    assert sit("district").get(TODAY).status_code == 200
