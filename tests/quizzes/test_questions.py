"""What is refused of a written question, and by which name."""

import json
from copy import deepcopy

import pytest

from app.quizzes import questions
from tests.quizzes.conftest import FILES, question

BANK = json.loads((FILES / "bank.json").read_text(encoding="utf-8"))["questions"]
BY_KIND = {written["kind"]: written for written in BANK}


def changed(kind, path, value):
    """Return a question with one thing otherwise; `...` takes it away."""
    written = deepcopy(BY_KIND[kind])
    *way, last = path
    place = written
    for step in way:
        place = place[step]
    if value is ...:
        del place[last]
    else:
        place[last] = value
    return written


@pytest.mark.parametrize("kind", BY_KIND)
def test_one_of_each_kind_is_whole(kind):
    assert questions.faults(BY_KIND[kind]) == []


@pytest.mark.parametrize(
    ("kind", "path", "value", "field", "code"),
    [
        ("single", ["key"], "Upper", "key", "invalid"),
        ("single", ["key"], ..., "key", "invalid"),
        ("single", ["topic"], "war", "topic", "not_an_option"),
        ("single", ["kind"], "essay", "kind", "not_an_option"),
        ("single", ["difficulty"], 4, "difficulty", "range"),
        ("single", ["difficulty"], True, "difficulty", "range"),
        ("single", ["stem", "en"], ..., "stem.en", "required"),
        ("single", ["stem", "zh"], " ", "stem.zh", "required"),
        ("single", ["stem", "zh"], "长" * 301, "stem.zh", "length"),
        ("single", ["stem", "zh"], "a\x00b", "stem.zh", "unsafe_characters"),
        ("single", ["stem"], "text", "stem", "required"),
        ("single", ["explanation"], ..., "explanation", "required"),
        ("single", ["source"], ..., "source", "required"),
        ("single", ["source", "as_of"], "2025-4-19", "source.as_of", "invalid"),
        ("single", ["source", "version"], "soon", "source.version", "invalid"),
        ("single", ["source", "url"], "x", "source.url", "unknown_field"),
        ("single", ["source", "name", "en"], "", "source.name.en", "required"),
        ("single", ["score"], 3, "score", "unknown_field"),
        ("single", ["answer"], True, "answer", "not_for_this_kind"),
        ("single", ["picture"], "a.png", "picture", "not_for_this_kind"),
        ("single", ["options"], [], "options", "range"),
        ("single", ["options"], "A", "options", "required"),
        ("single", ["options", 1, "right"], True, "options", "key"),
        ("single", ["options", 0, "right"], False, "options", "key"),
        ("single", ["options", 0, "right"], "yes", "options.0.right", "invalid"),
        ("single", ["options", 1, "zh"], "室外的集中 充电点", "options.1.zh", "same_as_another"),
        ("single", ["options", 1, "en"], "BESIDE the bed", "options.2.en", "same_as_another"),
        ("single", ["options", 1, "region"], {}, "options.1.region", "unknown_field"),
        ("multiple", ["options", 2, "right"], True, None, None),
        ("ordering", ["options", 0, "right"], True, "options", "not_for_this_kind"),
        ("true_false", ["answer"], "true", "answer", "required"),
        ("true_false", ["options"], [], "options", "not_for_this_kind"),
        ("picture", ["picture"], ..., "picture", "required"),
        ("picture", ["options", 1, "right"], True, "options", "key"),
        ("picture", ["options", 0, "region"], ..., "options.0.region", "invalid"),
        ("picture", ["options", 0, "region", "x"], 0.8, "options.0.region", "invalid"),
        ("picture", ["options", 0, "region", "width"], 0, "options.0.region", "invalid"),
    ],
)
def test_what_is_wrong_is_named(kind, path, value, field, code):
    found = [(one.field, one.code) for one in questions.faults(changed(kind, path, value))]
    assert ((field, code) in found) if field else found == []


def test_whatever_it_is_it_is_refused_and_not_fallen_over():
    for odd in (None, 3, [], "x", {}, {"kind": "single"}, {"kind": ["single"]}, {"stem": 3}):
        assert questions.faults(odd)


def test_of_several_all_may_be_right_but_not_none():
    written = deepcopy(BY_KIND["multiple"])
    for option in written["options"]:
        option["right"] = True
    assert questions.faults(written) == []
    for option in written["options"]:
        option["right"] = False
    assert [(one.field, one.code) for one in questions.faults(written)] == [("options", "key")]


def test_chinese_alone_is_enough_where_that_is_said():
    written = question(1)
    del written["stem"]["en"]
    assert questions.faults(written, both=False) == []
    assert questions.words_of(written).content["stem"] == {"zh": "第1题？"}


@pytest.mark.parametrize("kind", BY_KIND)
def test_what_is_kept_can_be_written_again(kind):
    written = {k: v for k, v in BY_KIND[kind].items() if k != "picture"}
    words = questions.words_of(BY_KIND[kind])
    again = questions.written_again(BY_KIND[kind]["key"], words)
    picture = {"picture": "x.png"} if kind == "picture" else {}
    assert questions.words_of(again | picture) == words
    assert again["stem"] == written["stem"]


def test_nothing_of_the_solution_is_in_the_content():
    for written in BANK:
        words = questions.words_of(written)
        assert set(words.content) == {"stem", "options"}
        for option in words.content["options"]:
            assert set(option) <= {"zh", "en", "region"}


def test_the_digest_follows_the_words_and_the_picture():
    words, other = questions.words_of(question(1)), questions.words_of(question(1, topic="gas"))
    assert words.digest(None) == questions.words_of(question(1)).digest(None)
    assert len({words.digest(None), words.digest("a"), other.digest(None)}) == 3
