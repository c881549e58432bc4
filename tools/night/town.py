"""The people, routes and shifts of the night, in a database; and who walks how."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import insert, select, update

from app.core.access import Actor
from app.core.db import changed_rows, db, read, writing
from app.patrols import planning
from app.patrols import rules as patrol_rules
from app.patrols.models import Checkpoint, PatrolRoute, Shift, SignUp
from app.places.models import Place
from app.residents.models import Resident
from app.volunteers.models import Volunteer
from app.volunteers.rules import RISK_VERSION
from tools.night.forgeries import FORGERIES, Case, carries_two_phones
from tools.night.walks import (
    CHECKPOINTS,
    LASTS,
    METRES_A_DEGREE,
    Fix,
    Receiver,
    Route,
    Scan,
    Trip,
    Way,
    honest_trip,
    make_route,
)

EVENING = datetime(2026, 11, 20, 11, 30, tzinfo=UTC)
"""Friday, 19:30 in Shanghai."""
CREW = 10
ACCOMPLICE = "one code on two phones"


@dataclass
class Walker:
    """Somebody of the night: which way they cheat, if any, and what their phone has."""

    actor: Actor
    round_id: int
    leads: bool
    tracked: bool
    trip: Trip
    way: Way
    cheats: str | None = None


@dataclass
class Round:
    """One round of the night; `middle` is where metres are counted from, in degrees."""

    id: int
    starts_at: datetime
    route: Route
    middle: tuple[float, float]
    checkpoints: list[tuple[int, str]]

    def degrees(self, fix: Fix) -> tuple[float, float]:
        """Return a fix's latitude and longitude."""
        lat, lon = self.middle
        north = fix.north / METRES_A_DEGREE
        east = fix.east / METRES_A_DEGREE / math.cos(math.radians(lat))
        return round(lat + north, 7), round(lon + east, 7)


def build(dice: Random, volunteers: int, forged: int) -> tuple[dict[int, Round], list[Walker]]:
    """Fill a database with rounds of ten people each; `forged`: how many cheat in each way."""
    rounds: dict[int, Round] = {}
    walkers: list[Walker] = []
    grids = read(select(Place.code, Place.lat, Place.lon).where(Place.kind == "grid")).all()
    actors = _people(volunteers)
    for number in range(-(-volunteers // CREW)):
        crew = actors[number * CREW : (number + 1) * CREW]
        found = _round(dice, grids[number % len(grids)], crew, number)
        rounds[found.id] = found
        walkers += _walkers(dice, found, crew)
    _forge(dice, rounds, walkers, forged)
    return rounds, walkers


def _people(number: int) -> list[Actor]:
    now = EVENING - timedelta(days=30)
    people = [
        {
            "openid": f"o-night-{n}",
            "name": f"志愿者{n}",
            "language": "zh-Hans",
            "letter_size": "standard",
            "created_at": now,
        }
        for n in range(number)
    ]
    with writing():
        made = read(insert(Resident).returning(Resident.id, Resident.name), people).all()  # type: ignore[arg-type]
        profile = {
            "birth_year": 1980,
            "skills": [],
            "languages": ["zh"],
            "availability": [],
            "risk_version": RISK_VERSION,
            "risk_consent_at": now,
            "location_consent_at": now,
            "on_honour_board": False,
            "paused": False,
            "since": now,
        }
        rows = [{"resident_id": r.id, "number": f"LV-N-{r.id}", **profile} for r in made]
        changed_rows(insert(Volunteer), rows)
    return [Actor(row.id, row.name) for row in sorted(made, key=lambda row: row.id)]


def _round(dice: Random, grid: Any, crew: list[Actor], number: int) -> Round:
    """Make a route and a shift on it; `crew[0]` leads and walks along."""
    code, lat, lon = str(grid.code), float(grid.lat), float(grid.lon)
    route = make_route(dice)
    starts_at = EVENING + timedelta(minutes=15 * (number % 8))
    leader = crew[0].resident_id
    found = Round(0, starts_at, route, (lat, lon), [])
    spots = [found.degrees(Fix(0, east, north, 5)) for east, north in route.checkpoints]
    line = [found.degrees(Fix(0, east, north, 5)) for east, north in route.corners]
    with writing():
        row = {
            "place_code": code,
            "place_name": "夜",
            "name": f"路线{number}",
            "path": [list(point) for point in line],
            "length_m": 2500,
            "active": True,
            "created_by": leader,
            "created_at": starts_at,
        }
        route_id = read(insert(PatrolRoute).returning(PatrolRoute.id), row).scalar_one()
        for seq, (spot_lat, spot_lon) in enumerate(spots, 1):
            secret = f"night-{number}-{seq}"
            point = {"lat": spot_lat, "lon": spot_lon, "radius_m": 30, "secret": secret}
            named = {"route_id": route_id, "seq": seq, "name": f"点{seq}", **point}
            made = read(insert(Checkpoint).returning(Checkpoint.id), named).scalar_one()
            found.checkpoints.append((made, patrol_rules.code_text(made, secret)))
        [found.id] = planning.plan_shifts(
            None,
            [
                {
                    "title": "夜巡",
                    "place_code": code,
                    "route_id": route_id,
                    "leader_id": leader,
                    "created_by": leader,
                    "starts_at": starts_at,
                    "ends_at": starts_at + timedelta(seconds=LASTS),
                    "capacity": CREW,
                }
            ],
            past=True,
        )
        seat = {"shift_id": found.id, "state": patrol_rules.JOINED}
        times = {"signed_at": starts_at, "joined_at": starts_at, "changed_at": starts_at}
        seats = [{**seat, **times, "resident_id": actor.resident_id} for actor in crew]
        changed_rows(insert(SignUp), seats)
        changed_rows(update(Shift).where(Shift.id == found.id).values(taken=len(crew)))
    db.session.remove()
    return found


def _walkers(dice: Random, found: Round, crew: list[Actor]) -> Iterator[Walker]:
    """Give the crew's honest rounds: in twos and threes, each with a pace of their own."""
    speed = dice.uniform(0.95, 1.25)
    for place, actor in enumerate(crew):
        if place % 3 == 0:
            speed = dice.uniform(0.95, 1.25)
        leads = place == 0
        late = dice.uniform(-240, 60) if dice.random() > 0.06 else dice.uniform(300, 1500)
        tracked = leads or dice.random() < 0.8
        trip, way = honest_trip(
            dice,
            found.route,
            speed=speed,
            late=0.0 if leads else late,
            tracked=tracked,
            leads=leads,
        )
        yield Walker(actor, found.id, leads, tracked, trip, way)


def _forge(dice: Random, rounds: dict[int, Round], walkers: list[Walker], forged: int) -> None:
    """Let so many cheat in each way, on different rounds; leaders and friends stay honest."""
    turn = 0
    for name, (_, ways) in FORGERIES.items():
        for number in range(forged):
            # Nobody is taken twice, up to four cheats a round.
            lap = turn // len(rounds)
            cheat, friend = (walkers[(turn * CREW + n + lap) % len(walkers)] for n in (2, 6))
            turn += 1
            found = rounds[cheat.round_id]
            friend.trip, friend.way = _steady(dice, found.route)
            friend.tracked = True
            forge = ways[number % len(ways)]
            if forge is carries_two_phones:
                friend.cheats = ACCOMPLICE
                friend.trip = _all_printed(dice, friend)
            case = Case(dice, cheat.trip, cheat.way, found.route, friend.trip, number)
            cheat.trip, cheat.cheats = forge(case), name


def _steady(dice: Random, route: Route) -> tuple[Trip, Way]:
    """Return an honest round on which nothing goes wrong: one that somebody else can use."""
    while True:
        trip, way = honest_trip(dice, route, speed=1.1, late=0.0, tracked=True)
        codes = [scan.code is not None for scan in trip.scans if scan.kind != "checkpoint"]
        if codes == [True, True] and all(scan.fix for scan in trip.scans):
            return replace(trip, clock_off=0.0, offline=()), way


def _all_printed(dice: Random, friend: Walker) -> Trip:
    """Return the round of who holds two phones before each printed code."""
    scans = [
        replace(scan, code=("printed", float(scan.checkpoint)))
        if scan.checkpoint is not None
        else scan
        for scan in friend.trip.scans
    ]
    have = {scan.checkpoint for scan in scans}
    receiver = Receiver(dice)
    for checkpoint, (at, where) in enumerate(friend.way.points[2:-1:2], 1):
        if checkpoint not in have and checkpoint < CHECKPOINTS:
            spot = receiver.fix(at + 20, where)
            scans.append(
                Scan("checkpoint", at + 20, spot, checkpoint, ("printed", float(checkpoint)))
            )
    return replace(friend.trip, scans=tuple(sorted(scans, key=lambda scan: scan.at)))
