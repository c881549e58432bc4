"""A question as it is written (docs/quizzes.md): is it whole, what is kept of it. Plain Python.

Written questions come from bank files, from authors' forms and from imports; all are held to the
same rules.
"""

import hashlib
import json
import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.core.errors import FieldError
from app.quizzes import rules
from app.quizzes.rules import KINDS, ORDERING, PICTURE, TOPICS, TRUE_FALSE

KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
LANGUAGES = ("zh", "en")
TRUTH = ({"zh": "正确", "en": "True"}, {"zh": "错误", "en": "False"})
"""The options of a true or false question, in this order."""
FIELDS = frozenset(
    {
        "key", "topic", "kind", "difficulty", "stem", "options", "answer", "picture",
        "explanation", "at_home", "source",
    }
)  # fmt: skip
SOURCE = frozenset({"name", "article", "quote", "version", "as_of"})
SIDES = ("x", "y", "width", "height")


@dataclass(frozen=True, slots=True)
class Words:
    """What is kept of a question. `content` is shown before the answer, `solution` after it."""

    kind: str
    topic: str
    difficulty: int
    content: dict[str, Any]
    solution: dict[str, Any]

    def digest(self, picture: str | None) -> str:
        """Return a name of these words; `picture` is one of the picture."""
        plain = [self.kind, self.topic, self.difficulty, self.content, self.solution, picture]
        text = json.dumps(plain, ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()


def faults(written: Any, *, both: bool = True, today: date | None = None) -> list[FieldError]:
    """Return what is wrong with a written question; nothing if it is whole.

    `both`: whether Chinese alone is not enough. `today`: nobody has looked it up later than that.
    """
    if not isinstance(written, Mapping):
        return [FieldError("", "invalid")]
    found = [FieldError(name, "unknown_field") for name in _others(written, FIELDS)]
    if not (isinstance(written.get("key"), str) and KEY.fullmatch(written["key"])):
        found.append(FieldError("key", "invalid"))
    found += _choice("topic", written.get("topic"), TOPICS)
    found += _choice("kind", written.get("kind"), KINDS)
    if not _whole(written.get("difficulty"), rules.EASIEST, rules.HARDEST):
        found.append(
            FieldError("difficulty", "range", (("min", rules.EASIEST), ("max", rules.HARDEST)))
        )
    found += _text("stem", written.get("stem"), rules.LONGEST_STEM, both=both)
    explained = written.get("explanation")
    found += _text("explanation", explained, rules.LONGEST_EXPLANATION, both=both)
    if written.get("at_home") is not None:
        found += _text("at_home", written["at_home"], rules.LONGEST_HINT, both=both)
    found += _source(written.get("source"), both=both, today=today)
    if written.get("kind") in KINDS:
        found += _answers(written, both=both)
    return found


def _others(value: Mapping[str, Any], known: Collection[str]) -> list[str]:
    return sorted((str(name) for name in value if name not in known), key=str)


def _choice(field: str, value: Any, options: tuple[str, ...]) -> list[FieldError]:
    return [] if value in options else [FieldError(field, "not_an_option")]


def _whole(value: Any, least: int, most: int) -> bool:
    return type(value) is int and least <= value <= most


def _line(field: str, value: Any, longest: int) -> list[FieldError]:
    if not isinstance(value, str) or not value.strip():
        return [FieldError(field, "required")]
    if len(value) > longest:
        return [FieldError(field, "length", (("min", 1), ("max", longest)))]
    if any(unicodedata.category(c) in {"Cc", "Cs"} and c != "\n" for c in value):
        return [FieldError(field, "unsafe_characters")]
    return []


def _text(field: str, value: Any, longest: int, *, both: bool) -> list[FieldError]:
    if not isinstance(value, Mapping):
        return [FieldError(field, "required")]
    found = _line(f"{field}.zh", value.get("zh"), longest)
    if both or value.get("en") is not None:
        found += _line(f"{field}.en", value.get("en"), longest)
    return found


def _source(value: Any, *, both: bool, today: date | None) -> list[FieldError]:
    if not isinstance(value, Mapping):
        return [FieldError("source", "required")]
    found: list[FieldError] = [
        FieldError(f"source.{name}", "unknown_field")
        for name in sorted(set(value) - SOURCE, key=str)
    ]
    found += _text("source.name", value.get("name"), rules.LONGEST_NAME, both=both)
    limits = (("article", rules.LONGEST_ARTICLE), ("quote", rules.LONGEST_QUOTE))
    for name, longest in limits:
        if value.get(name) is not None:
            found += _line(f"source.{name}", value[name], longest)
    days = ("as_of",) if value.get("version") is None else ("as_of", "version")
    odd = [day for day in days if not _is_day(value.get(day))]
    found += [FieldError(f"source.{day}", "invalid") for day in odd]
    if today is not None and "as_of" not in odd and value["as_of"] > today.isoformat():
        found.append(FieldError("source.as_of", "in_the_future"))
    return found


def _is_day(value: Any) -> bool:
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _answers(written: Mapping[str, Any], *, both: bool) -> list[FieldError]:
    kind, options = written["kind"], written.get("options")
    found: list[FieldError] = []
    if (kind == PICTURE) != (written.get("picture") is not None):
        found.append(FieldError("picture", "required" if kind == PICTURE else "not_for_this_kind"))
    if kind == TRUE_FALSE:
        found += [FieldError("options", "not_for_this_kind")] if options is not None else []
        right = written.get("answer")
        return found + ([] if isinstance(right, bool) else [FieldError("answer", "required")])
    if written.get("answer") is not None:
        found.append(FieldError("answer", "not_for_this_kind"))
    fewest, most = rules.OPTIONS_OF[kind]
    if not isinstance(options, list) or not all(isinstance(one, Mapping) for one in options):
        return [*found, FieldError("options", "required")]
    if not fewest <= len(options) <= most:
        found.append(FieldError("options", "range", (("min", fewest), ("max", most))))
    for number, option in enumerate(options):
        found += _option(f"options.{number}", option, kind, both=both)
    return found + list(_distinct(options)) + _key_faults(kind, options)


def _option(field: str, option: Mapping[str, Any], kind: str, *, both: bool) -> list[FieldError]:
    known = {"zh", "en", "right"} | ({"region"} if kind == PICTURE else set())
    found: list[FieldError] = [
        FieldError(f"{field}.{name}", "unknown_field")
        for name in sorted(set(option) - known, key=str)
    ]
    found += _text(field, option, rules.LONGEST_OPTION, both=both)
    if not isinstance(option.get("right", False), bool):
        found.append(FieldError(f"{field}.right", "invalid"))
    if kind == PICTURE and not _is_region(option.get("region")):
        found.append(FieldError(f"{field}.region", "invalid"))
    return found


def _is_region(value: Any) -> bool:
    if not isinstance(value, Mapping) or set(value) != set(SIDES):
        return False
    sides = [value[side] for side in SIDES]
    if any(type(side) not in {int, float} or not 0 <= side <= 1 for side in sides):
        return False
    x, y, width, height = sides
    return bool(width > 0 and height > 0 and x + width <= 1 and y + height <= 1)


def _distinct(options: list[Any]) -> Iterator[FieldError]:
    for language in LANGUAGES:
        seen: set[str] = set()
        for number, option in enumerate(options):
            words = option.get(language)
            if not isinstance(words, str):
                continue
            plain = "".join(unicodedata.normalize("NFKC", words).casefold().split())
            if plain in seen:
                yield FieldError(f"options.{number}.{language}", "same_as_another")
            seen.add(plain)


def _key_faults(kind: str, options: list[Any]) -> list[FieldError]:
    right = sum(option.get("right") is True for option in options)
    if kind == ORDERING:
        return [FieldError("options", "not_for_this_kind")] if right else []
    wrong = len(options) - right
    enough = right == 1 if kind in rules.ONE_OF else right >= 1
    return (
        []
        if enough and wrong >= rules.FEWEST_WRONG.get(kind, 1)
        else [FieldError("options", "key")]
    )


def words_of(written: Mapping[str, Any]) -> Words:
    """Return what is kept of a question without faults."""
    kind = written["kind"]
    if kind == TRUE_FALSE:
        options, right = list(map(dict, TRUTH)), [0 if written["answer"] else 1]
    else:
        options = [_kept_option(option) for option in written["options"]]
        numbered = enumerate(written["options"])
        right = [n for n, option in numbered if kind == ORDERING or option.get("right")]
    source = written["source"]
    return Words(
        kind=kind,
        topic=written["topic"],
        difficulty=written["difficulty"],
        content={"stem": _both(written["stem"]), "options": options},
        solution={
            "right": right,
            "explanation": _both(written["explanation"]),
            "at_home": _both(written["at_home"]) if written.get("at_home") else None,
            "source": {
                "name": _both(source["name"]),
                "article": source.get("article"),
                "quote": source.get("quote"),
                "version": source.get("version"),
                "as_of": source["as_of"],
            },
        },
    )


def _both(value: Mapping[str, Any]) -> dict[str, Any]:
    return {
        language: unicodedata.normalize("NFC", value[language]).strip()
        for language in LANGUAGES
        if value.get(language) is not None
    }


def _kept_option(option: Mapping[str, Any]) -> dict[str, Any]:
    kept = _both(option)
    if "region" in option:
        kept["region"] = {side: float(option["region"][side]) for side in SIDES}
    return kept


def written_again(key: str, words: Words) -> dict[str, Any]:
    """Return a kept question as it is written, without its picture: what exports begin with."""
    found: dict[str, Any] = {
        "key": key,
        "topic": words.topic,
        "kind": words.kind,
        "difficulty": words.difficulty,
        "stem": words.content["stem"],
        "explanation": words.solution["explanation"],
        "at_home": words.solution["at_home"],
        "source": words.solution["source"],
    }
    right = words.solution["right"]
    if words.kind == TRUE_FALSE:
        return found | {"answer": right == [0]}
    options = [dict(option) for option in words.content["options"]]
    if words.kind != ORDERING:
        options = [option | {"right": n in right} for n, option in enumerate(options)]
    return found | {"options": options}
