"""Trying, passing, what passing gives, and what is taken back; on both databases."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from app.campaigns import certificates, planning, service, tries
from app.campaigns.models import Campaign, CampaignCertificate, CampaignTry
from app.core import clock
from app.core.db import changed_rows, read, unit_of_work, writing
from app.core.errors import Conflict
from app.patrols import seats
from app.points import service as points
from app.quizzes import daily
from app.quizzes.models import Attempt, Review, Streak
from app.volunteers import profile, qualifications
from tests.campaigns.conftest import TODAY, announced, answer, shanghai, take
from tests.crowds import at_once
from tests.patrols.conftest import make_shift, make_volunteer


def counters(campaign_id):
    row = service.find_for_system(campaign_id)
    return row.participants, row.passed, row.tries_made


def balance(actor):
    return points.ledger.balances(actor.resident_id)["person"]


def test_a_try_that_fails_waits_asks_anew_and_then_passes(running, people, later):
    me, campaign = people["resident"], running["id"]
    before = balance(me)
    first = take(me, campaign, right=2)
    assert (first["occasion"], first["day"], first["result"]["streak"]) == ("campaign", None, None)
    verdict = first["result"]["verdict"]
    assert (verdict["percent"], verdict["passed"], verdict["tries_left"]) == (50, False, 1)
    assert verdict["next_try_at"] == clock.now() + timedelta(hours=2)
    assert [one["answer"]["correct"] for one in first["questions"]] == [True, True, False, False]
    with pytest.raises(tries.TryTooSoon):
        tries.begin(me, campaign)
    with later(hours=2):
        second = take(me, campaign, right=3)
        verdict = second["result"]["verdict"]
        assert (verdict["percent"], verdict["passed"], verdict["tries_left"]) == (75, True, 0)
        # Ten questions of two topics: the second four are others than the first.
        asked = [{one["id"] for one in attempt["questions"]} for attempt in (first, second)]
        assert asked[0].isdisjoint(asked[1])
        with pytest.raises(tries.AlreadyPassed):
            tries.begin(me, campaign)
        mine = service.show(me, campaign)["mine"]
        assert (mine["passed"], mine["best_percent"], mine["why_not"]) == (
            True,
            75,
            "already_passed",
        )
        assert mine["certificate_number"] == verdict["certificate_number"]
    assert counters(campaign) == (1, 1, 2)
    assert second["result"]["points"] == balance(me) - before == 5
    shown = [one["passed"] for one in tries.list_own(me, campaign)["items"]]
    assert shown == [False, True]
    # What was answered is practised from now on, and is no day of a streak.
    assert read(select(func.count()).where(Review.origin == "campaign")).scalar_one() == 8
    assert read(select(func.count()).select_from(Streak)).scalar_one() == 0


@pytest.fixture
def told(big_bank, people):
    """A campaign whose ten questions are all asked in one try, and again at once."""
    return announced(people["committee"], question_count=10, wait_hours=0)["id"]


@pytest.mark.parametrize(("first", "points_given"), [(0, 0), (7, 0), (8, 5)])
def test_points_are_not_for_what_the_try_before_has_told(told, people, first, points_given):
    me = people["resident"]
    result = take(me, told, right=first)["result"]
    if not result["verdict"]["passed"]:
        result = take(me, told, right=10)["result"]
    # To have learnt it passes all the same, and the certificate stands.
    assert (result["verdict"]["passed"], counters(told)[1]) == (True, 1)
    assert certificates.show_own(me, told)["state"] == "valid"
    assert result["points"] == balance(me) == points_given


def test_a_sheet_is_not_thanked_for_what_the_phone_has_told(told, people):
    me, row = people["resident"], service.find_for_system(told)
    take(me, told, right=0)
    said = {"resident_id": me.resident_id, "sheet": "A-1", "right": 10, "of": 10}
    with writing():
        sheet = tries.record_paper(
            row,
            entered_by=people["committee"].resident_id,
            at=clock.now(),
            correct=dict.fromkeys(row.versions, True),
            **said,
        )
    assert (sheet.passed, balance(me)) == (True, 0)


def test_the_daily_five_and_a_try_are_no_news_to_each_other(running, people):
    me = people["resident"]
    today = daily.take_daily(me)
    attempt = tries.begin(me, running["id"])
    assert attempt["attempt_id"] != today["attempt_id"]
    assert tries.begin(me, running["id"]) == attempt
    assert daily.take_daily(me)["attempt_id"] == today["attempt_id"]
    assert answer(me, attempt, 4)["result"]["verdict"]["passed"]
    assert daily.take_daily(me)["state"] == "open"


def test_what_nobody_finishes_the_clock_does(running, people, later):
    me = people["resident"]
    attempt = tries.begin(me, running["id"])
    with later(minutes=11):
        assert daily.finish_overdue() == 1
        done = daily.finish(me, attempt["attempt_id"])
        assert (done["result"]["verdict"]["percent"], counters(running["id"])) == (0, (1, 0, 1))


@pytest.fixture
def one_day(big_bank, people):
    """A campaign whose skill ends on its own last day, today, as some were planned."""
    made = announced(people["committee"], last_day=TODAY, skill="fire_safety", skill_months=1)["id"]
    with writing():
        ends = {"skill_months": None, "skill_until": TODAY}
        changed_rows(update(Campaign).where(Campaign.id == made).values(**ends))
    return made


def test_a_try_that_is_judged_after_the_skill_ended_still_passes(one_day, people):
    me = people["resident"]
    with clock.at(shanghai(TODAY, 23, 50)):
        attempt = tries.begin(me, one_day)
        for asked in attempt["questions"]:
            answer_one(me, attempt["attempt_id"], asked)
    with clock.at(shanghai(TODAY + timedelta(days=1), 0, 20)):
        assert daily.finish_overdue() == 1
        found = certificates.show_own(me, one_day)
    assert (found["state"], found["valid_until"], found["percent"]) == ("expired", TODAY, 100)
    assert (counters(one_day), balance(me)) == ((1, 1, 1), 5)
    assert qualifications.list_earned(me.resident_id) == []


def test_what_is_broken_off_gives_nothing_to_who_is_at_it(running, people):
    me, campaign = people["resident"], running["id"]
    attempt = tries.begin(me, campaign)
    planning.move(people["committee"], campaign, to="cancelled", note="题目有误")
    result = answer(me, attempt, 4)["result"]
    verdict = result["verdict"]
    assert (result["right"], result["points"], verdict["passed"]) == (4, 0, False)
    assert (verdict["certificate_number"], counters(campaign)) == (None, (1, 0, 1))


def test_whose_certificate_is_revoked_may_try_again(running, people, later):
    me, staff, campaign = people["resident"], people["committee"], running["id"]
    number = take(me, campaign)["result"]["verdict"]["certificate_number"]
    certificates.revoke(staff, number, reason="代答")
    mine = service.show(me, campaign)["mine"]
    assert (mine["passed"], mine["why_not"], mine["tries_left"]) == (False, "try_too_soon", 1)
    assert (counters(campaign), balance(me)) == ((1, 0, 1), 0)
    with later(hours=2):
        again = take(me, campaign)["result"]["verdict"]["certificate_number"]
        assert again not in {None, number}
        assert (counters(campaign), balance(me)) == ((1, 1, 2), 5)
        listed = certificates.list_given(staff, campaign, limit=9)["items"]
    assert [(one["number"], one["state"]) for one in listed] == [
        (again, "valid"),
        (number, "revoked"),
    ]


def test_fifty_at_once_begin_one_try_and_pass_once(app, running, people):
    me, campaign = people["resident"], running["id"]
    began = at_once(app, 50, lambda _: tries.begin(me, campaign)["attempt_id"])
    assert len(set(began)) == 1
    [attempt] = read(select(Attempt.id).where(Attempt.occasion == "campaign")).scalars()
    begun = tries.begin(me, campaign)
    for asked in begun["questions"][1:]:
        answer_one(me, attempt, asked)
    # Fifty send the last answer and finish, all at the same moment.
    at_once(
        app, 50, lambda _: (answer_one(me, attempt, begun["questions"][0]), finish(me, attempt))
    )
    assert counters(campaign) == (1, 1, 1)
    assert read(select(func.count()).select_from(CampaignCertificate)).scalar_one() == 1
    assert finish(me, attempt)["result"]["right"] == 4
    assert balance(me) == 5


def answer_one(actor, attempt_id, asked):
    from tests.quizzes.conftest import key_of  # noqa: PLC0415

    right, _ = key_of(attempt_id, asked)
    try:
        daily.answer(actor, attempt_id, question_id=asked["id"], option_ids=right)
    except Conflict:  # it was finished by then
        return


def finish(actor, attempt_id):
    return daily.finish(actor, attempt_id)


def test_a_shift_refuses_who_has_not_passed_and_takes_who_has(big_bank, people):
    staff, me = people["committee"], make_volunteer(people["resident"])
    needs = {"skills": ["fire_safety"], "capacity": 4, "minimum": 1}
    soon, late = (
        make_shift(
            staff, starts_at=clock.now() + timedelta(days=d), lasts=timedelta(hours=2), **needs
        )
        for d in (3, 50)
    )
    with pytest.raises(Conflict) as fault:
        seats.sign_up(me, soon)
    assert fault.value.code == "not_qualified"
    assert [one.code for one in fault.value.errors] == ["needs_fire_safety"]
    campaign = announced(staff, skill="fire_safety", skill_months=1)["id"]
    number = take(me, campaign)["result"]["verdict"]["certificate_number"]
    earned = profile.show_profile(me)["earned"]
    assert earned == [{"skill": "fire_safety", "from": TODAY, "to": TODAY + timedelta(days=30)}]
    assert seats.sign_up(me, soon)["state"] == "joined"
    with pytest.raises(Conflict) as fault:  # by then it has run out
        seats.sign_up(me, late)
    assert fault.value.code == "not_qualified"
    with pytest.raises(certificates.NotFound):
        certificates.revoke(people["outsider"], number, reason="不是我们的")
    assert certificates.revoke(staff, number, reason="代答")["state"] == "revoked"
    assert qualifications.earned([me.resident_id], TODAY)[me.resident_id] == set()
    assert balance(me) == 0
    with pytest.raises(certificates.AlreadyRevoked):
        certificates.revoke(staff, number, reason="再来一次")


def test_paper_counts_as_the_phone_does_and_is_taken_back_whole(running, people):
    me, staff, campaign = people["resident"], people["committee"], running["id"]
    row = service.find_for_system(campaign)

    @unit_of_work()
    def enter(resident_id, sheet, right):
        said = {"resident_id": resident_id, "entered_by": staff.resident_id, "at": clock.now()}
        return tries.record_paper(row, sheet=sheet, right=right, of=4, **said)

    @unit_of_work()
    def withdraw(found):
        tries.withdraw_paper(found.id, by_id=staff.resident_id, reason="抄错了")

    nobody = [enter(None, f"A-{n}", right) for n, right in enumerate((4, 3, 0))]
    assert [one.passed for one in nobody] == [True, True, False]
    passed = enter(me.resident_id, "A-9", 4)
    assert (counters(campaign), balance(me)) == ((4, 3, 4), 5)
    withdraw(passed)
    assert (counters(campaign), balance(me)) == ((3, 2, 3), 0)
    assert certificates.show_own(me, campaign)["state"] == "revoked"
    again = enter(me.resident_id, "A-9", 3)
    assert (again.number, balance(me)) == (1, 5)
    assert certificates.show_own(me, campaign)["state"] == "valid"
    withdraw(nobody[2])
    assert counters(campaign) == (3, 3, 3)
    channels = read(select(CampaignTry.channel).distinct()).scalars().all()
    assert channels == ["paper"]


def test_a_sheet_that_is_taken_back_leaves_a_gap_and_a_try(running, people, later):
    me, campaign = people["resident"], service.find_for_system(running["id"])
    said = {"resident_id": me.resident_id, "sheet": "A-1", "right": 0, "of": 4, "at": clock.now()}
    with writing():
        sheet = tries.record_paper(campaign, entered_by=me.resident_id, **said)
    with later(hours=2):
        take(me, campaign.id, right=0)
        with pytest.raises(tries.NoTriesLeft):
            tries.begin(me, campaign.id)
        with writing():
            tries.withdraw_paper(sheet.id, by_id=me.resident_id, reason="不是本人的")
    with later(hours=4):
        assert take(me, campaign.id)["result"]["verdict"]["passed"]
        shown = [one["number"] for one in tries.list_own(me, campaign.id)["items"]]
        assert (shown, counters(campaign.id)) == ([2, 3], (1, 1, 2))


def test_who_passed_on_the_phone_too_keeps_that_when_the_sheet_is_taken_back(running, people):
    me, campaign = people["resident"], service.find_for_system(running["id"])
    attempt = tries.begin(me, campaign.id)
    said = {"resident_id": me.resident_id, "sheet": "A-1", "right": 4, "of": 4, "at": clock.now()}
    with writing():
        sheet = tries.record_paper(campaign, entered_by=people["committee"].resident_id, **said)
    first = certificates.show_own(me, campaign.id)
    answer(me, attempt, 3)
    with writing():
        tries.withdraw_paper(sheet.id, by_id=people["committee"].resident_id, reason="抄错了")
    found = certificates.show_own(me, campaign.id)
    assert found["number"] != first["number"]
    assert (found["state"], found["percent"]) == ("valid", 75)
    assert (counters(campaign.id), balance(me)) == ((1, 1, 1), 5)


def test_counts_of_few_people_are_not_told(running, people):
    take(people["resident"], running["id"])
    counts = service.show(people["committee"], running["id"])["counts"]
    assert counts == {"participants": None, "passed": None, "tries": None, "fewer_than": 5}
    assert service.show(people["resident"], running["id"])["counts"] is None
