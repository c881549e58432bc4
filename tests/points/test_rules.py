"""What is thanked, how far, and how a debt is paid: tables."""

import re

import pytest

from app.config import ROOT
from app.points import rules
from app.points.rules import Closing


@pytest.mark.parametrize(
    ("move", "reporter", "actor", "assignee", "thanked"),
    [
        ("confirm", 1, 1, 2, True),
        ("check", 1, 3, 2, True),
        ("check", 1, 3, None, True),
        ("close_unanswered", 1, None, 2, False),
        ("finish", 1, 2, 2, False),
        ("not_solved", 1, 1, 2, False),
        ("reopen", 1, 1, 2, False),
        ("check", 1, 1, 2, False),
        ("confirm", 1, 1, 1, False),
        ("check", 1, 3, 1, False),
    ],
)
def test_only_what_somebody_else_verified_is_thanked(move, reporter, actor, assignee, thanked):
    assert rules.deserves_thanks(Closing(move, reporter, actor, assignee)) is thanked


@pytest.mark.parametrize(
    ("minutes", "points"), [(0, 0), (5, 0), (6, 1), (11, 1), (30, 5), (60, 10), (-6, 0)]
)
def test_each_full_six_minutes_are_a_point(minutes, points):
    assert rules.round_points(minutes) == points


@pytest.mark.parametrize(
    ("wanted", "granted", "cap", "given"),
    [(10, 0, 30, 10), (10, 25, 30, 5), (10, 30, 30, 0), (10, 40, 30, 0), (0, 0, 30, 0)],
)
def test_a_day_has_room_for_so_much(wanted, granted, cap, given):
    assert rules.within_cap(wanted, granted, cap) == given


@pytest.mark.parametrize(
    ("amount", "debt", "paid", "free"),
    [(10, 0, 0, 10), (10, -4, 4, 6), (10, -10, 10, 0), (10, -25, 10, 0)],
)
def test_what_comes_in_pays_the_debt_first(amount, debt, paid, free):
    assert rules.paying_debt(amount, debt) == (paid, free)


@pytest.mark.parametrize(
    ("amount", "available", "taken", "owed"),
    [(10, 20, 10, 0), (10, 10, 10, 0), (10, 4, 4, 6), (10, 0, 0, 10)],
)
def test_what_is_taken_back_becomes_a_debt_where_it_is_spent(amount, available, taken, owed):
    assert rules.taking_back(amount, available) == (taken, owed)


@pytest.mark.parametrize(
    "text",
    ["ABCDEFGH23", " abcdefgh23 ", "ABCDE-FGH23", "abcde fgh23", "linli:redemption:ABCDEFGH23"],
)
def test_a_code_is_the_same_scanned_or_typed(text):
    assert rules.plain_code(text) == "ABCDEFGH23"


def test_codes_have_nothing_that_is_mistaken_when_read_aloud():
    assert not set("01IOil") & set(rules.CODE_ALPHABET)
    assert len(set(rules.CODE_ALPHABET)) ** rules.CODE_LENGTH > 10**15


def test_nothing_is_given_for_a_report():
    assert not any("report" in name for name in rules.RULES)


def test_every_rule_can_be_earned_within_its_cap():
    for rule in rules.RULES.values():
        assert 0 < rule.amount <= rule.daily_cap


def test_the_page_has_the_table_of_the_rules():
    page = (ROOT / "docs" / "points.md").read_text(encoding="utf-8")
    lines = re.findall(r"^\| `([a-z_]+)` \| (\d+) \| (\d+) \| (\d+) \|", page, re.MULTILINE)
    assert {name: tuple(map(int, rest)) for name, *rest in lines} == {
        rule.name: (rule.version, rule.amount, rule.daily_cap) for rule in rules.RULES.values()
    }
