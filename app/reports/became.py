"""What became of what residents reported: for the residents, so nothing of fewer than five people.

A figure is told where at least five different people stand behind it, and behind what is left
of it less what else is told: those who reported, whose cases were closed, whose promises fell
due, who rated, who answered, who walked. Open data tell the closed cases of a month and a
kind, so a total may not be told of which few people's kinds would be left over. Only of
communities and months: a street's figures less those of its other communities, or a
quarter's less those of two months, would give away what is withheld of one.
"""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import and_, case, func, null, or_, select

from app.committees.formulas import COVERAGE, FEW, LEAST_COVERAGE, LEAST_PEOPLE, NOTHING
from app.committees.solving import CLOSING, line_conditions
from app.committees.telling_rules import is_sum_safe
from app.core import clock
from app.core.db import read, within
from app.hazards.models import Hazard, HazardMove
from app.hazards.sight import in_places
from app.reports import rules
from app.rounds.models import Attendance
from app.volunteers.hours_models import HourEntry

Rates = Mapping[str, Mapping[str, Any]]
RATES = {
    "on_time": ("on_time", "due", None),
    "satisfied": ("satisfied", "rated", "unrated"),
    "resolved": ("resolved", "answered", "unanswered"),
}
"""The measures of each rate; the third is what closings tell less the second."""


def became(
    place_code: str, periods: tuple[rules.Period, rules.Period], now: Rates, before: Rates
) -> dict[str, Any]:
    """Return what residents may be told of a period beside the one it is compared with.

    `now`, `before`: the rates that those in charge see.
    """
    period, former = periods
    groups = _by_category(place_code, period)
    told, rest = rules.lumped(groups)
    rows = list(told)
    if rest.reported and not rest.few and _closed_safe(groups):
        rows.append(rest)
    return {
        "figures": _figures(place_code, period, now, groups),
        "before": figures_of(place_code, former, before),
        "by_category": [
            {"code": row.code, "reported": len(row.reported), "closed": len(row.closed)}
            for row in rows
        ],
        "lumped": len(told) < len(groups),
        "walked": _walked(place_code, period),
    }


def figures_of(place_code: str, period: rules.Period, rates: Rates) -> dict[str, Any]:
    """Return the figures of a period that residents were, or could have been, told."""
    return _figures(place_code, period, rates, _by_category(place_code, period))


def _by_category(place_code: str, period: rules.Period) -> list[rules.Group]:
    start, end = clock.day_range(period.first, period.last)
    came: dict[str, list[int]] = defaultdict(list)
    went: dict[str, list[int]] = defaultdict(list)
    asked = select(Hazard.category, Hazard.reporter_id).where(in_places([place_code]))
    for row in read(asked.where(Hazard.reported_at >= start, Hazard.reported_at < end)):
        came[row.category].append(row.reporter_id)
    closed = (
        asked.add_columns(Hazard.id)
        .join(HazardMove, HazardMove.hazard_id == Hazard.id)
        .where(CLOSING, HazardMove.at >= start, HazardMove.at < end)
        .distinct()
    )
    for row in read(closed):
        went[row.category].append(row.reporter_id)
    return [
        rules.Group(code, tuple(came[code]), tuple(went[code])) for code in sorted({*came, *went})
    ]


def _closed_safe(groups: list[rules.Group]) -> bool:
    """Whether closed cases, less what open data tell of them by kind, leave nobody alone."""
    return is_sum_safe(group.closed for group in groups)


def _figures(
    place_code: str, period: rules.Period, rates: Rates, groups: list[rules.Group]
) -> dict[str, Any]:
    whole, (_, rest), safe = rules.together(groups), rules.lumped(groups), _closed_safe(groups)
    figures = {
        "reported": _count(len(whole.reported), _least(whole.reported, rest.reported)),
        "closed": _count(len(whole.closed), _least(whole.closed, rest.closed) if safe else 1),
    }
    said = _people_of_history(place_code, *clock.day_range(period.first, period.last))
    return figures | {
        name: _share(rates[name], _parts(said, name, rates[name]), safe=safe) for name in RATES
    }


def _least(whole: tuple[int, ...], rest: tuple[int, ...]) -> int:
    """Return behind how many people a total stands, or fewer that are its difference."""
    return len(set(rest if rules.few(rest) else whole))


def _people_of_history(place_code: str, start: datetime, end: datetime) -> Any:
    """Return how many different reporters stand behind the parts of each rate in a range.

    Of open cases none: too few people rather than too many.
    """
    move = HazardMove
    conditions = line_conditions((start, end))
    counted = []
    for name, (good, all_of, left_out) in RATES.items():
        kept = conditions[good]
        parts = {
            "people": case((conditions[all_of], Hazard.reporter_id)),
            "good": case((kept, Hazard.reporter_id)),
            # Not the opposite: what nobody knows is not kept, either.
            "bad": case((kept, null()), (conditions[all_of], Hazard.reporter_id)),
        }
        if left_out:
            parts["left"] = case((conditions[left_out], Hazard.reporter_id))
        counted += [
            func.count(part.distinct()).label(f"{name}_{key}") for key, part in parts.items()
        ]
    said = and_(move.at >= start, move.at < end)
    due = and_(move.due_at >= start, move.due_at < end)
    return read(
        select(*counted)
        .select_from(move)
        .join(Hazard, Hazard.id == move.hazard_id)
        .where(in_places([place_code]), or_(said, due))
    ).one()


def _parts(said: Any, name: str, rate: Mapping[str, Any]) -> list[tuple[int, int]]:
    """Return what can be told apart in a share: of each the cases, and at least so many people."""
    good, counted = rate["numerator"], rate["denominator"]
    parts = {"people": counted, "good": good, "bad": counted - good}
    if RATES[name][2]:
        parts["left"] = rate["excluded"]
    return [(cases, getattr(said, f"{name}_{key}")) for key, cases in parts.items()]


def _walked(place_code: str, period: rules.Period) -> dict[str, Any]:
    """Return the rounds and hours of volunteers; withheld where fewer than five served."""
    start, end = clock.day_range(period.first, period.last)
    rounds = read(
        select(
            func.count(Attendance.shift_id.distinct()).label("number"),
            func.count(Attendance.resident_id.distinct()).label("people"),
        ).where(
            within(Attendance.place_code, place_code),
            Attendance.state == "ended",
            Attendance.starts_at >= start,
            Attendance.starts_at < end,
        )
    ).one()
    hours = read(
        select(
            func.coalesce(func.sum(HourEntry.minutes), 0).label("minutes"),
            func.count(HourEntry.resident_id.distinct()).label("people"),
        ).where(
            within(HourEntry.place_code, place_code),
            HourEntry.state == "credited",
            HourEntry.reverses_id.is_(None),
            HourEntry.reversed_at.is_(None),
            HourEntry.starts_at >= start,
            HourEntry.starts_at < end,
        )
    ).one()
    return {
        "rounds": _count(rounds.number, rounds.people),
        "hours": _count(round(int(hours.minutes) / 60, 1), hours.people),
    }


def _count(value: float, people: int) -> dict[str, Any]:
    withheld = FEW if 0 < people < LEAST_PEOPLE else None
    shown = None if withheld else value
    return _figure(shown, None, None, withheld)


def _share(rate: Mapping[str, Any], parts: list[tuple[int, int]], *, safe: bool) -> dict[str, Any]:
    counted, excluded = rate["denominator"], rate["excluded"]
    if not counted:
        return _figure(None, None, None, NOTHING)
    if not safe or any(cases and people < LEAST_PEOPLE for cases, people in parts):
        return _figure(None, None, None, FEW)
    if counted / (counted + excluded) < LEAST_COVERAGE:
        return _figure(None, None, None, COVERAGE)
    return _figure(rate["value"], rate["numerator"], counted, None)


def _figure(
    value: float | None, numerator: int | None, denominator: int | None, withheld: str | None
) -> dict[str, Any]:
    return {
        "value": value,
        "numerator": numerator,
        "denominator": denominator,
        "excluded": 0,
        "withheld": withheld,
    }
