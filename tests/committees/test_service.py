from datetime import date, timedelta

import pytest

from app.committees.indicators import indicators
from app.committees.service import show_overview
from app.core import clock
from app.core.errors import InvalidInput, NotFound
from app.hazards import supervision, views
from tests.factories.people import COMMUNITY
from tests.hazards.conftest import GRID, MORNING

TODAY = date(2026, 11, 20)
HOUR = timedelta(hours=1)


def figures(people, *, who="committee", at=MORNING, **given):
    with clock.at(at):
        return show_overview(people[who], COMMUNITY, **given)


def rate(numerator, denominator, excluded=0):
    value = round(numerator / denominator, 4) if denominator else None
    return {
        "value": value,
        "numerator": numerator,
        "denominator": denominator,
        "excluded": excluded,
    }


def test_a_place_where_nothing_happened_has_zeros_and_no_rates(people, morning):
    found = figures(people)
    assert found["totals"] == {"reported": 0, "open": 0, "overdue": 0, "closed": 0}
    assert found["rates"]["on_time"] == rate(0, 0)
    assert found["by_category"] == found["by_grid"] == []
    assert len(found["by_day"]) == 30
    assert (found["from"], found["to"]) == (date(2026, 10, 22), TODAY)


@pytest.mark.parametrize(
    ("state", "totals"),
    [
        ("reported", (1, 1, 0, 0)),
        ("accepted", (1, 1, 0, 0)),
        ("handling", (1, 1, 0, 0)),
        ("handled", (1, 1, 0, 0)),
        ("suspended", (1, 1, 0, 0)),
        ("closed", (1, 0, 0, 1)),
        ("declined", (1, 0, 0, 0)),
        ("withdrawn", (1, 0, 0, 0)),
    ],
)
def test_each_state_counts_where_it_belongs(case_in, people, state, totals):
    case_in(state)
    found = figures(people)["totals"]
    assert tuple(found[key] for key in ("reported", "open", "overdue", "closed")) == totals


def test_late_is_counted_as_overdue(case_in, people):
    case_in("handling")
    assert figures(people, at=MORNING + 3 * HOUR)["totals"]["overdue"] == 1


def test_rates_say_what_they_are_made_of(case_in, step, people):
    case_in("closed")  # on time, rated 5, solved
    late = case_in("handling")
    late = step(late, "handled", after=3 * HOUR)
    step(late, "closed", "resident", after=4 * HOUR, rating=2)
    checked = case_in("handled")
    step(checked, "closed", "committee", after=4 * HOUR)  # nobody asked the reporter
    broken = case_in("accepted")  # promise broken, nothing done
    put_off = step(case_in("suspended"), "suspended", "committee")
    assert broken["due_at"] == put_off["due_at"] == MORNING + 2 * HOUR
    found = figures(people, at=MORNING + 5 * HOUR)
    assert found["rates"] == {
        "on_time": rate(2, 4, excluded=1),
        "satisfied": rate(1, 2, excluded=1),
        "resolved": rate(2, 2, excluded=1),
    }
    assert found["by_category"][0]["on_time"] == rate(2, 4, excluded=1)
    assert found["by_grid"][0]["place_code"] == GRID
    assert found["by_grid"][0]["satisfied"] == rate(1, 2, excluded=1)


def test_not_solved_is_an_answer_and_stays_one(case_in, step, people):
    case = step(case_in("handled"), "handling", "resident", note="没解决", rating=1)
    case = step(case, "handled")
    step(case, "closed", "committee")
    found = figures(people)["rates"]
    assert found["resolved"] == rate(0, 1, excluded=1)
    assert found["satisfied"] == rate(0, 1, excluded=1)


def test_a_reopened_case_leaves_the_past_as_it_was(case_in, step, people):
    case = step(case_in("handling"), "handled", after=3 * HOUR)
    case = step(case, "closed", "resident", after=4 * HOUR, rating=2)
    asked = {"first": TODAY, "last": TODAY}
    before = figures(people, at=MORNING + 5 * HOUR, **asked)
    case = step(case, "handling", "resident", after=30 * HOUR, note="又来了")
    case = step(case, "handled", after=31 * HOUR)
    step(case, "closed", "resident", after=32 * HOUR, rating=5)
    after = figures(people, at=MORNING + 40 * HOUR, **asked)
    assert after["totals"] == before["totals"] == {
        "reported": 1, "open": 0, "overdue": 0, "closed": 1,
    }  # fmt: skip
    assert after["rates"] == before["rates"]
    assert before["rates"]["on_time"] == rate(0, 1)
    later = figures(people, at=MORNING + 40 * HOUR, first=TODAY + timedelta(days=1))
    assert later["rates"]["on_time"] == rate(1, 1)
    assert later["rates"]["resolved"] == rate(1, 2)


def test_a_broken_promise_stays_broken_when_it_is_put_off_afterwards(case_in, step, people):
    case = step(case_in("handling"), "suspended", after=3 * HOUR)
    step(case, "suspended", "committee", after=3 * HOUR)
    assert figures(people, at=MORNING + 4 * HOUR)["rates"]["on_time"] == rate(0, 1)


def test_a_promise_that_is_not_due_yet_is_neither_kept_nor_broken(case_in, people):
    case_in("accepted")
    assert figures(people)["rates"]["on_time"] == rate(0, 0)


def test_a_promise_that_falls_due_on_a_day_to_come_counts_nothing_though_it_is_kept(
    case_in, people
):
    case_in("closed", category="POWERBOX")  # kept within four working days, which have not gone by
    case_in("handled", category="POWERBOX")
    november = {"first": date(2026, 11, 1), "last": date(2026, 11, 30)}
    assert figures(people, **november)["rates"]["on_time"] == rate(0, 0)
    later = figures(people, at=MORNING + timedelta(days=6), **november)["rates"]["on_time"]
    assert later["numerator"] == 2


def test_days_are_shanghais(report, people):
    with clock.at(MORNING + 14 * HOUR):  # 23:00
        report()
    with clock.at(MORNING + 15 * HOUR):  # midnight
        report()
    found = figures(people, first=TODAY, last=TODAY + timedelta(days=1))
    assert [(day["date"], day["reported"]) for day in found["by_day"]] == [
        (TODAY, 1),
        (TODAY + timedelta(days=1), 1),
    ]
    assert figures(people, first=TODAY, last=TODAY)["totals"]["reported"] == 1


def test_the_range_before_stands_beside(report, people):
    with clock.at(MORNING - timedelta(days=1)):
        report()
    found = figures(people, first=TODAY, last=TODAY)
    assert (found["totals"]["reported"], found["previous"]["totals"]["reported"]) == (0, 1)


@pytest.mark.parametrize(
    ("first", "last", "former"),
    [
        (date(2026, 11, 1), TODAY, (date(2026, 10, 1), date(2026, 10, 20))),
        (date(2026, 11, 1), date(2026, 11, 30), (date(2026, 10, 1), date(2026, 10, 20))),
        (date(2026, 10, 1), date(2026, 10, 31), (date(2026, 9, 1), date(2026, 9, 30))),
        (date(2026, 11, 16), TODAY, (date(2026, 11, 11), date(2026, 11, 15))),
    ],
)
def test_every_page_of_figures_compares_a_range_with_the_same_one(
    people, morning, first, last, former
):
    found = figures(people, first=first, last=last)["previous"]
    with clock.at(MORNING):
        beside = indicators(people["committee"], COMMUNITY, first=first, last=min(last, TODAY))
    other = beside["previous"]
    assert (found["from"], found["to"]) == (other["from"], other["to"]) == former


def test_grids_and_categories_are_told_apart(report, people, app):
    from app.places import service as places  # noqa: PLC0415

    other = places.get_place(f"{COMMUNITY}002")
    report()
    report(category="WASTE", lat=other["lat"], lon=other["lon"])
    report(category="WASTE")
    found = figures(people)
    assert [(row["category"], row["reported"]) for row in found["by_category"]] == [
        ("WASTE", 2),
        ("FIRE_LANE", 1),
    ]
    assert [(row["place_code"], row["reported"]) for row in found["by_grid"]] == [
        (GRID, 2),
        (f"{COMMUNITY}002", 1),
    ]
    assert found["by_grid"][1]["name"] == "草堂路社区第2网格"


@pytest.mark.parametrize("who", ["outsider", "sibling", "gridworker", "resident", "stranger"])
def test_figures_of_a_place_are_for_those_who_answer_for_it(people, who):
    with pytest.raises(NotFound):
        figures(people, who=who)


@pytest.mark.parametrize("who", ["committee", "street", "district"])
def test_street_and_district_see_what_the_committee_sees(report, people, who):
    report()
    assert figures(people, who=who)["totals"]["reported"] == 1


@pytest.mark.parametrize(
    ("first", "last"),
    [(TODAY, TODAY - timedelta(days=1)), (TODAY - timedelta(days=400), TODAY),
     (date(1970, 1, 1), date(1970, 1, 2))],
)  # fmt: skip
def test_a_senseless_range_is_refused(people, first, last):
    with pytest.raises(InvalidInput):
        figures(people, first=first, last=last)


def test_orders_are_counted_until_they_are_answered_and_after(case_in, step, people):
    def asked(at, **given):
        found = figures(people, at=at, **given)
        return tuple(found[f"orders_{name}"] for name in ("open", "raised", "answered_late"))

    case, _other = case_in("handling"), case_in("handling")
    late = MORNING + 4 * HOUR
    assert asked(late) == (0, 0, 0)
    with clock.at(late):
        supervision.supervise_due()
        order = views.show_hazard(people["gridworker"], case["id"])["orders"][0]
    assert asked(late) == (2, 2, 0)
    step(case, "handled", after=5 * HOUR)
    step(case, "closed", "resident", after=6 * HOUR)
    closed = figures(people, at=MORNING + 6 * HOUR)
    with clock.at(MORNING + 29 * HOUR):
        answer = {"text": "车主出差，已请拖车"}
        supervision.answer_order(people["gridworker"], case["id"], order["id"], **answer)
    assert asked(MORNING + 30 * HOUR) == (1, 2, 1)
    assert asked(MORNING + 30 * HOUR, first=TODAY + timedelta(days=1)) == (1, 0, 0)
    # An answer in a closed case closes nothing again.
    later = figures(people, at=MORNING + 30 * HOUR)
    assert (later["totals"]["closed"], later["rates"]) == (1, closed["rates"])
    assert sum(day["closed"] for day in later["by_day"]) == 1
