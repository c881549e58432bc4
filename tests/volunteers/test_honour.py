"""On the honour board are teams of three or more, and those who asked to be named."""

from datetime import UTC, datetime, timedelta

import pytest

from app.core import clock
from app.volunteers import honour, hours, profile, teams
from tests.factories.people import COMMUNITY, ELSEWHERE, SIBLING, make_actor

NOW = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)
FORM = {"birth_year": 1980, "skills": [], "consent": True}


@pytest.fixture(autouse=True)
def noon():
    with clock.at(NOW):
        yield


@pytest.fixture
def serve():
    """Let somebody serve so many hours, some days ago."""
    shifts = iter(range(1, 10_000))

    def make(actor, served, *, days=1, team_id=None, place=COMMUNITY, evidence=3):
        starts_at = NOW - timedelta(days=days)
        return hours.credit(
            actor.resident_id,
            shift_id=next(shifts),
            place_code=place,
            team_id=team_id,
            title="夜巡",
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=served),
            evidence=evidence,
            attested=False,
        )

    return make


@pytest.fixture
def asked():
    """Make a volunteer who asked to be named, or did not."""

    def make(name, *, named=True):
        actor = make_actor(name=name)
        profile.save_profile(actor, **FORM, on_honour_board=named)
        return actor

    return make


def names(board):
    return [(row["name"], row["hours"]) for row in board["people"]]


def test_only_those_who_asked_are_named(people, serve, asked):
    serve(asked("王姐"), 2)
    serve(asked("老李", named=False), 9)
    serve(people["neighbour"], 9)
    assert names(honour.honour_board(people["stranger"], place=COMMUNITY)) == [("王姐", 2.0)]


def test_who_does_not_want_to_any_more_is_gone_at_once(people, serve, asked):
    actor = asked("王姐")
    serve(actor, 2)
    profile.save_profile(actor, **FORM, on_honour_board=False)
    assert names(honour.honour_board(people["resident"], place=COMMUNITY)) == []


def test_a_team_of_fewer_than_three_is_not_shown(people, serve):
    team_id = teams.create_team(
        people["committee"], name="平安志愿队", kind="peace", place_code=COMMUNITY
    )["id"]
    crew = [make_actor() for _ in range(3)]
    for actor in crew[:2]:
        serve(actor, 2, team_id=team_id)
    assert honour.honour_board(people["resident"], place=COMMUNITY)["teams"] == []
    serve(crew[2], 1, team_id=team_id)
    assert honour.honour_board(people["resident"], place=COMMUNITY)["teams"] == [
        {"team_id": team_id, "name": "平安志愿队", "hours": 5.0, "people": 3}
    ]
    rows = honour.minutes_by_team(COMMUNITY, NOW - timedelta(days=9), NOW)
    assert [tuple(row) for row in rows] == [(team_id, "平安志愿队", 300, 3)]


def test_most_hours_first_and_only_those_that_count(people, serve, asked):
    first, second, third = asked("甲"), asked("乙"), asked("丙")
    serve(first, 1)
    serve(second, 3)
    serve(third, 5, evidence=1)
    back = serve(third, 4, days=3)
    hours.reverse(None, back.entry_ids[0], "没有来")
    assert names(honour.honour_board(people["resident"], place=COMMUNITY)) == [
        ("乙", 3.0),
        ("甲", 1.0),
    ]


def test_a_period_is_this_month_this_year_or_ever(people, serve, asked):
    actor = asked("王姐")
    for days, served in ((1, 1), (40, 2), (400, 4)):
        serve(actor, served, days=days)
    found = {
        period: names(honour.honour_board(people["resident"], place=COMMUNITY, period=period))
        for period in ("month", "year", "all")
    }
    assert {period: rows[0][1] for period, rows in found.items()} == {
        "month": 1.0,
        "year": 3.0,
        "all": 7.0,
    }


def test_a_place_has_what_was_served_within_it(people, serve, asked):
    actor = asked("王姐")
    serve(actor, 1)
    serve(actor, 2, days=2, place=SIBLING)
    serve(actor, 4, days=3, place=ELSEWHERE)
    board = honour.honour_board
    assert names(board(people["resident"])) == [("王姐", 1.0)]
    assert names(board(people["resident"], place=COMMUNITY[:9])) == [("王姐", 3.0)]
    assert names(board(people["street"])) == [("王姐", 3.0)]
    assert names(board(people["stranger"])) == []


def test_stars_are_those_of_all_hours(people, serve, asked):
    actor = asked("王姐")
    for days in range(10):
        serve(actor, 10, days=400 + days)
    serve(actor, 1)
    row = honour.honour_board(people["resident"], place=COMMUNITY)["people"][0]
    assert (row["hours"], row["stars"]) == (1.0, 1)
    assert honour.minutes_between(actor.resident_id, NOW - timedelta(days=2), NOW) == 60
