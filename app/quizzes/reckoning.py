"""Going through all first answers once, for the figures of every published question."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import bindparam, case, delete, func, insert, select

from app.core import clock
from app.core.db import changed_rows, read, unit_of_work
from app.quizzes import rules
from app.quizzes.figures import FEWEST_ANSWERS, Given, figures
from app.quizzes.models import Figure, Review, Version

AT_ONCE = 1_000
FEWEST_OTHERS = 3
"""Of whoever answered fewer other questions nobody knows how good they are."""


def reckon() -> int:
    """Reckon the figures of published questions anew; returns how many are flagged."""
    totals = _totals()
    rows = [_figure(row, given) for row, given in _by_version(totals)]
    _keep(rows)
    return sum(row["flagged"] for row in rows)


@unit_of_work()
def _keep(rows: list[dict[str, Any]]) -> None:
    changed_rows(delete(Figure))
    for start in range(0, len(rows), AT_ONCE):
        changed_rows(insert(Figure), rows[start : start + AT_ONCE])


FIRST = Review.stability.is_(None)
"""An answer before which the person had not answered that question."""


def _totals() -> dict[int, tuple[int, int]]:
    """Return of each person how many first answers they gave, and how many were right."""
    right = func.sum(case((Review.correct, 1), else_=0))
    answers = select(Review.resident_id, func.sum(1).label("all"), right.label("right"))
    rows = read(answers.where(FIRST).group_by(Review.resident_id))
    return {row.resident_id: (int(row.all), int(row.right)) for row in rows}


def _by_version(totals: dict[int, tuple[int, int]]) -> Iterator[tuple[Any, list[Given]]]:
    """Give every published version with enough answers, and these: one version at a time.

    Of fewer nothing is kept, not even how many: it would tell what this one or that one answered.
    """
    published = select(Version.id, Version.kind, Version.content, Version.solution)
    for row in read(published.where(Version.state == rules.PUBLISHED)).all():
        answers = read(_ANSWERS, {"version": row.id})
        given = [one for answer in answers for one in _given(answer, totals)]
        if len(given) >= FEWEST_ANSWERS:
            yield row, given


_ANSWERS = select(Review.resident_id, Review.chosen, Review.correct).where(
    Review.version_id == bindparam("version"), FIRST
)


def _given(row: Any, totals: dict[int, tuple[int, int]]) -> Iterator[Given]:
    # Somebody may have answered since the first pass: then they count tomorrow.
    count, right = totals.get(row.resident_id, (0, 0))
    if count > FEWEST_OTHERS:
        yield Given(tuple(row.chosen), row.correct, (right - row.correct) / (count - 1))


def _figure(row: Any, given: list[Given]) -> dict[str, Any]:
    chosen = row.kind != rules.ORDERING
    found = figures(chosen, len(row.content["options"]), row.solution["right"], given)
    return {
        "version_id": row.id,
        "answers": found.answers,
        "facility": found.facility,
        "discrimination": found.discrimination,
        "options": found.options,
        "flags": found.flags,
        "flagged": found.flagged,
        "at": clock.now(),
    }
