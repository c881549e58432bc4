"""What the committee tells everybody, and what the street asks of the committee."""

from datetime import date, time, timedelta
from functools import partial

from app.committees import rectifications, reviews
from app.core.access import Actor
from app.notices import announcements
from app.reports import making
from app.reports import service as reports
from app.rollups import rolling
from app.rollups import rules as rollup_rules
from demo.month.people import Town
from demo.month.rhythm import Calendar
from demo.month.stage import Stage, wall

Said = tuple[float, time, str, str, bool]
SAID: tuple[Said, ...] = (
    (
        0.88, time(10, 30), "电动车充电安全周开始了",
        "车棚新增 24 个充电桩，本周充电每度减 2 角。八道题测一测，通过可参加车棚巡查。", False,
    ),
    (
        0.58, time(17, 5), "暴雨预警：低洼处请提前移车",
        "气象台发布暴雨橙色预警。地下车库西入口、浣花苑南门易积水，请提前移车，勿涉水。", True,
    ),
    (
        0.5, time(8, 40), "防汛值守志愿者招募",
        "雨还要下几天，每晚 18 点到 21 点在低洼处值守，穿防滑鞋，雨衣社区准备。", False,
    ),
    (
        0.36, time(16), "积水点已清掏，谢谢值守的邻居",
        "五处雨水井清掏完毕，感谢冒雨值守的志愿者。再发现堵塞请随手拍。", False,
    ),
    (0.24, time(9, 15), "周三停水检修", "周三 9 点到 15 点二次供水泵房检修，请提前储水。", False),
    (
        0.1, time(19, 10), "邻里议事会：车棚夜间照明",
        "周六晚七点在社区活动室，一起商量车棚照明和充电排队的办法，随时来听。", False,
    ),
)  # fmt: skip
"""How much of the month is still to come, when, title, words, whether it wakes people."""


def plan(stage: Stage, town: Town, calendar: Calendar) -> None:
    """Let the committee tell these things in the course of the month."""
    for left, at, title, body, emergency in SAID:
        say = partial(_say, stage, town, title, body, emergency=emergency)
        stage.at(wall(calendar.share(left), at), say)


def _say(stage: Stage, town: Town, title: str, body: str, *, emergency: bool) -> None:
    said = announcements.announce(
        town.committee, place_code=town.code, title=title, body=body, emergency=emergency
    )
    stage.later(partial(_hand_out, said["id"]), seconds=20)


def _hand_out(announcement_id: int) -> None:
    while announcements.hand_out_batch(announcement_id):
        pass


def report_last_month(stage: Stage, town: Town, calendar: Calendar, since: date) -> None:
    """Let the committee ask for the last month's report on the first of this one."""
    first = rollup_rules.start_of(calendar.last, rollup_rules.MONTH)
    before = rollup_rules.before(first, rollup_rules.MONTH)
    if since <= before:
        ask = partial(_ask_for_report, town.committee, town.code, f"{before:%Y-%m}")
        stage.at(wall(first, time(9, 30)), ask)


def _ask_for_report(committee: Actor, place_code: str, month: str) -> None:
    rolling.roll_up()
    asked = reports.ask_for_report(committee, place_code, month=month)
    # What it says is written down now; the deliveries process prints it.
    making.figured(asked["id"])


def supervise(stage: Stage, street: Actor, towns: list[Town], calendar: Calendar) -> None:
    """Let the street set targets, comment, and ask for two things to be put right."""
    own, *others = towns
    stage.at(wall(calendar.share(0.95), time(10)), partial(_set_targets, street, towns))
    stage.at(wall(calendar.share(0.34), time(15)), partial(_comment, street, own, calendar))
    due = calendar.last + timedelta(days=6)
    stage.at(wall(calendar.share(0.3), time(10)), partial(_ask, stage, street, own, due))
    if others:
        stage.at(wall(calendar.share(0.08), time(11)), partial(_ask_other, street, others[0], due))


def _set_targets(street: Actor, towns: list[Town]) -> None:
    for town in towns:
        reviews.set_target(street, town.code, "on_time", wanted=0.9)
        reviews.set_target(street, town.code, "satisfied", wanted=0.85)
        reviews.change_settings(town.committee, town.code, ranking=True)


def _comment(street: Actor, town: Town, calendar: Calendar) -> None:
    first, last = calendar.rain
    text = "连日降雨期间积水点处置及时，值守到位。请把易积水点位列入日常清掏清单。"
    reviews.comment(street, town.code, first=first, last=last, text=text, figure="on_time")


def _ask(stage: Stage, street: Actor, town: Town, due: date) -> None:
    asked = rectifications.raise_rectification(
        street,
        town.code,
        title="消防通道反复占用",
        demand="同一处消防通道一月内多次被占，请查明原因，拿出长效办法。",
        due_on=due,
        figure="rework",
    )
    answer = "已加装隔离桩四根，与物业约定夜间巡查两次，三户长期占用者签了承诺书。"
    stage.later(
        partial(
            rectifications.move_rectification, town.committee, asked["id"], to="answered",
            note=answer,
        ),
        days=2, hours=5,
    )  # fmt: skip
    stage.later(
        partial(rectifications.move_rectification, street, asked["id"], to="accepted"), days=4
    )


def _ask_other(street: Actor, town: Town, due: date) -> None:
    rectifications.raise_rectification(
        street,
        town.code,
        title="电动车入户充电整改",
        demand="请逐楼排查电动车进楼充电，建台账，月底前报整改情况。",
        due_on=due,
    )
