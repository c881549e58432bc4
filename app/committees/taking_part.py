"""The measures behind the participation index: people, grids, and who stays."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import Date, bindparam, case, func, literal, or_, select, union_all

from app.committees import formulas
from app.committees.around import Around
from app.core.db import PlaceCode
from app.core.prepared import Prepared
from app.places.rules import LENGTHS, PlaceKind
from app.rollups import reading
from app.rollups import rules as rollup_rules
from app.rollups.models import MonthFigures, PersonDay
from app.rollups.reading import Figures

Range = tuple[date, date]
_GRID, _HOME, _NOW, _BEFORE = "grid", "home", "now", "before"
_MONTHS = range(reading.ROWS_OF[rollup_rules.QUARTER])


def people(place_code: str, ranges: Sequence[Range]) -> list[dict[str, Figures]]:
    """Return the figures by group of ranges, the later first; one query.

    Of calendar periods that follow each other they are ready; others are summed up.
    """
    kinds = {rollup_rules.exact_period(*each) for each in ranges}
    kind = kinds.pop() if len(kinds) == 1 else None
    if kind is None:
        return reading.people(place_code, *ranges)
    found = {each: dict.fromkeys(rollup_rules.GROUPS, Figures()) for each, _ in ranges}
    for row in reading.periods(place_code, kind, ranges[-1][0], ranges[0][1]):
        if row.starts_on in found:
            figures = Figures(row.participations, row.minutes, row.people, row.newly)
            found[row.starts_on][row.activity] = figures
    return [found[first] for first, _ in ranges]


def quarters(last: date) -> tuple[date, date]:
    """Return the last quarter that was over on a day, and the one before, by their first days."""
    quarter = rollup_rules.QUARTER
    start = rollup_rules.start_of(last, quarter)
    if rollup_rules.end_of(start, quarter) != last:
        start = rollup_rules.before(start, quarter)
    return start, rollup_rules.before(start, quarter)


@dataclass
class Spread:
    """How people are spread: over grids, and from one quarter to the next."""

    grids: dict[str, int] = field(default_factory=dict)
    at_home: int = 0
    retained: int = 0
    active_before: int = 0

    def measures(self, place: Around) -> dict[str, int]:
        """Return the measures of the index but responsiveness; grids without anybody count."""
        silent = [0] * max(0, place.grids - len(self.grids))
        even, whole = formulas.evenness([*self.grids.values(), *silent])
        return {
            "active_adults": self.at_home,
            "registered_adults": place.registered,
            "retained": self.retained,
            "active_before": self.active_before,
            "even": even,
            "even_whole": whole,
            "in_grids": sum(self.grids.values()),
        }


def spread(place_code: str, ranges: Sequence[Range]) -> list[Spread]:
    """Return for each range how people are spread at a place; one query."""
    found = [Spread() for _ in ranges]
    given: dict[str, Any] = {"place": place_code, "beyond": place_code + ":"}
    for number, (first, last) in enumerate(ranges):
        now, before = quarters(last)
        given |= {f"first_{number}": first, f"last_{number}": last}
        for sort, quarter in ((_NOW, now), (_BEFORE, before)):
            months = reading.keys_of(rollup_rules.QUARTER, quarter)
            given |= {f"{sort}_{number}_{month}": day for month, day in enumerate(months)}
    for row in _spread(len(place_code), len(ranges)).rows(given):
        mine = found[row.number]
        if row.sort == _GRID:
            mine.grids[row.name] = int(row.people)
        elif row.sort == _HOME:
            mine.at_home = int(row.people or 0)
        elif row.sort == _NOW:
            mine.retained = int(row.stayed)
        else:
            mine.active_before = int(row.people)
    return found


@lru_cache(64)
def _spread(digits: int, ranges: int) -> Prepared:
    """Return what asks for all that `spread` needs, made once for its shape."""
    return Prepared(lambda: union_all(*_parts(digits, ranges)))


def _parts(digits: int, ranges: int) -> list[Any]:
    place, beyond = bindparam("place", type_=PlaceCode()), bindparam("beyond", type_=PlaceCode())
    here = (PersonDay.place_code >= place, PersonDay.place_code < beyond)
    parts: list[Any] = []
    for number in range(ranges):
        first, last = (bindparam(f"{name}_{number}", type_=Date()) for name in ("first", "last"))
        in_range = (*here, PersonDay.day >= first, PersonDay.day <= last)
        new_here = or_(PersonDay.last_all_15.is_(None), PersonDay.last_all_15 < first)
        parts.append(
            select(
                literal(number).label("number"),
                literal(_GRID).label("sort"),
                PersonDay.place_code.label("name"),
                func.count().label("people"),
                literal(0).label("stayed"),
            )
            .where(
                func.length(PersonDay.place_code) == LENGTHS[PlaceKind.GRID], *in_range, new_here
            )
            .group_by(PersonDay.place_code)
        )
        at_home = getattr(PersonDay, f"last_home_{digits}")
        parts.append(
            select(
                literal(number),
                literal(_HOME),
                place,
                func.sum(case((or_(at_home.is_(None), at_home < first), 1), else_=0)),
                literal(0),
            ).where(PersonDay.at_home == 1, *in_range)
        )
        parts += [
            select(
                literal(number),
                literal(sort),
                MonthFigures.place_code,
                func.sum(MonthFigures.people_quarter),
                func.sum(MonthFigures.stayed_quarter),
            )
            .where(
                MonthFigures.version == rollup_rules.VERSION,
                MonthFigures.digits == digits,
                MonthFigures.place_code == place,
                MonthFigures.starts_on.in_(
                    bindparam(f"{sort}_{number}_{month}", type_=Date()) for month in _MONTHS
                ),
                MonthFigures.activity == rollup_rules.ALL,
            )
            .group_by(MonthFigures.place_code)
            for sort in (_NOW, _BEFORE)
        ]
    return parts


def measures_of(figures: Mapping[str, Figures], place: Around) -> dict[str, int]:
    """Return the measures of a place's people, from figures by group."""
    everybody = figures[rollup_rules.ALL]
    return {
        "people": everybody.people,
        "newly": everybody.newly,
        "returning": everybody.people - everybody.newly,
        "minutes": everybody.minutes,
        **{name: figures[name].participations for name in rollup_rules.ACTIVITIES},
        "active_adults": figures[rollup_rules.HOME].people,
        "registered_adults": place.registered,
        "registered": place.registered,
        "grids": place.grids,
        "buildings": place.buildings,
    }
