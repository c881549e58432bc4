"""What the answers say about a question: formulas and flags. Plain Python.

Classical test theory: facility is the share of right answers; discrimination the correlation of
being right here with being right elsewhere (point-biserial, with the rest score); a distractor is
an option that is not right. Only first answers count: later ones tell what was learnt. The limits
are our own decision, below the usual ones of item analysis (Ebel: under 0.2 is poor), since a
day's few questions say less about a person than a long test.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, pstdev
from typing import Any

FEWEST_ANSWERS = 30
"""Fewer say nothing."""
QUARTER = 0.25
POOR_DISCRIMINATION = 0.1
TOO_EASY, TOO_HARD = 0.97, 0.2
IDLE_SHARE = 0.02
"""An option that fewer choose misleads nobody."""
RIVAL_LEAD = 0.05
"""By so much the best quarter prefers a wrong option, where the key itself is to be doubted."""

NEGATIVE, POOR, EASY, HARD = "negative", "poor", "too_easy", "too_hard"
RIVAL, IDLE = "rival", "idle_options"
FLAGS = (NEGATIVE, POOR, EASY, HARD, RIVAL, IDLE)
BAD = frozenset({NEGATIVE, POOR, HARD, RIVAL})
"""What makes a question doubtful; that it is easy, or has options that nobody chooses, does not:
everybody should know it."""


@dataclass(frozen=True, slots=True)
class Given:
    """One person's first answer: which options; `rest`: the share of their others that is right."""

    chosen: tuple[int, ...]
    correct: bool
    rest: float


@dataclass(frozen=True, slots=True)
class Found:
    """What the answers say. `options`: of each the share of all, best and worst quarter."""

    answers: int
    facility: float
    discrimination: float | None
    options: list[dict[str, Any]]
    flags: list[str]

    @property
    def flagged(self) -> bool:
        """Whether somebody should look at the question."""
        return not BAD.isdisjoint(self.flags)


def correlation(pairs: Sequence[tuple[float, float]]) -> float | None:
    """Return Pearson's correlation; nothing where one of both never varies."""
    if not pairs:
        return None
    first, second = [one for one, _ in pairs], [other for _, other in pairs]
    spread = pstdev(first) * pstdev(second)
    if spread == 0:
        return None
    middle, other_middle = fmean(first), fmean(second)
    together = fmean((one - middle) * (other - other_middle) for one, other in pairs)
    return together / spread


def figures(
    kind_has_options: bool, options: int, right: Sequence[int], given: Sequence[Given]
) -> Found:
    """Return what the answers say of a question with so many options.

    `kind_has_options`: whether its options are chosen or not, which those of an order are not.
    """
    facility = fmean(one.correct for one in given) if given else 0.0
    found = correlation([(float(one.correct), one.rest) for one in given])
    shares = _shares(options, right, given) if kind_has_options else []
    flags = []
    if len(given) >= FEWEST_ANSWERS:
        flags = list(_flags(facility, found, shares, single=len(right) == 1))
    rounded = None if found is None else round(found, 3)
    return Found(len(given), round(facility, 3), rounded, shares, flags)


def _shares(options: int, right: Sequence[int], given: Sequence[Given]) -> list[dict[str, Any]]:
    by_rest = sorted(given, key=lambda one: one.rest)
    quarter = max(1, int(len(by_rest) * QUARTER))
    worst, best = by_rest[:quarter], by_rest[-quarter:]
    return [
        {
            "number": number,
            "right": number in right,
            "share": _share(number, by_rest),
            "by_best": _share(number, best),
            "by_worst": _share(number, worst),
        }
        for number in range(options)
    ]


def _share(number: int, given: Sequence[Given]) -> float:
    return round(sum(number in one.chosen for one in given) / len(given), 3) if given else 0.0


def _flags(
    facility: float,
    discrimination: float | None,
    shares: Sequence[Mapping[str, Any]],
    *,
    single: bool,
) -> list[str]:
    found = []
    if facility >= TOO_EASY:
        found.append(EASY)
    elif discrimination is not None and discrimination < 0:
        found.append(NEGATIVE)
    elif discrimination is not None and discrimination < POOR_DISCRIMINATION:
        found.append(POOR)
    if facility <= TOO_HARD:
        found.append(HARD)
    wrong = [one for one in shares if not one["right"]]
    key = [one["by_best"] for one in shares if one["right"]]
    if single and wrong and max(one["by_best"] for one in wrong) >= max(key) + RIVAL_LEAD:
        found.append(RIVAL)
    if EASY not in found and any(one["share"] < IDLE_SHARE for one in wrong):
        found.append(IDLE)
    return found
