"""A roster for a large community's week: how long, how full, how fair."""

import random
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from app.patrols import rules as patrols
from app.rosters import first_come, recurrence, solver
from app.rosters.rules import available
from bench import roster_checks
from bench.tables import print_table

VOLUNTEERS, SHIFTS = 200, 60
AIM_S = 20.0
MONDAY = date(2026, 11, 23)
STARTS = ("06:30", "09:00", "14:00", "17:30", "19:30", "22:00")
LENGTHS = {"22:00": 240}
LENGTH_MIN = 120


WEEKS = (1, 2, 3)
KEEN = {"first come, three in ten keen": 0.3, "first come, all equally quick": 0.0}


@dataclass(frozen=True)
class Rostered:
    """What came of a week: seconds and seconds of CPU, the solution, what is wrong with it.

    `figures`: of the roster, and of what sign-up would have made, by name.
    """

    seed: int
    seconds: float
    cpu: float
    solution: solver.Solution
    faults: Sequence[str]
    figures: Mapping[str, first_come.Figures]


def run(
    volunteers: int = VOLUNTEERS, shifts: int = SHIFTS, weeks: Sequence[int] = WEEKS
) -> list[Rostered]:
    """Propose some weeks and print a table."""
    solver.solve(week(4, 2))  # so that loading the library is in nobody's time
    found = [_propose(volunteers, shifts, seed) for seed in weeks]
    head = (
        "week", "way", "volunteers", "shifts", "seconds", "aim", "CPU s", "proven best", "faults",
        "people needed", "missing", "Gini", "most", "least", "sum of squares",
    )  # fmt: skip
    print_table(head, [row for each in found for row in _rows(each, volunteers, shifts)])
    return found


def _propose(volunteers: int, shifts: int, seed: int) -> Rostered:
    problem = week(volunteers, shifts, seed)
    cpu, began = time.process_time(), time.perf_counter()
    solution = solver.solve(problem)
    seconds, cpu = time.perf_counter() - began, time.process_time() - cpu
    figures = {"roster": first_come.figures(problem, solution.pairs)}
    for name, keen in KEEN.items():
        pairs = first_come.first_come(problem, keen=keen)
        assert roster_checks.faults(problem, pairs) == []
        figures[name] = first_come.figures(problem, pairs)
    faults = roster_checks.faults(problem, solution.pairs)
    return Rostered(seed, seconds, cpu, solution, faults, figures)


def _rows(found: Rostered, volunteers: int, shifts: int) -> list[tuple[str, ...]]:
    rows = []
    for name, figures in found.figures.items():
        mine = name == "roster"
        late = found.seconds > AIM_S
        shown = figures.shown()
        rows.append(
            (
                str(found.seed),
                name,
                str(volunteers),
                str(shifts),
                f"{found.seconds:.1f}" if mine else "",
                (f"{AIM_S:.0f} missed" if late else f"{AIM_S:.0f}") if mine else "",
                f"{found.cpu:.1f}" if mine else "",
                ("yes" if found.solution.proven else "no") if mine else "",
                str(len(found.faults)) if mine else "0",
                str(shown["needed"]),
                str(shown["missing"]),
                f"{shown['gini']:.3f}",
                str(shown["most"]),
                str(shown["least"]),
                str(shown["squares"]),
            )
        )
    return rows


def week(volunteers: int = VOLUNTEERS, shifts: int = SHIFTS, seed: int = 1) -> solver.Problem:
    """Return a made-up week: evenings are popular, mornings and nights are not.

    A third served once or twice lately and a few often; every fourth shift needs first
    aid, every tenth a fire warden, which a quarter and an eighth of the people have.
    """
    dice = random.Random(seed)
    posts = [_post(number, shifts, dice) for number in range(shifts)]
    candidates = [_candidate(number, posts, dice) for number in range(volunteers)]
    return solver.Problem(
        posts, candidates, patrols.clash, int(patrols.MOST_SERVED.total_seconds() // 60)
    )


def _post(number: int, shifts: int, dice: random.Random) -> solver.Post:
    day = MONDAY + timedelta(days=number * 7 // shifts)
    wall = STARTS[number % len(STARTS)]
    span = recurrence.moments(day, wall, LENGTHS.get(wall, LENGTH_MIN))
    needed = dice.choice((2, 3, 3, 4))
    skills = {"first_aid"} if number % 4 == 0 else {"fire_warden"} if number % 10 == 1 else set()
    return solver.Post(number + 1, span, needed, needed + 2, frozenset(skills))


def _candidate(number: int, posts: list[solver.Post], dice: random.Random) -> solver.Candidate:
    skills = {
        skill
        for skill, share in (("first_aid", 1 / 4), ("fire_warden", 1 / 8))
        if dice.random() < share
    }
    times = [
        (weekday, *dice.choices(WINDOWS, WINDOW_WEIGHTS)[0])
        for weekday in range(1, 8)
        if dice.random() < 0.45
    ]
    free = [post for post in posts if available(times, post.span)]
    busy = (_elsewhere(dice),) if dice.random() < 0.15 else ()
    return solver.Candidate(
        id=number + 1,
        served=dice.choices((0, 1, 2, 4, 7), (50, 20, 15, 10, 5))[0],
        most=dice.choices((1, 2, 3, 5), (30, 40, 25, 5))[0],
        likings={post.id: dice.choice((0, 0, 2, 4, 6)) for post in free},
        skills=frozenset(skills),
        busy=busy,
    )


WINDOWS = (
    ("17:00", "22:30"),
    ("08:30", "12:00"),
    ("13:30", "18:00"),
    ("06:00", "09:00"),
    ("21:30", "24:00"),
    ("00:00", "24:00"),
)
WINDOW_WEIGHTS = (45, 15, 15, 8, 5, 12)


def _elsewhere(dice: random.Random) -> solver.Span:
    start = datetime.combine(MONDAY, datetime.min.time(), UTC) + timedelta(
        hours=dice.randrange(7 * 24)
    )
    return start, start + timedelta(hours=2)
