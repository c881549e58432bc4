"""Everything anew: in whatever steps, killed half-way, while others read, write and roll up."""

from contextlib import ExitStack, suppress
from itertools import pairwise

import pytest
from sqlalchemy import func, inspect, select
from sqlalchemy.exc import DatabaseError, OperationalError

from app.core import clock, dumps
from app.core.db import db, read
from app.rollups import anew, beside, rolling, statements
from app.rollups.models import PersonDay, Waiting
from bench.rollups_brute import Brute
from tests.rollups.test_rolling import stored_days


@pytest.fixture
def filled(town):
    town.write(town.made(300))
    rolling.roll_up()
    town.write(town.made(40) + town.taken_back(0.2))
    rolling.roll_up()
    return town


def test_in_whatever_steps_the_rows_are_the_same(filled, rolled, monkeypatch):
    before = rolled()
    monkeypatch.setattr(anew, "MOST_AT_ONCE", 60)
    assert anew.recompute() == len(before["rollup_months"])
    assert rolled() == before


def test_spans_hold_every_day_once_and_no_more_than_one_may(monkeypatch):
    monkeypatch.setattr(anew, "MOST_AT_ONCE", 10)
    counted = [(f"2026-11-{day:02}", rows) for day, rows in enumerate((4, 6, 1, 30, 2, 8, 1), 1)]
    found = list(anew.spans(counted))
    assert [first[-1] + last[-1] for first, last in found] == ["12", "33", "44", "56", "77"]
    assert all(last < first for (_, last), (first, _) in pairwise(found))
    assert list(anew.spans([])) == []


def test_a_run_that_is_killed_changes_nothing_and_the_next_drops_what_it_left(
    filled, rolled, monkeypatch
):
    before, tables = rolled(), set(inspect(db.engine).get_table_names())
    with monkeypatch.context() as killed:
        killed.setattr(statements, "months", lambda _days: "SELECT nothing FROM nowhere")
        killed.setattr(beside, "_drop_left", lambda *_: None)
        with pytest.raises(Exception, match="nowhere"):
            anew.recompute()
    assert set(inspect(db.engine).get_table_names()) > tables
    assert rolled() == before
    anew.recompute()
    assert set(inspect(db.engine).get_table_names()) == tables
    assert rolled() == before


def test_of_two_runs_the_later_goes_on_and_the_earlier_fails_at_once(filled, rolled, monkeypatch):
    before, runs = rolled(), []
    with ExitStack() as ends, monkeypatch.context() as patient:
        # That its tables are gone is no lock to wait for.
        patient.setattr(beside.time, "sleep", pytest.fail)

        def overtaken():
            with beside.beside() as earlier:
                runs.append(ends.enter_context(beside.beside()))
                anew.take_place(earlier, clock.now())

        with pytest.raises(DatabaseError, match=beside.MARK):
            overtaken()
        [later] = runs
        assert [later.count(relation) for relation in before] == [0, 0, 0]
        beside._drop_left(later)
    assert rolled() == before


def test_facts_that_come_meanwhile_are_counted_once(filled, rolled, monkeypatch):
    taking = anew.take_place

    def late(tables, began):
        new = [row | {"recorded_at": clock.now()} for row in filled.made(30)]
        filled.write(new[:20])
        rolling.roll_up()
        filled.write(new[20:])
        taking(tables, began)

    monkeypatch.setattr(anew, "take_place", late)
    anew.recompute()
    assert len(read(select(Waiting.fact_id)).all()) == 30
    rolling.roll_up()
    assert stored_days() == Brute(filled.rows).periods("day")


def test_who_reads_one_moment_reads_all_of_it(filled, rolled, monkeypatch):
    monkeypatch.setattr(beside, "TRIES", 1)
    db.session.remove()
    count = select(func.count()).select_from(PersonDay)
    with dumps.snapshot() as seeing:
        # On PostgreSQL it waits for who reads, on SQLite that one goes on seeing the old tables.
        with suppress(OperationalError):
            anew.recompute()
        seen = seeing.execute(count).scalar_one()
    assert seen == len(rolled()["rollup_person_days"]) > 0
    assert not [name for name in inspect(db.engine).get_table_names() if beside.MARK in name]
