"""What the clock does with points."""

from datetime import timedelta

from app.core import clock
from app.core.jobs import declared
from app.points import jobs, rewards


def test_the_jobs_are_declared():
    names = {job.name for job in declared()}
    assert {"points.expire_redemptions", "points.remind_ending", "points.check_books"} <= names


def test_one_that_cannot_be_given_back_keeps_no_other_waiting(
    people, offer, give, has, monkeypatch
):
    me, other = people["resident"], people["neighbour"]
    reward = offer()["id"]
    for who in (me, other):
        give(who, 10)
        rewards.redeem(who, reward)
    give_back = rewards._give_back

    def broken(row, state, **by):
        if row.resident_id == me.resident_id:
            raise RuntimeError
        return give_back(row, state, **by)

    monkeypatch.setattr(rewards, "_give_back", broken)
    with clock.at(clock.now() + timedelta(days=15)):
        assert jobs.expire_redemptions() == 1
        monkeypatch.undo()
        assert has(other) == (10, 0, 0)
        assert jobs.expire_redemptions() == 1
    assert has(me) == (10, 0, 0)


def test_they_do_it_once(people, offer, give, has):
    me = people["resident"]
    give(me, 10)
    rewards.redeem(me, offer()["id"])
    with clock.at(clock.now() + timedelta(days=13)):
        assert jobs.remind_ending() == 1
        assert jobs.remind_ending() == 0
    with clock.at(clock.now() + timedelta(days=15)):
        assert jobs.expire_redemptions() == 1
        assert jobs.expire_redemptions() == 0
    assert has(me) == (10, 0, 0)
    assert jobs.check_books() == 0
