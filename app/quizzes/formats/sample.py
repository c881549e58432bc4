"""A few questions to show what a format looks like; of each kind that files hold."""

from typing import Any

_AS_OF = "2026-11-01"
_FIRE_LAW = {
    "name": {"zh": "中华人民共和国消防法", "en": "Fire Protection Law"},
    "article": "第二十八条",
    "quote": "任何单位、个人不得占用、堵塞、封闭疏散通道、安全出口、消防车通道",
    "as_of": _AS_OF,
}
_HIGH_RISE = {
    "name": {
        "zh": "高层民用建筑消防安全管理规定",
        "en": "Fire safety rules for high-rise civil buildings",
    },
    "article": "第三十七条",
    "as_of": _AS_OF,
}

QUESTIONS: tuple[dict[str, Any], ...] = (
    {
        "key": "sample-1",
        "topic": "fire",
        "kind": "true_false",
        "difficulty": 1,
        "stem": {
            "zh": "家门口的楼道可以放鞋柜。",
            "en": "A shoe cabinet may stand in the corridor outside one's door.",
        },
        "answer": False,
        "explanation": {
            "zh": "楼道是逃生的路，放了东西就堵住了。",
            "en": "The corridor is the way out; what stands there blocks it.",
        },
        "at_home": {"zh": "今天看一看：门口有没有杂物？", "en": "Look today: is anything there?"},
        "source": _FIRE_LAW,
    },
    {
        "key": "sample-2",
        "topic": "ebike",
        "kind": "single",
        "difficulty": 1,
        "stem": {
            "zh": "电动自行车的电池可以在哪里充电？",
            "en": "Where may the battery of an e-bike be charged?",
        },
        "options": [
            {"zh": "室外的集中充电点", "en": "At a charging point outdoors", "right": True},
            {"zh": "楼道里", "en": "In the stairwell"},
            {"zh": "床边", "en": "Beside the bed"},
        ],
        "explanation": {
            "zh": "电池起火几十秒就会封住出口。",
            "en": "A burning battery blocks the way out within a minute.",
        },
        "source": _HIGH_RISE,
    },
    {
        "key": "sample-3",
        "topic": "ebike",
        "kind": "multiple",
        "difficulty": 2,
        "stem": {
            "zh": "哪些地方不能停放电动自行车？",
            "en": "Where must no e-bike be parked?",
        },
        "options": [
            {"zh": "公共门厅", "en": "In the lobby", "right": True},
            {"zh": "疏散走道", "en": "In an escape corridor", "right": True},
            {"zh": "室外停车棚", "en": "In a shed outdoors"},
        ],
        "explanation": {
            "zh": "门厅和走道是大家逃生的路。",
            "en": "Lobby and corridors are everybody's way out.",
        },
        "source": _HIGH_RISE,
    },
    {
        "key": "sample-4",
        "topic": "fire",
        "kind": "ordering",
        "difficulty": 1,
        "stem": {
            "zh": "家里起火，先做什么，后做什么？",
            "en": "A fire at home: what comes first, what next?",
        },
        "options": [
            {"zh": "叫醒家人一起离开", "en": "Wake the family and leave together"},
            {"zh": "随手关上房门", "en": "Shut the door behind you"},
            {"zh": "到了楼外马上打 119", "en": "Call 119 at once when outside"},
        ],
        "explanation": {
            "zh": "人先走；关门能挡住烟。",
            "en": "People first; a shut door keeps the smoke back.",
        },
        "source": _FIRE_LAW | {"article": "第四十四条", "quote": "任何人发现火灾都应当立即报警"},
    },
)
