"""The places of the next level, side by side: sorted, ranked where wanted, outliers explained."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import Date, bindparam, func, null, select

from app.committees import around, formulas, solving, telling_rules
from app.committees.formulas import Figure, Formula, Measures
from app.committees.models import CommitteeSetting
from app.core import clock, pages, texts
from app.core.access import Actor, Permission
from app.core.db import PlaceCode, UtcDateTime
from app.core.errors import InvalidInput, NotFound
from app.core.prepared import Prepared
from app.places import rules as place_rules
from app.places.models import Place
from app.places.rules import LENGTHS, PlaceKind
from app.residents.models import Residence
from app.rollups import reading
from app.rollups import rules as rollup_rules
from app.rollups.models import RegisteredDay
from app.rollups.reading import Figures

NEXT: Mapping[PlaceKind, PlaceKind] = {
    PlaceKind.DISTRICT: PlaceKind.STREET,
    PlaceKind.STREET: PlaceKind.COMMUNITY,
    PlaceKind.COMMUNITY: PlaceKind.GRID,
}
FIGURES = (
    "people", "breadth", "cases_reported", "on_time", "closing", "resolved", "satisfied", "rework",
)  # fmt: skip
SORTS = ("code", *FIGURES)
JUDGED = ("breadth", "on_time", "closing", "resolved", "satisfied", "rework")
"""Shares, of which a place far off the others is an outlier."""
FEW_REGISTERED, FEW_COUNTED = 50, 10
"""Below so many residents, or so many that a share is of, chance moves it far. (Our own.)"""


@dataclass(frozen=True, slots=True)
class Child:
    """A place of the next level with its measures and values."""

    code: str
    name: str
    ranked: bool
    measures: Measures
    figures: Mapping[str, Figure]

    def value(self, name: str) -> float | None:
        """Return a figure's value; nothing if it is withheld."""
        return self.figures[name].value


def children(
    actor: Actor,
    place_code: str,
    *,
    first: date | None = None,
    last: date | None = None,
    level: str | None = None,
    sort: str = "code",
    cursor: str | None = None,
    limit: int = pages.DEFAULT_LIMIT,
) -> dict[str, Any]:
    """Return a page of the places below a place, by code or with the best of a figure first.

    `level`: the next one, if no deeper one is asked for. Without a range the current month.
    A rank is given by the figure sorted by, among the places whose committees want ranking;
    grids have no committee, and are not ranked.
    At most six queries, signing in included.
    Errors: NotFound, InvalidInput (range, level, cursor).
    """
    first, last = around.days_asked(first, last)
    wanted = _level(actor, place_code, level)
    held = {name: formulas.in_force(name, last) for name in FIGURES}
    name, found = _found(place_code, wanted, first, last, held)
    ordered = sorted(found, key=_order(sort))
    ranks = _ranks(ordered, sort)
    fences = {figure: formulas.fences(_known(found, figure)) for figure in JUDGED}
    rest = _after(ordered, cursor, sort)
    return {
        "place": {
            "code": place_code, "kind": place_rules.kind_of(place_code), "name": name,
        },
        "from": first,
        "to": last,
        "level": wanted,
        "sort": sort,
        "quartiles": {figure: formulas.quartiles(_known(found, figure)) for figure in JUDGED},
        **pages.page(
            rest[: limit + 1],
            limit,
            lambda child: {
                "place": {"code": child.code, "kind": wanted, "name": child.name},
                "rank": ranks.get(child.code),
                "figures": {figure: child.figures[figure].shown() for figure in FIGURES},
                "outliers": list(_outliers(child, held, fences, actor.language)),
            },
            lambda child: _key(child, sort),
        ),
    }  # fmt: skip


def _level(actor: Actor, place_code: str, level: str | None) -> PlaceKind:
    if not actor.reaches(Permission.OVERVIEW_READ, place_code):
        raise NotFound
    if not place_rules.is_code(place_code):
        raise NotFound
    kind = place_rules.kind_of(place_code)
    if kind not in NEXT:
        raise NotFound
    if level is None:
        return NEXT[kind]
    if LENGTHS[level] <= LENGTHS[kind]:
        raise InvalidInput.of("level", "not_an_option")
    return PlaceKind(level)


def _found(
    place_code: str, level: PlaceKind, first: date, last: date, held: Mapping[str, Formula]
) -> tuple[str, list[Child]]:
    """Return the place's name, and its places of a level; four queries. Errors: NotFound."""
    given = {
        "place": place_code, "beyond": place_code + ":",
        "last": last, "until": clock.day_range(last, last)[1],
    }  # fmt: skip
    rows = _places(level).rows(given)
    names = [row.name for row in rows if row.code == place_code]
    if not names:
        raise NotFound
    figures = reading.children(place_code, level, *around.whole(first, last))
    needed = {
        name
        for formula in held.values()
        for name in (formula.numerator, formula.denominator, formula.excluded)
        if name in solving.MEASURES
    }
    asked = [name for name in solving.MEASURES if name in needed]
    cases = solving.measured_by_child(place_code, LENGTHS[level], (first, last), asked)
    nobody, nothing = dict.fromkeys(rollup_rules.GROUPS, Figures()), dict.fromkeys(asked, 0)
    found = []
    for row in rows:
        if row.code == place_code:
            continue
        people = figures.get(row.code, nobody)
        measures = cases.get(row.code, nothing) | {
            "people": people[rollup_rules.ALL].people,
            "active_adults": people[rollup_rules.HOME].people,
            "registered_adults": row.residents or 0,
        }
        told = telling_rules.reckon(FIGURES, measures, row.code, (first, last))
        found.append(Child(row.code, row.name, bool(row.ranking), measures, told))
    return names[0], found


@lru_cache
def _places(level: PlaceKind) -> Prepared:
    """Return what asks for a place and those of a level in it, made once for the level."""
    return Prepared(lambda: _statement(level))


def _statement(level: PlaceKind) -> Any:
    place, beyond = bindparam("place", type_=PlaceCode()), bindparam("beyond", type_=PlaceCode())
    last = bindparam("last", type_=Date())
    night = select(func.max(RegisteredDay.day)).where(RegisteredDay.day <= last).scalar_subquery()
    live = (
        select(func.count(Residence.id))
        .where(
            Residence.place_code >= Place.code,
            Residence.place_code < Place.code.concat(":"),
            Residence.state == "confirmed",
            Residence.decided_at < bindparam("until", type_=UtcDateTime()),
        )
        .scalar_subquery()
    )
    return (
        select(
            Place.code,
            Place.name,
            func.coalesce(RegisteredDay.residents, live).label("residents"),
            CommitteeSetting.ranking if level != PlaceKind.GRID else null().label("ranking"),
        )
        .outerjoin(
            RegisteredDay,
            (RegisteredDay.place_code == Place.code)
            & (RegisteredDay.day == night)
            & (RegisteredDay.digits == LENGTHS[level]),
        )
        .outerjoin(CommitteeSetting, CommitteeSetting.place_code == Place.code)
        .where(
            (Place.code == place)
            | ((Place.kind == level) & (Place.code >= place) & (Place.code < beyond))
        )
        .order_by(Place.code)
    )


Key = Callable[[Child], tuple[Any, ...]]


def _order(sort: str) -> Key:
    """Return by what places are sorted: the best first, what has no value last, then by code."""
    if sort == "code":
        return lambda child: (child.code,)
    return lambda child: _key(child, sort)


def _key(child: Child, sort: str) -> tuple[Any, ...]:
    """Return where a place stands in the list: what its cursor holds."""
    if sort == "code":
        return (child.code,)
    value = child.value(sort)
    if value is None:
        return (1, 0.0, child.code)
    return (0, float(value if sort in formulas.LESS_IS_BETTER else -value), child.code)


def _after(ordered: Sequence[Child], cursor: str | None, sort: str) -> Sequence[Child]:
    types: tuple[type, ...] = (str,) if sort == "code" else (int, float, str)
    after = pages.decode(cursor, *types)
    if after is None:
        return ordered
    return [child for child in ordered if _key(child, sort) > tuple(after)]


def _ranks(ordered: Sequence[Child], sort: str) -> dict[str, int]:
    """Return ranks by code; equal values share one. None where nobody wants it, or by code."""
    if sort == "code":
        return {}
    values = [child for child in ordered if child.ranked and child.value(sort) is not None]
    ranks: dict[str, int] = {}
    for place, child in enumerate(values, 1):
        former = values[place - 2] if place > 1 else None
        equal = former is not None and former.value(sort) == child.value(sort)
        ranks[child.code] = ranks[former.code] if equal and former is not None else place
    return ranks


def _known(found: Sequence[Child], figure: str) -> list[float]:
    values = (child.value(figure) for child in found)
    return [value for value in values if value is not None]


def _outliers(
    child: Child,
    held: Mapping[str, Formula],
    fences: Mapping[str, tuple[float, float] | None],
    language: str,
) -> Any:
    """Give what lies far off the other places, and what it may come from."""
    for figure in JUDGED:
        value, fence = child.value(figure), fences[figure]
        if value is None or fence is None or fence[0] <= value <= fence[1]:
            continue
        counted = child.measures[str(held[figure].denominator)]
        few = FEW_REGISTERED if figure == "breadth" else FEW_COUNTED
        why = "few" if counted < few else "above" if value > fence[1] else "below"
        words = {"count": counted, "least": few}
        yield {
            "figure": figure,
            "side": "above" if value > fence[1] else "below",
            "lower": round(fence[0], 4),
            "upper": round(fence[1], 4),
            "why": why,
            "explanation": texts.text(f"committees.outliers.{why}", language, **words),
        }
