"""How a campaign's news reaches its audience."""

from datetime import timedelta
from typing import Any

from app.campaigns import telling
from app.core.deliveries import Done, Later, Outcome, Twice, delivers


@delivers(telling.TELL, twice=Twice.HARMLESS, tries=50)
def tell(payload: dict[str, Any]) -> Outcome:
    """Write into inboxes, a batch at a time."""
    if telling.tell(payload["campaign_id"], payload["kind"]):
        return Done()
    return Later("more to tell", timedelta(0), counts=False)
