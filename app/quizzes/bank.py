"""Bank files: loading them, again and again, changes only what was written anew."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select

from app.core import clock
from app.core.access import Actor
from app.core.db import changed_rows, read, unit_of_work
from app.photos import service as photos
from app.quizzes import daily, questions, rules, versions
from app.quizzes.models import Question, Version

MOST_QUESTIONS = 2_000
NOBODY = Actor(resident_id=0, name="")
"""Whose the pictures of a bank are: no resident has this id."""


class FaultyBank(ValueError):
    """A bank with faults; nothing of it was loaded."""


@dataclass(slots=True)
class Loaded:
    """What a bank changed: how many questions are new, changed, the same as before."""

    new: int = 0
    changed: int = 0
    same: int = 0
    keys: list[str] = field(default_factory=list)


def read_bank(path: Path) -> list[dict[str, Any]]:
    """Return the questions of a bank file. Errors: FaultyBank, naming every fault."""
    try:
        bank = json.loads(path.read_text(encoding="utf-8"))
        written, both = bank["questions"], bank.get("languages") != ["zh"]
    except (ValueError, KeyError, TypeError, AttributeError) as fault:
        raise FaultyBank(f"{path.name}: no bank: {fault!r}") from fault
    if not isinstance(written, list) or len(written) > MOST_QUESTIONS:
        raise FaultyBank(f"{path.name}: at most {MOST_QUESTIONS} questions")
    found = list(_bank_faults(written, path, both=both))
    if found:
        raise FaultyBank("\n".join(found))
    return written


def _bank_faults(written: list[Any], path: Path, *, both: bool) -> Iterable[str]:
    seen, today = set[str](), clock.shanghai_day(clock.now())
    for number, question in enumerate(written):
        key = question.get("key") if isinstance(question, Mapping) else None
        for fault in questions.faults(question, both=both, today=today):
            more = " ".join(f"{name}={value}" for name, value in fault.params)
            yield f"{path.name}: {key or number}: {fault.field}: {fault.code} {more}".rstrip()
        if key in seen:
            yield f"{path.name}: {key}: key: same_as_another"
        seen.add(str(key))
        picture = question.get("picture") if isinstance(question, Mapping) else None
        if picture is not None and not _beside(path, picture):
            yield f"{path.name}: {key}: picture: no such file beside the bank"


def _beside(bank: Path, name: Any) -> bool:
    return isinstance(name, str) and Path(name).name == name and (bank.parent / name).is_file()


@unit_of_work()
def import_bank(path: Path) -> Loaded:
    """Publish the questions of a bank file that are new or written anew.

    What the file leaves out stays. A question that somebody retired by hand stays so until its
    words change. Errors: FaultyBank (also where a key is a question's of some place), and nothing
    was changed.
    """
    written = read_bank(path)
    keys = [question["key"] for question in written]
    before = _standing(keys)
    if foreign := existing_keys(keys) - set(before):
        raise FaultyBank("\n".join(f"{path.name}: {key}: key: taken" for key in sorted(foreign)))
    loaded = Loaded()
    newest: dict[int, int] = {}
    for question in written:
        words = questions.words_of(question)
        picture = question.get("picture")
        content = (path.parent / picture).read_bytes() if picture else None
        digest = words.digest(hashlib.sha256(content).hexdigest() if content else None)
        row = before.get(question["key"])
        if row is not None and row.digest == digest:
            loaded.same += 1
            continue
        photo_id = _keep_picture(path.parent / picture) if picture else None
        question_id = row.question_id if row else _new_question(question["key"])
        newest[question_id] = versions.publish_words(
            question_id, words, digest, number=row.number + 1 if row else 1, photo_id=photo_id
        )
        loaded.new += row is None
        loaded.changed += row is not None
        loaded.keys.append(question["key"])
    daily.ask_newer(newest)
    return loaded


@unit_of_work()
def retire(key: str, note: str) -> bool:
    """Take a question back by its key, as who runs the deployment; whether it was published."""
    question = read(select(Question.id).where(Question.key == key)).scalar_one_or_none()
    version_id = versions.retire(question, note=note) if question else None
    if version_id is not None:
        daily.choose_anew(version_id)
    return version_id is not None


def _standing(keys: list[str]) -> dict[str, Any]:
    """Return the newest version of each bank question by its key: (question_id, number, digest)."""
    found: dict[str, Any] = {}
    for start in range(0, len(keys), 500):
        rows = read(
            select(Question.key, Version.question_id, Version.number, Version.digest)
            .join(Version, Version.question_id == Question.id)
            .where(
                Question.key.in_(keys[start : start + 500]),
                Question.place_code == rules.EVERYWHERE,
            )
            .order_by(Version.number)
        )
        found |= {row.key: row for row in rows}
    return found


_NEW = insert(Question).returning(Question.id)


def _new_question(key: str) -> int:
    values = {"key": key, "place_code": rules.EVERYWHERE, "created_at": clock.now()}
    return int(read(_NEW, values).scalar_one())


def _keep_picture(path: Path) -> str:
    with path.open("rb") as stream:
        photo_id = str(photos.add_photo(NOBODY, stream)["id"])
    photos.attach(NOBODY, [photo_id])
    return photo_id


def existing_keys(keys: Iterable[str], place_code: str | None = None) -> set[str]:
    """Return which of the keys are taken; at a place, if one is given."""
    wanted, found = list(keys), set()
    for start in range(0, len(wanted), 500):
        taken = select(Question.key).where(Question.key.in_(wanted[start : start + 500]))
        if place_code is not None:
            taken = taken.where(Question.place_code == place_code)
        found |= set(read(taken).scalars())
    return found


def add_drafts(
    actor: Actor, place_code: str, written: list[tuple[str, questions.Words]]
) -> dict[str, int]:
    """Add new questions as drafts of somebody, in three statements; returns ids by key.

    The caller has seen that no key is taken.
    """
    if not written:
        return {}
    now = clock.now()
    rows = [{"key": key, "place_code": place_code, "created_at": now} for key, _ in written]
    changed_rows(insert(Question), rows)
    keys = [key for key, _ in written]
    made = read(select(Question.key, Question.id).where(Question.key.in_(keys)))
    ids = {row.key: row.id for row in made}
    versions.write_drafts(actor, [(ids[key], words) for key, words in written])
    return ids
