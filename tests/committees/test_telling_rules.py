"""One to four people are never told where somebody could find out who they are."""

from datetime import date

import pytest

from app.committees import telling_rules
from app.committees.formulas import LEAST_PEOPLE
from tests.factories.people import COMMUNITY

GRID, STREET = f"{COMMUNITY}001", COMMUNITY[:9]
MONTH = (date(2026, 10, 1), date(2026, 10, 31))
QUARTER = (date(2026, 7, 1), date(2026, 9, 30))
WEEK = (date(2026, 10, 5), date(2026, 10, 11))
DAYS = (date(2026, 10, 5), date(2026, 10, 10))
TODAY = date(2026, 11, 20)
EVERYBODY = {"people", "newly", "returning"}


def test_withheld_are_few_people_of_a_grid_and_of_a_few_days():
    def withheld(code, days, people, newly):
        measures = {"people": people, "newly": newly, "returning": people - newly}
        return {
            name for name, why in telling_rules.withheld(code, *days, measures).items()
            if why == "few"
        }  # fmt: skip

    assert withheld(GRID, MONTH, 4, 0) == withheld(COMMUNITY, DAYS, 4, 0) == EVERYBODY
    assert withheld(GRID, MONTH, 9, 2) == withheld(GRID, MONTH, 9, 7) == {"newly", "returning"}
    assert withheld(GRID, MONTH, 9, 0) == withheld(GRID, MONTH, 0, 0) == set()
    assert withheld(COMMUNITY, WEEK, 4, 0) == withheld(STREET, DAYS, 4, 0) == set()


def test_parts_of_the_index_do_not_tell_few_people_of_a_grid():
    def why(name, place, days, **measures):
        return telling_rules.shown([name], measures, place, days)[name]["withheld"]

    many, few = {"active_before": 30, "retained": 12}, {"active_before": 4, "retained": 0}
    assert why("continuity", GRID, MONTH, **many) is None
    assert why("continuity", GRID, MONTH, **few) == "few"
    assert why("continuity", GRID, MONTH, active_before=12, retained=9) == "few"
    assert why("continuity", COMMUNITY, MONTH, **few) is None
    even = {"even": 4, "even_whole": 4, "in_grids": 4}
    assert why("evenness", GRID, MONTH, **even) == why("evenness", COMMUNITY, DAYS, **even) == "few"
    assert why("evenness", COMMUNITY, MONTH, **even) is None
    assert why("evenness", GRID, MONTH, even=9, even_whole=9, in_grids=9) is None
    assert why("registered", GRID, MONTH, registered=3) == "few"
    assert why("registered", COMMUNITY, DAYS, registered=3) is None


def test_a_share_of_homes_is_none_of_a_grid():
    measures = {"people": 30, "newly": 0, "returning": 30, "active_adults": 30}
    found = telling_rules.shown(["people", "breadth", "participation"], measures, GRID, MONTH)
    assert found["people"]["value"] == 30
    assert (found["breadth"]["value"], found["breadth"]["withheld"]) == (None, "grid")
    assert (found["participation"]["withheld"], found["breadth"]["numerator"]) == ("grid", None)


@pytest.mark.parametrize(
    ("code", "days", "told"),
    [
        (COMMUNITY, QUARTER, True),
        (STREET, QUARTER, True),
        (COMMUNITY, MONTH, False),
        (COMMUNITY, (date(2025, 1, 1), date(2025, 12, 31)), False),
        (GRID, QUARTER, False),
        (COMMUNITY, WEEK, False),
        (COMMUNITY, (QUARTER[0], date(2026, 9, 29)), False),
        (COMMUNITY, (date(2026, 10, 1), TODAY), False),
        (COMMUNITY, (date(2026, 10, 1), date(2026, 12, 31)), False),
    ],
)
def test_ages_are_told_of_quarters_that_are_over(code, days, told):
    assert telling_rules.tells_ages(code, *days, TODAY) is told


def test_a_sum_tells_of_ages_what_its_parts_tell_and_no_more():
    small = {"old": (9, 7), "young": (0, 0), "grown": (3, 3)}
    large = {"old": (20, 10), "young": (0, 0), "grown": (0, 0)}
    found = telling_rules.told_together([small, large])
    # Of the small part nine less seven are two: hidden there, and in the sum.
    assert (found["old"].numerator, found["old"].denominator) == (10, 20)
    assert (found["grown"].withheld, found["young"].withheld) == ("few", "few")
    assert telling_rules.told_together([small])["old"].withheld == "few"


def test_a_sum_is_told_if_its_small_parts_are_nobody_or_enough():
    many, more = range(LEAST_PEOPLE), range(10, 10 + LEAST_PEOPLE)
    assert telling_rules.is_sum_safe([many, more])
    assert not telling_rules.is_sum_safe([many, [20]])
    assert not telling_rules.is_sum_safe([many, [20, 21], [21, 22], [20]])
    assert telling_rules.is_sum_safe([many, [20, 21, 22], [23, 24]])
