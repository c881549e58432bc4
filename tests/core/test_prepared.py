"""What is prepared answers as what is executed does, and fails as it does."""

from contextlib import suppress
from datetime import UTC, datetime

import pytest
from sqlalchemy import Integer, bindparam, cast, func, insert, literal_column, select, text
from sqlalchemy.exc import (
    DataError,
    DBAPIError,
    IntegrityError,
    InternalError,
    NotSupportedError,
)

from app.core.db import (
    current_connection,
    db,
    end_reading,
    line_of,
    read,
    unit_of_work,
    writing,
    writing_rows,
)
from app.core.prepared import Prepared, marks, together, values
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


def test_several_are_asked_together_outside_a_transaction_and_inside(app):
    def ask():
        named = Prepared(lambda: select(Question.key).where(Question.key == bindparam("one")))
        return together((KEYS, {}), (named, {"one": "b"}), (named, {"one": "none"}))

    with writing_rows():
        NEW.for_each([{"named": name} for name in "ab"])
        inside = ask()
    assert inside == ask() == [[("a",), ("b",)], [("b",)], []]


def test_what_waits_is_there_for_whoever_reads_next(app):
    with writing_rows():
        NEW.for_each([{"named": "a"}])
        assert read(select(Question.key)).scalars().all() == ["a"]
        NEW.for_each([{"named": "b"}])
        assert NEW.changed({"named": "c"}) == 1
    assert [row.key for row in KEYS.rows({})] == ["a", "b", "c"]


def test_a_fault_of_what_waits_takes_all_back(app):
    @unit_of_work(rows_alone=True)
    def twice():
        NEW.for_each([{"named": "a"}])
        NEW.for_each([{"named": "a"}])

    with pytest.raises(IntegrityError):
        twice()
    assert KEYS.rows({}) == []
    assert NEW.alone({"named": "b"}) == 1


def test_whoever_goes_on_after_a_fault_is_still_in_the_transaction(app):
    @unit_of_work(rows_alone=True)
    def going_on():
        NEW.changed({"named": "a"})
        with pytest.raises(IntegrityError):
            NEW.changed({"named": "a"})
        with suppress(DBAPIError):  # which PostgreSQL refuses by now
            NEW.changed({"named": "b"})
        raise LookupError

    with pytest.raises(LookupError):
        going_on()
    assert KEYS.rows({}) == []


def test_one_alone_is_committed_or_part_of_what_is_around_it(app):
    read(select(Question.key)).all()
    db.session.execute(select(Question.key)).all()
    assert NEW.alone({"named": "a"}) == 1
    db.session.remove()

    @unit_of_work()
    def outer():
        assert NEW.alone({"named": "b"}) == 1
        raise LookupError

    with pytest.raises(LookupError):
        outer()
    assert [row.key for row in KEYS.rows({})] == ["a"]


def test_names_that_the_server_has_forgotten_are_given_anew(app):
    KEYS.rows({})
    with writing_rows():
        NEW.changed({"named": "a"})
    read(text("SELECT 1" if db.engine.dialect.name == "sqlite" else "DEALLOCATE ALL"))
    assert [row.key for row in KEYS.rows({})] == ["a"]
    read(text("SELECT 1" if db.engine.dialect.name == "sqlite" else "DEALLOCATE ALL"))
    with writing_rows():
        assert NEW.changed({"named": "b"}) == 1
    read(text("SELECT 1" if db.engine.dialect.name == "sqlite" else "DEALLOCATE ALL"))
    assert together((KEYS, {}), (KEYS, {})) == [[("a",), ("b",)]] * 2


def test_a_reading_connection_is_kept_for_the_next_request(app):
    KEYS.rows({})
    held = current_connection()
    end_reading()
    assert current_connection() is held
    end_reading()
    db.engine.dispose()
    assert held.closed
    assert KEYS.rows({}) == []


def test_a_lost_connection_takes_those_with_it_that_are_kept(app):
    readers = app.extensions["linli_readers"]
    others = [readers.take(), readers.take()]
    for other in others:
        readers.give(other)
    KEYS.rows({})
    held = current_connection()
    if db.engine.dialect.name == "sqlite":  # which is never lost
        readers.forget()
    else:
        held.connection.driver_connection.close()
        with pytest.raises(DBAPIError):
            KEYS.rows({})
    assert all(other.closed for other in others if other is not held)
    end_reading()
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


def test_after_a_lost_connection_the_same_request_commits_what_it_writes(app):
    KEYS.rows({})
    current_connection().invalidate()
    assert NEW.alone({"named": "a"}) == 1
    with db.engine.connect() as another:
        assert another.execute(select(Question.key)).scalars().all() == ["a"]
    with writing_rows():
        NEW.changed({"named": "b"})
    with db.engine.connect() as another:
        assert len(another.execute(select(Question.key)).all()) == 2


def test_a_fault_that_is_told_late_is_sqlalchemys(app):
    with writing_rows():
        NEW.for_each([{"named": name} for name in ("1", "2", "{")])
    of_sqlite = db.engine.dialect.name == "sqlite"
    read_as = func.json_extract(Question.key, "$") if of_sqlite else cast(Question.key, Integer)
    with pytest.raises(DBAPIError):
        Prepared(lambda: select(read_as.label("one")).order_by(Question.id)).rows({})
    assert len(KEYS.rows({})) == 3


def test_nothing_is_lost_without_a_word_by_whoever_passes_over_a_fault(app):
    of_sqlite = db.engine.dialect.name == "sqlite"  # which takes back the one statement alone

    def pass_over():
        with writing_rows():
            NEW.changed({"named": "a"})
            with suppress(IntegrityError):
                NEW.changed({"named": "a"})

    with suppress(InternalError) if of_sqlite else pytest.raises(InternalError):
        pass_over()
    assert len(KEYS.rows({})) == of_sqlite


@pytest.fixture
def line(app):
    """Give the line to PostgreSQL of who reads."""
    KEYS.rows({})
    found = line_of(current_connection())
    if found is None:
        pytest.skip("of PostgreSQL's line alone")
    return found


def test_a_line_that_was_not_answered_to_the_end_is_used_no_more(line, monkeypatch):
    class Interrupted:
        def poll(self):
            raise KeyboardInterrupt

    monkeypatch.setattr(line, "_poll", Interrupted())
    slow = Prepared(lambda: select(literal_column("pg_sleep(0.2)").label("slept")))
    with pytest.raises(KeyboardInterrupt):
        together((slow, {}), (KEYS, {}))
    end_reading()
    with suppress(DBAPIError):  # it is noticed at the latest by who asks next
        KEYS.rows({})
    end_reading()
    assert NEW.alone({"named": "a"}) == 1
    assert KEYS.rows({}) == [("a",)]


def test_what_is_refused_each_time_is_asked_twice_at_most(line):
    fails = "BEGIN RAISE 'no' USING ERRCODE = '0A000'; END"
    read(text(f"CREATE FUNCTION pg_temp.fails() RETURNS int LANGUAGE plpgsql AS $${fails}$$"))
    asked = Prepared(lambda: select(literal_column("pg_temp.fails()").label("one")))
    with pytest.raises(NotSupportedError):
        asked.rows({})
    with pytest.raises(NotSupportedError):
        together((KEYS, {}), (asked, {}))
    assert KEYS.rows({}) == []


def test_what_cannot_be_sent_is_a_fault_of_sqlalchemys(line):
    named = Prepared(lambda: select(Question.id).where(Question.key == bindparam("one")))
    with pytest.raises(DataError):
        named.rows({"one": "a\0b"})
    assert named.rows({"one": "a"}) == []
