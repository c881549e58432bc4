"""The subscribe messages of the stand-in's account, as somebody chose them in WeChat's console.

Their ids are `demo-` and the name with hyphens, or what `WECHAT_TEMPLATES` says (JSON, ids by
name), as for the application. What a field holds goes by its kind, which is its name without
the number.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Template:
    """One message: our name, its title on the phone, the labels of its fields, in order."""

    name: str
    title: tuple[str, str]
    labels: Mapping[str, tuple[str, str]]


NUMBER = ("编号", "Number")
WHAT = ("隐患类型", "What")
WHERE = ("地点", "Where")
NOTE = ("备注", "Note")
WHEN = ("时间", "When")
PROMISE = ("承诺办结", "Promised by")
SHIFT = {
    "thing1": ("班次", "Shift"),
    "time2": ("开始时间", "Begins"),
    "thing3": WHERE,
    "thing4": NOTE,
}

TEMPLATES = (
    Template(
        "case_accepted",
        ("报告受理通知", "Report accepted"),
        {"character_string1": NUMBER, "thing2": WHAT, "time3": PROMISE, "thing4": WHERE},
    ),
    Template(
        "case_handled",
        ("处理结果通知", "What was done"),
        {"character_string1": NUMBER, "thing2": WHAT, "thing3": NOTE, "time4": WHEN},
    ),
    Template(
        "case_late",
        ("时限变化通知", "Change of time"),
        {"character_string1": NUMBER, "thing2": WHAT, "time3": PROMISE, "thing4": NOTE},
    ),
    Template(
        "task_new",
        ("新任务通知", "New task"),
        {
            "character_string1": NUMBER,
            "thing2": WHAT,
            "thing3": WHERE,
            "time4": ("办理期限", "Due"),
        },
    ),
    Template(
        "task_due",
        ("任务到期提醒", "Task due"),
        {
            "character_string1": NUMBER,
            "thing2": WHAT,
            "time3": ("截止时间", "Due"),
            "phrase4": ("状态", "Status"),
        },
    ),
    Template(
        "task_back",
        ("任务退回通知", "Task came back"),
        {"character_string1": NUMBER, "thing2": WHAT, "thing3": NOTE, "time4": WHEN},
    ),
    Template(
        "supervision",
        ("督办通知", "Supervision"),
        {
            "character_string1": NUMBER,
            "thing2": WHAT,
            "thing3": WHERE,
            "phrase4": ("督办级别", "Level"),
            "time5": WHEN,
        },
    ),
    Template(
        "announcement",
        ("社区通知", "News of the community"),
        {
            "thing1": ("标题", "Title"),
            "thing2": ("内容", "Text"),
            "thing3": ("发布单位", "From"),
            "time4": WHEN,
        },
    ),
    Template("shift", ("巡逻班次通知", "Patrol shift"), SHIFT),
    Template("shift_lead", ("带班通知", "For who leads a shift"), SHIFT),
    Template(
        "quiz",
        ("每日答题提醒", "Daily questions"),
        {"thing1": ("内容", "What"), "time2": ("截止时间", "Until"), "thing3": NOTE},
    ),
)


def templates_by_id(ids: Mapping[str, str] | None = None) -> dict[str, Template]:
    """Return the account's templates by id; `ids` by name replace the demo's."""
    demo = {template.name: f"demo-{template.name.replace('_', '-')}" for template in TEMPLATES}
    chosen = demo | dict(ids or {})
    return {chosen[template.name]: template for template in TEMPLATES}


def _at_most(most: int) -> Callable[[str], bool]:
    return lambda text: len(text) <= most


def _matches(pattern: str) -> Callable[[str], bool]:
    return lambda text: re.fullmatch(pattern, text) is not None


_HOLDS: dict[str, Callable[[str], bool]] = {
    "thing": _at_most(20),
    "number": _matches(r"[0-9.]{1,32}"),
    "letter": _matches(r"[A-Za-z]{1,32}"),
    "character_string": _matches(r"[\x21-\x7e]{1,32}"),
    "symbol": _at_most(5),
    "phrase": _matches(r"[\u4e00-\u9fff]{1,5}"),
    "name": _matches(r"[\u4e00-\u9fff]{1,10}|[ -~]{1,20}"),
    "phone_number": _at_most(17),
    "car_number": _at_most(8),
    "amount": _matches(r"\D?[0-9]{1,10}(\.[0-9]+)?元?"),
    "time": _matches(r"([0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日)?\s?([0-9]{1,2}:[0-9]{2})?"),
    "date": _matches(r"[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日(\s[0-9]{1,2}:[0-9]{2})?"),
}
"""What each kind of field takes."""


def wrong_field(template: Template, data: object) -> str | None:
    """Return the first field that WeChat would complain of: missing, unknown, empty, too long."""
    if not isinstance(data, dict):
        return "data"
    if strangers := sorted(map(str, data.keys() - template.labels.keys())):
        return strangers[0]
    for name in template.labels:
        entry = data.get(name)
        text = entry.get("value") if isinstance(entry, dict) else None
        if not isinstance(text, str) or not text or "\n" in text:
            return name
        if not _HOLDS[name.rstrip("0123456789")](text):
            return name
    return None
