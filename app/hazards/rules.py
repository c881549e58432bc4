"""The way of a hazard: states, moves, promises. Plain Python.

The table below is the whole process. Whoever asks "may I?" or "what must I
bring?" is answered from it, on the server and, through the moves that every
`GET` lists, on the phone.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple, Protocol

from app.core.states import Move
from app.hazards import clocks

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
ASKED_AGAIN_AFTER = timedelta(days=7)
"""When a reporter who has not said whether it is solved is reminded, once. (Our own decision.)"""
ANSWERED_WITHIN = timedelta(days=14)
"""How long the question waits; then the clock closes the case without an answer.
(Our own decision.)"""
ACCEPT_WITHIN_MINUTES = 15
"""Stage default of the digital-city-management tables: accept within 15 minutes."""
DANGER_TO_LIFE = "S1"
"""The highest severity: a gas leak, somebody in a stuck lift."""
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
SUPERVISE = "supervise"
"""The line of history by which a supervision order is raised; it changes no state."""
ANSWER_ORDER = "answer_order"
"""The line of history by which one is answered."""
RESUME_BY_THE_CLOCK: Move[Case] = Move("resume", "suspended", "handling", by=frozenset())
"""A suspension ends when its time has come, whoever forgot it."""
CLOSE_UNANSWERED: Move[Case] = Move("close_unanswered", "handled", "closed", by=frozenset())
"""A question that nobody answers does not stay open for ever."""

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


# Supervision: who promised is reminded, who supervises is told


@dataclass(frozen=True, slots=True)
class Level:
    """A step of supervision, at so many per cent of the time that was promised.

    `void_from`: from which per cent on it helps nobody, so that it is left out
    when nobody was there in time. `order`: a written answer is asked for.
    """

    percent: int
    void_from: int | None = None
    order: bool = False


ACCEPTING, HANDLING = "accept", "handle"
"""What staff may owe: to accept a report, and to keep the promise that they then made."""

SUPERVISION: Mapping[str, tuple[Level, ...]] = {
    ACCEPTING: (Level(100),),
    HANDLING: (Level(80, void_from=100), Level(100), Level(150, order=True)),
}
"""When it is stepped in: at 80 % who handles it is reminded, at 100 % the committee is told,
at 150 % a supervision order (督办单) is raised. A quarter of an hour to accept is too short
for more than one step. (Our own decision, as everything about supervision here.)"""

ANSWER_WITHIN = timedelta(hours=24)
"""An order is answered within a day, nights and holidays included. (Our own decision.)"""

ANSWERED_BY = frozenset({ASSIGNEE, DISPATCHER})
"""By whom an order is answered, but see `may_answer`."""


class Owed(NamedTuple):
    """What staff owe: which stage, on which clock, from when, until when.

    `late_from`: from when lateness counts; after a pause that is later than `due_at`.
    """

    stage: str
    clock: str
    since: datetime
    due_at: datetime
    late_from: datetime | None = None


def owed(case: Mapping[str, Any]) -> Owed | None:
    """Return what staff owe in a case; nothing while the ball is elsewhere or time stands still."""
    state, clock = case["state"], case["clock"]
    if state == "reported":
        return Owed(ACCEPTING, clock, case["reported_at"], case["accept_by"])
    put_off = state == "suspended" and not case["suspension_approved"]
    if state in RUNNING or put_off:
        return Owed(HANDLING, clock, case["running_since"], case["due_at"], case["late_from"])
    return None


def levels_ahead(term: Owed, raised: int) -> list[tuple[Level, datetime]]:
    """Return the steps of supervision not taken yet, each with the moment after which it is."""
    return [
        (level, _moment(term, level.percent))
        for level in SUPERVISION[term.stage]
        if level.percent > raised
    ]


def _moment(term: Owed, percent: int) -> datetime:
    share = percent / 100
    since, due_at, late_from = term.since, term.due_at, term.late_from
    return clocks.moment_of_share(term.clock, since, due_at, share, late_from=late_from)


def levels_to_raise(case: Mapping[str, Any], now: datetime) -> list[Level]:
    """Return the steps to take now in a case; one that came too late to help is left out."""
    term = owed(case)
    ahead = levels_ahead(term, case["raised"]) if term else []
    # Who is done at the last second is in time, so a step is taken after its moment.
    reached = [level for level, moment in ahead if moment < now]
    highest = max((level.percent for level in reached), default=0)
    return [level for level in reached if level.void_from is None or highest < level.void_from]


def may_answer(held: Collection[str], *, was_ordered: bool) -> bool:
    """Whether somebody who is all of `held` to a case may answer an order in it.

    Whoever handles it or did then, or a colleague in their place: but nobody who only
    supervises, for it is they who want to know.
    """
    if ASSIGNEE in held or (was_ordered and DISPATCHER in held):
        return True
    return DISPATCHER in held and SUPERVISOR not in held


def supervise_at(case: Mapping[str, Any]) -> datetime | None:
    """Return after which moment there is a step of supervision to take in a case, if any."""
    term = owed(case)
    ahead = levels_ahead(term, case["raised"]) if term else []
    return min((moment for _, moment in ahead), default=None)


# What a pause does to a promise


def after_suspension(row: Any, now: datetime) -> dict[str, Any]:
    """Return what the end of a suspension changes.

    Only an approved pause moves the promise: nobody gives themselves more time.
    """
    over = {"suspended_at": None, "suspended_until": None, "suspension_note": None}
    ended = min(now, row.suspended_until)  # what was agreed to, however late we notice
    moved = after_pause(row, row.suspended_at, ended) if row.suspension_approved else {}
    return over | {"suspension_approved": False} | moved


def after_pause(row: Any, paused_at: datetime, now: datetime) -> dict[str, Any]:
    """Return what becomes of a promise that stood still from `paused_at` until `now`."""
    if row.due_at <= paused_at:  # what is late stays late, but a pause makes it no later
        late_from = clocks.late_again(row.clock, row.late_from or row.due_at, paused_at, now)
        return {"late_from": late_from}
    due_at = clocks.resumed(row.clock, row.due_at, paused_at, now)
    whole = clocks.spent(row.clock, row.running_since, row.due_at)
    since = clocks.back(row.clock, due_at, whole)
    return {"due_at": due_at, "expected_by": due_at, "running_since": since}
