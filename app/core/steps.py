"""What the clock does to many: one after another, each in a transaction of its own."""

import logging
from collections.abc import Callable, Iterable

log = logging.getLogger(__name__)


def one_by_one(
    numbers: Iterable[int],
    step: Callable[[int], int],
    *,
    too_late: tuple[type[Exception], ...] = (),
) -> int:
    """Take a step with each row; returns the sum of what the steps return.

    What is wrong with one is no reason to leave the others standing: it is logged, and
    counts as nothing. `too_late`: what says that somebody was faster, which is no fault.
    """
    return sum(_tried(number, step, too_late) for number in numbers)


def _tried(number: int, step: Callable[[int], int], too_late: tuple[type[Exception], ...]) -> int:
    try:
        return int(step(number))
    except too_late:
        return 0
    except Exception:
        log.exception("%s %s: %s failed", step.__module__, number, step.__name__)
        return 0
