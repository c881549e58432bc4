"""What is taken into the tree, what is not, and what it does to what is there."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.core.db import read
from app.places import service
from app.places.files import read_places
from app.places.imports import import_places
from app.places.models import Place
from tests.places.maps import LAT, LON, collection, feature, grid, square
from tests.spending import spending


def imported(*features, dry_run=False):
    return import_places(read_places(collection(*features)).records, dry_run=dry_run)


def counts(report):
    return tuple(
        len(part) for part in (report.added, report.changed, report.unchanged, report.refused)
    )


def reasons(report):
    return {refusal.code[-3:]: refusal.reason for refusal in report.refused}


def outline_of(code):
    return read(select(Place.outline).where(Place.code == code)).scalar_one()


def house(code, lat, lon):
    return feature(code, {"type": "Point", "coordinates": [lon, lat]}, "1 栋")


def test_a_second_time_changes_nothing(community):
    first, second = grid(1, square()), grid(2, square(lon=LON + 0.01))
    assert counts(imported(first, second)) == (2, 0, 0, 0)
    assert counts(imported(first, second)) == (0, 0, 2, 0)
    assert counts(imported(first, grid(2, square(lon=LON + 0.011)))) == (0, 1, 1, 0)


def test_a_dry_run_says_the_same_and_does_nothing(community):
    assert counts(imported(grid(1, square()), dry_run=True)) == (1, 0, 0, 0)
    with pytest.raises(service.OutsideAllGrids):
        service.locate(LAT + 0.005, LON + 0.005)


def test_what_a_file_does_not_say_stays(community):
    imported(grid(1, square()))
    before = outline_of(f"{community}001")
    renamed = b'[{"code": "%b001", "name": "new"}]' % community.encode()
    assert counts(import_places(read_places(renamed).records)) == (0, 1, 0, 0)
    assert outline_of(f"{community}001") == before
    assert service.get_place(f"{community}001")["name"] == "new"


def test_what_has_no_outline_has_none_in_the_database_either(community):
    assert outline_of(community) is None
    assert not read(
        select(Place.code).where(Place.code == community, Place.outline.is_not(None))
    ).all()


def test_an_orphan_is_refused_and_so_is_what_lies_in_it(community):
    orphan = feature("440106009001001", {"type": "Polygon", "coordinates": [square()]})
    report = imported(orphan, house("440106009001001001", LAT, LON))
    assert counts(report) == (0, 0, 0, 2)
    assert "no place 440106009001 " in report.refused[0].reason
    assert "no place 440106009001001 " in report.refused[1].reason


def test_a_code_twice_in_a_file_is_taken_once(community):
    report = imported(grid(1, square()), grid(1, square(lon=LON + 0.02)))
    assert counts(report) == (1, 0, 0, 1)
    assert report.refused[0].where == "feature 2"
    assert "feature 1" in report.refused[0].reason


def test_grids_and_their_buildings_may_come_in_any_order(community):
    code = f"{community}001001"
    assert counts(imported(house(code, LAT + 0.005, LON + 0.005), grid(1, square())))[0] == 2


@pytest.mark.parametrize(("off", "refused"), [(0.0, 0), (0.0004, 0), (0.0006, 1), (0.5, 1)])
def test_a_building_stands_in_its_grid_or_nearly(community, off, refused):
    imported(grid(1, square()))
    report = imported(house(f"{community}001001", LAT + 0.005, LON - off))
    assert len(report.refused) == refused


def test_of_overlapping_grids_the_first_is_taken(community):
    report = imported(
        grid(1, square()),
        grid(2, square(lon=LON + 0.005)),
        grid(3, square(lon=LON + 0.0125)),
        grid(4, square(lon=LON + 0.02, lat=LAT + 0.02)),
    )
    assert reasons(report) == {"002": f"it overlaps grid {community}001 by 50% of the smaller one"}
    assert len(report.added) == 3


def test_a_sliver_is_no_overlap(community):
    assert not imported(grid(1, square()), grid(2, square(lon=LON + 0.00995))).refused


def test_who_stands_already_stays(community):
    imported(grid(2, square()))
    report = imported(grid(1, square(lon=LON + 0.002)), grid(2, square(lon=LON + 0.5)))
    assert not report.refused, "grid 2 makes room in the same file"
    report = imported(grid(3, square(lon=LON + 0.004)))
    assert "001 by 80%" in reasons(report)["003"]


def test_a_grid_that_may_not_move_stands_where_it_was(community):
    imported(grid(1, square()), grid(2, square(lon=LON + 0.1)))
    report = imported(
        grid(1, square(lon=LON + 0.105)),  # refused: grid 2 stands there
        grid(3, square(lon=LON + 0.005)),  # would have been free had grid 1 gone
    )
    assert reasons(report) == {
        "001": f"it overlaps grid {community}002 by 50% of the smaller one",
        "003": f"it overlaps grid {community}001 by 50% of the smaller one",
    }
    assert service.locate(LAT + 0.005, LON + 0.001).code == f"{community}001"


def test_a_city_of_committees_comes_in_a_few_statements(tree):
    committees = [
        {
            "code": f"4401{area:02}{street:03}{number:03}",
            "name": f"第{number}社区居委会",
            "street_code": f"4401{area:02}{street:03}",
            "street": f"第{street}街道",
            "area_code": f"4401{area:02}",
            "area": f"第{area}区",
        }
        for area in range(1, 6)
        for street in range(1, 21)
        for number in range(1, 54)
    ]
    records = read_places(json.dumps(committees).encode()).records
    with spending() as spent:
        assert counts(import_places(records)) == (5300 + 100 + 5, 0, 0, 0)
        assert counts(import_places(records)) == (0, 0, 5300, 0)
    assert spent.seconds < 10


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(corners=st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=8))
def test_taken_grids_never_overlap_and_each_finds_itself(community, corners):
    drawn = [
        grid(number, square(LAT + y / 2000, LON + x / 2000))
        for number, (x, y) in enumerate(corners, 1)
    ]
    report = imported(*drawn)
    assert sum(counts(report)) == len(corners)
    again = imported(*drawn)
    assert not again.added
    assert not again.changed
    for code in report.added:
        place = service.get_place(code)
        assert service.locate(place["lat"], place["lon"]).code == code
