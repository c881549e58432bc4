"""A challenge between the grids of a community: who brings most neighbours along. Plain Python.

score = registered residents of the grid who took part on at least `days` days
        / registered residents of the grid, up to the goal

Registered: with a confirmed home in the grid since before the first day. Taking part in a day:
finishing the daily five with at least one answer in time, right or wrong. So neither answers
nor speed count, nor how often one person does more than is asked.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction

from app.core.clock import shanghai_day
from app.core.errors import FieldError

PLANNED, RUNNING, OVER = "planned", "running", "over"
STATES = (PLANNED, RUNNING, OVER)
LONGEST_TITLE = 20
LONGEST_DAYS = 92
MOST_AHEAD = timedelta(days=180)
LEAST_GOAL, MOST_GOAL = 10, 50
"""In percent. Half of the neighbours is the most that is counted, so that who stays away is never
one of a few: a grid of ten shows five at most, and five remain. (Our own decision.)"""
FEWEST = 5
"""Of fewer people who reached it nothing is told. (The issue's own.)"""
SETTLED_AFTER = timedelta(minutes=30)
"""After the last day; whoever began the five at midnight has finished by then."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A grid's residents, and those of them who took part on enough days."""

    done: int
    of: int


@dataclass(frozen=True, slots=True)
class Place:
    """How a grid stands. `people`: up to the goal; without a rank nothing of it is told."""

    rank: int | None
    people: int | None
    of: int | None
    reached: bool

    @property
    def percent(self) -> float | None:
        """Return the score in percent, to one decimal."""
        if self.people is None or not self.of:
            return None
        return round(100 * self.people / self.of, 1)


UNTOLD = Place(None, None, None, reached=False)


def state_on(today: date, first_day: date, last_day: date) -> str:
    """Return how a challenge stands on a Shanghai day."""
    if today < first_day:
        return PLANNED
    return OVER if today > last_day else RUNNING


def counted_until(now: datetime, first_day: date, last_day: date) -> date | None:
    """Return the last day that counts by now: yesterday, so that nobody is seen taking part.

    The day before yesterday shortly after midnight. Nothing before the first day is over.
    """
    over = shanghai_day(now - SETTLED_AFTER) - timedelta(days=1)
    return min(over, last_day) if over >= first_day else None


def faults(*, today: date, first_day: date, last_day: date, days: int) -> list[FieldError]:
    """Return what is wrong with a challenge that somebody plans."""
    found = []
    if first_day <= today:
        found.append(FieldError("first_day", "not_before_tomorrow"))
    if first_day > today + MOST_AHEAD:
        found.append(FieldError("first_day", "too_far_ahead"))
    length = (last_day - first_day).days + 1
    if length < 1:
        found.append(FieldError("last_day", "before_the_start"))
    elif length > LONGEST_DAYS:
        found.append(FieldError("last_day", "range_too_long", (("days", LONGEST_DAYS),)))
    elif days > length:
        found.append(FieldError("days", "range", (("min", 1), ("max", length))))
    return found


def so_far(grids: Mapping[str, Grid]) -> dict[str, Grid]:
    """Return grids with their people in fives, for as long as a challenge goes on.

    So nobody sees from one morning to the next that one more neighbour was there.
    """
    return {code: Grid(grid.done // FEWEST * FEWEST, grid.of) for code, grid in grids.items()}


def standing(grids: Mapping[str, Grid], goal_percent: int) -> dict[str, Place]:
    """Return how grids stand, by code: by score, equals alike, the next one after all of them.

    Who reached the goal shares the first rank.
    """
    told = {code: grid for code, grid in grids.items() if _is_told(grid, goal_percent)}
    scores = {code: Fraction(_counted(g, goal_percent), g.of) for code, g in told.items()}
    goal = {code: _reached(grid, goal_percent) for code, grid in told.items()}
    scores |= {code: Fraction(goal_percent, 100) for code, reached in goal.items() if reached}
    return {
        code: Place(
            rank=1 + sum(other > scores[code] for other in scores.values()),
            people=_counted(grid, goal_percent),
            of=grid.of,
            reached=goal[code],
        )
        if code in told
        else UNTOLD
        for code, grid in grids.items()
    }


def _most(grid: Grid, goal_percent: int) -> int:
    """Return the most people of a grid that are counted."""
    return grid.of * goal_percent // 100


def _counted(grid: Grid, goal_percent: int) -> int:
    return min(grid.done, _most(grid, goal_percent))


def _reached(grid: Grid, goal_percent: int) -> bool:
    return grid.done >= _most(grid, goal_percent)


def _is_told(grid: Grid, goal_percent: int) -> bool:
    return _counted(grid, goal_percent) >= FEWEST
