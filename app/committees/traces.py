"""What people leave in the work of committees: an office's words, which stay the office's."""

from app.committees.models import (
    CommitteeComment,
    CommitteeSetting,
    CommitteeTarget,
    Rectification,
    RectificationMove,
)
from app.core.traces import acted

OFFICE = "done for an office, which answers for it"

acted(CommitteeSetting.changed_by, OFFICE)
acted(CommitteeTarget.set_by, OFFICE)
acted(CommitteeComment.author_id, OFFICE)
acted(Rectification.raised_by, OFFICE)
acted(RectificationMove.actor_id, OFFICE)
