"""What is done by the clock, in a process of its own (`flask jobs serve`).

Each run claims a row (job, slot) first, so that several schedulers run a slot
once. A slot that nobody was there for, or whose run was killed half-way, is made
up for; of several in a row only the last. Jobs are thin and repeatable all the same.
"""

import logging
import signal
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from types import FrameType
from typing import TypeVar

import click
from apscheduler.schedulers.background import BlockingScheduler
from apscheduler.triggers.cron import CronTrigger
from flask import Flask, current_app
from flask.cli import AppGroup
from sqlalchemy import String, UniqueConstraint, delete, func, select, update
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock, outbox
from app.core.db import Base, changed_rows, db, read, unit_of_work
from app.core.idempotency import forget_old_keys, insert_ignore

log = logging.getLogger(__name__)
F = TypeVar("F", bound=Callable[[], object])
KEPT = timedelta(days=190)
"""Runs are a log of operation; network logs are kept at least six months."""

ABANDONED_AFTER = timedelta(hours=1)
"""A run that has not finished by then was killed, and its slot is free again."""

LOOK_BACK = tuple(timedelta(minutes=minutes) for minutes in (1, 60, 60 * 36, 60 * 24 * 40))
"""How far to look for a job's last slot: the least that finds one, and never as far
as runs are kept, or a forgotten one would look missed."""


@dataclass(frozen=True, slots=True)
class Job:
    """A function and the wall times (Asia/Shanghai) at which it runs."""

    name: str
    cron: str
    run: Callable[[], object]

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


def job(name: str, *, cron: str) -> Callable[[F], F]:
    """Declare a job beside its feature."""

    def mark(function: F) -> F:
        _jobs[name] = Job(name, cron, function)
        return function

    return mark


def declared() -> list[Job]:
    """Return all jobs by name."""
    return [_jobs[name] for name in sorted(_jobs)]


def run_slot(found: Job, slot: datetime) -> bool:
    """Run a job for a slot unless somebody did already; returns whether it succeeded here."""
    if not _claim(found.name, slot):
        return False
    failure = None
    try:
        found.run()
    except Exception as fault:
        db.session.rollback()
        log.exception("job %s failed", found.name)
        failure = repr(fault)[:400]
    _finish(found.name, slot, failure)
    return failure is None


@unit_of_work()
def _claim(name: str, slot: datetime) -> bool:
    now = clock.now()
    row = {"job": name, "slot": slot, "started_at": now}
    if changed_rows(insert_ignore(JobRun).values(**row)):
        return True
    abandoned = (
        (JobRun.job == name)
        & (JobRun.slot == slot)
        & JobRun.finished_at.is_(None)
        & (JobRun.started_at < now - ABANDONED_AFTER)
    )
    return bool(changed_rows(update(JobRun).where(abandoned).values(started_at=now)))


def catch_up() -> int:
    """Run each job whose last slot nobody has run to its end; returns how many succeeded."""
    return sum(run_last_slot(found) for found in declared())


def run_last_slot(found: Job) -> bool:
    """Run a job for its last slot unless somebody did already."""
    # The planned time, not the time it is: two schedulers awake minutes apart agree on it.
    slot = found.last_slot(clock.now())
    return slot is not None and run_slot(found, slot)


@unit_of_work()
def _finish(name: str, slot: datetime, failure: str | None) -> None:
    changed_rows(
        update(JobRun)
        .where(JobRun.job == name, JobRun.slot == slot)
        .values(finished_at=clock.now(), failure=failure)
    )


@job("core.forget_events", cron="35 3 * * *")
def forget_events() -> int:
    """Forget facts that have long had all their effects."""
    return outbox.forget_delivered()


@job("core.forget_idempotency_keys", cron="20 3 * * *")
def forget_idempotency_keys() -> int:
    """Forget keys that no phone will send again."""
    return forget_old_keys()


@job("core.forget_job_runs", cron="25 3 * * *")
@unit_of_work()
def forget_job_runs() -> int:
    """Forget runs that nobody will ask about again."""
    return changed_rows(delete(JobRun).where(JobRun.slot < clock.now() - KEPT))


cli = AppGroup("jobs", help="Scheduled jobs.")


@cli.command("list")
def list_jobs() -> None:
    """Print each job with its last and its next run."""
    last = dict(
        tuple(row) for row in read(select(JobRun.job, func.max(JobRun.slot)).group_by(JobRun.job))
    )
    for found in declared():
        upcoming = found.trigger().get_next_fire_time(None, clock.now())
        before = last.get(found.name)
        shown = before.astimezone(clock.SHANGHAI).isoformat() if before else "never"
        click.echo(f"{found.name:36} {found.cron:14} last {shown:26} next {upcoming}")


@cli.command("run")
@click.argument("name")
@click.option("--at", type=click.DateTime(["%Y-%m-%dT%H:%M"]), help="As if it were that wall time.")
def run_job(name: str, at: datetime | None) -> None:
    """Run one job once, now or as if it were another time."""
    if name not in _jobs:
        msg = f"no job {name!r}; `flask jobs list` names them"
        raise click.ClickException(msg)
    with clock.at(at.replace(tzinfo=clock.SHANGHAI) if at else clock.now()):
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
        _in_app(app, catch_up), "interval", minutes=10, next_run_time=datetime.now(clock.SHANGHAI)
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
