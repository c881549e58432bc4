"""What is rolled up by the clock."""

from datetime import timedelta

from app.core.jobs import job
from app.rollups import rolling, standing
from app.rollups.backfill import backfill_once


@job("rollups.roll_up", cron="*/2 * * * *", lease=timedelta(minutes=30))
def roll_up() -> int:
    """Count what people have done since the last time, so that today's figures are today's."""
    return rolling.roll_up()


@job("rollups.count_registered", cron="5 0 * * *")
def count_registered() -> int:
    """Keep how many residents each place has."""
    return standing.count_registered()


@job("rollups.check", cron="50 3 * * *", lease=timedelta(minutes=30))
def check() -> int:
    """Roll up what waits, and hold the figures against the facts; the run fails if they lie.

    The first time what happened before there were facts is written down as such.
    """
    backfill_once()
    rolling.roll_up()
    return standing.check()
