"""Nothing is told of fewer than five people, and nobody can reckon it from what is told."""

from datetime import date
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.campaigns import breadth
from app.campaigns.breadth import FEWEST, Row, together, told, told_in_tree

T = {
    "all have enough": ({"a": (6, 20), "b": (9, 30)}, "ab"),
    "one is too small: the next smallest hides it": (
        {"a": (2, 20), "b": (9, 30), "c": (7, 30), "d": (30, 60)},
        "bd",
    ),
    "two small ones of five people hide each other": (
        {"a": (2, 20), "b": (3, 20), "c": (7, 30)},
        "c",
    ),
    "two small ones of four people do not": ({"a": (2, 20), "b": (2, 20), "c": (7, 30)}, ""),
    "nobody is a number too": ({"a": (0, 20), "b": (9, 30), "c": (8, 30)}, "b"),
    "who did not take part are people too": (
        {"a": (18, 20), "b": (9, 30), "c": (8, 30), "d": (8, 30)},
        "bd",
    ),
    "a grid of two people hides nobody": (
        {"a": (3, 20), "b": (2, 2), "c": (7, 30), "d": (8, 30)},
        "d",
    ),
    "an empty grid hides nobody": ({"a": (3, 20), "b": (0, 0), "c": (7, 30), "d": (8, 30)}, "d"),
}


def table(rows):
    return {key: Row(*row) for key, row in rows.items()}


@pytest.mark.parametrize("name", T)
def test_a_table_hides_what_would_give_the_small_ones_away(name):
    rows, shown = T[name]
    found = told(table(rows))
    assert found.total
    assert found.rows == frozenset(shown)


@pytest.mark.parametrize(
    "rows",
    [
        {},
        {"a": (4, 30)},
        {"a": (2, 30), "b": (2, 30)},
        {"a": (28, 30), "b": (30, 31)},  # who did not are three
        {"a": (3, 20), "b": (2, 2)},  # b cannot hide a
    ],
)
def test_a_table_that_cannot_be_hidden_well_is_not_told_at_all(rows):
    assert told(table(rows)) == breadth.NOTHING


def test_more_than_all_is_no_row():
    with pytest.raises(ValueError, match="people=3, of=2"):
        Row(3, 2)


def row(most):
    return st.integers(0, most).flatmap(lambda of: st.builds(Row, st.integers(0, of), st.just(of)))


def possible(rows, found):
    """Return every number of people in each hidden row that fits what is told, as who looks sees.

    The attacker knows how many live everywhere.
    """
    hidden = sorted(set(rows) - found.rows)
    left = sum(rows[key].people for key in hidden)
    for numbers in product(*(range(rows[key].of + 1) for key in hidden)):
        if sum(numbers) == left:
            yield dict(zip(hidden, numbers, strict=True))


@settings(max_examples=120, deadline=None)
@given(st.dictionaries(st.sampled_from("abcd"), row(13), min_size=1))
def test_nobody_reckons_a_small_row_to_within_five_people(rows):
    found = told(rows)
    assert all(rows[key].enough for key in found.rows)
    if not found.total:
        assert not found.rows
        return
    guesses = list(possible(rows, found))
    for key in set(rows) - found.rows:
        seen = {guess[key] for guess in guesses}
        if not rows[key].enough:
            assert max(seen) - min(seen) >= min(FEWEST, rows[key].of), (key, found)
    kept = [rows[key] for key in rows if key not in found.rows and rows[key].of]
    assert not kept or together(kept).enough


@settings(max_examples=40, deadline=None)
@given(st.lists(row(12), min_size=2, max_size=3))
def test_who_knows_the_rule_as_well_still_cannot_tell_a_small_row(listed):
    """What is hidden for its neighbours' sake must not tell which one it was, and how small."""
    rows = dict(zip("abc", listed, strict=False))
    found = told(rows)
    if not found.total:
        return
    fitting = []
    for guess in possible(rows, found):
        other = {key: Row(guess.get(key, row.people), row.of) for key, row in rows.items()}
        if told(other) == found:
            fitting.append(guess)
    for key in set(rows) - found.rows:
        if not rows[key].enough and rows[key].of:
            assert len({guess[key] for guess in fitting}) > 1, (key, found)


LENGTHS = (1, 2, 3)
leaves = st.dictionaries(
    st.sampled_from([f"1{a}{b}" for a in "123" for b in "123"]), row(14), min_size=1
)


@settings(max_examples=80, deadline=None)
@given(leaves)
def test_in_a_tree_no_sum_gives_a_hidden_place_away(rows):
    shown = told_in_tree(rows, LENGTHS)
    floors = [breadth._floor(rows, length) for length in LENGTHS]
    everything = {code: row for floor in floors for code, row in floor.items()}
    for code in shown:
        assert everything[code].enough
        assert all(code[:length] in shown for length in LENGTHS if length < len(code))
        inner = {c: r for c, r in everything.items() if c[:-1] == code}
        hidden = [r for c, r in inner.items() if c not in shown and r.of]
        small = [r for r in hidden if not r.enough]
        if small:
            assert together(hidden).enough
            assert all(together(hidden).of - r.of >= FEWEST for r in small)


def test_a_tree_where_all_is_well_is_told_of_whole():
    rows = {f"1{a}{b}": Row(6, 20) for a in "12" for b in "12"}
    assert told_in_tree(rows, LENGTHS) == {"1", "11", "12", *rows}


@pytest.mark.parametrize(
    ("people", "of_them", "may"),
    [(12, 12, True), (12, 7, True), (12, 10, False), (12, 4, False), (4, 4, False)],
)
def test_a_part_is_told_of_when_who_is_left_over_are_enough(people, of_them, may):
    assert breadth.told_of_part(people, of_them) is may


@pytest.mark.parametrize(("people", "shown"), [(0, None), (4, None), (5, 5), (9, 5), (10, 10)])
def test_a_number_that_grows_is_told_in_fives(people, shown):
    assert breadth.at_least(people) == shown


@pytest.mark.parametrize(
    ("people", "total", "found"),
    [(4, 4.0, None), (5, 5.0, 0.95), (9, 0.0, 0.05), (6, 3.0, 0.5), (7, 3.0, 0.43)],
)
def test_knowledge_is_the_mean_of_people_and_never_all_or_none(people, total, found):
    assert breadth.mean_share(people, total) == found


def test_months_follow_the_calendar():
    assert breadth.months("2026-11", "2027-02") == ["2026-11", "2026-12", "2027-01", "2027-02"]
    assert breadth.months("2026-12", "2026-11") == []
    assert breadth.month_before(date(2027, 1, 31)) == "2026-12"
