"""In the evening those are reminded whose streak goes on, once, if today's five are still there."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import insert, select

from app.core import clock
from app.core.clock import SHANGHAI
from app.core.db import changed_rows, read, writing
from app.notices.models import Notice
from app.quizzes import jobs, reminding
from app.quizzes.models import Streak
from tests.factories.people import make_actor
from tests.quizzes.conftest import take

TODAY = date(2026, 11, 20)
EVENING = datetime(2026, 11, 20, 19, 30, tzinfo=SHANGHAI)


@pytest.fixture
def streak(app):
    def put(resident_id, length=3, ago=1, free_used=0):
        last = TODAY - timedelta(days=ago)
        row = {"resident_id": resident_id, "length": length, "longest": length, "last_day": last}
        with writing():
            changed_rows(insert(Streak), row | {"free_used": free_used})

    return put


def told():
    rows = read(select(Notice.resident_id, Notice.params).where(Notice.kind == "quiz_today"))
    return {row.resident_id: row.params["count"] for row in rows}


def test_only_who_has_a_streak_and_today_before_them(big_bank, clients, people, streak):
    of = {name: actor.resident_id for name, actor in people.items()}
    streak(of["resident"])
    streak(of["neighbour"])
    streak(of["sibling"], length=1)
    streak(of["outsider"], ago=4)  # three days missed, and a month has two free ones
    streak(of["gridworker"], length=9, ago=3)  # two missed: it still stands
    streak(of["gridworker2"], ago=2, free_used=2)  # none is left
    take(clients["neighbour"])
    with clock.at(EVENING):
        assert jobs.remind() == 2
        assert jobs.remind() == 0
    assert told() == {of["resident"]: 3, of["gridworker"]: 9}
    with clock.at(EVENING + timedelta(days=1)):
        assert jobs.remind() == 2  # the resident again, and the neighbour


def test_many_are_told_in_batches(app, streak, monkeypatch):
    monkeypatch.setattr(reminding, "AT_ONCE", 2)
    for _ in range(5):
        streak(make_actor().resident_id)
    with clock.at(EVENING):
        assert jobs.remind() == 5
    assert len(told()) == 5


def test_the_words_say_how_long_and_until_when(clients, people, streak):
    streak(people["resident"].resident_id, length=12)
    with clock.at(EVENING):
        jobs.remind()
        [notice] = clients["resident"].get("/notices").json["items"]
    assert notice["kind"] == "quiz_today"
    assert "12 天" in notice["body"]
    assert "23:59" in notice["body"]
    off = clients["resident"].patch("/me/preferences", {"kinds": {"quiz_today": False}})
    assert off.status_code == 200
