"""What is prepared answers as what is executed does, and fails as it does."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import bindparam, insert, select
from sqlalchemy.exc import DBAPIError, IntegrityError

from app.core.db import (
    current_connection,
    db,
    end_reading,
    read,
    unit_of_work,
    writing,
    writing_rows,
)
from app.core.prepared import Prepared, marks, values
from app.quizzes.models import Card, Question, QuestionImport
from tests.house.test_query_counts import counted

AT = datetime(2026, 11, 20, 1, tzinfo=UTC)
NEW = Prepared(
    lambda: insert(Question).values(key=bindparam("named"), place_code="5101", created_at=AT)
)
KEYS = Prepared(lambda: select(Question.key).order_by(Question.key))


def test_rows_are_as_sqlalchemy_reads_them(people):
    question = {"key": "one", "place_code": "", "created_at": AT}
    kept = {
        "resident_id": people["resident"].resident_id,
        "place_code": "510105",
        "format": "csv",
        "file_name": "题%s.csv",
        "state": "done",
        "report": [{"line": 1}],
        "created_at": AT,
        "finished_at": None,
        **dict.fromkeys(("total", "done", "accepted", "refused"), 1),
    }
    with writing():
        read(insert(Question), question)
        read(insert(QuestionImport), kept)
    mine = QuestionImport.resident_id == bindparam("whose")
    statement = select(QuestionImport.__table__, Card.stability).outerjoin(
        Card, Card.resident_id == QuestionImport.resident_id
    )
    params = {"whose": kept["resident_id"]}
    [row] = Prepared(lambda: statement.where(mine)).rows(params)
    assert row._asdict() == dict(read(statement.where(mine), params).one()._mapping)
    assert Prepared(lambda: statement.where(mine)).row({"whose": 0}) is None


def test_a_statement_for_each_count_of_marks(app):
    with writing_rows():
        NEW.for_each([{"named": name} for name in "abc"])
    some = Prepared(
        lambda: select(Question.key).where(Question.key.in_(marks("key", 2))).order_by(Question.key)
    )
    assert [row.key for row in some.rows(values("key", ["c", "a"]))] == ["a", "c"]


def test_a_fault_is_sqlalchemys_and_takes_all_back(app):
    @unit_of_work(rows_alone=True)
    def twice():
        assert NEW.changed({"named": "a"}) == 1
        NEW.changed({"named": "a"})

    with pytest.raises(IntegrityError):
        twice()
    assert KEYS.rows({}) == []


def test_it_is_seen_by_who_counts_statements(app):
    with counted() as found:
        KEYS.rows({})
    assert len(found) == 1


def test_one_unit_of_work_within_another_is_part_of_it(app):
    inner = unit_of_work(rows_alone=True)(lambda: NEW.changed({"named": "in"}))

    @unit_of_work()
    def outer():
        inner()
        raise LookupError

    with pytest.raises(LookupError):
        outer()
    assert KEYS.rows({}) == []


def test_an_entity_among_rows_is_an_error(app):
    def add():
        db.session.add(Question(key="b", place_code="", created_at=AT))

    with pytest.raises(RuntimeError, match="entity"), writing_rows():
        add()
    db.session.rollback()
    assert KEYS.rows({}) == []


def test_a_lost_connection_is_told_as_one_and_the_next_request_has_another(app):
    KEYS.rows({})
    held = current_connection()
    held.connection.driver_connection.close()
    with pytest.raises(DBAPIError):
        KEYS.rows({})
    end_reading()
    assert KEYS.rows({}) == []
