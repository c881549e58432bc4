"""The figures of an overview: what counts, over what, and what is left out.

Names from practice, formulas are our reading of them; every rate comes with
its numerator, denominator and exclusions. Definitions, for a range of Shanghai
days [from, to]:

- reported: reported in the range.
- open: reported in the range and not over now.
- overdue: open, and staff are late now with the step that they owe.
- closed: cases that were closed in the range, whatever became of them later.
- on time = handled by the promise / promises that fell due in the range, of
  cases that were closed, and of open ones that are handled or late. Left out:
  promises that stand still because the committee agreed before they were broken.
- satisfied = answers rated 4 or 5 / answers with a rating, given in the range.
  Left out: closings in the range without a rating.
- resolved = answers "solved" / answers, given in the range; "not solved" and
  "it is back" are answers too. Left out: closings in the range that the
  committee checked, or that the clock closed, and nobody answered.
- orders_open: supervision orders that nobody has answered yet, whenever they were raised.
- orders_raised: raised in the range. orders_answered_late: of those, answered after
  more than the time that an answer is given.

What was closed and what was answered is taken from the history, which is never
rewritten: a case that is reopened leaves the figures of last month as they were.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from app.core.states import Move

LONGEST_RANGE = 366
DEFAULT_DAYS = 30
PATROLLING_DAYS, LONGEST_PATROLLING = 28, 92
"""Four weeks, so that every weekday counts as often; at most a quarter of a year."""
DAYS_AHEAD = 14
"""So far ahead a shift without enough people is told of."""


@dataclass(frozen=True, slots=True)
class Rate:
    """A share with what it is made of. Without a denominator there is no value."""

    numerator: int
    denominator: int
    excluded: int = 0

    def shown(self) -> dict[str, Any]:
        """Return it as clients see it."""
        value = round(self.numerator / self.denominator, 4) if self.denominator else None
        return {
            "value": value,
            "numerator": self.numerator,
            "denominator": self.denominator,
            "excluded": self.excluded,
        }


# Supervision: what the level above sets, says and asks for

OWNER, SUPERVISOR = "owner", "supervisor"
"""What somebody is to a place: answers for it, or is in charge of a place around it."""

RECTIFICATION_STATES = ("open", "answered", "accepted", "withdrawn")
RECTIFICATION_MOVES: tuple[Move[None], ...] = (
    Move("answer", "open", "answered", by=frozenset({OWNER}), needs=("note",), allows=()),
    Move("withdraw", "open", "withdrawn", by=frozenset({SUPERVISOR}), needs=("note",), allows=()),
    Move("accept", "answered", "accepted", by=frozenset({SUPERVISOR})),
    Move("send_back", "answered", "open", by=frozenset({SUPERVISOR}), needs=("note", "due_on"),
         allows=()),
)  # fmt: skip
"""The rectification list: what has to be put right by a day, and answered in writing."""
RAISE: Move[None] = Move("raise", "", "open", by=frozenset({SUPERVISOR}))
"""How its history begins."""
REMIND_DAYS = 3
"""So many days before it is due whoever has to answer is reminded, once. (Our own decision.)"""
LONGEST_TERM = 366
"""Days. Nothing is to be put right later than in a year."""


def relations(codes: Iterable[str], place_code: str) -> frozenset[str]:
    """Return what somebody is to a place who is in charge of the places `codes`."""
    around = [code for code in codes if place_code.startswith(code)]
    found = {OWNER: place_code in around, SUPERVISOR: any(len(c) < len(place_code) for c in around)}
    return frozenset(name for name, true in found.items() if true)
