"""Joining, waiting, leaving, standing in, being taken off: services on both databases."""

from datetime import timedelta

import pytest

from app.core import clock, outbox
from app.core.access import RoleKind
from app.core.db import db, read, writing
from app.core.errors import Conflict, Forbidden, NotFound
from app.core.states import IllegalMove
from app.patrols import fitness, planning, queue, rules, seats, service
from app.patrols.models import Offer
from app.volunteers.events import VolunteerStopped
from app.volunteers.service import NotAVolunteer, VolunteerPaused
from tests.factories.people import COMMUNITY, SIBLING, make_actor
from tests.patrols.conftest import (
    DAY,
    HOUR,
    assert_sound,
    offer_of,
    shift_row,
    state_of,
    states,
    told,
)

pytestmark = pytest.mark.usefixtures("now")


def test_who_comes_first_has_a_seat_and_the_others_wait_in_their_order(plan, crowd):
    shift_id = plan()
    answers = [seats.sign_up(person, shift_id) for person in crowd(4)]
    assert [answer["state"] for answer in answers] == ["joined", "joined", "waiting", "waiting"]
    assert [answer["position"] for answer in answers] == [None, None, 1, 2]
    assert_sound(shift_id)


def test_nobody_signs_up_twice(filled):
    for person in filled.people:
        with pytest.raises(seats.AlreadySignedUp):
            seats.sign_up(person, filled.id)
    assert_sound(filled.id)


def test_who_leaves_in_time_frees_the_seat_and_the_first_in_line_is_offered_it(filled):
    one, _, third, fourth = filled.people
    assert seats.leave(one, filled.id)["state"] == "left"
    assert state_of(filled.id, third) == "offered"
    assert state_of(filled.id, fourth) == "waiting"
    assert offer_of(third).expires_at == clock.now() + 2 * HOUR
    assert_sound(filled.id)


def test_who_takes_the_offer_is_on_the_shift(filled):
    one, _, third, _ = filled.people
    seats.leave(one, filled.id)
    offer_id = offer_of(third).id
    assert queue.accept_offer(third, offer_id)["state"] == "joined"
    with pytest.raises(queue.OfferOver):
        queue.accept_offer(third, offer_id)
    with pytest.raises(queue.OfferOver):
        queue.decline_offer(third, offer_id)
    assert states(filled.id) == ["left", "joined", "joined", "waiting"]
    assert_sound(filled.id)


def test_no_offer_is_taken_that_another_shift_was_moved_onto(filled, plan, people):
    one, _, third, _ = filled.people
    other = plan(5 * DAY)
    seats.sign_up(third, other)
    seats.leave(one, filled.id)
    times = {name: getattr(shift_row(filled.id), name) for name in ("starts_at", "ends_at")}
    planning.change_shift(people["committee"], other, **times)
    offer_id = offer_of(third).id
    with pytest.raises(fitness.OverlappingShift):
        queue.accept_offer(third, offer_id)
    assert state_of(filled.id, third) == "offered"
    assert queue.decline_offer(third, offer_id)["state"] == "left"
    assert_sound(filled.id, other)


def test_who_declines_lets_it_go_to_the_next(filled):
    one, _, third, fourth = filled.people
    seats.leave(one, filled.id)
    queue.decline_offer(third, offer_of(third).id)
    assert state_of(filled.id, third) == "left"
    assert state_of(filled.id, fourth) == "offered"
    assert_sound(filled.id)


def test_an_offer_that_nobody_answers_goes_to_the_next(filled):
    one, _, third, fourth = filled.people
    seats.leave(one, filled.id)
    offer = offer_of(third)
    with clock.at(offer.expires_at - timedelta(seconds=1)):
        queue.expire_due()
        assert state_of(filled.id, third) == "offered"
    with clock.at(offer.expires_at):
        with pytest.raises(queue.OfferOver):
            queue.accept_offer(third, offer.id)
        queue.expire_due()
        assert queue.expire_due() == 0
        assert state_of(filled.id, third) == "expired"
        assert offer_of(fourth).expires_at == clock.now() + 2 * HOUR
        assert seats.sign_up(third, filled.id) == {
            "shift_id": filled.id,
            "state": "waiting",
            "position": 1,
        }
    assert_sound(filled.id)


def test_nobody_else_answers_an_offer(filled, volunteer):
    seats.leave(filled.people[0], filled.id)
    offer_id = offer_of(filled.people[2]).id
    for answer in (queue.accept_offer, queue.decline_offer):
        with pytest.raises(NotFound):
            answer(volunteer(), offer_id)


def test_leaving_with_an_offer_is_declining_it(filled):
    one, _, third, fourth = filled.people
    seats.leave(one, filled.id)
    seats.leave(third, filled.id)
    assert (state_of(filled.id, third), state_of(filled.id, fourth)) == ("left", "offered")
    assert_sound(filled.id)


def test_a_newcomer_does_not_pass_those_who_wait(filled, volunteer):
    """Not even in the moment between a free seat and its offer."""
    seats._leave(filled.people[0], filled.id)
    newcomer = volunteer()
    assert seats.sign_up(newcomer, filled.id)["state"] == "waiting"
    assert queue.offer_free() == 1
    assert state_of(filled.id, filled.people[2]) == "offered"
    assert state_of(filled.id, newcomer) == "waiting"
    assert_sound(filled.id)


def test_a_seat_that_nobody_who_waits_can_take_is_for_the_next_who_comes(filled, plan, volunteer):
    other = plan(2 * DAY + HOUR)
    for person in filled.people[2:]:
        seats.sign_up(person, other)
    seats.leave(filled.people[0], filled.id)
    assert states(filled.id) == ["left", "joined", "waiting", "waiting"]
    assert seats.sign_up(volunteer(), filled.id)["state"] == "joined"
    assert_sound(filled.id, other)


def test_after_the_cut_off_the_seat_stays_until_somebody_takes_over(filled, volunteer):
    one, two, third, _ = filled.people
    with clock.at(shift_row(filled.id).starts_at - timedelta(hours=23)):
        assert seats.leave(one, filled.id)["state"] == "seeking"
        assert seats.leave(one, filled.id)["state"] == "seeking"
        assert shift_row(filled.id).taken == 2
        assert seats.take_over(third, filled.id)["state"] == "joined"
        assert states(filled.id) == ["left", "joined", "joined", "waiting"]
        with pytest.raises(seats.NobodySeeks):
            seats.take_over(volunteer(), filled.id)
        with pytest.raises(seats.AlreadySignedUp):
            seats.take_over(two, filled.id)
    assert_sound(filled.id)


def test_who_can_come_after_all_keeps_the_seat(filled, volunteer):
    one = filled.people[0]
    with clock.at(shift_row(filled.id).starts_at - HOUR):
        seats.leave(one, filled.id)
        assert seats.sign_up(one, filled.id)["state"] == "joined"
        with pytest.raises(seats.NobodySeeks):
            seats.take_over(volunteer(), filled.id)
    assert_sound(filled.id)


def test_a_named_seeker_is_replaced(filled, volunteer):
    one, two, *_ = filled.people
    with clock.at(shift_row(filled.id).starts_at - HOUR):
        seats.leave(one, filled.id)
        seats.leave(two, filled.id)
        seats.take_over(volunteer(), filled.id, resident_id=two.resident_id)
    assert state_of(filled.id, one) == "seeking"
    assert state_of(filled.id, two) == "left"
    assert_sound(filled.id)


def test_nobody_stands_in_for_themselves(filled):
    one = filled.people[0]
    with clock.at(shift_row(filled.id).starts_at - HOUR):
        seats.leave(one, filled.id)
        with pytest.raises(seats.AlreadySignedUp):
            seats.take_over(one, filled.id)


def test_once_it_has_begun_nobody_joins_or_leaves(filled, volunteer):
    with clock.at(shift_row(filled.id).starts_at):
        with pytest.raises(seats.ShiftNotOpen):
            seats.sign_up(volunteer(), filled.id)
        with pytest.raises(seats.ShiftNotOpen):
            seats.leave(filled.people[0], filled.id)
        with pytest.raises(seats.ShiftNotOpen):
            seats.take_over(volunteer(), filled.id)
        assert seats.leave(filled.people[3], filled.id)["state"] == "left"
    assert_sound(filled.id)


def test_who_is_not_on_it_cannot_leave(filled, volunteer):
    with pytest.raises(NotFound):
        seats.leave(volunteer(), filled.id)
    seats.leave(filled.people[3], filled.id)
    with pytest.raises(NotFound):
        seats.leave(filled.people[3], filled.id)


def test_who_left_may_come_again(plan, volunteer):
    shift_id, person = plan(), volunteer()
    for _ in range(3):
        seats.sign_up(person, shift_id)
        seats.leave(person, shift_id)
    row = seats.signup_of(shift_id, person.resident_id)
    assert (row.state, row.sequence) == ("left", 5)
    assert_sound(shift_id)


# Who may


def test_one_has_to_be_a_volunteer(plan, people, volunteer):
    with pytest.raises(NotAVolunteer):
        seats.sign_up(people["resident"], plan())
    with pytest.raises(VolunteerPaused):
        seats.sign_up(volunteer(paused=True), plan())


def refused(actor, shift_id):
    with pytest.raises(Conflict) as fault:
        seats.sign_up(actor, shift_id)
    return fault.value.code


def test_a_needed_skill_must_be_there(plan, volunteer):
    shift_id = plan(skills=["first_aid", "driver"])
    assert refused(volunteer(skills=["driver"]), shift_id) == "missing_skill"
    able = volunteer(skills=["driver", "drone", "first_aid"])
    assert seats.sign_up(able, shift_id)["state"] == "joined"


@pytest.mark.parametrize(
    ("home", "place", "may"),
    [
        (COMMUNITY, COMMUNITY, True),
        (COMMUNITY, COMMUNITY + "001", True),
        (SIBLING, COMMUNITY, False),
        (None, COMMUNITY, False),
    ],
)
def test_a_confirmed_home_is_needed_only_where_the_shift_says_so(home, place, may, plan, volunteer):
    roles = [(RoleKind.RESIDENT, home)] if home else []
    actor = volunteer(make_actor(*roles))
    assert seats.sign_up(actor, plan(place_code=place))["state"] == "joined"
    only = plan(9 * DAY, place_code=place, residence_required=True)
    if may:
        assert seats.sign_up(actor, only)["state"] == "joined"
    else:
        assert refused(actor, only) == "residence_required"


def test_a_staff_role_is_no_home(plan, people, volunteer):
    shift_id = plan(residence_required=True)
    assert refused(volunteer(people["gridworker"]), shift_id) == "residence_required"


def test_the_young_walk_by_day(plan, volunteer):
    young = volunteer(birth_year=2010, guardian_consent_at=clock.now())
    assert refused(young, plan(2 * DAY + 12 * HOUR)) == "too_young_at_night"
    assert seats.sign_up(young, plan())["state"] == "joined"


def test_other_shifts_count_and_so_do_held_offers(filled, plan, volunteer):
    one, _, third, _ = filled.people
    assert refused(one, plan()) == "overlapping_shift"
    other = plan(2 * DAY + HOUR)
    assert seats.sign_up(third, other)["state"] == "joined"
    seats.leave(third, other)
    seats.leave(one, filled.id)  # now the seat is held for the third
    assert refused(third, other) == "overlapping_shift"
    seats.leave(third, filled.id)
    assert seats.sign_up(third, other)["state"] == "joined"


def test_a_cancelled_shift_is_in_nobodys_way(filled, plan, people):
    planning.cancel_shift(people["committee"], filled.id, reason="暴雨")
    assert seats.sign_up(filled.people[0], plan())["state"] == "joined"


def test_rest_and_hours(plan, volunteer):
    night = plan(2 * DAY + 12 * HOUR, lasts=4 * HOUR)  # 22:00 to 02:00
    actor = volunteer()
    seats.sign_up(actor, night)
    assert refused(actor, plan(2 * DAY + 23 * HOUR)) == "too_little_rest"  # 09:00
    assert seats.sign_up(actor, plan(3 * DAY))["state"] == "joined"  # 10:00 to 12:00
    assert refused(actor, plan(3 * DAY + 3 * HOUR, lasts=5 * HOUR)) == "too_many_hours"


def test_whoever_waits_and_took_another_shift_is_passed_over(filled, plan):
    one, _, third, fourth = filled.people
    seats.sign_up(third, plan(2 * DAY + HOUR))
    seats.leave(one, filled.id)
    assert state_of(filled.id, third) == "waiting"
    assert state_of(filled.id, fourth) == "offered"
    assert_sound(filled.id)


def test_who_stops_serving_leaves_what_is_to_come(filled, plan):
    one, _, third, _ = filled.people
    soon, begun = plan(20 * HOUR, leader_id=one.resident_id), plan(HOUR)
    seats.sign_up(one, soon)
    seats.sign_up(one, begun)
    with clock.at(clock.now() + HOUR), writing():
        outbox.record(VolunteerStopped(one.resident_id))
    with clock.at(clock.now() + HOUR):
        told(one)
        queue.expire_due()
    assert state_of(filled.id, one) == state_of(soon, one) == "left"
    assert shift_row(soon).leader_id is None
    assert state_of(begun, one) == "joined"
    assert state_of(filled.id, third) == "offered"
    assert_sound(filled.id, soon, begun)


# Leaders


def test_a_leader_takes_somebody_off_who_is_told_why(filled, people):
    one, _, third, _ = filled.people
    seats.remove(people["committee"], filled.id, one.resident_id, reason="多次未到")
    assert state_of(filled.id, one) == "removed"
    assert state_of(filled.id, third) == "offered"
    with pytest.raises(seats.RemovedFromShift):
        seats.sign_up(one, filled.id)
    assert told(one) == ["shift_removed"]
    assert_sound(filled.id)


def test_only_who_leads_takes_somebody_off(filled, people, volunteer):
    one, two, *_ = filled.people
    for actor in (two, people["sibling"], people["outsider"]):
        with pytest.raises(Forbidden):
            seats.remove(actor, filled.id, one.resident_id, reason="不行")
    with pytest.raises(NotFound):
        seats.remove(people["committee"], filled.id, volunteer().resident_id, reason="不在")


def test_a_named_leader_leads(plan, volunteer, crowd):
    leader, one = crowd(2)
    shift_id = plan(leader_id=leader.resident_id)
    seats.sign_up(one, shift_id)
    seats.remove(leader, shift_id, one.resident_id, reason="人满")
    assert states(shift_id) == ["removed"]


def test_a_roster_enlists_whom_it_can_and_says_why_not(plan, people, volunteer, crowd):
    shift_id = plan(capacity=3)
    busy, skilled, waits, last, nobody = *crowd(4), make_actor()
    seats.sign_up(busy, plan(2 * DAY + HOUR))
    ids = [person.resident_id for person in (busy, skilled, waits, last, nobody)]
    refused_now = dict(seats.enlist(people["committee"], shift_id, ids))
    assert refused_now == {
        busy.resident_id: "overlapping_shift",
        nobody.resident_id: "not_serving",
    }
    assert dict(seats.enlist(people["committee"], shift_id, ids)) == refused_now | {
        person.resident_id: "already_signed_up" for person in (skilled, waits, last)
    }
    more = volunteer()
    assert seats.enlist(people["committee"], shift_id, [more.resident_id]) == [
        (more.resident_id, "shift_full")
    ]
    with pytest.raises(Forbidden):
        seats.enlist(more, shift_id, ids)
    assert_sound(shift_id)


def test_an_enlisted_person_who_had_an_offer_has_one_seat(filled, people):
    seats.leave(filled.people[0], filled.id)
    third = filled.people[2]
    assert seats.enlist(people["committee"], filled.id, [third.resident_id]) == []
    assert state_of(filled.id, third) == "joined"
    assert offer_of(third) is None
    assert_sound(filled.id)


# Doors for others


def test_what_the_features_above_may_ask(filled):
    one, two, *_ = filled.people
    assert [row.resident_id for row in service.crew(filled.id)] == [
        one.resident_id,
        two.resident_id,
    ]
    assert [row.resident_id for row in service.seats_of([filled.id])[filled.id]] == [
        one.resident_id,
        two.resident_id,
    ]
    row = shift_row(filled.id)
    found = service.shifts_of(one.resident_id, row.starts_at, row.ends_at)
    assert [(shift.id, shift.mine) for shift in found] == [(filled.id, "joined")]
    assert service.shifts_of(one.resident_id, row.ends_at, row.ends_at + DAY) == []


def test_a_move_that_somebody_else_made_first_is_refused(filled):
    row = seats.signup_of(filled.id, filled.people[0].resident_id)
    seats.leave(filled.people[0], filled.id)
    with pytest.raises(IllegalMove):
        seats.put(filled.id, filled.people[0].resident_id, row, rules.SEEKING)


def test_a_failing_database_leaves_the_seat_to_the_job(filled, monkeypatch):
    from sqlalchemy.exc import OperationalError  # noqa: PLC0415

    def away(*_):
        raise OperationalError("select", {}, Exception("away"))

    with monkeypatch.context() as broken:
        broken.setattr(queue, "_offer_next", away)
        assert seats.leave(filled.people[0], filled.id)["state"] == "left"
    assert read(db.select(Offer.id)).all() == []
    assert queue.expire_due() == 1
    assert fitness.unfit([filled.people[2].resident_id], shift_row(filled.id)) == {}
    assert_sound(filled.id)
