"""Who walked where and when, who did not come, and which shifts lack people."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    String,
    and_,
    case,
    extract,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.sql import ColumnElement

from app.committees import lasting, rules
from app.core import clock, texts
from app.core.access import Actor, Permission
from app.core.db import UtcDateTime, db, read, within
from app.core.errors import InvalidInput, NotFound
from app.core.rounding import half_up
from app.patrols.models import Shift
from app.places import rules as place_rules
from app.places.models import Place
from app.places.rules import PlaceKind
from app.rounds.models import Attendance, WalkedHour
from app.volunteers.hours_models import HourEntry
from app.volunteers.models import Team

MOST_UNDERSTAFFED = 50
"""Shifts in one answer, the next first; who has more to fill has to plan anew anyway."""


def show_patrolling(
    actor: Actor, place_code: str, *, first: date | None = None, last: date | None = None
) -> dict[str, Any]:
    """Return what volunteers did at a place in a range of Shanghai days, both included.

    Constant queries. Errors: NotFound (no such place, or none of the actor's),
    InvalidInput (the range).
    """
    if not actor.reaches(Permission.OVERVIEW_READ, place_code):
        raise NotFound
    now = clock.now()
    first, last = _range(first, last, now)
    span = clock.day_range(first, last)
    coverage = _coverage(place_code, *span)
    return {
        "from": first,
        "to": last,
        **_service(place_code, *span, actor.language),
        "understaffed": _understaffed(place_code, now),
        **coverage,
    }


def _range(first: date | None, last: date | None, now: datetime) -> tuple[date, date]:
    last = last or clock.shanghai_day(now)
    first = first or last - timedelta(days=rules.PATROLLING_DAYS - 1)
    if first > last:
        raise InvalidInput.of("from", "after_the_end")
    if (last - first).days >= rules.LONGEST_PATROLLING:
        raise InvalidInput.of("from", "range_too_long", days=rules.LONGEST_PATROLLING)
    return first, last


def _service(place_code: str, start: datetime, end: datetime, language: str) -> dict[str, Any]:
    """Return how many rounds were walked, who came, who did not, and hours by team.

    Hours are those that stand, the team with most first.
    """
    came, stayed_away = Attendance.state == "ended", Attendance.state == "no_show"
    attended = select(
        literal(value=False).label("hours"),
        literal(None, BigInteger()).label("team_id"),
        literal(None, String()).label("name"),
        func.count(case((came, Attendance.shift_id)).distinct()).label("one"),
        _sum(case((came, 1), else_=0)).label("two"),
        _sum(case((stayed_away, 1), else_=0)).label("three"),
        _sum(case((came | stayed_away, 0), else_=1)).label("four"),
    ).where(
        within(Attendance.place_code, place_code),
        Attendance.starts_at >= start,
        Attendance.starts_at < end,
    )
    served = (
        select(
            literal(value=True),
            HourEntry.team_id,
            Team.name,
            _sum(HourEntry.minutes),
            func.count(HourEntry.resident_id.distinct()),
            literal(0),
            literal(0),
        )
        .outerjoin(Team, Team.id == HourEntry.team_id)
        .where(
            within(HourEntry.place_code, place_code),
            HourEntry.starts_at >= start,
            HourEntry.starts_at < end,
            HourEntry.state == "credited",
            HourEntry.reverses_id.is_(None),
            HourEntry.reversed_at.is_(None),
        )
        .group_by(HourEntry.team_id, Team.name)
    )
    rows = read(union_all(attended, served)).all()
    [row] = [row for row in rows if not row.hours]
    came_number, no_shows = int(row.two), int(row.three)
    rate = rules.Rate(came_number, came_number + no_shows, int(row.four))
    without = texts.text("patrolling.without_team", language)
    teams = sorted(
        (row for row in rows if row.hours), key=lambda row: (-int(row.one), row.team_id or 0)
    )
    return {
        "rounds": int(row.one),
        "attendance": rate.shown(),
        "no_shows": no_shows,
        "hours_by_team": [
            {
                "team_id": team.team_id,
                "name": team.name or without,
                "hours": half_up(int(team.one) / 60, 1),
                "people": int(team.two),
            }
            for team in teams
        ],
    }


def _understaffed(place_code: str, now: datetime) -> list[dict[str, Any]]:
    """Return the coming shifts with fewer people than they need, the next first."""
    last = clock.shanghai_day(now) + timedelta(days=rules.DAYS_AHEAD)
    rows = read(
        select(Shift.id, Shift.title, Shift.place_name, Shift.starts_at, Shift.taken, Shift.minimum)
        .where(
            within(Shift.place_code, place_code),
            Shift.state == "open",
            Shift.starts_at > now,
            Shift.starts_at < clock.day_range(last, last)[1],
            Shift.taken < Shift.minimum,
        )
        .order_by(Shift.starts_at, Shift.id)
        .limit(MOST_UNDERSTAFFED)
    ).all()
    lasting.no_longer_than(row.starts_at for row in rows[:1])
    return [dict(row._mapping) for row in rows]  # noqa: SLF001 it is public


def _coverage(place_code: str, start: datetime, end: datetime) -> dict[str, Any]:
    """Return the place, and for each grid how long it was walked, at which hours, when last.

    What was walked by people whose way is not known better than by community is no
    grid's: `unplaced_minutes`. Outlines only up to a community: a map of more is no map.
    """
    drawn = len(place_code) >= place_rules.LENGTHS[PlaceKind.COMMUNITY]
    of_grids = and_(Place.kind == PlaceKind.GRID, within(Place.code, place_code))
    found = read(
        select(Place.code, Place.name, Place.kind, *((Place.outline,) if drawn else ()))
        .where(or_(Place.code == place_code, of_grids))
        .order_by(Place.code)
    ).all()
    places = [row for row in found if row.code == place_code]
    if not places:
        raise NotFound
    grids = [row for row in found if row.kind == PlaceKind.GRID]
    walked, hours = _walked(place_code, start, end)
    shown = []
    for grid in grids:
        row = walked.get(grid.code)
        shown.append(
            {
                "place_code": grid.code,
                "name": grid.name,
                "outline": grid.outline if drawn else None,
                "walked_minutes": int(row.minutes) if row else 0,
                "rounds": int(row.rounds) if row else 0,
                "by_hour": hours.get(grid.code, [0] * 24),
                "last_walked_at": row.last if row else None,
            }
        )
    known = {grid.code for grid in grids}
    [place] = places
    return {
        "place": {"code": place.code, "kind": place.kind, "name": place.name},
        "coverage": shown,
        "never_walked": sum(row["walked_minutes"] == 0 for row in shown),
        "unplaced_minutes": sum(int(r.minutes) for c, r in walked.items() if c not in known),
    }


def _walked(
    place_code: str, start: datetime, end: datetime
) -> tuple[Mapping[str, Any], Mapping[str, list[int]]]:
    """Return by place: minutes and rounds of the range, and when anybody walked there last.

    And besides the minutes walked in each of the day's hours in Shanghai.
    """
    counted = and_(WalkedHour.hour_at >= start, WalkedHour.hour_at < end)
    hour = extract("hour", _in_utc(WalkedHour.hour_at))
    here = within(WalkedHour.place_code, place_code)
    whole = (
        select(
            WalkedHour.place_code,
            literal(WHOLE).label("hour"),
            _sum(case((counted, WalkedHour.minutes), else_=0)).label("minutes"),
            func.count(case((counted, WalkedHour.shift_id)).distinct()).label("rounds"),
            func.max(WalkedHour.hour_at).label("last"),
        )
        .where(here)
        .group_by(WalkedHour.place_code)
    )
    nothing = literal(None, UtcDateTime())
    hourly = (
        select(WalkedHour.place_code, hour, _sum(WalkedHour.minutes), literal(0), nothing)
        .where(here, counted)
        .group_by(WalkedHour.place_code, hour)
    )
    found: dict[str, Any] = {}
    hours: dict[str, list[int]] = {}
    for row in read(union_all(whole, hourly)):
        if row.hour == WHOLE:
            found[row.place_code] = row
            continue
        by_hour = hours.setdefault(row.place_code, [0] * 24)
        # Shanghai has been eight hours ahead, summer and winter, since 1991.
        by_hour[(int(row.hour) + 8) % 24] += int(row.minutes)
    return found, hours


WHOLE = -1
"""Stands for no hour: the sums of all."""


def _in_utc(column: Any) -> Any:
    """Return a moment's wall time in UTC, whatever zone the database's session has."""
    if db.engine.dialect.name == "postgresql":
        return func.timezone("UTC", column)
    return column


def _sum(of: Any) -> ColumnElement[int]:
    return func.coalesce(func.sum(of), 0)
