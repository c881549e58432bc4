"""On which days a template's shifts are: tables."""

from datetime import UTC, date, datetime

import pytest

from app.rosters import recurrence

MONDAY = date(2026, 11, 23)


def nov(number):
    return date(2026, 11, number)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("FREQ=DAILY", "FREQ=DAILY"),
        ("rrule:freq=weekly;byday=we,mo", "FREQ=WEEKLY;BYDAY=MO,WE"),
        ("BYDAY=SU;FREQ=WEEKLY;INTERVAL=2", "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU"),
        ("FREQ=WEEKLY;INTERVAL=1", "FREQ=WEEKLY"),
        ("FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR", "FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR"),
    ],
)
def test_a_rule_has_one_spelling(written, kept):
    assert recurrence.checked(written) == kept
    assert recurrence.checked(kept) == kept


@pytest.mark.parametrize(
    "written",
    [
        "",
        "DAILY",
        "FREQ=MONTHLY",
        "FREQ=SECONDLY",
        "FREQ=DAILY;COUNT=3",
        "FREQ=DAILY;UNTIL=20261201",
        "FREQ=WEEKLY;BYDAY=1MO",
        "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=WEEKLY;BYDAY=MO,MO",
        "FREQ=DAILY;FREQ=DAILY",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;INTERVAL=9",
        "FREQ=DAILY;INTERVAL=-1",
        "FREQ=DAILY;BYHOUR=3",
        "INTERVAL=2",
        "FREQ=DAILY;",
        "FREQ=DAILY\nFREQ=WEEKLY",
        "FREQ=WEEKLY;BYDAY=" + "MO," * 60,
    ],
)
def test_other_rules_are_refused(written):
    with pytest.raises(recurrence.NoSuchRuleError):
        recurrence.checked(written)


DAYS = {
    "weekdays": ("FREQ=WEEKLY;BYDAY=MO,WE", MONDAY, None, (23, 30), [23, 25, 30]),
    "every day": ("FREQ=DAILY", MONDAY, None, (28, 30), [28, 29, 30]),
    "every other day, counted from the first": (
        "FREQ=DAILY;INTERVAL=2",
        nov(22),
        None,
        (23, 27),
        [24, 26],
    ),
    "every other week": ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", nov(9), None, (9, 30), [9, 23]),
    "not before the first day": ("FREQ=DAILY", nov(25), None, (20, 26), [25, 26]),
    "not after the last": ("FREQ=DAILY", nov(20), nov(24), (23, 30), [23, 24]),
    "the first day need not be one": ("FREQ=WEEKLY;BYDAY=FR", MONDAY, None, (23, 28), [27]),
    "the weekday of the first day": ("FREQ=WEEKLY", nov(24), None, (20, 30), [24]),
    "nothing between": ("FREQ=WEEKLY;BYDAY=FR", MONDAY, None, (28, 30), []),
    "backwards": ("FREQ=DAILY", MONDAY, None, (30, 28), []),
}


@pytest.mark.parametrize("name", DAYS)
def test_the_days_of_a_rule(name):
    rule, first, until, between, expected = DAYS[name]
    found = recurrence.days(
        rule, from_day=first, until_day=until, first=nov(between[0]), last=nov(between[1])
    )
    assert found == [nov(number) for number in expected]


def test_times_are_those_of_shanghais_walls():
    found = recurrence.moments(MONDAY, "22:00", 240)
    assert found == (datetime(2026, 11, 23, 14, tzinfo=UTC), datetime(2026, 11, 23, 18, tzinfo=UTC))


@pytest.mark.parametrize("number", range(23, 30))
def test_each_day_belongs_to_the_week_of_its_monday(number):
    assert recurrence.monday_of(nov(number)) == MONDAY


def test_a_week_has_seven_days():
    assert list(recurrence.week_days(MONDAY)) == [*map(nov, range(23, 30))]
