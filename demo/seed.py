"""Fill a database for a demo: places, people, cases, patrols, a campaign.

`python -m demo.seed` brings the schema up to date and adds what is missing;
run twice it adds nothing. With `--month` a month of a living community follows.
"""

import argparse
import random
import sys
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import delete, func, select

from app.config import ROOT, Settings
from app.core import clock, crypto, deployment
from app.core.access import Actor, Role, RoleKind
from app.core.db import changed_rows, db, read, unit_of_work, writing
from app.core.outbox import OutboxEvent
from app.factory import create_app
from app.hazards import categories, service
from app.places.models import Place
from app.quizzes import bank
from app.residents import rules
from app.residents.configuration import people
from app.residents.models import Consent, HeldRole, Residence, Resident
from app.rollups import backfill, rolling, standing
from demo import campaigns, patrols, places
from demo.month import making
from demo.pictures import SCENES, take
from tools.wechat_sandbox.identities import openid_of, phone_of

COMMUNITY = "510105007004"
CASES = 66
DAYS = 58
SEED = 20261120
QUIZZES = ROOT / "demo" / "quiz"
BANKS = ("given.json", "questions.json")


def main(argv: list[str] | None = None) -> int:
    """Seed the database of the environment. Return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m demo.seed", description=__doc__)
    parser.add_argument("--month", action="store_true", help="and a month, if all is new")
    options = parser.parse_args(argv)
    # Nobody looks at pictures that we drew ourselves.
    app = create_app(replace(Settings.from_environment(), content_checks=False))
    with app.app_context():
        upgrade(directory=str(app.extensions["migrate"].directory))
    if seed(app) and options.month:
        with app.app_context():
            print("A month of a living community (about a minute) ...")
            making.add()
    return 0


def seed(app: Flask) -> bool:
    """Add demo data where there is none; returns whether there was none."""
    with app.app_context():
        if read(select(func.count()).select_from(Resident)).scalar_one():
            print("Demo data is there already.")
            return False
        # All of it or nothing: who is interrupted here starts with everything next time.
        with writing():
            print("Places ...")
            places.load()
            categories.import_categories()
            for name in BANKS:
                bank.import_bank(QUIZZES / name)
            print("People ...")
            actors = add_people()
            print("Two months of cases ...")
            add_cases(actors)
            print("Four weeks of patrols ...")
            walked = patrols.add_past(actors)
            print("A campaign ...")
            campaigns.add_running(actors, home)
            # These facts have long had their effects; those of today are still to be told.
            changed_rows(delete(OutboxEvent))
            add_today(actors)
            patrols.add_coming(actors, walked)
            print("Who took part ...")
            backfill.backfill()
            rolling.roll_up()
            standing.count_registered()
        print("Done.")
    return True


@unit_of_work()
def add_people() -> dict[str, Actor]:
    """Add the people of `people.json` with their roles; returns them by code."""
    now = clock.now() - timedelta(days=DAYS + 30)
    actors = {}
    for person in people(deployment.settings().demo_people):
        resident = Resident(
            openid=openid_of(person["code"]),
            name=person["name"],
            language="zh-Hans",
            letter_size="standard",
            consent_version=rules.PRIVACY_VERSION,
            consent_at=now,
            sealed_phone=crypto.encrypt(phone_of(f"phone:{person['code']}")),
            created_at=now,
        )
        db.session.add(resident)
        db.session.flush()
        kind, code = RoleKind(person["kind"]), person["place_code"]
        db.session.add(HeldRole(resident_id=resident.id, kind=kind, place_code=code, since=now))
        db.session.add(
            Consent(resident_id=resident.id, version=rules.PRIVACY_VERSION, given_at=now)
        )
        if kind == RoleKind.RESIDENT:
            db.session.add(home(resident.id, person["room"], now))
        actors[person["code"]] = Actor(resident.id, person["name"], (Role(kind, code),))
    return actors


def home(resident_id: int, room: str, now: datetime) -> Residence:
    """Return a confirmed home in the first building of the community."""
    building = read(
        select(Place.id, Place.parent_code)
        .where(Place.kind == "building", Place.code.like(f"{COMMUNITY}%"))
        .order_by(Place.code)
        .limit(1)
    ).one()
    return Residence(
        resident_id=resident_id,
        place_code=building.parent_code,
        building_id=building.id,
        room=room,
        state="confirmed",
        requested_at=now,
        decided_at=now,
    )


@dataclass(frozen=True)
class Story:
    """What somebody saw, and where."""

    category: str
    description: str
    address: str
    done: str


STORIES = (
    Story(
        "FIRE_LANE",
        "单元门口的消防车道停了三辆小车，消防车进不来。",
        "3 栋东侧消防车道",
        "已联系车主挪车，重新画线并加装隔离桩。",
    ),
    Story(
        "EBIKE_WIRE",
        "二楼拉了一根插线板下来给电动车充电，下雨天很危险。",
        "5 栋 2 单元楼下",
        "拆除飞线，引导到车棚充电桩充电。",
    ),
    Story(
        "EBIKE_INDOOR",
        "楼道里停着一辆电动车在充电，晚上闻到焦味。",
        "2 栋 1 单元一楼门厅",
        "电动车已移出楼道，和住户谈过，贴了提醒。",
    ),
    Story(
        "LIGHT",
        "小广场靠北的路灯不亮了，晚上老人走路看不清。",
        "草堂小区北广场",
        "更换灯泡和镇流器，已恢复照明。",
    ),
    Story(
        "MANHOLE_BROKEN",
        "井盖裂了一道缝，车一压就翘。",
        "社区服务站门口",
        "更换新井盖，周边重新找平。",
    ),
    Story(
        "WASTE",
        "装修垃圾堆在绿化带旁边好几天了。",
        "6 栋背后",
        "垃圾已清运，联系装修公司补缴清运费。",
    ),
    Story(
        "PARK_NMV",
        "共享单车把盲道占满了。",
        "社区东门人行道",
        "单车归位，增划停放框。",
    ),
    Story(
        "FALLING",
        "四楼窗台外的花盆没有固定，风大的时候晃。",
        "1 栋南侧",
        "花盆已搬进室内，同楼逐户提醒。",
    ),
    Story(
        "FIRE_EQUIP",
        "楼道灭火器压力指针在红区。",
        "4 栋 3 单元三楼",
        "灭火器已更换，整栋楼检查了一遍。",
    ),
    Story(
        "ELEVATOR",
        "电梯到三楼停不平，门口有一个台阶。",
        "7 栋电梯",
        "维保单位调整平层，复测合格。",
    ),
    Story(
        "POWERBOX_OPEN",
        "配电箱门一直开着，小孩容易碰到。",
        "幼儿园外墙",
        "加装锁具并上锁。",
    ),
    Story(
        "FLOOD",
        "下雨后车库入口积水没过脚踝。",
        "地下车库西入口",
        "疏通雨水篦子，架设挡水板。",
    ),
)


def add_cases(actors: dict[str, Actor]) -> None:
    """Let two months of cases happen, oldest first, each by the services that people use."""
    dice = random.Random(SEED)
    last = clock.now()
    spots = grid_spots()
    starts = sorted(dice.random() ** 0.8 for _ in range(CASES))
    for position, share in enumerate(starts):
        begun = working_hour(last - timedelta(days=1 + DAYS * (1 - share)), dice, last)
        story = STORIES[position % len(STORIES)]
        let_case_happen(actors, story, begun, spots=spots, dice=dice, last=last)


def add_today(actors: dict[str, Actor]) -> None:
    """Let happen what is going on now."""
    dice, last, spots = random.Random(SEED + 1), clock.now(), grid_spots()
    for story, minutes_ago, steps in TODAY:
        begun = last - timedelta(minutes=minutes_ago)
        let_today_happen(actors, story, begun, spots=spots, dice=dice, steps=steps)


TODAY: tuple[tuple[Story, int, tuple[tuple[int, str, dict[str, Any]], ...]], ...] = (
    (STORIES[0], 4, ()),
    (STORIES[11], 200, ((5, "demo:gridworker", {"to": "accepted"}),)),
    (
        STORIES[7],
        95,
        (
            (6, "demo:gridworker", {"to": "accepted"}),
            (7, "demo:gridworker", {"to": "assigned", "assignee_id": "demo:gridworker"}),
            (15, "demo:gridworker", {"to": "handling"}),
            (50, "demo:gridworker", {"to": "handled", "note": STORIES[7].done}),
        ),
    ),
    (
        STORIES[3],
        200,
        (
            (10, "demo:gridworker2", {"to": "accepted"}),
            (11, "demo:gridworker2", {"to": "assigned", "assignee_id": "demo:gridworker2"}),
            (40, "demo:gridworker2", {"to": "handling"}),
            (60, "demo:gridworker2", {"to": "suspended", "note": "灯具型号停产，等配件到货。"}),
        ),
    ),
)
"""What is going on now: new, so late that an answer is ordered, waiting for an answer, waiting
for an approval.
Story, minutes ago, and the steps: minutes after the report, who, what."""


def let_today_happen(
    actors: dict[str, Actor],
    story: Story,
    begun: datetime,
    *,
    spots: list[tuple[float, float]],
    dice: random.Random,
    steps: tuple[tuple[int, str, dict[str, Any]], ...],
) -> None:
    """Report as 周奶奶 and take the steps."""
    reporter = actors["demo:resident"]
    with clock.at(begun):
        case = report(reporter, story, dice.choice(spots), dice, anonymous=False)
    for minutes, code, move in steps:
        actor, moment = actors[code], begun + timedelta(minutes=minutes)
        with clock.at(moment):
            extra: dict[str, Any] = {}
            if "assignee_id" in move:
                extra["assignee_id"] = actors[move["assignee_id"]].resident_id
            if move["to"] == "suspended":
                extra["until"] = moment + timedelta(days=4)
            if move["to"] == "handled":
                extra["photo_ids"] = [
                    take(actor, story.category, dice.randrange(SCENES), after=True)
                ]
            service.move_hazard(actor, case["id"], **(move | extra))


def report(
    reporter: Actor,
    story: Story,
    spot: tuple[float, float],
    dice: random.Random,
    *,
    anonymous: bool,
) -> dict[str, Any]:
    """Report what a story tells, some steps away from a spot."""
    lat, lon = spot
    return service.report_hazard(
        reporter,
        category=story.category,
        description=story.description,
        lat=lat + dice.uniform(-0.0004, 0.0004),
        lon=lon + dice.uniform(-0.0004, 0.0004),
        address=story.address,
        photo_ids=[take(reporter, story.category, dice.randrange(SCENES), after=False)],
        anonymous=anonymous,
    )


def working_hour(moment: datetime, dice: random.Random, last: datetime) -> datetime:
    """Return the same day at an hour at which people walk about, never later than `last`."""
    wall = moment.astimezone(clock.SHANGHAI)
    shifted = wall.replace(hour=dice.randint(7, 20), minute=dice.randint(0, 59))
    return min(shifted, last - timedelta(minutes=dice.randint(5, 50)))


def grid_spots() -> list[tuple[float, float]]:
    """Return a point in each grid of the community, (lat, lon)."""
    rows = read(
        select(Place.lat, Place.lon)
        .where(Place.kind == "building", Place.code.like(f"{COMMUNITY}%"))
        .order_by(Place.code)
    )
    return [(row.lat, row.lon) for row in rows]


def let_case_happen(
    actors: dict[str, Actor],
    story: Story,
    begun: datetime,
    *,
    spots: list[tuple[float, float]],
    dice: random.Random,
    last: datetime,
) -> None:
    """Report, accept, assign, handle and answer, as far as time has come."""
    reporter = actors[dice.choice(["demo:resident", "demo:neighbour"])]
    worker = actors[dice.choice(["demo:gridworker", "demo:gridworker2"])]
    with clock.at(begun):
        case = report(reporter, story, dice.choice(spots), dice, anonymous=dice.random() < 0.2)
    promised: datetime = case["expected_by"]
    used = dice.choice([0.3, 0.5, 0.6, 0.8, 0.9, 1.6])
    handled = begun + (promised - begun) * used
    steps: list[tuple[datetime, Actor, dict[str, Any]]] = [
        (begun + timedelta(minutes=6), worker, {"to": "accepted"}),
        (
            begun + timedelta(minutes=8),
            worker,
            {"to": "assigned", "assignee_id": worker.resident_id},
        ),
        (begun + timedelta(minutes=12), worker, {"to": "handling"}),
        (
            max(handled, begun + timedelta(minutes=15)),
            worker,
            {"to": "handled", "note": story.done},
        ),
        (
            max(handled, begun + timedelta(minutes=15)) + timedelta(hours=dice.randint(1, 20)),
            reporter,
            {"to": "closed", "rating": dice.choice([3, 4, 4, 5, 5, 5]), "solved": True},
        ),
    ]
    if dice.random() < 0.06:
        steps = [
            (
                begun + timedelta(minutes=9),
                worker,
                {"to": "declined", "note": "现场查看，车辆已自行驶离。"},
            )
        ]
    for moment, actor, move in steps:
        if moment > last:
            return
        with clock.at(moment):
            photo = []
            if move["to"] == "handled":
                photo = [take(actor, story.category, dice.randrange(SCENES), after=True)]
            service.move_hazard(actor, case["id"], photo_ids=photo, **move)


if __name__ == "__main__":
    sys.exit(main())
