"""What other features ask of the figures. They have asked before who may see the place.

A place is a district, street, community or grid; a range is two Shanghai days, both included.
Each of these is one query, but `registered`, which is two where no night has counted yet.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Date,
    Select,
    and_,
    bindparam,
    case,
    cast,
    exists,
    func,
    literal,
    or_,
    select,
    union_all,
)

from app.core import clock
from app.core.db import PlaceCode, read, within
from app.core.prepared import Prepared
from app.places.models import Place
from app.places.rules import PlaceKind
from app.residents.models import Residence
from app.rollups import rules
from app.rollups.models import (
    CalendarDay,
    DayFigures,
    Fact,
    MonthFigures,
    PersonDay,
    RegisteredDay,
    Standing,
    Waiting,
)

Range = tuple[date, date]


class Figures(NamedTuple):
    """What was done at a place in a range, and by how many."""

    participations: int = 0
    minutes: int = 0
    people: int = 0
    newly: int = 0

    @property
    def returning(self) -> int:
        """People who had taken part before the range."""
        return self.people - self.newly


class PeriodRow(NamedTuple):
    """A calendar period's figures; `stayed`: of its people, who was there in the one before."""

    place_code: str
    activity: str
    starts_on: date
    ends_on: date
    participations: int
    minutes: int
    people: int
    newly: int
    stayed: int

    @property
    def returning(self) -> int:
        """People who had taken part before the period."""
        return self.people - self.newly


class Retained(NamedTuple):
    """People of a range, and how many of them took part in another, too."""

    people: int
    also: int


class BuildingRow(NamedTuple):
    """A building: residents whose home there is confirmed, and of how many something was heard."""

    place_code: str
    name: str
    registered: int
    active: int


class RolledUp(NamedTuple):
    """Until when figures are rolled up, by which definitions, and how many facts wait."""

    at: datetime | None
    version: int
    waiting: int


class FactRow(NamedTuple):
    """A fact without whose it is, for those who may see what a figure is made of."""

    id: int
    activity: str
    place_code: str
    day: date
    minutes: int
    source_type: str
    source_id: int
    turn: int
    reverses_id: int | None


KEPT = 128
"""So many statements, made once for their shape: making one costs more than asking it."""
_PLACE, _BEYOND = bindparam("place", type_=PlaceCode()), bindparam("beyond", type_=PlaceCode())


def _here(table: Any) -> ColumnElement[bool]:
    """Whether a row lies within the place asked for; see `within`."""
    return and_(table.place_code >= _PLACE, table.place_code < _BEYOND)


# Any range


def people(place_code: str, *ranges: Range) -> list[dict[str, Figures]]:
    """Return for each range the figures of a place by group (`rules.GROUPS`, all of them)."""
    found: list[dict[str, Figures]] = [dict.fromkeys(rules.GROUPS, Figures()) for _ in ranges]
    given: dict[str, Any] = {"place": place_code, "beyond": place_code + ":"}
    for number, (first, last) in enumerate(ranges):
        given |= {f"first_{number}": first, f"last_{number}": last}
    for row in _people(len(place_code), len(ranges)).rows(given):
        _add(found[row.number], row)
    return found


@lru_cache(KEPT)
def _people(digits: int, ranges: int) -> Prepared:
    asked = [
        _scanned(digits, number, _PLACE).where(_here(PersonDay)).group_by(PersonDay.activity)
        for number in range(ranges)
    ]
    return Prepared(lambda: union_all(*asked))


def children(
    place_code: str, level: PlaceKind, first: date, last: date
) -> dict[str, dict[str, Figures]]:
    """Return the figures of the places of a level within a place, where there are any.

    Of a range that is a calendar period few rows are summed; otherwise its person-days are read.
    """
    kind = rules.exact_period(first, last)
    found: dict[str, dict[str, Figures]] = {}
    if kind is not None:
        for row in _ready(level, kind).rows(_of_period(place_code, kind, first)):
            mine = found.setdefault(row.place_code, dict.fromkeys(rules.GROUPS, Figures()))
            figures = Figures(row.participations, row.minutes, row.people, row.newly)
            mine[row.activity] = figures
        return found
    given = {
        "place": place_code, "beyond": place_code + ":", "first_0": first, "last_0": last,
    }  # fmt: skip
    for row in _children(rules.LEVELS[level]).rows(given):
        mine = found.setdefault(row.code, dict.fromkeys(rules.GROUPS, Figures()))
        _add(mine, row)
    return found


@lru_cache(KEPT)
def _children(digits: int) -> Prepared:
    code = func.substr(PersonDay.place_code, 1, digits)
    asked = (
        _scanned(digits, 0, code)
        .where(_here(PersonDay), func.length(PersonDay.place_code) >= digits)
        # By the label: PostgreSQL would take the expression's parameters for others.
        .group_by("code", PersonDay.activity)
    )
    return Prepared(lambda: asked)


def _scanned(digits: int, number: int, code: Any) -> Select[Any]:
    """Return what asks for sums of person-days by activity, and in it for `all` and `home`.

    Who has been there before in the range is somebody else's row.
    """
    first, last = (bindparam(f"{name}_{number}", type_=Date()) for name in ("first", "last"))
    home = PersonDay.at_home == 1
    counted: list[ColumnElement[int]] = []
    for sort in ("one", rules.ALL, rules.HOME):
        before = getattr(PersonDay, f"last_{sort}_{digits}")
        mine = home if sort == rules.HOME else literal(value=True)
        counted += (
            _number(mine & or_(before.is_(None), before < first)).label(f"people_{sort}"),
            _number(mine & before.is_(None)).label(f"newly_{sort}"),
        )
    return select(
        literal(number).label("number"),
        code.label("code"),
        PersonDay.activity,
        func.sum(PersonDay.participations).label("participations"),
        func.sum(PersonDay.minutes).label("minutes"),
        func.sum(case((home, PersonDay.participations), else_=0)).label("participations_home"),
        func.sum(case((home, PersonDay.minutes), else_=0)).label("minutes_home"),
        *counted,
    ).where(PersonDay.day >= first, PersonDay.day <= last)


def _number(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))


def _add(found: dict[str, Figures], row: Any) -> None:
    """Add a row of sums of an activity to what is found of a place."""
    done = (int(row.participations), int(row.minutes))
    at_home = (int(row.participations_home), int(row.minutes_home))
    found[row.activity] = Figures(*done, int(row.people_one), int(row.newly_one))
    for group, sums, people_of, newly in (
        (rules.ALL, done, row.people_all, row.newly_all),
        (rules.HOME, at_home, row.people_home, row.newly_home),
    ):
        so_far = found[group]
        more = (*sums, int(people_of), int(newly))
        found[group] = Figures(*(one + other for one, other in zip(so_far, more, strict=True)))


def retained(place_code: str, of: Range, also_in: Range, *, group: str = rules.ALL) -> Retained:
    """Return how many people of a range took part in another, too."""
    one, other = (
        (PersonDay.day >= first) & (PersonDay.day <= last) for first, last in (of, also_in)
    )
    mine: list[ColumnElement[bool]] = [within(PersonDay.place_code, place_code), one | other]
    if group == rules.HOME:
        mine.append(PersonDay.at_home == 1)
    elif group != rules.ALL:
        mine.append(PersonDay.activity == group)
    found = (
        select(
            func.max(case((one, 1), else_=0)).label("one"),
            func.max(case((other, 1), else_=0)).label("other"),
        )
        .where(*mine)
        .group_by(PersonDay.resident_id)
        .subquery()
    )
    both = _number((found.c.one == 1) & (found.c.other == 1))
    row = read(select(_number(found.c.one == 1).label("people"), both.label("also"))).one()
    return Retained(int(row.people or 0), int(row.also or 0))


# Calendar periods


def periods(
    place_code: str, by: str, first: date, last: date, activity: str | None = None
) -> list[PeriodRow]:
    """Return the calendar periods (`rules.PERIODS`) that touch a range, whole, oldest first."""
    begun, ended = rules.start_of(first, by), rules.end_of(rules.start_of(last, by), by)
    given = {"place": place_code, "first": begun, "last": ended}
    found = _periods(len(place_code), by).rows(given)
    return _as_rows(by, (row for row in found if activity in {None, row.activity}))


@lru_cache(KEPT)
def _periods(digits: int, by: str) -> Prepared:
    table, on = _kept(by)
    start = CalendarDay.day if by == rules.DAY else getattr(CalendarDay, f"{by}_start")
    firsts = [CalendarDay.day == CalendarDay.month_start] if table is MonthFigures else []
    mine = (table.version == rules.VERSION, table.digits == digits, table.place_code == _PLACE)
    asked = (
        _summed(by, start, start)
        # The calendar says which keys to look up: no index has to lie by place. It comes first on
        # every engine, since it is joined from outside by what no engine takes for more.
        .select_from(CalendarDay)
        .outerjoin(table, and_(on == CalendarDay.day, *mine))
        .where(
            CalendarDay.day >= bindparam("first", type_=Date()),
            CalendarDay.day <= bindparam("last", type_=Date()),
            func.coalesce(table.participations, 0) > 0,
            *firsts,
        )
        .order_by(start, table.activity)
    )
    return Prepared(lambda: asked)


def child_periods(place_code: str, level: PlaceKind, by: str, starts_on: date) -> list[PeriodRow]:
    """Return a calendar period's figures of the places of a level within a place."""
    return _as_rows(by, _ready(level, by).rows(_of_period(place_code, by, starts_on)))


ROWS_OF = {rules.DAY: 1, rules.WEEK: 7, rules.MONTH: 1, rules.QUARTER: 3, rules.YEAR: 12}
"""Of how many rows, of days or of months, a period's figures are the sum."""


def keys_of(by: str, starts_on: date) -> Iterator[date]:
    """Give the days, or the months by their first days, of which a period is the sum."""
    day, each = starts_on, rules.MONTH if by in rules.OF_MONTHS else rules.DAY
    for _ in range(ROWS_OF[by]):
        yield day
        day = rules.end_of(day, each) + timedelta(days=1)


def _of_period(place_code: str, by: str, starts_on: date) -> dict[str, Any]:
    keys = {f"key_{number}": key for number, key in enumerate(keys_of(by, starts_on))}
    return {"place": place_code, "beyond": place_code + ":", "starts_on": starts_on, **keys}


@lru_cache(KEPT)
def _ready(level: PlaceKind, by: str) -> Prepared:
    table, on = _kept(by)
    asked = (
        _summed(by, bindparam("starts_on", type_=Date()))
        .where(
            on.in_([bindparam(f"key_{number}", type_=Date()) for number in range(ROWS_OF[by])]),
            table.version == rules.VERSION,
            table.digits == rules.LEVELS[level],
            _here(table),
        )
        .order_by(table.place_code, table.activity)
    )
    return Prepared(lambda: asked)


def _kept(by: str) -> tuple[Any, Any]:
    """Return the table of which a period's figures are sums, and its day."""
    if by in rules.OF_MONTHS:
        return MonthFigures, MonthFigures.starts_on
    return DayFigures, DayFigures.day


def _summed(by: str, start: Any, *apart: Any) -> Select[Any]:
    """Return what asks for the figures of places in periods.

    `start`: of the period; `apart`: it again, if rows of several periods are asked for.
    """
    table, _ = _kept(by)
    columns = {
        "participations": table.participations,
        "minutes": table.minutes,
        "people": getattr(table, f"people_{by}"),
        "newly": table.newly,
        "stayed": getattr(table, f"stayed_{by}"),
    }
    named = (table.place_code, table.activity, start.label("starts_on"))
    if ROWS_OF[by] == 1:
        return select(*named, *(each.label(name) for name, each in columns.items()))
    sums = (cast(func.sum(each), BigInteger).label(name) for name, each in columns.items())
    return select(*named, *sums).group_by(table.place_code, table.activity, *apart)


def _as_rows(by: str, found: Iterable[Any]) -> list[PeriodRow]:
    return [PeriodRow._make((*row[:3], rules.end_of(row.starts_on, by), *row[3:])) for row in found]


# Who could take part


def registered(place_code: str, level: PlaceKind, day: date) -> dict[str, int]:
    """Return how many residents had a confirmed home at places of a level, as of a day.

    As the last night until then counted. For days before the first that did, those count
    who had been confirmed by then and still are.
    """
    digits = rules.LEVELS[level]
    night = select(func.max(RegisteredDay.day)).where(RegisteredDay.day <= day).scalar_subquery()
    rows: Sequence[Any] = read(
        select(RegisteredDay.place_code, RegisteredDay.residents).where(
            RegisteredDay.day == night,
            RegisteredDay.digits == digits,
            within(RegisteredDay.place_code, place_code),
        )
    ).all()
    if not rows:
        until = clock.day_range(day, day)[1]
        code = func.substr(Residence.place_code, 1, digits).label("place_code")
        rows = read(
            select(code, func.count().label("residents"))
            .where(
                within(Residence.place_code, place_code),
                func.length(Residence.place_code) >= digits,
                Residence.state == "confirmed",
                Residence.decided_at < until,
            )
            .group_by(code)
        ).all()
    return {row.place_code: row.residents for row in rows}


def buildings(place_code: str, first: date, last: date) -> list[BuildingRow]:
    """Return the buildings of a place, and of how many of their residents something was heard.

    Whoever shows it leaves out what is about too few.
    """
    heard = exists().where(
        PersonDay.resident_id == Residence.resident_id,
        PersonDay.at_home == 1,
        PersonDay.day >= first,
        PersonDay.day <= last,
    )
    rows = read(
        select(
            Place.code,
            Place.name,
            func.count(Residence.id),
            func.sum(case((heard & Residence.id.is_not(None), 1), else_=0)),
        )
        .outerjoin(
            Residence, (Residence.building_id == Place.id) & (Residence.state == "confirmed")
        )
        .where(Place.kind == PlaceKind.BUILDING, within(Place.code, place_code))
        .group_by(Place.code, Place.name)
        .order_by(Place.code)
    )
    return [BuildingRow._make(row) for row in rows]


# How it came about


def rolled_up() -> RolledUp:
    """Return until when figures are rolled up, and what still waits."""
    waiting = select(func.count()).select_from(Waiting).scalar_subquery()
    at = select(Standing.rolled_at).where(Standing.id == 1).scalar_subquery()
    row = read(select(at.label("at"), waiting.label("waiting"))).one()
    return RolledUp(row.at, rules.VERSION, row.waiting)


def is_complete(day: date) -> bool:
    """Return whether figures up to a day have all their facts: none waits, none lacks."""
    row = read(
        select(
            select(Standing.rolled_at).where(Standing.id == 1).scalar_subquery().label("rolled_at"),
            select(Standing.backfilled_at)
            .where(Standing.id == 1)
            .scalar_subquery()
            .label("backfilled_at"),
            exists().where(Waiting.day <= day).label("is_waited"),
        )
    ).one()
    over = clock.day_range(day, day)[1]
    rolled = row.rolled_at is not None and row.rolled_at >= over
    return rolled and row.backfilled_at is not None and not row.is_waited


def facts(
    place_code: str,
    first: date,
    last: date,
    *,
    activity: str | None = None,
    after: int = 0,
    limit: int = 50,
) -> list[FactRow]:
    """Return the facts that a figure is made of, by id, after one; never whose they are.

    Somebody who reported without a name stays without one here, too.
    """
    asked = select(
        Fact.id,
        Fact.activity,
        Fact.place_code,
        Fact.day,
        Fact.minutes,
        Fact.source_type,
        Fact.source_id,
        Fact.turn,
        Fact.reverses_id,
    ).where(within(Fact.place_code, place_code), Fact.day >= first, Fact.day <= last)
    if activity == rules.HOME:
        asked = asked.where(Fact.at_home == 1)
    elif activity not in {None, rules.ALL}:
        asked = asked.where(Fact.activity == activity)
    rows = read(asked.where(Fact.id > after).order_by(Fact.id).limit(limit))
    return [FactRow._make(row) for row in rows]
