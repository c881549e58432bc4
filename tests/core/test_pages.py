"""A cursor is a place in a list: it survives the trip, and nonsense is refused, never trusted."""

import base64
from datetime import UTC, datetime, timedelta, timezone

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core import pages
from app.core.errors import InvalidInput
from app.core.forms import BIGGEST_ID, unsafe

WORDS = st.text(
    st.characters(codec="utf-8").filter(lambda character: not unsafe(character)), max_size=40
)
ZONES = st.sampled_from([UTC, timezone(timedelta(hours=8))])
MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2999, 1, 1), timezones=ZONES)  # noqa: DTZ001
VALUES = {
    int: st.integers(0, BIGGEST_ID),
    float: st.floats(allow_nan=False, allow_infinity=False),
    str: WORDS,
    datetime: MOMENTS,
}
KEYS = st.lists(
    st.sampled_from(list(VALUES)).flatmap(lambda kind: st.tuples(st.just(kind), VALUES[kind])),
    min_size=1,
    max_size=3,
)


@given(KEYS)
def test_a_cursor_survives_the_trip(key):
    types, values = zip(*key, strict=True)
    assert pages.decode(pages.encode(*values), *types) == list(values)


@given(st.text(max_size=400) | st.binary().map(lambda raw: base64.urlsafe_b64encode(raw).decode()))
def test_garbage_is_refused_and_breaks_nothing(garbage):
    for types in ((int,), (datetime, int), (float, int), (str,)):
        try:
            values = pages.decode(garbage, *types)
        except InvalidInput:
            continue
        assert [type(value) for value in values] == list(types)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats() | WORDS,
    lambda below: st.lists(below, max_size=3) | st.dictionaries(WORDS, below, max_size=3),
    max_leaves=5,
)


@given(JSON)
def test_any_json_in_a_cursor_is_of_the_lists_types_or_refused(value):
    cursor = base64.urlsafe_b64encode(orjson.dumps(value)).decode()
    for types in ((int,), (datetime, int), (float, int), (str,)):
        try:
            values = pages.decode(cursor, *types)
        except InvalidInput:
            continue
        assert [type(value) for value in values] == list(types)


def cursor(*values):
    return base64.urlsafe_b64encode(orjson.dumps(values)).decode()


HOSTILE = [
    "x",
    "====",
    "%00",
    "\0",
    "游标",
    cursor(),
    cursor(-1),
    cursor(2**63),
    cursor(*[True]),
    cursor("1"),
    cursor(1.5),
    cursor(None),
    cursor([1]),
    cursor("0001-01-01T00:00:00+14:00", 1),
    cursor("9999-12-31T23:59:59-14:00", 1),
    cursor("2026-11-20T00:00:00", 1),
    cursor("a\0"),
    cursor("' OR 1=1 --", "x"),
    cursor(1, 2, 3),
]


@pytest.mark.parametrize("garbage", HOSTILE)
def test_a_list_refuses_a_cursor_that_is_not_its_own(clients, garbage):
    for path in ("/residences", "/hazards", "/tasks"):
        answer = clients["gridworker"].get(path, cursor=garbage)
        assert answer.status_code == 422, path
        assert answer.json["errors"][0]["field"] == "cursor"


@pytest.mark.parametrize("garbage", HOSTILE)
def test_no_cursor_breaks_the_list_of_places(clients, garbage):
    assert clients["resident"].get("/places", cursor=garbage).status_code in {200, 422}


def test_a_page_that_is_full_says_where_the_next_begins():
    answer = pages.page([1, 2, 3], 2, lambda row: row * 10, lambda row: (row,))
    assert answer["items"] == [10, 20]
    assert pages.decode(answer["next_cursor"], int) == [2]


@pytest.mark.parametrize("rows", [[], [1], [1, 2]])
def test_the_last_page_says_that_it_is_the_last(rows):
    answer = pages.page(rows, 2, lambda row: row, lambda row: (row,))
    assert answer == {"items": rows, "next_cursor": None}


@pytest.mark.parametrize("limit", ["0", "51", "-1", "1.5", "many", "9" * 5000, ""])
def test_a_limit_beyond_reason_is_refused(clients, limit):
    answer = clients["gridworker"].get("/residences", limit=limit)
    assert answer.status_code == 422
    assert answer.json["errors"][0]["field"] == "limit"
