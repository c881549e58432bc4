"""How long a link works: the same for everybody all day, and never less than a day."""

from datetime import UTC, datetime, timedelta

import pytest

from app.core import clock
from app.photos import rules


@pytest.mark.parametrize(
    ("now", "dies"),
    [
        ("2026-11-20T16:00:00", "2026-11-22T16:00:00"),
        ("2026-11-20T16:00:01", "2026-11-22T16:00:00"),
        ("2026-11-21T15:59:59", "2026-11-22T16:00:00"),
        ("2026-11-21T16:00:00", "2026-11-23T16:00:00"),
    ],
)
def test_a_link_works_until_the_end_of_the_next_shanghai_day(now, dies):
    moment, end = (datetime.fromisoformat(text).replace(tzinfo=UTC) for text in (now, dies))
    assert rules.link_expiry(moment) == end.timestamp()
    assert end - moment > timedelta(days=1)
    assert end == clock.day_start(clock.shanghai_day(moment) + timedelta(days=2))


def test_a_photo_waits_longer_than_the_key_of_the_draft_that_names_it():
    from app.core.idempotency import KEPT  # noqa: PLC0415

    assert rules.ORPHAN_KEPT > KEPT
