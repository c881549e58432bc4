"""Thanked once, held, released, taken back; the database keeps the books by itself."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from app.core import clock
from app.core.db import db, read, writing
from app.points import ledger, rules
from app.points import service as points
from app.points.models import DayCount, Entry, Transaction

NOW = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)
"""Noon in Shanghai."""


@pytest.fixture(autouse=True)
def noon():
    with clock.at(NOW):
        yield


@pytest.fixture
def me(people):
    return people["resident"]


def test_one_source_is_thanked_once(me, has):
    assert points.grant(me.resident_id, "hazard_solved", "hazard", 7) == 10
    assert points.grant(me.resident_id, "hazard_solved", "hazard", 7) == 0
    assert has(me) == (10, 0, 0)


def test_another_version_of_a_rule_thanks_no_source_again(me, has, monkeypatch):
    points.grant(me.resident_id, "hazard_solved", "hazard", 7)
    newer = rules.Rule("hazard_solved", 2, 20, 60)
    monkeypatch.setitem(rules.RULES, "hazard_solved", newer)
    assert points.grant(me.resident_id, "hazard_solved", "hazard", 7) == 0
    assert points.grant(me.resident_id, "hazard_solved", "hazard", 8) == 20
    versions = read(select(Transaction.rule_version).order_by(Transaction.id)).scalars().all()
    assert versions == [1, 2]
    assert has(me) == (30, 0, 0)


def test_a_day_gives_no_more_than_its_cap(me, has):
    given = [points.grant(me.resident_id, "hazard_solved", "hazard", n) for n in range(1, 6)]
    assert given == [10, 10, 10, 0, 0]
    assert has(me) == (30, 0, 0)


def test_what_is_left_of_a_cap_is_given(me):
    points.grant(me.resident_id, "round", "hours", 1, amount=55)
    assert points.grant(me.resident_id, "round", "hours", 2, amount=20) == 5
    line = points.my_points(me)["items"][0]
    assert (line["amount"], line["capped"]) == (5, 15)


def test_the_day_is_that_of_shanghai_and_of_when_it_was_deserved(me):
    before_midnight = datetime(2026, 11, 20, 15, 59, tzinfo=UTC)
    after_midnight = datetime(2026, 11, 20, 16, 0, tzinfo=UTC)
    for n, at in enumerate([before_midnight] * 4 + [after_midnight] * 4):
        points.grant(me.resident_id, "hazard_solved", "hazard", n + 1, at=at)
    rows = read(select(DayCount.day, DayCount.granted).order_by(DayCount.day)).all()
    assert [(str(row.day), row.granted) for row in rows] == [("2026-11-20", 30), ("2026-11-21", 30)]


def test_what_has_no_evidence_waits_and_cannot_be_spent(me, has):
    points.grant(me.resident_id, "round", "hours", 1, amount=20, held=True)
    assert has(me) == (0, 20, 0)
    assert points.my_points(me)["items"][0]["held"] is True
    assert points.release(me.resident_id, "round", "hours", 1) == 20
    assert points.release(me.resident_id, "round", "hours", 1) == 0
    assert has(me) == (20, 0, 0)
    items = points.my_points(me)["items"]
    assert [(item["amount"], item["held"]) for item in items] == [(20, False)]


def test_what_was_held_and_is_taken_back_was_never_there(me, has):
    points.grant(me.resident_id, "round", "hours", 1, amount=20, held=True)
    assert points.reverse(me.resident_id, "round", "hours", 1) == 20
    assert points.release(me.resident_id, "round", "hours", 1) == 0
    assert has(me) == (0, 0, 0)


def test_taking_back_happens_once_and_gives_the_day_its_room_back(me, has):
    for n in range(1, 4):
        points.grant(me.resident_id, "hazard_solved", "hazard", n)
    assert points.reverse(me.resident_id, "hazard_solved", "hazard", 2) == 10
    assert points.reverse(me.resident_id, "hazard_solved", "hazard", 2) == 0
    assert points.grant(me.resident_id, "hazard_solved", "hazard", 4) == 10
    assert has(me) == (30, 0, 0)


def test_what_is_taken_back_first_is_not_given_later(me, has):
    assert points.reverse(me.resident_id, "hazard_solved", "hazard", 7, turn=5) == 0
    assert points.grant(me.resident_id, "hazard_solved", "hazard", 7, turn=4) == 0
    assert points.grant(me.resident_id, "hazard_solved", "hazard", 7, turn=6) == 10
    assert has(me) == (10, 0, 0)
    assert len(points.my_points(me)["items"]) == 1


def test_the_turns_of_a_source_end_the_same_in_any_order(me, has):
    points.grant(me.resident_id, "hazard_solved", "hazard", 7, turn=4)
    points.grant(me.resident_id, "hazard_solved", "hazard", 7, turn=8)
    assert points.reverse(me.resident_id, "hazard_solved", "hazard", 7, turn=10) == 20
    assert points.reverse(me.resident_id, "hazard_solved", "hazard", 7, turn=6) == 0
    assert points.grant(me.resident_id, "hazard_solved", "hazard", 7, turn=9) == 0
    assert points.grant(me.resident_id, "hazard_solved", "hazard", 7, turn=12) == 10
    assert has(me) == (10, 0, 0)


def test_turns_that_came_in_another_order_are_taken_back_together(me, has):
    points.grant(me.resident_id, "hazard_solved", "hazard", 7, turn=8)
    points.grant(me.resident_id, "hazard_solved", "hazard", 7, turn=4)
    assert points.reverse(me.resident_id, "hazard_solved", "hazard", 7, turn=8) == 20
    assert points.reverse(me.resident_id, "hazard_solved", "hazard", 7, turn=8) == 0
    assert has(me) == (0, 0, 0)


def test_nothing_is_nothing(me):
    assert points.grant(me.resident_id, "round", "hours", 1, amount=0) == 0
    assert points.release(me.resident_id, "round", "hours", 1) == 0
    assert points.my_points(me)["items"] == []


def test_an_unknown_rule_is_a_fault_of_ours(me):
    with pytest.raises(KeyError):
        points.grant(me.resident_id, "reports_made", "hazard", 1)


def test_what_was_spent_and_is_taken_back_is_owed_and_paid_first(me, has, give, offer):
    from app.points import rewards  # noqa: PLC0415

    give(me, 20)
    rewards.redeem(me, offer(cost=15)["id"])
    assert has(me) == (5, 0, 0)
    assert points.reverse(me.resident_id, "hazard_solved", "hazard", 1) == 10
    assert has(me) == (0, 0, 5)
    points.grant(me.resident_id, "round", "hours", 1, amount=3)
    assert has(me) == (0, 0, 2)
    points.grant(me.resident_id, "round", "hours", 2, amount=12, held=True)
    assert has(me) == (0, 12, 2)
    points.release(me.resident_id, "round", "hours", 2)
    assert has(me) == (10, 0, 0)
    assert points.check_books() == 0


def test_everybody_sees_their_own_ledger_only(people, me):
    points.grant(me.resident_id, "hazard_solved", "hazard", 7)
    assert points.my_points(people["neighbour"])["items"] == []
    assert points.my_points(people["committee"])["items"] == []


def test_the_ledger_is_told_in_the_readers_words(me):
    from dataclasses import replace  # noqa: PLC0415

    points.grant(me.resident_id, "hazard_solved", "hazard", 7)
    points.reverse(me.resident_id, "hazard_solved", "hazard", 7)
    words = [item["words"] for item in points.my_points(me)["items"]]
    assert words == ["收回：报告的隐患确实解决了", "报告的隐患确实解决了"]
    english = points.my_points(replace(me, language="en"))["items"][0]["words"]
    assert english == "Taken back: A hazard you reported was really solved"


def test_what_the_day_gave_is_told(me):
    points.grant(me.resident_id, "round", "hours", 1, amount=20)
    found = points.my_points(me)
    assert {rule["rule"]: rule["today"] for rule in found["rules"]} == {
        "round": 20,
        **dict.fromkeys(("hazard_solved", "quiz_day", "quiz_improved", "campaign_passed"), 0),
    }
    assert found["cap_today"] == {"granted": 20, "cap": 108}


def test_the_ledger_pages(me):
    for n in range(5):
        points.grant(me.resident_id, "round", "hours", n + 1, amount=1, at=NOW - timedelta(days=n))
    first = points.my_points(me, limit=3)
    second = points.my_points(me, limit=3, cursor=first["next_cursor"])
    sources = [item["source"]["id"] for item in first["items"] + second["items"]]
    assert sources == [5, 4, 3, 2, 1]
    assert second["next_cursor"] is None


@pytest.mark.parametrize("table", ["points_transactions", "points_entries"])
@pytest.mark.parametrize("rewrite", ["UPDATE {} SET amount = 1000", "DELETE FROM {}"])
def test_the_database_refuses_to_rewrite_the_ledger(table, rewrite, me):
    points.grant(me.resident_id, "hazard_solved", "hazard", 7)
    with pytest.raises(DatabaseError, match="append-only"), writing():
        read(text(rewrite.format(table)))


@pytest.mark.parametrize("kind", ["person", "held"])
def test_the_database_refuses_a_balance_below_zero(kind, me):
    points.grant(me.resident_id, "hazard_solved", "hazard", 7)
    with pytest.raises(DatabaseError), writing():
        read(text(f"UPDATE points_accounts SET balance = -1 WHERE kind = '{kind}'"))  # noqa: S608


def test_a_line_that_makes_points_of_nothing_is_refused(me):
    source = ledger.Source(me.resident_id, "round", "hours", 1)
    moved = {rules.AVAILABLE: 5, rules.ISSUE: -4}
    with writing():
        accounts = ledger.lock(me.resident_id)
    with pytest.raises(ledger.Unbalanced), writing():
        ledger.post(source, rules.GRANT, moved, accounts, version=1, at=NOW)
    assert read(select(Entry.id)).all() == []


def test_books_that_lie_are_found(me):
    points.grant(me.resident_id, "hazard_solved", "hazard", 7)
    with writing():
        read(text("UPDATE points_accounts SET balance = balance + 1 WHERE kind = 'person'"))
    db.session.remove()
    with pytest.raises(ledger.Unbalanced, match="says 11, its entries 10"):
        points.check_books()
