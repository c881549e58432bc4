"""What of a place's people may be told: never one to four of them so near that they are known.

A grid is a few stairways, and a few days are somebody's week: there, one to four people are
withheld, and with them what would give them away by subtraction. Plain Python.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from app.committees import formulas
from app.committees.formulas import FEW, LEAST_PEOPLE, Figure, Measures, is_few
from app.places.rules import LENGTHS, PlaceKind
from app.rollups import rules as rollup_rules

GRID = "grid"
"""Why a value is withheld: it says nothing of a grid, since homes are known by community."""
SHORT_DAYS = 7
"""Ranges of fewer days than a week are near a community's people, too. (Our own decision.)"""
PEOPLE = ("people", "newly", "returning")
OF_HOMES = ("breadth", "participation")
"""Figures of those at home in a community: a share of them is none of its grids'."""


def is_near(place_code: str, first: date, last: date) -> bool:
    """Whether one to four people of a place and range could be found out by those who ask."""
    if len(place_code) >= LENGTHS[PlaceKind.GRID]:
        return True
    is_short = (last - first).days + 1 < SHORT_DAYS
    return is_short and len(place_code) >= LENGTHS[PlaceKind.COMMUNITY]


def withheld(place_code: str, first: date, last: date, measures: Measures) -> dict[str, str]:
    """Return which figures of a place and range are withheld, and why.

    People are the new ones and the others: with one of these the sum would tell it.
    """
    found: dict[str, str] = {}
    if is_near(place_code, first, last):
        people, *parts = (measures.get(name, 0) for name in PEOPLE)
        if is_few(people):
            found |= dict.fromkeys(PEOPLE, FEW)
        elif any(map(is_few, parts)):
            found |= dict.fromkeys(PEOPLE[1:], FEW)
        if is_few(measures.get("active_adults", 0)):
            found |= dict.fromkeys(OF_HOMES, FEW)
        if is_few(measures.get("in_grids", 0)):
            found |= dict.fromkeys(("evenness", "participation"), FEW)
    if len(place_code) >= LENGTHS[PlaceKind.GRID]:
        found |= _of_grid(measures) | dict.fromkeys(OF_HOMES, GRID)
    return found


def _of_grid(measures: Measures) -> dict[str, str]:
    """Return what else of a grid is about few people, whatever the range."""
    before, stayed = (measures.get(name, 0) for name in ("active_before", "retained"))
    apart = {
        "continuity": (before, stayed, before - stayed),
        "registered": (measures.get("registered", 0),),
    }
    return dict.fromkeys((name for name, people in apart.items() if any(map(is_few, people))), FEW)


def reckon(
    names: Iterable[str], measures: Measures, place_code: str, days: tuple[date, date]
) -> dict[str, Figure]:
    """Return figures of a place and range, without what may not be told."""
    hidden = withheld(place_code, *days, measures)
    last = days[1]
    return {
        name: Figure(formulas.in_force(name, last).version, None, withheld=hidden[name])
        if name in hidden
        else formulas.reckon(name, measures, last)
        for name in names
    }


def shown(
    names: Iterable[str], measures: Measures, place_code: str, days: tuple[date, date]
) -> dict[str, dict[str, Any]]:
    """Return the same as clients see it."""
    return {name: each.shown() for name, each in reckon(names, measures, place_code, days).items()}


def tells_ages(place_code: str, first: date, last: date, today: date) -> bool:
    """Whether ages may be told: of a community or more, in a quarter gone by.

    Of one kind of period alone: who was silent in the last month, less who was so in all of its
    quarter, are those who were heard earlier in it. And of one kind of place.
    """
    quarter = rollup_rules.QUARTER
    is_quarter = rollup_rules.start_of(first, quarter) == first
    over = last < today and is_quarter and rollup_rules.end_of(first, quarter) == last
    return over and len(place_code) <= LENGTHS[PlaceKind.COMMUNITY]


Groups = Mapping[str, tuple[int, int]]


def told_together(parts: Iterable[Groups]) -> dict[str, Figure]:
    """Return for groups of (registered, active) people the share never heard from, of all parts.

    What is told of a part is told of the sum, and nothing else: then the sum less its parts is
    nobody. See `formulas.silent`. Whether a group is of few or of nobody is not told.
    """
    version = formulas.in_force("silent", date.max).version
    registered: dict[str, int] = {}
    unheard: dict[str, int] = {}
    for groups in parts:
        for name, figure in formulas.silent(groups).items():
            registered[name] = registered.get(name, 0) + (figure.denominator or 0)
            unheard[name] = unheard.get(name, 0) + (figure.numerator or 0)
    return {
        name: Figure(version, unheard[name], people)
        if people
        else Figure(version, None, withheld=FEW)
        for name, people in registered.items()
    }


def is_sum_safe(people_by_part: Iterable[Collection[int]]) -> bool:
    """Whether a sum may be told beside its parts of five people and more.

    Whoever subtracts such parts from the sum is left with the people of the smaller ones: these
    have to be none, or five at least.
    """
    rest: set[int] = set()
    for people in map(set, people_by_part):
        if len(people) < LEAST_PEOPLE:
            rest |= people
    return not is_few(len(rest))
