"""How an honest volunteer walks a round, and what their phone makes of it.

Metres are east and north of the route's first checkpoint; seconds count from the shift's
start. The noise is that of phones in a city: a few metres from fix to fix, a slow drift of
ten, and between high walls, for some minutes, of forty and more, which the phone does
not always admit.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from random import Random
from typing import NamedTuple

HOUR, MINUTE = 3600.0, 60.0
LASTS = 2 * HOUR
CHECKPOINTS = 6
METRES_A_DEGREE = 111_195.0
TOO_LATE = 180.0

Metres = tuple[float, float]
"""East and north."""


class Fix(NamedTuple):
    """Where a phone thinks that it is."""

    at: float
    east: float
    north: float
    accuracy: float


@dataclass(frozen=True)
class Scan:
    """One check-in as the phone has it. `at` is true time; `code` what is scanned, if anything.

    A code is (`rotating`, the second of which it is) or (`printed`, the checkpoint).
    `claims`: the time that the phone writes down, if that is another one.
    """

    kind: str
    at: float
    fix: Fix | None
    checkpoint: int | None = None
    code: tuple[str, float] | None = None
    claims: float | None = None


@dataclass(frozen=True)
class Trip:
    """Everything that somebody's phone has of a round, and when it has a network.

    `clock_off`: by how many seconds the phone's clock is ahead. `offline`: from when until
    when nothing is sent. `held_back`: scans that are sent only then, by their number.
    """

    scans: tuple[Scan, ...]
    track: tuple[Fix, ...] = ()
    clock_off: float = 0.0
    offline: tuple[tuple[float, float], ...] = ()
    held_back: dict[int, float] = field(default_factory=dict)
    hidden_skew: bool = False
    true_minutes: float = 120.0


@dataclass(frozen=True)
class Route:
    """A way with checkpoints, in metres from the first of them."""

    corners: tuple[Metres, ...]
    checkpoints: tuple[Metres, ...]


def make_route(dice: Random) -> Route:
    """Return a loop around some blocks: six checkpoints, two to three kilometres."""
    angle = dice.uniform(0, 2 * math.pi)
    radius = dice.uniform(330, 430)
    corners = []
    for step in range(CHECKPOINTS):
        turn = angle + 2 * math.pi * step / CHECKPOINTS
        far = radius * dice.uniform(0.85, 1.15)
        corners.append((far * math.cos(turn), far * math.sin(turn)))
    east, north = corners[0]
    placed = tuple((e - east, n - north) for e, n in corners)
    return Route((*placed, placed[0]), placed)


class Way:
    """Where somebody really is, at any second: corner points with times between which they walk."""

    def __init__(self, points: Sequence[tuple[float, Metres]]) -> None:
        self.points = points

    def at(self, second: float) -> Metres:
        """Return the true place at a second."""
        before = self.points[0]
        for after in self.points:
            if after[0] >= second:
                length = after[0] - before[0]
                part = (second - before[0]) / length if length > 0 else 1.0
                return tuple(
                    a + (b - a) * max(0.0, min(1.0, part))
                    for a, b in zip(before[1], after[1], strict=True)
                )  # type: ignore[return-value]
            before = after
        return self.points[-1][1]


def walk_way(dice: Random, route: Route, *, speed: float, start: float) -> Way:
    """Return a walk around the route: from checkpoint to checkpoint, with a stop at each."""
    legs = [
        math.dist(one, other)
        for one, other in zip(route.corners[:-1], route.corners[1:], strict=True)
    ]
    walking = sum(legs) / speed
    rest = max(60.0, (LASTS - start - walking - 240) / CHECKPOINTS)
    now, points = start, [(start, route.corners[0])]
    for leg, corner in zip(legs, route.corners[1:], strict=True):
        now += rest * dice.uniform(0.8, 1.1)
        points.append((now, points[-1][1]))
        now += leg / (speed * dice.uniform(0.93, 1.07))
        points.append((now, corner))
    points.append((max(now + 60, LASTS + dice.uniform(-120, 240)), route.corners[0]))
    return Way(points)


class Receiver:
    """A phone's receiver: the error of each fix, and what it says of it."""

    def __init__(self, dice: Random) -> None:
        self.dice = dice
        self.drift = (dice.gauss(0, 8), dice.gauss(0, 8))
        self.last = 0.0
        self.walls = [
            (start, start + dice.uniform(90, 360))
            for start in (dice.uniform(0, LASTS) for _ in range(dice.choice([0, 1, 1, 2, 3])))
        ]

    def fix(self, second: float, where: Metres) -> Fix:
        """Return what the phone says of a place, `second`s not going back."""
        dice = self.dice
        passed = max(1.0, second - self.last)
        self.last = second
        between_walls = any(start <= second <= end for start, end in self.walls)
        spread = 38.0 if between_walls else 9.0
        keeps = math.exp(-passed / 120)
        grows = spread * math.sqrt(1 - keeps * keeps)
        self.drift = tuple(part * keeps + dice.gauss(0, grows) for part in self.drift)  # type: ignore[assignment]
        white = 5.0 if between_walls else 2.5
        off = [part + dice.gauss(0, white) for part in self.drift]
        accuracy = dice.lognormvariate(math.log(9), 0.35)
        if between_walls and dice.random() < 0.7:  # the others are too sure of themselves
            accuracy = dice.uniform(25, 65)
        if dice.random() < 0.006:
            turn, far = dice.uniform(0, 2 * math.pi), dice.uniform(80, 260)
            off = [off[0] + far * math.cos(turn), off[1] + far * math.sin(turn)]
            accuracy = far * dice.uniform(0.7, 1.6)
        return Fix(second, where[0] + off[0], where[1] + off[1], round(max(3.0, accuracy), 1))


def honest_trip(
    dice: Random, route: Route, *, speed: float, late: float, tracked: bool, leads: bool = False
) -> tuple[Trip, Way]:
    """Return an honest round: a few missed scans, clocks and networks as they are."""
    way = walk_way(dice, route, speed=speed, start=late)
    receiver = Receiver(dice)
    passing = passing_times(way)
    moments: list[tuple[float, str, int | None]] = [(late + dice.uniform(5, 60), "start", None)]
    for place, arrives in enumerate(passing):
        if dice.random() > 0.08:  # some forget
            moments.append((arrives + dice.uniform(2, 50), "checkpoint", place))
    leaves = way.points[-1][0]
    if dice.random() > 0.04:
        moments.append((leaves, "end", None))
    scans, track = [], []
    due = set(range(int(late) + 90, int(leaves), 60)) if tracked else set()
    moments += [(float(second), "", None) for second in due]
    for at, kind, checkpoint in sorted(moments, key=lambda moment: moment[0]):
        fix = receiver.fix(at, way.at(at))
        if not kind:
            track.append(fix)
            continue
        code: tuple[str, float] | None = None
        # Who comes late finds the leader gone from where the round began.
        met = kind == "end" or late < TOO_LATE
        if kind != "checkpoint" and met and (leads or dice.random() < 0.85):
            code = ("rotating", at - dice.uniform(0, 4))
        elif kind == "checkpoint" and dice.random() < 0.45:
            code = ("printed", float(checkpoint or 0))
        scans.append(Scan(kind, at, fix if dice.random() < 0.95 else None, checkpoint, code))
    trip = Trip(tuple(scans), tuple(track), clock_of(dice), network_of(dice))
    return replace(trip, true_minutes=minutes_of(late, leaves)), way


def passing_times(way: Way) -> list[float]:
    """Return when each checkpoint is reached."""
    arrivals = [way.points[0][0], *(at for at, _ in way.points[2:-1:2])]
    return arrivals[:CHECKPOINTS]


def minutes_of(first: float, last: float) -> float:
    """Return how many minutes of the shift lie between two seconds."""
    return max(0.0, min(last, LASTS) - max(first, 0.0)) / MINUTE


def clock_of(dice: Random) -> float:
    """Return by how much a phone's clock is ahead: most are right, some by hand."""
    return float(round(dice.uniform(-75, 75) if dice.random() < 0.15 else dice.gauss(0, 1)))


def network_of(dice: Random) -> tuple[tuple[float, float], ...]:
    """Return when a phone has no network: in cellars, half the round, or until it is home."""
    chance = dice.random()
    if chance < 0.1:
        return ((dice.uniform(0, HOUR), LASTS + dice.uniform(0.2, 3) * HOUR),)
    if chance < 0.3:
        start = dice.uniform(0, LASTS - 20 * MINUTE)
        return ((start, start + dice.uniform(5, 60) * MINUTE),)
    return ()
