"""Swapping with a named colleague, and with whom one may."""

import pytest

from app.core import clock
from app.core.errors import Conflict, InvalidInput, NotFound
from app.core.states import MoveNotYours
from app.patrols import colleagues, fitness, planning, seats, swaps
from tests.patrols.conftest import DAY, HOUR, acquaint, assert_sound, shift_row, state_of, told

pytestmark = pytest.mark.usefixtures("now")


@pytest.fixture
def two(plan, crowd):
    """Two shifts at the same hour of two days, with one person each: (one, other, a, b)."""
    one, other = plan(capacity=1), plan(3 * DAY, capacity=1)
    a, b = crowd(2)
    acquaint(a, b)
    seats.sign_up(a, one)
    seats.sign_up(b, other)
    return one, other, a, b


def ask(actor, shift_id, colleague, theirs=None):
    return swaps.ask(actor, shift_id, resident_id=colleague.resident_id, their_shift_id=theirs)


def test_two_change_their_shifts(two):
    one, other, a, b = two
    swap_id = ask(a, one, b, other)
    assert told(b) == ["swap_asked"]
    swaps.move(b, swap_id, to="agreed")
    assert [state_of(one, a), state_of(one, b)] == ["left", "joined"]
    assert [state_of(other, a), state_of(other, b)] == ["joined", "left"]
    assert told(a) == ["swap_answered"]
    assert_sound(one, other)
    with pytest.raises(swaps.SwapOver):
        swaps.move(b, swap_id, to="agreed")


def test_one_hands_a_shift_over(two):
    one, other, a, b = two
    swaps.move(b, ask(a, one, b), to="agreed")
    assert [state_of(one, a), state_of(one, b), state_of(other, b)] == ["left", "joined", "joined"]
    assert_sound(one, other)


def test_who_waits_and_gets_the_seat_waits_no_more(two, volunteer):
    one, _, a, _ = two
    waiting = volunteer()
    acquaint(a, waiting)
    seats.sign_up(waiting, one)
    swaps.move(waiting, ask(a, one, waiting), to="agreed")
    assert state_of(one, waiting) == "joined"
    assert_sound(one)


def test_after_the_cut_off_a_swap_is_still_possible(two):
    one, other, a, b = two
    with clock.at(shift_row(one).starts_at - HOUR):
        seats.leave(a, one)
        swaps.move(b, ask(a, one, b, other), to="agreed")
    assert_sound(one, other)
    assert state_of(one, b) == "joined"


@pytest.mark.parametrize(("to", "who"), [("agreed", 0), ("declined", 0), ("withdrawn", 1)])
def test_only_the_right_one_answers(two, to, who, volunteer):
    one, other, a, b = two
    swap_id = ask(a, one, b, other)
    with pytest.raises(MoveNotYours):
        swaps.move((a, b)[who], swap_id, to=to)
    with pytest.raises(NotFound):
        swaps.move(volunteer(), swap_id, to=to)


def test_declined_and_withdrawn_ones_change_nothing(two):
    one, other, a, b = two
    swaps.move(b, ask(a, one, b, other), to="declined")
    assert told(a) == ["swap_answered"]
    swaps.move(a, ask(a, one, b, other), to="withdrawn")
    assert [state_of(one, a), state_of(other, b)] == ["joined", "joined"]
    assert_sound(one, other)


def test_asking_again_replaces_what_was_asked(two):
    one, other, a, b = two
    first, second = ask(a, one, b, other), ask(a, one, b)
    with pytest.raises(swaps.SwapOver):
        swaps.move(b, first, to="agreed")
    swaps.move(b, second, to="agreed")


def test_what_makes_no_sense_is_refused(two, people, plan, volunteer):
    one, _, a, b = two
    for colleague in (a, people["resident"], volunteer()):
        with pytest.raises(InvalidInput):
            ask(a, one, colleague)
    with pytest.raises(swaps.NotOnShift):
        ask(b, one, a)
    with pytest.raises(InvalidInput):
        ask(a, one, b, plan(5 * DAY))
    with pytest.raises(InvalidInput):
        ask(a, one, b, 10**9)
    both = plan(4 * DAY)
    seats.sign_up(a, both)
    seats.sign_up(b, both)
    with pytest.raises(InvalidInput):
        ask(a, both, b)
    with pytest.raises(InvalidInput):
        ask(a, one, b, both)
    with clock.at(shift_row(one).starts_at), pytest.raises(seats.ShiftNotOpen):
        ask(a, one, b)


def test_the_rules_hold_for_both(two, plan):
    one, other, a, b = two
    beside = plan(2 * DAY + HOUR)
    seats.sign_up(b, beside)
    with pytest.raises(fitness.OverlappingShift):
        swaps.move(b, ask(a, one, b, other), to="agreed")
    near_other = plan(3 * DAY + HOUR)
    seats.sign_up(a, near_other)
    with pytest.raises(fitness.OverlappingShift):
        ask(a, one, b, other)
    assert_sound(one, other)


def test_a_shift_may_be_swapped_for_one_at_the_same_time(plan, crowd):
    one, other = plan(), plan()
    a, b = crowd(2)
    acquaint(a, b)
    seats.sign_up(a, one)
    seats.sign_up(b, other)
    swaps.move(b, ask(a, one, b, other), to="agreed")
    assert [state_of(one, b), state_of(other, a)] == ["joined", "joined"]


def test_a_swap_about_a_seat_that_is_gone_is_void(two, people):
    one, other, a, b = two
    swap_id = ask(a, one, b, other)
    seats.leave(a, one)
    assert swaps.show(b, swap_id)["state"] == "void"
    with pytest.raises(swaps.SwapOver):
        swaps.move(b, swap_id, to="agreed")
    seats.sign_up(a, one)
    again = ask(a, one, b, other)
    planning.cancel_shift(people["committee"], other, reason="暴雨")
    assert swaps.show(a, again)["state"] == "void"
    with pytest.raises(Conflict):
        swaps.move(b, again, to="agreed")
    assert_sound(one, other)


def test_each_sees_their_swaps(two, volunteer):
    one, other, a, b = two
    ask(a, one, b, other)
    mine = swaps.list_mine(a, limit=10)["items"]
    theirs = swaps.list_mine(b, limit=10)["items"]
    assert [(swap["mine"], swap["moves"]) for swap in mine] == [(True, ["withdraw"])]
    assert [(swap["mine"], swap["moves"]) for swap in theirs] == [(False, ["agree", "decline"])]
    assert mine[0]["with"]["id"] == b.resident_id
    assert theirs[0]["with"]["id"] == a.resident_id
    assert swaps.list_mine(volunteer(), limit=10)["items"] == []


# Colleagues


def shown(actor, shift_id, **page):
    return colleagues.list_colleagues(actor, shift_id, **{"limit": 10, **page})


def test_colleagues_are_those_one_served_with(two, plan, volunteer):
    one, other, a, b = two
    assert [item["id"] for item in shown(a, one)["items"]] == [b.resident_id]
    together = plan(6 * DAY, capacity=3)
    mate = volunteer()
    for person in (a, b, mate):
        seats.sign_up(person, together)
    found = shown(a, one)["items"]
    assert [item["id"] for item in found] == [b.resident_id, mate.resident_id]
    assert [shift["id"] for shift in found[0]["shifts"]] == [other]
    first = shown(a, one, limit=1)
    assert [item["id"] for item in first["items"]] == [b.resident_id]
    rest = shown(a, one, limit=1, cursor=first["next_cursor"])
    assert [item["id"] for item in rest["items"]] == [mate.resident_id]
    # Who is on the shift already is nobody to swap it with.
    assert shown(a, together)["items"] == []


def test_colleagues_are_those_of_the_shifts_team(people, plan, crowd, team):
    a, b, stranger = crowd(3)
    shift_id = plan(team_id=team(a, b))
    for person in (a, stranger):
        seats.sign_up(person, shift_id)
    assert [item["id"] for item in shown(a, shift_id)["items"]] == [b.resident_id]
    assert shown(stranger, shift_id)["items"] == []


def test_only_who_is_on_a_shift_asks_for_colleagues(two):
    one, _, _, b = two
    with pytest.raises(swaps.NotOnShift):
        shown(b, one)
