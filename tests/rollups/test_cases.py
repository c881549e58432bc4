"""Ways in which facts may come: each leaves what one counts by hand, and what all anew leaves."""

from datetime import UTC, date, datetime, time

from app.places.rules import PlaceKind
from app.rollups import anew, reading, rolling, rules
from bench.rollups_brute import Brute
from tests.rollups.test_rolling import by_hand, stored

COMMUNITY = "510105001001"
HERE, NEXT_DOOR, OTHER_STREET = f"{COMMUNITY}001", f"{COMMUNITY}002", "510105002001001"
OTHER_DISTRICT = "510106001001001"
MONDAY, NEW_YEAR, SUNDAY = date(2025, 12, 29), date(2026, 1, 1), date(2026, 1, 4)
"""Of a week that lies in two years."""
DECEMBER, FEBRUARY, MARCH = date(2025, 12, 3), date(2026, 2, 10), date(2026, 3, 31)
AFTER_IT = date(2026, 4, 1)
LEARNT, PATROLLED, REPORTED = rules.LEARNT, rules.PATROLLED, rules.REPORTED

CASES = {
    "the first": [(1, NEW_YEAR, HERE, LEARNT, 1)],
    "later, there again": [(1, FEBRUARY, HERE, LEARNT, 1)],
    "later, in another activity": [(1, MARCH, HERE, PATROLLED, 1)],
    "late, before all others": [(1, DECEMBER, HERE, LEARNT, 1)],
    "late, between two, next door": [(1, SUNDAY, NEXT_DOOR, LEARNT, 1)],
    "two of a day alike": [(2, FEBRUARY, HERE, LEARNT, 1), (2, FEBRUARY, HERE, LEARNT, 1)],
    "two of a day in two activities": [
        (3, FEBRUARY, HERE, LEARNT, 1), (3, FEBRUARY, HERE, REPORTED, 1),
    ],
    "of a day at every level": [
        (4, FEBRUARY, HERE, LEARNT, 1), (4, FEBRUARY, COMMUNITY, LEARNT, 1),
        (4, FEBRUARY, COMMUNITY[:9], LEARNT, 0), (4, FEBRUARY, COMMUNITY[:6], LEARNT, 0),
        (4, FEBRUARY, OTHER_STREET, LEARNT, 0), (4, FEBRUARY, OTHER_DISTRICT, LEARNT, 0),
    ],
    "again at every level": [
        (4, MARCH, OTHER_STREET, LEARNT, 0), (4, MARCH, COMMUNITY, LEARNT, 1),
        (4, MARCH, COMMUNITY[:9], LEARNT, 0), (4, MARCH, COMMUNITY[:6], LEARNT, 0),
        (4, MARCH, HERE, PATROLLED, 1), (4, MARCH, NEXT_DOOR, LEARNT, 0),
    ],
    "of a day, one of them late": [(3, FEBRUARY, NEXT_DOOR, LEARNT, 1)],
    "without a home": [(5, FEBRUARY, HERE, LEARNT, 0), (5, MARCH, HERE, REPORTED, 0)],
    "with a home by now": [(5, AFTER_IT, HERE, REPORTED, 1)],
    "home and away by turns": [
        (6, FEBRUARY, HERE, LEARNT, 1), (6, MARCH, OTHER_STREET, LEARNT, 0),
        (6, AFTER_IT, HERE, LEARNT, 1),
    ],
    "a week of two years": [(7, MONDAY, HERE, LEARNT, 1), (7, SUNDAY, HERE, LEARNT, 1)],
    "in each quarter's last days and first": [(8, MARCH, HERE, LEARNT, 1)],
    "the day after": [(8, AFTER_IT, HERE, LEARNT, 1)],
    "late and new of one person together": [
        (1, NEW_YEAR, OTHER_STREET, REPORTED, 0), (1, AFTER_IT, HERE, LEARNT, 1),
    ],
}  # fmt: skip
"""Facts (resident, day, place, activity, at home) that wait together, one case after the other."""
TAKEN_BACK = ("late, before all others", "two of a day alike", "a week of two years", "the first")
"""Of these the first fact is, afterwards."""


def _fact(number, who, day, place_code, activity, at_home):
    moment = datetime.combine(day, time(4), UTC)
    return {
        "resident_id": who, "activity": activity, "place_code": place_code,
        "happened_at": moment, "day": day, "minutes": 60 if activity == PATROLLED else 0,
        "sign": 1, "at_home": at_home, "source_type": "made_up", "source_id": number, "turn": 0,
        "reverses_id": None, "recorded_at": moment,
    }  # fmt: skip


def test_however_facts_come_the_rows_are_what_one_counts_by_hand(town, rolled):
    firsts = {}
    for name, told in CASES.items():
        firsts[name] = len(town.rows)
        town.write([_fact(len(town.rows) + number, *each) for number, each in enumerate(told)])
        assert rolling.roll_up() == len(told)
        assert stored() == by_hand(town.rows), name
    _check_reading(town.rows)
    for name in TAKEN_BACK:
        row = {key: value for key, value in town.rows[firsts[name]].items() if key != "id"}
        back = {"sign": -1, "minutes": -row["minutes"], "turn": 1}
        town.write([row | back | {"reverses_id": town.rows[firsts[name]]["id"]}])
        assert rolling.roll_up() == 1
        assert stored() == by_hand(town.rows), f"{name}, taken back"
    bit_by_bit = rolled()
    anew.recompute()
    assert rolled() == bit_by_bit


def _check_reading(rows):
    """Of every period, what pages read is what one counts: of its place, and of places within."""
    brute = Brute(rows)
    for kind in rules.PERIODS:
        counted = brute.periods(kind)
        for level, digits in rules.LEVELS.items():
            found = {}
            for begun in {begun for begun, *_ in counted}:
                for row in reading.child_periods(COMMUNITY[:4], level, kind, begun):
                    assert row.ends_on == rules.end_of(begun, kind)
                    found[row.starts_on, row.place_code, row.activity] = tuple(row[4:])
            of_level = {key: value for key, value in counted.items() if len(key[1]) == digits}
            assert found == of_level, (kind, level)
        own = reading.periods(COMMUNITY, kind, DECEMBER, AFTER_IT)
        assert {(row.starts_on, row.place_code, row.activity): tuple(row[4:]) for row in own} == {
            key: value for key, value in counted.items() if key[1] == COMMUNITY
        }
        assert [(row.starts_on, row.activity) for row in own] == sorted(
            (row.starts_on, row.activity) for row in own
        )
    assert not reading.child_periods(COMMUNITY, PlaceKind.GRID, rules.WEEK, date(2020, 1, 6))
