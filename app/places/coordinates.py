"""The two coordinate systems of a phone in China, and the way between them.

A GPS receiver speaks WGS-84; every map licensed in China, and with it
`wx.chooseLocation`, speaks GCJ-02, which moves each point by some 300 to 700 m.
Inside this house everything is WGS-84: a coordinate that comes in names its
system and passes through `to_wgs84` at the door.

Angles are degrees, north and east positive; distances are metres.
"""

from enum import StrEnum
from math import asin, cos, hypot, pi, radians, sin, sqrt
from typing import NamedTuple


class CoordinateSystem(StrEnum):
    """What a pair of numbers from a phone may mean."""

    WGS84 = "wgs84"
    GCJ02 = "gcj02"


class Point(NamedTuple):
    """A place on the earth in degrees. Latitude first, as people say it; GeoJSON has it second."""

    lat: float
    lon: float


# The ellipsoid of Krasovsky (1940), on which GCJ-02 is defined.
_AXIS_M = 6_378_245.0
_ECCENTRICITY_SQUARED = 0.006_693_421_622_965_943

# The mean radius of the earth (IUGG). On a sphere, haversine is within 0.6 % of the ellipsoid,
# which is nothing beside the error of a phone's position.
_EARTH_RADIUS_M = 6_371_008.8

# GCJ-02 moves what lies in this box and leaves the rest of the world alone.
_SOUTH, _NORTH = 0.8293, 55.8271
_WEST, _EAST = 72.004, 137.8347

# No offset in the box reaches a fiftieth of a degree (2 km).
_REACH = 0.02

# Each step of the inverse leaves about a hundredth of the error of the one before, so
# seven or eight reach the last bit of a float; the rest is for the neighbourhood of
# longitude 105, where the formula has a kink.
_STEPS = 20
_CLOSE_ENOUGH = 1e-14


def to_wgs84(point: Point, system: CoordinateSystem) -> Point:
    """Return `point`, given in `system`, in WGS-84."""
    return gcj02_to_wgs84(point) if system is CoordinateSystem.GCJ02 else point


def from_wgs84(point: Point, system: CoordinateSystem) -> Point:
    """Return `point`, given in WGS-84, in `system`."""
    return wgs84_to_gcj02(point) if system is CoordinateSystem.GCJ02 else point


def wgs84_to_gcj02(point: Point) -> Point:
    """Move a WGS-84 point as the maps of China do; outside China it stays where it is."""
    return _moved(point) if _in_china(point) else point


def gcj02_to_wgs84(point: Point) -> Point:
    """Find the WGS-84 point that GCJ-02 moves onto `point`.

    There is no closed inverse, but the offset changes so slowly that subtracting
    it at the last guess converges to a float's last bits: about 1e-9 m, and on
    longitude 105, where the formula has a kink, still below 1e-6 m.

    Which side of the border counts is decided by the answer, not by the
    question, so that every point inside the box survives the way there and back;
    along the box's edge the map itself is torn and a point just outside may be
    taken for one just inside.
    """
    if not _in_china(point, margin=_REACH):
        return point
    origin = _unmoved(point)
    # The edge itself belongs to the box, and rounding must not push its points out.
    return origin if _in_china(origin, margin=1e-9) else point


def distance_m(one: Point, other: Point) -> float:
    """Return the great-circle distance in metres (haversine) of two points of the same system."""
    half_lat = radians(other.lat - one.lat) / 2
    half_lon = radians(other.lon - one.lon) / 2
    shrink = sqrt(cos(radians(one.lat)) * cos(radians(other.lat)))
    chord = hypot(sin(half_lat), sin(half_lon) * shrink)
    # Rounding may carry the chord of two antipodes a hair beyond 1.
    return 2 * _EARTH_RADIUS_M * asin(min(1.0, chord))


def _in_china(point: Point, *, margin: float = 0.0) -> bool:
    in_latitude = _SOUTH - margin <= point.lat <= _NORTH + margin
    return in_latitude and _WEST - margin <= point.lon <= _EAST + margin


def _unmoved(point: Point) -> Point:
    guess = point
    for _ in range(_STEPS):
        moved = _moved(guess)
        off = Point(moved.lat - point.lat, moved.lon - point.lon)
        guess = Point(guess.lat - off.lat, guess.lon - off.lon)
        if abs(off.lat) <= _CLOSE_ENOUGH and abs(off.lon) <= _CLOSE_ENOUGH:
            break
    return guess


def _moved(point: Point) -> Point:
    """Apply the offset of GCJ-02 without asking for the border."""
    north_m, east_m = _offset_m(x=point.lon - 105.0, y=point.lat - 35.0)
    lat = radians(point.lat)
    flattening = 1 - _ECCENTRICITY_SQUARED * sin(lat) ** 2
    meridian_m = _AXIS_M * (1 - _ECCENTRICITY_SQUARED) / flattening**1.5
    parallel_m = _AXIS_M / sqrt(flattening) * cos(lat)
    return Point(
        point.lat + north_m / (meridian_m * pi / 180),
        point.lon + east_m / (parallel_m * pi / 180),
    )


def _offset_m(*, x: float, y: float) -> tuple[float, float]:
    """Return the offset (north, east) in metres, `x` and `y` degrees from 35 N 105 E."""
    ripple = (20 * sin(6 * pi * x) + 20 * sin(2 * pi * x)) * 2 / 3
    north = (
        -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x))
        + ripple
        + (20 * sin(pi * y) + 40 * sin(pi * y / 3)) * 2 / 3
        + (160 * sin(pi * y / 12) + 320 * sin(pi * y / 30)) * 2 / 3
    )  # fmt: skip
    east = (
        300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x))
        + ripple
        + (20 * sin(pi * x) + 40 * sin(pi * x / 3)) * 2 / 3
        + (150 * sin(pi * x / 12) + 300 * sin(pi * x / 30)) * 2 / 3
    )  # fmt: skip
    return north, east
