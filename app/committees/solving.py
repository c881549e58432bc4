"""What is counted of cases: the measures behind the rates of the reference, and their rows.

Everything is taken from what the history says, which is never rewritten, or from
promises that have fallen due: the figures of a past range stand. One statement counts
several ranges and all children of a place at once.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    Integer,
    Select,
    and_,
    bindparam,
    case,
    cast,
    exists,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import aliased
from sqlalchemy.sql import ColumnElement

from app.committees import lasting
from app.committees.formulas import Formula
from app.core import clock
from app.core.db import PlaceCode, UtcDateTime
from app.core.prepared import Prepared
from app.hazards.models import Hazard, HazardMove
from app.hazards.rules import SATISFIED_FROM
from app.hazards.sight import COMMUNITY_LENGTH

OF_CASES = (
    "cases_reported", "filed", "decided", "undecided", "on_time", "due", "due_left_out",
    "answers_due", "answered_in_time", "answers_left_out",
)  # fmt: skip
OF_HISTORY = (
    "cases_closed", "on_time", "due", "closed_due", "kept_and_confirmed", "dispatched",
    "dispatched_once", "returned", "handled", "handled_once", "reworked", "resolved",
    "answered", "unanswered", "satisfied", "rated", "unrated",
)  # fmt: skip
MEASURES = tuple(dict.fromkeys((*OF_CASES, *OF_HISTORY)))

Range = tuple[date, date]
Span = tuple[datetime, datetime]
Counts = dict[str, int]
Conditions = dict[str, ColumnElement[bool]]

CLOSING = and_(HazardMove.to_state == "closed", HazardMove.from_state != "closed")
"""A line that closed a case; an order may be answered in one that is closed already."""
_earlier, _later, _decision = aliased(HazardMove), aliased(HazardMove), aliased(HazardMove)
_DECIDING = or_(_decision.move == "accept", _decision.move == "decline")
"""Not `IN`: a prepared statement has as many parameters as it has."""
KEYS = 4
"""So many columns before the measures: range, child, and the two moments of `next_moments`."""
KEPT = 256
"""So many statements: as many as there are figures in busy use."""

_AGAIN = exists().where(
    _earlier.hazard_id == HazardMove.hazard_id,
    _earlier.seq < HazardMove.seq,
    _earlier.move == HazardMove.move,
)
"""The same was done in the case before: dispatched again, handled again."""


def measured(place_code: str, ranges: Sequence[Range]) -> list[Counts]:
    """Return the measures of a place for each range of Shanghai days; one query."""
    found: list[Counts] = [dict.fromkeys(MEASURES, 0) for _ in ranges]
    asked = _prepared(len(place_code) == COMMUNITY_LENGTH, len(ranges), MEASURES, None)
    rows = asked.rows(given(place_code, ranges))
    for row in rows:
        _add(found[row.range], row, MEASURES)
    lasting.no_longer_than(moment for row in rows for moment in row[2:KEYS])
    return found


def measured_by_child(
    place_code: str, digits: int, days: Range, names: Sequence[str]
) -> dict[str, Counts]:
    """Return these measures of a range by code of so many digits; one query."""
    found: dict[str, Counts] = {}
    asked = _prepared(len(place_code) == COMMUNITY_LENGTH, 1, tuple(names), digits)
    rows = asked.rows(given(place_code, [days]))
    for row in rows:
        counts = found.setdefault(row.child, dict.fromkeys(names, 0))
        _add(counts, row, names)
    lasting.no_longer_than(moment for row in rows for moment in row[2:KEYS])
    return found


def _add(counts: Counts, row: Any, names: Sequence[str]) -> None:
    for name, count in zip(names, row[KEYS:], strict=True):
        if count:
            counts[name] += int(count)


def given(place_code: str, ranges: Sequence[Range]) -> dict[str, Any]:
    """Return what a statement is asked with: see `span_of`, `here`."""
    found: dict[str, Any] = {"place": place_code, "beyond": place_code + ":", "now": clock.now()}
    for number, days in enumerate(ranges):
        found[f"start_{number}"], found[f"end_{number}"] = clock.day_range(*days)
    return found


def moment(name: str) -> Any:
    """Return a parameter that is a moment."""
    return bindparam(name, type_=UtcDateTime())


def span_of(number: int) -> tuple[Any, Any]:
    """Return from when until when the range of a number is, as parameters."""
    return moment(f"start_{number}"), moment(f"end_{number}")


def here(*, is_community: bool) -> ColumnElement[bool]:
    """Whether a case lies in the place, by whichever column has the index."""
    place, beyond = bindparam("place", type_=PlaceCode()), bindparam("beyond", type_=PlaceCode())
    if is_community:
        return Hazard.community_code == place
    return and_(Hazard.place_code >= place, Hazard.place_code < beyond)


@lru_cache(KEPT)
def _prepared(
    is_community: bool,
    ranges: int,
    names: tuple[str, ...],
    digits: int | None,
) -> Prepared:
    """Return what counts, made once for its shape: making it costs more than asking it."""
    return Prepared(lambda: _statement(here(is_community=is_community), ranges, names, digits))


def _statement(
    here: ColumnElement[bool], ranges: int, names: Sequence[str], digits: int | None
) -> Any:
    child: ColumnElement[str] = (
        literal("") if digits is None else func.substr(Hazard.place_code, 1, digits)
    )
    parts: list[Any] = []
    for number in range(ranges):
        span = span_of(number)
        keys = (literal(number).label("range"), child.label("child"))
        moments = next_moments(span[1], moment("now"))
        for source in _sources(span, moment("now")):
            wanted = {name: source.conditions[name] for name in names if name in source.conditions}
            if wanted:
                near = _near(wanted, source.moments, source.at, span)
                columns = [_column(name, wanted) for name in names]
                when = moments if source.asked is _CASES else NEVER
                part = source.asked.with_only_columns(
                    *keys, *when, *columns, maintain_column_froms=True
                )
                parts.append(part.where(here, near))
    # By the label: PostgreSQL would take the expression's parameters for others than the column's.
    grouped = parts if digits is None else [part.group_by("child") for part in parts]
    return union_all(*grouped)


_CASES = select(Hazard.id).select_from(Hazard)
_LINES = select(Hazard.id).select_from(HazardMove).join(Hazard, Hazard.id == HazardMove.hazard_id)


def _column(name: str, given: Mapping[str, ColumnElement[bool]]) -> ColumnElement[int]:
    """Return a column for a measure, so that all parts of the union are alike."""
    return (counted(given[name]) if name in given else literal(0)).label(name)


def _near(
    names: Iterable[str], moments: Mapping[str, Any], usual: Any, span: Span
) -> ColumnElement[bool]:
    """Return what all these measures have in common, by which an index serves: a moment."""
    start, end = span
    columns = dict.fromkeys(moments.get(name, usual) for name in names)
    return or_(*(and_(column >= start, column < end) for column in columns))


_MOMENTS_OF_CASES: Mapping[str, Any] = {
    **dict.fromkeys(("on_time", "due", "due_left_out"), Hazard.due_at),
    **dict.fromkeys(("answers_due", "answered_in_time", "answers_left_out"), Hazard.accept_by),
}
_MOMENTS_OF_LINES: Mapping[str, Any] = dict.fromkeys(
    ("on_time", "due", "closed_due", "kept_and_confirmed"), HazardMove.due_at
)


class _Source(NamedTuple):
    """Where measures are counted: the statement, what counts, and when it happened."""

    asked: Select[Any]
    conditions: Conditions
    moments: Mapping[str, Any]
    at: Any
    seq: Any


def _sources(span: Span, now: datetime) -> tuple[_Source, _Source]:
    cases, lines = case_conditions(span, now), line_conditions(span)
    at, said = Hazard.reported_at, HazardMove.at
    return (
        _Source(_CASES, cases, _MOMENTS_OF_CASES, at, literal(0)),
        _Source(_LINES, lines, _MOMENTS_OF_LINES, said, HazardMove.seq),
    )


def counted(condition: ColumnElement[bool]) -> ColumnElement[int]:
    """Return how many rows fulfil a condition."""
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


NEVER = tuple(cast(null(), UtcDateTime()).label(name) for name in ("next_due", "next_answer"))


def next_moments(end: Any, now: Any) -> tuple[ColumnElement[datetime], ...]:
    """Return when the next promise of these cases falls due, and the next answer, in the range.

    Until then time alone changes nothing that is counted of them.
    """
    return tuple(
        func.min(case((and_(column > now, column < end), column))).label(name)
        for column, name in ((Hazard.due_at, "next_due"), (Hazard.accept_by, "next_answer"))
    )


def open_promises(
    start: datetime, end: datetime, now: datetime
) -> tuple[ColumnElement[bool], ColumnElement[bool], ColumnElement[bool]]:
    """Return, of open cases: due in the range, counted of these, standing still.

    A promise that has not fallen due yet is neither kept nor broken, unless kept early.
    """
    due = and_(Hazard.due_at >= start, Hazard.due_at < end, Hazard.state != "closed")
    stands_still = and_(
        Hazard.state == "suspended",
        Hazard.suspension_approved,
        Hazard.due_at > Hazard.suspended_at,
    )
    passed = or_(Hazard.due_at <= now, Hazard.handled_at.is_not(None))
    return due, and_(due, ~stands_still, passed), and_(due, stands_still)


def case_conditions(span: Span, now: datetime) -> Conditions:
    """Return when a case counts for a measure: what came in, and what is promised and open."""
    start, end = span
    reported = and_(Hazard.reported_at >= start, Hazard.reported_at < end)
    decided = exists().where(_decision.hazard_id == Hazard.id, _DECIDING)
    accepted = exists().where(_decision.hazard_id == Hazard.id, _decision.move == "accept")
    in_time = exists().where(
        _decision.hazard_id == Hazard.id,
        _DECIDING,
        _decision.at <= Hazard.accept_by,
    )
    to_answer = and_(Hazard.accept_by >= start, Hazard.accept_by < end, Hazard.accept_by <= now)
    gone = and_(Hazard.state == "withdrawn", ~decided)
    _, promised, still = open_promises(start, end, now)
    return {
        "cases_reported": reported,
        "filed": and_(reported, accepted),
        "decided": and_(reported, decided),
        "undecided": and_(reported, ~decided),
        "on_time": and_(promised, Hazard.handled_at <= Hazard.due_at),
        "due": promised,
        "due_left_out": still,
        "answers_due": and_(to_answer, ~gone),
        "answered_in_time": and_(to_answer, ~gone, in_time),
        "answers_left_out": and_(to_answer, gone),
    }


def line_conditions(span: Span) -> Conditions:
    """Return when a line of history counts: what was dispatched, handled, closed, answered."""
    start, end = span
    move = HazardMove
    said = and_(move.at >= start, move.at < end)
    closing = and_(said, CLOSING)
    due = and_(move.due_at >= start, move.due_at < end)
    kept = and_(due, move.handled_at <= move.due_at)
    sent, finished = and_(said, move.move == "assign"), and_(said, move.move == "finish")
    came_back = exists().where(
        _later.hazard_id == move.hazard_id,
        _later.seq > move.seq,
        _later.move == "return",
        _later.at < end,
        ~exists()
        .where(
            _earlier.hazard_id == move.hazard_id,
            _earlier.seq > move.seq,
            _earlier.seq < _later.seq,
            _earlier.move == "assign",
        )
        .correlate(move, _later),
    )
    rated, answered = and_(said, move.rating.is_not(None)), and_(said, move.solved.is_not(None))
    return {
        "cases_closed": closing,
        "on_time": kept,
        "due": due,
        "closed_due": due,
        "kept_and_confirmed": and_(kept, move.move == "confirm", move.solved.is_(True)),
        "dispatched": sent,
        "dispatched_once": and_(sent, ~_AGAIN),
        "returned": and_(sent, came_back),
        "handled": finished,
        "handled_once": and_(finished, ~_AGAIN),
        "reworked": and_(finished, _AGAIN),
        "resolved": and_(answered, move.solved.is_(True)),
        "answered": answered,
        "unanswered": and_(closing, move.solved.is_(None)),
        "satisfied": and_(rated, move.rating >= SATISFIED_FROM),
        "rated": rated,
        "unrated": and_(closing, move.rating.is_(None)),
    }


# The rows that a figure is made of


def rows(
    place_code: str, days: Range, formula: Formula, *, after: tuple[int, int], limit: int
) -> Sequence[Any]:
    """Return what a figure counts, by case and line of its history (0: the case itself).

    `part`: what it counts for, `numerator`, `denominator` (only) or `excluded`. One query.
    """
    sides = tuple(
        (name, side)
        for name, side in (
            (formula.numerator, "numerator"),
            (formula.denominator, "denominator"),
            (formula.excluded, "excluded"),
        )
        if name
    )
    asked = _prepared_rows(len(place_code) == COMMUNITY_LENGTH, sides)
    if asked is None:
        return []
    more = {"after": after[0], "after_seq": after[1], "limit": limit}
    return asked.rows(given(place_code, [days]) | more)


@lru_cache(KEPT)
def _prepared_rows(
    is_community: bool,
    sides: tuple[tuple[str, str], ...],
) -> Prepared | None:
    span = span_of(0)
    after, after_seq = bindparam("after", type_=BigInteger), bindparam("after_seq", type_=Integer)
    parts: list[Any] = []
    for source in _sources(span, moment("now")):
        wanted = {name: side for name, side in sides if name in source.conditions}
        if not wanted:
            continue
        counting = [(source.conditions[name], literal(side)) for name, side in wanted.items()]
        columns = (
            Hazard.id.label("hazard_id"), source.seq.label("seq"), source.at.label("at"),
            Hazard.number, Hazard.category, Hazard.place_code, Hazard.state,
            Hazard.due_at, case(*counting).label("part"),
        )  # fmt: skip
        past = or_(Hazard.id > after, and_(Hazard.id == after, source.seq > after_seq))
        parts.append(
            source.asked.with_only_columns(*columns, maintain_column_froms=True).where(
                here(is_community=is_community),
                _near(wanted, source.moments, source.at, span),
                or_(*(condition for condition, _ in counting)),
                past,
            )
        )
    if not parts:
        return None
    limit = bindparam("limit", type_=Integer)
    whole = union_all(*parts).order_by("hazard_id", "seq").limit(limit)
    return Prepared(lambda: whole)
