"""What a committee sees of its place."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.sql import ColumnElement

from app.committees import rules
from app.core import clock
from app.core.access import Actor, Permission
from app.core.db import db, read
from app.core.errors import InvalidInput, NotFound
from app.hazards.categories import in_language
from app.hazards.models import Hazard, HazardCategory
from app.hazards.rules import HIDDEN_FROM_NEIGHBOURS, OPEN, SATISFIED_FROM
from app.hazards.sight import in_places
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
    place = places.get_place(place_code)
    first, last = _range(first, last)
    now = clock.now()
    by_category = _figures(Hazard.category, place_code, first, last, now)
    by_grid = _figures(Hazard.place_code, place_code, first, last, now)
    before = _figures(Hazard.place_code, place_code, *rules.previous_range(first, last), now)
    names = places.names_of([row.key for row in by_grid])
    kinds = {row.code: row for row in read(select(HazardCategory.__table__))}
    return {
        "place": {key: place[key] for key in ("code", "kind", "name")},
        "from": first,
        "to": last,
        "totals": _totals(by_grid),
        "rates": _rates(by_grid),
        "previous": {"totals": _totals(before), "rates": _rates(before)},
        "by_category": [
            {
                "category": row.key,
                "name": in_language(kinds[row.key], "name", actor.language),
                **_totals([row]),
                "on_time": _rates([row])["on_time"],
            }
            for row in sorted(by_category, key=lambda row: -row.reported)
        ],
        "by_grid": [
            {
                "place_code": row.key,
                "name": names.get(row.key, row.key),
                **_totals([row]),
                "on_time": _rates([row])["on_time"],
                "satisfied": _rates([row])["satisfied"],
            }
            for row in sorted(by_grid, key=lambda row: row.key)
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


def _figures(key: Any, place_code: str, first: date, last: date, now: datetime) -> list[Any]:
    """Return the counts of a range of days by category or by grid."""
    start, end = clock.day_range(first, last)
    reported = and_(Hazard.reported_at >= start, Hazard.reported_at < end)
    due = and_(Hazard.due_at >= start, Hazard.due_at < end)
    closed = and_(Hazard.state == "closed", Hazard.closed_at >= start, Hazard.closed_at < end)
    still_open = and_(reported, Hazard.state.in_(OPEN))
    left_out = or_(
        Hazard.state.in_(HIDDEN_FROM_NEIGHBOURS),
        and_(Hazard.state == "suspended", Hazard.suspension_approved),
    )
    # A promise that has not fallen due yet is neither kept nor broken, unless kept early.
    counted = and_(due, ~left_out, or_(Hazard.due_at <= now, Hazard.handled_at.is_not(None)))
    rated = and_(closed, Hazard.rating.is_not(None))
    answered = and_(closed, Hazard.solved.is_not(None))
    measures = [
        _count(reported, "reported"),
        _count(still_open, "open"),
        _count(and_(still_open, Hazard.act_by < now), "overdue"),
        _count(closed, "closed"),
        _count(and_(counted, Hazard.handled_at <= Hazard.due_at), "on_time"),
        _count(counted, "due"),
        _count(and_(due, left_out), "due_left_out"),
        _count(and_(rated, Hazard.rating >= SATISFIED_FROM), "satisfied"),
        _count(rated, "rated"),
        _count(and_(closed, Hazard.rating.is_(None)), "unrated"),
        _count(and_(answered, Hazard.solved.is_(True)), "resolved"),
        _count(answered, "answered"),
        _count(and_(closed, Hazard.solved.is_(None)), "unanswered"),
    ]
    here = and_(in_places([place_code]), or_(reported, due, closed))
    return list(read(select(key.label("key"), *measures).where(here).group_by(key)).all())


def _totals(rows: list[Any]) -> dict[str, int]:
    return {name: int(sum(getattr(row, name) for row in rows)) for name in TOTALS}


def _rates(rows: list[Any]) -> dict[str, Any]:
    def rate(numerator: str, denominator: str, excluded: str) -> dict[str, Any]:
        sums = (
            int(sum(getattr(row, name) for row in rows))
            for name in (numerator, denominator, excluded)
        )
        return rules.Rate(*sums).shown()

    return {
        "on_time": rate("on_time", "due", "due_left_out"),
        "satisfied": rate("satisfied", "rated", "unrated"),
        "resolved": rate("resolved", "answered", "unanswered"),
    }


def _by_day(place_code: str, first: date, last: date) -> list[dict[str, Any]]:
    """Return what was reported and closed on each Shanghai day of the range, zeros included."""
    reported = _daily(Hazard.reported_at, place_code, first, last)
    closed = _daily(Hazard.closed_at, place_code, first, last)
    days = [first + timedelta(days=offset) for offset in range((last - first).days + 1)]
    return [
        {
            "date": day,
            "reported": reported.get(day.isoformat(), 0),
            "closed": closed.get(day.isoformat(), 0),
        }
        for day in days
    ]


def _daily(moment: Any, place_code: str, first: date, last: date) -> dict[str, int]:
    start, end = clock.day_range(first, last)
    if db.engine.dialect.name == "postgresql":
        local = func.timezone("Asia/Shanghai", moment)
        day = func.to_char(local, "YYYY-MM-DD")
    else:
        day = func.date(moment, "+8 hours")
    found = (
        select(day.label("day"), func.count().label("cases"))
        .where(in_places([place_code]), moment >= start, moment < end)
        .group_by(day)
    )
    return {str(row.day): int(row.cases) for row in read(found)}
