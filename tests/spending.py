"""What work takes of the processor, as the machine would count it that the limits were set on.

One machine is ten times slower than another, and than itself a moment ago: so that its own
slowness is not taken for the work's, it is asked before and after what a known piece of work takes.
"""

import time
from contextlib import contextmanager
from dataclasses import dataclass

KNOWN_S = 0.01
"""What the known piece of work takes there."""


@dataclass
class Spent:
    """What was spent, in seconds, once it is over."""

    seconds: float = 0.0


@contextmanager
def spending():
    """Give what will hold the seconds that the block takes of the processor."""
    found = Spent()
    before, begun = known(), time.process_time()
    yield found
    took = time.process_time() - begun
    found.seconds = took / max(1.0, before / KNOWN_S, known() / KNOWN_S)


def known() -> float:
    """Return what the known piece of work takes of the processor here and now."""
    begun = time.process_time()
    sum(number * number % 7 for number in range(KNOWN_STEPS))
    return time.process_time() - begun


KNOWN_STEPS = 200_000
