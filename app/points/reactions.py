"""Whoever reported a hazard is thanked once it is really solved, and only then.

Nothing is given for reporting: a report is a beginning, and paid beginnings multiply. Who
reported without a name is thanked as well: the line stands in their own ledger, which nobody
else sees.
"""

from datetime import datetime

from app.core.outbox import reacts_to
from app.hazards.events import HazardMoved
from app.points import rules, service

RULE, SOURCE = "hazard_solved", "hazard"


@reacts_to(HazardMoved)
def thank_for_what_is_solved(event: HazardMoved, at: datetime) -> None:
    """Thank for a verified solution; take it back when the case is opened again.

    The line of history is the turn: solved again after it was reopened is thanked again.
    """
    closing = rules.Closing(event.move, event.reporter_id, event.actor_id, event.assignee_id)
    whose = (event.reporter_id, RULE, SOURCE, event.hazard_id)
    if rules.deserves_thanks(closing):
        service.grant(*whose, at=at, turn=event.seq)
    elif event.move in rules.REOPENING_MOVES:
        service.reverse(*whose, turn=event.seq)
