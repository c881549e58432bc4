"""Two sheets of the same questions in another order, printed large, and a key for the committee."""

from datetime import timedelta
from hashlib import sha256
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from app.campaigns import clockwork, entering, paper, service, variants
from app.campaigns.models import Campaign
from app.campaigns.variants import Asked
from app.core import clock
from app.core.db import changed_rows, writing
from tests.campaigns.conftest import announced
from tests.campaigns.papers import opened_of_each_kind
from tests.quizzes.conftest import MORNING

KINDS = {"true_false": 2, "single": 4, "multiple": 5, "ordering": 4}


def rows(kinds):
    """Return questions as the bank has them, of these kinds."""
    return [
        SimpleNamespace(id=number, kind=kind, content={"options": [{}] * KINDS[kind]})
        for number, kind in enumerate(kinds, 1)
    ]


@settings(max_examples=80, deadline=None)
@given(st.lists(st.sampled_from(sorted(KINDS)), min_size=2, max_size=12), st.integers(0, 99))
def test_variants_have_the_same_questions_and_no_order_in_common(kinds, seed):
    def lot(words):
        return sha256(f"{seed} {words}".encode()).hexdigest()

    found = variants.sheets(rows(kinds), lot)
    a, b = found["A"], found["B"]
    assert (
        {one.version_id for one in a}
        == {one.version_id for one in b}
        == set(range(1, len(kinds) + 1))
    )
    assert [one.version_id for one in a] != [one.version_id for one in b]
    other = {one.version_id: one for one in b}
    for one in a:
        assert sorted(one.options) == list(range(KINDS[one.kind]))
        same = one.options == other[one.version_id].options
        assert same == (one.kind == "true_false")
        # What is right is right on either sheet, by other letters.
        right = list(range(KINDS[one.kind])) if one.kind == "ordering" else [1]
        for sheet in (one, other[one.version_id]):
            assert sheet.chosen(sheet.key(right)) == right
    assert variants.sheets(rows(kinds), lot) == found
    codes = {variants.code_of(name, lot, asked) for name, asked in found.items()}
    assert {code[0] for code in codes} == {"A", "B"}


ASKED = [
    Asked(1, "single", (2, 0, 1)),
    Asked(2, "multiple", (3, 1, 0, 2)),
    Asked(3, "ordering", (1, 2, 0)),
    Asked(4, "true_false", (0, 1)),
]


@pytest.mark.parametrize(
    ("answers", "faults"),
    [
        (["A", "BD", "CAB", "B"], {}),
        (["", "", "", ""], {}),
        (["a", " d b", "c a b", "b"], {}),
        (["AB", "", "", ""], {"answers.0": "choose_one"}),
        (["D", "", "", ""], {"answers.0": "bad_letters"}),
        (["", "BB", "", ""], {"answers.1": "chosen_twice"}),
        (["", "", "CA", ""], {"answers.2": "choose_all"}),
        (["", "", "", "C"], {"answers.3": "bad_letters"}),
        (["A", "B"], {"answers": "answer_each"}),
        (["A", "", "", "", ""], {"answers": "answer_each"}),
    ],
)
def test_letters_are_those_of_the_sheet(answers, faults):
    letters = variants.plain_letters(answers, ASKED)
    assert {one.field: one.code for one in variants.faults(ASKED, letters)} == faults


def test_letters_are_graded_by_what_they_stand_for():
    right = {1: [0], 2: [0, 1], 3: [0, 1, 2], 4: [0]}
    assert variants.graded(ASKED, ["B", "BC", "CAB", ""], right) == {
        1: True,
        2: True,
        3: True,
        4: False,
    }
    assert variants.graded(ASKED, ["A", "ABC", "ABC", "A"], right) == {
        1: False,
        2: False,
        3: False,
        4: True,
    }


@pytest.mark.parametrize("typed", ["A-7K3Q9", "a7k3q9", " A 7K3Q9 "])
def test_a_code_is_read_however_it_is_typed(typed):
    assert variants.plain_code(typed) == "A-7K3Q9"


@pytest.fixture
def campaign(app, people):
    """A running campaign of one question of each kind."""
    with clock.at(MORNING):
        yield opened_of_each_kind(people["committee"])


def test_a_sheet_and_a_key_print_with_their_letters_and_without_pictures(campaign):
    found = entering.paper_of(service.find_for_system(campaign))
    assert found.left_out == 1
    assert len(found.sheets["A"]) == 4
    right = entering.solutions(found)
    for content in (
        paper.printed(found, "A", "草堂路社区", "zh-Hans"),
        paper.key(found, "B", "草堂路社区", "zh-Hans", right),
    ):
        assert content.startswith(b"%PDF-1.")
        assert b"/FontFile" in content  # letters come along, not from the printer
    assert min(paper.LETTERS, paper.STEM) >= 14


def test_before_the_opening_nothing_is_printed(big_bank, people, clients, client):
    """Announcing puts questions aside, but they are not yet what is asked."""
    tomorrow = clock.shanghai_day(clock.now()) + timedelta(days=1)
    made = announced(people["committee"], first_day=tomorrow)["id"]
    assert service.find_for_system(made).versions
    answer = clients["committee"].get(f"/campaigns/{made}/papers")
    assert (answer.status_code, answer.json["code"]) == (409, "paper_closed")
    with clock.at(clock.day_start(tomorrow)):
        clockwork.keep_time()
        shown = clients["committee"].get(f"/campaigns/{made}/papers").json["papers"][0]
    with writing():  # a link that somebody has
        changed_rows(update(Campaign).where(Campaign.id == made).values(opened_at=None))
    for link in (shown["pdf_url"], shown["key_url"]):
        assert client.http.get(link).status_code == 409


def test_links_are_signed_for_one_sheet_and_a_quarter_of_an_hour(clients, client, campaign):
    shown = clients["committee"].get(f"/campaigns/{campaign}/papers")
    assert shown.status_code == 200, shown.json
    assert (shown.json["open"], shown.json["left_out"]) == (True, 1)
    one, other = shown.json["papers"]
    for link in (one["pdf_url"], other["key_url"]):
        answer = client.http.get(link + "&language=en")
        assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
        assert answer.cache_control.no_store
    # The link to the questions does not open the key, nor the other variant, nor for ever.
    assert client.http.get(one["pdf_url"].replace("/papers/", "/keys/")).status_code == 404
    assert client.http.get(one["pdf_url"].replace("A.pdf", "B.pdf")).status_code == 404
    with clock.at(MORNING + entering.LINK_GOOD_FOR * 2):
        assert client.http.get(one["pdf_url"]).status_code == 404
    picks = {question["kind"]: question["pick"] for question in one["questions"]}
    assert picks == {
        "single": "one",
        "true_false": "one",
        "multiple": "several",
        "ordering": "order",
    }
    assert "right" not in shown.text
