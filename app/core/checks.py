"""Whether what people wrote or photographed may be shown to others: the verdicts on it.

WeChat looks at it after it was taken in. Until then its owner and staff see it at
once, others do not. Where checks are off, everything has passed.
"""

from collections.abc import Mapping

PASSED, CHECKING, REVIEW, WITHHELD = "passed", "checking", "review", "withheld"
"""`review`: no machine could tell, so that it stays as it is until a person decides."""
SHOWN = (PASSED, CHECKING, WITHHELD)
"""The verdicts as clients see them."""
UNDECIDED = (CHECKING, REVIEW)

VERDICTS: Mapping[str, str] = {"pass": PASSED, "review": REVIEW, "risky": WITHHELD}
"""What we make of WeChat's suggestions."""


WECHAT, COMMITTEE = "wechat", "committee"
WAITED_FOR: Mapping[str, str] = {CHECKING: WECHAT, REVIEW: COMMITTEE}
"""By a verdict that is none yet, whose it is to come."""


def shown_as(state: str) -> str:
    """Return a verdict as clients see it."""
    return CHECKING if state == REVIEW else state
