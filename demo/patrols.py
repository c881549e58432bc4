"""Four weeks of patrols: volunteers, teams, routes, shifts walked and shifts to come.

Everything happens by the services that people use, at the moments at which it would have.
"""

import random
import uuid
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from app.core import clock
from app.core.access import Actor
from app.core.clock import SHANGHAI
from app.core.db import db, unit_of_work
from app.patrols import beats, planning, seats, views
from app.patrols import rules as patrol_rules
from app.patrols.models import Checkpoint
from app.points import rewards
from app.residents import rules as residents
from app.residents.models import Resident
from app.rosters import templates
from app.rounds import codes, judging, settlement
from app.rounds import service as rounds
from app.volunteers import certificates, profile, teams
from tools.wechat_sandbox.identities import openid_of

COMMUNITY = "510105007004"
WEEKS = 4
EVENING, MORNING = time(19, 30), time(7, 30)
MINUTES = 90
WEEKEND = (6, 7)
EVENINGS_WALKED = 0.7
"""About five evenings a week."""


@dataclass(frozen=True)
class Person:
    """A volunteer. `code`: what one signs in with; `reliable`: how often they come."""

    code: str
    name: str
    birth_year: int
    skills: tuple[str, ...]
    likes: tuple[str, ...]
    evenings: bool = True
    mornings: bool = False
    reliable: float = 0.95
    on_board: bool = True


PEOPLE = (
    Person(
        "demo:leader", "赵师傅", 1961, ("fire_warden", "first_aid"), ("001", "004"), mornings=True
    ),
    Person("demo:neighbour", "小林", 1994, ("first_aid", "it"), ("001",)),
    Person("demo:volunteer-1", "王姐", 1975, ("first_aid", "care"), ("002",), mornings=True),
    Person("demo:volunteer-2", "刘师傅", 1968, ("electrician",), ("003", "001")),
    Person("demo:volunteer-3", "何老师", 1959, ("dialect", "care"), ("004",), mornings=True),
    Person("demo:volunteer-4", "小杨", 2001, ("it", "drone"), ("002", "003"), reliable=0.8),
    Person(
        "demo:volunteer-5", "孙大爷", 1955, ("dialect",), ("001",), mornings=True, on_board=False
    ),
    Person("demo:volunteer-6", "谢阿姨", 1966, ("care", "sign_language"), ("004", "003")),
    Person("demo:volunteer-7", "阿木", 1988, ("driver", "plumber"), ("002",), reliable=0.7),
    Person("demo:volunteer-8", "小唐", 1999, ("first_aid",), ("003",), on_board=False),
)
"""Who is to be called what is invented."""

ROUTES = (
    (
        "草堂小区夜巡线",
        "001",
        (
            ("1 栋单元门口", 30.658429, 104.032587),
            ("3 栋消防通道", 30.657042, 104.032315),
            ("4 栋电动车棚", 30.656449, 104.033505),
            ("2 栋配电房", 30.657814, 104.034509),
        ),
    ),
    (
        "梅林苑晨巡线",
        "004",
        (
            ("1 栋门厅", 30.662327, 104.028665),
            ("2 栋消火栓", 30.661703, 104.028007),
            ("4 栋楼道", 30.660979, 104.027146),
        ),
    ),
)

REWARDS = (
    ("家用灭火毯", "1 米 × 1 米，挂在厨房门边。", 60, 12),
    ("燃气管检查一次", "社区请燃气公司师傅上门看一次胶管和阀门。", 40, 20),
    ("绿萝一盆", "社区花圃自己扦插的。", 15, 30),
    ("独立式烟感报警器", "装电池，贴在客厅顶上。", 90, 6),
)


def moment(day: date, at: time) -> datetime:
    """Return a wall clock's moment in Shanghai."""
    return datetime.combine(day, at, SHANGHAI)


def add_volunteers(actors: dict[str, Actor], since: datetime) -> dict[str, Actor]:
    """Let everybody become a volunteer; returns them by code."""
    found = {}
    with clock.at(since):
        for person in PEOPLE:
            actor = actors.get(person.code) or _new_resident(person, since)
            profile.save_profile(
                actor,
                birth_year=person.birth_year,
                skills=list(person.skills),
                languages=["zh", "sc"],
                availability=_availability(person),
                likes=[COMMUNITY + grid for grid in person.likes],
                emergency_contact={"name": "家人", "phone": "15400000000"},
                consent=True,
                location_consent=True,
                on_honour_board=person.on_board,
            )
            found[person.code] = actor
    return found


def _availability(person: Person) -> list[dict[str, Any]]:
    hours = [("18:00", "22:30")] * person.evenings + [("06:00", "10:00")] * person.mornings
    return [
        {"weekday": weekday, "start": begin, "end": end}
        for weekday in range(1, 8)
        for begin, end in (hours if weekday not in WEEKEND else [("07:00", "22:00")])
    ]


@unit_of_work()
def _new_resident(person: Person, since: datetime) -> Actor:
    resident = Resident(
        openid=openid_of(person.code),
        name=person.name,
        language="zh-Hans",
        letter_size="standard",
        consent_version=residents.PRIVACY_VERSION,
        consent_at=since,
        created_at=since,
    )
    db.session.add(resident)
    db.session.flush()
    return Actor(resident.id, resident.name)


def add_teams(committee: Actor, people: dict[str, Actor], since: datetime) -> dict[str, int]:
    """Make two teams with their members; returns their ids by name."""
    wanted = {
        "草堂平安志愿队": ("peace", ["demo:leader", *(p.code for p in PEOPLE[1:6])]),
        "梅林苑楼道队": ("corridor", ["demo:volunteer-3", "demo:volunteer-6", "demo:volunteer-7"]),
    }
    found = {}
    with clock.at(since):
        for name, (kind, codes_of_members) in wanted.items():
            first, *others = (people[code] for code in codes_of_members)
            team = teams.create_team(
                committee,
                name=name,
                kind=kind,
                place_code=COMMUNITY,
                leader_id=first.resident_id,
            )
            for other in others:
                teams.join(other, team["id"])
                teams.move_member(first, team["id"], other.resident_id, to="member")
            found[name] = team["id"]
    return found


def add_past(actors: dict[str, Actor]) -> dict[str, Any]:
    """Let four weeks of rounds happen; returns what the shifts to come need to know."""
    dice = random.Random(20261121)
    committee = actors["demo:committee"]
    today = clock.shanghai_day(clock.now())
    since = moment(today - timedelta(weeks=WEEKS, days=3), time(10))
    people = add_volunteers(actors, since)
    team_ids = add_teams(committee, people, since + timedelta(hours=1))
    with clock.at(since + timedelta(hours=2)):
        routes = [
            beats.create_route(
                committee,
                place_code=COMMUNITY + grid,
                name=name,
                checkpoints=[{"name": n, "lat": lat, "lon": lon} for n, lat, lon in spots],
            )
            for name, grid, spots in ROUTES
        ]
        for name, words, cost, stock in REWARDS:
            rewards.offer(
                committee, place_code=COMMUNITY, name=name, words=words, cost=cost, stock=stock
            )
    for offset in range(WEEKS * 7, 0, -1):
        day = today - timedelta(days=offset)
        if dice.random() < EVENINGS_WALKED:
            _walk(
                committee,
                people,
                routes[0],
                team_ids["草堂平安志愿队"],
                at=(day, EVENING),
                dice=dice,
            )
        if day.isoweekday() in {2, 6}:
            _walk(
                committee, people, routes[1], team_ids["梅林苑楼道队"], at=(day, MORNING), dice=dice
            )
    with clock.at(moment(today - timedelta(days=1), time(20))):
        certificates.issue(people["demo:neighbour"], remarks="用于志愿服务星级评定")
    return {"people": people, "teams": team_ids, "routes": routes}


def _walk(
    committee: Actor,
    people: dict[str, Actor],
    route: dict[str, Any],
    team_id: int,
    *,
    at: tuple[date, time],
    dice: random.Random,
) -> None:
    """Plan a shift, fill it, walk it and close it."""
    begins = moment(*at)
    evening = at[1] == EVENING
    ends = begins + timedelta(minutes=MINUTES)
    able = [p for p in PEOPLE if (p.evenings if evening else p.mornings)]
    leader = PEOPLE[0] if evening else PEOPLE[4]
    crew = [leader, *dice.sample([p for p in able if p is not leader], 3)]
    with clock.at(begins - timedelta(days=3)):
        [shift_id] = planning.plan_shifts(
            committee,
            [
                {
                    "title": route["name"].removesuffix("线"),
                    "place_code": route["place_code"],
                    "route_id": route["id"],
                    "team_id": team_id,
                    "leader_id": people[leader.code].resident_id,
                    "starts_at": begins,
                    "ends_at": ends,
                    "capacity": 4,
                    "minimum": 2,
                }
            ],
        )
        for person in crew:
            seats.sign_up(people[person.code], shift_id)
    there = [p for p in crew if p is leader or dice.random() < p.reliable]
    for position, person in enumerate(there):
        _walk_one(
            people[person.code], shift_id, route, (begins, ends), position=position, dice=dice
        )
    with clock.at(ends + timedelta(minutes=5)):
        for witness in there[1:3]:
            judging.attest(
                people[witness.code],
                shift_id,
                resident_id=people[leader.code].resident_id,
                present=True,
            )
    with clock.at(ends + timedelta(minutes=12)):
        settlement.close_round(people[leader.code], shift_id)
    # Of an evening shortly before now it is not known yet.
    with clock.at(min(ends + timedelta(hours=13), clock.now())):
        settlement.settle_due()


def _walk_one(
    actor: Actor,
    shift_id: int,
    route: dict[str, Any],
    span: tuple[datetime, datetime],
    *,
    position: int,
    dice: random.Random,
) -> None:
    """Check in by the leader's code at the start and the end, by the printed ones on the way."""
    spots = route["checkpoints"]
    begins, ends = span
    lag = timedelta(seconds=40 * position + dice.randint(0, 20))
    leg = (ends - begins) / (len(spots) + 1)
    steps: list[tuple[str, datetime, Any, str]] = [
        ("start", begins + lag, spots[0], "rotating"),
        *(
            ("checkpoint", begins + leg * number + lag, spot, "printed")
            for number, spot in enumerate(spots, 1)
        ),
        ("end", ends + lag, spots[0], "rotating"),
    ]
    for kind, at, spot, code in steps:
        with clock.at(at):
            rounds.check_in(
                actor,
                shift_id,
                client_uuid=str(uuid.UUID(int=dice.getrandbits(128), version=4)),
                kind=kind,
                at=at,
                sent_at=at,
                lat=spot["lat"] + dice.uniform(-0.00006, 0.00006),
                lon=spot["lon"] + dice.uniform(-0.00006, 0.00006),
                accuracy=round(dice.uniform(6, 18), 1),
                code=_code(code, shift_id, spot["id"], at),
                checkpoint_id=spot["id"] if kind == "checkpoint" else None,
            )


def _code(kind: str, shift_id: int, checkpoint_id: int, at: datetime) -> str:
    if kind == "rotating":
        return codes.text(shift_id, codes.step_at(at))
    checkpoint = db.session.get_one(Checkpoint, checkpoint_id)
    return patrol_rules.code_text(checkpoint.id, checkpoint.secret)


def add_coming(actors: dict[str, Actor], past: dict[str, Any]) -> None:
    """Plan what is to come: two templates, a shift tomorrow that is full, one that lacks people."""
    committee, people = actors["demo:committee"], past["people"]
    evening, morning = past["routes"]
    usual = {
        "place_code": COMMUNITY + "001",
        "duration_min": MINUTES,
        "skills": [],
        "residence_required": False,
    }
    templates.create_template(
        committee,
        rrule="FREQ=WEEKLY;BYDAY=MO,WE,FR,SA,SU",
        title="草堂小区夜巡",
        words="穿反光背心，走一圈消防通道和车棚，看见飞线就记下来。",
        starts=f"{EVENING:%H:%M}",
        capacity=4,
        minimum=2,
        route_id=evening["id"],
        team_id=past["teams"]["草堂平安志愿队"],
        leader_id=people["demo:leader"].resident_id,
        **usual,
    )
    templates.create_template(
        committee,
        rrule="FREQ=WEEKLY;BYDAY=TU,SA",
        title="梅林苑晨巡",
        starts=f"{MORNING:%H:%M}",
        capacity=4,
        minimum=3,
        route_id=morning["id"],
        team_id=past["teams"]["梅林苑楼道队"],
        leader_id=people["demo:volunteer-3"].resident_id,
        **(usual | {"place_code": COMMUNITY + "004"}),
    )
    tomorrow = clock.shanghai_day(clock.now()) + timedelta(days=1)
    full = _special(committee, "电动车集中充电宣传", tomorrow, time(15), capacity=2, minimum=2)
    _special(committee, "家庭灭火器检查", tomorrow, time(17), capacity=5, minimum=3)
    for code in ("demo:volunteer-1", "demo:volunteer-2", "demo:volunteer-6"):
        seats.sign_up(people[code], full)
    for shift_id in _next_evenings(people["demo:neighbour"])[:2]:
        for code in ("demo:leader", "demo:neighbour"):
            seats.sign_up(people[code], shift_id)


def _special(
    committee: Actor, title: str, day: date, at: time, *, capacity: int, minimum: int
) -> int:
    begins = moment(day, at)
    return planning.create_shift(
        committee,
        title=title,
        place_code=COMMUNITY,
        starts_at=begins,
        ends_at=begins + timedelta(minutes=MINUTES),
        capacity=capacity,
        minimum=minimum,
    )


def _next_evenings(actor: Actor) -> list[int]:
    """Return the shifts of the night patrol that begin in more than two days."""
    begin = clock.now() + timedelta(days=2)
    found = views.list_shifts(actor, begin=begin, place=COMMUNITY, limit=20)["items"]
    return [shift["id"] for shift in found if shift["title"] == "草堂小区夜巡"]
