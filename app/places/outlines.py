"""Outlines: what may be one, where its middle is, and which of them a point lies in.

Angles are degrees WGS-84. GeoJSON writes longitude first, we say latitude first.
"""

import math
from collections.abc import Iterator, Sequence
from typing import Any

import orjson
import shapely
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry

from app.places.coordinates import CoordinateSystem, Point, to_wgs84

CRACK = 0.00005
"""About 5 m: what a phone's position is worth. Cracks between outlines are far narrower."""

OVERLAP = 0.01
"""The part of the smaller outline by which two grids may overlap: surveyors never quite agree."""

SMALLEST = 1e-9
"""Square degrees, about 10 m²: less is a slip of the pen."""

PLACES_OF_A_DEGREE = 7
"""About 1 cm: the rest of a converted coordinate's digits is noise."""

SOUTH, NORTH = 0.8, 55.9
WEST, EAST = 72.0, 137.9
POLYGONS = ("Polygon", "MultiPolygon")
A_RING = 4
"""A ring has three corners and comes back to the first."""


class OutlineError(ValueError):
    """This cannot be where a place is; the message says why, for the deployer."""


def check_point(lat: Any, lon: Any, system: CoordinateSystem) -> Point:
    """Return a position in WGS-84. Errors: OutlineError."""
    if not _is_number(lat) or not _is_number(lon):
        raise OutlineError("a coordinate is not a number")
    if not _in_range(lat, lon):
        if _in_range(lon, lat):
            msg = f"latitude and longitude are swapped: lat {lat:g}, lon {lon:g}"
            raise OutlineError(msg)
        msg = f"out of range: lat {lat:g}, lon {lon:g} is not in China"
        raise OutlineError(msg)
    point = to_wgs84(Point(float(lat), float(lon)), system)
    return Point(_rounded(point.lat), _rounded(point.lon))


def check_outline(geometry: Any, system: CoordinateSystem) -> dict[str, Any]:
    """Return a GeoJSON Polygon or MultiPolygon in WGS-84, checked. Errors: OutlineError."""
    if not isinstance(geometry, dict):
        raise OutlineError("no geometry")
    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
    if kind not in POLYGONS:
        msg = f"the geometry is {kind!r}, not a Polygon or MultiPolygon"
        raise OutlineError(msg)
    polygons = [coordinates] if kind == "Polygon" else coordinates
    checked = [
        [_check_ring(ring, system) for ring in _sequence(polygon)]
        for polygon in _sequence(polygons)
    ]
    found = shape({"type": kind, "coordinates": checked[0] if kind == "Polygon" else checked})
    if not found.is_valid:
        msg = f"invalid polygon: {shapely.is_valid_reason(found)}"
        raise OutlineError(msg)
    if found.area < SMALLEST:
        raise OutlineError("empty: the polygon has no area")
    outline: dict[str, Any] = orjson.loads(orjson.dumps(mapping(found)))
    return outline


def middle_of(outline: dict[str, Any]) -> Point:
    """Return a point inside an outline, near its middle where the form allows."""
    inside = shape(outline).representative_point()
    return Point(_rounded(inside.y), _rounded(inside.x))


def distance_to(outline: dict[str, Any], point: Point) -> float:
    """Return how many degrees a point lies outside an outline; inside it is 0."""
    return float(shape(outline).distance(shapely.Point(point.lon, point.lat)))


class OutlineIndex:
    """Many outlines, searched by a tree of their bounding boxes. Immutable, so threads share it."""

    def __init__(self, outlines: Sequence[dict[str, Any]]) -> None:
        self._shapes: list[BaseGeometry] = [shape(outline) for outline in outlines]
        self._tree = shapely.STRtree(self._shapes)

    def at(self, point: Point) -> int | None:
        """Return the lowest position of an outline that holds a point, or None.

        A border belongs to both its sides, so the order in which the outlines
        were given decides; a point in a crack belongs to what is nearest.
        """
        where = shapely.Point(_rounded(point.lon), _rounded(point.lat))
        holding = self._tree.query(where, predicate="intersects")
        if not holding.size:
            holding = self._tree.query_nearest(where, max_distance=CRACK)
        return int(holding.min()) if holding.size else None

    def overlaps(self) -> Iterator[tuple[int, int, float]]:
        """Find pairs that overlap by more than OVERLAP: first, second, part of the smaller one."""
        one, other = self._tree.query(self._shapes, predicate="intersects")
        for i, j in sorted((int(i), int(j)) for i, j in zip(one, other, strict=True) if i < j):
            first, second = self._shapes[i], self._shapes[j]
            part = first.intersection(second).area / min(first.area, second.area)
            if part > OVERLAP:
                yield i, j, part


def _check_ring(ring: Any, system: CoordinateSystem) -> list[tuple[float, float]]:
    corners = []
    for position in _sequence(ring):
        lon, lat = _sequence(position, least=2)[:2]
        point = check_point(lat, lon, system)
        corners.append((point.lon, point.lat))
    if len(corners) < A_RING or corners[0] != corners[-1]:
        raise OutlineError("a ring is not closed: its last position must repeat its first")
    return corners


def _sequence(value: Any, *, least: int = 1) -> list[Any]:
    if not isinstance(value, list) or len(value) < least:
        raise OutlineError("empty, or its coordinates are not nested as GeoJSON asks")
    return value


def _rounded(angle: float) -> float:
    return round(angle, PLACES_OF_A_DEGREE)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _in_range(lat: float, lon: float) -> bool:
    return SOUTH <= lat <= NORTH and WEST <= lon <= EAST
