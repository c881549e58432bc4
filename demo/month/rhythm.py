"""When things happen in a neighbourhood: weekdays, holidays, hours of the day, a rainy week.

Plain Python: nothing is drawn without dice that the caller brings, so a seed tells it all.
"""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from app.core.clock import SHANGHAI
from app.hazards.clocks import is_workday

REPORTING, LEARNING, ANSWERING = "reporting", "learning", "answering"
HOURS: Mapping[str, tuple[int, ...]] = {
    #          0  1  2  3  4  5  6  7  8  9 10 11 12 13 14 15 16 17 18 19 20 21 22 23
    REPORTING: (0, 0, 0, 0, 0, 0, 2, 6, 9, 6, 5, 4, 4, 3, 4, 4, 5, 8, 9, 7, 5, 3, 1, 0),
    LEARNING: (0, 0, 0, 0, 0, 0, 2, 7, 5, 2, 1, 1, 5, 5, 1, 1, 1, 2, 4, 8, 11, 9, 4, 1),
    ANSWERING: (0, 0, 0, 0, 0, 0, 1, 4, 4, 3, 3, 2, 5, 4, 2, 2, 2, 4, 6, 8, 8, 5, 1, 0),
}
"""How often something is done at an hour of the day, against the other hours."""
DAY_OFF: Mapping[str, float] = {REPORTING: 1.45, LEARNING: 0.8, ANSWERING: 1.2}
"""How often on a day off, against a working day."""
RAIN: Mapping[str, float] = {REPORTING: 2.2, LEARNING: 1.1, ANSWERING: 1.0}
"""How often on a wet day, against a dry one."""
FROM, UNTIL = 7, 22
"""At these hours people are up."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days of a month that ends on `last`; the days before it lead in."""

    last: date
    days: int

    @property
    def first(self) -> date:
        """Return the month's first day."""
        return self.ago(self.days - 1)

    def ago(self, days: int) -> date:
        """Return the day so many days before the last."""
        return self.last - timedelta(days=days)

    def share(self, share: float) -> date:
        """Return the day after which such a share of the month is still to come."""
        return self.ago(round(self.days * share))

    @property
    def rain(self) -> tuple[date, date]:
        """Return the first and the last day of the rain: a good sixth of the month."""
        return self.share(0.56), self.share(0.38)

    @property
    def campaign(self) -> tuple[date, date]:
        """Return the days of the campaign, over for so long that its figures are made."""
        return self.share(0.87), self.ago(max(8, round(self.days * 0.43)))

    def is_wet(self, day: date) -> bool:
        """Whether it rains on a day."""
        begins, ends = self.rain
        return begins <= day <= ends

    def weight(self, activity: str, day: date) -> float:
        """Return how often something is done on a day, against a dry working day."""
        off = 1.0 if is_workday(day) else DAY_OFF[activity]
        return off * (RAIN[activity] if self.is_wet(day) else 1.0)


def all_days(first: date, last: date) -> list[date]:
    """Return each day of a range, both included."""
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def moment(dice: random.Random, day: date, activity: str) -> datetime:
    """Return when on a day somebody does something, in Shanghai."""
    [hour] = dice.choices(range(24), HOURS[activity])
    wall = time(hour, dice.randint(0, 59), dice.randint(0, 59))
    return datetime.combine(day, wall, SHANGHAI)


def times(dice: random.Random, expected: float) -> int:
    """Return how often something happens on a day that is expected so often (Poisson)."""
    left, number = dice.expovariate(1.0), 0
    while left < expected:
        number += 1
        left += dice.expovariate(1.0)
    return number


def awake(at: datetime) -> datetime:
    """Return the moment itself, or the next morning if people sleep then."""
    wall = at.astimezone(SHANGHAI)
    if FROM <= wall.hour < UNTIL:
        return wall
    day = wall.date() + timedelta(days=wall.hour >= UNTIL)
    return datetime.combine(day, time(FROM, wall.minute, wall.second), SHANGHAI)


def office(at: datetime) -> datetime:
    """Return the moment itself, or the next at which a committee's office is open."""
    wall = at.astimezone(SHANGHAI)
    day, hour = wall.date(), wall.hour
    if is_workday(day) and 9 <= hour < 18:
        return wall
    if hour >= 9 or not is_workday(day):
        day += timedelta(days=1)
    while not is_workday(day):
        day += timedelta(days=1)
    return datetime.combine(day, time(9, wall.minute, wall.second), SHANGHAI)
