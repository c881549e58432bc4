from xml.etree import ElementTree as ET

import pytest

from app.reports.charts import WIDTH, Bar, Pair, bars, columns, dots, fitted, nice

SVG = "{http://www.w3.org/2000/svg}"


def drawn(svg):
    return ET.fromstring(svg)  # noqa: S314 it is our own


def words(svg):
    return [found.text for found in drawn(svg).iter(f"{SVG}text")]


@pytest.mark.parametrize(
    ("most", "top"),
    [(0, 2), (2, 2), (3, 4), (5, 6), (9, 10), (11, 20), (41, 60), (99, 100), (100, 100)],
)
def test_a_scale_ends_at_a_round_number(most, top):
    assert nice(most) == top


@pytest.mark.parametrize(
    ("text", "room", "shown"),
    [
        ("消防", 30, "消防"),
        ("消防通道堵塞", 40, "消防…"),
        ("Loose manhole cover", 60, "Loose m…"),
        ("消", 3, "…"),
    ],
)
def test_what_is_too_long_is_cut(text, room, shown):
    assert fitted(text, room) == shown


def test_bars_are_as_long_as_what_they_say():
    svg = bars(
        "按时率 50%", [Bar("甲", 4, "4"), Bar("乙", 2, "2", before=4), Bar("丙", None, "不足 5 人")]
    )
    lengths = [float(box.get("width")) for box in drawn(svg).iter(f"{SVG}rect")]
    # Of each bar its track, and itself where there is a value.
    track, full, _, half, _ = lengths
    assert (full, half) == (pytest.approx(track), pytest.approx(track / 2, abs=0.1))
    assert words(svg) == ["甲", "4", "乙", "2", "丙", "不足 5 人"]
    assert len(list(drawn(svg).iter(f"{SVG}line"))) == 1
    assert drawn(svg).get("aria-label") == "按时率 50%"


def test_columns_have_few_labels_and_none_beyond_the_edge():
    svg = columns("进出", [Pair(f"10/{n}", n % 5, 1) for n in range(1, 32)], ("反映", "办结"))
    labels = [text for text in words(svg) if text.startswith("10/")]
    assert len(labels) <= 7
    for box in drawn(svg).iter(f"{SVG}rect"):
        assert 0 <= float(box.get("x")) <= float(box.get("x")) + float(box.get("width")) <= WIDTH
    assert words(svg)[:2] == ["反映", "办结"]


def test_dots_name_only_oneself():
    svg = dots("按时率", [("草堂路社区", 0.92), ("浣花社区", 1.0)], "草堂路社区")
    assert "浣花社区" not in "".join(words(svg))
    assert "草堂路社区 92%" in words(svg)
    assert len(list(drawn(svg).iter(f"{SVG}circle"))) == 2


@pytest.mark.parametrize(
    "empty", [bars("无", []), columns("无", [], ("a", "b")), dots("无", [], "")]
)
def test_of_nothing_a_chart_is_drawn_all_the_same(empty):
    assert drawn(empty).get("viewBox")


def test_no_name_gets_out_of_its_chart():
    svg = bars('"><script>', [Bar("<script>alert(1)</script>", 1, "&")])
    assert "<script" not in svg
    assert words(svg)[1] == "&"
