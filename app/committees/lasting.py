"""How long an answer holds if nobody changes anything: until what it counts by the clock passes.

Whoever counts what is late now, or due by now, tells when the next will be.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from flask import g

_HELD = "linli_figures_hold"
_NEXT = timedelta(microseconds=1)


class Lasting:
    """Until when what was reckoned holds; nothing, if the clock alone does not change it."""

    until: datetime | None = None


@contextmanager
def reckoning() -> Iterator[Lasting]:
    """Give what is told of the answer that is reckoned inside."""
    around, held = g.get(_HELD), Lasting()
    setattr(g, _HELD, held)
    try:
        yield held
    finally:
        setattr(g, _HELD, around)


def past(moment: datetime | None) -> datetime | None:
    """Return from when a moment lies behind: what is due by it is not late at it, but after it."""
    return moment and moment + _NEXT


def no_longer_than(moments: Iterable[datetime | None]) -> None:
    """Tell that what is reckoned changes by itself at the first of these moments."""
    held = g.get(_HELD)
    known = [moment for moment in moments if moment is not None]
    if held is not None and known:
        held.until = min(known if held.until is None else [*known, held.until])
