"""What a committee sees of its place."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, and_, case, func, or_, select
from sqlalchemy.sql import ColumnElement

from app.committees import rules
from app.core import clock
from app.core.access import Actor, Permission
from app.core.db import db, read, within
from app.core.errors import InvalidInput, NotFound
from app.hazards.categories import in_language
from app.hazards.models import Hazard, HazardCategory, HazardMove, SupervisionOrder
from app.hazards.rules import OPEN, SATISFIED_FROM
from app.hazards.sight import in_places
from app.places import rules as place_rules
from app.places import service as places

TOTALS = ("reported", "open", "overdue", "closed")


def show_overview(
    actor: Actor, place_code: str, *, first: date | None = None, last: date | None = None
) -> dict[str, Any]:
    """Return the figures of a place for a range of Shanghai days, both included.

    Errors: NotFound (no such place, or none of the actor's), InvalidInput (the range).
    """
    if not actor.reaches(Permission.OVERVIEW_READ, place_code):
        raise NotFound
    first, last = _range(first, last)
    now = clock.now()
    figures = _figures(place_code, first, last, now)
    before = _figures(place_code, *rules.previous_range(first, last), now)
    by_category, by_grid = _grouped(figures, "category"), _grouped(figures, "grid")
    names = places.names_of([place_code, *by_grid])
    if place_code not in names:
        raise NotFound
    kinds = {row.code: row for row in read(select(HazardCategory.__table__))}
    return {
        "place": {
            "code": place_code,
            "kind": place_rules.kind_of(place_code),
            "name": names[place_code],
        },
        "from": first,
        "to": last,
        "totals": _totals(figures),
        "rates": _rates(figures),
        **_orders(place_code, first, last),
        "previous": {"totals": _totals(before), "rates": _rates(before)},
        "by_category": [
            {
                "category": code,
                "name": in_language(kinds[code], "name", actor.language),
                **_totals(rows),
                "on_time": _rates(rows)["on_time"],
            }
            for code, rows in sorted(
                by_category.items(), key=lambda pair: (-_totals(pair[1])["reported"], pair[0])
            )
        ],
        "by_grid": [
            {
                "place_code": code,
                "name": names.get(code, code),
                **_totals(rows),
                "on_time": _rates(rows)["on_time"],
                "satisfied": _rates(rows)["satisfied"],
            }
            for code, rows in sorted(by_grid.items())
        ],
        "by_day": _by_day(place_code, first, last),
    }


def _range(first: date | None, last: date | None) -> tuple[date, date]:
    last = last or clock.shanghai_day(clock.now())
    first = first or last - timedelta(days=rules.DEFAULT_DAYS - 1)
    if first > last:
        raise InvalidInput.of("from", "after_the_end")
    if (last - first).days >= rules.LONGEST_RANGE:
        raise InvalidInput.of("from", "range_too_long", days=rules.LONGEST_RANGE)
    if first.year < 2000:  # noqa: PLR2004 nothing was reported before there was Linli
        raise InvalidInput.of("from", "invalid")
    return first, last


def _count(condition: ColumnElement[bool], name: str) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0).label(name)


Figures = list[dict[str, Any]]
"""Rows of counts, one for each kind of hazard in each grid; their sums are the place's."""


def _figures(place_code: str, first: date, last: date, now: datetime) -> Figures:
    """Return the counts of a range by category and grid, with all measures in each row."""
    start, end = clock.day_range(first, last)
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for row in (
        *_standing(place_code, start, end, now),
        *_history(place_code, start, end),
    ):
        blank = dict.fromkeys(MEASURES, 0) | {"category": row.category, "grid": row.grid}
        figures = found.setdefault((row.category, row.grid), blank)
        for name in MEASURES:
            figures[name] += int(getattr(row, name, 0))
    return list(found.values())


def _grouped(figures: Figures, by: str) -> dict[str, Figures]:
    groups: dict[str, Figures] = {}
    for row in figures:
        groups.setdefault(row[by], []).append(row)
    return groups


KEYS = (Hazard.category.label("category"), Hazard.place_code.label("grid"))
MEASURES = (
    *TOTALS,
    "on_time",
    "due",
    "due_left_out",
    "satisfied",
    "rated",
    "unrated",
    "resolved",
    "answered",
    "unanswered",
)


CLOSING = and_(HazardMove.to_state == "closed", HazardMove.from_state != "closed")
"""A line that closed a case; an order may be answered in one that is closed already."""


def _standing(place_code: str, start: datetime, end: datetime, now: datetime) -> Sequence[Any]:
    """Return what the cases themselves say: what came in, what is open, what is promised."""
    reported = and_(Hazard.reported_at >= start, Hazard.reported_at < end)
    still_open = and_(reported, Hazard.state.in_(OPEN))
    due = and_(Hazard.due_at >= start, Hazard.due_at < end, Hazard.state != "closed")
    stands_still = and_(
        Hazard.state == "suspended",
        Hazard.suspension_approved,
        Hazard.due_at > Hazard.suspended_at,
    )
    # A promise that has not fallen due yet is neither kept nor broken, unless kept early.
    counted = and_(due, ~stands_still, or_(Hazard.due_at <= now, Hazard.handled_at.is_not(None)))
    measures = [
        _count(reported, "reported"),
        _count(still_open, "open"),
        _count(and_(still_open, Hazard.act_by < now), "overdue"),
        _count(and_(counted, Hazard.handled_at <= Hazard.due_at), "on_time"),
        _count(counted, "due"),
        _count(and_(due, stands_still), "due_left_out"),
    ]
    here = and_(in_places([place_code]), or_(reported, due))
    return read(select(*KEYS, *measures).where(here).group_by(*KEYS)).all()


def _history(place_code: str, start: datetime, end: datetime) -> Sequence[Any]:
    """Return what the history says: what was closed, how, and what the reporters answered."""
    said = and_(HazardMove.at >= start, HazardMove.at < end)
    closing = and_(said, CLOSING)
    due = and_(HazardMove.due_at >= start, HazardMove.due_at < end)
    rated = and_(said, HazardMove.rating.is_not(None))
    answered = and_(said, HazardMove.solved.is_not(None))
    closed = func.count(case((closing, Hazard.id)).distinct()).label("closed")
    measures = [
        closed,
        _count(and_(due, HazardMove.handled_at <= HazardMove.due_at), "on_time"),
        _count(due, "due"),
        _count(and_(rated, HazardMove.rating >= SATISFIED_FROM), "satisfied"),
        _count(rated, "rated"),
        _count(and_(closing, HazardMove.rating.is_(None)), "unrated"),
        _count(and_(answered, HazardMove.solved.is_(True)), "resolved"),
        _count(answered, "answered"),
        _count(and_(closing, HazardMove.solved.is_(None)), "unanswered"),
    ]
    found = (
        select(*KEYS, *measures)
        .join(Hazard, Hazard.id == HazardMove.hazard_id)
        .where(in_places([place_code]), or_(said, due))
        .group_by(*KEYS)
    )
    return read(found).all()


def _orders(place_code: str, first: date, last: date) -> dict[str, int]:
    """Return the counts of supervision orders: unanswered now, and raised in the range."""
    start, end = clock.day_range(first, last)
    order = SupervisionOrder
    raised = and_(order.raised_at >= start, order.raised_at < end)
    measures = [
        _count(order.answered_at.is_(None), "orders_open"),
        _count(raised, "orders_raised"),
        _count(and_(raised, order.answered_at > order.answer_by), "orders_answered_late"),
    ]
    row = read(select(*measures).where(within(order.place_code, place_code))).one()
    return {name: int(count) for name, count in row._mapping.items()}  # noqa: SLF001 it is public


def _totals(rows: Figures) -> dict[str, int]:
    return {name: int(sum(row[name] for row in rows)) for name in TOTALS}


def _rates(rows: Figures) -> dict[str, Any]:
    def rate(numerator: str, denominator: str, excluded: str) -> dict[str, Any]:
        sums = (int(sum(row[name] for row in rows)) for name in (numerator, denominator, excluded))
        return rules.Rate(*sums).shown()

    return {
        "on_time": rate("on_time", "due", "due_left_out"),
        "satisfied": rate("satisfied", "rated", "unrated"),
        "resolved": rate("resolved", "answered", "unanswered"),
    }


def _by_day(place_code: str, first: date, last: date) -> list[dict[str, Any]]:
    """Return what was reported and closed on each Shanghai day of the range, zeros included."""
    start, end = clock.day_range(first, last)
    reports = select(_day(Hazard.reported_at), func.count().label("cases")).where(
        in_places([place_code]), Hazard.reported_at >= start, Hazard.reported_at < end
    )
    closings = (
        select(_day(HazardMove.at), func.count(HazardMove.hazard_id.distinct()).label("cases"))
        .join(Hazard, Hazard.id == HazardMove.hazard_id)
        .where(
            in_places([place_code]),
            CLOSING,
            HazardMove.at >= start,
            HazardMove.at < end,
        )
    )
    reported, closed = _daily(reports), _daily(closings)
    days = [first + timedelta(days=offset) for offset in range((last - first).days + 1)]
    return [
        {
            "date": day,
            "reported": reported.get(day.isoformat(), 0),
            "closed": closed.get(day.isoformat(), 0),
        }
        for day in days
    ]


def _day(moment: Any) -> Any:
    """Return the Shanghai day of a column as `YYYY-MM-DD`."""
    if db.engine.dialect.name == "postgresql":
        return func.to_char(func.timezone("Asia/Shanghai", moment), "YYYY-MM-DD").label("day")
    return func.date(moment, "+8 hours").label("day")


def _daily(counted: Select[Any]) -> dict[str, int]:
    return {str(row.day): int(row.cases) for row in read(counted.group_by("day"))}
