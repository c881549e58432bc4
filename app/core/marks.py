"""What has changed at which place: so that whoever keeps an answer knows whether it still holds.

Triggers of the database write a line for each changed row, with the row's place and a topic, in
the transaction that changes it: no code can forget to, and both are seen at once or neither. Lines
are only added, so nobody waits for anybody. A place's mark is how many there have been at it, below
it, and around it. Not the highest id: a transaction that is slow to commit has a low one.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Index,
    String,
    bindparam,
    case,
    func,
    insert,
    literal_column,
    or_,
    select,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, PlaceCode, changed_rows, db, read, unit_of_work
from app.core.prepared import Prepared

TOPIC = String(12)
EVERYWHERE = ""
"""The place of what concerns every place."""
NOWHERE = "-"
"""No place's code, and no line's."""
DIGITS = (0, 6, 9, 12, 15)
"""Of everywhere, and of a district, street, community and grid: no line lies deeper."""
DEEPEST = DIGITS[-1]
MOST_AT_ONCE = 20_000
"""Lines folded in one transaction, for on SQLite whoever writes waits for it."""


class PlaceChange(Base):
    """A line that something was changed; folded into the marks within a minute or so."""

    __tablename__ = "place_changes"
    __table_args__ = (
        Index("ix_place_changes_place_code_topic", "place_code", "topic"),
        {"info": {"passing": True}},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    place_code: Mapped[str] = mapped_column(PlaceCode())
    topic: Mapped[str] = mapped_column(TOPIC)


class PlaceMark(Base):
    """How many lines there were: `own`, of the very place, and `below`, of all within it."""

    __tablename__ = "place_marks"
    __table_args__ = ({"info": {"passing": True}},)

    place_code: Mapped[str] = mapped_column(PlaceCode(), primary_key=True)
    topic: Mapped[str] = mapped_column(TOPIC, primary_key=True)
    own: Mapped[int] = mapped_column()
    below: Mapped[int] = mapped_column()


def mark(topic: str, codes: Iterable[str]) -> None:
    """Tell of a change that no trigger sees; part of the transaction that makes it."""
    lines = [{"place_code": code[:DEEPEST], "topic": topic} for code in codes]
    if lines:
        changed_rows(insert(PlaceChange), lines)


def mark_found(topic: str, query: str) -> None:
    """Tell of a change at each place code that a query finds: none leaves the database."""
    changed_rows(
        text(
            "INSERT INTO place_changes (place_code, topic)"  # noqa: S608 our own names
            f" SELECT substr(found.place_code, 1, {DEEPEST}), '{topic}' FROM ({query}) found"
        )
    )


def read_mark(place_code: str, topics: tuple[str, ...]) -> int:
    """Return the mark of a place: another one after every change of these topics; one query.

    To be read before what it stands for. Then an answer may be newer than its mark, which
    costs reckoning it once more, and is never older.
    """
    return read_marks(place_code, topics)[0]


def read_marks(place_code: str, *topics: tuple[str, ...]) -> tuple[int, ...]:
    """Return the marks of a place for several sets of topics; one query."""
    return tuple(map(int, _asked(topics).row(_given(place_code))))


def asked_besides(place_code: str, *topics: tuple[str, ...]) -> tuple[list[Any], dict[str, str]]:
    """Return columns that have the same marks, for who asks for something else in that query.

    And the values of their parameters.
    """
    return _columns(topics), _given(place_code)


def _given(place_code: str) -> dict[str, str]:
    around = [place_code[:digits] for digits in DIGITS if digits < len(place_code)]
    # Around everywhere is nothing: its lines would count twice, and once when they are folded.
    blank = EVERYWHERE if place_code else NOWHERE
    given = {f"around_{number}": blank for number in range(len(DIGITS))}
    given |= {f"around_{number}": code for number, code in enumerate(around)}
    return given | {"place": place_code, "beyond": place_code + ":"}


@lru_cache
def _asked(groups: tuple[tuple[str, ...], ...]) -> Prepared:
    """Return what asks for the marks of some topics, made once."""
    return Prepared(lambda: select(*_columns(groups)))


def _columns(groups: tuple[tuple[str, ...], ...]) -> list[Any]:
    return [_mark_of(topics).label(f"mark_{number}") for number, topics in enumerate(groups)]


def _mark_of(topics: tuple[str, ...]) -> ColumnElement[int]:
    place, beyond = (bindparam(name, type_=PlaceCode()) for name in ("place", "beyond"))
    around = [bindparam(f"around_{n}", type_=PlaceCode()) for n in range(len(DIGITS))]

    def of_topics(column: Any) -> ColumnElement[bool]:
        # Words of ours, and no parameters: there would be dozens.
        return or_(*(column == literal_column(f"'{topic}'") for topic in topics))

    own = PlaceMark.own
    folded = (
        select(
            func.coalesce(
                func.sum(case((PlaceMark.place_code == place, PlaceMark.below), else_=own)), 0
            )
        )
        .where(PlaceMark.place_code.in_([place, *around]), of_topics(PlaceMark.topic))
        .scalar_subquery()
    )
    lines = select(func.count()).select_from(PlaceChange).where(of_topics(PlaceChange.topic))
    within = lines.where(PlaceChange.place_code >= place, PlaceChange.place_code < beyond)
    above = lines.where(PlaceChange.place_code.in_(around))
    return folded + within.scalar_subquery() + above.scalar_subquery()


def fold() -> int:
    """Add the lines up into the marks, so that there are never many; returns how many there were.

    Neither sum changes by it, so no mark does.
    """
    total = 0
    while folded := _fold_some():
        total += folded
    return total


@unit_of_work()
def _fold_some() -> int:
    some = select(PlaceChange.id).order_by(PlaceChange.id).limit(MOST_AT_ONCE).subquery()
    found = select(func.count().label("number"), func.max(some.c.id).label("last"))
    row = read(found.select_from(some)).one()
    if not row.number:
        return 0
    taken = f"place_changes WHERE id <= {int(row.last)}"
    levels = " UNION ALL ".join(f"SELECT {digits} AS digits" for digits in DIGITS)
    words = (
        "INSERT INTO place_marks (place_code, topic, own, below)"  # noqa: S608 our own names
        " SELECT substr(lines.place_code, 1, levels.digits), lines.topic,"
        " SUM(CASE WHEN length(lines.place_code) = levels.digits THEN 1 ELSE 0 END), COUNT(*)"
        f" FROM {{lines}} lines JOIN ({levels}) levels"
        " ON levels.digits <= length(lines.place_code)"
        " WHERE true GROUP BY 1, 2 ORDER BY 1, 2 ON CONFLICT (place_code, topic) DO UPDATE"
        " SET own = place_marks.own + excluded.own, below = place_marks.below + excluded.below"
    )
    if db.engine.dialect.name == "postgresql":
        # In one statement: what is deleted is what is added up, and a reader sees both or neither.
        gone = f"DELETE FROM {taken} RETURNING place_code, topic"  # noqa: S608
        changed_rows(text(f"WITH gone AS ({gone}) {words.format(lines='gone')}"))
    else:  # SQLite has one writer: this one
        changed_rows(text(words.format(lines=f"(SELECT * FROM {taken})")))  # noqa: S608
        changed_rows(text(f"DELETE FROM {taken}"))  # noqa: S608
    return int(row.number)
