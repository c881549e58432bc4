"""Figures of an invented month, as `gathering` writes them down."""

import random
from datetime import date, timedelta

NAMES = {
    "FIRE_LANE": ("消防通道堵塞", "Blocked fire lane"),
    "E_BIKE": ("电动车违规充电", "E-bike charged indoors"),
    "LIGHT": ("路灯不亮", "Broken street light"),
    "MANHOLE": ("井盖松动", "Loose manhole cover"),
    "TREE": ("树枝危险", "Dangerous branch"),
}
GRIDS = [(f"51010500700400{n}", f"第{word}网格") for n, word in enumerate("一二三四五六七八", 1)]


def rate(numerator, denominator, excluded=0):
    value = round(numerator / denominator, 4) if denominator else None
    return {
        "value": value,
        "numerator": numerator,
        "denominator": denominator,
        "excluded": excluded,
    }


def figure(value, numerator=None, denominator=None, withheld=None):
    return {
        "value": None if withheld else value,
        "numerator": numerator,
        "denominator": denominator,
        "excluded": 0,
        "formula_version": 1,
        "withheld": withheld,
    }


def totals(reported, open_ones, overdue, closed):
    return {"reported": reported, "open": open_ones, "overdue": overdue, "closed": closed}


def cases(shift):
    return {
        "totals": totals(42 + shift, 6 - shift, 2, 39 + shift),
        "rates": {
            "on_time": rate(34 + shift, 37 + shift, 1),
            "satisfied": rate(21, 24 - shift, 5),
            "resolved": rate(27, 30, 9),
        },
    }


def patrols(shift):
    units = [
        {
            "code": code,
            "name": name,
            "minutes": max(0, 260 - 40 * at - 10 * shift),
            "grids": 1,
            "walked": int(260 - 40 * at - 10 * shift > 0),
        }
        for at, (code, name) in enumerate(GRIDS)
    ]
    return {
        "rounds": 23 - shift,
        "hours": 61.5 - shift,
        "attendance": rate(58, 62 + shift, 2),
        "no_shows": 4 + shift,
        "unplaced_minutes": 95,
        "units": units,
        "teams": [
            {"name": "红袖标队", "hours": 32.5, "people": 11},
            {"name": "夜间巡逻队", "hours": 21.0, "people": 8},
            {"name": None, "hours": 8.0, "people": 5},
        ],
    }


def participation(shift):
    return {
        "people": figure(86 - shift),
        "newly": figure(19),
        "returning": figure(67 - shift),
        "reported": figure(34),
        "confirmed": figure(27),
        "patrolled": figure(24),
        "learnt": figure(None, withheld="few"),
        "hours": figure(61.5 - shift),
        "breadth": figure(None, 71, 412),
        "grids": figure(None, 7, 8),
        "buildings": figure(None, withheld="coverage"),
    }


def index(value, **parts):
    made_of = {name: figure(None, *pair) for name, pair in parts.items()}
    return {
        "value": value,
        "numerator": None,
        "denominator": None,
        "excluded": 0,
        "formula_version": 1,
        "withheld": None,
        "parts": made_of,
    }


def indices(shift):
    return {
        "participation": index(
            47.3 - shift,
            breadth=(86, 412),
            continuity=(51, 80),
            evenness=(61, 100),
            responsiveness=(27, 37),
        ),
        "solving": index(
            81.2, on_time=(34, 37), closing=(39, 45), resolved=(27, 30), finality=(36, 39)
        ),
    }


def sample(seed=7):
    """Return the figures of 草堂路社区, October 2026."""
    dice = random.Random(seed)
    days = [date(2026, 10, 1) + timedelta(days=offset) for offset in range(31)]
    counts = zip((15, 12, 9, 4, 2), NAMES, strict=True)
    near = [
        (GRIDS[0][0][:12], "草堂路社区"),
        ("510105007005", "浣花社区"),
        ("510105007006", "百花社区"),
    ]
    return {
        "version": 1,
        "place": {
            "code": "510105007004",
            "kind": "community",
            "name": "草堂路社区",
            "below": "grid",
        },
        "from": "2026-10-01",
        "to": "2026-10-31",
        "categories": {code: {"zh-Hans": zh, "en": en} for code, (zh, en) in NAMES.items()},
        "cases": cases(0),
        "before": cases(-5),
        "by_category": [
            {
                "code": code,
                **totals(count, at % 3, at % 2, count - at % 3),
                "on_time": rate(count - 2, count),
            }
            for at, (count, code) in enumerate(counts)
        ],
        "by_place": [
            {
                "code": code,
                "name": name,
                **totals(11 - at, at % 2, 0, 10 - at),
                "on_time": rate(8 - at, 9 - at),
                "satisfied": rate(3, 4, at),
            }
            for at, (code, name) in enumerate(GRIDS)
        ],
        "by_day": [
            {"date": day.isoformat(), "reported": dice.randint(0, 4), "closed": dice.randint(0, 4)}
            for day in days
        ],
        "longest_open": [
            {
                "number": f"CT-202610{20 - n:02}-00{n}",
                "category": list(NAMES)[n % 5],
                "place": GRIDS[n][1],
                "reported_on": f"2026-10-{20 - n:02}",
                "days": 12 + n,
                "state": ("handling", "suspended", "handled")[n % 3],
                "late": n % 2 == 1,
            }
            for n in range(5, 0, -1)
        ],
        "orders": {"raised": 3, "open": 1, "answered_late": 1},
        "orders_before": {"raised": 2, "open": 0, "answered_late": 0},
        "patrols": patrols(0),
        "patrols_before": patrols(2),
        "participation": participation(0),
        "participation_before": participation(9),
        "indices": indices(0),
        "indices_before": indices(3),
        "compared": [
            {
                "code": code,
                "name": name,
                **totals(42 - at * 7, 3, 1, 39 - at * 7),
                "on_time": rate(34 - 8 * at, 37 - 6 * at),
                "satisfied": rate(21, 24),
                "resolved": rate(20 - at, 24),
            }
            for at, (code, name) in enumerate(near)
        ],
        "residents": {
            "figures": {
                "reported": figure(42),
                "closed": figure(39),
                "on_time": figure(None, 34, 37),
                "satisfied": figure(None, 21, 24),
                "resolved": figure(None, withheld="few"),
            },
            "before": {
                "reported": figure(37),
                "closed": figure(34),
                "on_time": figure(None, 29, 32),
                "satisfied": figure(None, withheld="few"),
                "resolved": figure(None, withheld="few"),
            },
            "by_category": [
                {"code": "FIRE_LANE", "reported": 15, "closed": 14},
                {"code": "E_BIKE", "reported": 12, "closed": 12},
                {"code": "other", "reported": 15, "closed": 13},
            ],
            "lumped": True,
            "walked": {"rounds": figure(23), "hours": figure(61.5)},
        },
    }
