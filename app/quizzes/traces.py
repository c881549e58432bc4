"""What people leave in quizzes: how they learn goes; that somebody answered stays."""

from sqlalchemy import select

from app.core.traces import acted, goes, stays
from app.quizzes.models import (
    Answer,
    Attempt,
    Card,
    QuestionImport,
    Review,
    Streak,
    Version,
    VersionMove,
)

KNOWN = "what people of a place know, and how hard a question is, is counted from it"

acted(Version.author_id, "a question is a community's")
acted(VersionMove.actor_id, "the history of a question is whole")
acted(QuestionImport.resident_id, "a file of questions is a community's")
stays(Attempt.resident_id, KNOWN, kept=("versions",))
stays(
    Answer.attempt_id,
    KNOWN,
    theirs=lambda who: select(Attempt.id).where(Attempt.resident_id == who),
    kept=("chosen",),
)
stays(
    Review.resident_id,
    KNOWN,
    kept=("client_uuid", "ticket", "chosen", "stability", "difficulty"),
    withheld=("ticket",),
)
goes(Streak.resident_id)
goes(Card.resident_id)
