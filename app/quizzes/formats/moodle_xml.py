"""Moodle XML: `<quiz><question type="multichoice">…`, read without entities, DTDs or the network.

https://docs.moodle.org/en/Moodle_XML_format. `multichoice`, `truefalse` and `ordering` are read,
`category` names the topic; other types are refused by line. Markup in texts is taken out, which is
what a text without a `format` has; what shows a picture is refused, for it would be asked without.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any
from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from app.quizzes.formats import (
    Read,
    Reading,
    has_media,
    in_lines,
    refused,
    single_or_multiple,
    telling,
    told,
    unmarked,
)
from app.quizzes.rules import TOPICS

QUESTION = re.compile(r"<question[\s/>]")
KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
FULL = 100.0
PLAIN = frozenset({"plain_text", "plain"})
ASKED = frozenset({"multichoice", "truefalse", "ordering"})


def read(text: str) -> Reading:
    """Give each question; what is no XML, or plays with entities, is refused as a whole."""
    try:
        root = fromstring(text, forbid_dtd=True)
    except ParseError as fault:
        yield refused(fault.position[0], "no_xml")
        return
    except (DefusedXmlException, ValueError, LookupError):
        yield refused(1, "forbidden_xml")
        return
    if root.tag != "quiz":
        yield refused(1, "no_quiz")
        return
    topic: dict[str, str] = {}
    for line, element in zip(_lines(text), root.iter("question"), strict=False):
        kind = element.get("type", "")
        if kind == "category":
            name = _text(element, "category").rpartition("/")[2]
            topic = {"topic": name} if name in TOPICS else {}
        elif kind not in ASKED:
            yield refused(line, "type_is_not_asked")
        else:
            yield _question(line, kind, element, topic)


def _lines(text: str) -> Iterator[int]:
    """Give the line of each question's beginning."""
    line, place = 1, 0
    for found in QUESTION.finditer(text):
        line += text.count("\n", place, found.start())
        place = found.start()
        yield line


def _question(line: int, kind: str, element: Element, topic: dict[str, str]) -> Read:
    stem, name = _text(element, "questiontext"), _text(element, "name")
    given = element.findall("answer")
    if code := _fault(element, stem, given):
        return refused(line, code)
    more: dict[str, Any] = dict(topic) | told(_text(element, "generalfeedback"))
    if KEY.fullmatch(name):
        more["key"] = name
    answers = [(_plain(found), _fraction(found)) for found in given]
    if kind == "ordering":
        ordered = [{"zh": words} for words, _ in answers]
        return Read(line, {"kind": "ordering", "stem": {"zh": stem}, "options": ordered, **more})
    single = _text(element, "single").casefold() in {"", "true", "1"}
    options = [(words, share == FULL if single else share > 0) for words, share in answers]
    if not any(good for _, good in options):
        return refused(line, "no_right_option")
    found = single_or_multiple(stem, options, **more)
    if kind == "truefalse" and found["kind"] != "true_false":
        return refused(line, "no_right_option")
    wanted = {} if single or "options" not in found else {"kind": "multiple"}
    return Read(line, found | wanted)


def _fault(element: Element, stem: str, given: list[Element]) -> str | None:
    """Return why a question cannot be asked, whatever is right; nothing if it can."""
    if any(map(_shows_media, [*element.findall("questiontext"), *given])):
        return "has_media"
    if not stem:
        return "no_stem"
    return None if given else "no_options"


def _fraction(element: Element) -> float:
    try:
        return float(element.get("fraction", "0"))
    except ValueError:
        return 0.0


def _text(element: Element, name: str) -> str:
    found = element.find(name)
    return "" if found is None else _plain(found)


def _plain(element: Element) -> str:
    words = _words(element)
    return unmarked(words) if _is_markup(element) else in_lines(words)


def _words(element: Element) -> str:
    inner = element.find("text")
    return (element if inner is None else inner).text or ""


def _is_markup(element: Element) -> bool:
    return element.get("format", "html") not in PLAIN


def _shows_media(element: Element) -> bool:
    return _is_markup(element) and has_media(_words(element))


def write(questions: Iterable[dict[str, Any]]) -> str:
    """Return a file of all questions but pictures."""
    lines, topic = ['<?xml version="1.0" encoding="UTF-8"?>', "<quiz>"], None
    for written in filter(has_room, questions):
        if written["topic"] != topic:
            topic = written["topic"]
            category = f"<category>{_as_text(topic)}</category>"
            lines.append(f'<question type="category">{category}</question>')
        lines += _written(written)
    return "\n".join([*lines, "</quiz>", ""])


def has_room(written: dict[str, Any]) -> bool:
    """Whether the format can say that question."""
    return bool(written["kind"] != "picture")


def _as_text(words: str) -> str:
    return f"<text>{escape(words)}</text>"


def _written(written: dict[str, Any]) -> Iterator[str]:
    kind = {"true_false": "truefalse", "ordering": "ordering"}.get(written["kind"], "multichoice")
    yield f'<question type="{kind}">'
    yield f"  <name>{_as_text(written['key'])}</name>"
    stem = _as_text(written["stem"]["zh"])
    yield f'  <questiontext format="plain_text">{stem}</questiontext>'
    feedback = _as_text(telling(written))
    yield f'  <generalfeedback format="plain_text">{feedback}</generalfeedback>'
    if kind == "multichoice":
        yield f"  <single>{str(written['kind'] == 'single').lower()}</single>"
    for words, share in _shares(written):
        text = _as_text(words)
        yield f'  <answer fraction="{share:g}" format="plain_text">{text}</answer>'
    yield "</question>"


def _shares(written: dict[str, Any]) -> Iterator[tuple[str, float]]:
    if written["kind"] == "true_false":
        yield "true", FULL if written["answer"] else 0
        yield "false", 0 if written["answer"] else FULL
        return
    options = written["options"]
    right = sum(bool(option.get("right")) for option in options) or 1
    for option in options:
        yield option["zh"], FULL / right if option.get("right") else 0
