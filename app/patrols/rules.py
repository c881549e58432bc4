"""Shifts: what somebody can be to one, who may come, how long a seat is held. Plain Python.

No overlap, rest and hours are our reading of "no compulsion, risks fit the person" in the
Regulations on Voluntary Service (志愿服务条例); the numbers are our own decisions.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from app.core.clock import SHANGHAI
from app.core.states import Move

OPEN, CANCELLED = "open", "cancelled"
SHIFT_STATES = (OPEN, CANCELLED)

WAITING, OFFERED, JOINED, SEEKING = "waiting", "offered", "joined", "seeking"
LEFT, REMOVED, EXPIRED = "left", "removed", "expired"
SIGN_UP_STATES = (WAITING, OFFERED, JOINED, SEEKING, LEFT, REMOVED, EXPIRED)
HOLDING = (OFFERED, JOINED, SEEKING)
"""Each of these holds one seat."""
CREW = (JOINED, SEEKING)
"""These walk, unless somebody takes over."""

OFFER_STATES = ("open", "accepted", "declined", "expired")
SWAP_STATES = ("asked", "agreed", "declined", "withdrawn", "void")

CUT_OFF = timedelta(hours=24)
"""Until so long before the start one leaves freely; afterwards one looks for a stand-in."""
CHECK_IN_BEFORE, CHECK_IN_AFTER = timedelta(hours=1), timedelta(hours=3)
"""So long around a shift its crew checks in."""

OFFER_HELD = timedelta(hours=2)
OFFER_SHARE = 4
"""An offer holds a seat for two hours, or a quarter of the time left until the start."""
WARN_SHARE = 4
"""Whoever has not answered is reminded when a quarter of the offer's time is left."""

NIGHT_FROM, NIGHT_TO = time(22), time(6)
"""In Shanghai; a shift of which any part lies between is a night round."""
REST_AFTER_NIGHT = timedelta(hours=8)
MOST_WITHIN, MOST_SERVED = timedelta(hours=24), timedelta(hours=10)

SHORTEST, LONGEST = timedelta(minutes=15), timedelta(hours=10)
"""A shift's length; nobody may serve longer."""
FARTHEST_AHEAD = timedelta(days=366)
MOST_SEATS = 500

Span = tuple[datetime, datetime]
"""When something begins and ends, the end not included."""


def is_night(span: Span) -> bool:
    """Whether any part of a shift lies in the night."""
    start, end = (moment.astimezone(SHANGHAI) for moment in span)
    # Nights that a shift may touch begin on the day before it, on its first day, …
    day = start.date() - timedelta(days=1)
    while day <= end.date():
        night = datetime.combine(day, NIGHT_FROM, SHANGHAI)
        morning = datetime.combine(day + timedelta(days=1), NIGHT_TO, SHANGHAI)
        if start < morning and night < end:
            return True
        day += timedelta(days=1)
    return False


def clash(own: Iterable[Span], new: Span) -> str | None:
    """Return why somebody with these shifts cannot take another one, if they cannot.

    `overlapping_shift`, `too_little_rest` (less than 8 h after a night round, theirs or the
    new one), `too_many_hours` (more than 10 h within any 24 h).
    """
    spans = list(own)
    if any(start < new[1] and new[0] < end for start, end in spans):
        return "overlapping_shift"
    if any(_too_soon(one, new) for one in spans):
        return "too_little_rest"
    if _most_served([*spans, new], around=new) > MOST_SERVED:
        return "too_many_hours"
    return None


def _too_soon(one: Span, other: Span) -> bool:
    first, second = sorted((one, other))
    return is_night(first) and second[0] - first[1] < REST_AFTER_NIGHT


def _most_served(spans: Sequence[Span], *, around: Span) -> timedelta:
    """Return the most time served within any window of 24 h that touches `around`."""
    near = [
        span
        for span in spans
        if span[0] < around[1] + MOST_WITHIN and around[0] - MOST_WITHIN < span[1]
    ]
    # The sum only peaks where a window begins with a shift or ends with one.
    starts = [start for start, _ in near] + [end - MOST_WITHIN for _, end in near]
    return max((_served(near, start) for start in starts), default=timedelta())


def _served(spans: Iterable[Span], start: datetime) -> timedelta:
    end = start + MOST_WITHIN
    parts = (min(last, end) - max(first, start) for first, last in spans)
    return sum((part for part in parts if part > timedelta()), timedelta())


def leaves_freely(
    now: datetime, starts_at: datetime, joined_at: datetime | None, moved_at: datetime | None
) -> bool:
    """Whether somebody may just leave: before the cut-off, or if the time moved under them."""
    moved_under_them = moved_at is not None and (joined_at is None or joined_at < moved_at)
    return moved_under_them or now <= starts_at - CUT_OFF


def offer_times(now: datetime, starts_at: datetime) -> tuple[datetime, datetime]:
    """Return when to remind of an offer made now, and when it expires."""
    held = min(OFFER_HELD, (starts_at - now) / OFFER_SHARE)
    held = timedelta(seconds=int(held.total_seconds()))
    warn = timedelta(seconds=int(held.total_seconds() * (WARN_SHARE - 1) / WARN_SHARE))
    return now + warn, now + held


# What one may do with a seat

NOBODY = "nobody"
"""Somebody who never signed up has no row; in the table they stand in this state."""
VOLUNTEER, STAND_IN, COLLEAGUE, LEADER, CLOCK = (
    "volunteer",
    "stand_in",
    "colleague",
    "leader",
    "clock",
)
"""Whose seat it is; who takes over; with whom one swaps; who leads or plans; nobody."""
_MINE = frozenset({VOLUNTEER})
_OUTSIDE = (NOBODY, LEFT, EXPIRED)
"""From here one may come, or come again."""
_LIVE = (WAITING, OFFERED, JOINED, SEEKING)


@dataclass(frozen=True, slots=True)
class Seat:
    """What the moves depend on besides the state of the sign-up.

    `coming`: the shift stands and has not begun; `standing`: it is not cancelled and not over.
    `free`: there is a seat that nobody waits for. `freely`: see `leaves_freely`. `sought`:
    somebody else looks for a stand-in. `running`: my offer has not expired.
    """

    coming: bool = True
    standing: bool = True
    free: bool = True
    freely: bool = True
    sought: bool = False
    running: bool = True


SeatMove = Move[Seat]


def _each(origins: tuple[str, ...], name: str, to: str, **more: Any) -> tuple[SeatMove, ...]:
    return tuple(Move(name, origin, to, **{"by": _MINE, **more}) for origin in origins)


MOVES: tuple[SeatMove, ...] = (
    *_each(_OUTSIDE, "join", JOINED, when=lambda seat: seat.coming and seat.free),
    *_each(_OUTSIDE, "join_waiting", WAITING, when=lambda seat: seat.coming and not seat.free),
    *_each((*_OUTSIDE, WAITING), "take_over", JOINED, when=lambda s: s.coming and s.sought),
    *_each((OFFERED,), "accept_offer", JOINED, when=lambda s: s.coming and s.running),
    *_each((OFFERED,), "decline_offer", LEFT),
    *_each((WAITING,), "leave", LEFT),
    *_each((JOINED,), "leave", LEFT, when=lambda seat: seat.coming and seat.freely),
    *_each((JOINED,), "seek_stand_in", SEEKING, when=lambda seat: seat.coming and not seat.freely),
    *_each((SEEKING,), "stay", JOINED, when=lambda seat: seat.standing),
    *_each((SEEKING,), "hand_over", LEFT, by=frozenset({STAND_IN}), when=lambda s: s.coming),
    *_each(CREW, "swap", LEFT, by=frozenset({COLLEAGUE}), when=lambda seat: seat.coming),
    *_each(
        _OUTSIDE, "enlist", JOINED, by=frozenset({LEADER}), when=lambda s: s.standing and s.free
    ),
    *_each(_LIVE, "remove", REMOVED, by=frozenset({LEADER}), when=lambda seat: seat.standing),
    *_each((WAITING,), "offer", OFFERED, by=frozenset({CLOCK}), when=lambda seat: seat.coming),
    *_each((WAITING, OFFERED), "expire", EXPIRED, by=frozenset({CLOCK})),
)
"""Every way from one state of a sign-up to another. Docs: docs/patrols.md."""


# Reminders

DAY_BEFORE, SOON_BEFORE = timedelta(hours=24), timedelta(hours=2)
SHORT_AT_HOURS = (48, 24, 6)
"""So long before a shift with too few people its leader is told."""


def short_level(
    now: datetime, starts_at: datetime, since: datetime, told: int | None
) -> int | None:
    """Return which of `SHORT_AT_HOURS` is to be told now; after a pause only the last.

    `since`: when the shift was made or last moved; what was over then is not told.
    `told`: what was told last.
    """
    due = [
        hours
        for hours in SHORT_AT_HOURS
        if since <= starts_at - timedelta(hours=hours) <= now and (told is None or hours < told)
    ]
    return min(due) if due and now < starts_at else None


# Routes and codes

MOST_POINTS, MOST_CHECKPOINTS = 500, 60
CODE_PREFIX = "LLCP"


def code_text(checkpoint_id: int, secret: str) -> str:
    """Return what the printed code of a checkpoint says."""
    return f"{CODE_PREFIX}:{checkpoint_id}:{secret}"


def read_code(text: str) -> tuple[int, str] | None:
    """Return a checkpoint's id and secret from a printed code, if it has the shape of one."""
    prefix, *parts = text.split(":")
    if prefix != CODE_PREFIX or len(parts) != len(("id", "secret")):
        return None
    number, secret = parts
    known = number.isascii() and number.isdecimal() and len(number) <= LONGEST_NUMBER
    return (int(number), secret) if known else None


LONGEST_NUMBER = 18
