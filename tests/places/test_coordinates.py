"""Coordinates: the offset is the published one, and the way back loses nothing."""

from collections.abc import Callable
from math import isclose

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.places.coordinates import (
    CoordinateSystem,
    Point,
    distance_m,
    from_wgs84,
    gcj02_to_wgs84,
    to_wgs84,
    wgs84_to_gcj02,
)

IN_CHINA = st.builds(Point, st.floats(0.8293, 55.8271), st.floats(72.004, 137.8347))
ANYWHERE = st.builds(Point, st.floats(-90, 90), st.floats(-180, 180))

# A corner of 澄湖村 in the demo's outlines.
LUZHI = Point(31.260312, 120.877012)
CAOTANG = Point(30.6625, 104.0290)
PARIS = Point(48.8566, 2.3522)


@pytest.mark.parametrize(
    ("wgs84", "gcj02"),
    [
        (Point(31.1774276, 121.5272106), Point(31.17530398364597, 121.531541859215)),
        (Point(22.543847, 113.912316), Point(22.540796131694766, 113.9171764808363)),
        (Point(39.911954, 116.377817), Point(39.91334545536069, 116.38404722455657)),
    ],
    ids=["Shanghai", "Shenzhen", "Beijing"],
)
def test_the_offset_is_the_published_one(wgs84: Point, gcj02: Point) -> None:
    assert wgs84_to_gcj02(wgs84) == pytest.approx(gcj02, abs=1e-9)


def test_at_luzhi_a_mix_up_would_be_465_metres_off() -> None:
    assert distance_m(LUZHI, wgs84_to_gcj02(LUZHI)) == pytest.approx(465, abs=1)


@given(IN_CHINA)
@example(Point(35.0, 105.0))
@example(Point(30.0, 105.0 + 1e-13))
@example(Point(0.8293, 72.004))
@example(Point(55.8271, 137.8347))
def test_there_and_back_is_where_one_was(point: Point) -> None:
    back = gcj02_to_wgs84(wgs84_to_gcj02(point))
    # A micrometre: at longitude 105 the formula has a kink that costs the last digits.
    assert abs(back.lat - point.lat) <= 1e-11
    assert abs(back.lon - point.lon) <= 1e-11


@given(ANYWHERE)
def test_back_is_never_far(point: Point) -> None:
    assert distance_m(point, gcj02_to_wgs84(point)) < 2_000


@pytest.mark.parametrize("convert", [wgs84_to_gcj02, gcj02_to_wgs84])
def test_outside_china_nothing_moves(convert: Callable[[Point], Point]) -> None:
    assert convert(PARIS) == PARIS


def test_the_named_system_decides() -> None:
    assert to_wgs84(CAOTANG, CoordinateSystem.WGS84) == CAOTANG
    assert from_wgs84(CAOTANG, CoordinateSystem.WGS84) == CAOTANG
    on_the_map = from_wgs84(CAOTANG, CoordinateSystem("gcj02"))
    assert on_the_map != CAOTANG
    assert to_wgs84(on_the_map, CoordinateSystem.GCJ02) == pytest.approx(CAOTANG, abs=1e-12)


@given(ANYWHERE, ANYWHERE)
@example(Point(0.0, 0.0), Point(0.0, 180.0))
@example(Point(90.0, 0.0), Point(-90.0, 0.0))
def test_distance_is_the_same_both_ways_and_at_most_half_round(one: Point, other: Point) -> None:
    there = distance_m(one, other)
    assert 0 <= there <= 20_016_000
    assert isclose(there, distance_m(other, one), abs_tol=1e-6)


def test_a_degree_of_latitude_is_111_kilometres() -> None:
    assert distance_m(Point(30.0, 104.0), Point(31.0, 104.0)) == pytest.approx(111_195, abs=1)
