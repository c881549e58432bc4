"""Residences: their states and moves. And what a person may choose."""

from app.core.states import Move

PRIVACY_VERSION = "2026-11"
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
