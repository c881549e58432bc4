"""The words of versions, kept by each process: they never change, so they are read once.

What is shown before an answer and what is told after it are read and kept apart: whoever shows a
question has nothing of its solution at hand.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, Select, bindparam, select

from app.core.db import db, read
from app.photos.models import Photo
from app.quizzes import published
from app.quizzes.models import Version
from app.quizzes.showing import BEFORE, Shown

MOST_KEPT = 5_000
"""So many of each a process keeps; some kilobytes each."""


class _Kept(NamedTuple):
    """What was read from a database, by the ids of versions."""

    shown: dict[int, Any]
    hints: dict[int, Any]
    solved: dict[int, Any]


_kept: WeakKeyDictionary[Engine, _Kept] = WeakKeyDictionary()


def _here() -> _Kept:
    return _kept.get(db.engine) or _kept.setdefault(db.engine, _Kept({}, {}, {}))


def forget() -> None:
    """Forget everything: where a database is emptied under a process, as tests do."""
    _kept.clear()
    published.forget()


def shown(ids: Iterable[int]) -> dict[int, Shown]:
    """Return what may be known of versions before an answer, by their ids."""
    kept = _here().shown
    known, missing = _split(kept, ids)
    if missing:
        known |= _keep(
            kept, {row.id: Shown(**row) for row in read(_SHOWN, {"ids": missing}).mappings()}
        )
    return known


def hints(ids: Iterable[int]) -> dict[int, Any]:
    """Return where one could read it up, by versions: source_name, in both languages, and article.

    That is all of a solution that practice tells before an answer.
    """
    kept = _here().hints
    known, missing = _split(kept, ids)
    if missing:
        known |= _keep(kept, {row.id: row for row in read(_HINTS, {"ids": missing})})
    return known


def solved(ids: Iterable[int]) -> dict[int, Any]:
    """Return whole versions with their solutions, by their ids: for what has an answer.

    Each has id, question_id, kind, topic, content, solution.
    """
    kept = _here().solved
    known, missing = _split(kept, ids)
    if missing:
        known |= _keep(kept, {row.id: row for row in read(_SOLVED, {"ids": missing})})
    return known


def _split(kept: dict[int, Any], ids: Iterable[int]) -> tuple[dict[int, Any], list[int]]:
    """Return what is kept of versions, and of which nothing is."""
    found = {one: kept.get(one) for one in ids}
    missing = [one for one, row in found.items() if row is None]
    return (found if not missing else {k: v for k, v in found.items() if v is not None}), missing


def _keep(kept: dict[int, Any], fresh: dict[int, Any]) -> dict[int, Any]:
    if len(kept) + len(fresh) > MOST_KEPT:
        kept.clear()
    kept |= fresh
    return fresh


def _by_ids(statement: Select[Any]) -> Select[Any]:
    return statement.where(Version.id.in_(bindparam("ids", expanding=True)))


_SHOWN = _by_ids(select(*BEFORE).outerjoin(Photo, Photo.id == Version.photo_id))
_HINTS = _by_ids(
    select(
        Version.id,
        Version.solution["source", "name"].label("source_name"),
        Version.solution["source", "article"].label("article"),
    )
)
_SOLVED = _by_ids(
    select(
        Version.id,
        Version.question_id,
        Version.kind,
        Version.topic,
        Version.content,
        Version.solution,
    )
)
