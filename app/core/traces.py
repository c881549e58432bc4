"""What leads to a person, in every table, and what becomes of it when they go.

Each feature says it of its own tables in its room `traces.py`: which column holds a person's
number, whether the row goes with them or stays without a name, and why. From these lines come
both the copy of somebody's data and its erasure, so that neither knows of anything the other
does not. A house test holds them to the tables: a new column that leads to a person fails.
"""

import json
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Column, Select, Table, delete, select, update
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql import ColumnElement

from app.core import crypto
from app.core.access import Actor
from app.core.db import changed_rows, db, read

SEALED = "sealed_"
"""Columns of encrypted words begin so; a copy has them in plain words."""
STRUCK = "＊＊＊"
"""Stands where somebody's own words had their name or number; never longer than these were, or
the words would no longer fit their column."""
MOBILE = re.compile(r"(?<![0-9])1[3-9][0-9](?:[ -]?[0-9]{4}){2}(?![0-9])")
"""A number that somebody wrote into their own words is theirs or a friend's, known to us or not."""
WORDS = frozenset({"note", "answer", "description", "address", "reason"})
"""What free words are called where others were told of them."""
LEAST_STRUCK = 2
"""A name of one letter stands in too many words to be looked for in a text."""


class Fate(StrEnum):
    """What becomes of a row that leads to a person when they go."""

    GOES = "goes"
    STAYS = "stays"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who goes: what they are known by until then."""

    id: int
    name: str
    openid: str
    phone: str | None

    def strike(self, words: str) -> str:
        """Return words without their name, number and WeChat id; no longer than they were."""
        for known in filter(None, (self.phone, self.openid, self.name)):
            if len(known) >= LEAST_STRUCK:
                words = words.replace(known, STRUCK[: len(known)])
        return words

    def strike_own(self, words: str) -> str:
        """Return words of theirs without these, and without any number of a mobile."""
        return MOBILE.sub(STRUCK, self.strike(words))

    def spellings(self) -> list[str]:
        """Return what they are known by as either engine keeps JSON, and orjson writes it."""
        known = [each for each in (self.name, self.phone, self.openid) if each]
        plain = [json.dumps(each, ensure_ascii=False)[1:-1] for each in known]
        return sorted({*plain, *(json.dumps(each)[1:-1] for each in known)})


Whose = Callable[[int], Select[Any]]


@dataclass(frozen=True, slots=True)
class Trace:
    """A column that leads to a person, and what becomes of the rows where it is theirs.

    `theirs`: where the column names something of theirs, and not them: which. `cleared`: what
    is written into columns of a row that stays. `struck`: their own words, of which name and
    numbers are struck out. `kept`: columns of words or positions that stay as they are.
    `copied`: whether the rows are told in a copy; `withheld`: columns that no copy shows.
    """

    column: Column[Any]
    fate: Fate
    why: str = ""
    theirs: Whose | None = None
    cleared: Mapping[str, Any] = field(default_factory=dict)
    struck: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    copied: bool = True
    withheld: tuple[str, ...] = ()

    @property
    def table(self) -> Table:
        """Return the table of the column."""
        return self.column.table

    def of(self, resident_id: int) -> ColumnElement[bool]:
        """Whether a row is somebody's."""
        if self.theirs is not None:
            return self.column.in_(self.theirs(resident_id))
        return self.column == resident_id


_traces: dict[tuple[str, str], Trace] = {}
_before_leaving: list[Callable[[Actor], None]] = []
_when_erasing: list[Callable[[Person], None]] = []


def _column(attribute: InstrumentedAttribute[Any]) -> Column[Any]:
    return attribute.property.columns[0]  # type: ignore[no-any-return]


def _declare(trace: Trace) -> None:
    _traces[trace.table.name, trace.column.name] = trace


def goes(
    attribute: InstrumentedAttribute[Any],
    *,
    theirs: Whose | None = None,
    copied: bool = True,
    withheld: Sequence[str] = (),
) -> None:
    """Say that a row goes with the person whom it leads to."""
    _declare(
        Trace(_column(attribute), Fate.GOES, theirs=theirs, copied=copied, withheld=tuple(withheld))
    )


def stays(
    attribute: InstrumentedAttribute[Any],
    why: str,
    *,
    theirs: Whose | None = None,
    cleared: Mapping[str, Any] | None = None,
    struck: Sequence[str] = (),
    kept: Sequence[str] = (),
    withheld: Sequence[str] = (),
) -> None:
    """Say that a row about a person stays, without a name, and why."""
    _declare(
        Trace(
            _column(attribute),
            Fate.STAYS,
            why,
            theirs,
            cleared or {},
            tuple(struck),
            tuple(kept),
            withheld=tuple(withheld),
        )
    )


def acted(attribute: InstrumentedAttribute[Any], why: str) -> None:
    """Say that a row stays of which somebody is only who did it, and why. No copy tells it."""
    _declare(Trace(_column(attribute), Fate.STAYS, why, copied=False))


def before_leaving(function: Callable[[Actor], None]) -> Callable[[Actor], None]:
    """Mark what gives back what somebody has taken on, or refuses: when they ask to go.

    It runs in the transaction of asking, with the roles that they hold then. Errors: Conflict.
    """
    _before_leaving.append(function)
    return function


def when_erasing(function: Callable[[Person], None]) -> Callable[[Person], None]:
    """Mark what a feature does first when somebody is erased, in that one transaction.

    It may be run again for who has been erased already, and then does nothing.
    """
    _when_erasing.append(function)
    return function


def declared() -> Mapping[tuple[str, str], Trace]:
    """Return what was said of each column, by table and column."""
    return _traces


def give_back(actor: Actor) -> None:
    """Let every feature give back what somebody has taken on. Errors: Conflict."""
    for function in _before_leaving:
        function(actor)


def erase(person: Person) -> None:
    """Let every row that leads to somebody go, or lose what it tells of them.

    Inside the caller's transaction. What is left has their number, which leads to nobody.
    """
    for function in _when_erasing:
        function(person)
    mine = list(_traces.values())
    for trace in mine:
        _strike(trace, person)
        if trace.cleared:
            changed_rows(update(trace.table).where(trace.of(person.id)).values(dict(trace.cleared)))
    order = {table.name: n for n, table in enumerate(db.metadata.sorted_tables)}
    going = [trace for trace in mine if trace.fate is Fate.GOES]
    for trace in sorted(going, key=lambda trace: order[trace.table.name], reverse=True):
        changed_rows(delete(trace.table).where(trace.of(person.id)))


def _strike(trace: Trace, person: Person) -> None:
    if not trace.struck:
        return
    table, keys = trace.table, list(trace.table.primary_key.columns)
    words = [table.c[name] for name in trace.struck]
    for row in read(select(*keys, *words).where(trace.of(person.id))).all():
        said = {name: getattr(row, name) for name in trace.struck}
        left = {name: value and person.strike_own(value) for name, value in said.items()}
        if left != said:
            one = [key == getattr(row, key.name) for key in keys]
            changed_rows(update(table).where(*one).values(left))


def struck_values(
    value: Any, person: Person, instead: str, *, named: Collection[str] | None = None, key: str = ""
) -> Any:
    """Return JSON in which somebody is called `instead`, and is struck out of free words.

    `named`: under which keys a value is what somebody is called; none: under any.
    """
    if isinstance(value, str):
        whole = value == person.name and (named is None or key in named)
        if whole or value in {person.phone, person.openid}:
            return instead
        return person.strike(value) if key in WORDS else value
    if isinstance(value, list):
        return [struck_values(each, person, instead, named=named, key=key) for each in value]
    if isinstance(value, dict):
        return {
            name: struck_values(each, person, instead, named=named, key=name)
            for name, each in value.items()
        }
    return value


def told(resident_id: int) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Yield what is kept about somebody, a table at a time: its name and rows, oldest first.

    Without what is secret, and without the numbers of other people.
    """
    found: dict[str, list[Trace]] = {}
    for trace in _traces.values():
        if trace.copied:
            found.setdefault(str(trace.table.name), []).append(trace)
    for name in sorted(found):
        rows: list[dict[str, Any]] = []
        for trace in found[name]:
            columns = [column for column in trace.table.columns if _shown(trace, column)]
            keys = trace.table.primary_key.columns
            wanted = select(*columns).where(trace.of(resident_id)).order_by(*keys)
            rows += [_plain(row) for row in read(wanted)]
        if rows:
            yield name, rows


def _shown(trace: Trace, column: Column[Any]) -> bool:
    other = (trace.table.name, column.name) in _traces and column is not trace.column
    return not other and column.name not in trace.withheld


def _plain(row: Any) -> dict[str, Any]:
    shown: dict[str, Any] = {}
    for name, value in row._mapping.items():  # noqa: SLF001 its documented name
        if str(name).startswith(SEALED):
            shown[str(name).removeprefix(SEALED)] = value and crypto.decrypt(value)
        elif isinstance(value, (datetime, date)):
            shown[str(name)] = value.isoformat()
        else:
            shown[str(name)] = value
    return shown
