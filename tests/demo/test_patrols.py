"""The four weeks of patrols end now, whatever the hour."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from app.core import clock
from app.core.db import read
from app.notices.models import Notice
from app.rounds.models import Attendance
from demo import patrols

pytestmark = pytest.mark.either_database
AFTER_MIDNIGHT = datetime(2027, 3, 31, 16, 30, tzinfo=UTC)
"""Half past midnight in Shanghai: the evening's round is not four hours over."""


def test_nothing_of_what_was_lies_ahead(app, people, monkeypatch):
    monkeypatch.setattr(patrols, "WEEKS", 2)
    monkeypatch.setattr(patrols, "EVENINGS_WALKED", 1.0)
    # Of who stays away it is known half a day later.
    fickle = tuple(replace(person, reliable=0.5) for person in patrols.PEOPLE)
    monkeypatch.setattr(patrols, "PEOPLE", fickle)
    actors = {f"demo:{name}": actor for name, actor in people.items()}
    with clock.at(AFTER_MIDNIGHT):
        patrols.add_past(actors)
    ahead = select(func.count()).where(Attendance.settled_at > AFTER_MIDNIGHT)
    assert read(ahead).scalar_one() == 0
    assert read(select(func.count()).where(Notice.created_at > AFTER_MIDNIGHT)).scalar_one() == 0
    settled = select(func.count()).where(Attendance.settled_at.is_not(None))
    assert read(settled).scalar_one() > 20
