from datetime import date

import pytest

from app.reports import rules
from app.reports.rules import Group

COMMUNITY, STREET = "510105007004", "510105007"


@pytest.mark.parametrize(
    ("key", "first", "last", "before", "number"),
    [
        ("2026-10", "2026-10-01", "2026-10-31", "2026-09", 10),
        ("2026-01", "2026-01-01", "2026-01-31", "2025-12", 1),
        ("2028-02", "2028-02-01", "2028-02-29", "2028-01", 2),
        ("2026-Q1", "2026-01-01", "2026-03-31", "2025-Q4", 1),
        ("2026-Q4", "2026-10-01", "2026-12-31", "2026-Q3", 4),
    ],
)
def test_a_key_names_days(key, first, last, before, number):
    found = rules.period(key)
    assert (found.first.isoformat(), found.last.isoformat()) == (first, last)
    assert (found.before.key, found.number) == (before, number)
    assert found.before.last < found.first


@pytest.mark.parametrize(
    "key",
    ["2026-13", "2026-00", "2026-Q5", "2026-Q0", "2026-1", "2019-12", "２０２６-10", "2026-10 "],
)
def test_what_is_no_key_names_nothing(key):
    assert rules.period(key) is None


@pytest.mark.parametrize(
    ("today", "begun", "over"),
    [
        ("2026-09-30", False, False),
        ("2026-10-01", True, False),
        ("2026-10-31", True, False),
        ("2026-11-01", True, True),
    ],
)
def test_a_month_begins_and_is_over(today, begun, over):
    found, day = rules.period("2026-10"), date.fromisoformat(today)
    assert (found.begun(day), found.over(day)) == (begun, over)


@pytest.mark.parametrize(
    ("today", "keys"),
    [
        ("2026-11-01", ["2026-10", "2026-Q3"]),
        ("2027-01-01", ["2026-12", "2026-Q4"]),
        ("2026-04-01", ["2026-03", "2026-Q1"]),
    ],
)
def test_on_the_first_the_month_and_the_quarter_before_are_due(today, keys):
    assert [found.key for found in rules.due_on(date.fromisoformat(today))] == keys


@pytest.mark.parametrize(
    ("code", "key", "told"),
    [
        (COMMUNITY, "2026-10", True),
        (COMMUNITY, "2026-Q3", False),
        (STREET, "2026-10", False),
        ("nonsense", "2026-10", False),
    ],
)
def test_residents_are_told_of_communities_and_months_only(code, key, told):
    assert rules.for_residents(code, rules.period(key)) is told


@pytest.mark.parametrize(
    ("key", "moment"),
    [("2026-10", "2026-11-01T05:30:00+08:00"), ("2026-Q4", "2027-01-01T05:30:00+08:00")],
)
def test_it_may_be_written_down_in_the_morning_after(key, moment):
    assert rules.period(key).settles_at.isoformat() == moment


def group(code, reported, closed=0, first=0):
    people = tuple(range(first, first + max(reported, closed)))
    return Group(code, people[:reported], people[:closed])


@pytest.mark.parametrize(
    ("groups", "told", "rest", "few"),
    [
        ([], [], (0, 0), False),
        ([group("a", 9), group("b", 5)], ["a", "b"], (0, 0), False),
        # One that is too small takes the smallest that could be told with it.
        ([group("a", 9), group("b", 6), group("c", 4)], ["a"], (10, 0), False),
        # Several small ones of eight people are enough.
        ([group("a", 9), group("b", 4), group("c", 4, first=4)], ["a"], (8, 0), False),
        # Or they are the same few people, however many cases they have.
        ([group("b", 4), group("c", 3)], [], (7, 0), True),
        # Enough have reported, but the two that were closed are few people's, alone and with all.
        ([group("a", 6), group("b", 2, 2)], [], (8, 2), True),
        ([group("a", 9, 6), group("b", 6, 2)], [], (15, 8), False),
    ],
)
def test_few_people_are_told_of_only_with_others(groups, told, rest, few):
    shown, other = rules.lumped(groups)
    assert [found.code for found in shown] == told
    assert (len(other.reported), len(other.closed)) == rest
    assert other.few is few
    # Nothing that is told stands for fewer than five, and no difference does.
    assert not any(found.few for found in shown)
