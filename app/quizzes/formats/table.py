"""CSV with a heading, as a spreadsheet saves it: our own columns, both languages.

The columns are those of `COLUMNS`; kind, stem_zh and right are needed. `right` has the numbers of
the right options (`1 3`); of true or false `true` or `false`; of an order nothing. A cell that
begins with = + - @, wide ones too, is written with an apostrophe before it, so that no spreadsheet
takes it for a formula; reading takes it away again.

Spreadsheets put semicolons or tabs between cells, write TRUE for true and 2026/11/1 for 2026-11-01,
leave empty columns at the end: all that is read as it was meant.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from typing import Any

from app.quizzes.formats import Read, Reading, refused

MOST = 8
LANGUAGES = ("zh", "en")
COLUMNS = (
    "key", "topic", "kind", "difficulty", "stem_zh", "stem_en",
    *(f"option{n}_{language}" for n in range(1, MOST + 1) for language in LANGUAGES),
    "right", "explanation_zh", "explanation_en", "at_home_zh", "at_home_en", "source_zh",
    "source_en", "article", "quote", "as_of",
)  # fmt: skip
NEEDED = frozenset({"kind", "stem_zh", "right"})
BETWEEN = (",", ";", "\t")
SAYS_SO = re.compile(r"sep=(.)\r?\n?")
"""A first line that is for Excel alone."""
DAY = re.compile(r"(\d{4})[/.年-](\d{1,2})[/.月-](\d{1,2})日?")
PARTS = re.compile(r"[\s,;，；、]+")
FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def read(text: str) -> Reading:
    """Give each question of a text."""
    lines = io.StringIO(text.removeprefix("\ufeff"), newline=None).readlines()
    before = 1 if lines and SAYS_SO.fullmatch(lines[0]) else 0
    rows = csv.reader(lines[before:], delimiter=_between(lines[: before + 1]), strict=True)
    line = before + 1
    try:
        heading = [name.strip() for name in next(rows, [])]
        while heading and not heading[-1]:
            heading.pop()
        if not set(heading) >= NEEDED or len(set(heading)) < len(heading):
            yield refused(line, "no_heading")
            return
        if not set(heading) <= set(COLUMNS):
            yield refused(line, "unknown_column")
            return
        line = before + rows.line_num + 1
        for cells in rows:
            if any(cell.strip() for cell in cells):
                yield _row(line, heading, cells)
            line = before + rows.line_num + 1
    except csv.Error:
        yield refused(line, "no_csv")


def _between(first: list[str]) -> str:
    """Return what stands between the cells: as Excel was told, or most often in the heading."""
    told = SAYS_SO.fullmatch(first[0]) if first else None
    return told[1] if told else max(BETWEEN, key="".join(first).count)


def _row(line: int, heading: list[str], cells: list[str]) -> Read:
    if any(cell.strip() for cell in cells[len(heading) :]):
        return refused(line, "too_many_cells")
    row = {name: _plain(cell) for name, cell in zip(heading, cells, strict=False)}
    written: dict[str, Any] = {"kind": row.get("kind", ""), "stem": _both(row, "stem")}
    written |= {name: row[name] for name in ("key", "topic") if row.get(name)}
    if row.get("difficulty"):
        written["difficulty"] = _number(row["difficulty"])
    for name in ("explanation", "at_home"):
        if row.get(f"{name}_zh"):
            written[name] = _both(row, name)
    if row.get("source_zh"):
        more = {name: row.get(name) or None for name in ("article", "quote")}
        as_of = _day(row.get("as_of", ""))
        written["source"] = {"name": _both(row, "source"), **more, "as_of": as_of}
    return _answers(line, row, written)


def _answers(line: int, row: dict[str, str], written: dict[str, Any]) -> Read:
    right = [part for part in PARTS.split(row.get("right", "")) if part]
    if written["kind"] == "true_false":
        truth = [part.lower() for part in right]
        if truth not in (["true"], ["false"]):
            return refused(line, "no_right_option")
        return Read(line, written | {"answer": truth == ["true"]})
    # By the number of its column, also where one before it is empty.
    options = {str(n): _both(row, f"option{n}") for n in range(1, MOST + 1)}
    options = {number: option for number, option in options.items() if any(option.values())}
    if not set(right) <= set(options) or bool(right) == (written["kind"] == "ordering"):
        return refused(line, "no_right_option")
    marked = [
        option | ({"right": True} if number in right else {}) for number, option in options.items()
    ]
    return Read(line, written | {"options": marked})


def _day(text: str) -> str:
    """Return a day as it is kept; what is none, as it is."""
    found = DAY.fullmatch(text)
    return f"{found[1]}-{found[2]:>02}-{found[3]:>02}" if found else text


def _number(text: str) -> int | str:
    return int(text) if text.isascii() and text.isdecimal() and len(text) == 1 else text


def _plain(cell: str) -> str:
    found = cell.strip()
    return found[1:] if found.startswith("'") and found[1:].startswith(FORMULA) else found


def _both(row: dict[str, str], name: str) -> dict[str, Any]:
    found = {language: row.get(f"{name}_{language}", "") for language in LANGUAGES}
    return {language: words for language, words in found.items() if words or language == "zh"}


def has_room(written: dict[str, Any]) -> bool:
    """Whether the format can say that question."""
    return bool(written["kind"] != "picture")


def write(questions: Iterable[dict[str, Any]]) -> str:
    """Return a file of all questions but pictures."""
    out = io.StringIO()
    table = csv.DictWriter(out, COLUMNS, restval="")
    table.writeheader()
    for written in filter(has_room, questions):
        table.writerow({name: _guarded(cell) for name, cell in _cells(written)})
    return out.getvalue()


def _guarded(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def _cells(written: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for name in ("key", "topic", "kind"):
        yield name, written[name]
    yield "difficulty", str(written["difficulty"])
    source = written["source"]
    both = {
        "stem": written["stem"],
        "explanation": written["explanation"],
        "at_home": written.get("at_home") or {},
        "source": source["name"],
    }
    options = written.get("options", [])
    both |= {f"option{number}": option for number, option in enumerate(options, 1)}
    for name, words in both.items():
        for language in LANGUAGES:
            yield f"{name}_{language}", words.get(language) or ""
    for name in ("article", "quote", "as_of"):
        yield name, source.get(name) or ""
    if written["kind"] == "true_false":
        yield "right", str(written["answer"]).lower()
    else:
        right = (str(n) for n, option in enumerate(options, 1) if option.get("right"))
        yield "right", " ".join(right)
