"""Time travel: what is to happen waits for its moment, and the clock's jobs run in between.

Everything happens oldest first, by the services that people use, and what it tells others is
delivered at once, as the deliveries process would. What would only happen later never does.
"""

import heapq
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import partial
from itertools import count

from sqlalchemy import bindparam, func, select

from app.campaigns import jobs as campaigns
from app.committees import jobs as committees
from app.core import clock, outbox
from app.core.clock import SHANGHAI
from app.core.db import db, read
from app.core.errors import Problem
from app.core.outbox import OutboxEvent
from app.core.prepared import Prepared
from app.hazards import jobs as hazards
from app.patrols import jobs as patrols
from app.points import jobs as points
from app.quizzes import jobs as quizzes
from app.rollups import jobs as rollups
from app.rounds import jobs as rounds
from demo.month.rhythm import all_days

Do = Callable[[], object]
HOURLY: tuple[Do, ...] = (
    hazards.resume_due,
    hazards.supervise,
    patrols.expire_offers,
    patrols.remind,
    patrols.understaffed,
)
"""What the clock does every few minutes; here every hour, which is often enough to look back at."""
SELDOM: tuple[Do, ...] = (
    hazards.ask_again,
    hazards.close_unanswered,
    patrols.end,
    rounds.settle,
    campaigns.keep_time,
    points.expire_redemptions,
    quizzes.finish_overdue,
)
"""What nobody waits for; here three times a day."""
SELDOM_AT = (7, 13, 19)
DAILY: tuple[tuple[time, Do], ...] = (
    (time(0, 5), rollups.count_registered),
    (time(0, 50), campaigns.settle_figures),
    (time(8, 35), committees.remind_rectifications),
    (time(9, 5), points.remind_ending),
)
MONTHLY = time(1, 20)
"""On the second of each month what was known in the last one is published."""
AWAKE = (0, *range(6, 24))
"""In the small hours nobody does anything that could not wait until six."""


class NotDeliveredError(Exception):
    """A fact of the month did not reach everybody whom it concerns."""


class Stage:
    """What waits for its moment, up to the end."""

    def __init__(self, ends: datetime) -> None:
        """Begin with nothing to do. `ends`: what is planned after that never happens."""
        self.ends = ends
        self.refused: list[Problem] = []
        """What could not be done when its moment came: somebody was faster, or the clock."""
        self._waiting: list[tuple[datetime, int, Do]] = []
        self._number = count()

    def at(self, moment: datetime, do: Do) -> None:
        """Let something be done at a moment."""
        if moment <= self.ends:
            heapq.heappush(self._waiting, (moment, next(self._number), do))

    def later(self, do: Do, **after: float) -> None:
        """Let something be done some time (as of `timedelta`) from now."""
        self.at(clock.now() + timedelta(**after), do)

    def keep_time(self, first: date, *, sparsely_until: date) -> None:
        """Let the clock's jobs run from a day on; until another day only three times a day."""
        for day in all_days(first, clock.shanghai_day(self.ends)):
            hours = SELDOM_AT if day < sparsely_until else AWAKE
            for hour in hours:
                self.at(wall(day, time(hour)), partial(_all_of, HOURLY))
            for hour in SELDOM_AT:
                self.at(wall(day, time(hour, 1)), partial(_all_of, SELDOM))
            for when, do in DAILY:
                self.at(wall(day, when), do)
            if day.day == 2:
                self.at(wall(day, MONTHLY), campaigns.publish_month)

    def _do(self, do: Do) -> None:
        """Do something, all of it or nothing; life goes on if it is refused."""
        try:
            with db.session().begin_nested():
                do()
        except Problem as refused:
            self.refused.append(refused)

    def run(self) -> int:
        """Let everything happen; returns how much that was. Errors: NotDeliveredError."""
        done = 0
        while self._waiting:
            moment, _, do = heapq.heappop(self._waiting)
            with clock.at(moment):
                self._do(do)
                if _waits():
                    outbox.deliver_due()
            done += 1
        with clock.at(self.ends):
            while outbox.deliver_due():
                pass
        failed = select(func.count()).select_from(OutboxEvent).where(OutboxEvent.attempts > 0)
        if late := read(failed).scalar_one():
            msg = f"{late} facts were not delivered; the log says why"
            raise NotDeliveredError(msg)
        return done


def _all_of(jobs: tuple[Do, ...]) -> None:
    for do in jobs:
        do()


def _waits() -> bool:
    """Whether a fact is to be delivered: asked thousands of times, so it is asked cheaply."""
    return _WAITING.row({"now": clock.now()}) is not None


_WAITING = Prepared(
    lambda: (
        select(OutboxEvent.id)
        .where(OutboxEvent.delivered_at.is_(None), OutboxEvent.try_at <= bindparam("now"))
        .limit(1)
    )
)


def wall(day: date, at: time) -> datetime:
    """Return the moment of a day's wall clock in Shanghai."""
    return datetime.combine(day, at, SHANGHAI)
