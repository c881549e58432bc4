"""How a report says numbers, days and what became of them, in a language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.committees.formulas import COVERAGE, LEAST_COVERAGE, NOTHING
from app.core import texts
from app.core.rounding import half_up
from app.reports import rules


@dataclass(frozen=True, slots=True)
class Hidden:
    """A figure that is not told, and why, as `committees` says it: few, coverage, part, nothing."""

    why: str


@dataclass(frozen=True, slots=True)
class Share:
    """A share with what it is made of; the denominator is never 0 (that is `Hidden`)."""

    numerator: int
    denominator: int
    excluded: int = 0

    @property
    def value(self) -> float:
        """Return it as a number from 0 to 1."""
        return self.numerator / self.denominator


Cell = str | int | float | date | Share | Hidden
"""What stands in a table: typed, so that paper has words and a sheet has numbers."""


def share(rate: Mapping[str, Any]) -> Share | Hidden:
    """Return a rate of `committees` as a cell; of too little that is known it says nothing."""
    counted, excluded = rate["denominator"], rate["excluded"]
    if not counted:
        return Hidden(COVERAGE if excluded else NOTHING)
    if counted / (counted + excluded) < LEAST_COVERAGE:
        return Hidden(COVERAGE)
    return Share(rate["numerator"], counted, excluded)


def cell(figure: Mapping[str, Any] | None) -> Cell:
    """Return a figure of `committees.participation` as a cell: a count, a share, or why none."""
    if figure is None:
        return Hidden(NOTHING)
    if figure["withheld"] is not None:
        return Hidden(figure["withheld"])
    if figure["denominator"] is None:
        return Hidden(NOTHING) if figure["value"] is None else figure["value"]
    return share(figure)


@dataclass(frozen=True, slots=True)
class Words:
    """One language's way of saying things."""

    language: str

    def say(self, key: str, **params: object) -> str:
        """Return a text of the reports' catalogue."""
        return texts.text(f"report.{key}", self.language, **params)

    def counted(self, key: str, number: float, /, **params: object) -> str:
        """Return a text that has a form of its own for one."""
        form = "one" if number == 1 else "many"
        return self.say(f"{key}.{form}", n=self.number(number), **params)

    def listed(self, names: Sequence[str], most: int) -> str:
        """Return a few names in a row, and that there are more if there are."""
        said = self.say("comma").join(names[:most])
        return said if len(names) <= most else self.say("and_more", names=said)

    def number(self, value: float) -> str:
        """Return a number with its thousands apart, and at most one digit behind the point."""
        if isinstance(value, float) and not value.is_integer():
            return f"{half_up(value, 1):,.1f}"
        return f"{half_up(value):,.0f}"

    def percent(self, value: float) -> str:
        """Return a share of 0 to 1 in per cent; never 100 % for less, never 0 % for more."""
        exact = half_up(value * 100, 1)
        if 99 < exact < 100 or (value > 0 and exact < 1):  # noqa: PLR2004 where a digit is the news
            return f"{min(max(exact, 0.1), 99.9):.1f}%"
        # Of the value, not of what was rounded before: 91.49 would be 91.5, and 92.
        return f"{half_up(value * 100):.0f}%" if exact < 100 or value >= 1 else "99.9%"  # noqa: PLR2004

    def day(self, day: date) -> str:
        """Return a day with its year."""
        return self.say("day", year=day.year, month=self._month(day), day=day.day)

    def short_day(self, day: date) -> str:
        """Return a day for under a chart."""
        return f"{day.month}/{day.day}" if self.language == "zh-Hans" else f"{day.day}/{day.month}"

    def period(self, period: rules.Period) -> str:
        """Return what a month or quarter is called."""
        return self.say(
            f"period.{period.kind}",
            year=period.first.year,
            number=period.number,
            name=self._month(period.first),
        )

    def _month(self, day: date) -> str:
        return self.say(f"months.{day.month}")

    def cell(self, cell: Cell) -> str:
        """Return a cell as people read it."""
        if isinstance(cell, Hidden):
            return self.say(f"hidden.{cell.why}")
        if isinstance(cell, Share):
            return f"{self.percent(cell.value)} ({self.fraction(cell)})"
        if isinstance(cell, date):
            return self.day(cell)
        return cell if isinstance(cell, str) else self.number(cell)

    def fraction(self, cell: Share) -> str:
        """Return what a share is made of: 46/50."""
        return f"{self.number(cell.numerator)}/{self.number(cell.denominator)}"

    def brief(self, cell: Cell) -> str:
        """Return a cell as the biggest thing of a tile."""
        return self.percent(cell.value) if isinstance(cell, Share) else self.cell(cell)

    def change(self, now: Cell, before: Cell) -> str:
        """Return how something differs from the last time, in words."""
        if isinstance(now, Share) and isinstance(before, Share):
            points = half_up(100 * now.value) - half_up(100 * before.value)
            if not points:
                return self.say("change.as_before")
            return self.counted(f"change.points_{'more' if points > 0 else 'less'}", abs(points))
        if isinstance(now, int | float) and isinstance(before, int | float):
            more = now - before
            key = "more" if more > 0 else "less" if more else "as_before"
            return self.say(f"change.{key}", n=self.number(abs(more)))
        return self.say("change.unknown")


def turned(now: Cell, before: Cell) -> int:
    """Return 1 if something grew since the last time, -1 if it shrank, 0 otherwise."""
    a, b = _value(now), _value(before)
    return 0 if a is None or b is None else (a > b) - (a < b)


def _value(cell: Cell) -> float | None:
    if isinstance(cell, Share):
        return half_up(cell.value, 2)
    return float(cell) if isinstance(cell, int | float) else None
