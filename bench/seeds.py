"""A town's worth of cases, written straight into the tables.

Three in five lie in the community of 草堂路 and one in four is the demo
resident's own, so that the longest lists are really long; two in five are open.
A closed case has its whole history, and a photo from before and one from after.
"""

import random
from datetime import datetime, timedelta
from typing import Any

from flask_jwt_extended import create_access_token
from sqlalchemy import insert, select

from app.core import clock, crypto
from app.core.access import Actor
from app.core.db import db, read, unit_of_work
from app.hazards import categories, rules
from app.hazards.models import Hazard, HazardMove, HazardPhoto
from app.photos.models import Photo
from app.places.models import Place
from app.residents.models import Resident, SignIn
from demo import places
from demo.seed import COMMUNITY, add_people

SEED = 20261121
NEIGHBOURS = 200
AT_ONCE = 2000
MIDDLE = (30.6590, 104.0270)
"""Of the home community, roughly; (lat, lon)."""

STORIES = (
    ("reported", 8, ()),
    ("accepted", 6, ("accept",)),
    ("assigned", 6, ("accept", "assign")),
    ("handling", 12, ("accept", "assign", "start")),
    ("suspended", 8, ("accept", "assign", "start", "suspend")),
    ("handled", 6, ("accept", "assign", "start", "finish")),
    ("closed", 50, ("accept", "assign", "start", "finish", "confirm")),
    ("declined", 4, ("decline",)),
)
"""State, how many in a hundred, and the moves that led there."""

MOVES = {move.name: move for move in (*rules.MOVES, rules.REPORT)}
TOLD = "单元门口的消防车道停了三辆小车，消防车进不来，请尽快处理。"
OWED = {"reported", "accepted", "assigned", "handling", "suspended"}


def fill(hazards: int) -> dict[str, Actor]:
    """Add places, people and so many cases; returns the people by demo code."""
    places.load()
    categories.import_categories()
    people = add_people()
    town = Town(people)
    for first in range(0, hazards, AT_ONCE):
        write(town, range(first + 1, min(first + AT_ONCE, hazards) + 1))
    return people


@unit_of_work()
def sign_in(actor: Actor) -> str:
    """Sign somebody in without WeChat; returns the access token."""
    sign_in_id = crypto.random_token()
    db.session.add(SignIn(id=sign_in_id, resident_id=actor.resident_id, created_at=clock.now()))
    return str(
        create_access_token(
            str(actor.resident_id),
            additional_claims={"sid": sign_in_id},
            expires_delta=timedelta(days=1),
        )
    )


class Town:
    """Who reports and handles, and where."""

    def __init__(self, people: dict[str, Actor]) -> None:
        self.dice = random.Random(SEED)
        self.now = clock.now()
        self.resident = people["demo:resident"].resident_id
        self.workers = [people[f"demo:gridworker{n}"].resident_id for n in ("", "2")]
        self.neighbours = self._add_neighbours()
        rows = read(select(Place.code).where(Place.kind == "community").order_by(Place.code))
        self.communities = [code for code in rows.scalars() if code != COMMUNITY]
        db.session.rollback()

    @unit_of_work()
    def _add_neighbours(self) -> list[int]:
        found = [
            {
                "openid": f"o-bench-{number}",
                "name": f"邻居{number}",
                "language": "zh-Hans",
                "letter_size": "standard",
                "created_at": self.now,
            }
            for number in range(NEIGHBOURS)
        ]
        return list(db.session.scalars(insert(Resident).returning(Resident.id), found))

    def spot(self) -> tuple[str, float, float]:
        """Return a grid's code and a point thereabouts."""
        dice = self.dice
        if dice.random() < 0.6:
            grid = f"{COMMUNITY}{dice.randint(1, 4):03}"
            lat, lon = MIDDLE
            return grid, lat + dice.gauss(0, 0.003), lon + dice.gauss(0, 0.003)
        grid = f"{dice.choice(self.communities)}{dice.randint(1, 4):03}"
        lat, lon = MIDDLE
        return grid, lat + dice.uniform(-0.05, 0.05), lon + dice.uniform(-0.05, 0.05)

    def reporter(self) -> int:
        """Return somebody who reports."""
        return self.resident if self.dice.random() < 0.25 else self.dice.choice(self.neighbours)


Rows = list[dict[str, Any]]


@unit_of_work()
def write(town: Town, ids: range) -> None:
    """Write cases with these ids, oldest first."""
    hazards: Rows = []
    history: Rows = []
    taken: Rows = []
    hung: Rows = []
    for hazard_id in ids:
        state, _, names = town.dice.choices(STORIES, [weight for _, weight, _ in STORIES])[0]
        begun = town.now - timedelta(minutes=town.dice.randint(60, 400_000))
        hazard = case(town, hazard_id, state, begun)
        lines = told(town, hazard, names)
        shown = photos(hazard, lines)
        hazards.append(hazard | {"photo_count": len(shown), "moves_made": len(lines)})
        history += lines
        hung += shown
        taken += [photo(town, row["photo_id"], hazard) for row in shown]
    session = db.session
    for table, rows in ((Photo, taken), (Hazard, hazards), (HazardMove, history)):
        session.execute(insert(table), rows)
    session.execute(insert(HazardPhoto), hung)


def case(town: Town, hazard_id: int, state: str, begun: datetime) -> dict[str, Any]:
    """Return the row of a case."""
    dice = town.dice
    grid, lat, lon = town.spot()
    went_on = state not in {"reported", "declined"}
    assigned = went_on and state != "accepted"
    due = begun + timedelta(hours=dice.choice([2, 4, 24, 72]))
    ended = begun + timedelta(hours=dice.uniform(0.5, 30))
    owed = town.now + timedelta(minutes=dice.randint(-30_000, 30_000))
    return {
        "id": hazard_id,
        "version": 1,
        "number": f"CT-{begun:%Y%m%d}-{hazard_id:06}",
        "category": dice.choice(["FIRE_LANE", "EBIKE_WIRE", "LIGHT", "WASTE"]),
        "severity": "S2",
        "description": TOLD,
        "address": "3 栋东侧消防车道",
        "lat": lat,
        "lon": lon,
        "place_code": grid,
        "place_name": "草堂路社区第一网格",
        "community_code": grid[:12],
        "reporter_id": town.reporter(),
        "anonymous": dice.random() < 0.2,
        "state": state,
        "assignee_id": dice.choice(town.workers) if assigned else None,
        "reported_at": begun,
        "accept_by": begun + timedelta(minutes=15),
        "accepted_at": begun if went_on else None,
        "running_since": begun if went_on else None,
        "due_at": due if went_on else None,
        "expected_by": due,
        "act_by": owed if state in OWED else None,
        "suspended_at": begun if state == "suspended" else None,
        "suspended_until": owed if state == "suspended" else None,
        "suspension_note": "等配件到货。" if state == "suspended" else None,
        "suspension_approved": state == "suspended",
        "handled_at": ended if state in {"handled", "closed"} else None,
        "closed_at": ended if state == "closed" else None,
        "rating": 5 if state == "closed" else None,
        "solved": True if state == "closed" else None,
        "appealed": False,
        "first_photo_id": f"before{hazard_id:037}",
    }


def told(town: Town, hazard: dict[str, Any], names: tuple[str, ...]) -> Rows:
    """Return a case's history."""
    steps = ("report", *names)
    own = {"report", "confirm"}
    worker = hazard["assignee_id"] or town.workers[0]
    return [
        {
            "hazard_id": hazard["id"],
            "seq": seq,
            "at": hazard["reported_at"] + timedelta(minutes=seq),
            "move": name,
            "from_state": MOVES[name].origin or None,
            "to_state": MOVES[name].to,
            "actor_id": hazard["reporter_id"] if name in own else worker,
            "actor_role": "reporter" if name in own else "grid_worker",
            "note": None if name in own else "已联系车主挪车，重新画线并加装隔离桩。",
            "rating": 5 if name == "confirm" else None,
            "solved": True if name == "confirm" else None,
            "until": hazard["suspended_until"] if name == "suspend" else None,
            "assignee_id": worker if name == "assign" else None,
        }
        for seq, name in enumerate(steps, 1)
    ]


def photos(hazard: dict[str, Any], history: Rows) -> Rows:
    """Return a case's photos: one from before, and one from after where there is an after."""
    kinds = {"report": "before", "finish": "after"}
    return [
        {
            "photo_id": f"{kinds[line['move']]:<6}{hazard['id']:037}".replace(" ", "_"),
            "hazard_id": hazard["id"],
            "seq": line["seq"],
            "position": 0,
            "kind": kinds[line["move"]],
        }
        for line in history
        if line["move"] in kinds
    ]


def photo(town: Town, photo_id: str, hazard: dict[str, Any]) -> dict[str, Any]:
    """Return the row of a photo that the case has claimed."""
    return {
        "id": photo_id,
        "owner_id": hazard["reporter_id"],
        "width": 960,
        "height": 720,
        "created_at": town.now,
        "attached_at": town.now,
    }
