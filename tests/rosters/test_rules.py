"""Who suits a shift, why, and how fair a roster is: tables."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.core.clock import SHANGHAI
from app.places.coordinates import Point
from app.rosters import rules
from app.rosters.rules import Need, Person, Reason

GRID, COMMUNITY = "510105007004001", "510105007004"
HERE = Point(30.66, 104.03)


def wall(day, clock):
    return datetime.fromisoformat(f"2026-11-{day:02}T{clock}").replace(tzinfo=SHANGHAI)


def span(day, start, end):
    """A shift of a day of November 2026; the 23rd is a Monday."""
    first, last = wall(day, start), wall(day, end)
    return first.astimezone(UTC), (last if last > first else last + timedelta(days=1)).astimezone(
        UTC
    )


NEED = Need(span(23, "19:00", "21:00"), GRID, (HERE,))
PERSON = Person(1, served=3)

TIMES = {
    "all of it": ([(1, "18:00", "22:00")], NEED.span, True),
    "just so": ([(1, "19:00", "21:00")], NEED.span, True),
    "another day": ([(2, "18:00", "22:00")], NEED.span, False),
    "too late": ([(1, "19:01", "22:00")], NEED.span, False),
    "too short": ([(1, "18:00", "20:59")], NEED.span, False),
    "two that touch": ([(1, "18:00", "20:00"), (1, "20:00", "22:00")], NEED.span, True),
    "two with a gap": ([(1, "18:00", "20:00"), (1, "20:01", "22:00")], NEED.span, False),
    "over midnight": (
        [(1, "22:00", "24:00"), (2, "00:00", "06:00")],
        span(23, "22:00", "02:00"),
        True,
    ),
    "only until midnight": ([(1, "20:00", "24:00")], span(23, "22:00", "02:00"), False),
    "a minute before midnight is midnight": (
        [(1, "20:00", "23:59"), (2, "00:00", "03:00")],
        span(23, "22:00", "02:00"),
        True,
    ),
    "Sunday night into Monday": (
        [(7, "22:00", "24:00"), (1, "00:00", "03:00")],
        span(22, "23:00", "01:00"),
        True,
    ),
    "one window over midnight": ([(1, "22:00", "06:00")], span(23, "23:00", "05:00"), True),
    "nothing": ([], NEED.span, False),
}


@pytest.mark.parametrize("name", TIMES)
def test_said_times_cover_a_shift_or_do_not(name):
    said, shift, covered = TIMES[name]
    assert rules.available(said, shift) == covered


def moved(metres):
    return Point(HERE.lat + metres / 111_195, HERE.lon)


NEARNESS = {
    "next door": ({"home_code": GRID, "home": moved(100)}, "near"),
    "a walk away": ({"home_code": "510105007004002", "home": moved(1200)}, "walk"),
    "far, but of the community": (
        {"home_code": "510105007004009", "home": moved(3000)},
        "community",
    ),
    "of the grid, no point known": ({"home_code": GRID}, "near"),
    "of the community, no more known": ({"home_code": COMMUNITY}, "community"),
    "next door in another community": (
        {"home_code": "510105007005001", "home": moved(200)},
        "near",
    ),
    "elsewhere": ({"home_code": "320506100006"}, None),
    "no home": ({}, None),
}


@pytest.mark.parametrize("name", NEARNESS)
def test_how_near_somebody_lives(name):
    fields, said = NEARNESS[name]
    assert rules.closeness(NEED, replace(PERSON, **fields)) == said


KEPT_AWAY = {
    "pauses": ({"paused": True}, {}, "paused"),
    "lacks the skill": (
        {"skills": frozenset({"it"})},
        {"skills": frozenset({"first_aid"})},
        "skill_missing",
    ),
    "said other times": ({"availability": ((2, "08:00", "12:00"),)}, {}, "not_available"),
    "said no times": ({}, {}, None),
    "has more skills than needed": (
        {"skills": frozenset({"it", "first_aid"})},
        {"skills": frozenset({"first_aid"})},
        None,
    ),
}


@pytest.mark.parametrize("name", KEPT_AWAY)
def test_what_keeps_somebody_from_being_asked(name):
    person, need, code = KEPT_AWAY[name]
    assert rules.unsuited(replace(NEED, **need), replace(PERSON, **person)) == code


REASONS = {
    "nothing speaks for them": ({}, {}, 0, []),
    "a skill": (
        {"skills": frozenset({"first_aid", "it"})},
        {"skills": frozenset({"first_aid"})},
        15,
        [Reason("skill", "first_aid")],
    ),
    "lives near": ({"home_code": GRID}, {}, 20, [Reason("near")]),
    "likes the community": ({"likes": (COMMUNITY,)}, {}, 10, [Reason("likes")]),
    "likes another grid": ({"likes": ("510105007004002",)}, {}, 0, []),
    "of the team": ({"teams": frozenset({7})}, {"team_id": 7}, 10, [Reason("team")]),
    "of another team": ({"teams": frozenset({7})}, {"team_id": 8}, 0, []),
    "free then": ({"availability": ((1, "18:00", "22:00"),)}, {}, 25, [Reason("free")]),
    "had no turn": ({"served": 0}, {}, 30, [Reason("turn")]),
    "had one turn": ({"served": 1}, {}, 20, [Reason("seldom", 1)]),
    "had two turns": ({"served": 2}, {}, 10, [Reason("seldom", 2)]),
    "all at once": (
        {"skills": frozenset({"first_aid"}), "home_code": GRID, "served": 0},
        {"skills": frozenset({"first_aid"})},
        65,
        [Reason("skill", "first_aid"), Reason("near"), Reason("turn")],
    ),
}


@pytest.mark.parametrize("name", REASONS)
def test_what_speaks_for_somebody(name):
    person, need, points, reasons = REASONS[name]
    found = rules.score(replace(NEED, **need), replace(PERSON, **person))
    assert (found.points, list(found.reasons)) == (points, reasons)


def test_of_equals_whoever_served_least_lately_is_first():
    now = datetime(2026, 11, 21, tzinfo=UTC)
    people = [
        replace(PERSON, id=1, served=4, last_served=now),
        replace(PERSON, id=2, served=3, last_served=now),
        replace(PERSON, id=3, served=3, last_served=now - timedelta(days=9)),
        replace(PERSON, id=4, served=3),
    ]
    ranked = sorted(people, key=lambda each: rules.order(each, rules.score(NEED, each)))
    assert [each.id for each in ranked] == [4, 3, 2, 1]


@pytest.mark.parametrize(
    ("availability", "may"),
    [((), False), (((1, "18:00", "22:00"),), True), (((2, "18:00", "22:00"),), False)],
)
def test_nobody_is_put_on_a_roster_for_a_time_they_did_not_say(availability, may):
    assert rules.may_be_rostered(NEED, replace(PERSON, availability=availability)) == may


@pytest.mark.parametrize(
    ("loads", "gini"),
    [
        ([], 0),
        ([0, 0], 0),
        ([2, 2, 2], 0),
        ([0, 0, 0, 8], 0.75),
        ([1, 3], 0.25),
        ([0, 1, 2, 3], 5 / 12),
    ],
)
def test_the_gini_figure(loads, gini):
    assert rules.gini(loads) == pytest.approx(gini)


def test_the_figures_of_a_spread():
    assert rules.spread([1, 3]) == {"gini": 0.25, "most": 3, "least": 1, "squares": 10}


def test_nobody_is_asked_more_than_twice_a_week():
    assert [rules.left_to_ask({7: calls}, 7) for calls in range(4)] == [True, True, False, False]
    assert rules.left_to_ask({}, 7)


def test_likings_stay_below_what_a_step_of_load_weighs():
    person = replace(PERSON, likes=(COMMUNITY,), teams=frozenset({7}), home_code=GRID)
    assert rules.liking(replace(NEED, team_id=7), person) == 9
    assert rules.liking(NEED, PERSON) == 0
