"""What is rolled up is true, however it came: late, twice, corrected, bit by bit or at once."""

import random

from sqlalchemy import insert, select

from app.core.db import changed_rows, db, read, writing
from app.rollups import facts, reading, rolling, rules
from app.rollups.facts import Source
from app.rollups.models import DayFigures, Fact, PeriodFigures
from app.rollups.statements import PERIOD_COLUMNS
from bench import rollups_crowd
from bench.rollups_brute import Brute
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
    assert _stored(PeriodFigures) == _by_hand(town.rows)
    assert _stored_days() == _by_hand_days(town.rows)
    rolling.recompute()
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
    assert _stored(PeriodFigures) == _by_hand(written)


def test_figures_of_other_definitions_stay_as_they_are(town, rolled):
    town.write(town.made(30))
    rolling.roll_up()
    ours = rolled()
    with writing():
        figures = dict(zip(PERIOD_COLUMNS, ours["rollup_periods"][0][1:], strict=True))
        changed_rows(insert(PeriodFigures), figures | {"version": 77, "people": 7})
    town.write(town.made(30))
    rolling.roll_up()
    rolling.recompute()
    code, kind, day = (figures[name] for name in ("place_code", "kind", "starts_on"))
    assert all(row.people != 7 for row in reading.periods(code, kind, day, day))
    other = PeriodFigures.version == 77
    assert read(select(PeriodFigures.people).where(other)).scalars().all() == [7]


def _stored(model):
    rows = read(select(model.__table__)).all()
    assert {row.version for row in rows} == {rules.VERSION}
    return {
        (row.kind, row.starts_on, row.place_code, row.activity): (
            row.participations, row.minutes, row.people, row.newly, row.stayed,
        )
        for row in rows
    }  # fmt: skip


def _by_hand(rows):
    brute = Brute(rows)
    return {
        (kind, *key): figures
        for kind in ("week", "month", "quarter", "year")
        for key, figures in brute.periods(kind).items()
    }


def _stored_days():
    return {
        (row.day, row.place_code, row.activity): (
            row.participations, row.minutes, row.people_day, row.newly, row.stayed_day,
        )
        for row in read(select(DayFigures.__table__))
    }  # fmt: skip


def _by_hand_days(rows):
    return Brute(rows).periods("day")
