"""The log of answers for tools that fit FSRS anew: who answered is nobody in it.

The columns are those of FSRS Optimizer (https://pypi.org/project/fsrs-optimizer/): card_id,
review_time and review_duration in milliseconds, review_rating 1 to 4. A card is one person with one
question; it goes by a name of this export alone, and the lines are in the order of these names, so
that nobody can tell which cards are one person's.
"""

import csv
import hashlib
import secrets
from typing import IO

from sqlalchemy import select

from app.core.db import read
from app.quizzes.models import Review

COLUMNS = ("card_id", "review_time", "review_rating", "review_duration")
AT_ONCE = 5_000


def export_reviews(stream: IO[str]) -> int:
    """Write all answers as CSV; returns how many. They are sorted in memory."""
    key = secrets.token_bytes(32)
    lines: list[tuple[str, int, int, int | str]] = []
    for row in read(_REVIEWS).yield_per(AT_ONCE):
        whose = f"{row.resident_id}:{row.question_id}".encode()
        name = hashlib.blake2b(whose, digest_size=10, key=key).hexdigest()
        spent = "" if row.seconds is None else row.seconds * 1_000
        lines.append((name, int(row.answered_at.timestamp() * 1_000), row.rating, spent))
    lines.sort(key=lambda line: line[:2])
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(lines)
    return len(lines)


_REVIEWS = select(
    Review.resident_id,
    Review.question_id,
    Review.answered_at,
    Review.rating,
    Review.seconds,
).order_by(Review.id)
