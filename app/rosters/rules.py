"""Planning: limits, who suits a shift and why, and what becomes of a proposed roster.

Plain Python. Numbers without a source are our own decisions.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from app.core.clock import SHANGHAI
from app.core.states import Move
from app.places.coordinates import Point, distance_m
from app.places.rules import LENGTHS, PlaceKind

AHEAD_DAYS = 28
"""So many days ahead a template's shifts are made."""
MOST_TEMPLATES_RUN = 500
LONGEST_TITLE, LONGEST_WORDS = 40, 500
MOST_WEEKS_AHEAD = 8
"""How far ahead a week may be copied to or planned."""

MOST_CALLED_AT_ONCE = 20
MOST_CALLS, CALLS_WITHIN = 2, timedelta(days=7)
"""Nobody is asked by call-outs more often: who is asked every day stops reading."""
SERVED_WITHIN = timedelta(days=28)
"""What "lately" means for fairness."""
MOST_SUITABLE = 50
DEFAULT_MOST_A_WEEK = 3
"""For whoever did not say how many shifts a week they wish at most."""
MOST_ROSTER_SHIFTS, MOST_ROSTER_PEOPLE = 150, 500
"""Beyond, the solver would not be done in its time: plan communities one by one."""

NEAR_M, WALK_M = 500, 1500
"""In metres: "lives near", and what one walks to without thinking."""
MIDNIGHT = "24:00"

Span = tuple[datetime, datetime]

COMPUTING, PROPOSED, FAILED = "computing", "proposed", "failed"
ACCEPTED, DROPPED = "accepted", "dropped"
ROSTER_STATES = (COMPUTING, PROPOSED, FAILED, ACCEPTED, DROPPED)
PLANNER = "planner"
_P = frozenset({PLANNER})
MOVES: tuple[Move[None], ...] = (
    Move("accept", PROPOSED, ACCEPTED, _P, allows=()),
    Move("drop", PROPOSED, DROPPED, _P, allows=()),
    Move("drop", COMPUTING, DROPPED, _P, allows=()),
    Move("drop", FAILED, DROPPED, _P, allows=()),
)
"""What a planner does with a proposal. `computing` ends by itself: proposed or failed."""


@dataclass(frozen=True, slots=True)
class Need:
    """A shift that needs people: when, where (`points`: along its route, or one), what for."""

    span: Span
    place_code: str
    points: tuple[Point, ...] = ()
    skills: frozenset[str] = frozenset()
    team_id: int | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """A volunteer as the score sees them.

    `availability`: (weekday 1-7, "HH:MM", "HH:MM"), empty where nothing was said. `home_code`:
    the place they live in, with a `home` point where it is smaller than a community.
    `served`: shifts in the last 28 days; `last_served`: the end of the last one ever.
    """

    id: int
    skills: frozenset[str] = frozenset()
    availability: tuple[tuple[int, str, str], ...] = ()
    likes: tuple[str, ...] = ()
    teams: frozenset[int] = frozenset()
    home_code: str | None = None
    home: Point | None = None
    served: int = 0
    last_served: datetime | None = None
    paused: bool = False


@dataclass(frozen=True, slots=True)
class Reason:
    """Why somebody is asked: a code, and what it says (a skill, a number)."""

    code: str
    of: str | int | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """How well somebody suits, and why."""

    points: int
    reasons: tuple[Reason, ...]


FREE_POINTS, TEAM_POINTS, LIKES_POINTS, SKILL_POINTS = 25, 10, 10, 15
DISTANCE_POINTS = {"near": 20, "walk": 12, "community": 6}
TURN_POINTS = {0: 30, 1: 20, 2: 10}
"""By shifts in the last 28 days; from three on, none."""


def unsuited(need: Need, person: Person) -> str | None:
    """Return why somebody is not asked at all; clashes and call-outs are looked at besides."""
    if person.paused:
        return "paused"
    if not need.skills <= person.skills:
        return "skill_missing"
    # Who said when they can is not asked for another time; who said nothing may be.
    if person.availability and not available(person.availability, need.span):
        return "not_available"
    return None


def score(need: Need, person: Person) -> Score:
    """Return how well somebody suits a shift that nothing keeps them from."""
    found: list[tuple[int, Reason]] = []
    found += [(SKILL_POINTS, Reason("skill", skill)) for skill in sorted(need.skills)]
    if near := closeness(need, person):
        found.append((DISTANCE_POINTS[near], Reason(near)))
    if any(need.place_code.startswith(code) for code in person.likes):
        found.append((LIKES_POINTS, Reason("likes")))
    if need.team_id in person.teams:
        found.append((TEAM_POINTS, Reason("team")))
    if person.availability:
        found.append((FREE_POINTS, Reason("free")))
    if turn := TURN_POINTS.get(person.served, 0):
        found.append(
            (turn, Reason("turn") if not person.served else Reason("seldom", person.served))
        )
    return Score(sum(points for points, _ in found), tuple(reason for _, reason in found))


def order(person: Person, found: Score) -> tuple[int, int, float, int]:
    """Return what suitable people are sorted by: best first, then who served least lately."""
    last = person.last_served.timestamp() if person.last_served else 0.0
    return (-found.points, person.served, last, person.id)


def closeness(need: Need, person: Person) -> str | None:
    """Return how near somebody lives: `near`, `walk`, `community`, or nothing worth telling.

    By the home's own point where it is known, else by the places' codes: who lives in the
    shift's grid lives near.
    """
    if person.home_code is None:
        return None
    if person.home is not None and need.points:
        metres = min(distance_m(person.home, point) for point in need.points)
        if metres <= NEAR_M:
            return "near"
        if metres <= WALK_M:
            return "walk"
    grid, community = LENGTHS[PlaceKind.GRID], LENGTHS[PlaceKind.COMMUNITY]
    for length, word in ((grid, "near"), (community, "community")):
        if len(need.place_code) >= length and person.home_code[:length] == need.place_code[:length]:
            return word
    return None


def available(said: Collection[tuple[int, str, str]], span: Span) -> bool:
    """Whether the times that somebody said cover a whole shift.

    A window that ends before it begins goes on into the next day; windows that touch are one.
    """
    start, end = (moment.astimezone(SHANGHAI).replace(tzinfo=None) for moment in span)
    day = start.date() - timedelta(days=1)
    windows = []
    while day <= end.date():
        windows += [_window(day, *times) for weekday, *times in said if weekday == day.isoweekday()]
        day += timedelta(days=1)
    reached = start
    for first, last in sorted(windows):
        if first <= reached < last:
            reached = last
    return reached >= end


def _window(day: date, first: str, last: str) -> tuple[datetime, datetime]:
    midnight = datetime.combine(day, time())
    begin = midnight + _since_midnight(first)
    end = midnight + _since_midnight(last)
    return begin, end if begin < end else end + timedelta(days=1)


def _since_midnight(wall: str) -> timedelta:
    hours, minutes = wall.split(":")
    # Who can until 23:59 can until midnight.
    return (
        timedelta(hours=24)
        if wall in {MIDNIGHT, "23:59"}
        else timedelta(hours=int(hours), minutes=int(minutes))
    )


def liking(need: Need, person: Person) -> int:
    """Return how much somebody would like a shift, 0 to 9, for the roster."""
    liked = any(need.place_code.startswith(code) for code in person.likes)
    near = {"near": 2, "walk": 1}.get(closeness(need, person) or "", 0)
    return 4 * liked + 3 * (need.team_id in person.teams) + near


def may_be_rostered(need: Need, person: Person) -> bool:
    """Whether somebody may be put on a shift unasked: only at times that they said they can."""
    return bool(person.availability) and unsuited(need, person) is None


def gini(loads: Sequence[int]) -> float:
    """Return how unevenly loads lie: 0 where all are equal, nearly 1 where one has all."""
    total, number = sum(loads), len(loads)
    if not total:
        return 0.0
    ranked = sum((2 * rank - number - 1) * load for rank, load in enumerate(sorted(loads), 1))
    return ranked / (number * total)


def spread(loads: Sequence[int]) -> dict[str, float | int]:
    """Return the figures of fairness of people's loads, in shifts."""
    return {
        "gini": round(gini(loads), 3),
        "most": max(loads, default=0),
        "least": min(loads, default=0),
        "squares": sum(load * load for load in loads),
    }


def left_to_ask(calls: Mapping[int, int], resident_id: int) -> bool:
    """Whether somebody may still be asked by a call-out this week; `calls`: how often they were."""
    return calls.get(resident_id, 0) < MOST_CALLS
