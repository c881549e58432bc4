"""Eight ways to be thanked for a round that one did not walk as one says.

Each takes an honest round, and what else a cheat needs, and returns what the cheat's phone
sends. Who cheats in one way often shows another: whoever stays at home is far away, too.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from random import Random

from app.rounds import plausibility
from tools.night.walks import (
    CHECKPOINTS,
    HOUR,
    LASTS,
    MINUTE,
    Fix,
    Receiver,
    Route,
    Scan,
    Trip,
    Way,
)


@dataclass(frozen=True)
class Case:
    """What a cheat starts from: an honest round of theirs, the route, and a friend's round.

    `number`: the how-manieth of this way; some ways have variants.
    """

    dice: Random
    trip: Trip
    way: Way
    route: Route
    friend: Trip
    number: int


def rides(case: Case) -> Trip:
    """Drive from checkpoint to checkpoint, and wait at home in between."""
    speed = case.dice.uniform(7.5, 11)
    receiver = Receiver(case.dice)
    scans, points, now = [], [(0.0, case.route.corners[0])], 60.0
    for checkpoint, corner in enumerate(case.route.checkpoints):
        now += math.dist(points[-1][1], corner) / speed
        points.append((now, corner))
        scans.append((now + 5, "checkpoint", checkpoint))
        now += 20
        points.append((now, corner))
    way = Way([*points, (LASTS, points[-1][1])])
    moments = [(20.0, "start", None), *scans, (LASTS - 30, "end", None)]
    made = [Scan(k, at, receiver.fix(at, way.at(at)), c) for at, k, c in moments]
    track = [receiver.fix(at, way.at(at)) for at in range(90, int(now), 15)]
    return Trip(tuple(made), tuple(track) if case.number % 2 else (), true_minutes=20)


def stays_at_home(case: Case) -> Trip:
    """Check in everywhere from one's sofa."""
    home = _far_from(case, 700, 2500)
    receiver = Receiver(case.dice)
    scans = tuple(
        replace(scan, fix=receiver.fix(scan.at, home), code=None) for scan in case.trip.scans
    )
    return replace(case.trip, scans=scans, track=(), true_minutes=0)


def shares_a_code(case: Case) -> Trip:
    """Scan a picture of the leader's code that a friend sends, some streets away."""
    home = _far_from(case, 420, 700)
    receiver = Receiver(case.dice)
    scans = []
    for scan in case.friend.scans:
        at = scan.at + case.dice.uniform(6, 14)
        code = ("rotating", at - 8) if scan.kind != "checkpoint" else None
        scans.append(Scan(scan.kind, at, receiver.fix(at, home), scan.checkpoint, code))
    return Trip(tuple(scans), true_minutes=0)


def carries_two_phones(case: Case) -> Trip:
    """Lend the phone to a friend, who holds two phones before each printed code at once."""
    receiver = Receiver(case.dice)
    scans = tuple(
        replace(scan, fix=receiver.fix(scan.at, case.way.at(scan.at))) for scan in case.friend.scans
    )
    return Trip(scans, true_minutes=0)


def sets_the_clock_back(case: Case) -> Trip:
    """Come most of an hour late, with a phone whose clock says otherwise."""
    off = -case.dice.uniform(35, 60) * MINUTE
    scans = [replace(scan, at=scan.at - off) for scan in case.trip.scans if scan.kind == "start"]
    scans += [scan for scan in case.trip.scans if scan.at > -off + 60 and scan.kind != "start"]
    first = min(scans, key=lambda scan: scan.at)
    here = Receiver(case.dice).fix(first.at, case.way.at(first.at))
    made = tuple(replace(s, fix=here, code=None) if s is first else s for s in scans)
    return Trip(made, clock_off=round(off), true_minutes=(LASTS + off) / MINUTE)


def replays_a_code(case: Case) -> Trip:
    """Scan a picture of the code that is a while old: a friend took it at the start."""
    age = case.dice.uniform(4, 40) * MINUTE
    scans = [scan for scan in case.trip.scans if scan.kind != "start"]
    at = 60 + age
    receiver = Receiver(case.dice)
    start = Scan("start", at, receiver.fix(at, case.way.at(at)), None, ("rotating", 50.0))
    made = sorted([start, *(s for s in scans if s.at > at)], key=lambda scan: scan.at)
    track = tuple(fix for fix in case.trip.track if fix.at > at)
    return replace(
        case.trip, scans=tuple(made), track=track, offline=(), true_minutes=120 - at / 60
    )


def copies_a_track(case: Case) -> Trip:
    """Send a friend's track as one's own, or a line drawn along the route."""
    shift = case.dice.uniform(20, 90)
    if case.number % 3 == 2:
        track = [_drawn(case, at) for at in range(120, int(LASTS) - 120, 60)]
        scans = [
            replace(s, at=s.at + shift, fix=_drawn(case, s.at), code=None) for s in case.trip.scans
        ]
    else:
        tremble = 0.2 if case.number % 3 else 0.0
        dice = case.dice
        track = [
            f._replace(at=f.at + shift, east=f.east + dice.gauss(0, tremble), north=f.north)
            for f in case.friend.track
        ]
        scans = [replace(s, at=s.at + shift, code=None) for s in case.friend.scans]
    later = ((0.0, LASTS + case.dice.uniform(3.2, 4) * HOUR),)
    return Trip(tuple(scans), tuple(track), offline=later, true_minutes=0)


def _drawn(case: Case, at: float) -> Fix:
    east, north = case.way.at(at)
    return Fix(at, east, north, 5.0)


def mocks_the_position(case: Case) -> Trip:
    """Let an app say where the phone is: always the same, or more exactly than can be."""
    if case.number % 2:
        still = Fix(0.0, *case.route.checkpoints[0], 12.0)
        scans = tuple(replace(s, fix=still._replace(at=s.at), code=None) for s in case.trip.scans)
        return replace(case.trip, scans=scans, track=(), true_minutes=0)
    scans = tuple(
        replace(s, fix=Fix(s.at, *case.way.at(s.at), 0.0), code=None) for s in case.trip.scans
    )
    return replace(case.trip, scans=scans, track=(), true_minutes=0)


def writes_it_afterwards(case: Case) -> Trip:
    """Make up the whole round next morning, or the middle of it when the leader has gone."""
    receiver = Receiver(case.dice)
    scans = tuple(
        replace(s, fix=receiver.fix(s.at, case.way.at(s.at)), code=None) for s in case.trip.scans
    )
    made = replace(case.trip, scans=scans, track=(), offline=(), true_minutes=0)
    if case.number % 3 == 2:
        late = LASTS + case.dice.uniform(20, 90) * MINUTE
        middle = {n: late for n, s in enumerate(scans) if s.kind == "checkpoint"}
        return replace(made, held_back=middle, true_minutes=30)
    late = LASTS + case.dice.uniform(7.5, 11) * HOUR
    return replace(made, held_back=dict.fromkeys(range(len(scans)), late))


def _far_from(case: Case, least: float, most: float) -> tuple[float, float]:
    """Return a place so many metres from all checkpoints, outward of the route."""
    middle = [sum(part) / CHECKPOINTS for part in zip(*case.route.checkpoints, strict=True)]
    turn = case.dice.uniform(0, 2 * math.pi)
    far = 480 + case.dice.uniform(least, most)
    return middle[0] + far * math.cos(turn), middle[1] + far * math.sin(turn)


Forgery = Callable[[Case], Trip]
FORGERIES: Mapping[str, tuple[str, tuple[Forgery, ...]]] = {
    "drives between checkpoints": (plausibility.SPEED, (rides,)),
    "checks in from home": (plausibility.FAR, (stays_at_home,)),
    "one code on two phones": (
        plausibility.SHARED_CODE,
        (shares_a_code, shares_a_code, carries_two_phones),
    ),
    "sets the clock back": (plausibility.CLOCK, (sets_the_clock_back,)),
    "replays an old code": (plausibility.OLD_CODE, (replays_a_code,)),
    "copies or draws a track": (plausibility.COPIED, (copies_a_track,)),
    "mocks the position": (plausibility.MOCKED, (mocks_the_position,)),
    "writes it afterwards": (plausibility.BACKDATED, (writes_it_afterwards,)),
}
"""By name: which flag is to find it, and how it is done, in turns."""
