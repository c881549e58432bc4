"""What is done by the clock is done once for each time, and never silently not at all."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event, func, select

from app.core import clock, jobs
from app.core.db import db, read
from app.core.jobs import (
    KEPT,
    LONGEST_LEASE,
    Job,
    JobRun,
    catch_up,
    job,
    run_last_slot,
    run_slot,
    standings,
)
from app.core.trace import request_id
from tests.crowds import at_once

SLOT = datetime(2026, 11, 20, 19, 30, tzinfo=UTC)
ran: list[datetime] = []


def work():
    ran.append(clock.now())


def fail():
    msg = "the disk is full"
    raise OSError(msg)


DAILY = Job("tests.daily", "30 3 * * *", work)
BROKEN = Job("tests.broken", "30 3 * * *", fail)


@pytest.fixture(autouse=True)
def _nothing_ran():
    ran.clear()


@pytest.fixture
def declared(monkeypatch):
    """Declare one job of ours and no other."""
    monkeypatch.setattr(jobs, "_jobs", {})
    return job("tests.hourly", cron="0 * * * *")(work)


def runs():
    db.session.rollback()
    return [dict(row._mapping) for row in read(select(JobRun.__table__).order_by(JobRun.id))]


def test_a_job_runs_once_for_a_slot(app):
    assert run_slot(DAILY, SLOT)
    assert not run_slot(DAILY, SLOT)
    assert run_slot(DAILY, SLOT + timedelta(days=1))
    assert len(ran) == 2
    assert all(row["finished_at"] and row["failure"] is None for row in runs())


def test_eight_schedulers_run_a_slot_once(app):
    outcomes = at_once(app, 8, lambda _: run_slot(DAILY, SLOT))
    assert sorted(outcomes) == [False] * 7 + [True]
    assert len(ran) == 1


def test_a_job_that_fails_says_so_and_ends(app):
    assert not run_slot(BROKEN, SLOT)
    (row,) = runs()
    assert "the disk is full" in row["failure"]
    assert row["finished_at"]
    with clock.at(clock.now() + 2 * LONGEST_LEASE):
        assert not run_slot(BROKEN, SLOT)


def test_a_run_that_was_killed_is_made_up_for(app):
    now = clock.now()
    jobs._claim(DAILY, SLOT)
    assert not run_slot(DAILY, SLOT)

    def run_later(_number):
        with clock.at(now + LONGEST_LEASE + timedelta(minutes=1)):
            return run_slot(DAILY, SLOT)

    assert sum(at_once(app, 4, run_later)) == 1
    assert len(ran) == 1


def test_a_run_slower_than_its_lease_closes_nothing_of_the_run_that_took_over(app):
    began = clock.now()
    jobs._claim(DAILY, SLOT)
    with clock.at(began + LONGEST_LEASE + timedelta(minutes=1)):
        jobs._claim(DAILY, SLOT)
    jobs._finish(DAILY.name, SLOT, began, None)
    assert read(select(JobRun.finished_at)).scalar_one() is None


@pytest.mark.parametrize(
    ("cron", "given", "lease"),
    [
        ("* * * * *", None, timedelta(minutes=1)),
        ("*/5 * * * *", None, timedelta(minutes=5)),
        ("30 3 * * *", None, LONGEST_LEASE),
        ("30 3 * * *", timedelta(hours=2), timedelta(hours=2)),
    ],
)
def test_a_run_has_until_the_next_one_or_ten_minutes(cron, given, lease):
    assert Job("tests.any", cron, work, given).lease == lease


def test_a_killed_run_holds_up_the_next_minute_not_at_all(app, monkeypatch):
    monkeypatch.setattr(jobs, "_jobs", {})
    job("tests.minutely", cron="* * * * *")(work)
    (every_minute,) = jobs.declared()
    with clock.at(SLOT):
        jobs._claim(every_minute, SLOT)
        assert catch_up() == 0  # the run may still live
    with clock.at(SLOT + timedelta(minutes=1, seconds=1)):
        assert catch_up() == 1
    assert ran == [SLOT + timedelta(minutes=1, seconds=1)]


def test_a_run_has_an_id_that_runs_through(app):
    seen = []
    assert run_slot(Job("tests.any", "30 3 * * *", lambda: seen.append(request_id())), SLOT)
    assert seen == ["job-tests.any-20261120T1930Z"]
    assert request_id() is None


def test_a_failure_is_kept_without_what_it_gives_away(app):
    def call():
        msg = "cannot call 13800138000"
        raise OSError(msg)

    run_slot(Job("tests.calls", "30 3 * * *", call), SLOT)
    (row,) = runs()
    assert "cannot call" in row["failure"]
    assert "13800138000" not in row["failure"]


@pytest.mark.parametrize(
    ("cron", "now", "slot"),
    [
        ("30 3 * * *", "2026-11-20T19:30:00", "2026-11-20T19:30:00"),
        ("30 3 * * *", "2026-11-20T19:30:59", "2026-11-20T19:30:00"),
        ("30 3 * * *", "2026-11-20T19:29:59", "2026-11-19T19:30:00"),
        ("* * * * *", "2026-11-20T19:29:59", "2026-11-20T19:29:00"),
        ("*/7 * * * *", "2026-11-20T19:30:00", "2026-11-20T19:28:00"),
        ("0 8 * * mon", "2026-11-20T00:00:00", "2026-11-16T00:00:00"),
        ("0 0 1 * *", "2026-11-20T00:00:00", "2026-10-31T16:00:00"),
        ("0 0 1 1 *", "2026-11-20T00:00:00", None),
    ],
)
def test_the_last_slot_is_the_planned_time_in_shanghai(cron, now, slot):
    found = Job("tests.any", cron, work).last_slot(datetime.fromisoformat(now).replace(tzinfo=UTC))
    assert found == (datetime.fromisoformat(slot).replace(tzinfo=UTC) if slot else None)


def test_two_schedulers_awake_minutes_apart_agree_on_the_slot(app):
    with clock.at(SLOT + timedelta(seconds=1)):
        assert run_last_slot(DAILY)
    with clock.at(SLOT + timedelta(minutes=14)):
        assert not run_last_slot(DAILY)
    assert len(ran) == 1


def test_what_was_missed_while_nobody_was_there_is_caught_up_once(app, declared):
    with clock.at(SLOT):
        assert catch_up() == 1
        assert catch_up() == 0
    with clock.at(SLOT + timedelta(hours=5)):
        assert catch_up() == 1
    assert len(ran) == 2


def test_no_slot_is_looked_for_that_may_have_been_forgotten():
    assert max(jobs.LOOK_BACK) < KEPT


def test_jobs_are_listed_with_their_last_and_next_run(app, declared):
    runner = app.test_cli_runner()
    assert "never" in runner.invoke(args=["jobs", "list"]).output
    with clock.at(SLOT):
        catch_up()
    with clock.at(SLOT + timedelta(minutes=45)):
        listed = runner.invoke(args=["jobs", "list"])
    assert listed.exit_code == 0
    (line,) = [line for line in listed.output.splitlines() if "tests.hourly" in line]
    last, following = "2026-11-21T03:00", "2026-11-21T05:00"
    assert line.split() == [
        "tests.hourly", "0", "*", "*", "*", "*", last, "done", "0", "s", following, "0:15:00",
    ]  # fmt: skip


def test_how_a_job_stands_costs_two_queries(app, declared):
    for hours in range(3):
        with clock.at(SLOT + timedelta(hours=hours)):
            catch_up()
    asked = []

    def note(*given):
        asked.append(given[2])

    event.listen(db.engine, "before_cursor_execute", note)
    standings()
    event.remove(db.engine, "before_cursor_execute", note)
    assert len(asked) == 2


@pytest.mark.parametrize(
    ("minutes", "late", "result"),
    [
        (0, 0, "done"),
        (29, 0, "done"),
        (30, 0, "done"),
        (35, 5, "done"),
        (90 + 24 * 60, 1500, "done"),
    ],
)
def test_a_job_is_late_from_the_first_slot_that_nobody_finished(
    minutes, late, result, app, declared
):
    with clock.at(SLOT):  # planned for 19:00
        catch_up()
    with clock.at(SLOT + timedelta(minutes=minutes)):
        (found,) = standings()
        assert found.late == timedelta(minutes=late)
        assert found.result(clock.now()) == result


def test_a_job_that_fails_is_not_late_but_failed(app, monkeypatch):
    monkeypatch.setattr(jobs, "_jobs", {})
    job("tests.broken", cron="0 * * * *")(fail)
    with clock.at(SLOT):
        assert catch_up() == 0
        (found,) = standings()
        assert (found.result(clock.now()), found.late, found.succeeded_at) == (
            "failed", timedelta(), None,
        )  # fmt: skip
        listed = app.test_cli_runner().invoke(args=["jobs", "list"]).output
    assert "the disk is full" in listed


def test_a_killed_run_shows_as_killed(app, declared):
    with clock.at(SLOT):
        (mine,) = jobs.declared()
        jobs._claim(mine, SLOT)
        assert standings()[0].result(clock.now()) == "running"
    with clock.at(SLOT + 2 * LONGEST_LEASE):
        assert standings()[0].result(clock.now()) == "killed"


def test_a_job_can_be_run_as_if_it_were_another_time(app, declared):
    runner = app.test_cli_runner()
    command = ["jobs", "run", "tests.hourly", "--at", "2026-12-01T08:00"]
    assert runner.invoke(args=command).exit_code == 0
    assert ran == [datetime(2026, 12, 1, tzinfo=UTC)]


def test_a_job_that_does_not_exist_is_named(app, declared):
    outcome = app.test_cli_runner().invoke(args=["jobs", "run", "tests.nothing"])
    assert outcome.exit_code == 1
    assert "tests.nothing" in outcome.output


def test_every_job_of_the_house_runs(app):
    for found in jobs.declared():
        assert run_slot(found, SLOT), found.name


def test_weekdays_are_named_not_counted():
    # APScheduler counts them from Monday, cron from Sunday: a number would be a day off.
    assert [found.name for found in jobs.declared() if found.cron.split()[4].strip("*")] == [
        found.name for found in jobs.declared() if found.cron.split()[4].isalpha()
    ]


def test_old_runs_are_forgotten(app):
    for days in (KEPT.days - 1, KEPT.days + 1):
        run_slot(DAILY, clock.now() - timedelta(days=days))
    assert jobs.forget_job_runs() == 1
    assert read(select(func.count()).select_from(JobRun)).scalar_one() == 1
