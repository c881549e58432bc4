"""What fits into a field of a subscribe message."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.wechat_fields import MOST, fits, fitted, kind_of

LONG = "草堂路社区三号楼二单元门口的消防通道被一辆面包车堵住了"


@pytest.mark.parametrize(
    ("field", "text", "held"),
    [
        ("thing1", "楼道堆物", "楼道堆物"),
        ("thing2", LONG, LONG[:19] + "…"),
        ("thing2", LONG[:20], LONG[:20]),
        ("thing2", LONG[:21], LONG[:19] + "…"),
        ("thing3", "第一行\n第二行\r\n第三行\t末", "第一行 第二行 第三行 末"),
        ("thing3", "a\u2028b\u0000c", "a b c"),
        ("thing3", "word " * 4 + "word", "word word word word…"),
        ("thing3", "", "-"),
        ("thing3", " \n ", "-"),
        ("character_string1", "CD-2026-1120-003", "CD-2026-1120-003"),
        ("character_string1", "编号 7", "7"),
        ("character_string1", "x" * 33, "x" * 32),
        ("number1", "12,345.5 元", "12345.5"),
        ("letter1", "a1b2" * 20, "ab" * 16),
        ("letter1", "7", "N"),
        ("symbol1", "★★★★★★", "★★★★★"),
        ("phrase4", "督办中", "督办中"),
        ("phrase4", "超过时限百分之五十", "超过时限百"),
        ("phrase4", "80%", "无"),
        ("name1", "李" * 11, "李" * 10),
        ("name1", "Bartholomew Smith-Jones", "Bartholomew Smith-Jo"),
        ("name1", "Bartholomew Smith", "Bartholomew Smith"),
        ("phone_number1", "+86 154-0000-0001", "+86154-0000-0001"),
        ("phone_number1", "1" * 18, "1" * 17),
        ("car_number1", "川A12345挂车", "川A12345挂"),
        ("amount1", "¥1234567890.55", "¥1234567890"),
        ("amount1", "12.5元", "12.5"),
        ("amount1", "", "0"),
        ("time4", "2019年10月1日 15:01", "2019年10月1日 15:01"),
        ("date5", "2019年10月1日", "2019年10月1日"),
    ],
)
def test_a_text_is_fitted_to_its_field(field, text, held):
    assert fitted(field, text) == held
    assert fits(field, held) or held in {"-", "无", "N"}


@settings(deadline=None)
@given(st.sampled_from(sorted(MOST)), st.text(max_size=80))
def test_whatever_is_written_fits_and_stays_so(kind, text):
    held = fitted(f"{kind}1", text)
    assert 0 < len(held) <= max(MOST[kind], 20)
    assert len(held.splitlines()) == 1
    assert fitted(f"{kind}1", held) == held


@pytest.mark.parametrize("field", ["", "things1", "thing-1", "1thing", "thing1 ", "phrases"])
def test_a_field_that_does_not_exist_is_a_fault_of_ours(field):
    with pytest.raises(ValueError, match="no such field"):
        kind_of(field)
