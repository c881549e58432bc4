"""What is done by the clock, in a process of its own (`flask jobs serve`).

Each run claims a row (job, slot) first, so that several schedulers run a slot
once. A slot that nobody was there for is made up for; of several in a row only the
last. So is one whose run was killed half-way: a run has a lease, and after it the slot
is free again. The next slot waits for nobody: a killed run holds up a job that runs
every minute for less than a minute. Jobs are thin and repeatable all the same.
"""

import logging
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from types import FrameType
from typing import Any, TypeVar, cast

import click
from apscheduler.schedulers.background import BlockingScheduler
from apscheduler.triggers.cron import CronTrigger
from flask import Flask, current_app
from flask.cli import AppGroup
from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    String,
    UniqueConstraint,
    select,
    update,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.core import audit, clock, metrics, outbox, pushes
from app.core.db import Base, changed_rows, db, read, unit_of_work
from app.core.forgetting import forget
from app.core.idempotency import forget_old_keys, insert_ignore
from app.core.logs import redacted
from app.core.trace import LONGEST, traced

log = logging.getLogger(__name__)
F = TypeVar("F", bound=Callable[[], object])
KEPT = timedelta(days=190)
"""Runs are a log of operation; network logs are kept at least six months."""

LONGEST_LEASE = timedelta(minutes=10)
"""A run that has not finished by then was killed, unless its job says otherwise."""

LOOK_BACK = tuple(timedelta(minutes=minutes) for minutes in (1, 60, 60 * 36, 60 * 24 * 40))
"""How far to look for a job's last slot: the least that finds one, and never as far
as runs are kept, or a forgotten one would look missed."""


@dataclass(frozen=True, slots=True)
class Job:
    """A function and the wall times (Asia/Shanghai) at which it runs."""

    name: str
    cron: str
    run: Callable[[], object]
    own_lease: timedelta | None = None

    def trigger(self) -> CronTrigger:
        """Return the wall times. APScheduler counts weekdays from Monday: write `mon`."""
        return CronTrigger.from_crontab(self.cron, timezone=clock.SHANGHAI)

    def last_slot(self, now: datetime) -> datetime | None:
        """Return the wall time, not after `now`, at which the job was last to run."""
        slot: datetime | None = None
        trigger = self.trigger()
        for back in LOOK_BACK:
            found = trigger.get_next_fire_time(None, (now - back).astimezone(clock.SHANGHAI))
            while found and found <= now:
                slot, found = found, trigger.get_next_fire_time(found, now)
            if slot:
                return slot
        return None

    def next_slot(self, after: datetime) -> datetime:
        """Return the first wall time after a moment at which the job runs, in UTC."""
        moment = after + timedelta(seconds=1)
        found = self.trigger().get_next_fire_time(None, moment.astimezone(clock.SHANGHAI))
        return cast("datetime", found).astimezone(UTC)

    @property
    def lease(self) -> timedelta:
        """Return how long a run may take: until the next one, if that is soon."""
        if self.own_lease is not None:
            return self.own_lease
        first = self.next_slot(clock.now())
        return min(self.next_slot(first) - first, LONGEST_LEASE)


_jobs: dict[str, Job] = {}


class JobRun(Base):
    """That a job ran for a slot: the minute for which it was planned."""

    __tablename__ = "job_runs"
    __table_args__ = (UniqueConstraint("job", "slot"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    job: Mapped[str] = mapped_column(String(80))
    slot: Mapped[datetime] = mapped_column(index=True)
    started_at: Mapped[datetime] = mapped_column()
    finished_at: Mapped[datetime | None] = mapped_column()
    failure: Mapped[str | None] = mapped_column(String(400))


def job(name: str, *, cron: str, lease: timedelta | None = None) -> Callable[[F], F]:
    """Declare a job beside its feature; `lease` if a run may take longer than ten minutes."""

    def mark(function: F) -> F:
        _jobs[name] = Job(name, cron, function, lease)
        return function

    return mark


def declared() -> list[Job]:
    """Return all jobs by name."""
    return [_jobs[name] for name in sorted(_jobs)]


def run_slot(found: Job, slot: datetime) -> bool:
    """Run a job for a slot unless somebody did already; returns whether it succeeded here."""
    started_at = _claim(found, slot)
    if started_at is None:
        return False
    with traced(_request_id(found.name, slot)):
        began = time.perf_counter()
        failure = _run(found)
        _finish(found.name, slot, started_at, failure)
        result = "failed" if failure else "done"
        seconds = round(time.perf_counter() - began, 3)
        log.info("job", extra={"fields": {"job": found.name, "result": result, "seconds": seconds}})
        metrics.job_ran(found.name, result, seconds)
    return failure is None


def _request_id(name: str, moment: datetime) -> str:
    """Return what a run's lines in the log, and all that it causes, go by."""
    return f"job-{name}-{moment.astimezone(UTC):%Y%m%dT%H%MZ}"[:LONGEST]


def _run(found: Job) -> str | None:
    """Run a job; returns why it failed, if it did."""
    try:
        found.run()
    except Exception as fault:
        db.session.rollback()
        log.exception("job %s failed", found.name)
        return redacted(repr(fault))[:400]
    return None


@unit_of_work()
def _claim(found: Job, slot: datetime) -> datetime | None:
    now = clock.now()
    row = {"job": found.name, "slot": slot, "started_at": now}
    if changed_rows(insert_ignore(JobRun).values(**row)):
        return now
    abandoned = (
        (JobRun.job == found.name)
        & (JobRun.slot == slot)
        & JobRun.finished_at.is_(None)
        & (JobRun.started_at < now - found.lease)
    )
    return now if changed_rows(update(JobRun).where(abandoned).values(started_at=now)) else None


def catch_up() -> int:
    """Run each job whose last slot nobody has run to its end; returns how many succeeded."""
    # Asked first, so that a minute in which nothing is late writes nothing.
    return sum(run_last_slot(found.job) for found in standings() if found.late)


def run_last_slot(found: Job) -> bool:
    """Run a job for its last slot unless somebody did already."""
    # The planned time, not the time it is: two schedulers awake minutes apart agree on it.
    slot = found.last_slot(clock.now())
    return slot is not None and run_slot(found, slot)


@dataclass(frozen=True, slots=True)
class Standing:
    """How a job stands: its newest run, when it last succeeded, and how late it is.

    Late is the time since the first planned slot for which no run has finished, well or badly.
    """

    job: Job
    run: Any | None
    succeeded_at: datetime | None
    late: timedelta
    next_slot: datetime

    def result(self, now: datetime) -> str:
        """Return what became of the newest run: done, failed, running, killed, or never."""
        if self.run is None:
            return "never"
        if self.run.finished_at is None:
            return "running" if now - self.run.started_at <= self.job.lease else "killed"
        return "failed" if self.run.failure else "done"


def standings() -> list[Standing]:
    """Return how each job stands, by name: two queries, however many jobs and runs there are."""
    now, found = clock.now(), declared()
    if not found:
        return []
    asked = [_newest(job.name, *only) for job in found for only in _NEWEST]
    ids = list(read(select(*asked)).one())
    known = set(filter(None, ids))
    rows = {row.id: row for row in read(select(JobRun.__table__).where(JobRun.id.in_(known)))}
    newest = [rows.get(number) for number in ids]
    return [
        _standing(job, now, *newest[place : place + len(_NEWEST)])
        for job, place in zip(found, range(0, len(ids), len(_NEWEST)), strict=True)
    ]


_FINISHED = JobRun.finished_at.is_not(None)
_NEWEST: tuple[tuple[ColumnElement[bool], ...], ...] = (
    (),
    (_FINISHED,),
    (_FINISHED, JobRun.failure.is_(None)),
)


def _newest(name: str, *only: ColumnElement[bool]) -> ScalarSelect[int]:
    newest = select(JobRun.id).where(JobRun.job == name, *only).order_by(JobRun.slot.desc())
    return newest.limit(1).scalar_subquery()


def _standing(job: Job, now: datetime, newest: Any, finished: Any, succeeded: Any) -> Standing:
    owed = job.next_slot(finished.slot) if finished else job.last_slot(now)
    return Standing(
        job,
        newest,
        succeeded.finished_at if succeeded else None,
        max(now - owed, timedelta()) if owed else timedelta(),
        job.next_slot(now),
    )


@unit_of_work()
def _finish(name: str, slot: datetime, started_at: datetime, failure: str | None) -> None:
    # Slower than its lease, it closes nothing of the run that took over.
    mine = (JobRun.slot == slot) & (JobRun.started_at == started_at)
    changed_rows(
        update(JobRun)
        .where(JobRun.job == name, mine)
        .values(finished_at=clock.now(), failure=failure)
    )


@job("core.forget_events", cron="35 3 * * *")
def forget_events() -> int:
    """Forget facts that have long had all their effects."""
    return outbox.forget_delivered()


@job("core.forget_audit", cron="55 3 * * *")
def forget_audit() -> int:
    """Forget what those in charge did more than three years ago."""
    return audit.forget_old()


@job("core.forget_idempotency_keys", cron="20 3 * * *")
def forget_idempotency_keys() -> int:
    """Forget keys that no phone will send again."""
    return forget_old_keys()


@job("core.forget_job_runs", cron="25 3 * * *")
def forget_job_runs() -> int:
    """Forget runs that nobody will ask about again."""
    return forget(JobRun, JobRun.slot < clock.now() - KEPT)


@job("core.forget_pushes", cron="45 3 * * *")
def forget_pushes() -> int:
    """Forget which pushes have come, once nobody would believe them again."""
    return pushes.forget_old()


cli = AppGroup("jobs", help="Scheduled jobs.")


@cli.command("list")
def list_jobs() -> None:
    """Print each job: its last run with result and duration, its next, how late it is."""
    now = clock.now()
    click.echo(LINE.format("job", "when", "last run", "result", "took", "next run", "late"))
    for found in standings():
        run = found.run
        took = f"{(run.finished_at - run.started_at).seconds} s" if run and run.finished_at else "-"
        last, following = _wall(run.slot if run else None), _wall(found.next_slot)
        late = str(found.late) if found.late else "-"
        result = found.result(now)
        click.echo(LINE.format(found.job.name, found.job.cron, last, result, took, following, late))
        if result == "failed" and run:
            click.echo(f"    {run.failure}")


LINE = "{:34} {:14} {:16} {:8} {:6} {:16} {}"


def _wall(moment: datetime | None) -> str:
    return f"{moment.astimezone(clock.SHANGHAI):%Y-%m-%dT%H:%M}" if moment else "-"


@cli.command("run")
@click.argument("name")
@click.option("--at", type=click.DateTime(["%Y-%m-%dT%H:%M"]), help="As if it were that wall time.")
def run_job(name: str, at: datetime | None) -> None:
    """Run one job once, now or as if it were another time."""
    if name not in _jobs:
        msg = f"no job {name!r}; `flask jobs list` names them"
        raise click.ClickException(msg)
    moment = at.replace(tzinfo=clock.SHANGHAI).astimezone(UTC) if at else clock.now()
    with clock.at(moment), traced(_request_id(name, moment)):
        click.echo(f"{name}: {_jobs[name].run()}")


@cli.command("serve")
def serve() -> None:
    """Run all jobs at their times until the process is told to stop."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001
    # It warns whenever the one before is still at it, which for ours is no news.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    scheduler = BlockingScheduler(timezone=clock.SHANGHAI)
    for found in declared():
        scheduler.add_job(
            _in_app(app, partial(run_last_slot, found)),
            found.trigger(),
            id=found.name,
            coalesce=True,
            misfire_grace_time=None,
        )
    scheduler.add_job(
        _in_app(app, catch_up), "interval", minutes=1, next_run_time=datetime.now(clock.SHANGHAI)
    )
    scheduler.add_job(
        _in_app(app, outbox.deliver_due), "interval", seconds=1, max_instances=1, coalesce=True
    )

    def stop(_signal: int, _frame: FrameType | None) -> None:
        scheduler.shutdown(wait=False)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    click.echo(f"{len(declared())} jobs; next: flask jobs list")
    scheduler.start()


def _in_app(app: Flask, work: Callable[[], object]) -> Callable[[], None]:
    def run() -> None:
        with app.app_context():
            work()

    return run
