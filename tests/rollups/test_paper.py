"""Who answers on paper takes part as others do; what is corrected or withdrawn follows."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import delete, insert, select, update

from app.campaigns import entering
from app.core import clock, outbox
from app.core.db import changed_rows, read, writing
from app.core.outbox import OutboxEvent
from app.residents.models import Residence
from app.rollups import backfill
from app.rollups.models import Fact
from tests.campaigns.papers import key_of, opened_of_each_kind
from tests.factories.people import COMMUNITY

GRID = f"{COMMUNITY}001"
MORNING = datetime(2026, 11, 20, 1, 30, tzinfo=UTC)
FRIDAY = date(2026, 11, 20)
LEARNT, TAKEN_BACK = ("learnt", GRID, FRIDAY, 1), ("learnt", GRID, FRIDAY, -1)


@pytest.fixture(autouse=True)
def morning():
    with clock.at(MORNING):
        yield


@pytest.fixture
def me(people):
    """Somebody whose home in the grid is confirmed."""
    found = people["resident"].resident_id
    moments = {"requested_at": clock.now(), "decided_at": clock.now()}
    home = {"resident_id": found, "place_code": f"{GRID}001", "room": "1-101", "state": "confirmed"}
    with writing():
        changed_rows(delete(Residence).where(Residence.resident_id == found))
        changed_rows(insert(Residence), home | moments)
    return found


@pytest.fixture
def campaign(people):
    return opened_of_each_kind(people["committee"])


@pytest.fixture
def enter(people, campaign):
    """Type in a sheet of somebody, or of nobody known; returns the entry's id."""

    def one(resident_id, answers=None, name="first"):
        committee = people["committee"]
        code = entering.show_papers(committee, campaign)["papers"][0]["code"]
        return entering.enter(
            committee,
            campaign,
            client_uuid=name,
            code=code,
            answers=answers or key_of(campaign),
            resident_id=resident_id,
        )["id"]

    return one


def facts():
    outbox.deliver_due()
    rows = read(select(Fact.__table__).order_by(Fact.id))
    return [(row.activity, row.place_code, row.day, row.sign) for row in rows]


def test_a_sheet_counts_where_its_person_lives(enter, me):
    enter(me)
    assert facts() == [LEARNT]


@pytest.mark.parametrize("whose", ["nobody known", "who left all questions open"])
def test_nothing_is_counted_of(whose, enter, me, campaign):
    known = whose != "nobody known"
    enter(me if known else None, [""] * len(key_of(campaign)) if known else None)
    assert facts() == []


def test_a_corrected_sheet_counts_once_on_its_own_day(enter, me, people, campaign):
    wrong = enter(me, ["", *key_of(campaign)[1:]])
    with clock.at(MORNING + timedelta(days=2)):
        entering.correct(people["committee"], wrong, reason="看漏了", answers=key_of(campaign))
        assert facts() == [LEARNT, TAKEN_BACK, LEARNT]


def test_a_withdrawn_sheet_counts_no_more(enter, me, people):
    wrong = enter(me)
    entering.correct(people["committee"], wrong, reason="录到别人名下了")
    assert sorted(facts()) == sorted([LEARNT, TAKEN_BACK])


def test_what_is_withdrawn_before_it_was_heard_of_counts_nothing(enter, me, people):
    wrong = enter(me)
    told = read(select(OutboxEvent.id).order_by(OutboxEvent.id)).scalars().all()
    entering.correct(people["committee"], wrong, reason="录到别人名下了")
    with writing():
        later = clock.now() + timedelta(minutes=5)
        changed_rows(update(OutboxEvent).where(OutboxEvent.id.in_(told)).values(try_at=later))
    assert facts() == [LEARNT, TAKEN_BACK]
    with clock.at(MORNING + timedelta(minutes=10)):
        assert facts() == [LEARNT, TAKEN_BACK]


def test_sheets_of_before_are_made_up_for_once(enter, me, people, campaign):
    wrong = enter(me, ["", *key_of(campaign)[1:]])
    entering.correct(people["committee"], wrong, reason="看漏了", answers=key_of(campaign))
    enter(None, name="second")
    assert backfill.backfill() == 1
    assert backfill.backfill() == 0
    assert sum(sign for *_, sign in facts()) == 1
