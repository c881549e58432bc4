"""How a campaign goes, who may take part, what passes, and which questions a try has.

Plain Python. A campaign is a quiz for a range of Shanghai days and an audience: "before the
fire-safety month, buildings 3 to 9, volunteers must pass 80 %".
"""

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from app.core.states import Move
from app.volunteers.rules import NUMBER_ALPHABET, NUMBER_LETTERS

DRAFT, ANNOUNCED, RUNNING, OVER, CANCELLED = "draft", "announced", "running", "over", "cancelled"
STATES = (DRAFT, ANNOUNCED, RUNNING, OVER, CANCELLED)
PUBLIC = (ANNOUNCED, RUNNING, OVER, CANCELLED)
"""What is not only planned: those whom it is for see it."""
EVERYBODY, VOLUNTEERS = "everybody", "volunteers"
AUDIENCES = (EVERYBODY, VOLUNTEERS)
PHONE, PAPER = "phone", "paper"
CHANNELS = (PHONE, PAPER)

LONGEST_TITLE, LONGEST_ABOUT = 20, 300
"""A title is a `thing` of WeChat's: 20 characters."""
LONGEST_DAYS = 92
FEWEST_QUESTIONS, USUAL_QUESTIONS, MOST_QUESTIONS = 3, 10, 50
MOST_CHOSEN = 100
MOST_PLACES = 40
LEAST_MINUTES, MOST_MINUTES = 2, 120
LEAST_PERCENT, USUAL_PERCENT, MOST_PERCENT = 50, 80, 100
USUAL_TRIES, MOST_TRIES = 3, 10
MOST_WAIT_H = 168
MOST_MONTHS = 36
ENTER_DAYS = 7
"""So long after its last day the paper of a campaign is entered and corrected."""
LARGEST_POOL = 200
"""Of topics, no more questions than that are put aside at the opening."""
REMIND_BEFORE = timedelta(days=2)
"""Whoever has not taken part hears so once, two days before the end. (Our own decision.)"""
REMIND_AFTER = timedelta(days=1)

PASSED_RULE, PASSED_SOURCE = "campaign_passed", "campaign"

# How a campaign goes

ORGANISER, CLOCK = "organiser", "clock"
_ORGANISER, _CLOCK = frozenset({ORGANISER}), frozenset({CLOCK})


@dataclass(frozen=True, slots=True)
class Stage:
    """What the clock's moves depend on. `begun`, `ended`: the first day came, the last is over."""

    begun: bool = False
    ended: bool = False


MOVES: tuple[Move[Stage], ...] = (
    Move("announce", DRAFT, ANNOUNCED, by=_ORGANISER, when=lambda stage: not stage.ended),
    Move("drop", DRAFT, CANCELLED, by=_ORGANISER),
    Move("call_off", ANNOUNCED, CANCELLED, by=_ORGANISER, needs=("note",), allows=()),
    Move("break_off", RUNNING, CANCELLED, by=_ORGANISER, needs=("note",), allows=()),
    Move("open", ANNOUNCED, RUNNING, by=_CLOCK, when=lambda stage: stage.begun),
    Move("close", RUNNING, OVER, by=_CLOCK, when=lambda stage: stage.ended),
)
"""Who has passed keeps what that gave, whatever becomes of the campaign."""
BY_NAME = {move.name: move for move in MOVES}
PLAN: Move[Stage] = Move("plan", "", DRAFT, by=_ORGANISER)
"""How a campaign begins."""


def minutes_for(questions: int) -> int:
    """Return how many minutes a try usually has: one for each question, five at least."""
    return max(5, questions)


def remind_at(opened_at: datetime, ends_at: datetime) -> datetime | None:
    """Return when those are reminded who have not taken part; never for what is over so soon.

    Two days before the end, but not within a day of the announcement that they just read.
    """
    at = max(ends_at - REMIND_BEFORE, opened_at + REMIND_AFTER)
    return at if at < ends_at else None


# Passing


def percent(right: int, of: int) -> int:
    """Return right answers in a hundred, rounded down: 79.9 % are not 80."""
    return right * 100 // of if of else 0


def has_passed(right: int, of: int, pass_percent: int) -> bool:
    """Whether a try passes; what was not answered in time is not right."""
    return of > 0 and right * 100 >= pass_percent * of


def earns_points(right: int, told: int, of: int, pass_percent: int) -> bool:
    """Whether passing is thanked: what was right at first sight would have passed by itself.

    `told`: how many of the right answers an earlier try had told. To have learnt them passes all
    the same; but points are never for guessing again. At the first try, all is at first sight.
    """
    return has_passed(right - told, of, pass_percent)


@dataclass(frozen=True, slots=True)
class Tried:
    """What somebody did so far. `ended_at`: of the last finished try."""

    tries: int = 0
    passed: bool = False
    ended_at: datetime | None = None


NOT_RUNNING, ALREADY_PASSED = "campaign_not_running", "already_passed"
NO_TRIES_LEFT, TOO_SOON = "no_tries_left", "try_too_soon"
NOT_FOR_YOU, KNOWS_KEY = "not_in_audience", "knows_the_key"
REASONS = (NOT_RUNNING, ALREADY_PASSED, NO_TRIES_LEFT, TOO_SOON, NOT_FOR_YOU, KNOWS_KEY)


def next_try_at(tried: Tried, wait_hours: int) -> datetime | None:
    """Return from when on somebody may try again; nothing before the first try."""
    return tried.ended_at and tried.ended_at + timedelta(hours=wait_hours)


def why_not(
    state: str, tried: Tried, most_tries: int, wait_hours: int, now: datetime
) -> str | None:
    """Return why somebody may not begin a try now; nothing if they may."""
    if state != RUNNING:
        return NOT_RUNNING
    if tried.passed:
        return ALREADY_PASSED
    if tried.tries >= most_tries:
        return NO_TRIES_LEFT
    again = next_try_at(tried, wait_hours)
    return TOO_SOON if again is not None and now < again else None


def deadline(now: datetime, minutes: int, ends_at: datetime) -> datetime:
    """Return until when a try that begins now is answered: at the campaign's end at the latest."""
    return min(now + timedelta(minutes=minutes), ends_at)


def skill_until(day: date, months: int | None, until: date | None) -> date | None:
    """Return the last day of a skill that is earned on a day; nothing if it does not end.

    Months are counted by the calendar: six from 31 August end on the last day of February.
    """
    if months is None:
        return until
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


# Which questions


def draw(
    pool: Sequence[tuple[int, str]], count: int, seen: Collection[int], lots: Mapping[int, Any]
) -> list[int]:
    """Return which versions a try asks, in their order.

    `pool`: (version, topic) of each; `seen`: asked in one's tries before, which come last, or
    trying again would be remembering the answers. Topics take turns, so that all are asked.
    """
    ranked = sorted(pool, key=lambda one: (one[0] in seen, lots[one[0]]))
    turns: Counter[tuple[bool, str]] = Counter()
    placed = []
    for version, topic in ranked:
        again = version in seen
        placed.append((again, turns[again, topic], lots[version], version))
        turns[again, topic] += 1
    return [version for *_, version in sorted(placed)][:count]


# Certificates

VALID, EXPIRED, REVOKED = "valid", "expired", "revoked"
CERTIFICATE_STATES = (VALID, EXPIRED, REVOKED)
NUMBER_HEAD = "LLP"
NUMBER = re.compile(rf"{NUMBER_HEAD}-[0-9]{{4}}-[{NUMBER_ALPHABET}]{{{NUMBER_LETTERS}}}")
"""As certificates of service have them, with another head."""


def certificate_state(revoked_at: datetime | None, valid_until: date | None, today: date) -> str:
    """Return what a certificate is worth on a day."""
    if revoked_at is not None:
        return REVOKED
    return EXPIRED if valid_until is not None and valid_until < today else VALID
