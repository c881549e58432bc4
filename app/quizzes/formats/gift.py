"""GIFT: `::name::stem{=right ~wrong ####feedback}`; `$CATEGORY: topic` lines; `//` comments.

https://docs.moodle.org/en/GIFT_format. Single, multiple (weights) and true or false are read;
numbers, matching, short answers and essays are refused by line, since nobody here is asked such. An
order is written as matching of numbers, and read again from our own files. What is said to be HTML
is read without its markup; what shows a picture is refused, for it would be asked without.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import takewhile
from typing import Any

from app.quizzes.formats import (
    Read,
    Reading,
    has_media,
    refused,
    single_or_multiple,
    telling,
    told,
    unmarked,
)
from app.quizzes.rules import TOPICS

SPECIAL = re.compile(r"([~=#{}:\\])")
ESCAPED = re.compile(r"\\([~=#{}:\\n])")
NAME = re.compile(r"::((?:\\.|[^\\])*?)::", re.DOTALL)
MARKUP = re.compile(r"\s*\[(html|moodle|plain|markdown)\]", re.IGNORECASE)
AS_HTML = frozenset({"html", "moodle"})
CATEGORY = re.compile(r"\s*\$CATEGORY:", re.IGNORECASE)
WEIGHT = re.compile(r"%(-?\d{1,3}(?:\.\d+)?)%")
KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
TRUTH = {"T": True, "TRUE": True, "F": False, "FALSE": False}


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    """Give (line, text) of what lies between empty lines; comments are left out."""
    begun, block = 0, list[str]()
    for number, line in enumerate([*text.splitlines(), ""], 1):
        if line.lstrip().startswith("//"):
            continue
        if line.strip():
            begun = begun if block else number
            block.append(line)
        elif block:
            yield begun, "\n".join(block)
            block = []


def read(text: str) -> Reading:
    """Give each question of a text."""
    topic: dict[str, str] = {}
    for begun, block in _blocks(text):
        lines = block.split("\n")
        headings = list(takewhile(CATEGORY.match, lines))
        for heading in headings:
            name = heading.partition(":")[2].strip().rpartition("/")[2]
            topic = {"topic": name} if name in TOPICS else {}
        if rest := lines[len(headings) :]:
            yield _question(begun + len(headings), "\n".join(rest), topic)


def _question(line: int, block: str, topic: dict[str, str]) -> Read:
    name, rest = _named(block.strip())
    parts = _split(rest, "{", "}")
    if parts is None:
        return refused(line, "no_braces")
    stem, inside, after = parts
    if after.strip():
        return refused(line, "text_after_braces")
    body, _, feedback = _cut(inside, "####")
    markup = _markup_of(stem, "plain")
    if _has_html(markup, body) and has_media(_plain(stem + body)):
        return refused(line, "has_media")
    more = topic | told(_said(feedback, markup)) | ({"key": name} if KEY.fullmatch(name) else {})
    words = _said(stem, markup)
    if not words:
        return refused(line, "no_stem")
    truth = body.partition("#")[0].strip().upper()
    if truth in TRUTH:
        written = {"kind": "true_false", "stem": {"zh": words}, "answer": TRUTH[truth]}
        return Read(line, written | more)
    return _with_options(line, words, (body, markup), more)


def _markup_of(text: str, otherwise: str) -> str:
    """Return how a text is marked up; as its question, where it does not say."""
    found = MARKUP.match(text)
    return found[1].lower() if found else otherwise


def _has_html(markup: str, body: str) -> bool:
    """Whether a question is HTML, or one of its answers says that it is."""
    return markup in AS_HTML or any(f"[{name}]" in body.lower() for name in AS_HTML)


def _said(text: str, otherwise: str) -> str:
    """Return the words of a text, without markup."""
    words = _plain(MARKUP.sub("", text, count=1) if MARKUP.match(text) else text).strip()
    return unmarked(words) if _markup_of(text, otherwise) in AS_HTML else words


def _with_options(line: int, stem: str, inside: tuple[str, str], more: dict[str, Any]) -> Read:
    if code := _no_options(inside[0].lstrip()):
        return refused(line, code)
    options = list(_options(*inside))
    if all(mark == "=" for _, mark, _ in options):
        if all("->" in words for words, _, _ in options):
            return _ordering(line, stem, options, more)
        return refused(line, "short_answer_is_not_asked")
    # With a plain right answer, weights are only part of its points.
    weighed = all(mark == "~" for _, mark, _ in options)
    right = [
        (words, (weight or 0) > 0 if weighed else mark == "=") for words, mark, weight in options
    ]
    if not any(good for _, good in right):
        return refused(line, "no_right_option")
    found = single_or_multiple(stem, right, **more)
    return Read(line, found | ({"kind": "multiple"} if weighed and "options" in found else {}))


def _no_options(body: str) -> str | None:
    """Return why there are no options between the braces; nothing if there are."""
    if body.startswith("#"):
        return "numeric_is_not_asked"
    if not body:
        return "no_options"
    return None if body.startswith(("=", "~")) else "text_before_options"


def _ordering(
    line: int, stem: str, options: list[tuple[str, str, float | None]], more: dict[str, Any]
) -> Read:
    pairs = [words.partition("->") for words, _, _ in options]
    if [first.strip() for first, _, _ in pairs] != [str(n + 1) for n in range(len(pairs))]:
        return refused(line, "matching_is_not_asked")
    ordered = [{"zh": last.strip()} for _, _, last in pairs]
    return Read(line, {"kind": "ordering", "stem": {"zh": stem}, "options": ordered, **more})


def _options(body: str, markup: str) -> Iterator[tuple[str, str, float | None]]:
    """Give (words, mark, weight) of each answer; its own feedback is left out."""
    for found in re.finditer(r"([=~])((?:\\.|[^=~\\]+)*)", body, re.DOTALL):
        words = _cut(found[2], "#")[0].strip()
        weight = WEIGHT.match(words)
        if weight:
            words = words[weight.end() :]
        yield _said(words, markup), found[1], float(weight[1]) if weight else None


def _named(block: str) -> tuple[str, str]:
    found = NAME.match(block)
    return (_plain(found[1]).strip(), block[found.end() :]) if found else ("", block)


def _split(text: str, first: str, last: str) -> tuple[str, str, str] | None:
    before, cut, rest = _cut(text, first)
    inside, closed, after = _cut(rest, last)
    return (before, inside, after) if cut and closed else None


def _cut(text: str, mark: str) -> tuple[str, str, str]:
    """As `str.partition`, but not at a mark behind a backslash."""
    for found in re.finditer(rf"\\.|{re.escape(mark)}", text, re.DOTALL):
        if found[0] == mark:
            return text[: found.start()], mark, text[found.end() :]
    return text, "", ""


def _plain(text: str) -> str:
    return ESCAPED.sub(lambda found: "\n" if found[1] == "n" else found[1], text)


def _escaped(text: str) -> str:
    return SPECIAL.sub(r"\\\1", text).replace("\n", "\\n")


def write(questions: Iterable[dict[str, Any]]) -> str:
    """Return a file of all questions but pictures."""
    blocks, topic = [], None
    for written in filter(has_room, questions):
        if written["topic"] != topic:
            topic = written["topic"]
            blocks.append(f"$CATEGORY: {topic}")
        blocks.append(_written(written))
    return "\n\n".join(blocks) + "\n"


def has_room(written: dict[str, Any]) -> bool:
    """Whether the format can say that question."""
    return bool(written["kind"] != "picture")


def _written(written: dict[str, Any]) -> str:
    head = f"::{written['key']}::{_escaped(written['stem']['zh'])}"
    feedback = f"####{_escaped(telling(written))}"
    if written["kind"] == "true_false":
        return f"{head}{{{'T' if written['answer'] else 'F'}{feedback}}}"
    lines = "\n".join(_option_lines(written))
    return f"{head}{{\n{lines}\n{feedback}\n}}"


def _option_lines(written: dict[str, Any]) -> Iterator[str]:
    options = written["options"]
    right = sum(bool(option.get("right")) for option in options)
    for number, option in enumerate(options, 1):
        words = _escaped(option["zh"])
        if written["kind"] == "ordering":
            yield f"={number} -> {words}"
        elif written["kind"] == "single":
            yield f"{'=' if option.get('right') else '~'}{words}"
        else:
            share = f"{100 / right:.5f}" if option.get("right") else "-100"
            yield f"~%{share}%{words}"
