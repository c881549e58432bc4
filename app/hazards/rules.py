"""The way of a hazard: states, moves, promises. Plain Python.

The table below is the whole process. Whoever asks "may I?" or "what must I
bring?" is answered from it, on the server and, through the moves that every
`GET` lists, on the phone.
"""

from datetime import UTC, datetime, timedelta
from typing import Protocol

from app.core.states import Move

REPORTER = "reporter"
DISPATCHER = "dispatcher"
ASSIGNEE = "assignee"
SUPERVISOR = "supervisor"

STATES = (
    "reported",
    "accepted",
    "declined",
    "withdrawn",
    "assigned",
    "handling",
    "suspended",
    "handled",
    "closed",
)
OPEN = frozenset({"reported", "accepted", "assigned", "handling", "suspended", "handled"})
RUNNING = frozenset({"accepted", "assigned", "handling"})
"""The promise's clock runs in these."""
CAME_TO_NOTHING = frozenset({"declined", "withdrawn"})
"""Over without work; neighbours do not see these."""

REOPEN_WITHIN = timedelta(days=14)
"""How long after closing the reporter may say that it came back. (Our own decision.)"""
ACCEPT_WITHIN_MINUTES = 15
"""Stage default of the digital-city-management tables: accept within 15 minutes."""
MOST_PHOTOS = 9
SATISFIED_FROM = 4
"""A rating of 4 or 5 counts as satisfied. (Our own reading of the satisfied rate.)"""


class Case(Protocol):
    """What the table asks of a hazard."""

    appealed: bool
    own_work: bool
    suspension_approved: bool
    reopen_until: datetime | None
    asked_at: datetime


def _may_appeal(case: Case) -> bool:
    return not case.appealed


def _somebody_elses_work(case: Case) -> bool:
    return not case.own_work


def _awaits_approval(case: Case) -> bool:
    return not case.suspension_approved


def _is_approved(case: Case) -> bool:
    return case.suspension_approved


def _may_reopen(case: Case) -> bool:
    return case.reopen_until is not None and case.asked_at <= case.reopen_until


_REPORTER = frozenset({REPORTER})
_DISPATCHER = frozenset({DISPATCHER})
_ASSIGNEE = frozenset({ASSIGNEE})
_SUPERVISOR = frozenset({SUPERVISOR})

MOVES: tuple[Move[Case], ...] = (
    Move("accept", "reported", "accepted", by=_DISPATCHER),
    Move("decline", "reported", "declined", by=_DISPATCHER, needs=("note",), allows=()),
    Move("withdraw", "reported", "withdrawn", by=_REPORTER),
    Move("assign", "accepted", "assigned", by=_DISPATCHER, needs=("assignee_id",)),
    Move("start", "assigned", "handling", by=_ASSIGNEE),
    Move("return", "assigned", "accepted", by=_ASSIGNEE | _DISPATCHER, needs=("note",), allows=()),
    Move("finish", "handling", "handled", by=_ASSIGNEE, needs=("note", "photo_ids"), allows=()),
    Move("suspend", "handling", "suspended", by=_ASSIGNEE | _SUPERVISOR, needs=("note", "until"),
         allows=("photo_ids",)),
    Move("return", "handling", "accepted", by=_ASSIGNEE | _DISPATCHER, needs=("note",), allows=()),
    Move("approve_suspension", "suspended", "suspended", by=_SUPERVISOR,
         allows=("note", "until"), when=_awaits_approval),
    Move("refuse_suspension", "suspended", "handling", by=_SUPERVISOR, needs=("note",), allows=(),
         when=_awaits_approval),
    Move("resume", "suspended", "handling", by=_ASSIGNEE),
    Move("resume", "suspended", "handling", by=_SUPERVISOR, when=_is_approved),
    Move("confirm", "handled", "closed", by=_REPORTER, needs=("rating", "solved"),
         allows=("note",), when=_somebody_elses_work),
    Move("check", "handled", "closed", by=_SUPERVISOR, allows=("note", "photo_ids")),
    Move("not_solved", "handled", "handling", by=_REPORTER, needs=("note",),
         allows=("solved", "rating", "photo_ids")),
    Move("appeal", "declined", "reported", by=_REPORTER, needs=("note",), allows=("photo_ids",),
         when=_may_appeal),
    Move("reopen", "closed", "handling", by=_REPORTER, needs=("note",),
         allows=("solved", "photo_ids"), when=_may_reopen),
)  # fmt: skip

REPORT: Move[Case] = Move("report", "", "reported", by=_REPORTER)
"""How a history begins."""
RESUME_BY_THE_CLOCK: Move[Case] = Move("resume", "suspended", "handling", by=frozenset())
"""A suspension ends when its time has come, whoever forgot it."""

SOLVED_MEANS = {"confirm": True, "not_solved": False, "reopen": False}
"""What `solved` must say where it may be said."""

WITHIN_WORDS = 2000
"""The longest note or description, in characters."""


def act_by(
    state: str,
    *,
    accept_by: datetime | None,
    due_at: datetime | None,
    until: datetime | None,
    agreed: bool,
) -> datetime | None:
    """Return by when staff owe the next step; nothing where the ball is elsewhere.

    A suspension that nobody agreed to puts nothing off: the promise stands.
    """
    if state == "reported":
        return accept_by
    if state in RUNNING:
        return due_at
    if state == "suspended":
        return until if agreed else min(filter(None, (due_at, until)))
    return None


def is_overdue(act_by_moment: datetime | None, now: datetime) -> bool:
    """Whether staff are late with the step that they owe."""
    return act_by_moment is not None and now > act_by_moment


def human_number(prefix: str, day: datetime, sequence: int) -> str:
    """Return a case number that one can say on the phone: `CT-20261120-0007`."""
    return f"{prefix}-{day:%Y%m%d}-{sequence:04d}"


def within_reach(until: datetime, now: datetime, longest: timedelta) -> bool:
    """Whether a suspension ends after now and not beyond the longest one allowed."""
    return now < until.astimezone(UTC) <= now + longest


LONGEST_SUSPENSION = timedelta(days=90)
"""Nothing is put off for longer without being looked at again. (Our own decision.)"""
