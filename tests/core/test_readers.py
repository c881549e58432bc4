"""What is read straight is what the schema reads, whatever somebody sends."""

import random
from datetime import UTC, datetime
from importlib import import_module

import pytest
from marshmallow import Schema, ValidationError

from app.config import ROOT
from app.core.forms import (
    EXACT,
    Form,
    choice,
    flag,
    identifier,
    listing,
    moment,
    pattern,
    text,
    whole,
)
from app.core.readers import UNSURE, FormReader
from app.quizzes.schemas import PracticeAnswerForm, QuizAnswerForm

SEED = 20261121
VALUES = [
    None, True, False, 0, 1, 2, 7, -1, 2**63 - 1, 2**63, 1.0, 0.5, float(2**70), "", " ", "1",
    "true", "red", "007", "abc", " two words ", "e\u0301", "\u202egnip", "\ud800", "\x00", "邻里",
    "a" * 64,
    "2026-11-21", "2026-11-21T10:00:00", "2026-11-21T10:00:00Z", "2026-11-21T10:00:00.5+08:00",
    "20261121T100000Z", "1999-12-31T23:59:59Z", "2026-13-01T00:00:00Z", "A" * 16, "a" * 32,
    "1.1763719200.AAAAAAAA.AAAAAAAAAAAAAAAA", [], [1], [1, 2], [1, "1"], ["A" * 16], ["A" * 16] * 9,
    [None], {}, {"zh": "好"}, {"zh": "好", "en": None}, [[]], [{}],
]  # fmt: skip


class Sample(Form):
    """A form of fields that are read in each way."""

    name = pattern(r"\A[a-z]{3}\Z", required=True)
    colour = choice(["red", "blue"], load_default="red")
    count = whole(least=1, most=9)
    loose = whole(least=1, most=9, strict=False)
    maybe = whole(least=0, most=9, allow_none=True)
    sure = flag()
    at = moment()
    words = text(longest=5)
    rows = listing(identifier(), longest=2)
    empty = listing(identifier(), longest=2, load_default=list)


GOOD = {"name": "abc", "count": 3, "sure": True, "at": "2026-11-21T10:00:00Z", "rows": [1, 2]}


def came_of(load, form, data):
    """Return what was read, or what was said instead."""
    try:
        return "read", load(form, data)
    except ValidationError as fault:
        return "refused", fault.messages


def forms():
    """Return all forms of the product, and the sample."""
    for path in sorted((ROOT / "app").glob("*/*schemas.py")):
        import_module(f"app.{path.parent.name}.{path.stem}")
    found, left = [], [Form]
    while left:
        kinds = left.pop().__subclasses__()
        found += [kind for kind in kinds if kind.__module__.startswith("app.")]
        left += kinds
    return [Sample, *sorted(set(found), key=lambda kind: (kind.__module__, kind.__name__))]


def anything(dice, form):
    """Return a body with some of a form's fields, good or hostile ones, and maybe one too many."""
    names = [field.data_key or name for name, field in form.load_fields.items()]
    body = {name: dice.choice(VALUES) for name in names if dice.random() < 0.8}
    return body | ({"more": 1} if dice.random() < 0.05 else {})


def test_every_form_of_ours_reads_as_its_schema_does():
    dice = random.Random(SEED)
    kinds = forms()
    assert len(kinds) > 50
    for kind in kinds:
        form = kind()
        for data in (*(anything(dice, form) for _ in range(60)), *VALUES):
            straight, by_schema = came_of(kind.load, form, data), came_of(Schema.load, form, data)
            assert straight == by_schema, (kind, data)
            assert repr(straight) == repr(by_schema), (kind, data)


def test_a_good_form_is_read_straight():
    form = Sample()
    reader = FormReader(form, EXACT)
    for name, field in form.load_fields.items():
        for value in VALUES:
            data = GOOD | {name: value}
            kind, read = came_of(Schema.load, form, data)
            straight = reader.read(data, many=False)
            assert straight is UNSURE or (kind, straight) == ("read", read), (field, value)
    assert reader.read(GOOD, many=False) == {
        "name": "abc",
        "colour": "red",
        "count": 3,
        "sure": True,
        "at": datetime(2026, 11, 21, 10, tzinfo=UTC),
        "rows": [1, 2],
        "empty": [],
    }


def test_a_number_is_read_straight_from_a_query_too():
    reader = FormReader(Sample(), EXACT)
    assert reader.read(GOOD | {"loose": "7"}, many=False)["loose"] == 7
    assert reader.read(GOOD | {"count": "7"}, many=False) is UNSURE


def test_defaults_are_made_anew_each_time():
    reader = FormReader(Sample(), EXACT)
    first, second = (reader.read(GOOD, many=False)["empty"] for _ in range(2))
    assert first is not second


@pytest.mark.parametrize(
    ("form", "body"),
    [
        (QuizAnswerForm(), {"question_id": 1, "option_ids": ["A" * 16]}),
        (
            PracticeAnswerForm(),
            {
                "client_uuid": "a" * 32,
                "ticket": "1.1763719200.AAAAAAAA.AAAAAAAAAAAAAAAA",
                "option_ids": ["A" * 16],
                "answered_at": "2026-11-21T10:00:00+00:00",
                "seconds": 9,
            },
        ),
    ],
)
def test_answers_are_read_straight(form, body):
    reader = FormReader(form, EXACT)
    assert reader.read(body, many=False) == Schema.load(form, body)
    assert reader.read([body, body], many=True) == Schema.load(form, [body, body], many=True)
    assert reader.read(body, many=True) is UNSURE
    assert reader.read(body | {"more": 1}, many=False) is UNSURE


class Checked(Form):
    """A form that looks at more than its fields."""

    first = whole(least=1, most=9)

    def handle_error(self, error, _data, **_):
        """Say so in our words."""
        raise ValidationError({"first": ["ours"]}) from error


def test_a_form_says_its_own_words_of_a_fault():
    assert came_of(Checked.load, Checked(), {"first": 99}) == ("refused", {"first": ["ours"]})
