"""How a question is shown: before the answer only what everybody may know, in an order of its own.

An option's id is cut from a signature over whose showing it is: nobody can tell from it which
number the option has, it is another one for everybody and every time, and sorting by it shuffles.
The solution is not even at hand before there is an answer.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from operator import itemgetter
from typing import Any

from sqlalchemy import bindparam
from sqlalchemy.sql import ColumnElement

from app.core import crypto
from app.core.errors import InvalidInput
from app.core.texts import text
from app.photos import service as photos
from app.photos.models import Photo
from app.quizzes import rules
from app.quizzes.models import Question, Version

ID_LENGTH = crypto.NAME_LENGTH

BEFORE = (
    Version.id,
    Version.question_id,
    Version.kind,
    Version.topic,
    Version.difficulty,
    Version.content,
    Version.photo_id,
    Photo.width,
    Photo.height,
)
"""What is read of a version to show it."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What may be known of a version before its answer.

    `faces`: how it looks, by language; filled in as it is asked for.
    """

    id: int
    question_id: int
    kind: str
    topic: str
    difficulty: int
    content: dict[str, Any]
    photo_id: str | None
    width: int | None
    height: int | None
    faces: dict[str, dict[str, Any]] = field(default_factory=dict)


AROUND = (0, 6, 9, 12)
"""Lengths of the codes of everywhere, a district, a street, a community."""


def asked_at(question: type[Question]) -> ColumnElement[bool]:
    """Whether a question is asked at a place: it is its own, or of one around it; see `around`."""
    return question.place_code.in_([bindparam(f"around_{length}") for length in AROUND])


ASKED_AT = asked_at(Question)


def around(place_code: str) -> dict[str, str]:
    """Return the parameters of `ASKED_AT` for a place."""
    return {f"around_{length}": place_code[:length] for length in AROUND}


def drawn(showing: str, count: int, *, key: bytes | None = None) -> Sequence[str]:
    """Return so many ids for a showing of a version; the first ones whatever their count.

    `key`: what `crypto.names_key` gives, for whoever draws for many.
    """
    key = key or crypto.names_key()
    found = _drawn(key, f"quiz:{showing}:0")
    for part in range(1, -(-count // crypto.NAMES_AT_ONCE)):
        found += _drawn(key, f"quiz:{showing}:{part}")
    return found[:count]


# Who is shown a question answers it soon, and is told why.
_drawn = lru_cache(maxsize=4_096)(crypto.names)


def in_words(both: dict[str, str], language: str) -> str:
    """Return a text in a language; Chinese where there is no English."""
    return both["en"] if language == "en" and both.get("en") else both["zh"]


def shown(version: Shown, ids: Sequence[str], language: str) -> dict[str, Any]:
    """Return a question before its answer; `ids` of its options are those of this showing."""
    face = version.faces.get(language)
    if face is None:
        face = version.faces[language] = _face(version, language)
    listed = [{"id": found, **one} for found, one in zip(ids, face["options"], strict=True)]
    listed.sort(key=_BY_ID)
    return {**face, "media": _media(version), "options": listed}


_BY_ID = itemgetter("id")


def _face(version: Shown, language: str) -> dict[str, Any]:
    """Return what every showing of a version has, its options in the order of their numbers."""
    return {
        "id": version.id,
        "kind": version.kind,
        "topic": version.topic,
        "topic_name": text(f"quizzes.topics.{version.topic}", language),
        "stem": in_words(version.content["stem"], language),
        "options": [
            {"text": in_words(option, language), "region": option.get("region")}
            for option in version.content["options"]
        ],
    }


def _media(version: Shown) -> dict[str, Any] | None:
    if version.photo_id is None:
        return None
    size = {"width": version.width, "height": version.height}
    return photos.links(version.photo_id) | size


def numbers_of(row: Any, ids: Sequence[str], given: Sequence[str]) -> list[int]:
    """Return the numbers of the chosen options, whose `ids` in this showing were `given`.

    Errors: InvalidInput on `option_ids`: not of this question in this showing, or no answer.
    """
    known = {found: n for n, found in enumerate(ids)}
    if any(found not in known for found in given):
        raise InvalidInput.of("option_ids", "unknown_option")
    chosen = [known[found] for found in given]
    if fault := rules.choice_fault(row.kind, len(ids), chosen):
        raise InvalidInput(errors=[fault])
    return chosen


def explained(row: Any, ids: Sequence[str], language: str) -> dict[str, Any]:
    """Return what is said after the answer: the right options and why.

    `row` has the solution; `ids` of the options are those of this showing.
    """
    solution = row.solution
    source = solution["source"]
    return {
        "right_option_ids": [ids[number] for number in solution["right"]],
        "explanation": in_words(solution["explanation"], language),
        "at_home": in_words(solution["at_home"], language) if solution["at_home"] else None,
        "source": {
            "name": in_words(source["name"], language),
            "article": source["article"],
            "quote": source["quote"],
            "version": source.get("version"),
            "as_of": source["as_of"],
        },
    }
