"""Reading files, without a database."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.places import files
from app.places.coordinates import Point, distance_m
from app.places.rules import PlaceKind
from tests.places.maps import COMMITTEE, LAT, LON, collection, feature, grid, polygon, square

GRID = "440106001001001"
HOUSE = f"{GRID}001"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "not JSON"),
        (b"\xff\xfe[]", "not JSON"),
        (b"[NaN]", "not JSON"),
        (b"[" * 5000, "not JSON"),
        (b'"text"', "neither"),
        (b'{"type": "Feature"}', "neither"),
        (b'{"type": "FeatureCollection"}', "no list of features"),
        (b'{"type": "FeatureCollection", "features": {}}', "no list of features"),
        (collection(crs="bd09"), "bd09"),
        (collection(metadata={"coord_sys": "unknown"}), "unknown"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(content, reason):
    with pytest.raises(files.UnreadableFileError, match=reason):
        files.read_places(content)


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        (None, "no place code"),
        ([], "no place code"),
        ({}, "no place code"),
        (COMMITTEE | {"code": "44010600100"}, "no place code"),
        (COMMITTEE | {"code": 1.5}, "no place code"),
        (COMMITTEE | {"name": " "}, "no name"),
        (COMMITTEE | {"name": ["a"]}, "no name"),
        (COMMITTEE | {"name": "长" * 81}, "81 characters"),
        (COMMITTEE | {"name": "石\u0000牌"}, "printed"),
        (COMMITTEE | {"name": "石\u202e牌"}, "printed"),
        (COMMITTEE | {"street_code": "440106002"}, "the code lies in 440106001"),
        (COMMITTEE | {"parent_code": "440106"}, "the code lies in 440106001"),
        (COMMITTEE | {"lat": LON, "lon": LAT}, "swapped"),
        (COMMITTEE | {"lat": LAT}, "not a number"),
        (COMMITTEE | {"lat": LAT, "lon": LON, "coord_sys": "bd09"}, "bd09"),
    ],
)
def test_a_bad_item_is_refused_by_number_and_the_rest_taken(entry, reason):
    found = files.read_places(json.dumps([COMMITTEE, entry]).encode())
    assert found.records[0].code == COMMITTEE["code"]
    [refusal] = found.refused
    assert refusal.where == "item 2"
    assert reason in refusal.reason


def test_a_committee_brings_its_street_and_district_along():
    found = files.read_places(json.dumps([COMMITTEE]).encode())
    assert [(r.code, r.name, r.implied) for r in found.records] == [
        ("440106001001", "石牌社区", False),
        ("440106", "天河区", True),
        ("440106001", "石牌街道", True),
    ]


def test_features_may_use_the_names_of_the_trade():
    properties = {"grid_code": int(GRID), "grid_name": "一网格", "community_code": GRID[:12]}
    one = {"type": "Feature", "properties": properties, "geometry": polygon(square())}
    [record] = files.read_places(b"\xef\xbb\xbf" + collection(one)).records
    assert (record.code, record.name) == (GRID, "一网格")
    assert record.outline["type"] == "Polygon"


@pytest.mark.parametrize(
    ("members", "moved"),
    [
        ({}, False),
        ({"crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}}, False),
        ({"metadata": {"crs": "WGS84 (synthetic)"}}, False),
        ({"coord_sys": "gcj02"}, True),
        ({"metadata": {"crs": "GCJ-02"}}, True),
    ],
)
def test_a_collection_says_its_system(members, moved):
    point = {"type": "Point", "coordinates": [LON, LAT]}
    [record] = files.read_places(collection(feature(HOUSE, point, "1 栋"), **members)).records
    assert (distance_m(record.point, Point(LAT, LON)) > 100) is moved


def test_an_item_says_its_own_system():
    house = {"code": HOUSE, "name": "1 栋", "lat": LAT, "lon": LON}
    content = json.dumps([house, {**house, "coord_sys": "gcj02"}]).encode()
    plain, moved = files.read_places(content).records
    assert plain.point == Point(LAT, LON) != moved.point


@pytest.mark.parametrize("geometry", [None, {"type": "Point", "coordinates": [LON, LAT]}])
def test_a_grid_needs_an_outline(geometry):
    assert files.read_places(collection(feature(GRID, geometry))).refused


def test_only_the_wanted_kind_is_taken():
    found = files.read_places(collection(grid(1, square())), PlaceKind.BUILDING)
    assert found.refused[0].reason == "it is a grid, not a building"


WORDS = (
    *("type", "features", "properties", "geometry", "coordinates", "crs", "coord_sys", "metadata"),
    *("code", "name", "outline", "lat", "lon", "parent", "street_code"),
)
JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(0, 2**63) | st.text(max_size=6),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(WORDS),
            inner,
            max_size=5,
        )
    ),
    max_leaves=25,
)


@given(data=JSON_VALUES)
def test_whatever_json_comes_is_read_or_refused(data):
    for content in (data, [data], {"type": "FeatureCollection", "features": [data]}):
        try:
            found = files.read_places(json.dumps(content).encode())
        except files.UnreadableFileError as refused:
            assert str(refused)  # noqa: PT017 either answer is right
        else:
            assert all(refusal.reason for refusal in found.refused)
