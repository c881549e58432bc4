"""What is rolled up is true, however it came: late, twice, corrected, bit by bit or at once."""

import random

from sqlalchemy import insert, select

from app.core.db import changed_rows, db, read, writing
from app.rollups import anew, facts, reading, rolling, rules
from app.rollups.facts import Source
from app.rollups.models import DayFigures, Fact, MonthFigures
from app.rollups.statements import MONTH_COLUMNS
from bench import rollups_crowd
from bench.rollups_brute import Brute, kept
from tests.crowds import at_once


def test_bit_by_bit_or_at_once_it_is_what_one_counts_by_hand(town, rolled):
    facts = sorted(town.made(900), key=lambda row: row["day"])
    late, facts = facts[::9], [row for number, row in enumerate(facts) if number % 9]
    for first in range(0, len(facts), 200):
        town.write(facts[first : first + 200])
        assert rolling.roll_up() == len(facts[first : first + 200])
    town.write(late)
    town.write(town.taken_back(0.1))
    rolling.roll_up()
    town.write(town.taken_back(0.05) + town.made(30))
    rolling.roll_up()
    assert rolling.roll_up() == 0
    bit_by_bit = rolled()
    assert stored() == by_hand(town.rows)
    anew.recompute()
    assert rolled() == bit_by_bit


def test_what_was_all_taken_back_leaves_no_trace(town, rolled):
    town.write(town.made(40))
    rolling.roll_up()
    town.write(town.taken_back(1))
    rolling.roll_up()
    assert not any(rolled().values())


def test_facts_that_come_while_others_roll_up_are_counted_once(app):
    made = list(rollups_crowd.facts(rollups_crowd.Town(residents=12), 64, random.Random(1)))
    db.session.remove()

    def work(number):
        if number >= 8:
            return [rolling.roll_up() for _ in range(6)]
        for row in made[number::8]:
            what = {name: row[name] for name in ("place_code", "happened_at", "minutes")}
            source = Source("made_up", row["source_id"])
            facts.record(row["resident_id"], row["activity"], **what, source=source)
        return []

    rolled = at_once(app, 10, work)
    rolling.roll_up()
    assert sum(map(sum, rolled)) <= len(made)
    written = [row._asdict() for row in read(select(Fact.__table__))]
    assert len(written) == len(made)
    assert stored() == by_hand(written)


def test_figures_of_other_definitions_stay_as_they_are(town, rolled):
    town.write(town.made(30))
    rolling.roll_up()
    ours = rolled()
    lies = {f"people_{kind}": 7777 for kind in rules.OF_MONTHS}
    with writing():
        figures = dict(zip(MONTH_COLUMNS, ours["rollup_months"][0][1:], strict=True))
        changed_rows(insert(MonthFigures), figures | {"version": 77, **lies})
    town.write(town.made(30))
    rolling.roll_up()
    anew.recompute()
    code, day = figures["place_code"], figures["starts_on"]
    for kind in rules.PERIODS:
        assert all(row.people < 7777 for row in reading.periods(code, kind, day, day))
    other = MonthFigures.version == 77
    assert read(select(MonthFigures.people_month).where(other)).scalars().all() == [7777]


def stored():
    rows = {
        model: list(read(select(model.__table__)).mappings())
        for model in (DayFigures, MonthFigures)
    }
    assert {row["version"] for each in rows.values() for row in each} <= {rules.VERSION}
    return kept(rows[DayFigures], rows[MonthFigures])


def by_hand(rows):
    brute = Brute(rows)
    return {
        (kind, *key): figures
        for kind in rules.PERIODS
        for key, figures in brute.periods(kind).items()
    }


def stored_days():
    return {tuple(key): figures for (kind, *key), figures in stored().items() if kind == "day"}
