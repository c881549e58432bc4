"""Volunteers of the month: who joins, who leaves, rounds walked and rounds missed, thanks."""

import random
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

from app.core import clock
from app.core.access import Actor
from app.core.db import db
from app.core.errors import Conflict
from app.patrols import beats, planning, seats, views
from app.patrols import rules as patrol_rules
from app.patrols.models import Checkpoint
from app.points import rewards
from app.points import service as points
from app.rosters import templates
from app.rounds import codes, judging, settlement
from app.rounds import service as rounds
from app.volunteers import profile, teams
from demo.month.cases import Course, draw
from demo.month.people import Neighbour, Town
from demo.month.rhythm import Calendar, awake
from demo.month.stage import Stage, wall

STAYS_AWAY = 0.07
"""So often somebody who signed up does not come, and says nothing."""
FINDS = 0.22
"""On so many rounds something is found and reported."""
LEAVES = 0.06
"""So often somebody gives their seat back in time."""
MO, TU, WE, TH, FR, SA, SU = range(1, 8)


@dataclass(frozen=True, slots=True)
class Shift:
    """A round that is walked again and again. `grid`: the last three digits, or the community."""

    title: str
    weekdays: tuple[int, ...]
    at: time
    minutes: int = 90
    grid: str = ""
    has_route: bool = False
    team: str | None = None
    crew: int = 4
    often: float = 0.9
    ahead: str | None = None
    """The rule by which it goes on after the month."""


NIGHT_TEAM, FLOOD_TEAM = "锦溪园平安队", "邻里应急队"
SHIFTS = (
    Shift("锦溪园夜巡", (TU, TH, SU), time(19, 30), 90, "003", has_route=True, team=NIGHT_TEAM,
          ahead="FREQ=WEEKLY;BYDAY=TU,TH,SU"),
    Shift("浣花苑周末巡查", (SA,), time(9, 30), 90, "002", has_route=True, team=NIGHT_TEAM, crew=3,
          ahead="FREQ=WEEKLY;BYDAY=SA"),
    Shift("车棚充电检查", (WE, SA), time(16, 30), 60, "001", crew=3, team=FLOOD_TEAM),
    Shift("独居老人探访", (FR,), time(15), 120, "004", crew=3),
)  # fmt: skip
ON_WET_DAYS = Shift("防汛值守", (), time(18), 180, team=FLOOD_TEAM, crew=5)
ELSEWHERE = Shift("社区平安巡逻", (WE, SU), time(19), 90, crew=4, often=0.7)
OFTEN_BEFORE = 0.5
"""Before the month begins, there were fewer."""


@dataclass
class Corps:
    """The volunteers of a community, with their routes and teams."""

    stage: Stage
    town: Town
    calendar: Calendar
    dice: random.Random
    people: list[Neighbour] = field(default_factory=list)
    reliable: dict[int, float] = field(default_factory=dict)
    routes: dict[str, dict[str, Any]] = field(default_factory=dict)
    teams: dict[str, int] = field(default_factory=dict)
    members: dict[str, set[int]] = field(default_factory=dict)

    def gather(self, since: datetime, number: int) -> None:
        """Let so many become volunteers; a tenth of them only in the course of the month."""
        able = [who for who in self.town.neighbours if who.may_serve and who.report >= 3.0]
        chosen = self.dice.sample(able, min(number, len(able)))
        late = max(1, number // 10)
        for who in chosen[late:]:
            with clock.at(since):
                self._enrol(who)
        for who in chosen[:late]:
            day = self.calendar.ago(self.dice.randint(2, max(3, self.calendar.days - 4)))
            self.stage.at(wall(day, time(12, 40)), partial(self._enrol, who))

    def _enrol(self, who: Neighbour) -> None:
        born = self.dice.randint(1950, 1963) if who.elder else self.dice.randint(1966, 2003)
        profile.save_profile(
            who.actor,
            birth_year=born,
            skills=self.dice.sample(["first_aid", "care", "it", "electrician", "dialect"], 2),
            languages=["zh", "sc"],
            availability=[
                {"weekday": weekday, "start": "07:00", "end": "22:30"} for weekday in range(1, 8)
            ],
            likes=[who.home],
            emergency_contact={"name": "家人", "phone": "15400000000"},
            consent=True,
            location_consent=True,
            on_honour_board=self.dice.random() < 0.8,
        )
        self.reliable[who.actor.resident_id] = 1 - self.dice.choice((0, 0.5, 1, 3)) * STAYS_AWAY
        self.people.append(who)

    def organise(self, since: datetime) -> None:
        """Let the committee make routes and teams."""
        committee, code = self.town.committee, self.town.code
        with clock.at(since):
            for shift in SHIFTS:
                if shift.has_route:
                    spots = self.town.spots[code + shift.grid][:5]
                    self.routes[shift.title] = beats.create_route(
                        committee,
                        place_code=code + shift.grid,
                        name=f"{shift.title}线",
                        checkpoints=[
                            {"name": f"{name}门口", "lat": lat, "lon": lon}
                            for lat, lon, name in spots
                        ],
                    )
            for number, (name, kind) in enumerate(((NIGHT_TEAM, "peace"), (FLOOD_TEAM, "peace"))):
                first, *others = self.people[number::2]
                team = teams.create_team(
                    committee,
                    name=name,
                    kind=kind,
                    place_code=code,
                    leader_id=first.actor.resident_id,
                )
                for other in others:
                    teams.join(other.actor, team["id"])
                    teams.move_member(first.actor, team["id"], other.actor.resident_id, to="member")
                self.teams[name] = team["id"]
                self.members[name] = {each.actor.resident_id for each in (first, *others)}

    def plan(self, shifts: Sequence[Shift], days: list[date]) -> None:
        """Let rounds be planned some days ahead, joined and walked."""
        for day in days:
            before = OFTEN_BEFORE if day < self.calendar.first else 1.0
            for shift in shifts:
                if day.isoweekday() in shift.weekdays and self.dice.random() < shift.often * before:
                    self._plan_one(shift, day)
            if self.calendar.is_wet(day) and ON_WET_DAYS.team in self.teams:
                self._plan_one(ON_WET_DAYS, day)

    def _plan_one(self, shift: Shift, day: date) -> None:
        begins = wall(day, shift.at)
        self.stage.at(
            begins - timedelta(days=4, hours=self.dice.uniform(1, 9)),
            partial(self._announce, shift, begins),
        )

    def _announce(self, shift: Shift, begins: datetime) -> None:
        # A round is somebody's who comes: whoever leads it is never away.
        ours = self.members.get(shift.team or "")
        able = [who for who in self.people if ours is None or who.actor.resident_id in ours]
        [leader, *others] = self.dice.sample(able, min(shift.crew + 1, len(able)))
        route = self.routes.get(shift.title)
        [shift_id] = planning.plan_shifts(
            self.town.committee,
            [
                {
                    "title": shift.title,
                    "place_code": self.town.code + shift.grid,
                    "route_id": route and route["id"],
                    "team_id": self.teams.get(shift.team or ""),
                    "leader_id": leader.actor.resident_id,
                    "starts_at": begins,
                    "ends_at": begins + timedelta(minutes=shift.minutes),
                    "capacity": shift.crew,
                    "minimum": 2,
                }
            ],
        )
        walk = Walk(
            self, shift_id, route, begins, begins + timedelta(minutes=shift.minutes), leader
        )
        walk.join(leader)
        for other in others:
            self.stage.later(partial(walk.join, other), hours=self.dice.uniform(1, 60))
        self.stage.at(begins, walk.begin)

    # Coming and going

    def let_go(self, number: int) -> None:
        """Let some stop being volunteers in the middle of the month."""
        leaders = {self.people[0].actor.resident_id, self.people[1].actor.resident_id}
        able = [who for who in self.people if who.actor.resident_id not in leaders]
        for who in self.dice.sample(able, min(number, len(able) // 4)):
            day = self.calendar.ago(self.dice.randint(2, self.calendar.days // 2))

            def stop(who: Neighbour = who) -> None:
                profile.stop(who.actor)
                self.people.remove(who)

            self.stage.at(wall(day, time(12, 20)), stop)

    def thank(self) -> None:
        """Let some take what their points are enough for."""
        for who in self.dice.sample(self.people, min(6, len(self.people))):
            day = self.calendar.ago(self.dice.randint(1, 8))
            self.stage.at(wall(day, time(17, 20)), partial(self._redeem, who.actor))

    def _redeem(self, actor: Actor) -> None:
        has = points.my_points(actor, limit=1)["balance"]
        offered = rewards.list_rewards(actor, place=self.town.code, limit=20)["items"]
        able = [each for each in offered if each["cost"] <= has]
        if not able:
            return
        taken = rewards.redeem(actor, max(able, key=lambda each: int(each["cost"]))["id"])
        if self.dice.random() < 0.7:
            at = awake(clock.now() + timedelta(hours=self.dice.uniform(12, 40)))
            collect = partial(rewards.collect, self.town.committee, code=taken["code"])
            self.stage.at(at, collect)

    def look_ahead(self) -> None:
        """Plan the weeks to come, and let people join what begins soon."""
        for shift in SHIFTS:
            if shift.ahead:
                templates.create_template(
                    self.town.committee,
                    rrule=shift.ahead,
                    title=shift.title,
                    place_code=self.town.code + shift.grid,
                    starts=f"{shift.at:%H:%M}",
                    duration_min=shift.minutes,
                    capacity=shift.crew,
                    minimum=2,
                    route_id=self.routes[shift.title]["id"],
                    team_id=self.teams[str(shift.team)],
                    leader_id=self.people[0].actor.resident_id,
                    skills=[],
                    residence_required=False,
                )
        begin = clock.now() + timedelta(hours=2)
        coming = views.list_shifts(
            self.town.committee, begin=begin, place=self.town.code, limit=30
        )["items"]
        for shift in coming:
            # What the seed has planned is as full as it says.
            ours = shift["title"] in {each.title for each in SHIFTS}
            if ours and shift["starts_at"] < begin + timedelta(days=6):
                crew = self.dice.sample(self.people, min(self.dice.randint(1, 4), len(self.people)))
                for who in crew:
                    sign_up(who.actor, shift["id"])


def sign_up(actor: Actor, shift_id: int) -> bool:
    """Join a shift; returns whether that was possible."""
    try:
        seats.sign_up(actor, shift_id)
    except Conflict:
        return False
    return True


@dataclass
class Walk:
    """One round, from who joins it to who closes it."""

    corps: Corps
    shift_id: int
    route: dict[str, Any] | None
    begins: datetime
    ends: datetime
    leader: Neighbour
    crew: list[Neighbour] = field(default_factory=list)

    def join(self, who: Neighbour) -> None:
        """Join, if there is time; some give their seat back a day later."""
        dice, serving = self.corps.dice, who in self.corps.people
        if not serving or clock.now() >= self.begins or not sign_up(who.actor, self.shift_id):
            return
        self.crew.append(who)
        back = clock.now() + timedelta(hours=dice.uniform(8, 26))
        in_time = back < self.begins - patrol_rules.CUT_OFF
        if who is not self.leader and in_time and dice.random() < LEAVES:
            self.corps.stage.at(back, partial(self._give_back, who))

    def _give_back(self, who: Neighbour) -> None:
        if who in self.corps.people:
            seats.leave(who.actor, self.shift_id)
            self.crew.remove(who)

    def begin(self) -> None:
        """Let everybody come who does, and check in by the leader's code."""
        dice, reliable = self.corps.dice, self.corps.reliable
        there = [
            who
            for who in self.crew
            if who is self.leader or dice.random() < reliable[who.actor.resident_id]
        ]
        there = [who for who in there if self._has_seat(who)]
        for who in there:
            self._check_in(who, dice.uniform(0, 240))
        if not there:
            return
        if dice.random() < FINDS:
            found = dice.uniform(20, 50)
            self.corps.stage.later(partial(self._report, dice.choice(there)), minutes=found)
        for who in there:
            at = self.ends + timedelta(seconds=dice.uniform(0, 200))
            self.corps.stage.at(at, partial(self._come_back, who))
        end = self.ends + timedelta(minutes=dice.uniform(5, 15))
        self.corps.stage.at(end, partial(self._close, there))

    def _has_seat(self, who: Neighbour) -> bool:
        """Whether somebody is on the shift, and not only waits for a seat."""
        mine = seats.signup_of(self.shift_id, who.actor.resident_id)
        return mine is not None and mine.state in patrol_rules.CREW

    def _check_in(self, who: Neighbour, seconds: float) -> None:
        at = self.begins + timedelta(seconds=int(seconds))
        with clock.at(at):
            rounds.check_in(who.actor, self.shift_id, **self._item("start", at))

    def _come_back(self, who: Neighbour) -> None:
        """Send what the phone kept on the way: there is no network in the basements."""
        now = clock.now()
        spots = self.route["checkpoints"] if self.route else []
        leg = (self.ends - self.begins) / (len(spots) + 1)
        lag = timedelta(seconds=self.corps.dice.randint(10, 120))
        items = [
            self._item("checkpoint", self.begins + leg * number + lag, spot)
            for number, spot in enumerate(spots, 1)
        ]
        items.append(self._item("end", now))
        rounds.check_in_batch(who.actor, self.shift_id, items=items)

    def _item(self, kind: str, at: datetime, spot: dict[str, Any] | None = None) -> dict[str, Any]:
        dice = self.corps.dice
        if spot is None:
            code = codes.text(self.shift_id, codes.step_at(at))
            lat, lon = self._place()
        else:
            checkpoint = db.session.get_one(Checkpoint, spot["id"])
            code = patrol_rules.code_text(checkpoint.id, checkpoint.secret)
            lat, lon = spot["lat"], spot["lon"]
        return {
            "client_uuid": str(uuid.UUID(int=dice.getrandbits(128), version=4)),
            "kind": kind,
            "at": at,
            "sent_at": clock.now(),
            "lat": lat + dice.uniform(-0.00006, 0.00006),
            "lon": lon + dice.uniform(-0.00006, 0.00006),
            "accuracy": round(dice.uniform(6, 18), 1),
            "code": code,
            "checkpoint_id": spot and spot["id"],
        }

    def _place(self) -> tuple[float, float]:
        if self.route:
            first = self.route["checkpoints"][0]
            return first["lat"], first["lon"]
        lat, lon, _ = min(self.corps.town.spots.items())[1][0]
        return lat, lon

    def _report(self, who: Neighbour) -> None:
        corps = self.corps
        story = draw(corps.dice, corps.calendar, clock.shanghai_day(clock.now()))
        lat, lon = self._place()
        Course(
            corps.stage,
            corps.town,
            story,
            random.Random(corps.dice.random()),
            reporter=who.actor,
            round_id=self.shift_id,
            at_spot=(lat, lon, min(corps.town.spots.items())[1][0][2]),
        ).report()

    def _close(self, there: list[Neighbour]) -> None:
        if self.leader not in there:  # who led it serves no more
            settlement.close_round(self.corps.town.committee, self.shift_id)
            return
        leader = self.leader.actor
        for witness in [who for who in there if who is not self.leader][:2]:
            judging.attest(
                witness.actor, self.shift_id, resident_id=leader.resident_id, present=True
            )
        settlement.close_round(leader, self.shift_id)
