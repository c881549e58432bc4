"""Ages of who was never heard from: whatever is subtracted from whatever, never of few people."""

from collections import Counter
from datetime import UTC, date, datetime
from functools import partial
from itertools import product
from operator import itemgetter

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.committees import missing, participation, telling_rules
from app.committees.formulas import LEAST_PEOPLE
from tests.committees.conftest import NOW
from tests.factories.people import COMMUNITY, SIBLING

STREET = COMMUNITY[:9]
COMMUNITIES, CAME = (0, 1), itemgetter(1)


def in_batches(people):
    """Return the people (in the order in which they came) that are counted: five by five."""
    return people[: len(people) - len(people) % LEAST_PEOPLE]


def cells_of(people, ranges):
    """Return what pages tell of one band, each as a rule that says which kinds of people are in.

    `people`: (community, quarter in which they came, whether they were heard in each time), in
    the order in which they came. `ranges`: (quarter, first time, last time). A kind of person is
    what subtraction can tell apart, whether there is one or not: the community, the batch of five
    in which they came, and when they were heard.
    """
    cells = []
    for quarter, first, last in ranges:
        counted = [
            in_batches([each for each in people if each[0] == community and each[1] <= quarter])
            for community in COMMUNITIES
        ]
        parts = [
            {"band": (len(mine), sum(any(each[2][first : last + 1]) for each in mine))}
            for mine in counted
        ]
        street = telling_rules.told_together(parts)["band"]
        figures = [telling_rules.told_together([part])["band"] for part in parts]
        told = {
            community: len(mine) // LEAST_PEOPLE
            for community, mine, figure in zip(COMMUNITIES, counted, figures, strict=True)
            if figure.withheld is None
        }
        # The street is the sum of what its communities tell: no cell more than theirs.
        for name in ("numerator", "denominator"):
            assert (getattr(street, name) or 0) == sum(
                getattr(figures[community], name) for community in told
            )
        cells += [
            partial(is_in, community, batches, silent_in)
            for community, batches in told.items()
            for silent_in in (None, slice(first, last + 1))
        ]
    return cells


def is_in(community, batches, silent_in, kind):
    mine = kind[0] == community and kind[1] < batches
    return mine and (silent_in is None or not any(kind[2][silent_in]))


def numbers_of(people):
    """Return how many people there are of each kind."""
    found, came = Counter(), Counter()
    for community, _, heard in people:
        found[community, came[community] // LEAST_PEOPLE, heard] += 1
        came[community] += 1
    return found


def fewest(cells, kinds, numbers):
    """Return the fewest people of any set that adding and subtracting cells describes.

    Linear algebra, which knows nothing of why a cell is told: a set is singled out if a sum of
    some cells, less others, is 1 for its kinds and 0 for all others that there could be.
    """
    shape = np.array([[int(cell(kind)) for kind in kinds] for cell in cells])
    times = np.array(list(product((-1, 0, 1), repeat=len(cells))))
    sums = times @ shape.reshape(len(cells), len(kinds))
    sets = sums[((sums == 0) | (sums == 1)).all(axis=1)]
    people = sets @ np.array([numbers.get(kind, 0) for kind in kinds])
    return min((int(found) for found in people if found), default=LEAST_PEOPLE)


def all_kinds(times, batches=4):
    """Return every kind of person that there could be."""
    return list(product(COMMUNITIES, range(batches), product((0, 1), repeat=times)))


crowds = st.lists(
    st.tuples(
        st.sampled_from(COMMUNITIES),
        st.integers(0, 1),
        st.tuples(st.integers(0, 1), st.integers(0, 1)),
        st.integers(1, 7),
    ),
    max_size=6,
).map(lambda groups: sorted((each[:3] for each in groups for _ in range(each[3])), key=CAME))


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(crowds)
def test_no_sum_or_difference_of_places_and_quarters_is_of_fewer_than_five(people):
    cells = cells_of(people, [(0, 0, 0), (1, 1, 1)])
    assert fewest(cells, all_kinds(2, batches=9), numbers_of(people)) >= LEAST_PEOPLE


def test_months_beside_quarters_would_tell_of_one():
    """What the rule is for: the same arithmetic finds somebody where months are told, too."""
    quiet, early, late = (0, 0, 0), (1, 0, 0), (0, 0, 1)
    people = [(0, 0, heard) for heard in [quiet] * 8 + [early] + [late] * 6]
    quarter, month = (0, 0, 2), (0, 2, 2)
    asked = all_kinds(3), numbers_of(people)
    assert fewest(cells_of(people, [quarter]), *asked) >= LEAST_PEOPLE
    assert fewest(cells_of(people, [quarter, month]), *asked) == 1


def test_the_database_counts_them_five_by_five(village, people, asked):
    dice, came = village.dice, {}
    for community in (f"{COMMUNITY}001", f"{SIBLING}001"):
        for born in (1950, 2000):
            for number in range(dice.choice([4, 13, 17])):
                month = datetime(2026, 1 + number % 6, 1, tzinfo=UTC)
                [who] = village.settle(1, community, birth_year=born, at=month)
                came[who] = (community[:12], born, month)
                if dice.random() < 0.5:
                    village.do(who, "learnt", dice.randint(60, 300), place_code=community)
    village.roll_up()
    for last in (date(2026, 3, 31), date(2026, 6, 30)):
        first = date(last.year, last.month - 2, 1)
        heard = {done[0] for done in village.done if first <= done[2] <= last}
        expected = {}
        for community in (COMMUNITY, SIBLING):
            for band, born in (("60_up", 1950), ("18_34", 2000)):
                mine = sorted(
                    (month, who)
                    for who, (code, year, month) in came.items()
                    if (code, year) == (community, born) and month.date() <= last
                )
                counted = in_batches(mine)
                if counted:
                    active = sum(who in heard for _, who in counted)
                    expected.setdefault(community, {})[band] = (len(counted), active)
        assert missing.heard(STREET, first, last).bands == expected
        found = asked(
            participation.participation, people["street"], STREET, first=first, last=last, at=NOW
        )["missing"]["bands"]
        assert {row["band"] for row in found} == set(missing.BANDS)
        assert all((row["silent"]["denominator"] or 0) % LEAST_PEOPLE == 0 for row in found)


@pytest.mark.either_database
@pytest.mark.parametrize("number", [1, 4])
def test_a_building_of_few_is_neither_heard_nor_silent(village, number):
    few, many = village.settle(number, building=0), village.settle(6, building=1)
    village.do(few[0], "learnt")
    village.roll_up()
    before = missing.heard(COMMUNITY, NOW.date(), NOW.date()).measures()
    village.do(few[-1], "reported")
    village.do(many[0], "learnt")
    village.roll_up()
    after = missing.heard(COMMUNITY, NOW.date(), NOW.date()).measures()
    assert (before["buildings_heard"], after["buildings_heard"]) == (0, 1)
    assert before["small_buildings"] == after["small_buildings"] == 1
