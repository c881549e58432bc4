"""Reminding those in the evening whose streak goes on, if they still have today's five to take."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import bindparam, select

from app.core import clock
from app.core.clock import day_start, shanghai_day
from app.core.db import read, unit_of_work
from app.notices import service as notices
from app.quizzes import streaks
from app.quizzes.models import Attempt, Streak

KIND = "quiz_today"
SHORTEST = 2
"""Days in a row from which somebody is reminded: one day is no habit yet. (Our own decision.)"""
AT_ONCE = 500
TITLE = {"zh-Hans": "今天的五道安全题", "en": "Today's five"}


def remind() -> int:
    """Tell people of today's five, each once a day, in batches; returns how many are told."""
    today = shanghai_day(clock.now())
    told, last = 0, 0
    while True:
        some = _waiting(today, last)
        if not some:
            return told
        last = some[-1].resident_id
        told += _tell(today, some)


def _waiting(today: date, after: int) -> Sequence[Any]:
    """Return streaks that may still go on and have no attempt of today, by resident."""
    earliest = today - timedelta(days=streaks.LONGEST_GAP + 1)
    asked = {"today": today, "earliest": earliest, "after": after, "most": AT_ONCE}
    return read(_STREAKS, asked).all()


_STREAKS = (
    select(Streak.__table__)
    .outerjoin(
        Attempt, (Attempt.resident_id == Streak.resident_id) & (Attempt.day == bindparam("today"))
    )
    .where(
        Streak.resident_id > bindparam("after"),
        Streak.last_day.between(bindparam("earliest"), bindparam("today")),
        Attempt.id.is_(None),
    )
    .order_by(Streak.resident_id)
    .limit(bindparam("most"))
)


@unit_of_work()
def _tell(today: date, some: Sequence[Any]) -> int:
    by_length: dict[int, list[int]] = defaultdict(list)
    for row in some:
        kept = streaks.Streak(row.length, row.longest, row.last_day, row.free_used)
        by_length[streaks.standing(kept, today).length].append(row.resident_id)
    until = day_start(today + timedelta(days=1)) - timedelta(minutes=1)
    return sum(
        notices.tell(
            KIND,
            residents,
            key=f"{KIND}:{today}",
            about=notices.About("quiz", today.toordinal()),
            params={"title": TITLE, "count": length, "by": {"at": until.isoformat()}},
        )
        for length, residents in by_length.items()
        if length >= SHORTEST
    )
