"""Asking for places, on both databases."""

import pytest
from sqlalchemy import event, update

from app.core.db import changed_rows, db, writing
from app.core.errors import InvalidInput, NotFound
from app.places import service
from app.places.coordinates import Point, wgs84_to_gcj02
from app.places.files import read_places
from app.places.imports import import_places, renew_revision
from app.places.models import Place
from tests.places.maps import LAT, LON, collection, grid, square

CAOTANG = "510105007004"
HOME = (30.658429, 104.032587)
"""A building in the first grid of 草堂路社区."""


@pytest.fixture
def queries(app):
    """Count the statements from here on."""
    seen = []

    def count(_connection, _cursor, statement, *_):
        if statement.startswith("SELECT"):
            seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", count)
    yield seen
    event.remove(db.engine, "before_cursor_execute", count)


def imported(*features):
    return import_places(read_places(collection(*features)).records)


def test_a_point_knows_its_grid_and_community(app):
    assert service.locate(*HOME) == service.LocatedGrid(
        code=f"{CAOTANG}001",
        name="草堂路社区第1网格",
        community_code=CAOTANG,
        community_name="草堂路社区",
        number_prefix="CT",
    )


@pytest.mark.parametrize("point", [(0.0, 0.0), (39.9, 116.4), (90.0, 180.0), (-90.0, -180.0)])
def test_nobody_is_in_charge_outside_all_grids(app, point):
    with pytest.raises(service.OutsideAllGrids):
        service.locate(*point)


def test_locating_costs_one_query(app, queries):
    service.locate(*HOME)
    queries.clear()
    service.locate(*HOME)
    assert len(queries) == 1


def test_many_points_are_located_by_one_query_as_each_alone(app, queries):
    points = [Point(*HOME), Point(0.0, 0.0), Point(HOME[0] + 0.002, HOME[1])]
    service.locate_many(points)
    queries.clear()
    grid, nowhere, other = service.locate_many(points)
    assert len(queries) == 1
    assert grid == service.locate(*points[0])
    assert nowhere is None
    assert other == service.locate(*points[2])
    assert service.locate_many([]) == []


def test_a_shared_border_belongs_to_the_lower_code(community):
    imported(grid(2, square(lon=LON + 0.01)), grid(1, square()))
    assert service.locate(LAT + 0.005, LON + 0.01).code == f"{community}001"


def test_a_new_grid_is_noticed_at_once(community):
    with pytest.raises(service.OutsideAllGrids):
        service.locate(LAT + 0.005, LON + 0.005)
    imported(grid(1, square()))
    assert service.locate(LAT + 0.005, LON + 0.005).number_prefix == "SP"


def test_a_change_by_another_process_is_noticed(community):
    imported(grid(1, square()))
    assert service.locate(LAT + 0.005, LON + 0.005).name == "第1网格"
    with writing():
        changed_rows(update(Place).where(Place.code == f"{community}001").values(name="新名"))
        renew_revision()
    assert service.locate(LAT + 0.005, LON + 0.005).name == "新名"


def test_a_change_that_was_rolled_back_is_forgotten(community):
    def change_and_fail():
        with writing():
            imported(grid(1, square()))
            assert service.locate(LAT + 0.005, LON + 0.005)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        change_and_fail()
    with pytest.raises(service.OutsideAllGrids):
        service.locate(LAT + 0.005, LON + 0.005)


def test_a_phone_may_speak_gcj02(app):
    moved = wgs84_to_gcj02(Point(*HOME))
    found = service.locate_place(*moved, "gcj02")
    assert found == service.locate_place(*HOME, "wgs84")
    assert found["grid"]["outline"]["type"] == "Polygon"
    assert found["community"] == {"code": CAOTANG, "name": "草堂路社区"}


def test_pages_follow_one_another_without_gap_or_repetition(app, queries):
    codes, cursor = [], None
    while True:
        queries.clear()
        found = service.list_places(kind="grid", within="510105007", cursor=cursor, limit=7)
        assert len(queries) == 1
        codes += [item["code"] for item in found["items"]]
        cursor = found["next_cursor"]
        if cursor is None:
            break
    assert codes == sorted(set(codes))
    assert len(codes) == 20


@pytest.mark.parametrize(
    ("chosen", "names"),
    [
        ({"q": "草堂路", "kind": "community"}, ["草堂路社区"]),
        ({"q": CAOTANG, "kind": "community"}, ["草堂路社区"]),
        ({"q": "第2网格", "within": CAOTANG}, ["草堂路社区第2网格"]),
        ({"within": CAOTANG, "limit": 1}, ["草堂路社区"]),
        ({"kind": "district"}, ["吴中区", "青羊区"]),
        ({"q": "%"}, []),
        ({"q": "_"}, []),
        ({"q": "\\"}, []),
        ({"q": "/"}, []),
        ({"q": "' OR 1=1 --"}, []),
        ({"within": "99"}, []),
    ],
)
def test_places_are_found_by_name_code_and_where_they_lie(app, chosen, names):
    found = service.list_places(**chosen)
    assert [item["name"] for item in found["items"]] == names


def test_signs_of_like_stand_for_themselves(community):
    imported(grid(1, square(), name="百分之 5%_A"))
    [found] = service.list_places(q="5%_a")["items"]
    assert found["code"] == f"{community}001"


def test_outlines_come_only_when_asked_for(app):
    plain = service.list_places(kind="grid", limit=1)["items"][0]
    drawn = service.list_places(kind="grid", limit=1, outline=True)["items"][0]
    assert plain["outline"] is None
    assert drawn == {**plain, "outline": drawn["outline"]}
    assert drawn["outline"]["type"] == "Polygon"


@pytest.mark.parametrize("cursor", ["x", "WzFd", "bnVsbA", "W10"])
def test_a_foreign_cursor_is_refused(app, cursor):
    with pytest.raises(InvalidInput):
        service.list_places(cursor=cursor)


def test_a_place_comes_with_the_way_to_it(app, queries):
    found = service.get_place(f"{CAOTANG}001001")
    assert [(step["kind"], step["name"]) for step in found["path"]] == [
        ("district", "青羊区"),
        ("street", "草堂街道"),
        ("community", "草堂路社区"),
        ("grid", "草堂路社区第1网格"),
        ("building", "草堂小区 1 栋"),
    ]
    assert len(queries) == 1


@pytest.mark.parametrize(
    "code", ["", "locate", "999999", "510105007004999", "5101\0", "５１０１０５"]
)
def test_a_place_that_is_not_there_is_not_found(app, code):
    with pytest.raises(NotFound):
        service.get_place(code)


def test_names_come_in_one_query(app, queries):
    assert service.names_of([CAOTANG, CAOTANG, "510105", "999999"]) == {
        CAOTANG: "草堂路社区",
        "510105": "青羊区",
    }
    assert len(queries) == 1
    assert service.names_of([]) == {}
