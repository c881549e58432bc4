"""What is done with rosters outside of requests: computing one, and signing its people up."""

from typing import Any

from app.core.deliveries import Done, Outcome, Pointless, Twice, delivers
from app.rosters import computing, proposals


def give_up(payload: dict[str, Any], _state: str, _reason: str | None) -> None:
    """Say on the proposal that nothing came of it, so that the planner may ask anew."""
    computing.fail(payload["proposal_id"], computing.GAVE_UP)


@delivers(proposals.COMPUTE, twice=Twice.HARMLESS, tries=3, given_up=give_up)
def compute(payload: dict[str, Any]) -> Outcome:
    """Compute a roster: up to 20 s of two cores, well within a delivery's lease."""
    done = computing.compute(payload["proposal_id"])
    return Done() if done else Pointless("no longer asked for")


@delivers(proposals.PUBLISH, twice=Twice.HARMLESS, tries=14)
def publish(payload: dict[str, Any]) -> Outcome:
    """Sign up the people of an accepted roster."""
    done = computing.publish(payload["proposal_id"])
    return Done() if done else Pointless("published already")
