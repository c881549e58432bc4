"""Facts by the hundred, written as `facts.record` writes them."""

import random

import pytest
from sqlalchemy import insert, select

from app.core.db import changed_rows, read, writing
from app.rollups.models import DayFigures, Fact, MonthFigures, PersonDay, Waiting
from bench import rollups_crowd

TABLES = {
    PersonDay: ("resident_id", "day", "place_code", "activity", "at_home"),
    DayFigures: ("version", "day", "digits", "place_code", "activity"),
    MonthFigures: ("version", "starts_on", "digits", "place_code", "activity"),
}


class Town:
    """Facts in the database, and the same in memory for who reckons them by hand."""

    def __init__(self, seed):
        self.dice = random.Random(seed)
        self.rows = []

    def made(self, count):
        """Return new facts, in no order, that nobody has written yet."""
        found = rollups_crowd.facts(rollups_crowd.Town(), count, self.dice)
        return [row | {"source_id": row["source_id"] + 10**6 * len(self.rows)} for row in found]

    def taken_back(self, share):
        """Return what takes back some of what is written and stands."""
        gone = {row["reverses_id"] for row in self.rows}
        mine = [row for row in self.rows if row["sign"] == 1 and row["id"] not in gone]
        return list(rollups_crowd.reversals(mine, share, self.dice))

    def write(self, rows):
        with writing():
            ids = [len(self.rows) + number for number in range(1, len(rows) + 1)]
            rows = [row | {"id": number} for row, number in zip(rows, ids, strict=True)]
            changed_rows(insert(Fact), rows)
            waiting = [
                {"fact_id": r["id"], "resident_id": r["resident_id"], "day": r["day"]} for r in rows
            ]
            changed_rows(insert(Waiting), waiting)
        self.rows += rows


@pytest.fixture
def town(app):
    return Town(seed=6)


@pytest.fixture
def rolled():
    """Return all rolled rows, table by table, in the order of their keys."""

    def every_row():
        return {
            model.__tablename__: [
                tuple(row)
                for row in read(select(model.__table__).order_by(*(getattr(model, k) for k in key)))
            ]
            for model, key in TABLES.items()
        }

    return every_row
