"""Volunteers, teams, and hours that were served."""

from datetime import UTC, datetime, timedelta

import pytest

from app.core import clock
from app.core.access import Actor, RoleKind
from app.core.db import db
from app.volunteers import hours, profile, teams
from tests.factories.people import COMMUNITY, make_actor

NOW = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
"""Friday, 09:00 in Shanghai."""
GRID = f"{COMMUNITY}001"
FORM = {"birth_year": 1980, "skills": ["first_aid"], "consent": True}


@pytest.fixture
def now():
    with clock.at(NOW):
        yield NOW


@pytest.fixture
def serve(app, now):
    """Make somebody a volunteer; returns their actor."""

    def make(actor: Actor | None = None, **changes):
        actor = actor or make_actor()
        profile.save_profile(actor, **{**FORM, **changes})
        return actor

    return make


@pytest.fixture
def team(people, serve):
    """Make a peace team in 草堂路社区, led by the demo's resident; returns its view."""

    def make(leader="resident", **changes):
        given = {"name": "平安志愿队", "kind": "peace", "place_code": COMMUNITY, **changes}
        leader_id = serve(people[leader]).resident_id if leader else None
        return teams.create_team(people["committee"], **given, leader_id=leader_id)

    return make


@pytest.fixture
def join(team, serve):
    """Bring a volunteer into a team; returns their actor."""

    def make(found, actor=None, head=None):
        actor = serve(actor or make_actor((RoleKind.RESIDENT, COMMUNITY)))
        teams.join(actor, found["id"])
        head = head or Actor(found["leaders"][0]["id"], "")
        teams.move_member(head, found["id"], actor.resident_id, to="member")
        return actor

    return make


@pytest.fixture
def served(app):
    """Credit somebody with hours; returns the entries' ids."""
    made = iter(range(1000, 100_000))

    def make(actor, minutes=120, *, days_ago=3, place_code=GRID, title="夜间巡逻", **changes):
        start = NOW - timedelta(days=days_ago)
        given = {
            "shift_id": next(made),
            "place_code": place_code,
            "team_id": None,
            "title": title,
            "starts_at": start,
            "ends_at": start + timedelta(minutes=minutes),
            "evidence": 3,
            "attested": False,
            **changes,
        }
        found = hours.credit(actor.resident_id, **given)
        db.session.commit()
        return found.entry_ids

    return make
