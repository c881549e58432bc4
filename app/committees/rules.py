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

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

LONGEST_RANGE = 366
DEFAULT_DAYS = 30


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


def previous_range(first: date, last: date) -> tuple[date, date]:
    """Return the range of the same length that ends the day before."""
    length = (last - first) + timedelta(days=1)
    return first - length, first - timedelta(days=1)
