"""A figure opened: what it is made of, by which formula, and the rows for those allowed."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from app.committees import around, formulas, missing, solving, taking_part, telling_rules
from app.committees.around import Around
from app.core import pages
from app.core.access import Actor, Permission
from app.core.errors import NotFound
from app.rollups import reading
from app.rollups import rules as rollup_rules
from app.rollups.reading import Figures

Days = tuple[date, date]
GROUPS = {
    "people": rollup_rules.ALL,
    "newly": rollup_rules.ALL,
    "returning": rollup_rules.ALL,
    "minutes": rollup_rules.PATROLLED,
    "breadth": rollup_rules.HOME,
    **{name: name for name in rollup_rules.ACTIVITIES},
}
"""Of which figures facts of taking part are the rows, and of which group."""
OF_GRIDS = frozenset({"grids", "evenness"})
"""Figures whose rows are grids with so many people; few are not told."""


def open_figure(
    actor: Actor,
    place_code: str,
    name: str,
    *,
    first: date | None = None,
    last: date | None = None,
    cursor: str | None = None,
    limit: int = pages.DEFAULT_LIMIT,
) -> dict[str, Any]:
    """Return a figure of a place with its formula, its measures and a page of its rows.

    `rows`: `cases`, `facts` (never whose), `grids`, or none that the actor may see.
    Errors: NotFound (also: no such figure), InvalidInput (range, cursor).
    """
    if name not in formulas.NAMES:
        raise NotFound
    first, last = around.days_asked(first, last)
    place = around.find(actor, place_code, last, with_likes=False)
    formula = formulas.in_force(name, last)
    measures = _measures(place, formula, (first, last))
    if not needed(formula, last) <= measures.keys():
        raise NotFound  # it has groups of its own, and is part of another answer
    kind, page = _rows(actor, place, formula, Asked((first, last), cursor, limit))
    return {
        "place": place.shown(),
        "from": first,
        "to": last,
        "name": name,
        "figure": telling_rules.shown([name], measures, place_code, (first, last))[name],
        "formula": {
            "version": formula.version,
            "since": formula.since,
            "numerator": formula.numerator or None,
            "denominator": formula.denominator,
            "excluded": formula.excluded,
            "parts": list(formula.parts),
        },
        "rows": kind,
        **page,
    }


def needed(formula: formulas.Formula, last: date) -> set[str]:
    """Return the measures that a figure is made of, those of its parts among them."""
    own = {formula.numerator, formula.denominator or "", formula.excluded or ""} - {""}
    parts = (formulas.in_force(part, last) for part in formula.parts)
    return own.union(*(needed(part, last) for part in parts))


def _measures(place: Around, formula: formulas.Formula, days: Days) -> dict[str, int]:
    """Return the measures that a figure needs, by no more queries than they need."""
    wanted = needed(formula, days[1])
    found = taking_part.measures_of(dict.fromkeys(rollup_rules.GROUPS, Figures()), place)
    if wanted & _OF_PEOPLE:
        [people] = taking_part.people(place.code, [around.whole(*days)])
        found = taking_part.measures_of(people, place)
    if wanted & _OF_SPREAD:
        [spread] = taking_part.spread(place.code, [days])
        found |= spread.measures(place)
    if wanted & _OF_MISSING:
        found |= missing.heard(place.code, *days).measures()
    if wanted & set(solving.MEASURES):
        [cases] = solving.measured(place.code, [days])
        found |= cases
    return found


_OF_PEOPLE = {
    "people", "newly", "returning", "minutes", "active_adults", *rollup_rules.ACTIVITIES,
}  # fmt: skip
_OF_SPREAD = {"retained", "active_before", "even", "even_whole"}
_OF_MISSING = {
    "grids_heard", "buildings_heard", "tellable_buildings", "small_buildings", "silent_buildings",
}  # fmt: skip
Page = tuple[str | None, dict[str, Any]]
_NONE: Page = (None, {"items": [], "next_cursor": None})


class Asked(NamedTuple):
    """Of which days which page is asked for."""

    days: Days
    cursor: str | None
    limit: int


def _rows(actor: Actor, place: Around, formula: formulas.Formula, asked: Asked) -> Page:
    cases = {formula.numerator, formula.denominator} & set(solving.MEASURES)
    if formula.name in GROUPS:
        return _facts(place, GROUPS[formula.name], asked)
    if formula.name in OF_GRIDS:
        return _grids(place, asked)
    if cases and actor.reaches(Permission.HAZARD_DISPATCH, place.code):
        return _cases(place, formula, asked)
    return _NONE


def _cases(place: Around, formula: formulas.Formula, asked: Asked) -> Page:
    days, cursor, limit = asked
    hazard_id, line = pages.decode(cursor, int, int) or (0, 0)
    after = (hazard_id, line if cursor else -1)
    found = solving.rows(place.code, days, formula, after=after, limit=limit + 1)
    return "cases", pages.page(found, limit, _case, lambda row: (row.hazard_id, row.seq))


def _case(row: Any) -> dict[str, Any]:
    return {
        "id": row.hazard_id,
        "number": row.number,
        "category": row.category,
        "place_code": row.place_code,
        "state": row.state,
        "at": row.at,
        "due_at": row.due_at,
        "part": row.part,
    }


def _facts(place: Around, activity: str, asked: Asked) -> Page:
    days, cursor, limit = asked
    [after] = pages.decode(cursor, int) or (0,)
    found = reading.facts(place.code, *days, activity=activity, after=after, limit=limit + 1)
    return "facts", pages.page(found, limit, _fact, lambda row: (row.id,))


def _fact(row: Any) -> dict[str, Any]:
    return {
        "id": row.id,
        "activity": row.activity,
        "place_code": row.place_code,
        "day": row.day,
        "minutes": row.minutes,
        "reverses_id": row.reverses_id,
    }


def _grids(place: Around, asked: Asked) -> Page:
    days, cursor, limit = asked
    after = pages.decode(cursor, str)
    [spread] = taking_part.spread(place.code, [days])
    left = sorted(code for code in spread.grids if after is None or code > after[0])
    return "grids", pages.page(
        left[: limit + 1], limit, lambda code: _grid(code, spread.grids), lambda code: (code,)
    )


def _grid(code: str, people: Mapping[str, int]) -> dict[str, Any]:
    few = formulas.is_few(people[code])
    return {"place_code": code, "people": None if few else people[code], "few": few}
