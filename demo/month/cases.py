"""What neighbours report, and what becomes of it: most of it in time, not all of it."""

import random
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Any

from app.core import clock
from app.core.access import Actor
from app.hazards import categories, clocks, service, supervision
from demo.month.people import Town
from demo.month.rhythm import REPORTING, Calendar, awake, moment, office, times
from demo.month.stage import Stage, wall
from demo.month.stories import (
    AGAIN,
    AGREED,
    CHECKED,
    LATE_BECAUSE,
    MERGED,
    NOT_OURS,
    NOT_YET,
    SECOND_TIME,
    STORIES,
    THANKS,
    WAITS_FOR_PARTS,
    Story,
)
from demo.pictures import SCENES, take

IN_TIME, LATE, PAUSED, NOT_SOLVED, REOPENED = "in time", "late", "paused", "not solved", "reopened"
DECLINED, DOUBLE, WITHDRAWN = "declined", "double", "withdrawn"
FATES = {
    IN_TIME: 66, LATE: 10, PAUSED: 4, NOT_SOLVED: 5, REOPENED: 4,
    DECLINED: 4, DOUBLE: 5, WITHDRAWN: 2,
}  # fmt: skip
"""What becomes of reports, in a hundred."""
ANONYMOUS, WITH_PHOTO, SILENT = 0.12, 0.8, 0.14
"""So many reports have no name, so many a photo; so many reporters never answer."""
RATINGS = {True: (5, 5, 5, 5, 4, 4, 4, 3), False: (4, 3, 3, 2, 5)}
"""What somebody thinks of it, when it was in time and when not."""


def draw(dice: random.Random, calendar: Calendar, day: date) -> Story:
    """Return what is seen on a day: other things in the rain."""
    wet = calendar.is_wet(day)
    [found] = dice.choices(STORIES, [each.wet if wet else each.often for each in STORIES])
    return found


def plan(
    stage: Stage,
    town: Town,
    calendar: Calendar,
    days: list[date],
    a_day: float,
    *,
    dice: random.Random,
) -> None:
    """Let neighbours report things on some days, about `a_day` on a usual one."""
    for day in days:
        for _ in range(times(dice, a_day * calendar.weight(REPORTING, day))):
            begun = moment(dice, day, REPORTING)
            course = Course(stage, town, draw(dice, calendar, day), random.Random(dice.random()))
            stage.at(begun, course.report)


@dataclass
class Course:
    """One case, from what somebody saw to what they said of it in the end."""

    stage: Stage
    town: Town
    story: Story
    dice: random.Random
    id: int = 0
    fate: str = IN_TIME
    done_before: bool = False
    reporter: Actor | None = None
    round_id: int | None = None
    at_spot: tuple[float, float, str] | None = None
    who: Actor = field(init=False)
    handler: Actor = field(init=False)

    def __post_init__(self) -> None:
        """Draw what will become of it, and who has to do with it."""
        [self.fate] = self.dice.choices(list(FATES), list(FATES.values()))
        self.handler = self.dice.choice(self.town.workers)
        self.who = self.reporter or self.town.reporter(self.dice).actor

    def report(self) -> None:
        """Report it, and let everybody do their part in time."""
        dice = self.dice
        lat, lon, house = self.at_spot or self.town.spot(dice)[1]
        photo = dice.random() < WITH_PHOTO or self.round_id is not None
        case = service.report_hazard(
            self.who,
            category=self.story.category,
            description=dice.choice(self.story.said),
            lat=lat + dice.uniform(-0.0003, 0.0003),
            lon=lon + dice.uniform(-0.0003, 0.0003),
            address=f"{house}{dice.choice(self.story.where)}",
            photo_ids=[self._photo(self.who, after=False)] if photo else [],
            anonymous=self.round_id is None and dice.random() < ANONYMOUS,
            round_id=self.round_id,
        )
        self.id = case["id"]
        latest = self.town.latest.get(self.story.category)
        self.town.latest[self.story.category] = case["number"]
        accepted = clocks.accept_due(
            _kind(self.story).clock, self._minutes_to_accept(), clock.now()
        )
        if self.fate == WITHDRAWN:
            self.stage.later(lambda: self._move(self.who, "withdrawn"), minutes=dice.randint(1, 4))
        elif self.fate == DECLINED or (self.fate == DOUBLE and latest):
            double = self.fate == DOUBLE
            note = MERGED.format(number=latest) if double else dice.choice(NOT_OURS)
            self.stage.at(accepted, lambda: self._move(self.handler, "declined", note=note))
        else:
            self.stage.at(accepted, self._accept)

    def _minutes_to_accept(self) -> float:
        slow = self.dice.random() < (0.25 if self.fate == LATE else 0.05)
        return self.dice.uniform(20, 70) if slow else self.dice.uniform(5, 14)

    def _accept(self) -> None:
        case = self._move(self.handler, "accepted")
        kind, now, due = _kind(self.story), clock.now(), case["expected_by"]
        used = self.dice.uniform(1.08, 2.1) if self.fate == LATE else self.dice.uniform(0.2, 0.92)
        done = clocks.moment_of_share(kind.clock, now, due, used)
        took = done - now
        assigned, begun = now + took * 0.04, now + took * 0.3
        self.stage.at(
            assigned,
            lambda: self._move(self.handler, "assigned", assignee_id=self.handler.resident_id),
        )
        self.stage.at(begun, lambda: self._move(self.handler, "handling"))
        self.stage.at(now + took * 0.6 if self.fate == PAUSED else done,
                      self._pause if self.fate == PAUSED else self._finish)  # fmt: skip

    def _pause(self) -> None:
        day = clock.shanghai_day(clock.now()) + timedelta(days=self.dice.randint(2, 6))
        until = wall(day, time(18))
        why = self.dice.choice(WAITS_FOR_PARTS)
        self._move(self.handler, "suspended", note=why, until=until)
        agreed = office(clock.now() + timedelta(hours=self.dice.uniform(0.5, 3)))
        if agreed < until:
            self.stage.at(agreed, lambda: self._move(self.town.committee, "suspended", note=AGREED))
        # What was waited for has come.
        again = until - timedelta(hours=self.dice.uniform(2, 8))
        self.stage.at(again, lambda: self._move(self.handler, "handling"))
        self.stage.at(again + timedelta(minutes=self.dice.uniform(40, 90)), self._finish)

    def _finish(self) -> None:
        notes = SECOND_TIME if self.done_before else self.story.done
        photo = self._photo(self.handler, after=True)
        case = self._move(self.handler, "handled", note=self.dice.choice(notes), photo_ids=[photo])
        for order in case["orders"]:
            if order["may_answer"]:
                text = self.dice.choice(LATE_BECAUSE)
                supervision.answer_order(self.handler, self.id, order["id"], text=text)
        wait = timedelta(hours=0.2 + self.dice.expovariate(1 / 7))
        answered = awake(clock.now() + wait)
        if self.fate == NOT_SOLVED and not self.done_before:
            self.stage.at(answered, self._say_not_solved)
        elif self.dice.random() < SILENT:
            looked = office(clock.now() + timedelta(days=self.dice.uniform(2, 9)))
            if self.dice.random() < 0.7:
                self.stage.at(
                    looked, lambda: self._move(self.town.committee, "closed", note=CHECKED)
                )
        else:
            self.stage.at(answered, self._confirm)

    def _say_not_solved(self) -> None:
        note = self.dice.choice(NOT_YET)
        self._once_more(self._move(self.who, "handling", note=note, solved=False))

    def _once_more(self, case: dict[str, Any]) -> None:
        """Handle it again, in the time that was promised if there is some left."""
        self.done_before = True
        now, due = clock.now(), case["expected_by"]
        used = self.dice.uniform(0.2, 0.95)
        if due > now:
            again = clocks.moment_of_share(_kind(self.story).clock, now, due, used)
        else:
            again = awake(now + timedelta(hours=used * 5))
        self.stage.at(again, self._finish)

    def _confirm(self) -> None:
        rating = self.dice.choice(RATINGS[self.fate in {IN_TIME, PAUSED}])
        said = {"note": self.dice.choice(THANKS)} if self.dice.random() < 0.35 else {}
        self._move(self.who, "closed", rating=rating, solved=True, **said)
        if self.fate == REOPENED and not self.done_before:
            back = clock.now() + timedelta(days=self.dice.uniform(1.5, 7))
            self.stage.at(awake(back), self._reopen)

    def _reopen(self) -> None:
        note = self.dice.choice(AGAIN)
        self._once_more(self._move(self.who, "handling", note=note, solved=False))

    def _move(self, actor: Actor, to: str, **brought: Any) -> dict[str, Any]:
        return service.move_hazard(actor, self.id, to=to, **brought)

    def _photo(self, actor: Actor, *, after: bool) -> str:
        return take(actor, self.story.category, self.dice.randrange(SCENES), after=after)


def _kind(story: Story) -> Any:
    return categories.find_category(story.category)
