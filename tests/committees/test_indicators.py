"""Rates of cases, held to a count by hand of every line of history; figures opened."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from app.committees import formulas, indicators, opening, reviews, solving
from app.core import clock
from app.core.db import read
from app.hazards.models import Hazard, HazardMove
from tests.factories.people import COMMUNITY
from tests.hazards.conftest import MORNING

TODAY = date(2026, 11, 20)
HOUR = timedelta(hours=1)
LATER = MORNING + 9 * HOUR


@pytest.fixture
def busy_day(case_in, step):
    """Cases that went well, late, back, wrong, and nowhere."""
    for state in ("reported", "declined", "withdrawn", "accepted", "assigned", "handled"):
        case_in(state)
    case_in("closed")
    case_in("closed")
    late = step(case_in("handling"), "handled", after=3 * HOUR)
    step(late, "closed", "resident", after=4 * HOUR, rating=2)
    again = step(case_in("handled"), "handling", "resident", note="没解决", after=HOUR)
    again = step(again, "handled", after=2 * HOUR)
    step(again, "closed", "committee", after=5 * HOUR)
    back = step(case_in("assigned"), "accepted", note="不是我的网格", after=HOUR)
    back = step(back, "assigned", after=HOUR)
    put_off = step(case_in("suspended"), "suspended", "committee")
    assert put_off["state"] == "suspended"
    return back


def figures(people, asked, **given):
    return asked(indicators.indicators, people["committee"], COMMUNITY, at=LATER, **given)


def by_hand():
    """Return numerator, denominator and exclusions as anybody would count them."""
    cases = read(select(Hazard.__table__)).all()
    told = {case.id: [] for case in cases}
    history = read(select(HazardMove.__table__).order_by(HazardMove.seq)).all()
    for line in history:
        told[line.hazard_id].append(line)
    lines = [(line, told[line.hazard_id]) for line in history]

    def named(name):
        return [(line, all_) for line, all_ in lines if line.move == name]

    def first(pairs):
        return [
            line
            for line, all_ in pairs
            if not any(other.move == line.move and other.seq < line.seq for other in all_)
        ]

    decided = {line.hazard_id for line, _ in lines if line.move in {"accept", "decline"}}
    accepted = {line.hazard_id for line, _ in named("accept")}
    closings = [line for line, _ in lines if line.to_state == "closed" != line.from_state]
    open_due = [
        case
        for case in cases
        if case.due_at and case.state != "closed" and (case.due_at <= LATER or case.handled_at)
    ]
    still = [case for case in open_due if case.state == "suspended" and case.suspension_approved]
    promised = [case for case in open_due if case not in still]
    stopped = [case for case in cases if case.state == "suspended" and case.suspension_approved]
    kept = [line for line in closings if line.handled_at <= line.due_at]
    kept_open = [c for c in promised if c.handled_at and c.handled_at <= c.due_at]
    answers = [line for line, _ in lines if line.solved is not None]
    rated = [line for line, _ in lines if line.rating is not None]
    due = len(closings) + len(promised)
    gone = [c for c in cases if c.state == "withdrawn" and c.id not in decided]
    quick = {
        line.hazard_id
        for line, _ in lines
        for case in cases
        if case.id == line.hazard_id
        and line.move in {"accept", "decline"}
        and line.at <= case.accept_by
    }
    sent, done = named("assign"), named("finish")
    return {
        "filing": (len(accepted), len(decided), len(cases) - len(decided)),
        "on_time": (len(kept) + len(kept_open), due, len(stopped)),
        "closing": (len(closings), due, len(stopped)),
        "accurate_dispatch": (len(first(sent)), len(sent), 0),
        "rework": (len(done) - len(first(done)), len(done), 0),
        "return": (len(named("return")), len(sent), 0),
        "response": (len(quick), len(cases) - len(gone), len(gone)),
        "resolved": (
            sum(bool(line.solved) for line in answers),
            len(answers),
            sum(line.solved is None for line in closings),
        ),
        "satisfied": (
            sum(line.rating >= 4 for line in rated),
            len(rated),
            sum(line.rating is None for line in closings),
        ),
        "responsiveness": (
            sum(line.move == "confirm" and bool(line.solved) for line in kept),
            due,
            len(stopped),
        ),
        "finality": (len(first(done)), len(done), 0),
    }


def made_of(figure):
    return (figure["numerator"], figure["denominator"], figure["excluded"])


def test_every_rate_is_what_a_count_by_hand_says_and_opens_to_that_many_rows(
    people, busy_day, asked
):
    found = figures(people, asked)
    shown = found["indicators"] | {
        name: part for index in found["indices"].values() for name, part in index["parts"].items()
    }
    expected = by_hand()
    for name, counts in expected.items():
        assert made_of(shown[name]) == counts, name
        parts = {"numerator": 0, "denominator": 0, "excluded": 0}
        cursor = None
        while True:
            page = asked(
                opening.open_figure, people["committee"], COMMUNITY, name,
                at=LATER, cursor=cursor, limit=4,
            )  # fmt: skip
            assert page["rows"] == "cases"
            for row in page["items"]:
                parts[row["part"]] += 1
            cursor = page["next_cursor"]
            if cursor is None:
                break
        assert made_of(page["figure"]) == counts
        opened = (
            parts["numerator"],
            parts["numerator"] + parts["denominator"],
            parts["excluded"],
        )
        assert opened == counts, name
    assert found["indicators"]["resolved"]["value"] == round(3 / 4, 4)
    assert found["indices"]["solving"]["parts"]["on_time"]["formula_version"] == 1


def test_the_next_day_does_not_change_todays_history(people, busy_day, step, asked):
    first = figures(people, asked, first=TODAY, last=TODAY)["indicators"]
    step(busy_day, "accepted", note="又退回", after=30 * HOUR)
    later = asked(
        indicators.indicators, people["committee"], COMMUNITY,
        first=TODAY, last=TODAY, at=MORNING + 31 * HOUR,
    )["indicators"]  # fmt: skip
    for name in ("accurate_dispatch", "rework", "return", "resolved", "satisfied"):
        assert later[name] == first[name]


def test_a_target_stands_beside_what_it_came_to(people, busy_day, asked):
    for figure, wanted in (("on_time", 0.9), ("rework", 0.5), ("solving", 99.0)):
        reviews.set_target(people["street"], COMMUNITY, figure, wanted=wanted)
    reviews.set_target(people["street"], COMMUNITY, "on_time", wanted=0.1)
    reviews.set_target(people["street"], COMMUNITY, "solving", wanted=None)
    found = {row["figure"]: row for row in figures(people, asked)["targets"]}
    assert set(found) == {"on_time", "rework"}
    assert (found["on_time"]["wanted"], found["on_time"]["met"]) == (0.1, True)
    assert (found["rework"]["at_most"], found["rework"]["met"]) == (True, True)


def test_all_measures_of_cases_are_used_by_some_formula():
    used = {
        name
        for formula in formulas.FORMULAS
        for name in (formula.numerator, formula.denominator, formula.excluded)
    }
    assert set(solving.MEASURES) <= used


def test_figures_of_people_open_to_facts_without_names(village, people, asked):
    for each in village.settle(3):
        village.do(each, "patrolled", minutes=90)
    village.roll_up()
    with clock.at(LATER):
        page = opening.open_figure(people["committee"], COMMUNITY, "people", limit=2)
    assert (page["rows"], page["figure"]["value"]) == ("facts", 3)
    assert len(page["items"]) == 2
    assert page["next_cursor"]
    assert "resident_id" not in page["items"][0]
    spread = asked(opening.open_figure, people["committee"], COMMUNITY, "evenness")
    assert spread["items"] == [{"place_code": f"{COMMUNITY}001", "people": None, "few": True}]


@pytest.mark.parametrize(
    ("asked", "former"),
    [
        (("2026-10-01", "2026-12-31"), ("2026-07-01", "2026-07-10")),
        (("2026-10-01", "2026-10-31"), ("2026-09-01", "2026-09-10")),
        (("2026-10-01", "2026-10-10"), ("2026-09-01", "2026-09-10")),
    ],
)
@pytest.mark.usefixtures("people")
def test_a_period_asked_for_whole_is_compared_with_its_own_kind(people, asked, former):
    first, last = map(date.fromisoformat, asked)
    with clock.at(datetime(2026, 10, 10, 8, tzinfo=UTC)):
        found = indicators.indicators(people["committee"], COMMUNITY, first=first, last=last)
    assert found["to"] == date(2026, 10, 10)
    assert (found["previous"]["from"], found["previous"]["to"]) == tuple(
        map(date.fromisoformat, former)
    )
