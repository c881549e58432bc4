"""How much text the fields of a subscribe message hold. Pure functions.

A field is named for its kind and numbered: `thing2`, `phrase4`. WeChat refuses a
whole message (47003) for one field that is too long, so what we send is cut
before: a sentence that ends in an ellipsis is better than no message.
"""

import re
import unicodedata

MOST = {
    "thing": 20,
    "number": 32,
    "letter": 32,
    "character_string": 32,
    "symbol": 5,
    "phrase": 5,
    "name": 10,
    "phone_number": 17,
    "car_number": 8,
    "amount": 11,
    "time": 32,
    "date": 32,
}
"""Characters by kind."""

_MOST_LETTERS_OF_A_NAME = 20
_MOST_DIGITS_OF_AN_AMOUNT = 10
_FIELD = re.compile(r"([a-z_]+?)[0-9]*")
_CUT = "…"
_CUT_OFF = {
    "number",
    "letter",
    "character_string",
    "symbol",
    "phrase",
    "name",
    "phone_number",
    "car_number",
}
"""Kinds that hold no ellipsis: what is too long just ends."""

_BREAKS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
"""Characters that end a line, or that nobody sees."""

_STRANGERS = {
    "number": re.compile(r"[^0-9.]"),
    "letter": re.compile(r"[^A-Za-z]"),
    "character_string": re.compile(r"[^\x21-\x7e]"),
    "symbol": re.compile(r"[\w\s]"),
    "phrase": re.compile(r"[^\u4e00-\u9fff]"),
    "phone_number": re.compile(r"[^0-9+\-]"),
}
"""Characters that a kind does not hold at all; they are left out."""


def kind_of(field_name: str) -> str:
    """Return a field's kind: `thing` of `thing2`. Errors: ValueError for what is none."""
    found = _FIELD.fullmatch(field_name)
    if found is None or found[1] not in MOST:
        msg = f"no such field of a message: {field_name!r}"
        raise ValueError(msg)
    return found[1]


def fitted(field_name: str, text: str) -> str:
    """Return a text as the field holds it: on one line, cut with `…` inside the limit.

    Nothing at all becomes `-`, since WeChat refuses an empty field. Errors: ValueError for a
    field that does not exist.
    """
    kind = kind_of(field_name)
    line = " ".join(_BREAKS.sub(" ", text).split())
    if kind in _STRANGERS:
        line = _STRANGERS[kind].sub("", line)
    if kind == "amount":
        return _amount(line)
    most = _most(kind, line)
    if len(line) > most:
        line = line[:most].rstrip() if kind in _CUT_OFF else line[: most - 1].rstrip() + _CUT
    return line or _nothing(kind)


def fits(field_name: str, text: str) -> bool:
    """Whether WeChat would take a text for the field as it is. Errors: ValueError."""
    return bool(text) and fitted(field_name, text) == text


def _most(kind: str, line: str) -> int:
    if kind == "name" and line.isascii():
        return _MOST_LETTERS_OF_A_NAME
    return MOST[kind]


def _nothing(kind: str) -> str:
    """Return what stands for no text in a kind of field."""
    return {"phrase": "无", "number": "0", "letter": "N"}.get(kind, "-")


def _amount(line: str) -> str:
    """Return one currency sign, if there was one, and ten digits at most."""
    sign = line[:1] if line and unicodedata.category(line[0]) == "Sc" else ""
    digits = re.sub(r"[^0-9.]", "", line)
    while sum(character.isdigit() for character in digits) > _MOST_DIGITS_OF_AN_AMOUNT:
        digits = digits[:-1]
    return sign + (digits.rstrip(".") or "0")
