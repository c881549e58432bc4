"""The simulated night: who cheats is flagged, who does not is not; the same every time."""

import pytest

from app.core.db import db, read
from app.rounds import rules
from app.rounds.models import Attendance
from app.volunteers.hours_models import HourEntry
from tools.night import play
from tools.night.__main__ import night
from tools.night.forgeries import FORGERIES

MOST_HONEST_FLAGGED = 0.02
SIZES = {"sqlite": (200, 3), "postgresql": (60, 1)}
"""Volunteers, and cheats of each kind: all of it once, and enough of it on the other engine."""


@pytest.mark.slow
def test_all_who_cheat_are_flagged_and_hardly_anybody_else(app):
    volunteers, forged = SIZES[db.engine.dialect.name]
    verdicts = night(volunteers, forged)
    assert len(verdicts) == volunteers
    for name, (kind, _) in FORGERIES.items():
        those = [verdict for verdict in verdicts if verdict.walker.cheats == name]
        assert len(those) >= forged, name
        assert all(kind in verdict.flags for verdict in those), name
    honest = [verdict for verdict in verdicts if verdict.walker.cheats is None]
    flagged = [verdict for verdict in honest if verdict.flags]
    assert len(flagged) <= MOST_HONEST_FLAGGED * len(honest), play.table(verdicts)
    assert_hours_follow()
    assert_honest_hours_are_true(honest)


def assert_hours_follow():
    """Everybody is settled; what was credited is what was attended, held without evidence."""
    attended = read(db.select(*Attendance.__table__.columns)).all()
    assert all(row.settled_at for row in attended)
    assert {row.state for row in attended} <= {rules.ENDED, rules.NO_SHOW}
    credited = {row.resident_id: row for row in read(db.select(*HourEntry.__table__.columns))}
    for row in attended:
        entry = credited.get(row.resident_id)
        assert (entry.minutes if entry else 0) == row.minutes
        assert entry is None or (entry.state == "held") == (row.evidence < rules.HELD_BELOW)


def assert_honest_hours_are_true(honest):
    """Who walked honestly is credited what they walked; who forgot to check out a little less."""
    for verdict in honest:
        trip = verdict.walker.trip
        over = verdict.minutes - trip.true_minutes
        assert over <= 2 * rules.whole_minutes(rules.GRACE)
        if trip.scans[0].kind == "start" and trip.scans[-1].kind == "end":
            assert over >= -2
