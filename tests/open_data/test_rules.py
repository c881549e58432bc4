"""Nothing that is given out singles out fewer than five people, however it is combined."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.committees.telling_rules import is_sum_safe
from app.open_data import rules
from app.open_data.rules import ClosedCase

DISTRICT, STREETS = "510105", ("510105001", "510105002")
COMMUNITIES = tuple(f"{street}00{number}" for street in STREETS for number in (1, 2))


def tree(people):
    """Return people by cell and the cells around, counted person by person.

    `people`: (place, pattern) each; a place may be a street only.
    """
    cells = {}
    for number, (place, pattern) in enumerate(people):
        around = [place[:digits] for digits in (6, 9, 12) if len(place) >= digits]
        if len(place) == 12:
            around.append(f"{place}/{pattern}")
        for cell in around:
            cells.setdefault(cell, set()).add(number)
    ordered = sorted(cells, key=lambda cell: (len(cell), cell))
    parents = {
        cell: cell.partition("/")[0] if "/" in cell else {12: cell[:9], 9: cell[:6]}.get(len(cell))
        for cell in ordered
    }
    return cells, parents


def singled_out(cells, whose):
    """Give the people of every set that adding and subtracting these cells can single out.

    Cells are sets of atoms. Atoms that are in the same cells cannot be told apart; of the
    classes of those, a set can be singled out if its indicator lies in the span of the cells'.
    This is linear algebra, and knows nothing of how the cells were chosen.
    """
    atoms = set().union(*cells) if cells else set()
    classes = {}
    for atom in atoms:
        classes.setdefault(tuple(atom in cell for cell in cells), set()).add(atom)
    members = list(classes.values())
    span = np.array([list(key) for key in classes], dtype=float).T
    rank = np.linalg.matrix_rank(span) if members else 0
    for size in range(1, len(members) + 1):
        for chosen in combinations(range(len(members)), size):
            indicator = np.zeros(len(members))
            indicator[list(chosen)] = 1
            if np.linalg.matrix_rank(np.vstack([span, indicator])) == rank:
                yield {whose(atom) for index in chosen for atom in members[index]}


def told_cells(cells, parents, yielding=()):
    counts = {cell: len(members) for cell, members in cells.items()}
    told = rules.released_people(counts, parents, yielding=yielding)
    return [cells[cell] for cell in parents if cell in told], told


groups = st.lists(
    st.tuples(
        st.sampled_from((*COMMUNITIES, STREETS[0])),
        st.sampled_from(("reported", "several")),
        st.integers(0, 11),
    ),
    max_size=8,
)


@settings(max_examples=150, deadline=None)
@given(groups, st.sets(st.sampled_from((DISTRICT, *STREETS, *COMMUNITIES))))
def test_no_combination_of_the_tables_of_people_is_about_fewer_than_five(groups, yielding):
    people = [(place, pattern) for place, pattern, many in groups for _ in range(many)]
    cells, parents = tree(people)
    told, _ = told_cells(cells, parents, yielding)
    assert all(len(found) >= 5 for found in singled_out(told[:9], lambda person: person))
    assert all(len(cell) >= 5 for cell in told)


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ({"a": 4}, set()),
        ({"a": 5}, {"a"}),
        ({"a": 12, "a/x": 8, "a/y": 4}, {"a"}),  # the rest of x would be y's four
        ({"a": 15, "a/x": 8, "a/y": 7}, {"a", "a/x", "a/y"}),
        ({"a": 20, "a/x": 8, "a/y": 7}, {"a", "a/x", "a/y"}),
        ({"a": 20, "a/x": 9, "a/y": 7, "a/z": 4}, {"a", "a/x"}),  # y goes with z
    ],
)
def test_a_part_is_hidden_with_the_few_that_its_whole_would_give_away(counts, told):
    parents = {cell: "a" if "/" in cell else None for cell in counts}
    assert rules.released_people(counts, parents) == told


def test_a_sum_that_would_give_few_away_stands_back_for_its_parts():
    counts, parents = {"a": 12, "a/x": 8}, {"a": None, "a/x": "a"}
    assert rules.released_people(counts, parents, yielding=["a"]) == {"a/x"}


def case(reporter, place=COMMUNITIES[0], category="WASTE", month="2026-08", on_time=True):
    return ClosedCase(f"{place}001", category, month, "2026-Q3", reporter, on_time, 3)


cases = st.lists(
    st.builds(
        case,
        st.integers(1, 9),
        st.sampled_from(COMMUNITIES),
        st.sampled_from(("WASTE", "LIGHT")),
        st.sampled_from(("2026-07", "2026-08")),
        st.sampled_from((True, False, None)),
    ),
    max_size=60,
)


@settings(max_examples=100, deadline=None)
@given(cases, groups)
def test_no_combination_of_both_tables_is_about_fewer_than_five(reported, groups):
    found, withheld = rules.grouped(reported)
    numbered = {id(each): number for number, each in enumerate(reported)}
    assert sum(len(group.cases) for group in found) + withheld == len(reported)
    told = []
    for group in found:
        told.append({("case", numbered[id(each)]) for each in group.cases})
        if rules.kept_in_time(group) is not None:
            kept = {("case", numbered[id(each)]) for each in group.cases if each.on_time}
            assert len(kept) == rules.kept_in_time(group)
            told.append(kept)
    people = [(place, pattern) for place, pattern, many in groups for _ in range(many)]
    of_people, _ = told_cells(*tree(people))
    told += [{("person", 100 + number) for number in cell} for cell in of_people[:3]]

    def whose(atom):
        return reported[atom[1]].reporter if atom[0] == "case" else atom[1]

    shown = [cell for cell in told if cell]
    assert all(len(people) >= 5 for people in singled_out(shown[:8], whose))


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.builds(
            case,
            st.integers(1, 12),
            category=st.sampled_from(("WASTE", "LIGHT", "GAS")),
            month=st.sampled_from(("2026-07", "2026-08")),
        ),
        max_size=40,
    )
)
@example(
    [
        *(case(who, category="LIGHT", month="2026-07") for who in (1, 2, 3)),
        *(case(who, category="GAS", month="2026-07") for who in (4, 5)),
        *(case(who, category="LIGHT", month="2026-08") for who in (6, 7, 8)),
        *(case(who, category="WASTE", month="2026-08") for who in (9, 10)),
    ]
)
def test_nor_is_any_of_them_with_what_reports_tell_residents(reported):
    numbered = {id(each): number for number, each in enumerate(reported)}
    told = [{numbered[id(each)] for each in group.cases} for group in rules.grouped(reported)[0]]
    for month in ("2026-07", "2026-08"):
        kinds = {}
        for number, each in enumerate(reported):
            if each.month == month:
                kinds.setdefault(each.category, {})[number] = each.reporter
        told += [set(kind) for kind in kinds.values() if len(set(kind.values())) >= 5]
        if is_sum_safe(kind.values() for kind in kinds.values()):
            told.append({number for kind in kinds.values() for number in kind})

    def whose(atom):
        return reported[atom].reporter

    cells = [cell for cell in told if cell]
    assert all(len(people) >= 5 for people in singled_out(cells, whose))


def test_what_few_reported_is_told_more_coarsely_and_never_twice():
    many = [case(reporter) for reporter in range(1, 7)]
    few = [case(reporter, category="LIGHT") for reporter in (1, 2)]
    late = [case(reporter, category="GAS", month="2026-09") for reporter in (3, 4, 5)]
    lonely = [case(9, place=COMMUNITIES[3])]
    found, withheld = rules.grouped([*many, *few, *late, *lonely])
    told = [(each.place_code, each.period, each.category, len(each.cases)) for each in found]
    assert told == [
        (COMMUNITIES[0], "2026-08", "WASTE", 6),
        (COMMUNITIES[0], "2026-Q3", None, 5),
    ]  # fmt: skip
    assert withheld == 1


def test_the_few_that_were_late_are_not_told():
    cases = [case(reporter, on_time=reporter > 2) for reporter in range(1, 9)]
    [group], _ = rules.grouped(cases)
    assert rules.kept_in_time(group) is None
    [group], _ = rules.grouped([case(reporter) for reporter in range(1, 9)])
    assert (rules.kept_in_time(group), rules.median_days(group)) == (8, 3)
