"""How long to wait before what failed is tried again: longer each time, up to an hour."""

from datetime import timedelta

FIRST_RETRY = timedelta(seconds=5)
LONGEST_RETRY = timedelta(hours=1)
MOST_DOUBLINGS = 10
"""A day of failures would double the pause beyond what a timedelta holds."""


def grown(attempts: int) -> timedelta:
    """Return the pause after so many failures before this one: doubling, up to the longest."""
    doubled = FIRST_RETRY * (1 << min(attempts, MOST_DOUBLINGS))
    return min(doubled, LONGEST_RETRY)
