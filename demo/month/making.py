"""Make the month: who lives there, what they plan to do; then let all of it happen, in order.

The same seed on the same day makes the same month. It ends now.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import partial

from sqlalchemy import func, select

from app.core import clock
from app.core.access import Actor, Role, RoleKind
from app.core.db import read, writing
from app.notices import service as notices
from app.residents.models import HeldRole, Resident
from app.rollups import rolling, standing
from app.rollups import rules as rollup_rules
from demo.month import cases, learning, telling
from demo.month.learning import School
from demo.month.people import (
    Neighbour,
    Plan,
    Town,
    add_residents,
    give_roles,
    settle,
    spots_of,
)
from demo.month.rhythm import Calendar, all_days
from demo.month.shifts import ELSEWHERE, SHIFTS, Corps
from demo.month.stage import Stage, wall
from tools.wechat_sandbox.identities import openid_of

SEED = 20261121
COMMUNITY = "510105007004"
STREET = "510105007"
FIRST_CODE = f"demo:{COMMUNITY}-0"
"""Whoever has this code is there since there is a month."""


class NoSeedError(Exception):
    """There are no people of the demo yet, to whom a month could happen."""


@dataclass(frozen=True, slots=True)
class Size:
    """How much of a month: households and volunteers of the own community, days, and the rest.

    `volunteers`: besides those of the seed. `around`: how much happens elsewhere; 0 is nothing.
    `quarters`: how many of ten came before, in each of the two quarters that are over.
    """

    households: int = 300
    volunteers: int = 30
    days: int = 30
    around: float = 1.0
    lead_in: bool = True
    earlier: int = 45


MONTH = Size()
GRIDS = {"001": 0.4, "004": 0.28, "003": 0.22, "002": 0.1}
"""Where people live: one grid is small and quiet."""
QUIET = {"001": 1.0, "004": 0.6, "003": 0.5, "002": 0.07}
"""How much is reported from a grid."""
CASES_A_DAY = 3.6
LEAD_IN = 0.35
"""So much of the usual happens in the weeks before the month."""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Another community: how many households, how much happens, how eager people are."""

    code: str
    households: int
    cases_a_day: float
    eager: float
    volunteers: int = 0


AROUND = (
    Elsewhere("510105007001", 240, 0.7, 1.1, 7),
    Elsewhere("510105007002", 210, 0.4, 0.6),
    Elsewhere("510105007003", 190, 0.45, 0.85, 6),
    Elsewhere("510105007005", 180, 0.3, 0.45),
    # Of these no outlines are known: what they learn is known, and nothing that lies in a grid.
    Elsewhere("510105002002", 200, 0.0, 0.5),
    Elsewhere("510105005002", 185, 0.0, 0.3),
    # In another city.
    Elsewhere("320506100006", 60, 0.2, 0.4),
)


def is_there() -> bool:
    """Whether there is a month already."""
    found = select(func.count()).where(Resident.openid == openid_of(FIRST_CODE))
    return bool(read(found.select_from(Resident)).scalar_one())


def add(size: Size = MONTH, *, say: Callable[[str], None] = print) -> int:
    """Let a month have happened, all of it or nothing; returns how much happened.

    Of what is planned little is refused when its moment comes: then it says how much.
    Errors: NoSeedError; NotDeliveredError.
    """
    committee = _person("demo:committee")
    if committee is None:
        raise NoSeedError
    with writing():
        making = _Making(size, random.Random(SEED), clock.now())
        say("Who lives there ...")
        making.people(committee)
        say("What they are going to do ...")
        making.plans()
        say("A month goes by ...")
        making.tell(say)
        done = making.stage.run()
        if refused := making.stage.refused:
            why = ", ".join(sorted({each.code for each in refused}))
            say(f"{len(refused)} of {done} were refused: {why}")
        say("Who took part ...")
        rolling.roll_up()
        standing.count_registered()
    return done


class _Making:
    """What the parts of a month have in common."""

    def __init__(self, size: Size, dice: random.Random, ends: datetime) -> None:
        self.size, self.dice, self.ends = size, dice, ends
        self.calendar = Calendar(clock.shanghai_day(ends), size.days)
        self.stage = Stage(ends)
        self.school = School(random.Random(dice.random()))
        self.towns: list[Town] = []
        self.personas: list[Neighbour] = []
        # The last month is whole, too, for whoever compares.
        first = rollup_rules.start_of(self.calendar.last, rollup_rules.MONTH)
        before = rollup_rules.before(first, rollup_rules.MONTH)
        self.since = min(before, self.calendar.first) if size.lead_in else self.calendar.first

    def people(self, committee: Actor) -> None:
        """Let everybody live where they live."""
        workers = [each for code in ("demo:gridworker", "demo:gridworker2")
                   if (each := _person(code))]  # fmt: skip
        grids = {COMMUNITY + grid: share for grid, share in GRIDS.items()}
        plan = Plan(COMMUNITY, self.size.households, grids)
        neighbours = settle(plan, self.ends, self._dice(), self.stage, workers[0])
        own = Town(COMMUNITY, committee, workers, neighbours, spots_of(COMMUNITY),
                   {COMMUNITY + grid: much for grid, much in QUIET.items()})  # fmt: skip
        for code, report, learn in (("demo:resident", 3.0, 0.97), ("demo:neighbour", 4.0, 0.6)):
            if who := _person(code):
                self.personas.append(
                    Neighbour(who, f"{COMMUNITY}001", report, learn, 0.66, may_serve=False)
                )
        self.towns.append(replace(own, neighbours=neighbours + self.personas))
        for other in AROUND if self.size.around else ():
            self.towns.append(self._elsewhere(other))

    def _elsewhere(self, other: Elsewhere) -> Town:
        code, dice = other.code, self._dice()
        spots = spots_of(code)
        grids = sorted(spots)
        plan = Plan(
            code, round(other.households * self.size.around),
            {grid: 1 / number for number, grid in enumerate(grids, 1)} or {code: 1.0}, other.eager,
        )  # fmt: skip
        neighbours = settle(plan, self.ends, dice, self.stage, None)
        since = self.ends - timedelta(days=240)
        staff = add_residents(
            [(f"demo:{code}-committee", f"{dice.choice('王陈黄罗邓')}主任"),
             (f"demo:{code}-worker", f"{dice.choice('刘张唐何谢')}网格员")],
            [since, since],
        )  # fmt: skip
        kinds = (RoleKind.COMMITTEE, RoleKind.GRID_WORKER)
        give_roles(
            [(who.resident_id, kind, code, since) for who, kind in zip(staff, kinds, strict=True)]
        )
        head, worker = (
            replace(who, roles=(Role(kind, code),)) for who, kind in zip(staff, kinds, strict=True)
        )
        lively = {grid: 1 / number**2 for number, grid in enumerate(grids, 1)}
        return Town(code, head, [worker], neighbours, spots, lively)

    def _dice(self) -> random.Random:
        return random.Random(self.dice.random())

    def tell(self, say: Callable[[str], None]) -> None:
        """Let it be said how far time has come, each Monday: it takes a while."""
        for day in all_days(self.since, self.calendar.last):
            if day.isoweekday() == 1:
                self.stage.at(wall(day, time(0)), partial(say, f"  {day} ..."))

    # What is going to happen

    def plans(self) -> None:
        """Plan what people do, each day of the month and of what leads in."""
        calendar, stage, size = self.calendar, self.stage, self.size
        own, *others = self.towns
        share = size.households / MONTH.households
        before = all_days(self.since, calendar.ago(size.days))
        month = all_days(calendar.first, calendar.last)
        stage.keep_time(self.since, sparsely_until=calendar.first)
        for days, much in ((before, LEAD_IN), (month, 1.0)):
            cases.plan(stage, own, calendar, days, CASES_A_DAY * share * much, dice=self._dice())
            people = [who for who in own.neighbours if who not in self.personas]
            learning.plan_daily(stage, self.school, people, calendar, days, often=much)
        self._elsewhere_happens(before, month, others)
        self._personas_live(calendar)
        learning.plan_campaign(stage, self.school, own, calendar, 0.42)
        learning.join_running(stage, self.school, own, 0.2)
        self._earlier_quarters()
        self._serve(own, others)
        telling.plan(stage, own, calendar)
        telling.report_last_month(stage, own, calendar, self.since)
        street = _person("demo:street")
        if street is not None:
            telling.supervise(
                stage, street, [each for each in self.towns if each.code.startswith(STREET)],
                calendar,
            )  # fmt: skip

    def _elsewhere_happens(self, before: list[date], month: list[date], towns: list[Town]) -> None:
        much_there = {each.code: each.cases_a_day * self.size.around for each in AROUND}
        for town in towns:
            for days, much in ((before, LEAD_IN), (month, 1.0)):
                if town.spots:
                    cases.plan(
                        self.stage, town, self.calendar, days, much_there[town.code] * much,
                        dice=self._dice(),
                    )  # fmt: skip
                learning.plan_daily(
                    self.stage, self.school, town.neighbours, self.calendar, days,
                    often=0.4 * much,
                )  # fmt: skip

    def _personas_live(self, calendar: Calendar) -> None:
        """Let 周奶奶 have a streak to keep, and inboxes have been looked into yesterday."""
        staff = [actor for town in self.towns for actor in (town.committee, *town.workers)]
        for actor in [*staff, *(who.actor for who in self.personas)]:
            looked = partial(notices.mark_all_read, actor)
            self.stage.at(self.ends - timedelta(hours=30), looked)
        days = all_days(calendar.ago(min(12, calendar.days)), calendar.ago(1))
        learning.plan_daily(self.stage, self.school, self.personas, calendar, days)

    def _earlier_quarters(self) -> None:
        """Let some have taken part in the two quarters that are over: it is seen who stays."""
        quarter = rollup_rules.QUARTER
        this = rollup_rules.start_of(self.calendar.last, quarter)
        last = rollup_rules.before(this, quarter)
        starts = (rollup_rules.before(last, quarter), last)
        for town, many in ((town, self.size.earlier if n == 0 else 4)
                           for n, town in enumerate(self.towns)):  # fmt: skip
            active = [who for who in town.neighbours if who.learn and who not in self.personas]
            crowd = self.dice.sample(active, min(many, len(active)))
            for start in starts:
                for who in crowd:
                    if self.dice.random() < 0.75:
                        day = start + timedelta(days=self.dice.randint(3, 80))
                        at = wall(day, time(20, self.dice.randint(0, 59)))
                        if day < self.since:
                            self.stage.at(at, partial(self.school.take_daily, who))
                self.stage.at(
                    wall(rollup_rules.end_of(start, quarter), time(0, 5)), standing.count_registered
                )

    def _serve(self, own: Town, others: list[Town]) -> None:
        days = all_days(self.since, self.calendar.last)
        corps = Corps(self.stage, own, self.calendar, self._dice())
        joined = wall(self.since - timedelta(days=8), time(19))
        corps.gather(joined, self.size.volunteers)
        corps.organise(joined + timedelta(hours=1))
        corps.plan(SHIFTS, days)
        corps.let_go(3)
        corps.thank()
        self.stage.at(self.ends, corps.look_ahead)
        much = {each.code: each.volunteers for each in AROUND}
        for town in others:
            if much[town.code]:
                there = Corps(self.stage, town, self.calendar, self._dice())
                there.gather(joined, much[town.code])
                there.plan([ELSEWHERE], days)


def _person(code: str) -> Actor | None:
    """Return somebody of the demo's people, as they are now."""
    found = read(select(Resident.id, Resident.name).where(Resident.openid == openid_of(code)))
    row = found.one_or_none()
    if row is None:
        return None
    held = read(select(HeldRole.kind, HeldRole.place_code).where(HeldRole.resident_id == row.id))
    roles = tuple(Role(RoleKind(each.kind), each.place_code) for each in held)
    return Actor(row.id, row.name, roles)
