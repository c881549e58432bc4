"""What waits for somebody in charge: each kind is counted where it waits, and nowhere else."""

from datetime import date, timedelta

import pytest
from sqlalchemy import update

from app.committees import rectifications, waiting
from app.core import clock
from app.core.checks import REVIEW
from app.core.db import changed_rows, writing
from app.core.errors import NotFound
from app.hazards import supervision
from app.hazards.models import Hazard
from app.residents import service as residents
from tests.hazards.conftest import MORNING
from tests.house.test_query_counts import counted

COMMUNITY = "510105007004"


def waits(actor, place=COMMUNITY):
    return waiting.show_waiting(actor, place)


def counts(actor, place=COMMUNITY):
    return {name: kind["count"] for name, kind in waits(actor, place).items() if kind["count"]}


def test_nothing_waits_where_nothing_happened(people, morning):
    assert counts(people["committee"]) == {}


def test_cases_wait_by_what_is_owed_in_them(people, case_in, step):
    case_in("reported")
    case_in("accepted", category="LIGHT")
    put_off = case_in("handling")
    step(put_off, "suspended")
    assert counts(people["committee"])["reported"] == 1
    assert counts(people["committee"])["put_off"] == 1
    # Whoever does not supervise agrees to nothing.
    assert "put_off" not in waits(people["gridworker"])
    with clock.at(MORNING + timedelta(days=60)):
        supervision.supervise_due()
        found = waits(people["committee"])
    assert found["late"]["count"] == 3
    assert found["reported"]["count"] == 0
    assert found["orders"]["count"] == 2
    assert [item["at"] for item in found["late"]["items"]] == sorted(
        item["at"] for item in found["late"]["items"]
    )


def test_three_of_a_kind_are_named_the_most_urgent_first(people, report):
    made = []
    for minutes in range(5):
        with clock.at(MORNING + timedelta(minutes=minutes)):
            made.append(report(description=f"第 {minutes} 件"))
    found = waits(people["committee"])["reported"]
    assert found["count"] == 5
    assert [item["id"] for item in found["items"]] == [case["id"] for case in made[:3]]
    assert made[0]["number"] in found["items"][0]["words"]
    assert found["items"][0]["more"] == "第 0 件"


def test_a_doubt_about_words_waits_for_supervisors(people, report):
    case = report()
    with writing():
        changed_rows(update(Hazard).where(Hazard.id == case["id"]).values(text_state=REVIEW))
    assert counts(people["committee"])["verdicts"] == 1
    assert "verdicts" not in waits(people["gridworker"])


def test_homes_wait_but_never_ones_own(people, morning):
    residents.request_residence(people["stranger"], place_code=COMMUNITY, room="2 单元 301")
    found = waits(people["gridworker"])["homes"]
    assert found["count"] == 1
    assert found["items"][0]["more"] == "2 单元 301"
    assert counts(people["outsider"], "320506100006") == {}


def test_demands_wait_for_the_place_and_answers_for_those_above(people, morning):
    made = rectifications.raise_rectification(
        people["street"], COMMUNITY, title="充电桩", demand="装好充电桩", due_on=date(2026, 12, 1)
    )
    assert counts(people["committee"])["rectifications"] == 1
    assert waits(people["committee"])["rectifications"]["items"][0]["more"] == "2026-12-01"
    rectifications.move_rectification(people["committee"], made["id"], to="answered", note="装好了")
    assert counts(people["committee"]) == {}
    assert counts(people["street"], COMMUNITY) == {"answered": 1}


def test_all_is_asked_for_at_once(people, case_in):
    case_in("reported")
    with counted() as found:
        waits(people["district"], "510105")
    assert len(found) == 1


@pytest.mark.parametrize("who", ["resident", "outsider"])
def test_who_dispatches_nothing_there_is_told_nothing(people, morning, who):
    with pytest.raises(NotFound):
        waits(people[who])
