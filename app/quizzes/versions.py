"""Versions of questions: written once, then moved from draft to what everybody is asked."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from app.core import clock
from app.core.access import Actor
from app.core.db import changed_rows, read
from app.core.states import IllegalMove, Move
from app.quizzes import published, rules
from app.quizzes.models import Version, VersionMove
from app.quizzes.questions import Words

_NEW = insert(Version).returning(Version.id)


def publish_words(
    question_id: int, words: Words, digest: str, *, number: int, photo_id: str | None
) -> int:
    """Publish words that were looked at where they are kept; the version before goes."""
    supersede(question_id, actor_id=None)
    row = row_of(question_id, words, digest, number=number, photo_id=photo_id, author_id=None)
    version_id = int(read(_NEW, row | {"state": rules.PUBLISHED}).scalar_one())
    write_history(version_id, 1, rules.IMPORT)
    published.mark_changed()
    return version_id


def row_of(
    question_id: int,
    words: Words,
    digest: str,
    *,
    number: int,
    photo_id: str | None,
    author_id: int | None,
) -> dict[str, Any]:
    """Return the row of a new version, a draft."""
    return {
        "question_id": question_id,
        "number": number,
        "kind": words.kind,
        "topic": words.topic,
        "difficulty": words.difficulty,
        "content": words.content,
        "solution": words.solution,
        "photo_id": photo_id,
        "digest": digest,
        "author_id": author_id,
        "created_at": clock.now(),
        "state": rules.DRAFT,
        "moves_made": 1,
    }


def write_drafts(actor: Actor, written: Sequence[tuple[int, Words]]) -> None:
    """Write the first versions of new questions, (question_id, words) each."""
    author = actor.resident_id
    rows = [
        row_of(found, words, words.digest(None), number=1, photo_id=None, author_id=author)
        for found, words in written
    ]
    changed_rows(insert(Version), rows)
    new = read(select(Version.id).where(Version.question_id.in_([found for found, _ in written])))
    lines = [_line(version_id, 1, rules.WRITE, author) for version_id in new.scalars()]
    changed_rows(insert(VersionMove), lines)


def supersede(question_id: int, *, actor_id: int | None) -> None:
    """Retire what is published of a question, if anything."""
    found = read(_PUBLISHED, {"question": question_id}).one_or_none()
    if found is not None:
        move(found, rules.SUPERSEDE, actor_id=actor_id)


def retire(question_id: int, *, note: str) -> int | None:
    """Retire what is published of a question, by hand of nobody here; returns which version."""
    found = read(_PUBLISHED, {"question": question_id}).one_or_none()
    if found is None:
        return None
    move(found, _RETIRE, actor_id=None, note=note)
    return int(found.id)


_RETIRE = next(one for one in rules.MOVES if one.name == "retire")
_PUBLISHED = select(Version.id, Version.state, Version.moves_made).where(
    Version.question_id == bindparam("question"), Version.state == rules.PUBLISHED
)


def move(row: Any, made: Move[None], *, actor_id: int | None, note: str | None = None) -> None:
    """Move a version, and write it down. Errors: IllegalMove, when somebody was faster."""
    moved = changed_rows(
        update(Version)
        .where(Version.id == row.id, Version.state == row.state)
        .values(state=made.to, moves_made=Version.moves_made + 1)
    )
    if not moved:
        raise IllegalMove(state=row.state, to=made.to)
    write_history(row.id, row.moves_made + 1, made, actor_id, note)
    if rules.PUBLISHED in {row.state, made.to}:
        published.mark_changed()


def write_history(
    version_id: int,
    seq: int,
    made: Move[None],
    actor_id: int | None = None,
    note: str | None = None,
) -> None:
    """Add a line to a version's history."""
    changed_rows(insert(VersionMove), _line(version_id, seq, made, actor_id, note))


def _line(
    version_id: int, seq: int, made: Move[None], actor_id: int | None, note: str | None = None
) -> dict[str, Any]:
    return {
        "version_id": version_id,
        "seq": seq,
        "at": clock.now(),
        "move": made.name,
        "from_state": made.origin or None,
        "to_state": made.to,
        "actor_id": actor_id,
        "note": note,
    }
