"""My shifts as a calendar that a phone subscribes to: an address that only I know.

Whoever has the address sees the calendar, so it is long and random, only its fingerprint
is kept, it can be renewed and revoked, and nobody else is named in it: no leader, no
colleague, and not what planners write to a shift either.
"""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from icalendar import Alarm, Calendar, Event, Timezone, TimezoneStandard
from sqlalchemy import ColumnElement, and_, delete, or_, select

from app.core import clock, crypto, texts
from app.core.access import Actor
from app.core.clock import SHANGHAI
from app.core.db import changed_rows, read, unit_of_work
from app.core.deployment import settings
from app.core.errors import NotFound
from app.core.idempotency import insert_ignore
from app.patrols import rules
from app.patrols.calendar_models import CalendarFeed
from app.patrols.models import PatrolRoute, Shift, SignUp
from app.residents.models import Resident

CANCELLED_KEPT = timedelta(days=30)
"""So long a calendar says that a shift is cancelled, or that one left it."""
PAST_KEPT = timedelta(days=90)
ALARMS = (timedelta(days=1), timedelta(hours=2))
"""So long before its start a shift rings."""
FRESH_FOR, FRESH = timedelta(hours=1), "PT1H"
"""How often a phone should ask again."""
ZONE = "Asia/Shanghai"


def show_calendar(actor: Actor) -> dict[str, Any]:
    """Return since when the actor has a calendar; its address is shown only when it is made."""
    mine = CalendarFeed.resident_id == actor.resident_id
    since = read(select(CalendarFeed.since).where(mine)).scalar_one_or_none()
    return {"url": None, "since": since}


@unit_of_work()
def make_calendar(actor: Actor) -> dict[str, Any]:
    """Give the actor a calendar at a new address; the one before is no more."""
    token, now = crypto.random_token(), clock.now()
    _remove(actor)
    row = {
        "resident_id": actor.resident_id,
        "fingerprint": crypto.fingerprint(token),
        "since": now,
    }
    changed_rows(insert_ignore(CalendarFeed), row)
    return {"url": f"{settings().public_url}/api/v1/calendar/{token}.ics", "since": now}


@unit_of_work()
def revoke_calendar(actor: Actor) -> None:
    """Take the actor's calendar away, if there is one."""
    _remove(actor)


def _remove(actor: Actor) -> None:
    mine = CalendarFeed.resident_id == actor.resident_id
    changed_rows(delete(CalendarFeed).where(mine))


def feed(token: str) -> bytes:
    """Return the calendar at an address. Errors: NotFound (none, or no longer)."""
    whose = read(
        select(Resident.id, Resident.language)
        .join(CalendarFeed, CalendarFeed.resident_id == Resident.id)
        .where(CalendarFeed.fingerprint == crypto.fingerprint(token))
    ).one_or_none()
    if whose is None:
        raise NotFound
    rows = read(_shifts_of(whose.id, clock.now()))
    return calendar([_entry(row, whose.id) for row in rows], whose.language)


class Entry(NamedTuple):
    """A shift as a calendar shows it.

    `sequence` grows with every change of the shift and of my part in it, also when I leave
    and come back; `changed_at`: when either last changed.
    """

    uid: str
    title: str
    place_name: str
    route_name: str | None
    starts_at: datetime
    ends_at: datetime
    lat: float | None
    lon: float | None
    cancelled: bool
    leading: bool
    sequence: int
    created_at: datetime
    changed_at: datetime


def calendar(entries: list[Entry], language: str) -> bytes:
    """Return a calendar in the form of RFC 5545."""
    found = Calendar()
    found.add("prodid", "-//Linli//Shifts//ZH")
    found.add("version", "2.0")
    found.add("calscale", "GREGORIAN")
    found.add("x-wr-calname", texts.text("calendar.name", language))
    found.add("x-wr-timezone", ZONE)
    found.add("refresh-interval", FRESH_FOR, parameters={"VALUE": "DURATION"})
    found.add("x-published-ttl", FRESH)
    found.add_component(_zone())
    for entry in entries:
        found.add_component(_event(entry, language))
    return bytes(found.to_ical())


def _zone() -> Timezone:
    """Return Shanghai's time: one offset, for there has been no summer time since 1991."""
    zone, standard = Timezone(), TimezoneStandard()
    zone.add("tzid", ZONE)
    standard.add("dtstart", datetime(1991, 9, 15, 1))  # noqa: DTZ001 a wall time by its nature
    standard.add("tzname", "CST")
    standard.add("tzoffsetfrom", timedelta(hours=8))
    standard.add("tzoffsetto", timedelta(hours=8))
    zone.add_component(standard)
    return zone


def _event(entry: Entry, language: str) -> Event:
    found = Event()
    found.add("uid", entry.uid)
    found.add("sequence", entry.sequence)
    found.add("dtstamp", entry.changed_at)
    found.add("last-modified", entry.changed_at)
    found.add("created", entry.created_at)
    found.add("dtstart", entry.starts_at.astimezone(SHANGHAI))
    found.add("dtend", entry.ends_at.astimezone(SHANGHAI))
    found.add("summary", entry.title)
    found.add("location", entry.place_name)
    if entry.lat is not None and entry.lon is not None:
        found.add("geo", (entry.lat, entry.lon))
    found.add("description", _description(entry, language))
    found.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    found.add("transp", "TRANSPARENT" if entry.cancelled else "OPAQUE")
    if not entry.cancelled:
        for before in ALARMS:
            found.add_component(_alarm(entry, before))
    return found


def _description(entry: Entry, language: str) -> str:
    lines = [texts.text("calendar.cancelled", language)] if entry.cancelled else []
    if entry.leading:
        lines.append(texts.text("calendar.leading", language))
    if entry.route_name:
        lines.append(texts.text("calendar.route", language, route=entry.route_name))
    lines.append(texts.text("calendar.from", language))
    return "\n".join(lines)


def _alarm(entry: Entry, before: timedelta) -> Alarm:
    found = Alarm()
    found.add("action", "DISPLAY")
    found.add("description", entry.title)
    found.add("trigger", -before)
    return found


def _shifts_of(resident_id: int, now: datetime) -> Any:
    lately = Shift.ends_at > now - PAST_KEPT
    called_off = and_(Shift.state == rules.CANCELLED, Shift.changed_at <= now - CANCELLED_KEPT)
    walking = and_(SignUp.state.in_(rules.CREW), lately, ~called_off)
    # Who only waited for a seat never had the shift in their calendar.
    left = and_(
        SignUp.state.in_((rules.LEFT, rules.REMOVED)),
        SignUp.joined_at.is_not(None),
        SignUp.changed_at > now - CANCELLED_KEPT,
    )
    leading = and_(Shift.leader_id == resident_id, lately, ~called_off)
    return _select(resident_id, or_(walking, left, leading))


def _select(resident_id: int, wanted: ColumnElement[bool]) -> Any:
    mine = and_(SignUp.shift_id == Shift.id, SignUp.resident_id == resident_id)
    return (
        select(
            Shift.uid,
            Shift.title,
            Shift.place_name,
            PatrolRoute.name.label("route_name"),
            Shift.starts_at,
            Shift.ends_at,
            Shift.lat,
            Shift.lon,
            Shift.state,
            Shift.leader_id,
            Shift.sequence,
            Shift.created_at,
            Shift.changed_at,
            SignUp.state.label("my_state"),
            SignUp.sequence.label("my_sequence"),
            SignUp.changed_at.label("my_changed_at"),
        )
        .outerjoin(SignUp, mine)
        .outerjoin(PatrolRoute, PatrolRoute.id == Shift.route_id)
        .where(or_(SignUp.id.is_not(None), Shift.leader_id == resident_id), wanted)
        .order_by(Shift.starts_at, Shift.id)
    )


def _entry(row: Any, resident_id: int) -> Entry:
    leading = row.leader_id == resident_id
    there = leading or row.my_state in rules.CREW
    return Entry(
        uid=row.uid,
        title=row.title,
        place_name=row.place_name,
        route_name=row.route_name,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        lat=row.lat,
        lon=row.lon,
        cancelled=row.state == rules.CANCELLED or not there,
        leading=leading,
        sequence=row.sequence + (row.my_sequence or 0) + (row.state == rules.CANCELLED),
        created_at=row.created_at,
        changed_at=max(filter(None, (row.changed_at, row.my_changed_at))),
    )
