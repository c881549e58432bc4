"""Question files of others, read and written: GIFT, Aiken, Moodle XML, CSV. Plain Python.

A reader takes text and gives, in order, for each question the line where it begins and either its
fields or a refusal. The fields are those of a bank's question, as far as a format has them; what it
has not is `DEFAULTS`, for the author to fill in before anybody is asked.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

SOURCE_MARK, HOME_MARK = "【依据】", "【回家看看】"
"""In formats that have no such fields, the lines of the explanation that begin so."""
TRUE_WORDS = frozenset({"正确", "对", "是", "true", "t", "yes", "right"})
FALSE_WORDS = frozenset({"错误", "错", "否", "不对", "false", "f", "no", "wrong"})

TAG = re.compile(r"<[^<>]*>")
BREAK = re.compile(r"<(?:br|/p|/div|/li)\s*/?>", re.IGNORECASE)
MEDIA = re.compile(r"<(?:img|audio|video|svg|object|embed|iframe)\b|@@PLUGINFILE@@", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Read:
    """A question that was read at a line (from 1): its fields, or the code of why it is none."""

    line: int
    written: dict[str, Any] | None
    code: str | None = None


Reading = Iterator[Read]


def refused(line: int, code: str) -> Read:
    """Return a refusal."""
    return Read(line, None, code)


def unmarked(markup: str) -> str:
    """Return the words of HTML, a line for each line that it shows."""
    words = html.unescape(TAG.sub("", BREAK.sub("\n", markup))).replace("\u00a0", " ")
    return in_lines(words)


def in_lines(words: str) -> str:
    """Return words without space around them and around their lines."""
    return "\n".join(line.strip() for line in words.strip().splitlines())


def has_media(markup: str) -> bool:
    """Whether HTML shows something besides words, without which a question may mean nothing."""
    return MEDIA.search(markup) is not None


def single_or_multiple(stem: str, options: list[tuple[str, bool]], **more: Any) -> dict[str, Any]:
    """Return a written question of options, (words, right) each; two of truth are true or false."""
    right = [words for words, good in options if good]
    plain = [words.strip().casefold() for words, _ in options]
    if len(options) == 2 and len(right) == 1:  # noqa: PLR2004 a pair
        truth = [word in TRUE_WORDS for word in plain]
        if sorted(truth) == [False, True] and any(word in FALSE_WORDS for word in plain):
            answer = right[0].strip().casefold() in TRUE_WORDS
            return {"kind": "true_false", "stem": {"zh": stem}, "answer": answer, **more}
    return {
        "kind": "single" if len(right) == 1 else "multiple",
        "stem": {"zh": stem},
        "options": [{"zh": words} | ({"right": True} if good else {}) for words, good in options],
        **more,
    }


def told(text: str) -> dict[str, Any]:
    """Return what a feedback text tells: explanation, what to do at home, source."""
    plain, found = [], {}
    for line in text.splitlines():
        if line.startswith(SOURCE_MARK):
            found["source"] = _source(line.removeprefix(SOURCE_MARK))
        elif line.startswith(HOME_MARK):
            found["at_home"] = {"zh": line.removeprefix(HOME_MARK).strip()}
        elif line.strip():
            plain.append(line.strip())
    if plain:
        found["explanation"] = {"zh": "\n".join(plain)}
    return found


def _source(text: str) -> dict[str, Any]:
    name, article, as_of, *_ = [*(part.strip() for part in text.split("|")), "", ""]
    return {"name": {"zh": name}, "article": article or None, "as_of": as_of}


def telling(written: dict[str, Any]) -> str:
    """Return a feedback text that tells it again."""
    source, home = written["source"], written.get("at_home")
    lines = [written["explanation"]["zh"]]
    if home:
        lines.append(f"{HOME_MARK}{home['zh']}")
    article = source.get("article") or ""
    lines.append(f"{SOURCE_MARK}{source['name']['zh']} | {article} | {source['as_of']}")
    return "\n".join(lines)


def completed(written: dict[str, Any], key: str, topic: str, today: date) -> dict[str, Any]:
    """Return a question with everything that the format did not have."""
    unknown = {"name": {"zh": "待补充"}, "article": None, "as_of": today.isoformat()}
    missing = {
        "topic": topic,
        "difficulty": 1,
        "explanation": {"zh": "待补充"},
        "source": unknown,
    }
    return {**missing, **written, "key": key}
