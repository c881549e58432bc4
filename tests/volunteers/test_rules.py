"""Who may serve, how teams are joined, what a certificate is worth: by tables."""

from datetime import UTC, date, datetime, timedelta

import pytest

from app.core.states import choose_move, open_moves
from app.volunteers import rules

LAST, FIRST = date(2026, 12, 31), date(2027, 1, 1)


@pytest.mark.parametrize(
    ("birth_year", "today", "too_young", "guardian"),
    [
        (2012, LAST, True, True),   # 14 this year, and who knows when
        (2011, LAST, False, True),  # 14 for certain
        (2012, FIRST, False, True),
        (2008, LAST, False, True),  # 18 this year, and who knows when
        (2007, LAST, False, False),
        (2008, FIRST, False, False),
        (1950, LAST, False, False),
    ],
)  # fmt: skip
def test_of_a_year_everybody_is_taken_for_its_youngest(birth_year, today, too_young, guardian):
    assert rules.is_too_young(birth_year, today) is too_young
    assert rules.needs_guardian(birth_year, today) is guardian


def test_nobody_under_fourteen_gets_through_whatever_their_birthday():
    for day in (date(2026, 1, 1), date(2026, 6, 30), date(2026, 12, 31)):
        for year in range(2005, 2020):
            for birthday in (date(year, 1, 1), date(year, 7, 1), date(year, 12, 31)):
                age = day.year - year - ((day.month, day.day) < (birthday.month, birthday.day))
                assert rules.is_too_young(year, day) or age >= rules.LEAST_AGE
                assert rules.needs_guardian(year, day) or age >= rules.OF_AGE


@pytest.mark.parametrize(
    ("times", "faulty"),
    [
        ([], []),
        ([("09:00", "11:00")], []),
        ([("22:00", "24:00"), ("00:00", "06:00")], []),
        ([("22:00", "06:00")], [0]),
        ([("09:00", "11:00"), ("10:00", "10:00")], [1]),
    ],
)
def test_a_time_ends_after_it_begins(times, faulty):
    assert rules.faulty_times([{"from": one, "to": other} for one, other in times]) == faulty


SELF, HEAD, STAFF = rules.ONESELF, rules.HEAD, rules.STAFF
MAY = {
    ("nobody", SELF): {"ask"},
    ("nobody", HEAD): {"invite"},
    ("nobody", STAFF): {"invite"},
    ("left", SELF): {"ask_again"},
    ("left", HEAD): {"invite_again"},
    ("left", STAFF): {"invite_again"},
    ("asked", SELF): {"withdraw"},
    ("asked", HEAD): {"accept", "refuse"},
    ("asked", STAFF): {"accept", "refuse"},
    ("invited", SELF): {"agree", "decline"},
    ("invited", HEAD): {"take_back"},
    ("invited", STAFF): {"take_back"},
    ("member", SELF): {"leave"},
    ("member", HEAD): {"remove", "make_leader"},
    ("member", STAFF): {"remove", "make_leader"},
    ("leader", SELF): {"step_down", "resign"},
    ("leader", HEAD): set(),
    ("leader", STAFF): {"unmake_leader", "remove_leader"},
}


@pytest.mark.parametrize(("standing", "who"), MAY, ids=str)
def test_who_may_move_a_membership(standing, who):
    found = open_moves(rules.MEMBERSHIP_MOVES, rules.Standing(), standing, {who})
    assert {move.name for move in found} == MAY[standing, who]


def test_the_table_names_every_standing():
    assert {standing for standing, _ in MAY} == set(rules.STANDINGS)


def test_the_only_leader_of_others_does_not_walk_away():
    needed = rules.Standing(needed=True)
    assert open_moves(rules.MEMBERSHIP_MOVES, needed, "leader", {SELF}) == []
    move = choose_move(rules.MEMBERSHIP_MOVES, needed, "leader", "left", {STAFF}, given={})
    assert move.name == "remove_leader"


ISSUED = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("after", "revoked", "state"),
    [
        (timedelta(0), None, "in_notice"),
        (timedelta(days=7, seconds=-1), None, "in_notice"),
        (timedelta(days=7), None, "valid"),
        (timedelta(days=900), None, "valid"),
        (timedelta(days=1), ISSUED, "revoked"),
        (timedelta(days=900), ISSUED, "revoked"),
    ],
)
def test_a_certificate_is_good_after_a_week_of_notice(after, revoked, state):
    assert rules.certificate_state(ISSUED, revoked, ISSUED + after) == state


@pytest.mark.parametrize(
    ("name", "shown"), [("周明", "周**"), ("欧阳小明明", "欧**"), ("Anna", "A**"), ("A", "A**")]
)
def test_a_name_is_masked_whatever_its_length(name, shown):
    assert rules.masked(name) == shown


@pytest.mark.parametrize(
    ("place", "other", "covers"),
    [
        ("510105007004", "510105007004001", True),
        ("510105007004", "510105007004", True),
        ("510105007004001", "510105007004", False),
        ("510105007004", "510105007005", False),
    ],
)
def test_a_place_covers_what_lies_in_it(place, other, covers):
    assert rules.covers(place, other) is covers
