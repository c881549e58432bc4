"""The figures of a report, written down once: plain values, without words of any language.

What they mean is said where they are reckoned: docs/committees.md. Of what is open there is
only now: a report of last month says what was open on the day it was made.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

import orjson
from sqlalchemy import func, select

from app.committees import indicators, participation, patrolling, service, solving
from app.committees.rules import Rate
from app.core import clock
from app.core.access import Actor, Role, RoleKind
from app.core.db import read, within
from app.core.errors import NotFound
from app.core.forms import JSON
from app.core.rounding import half_up
from app.hazards.models import Hazard, HazardCategory, HazardMove
from app.hazards.rules import OPEN
from app.hazards.sight import in_places
from app.places import rules as place_rules
from app.places.models import Place
from app.places.rules import PlaceKind
from app.reports import became, rules

VERSION = 1
"""Of the shape below. An old report keeps the shape that it was written in."""
IN_CHARGE = {
    PlaceKind.COMMUNITY: RoleKind.COMMITTEE,
    PlaceKind.STREET: RoleKind.STREET,
    PlaceKind.DISTRICT: RoleKind.DISTRICT,
}
"""Whose eyes a place is looked at with; the kinds of places that have reports."""
BELOW = {
    PlaceKind.COMMUNITY: PlaceKind.GRID,
    PlaceKind.STREET: PlaceKind.COMMUNITY,
    PlaceKind.DISTRICT: PlaceKind.STREET,
}
TOTALS = ("reported", "open", "overdue", "closed")
REPORTED = "cases_reported"
COMPARED = {
    "on_time": ("on_time", "due", "due_left_out"),
    "satisfied": ("satisfied", "rated", "unrated"),
    "resolved": ("resolved", "answered", "unanswered"),
}
"""Rates by the measures that they are made of."""


def gathered(place_code: str, period: rules.Period) -> dict[str, Any]:
    """Return the figures of a place and period, as JSON has them. Errors: NotFound."""
    kind = place_rules.kind_of(place_code)
    actor = Actor(0, "", (Role(IN_CHARGE[kind], place_code),))
    before = period.compared(clock.shanghai_day(clock.now()))
    now_cases = _cases(actor, place_code, period)
    before_cases = _cases(actor, place_code, before)
    units = _units(place_code, BELOW[kind], now_cases["place"]["name"])
    people, earlier = (_people(actor, place_code, each) for each in (period, before))
    indices, last_indices = (_indices(actor, place_code, each) for each in (period, before))
    figures = {
        "version": VERSION,
        "place": {**now_cases["place"], "below": BELOW[kind]},
        "from": period.first,
        "to": period.last,
        "categories": _categories(),
        "cases": {"totals": now_cases["totals"], "rates": now_cases["rates"]},
        "before": {"totals": _as_then(before_cases["totals"]), "rates": before_cases["rates"]},
        "by_category": [
            {"code": row["category"], **_counts(row), "on_time": row["on_time"]}
            for row in now_cases["by_category"]
        ],
        "by_place": _by_place(now_cases["by_grid"], units),
        "by_day": now_cases["by_day"],
        "longest_open": _longest_open(place_code, period, now_cases["place"]["name"]),
        "orders": _orders(now_cases),
        "orders_before": _orders(before_cases),
        "patrols": _patrols(actor, place_code, period, units),
        "patrols_before": _patrols(actor, place_code, before, units),
        "participation": people,
        "participation_before": earlier,
        "indices": indices,
        "indices_before": last_indices,
        "compared": _compared(place_code, period),
        "residents": None,
    }
    if rules.for_residents(place_code, period):
        told = (now_cases["rates"], before_cases["rates"])
        figures["residents"] = became.became(place_code, (period, before), *told)
    if before != period.before:
        figures["before_days"] = {"from": before.first, "to": before.last}
    plain: dict[str, Any] = orjson.loads(orjson.dumps(figures, option=JSON))
    return plain


def _cases(actor: Actor, place_code: str, period: rules.Period) -> dict[str, Any]:
    return service.show_overview(actor, place_code, first=period.first, last=_until(period))


def _as_then(totals: Mapping[str, int]) -> dict[str, int | None]:
    """Return what was of earlier days; what of it was open then, nobody wrote down."""
    return {**totals, "open": None, "overdue": None}


def _until(period: rules.Period) -> date:
    """Return the last day of a period that has come: a preview tells what the console tells."""
    return max(period.first, min(period.last, clock.shanghai_day(clock.now())))


def _people(actor: Actor, place_code: str, period: rules.Period) -> Any:
    found = participation.participation(
        actor, place_code, first=period.first, last=_until(period), by=period.kind
    )["figures"]
    minutes = found["minutes"]
    hours = None if minutes["value"] is None else half_up(minutes["value"] / 60, 1)
    return {**found, "hours": {**minutes, "value": hours}}


def _indices(actor: Actor, place_code: str, period: rules.Period) -> Any:
    span = (period.first, _until(period))
    return indicators.indicators(actor, place_code, first=span[0], last=span[1])["indices"]


def _categories() -> dict[str, dict[str, str]]:
    kinds = HazardCategory
    rows = read(select(kinds.code, kinds.name_zh, kinds.name_en))
    return {row.code: {"zh-Hans": row.name_zh, "en": row.name_en} for row in rows}


def _counts(row: Mapping[str, Any]) -> dict[str, int]:
    return {name: row[name] for name in TOTALS}


def _orders(cases: Mapping[str, Any]) -> dict[str, int]:
    return {name: cases[f"orders_{name}"] for name in ("raised", "open", "answered_late")}


def _units(place_code: str, below: PlaceKind, within: str = "") -> dict[str, str]:
    """Return the names of the next places below, by code: what they add to the name of all."""
    rows = read(
        select(Place.code, Place.name)
        .where(Place.parent_code == place_code, Place.kind == below)
        .order_by(Place.code)
    )
    return {row.code: row.name.removeprefix(within) or row.name for row in rows}


def _unit_of(code: str, units: Mapping[str, str]) -> str | None:
    """Return in which of the next places below a code lies; None where in none of them."""
    return next((above for above in place_rules.codes_above(code) if above in units), None)


def _by_place(grids: Iterable[Mapping[str, Any]], units: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return the figures of each next place below, also where nothing was reported."""
    sums: dict[str, Counter[str]] = {code: Counter() for code in units}
    for grid in grids:
        unit = _unit_of(grid["place_code"], units)
        if unit is None:
            continue
        sums[unit].update(_counts(grid))
        for rate in ("on_time", "satisfied"):
            parts = ("numerator", "denominator", "excluded")
            sums[unit].update({f"{rate}.{part}": grid[rate][part] for part in parts})
    return [
        {
            "code": code,
            "name": units[code],
            **{name: counts[name] for name in TOTALS},
            **{rate: _rate(counts, rate) for rate in ("on_time", "satisfied")},
        }
        for code, counts in sums.items()
    ]


def _rate(counts: Mapping[str, int], name: str) -> dict[str, Any]:
    parts = (counts[f"{name}.{part}"] for part in ("numerator", "denominator", "excluded"))
    return Rate(*parts).shown()


def _longest_open(place_code: str, period: rules.Period, within: str) -> list[dict[str, Any]]:
    """Return what waits longest; what came after the period is for the next report."""
    now = clock.now()
    until = min(now, datetime.combine(period.last + timedelta(days=1), time.min, clock.SHANGHAI))
    rows = read(
        select(
            Hazard.number,
            Hazard.category,
            Hazard.place_name,
            Hazard.reported_at,
            Hazard.state,
            Hazard.act_by,
        )
        .where(in_places([place_code]), Hazard.state.in_(OPEN), Hazard.reported_at < until)
        .order_by(Hazard.reported_at, Hazard.id)
        .limit(rules.MOST_OPEN_CASES)
    )
    today = clock.shanghai_day(now)
    return [
        {
            "number": row.number,
            "category": row.category,
            "place": row.place_name.removeprefix(within) or row.place_name,
            "reported_on": clock.shanghai_day(row.reported_at),
            "days": (today - clock.shanghai_day(row.reported_at)).days,
            "state": row.state,
            "late": row.act_by is not None and row.act_by < now,
        }
        for row in rows
    ]


def _patrols(
    actor: Actor, place_code: str, period: rules.Period, units: Mapping[str, str]
) -> dict[str, Any]:
    found = patrolling.show_patrolling(actor, place_code, first=period.first, last=_until(period))
    walked: dict[str, dict[str, Any]] = {
        code: {"code": code, "name": name, "minutes": 0, "grids": 0, "walked": 0}
        for code, name in units.items()
    }
    for grid in found["coverage"]:
        unit = _unit_of(grid["place_code"], units)
        if unit is not None:
            walked[unit]["minutes"] += grid["walked_minutes"]
            walked[unit]["grids"] += 1
            walked[unit]["walked"] += grid["walked_minutes"] > 0
    teams = [
        {
            "name": row["name"] if row["team_id"] is not None else None,
            "hours": row["hours"],
            "people": row["people"],
        }
        for row in found["hours_by_team"]
    ]
    return {
        "rounds": found["rounds"],
        "hours": half_up(sum(team["hours"] for team in teams), 1),
        "attendance": found["attendance"],
        "no_shows": found["no_shows"],
        "unplaced_minutes": found["unplaced_minutes"],
        "units": list(walked.values()),
        "teams": teams,
    }


def _compared(place_code: str, period: rules.Period) -> list[dict[str, Any]]:
    """Return the figures of all places beside this one, its own among them."""
    parent = place_rules.parent_of(place_code)
    if parent is None:
        return []
    kind = place_rules.kind_of(place_code)
    names = _units(parent, kind)
    span = (period.first, _until(period))
    measures = (REPORTED, *(name for of in COMPARED.values() for name in of))
    counted = solving.measured_by_child(parent, len(place_code), span, measures)
    closed = _closed_by_child(parent, len(place_code), period)
    blank = dict.fromkeys(measures, 0)
    found = []
    for code, name in names.items():
        counts = counted.get(code, blank)
        rates = {key: Rate(*(counts[part] for part in of)).shown() for key, of in COMPARED.items()}
        own = {"reported": counts[REPORTED], "closed": closed.get(code, 0)}
        found.append({"code": code, "name": name, **own, **rates})
    return found


def _closed_by_child(parent: str, digits: int, period: rules.Period) -> dict[str, int]:
    """Return how many cases were closed in each place below, one that came back as one case.

    As the summary counts them: the same report must not say two numbers for one thing.
    """
    start, end = clock.day_range(period.first, _until(period))
    child = func.substr(Hazard.place_code, 1, digits)
    rows = read(
        select(child.label("code"), func.count(Hazard.id.distinct()).label("closed"))
        .join(HazardMove, HazardMove.hazard_id == Hazard.id)
        .where(within(Hazard.place_code, parent), solving.CLOSING)
        .where(HazardMove.at >= start, HazardMove.at < end)
        .group_by(child)
    )
    return {row.code: row.closed for row in rows}


def has_reports(place_code: str) -> bool:
    """Whether this is the code of a place that reports are made of, be there one or not."""
    return place_rules.is_code(place_code) and place_rules.kind_of(place_code) in IN_CHARGE


def name_of(place_code: str) -> str:
    """Return a place's name. Errors: NotFound."""
    name = read(select(Place.name).where(Place.code == place_code)).scalar_one_or_none()
    if name is None:
        raise NotFound
    return str(name)
