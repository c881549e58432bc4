"""What is long over goes a little at a time, and all of it."""

from datetime import timedelta

from sqlalchemy import event, insert, select

from app.core import clock, forgetting
from app.core.db import changed_rows, db, read, writing
from app.core.jobs import JobRun


def test_what_is_old_goes_in_batches_and_what_is_not_stays(app, monkeypatch):
    monkeypatch.setattr(forgetting, "BATCH", 3)
    now = clock.now()
    with writing():
        for hour in range(10):
            slot = now - timedelta(hours=hour)
            changed_rows(insert(JobRun).values(job="tests.any", slot=slot, started_at=slot))
    commits = []

    def note(_connection):
        commits.append(1)

    event.listen(db.engine, "commit", note)
    try:
        assert forgetting.forget(JobRun, JobRun.slot < now - timedelta(hours=2)) == 7
    finally:
        event.remove(db.engine, "commit", note)
    assert len(commits) >= 3
    assert len(read(select(JobRun.id)).all()) == 3
