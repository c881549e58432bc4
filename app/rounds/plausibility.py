"""What is hard to believe of a round. Plain Python, from plain rows.

Nothing here is a proof: each doubt goes to the leader, who knows the people. So limits are
set where a tired phone between high walls does not reach them; the simulated night
(`python -m tools.night`) says how often it does all the same. They are our own decisions.
"""

import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median
from typing import Any, NamedTuple

from app.rounds import rules

SPEED, FAR, SHARED_CODE, CLOCK = "speed", "far", "shared_code", "clock"
OLD_CODE, COPIED, MOCKED, BACKDATED, WRONG_CODE = (
    "old_code",
    "copied_track",
    "mocked",
    "backdated",
    "wrong_code",
)
KINDS = (SPEED, FAR, SHARED_CODE, CLOCK, OLD_CODE, COPIED, MOCKED, BACKDATED, WRONG_CODE)

ON_FOOT_M_S = 4.0
"""Who is faster for a minute does not walk: a marathon is run at 5."""
AT_LEAST = timedelta(minutes=1)
"""Over less time than this no speed is counted, or a phone that finds itself again would jump."""
WITHIN = timedelta(minutes=10)
"""Between points of a track farther apart than this anything slower would be hidden by stops."""
ROUGH_M = 30.0
"""What a phone between high walls is wrong by, beyond what it says of itself."""
ROUGHEST_M = 100.0
"""A point of a track that says itself that it is worse than this says nothing."""

LOST_M = 500.0
"""More than this no phone is believed to be wrong by, whatever it says."""

CLOCK_OFF = timedelta(minutes=3)
"""A phone that sets its clock by the network is right to a second; by hand, to a minute or two."""
FUTURE = timedelta(minutes=2)

LATE_UPLOAD = timedelta(hours=6)
"""So long after the end a phone that was offline on a round has come home."""
QUEUE_SLACK = timedelta(minutes=10)
"""A phone sends what it kept in order; what it sends so much later than something newer was
not there yet."""

LEAST_ACCURACY_M = 0.5
"""No phone's position is better than this; made-up ones are 0."""
STANDS = timedelta(minutes=15)
"""A real receiver's last digits change even when nobody moves."""

CODE_REACH_M = 150.0
"""Farther from the leader than this nobody scans their phone."""
NEAR_IN_TIME = timedelta(minutes=5)
AT_ONCE, ONE_HAND_S = 3, 5
"""Two phones that scan so often within so many seconds, always by the same, are in one hand."""

COPIED_POINTS, COPIED_SHARE = 8, 0.3
"""So many metre-sized cells, and such a part of a track, in common with somebody else's."""
COPIED_SCANS = 3
DRAWN_POINTS, DRAWN_M = 10, 1.0
"""So many points within a metre of the route's own line were drawn, not walked."""

METRES_A_DEGREE = 111_195.0


class Scan(NamedTuple):
    """A check-in as it is looked at; see `models.CheckIn`. `place`: of its checkpoint."""

    id: int
    attendance_id: int
    resident_id: int
    kind: str
    checkpoint_id: int | None
    at: datetime
    device_at: datetime
    sent_at: datetime | None
    received_at: datetime
    lat: float | None
    lon: float | None
    accuracy_m: float | None
    beyond_m: float | None
    code_kind: str
    code_step: int | None
    steps_off: int
    evidence: int
    place: tuple[float, float] | None


class Fix(NamedTuple):
    """Where a phone was, and by how many metres that may be wrong. `scan_id` if it scanned."""

    at: datetime
    lat: float
    lon: float
    wrong_m: float
    scan_id: int | None = None


class Doubt(NamedTuple):
    """One doubt: of a check-in, or (None) of the whole track; and what it rests on."""

    kind: str
    scan_id: int | None
    facts: Mapping[str, Any]

    @property
    def key(self) -> str:
        """Return what it is about: the same is doubted once."""
        return f"{self.kind}:{self.scan_id or 'track'}"


class Twin(NamedTuple):
    """How many cells of a track somebody else's has too, who sent it `before` this one."""

    attendance_id: int
    cells: int
    before: bool


def doubts(
    scans: Sequence[Scan],
    track: Sequence[Fix],
    *,
    others: Sequence[Scan],
    twins: Iterable[Twin],
    path: Sequence[Sequence[float]],
    leading: Collection[int],
    span: rules.Span,
    settled_at: datetime | None,
) -> list[Doubt]:
    """Return all doubts about one person's round.

    `others`: the check-ins of the rest of the crew; `leading`: the attendances of those who
    show the code; `twins`: of the track; `path`: the route's own line.
    """
    mine = sorted(scans, key=lambda scan: (scan.at, scan.id))
    found = [doubt for scan in mine for doubt in _alone(scan, span, settled_at)]
    found += _inserted(mine)
    found += _too_fast(mine, track)
    found += _mocked(mine, track)
    found += _shared(mine, others, leading)
    found += _copied(mine, track, others, twins, path)
    once = {doubt.key: doubt for doubt in reversed(found)}
    return sorted(once.values(), key=lambda doubt: (KINDS.index(doubt.kind), doubt.scan_id or 0))


def _alone(scan: Scan, span: rules.Span, settled_at: datetime | None) -> Iterator[Doubt]:
    """Give what one check-in says against itself."""
    skew = scan.sent_at - scan.received_at if scan.sent_at else timedelta()
    ahead = scan.at - scan.received_at
    if abs(skew) > CLOCK_OFF or ahead > FUTURE:
        off = skew if abs(skew) > CLOCK_OFF else ahead
        yield Doubt(CLOCK, scan.id, {"seconds": int(off.total_seconds())})
    if scan.code_kind == rules.ROTATING and scan.steps_off:
        yield Doubt(OLD_CODE, scan.id, {"seconds": 30 * scan.steps_off})
    if scan.code_kind == rules.WRONG:
        yield Doubt(WRONG_CODE, scan.id, {})
    # Who is out of place proves nothing; suspicious is only who says that they are not.
    unsure = max(0.0, _unsure(scan) - rules.MOST_ACCURATE_M)
    if scan.beyond_m is not None and scan.beyond_m > rules.FAR_M + unsure:
        yield Doubt(FAR, scan.id, {"metres": round(scan.beyond_m)})
    if scan.accuracy_m is not None and scan.accuracy_m < LEAST_ACCURACY_M:
        yield Doubt(MOCKED, scan.id, {"accuracy": scan.accuracy_m})
    late = scan.received_at - span.ends_at
    if late > LATE_UPLOAD or (settled_at is not None and scan.received_at > settled_at):
        yield Doubt(BACKDATED, scan.id, {"minutes": rules.whole_minutes(late)})


def _inserted(scans: Sequence[Scan]) -> Iterator[Doubt]:
    """Give check-ins that came long after something newer from the same phone had come."""
    first_newer: datetime | None = None
    for scan in reversed(scans):
        if first_newer is not None and scan.received_at - first_newer > QUEUE_SLACK:
            behind = rules.whole_minutes(scan.received_at - first_newer)
            yield Doubt(BACKDATED, scan.id, {"minutes": behind})
        if first_newer is None or scan.received_at < first_newer:
            first_newer = scan.received_at


def fixes(scans: Iterable[Scan], track: Iterable[Fix]) -> list[Fix]:
    """Return where somebody was, by time; a check-in without a position was at its checkpoint."""
    found = [point for point in track if point.wrong_m <= ROUGHEST_M]
    for scan in scans:
        if scan.lat is not None and scan.lon is not None:
            wrong = min(scan.accuracy_m or 0.0, ROUGHEST_M)
            found.append(Fix(scan.at, scan.lat, scan.lon, wrong, scan.id))
        elif scan.place is not None:
            found.append(Fix(scan.at, *scan.place, rules.MOST_ACCURATE_M, scan.id))
    return sorted(found, key=lambda fix: fix.at)


def _too_fast(scans: Sequence[Scan], track: Sequence[Fix]) -> Iterator[Doubt]:
    """Give where somebody was faster than one walks, for a minute or in one leap."""
    way = fixes(scans, track)
    start = 0
    for end, fix in enumerate(way):
        while fix.at - way[start].at > WITHIN:
            start += 1
        for before in (*_a_minute_before(way, start, end), *_scan_before(way, end)):
            speed = _speed(before, fix)
            if speed > ON_FOOT_M_S:
                scan_id = fix.scan_id or before.scan_id
                yield Doubt(SPEED, scan_id, {"speed": round(speed, 1)})
                break


def _a_minute_before(way: Sequence[Fix], start: int, end: int) -> Iterator[Fix]:
    """Give the point before, and the last one that lies at least a minute back."""
    if end > start:
        yield way[end - 1]
    for place in range(end - 1, start - 1, -1):
        if way[end].at - way[place].at >= AT_LEAST:
            yield way[place]
            return


def _scan_before(way: Sequence[Fix], end: int) -> Iterator[Fix]:
    """Give the check-in before a check-in, however long ago."""
    if way[end].scan_id is not None:
        for place in range(end - 1, -1, -1):
            if way[place].scan_id is not None:
                yield way[place]
                return


def _speed(before: Fix, after: Fix) -> float:
    """Return how fast somebody was at least, in metres a second."""
    doubtful = before.wrong_m + after.wrong_m + ROUGH_M
    far = metres(before.lat, before.lon, after.lat, after.lon) - doubtful
    return max(0.0, far) / max(after.at - before.at, AT_LEAST).total_seconds()


def _mocked(scans: Sequence[Scan], track: Sequence[Fix]) -> Iterator[Doubt]:
    """Give positions that no receiver gives: the very same at different checkpoints."""
    seen: dict[tuple[float, float], int] = {}
    for scan in scans:
        if scan.lat is None or scan.lon is None or scan.checkpoint_id is None:
            continue
        spot = (scan.lat, scan.lon)
        if seen.setdefault(spot, scan.checkpoint_id) != scan.checkpoint_id:
            yield Doubt(MOCKED, scan.id, {"same_point": True})
    for first, last in _standing(track):
        near = [s for s in scans if s.checkpoint_id is not None and first <= s.at <= last]
        if len({s.checkpoint_id for s in near}) > 1:
            minutes = rules.whole_minutes(last - first)
            yield Doubt(MOCKED, None, {"same_point": True, "minutes": minutes})
            return


def _standing(track: Sequence[Fix]) -> Iterator[tuple[datetime, datetime]]:
    """Give from when to when a track stood at exactly one point for long."""
    first: Fix | None = None
    for point in track:
        if first is None or (point.lat, point.lon) != (first.lat, first.lon):
            first = point
        elif point.at - first.at >= STANDS:
            yield first.at, point.at


def _shared(
    scans: Sequence[Scan], others: Sequence[Scan], leading: Collection[int]
) -> Iterator[Doubt]:
    """Give codes that two phones scanned as they cannot have."""
    for scan in scans:
        if scan.code_kind == rules.ROTATING and scan.lat is not None and scan.lon is not None:
            away = _from_the_code(scan, others, leading)
            if away is not None and away > CODE_REACH_M:
                yield Doubt(SHARED_CODE, scan.id, {"metres": round(away)})
    yield from _in_one_hand(scans, others)


def _from_the_code(scan: Scan, others: Sequence[Scan], leading: Collection[int]) -> float | None:
    """Return how far somebody was from the phone that showed the code, as far as is known."""
    near = [
        other
        for other in others
        if other.lat is not None
        and abs(other.at - scan.at) <= NEAR_IN_TIME
        and (other.attendance_id in leading or other.code_kind == rules.ROTATING)
    ]
    shown = [other for other in near if other.attendance_id in leading] or near
    if not shown:
        return None
    # Of two alone, the one who is nearer to where the check-in belongs is believed.
    if len(shown) == 1 and shown[0].attendance_id not in leading and not _farther(scan, shown[0]):
        return None
    lat, lon = (median(getattr(other, name) for other in shown) for name in ("lat", "lon"))
    granted = rules.MOST_ACCURATE_M + _unsure(scan)
    return metres(scan.lat or 0.0, scan.lon or 0.0, lat, lon) - granted


def _unsure(scan: Scan) -> float:
    """Return by how many metres a phone says itself that it may be wrong."""
    return min(scan.accuracy_m or 0.0, LOST_M)


def _farther(scan: Scan, other: Scan) -> bool:
    return scan.beyond_m is None or other.beyond_m is None or scan.beyond_m > other.beyond_m


def _in_one_hand(scans: Sequence[Scan], others: Sequence[Scan]) -> Iterator[Doubt]:
    """Give printed codes that two phones scanned at the same moment, again and again.

    Two phones' clocks are never quite the same, but always by as much.
    """
    mine = {scan.checkpoint_id: scan for scan in scans if scan.code_kind == rules.STATIC}
    apart: dict[int, list[tuple[int, Scan]]] = {}
    for other in others:
        scan = mine.get(other.checkpoint_id)
        if other.code_kind == rules.STATIC and scan:
            seconds = round((other.at - scan.at).total_seconds())
            apart.setdefault(other.attendance_id, []).append((seconds, scan))
    for pairs in apart.values():
        near = [seconds for seconds, _ in pairs if abs(seconds) <= ONE_HAND_S]
        best = max((sum(abs(s - one) <= 1 for s in near) for one in near), default=0)
        if best >= AT_ONCE and 2 * best > len(pairs):
            last = max((scan for _, scan in pairs), key=lambda scan: (scan.at, scan.id))
            yield Doubt(SHARED_CODE, last.id, {"times": best})


def _copied(
    scans: Sequence[Scan],
    track: Sequence[Fix],
    others: Sequence[Scan],
    twins: Iterable[Twin],
    path: Sequence[Sequence[float]],
) -> Iterator[Doubt]:
    """Give a track that somebody else walked before, or nobody."""
    cells = len({cell(point.lat, point.lon) for point in track})
    for twin in twins:
        if twin.before and twin.cells >= max(COPIED_POINTS, COPIED_SHARE * cells):
            yield Doubt(COPIED, None, {"points": twin.cells})
            return
    where: dict[tuple[float | None, float | None], list[Scan]] = {}
    for other in others:
        where.setdefault((other.lat, other.lon), []).append(other)
    same: dict[int, list[Scan]] = {}
    for scan in scans:
        for other in where.get((scan.lat, scan.lon), []) if scan.lat is not None else []:
            if (other.received_at, other.id) < (scan.received_at, scan.id):
                same.setdefault(other.attendance_id, []).append(scan)
    for found in same.values():
        if len({(scan.lat, scan.lon) for scan in found}) >= COPIED_SCANS:
            yield Doubt(COPIED, found[-1].id, {"points": len(found)})
    if is_drawn(track, path):
        yield Doubt(COPIED, None, {"drawn": True})


def is_drawn(track: Sequence[Fix], path: Sequence[Sequence[float]]) -> bool:
    """Whether a track lies on the route's own line, as no receiver has it."""
    spots = sorted({(point.lat, point.lon) for point in track})
    if len(spots) < DRAWN_POINTS or len(path) <= 1:
        return False
    return all(from_path(lat, lon, path) < DRAWN_M for lat, lon in spots)


def cell(lat: float, lon: float) -> int:
    """Return the metre-sized cell of a point, as one number."""
    return (round(lat * 100_000) + 9_000_000) * 100_000_000 + round(lon * 100_000) + 18_000_000


def metres(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Return the distance of two points as on a flat map: right to 0.1 % within a city."""
    north = (other_lat - lat) * METRES_A_DEGREE
    east = (other_lon - lon) * METRES_A_DEGREE * math.cos(math.radians((lat + other_lat) / 2))
    return math.hypot(north, east)


def from_path(lat: float, lon: float, path: Sequence[Sequence[float]]) -> float:
    """Return how far a point is from a line of [lat, lon] points, in metres."""
    shrink = math.cos(math.radians(lat))
    flat = [((p[0] - lat) * METRES_A_DEGREE, (p[1] - lon) * METRES_A_DEGREE * shrink) for p in path]
    if len(flat) == 1:
        return math.hypot(*flat[0])
    return min(_from_stretch(one, other) for one, other in pairwise(flat))


def _from_stretch(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return how far the origin is from a stretch between two points."""
    north, east = other[0] - one[0], other[1] - one[1]
    length = north * north + east * east
    along = -(one[0] * north + one[1] * east) / length if length else 0.0
    along = max(0.0, min(1.0, along))
    return math.hypot(one[0] + along * north, one[1] + along * east)
