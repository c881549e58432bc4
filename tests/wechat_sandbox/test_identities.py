"""Codes and the people behind them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.wechat_sandbox import openid_of, phone_of

CODES = st.from_regex(r"demo:[A-Za-z0-9_.-]{1,40}", fullmatch=True)
NO_CODES = [
    "",
    "demo:",
    "resident",
    "demo:" + "x" * 41,
    "demo:a b",
    "demo:李",
    "demo:a\n",
    "DEMO:a",
]


@given(CODES)
def test_a_code_has_an_openid_like_the_real_ones(code: str) -> None:
    assert re.fullmatch(r"o[A-Za-z0-9_-]{27}", openid_of(code))


@given(CODES)
def test_a_code_has_a_mobile_number_that_nobody_has(code: str) -> None:
    number = phone_of(f"phone:{code}")
    assert re.fullmatch(r"1[3-9]\d{9}", number)
    assert number.startswith("154")


def test_who_somebody_is_never_changes() -> None:
    assert openid_of("demo:resident") == "oCFu3GhC-1AqqphUaX3uXEOaUK-K"
    assert openid_of("demo:neighbour") != openid_of("demo:resident")


@pytest.mark.parametrize("code", NO_CODES)
def test_nobody_is_behind_another_code(code: str) -> None:
    with pytest.raises(ValueError, match="not a sign-in code"):
        openid_of(code)
    with pytest.raises(ValueError, match="not a phone code"):
        phone_of(f"phone:{code}")
