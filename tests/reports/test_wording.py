from datetime import date

import pytest

from app.reports import rules
from app.reports.wording import Hidden, Share, Words, cell, share, turned
from tests.reports.sample import figure, rate

ZH, EN = Words("zh-Hans"), Words("en")


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0, "0%"),
        (1, "100%"),
        (0.92, "92%"),
        (0.996, "99.6%"),
        (0.9999, "99.9%"),
        (0.004, "0.4%"),
        (2 / 3, "67%"),
        (129 / 141, "91%"),
        (0.9545, "95%"),
        (0.9899, "99%"),
        # An exact half goes up, as on the phone: Python's own rounding made it 92.
        (0.925, "93%"),
        (0.285, "29%"),
        (57 / 200, "29%"),
        (0.0001, "0.1%"),
    ],
)
def test_a_share_is_never_rounded_to_all_or_nothing(value, said):
    assert ZH.percent(value) == said


@pytest.mark.parametrize(
    ("found", "zh", "en"),
    [
        (1234, "1,234", "1,234"),
        (36.5, "36.5", "36.5"),
        (36.0, "36", "36"),
        (Share(46, 50), "92% (46/50)", "92% (46/50)"),
        (Hidden("few"), "不足 5 人，不显示", "fewer than 5 people, not shown"),
        (date(2026, 10, 3), "2026年10月3日", "3 October 2026"),
    ],
)
def test_a_cell_is_said_in_both_languages(found, zh, en):
    assert (ZH.cell(found), EN.cell(found)) == (zh, en)


@pytest.mark.parametrize(
    ("given", "found"),
    [
        (rate(3, 4), Share(3, 4)),
        (rate(0, 0), Hidden("nothing")),
        (rate(0, 0, 2), Hidden("coverage")),
        (rate(6, 7, 3), Share(6, 7, 3)),
        (rate(6, 6, 3), Hidden("coverage")),
    ],
)
def test_of_too_little_that_is_known_nothing_is_said(given, found):
    assert share(given) == found


@pytest.mark.parametrize(
    ("given", "found"),
    [
        (figure(19), 19),
        (figure(None, 7, 8), Share(7, 8)),
        (figure(3, withheld="few"), Hidden("few")),
        (figure(None), Hidden("nothing")),
        (None, Hidden("nothing")),
    ],
)
def test_what_is_withheld_stays_so(given, found):
    assert cell(given) == found


@pytest.mark.parametrize(
    ("now", "before", "zh", "turn"),
    [
        (42, 37, "比上期多 5", 1),
        (37, 42, "比上期少 5", -1),
        (4, 4, "与上期持平", 0),
        (Share(92, 100), Share(88, 100), "比上期高 4 个百分点", 1),
        (Share(1, 2), Share(51, 100), "比上期低 1 个百分点", -1),
        (Share(1, 2), Hidden("few"), "上期没有可比的数", 0),
        (Hidden("few"), 9, "上期没有可比的数", 0),
    ],
)
def test_a_change_is_said(now, before, zh, turn):
    assert ZH.change(now, before) == zh
    assert turned(now, before) == turn


@pytest.mark.parametrize(
    ("key", "zh", "en"),
    [("2026-10", "2026年10月", "October 2026"), ("2026-Q3", "2026年第3季度", "quarter 3 of 2026")],
)
def test_a_period_is_called(key, zh, en):
    found = rules.period(key)
    assert (ZH.period(found), EN.period(found)) == (zh, en)
