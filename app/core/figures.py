"""What `/metrics` says: what the processes have counted, and what the database knows.

The database is asked at each scrape, by a fixed number of statements. Each walks an index
of what is open, due or recent, and none all that was ever done: what is done is counted
for the last hour alone.
"""

import logging
from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from app.core import clock, deliveries, metrics, tally
from app.core.db import read
from app.core.deliveries import Delivery
from app.core.jobs import standings
from app.core.outbox import OutboxEvent

log = logging.getLogger(__name__)
CONTENT_TYPE = CONTENT_TYPE_LATEST
RECENT = timedelta(hours=1)
OPEN = (deliveries.WAITING, deliveries.LEASED, deliveries.UNKNOWN, deliveries.DEAD)
OVER = tuple(state for state in deliveries.STATES if state not in OPEN)


def exposition() -> bytes:
    """Return all figures in Prometheus' text format."""
    registry = CollectorRegistry()
    folder = tally.folder()
    if folder is None:
        registry.register(metrics.OWN)
    else:
        MultiProcessCollector(registry, path=str(folder))  # type: ignore[no-untyped-call]
    registry.register(_Database())
    return generate_latest(registry)


class _Database(Collector):
    """What the database knows; if it is away, that it is."""

    def collect(self) -> Iterable[Metric]:
        found: list[Metric] = []
        up = GaugeMetricFamily("linli_database_up", "Whether the database answered just now.")
        try:
            for family in (_outbox, _deliveries, _jobs):
                found += family()
        except SQLAlchemyError as fault:
            log.warning("no figures from the database: %s", type(fault).__name__)
            found = []
        up.add_metric((), float(bool(found)))
        return [up, *found]


def _outbox() -> Iterator[Metric]:
    row = read(_UNDELIVERED).one()
    yield _gauge("linli_outbox_undelivered", "Facts whose effects are not all there.", row.depth)
    yield _gauge(
        "linli_outbox_oldest_seconds",
        "Age of the oldest fact whose effects are not all there; 0 without one.",
        _age(row.oldest),
    )


_UNDELIVERED = select(
    func.count().label("depth"), func.min(OutboxEvent.occurred_at).label("oldest")
).where(OutboxEvent.delivered_at.is_(None))


def _deliveries() -> Iterator[Metric]:
    now = clock.now()
    names = [kind.name for kind in deliveries.kinds()]
    yield _by_state(
        "linli_deliveries",
        "Deliveries that are not over, or ended in trouble, by state.",
        names,
        OPEN,
        Delivery.state.in_(OPEN),
    )
    recent = Delivery.settled_at >= now - RECENT
    yield _by_state(
        "linli_deliveries_last_hour",
        "Deliveries that were over within the last hour, by state.",
        names,
        OVER,
        Delivery.state.in_(OVER) & recent,
    )
    overdue = GaugeMetricFamily(
        "linli_deliveries_overdue_seconds",
        "For how long the delivery that waits longest has been due; 0 without one.",
        labels=("kind",),
    )
    due = Delivery.state == deliveries.WAITING, Delivery.due_at <= now
    oldest: Any = (
        select(Delivery.kind, func.min(Delivery.due_at)).where(*due).group_by(Delivery.kind)
    )
    ages = dict.fromkeys(names, 0.0) | {row[0]: _age(row[1]) for row in _rows(oldest)}
    for kind, age in ages.items():
        overdue.add_metric((kind,), age)
    yield overdue


def _rows(statement: Any) -> list[Any]:
    return list(read(statement))


def _by_state(
    name: str, words: str, kinds: list[str], states: tuple[str, ...], chosen: Any
) -> Metric:
    by = (Delivery.kind, Delivery.state)
    asked: Any = select(*by, func.count()).where(chosen).group_by(*by)
    # Zero is a figure too: an alarm on a series that is missing never rings.
    counts = {(kind, state): 0 for kind in kinds for state in states}
    counts |= {(row[0], row[1]): row[2] for row in _rows(asked)}
    family = GaugeMetricFamily(name, words, labels=("kind", "state"))
    for labels, count in counts.items():
        family.add_metric(labels, count)
    return family


def _jobs() -> Iterator[Metric]:
    late = GaugeMetricFamily(
        "linli_job_late_seconds",
        "Time since the first planned slot for which no run has ended; 0 when all have.",
        labels=("job",),
    )
    failing = GaugeMetricFamily(
        "linli_job_failing", "Whether the job's newest run failed.", labels=("job",)
    )
    success = GaugeMetricFamily(
        "linli_job_last_success_timestamp_seconds",
        "When a run of the job last succeeded; missing if none has.",
        labels=("job",),
    )
    now = clock.now()
    for found in standings():
        labels = (found.job.name,)
        late.add_metric(labels, found.late.total_seconds())
        failing.add_metric(labels, float(found.result(now) == "failed"))
        if found.succeeded_at is not None:
            success.add_metric(labels, found.succeeded_at.timestamp())
    yield from (late, failing, success)


def _gauge(name: str, words: str, value: float) -> Metric:
    return GaugeMetricFamily(name, words, value=value)


def _age(since: Any) -> float:
    return max((clock.now() - since).total_seconds(), 0.0) if since else 0.0
