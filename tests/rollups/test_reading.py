"""What others are told equals a count by hand, for whatever place and range they ask."""

import random
from datetime import timedelta

from app.places.rules import PlaceKind
from app.rollups import reading, rolling, rules
from app.rollups.reading import Figures
from bench.rollups_brute import Brute, start
from bench.rollups_crowd import FIRST

LEVELS = {PlaceKind.DISTRICT: 6, PlaceKind.STREET: 9, PlaceKind.COMMUNITY: 12, PlaceKind.GRID: 15}


def test_twenty_ranges_at_every_level_equal_a_count_by_hand(town):
    town.write(town.made(700))
    rolling.roll_up()
    town.write(town.made(50) + town.taken_back(0.1))
    rolling.roll_up()
    brute, dice = Brute(town.rows), random.Random(20)
    codes = sorted({row["place_code"] for row in town.rows if len(row["place_code"]) == 15})
    for number in range(20):
        span = _range(dice)
        before = (span[0] - timedelta(days=90), span[0] - timedelta(days=1))
        code = dice.choice(codes)[: list(LEVELS.values())[number % 4]]
        found = reading.people(code, span, before)
        assert found == [_by_hand(brute, code, *span), _by_hand(brute, code, *before)]
        one, other = (brute.people(code, "home", *asked) for asked in (before, span))
        assert reading.retained(code, before, span, group="home") == (len(one), len(one & other))
        _check_children(brute, code[:6], span)
        rows = reading.facts(code, *span, activity="patrolled", limit=10**6)
        assert sum(row.minutes for row in rows) == found[0]["patrolled"].minutes


def _check_children(brute, district, span):
    for kind, digits in LEVELS.items():
        found = reading.children(district, kind, *span)
        codes = {
            row["place_code"][:digits]
            for row in brute.rows
            if row["place_code"].startswith(district)
            and len(row["place_code"]) >= digits
            and span[0] <= row["day"] <= span[1]
        }
        assert set(found) == codes
        some = sorted(codes)[:2]
        assert {code: found[code] for code in some} == {
            code: _by_hand(brute, code, *span) for code in some
        }


def _range(dice):
    """Return any range, or a calendar period, whose figures lie ready."""
    day = FIRST + timedelta(days=dice.randrange(440))
    kind = dice.choice((*rules.PERIODS, None, None, None))
    if kind is None:
        return day, day + timedelta(days=dice.randrange(200))
    return start(day, kind), rules.end_of(start(day, kind), kind)


def _by_hand(brute, code, first, last):
    return {
        group: Figures(*brute.figures(code, group, first, last))
        for group in ("reported", "confirmed", "patrolled", "learnt", "all", "home")
    }


def test_calendar_periods_are_told_whole_and_in_order(town):
    town.write(town.made(300))
    rolling.roll_up()
    code = town.rows[0]["place_code"][:12]
    for kind in rules.PERIODS:
        by_hand = Brute(town.rows).periods(kind)
        first, last = FIRST + timedelta(days=40), FIRST + timedelta(days=300)
        rows = reading.periods(code, kind, first, last)
        assert rows
        assert {(row.starts_on, code, row.activity): row[4:] for row in rows} == {
            key: figures
            for key, figures in by_hand.items()
            if key[1] == code and start(first, kind) <= key[0] <= last
        }
        assert [row.starts_on for row in rows] == sorted(row.starts_on for row in rows)
        begun = rows[0].starts_on
        children = reading.child_periods(code[:6], PlaceKind.COMMUNITY, kind, begun)
        assert {(row.starts_on, row.place_code, row.activity): row[4:] for row in children} == {
            key: figures
            for key, figures in by_hand.items()
            if key[0] == begun and len(key[1]) == 12 and key[1].startswith(code[:6])
        }
