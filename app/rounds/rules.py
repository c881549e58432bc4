"""Rounds: what a check-in proves, what attendance comes of it, who answers what. Plain Python.

Evidence levels:
0 somebody says so; 1 a position at the place, or its printed code (which anybody can
photograph, so that it counts no more than a position); 2 the rotating code that the
leader's phone shows; 3 both; 4 the leader attests it; 5 two people attest it, each for themselves.

Limits without a source are our own decisions.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from app.core.states import Move
from app.patrols.rules import CHECK_IN_AFTER, CHECK_IN_BEFORE

START, CHECKPOINT, END = "start", "checkpoint", "end"
KINDS = (START, CHECKPOINT, END)

NO_CODE, STATIC, ROTATING, OWN_CODE, WRONG = "none", "static", "rotating", "own", "wrong"
CODE_KINDS = (NO_CODE, STATIC, ROTATING, OWN_CODE, WRONG)
"""`own`: the rotating code, scanned by somebody who can show it: it proves nothing of them.
`wrong`: no code of ours, or of another round."""

SELF_CLAIM, POSITION, CODE, CODE_AND_POSITION, ATTESTED, ATTESTED_TWICE = range(6)
HELD_BELOW = CODE
"""Points for hours with less evidence wait until there is more, or somebody attests them."""

EXPECTED, ON_ROUND, ENDED, NO_SHOW = "expected", "on_round", "ended", "no_show"
STATES = (EXPECTED, ON_ROUND, ENDED, NO_SHOW)

GRACE = timedelta(minutes=10)
GRACE_SHARE = 6
"""Who comes or goes within ten minutes of the shift's own time counts as punctual; in a
short shift within a sixth of it."""

OPENS_BEFORE = CHECK_IN_BEFORE
CLOSES_AFTER = CHECK_IN_AFTER
"""A check-in is of this round if it was made within so long before the start and after the end."""
TAKEN_FOR = timedelta(days=7)
"""So long after the end a phone may still bring what it kept while it was offline."""
CODES_FROM = timedelta(hours=24)
"""So long before the start the leader may fetch the codes, for places without a network."""

SETTLED_AFTER = timedelta(hours=12)
"""So long after the end a round is settled by the clock, and who left no trace is a no-show."""
APPEAL_WITHIN = timedelta(days=14)
"""So long after it was settled somebody may appeal."""
SOS_AROUND = timedelta(hours=12)
"""Within so long before and after a shift its crew can call for help through it."""

MOST_ACCURATE_M = 50
"""Of what a phone calls its accuracy no more than this is granted, in metres."""
ROUTE_RADIUS_M = 100
"""How far from the route a start or an end may be, in metres."""
FAR_M = 100
"""Farther than this beyond what is granted is suspicious; between, it only proves nothing."""

TRACK_KEPT = timedelta(days=30)
COARSE_DEGREES = 0.005
"""After that, points of check-ins are rounded to this: about 550 m by 480 m."""
COARSE_M = 500.0
"""What is then written down as their accuracy, in metres."""
ANSWERED_WITHIN = timedelta(days=28)
"""So long after the start flags are answered: after that there is nothing left to look at."""
MOST_BATCH, MOST_POINTS = 100, 200


class Span(NamedTuple):
    """When a shift begins and ends."""

    starts_at: datetime
    ends_at: datetime

    @property
    def minutes(self) -> int:
        """Return how long it lasts, in whole minutes."""
        return whole_minutes(self.ends_at - self.starts_at)


class Counted(NamedTuple):
    """A check-in that counts: when it was made by the server's clock, and what it proves."""

    at: datetime
    kind: str
    evidence: int


class Witness(NamedTuple):
    """What one person says of another: `leads` if they may lead the shift."""

    by_id: int
    present: bool
    leads: bool


class Outcome(NamedTuple):
    """What somebody's round comes to; `from_at`, `until_at` are what is credited, if anything."""

    state: str
    started_at: datetime | None
    ended_at: datetime | None
    from_at: datetime | None
    until_at: datetime | None
    minutes: int
    evidence: int
    attested: bool


def whole_minutes(length: timedelta) -> int:
    """Return the whole minutes of a time, none if it is negative."""
    return max(0, int(length.total_seconds()) // 60)


def grace(span: Span) -> timedelta:
    """Return by how much somebody may be late or early in a shift."""
    return min(GRACE, (span.ends_at - span.starts_at) / GRACE_SHARE)


def proves(code_kind: str, *, in_place: bool) -> int:
    """Return the evidence level of one check-in."""
    if code_kind == ROTATING:
        return CODE_AND_POSITION if in_place else CODE
    return POSITION if in_place or code_kind == STATIC else SELF_CLAIM


def outcome(scans: Iterable[Counted], witnesses: Collection[Witness], span: Span) -> Outcome:
    """Return what somebody's check-ins and what others say of them come to.

    It depends on the set of check-ins, not on the order in which they arrived. The leader's
    "was not there" outweighs all of them, and what the crew says; only somebody else who leads
    outweighs it. Without a check-out the last check-in is the end, or the shift's own end for
    whom somebody attests.
    """
    made = sorted(scans, key=lambda scan: (scan.at, KINDS.index(scan.kind)))
    level = _attested(witnesses)
    leaders = {w.present for w in witnesses if w.leads}
    absent = leaders == {False}
    started = made[0].at if made else None
    ended = made[-1].at if made and made[-1].kind == END else None
    first, last = _attended(made, span, attested=level is not None)
    if absent or first is None or last is None:
        state = EXPECTED if not made or absent else ENDED if ended else ON_ROUND
        return Outcome(state, started, ended, None, None, 0, SELF_CLAIM, attested=False)
    state = ENDED if ended or not made else ON_ROUND
    minutes = whole_minutes(last - first)
    evidence = max(_spanned(made), level or SELF_CLAIM)
    return Outcome(
        state, started, ended, first, last, minutes, evidence, attested=level is not None
    )


def _attested(witnesses: Collection[Witness]) -> int | None:
    """Return the evidence level of what others say: the leader, or two people."""
    present = [witness for witness in witnesses if witness.present]
    if len({witness.by_id for witness in present}) > 1:
        return ATTESTED_TWICE
    return ATTESTED if any(witness.leads for witness in present) else None


def _attended(
    made: Sequence[Counted], span: Span, *, attested: bool
) -> tuple[datetime, datetime] | tuple[None, None]:
    """Return the part of the shift that somebody was there, none if there was none."""
    if not made and not attested:
        return None, None
    first = made[0].at if made else span.starts_at
    last = made[-1].at if made else span.ends_at
    if attested and (not made or made[-1].kind != END):
        last = max(last, span.ends_at)
    slack = grace(span)
    first = span.starts_at if first <= span.starts_at + slack else first
    # Who came within the grace but never did anything else was there for a moment only.
    if last >= span.ends_at - slack and (attested or len(made) > 1):
        last = span.ends_at
    last = min(last, span.ends_at)
    if len(made) == 1 and not attested:
        first = last
    return (first, last) if first < last else (None, None)


def _spanned(made: Sequence[Counted]) -> int:
    """Return the highest level whose check-ins span at least half of the time between all."""
    whole = made[-1].at - made[0].at if made else timedelta()
    for level in range(CODE_AND_POSITION, SELF_CLAIM, -1):
        strong = [scan.at for scan in made if scan.evidence >= level]
        if len(strong) > 1 and (strong[-1] - strong[0]) * 2 >= whole:
            return level
    return SELF_CLAIM


def without_position(evidence: int) -> int:
    """Return what is left of a check-in's evidence if its position is not believed."""
    return CODE if evidence >= CODE else SELF_CLAIM


def settled_state(result: Outcome) -> str:
    """Return what somebody was to a round in the end."""
    return NO_SHOW if result.state == EXPECTED else ENDED


def granted(result: Outcome, minutes: int, span: Span) -> Outcome:
    """Return what an appeal makes of it: so many minutes, never more than the shift has."""
    length = timedelta(minutes=min(minutes, span.minutes))
    first = min(result.from_at or span.starts_at, span.ends_at - length)
    return result._replace(
        state=ENDED,
        from_at=first,
        until_at=first + length,
        minutes=whole_minutes(length),
        evidence=max(result.evidence, ATTESTED),
        attested=True,
    )


def is_open(at: datetime, span: Span) -> bool:
    """Whether a check-in made at that moment is of this round."""
    return span.starts_at - OPENS_BEFORE <= at <= span.ends_at + CLOSES_AFTER


WITH_VARIANTS = {
    "mocked": ("same_point",),
    "copied_track": ("drawn",),
    "shared_code": ("times",),
}
"""Doubts that rest on one of several things: the fact that says which."""

# Calls for help

CALLER, LEADER = "caller", "leader"
SOS_STATES = ("open", "acknowledged", "closed")
SOS_MOVES: tuple[Move[None], ...] = (
    Move("acknowledge", "open", "acknowledged", by=frozenset({LEADER})),
    Move("close", "open", "closed", by=frozenset({LEADER}), needs=("note",), allows=()),
    Move("close", "acknowledged", "closed", by=frozenset({LEADER}), needs=("note",), allows=()),
    Move("take_back", "open", "closed", by=frozenset({CALLER})),
    Move("take_back", "acknowledged", "closed", by=frozenset({CALLER})),
)
"""Nobody acknowledges their own call; who called may say that all is well."""

# Appeals

ASKED, GRANTED, REFUSED = "asked", "granted", "refused"
APPEAL_STATES = (ASKED, GRANTED, REFUSED)
LONGEST_NOTE = 500
