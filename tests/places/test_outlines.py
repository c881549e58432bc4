"""Outlines without a database: what may be one, and what lies where."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.places import outlines
from app.places.coordinates import CoordinateSystem, Point, distance_m
from tests.places.maps import LAT, LON, polygon, square

WGS84, GCJ02 = CoordinateSystem.WGS84, CoordinateSystem.GCJ02
BOW_TIE = [[113.0, 23.0], [113.1, 23.1], [113.1, 23.0], [113.0, 23.1], [113.0, 23.0]]
LINE = [[113.0, 23.0], [113.1, 23.0], [113.0, 23.0], [113.0, 23.0]]


@pytest.mark.parametrize(
    ("geometry", "reason"),
    [
        (None, "no geometry"),
        ({"type": "Point", "coordinates": [LON, LAT]}, "not a Polygon"),
        ({"type": ["Polygon"]}, "not a Polygon"),
        ({"type": "Polygon"}, "empty"),
        ({"type": "Polygon", "coordinates": []}, "empty"),
        ({"type": "Polygon", "coordinates": [[]]}, "empty"),
        ({"type": "MultiPolygon", "coordinates": [square()]}, "nested|number"),
        (polygon([[LAT, LON] for LON, LAT in square()]), "swapped"),
        (polygon(square(lat=0.5)), "out of range"),
        (polygon(square(lat=95)), "swapped|out of range"),
        (polygon(square()[:-1]), "not closed"),
        (polygon(square()[:2] + square()[:1]), "not closed"),
        (polygon([["113.3", "23.1"], *square()[1:]]), "not a number"),
        (polygon([[True, LAT], *square()[1:]]), "not a number"),
        (polygon([[float("nan"), LAT], *square()[1:]]), "not a number"),
        (polygon(BOW_TIE), "Self-intersection"),
        (polygon(LINE), "invalid|no area"),
        (polygon(square(side=0.00001)), "no area"),
    ],
)
def test_a_bad_outline_is_refused_with_the_reason(geometry, reason):
    with pytest.raises(outlines.OutlineError, match=reason):
        outlines.check_outline(geometry, WGS84)


def test_heights_are_dropped_and_the_rest_kept():
    with_heights = [[*corner, 500.0] for corner in square()]
    assert outlines.check_outline(polygon(with_heights), WGS84) == polygon(
        [[round(lon, 7), round(lat, 7)] for lon, lat in square()]
    )


def test_gcj02_is_moved_to_where_the_place_is():
    moved = outlines.check_outline(polygon(square()), GCJ02)
    lon, lat = moved["coordinates"][0][0]
    assert 300 < distance_m(Point(LAT, LON), Point(lat, lon)) < 800


def test_a_point_lies_in_a_ring_with_a_hole_or_not():
    hole = square(LAT + 0.004, LON + 0.004, side=0.002)
    ring = outlines.check_outline({"type": "Polygon", "coordinates": [square(), hole]}, WGS84)
    index = outlines.OutlineIndex([ring])
    assert index.at(Point(LAT + 0.001, LON + 0.001)) == 0
    assert index.at(Point(LAT + 0.005, LON + 0.005)) is None
    assert index.at(outlines.middle_of(ring)) == 0


def test_borders_belong_to_the_first_and_cracks_to_the_nearest():
    crack = outlines.CRACK
    west, east = square(side=0.01), square(lon=LON + 0.01, side=0.01)
    far = square(lon=LON + 0.02 + crack, side=0.01)
    index = outlines.OutlineIndex([polygon(ring) for ring in (west, east, far)])
    inside = LAT + 0.005
    assert index.at(Point(inside, LON + 0.01)) == 0
    assert index.at(Point(inside, LON + 0.02 + crack * 0.1)) == 1
    assert index.at(Point(inside, LON + 0.02 + crack * 0.9)) == 2
    assert index.at(Point(inside, LON - crack * 0.9)) == 0
    assert index.at(Point(inside, LON - crack * 3)) is None


def test_an_empty_tree_holds_nothing():
    assert outlines.OutlineIndex([]).at(Point(LAT, LON)) is None


@given(
    lat=st.floats(20, 50),
    lon=st.floats(80, 130),
    side=st.floats(0.0005, 0.5),
    system=st.sampled_from(CoordinateSystem),
)
def test_the_middle_of_any_outline_lies_in_it(lat, lon, side, system):
    outline = outlines.check_outline(polygon(square(lat, lon, side)), system)
    assert outlines.check_outline(outline, WGS84) == outline
    assert outlines.OutlineIndex([outline]).at(outlines.middle_of(outline)) == 0


NUMBERS = st.floats() | st.integers() | st.none() | st.text(max_size=2) | st.booleans()
NESTS = st.recursive(NUMBERS, lambda inner: st.lists(inner, max_size=4), max_leaves=20)


@given(
    geometry=NESTS
    | st.fixed_dictionaries(
        {"type": st.sampled_from(["Polygon", "MultiPolygon", "Point", None])},
        optional={"coordinates": NESTS},
    )
)
def test_whatever_comes_is_an_outline_or_refused(geometry):
    try:
        outlines.check_outline(geometry, WGS84)
    except outlines.OutlineError as refused:
        assert str(refused)  # noqa: PT017 either answer is right
