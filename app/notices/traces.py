"""What people leave in inboxes: their own goes; in those of others they are a neighbour."""

import dataclasses
from collections.abc import Collection
from typing import Any

from sqlalchemy import String, cast, or_, select, update
from sqlalchemy.sql import ColumnElement

from app.core.db import changed_rows, read
from app.core.traces import Person, acted, goes, struck_values, when_erasing
from app.notices.models import Announcement, MessageQuota, MutedKind, Notice
from app.residents.rules import NAMELESS

goes(Notice.resident_id, withheld=("key",))
goes(MessageQuota.resident_id)
goes(MutedKind.resident_id)
acted(Announcement.author_id, "an announcement was an office's, and people acted on it")


NAMED = frozenset({"name", "who", "of_whom", "by_whom"})
"""Which of a notice's parameters say what somebody is called; others may say it of a place."""


@when_erasing
def strike_from_notices(person: Person) -> None:
    """Take somebody's name out of what others were told of them, and of what they wrote there."""
    for row in _telling(person):
        called = any(row.params.get(key) == person.name for key in NAMED)
        # What is somebody's name may be a word in what others wrote of something else.
        known = person if called else dataclasses.replace(person, name="")
        _strike(row, known)


def strike_from_those_about(kind: str, ids: Collection[int], person: Person) -> None:
    """Take somebody's name out of the words of notices about what they wrote of."""
    for row in _telling(person, (Notice.about_kind == kind) & Notice.about_id.in_(ids)):
        _strike(row, person)


def _telling(person: Person, *which: ColumnElement[bool]) -> list[Any]:
    said = cast(Notice.params, String)
    told = or_(*(said.contains(each, autoescape=True) for each in person.spellings()))
    return list(read(select(Notice.id, Notice.params).where(told, *which)))


def _strike(row: Any, person: Person) -> None:
    left: dict[str, Any] = struck_values(row.params, person, NAMELESS, named=NAMED)
    if left != row.params:
        changed_rows(update(Notice).where(Notice.id == row.id).values(params=left))
