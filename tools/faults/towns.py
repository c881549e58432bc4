"""The cases, the facts about them, and who must be told of each.

A fact is recorded beside a line of the case's history, in one transaction, as the
product does; what reacts to it is the product's own. Who must be told is written
down here once more, so that the product's table is not checked against itself.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import func, insert, select, text

from app.core import clock
from app.core.db import db, read, unit_of_work
from app.core.outbox import Event, record
from app.hazards import categories
from app.hazards.events import HazardLimitReached, HazardMoved, HazardReported
from app.hazards.models import Hazard, HazardMove
from app.notices.models import MessageQuota
from bench import seeds
from demo import places
from demo.seed import COMMUNITY, add_people

GRID = COMMUNITY + "001"
WITH_MESSAGE = ("case_accepted", "task_due")
"""The templates of which everybody has allowed plenty; of the others nobody has any."""
PLENTY = 1_000_000
AT_ONCE = 500

STEPS: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    ("report", (("task_new", "worker"), ("task_new", "worker2"))),
    ("accept", (("case_accepted", "reporter"),)),
    ("finish", (("case_handled", "reporter"),)),
    ("80 %", (("task_at_80", "worker"),)),
    (
        "100 %",
        (
            ("task_overdue", "worker"),
            ("supervisor_notice", "committee"),
            ("case_late", "reporter"),
        ),
    ),
    ("not_solved", (("task_not_solved", "worker"),)),
)
"""What happens to each case, in this order: line `seq` of its history is step `seq - 1`."""
MOVES = {"accept": ("reported", "accepted"), "finish": ("handling", "handled"),
         "not_solved": ("handled", "handling")}  # fmt: skip


@dataclass(frozen=True)
class Town:
    """Who is who, by id; `reporters` in turns."""

    worker: int
    worker2: int
    committee: int
    resident: int
    reporters: tuple[int, ...]

    def reporter_of(self, case: int) -> int:
        """Return who reported a case."""
        return self.reporters[case % len(self.reporters)]

    def told(self, case: int, seq: int) -> Iterator[tuple[int, str, int]]:
        """Return what must stand in inboxes after a line of history: (resident, kind, case)."""
        people = {
            "worker": self.worker,
            "worker2": self.worker2,
            "committee": self.committee,
            "reporter": self.reporter_of(case),
        }
        for kind, whom in STEPS[seq - 1][1]:
            yield people[whom], kind, case


def found(cases: int) -> tuple[Town, str]:
    """Fill a new database with places, people and cases; returns them and a token to report by."""
    places.load()
    categories.import_categories()
    people = add_people()
    helper = seeds.Town(people)
    town = Town(
        people["demo:gridworker"].resident_id,
        people["demo:gridworker2"].resident_id,
        people["demo:committee"].resident_id,
        people["demo:resident"].resident_id,
        tuple(helper.neighbours),
    )
    _add_cases(helper, cases)
    _allow([town.worker, town.worker2, town.committee, town.resident, *town.reporters])
    return town, seeds.sign_in(people["demo:resident"])


@unit_of_work()
def _add_cases(helper: seeds.Town, cases: int) -> None:
    for first in range(1, cases + 1, AT_ONCE):
        ids = range(first, min(first + AT_ONCE, cases + 1))
        rows = [_case(helper, case) for case in ids]
        db.session.execute(insert(Hazard), rows)
    if db.engine.dialect.name == "postgresql":
        number_on = "SELECT setval(pg_get_serial_sequence('hazards', 'id'), max(id)) FROM hazards"
        read(text(number_on))


def _case(helper: seeds.Town, case: int) -> dict[str, Any]:
    begun = helper.now - timedelta(minutes=5)
    mine = {
        "number": f"FT-{case:06}",
        "place_code": GRID,
        "community_code": COMMUNITY,
        "reporter_id": helper.neighbours[case % len(helper.neighbours)],
        "assignee_id": helper.workers[0],
        "act_by": None,
        "first_photo_id": None,
    }
    return dict(seeds.case(helper, case, "handling", begun)) | mine


@unit_of_work()
def _allow(ids: list[int]) -> None:
    now = clock.now()
    rows = [
        {
            "resident_id": resident_id,
            "template": template,
            "by_phone": PLENTY,
            "by_wechat": 0,
            "spent": 0,
            "answer": "accept",
            "answered_at": now,
        }
        for resident_id in ids
        for template in WITH_MESSAGE
    ]
    db.session.execute(insert(MessageQuota), rows)


def written(cases: int) -> int:
    """Return how many facts about our cases have been written so far."""
    ours = select(func.count()).select_from(HazardMove).where(HazardMove.hazard_id <= cases)
    return int(read(ours).scalar_one())


@unit_of_work()
def happen(town: Town, number: int) -> None:
    """Let the next thing happen: step `number` of all, case after case."""
    case, step = number // len(STEPS) + 1, number % len(STEPS)
    name = STEPS[step][0]
    line = {
        "hazard_id": case,
        "seq": step + 1,
        "at": clock.now(),
        "move": name,
        "to_state": "handling",
        "actor_role": "grid_worker",
    }
    db.session.execute(insert(HazardMove), line)
    record(_event(town, case, step + 1, name))


def _event(town: Town, case: int, seq: int, name: str) -> Event:
    reporter = town.reporter_of(case)
    if name == "report":
        return HazardReported(case, reporter, GRID, "FIRE_LANE")
    if name in MOVES:
        actor = reporter if name == "not_solved" else town.worker
        return HazardMoved(case, seq, name, *MOVES[name], actor, reporter, town.worker, GRID)
    level = int(name.partition(" ")[0])
    return HazardLimitReached(case, seq, "handle", level, None, reporter, town.worker, GRID)
