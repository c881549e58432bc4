"""Residences: their states and moves. And what a person may choose."""

from datetime import datetime, timedelta

from app.core.states import Move

PRIVACY_VERSION = "2026-11-21"
"""The version of the privacy notice that is shown now; a new text is a new version."""

LETTER_SIZES = ("standard", "large")
NAMELESS = "邻居"
"""What somebody is called until they say how."""

OWNER = "owner"
DECIDER = "decider"

RESIDENCE_STATES = ("requested", "confirmed", "refused", "withdrawn")
RESIDENCE_MOVES: tuple[Move[None], ...] = (
    Move("confirm", "requested", "confirmed", by=frozenset({DECIDER})),
    Move("refuse", "requested", "refused", by=frozenset({DECIDER}), needs=("note",), allows=()),
    Move("withdraw", "requested", "withdrawn", by=frozenset({OWNER})),
    Move("move_away", "confirmed", "withdrawn", by=frozenset({OWNER})),
)


def masked(phone: str) -> str:
    """Return a phone number that one recognises but cannot call: `138****0001`."""
    return f"{phone[:3]}****{phone[-4:]}"


MOST_NAMESAKES = 10

LEAVING_FOR = timedelta(days=7)
"""Between asking to be deleted and being erased. Long enough to notice that somebody else asked
on one's phone; and well within the fifteen working days that regulators measure apps by."""
NO_COPY, MAKING, READY, FAILED = "none", "making", "ready", "failed"
COPY_STATES = (NO_COPY, MAKING, READY, FAILED)
COPY_KEPT = timedelta(days=3)
COPY_LINK_FOR = timedelta(hours=1)
"""Long enough to fetch it on another device; the next look at the page gives another link."""
COPY_TAKES = timedelta(minutes=15)
"""After this nobody is making it any more."""
MOST_COPIED = 300
"""Photos in one copy, the newest: some hundred megabytes are more than a phone takes."""

WAITING, LET_IN, REFUSED, OPEN, ENDED, OVER = (
    "waiting",
    "let_in",
    "refused",
    "open",
    "ended",
    "over",
)
DESK_STATES = (WAITING, LET_IN, REFUSED, OPEN, ENDED)
DESK_STATES_SHOWN = (*DESK_STATES, OVER)
"""`over`: nobody decided in time, or the desk's day has passed."""
DESK_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""No 0, 1, I or O: somebody may have to type it."""
DESK_CODE_LENGTH = 8
DESK_CODE_FOR = timedelta(minutes=2)
"""40 bits live for two minutes, and a phone may look at twenty a minute."""
DESK_FOR = timedelta(hours=12)
"""A working day; the computer of an office is nobody's own."""
DESK_IDLE = timedelta(hours=2)
DESK_SEEN_EVERY = timedelta(minutes=5)
"""So that reading a page is seldom a write."""
UNDECIDED_KEPT = timedelta(days=1)
DESK_KEPT = timedelta(days=30)
MOST_DESKS = 20
LONGEST_BROWSER = 60
LONGEST_ADDRESS = 45
"""Of an IPv6 address with an IPv4 one in it."""


def desk_code(typed: str) -> str:
    """Return a code as it is kept, however it was typed: `k7qx-2m9p` is `K7QX2M9P`."""
    return "".join(letter for letter in typed.upper() if letter in DESK_ALPHABET)


def desk_state(state: str, expires_at: datetime, now: datetime) -> str:
    """Return the state as it is seen at a moment."""
    return OVER if state in {WAITING, LET_IN, OPEN} and expires_at <= now else state
