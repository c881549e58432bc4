"""The demo's own map is as good as we ask a deployer's to be."""

import itertools

import pytest
from shapely.geometry import shape
from shapely.ops import unary_union

from app.places import service
from demo import places

STREETS = {"510105007": (5, 20), "320506100": (22, 66)}


def all_places(kind, within):
    items, cursor = [], None
    while True:
        found = service.list_places(kind=kind, within=within, outline=True, cursor=cursor, limit=50)
        items += found["items"]
        cursor = found["next_cursor"]
        if cursor is None:
            return items


def test_loading_again_changes_nothing(app):
    report = places.load()
    assert not report.added
    assert not report.refused
    assert len(report.unchanged) > 200


@pytest.mark.parametrize(("street", "counts"), STREETS.items())
def test_grids_cover_their_street_without_overlap(app, street, counts):
    communities = [item for item in all_places("community", street) if item["outline"]]
    grids = all_places("grid", street)
    assert (len(communities), len(grids)) == counts
    outlines = [shape(grid["outline"]) for grid in grids]
    whole = unary_union([shape(community["outline"]) for community in communities])
    assert unary_union(outlines).symmetric_difference(whole).area < whole.area / 10_000
    for one, other in itertools.combinations(outlines, 2):
        assert one.intersection(other).area < min(one.area, other.area) / 1_000


@pytest.mark.parametrize("street", STREETS)
def test_every_grid_is_found_at_its_own_point(app, street):
    for grid in all_places("grid", street):
        found = service.locate(grid["lat"], grid["lon"])
        assert found.code == grid["code"]
        assert found.community_code == grid["parent_code"]


def test_every_building_stands_in_its_grid(app):
    buildings = all_places("building", None)
    assert len(buildings) == 31
    for building in buildings:
        assert service.locate(building["lat"], building["lon"]).code == building["parent_code"]
