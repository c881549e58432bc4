"""Who is told of what has to be put right: whoever answers for the place, and who asked."""

from datetime import datetime

from sqlalchemy import select

from app.committees import rectifications
from app.committees.events import RectificationMoved
from app.committees.models import Rectification, RectificationMove
from app.core.db import read
from app.core.outbox import reacts_to

KINDS = {
    "raise": "rectification_raised",
    "answer": "rectification_answered",
    "send_back": "rectification_sent_back",
    "accept": "rectification_accepted",
    "withdraw": "rectification_withdrawn",
}
"""By which kind of notice each move is told."""


@reacts_to(RectificationMoved)
def tell_of_rectification(event: RectificationMoved, _at: datetime) -> None:
    """Tell the other side of a move; nobody is told what they did themselves."""
    line = RectificationMove
    row = read(
        select(
            Rectification.id,
            Rectification.place_code,
            Rectification.place_name,
            Rectification.title,
            Rectification.due_on,
            Rectification.raised_by,
            line.note,
        )
        .join(line, line.rectification_id == Rectification.id)
        .where(Rectification.id == event.rectification_id, line.seq == event.seq)
    ).one()
    answered = event.move == "answer"
    people = rectifications.asking(row) if answered else rectifications.answering(row.place_code)
    rectifications.tell(
        KINDS[event.move],
        row,
        people - {event.actor_id},
        key=f"{row.id}:{event.seq}",
        note=row.note,
    )
