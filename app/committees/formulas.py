"""How every figure is reckoned: published formulas, each with a version. Plain Python.

A formula says which measures (plain counts) make its numerator, its denominator and what
is left out; where measures come from is the business of who counts them. A formula is
never changed: a better one is a new version with the first day from which it holds, and
a range that ended before goes on being reckoned as it was. So history is not rewritten.

Sources: the names of the rates come from practice (grid-governance tables of cities);
the readings and both indices are our own, see docs/committees.md.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from statistics import quantiles
from typing import Any

LEAST_COVERAGE = 0.7
"""Of all that should count, so much has to be known; below, a share says nothing."""
LEAST_PEOPLE = 5
"""Fewer people than this are never told apart where somebody could find out who they are."""
BEGINNING = date(2000, 1, 1)
"""Since when the first versions hold: before anything of ours happened."""
LEAST_SIBLINGS = 5
"""Fewer places than this make no distribution."""
SIMILAR = 2.0
"""Of similar size is who has at least half and at most twice as many registered adults."""
FENCE = 1.5
"""Tukey's fence: so many times the middle half's spread beyond it lies an outlier."""

COVERAGE, FEW, PART, NOTHING = "coverage", "few", "part", "nothing"
"""Why a value is withheld: too little known, too few people, a part is withheld, no denominator."""

Measures = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that can be opened. Without a denominator it is a count and is its numerator."""

    version: int
    numerator: int | None
    denominator: int | None = None
    excluded: int = 0
    withheld: str | None = None
    index: float | None = None
    parts: Mapping[str, "Figure"] = field(default_factory=dict)

    @property
    def value(self) -> float | None:
        """Return the number itself; nothing if it is withheld."""
        if self.withheld is not None:
            return None
        if self.index is not None:
            return self.index
        if self.numerator is None or self.denominator is None:
            return self.numerator
        return round(self.numerator / self.denominator, 4)

    def shown(self) -> dict[str, Any]:
        """Return it as clients see it."""
        plain = {
            "value": self.value,
            # The denominator says how much is known; with both, whoever divides had the value.
            "numerator": None if self.withheld == COVERAGE else self.numerator,
            "denominator": self.denominator,
            "excluded": self.excluded,
            "formula_version": self.version,
            "withheld": self.withheld,
        }
        parts = {name: part.shown() for name, part in self.parts.items()}
        return plain | {"parts": parts} if parts else plain


@dataclass(frozen=True, slots=True)
class Formula:
    """One published way to reckon a figure, by the names of its measures.

    `parts`: of an index, the figures whose geometric mean it is, in per cent.
    `since`: ranges that end on that day or later are reckoned by it.
    """

    name: str
    numerator: str = ""
    denominator: str | None = None
    excluded: str | None = None
    parts: tuple[str, ...] = ()
    version: int = 1
    since: date = BEGINNING


_COUNTS = (
    "people", "newly", "returning", "reported", "confirmed", "patrolled", "learnt", "minutes",
    "registered", "cases_reported", "cases_closed",
)  # fmt: skip
FORMULAS: tuple[Formula, ...] = (
    *(Formula(name, name) for name in _COUNTS),
    Formula("grids", "grids_heard", "grids"),
    Formula("buildings", "buildings_heard", "buildings"),
    # The first counted buildings of one household, of which it said who was heard.
    Formula("buildings", "buildings_heard", "tellable_buildings", "small_buildings", version=2),
    Formula("silent", "silent", "registered"),
    Formula("silent_buildings", "silent_buildings", "tellable_buildings", "small_buildings"),
    Formula("filing", "filed", "decided", "undecided"),
    Formula("on_time", "on_time", "due", "due_left_out"),
    Formula("closing", "closed_due", "due", "due_left_out"),
    Formula("accurate_dispatch", "dispatched_once", "dispatched"),
    Formula("rework", "reworked", "handled"),
    Formula("return", "returned", "dispatched"),
    Formula("response", "answered_in_time", "answers_due", "answers_left_out"),
    Formula("resolved", "resolved", "answered", "unanswered"),
    Formula("satisfied", "satisfied", "rated", "unrated"),
    Formula("breadth", "active_adults", "registered_adults"),
    Formula("continuity", "retained", "active_before"),
    Formula("evenness", "even", "even_whole"),
    Formula("responsiveness", "kept_and_confirmed", "due", "due_left_out"),
    Formula("finality", "handled_once", "handled"),
    Formula("participation", parts=("breadth", "continuity", "evenness", "responsiveness")),
    Formula("solving", parts=("on_time", "closing", "resolved", "finality")),
)
"""Every formula that ever held. Add a version below the one that it replaces; change none."""

INDICATORS = (
    "filing", "on_time", "closing", "accurate_dispatch", "rework", "return", "response",
    "resolved", "satisfied",
)  # fmt: skip
"""The rates of the reference, in its order."""
INDICES = ("participation", "solving")
TARGETED = (*INDICATORS, *INDICES)
"""The figures that may have a target."""
LESS_IS_BETTER = frozenset({"rework", "return"})
NAMES = tuple(dict.fromkeys(formula.name for formula in FORMULAS))


def in_force(name: str, last: date, formulas: Iterable[Formula] = FORMULAS) -> Formula:
    """Return the formula of a range that ends on `last`. Errors: KeyError, unknown figure."""
    held = [each for each in formulas if each.name == name and each.since <= last]
    if not held:
        raise KeyError(name)
    return max(held, key=lambda each: (each.since, each.version))


def reckon(
    name: str, measures: Measures, last: date, formulas: Sequence[Formula] = FORMULAS
) -> Figure:
    """Return a figure of a range that ends on `last`."""
    formula = in_force(name, last, formulas)
    if formula.parts:
        parts = {each: reckon(each, measures, last, formulas) for each in formula.parts}
        return _index(formula.version, parts)
    return reckon_by(formula, measures)


def reckon_by(formula: Formula, measures: Measures) -> Figure:
    """Return a figure that has no parts, by a formula."""
    numerator = measures[formula.numerator]
    if formula.denominator is None:
        return Figure(formula.version, numerator)
    denominator = measures[formula.denominator]
    excluded = measures[formula.excluded] if formula.excluded else 0
    return Figure(formula.version, numerator, denominator, excluded, _reason(denominator, excluded))


def _reason(denominator: int, excluded: int) -> str | None:
    if denominator == 0:
        return COVERAGE if excluded else NOTHING
    return COVERAGE if denominator / (denominator + excluded) < LEAST_COVERAGE else None


def _index(version: int, parts: Mapping[str, Figure]) -> Figure:
    """Return 100 times the geometric mean: nothing can be bought with anything else."""
    values = [part.value for part in parts.values()]
    known = [value for value in values if value is not None]
    if len(known) < len(values):
        reasons = {part.withheld for part in parts.values()} - {None}
        reason = NOTHING if reasons == {NOTHING} else PART
        return Figure(version, None, withheld=reason, parts=parts)
    product = 1.0
    for value in known:
        product *= min(max(value, 0.0), 1.0)
    return Figure(version, None, index=round(100 * product ** (1 / len(known)), 1), parts=parts)


def reckon_all(names: Iterable[str], measures: Measures, last: date) -> dict[str, dict[str, Any]]:
    """Return several figures as clients see them."""
    return {name: reckon(name, measures, last).shown() for name in names}


def evenness(people: Sequence[int]) -> tuple[int, int]:
    """Return 1 - Gini of people over grids as (numerator, denominator); (0, 0) where nobody is.

    Gini = sum((2i - n - 1) x_i) / (n sum(x)), x ascending, i from 1. All alike is 1; all in
    one grid of n is 1/n.
    """
    ordered = sorted(people)
    number, total = len(ordered), sum(ordered)
    spread = sum((2 * i - number - 1) * each for i, each in enumerate(ordered, 1))
    return number * total - spread, number * total


def is_few(people: int) -> bool:
    """Whether so many people could be found out: some, but fewer than five."""
    return 0 < people < LEAST_PEOPLE


def silent(groups: Mapping[str, tuple[int, int]]) -> dict[str, Figure]:
    """Return for groups of (registered, active) people the share never heard from.

    A group is hidden whose registered, active or silent people are few; and, since the sum
    of all is known elsewhere, so many groups more that what is hidden are not few together.
    """
    few = {
        name
        for name, (registered, active) in groups.items()
        if any(map(is_few, (registered, active, registered - active)))
    }
    shown = sorted((registered, name) for name, (registered, _) in groups.items() if registered)
    for _, name in shown:
        hidden = [groups[each] for each in few]
        sums = (sum(each[0] for each in hidden), sum(each[1] for each in hidden))
        if few and name not in few and any(map(is_few, (*sums, sums[0] - sums[1]))):
            few.add(name)
    version = in_force("silent", date.max).version
    return {
        name: Figure(version, None, None, 0, FEW)
        if name in few
        else Figure(version, registered - active, registered, 0, None if registered else NOTHING)
        for name, (registered, active) in groups.items()
    }


# Comparing with others


def quartiles(values: Sequence[float]) -> dict[str, float] | None:
    """Return lower quartile, median and upper quartile; nothing of too few."""
    if len(values) < LEAST_SIBLINGS:
        return None
    lower, median, upper = quantiles(values, n=4, method="inclusive")
    return {"lower": round(lower, 4), "median": round(median, 4), "upper": round(upper, 4)}


def is_similar(size: int, other: int) -> bool:
    """Whether a place is of similar size, in registered adults."""
    return size > 0 and size / SIMILAR <= other <= size * SIMILAR


def fences(values: Sequence[float]) -> tuple[float, float] | None:
    """Return below and above what a value is an outlier; nothing of too few."""
    found = quartiles(values)
    if found is None:
        return None
    spread = found["upper"] - found["lower"]
    return found["lower"] - FENCE * spread, found["upper"] + FENCE * spread
