"""The questions that come along: whole, sourced, in both languages, each loadable and fair."""

import itertools
import json
import re
from collections import Counter

import pytest
from PIL import Image, ImageChops
from sqlalchemy import select

from app.config import ROOT
from app.core.db import read
from app.quizzes import bank, questions, results, rules, showing
from app.quizzes.models import Version
from tests.quizzes.conftest import as_number
from tests.quizzes.test_cheating import chi_square, limit
from tools import quiz_pictures

FILES = [ROOT / "demo/quiz/given.json", *sorted((ROOT / "demo/quiz").glob("questions*.json"))]
OURS = [
    question
    for path in FILES
    for question in json.loads(path.read_text(encoding="utf-8"))["questions"]
]
HAN = re.compile(r"[\u4e00-\u9fff]")
ours = pytest.mark.parametrize("question", OURS, ids=[question["key"] for question in OURS])


def test_there_are_enough_of_every_topic():
    assert len(OURS) >= 108
    assert len({question["key"] for question in OURS}) == len(OURS)
    assert {question["topic"] for question in OURS} == set(rules.TOPICS)
    assert len({question["stem"]["zh"] for question in OURS}) == len(OURS)


@ours
def test_each_is_whole_in_both_languages_with_its_source(question):
    assert questions.faults(question, both=True) == []
    assert question["source"]["name"]["zh"]
    assert question["source"]["as_of"] >= "2025-01-01"
    words = [question["stem"], question["explanation"], *question.get("options", [])]
    for both in words:
        assert not HAN.search(both["en"]), both["en"]


def test_no_topics_truths_are_all_true():
    answers = Counter(q["answer"] for q in OURS if q["kind"] == "true_false")
    assert min(answers[True], answers[False]) >= sum(answers.values()) * 0.25


@pytest.fixture
def loaded(app):
    for path in FILES:
        bank.import_bank(path)
        assert bank.import_bank(path).new == 0
    return read(select(*showing.BEFORE[:-2], Version.solution).order_by(Version.id)).all()


def test_right_options_are_in_every_place_equally_often_after_shuffling(loaded):
    """For each number of options, over 200 showings of every question with one right option."""
    places = Counter()
    for order, row in enumerate(loaded):
        options = len(row.content["options"])
        if row.kind in rules.ONE_OF:
            for number in range(200):
                ids = results.option_ids(number, as_number(order, row))
                place = sorted(ids).index(ids[row.solution["right"][0]])
                places[options, place] += 1
    for options in {count for count, _ in places}:
        found = [places[options, place] for place in range(options)]
        expected = [sum(found) / options] * options
        statistic = sum((a - b) ** 2 / b for a, b in zip(found, expected, strict=True))
        assert statistic < limit(options - 1), (options, found)


def test_the_chi_square_would_notice_a_bank_that_is_not_shuffled():
    as_written = Counter(
        next(n for n, option in enumerate(q["options"]) if option.get("right"))
        for q in OURS
        if q["kind"] == "single" and len(q["options"]) == 4
    )
    even = sum(as_written.values()) // 4
    statistic, freedom = chi_square([[as_written[n] for n in range(4)], [even] * 4])
    assert statistic > limit(freedom)


# Pictures

PICTURED = [question for question in OURS if question["kind"] == "picture"]


def test_the_pictures_are_drawn_by_our_own_program():
    assert {question["picture"] for question in PICTURED} == set(quiz_pictures.PICTURES)
    for name, draw in quiz_pictures.PICTURES.items():
        kept = Image.open(quiz_pictures.FOLDER / name).convert("RGB")
        assert ImageChops.difference(kept, draw().convert("RGB")).getbbox() is None, name


@pytest.mark.parametrize("question", PICTURED, ids=lambda question: question["key"])
def test_each_place_of_a_picture_can_be_tapped_and_holds_something(question):
    picture = Image.open(quiz_pictures.FOLDER / question["picture"]).convert("RGB")
    boxes = []
    for option in question["options"]:
        region = option["region"]
        left, top = region["x"] * picture.width, region["y"] * picture.height
        right = left + region["width"] * picture.width
        low = top + region["height"] * picture.height
        boxes.append((left, top, right, low))
        assert min(right - left, low - top) >= 100  # a fingertip, at a phone's width
        assert len(picture.crop(tuple(map(int, boxes[-1]))).getcolors(100_000)) >= 3
    apart = itertools.combinations(boxes, 2)
    assert not any(a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3] for a, b in apart)
