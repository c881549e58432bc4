"""The code that the leader's phone shows: another one every thirty seconds, signed here alone.

`R1.<shift>.<step>.<signature>`; `step` counts spans of 30 s since 1970. The signature is an
HMAC whose key never leaves the server, so that nobody makes codes for a moment for which
they were given none. The leader is given those of the whole shift, for places without a network.
"""

import hmac
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from app.core import crypto

STEP = timedelta(seconds=30)
STEPS_OFF = 1
"""A code counts one step before and one after its own: screens and clocks are never quite right."""
LONGEST = 200
"""A code of anybody's, in characters; QR codes on bicycles are long."""
_MARK, _PARTS = "R1", 4


class Rotating(NamedTuple):
    """What a genuine code says."""

    shift_id: int
    step: int


def step_at(moment: datetime) -> int:
    """Return the step that a moment lies in."""
    return int(moment.timestamp()) // int(STEP.total_seconds())


def begins(step: int) -> datetime:
    """Return when a step begins."""
    return datetime.fromtimestamp(step * STEP.total_seconds(), UTC)


def text(shift_id: int, step: int) -> str:
    """Return the code that is shown during a step."""
    said = f"{_MARK}.{shift_id}.{step}"
    return f"{said}.{_signature(said)}"


def read(written: str) -> Rotating | None:
    """Return what a code says, nothing if it is none of ours."""
    parts = written.split(".")
    if len(parts) != _PARTS or parts[0] != _MARK or not all(map(_is_number, parts[1:3])):
        return None
    mine = _signature(".".join(parts[:3]))
    if not hmac.compare_digest(mine.encode(), parts[3].encode("utf-8", "replace")):
        return None
    return Rotating(int(parts[1]), int(parts[2]))


def _is_number(part: str) -> bool:
    return part.isascii() and part.isdecimal() and len(part) <= LONGEST_NUMBER


LONGEST_NUMBER = 19


def _signature(said: str) -> str:
    return crypto.sign(f"round code {said}")


def steps_off(step: int, at: datetime) -> int:
    """Return by how many steps more than is granted a code and a moment are apart."""
    return max(0, abs(step - step_at(at)) - STEPS_OFF)
