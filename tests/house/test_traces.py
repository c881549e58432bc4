"""Every column that leads to a person is accounted for: what becomes of it when they go."""

import pytest
from sqlalchemy import JSON, Float, LargeBinary, String, TypeDecorator

from app.core import texts, traces
from app.core.db import PlaceCode, db
from app.core.traces import Fate
from app.residents.models import Erasing, Resident

pytestmark = pytest.mark.either_database

PERSON = Resident.__table__.c.id
BY_NUMBER_ALONE = {
    ("audit_entries", "resident_id"),
    ("idempotency_keys", "resident_id"),
    ("participation_facts", "resident_id"),
    ("photos", "owner_id"),
    ("rollup_person_days", "resident_id"),
    ("rollup_queue", "resident_id"),
}
"""Columns that hold a person's number without the database knowing of it."""
NEVER_COMMITTED = {(Erasing.__tablename__, "resident_id")}
PEOPLE = ("resident_id", "owner_id", "reporter_id", "author_id", "actor_id", "assignee_id",
          "leader_id", "asker_id", "asked_id", "by_id", "created_by")  # fmt: skip
"""What columns are called that hold a person's number."""
SHORT = 24
"""A word of so many letters is a kind or a state, and says nothing of anybody."""


def leading():
    """Return the columns that lead to a person, as (table, column)."""
    return {
        (table.name, column.name)
        for table in db.metadata.sorted_tables
        for column in table.columns
        if column.name in PEOPLE or any(key.column is PERSON for key in column.foreign_keys)
    }


def telling(column):
    """Whether a column may hold somebody's words, or a position."""
    kind = column.type
    if isinstance(kind, PlaceCode) or column.foreign_keys:
        return False
    kind = kind.impl_instance if isinstance(kind, TypeDecorator) else kind
    if isinstance(kind, String):
        return kind.length is None or kind.length > SHORT
    return isinstance(kind, JSON | Float | LargeBinary)


def test_every_column_that_leads_to_a_person_is_accounted_for(app):
    found = leading() | BY_NUMBER_ALONE
    assert len(found) > 90
    assert found - set(traces.declared()) - NEVER_COMMITTED == set()


def test_of_a_row_that_stays_every_word_and_position_is_accounted_for(app):
    unsaid = {
        (trace.table.name, column.name)
        for trace in traces.declared().values()
        if trace.fate is Fate.STAYS and trace.copied
        for column in trace.table.columns
        if telling(column) and column.name not in {*trace.cleared, *trace.struck, *trace.kept}
    }
    assert unsaid == set()


def test_what_stays_says_why_and_speaks_of_columns_that_are_there(app):
    for trace in traces.declared().values():
        named = {*trace.cleared, *trace.struck, *trace.kept, *trace.withheld}
        assert named <= set(trace.table.columns.keys()), trace.table.name
        assert (trace.fate is Fate.STAYS) == bool(trace.why), trace.table.name


def test_a_copy_says_in_words_what_each_part_is(app):
    copied = {trace.table.name for trace in traces.declared().values() if trace.copied}
    for language in texts.LANGUAGES:
        worded = texts.catalogue(language)
        assert {name for name in copied if f"copies.tables.{name}" not in worded} == set()


def test_no_copy_has_a_secret(app):
    secret = ("fingerprint", "ticket", "digest", "secret")
    shown = {
        (trace.table.name, column.name)
        for trace in traces.declared().values()
        if trace.copied
        for column in trace.table.columns
        if column.name in secret and column.name not in trace.withheld
    }
    assert shown == set()
