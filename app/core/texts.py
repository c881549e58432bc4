"""Texts shown to people, from the catalogues in `app/texts`; Chinese first.

`zh-Hans.toml` has what everybody says, `patrols.zh-Hans.toml` what one feature does.
"""

import functools
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

LANGUAGES = ("zh-Hans", "en")
QUALITY = re.compile(r"(0(\.[0-9]{0,3})?|1(\.0{0,3})?)?")
"""A weight as RFC 9110 has it; what is written otherwise weighs nothing."""

PLURAL = re.compile(r"\{(\w+):([^{}|]*)\|([^{}|]*)\}")

FOLDER = Path(__file__).parent.parent / "texts"


@functools.cache
def catalogue(language: str) -> dict[str, str]:
    """Return all texts of a language by dotted key."""
    found: dict[str, str] = {}
    for path in sorted(FOLDER.glob(f"*{language}.toml")):
        found |= _flatten("", tomllib.loads(path.read_text(encoding="utf-8")))
    return found


def _flatten(prefix: str, node: dict[str, Any]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for key, value in node.items():
        path = f"{prefix}{key}"
        found += _flatten(f"{path}.", value) if isinstance(value, dict) else [(path, str(value))]
    return found


def text(key: str, language: str, **params: object) -> str:
    """Return a text with its placeholders filled. An unknown key is a programming error."""
    return counted(catalogue(language)[key], params).format(**params)


def counted(words: str, params: Mapping[str, object]) -> str:
    """Choose between the words for one and for several: `{count} {count:case|cases}`.

    As CLDR has it for English: one is 1 written as just that. Chinese needs no such gaps.
    """
    if "|" not in words:
        return words
    return PLURAL.sub(lambda gap: gap[2 if str(params[gap[1]]) == "1" else 3], words)


def known(key: str) -> bool:
    """Whether the catalogues have that key."""
    return key in catalogue(LANGUAGES[0])


@functools.lru_cache(maxsize=1024)
@functools.lru_cache(maxsize=256)
def choose_language(accept: str | None) -> str:
    """Return the first language of an Accept-Language header that we speak.

    `zh`, `zh-CN`, `zh-Hans-SG` are all `zh-Hans`; silence is Chinese.
    """
    wanted: list[tuple[float, int, str]] = []
    for position, part in enumerate((accept or "").lower().split(",")):
        tag, _, quality = part.replace(" ", "").replace("\t", "").partition(";q=")
        weight = float(quality or 1) if QUALITY.fullmatch(quality) else 0.0
        wanted.append((-weight, position, tag.split("-")[0]))
    for weight, _, tag in sorted(wanted):
        if weight < 0 and tag in {"zh", "en"}:
            return "en" if tag == "en" else "zh-Hans"
    return "zh-Hans"
