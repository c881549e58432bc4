"""A photo is shown by one thing, sent by its owner, and forgotten when nothing shows it."""

import io
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.core import clock
from app.core.db import db, read, writing
from app.core.deployment import storage
from app.core.errors import InvalidInput
from app.photos import rules, service
from app.photos.jobs import forget_orphans
from app.photos.models import Photo
from tests.crowds import at_once


@pytest.fixture
def send(people, draw):
    """Return a function by which somebody sends a photo; it returns the photo's id."""
    body = draw(width=64, height=48)

    def send(who="resident"):
        return service.add_photo(people[who], io.BytesIO(body))["id"]

    return send


def attach(actor, *photo_ids):
    with writing():
        service.attach(actor, photo_ids)


def kept():
    db.session.rollback()
    return set(read(select(Photo.id)).scalars())


def fault(refusal):
    return [(found.field, found.code) for found in refusal.value.errors]


def files(photo_id):
    found = []
    for ending in service.VARIANTS.values():
        try:
            found.append(storage().get(photo_id + ending))
        except FileNotFoundError:
            continue
    return len(found)


def test_one_attaches_ones_own_photo_once(people, send):
    photo = send()
    attach(people["resident"], photo)
    with pytest.raises(InvalidInput) as refusal:
        attach(people["resident"], photo)
    assert fault(refusal) == [("photo_ids.0", "unknown_photo")]


@pytest.mark.parametrize("name", ["", "x", "A" * 43, "../x", "照片", "' OR 1=1 --"])
def test_a_photo_that_does_not_exist_is_named_by_its_position(people, send, name):
    with pytest.raises(InvalidInput) as refusal:
        attach(people["resident"], send(), name)
    assert fault(refusal) == [("photo_ids.1", "unknown_photo")]


def test_somebody_elses_photo_is_like_none(people, send):
    with pytest.raises(InvalidInput) as refusal:
        attach(people["neighbour"], send("resident"))
    assert fault(refusal) == [("photo_ids.0", "unknown_photo")]


def test_a_photo_named_twice_is_refused_and_stays_free(people, send):
    photo = send()
    with pytest.raises(InvalidInput) as refusal:
        attach(people["resident"], photo, photo)
    assert fault(refusal) == [("photo_ids.1", "unknown_photo")]
    attach(people["resident"], photo)


def test_ten_things_at_once_show_a_photo_once(app, people, send):
    photo = send()

    def claim(_number):
        try:
            attach(people["resident"], photo)
        except InvalidInput:
            return False
        return True

    assert sum(at_once(app, 10, claim)) == 1


def test_a_link_is_the_same_all_day_and_another_tomorrow(people, send):
    photo = send()
    midnight = clock.day_start(clock.shanghai_day(clock.now()))
    with clock.at(midnight):
        first = service.links(photo)
        assert service.thumbnail_link(photo) == first["thumbnail_url"]
    with clock.at(midnight + timedelta(hours=23, minutes=59)):
        assert service.links(photo) == first
    with clock.at(midnight + timedelta(days=1)):
        assert service.links(photo) != first


def test_no_photo_has_no_link(app):
    assert service.thumbnail_link(None) is None


def test_what_nothing_shows_is_forgotten_with_its_files(people, send):
    shown, orphan = send(), send()
    attach(people["resident"], shown)
    later = clock.now() + rules.ORPHAN_KEPT
    with clock.at(later - timedelta(minutes=1)):
        assert forget_orphans() == 0
    with clock.at(later + timedelta(minutes=1)):
        late = send()
        assert forget_orphans() == 1
        assert forget_orphans() == 0
    assert kept() == {shown, late}
    assert (files(shown), files(orphan), files(late)) == (2, 0, 2)


def test_a_photo_claimed_at_the_last_moment_stays(app, people, send):
    photo = send()
    attach(people["resident"], photo)
    assert not service._forget(photo)
    assert files(photo) == 2


def test_claiming_and_forgetting_at_once_never_leaves_a_photo_without_files(app, people, send):
    for _ in range(5):
        photo = send()

        def race(number, photo=photo):
            if number:
                return service._forget(photo)
            try:
                attach(people["resident"], photo)
            except InvalidInput:
                return False
            return True

        claimed, forgotten = at_once(app, 2, race)
        assert claimed != forgotten
        assert files(photo) == (2 if claimed else 0)


def test_a_disk_that_is_full_leaves_what_the_nightly_sweep_takes(app, people, send, monkeypatch):
    def full(name, content):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(storage(), "put", full)
        with pytest.raises(OSError, match="No space"):
            send()
    with clock.at(clock.now() + rules.ORPHAN_KEPT + timedelta(minutes=1)):
        forget_orphans()
    assert kept() == set()
