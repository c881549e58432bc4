"""How long a link to a photo works, and how long an unused photo is kept."""

from datetime import datetime, timedelta

LINK_DAYS = 2
"""A link works until the end of the next Shanghai day: long enough for a cache,
short enough that a leaked one dies. (Our own decision.)"""

ORPHAN_KEPT = timedelta(days=8)
"""Longer than a draft's idempotency key, so that a late draft still finds its photos."""

VERDICT_WITHIN = timedelta(minutes=40)
"""WeChat's verdict comes within 30 minutes; with some slack we then ask again."""
MOST_ASKED = 3
"""So often is asked; without a verdict then, a person decides. (Our own decision.)"""
TRACE_AWAITED = timedelta(days=1)
"""How long a verdict waits for the photo that it is about: it may come before WeChat's
name for the question is stored, but one about a photo that is gone never finds it."""

DAY = 86400
SHANGHAI_SHIFT = 8 * 3600


def link_expiry(now: datetime) -> int:
    """Return the Unix second at which a link made now stops working.

    The same for everybody all day, so that phones and proxies can keep the photo.
    """
    day = (int(now.timestamp()) + SHANGHAI_SHIFT) // DAY
    return (day + LINK_DAYS) * DAY - SHANGHAI_SHIFT
