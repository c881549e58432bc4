"""What a form takes, what it refuses, and that each refusal is named."""

from datetime import UTC, date, datetime

import pytest
from marshmallow import ValidationError, fields, validate

from app.core.forms import (
    BIGGEST_ID,
    Form,
    View,
    choice,
    day,
    degrees,
    field_errors,
    flag,
    identifier,
    listing,
    moment,
    pattern,
    query_flag,
    text,
    whole,
)


class Sample(Form):
    words = text(longest=5)
    lines = text(longest=5, shortest=2)
    word = choice(["red", "blue"])
    code = pattern(r"\A[0-9]{3}\Z")
    count = whole(least=1, most=9)
    loose = whole(least=1, most=9, strict=False)
    row = identifier()
    lat = degrees(90)
    sure = flag()
    asked = query_flag()
    at = moment()
    on = day()
    rows = listing(identifier(), longest=2)
    maybe = text(longest=5, allow_none=True)


def faults(data):
    try:
        Sample().load(data)
    except ValidationError as refusal:
        return [(fault.field, fault.code) for fault in field_errors(refusal.messages)]
    return []


@pytest.mark.parametrize(
    ("field", "given", "taken"),
    [
        ("words", "  hi  ", "hi"),
        ("words", "a\nb\tc", "a\nb\tc"),
        ("words", "e\u0301", "é"),
        ("words", "邻里安邻里"[:5], "邻里安邻里"),
        ("words", "👩‍👩‍👧", "👩‍👩‍👧"),
        ("words", "<b>&", "<b>&"),
        ("word", "red", "red"),
        ("code", "007", "007"),
        ("count", 9, 9),
        ("loose", "9", 9),
        ("row", BIGGEST_ID, BIGGEST_ID),
        ("lat", -90, -90.0),
        ("lat", 30.5, 30.5),
        ("sure", True, True),
        ("asked", "0", False),
        ("asked", "true", True),
        ("at", "2026-11-21T10:00:00+08:00", datetime(2026, 11, 21, 2, tzinfo=UTC)),
        ("at", "2026-11-21T02:00:00Z", datetime(2026, 11, 21, 2, tzinfo=UTC)),
        ("on", "2026-11-21", date(2026, 11, 21)),
        ("rows", [1, 2], [1, 2]),
        ("maybe", None, None),
    ],
)
def test_a_form_takes(field, given, taken):
    assert Sample().load({field: given}) == {field: taken}


@pytest.mark.parametrize(
    ("field", "given", "code"),
    [
        ("words", "", "length"),
        ("words", "   ", "length"),
        ("words", "sixsix", "length"),
        ("lines", "a", "length"),
        ("words", None, "required"),
        ("words", 5, "invalid"),
        ("words", True, "invalid"),
        ("words", ["a"], "invalid"),
        ("words", {"a": 1}, "invalid"),
        ("words", "a\0", "unsafe_characters"),
        ("words", "\x1b[1m", "unsafe_characters"),
        ("words", "a\rb", "unsafe_characters"),
        ("words", "\x85", "unsafe_characters"),
        ("words", "\ud800", "unsafe_characters"),
        ("words", "\udfff\ud800", "unsafe_characters"),
        ("word", "green", "not_an_option"),
        ("word", "RED", "not_an_option"),
        ("code", "0007", "invalid"),
        ("code", "007\n", "invalid"),
        ("code", "٠٠٧", "invalid"),
        ("count", 0, "range"),
        ("count", 10, "range"),
        ("count", 1.5, "invalid"),
        ("count", "3", "invalid"),
        ("count", True, "invalid"),
        ("count", 10**30, "range"),
        ("count", 1e300, "invalid"),
        ("count", float("inf"), "invalid"),
        ("count", float("nan"), "invalid"),
        ("loose", "1.5", "invalid"),
        ("loose", "9" * 5000, "invalid"),
        ("loose", "1e1", "invalid"),
        ("loose", "", "invalid"),
        ("row", 0, "range"),
        ("row", -1, "range"),
        ("row", BIGGEST_ID + 1, "range"),
        ("lat", 90.0001, "range"),
        ("lat", True, "invalid"),
        ("lat", "north", "invalid"),
        ("lat", "nan", "invalid"),
        ("lat", "inf", "invalid"),
        ("lat", float("nan"), "invalid"),
        ("lat", float("-inf"), "invalid"),
        ("lat", 10**400, "invalid"),
        ("sure", 1, "invalid"),
        ("sure", "true", "invalid"),
        ("sure", [], "invalid"),
        ("asked", "yes", "invalid"),
        ("at", "2026-11-21T10:00:00", "invalid"),
        ("at", "tomorrow", "invalid"),
        ("at", 1700000000, "invalid"),
        ("at", "0001-01-01T00:00:00+14:00", "range"),
        ("at", "9999-12-31T23:59:59-14:00", "range"),
        ("on", "2026-02-30", "invalid"),
        ("on", "21.11.2026", "invalid"),
        ("on", "0001-01-01", "range"),
        ("on", "9999-12-31", "range"),
        ("rows", [1, 2, 3], "too_many"),
        ("rows", 1, "invalid"),
        ("rows", "12", "invalid"),
        ("maybe", "", "length"),
        ("stranger", 1, "unknown_field"),
    ],
)
def test_a_form_refuses_by_name(field, given, code):
    assert faults({field: given}) == [(field, code)]


@pytest.mark.parametrize("body", [[], "text", 5, None, True, [{}]])
def test_what_is_no_object_is_a_fault_of_the_body(body):
    assert faults(body) == [("body", "invalid")]


def test_a_fault_inside_a_list_names_its_position():
    assert faults({"rows": [1, "x"]}) == [("rows.1", "invalid")]


def test_all_faults_are_named_at_once():
    assert faults({"words": "", "count": 0, "x": 1}) == [
        ("words", "length"),
        ("count", "range"),
        ("x", "unknown_field"),
    ]


def test_a_fault_brings_the_numbers_of_its_sentence():
    with pytest.raises(ValidationError) as refusal:
        Sample().load({"words": "sixsix"})
    (fault,) = field_errors(refusal.value.messages)
    assert dict(fault.params) == {"min": "1", "max": "5"}


@pytest.mark.parametrize(
    "message", ["Not a valid string.", "length", "a b", "x=1 y", "", "Length min=1", "é"]
)
def test_a_librarys_own_sentence_is_never_shown(message):
    (fault,) = field_errors({"field": [message]})
    assert (fault.code, fault.params) in {("invalid", ()), ("length", ())}


class SampleView(View):
    name = fields.String(required=True)
    size = fields.Integer(required=True, validate=validate.Range(1))


def test_an_answer_passes_through_untouched():
    answer = {"name": "a", "size": 1}
    assert SampleView().dump(answer) is answer


@pytest.mark.parametrize("answer", [{"name": "a"}, {"name": "a", "size": 1, "more": 2}, {}])
def test_in_tests_an_answer_that_is_declared_otherwise_is_found(answer):
    with pytest.raises(AssertionError, match="SampleView is declared otherwise"):
        SampleView().dump(answer)


@pytest.mark.parametrize("written", ["\u200b", "\u200b \u2060", "a\u202eb", "\u2066x\u2069"])
def test_text_that_cannot_be_seen_or_turns_the_line_is_refused(written):
    field = text(longest=20)
    with pytest.raises(ValidationError):
        field.deserialize(written)


@pytest.mark.parametrize("written", ["👨‍👩‍👧", "ß", "周奶奶", "e\u0301", "a\nb"])
def test_text_that_people_write_is_taken(written):
    assert text(longest=20).deserialize(written)
