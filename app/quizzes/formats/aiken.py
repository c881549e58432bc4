"""Aiken: a line of question, lines `A) option`, a line `ANSWER: A`. One right answer of each.

https://docs.moodle.org/en/Aiken_format. Plain text: what it has no room for is lost in writing.
"""

import re
from collections.abc import Iterable
from typing import Any

from app.quizzes.formats import Read, Reading, refused, single_or_multiple

OPTION = re.compile(r"([A-Z])[).）．、]\s*(\S.*)")
ANSWER = re.compile(r"ANSWER\s*[:：]\s*([A-Z])\s*")


def read(text: str) -> Reading:
    """Give each question of a text; what follows no ANSWER line is refused where it begins."""
    stem: list[str] = []
    options: list[tuple[str, str]] = []
    begun = 0
    for number, line in enumerate([*text.splitlines(), ""], 1):
        found, answer = OPTION.fullmatch(line.strip()), ANSWER.fullmatch(line.strip())
        if answer:
            yield _question(begun or number, stem, options, answer[1])
            stem, options, begun = [], [], 0
        elif not line.strip():
            if options:  # a question ended without its answer
                yield refused(begun, "no_answer")
                stem, options, begun = [], [], 0
        elif found and stem:
            options.append((found[1], found[2]))
        elif options:
            yield refused(number, "not_an_option_line")
            stem, options, begun = [line.strip()], [], number
        else:
            begun = begun or number
            stem.append(line.strip())
    if stem:
        yield refused(begun, "no_answer")


def _question(line: int, stem: list[str], options: list[tuple[str, str]], answer: str) -> Read:
    letters = [letter for letter, _ in options]
    if not stem:
        return refused(line, "no_stem")
    if letters != [chr(ord("A") + n) for n in range(len(letters))]:
        return refused(line, "letters_out_of_order")
    if answer not in letters:
        return refused(line, "answer_is_no_option")
    chosen = [(words, letter == answer) for letter, words in options]
    return Read(line, single_or_multiple("\n".join(stem), chosen))


def write(questions: Iterable[dict[str, Any]]) -> str:
    """Return a file of those questions that have one right answer."""
    return "\n".join(map(_written, filter(has_room, questions)))


def has_room(written: dict[str, Any]) -> bool:
    """Whether the format can say that question."""
    return written["kind"] in {"single", "true_false"}


def _written(written: dict[str, Any]) -> str:
    options = written.get("options") or [
        {"zh": "正确", "right": written["answer"]},
        {"zh": "错误", "right": not written["answer"]},
    ]
    letters = [chr(ord("A") + number) for number in range(len(options))]
    pairs = list(zip(letters, options, strict=True))
    lines = [f"{letter}) {_in_a_line(option['zh'])}" for letter, option in pairs]
    right = next(letter for letter, option in pairs if option.get("right"))
    stem = _in_a_line(written["stem"]["zh"])
    return "\n".join([stem, *lines, f"ANSWER: {right}", ""])


def _in_a_line(words: str) -> str:
    """Return words without breaks: in this format a line says what it is by how it begins."""
    return " ".join(words.split())
