"""What nobody will ask about again: who was called, what was proposed, what was copied."""

from datetime import timedelta

from app.core import clock
from app.core.forgetting import forget
from app.rosters import rules
from app.rosters.models import CallOut, CopiedShift, RosterAssignment, RosterProposal

KEPT = timedelta(days=190)
"""Half a year and a little: until somebody would ask why they were called, or never were."""


def forget_old() -> int:
    """Delete call-outs and rosters of long ago, and what keeps past weeks from being copied to.

    Returns how many rows, the people of rosters apart. Sign-ups stay, whoever made them.
    """
    now = clock.now()
    over = RosterProposal.state.not_in((rules.COMPUTING, rules.PROPOSED))
    return (
        forget(CallOut, CallOut.at < now - KEPT)
        + forget(CopiedShift, CopiedShift.day < clock.shanghai_day(now))
        + forget(
            RosterProposal,
            over & (RosterProposal.created_at < now - KEPT),
            hanging=RosterAssignment.__table__.c.proposal_id,
        )
    )
