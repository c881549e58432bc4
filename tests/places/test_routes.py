"""Places over HTTP."""

import pytest

CAOTANG = "510105007004"


@pytest.fixture
def stranger(clients):
    """Return somebody without any role: choosing a home comes before having one."""
    return clients["stranger"]


def test_places_are_listed(stranger):
    answer = stranger.get("/places", kind="grid", within=CAOTANG, outline="true", limit=3)
    assert answer.status_code == 200
    assert [item["code"] for item in answer.json["items"]] == [f"{CAOTANG}00{n}" for n in (1, 2, 3)]
    assert answer.json["items"][0]["outline"]["type"] == "Polygon"
    rest = stranger.get(
        "/places", kind="grid", within=CAOTANG, limit=3, cursor=answer.json["next_cursor"]
    )
    assert [item["code"] for item in rest.json["items"]] == [f"{CAOTANG}004"]
    assert rest.json["next_cursor"] is None


def test_a_place_is_shown_with_its_path(stranger):
    answer = stranger.get(f"/places/{CAOTANG}")
    assert answer.status_code == 200
    assert answer.json["name"] == "草堂路社区"
    assert answer.json["parent_code"] == "510105007"
    assert [step["kind"] for step in answer.json["path"]] == ["district", "street", "community"]


def test_a_point_is_located(stranger):
    answer = stranger.get("/places/locate", lat=30.658429, lon=104.032587, coord_sys="wgs84")
    assert answer.status_code == 200
    assert answer.json["grid"]["code"] == f"{CAOTANG}001"
    assert answer.json["community"] == {"code": CAOTANG, "name": "草堂路社区"}


@pytest.mark.parametrize("path", ["/places", f"/places/{CAOTANG}", "/places/locate"])
def test_who_is_not_signed_in_sees_no_place(client, path):
    assert client.get(path).status_code == 401


@pytest.mark.parametrize("code", ["999999", "510105007004999", "x", "%00", "..%2f", "邻里"])
def test_an_unknown_place_is_not_found(stranger, code):
    answer = stranger.get(f"/places/{code}")
    assert (answer.status_code, answer.json["code"]) == (404, "not_found")


def test_a_point_outside_all_grids_is_not_found(stranger):
    answer = stranger.get("/places/locate", lat=0, lon=0, coord_sys="wgs84")
    assert (answer.status_code, answer.json["code"]) == (404, "outside_all_grids")


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"lat": 30, "lon": 104}, "coord_sys"),
        ({"lat": 30, "lon": 104, "coord_sys": "bd09"}, "coord_sys"),
        ({"lon": 104, "coord_sys": "wgs84"}, "lat"),
        ({"lat": 91, "lon": 104, "coord_sys": "wgs84"}, "lat"),
        ({"lat": "nan", "lon": 104, "coord_sys": "wgs84"}, "lat"),
        ({"lat": 30, "lon": "1e999", "coord_sys": "wgs84"}, "lon"),
        ({"lat": 30, "lon": 104, "coord_sys": "wgs84", "alt": 5}, "alt"),
    ],
)
def test_a_bad_point_is_refused(stranger, query, field):
    answer = stranger.get("/places/locate", **query)
    assert answer.status_code == 422
    assert field in [fault["field"] for fault in answer.json["errors"]]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"kind": "planet"}, "kind"),
        ({"q": "长" * 41}, "q"),
        ({"q": "\0"}, "q"),
        ({"within": "x"}, "within"),
        ({"within": "510105\n"}, "within"),
        ({"limit": 51}, "limit"),
        ({"limit": 0}, "limit"),
        ({"cursor": "x"}, "cursor"),
        ({"outline": "perhaps"}, "outline"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_bad_choice_is_refused(stranger, query, field):
    answer = stranger.get("/places", **query)
    assert answer.status_code == 422
    assert field in [fault["field"] for fault in answer.json["errors"]]
