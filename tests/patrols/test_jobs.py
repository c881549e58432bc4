"""What the clock does, with the jobs run twice and late: each is told exactly once."""

from datetime import timedelta

import pytest

from app.core import clock
from app.patrols import jobs, planning, queue, seats
from tests.patrols.conftest import (
    DAY,
    HOUR,
    assert_sound,
    offer_of,
    shift_row,
    state_of,
    told,
)

pytestmark = pytest.mark.usefixtures("now")
MINUTE = timedelta(minutes=1)
JOBS = (
    jobs.expire_offers,
    jobs.warn_of_offers,
    jobs.remind,
    jobs.understaffed,
    jobs.end,
)


def run_all():
    """Run each job twice, as two schedulers would."""
    for job in (*JOBS, *JOBS):
        job()


def travel(shift_id, hours, who):
    """Return what somebody has been told at so many hours before a shift, one after the other."""
    found = []
    for before in hours:
        with clock.at(shift_row(shift_id).starts_at - before * HOUR):
            run_all()
            kinds = told(who)
            found.append(kinds[sum(map(len, found)) :])
    return found


def test_a_day_and_two_hours_before(plan, volunteer):
    shift_id, person = plan(3 * DAY), volunteer()
    seats.sign_up(person, shift_id)
    hours = (30, 24.1, 24, 23, 12, 2.1, 2, 1, 0.1, -1)
    assert travel(shift_id, hours, person) == [
        [], [], ["shift_tomorrow"], [], [], [], ["shift_soon"], [], [], [],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("late", "kinds"),
    [(23, ["shift_tomorrow"]), (3, ["shift_tomorrow"]), (1, ["shift_soon"]), (0, []), (-1, [])],
)
def test_a_late_job_reminds_of_what_is_still_to_come(late, kinds, plan, volunteer):
    shift_id, person = plan(3 * DAY), volunteer()
    seats.sign_up(person, shift_id)
    assert travel(shift_id, (late,), person) == [kinds]


def test_who_joined_late_needs_no_reminder_of_yesterday(plan, volunteer):
    shift_id, person = plan(20 * HOUR), volunteer()
    seats.sign_up(person, shift_id)
    assert travel(shift_id, (19, 2, 1), person) == [[], ["shift_soon"], []]


def test_who_looks_for_a_stand_in_is_reminded_and_who_left_is_not(plan, crowd):
    shift_id = plan(3 * DAY, capacity=3)
    seeker, gone, waits = crowd(3)
    for person in (seeker, gone):
        seats.sign_up(person, shift_id)
    seats.leave(gone, shift_id)
    with clock.at(shift_row(shift_id).starts_at - 20 * HOUR):
        seats.leave(seeker, shift_id)
    assert travel(shift_id, (20, 2), seeker) == [["shift_tomorrow"], ["shift_soon"]]
    assert travel(shift_id, (20, 2), gone) == [[], []]
    assert told(waits) == []


def test_a_shift_that_moved_is_reminded_of_again(plan, people, volunteer):
    shift_id, person = plan(2 * DAY), volunteer()
    seats.sign_up(person, shift_id)
    assert travel(shift_id, (24,), person) == [["shift_tomorrow"]]
    new = clock.now() + 5 * DAY
    planning.change_shift(people["committee"], shift_id, starts_at=new, ends_at=new + HOUR)
    told(person)
    with clock.at(new - 24 * HOUR):
        run_all()
        assert told(person) == ["shift_tomorrow", "shift_changed", "shift_tomorrow"]


def test_nobody_is_reminded_of_a_cancelled_shift(plan, people, volunteer):
    shift_id, person = plan(3 * DAY), volunteer()
    seats.sign_up(person, shift_id)
    planning.cancel_shift(people["committee"], shift_id, reason="暴雨")
    assert travel(shift_id, (24, 2), person) == [["shift_cancelled"], []]


# Too few


def test_the_leader_hears_at_48_24_and_6_hours_that_too_few_come(plan, crowd, people):
    leader, one, two = crowd(3)
    shift_id = plan(5 * DAY, leader_id=leader.resident_id, minimum=2)
    seats.sign_up(one, shift_id)
    hours = (49, 48, 47, 24, 10, 6, 5, 1, -1)
    short = ["shift_understaffed"]
    assert travel(shift_id, hours, leader) == [[], short, [], short, [], short, [], [], []]
    assert told(people["committee"]) == []
    assert told(two) == []


@pytest.mark.parametrize(("hours", "times"), [((20, 3), 2), ((3, 2), 1), ((47, 46), 1)])
def test_a_late_job_tells_only_what_is_due_last(hours, times, plan, volunteer):
    leader = volunteer()
    shift_id = plan(5 * DAY, leader_id=leader.resident_id)
    assert sum(map(len, travel(shift_id, hours, leader))) == times


def test_once_enough_have_joined_nothing_is_said(plan, crowd):
    leader, one, two = crowd(3)
    shift_id = plan(5 * DAY, leader_id=leader.resident_id, minimum=2)
    assert travel(shift_id, (48,), leader) == [["shift_understaffed"]]
    seats.sign_up(one, shift_id)
    seats.sign_up(two, shift_id)
    assert travel(shift_id, (24,), leader)[0] == ["shift_understaffed"]
    with clock.at(shift_row(shift_id).starts_at - 10 * HOUR):
        seats.leave(two, shift_id)  # a seeking one is none who surely comes
        told(leader)
    found = travel(shift_id, (6,), leader)[0]
    assert found == ["shift_understaffed", "shift_seeking", "shift_understaffed"]


def test_without_a_leader_the_team_hears_and_without_a_team_the_planners(plan, people, crowd, team):
    head, member = crowd(2)
    of_team, of_nobody = plan(5 * DAY, team_id=team(head, member)), plan(6 * DAY)
    assert travel(of_team, (48,), head) == [["shift_understaffed"]]
    assert told(member) == []
    assert told(people["committee"]) == []
    assert travel(of_nobody, (48,), people["committee"]) == [["shift_understaffed"]]


# Offers


def test_an_offer_is_told_reminded_of_and_expires_each_once(filled):
    one, _, third, fourth = filled.people
    seats.leave(one, filled.id)
    begun, found = clock.now(), []
    for minutes in (0, 60, 89, 90, 100, 119, 120, 121, 209, 210, 240):
        with clock.at(begun + minutes * MINUTE):
            run_all()
            found.append((minutes, told(third)))
    offered = ["shift_offer"]
    ending, over = [*offered, "shift_offer_ending"], [*offered, "shift_offer_ending"]
    over = [*over, "shift_offer_over"]
    assert [kinds for _, kinds in found] == [
        offered, offered, offered, ending, ending, ending, over, over, over, over, over,
    ]  # fmt: skip
    assert told(fourth) == [*ending, "shift_offer_over"]
    assert_sound(filled.id)


def test_an_offer_that_was_taken_is_not_reminded_of(filled):
    one, _, third, _ = filled.people
    seats.leave(one, filled.id)
    queue.accept_offer(third, offer_of(third).id)
    with clock.at(clock.now() + 110 * MINUTE):
        run_all()
        assert told(third) == ["shift_offer"]


def test_a_late_job_does_not_remind_of_an_offer_that_is_over(filled):
    one, _, third, _ = filled.people
    seats.leave(one, filled.id)
    with clock.at(clock.now() + 3 * HOUR):
        run_all()
        assert told(third) == ["shift_offer", "shift_offer_over"]


def test_an_offer_is_never_open_beyond_the_start(filled):
    start = shift_row(filled.id).starts_at
    one, two, third, fourth = filled.people
    with clock.at(start - 10 * MINUTE):
        seats.leave(one, filled.id)
        seats._leave(two, filled.id)
        assert state_of(filled.id, third) == "waiting"  # the seat is still theirs
    with clock.at(start + MINUTE):
        run_all()
        assert offer_of(third) is None
        assert offer_of(fourth) is None
    assert_sound(filled.id)


# Seekers


def test_who_leads_and_who_waits_hear_of_a_seeker(filled, people, volunteer):
    one, _, third, fourth = filled.people
    with clock.at(shift_row(filled.id).starts_at - 5 * HOUR):
        seats.leave(one, filled.id)
        for person in (people["committee"], third, fourth):
            assert told(person) == ["shift_seeking"]
        seats.take_over(third, filled.id)
        assert told(one) == ["shift_stand_in_found"]
        assert told(people["committee"]) == ["shift_seeking", "shift_stand_in_found"]
        assert told(third) == ["shift_seeking"]


def test_at_its_end_nobody_waits_any_more(filled):
    with clock.at(shift_row(filled.id).ends_at):
        run_all()
        assert shift_row(filled.id).waiting == 0
        assert state_of(filled.id, filled.people[2]) == "expired"
        assert jobs.end() == 0
    assert_sound(filled.id)
