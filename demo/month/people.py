"""Who lives there: invented people in invented houses, some of them eager, many of them quiet.

What they are called is a surname and a form of address of two lists of ours.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert, select

from app.core import clock
from app.core.access import Actor, Role, RoleKind
from app.core.db import Base, changed_rows, read, unit_of_work
from app.places.models import Place
from app.residents import rules
from app.residents import service as residents
from app.residents.models import Consent, HeldRole, Residence, Resident
from demo.month.rhythm import office
from demo.month.stage import Stage
from tools.wechat_sandbox.identities import openid_of

SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜谢邹喻柏窦章云苏潘葛范彭"
    "鲁韦马苗方俞任袁柳史唐薛雷贺汤罗毕郝安常于傅齐康伍余顾孟黄萧尹姚邵汪祁毛米戴宋庞熊舒屈项"
    "祝董梁杜阮季贾江童颜郭梅盛林钟徐骆高夏蔡田樊胡凌霍虞万柯管卢莫房解应丁宣邓洪包左石崔龚程"
)
FORMS = (
    "{}阿姨", "{}大爷", "{}姐", "{}哥", "{}老师", "{}师傅",
    "{}奶奶", "{}爷爷", "小{}", "老{}", "{}叔", "{}妈妈",
)  # fmt: skip
OF_AGE_60 = frozenset({"{}大爷", "{}奶奶", "{}爷爷"})
SECOND = 0.2
"""So many households have two people who joined."""
LIVED_THERE_DAYS = (280, 420)
"""So many days before the end those joined who were there before: some learnt quarters ago."""
JOINED_LATELY = 0.1
"""So many join in the course of the month."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Somebody, where they live, and what they are like.

    `report`, `learn`: how often, against the others; `learn` is the chance on a usual day.
    `skill`: what share of questions they know before anybody taught them. `may_serve`: whether
    they may become volunteers; what the demo's own people are is for the seed to say.
    """

    actor: Actor
    home: str
    report: float
    learn: float
    skill: float
    elder: bool = False
    may_serve: bool = True


@dataclass
class Town:
    """A community with the people who act in it, and points where something may be found."""

    code: str
    committee: Actor
    workers: list[Actor]
    neighbours: list[Neighbour]
    spots: dict[str, list[tuple[float, float, str]]]
    """By grid: latitude, longitude, and what is said to stand there."""
    quiet: dict[str, float] = field(default_factory=dict)
    """How much is heard from a grid, against one of which much is."""
    latest: dict[str, str] = field(default_factory=dict)
    """By category the number of the last case."""

    def spot(self, dice: random.Random) -> tuple[str, tuple[float, float, str]]:
        """Return a grid and a point in it; livelier grids more often."""
        grids = sorted(self.spots)
        [grid] = dice.choices(grids, [self.quiet.get(each, 1.0) for each in grids])
        return grid, dice.choice(self.spots[grid])

    def reporter(self, dice: random.Random) -> Neighbour:
        """Return who reports something; the eager more often."""
        [found] = dice.choices(self.neighbours, [each.report for each in self.neighbours])
        return found


@dataclass(frozen=True, slots=True)
class Plan:
    """How many people to settle where, and since when. `grids`: shares, by grid."""

    code: str
    households: int
    grids: dict[str, float]
    eager: float = 1.0


def names(dice: random.Random) -> Iterator[tuple[str, bool]]:
    """Give invented names, each once, and whether they are an elder's."""
    found = [(surname, form) for surname in SURNAMES for form in FORMS]
    dice.shuffle(found)
    return ((form.format(surname), form in OF_AGE_60) for surname, form in found)


def spots_of(code: str) -> dict[str, list[tuple[float, float, str]]]:
    """Return points in the grids of a community: its houses, or else its grids' middles."""
    rows = read(
        select(Place.kind, Place.code, Place.name, Place.parent_code, Place.lat, Place.lon)
        .where(Place.code.like(f"{code}%"), Place.kind.in_(("grid", "building")))
        .order_by(Place.code)
    ).all()
    found: dict[str, list[tuple[float, float, str]]] = {}
    for row in rows:
        if row.kind == "building":
            found.setdefault(row.parent_code, []).append((row.lat, row.lon, row.name))
    for row in rows:
        if row.kind == "grid" and row.code not in found and row.lat is not None:
            found[row.code] = [(row.lat, row.lon, row.name)]
    return found


def settle(
    plan: Plan, ends: datetime, dice: random.Random, stage: Stage, worker: Actor | None
) -> list[Neighbour]:
    """Let people have moved in; some do so in the course of the month, and `worker` confirms it."""
    homes = list(_homes(plan, dice))
    called = names(dice)
    who = [(*next(called), home) for home in homes for _ in range(1 + (dice.random() < SECOND))]
    since = [ends - timedelta(days=dice.uniform(*LIVED_THERE_DAYS)) for _ in who]
    late = int(len(who) * JOINED_LATELY) if worker else 0
    actors = add_residents(
        [(f"demo:{plan.code}-{number}", name) for number, (name, _, _) in enumerate(who)], since
    )
    old, new = len(who) - late, range(len(who) - late, len(who))
    _move_in([(actors[n].resident_id, who[n][2], since[n]) for n in range(old)], plan.code)
    if worker:
        for number in new:
            when = ends - timedelta(days=dice.uniform(1, 28))
            _ask_to_move_in(stage, actors[number], who[number][2], when, worker)
    role = (Role(RoleKind.RESIDENT, plan.code),)
    return [
        _character(replace(actors[n], roles=role), who[n][2][0], plan, dice, elder=who[n][1])
        for n in range(old)
    ]


Home = tuple[str, int | None, str]
"""Grid, building's id if it is known, room."""


def _homes(plan: Plan, dice: random.Random) -> Iterator[Home]:
    """Give homes, each once: some grids have more people."""
    buildings = read(
        select(Place.id, Place.parent_code)
        .where(Place.kind == "building", Place.code.like(f"{plan.code}%"))
        .order_by(Place.code)
    ).all()
    taken: set[Home] = set()
    grids = sorted(plan.grids)
    while len(taken) < plan.households:
        [grid] = dice.choices(grids, [plan.grids[each] for each in grids])
        inside = [row.id for row in buildings if row.parent_code == grid]
        room = f"{dice.randint(1, 4)} 单元 {dice.randint(1, 18)}0{dice.randint(1, 4)}"
        home = (grid, dice.choice(inside) if inside else None, room)
        if home not in taken:
            taken.add(home)
            yield home


def _character(
    actor: Actor, home: str, plan: Plan, dice: random.Random, *, elder: bool
) -> Neighbour:
    """Return what somebody is like: a few do much, most do little, many nothing."""
    lot = dice.random() / plan.eager
    eager, regular, sometimes = lot < 0.09, lot < 0.26, lot < 0.6
    likes_learning = dice.random() < 0.55
    learn = report = 0.0
    if eager:
        learn = dice.choice((0.97, 0.88, 0.6, 0.4)) if likes_learning else 0.03
        report = 6.0
    elif regular:
        learn, report = (0.09 if likes_learning else 0.01), 3.0
    elif sometimes:
        learn, report = 0.01, 1.0
    return Neighbour(actor, home, report, learn, dice.uniform(0.42, 0.7), elder)


@unit_of_work()
def add_residents(people: Sequence[tuple[str, str]], since: Sequence[datetime]) -> list[Actor]:
    """Let people be known by their codes and names; returns them in the same order."""
    rows = [
        {
            "openid": openid_of(code),
            "name": name,
            "consent_version": rules.PRIVACY_VERSION,
            "consent_at": at,
            "created_at": at,
        }
        for (code, name), at in zip(people, since, strict=True)
    ]
    _insert(Resident, rows)
    found = dict(
        tuple(row)
        for row in read(
            select(Resident.openid, Resident.id).where(
                Resident.openid.in_([row["openid"] for row in rows])
            )
        )
    )
    actors = [Actor(found[row["openid"]], str(row["name"])) for row in rows]
    given = [
        {"resident_id": actor.resident_id, "version": rules.PRIVACY_VERSION, "given_at": at}
        for actor, at in zip(actors, since, strict=True)
    ]
    _insert(Consent, given)
    return actors


def _insert(model: type[Base], rows: list[dict[str, Any]]) -> None:
    if rows:
        changed_rows(insert(model), rows)


@unit_of_work()
def _move_in(homes: Sequence[tuple[int, Home, datetime]], community: str) -> None:
    _insert(
        Residence,
        [
            {
                "resident_id": resident_id,
                "place_code": grid,
                "building_id": building,
                "room": room,
                "state": "confirmed",
                "requested_at": at,
                "decided_at": at,
            }
            for resident_id, (grid, building, room), at in homes
        ],
    )
    give_roles([(resident_id, RoleKind.RESIDENT, community, at) for resident_id, _, at in homes])


@unit_of_work()
def give_roles(held: Sequence[tuple[int, RoleKind, str, datetime]]) -> None:
    """Let people hold roles: resident, kind, place, since."""
    keys = ("resident_id", "kind", "place_code", "since")
    _insert(HeldRole, [dict(zip(keys, each, strict=True)) for each in held])


def _ask_to_move_in(stage: Stage, actor: Actor, home: Home, when: datetime, worker: Actor) -> None:
    """Let somebody say where they live; the grid worker looks at it in office hours."""

    def ask() -> None:
        grid, building, room = home
        asked = residents.request_residence(actor, place_code=grid, building_id=building, room=room)
        decided = office(clock.now() + timedelta(hours=2))
        stage.at(decided, lambda: residents.move_residence(worker, asked["id"], to="confirmed"))

    stage.at(when, ask)
