"""What a committee sees of its place."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, and_, bindparam, case, func, literal, or_, select, union_all
from sqlalchemy.sql import ColumnElement

from app.committees import around, lasting, rules, solving
from app.committees.solving import CLOSING, Span, counted, open_promises
from app.core import clock
from app.core.access import Actor, Permission
from app.core.db import PlaceCode, db
from app.core.errors import InvalidInput, NotFound
from app.core.prepared import Prepared
from app.hazards.models import Hazard, HazardCategory, HazardMove, SupervisionOrder
from app.hazards.rules import OPEN, SATISFIED_FROM
from app.hazards.sight import COMMUNITY_LENGTH
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
    former = _compared(first, last)
    figures, before = _figures(place_code, [(first, last), former])
    by_category, by_grid = _grouped(figures, "category"), _grouped(figures, "grid")
    names = places.names_of([place_code, *by_grid])
    if place_code not in names:
        raise NotFound
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
        "previous": {
            "from": former[0],
            "to": former[1],
            "totals": _totals(before),
            "rates": _rates(before),
        },
        "by_category": [
            {
                "category": code,
                "name": rows[0]["name_zh" if actor.language == "zh-Hans" else "name_en"],
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


def _compared(first: date, last: date) -> tuple[date, date]:
    """Return the range to compare with, the same as on every other page of figures.

    Of a period that goes on, only the days that have come count.
    """
    today = clock.shanghai_day(clock.now())
    return around.before(first, min(last, today) if first <= today else last)


Figures = list[dict[str, Any]]
"""Rows of counts, one for each kind of hazard in each grid; their sums are the place's."""


def _figures(place_code: str, ranges: Sequence[tuple[date, date]]) -> list[Figures]:
    """Return for each range the counts by category and grid, all measures in each row."""
    found: list[dict[tuple[str, str], dict[str, Any]]] = [{} for _ in ranges]
    asked = _prepared(len(place_code) == COMMUNITY_LENGTH, len(ranges))
    rows = asked.rows(solving.given(place_code, ranges) | _due_until(ranges))
    lasting.no_longer_than(moment for row in rows for moment in (row.next_due, row.next_late))
    for row in rows:
        number, category, grid, name_zh, name_en, _, _, *counts = row
        figures = found[number].get((category, grid))
        if figures is None:
            figures = found[number][category, grid] = dict.fromkeys(MEASURES, 0) | {
                "category": category, "grid": grid, "name_zh": name_zh, "name_en": name_en,
            }  # fmt: skip
        for name, count in zip(MEASURES, counts, strict=True):
            if count:
                figures[name] += int(count)
    return [list(rows.values()) for rows in found]


def _due_until(ranges: Sequence[tuple[date, date]]) -> dict[str, datetime]:
    """Return until when promises have fallen due in each range: not on days that are to come."""
    tomorrow = clock.day_range(*[clock.shanghai_day(clock.now())] * 2)[1]
    ends = (clock.day_range(*days)[1] for days in ranges)
    return {f"due_until_{number}": min(end, tomorrow) for number, end in enumerate(ends)}


@lru_cache
def _prepared(is_community: bool, ranges: int) -> Prepared:
    """Return what counts, made once: making it costs more than asking it."""

    def made() -> Any:
        parts: list[Any] = []
        here, now = solving.here(is_community=is_community), solving.moment("now")
        for number in range(ranges):
            span, due_until = solving.span_of(number), solving.moment(f"due_until_{number}")
            keys = (literal(number).label("range"), *KEYS, *NAMES)
            due = (span[0], due_until)
            parts += [_standing(keys, here, span, due, now), _history(keys, here, span, due)]
        return union_all(*parts)

    return Prepared(made)


def _grouped(figures: Figures, by: str) -> dict[str, Figures]:
    groups: dict[str, Figures] = {}
    for row in figures:
        groups.setdefault(row[by], []).append(row)
    return groups


NAMES = (
    func.max(HazardCategory.name_zh).label("name_zh"),
    func.max(HazardCategory.name_en).label("name_en"),
)
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


def _columns(given: Mapping[str, ColumnElement[Any]]) -> list[ColumnElement[Any]]:
    """Return a column for every measure, so that all parts of the union are alike."""
    return [given.get(name, literal(0)).label(name) for name in MEASURES]


def _standing(
    keys: Sequence[Any], here: ColumnElement[bool], span: Span, due_in: Span, now: datetime
) -> Select[Any]:
    """Count what the cases themselves say: what came in, what is open, what is promised."""
    start, end = span
    reported = and_(Hazard.reported_at >= start, Hazard.reported_at < end)
    still_open = and_(reported, or_(*(Hazard.state == state for state in sorted(OPEN))))
    due, promised, still = open_promises(*due_in, now)
    measures = {
        "reported": counted(reported),
        "open": counted(still_open),
        "overdue": counted(and_(still_open, Hazard.act_by < now)),
        "on_time": counted(and_(promised, Hazard.handled_at <= Hazard.due_at)),
        "due": counted(promised),
        "due_left_out": counted(still),
    }
    next_due, _ = solving.next_moments(end, now)
    next_late = func.min(case((and_(still_open, Hazard.act_by >= now), Hazard.act_by)))
    return (
        select(*keys, next_due, next_late.label("next_late"), *_columns(measures))
        .join(HazardCategory, HazardCategory.code == Hazard.category)
        .where(here, or_(reported, due))
        .group_by(*KEYS)
    )


def _history(
    keys: Sequence[Any], here: ColumnElement[bool], span: Span, due_in: Span
) -> Select[Any]:
    """Count what the history says: what was closed, how, and what the reporters answered."""
    start, end = span
    said = and_(HazardMove.at >= start, HazardMove.at < end)
    closing = and_(said, CLOSING)
    due = and_(HazardMove.due_at >= due_in[0], HazardMove.due_at < due_in[1])
    rated = and_(said, HazardMove.rating.is_not(None))
    answered = and_(said, HazardMove.solved.is_not(None))
    measures = {
        "closed": func.count(case((closing, Hazard.id)).distinct()),
        "on_time": counted(and_(due, HazardMove.handled_at <= HazardMove.due_at)),
        "due": counted(due),
        "satisfied": counted(and_(rated, HazardMove.rating >= SATISFIED_FROM)),
        "rated": counted(rated),
        "unrated": counted(and_(closing, HazardMove.rating.is_(None))),
        "resolved": counted(and_(answered, HazardMove.solved.is_(True))),
        "answered": counted(answered),
        "unanswered": counted(and_(closing, HazardMove.solved.is_(None))),
    }
    return (
        select(*keys, *solving.NEVER, *_columns(measures))
        .join(Hazard, Hazard.id == HazardMove.hazard_id)
        .join(HazardCategory, HazardCategory.code == Hazard.category)
        .where(here, or_(said, due))
        .group_by(*KEYS)
    )


def _orders(place_code: str, first: date, last: date) -> dict[str, int]:
    """Return the counts of supervision orders: unanswered now, and raised in the range."""
    row = _RAISED.row(solving.given(place_code, [(first, last)]))
    return {name: int(getattr(row, name)) for name in ORDERS}


def _raised() -> Any:
    start, end = solving.span_of(0)
    order = SupervisionOrder
    raised = and_(order.raised_at >= start, order.raised_at < end)
    counts = (
        order.answered_at.is_(None),
        raised,
        and_(raised, order.answered_at > order.answer_by),
    )
    place, beyond = bindparam("place", type_=PlaceCode()), bindparam("beyond", type_=PlaceCode())
    return select(
        *(counted(each).label(name) for each, name in zip(counts, ORDERS, strict=True))
    ).where(order.place_code >= place, order.place_code < beyond)


ORDERS = ("orders_open", "orders_raised", "orders_answered_late")
_RAISED = Prepared(_raised)


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
    found: dict[str, list[int]] = {}
    asked = _prepared_days(len(place_code) == COMMUNITY_LENGTH)
    for row in asked.rows(solving.given(place_code, [(first, last)])):
        counts = found.setdefault(str(row.day), [0, 0])
        counts[0] += row.reported
        counts[1] += row.closed
    days = [first + timedelta(days=offset) for offset in range((last - first).days + 1)]
    none = [0, 0]
    return [
        {
            "date": day,
            "reported": found.get(day.isoformat(), none)[0],
            "closed": found.get(day.isoformat(), none)[1],
        }
        for day in days
    ]


@lru_cache
def _prepared_days(is_community: bool) -> Prepared:
    def made() -> Any:
        start, end = solving.span_of(0)
        here, nothing = solving.here(is_community=is_community), literal(0)
        reports = select(
            _day(Hazard.reported_at), func.count().label("reported"), nothing.label("closed")
        ).where(here, Hazard.reported_at >= start, Hazard.reported_at < end)
        closings = (
            select(_day(HazardMove.at), nothing, func.count(HazardMove.hazard_id.distinct()))
            .join(Hazard, Hazard.id == HazardMove.hazard_id)
            .where(here, CLOSING, HazardMove.at >= start, HazardMove.at < end)
        )
        return union_all(reports.group_by("day"), closings.group_by("day"))

    return Prepared(made)


def _day(moment: Any) -> Any:
    """Return the Shanghai day of a column as `YYYY-MM-DD`."""
    if db.engine.dialect.name == "postgresql":
        return func.to_char(func.timezone("Asia/Shanghai", moment), "YYYY-MM-DD").label("day")
    return func.date(moment, "+8 hours").label("day")
