"""What happens to a case when nobody does anything."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.committees.service import show_overview
from app.core import clock
from app.core.db import read
from app.core.outbox import OutboxEvent
from app.hazards import clockwork, views
from tests.factories.people import COMMUNITY
from tests.hazards.conftest import MORNING

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)


def look(after):
    """Do what the clock does; return (reminded, closed)."""
    with clock.at(MORNING + after):
        return clockwork.ask_again(), clockwork.close_unanswered()


def reminders():
    kinds = read(select(OutboxEvent.kind)).scalars().all()
    return sum(kind == "hazards.unanswered" for kind in kinds)


def test_a_question_is_asked_again_once_and_then_closed(case_in, people):
    case = case_in("handled")
    assert look(7 * DAY) == (0, 0)
    assert look(7 * DAY + MINUTE) == (1, 0)
    assert look(8 * DAY) == (0, 0)
    assert look(14 * DAY) == (0, 0)
    assert look(14 * DAY + MINUTE) == (0, 1)
    assert look(14 * DAY + 2 * MINUTE) == (0, 0)
    assert reminders() == 1
    found = views.show_hazard(people["resident"], case["id"])
    line = found["history"][-1]
    assert (line["move"], line["actor"]["role"]) == ("close_unanswered", "system")
    assert (line["rating"], line["solved"], found["state"]) == (None, None, "closed")


def test_a_case_that_comes_back_is_asked_about_anew(case_in, step):
    case = case_in("handled")
    look(8 * DAY)
    step(case, "handling", "resident", after=9 * DAY, note="又停上了")
    step(case, "handled", after=9 * DAY)
    assert look(15 * DAY) == (0, 0)
    assert look(16 * DAY + MINUTE) == (1, 0)
    assert look(23 * DAY + MINUTE) == (0, 1)


@pytest.mark.parametrize("state", ["reported", "handling", "suspended", "closed", "declined"])
def test_only_an_open_question_is_asked_again(case_in, state):
    case_in(state)
    assert look(60 * DAY) == (0, 0)


def test_what_the_clock_closed_can_be_reopened_for_fourteen_days(case_in, step):
    case = case_in("handled")
    look(14 * DAY + MINUTE)
    case = step(case, "handling", "resident", after=28 * DAY, note="又来了")
    assert case["state"] == "handling"


def test_silence_changes_no_rate(case_in, people):
    def rates(shown):
        return {name: (rate["numerator"], rate["denominator"]) for name, rate in shown.items()}

    silent = case_in("handled")
    look(14 * DAY + MINUTE)
    assert silent["state"] == "handled"
    with clock.at(MORNING + 15 * DAY):
        found = show_overview(people["committee"], COMMUNITY)
    assert found["totals"]["closed"] == 1
    assert rates(found["rates"]) == {"on_time": (1, 1), "satisfied": (0, 0), "resolved": (0, 0)}
    assert found["rates"]["satisfied"]["excluded"] == found["rates"]["resolved"]["excluded"] == 1


def test_who_handled_their_own_report_is_asked_nothing(report, step):
    case = report("gridworker")
    for to in ("accepted", "assigned", "handling", "handled"):
        case = step(case, to)
    assert look(30 * DAY) == (0, 0)


def test_one_broken_case_keeps_no_other_open(case_in, monkeypatch):
    broken, _whole = case_in("handled"), case_in("handled")
    close = clockwork._close_one

    def trip(hazard_id):
        if hazard_id == broken["id"]:
            raise RuntimeError
        return close(hazard_id)

    monkeypatch.setattr(clockwork, "_close_one", trip)
    assert look(15 * DAY)[1] == 1
