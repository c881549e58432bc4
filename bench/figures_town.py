"""A made-up town around made-up facts: homes, volunteers, cases with their histories, rounds."""

import random
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import func, insert, select

from app.committees.models import CommitteeSetting
from app.core.db import changed_rows, read, writing
from app.core.idempotency import insert_ignore
from app.hazards import rules
from app.hazards.models import Hazard, HazardMove, SupervisionOrder
from app.patrols.models import Shift
from app.places.models import Place
from app.residents.models import Residence, Resident
from app.rollups.models import RegisteredDay
from app.rounds.models import Attendance, WalkedHour
from app.volunteers.hours_models import HourEntry
from app.volunteers.models import Team, Volunteer
from bench.rollups_crowd import FIRST, Town

NOW = datetime(2025, 12, 30, 10, tzinfo=UTC)
"""The evening of the last day of a town of two years."""
BEGAN = datetime(2023, 10, 1, 3, tzinfo=UTC)
KINDS = {6: "district", 9: "street", 12: "community", 15: "grid", 18: "building"}
CATEGORIES = ("FIRE_LANE", "EBIKE_WIRE", "LIGHT", "WASTE")
NIGHTS, SHARE_COUNTED = 14, 0.8
AT_ONCE = 2000
Row = dict[str, Any]


def fill(town: Town, count: int, dice: random.Random) -> None:
    """Add what pages count besides facts; so many facts make the town's size."""
    codes = [town.grid(c, g) for c in range(town.communities) for g in range(town.grids)]
    _places(codes)
    homes = _people(town, dice)
    _nights(homes, codes, dice)
    _cases(max(80, count // 50), codes, dice)
    _rounds(max(30, count // 400), codes, dice)


def _write(model: Any, rows: Sequence[Row]) -> None:
    for first in range(0, len(rows), AT_ONCE):
        with writing():
            changed_rows(insert(model), list(rows[first : first + AT_ONCE]))


def _places(grids: Sequence[str]) -> None:
    buildings = [f"{grid}{number:03d}" for grid in grids for number in range(1, 9)]
    codes = sorted({code[:digits] for code in buildings for digits in KINDS})
    with writing():
        for code in codes:
            new = {"code": code, "kind": KINDS[len(code)], "name": f"{code}号"}
            parent = code[:-3] if len(code) > 6 else None
            changed_rows(insert_ignore(Place).values(**new, parent_code=parent))


def _people(town: Town, dice: random.Random) -> dict[int, tuple[str, datetime]]:
    """Let residents live where facts say that they are at home; returns confirmed homes."""
    known = read(select(func.max(Resident.id))).scalar_one() or 0
    person = {"name": "村民", "language": "zh-Hans", "letter_size": "standard", "created_at": BEGAN}
    wanted = range(known + 1, town.residents + 1)
    _write(Resident, [person | {"id": who, "openid": f"o-town-{who}"} for who in wanted])
    housed = set(read(select(Residence.resident_id)).scalars())
    serving = set(read(select(Volunteer.resident_id)).scalars())
    buildings = {
        row.code: row.id
        for row in read(select(Place.code, Place.id).where(Place.kind == "building"))
    }
    homes, rows, volunteers = {}, [], []
    for who in range(town.residents):
        community, mine = who % town.communities, who + 1
        grid = town.grid(community, (who // town.communities) % town.grids)
        building = f"{grid}{min(8, 1 + int(dice.random() ** 2 * 9)):03d}"
        confirmed = (who * 37 % 100) / 100 < town.confirmed
        decided = BEGAN + timedelta(hours=dice.randrange(730 * 24)) if confirmed else None
        if mine not in housed:
            rows.append({
                "resident_id": mine, "place_code": grid, "room": "1-101",
                "building_id": buildings[building] if dice.random() < 0.9 else None,
                "state": "confirmed" if confirmed else dice.choice(["requested", "withdrawn"]),
                "requested_at": BEGAN, "decided_at": decided,
            })  # fmt: skip
            if decided:
                homes[mine] = (grid, decided)
        if mine not in serving and dice.random() < 0.5:
            volunteers.append({
                "resident_id": mine, "number": f"T{mine}", "birth_year": dice.randint(1940, 2013),
                "skills": [], "languages": [], "availability": [], "on_honour_board": False,
                "paused": False, "since": BEGAN,
            })  # fmt: skip
    _write(Residence, rows)
    _write(Volunteer, volunteers)
    return homes


def _nights(
    homes: dict[int, tuple[str, datetime]], grids: Sequence[str], dice: random.Random
) -> None:
    """Write down what some nights counted; some places they did not know yet."""
    codes = sorted({grid[:digits] for grid in grids for digits in (6, 9, 12, 15)})
    rows = []
    for day in sorted({FIRST + timedelta(days=dice.randrange(100, 730)) for _ in range(NIGHTS)}):
        for code in codes:
            if dice.random() < SHARE_COUNTED:
                mine = sum(
                    grid.startswith(code) and moment.date() < day for grid, moment in homes.values()
                )
                gone = dice.randint(0, 3)
                row = {
                    "day": day,
                    "digits": len(code),
                    "place_code": code,
                    "residents": mine + gone,
                }
                rows.append(row)
    _write(RegisteredDay, rows)
    wanting = [code for code in codes if len(code) < 15 and dice.random() < 0.6]
    owner = {"ranking": True, "changed_by": 1, "changed_at": BEGAN}
    _write(CommitteeSetting, [owner | {"place_code": code} for code in wanting])


# Cases


def _cases(number: int, grids: Sequence[str], dice: random.Random) -> None:
    first = (read(select(func.max(Hazard.id))).scalar_one() or 0) + 1
    cases, lines, orders = [], [], []
    for case_id in range(first, first + number):
        case, history = _story(case_id, grids, dice)
        cases.append(case)
        lines += history
        if dice.random() < 0.15:
            orders.append(_order(case, dice))
    _write(Hazard, cases)
    _write(HazardMove, lines)
    _write(SupervisionOrder, orders)


def _story(case_id: int, grids: Sequence[str], dice: random.Random) -> tuple[Row, list[Row]]:
    """Walk a case through the table of moves at random until it rests or now is reached."""
    at = BEGAN + timedelta(minutes=dice.randrange(int((NOW - BEGAN).total_seconds()) // 60))
    place = dice.choice(grids)[: dice.choice([15, 15, 15, 12])]
    case: Row = {
        "id": case_id, "version": 1, "number": f"TW-{case_id}", "category": dice.choice(CATEGORIES),
        "severity": "S2", "description": "路灯不亮。", "lat": 30.6, "lon": 104.0,
        "place_code": place, "place_name": place, "community_code": place[:12],
        "reporter_id": dice.randint(1, 200), "anonymous": False, "state": "reported",
        "reported_at": at, "accept_by": at + timedelta(minutes=15), "expected_by": at,
        "accepted_at": None,
        "due_at": None, "act_by": at + timedelta(minutes=15), "suspended_at": None,
        "suspension_approved": False, "handled_at": None, "closed_at": None, "rating": None,
        "solved": None, "appealed": False,
    }  # fmt: skip
    history = [_line(case, ("report", None, 1), at, dice)]
    for _ in range(dice.choice([0, 1, 2, 3, 4, 5, 5, 6, 7, 8, 9, 12])):
        at += timedelta(minutes=int(dice.expovariate(1 / dice.choice([8, 60, 3000]))) + 1)
        moves = [move for move in rules.MOVES if move.origin == case["state"]]
        if case["appealed"]:
            moves = [move for move in moves if move.name != "appeal"]
        # Most stories go on rather than back.
        onward = [m for m in moves if m.name in {"accept", "assign", "start", "finish", "confirm"}]
        chosen = dice.choice(onward if onward and dice.random() < 0.6 else moves or [None])
        if chosen is None or at > NOW:
            break
        origin = case["state"]
        _change(case, chosen.name, chosen.to, at, dice)
        history.append(_line(case, (chosen.name, origin, len(history) + 1), at, dice))
    case["moves_made"] = len(history)
    return case, history


def _change(case: Row, move: str, state: str, at: datetime, dice: random.Random) -> None:
    case["state"] = state
    hours = timedelta(hours=dice.choice([1, 4, 24, 72]))
    if move == "accept":
        case |= {"accepted_at": at, "due_at": at + hours}
    elif move == "finish":
        case["handled_at"] = at
    elif move == "suspend":
        case |= {"suspended_at": at, "suspension_approved": dice.random() < 0.3}
    elif move == "approve_suspension":
        case["suspension_approved"] = True
    elif move in {"not_solved", "reopen"}:
        case |= {"handled_at": None, "closed_at": None, "due_at": at + hours}
    elif move == "appeal":
        case |= {"appealed": True, "due_at": None}
    if state == "closed":
        case["closed_at"] = at
    case["act_by"] = at + hours if state in rules.OPEN and state != "handled" else None


def _line(case: Row, step: tuple[str, str | None, int], at: datetime, dice: random.Random) -> Row:
    move, origin, seq = step
    said: Row = {"rating": None, "solved": None, "due_at": None, "handled_at": None}
    if move == "confirm":
        said |= {"rating": dice.randint(1, 5), "solved": True}
    elif move in {"not_solved", "reopen"}:
        said["solved"] = False if dice.random() < 0.8 else None
    if case["state"] == "closed" and origin != "closed":
        said |= {"due_at": case["due_at"], "handled_at": case["handled_at"]}
    return said | {
        "hazard_id": case["id"], "seq": seq, "at": at, "move": move, "from_state": origin,
        "to_state": case["state"], "actor_id": 1, "actor_role": "dispatcher",
    }  # fmt: skip


def _order(case: Row, dice: random.Random) -> Row:
    raised = case["reported_at"] + timedelta(hours=dice.randrange(1, 90))
    answered = raised + timedelta(hours=dice.randrange(1, 60)) if dice.random() < 0.7 else None
    return {
        "hazard_id": case["id"], "seq": 1, "place_code": case["place_code"], "percent": 100,
        "due_at": raised, "raised_at": raised, "answer_by": raised + timedelta(hours=24),
        "answered_at": answered,
    }  # fmt: skip


# Rounds


def _rounds(number: int, grids: Sequence[str], dice: random.Random) -> None:
    teams = [
        {"name": f"{code}队", "kind": "corridor", "place_code": code, "created_by": 1,
         "created_at": BEGAN}
        for code in sorted({grid[:12] for grid in grids})
    ]  # fmt: skip
    _write(Team, teams)
    team_ids = {row.place_code: row.id for row in read(select(Team.place_code, Team.id))}
    first = (read(select(func.max(Shift.id))).scalar_one() or 0) + 1
    shifts, came, hours, walked = [], [], [], []
    for shift_id in range(first, first + number):
        shift = _shift(shift_id, dice.choice(grids), team_ids, dice)
        shifts.append(shift)
        if shift["starts_at"] < NOW:
            for who in dice.sample(range(1, 201), dice.randint(0, 5)):
                came.append(_came(shift, who, dice))
                if came[-1]["state"] == "ended":
                    hours.append(_served(shift, who, came[-1]["minutes"], dice))
            walked += list(_walked(shift, dice))
    for model, rows in (
        (Shift, shifts),
        (Attendance, came),
        (HourEntry, hours),
        (WalkedHour, walked),
    ):
        _write(model, rows)


def _shift(shift_id: int, grid: str, team_ids: dict[str, int], dice: random.Random) -> Row:
    starts = NOW + timedelta(minutes=dice.randrange(-150 * 24 * 60, 20 * 24 * 60))
    capacity = dice.randint(2, 8)
    return {
        "id": shift_id, "uid": f"town-{shift_id}", "place_code": grid[: dice.choice([15, 12])],
        "place_name": grid, "team_id": team_ids[grid[:12]] if dice.random() < 0.7 else None,
        "title": "夜巡", "starts_at": starts, "ends_at": starts + timedelta(hours=2),
        "capacity": capacity, "minimum": dice.randint(1, capacity), "skills": [],
        "taken": dice.randint(0, capacity), "created_by": 1, "created_at": BEGAN,
        "changed_at": BEGAN, "state": dice.choice(["open", "open", "open", "cancelled"]),
    }  # fmt: skip


def _came(shift: Row, who: int, dice: random.Random) -> Row:
    state = dice.choice(["ended", "ended", "ended", "no_show", "expected"])
    minutes = dice.randint(10, 120) if state == "ended" else 0
    return {
        "shift_id": shift["id"], "resident_id": who, "place_code": shift["place_code"],
        "team_id": shift["team_id"], "starts_at": shift["starts_at"], "state": state,
        "minutes": minutes,
    }  # fmt: skip


def _served(shift: Row, who: int, minutes: int, dice: random.Random) -> Row:
    reversed_at = shift["ends_at"] if dice.random() < 0.1 else None
    return {
        "resident_id": who, "shift_id": shift["id"], "place_code": shift["place_code"],
        "team_id": shift["team_id"], "title": "夜巡", "starts_at": shift["starts_at"],
        "ends_at": shift["ends_at"], "minutes": minutes, "evidence": 3,
        "state": dice.choice(["credited", "credited", "held"]), "at": shift["ends_at"],
        "reversed_at": reversed_at,
    }  # fmt: skip


def _walked(shift: Row, dice: random.Random) -> Iterator[Row]:
    hour = shift["starts_at"].replace(minute=0, second=0, microsecond=0)
    community = shift["place_code"][:12]
    for number in range(dice.randint(0, 3)):
        place = community if dice.random() < 0.2 else f"{community}{dice.randint(1, 3):03d}"
        yield {
            "shift_id": shift["id"], "place_code": place, "hour_at": hour + timedelta(hours=number),
            "minutes": dice.randint(1, 90),
        }  # fmt: skip


def some_day(dice: random.Random) -> date:
    """Return a day of the town's two years."""
    return FIRST + timedelta(days=dice.randrange(728))
