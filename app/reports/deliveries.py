"""What is done with reports outside of requests: making one."""

from datetime import timedelta
from typing import Any

from app.core.deliveries import Done, Later, Outcome, Pointless, Twice, delivers
from app.reports import making, service

GAVE_UP = "gave_up"
PAUSE = timedelta(minutes=5)
"""Until one looks again whether all facts of a period are counted."""


def give_up(payload: dict[str, Any], _state: str, _reason: str | None) -> None:
    """Say on the report that nothing came of it, so that one may ask anew, and tell who asked."""
    making.fail(payload["report_id"], GAVE_UP)
    _tell(payload)


def _tell(payload: dict[str, Any]) -> None:
    # Whoever opened it before anybody had asked has it in front of them.
    if payload.get("tell", True):
        service.tell(payload["report_id"])


@delivers(service.MAKE, twice=Twice.HARMLESS, tries=3, given_up=give_up)
def make(payload: dict[str, Any]) -> Outcome:
    """Make a report and print it: a few seconds, well within a delivery's lease."""
    if making.waits(payload["report_id"]):
        return Later("not all of it is counted yet", PAUSE, counts=False)
    if not making.print_ahead(payload["report_id"]):
        return Pointless("there is no such report")
    _tell(payload)
    return Done()
