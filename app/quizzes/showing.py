"""How a question is shown: before the answer only what everybody may know, in an order of its own.

An option's id is cut from a signature over whose showing it is: nobody can tell from it which
number the option has, it is another one for everybody and every time, and sorting by it shuffles.
The solution is not even at hand before there is an answer.
"""

import base64
import hmac
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

ID_LENGTH = 16
"""96 bits of a signature."""
_OF_ONE = 5
"""So many ids are in one signature of 512 bits."""

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


def option_ids(showing: str, version_id: int, count: int) -> Sequence[str]:
    """Return the ids of a version's options, by their numbers, in one showing."""
    return _option_ids(crypto.link_key(), showing, version_id, count)


@lru_cache(maxsize=4_096)  # who is shown a question answers it soon, and is told why
def _option_ids(key: bytes, showing: str, version_id: int, count: int) -> Sequence[str]:
    found = ""
    for part in range(-(-count // _OF_ONE)):
        message = f"quiz options:{showing}:{version_id}:{part}".encode()
        found += base64.urlsafe_b64encode(hmac.digest(key, message, "sha512")[:60]).decode()
    return tuple(found[n : n + ID_LENGTH] for n in range(0, count * ID_LENGTH, ID_LENGTH))


def in_words(both: dict[str, str], language: str) -> str:
    """Return a text in a language; Chinese where there is no English."""
    return both["en"] if language == "en" and both.get("en") else both["zh"]


def shown(version: Shown, showing: str, language: str) -> dict[str, Any]:
    """Return a question before its answer."""
    face = version.faces.get(language)
    if face is None:
        face = version.faces[language] = _face(version, language)
    ids = option_ids(showing, version.id, len(face["options"]))
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


def numbers_of(row: Any, showing: str, ids: Sequence[str]) -> list[int]:
    """Return the numbers of the chosen options.

    Errors: InvalidInput on `option_ids`: not of this question in this showing, or no answer.
    """
    count = len(row.content["options"])
    known = {found: n for n, found in enumerate(option_ids(showing, row.id, count))}
    if any(found not in known for found in ids):
        raise InvalidInput.of("option_ids", "unknown_option")
    chosen = [known[found] for found in ids]
    if fault := rules.choice_fault(row.kind, count, chosen):
        raise InvalidInput(errors=[fault])
    return chosen


def explained(row: Any, showing: str, language: str) -> dict[str, Any]:
    """Return what is said after the answer: the right options and why. `row` has the solution."""
    solution = row.solution
    ids = option_ids(showing, row.id, len(row.content["options"]))
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
