"""What is done about people outside of requests: making a copy of their data."""

from typing import Any

from app.core.deliveries import Done, Outcome, Pointless, Twice, delivers
from app.residents import copying


def give_up(payload: dict[str, Any], _state: str, _reason: str | None) -> None:
    """Say that nothing came of it, so that one may ask anew."""
    copying.fail(payload["copy_id"])


@delivers(copying.MAKE, twice=Twice.HARMLESS, tries=3, given_up=give_up)
def make(payload: dict[str, Any]) -> Outcome:
    """Make a copy: a few seconds, well within a delivery's lease."""
    if not copying.make(payload["copy_id"]):
        return Pointless("nobody waits for this copy")
    return Done()
