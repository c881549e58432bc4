"""Codes and names, by tables."""

import pytest

from app.places import rules

BUILDING = "510105007004001002"


@pytest.mark.parametrize(
    ("code", "kind", "parent", "community"),
    [
        ("510105", "district", None, None),
        ("510105007", "street", "510105", None),
        ("510105007004", "community", "510105007", "510105007004"),
        ("510105007004001", "grid", "510105007004", "510105007004"),
        (BUILDING, "building", "510105007004001", "510105007004"),
    ],
)
def test_a_code_says_what_and_where_a_place_is(code, kind, parent, community):
    assert rules.kind_of(code) == kind
    assert rules.parent_of(code) == parent
    assert rules.community_of(code) == community
    assert rules.path_of(BUILDING)[: len(rules.path_of(code))] == rules.path_of(code)
    assert rules.path_of(code)[-1] == code


@pytest.mark.parametrize(
    "text",
    [
        "",
        "5",
        "51010",
        "5101050",
        "51010500700a",
        "-10105",
        "510105 ",
        "５１０１０５",
        "5" * 24,
        "²" * 6,
    ],
)
def test_what_is_no_code_is_refused(text):
    assert not rules.is_code(text)
    assert rules.community_of(text) is None
    with pytest.raises(ValueError, match=f"^{text}$"):
        rules.kind_of(text)


@pytest.mark.parametrize(
    ("name", "short", "prefix"),
    [
        ("草堂路社区居民委员会", "草堂路社区", "CT"),
        ("保圣社区居委会", "保圣社区", "BS"),
        ("甪直", "甪直", "LZ"),
        ("沙河村村民委员会", "沙河村", "SH"),
        ("白鹤村村委会", "白鹤村", "BH"),
        ("旺山村委会", "旺山村", "WS"),
        ("重庆路社区居委会", "重庆路社区", "CQ"),
        ("䢺源社区", "䢺源社区", "CY"),
        ("某某社区村委会", "某某社区", "MM"),
        ("第1社区居委会", "第1社区", "DS"),
        ("A区", "A区", "QX"),
        ("居委会", "居委会", "JW"),
        ("Linli", "Linli", "XX"),
        ("", "", "XX"),
    ],
)
def test_names_as_people_say_them_and_the_letters_of_case_numbers(name, short, prefix):
    assert rules.short_name(name) == short
    assert rules.number_prefix(name) == prefix
