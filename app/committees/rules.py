"""The figures of an overview: what counts, over what, and what is left out.

Names from practice, formulas are our reading of them; every rate comes with
its numerator, denominator and exclusions. Definitions, for a range of Shanghai
days [from, to]:

- reported: reported in the range.
- open: reported in the range and not over now.
- overdue: open, and staff are late now with the step that they owe.
- closed: closed in the range.
- on time = handled by the promise / promise fell due in the range. Left out:
  due in the range but withdrawn, declined or standing still with the
  committee's consent.
- satisfied = rated 4 or 5 / rated, among those closed in the range. Left out:
  closed without the reporter's answer.
- resolved = the reporter says solved / the reporter answered, among those
  closed in the range. Left out: as above.
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
