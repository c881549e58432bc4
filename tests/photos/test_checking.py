"""WeChat is asked about each photo that something shows, and again until it says something."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from app.core import clock, deliveries, outbox
from app.core.db import db, read, writing
from app.core.outbox import OutboxEvent
from app.core.pushes import PhotoChecked
from app.core.wechat import CheckRefused, WeChatUnavailable
from app.photos import checking, service
from app.photos.models import Photo
from tests.lookers import looked_at

NOW = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def looker(app):
    with looked_at(app) as looker, clock.at(NOW):
        yield looker


@pytest.fixture
def shown(people, draw):
    """Return a photo that something shows."""

    def show():
        photo_id = service.add_photo(people["resident"], io.BytesIO(draw(width=64, height=48)))
        with writing():
            service.attach(people["resident"], [photo_id["id"]])
        return photo_id["id"]

    return show


def state(photo_id):
    db.session.rollback()
    return read(select(Photo.check_state).where(Photo.id == photo_id)).scalar_one()


def withheld():
    return read(select(OutboxEvent).where(OutboxEvent.kind == "photos.withheld")).all()


def test_where_nothing_is_checked_everything_has_passed(app, shown):
    assert state(shown()) == "passed"
    assert deliveries.deliver_due() == 0


def test_a_photo_is_asked_about_by_a_link_that_works_from_outside(looker, shown, client):
    photo = shown()
    assert state(photo) == "checking"
    assert deliveries.deliver_due() == 1
    (link,) = looker.links
    assert link.startswith("http://127.0.0.1:8000/api/v1/photos/")
    assert client.get(link.removeprefix("http://127.0.0.1:8000")).mimetype == "image/jpeg"


@pytest.mark.parametrize(
    ("suggest", "verdict", "told"),
    [("pass", "passed", 0), ("risky", "withheld", 1), ("review", "review", 0)],
)
def test_the_verdict_is_taken_once(looker, shown, suggest, verdict, told):
    photo = shown()
    deliveries.deliver_due()
    looker.push(1, suggest)
    looker.push(1, suggest)
    assert state(photo) == verdict
    assert len(withheld()) == told


def test_what_was_judged_is_not_judged_otherwise_later(looker, shown):
    photo = shown()
    deliveries.deliver_due()
    looker.push(1, "risky")
    looker.push(1, "pass")
    assert state(photo) == "withheld"


def test_a_verdict_that_comes_before_its_question_is_known_waits_for_it(looker, shown):
    photo = shown()
    looker.push(1)
    assert state(photo) == "checking"
    deliveries.deliver_due()
    with clock.at(NOW + MINUTE):
        outbox.deliver_due()
    assert state(photo) == "passed"


def test_a_verdict_about_a_photo_that_is_gone_does_not_wait_for_ever(looker):
    with writing():
        outbox.record(PhotoChecked("trace-of-nothing", "pass", 100))
    assert outbox.deliver_due() == 0
    with clock.at(NOW + timedelta(days=2)):
        assert outbox.deliver_due() == 1


def test_without_a_verdict_it_is_asked_again_and_then_left_to_people(looker, shown):
    photo = shown()
    for asked, minutes in ((1, 0), (1, 40), (2, 41), (2, 81), (3, 82), (3, 122)):
        with clock.at(NOW + minutes * MINUTE):
            checking.ask_again()
            deliveries.deliver_due()
        assert (len(looker.links), state(photo)) == (asked, "checking"), minutes
    with clock.at(NOW + 123 * MINUTE):
        checking.ask_again()
        assert deliveries.deliver_due() == 0
    assert state(photo) == "review"


def test_a_late_verdict_still_counts(looker, shown):
    photo = shown()
    deliveries.deliver_due()
    with clock.at(NOW + timedelta(hours=3)):
        for _ in range(4):
            checking.ask_again()
    looker.push(1)
    assert state(photo) in {"checking", "passed"}


def test_what_wechat_refuses_to_look_at_is_asked_again_later(looker, shown):
    photo = shown()
    looker.trouble = CheckRefused(61010)
    deliveries.deliver_due()
    looker.trouble = None
    with clock.at(NOW + 41 * MINUTE):
        checking.ask_again()
        deliveries.deliver_due()
        looker.push(1)
    assert state(photo) == "passed"


def test_while_wechat_is_away_the_question_waits(looker, shown):
    photo = shown()
    looker.trouble = WeChatUnavailable()
    deliveries.deliver_due()
    assert looker.links == []
    looker.trouble = None
    with clock.at(NOW + MINUTE):
        deliveries.deliver_due()
        looker.push(1)
    assert state(photo) == "passed"


def test_a_question_that_was_overtaken_is_not_asked(looker, shown):
    shown()
    with clock.at(NOW + 41 * MINUTE):
        checking.ask_again()
        deliveries.deliver_due()
    assert len(looker.links) == 1
