"""How long a link to a photo works, and how long an unused photo is kept."""

from datetime import datetime, timedelta

LINK_DAYS = 2
"""A link works until the end of the next Shanghai day: long enough for a cache,
short enough that a leaked one dies. (Our own decision.)"""

ORPHAN_KEPT = timedelta(days=8)
"""Longer than a draft's idempotency key, so that a late draft still finds its photos."""

DAY = 86400
SHANGHAI_SHIFT = 8 * 3600


def link_expiry(now: datetime) -> int:
    """Return the Unix second at which a link made now stops working.

    The same for everybody all day, so that phones and proxies can keep the photo.
    """
    day = (int(now.timestamp()) + SHANGHAI_SHIFT) // DAY
    return (day + LINK_DAYS) * DAY - SHANGHAI_SHIFT
