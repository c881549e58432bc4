"""Campaigns that have questions, and people who take part."""

from datetime import date, datetime, timedelta

import pytest

from app.campaigns import planning, tries
from app.core import clock, deliveries
from app.core.clock import SHANGHAI
from app.quizzes import daily
from tests.factories.people import COMMUNITY
from tests.quizzes import conftest as quizzes
from tests.quizzes.conftest import key_of

load, morning, big_bank = quizzes.load, quizzes.morning, quizzes.big_bank
TODAY = date(2026, 11, 20)
"""The Friday of `morning`."""
PLAN = {
    "place_code": COMMUNITY,
    "title": {"zh": "消防月问答", "en": "Fire-safety month"},
    "about": {"zh": "十一月是消防月，几分钟看看家里安不安全。"},
    "first_day": TODAY,
    "last_day": TODAY + timedelta(days=9),
    "audience": "everybody",
    "topics": ["fire", "ebike"],
    "question_count": 4,
    "pass_percent": 75,
    "most_tries": 2,
    "wait_hours": 2,
}


def shanghai(day, hour=9, minute=0):
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=SHANGHAI)


def announced(actor, **changes):
    """Plan a campaign and announce it; whose first day came is running then."""
    return planning.move(actor, planning.plan(actor, **PLAN | changes)["id"], to="announced")


def answer(actor, attempt, right):
    """Answer an attempt's questions, so many of them rightly, and finish it."""
    for number, asked in enumerate(attempt["questions"]):
        ids = key_of(attempt["attempt_id"], asked)[0 if number < right else 1]
        daily.answer(actor, attempt["attempt_id"], question_id=asked["id"], option_ids=ids)
    return daily.finish(actor, attempt["attempt_id"])


def take(actor, campaign_id, right=4):
    """Take part once; returns the finished attempt."""
    return answer(actor, tries.begin(actor, campaign_id), right)


def tell_everybody():
    """Let what was begun to be told reach its audience."""
    while deliveries.deliver_due():
        pass


@pytest.fixture
def running(big_bank, people):
    """A campaign of today, its community's; four questions, three must be right."""
    return announced(people["committee"])


@pytest.fixture
def later(big_bank):
    """Go on at another time."""
    return lambda **delta: clock.at(clock.now() + timedelta(**delta))
