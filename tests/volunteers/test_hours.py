"""Hours: credited once, held, confirmed, corrected; nothing is rewritten."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from app.core import clock
from app.core.db import db, read, writing
from app.core.errors import InvalidInput, NotFound
from app.core.states import IllegalMove, MoveNotYours
from app.notices import service as notices
from app.points import service as points
from app.volunteers import honour, hours
from app.volunteers.hours_models import HourAccount, HourEntry
from tests.crowds import at_once
from tests.factories.people import COMMUNITY, SIBLING

START = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)
"""Friday, 19:00 in Shanghai."""
NOW = START + timedelta(hours=15)


@pytest.fixture(autouse=True)
def later():
    with clock.at(NOW):
        yield


@pytest.fixture
def me(people):
    return people["resident"]


def at(minutes):
    return START + timedelta(minutes=minutes)


def served(start, end, **changes):
    given = {
        "place_code": COMMUNITY,
        "team_id": None,
        "title": "夜巡",
        "starts_at": at(start),
        "ends_at": at(end),
        "evidence": 3,
        "attested": False,
    }
    return given | changes


def credit(actor, shift_id, start, end, **changes):
    return hours.credit(actor.resident_id, shift_id=shift_id, **served(start, end, **changes))


def kinds(actor):
    return [notice["kind"] for notice in notices.list_notices(actor, limit=20)["items"]]


def test_attended_minutes_are_credited_and_thanked_once(me):
    first = credit(me, 1, 0, 120)
    assert first.minutes == 120
    assert credit(me, 1, 0, 120) == first
    assert credit(me, 1, 0, 999) == first
    shown = honour.my_hours(me)
    assert (shown["total_minutes"], shown["held_minutes"]) == (120, 0)
    assert points.my_points(me)["balance"] == 20
    assert kinds(me) == ["hours_credited"]


def test_one_minute_counts_once_across_shifts(me):
    credit(me, 1, 0, 60)
    assert credit(me, 2, 30, 90).minutes == 30
    assert credit(me, 3, 10, 80).minutes == 0
    around = credit(me, 4, -30, 120)
    assert around.minutes == 60
    assert len(around.entry_ids) == 2
    assert honour.my_hours(me)["total_minutes"] == 150


def test_somebody_elses_minutes_are_theirs(people, me):
    credit(me, 1, 0, 60)
    assert credit(people["neighbour"], 1, 0, 60).minutes == 60


def test_without_evidence_they_are_held_with_their_points(me):
    credit(me, 1, 0, 120, evidence=1)
    shown = honour.my_hours(me)
    assert (shown["total_minutes"], shown["held_minutes"]) == (0, 120)
    assert points.my_points(me)["held"] == 20
    assert "等队长或同伴作证" in notices.list_notices(me, limit=1)["items"][0]["body"]


def test_an_attested_claim_counts_at_once(me):
    credit(me, 1, 0, 120, evidence=0, attested=True)
    assert honour.my_hours(me)["total_minutes"] == 120


@pytest.mark.parametrize("word", [{"evidence": 2}, {"evidence": 0, "attested": True}])
def test_what_was_held_counts_when_it_is_confirmed(me, word):
    credit(me, 1, 0, 120, evidence=1)
    hours.confirm(me.resident_id, 1, 1)
    assert honour.my_hours(me)["total_minutes"] == 0
    for _ in range(2):
        hours.confirm(me.resident_id, 1, word["evidence"], attested=word.get("attested", False))
    shown = honour.my_hours(me)
    assert (shown["total_minutes"], shown["held_minutes"]) == (120, 0)
    assert shown["items"][0]["state"] == "credited"
    has = points.my_points(me)
    assert (has["balance"], has["held"]) == (20, 0)
    assert kinds(me) == ["hours_credited", "hours_credited"]


def test_nothing_confirmed_is_nothing(me):
    assert hours.confirm(me.resident_id, 1, 5).minutes == 0


def test_an_entry_is_reversed_once_with_its_points(me):
    found = credit(me, 1, 0, 120)
    reversal_id = hours.reverse(None, found.entry_ids[0], "走错了班次")
    assert hours.reverse(None, found.entry_ids[0], "再来一次") is None
    shown = honour.my_hours(me)
    assert shown["total_minutes"] == 0
    assert [(row["minutes"], row["reversed"], row["reason"]) for row in shown["items"]] == [
        (120, True, "走错了班次")
    ]
    assert points.my_points(me)["balance"] == 0
    minus = read(select(HourEntry.minutes).where(HourEntry.id == reversal_id)).scalar_one()
    assert minus == -120
    told = notices.list_notices(me, limit=1)["items"][0]
    assert told["kind"] == "hours_corrected"
    assert "走错了班次" in told["body"]


def test_minutes_that_were_taken_back_may_count_elsewhere(me):
    found = credit(me, 1, 0, 60)
    hours.reverse(None, found.entry_ids[0], "没有来")
    assert credit(me, 2, 0, 60).minutes == 60


def test_a_shift_is_credited_anew(me):
    credit(me, 1, 0, 60)
    credit(me, 2, 60, 120)
    same = {"evidence": 3, "attested": False, "reason": "补签"}
    found = hours.recredit(None, me.resident_id, 1, starts_at=at(-30), ends_at=at(90), **same)
    assert found.minutes == 90
    shown = honour.my_hours(me)
    assert shown["total_minutes"] == 150
    assert points.my_points(me)["balance"] == 25
    again = hours.recredit(None, me.resident_id, 1, starts_at=at(-30), ends_at=at(90), **same)
    assert again == found
    assert honour.my_hours(me) == shown
    assert kinds(me).count("hours_corrected") == 1


def test_evidence_that_was_not_accepted_sets_nothing_free_later(me):
    credit(me, 1, 0, 60)
    whole = {"starts_at": at(0), "ends_at": at(60), "attested": False, "reason": "不采信"}
    hours.recredit(None, me.resident_id, 1, evidence=0, **whole)
    hours.confirm(me.resident_id, 1, 1)
    shown = honour.my_hours(me)
    assert (shown["total_minutes"], shown["held_minutes"]) == (0, 60)
    assert shown["items"][0]["evidence"] == 1
    has = points.my_points(me)
    assert (has["balance"], has["held"]) == (0, 10)


def test_an_empty_interval_only_takes_back(me):
    credit(me, 1, 0, 60)
    found = hours.recredit(
        None, me.resident_id, 1, starts_at=at(0), ends_at=at(0), evidence=0, attested=False,
        reason="没有来",
    )  # fmt: skip
    assert found.minutes == 0
    assert honour.my_hours(me)["total_minutes"] == 0


def test_where_nothing_was_credited_an_appeal_credits(me):
    given = served(0, 60, attested=True) | {"reason": "申诉"}
    with pytest.raises(ValueError, match="place_code"):
        hours.recredit(
            None, me.resident_id, 1, starts_at=at(0), ends_at=at(60), evidence=0, attested=True,
            reason="申诉",
        )  # fmt: skip
    assert hours.recredit(None, me.resident_id, 1, **given).minutes == 60
    assert kinds(me) == ["hours_credited"]


def test_spent_points_of_a_corrected_round_are_owed(me, people):
    from app.points import rewards  # noqa: PLC0415

    credit(me, 1, 0, 120)
    reward = rewards.offer(people["committee"], place_code=COMMUNITY, name="伞", cost=20, stock=1)
    rewards.redeem(me, reward["id"])
    hours.correct(
        people["committee"], honour.my_hours(me)["items"][0]["id"], minutes=60, reason="早走"
    )
    has = points.my_points(me)
    assert (has["balance"], has["debt"]) == (0, 10)
    assert points.check_books() == 0


# Corrections by a committee


@pytest.fixture
def entry_id(me):
    return credit(me, 1, 0, 60, evidence=1).entry_ids[0]


def test_a_committee_corrects_with_a_reason(people, me, entry_id):
    done = hours.correct(people["committee"], entry_id, minutes=90, reason="签退晚了")
    assert done["minutes"] == 90
    shown = honour.my_hours(me)
    assert (shown["total_minutes"], shown["held_minutes"]) == (90, 0)
    by = read(select(HourEntry.by_id).where(HourEntry.reverses_id == entry_id)).scalar_one()
    assert by == people["committee"].resident_id


def test_or_says_from_when_until_when(people, entry_id):
    done = hours.correct(
        people["street"], entry_id, starts_at=at(-15), ends_at=at(15), reason="早到早走"
    )
    assert done["minutes"] == 30


def test_none_is_all_of_it_back(people, me, entry_id):
    assert hours.correct(people["committee"], entry_id, minutes=0, reason="没来")["minutes"] == 0
    assert honour.my_hours(me)["held_minutes"] == 0


def test_a_corrected_entry_is_corrected_by_its_successor(people, entry_id):
    done = hours.correct(people["committee"], entry_id, minutes=30, reason="一")
    with pytest.raises(IllegalMove):
        hours.correct(people["committee"], entry_id, minutes=60, reason="二")
    again = hours.correct(people["committee"], done["entry_ids"][0], minutes=60, reason="三")
    assert again["minutes"] == 60


def test_only_the_committee_of_the_place_corrects(people, entry_id):
    for who in ("outsider", "sibling", "gridworker", "neighbour", "resident"):
        with pytest.raises(NotFound):
            hours.correct(people[who], entry_id, minutes=0, reason="不对")


def test_nobody_corrects_their_own(people):
    mine = credit(people["committee"], 1, 0, 60).entry_ids[0]
    with pytest.raises(MoveNotYours):
        hours.correct(people["committee"], mine, minutes=600, reason="我很辛苦")
    assert hours.correct(people["street"], mine, minutes=30, reason="早走")["minutes"] == 30


@pytest.mark.parametrize(
    ("form", "field", "code"),
    [
        ({"minutes": 720}, None, None),
        ({"minutes": 721}, "minutes", "longer_than_hours"),
        ({"starts_at": at(0), "ends_at": at(721)}, "ends_at", "longer_than_hours"),
        ({"starts_at": NOW, "ends_at": NOW + timedelta(minutes=1)}, "ends_at", "in_the_future"),
    ],
)
def test_what_cannot_have_been_is_refused(form, field, code, people, entry_id):
    if field is None:
        assert hours.correct(people["committee"], entry_id, **form, reason="长")["minutes"] == 720
        return
    with pytest.raises(InvalidInput) as refused:
        hours.correct(people["committee"], entry_id, **form, reason="长")
    assert [(fault.field, fault.code) for fault in refused.value.errors] == [(field, code)]


# Stars


def test_each_star_is_told_once_ever(me, people):
    for day in range(10):
        credit(me, day + 1, -day * 1440, -day * 1440 + 600)
    assert honour.my_hours(me)["stars"] == 1
    assert kinds(me).count("star_reached") == 1
    last = honour.my_hours(me)["items"][0]["id"]
    done = hours.correct(people["committee"], last, minutes=10, reason="早走")
    assert honour.my_hours(me)["stars"] == 0
    hours.correct(people["committee"], done["entry_ids"][0], minutes=600, reason="没有早走")
    assert honour.my_hours(me)["stars"] == 1
    assert kinds(me).count("star_reached") == 1


# Many at once, and what the database itself refuses


def test_the_same_shift_settled_by_twenty_counts_once(app, me):
    db.session.remove()
    found = at_once(app, 20, lambda _: credit(me, 1, 0, 120).minutes)
    assert found == [120] * 20
    assert read(select(HourEntry.minutes)).scalars().all() == [120]
    assert points.my_points(me)["balance"] == 20


def test_overlapping_shifts_settled_at_once_never_exceed_the_time(app, me):
    db.session.remove()
    found = at_once(app, 12, lambda n: credit(me, n + 1, n * 10, n * 10 + 60).minutes)
    assert sum(found) == 170
    account = read(select(HourAccount.credited)).scalar_one()
    assert account == 170
    assert points.check_books() == 0


@pytest.mark.parametrize(
    "rewrite",
    [
        "UPDATE hour_entries SET minutes = 6000",
        "UPDATE hour_entries SET resident_id = resident_id",
        "DELETE FROM hour_entries",
    ],
)
def test_the_database_refuses_to_rewrite_hours(rewrite, me):
    credit(me, 1, 0, 60)
    with pytest.raises(DatabaseError, match="append-only"), writing():
        read(text(rewrite))


def test_staff_see_the_hours_of_their_place(people, me):
    credit(me, 1, 0, 60)
    credit(people["sibling"], 2, 0, 60, place_code=SIBLING)
    seen = honour.hours_at(people["committee"])["items"]
    assert [(row["shift_id"], row["resident"]["name"]) for row in seen] == [(1, me.name)]
    assert len(honour.hours_at(people["street"])["items"]) == 2
    only = honour.hours_at(people["street"], resident_id=me.resident_id)["items"]
    assert [row["shift_id"] for row in only] == [1]
    with pytest.raises(NotFound):
        honour.hours_at(people["committee"], place=SIBLING)
    assert honour.hours_at(people["gridworker"])["items"] == []
