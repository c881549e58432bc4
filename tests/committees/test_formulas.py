"""Formulas are plain, published and versioned."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.committees import formulas
from app.committees.formulas import Formula, evenness, reckon, silent

TODAY = date(2026, 11, 30)
counts = st.integers(0, 40)
patient = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)  # a busy machine is no fault


def on_time(numerator, denominator, excluded=0):
    measures = {"on_time": numerator, "due": denominator, "due_left_out": excluded}
    return reckon("on_time", measures, TODAY)


@pytest.mark.parametrize(
    ("numerator", "denominator", "excluded", "value", "withheld"),
    [
        (3, 4, 0, 0.75, None),
        (3, 4, 1, 0.75, None),
        (3, 7, 3, 0.4286, None),  # exactly 70 % known
        (3, 6, 3, None, "coverage"),  # nor is the numerator told, which would give it away
        (0, 0, 0, None, "nothing"),
        (0, 0, 2, None, "coverage"),
        (0, 5, 0, 0.0, None),
    ],
)
def test_a_share_of_which_too_little_is_known_is_withheld(
    numerator, denominator, excluded, value, withheld
):
    told = None if withheld == "coverage" else numerator
    assert on_time(numerator, denominator, excluded).shown() == {
        "value": value, "numerator": told, "denominator": denominator,
        "excluded": excluded, "formula_version": 1, "withheld": withheld,
    }  # fmt: skip


def test_a_count_is_its_numerator():
    found = reckon("people", {"people": 7}, TODAY)
    assert (found.value, found.numerator, found.denominator) == (7, 7, None)


PARTS = {
    "active_adults": 40, "registered_adults": 100, "retained": 9, "active_before": 10,
    "even": 1, "even_whole": 2, "kept_and_confirmed": 4, "due": 5, "due_left_out": 0,
}  # fmt: skip


def test_the_participation_index_is_a_geometric_mean_in_per_cent():
    found = reckon("participation", PARTS, TODAY)
    assert found.value == round(100 * (0.4 * 0.9 * 0.5 * 0.8) ** 0.25, 1)
    assert found.shown()["parts"]["continuity"]["numerator"] == 9
    assert reckon("participation", PARTS | {"retained": 0}, TODAY).value == 0


def test_the_solving_index_counts_what_stayed_solved():
    measures = {
        "on_time": 9, "due": 10, "due_left_out": 0, "closed_due": 8, "resolved": 6,
        "answered": 8, "unanswered": 2, "handled_once": 19, "handled": 20,
    }  # fmt: skip
    expected = 100 * (0.9 * 0.8 * 0.75 * 0.95) ** 0.25
    assert reckon("solving", measures, TODAY).value == round(expected, 1)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"due_left_out": 9}, "part"),
        ({"active_before": 0}, "nothing"),
        ({"active_before": 0, "due_left_out": 9}, "part"),
        (dict.fromkeys(PARTS, 0), "nothing"),
    ],
)
def test_an_index_with_an_unknown_part_has_no_value(changes, reason):
    found = reckon("participation", PARTS | changes, TODAY)
    assert (found.value, found.withheld) == (None, reason)


def test_a_new_version_does_not_rewrite_history():
    better = replace(
        formulas.in_force("on_time", TODAY), denominator="closed", version=2,
        since=date(2027, 1, 1),
    )  # fmt: skip
    known = (*formulas.FORMULAS, better)
    measures = {"on_time": 1, "due": 4, "due_left_out": 0, "closed": 2}
    past, new = (
        reckon("on_time", measures, last, known) for last in (date(2026, 12, 31), date(2027, 1, 1))
    )
    assert (past.version, past.value) == (1, 0.25)
    assert (new.version, new.value) == (2, 0.5)


def test_every_version_of_a_figure_is_there_once_and_later_ones_hold_later():
    keys = [(each.name, each.version) for each in formulas.FORMULAS]
    assert len(keys) == len(set(keys))
    for name in formulas.NAMES:
        mine = [each for each in formulas.FORMULAS if each.name == name]
        assert [each.version for each in mine] == list(range(1, len(mine) + 1))
        assert [each.since for each in mine] == sorted(each.since for each in mine)
    with pytest.raises(KeyError):
        formulas.in_force("happiness", TODAY)


@pytest.mark.parametrize(
    ("people", "share"), [([5, 5, 5], 1), ([0, 0, 9], 1 / 3), ([1, 3], 0.75), ([4], 1)]
)
def test_evenness_is_one_less_gini(people, share):
    numerator, denominator = evenness(people)
    assert numerator / denominator == pytest.approx(share)


@patient
@given(st.lists(counts, min_size=1, max_size=9).filter(any))
def test_evenness_is_what_the_definition_by_pairs_says(people):
    numerator, denominator = evenness(people)
    apart = sum(abs(a - b) for a in people for b in people)
    gini = apart / (2 * len(people) * sum(people))
    assert numerator / denominator == pytest.approx(1 - gini)


def test_nobody_anywhere_has_no_evenness():
    assert evenness([0, 0]) == evenness([]) == (0, 0)


@patient
@given(
    st.dictionaries(
        st.sampled_from("abcd"), st.tuples(counts, counts).map(lambda p: (sum(p), p[0])), min_size=1
    )
)
def test_no_group_of_few_people_is_told_not_even_by_subtraction(groups):
    found = silent(groups)
    hidden = [groups[name] for name, figure in found.items() if figure.withheld == "few"]
    for registered, active in (
        *(groups[name] for name, figure in found.items() if figure.withheld is None),
        (sum(each[0] for each in hidden), sum(each[1] for each in hidden)),
    ):
        told = (registered, active, registered - active)
        everything_hidden = len(hidden) == sum(1 for each in groups.values() if each[0])
        assert everything_hidden or not any(0 < each < 5 for each in told)
    assert all(figure.numerator is None for figure in found.values() if figure.withheld == "few")


def test_quartiles_and_fences_need_five():
    assert formulas.quartiles([1, 2, 3, 4]) is None
    assert formulas.fences([1, 2, 3]) is None
    assert formulas.quartiles([0, 1, 2, 3, 4]) == {"lower": 1, "median": 2, "upper": 3}
    assert formulas.fences([0, 1, 2, 3, 4]) == (-2, 6)


@pytest.mark.parametrize(
    ("other", "similar"), [(49, False), (50, True), (200, True), (201, False), (0, False)]
)
def test_similar_is_between_half_and_twice(other, similar):
    assert formulas.is_similar(100, other) == similar


def test_a_formula_names_figures_that_there_are():
    assert set(formulas.INDICATORS) | set(formulas.INDICES) <= set(formulas.NAMES)
    assert Formula("x").version == 1
