"""Offered, reserved, collected, given back."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from PIL import Image

from app.core import clock
from app.core.errors import InvalidInput, NotFound
from app.core.states import IllegalMove, MoveNotYours
from app.notices import service as notices
from app.photos import service as photos
from app.points import rewards, rules
from app.points.ledger import NotEnoughPoints
from app.points.rewards import RewardLimit, SoldOut
from tests.factories.people import COMMUNITY, ELSEWHERE, SIBLING

NOW = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def noon():
    with clock.at(NOW):
        yield


@pytest.fixture
def me(people):
    return people["resident"]


def test_a_reserved_reward_is_paid_and_kept_for_two_weeks(me, offer, give, has):
    give(me, 25)
    reward = offer(cost=10, stock=3)
    made = rewards.redeem(me, reward["id"])
    assert made["state"] == "reserved"
    assert made["qr_text"] == "linli:redemption:" + made["code"]
    assert made["expires_at"] == NOW + timedelta(days=14)
    assert [move["move"] for move in made["moves"]] == ["cancel"]
    assert has(me) == (15, 0, 0)
    seen = rewards.show_reward(me, reward["id"])
    assert (seen["stock"], seen["mine"], seen["affordable"]) == (2, 1, True)


def test_whoever_shows_the_code_gets_it_once(people, me, offer, give):
    give(me, 10)
    made = rewards.redeem(me, offer()["id"])
    done = rewards.collect(people["gridworker"], code=made["qr_text"])
    assert done["state"] == "collected"
    assert done["resident"] == {"id": me.resident_id, "name": me.name}
    assert done["moves"] == []
    with pytest.raises(IllegalMove):
        rewards.collect(people["committee"], code=made["code"])
    with pytest.raises(IllegalMove):
        rewards.cancel(me, made["id"])


def test_a_code_is_worth_nothing_to_staff_elsewhere(people, me, offer, give):
    give(me, 10)
    made = rewards.redeem(me, offer()["id"])
    for who in ("outsider", "resident", "neighbour", "stranger"):
        with pytest.raises(NotFound):
            rewards.collect(people[who], code=made["code"])
    with pytest.raises(NotFound):
        rewards.collect(people["gridworker"], code="NOSUCHCODE")


def test_nobody_hands_a_reward_to_themselves(people, offer, give):
    worker = people["gridworker"]
    give(worker, 10)
    made = rewards.redeem(worker, offer()["id"])
    with pytest.raises(MoveNotYours):
        rewards.collect(worker, code=made["code"])
    rewards.collect(people["gridworker2"], code=made["code"])


def test_what_is_cancelled_comes_back(people, me, offer, give, has):
    give(me, 10)
    reward = offer(stock=1)
    made = rewards.redeem(me, reward["id"])
    assert rewards.cancel(me, made["id"])["state"] == "cancelled"
    assert has(me) == (10, 0, 0)
    assert rewards.show_reward(me, reward["id"])["stock"] == 1
    with pytest.raises(IllegalMove):
        rewards.cancel(me, made["id"])
    with pytest.raises(IllegalMove):
        rewards.collect(people["gridworker"], code=made["code"])
    words = [line["words"] for line in _ledger(me)][:2]
    assert words == ["退回：雨伞", "兑换：雨伞"]


def _ledger(actor):
    from app.points import service as points  # noqa: PLC0415

    return points.my_points(actor)["items"]


def test_one_does_not_cancel_for_others(people, me, offer, give):
    give(me, 10)
    made = rewards.redeem(me, offer()["id"])
    for who in ("neighbour", "committee"):
        with pytest.raises(NotFound):
            rewards.cancel(people[who], made["id"])
        with pytest.raises(NotFound):
            rewards.show_redemption(people[who], made["id"])


def test_what_nobody_collects_expires_and_is_told(me, people, offer, give, has):
    give(me, 10)
    reward = offer(stock=1)
    made = rewards.redeem(me, reward["id"])
    with clock.at(NOW + timedelta(days=12)):
        assert rewards.remind_ending() == 1
        assert rewards.remind_ending() == 0
        assert rewards.expire_due() == 0
    with clock.at(NOW + timedelta(days=14)):
        with pytest.raises(IllegalMove):
            rewards.collect(people["gridworker"], code=made["code"])
        assert rewards.expire_due() == 1
        assert rewards.expire_due() == 0
    assert has(me) == (10, 0, 0)
    assert rewards.show_reward(me, reward["id"])["stock"] == 1
    told = [notice["kind"] for notice in notices.list_notices(me, limit=9)["items"]]
    assert told == ["redemption_expired", "redemption_ending"]
    bodies = [notice["body"] for notice in notices.list_notices(me, limit=9)["items"]]
    assert "10 积分" in bodies[0]
    assert "12月5日 12:00" in bodies[1]


def test_without_points_there_is_no_reward(me, offer, give, has):
    give(me, 9)
    reward = offer(cost=10)
    with pytest.raises(NotEnoughPoints):
        rewards.redeem(me, reward["id"])
    assert has(me) == (9, 0, 0)
    assert rewards.show_reward(me, reward["id"])["stock"] == 3


def test_held_points_buy_nothing(me, offer):
    from app.points import service as points  # noqa: PLC0415

    points.grant(me.resident_id, "round", "hours", 1, amount=20, held=True)
    with pytest.raises(NotEnoughPoints):
        rewards.redeem(me, offer(cost=10)["id"])


def test_what_is_gone_is_gone(me, offer, give):
    give(me, 30)
    reward = offer(cost=10, stock=1)
    rewards.redeem(me, reward["id"])
    with pytest.raises(SoldOut):
        rewards.redeem(me, reward["id"])


def test_one_person_has_no_more_than_one_may(me, people, offer, give):
    give(me, 40)
    give("neighbour", 10)
    reward = offer(cost=10, stock=9, per_person=2)
    first = rewards.redeem(me, reward["id"])
    second = rewards.redeem(me, reward["id"])
    rewards.collect(people["gridworker"], code=first["code"])
    with pytest.raises(RewardLimit):
        rewards.redeem(me, reward["id"])
    rewards.cancel(me, second["id"])
    rewards.redeem(me, reward["id"])
    rewards.redeem(people["neighbour"], reward["id"])


def test_what_is_not_offered_any_more_is_seen_by_who_offers(me, people, offer, give):
    give(me, 10)
    reward = offer()
    rewards.change(people["committee"], reward["id"], active=False)
    assert rewards.list_rewards(me)["items"] == []
    assert [row["id"] for row in rewards.list_rewards(people["committee"])["items"]] == [
        reward["id"]
    ]
    with pytest.raises(NotFound):
        rewards.redeem(me, reward["id"])
    with pytest.raises(NotFound):
        rewards.show_reward(me, reward["id"])


def test_a_change_of_stock_adds_to_what_is_there_now(me, people, offer, give):
    give(me, 10)
    reward = offer(stock=3)
    rewards.redeem(me, reward["id"])
    changed = rewards.change(people["committee"], reward["id"], stock_change=5, name="长柄伞")
    assert (changed["stock"], changed["name"]) == (7, "长柄伞")
    with pytest.raises(SoldOut):
        rewards.change(people["committee"], reward["id"], stock_change=-8)


def test_a_new_price_is_for_new_reservations(me, people, offer, give, has):
    give(me, 10)
    reward = offer(cost=10)
    made = rewards.redeem(me, reward["id"])
    rewards.change(people["committee"], reward["id"], cost=2)
    rewards.cancel(me, made["id"])
    assert has(me) == (10, 0, 0)


@pytest.mark.parametrize(
    ("who", "code"),
    [
        ("committee", SIBLING),
        ("committee", ELSEWHERE),
        ("outsider", COMMUNITY),
        ("street", "9" * 12),
    ],
)
def test_one_offers_only_at_ones_own_places(who, code, people):
    with pytest.raises(NotFound):
        rewards.offer(people[who], place_code=code, name="伞", cost=1, stock=1)


def test_one_changes_only_what_is_offered_at_ones_places(people, offer):
    reward = offer()
    for who in ("outsider", "gridworker", "resident"):
        with pytest.raises(NotFound):
            rewards.change(people[who], reward["id"], cost=1)


def test_at_a_place_is_what_it_and_those_around_it_offer(people, offer):
    mine = offer()
    streets = offer("street", place_code=COMMUNITY[:9], name="体检")
    offer("street", place_code=SIBLING, name="扫帚")
    offer("outsider", place_code=ELSEWHERE, name="茶叶")
    found = [row["id"] for row in rewards.list_rewards(people["resident"])["items"]]
    assert found == [streets["id"], mine["id"]]
    asked = rewards.list_rewards(people["stranger"], place=COMMUNITY)["items"]
    assert [row["id"] for row in asked] == found
    assert rewards.list_rewards(people["stranger"])["items"] == []


def test_a_picture_shows_it(people, offer):
    content = io.BytesIO()
    Image.new("RGB", (64, 48), "teal").save(content, "JPEG")
    content.seek(0)
    photo_id = photos.add_photo(people["committee"], content)["id"]
    assert offer(photo_id=photo_id)["photo_url"].startswith("/api/v1/photos/")
    with pytest.raises(InvalidInput):
        offer(photo_id=photo_id)


def test_lists_page(me, people, offer, give):
    give(me, 50)
    made = [rewards.redeem(me, offer(name=f"伞{n}")["id"])["id"] for n in range(5)]
    first = rewards.my_redemptions(me, limit=3)
    rest = rewards.my_redemptions(me, limit=3, cursor=first["next_cursor"])
    assert [row["id"] for row in first["items"] + rest["items"]] == made[::-1]
    page = rewards.list_rewards(me, limit=2)
    names = [row["name"] for row in page["items"]]
    more = rewards.list_rewards(me, limit=9, cursor=page["next_cursor"])
    assert names + [row["name"] for row in more["items"]] == [f"伞{n}" for n in range(4, -1, -1)]


def test_every_state_of_a_redemption_has_its_moves():
    origins = {move.origin for move in rules.REDEMPTION_MOVES}
    assert origins == {"reserved"}
    ends = {move.to for move in rules.REDEMPTION_MOVES}
    assert ends | origins == set(rules.REDEMPTION_STATES)
