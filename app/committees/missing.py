"""Who is missing: grids, buildings and ages of which nothing was heard. Only counts.

Of people's ages only volunteers' years of birth are known; whoever is no volunteer is in
no band. A group that few people are in is never told apart, see `formulas.silent`. A building
with fewer than five people is counted as neither heard nor silent: it would be they.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    Date,
    Integer,
    Select,
    bindparam,
    case,
    exists,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.sql import ColumnElement

from app.committees import formulas, telling_rules
from app.core import clock
from app.core.db import PlaceCode, UtcDateTime
from app.core.prepared import Prepared
from app.places.models import Place
from app.places.rules import LENGTHS, PlaceKind
from app.residents.models import Residence
from app.rollups.models import PersonDay
from app.volunteers.models import Volunteer

BANDS: Mapping[str, tuple[int, int]] = {
    "under_18": (0, 17),
    "18_34": (18, 34),
    "35_59": (35, 59),
    "60_up": (60, 200),
}
"""Ages in whole years on the last day of the range, going by the year of birth alone."""
_BUILDING, _GRID = "building", "grid"


@dataclass(frozen=True, slots=True)
class Heard:
    """Of groups of people: how many are registered, and of how many something was heard.

    `bands`: by community; a sum tells what they tell. `grids`: people heard of
    in each grid, where there was anybody.
    """

    buildings: Mapping[str, tuple[int, int]]
    bands: Mapping[str, Mapping[str, tuple[int, int]]]
    grids: Mapping[str, int]

    def measures(self) -> dict[str, int]:
        """Return how many buildings can be told apart, and how many of these are silent."""
        tellable = {
            code: counts
            for code, counts in self.buildings.items()
            if counts[0] >= formulas.LEAST_PEOPLE
        }
        return {
            "grids_heard": len(self.grids),
            "buildings_heard": sum(active > 0 for _, active in tellable.values()),
            "tellable_buildings": len(tellable),
            "small_buildings": len(self.buildings) - len(tellable),
            "silent_buildings": sum(active == 0 for _, active in tellable.values()),
        }

    def bands_shown(self) -> list[dict[str, Any]]:
        """Return the share of each band never heard from, as far as it may be told."""
        parts = [
            {band: groups.get(band, (0, 0)) for band in BANDS}
            for groups in self.bands.values() or [{}]
        ]
        return [
            {"band": band, "silent": figure.shown()}
            for band, figure in telling_rules.told_together(parts).items()
        ]


def heard(place_code: str, first: date, last: date) -> Heard:
    """Return of whom something was heard at a place in a range; one query."""
    found: dict[str, dict[str, tuple[int, int]]] = {_BUILDING: {}, _GRID: {}}
    bands: dict[str, dict[str, tuple[int, int]]] = {}
    community = place_code[: LENGTHS[PlaceKind.COMMUNITY]]
    given = {
        "place": place_code, "beyond": place_code + ":",
        "around": community, "beyond_around": community + ":",
        "first": first, "last": last, "until": clock.day_range(last, last)[1], "year": last.year,
    }  # fmt: skip
    for row in _ASKED.rows(given):
        counts = (int(row.registered or 0), int(row.active or 0))
        if row.sort in found:
            found[row.sort][row.name] = counts
        elif row.name is not None:
            bands.setdefault(row.sort, {})[row.name] = counts
    grids = {code: active for code, (_, active) in found[_GRID].items()}
    return Heard(found[_BUILDING], bands, grids)


def _parts() -> list[Any]:
    place, beyond, around, beyond_around = (
        bindparam(name, type_=PlaceCode())
        for name in ("place", "beyond", "around", "beyond_around")
    )
    first = bindparam("first", type_=Date())
    in_range = (PersonDay.day >= first, PersonDay.day <= bindparam("last", type_=Date()))
    community = LENGTHS[PlaceKind.COMMUNITY]
    active = exists().where(
        PersonDay.resident_id == Residence.resident_id,
        PersonDay.at_home == 1,
        PersonDay.place_code >= around,
        PersonDay.place_code < beyond_around,
        *in_range,
    )
    counts = (
        func.count(Residence.id).label("registered"),
        func.sum(case((active, 1), else_=0)).label("active"),
    )
    living = (
        Residence.place_code >= place,
        Residence.place_code < beyond,
        Residence.state == "confirmed",
        Residence.decided_at < bindparam("until", type_=UtcDateTime()),
    )
    age = bindparam("year", type_=Integer()) - Volunteer.birth_year
    band = case(
        *((age.between(least, most), literal(name)) for name, (least, most) in BANDS.items())
    )
    home = func.substr(Residence.place_code, 1, community)
    digits = LENGTHS[PlaceKind.GRID]
    new_here = or_(PersonDay.last_all_15.is_(None), PersonDay.last_all_15 < first)
    return [
        select(literal(_BUILDING).label("sort"), Place.code.label("name"), *counts)
        .join(Residence, Residence.building_id == Place.id)
        .where(*living)
        .group_by(Place.code),
        _of_bands(living, home, band, active),
        select(
            literal(_GRID),
            PersonDay.place_code.label("name"),
            literal(0),
            func.sum(case((new_here, 1), else_=0)),
        )
        .where(
            PersonDay.place_code >= place,
            PersonDay.place_code < beyond,
            func.length(PersonDay.place_code) == digits,
            *in_range,
        )
        .group_by(PersonDay.place_code),
    ]


_ASKED = Prepared(lambda: union_all(*_parts()))
"""Made once: making it costs more than asking it."""


def _of_bands(
    living: Sequence[Any], home: ColumnElement[str], band: ColumnElement[str], active: Any
) -> Select[Any]:
    """Return what counts the people of each band in each community, five by five.

    Who came last waits until they are five: else the difference of two quarters would be them.
    """
    together: dict[str, Any] = {"partition_by": (home, band)}
    people = (
        select(
            home.label("sort"),
            band.label("name"),
            case((active, 1), else_=0).label("active"),
            func.row_number()
            .over(**together, order_by=(Residence.decided_at, Residence.id))
            .label("turn"),
            func.count().over(**together).label("number"),
        )
        .select_from(Residence)
        .join(Volunteer, Volunteer.resident_id == Residence.resident_id)
        .where(*living)
        .subquery()
    )
    return (
        select(people.c.sort, people.c.name, func.count(), func.sum(people.c.active))
        .where(people.c.turn <= people.c.number - people.c.number % formulas.LEAST_PEOPLE)
        .group_by(people.c.sort, people.c.name)
    )
