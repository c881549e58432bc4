"""Moments keep their zone, a unit of work is whole or nothing, and codes find what lies within."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import Column, DateTime, MetaData, Table, func, insert, select, update
from sqlalchemy.exc import IntegrityError, StatementError

from app.core.db import (
    PlaceCode,
    UtcDateTime,
    changed_rows,
    db,
    read,
    unit_of_work,
    within,
    within_any,
    writing,
)
from app.core.idempotency import insert_ignore
from app.core.jobs import JobRun
from tests.crowds import at_once

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def run(name, slot=NOON):
    """Return a row of a table that needs no other."""
    return JobRun(job=name, slot=slot, started_at=NOON)


def names():
    db.session.rollback()
    return sorted(read(select(JobRun.job)).scalars())


# Moments


@pytest.mark.parametrize(
    "moment",
    [
        NOON,
        NOON.replace(microsecond=123456),
        datetime(2026, 11, 20, 23, 30, tzinfo=timezone(timedelta(hours=8))),
        datetime(1970, 1, 1, tzinfo=timezone(timedelta(hours=-11))),
    ],
)
def test_a_moment_comes_back_as_it_went_in(app, moment):
    with writing():
        db.session.add(run("a", slot=moment))
    db.session.expunge_all()
    row = read(select(JobRun.slot)).scalar_one()
    assert row == moment
    assert row.tzinfo is UTC or row.utcoffset() == timedelta(0)
    assert db.session.scalars(select(JobRun)).one().slot == moment


def test_a_moment_lies_in_the_database_in_utc(app):
    morning = datetime(2026, 11, 21, 7, 30, tzinfo=timezone(timedelta(hours=8)))
    with writing():
        db.session.add(run("a", slot=morning))
    raw = read(select(func.max(JobRun.slot, type_=DateTime(timezone=True)))).scalar_one()
    assert raw.replace(tzinfo=raw.tzinfo or UTC) == morning
    assert read(select(JobRun.job).where(JobRun.slot == morning.astimezone(UTC))).all()
    assert not read(select(JobRun.job).where(JobRun.slot > morning)).all()


def test_a_naive_moment_is_refused_before_it_is_stored(app):
    db.session.add(run("a", slot=datetime(2026, 11, 20)))  # noqa: DTZ001
    with pytest.raises(StatementError, match="naive"):
        db.session.flush()
    assert names() == []


def test_no_moment_is_no_moment(app):
    kind = UtcDateTime()
    assert kind.process_bind_param(None, db.engine.dialect) is None
    assert kind.result_processor(db.engine.dialect, None)(None) is None


# One transaction


@unit_of_work()
def add(name, *, then_fail=False):
    db.session.add(run(name))
    if then_fail:
        raise ZeroDivisionError
    return name


@unit_of_work()
def add_two(first, second, *, then_fail=False):
    add(first)
    add(second)
    if then_fail:
        raise ZeroDivisionError


def test_a_unit_of_work_keeps_what_it_did_and_answers(app):
    assert add("a") == "a"
    assert names() == ["a"]


def test_a_unit_of_work_that_fails_leaves_nothing(app):
    with pytest.raises(ZeroDivisionError):
        add("a", then_fail=True)
    assert names() == []
    add("b")
    assert names() == ["b"]


def test_a_unit_inside_another_is_a_part_of_it(app):
    with pytest.raises(ZeroDivisionError):
        add_two("a", "b", then_fail=True)
    assert names() == []
    add_two("a", "b")
    assert names() == ["a", "b"]


def test_what_was_left_lying_about_is_not_swept_into_a_unit(app):
    db.session.add(run("forgotten"))
    add("a")
    assert names() == ["a"]


def test_a_unit_refused_by_the_database_leaves_nothing(app):
    add("a")
    with pytest.raises(IntegrityError):
        add_two("b", "a")
    assert names() == ["a"]


def test_a_reader_sees_nothing_of_an_unfinished_unit(app):
    with writing():
        db.session.add(run("a"))
        db.session.flush()
        seen = at_once(app, 1, lambda _: read(select(JobRun.job)).all())
    assert seen == [[]]
    assert names() == ["a"]


def test_sixteen_writers_wait_for_each_other_and_lose_nothing(app):
    @unit_of_work()
    def look_and_add(name):
        # Who first looks and then writes is refused at once unless the lock came first.
        read(select(func.count()).select_from(JobRun)).scalar_one()
        db.session.add(run(name))

    def write(writer):
        for number in range(20):
            look_and_add(f"{writer}-{number}")

    at_once(app, 16, write)
    assert len(names()) == 16 * 20


def test_a_reader_that_turns_into_a_writer_sees_what_others_wrote(app):
    @unit_of_work()
    def add_next():
        count = read(select(func.count()).select_from(JobRun)).scalar_one()
        changed_rows(insert_ignore(JobRun).values(job=f"{count}", slot=NOON, started_at=NOON))

    read(select(JobRun.job)).all()
    at_once(app, 1, lambda _: add("by somebody else"))
    add_next()
    assert names() == ["1", "by somebody else"]


def test_the_rows_that_a_statement_touched_are_counted(app):
    row = {"job": "a", "slot": NOON, "started_at": NOON}
    with writing():
        assert changed_rows(insert_ignore(JobRun).values(**row)) == 1
        assert changed_rows(insert_ignore(JobRun).values(**row)) == 0
        assert changed_rows(JobRun.__table__.delete()) == 1
        assert changed_rows(JobRun.__table__.delete()) == 0


# Places


CODES = Table("codes", MetaData(), Column("code", PlaceCode()), prefixes=["TEMPORARY"])
TREE = (
    "510105",
    "510105006999",
    "510105007",
    "51010500700",
    "510105007004",
    "510105007004001",
    "510105007009999999",
    "510105008",
    "51010501",
    "510106",
)


@pytest.fixture
def codes(app):
    connection = db.session.connection()
    CODES.create(connection)
    connection.execute(insert(CODES), [{"code": code} for code in TREE])
    return CODES.c.code


@pytest.mark.parametrize(
    "code",
    ["510105", "510105007", "51010500700", "510105007004", "510105007004001", "5", "52"],
)
def test_within_a_place_lies_what_begins_with_its_code(codes, code):
    found = read(select(codes).where(within(codes, code))).scalars()
    assert sorted(found) == [other for other in TREE if other.startswith(code)]


@pytest.mark.parametrize(
    "places", [(), ("510106",), ("510105007", "510106"), ("510105", "510105007")]
)
def test_within_any_place_lies_what_begins_with_one_of_the_codes(codes, places):
    found = read(select(codes).where(within_any(codes, places))).scalars()
    assert sorted(found) == [other for other in TREE if places and other.startswith(places)]


def test_codes_are_in_the_order_of_their_digits(codes):
    assert list(read(select(codes).order_by(codes)).scalars()) == sorted(TREE)


def test_what_was_added_is_there_for_the_next_statement(app):
    with writing():
        db.session.add(run("added"))
        assert read(select(JobRun.job)).scalars().all() == ["added"]
        db.session.add(run("more"))
        assert changed_rows(update(JobRun).values(finished_at=NOON)) == 2
