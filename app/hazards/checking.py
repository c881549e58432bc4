"""Whether what reporters wrote may be shown to their neighbours: WeChat is asked."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from app.core import audit, deliveries, outbox
from app.core.access import Actor
from app.core.checks import CHECKING, PASSED, REVIEW, UNDECIDED, WITHHELD
from app.core.db import changed_rows, read, unit_of_work
from app.core.deployment import settings
from app.core.errors import InvalidInput, NotFound
from app.core.idempotency import insert_ignore
from app.core.states import MoveNotYours
from app.hazards import rules
from app.hazards.detail import detail_view
from app.hazards.events import HazardTextWithheld
from app.hazards.models import Hazard, HazardMove, HazardPhoto, NoteCheck
from app.hazards.sight import find_for_system, find_hazard, relations
from app.photos import checking as photos

KIND = "hazards.check_text"
FIRST = 1
"""The line of history that is the report: its text is the case's own."""


def first_state() -> str:
    """Return how far a new text may be shown."""
    return CHECKING if settings().content_checks else PASSED


def plan_first(hazard_id: int) -> None:
    """Plan to have a report's text looked at, in the current transaction."""
    if settings().content_checks:
        _plan(hazard_id, FIRST)


def plan_note(hazard_id: int, seq: int) -> None:
    """Plan to have a reporter's note looked at, in the current transaction."""
    if settings().content_checks:
        check = {"hazard_id": hazard_id, "seq": seq, "state": CHECKING}
        changed_rows(insert(NoteCheck), check)
        _plan(hazard_id, seq)


def _plan(hazard_id: int, seq: int) -> None:
    deliveries.enqueue(KIND, f"{hazard_id}:{seq}", {"hazard_id": hazard_id, "seq": seq})


def to_check(hazard_id: int, seq: int) -> tuple[int, str] | None:
    """Return who wrote a text and the text, if nobody has judged it yet."""
    if seq == FIRST:
        row = read(_REPORT, {"the_hazard": hazard_id}).one_or_none()
        written = [row.description, row.address] if row else []
    else:
        row = read(_NOTE, {"the_hazard": hazard_id, "the_seq": seq}).one_or_none()
        written = [row.note] if row else []
    return (row.reporter_id, "\n".join(filter(None, written))) if row else None


_REPORT = select(Hazard.reporter_id, Hazard.description, Hazard.address).where(
    Hazard.id == bindparam("the_hazard"), Hazard.text_state == CHECKING
)
_NOTE = (
    select(Hazard.reporter_id, HazardMove.note)
    .join(HazardMove, HazardMove.hazard_id == Hazard.id)
    .join(
        NoteCheck,
        (NoteCheck.hazard_id == HazardMove.hazard_id) & (NoteCheck.seq == HazardMove.seq),
    )
    .where(
        Hazard.id == bindparam("the_hazard"),
        HazardMove.seq == bindparam("the_seq"),
        NoteCheck.state == CHECKING,
    )
)


@unit_of_work()
def judge(hazard_id: int, seq: int, verdict: str) -> None:
    """Show a text to neighbours or do not; whoever wrote it learns if it is withheld."""
    if _judged(hazard_id, seq, verdict, UNDECIDED) and verdict == WITHHELD:
        _tell(hazard_id, seq)


def _tell(hazard_id: int, seq: int) -> None:
    reporter_id = read(select(Hazard.reporter_id).where(Hazard.id == hazard_id)).scalar_one()
    outbox.record(HazardTextWithheld(hazard_id, seq, reporter_id))


def give_up(payload: dict[str, Any], _state: str, _reason: str | None) -> None:
    """Leave what could not be asked about to people, in the transaction that says so."""
    _judged(payload["hazard_id"], payload["seq"], REVIEW, UNDECIDED)


@unit_of_work()
def decide(
    actor: Actor,
    hazard_id: int,
    *,
    show: bool,
    photo_id: str | None = None,
    seq: int | None = None,
) -> dict[str, Any]:
    """Show a photo or a text to neighbours or do not, whatever WeChat thinks of it.

    `seq`: the line of history that brought the text; 1 is the report itself.
    Errors: NotFound; MoveNotYours; InvalidInput (both are named, or neither).
    """
    row = find_hazard(actor, hazard_id)
    audit.note(place_code=row.place_code)
    if rules.SUPERVISOR not in relations(actor, row):
        raise MoveNotYours(state=row.state, to=row.state)
    if (photo_id is None) == (seq is None):
        raise InvalidInput.of("photo_id", "one_of_two")
    verdict = PASSED if show else WITHHELD
    if photo_id is not None:
        _decide_photo(hazard_id, photo_id, verdict)
    elif seq is not None:
        _decide_text(hazard_id, seq, verdict)
    return detail_view(actor, find_for_system(hazard_id))


def _decide_photo(hazard_id: int, photo_id: str, verdict: str) -> None:
    hung = (HazardPhoto.hazard_id == hazard_id, HazardPhoto.photo_id == photo_id)
    if read(select(HazardPhoto.seq).where(*hung)).one_or_none() is None:
        raise NotFound
    photos.decide(photo_id, verdict)


def _decide_text(hazard_id: int, seq: int, verdict: str) -> None:
    """Errors: NotFound (that line brought no text that is ever checked)."""
    line = (HazardMove.hazard_id == hazard_id, HazardMove.seq == seq)
    role = read(select(HazardMove.actor_role).where(*line)).scalar_one_or_none()
    if role != rules.REPORTER:
        raise NotFound
    if seq != FIRST:
        once = {"hazard_id": hazard_id, "seq": seq, "state": PASSED}
        changed_rows(insert_ignore(NoteCheck), once)
    before = {PASSED, WITHHELD, *UNDECIDED} - {verdict}
    if _judged(hazard_id, seq, verdict, before) and verdict == WITHHELD:
        _tell(hazard_id, seq)


def _judged(hazard_id: int, seq: int, verdict: str, before: Collection[str]) -> bool:
    if seq == FIRST:
        mine = update(Hazard).where(Hazard.id == hazard_id, Hazard.text_state.in_(before))
        return bool(changed_rows(mine.values(text_state=verdict)))
    note = (NoteCheck.hazard_id == hazard_id, NoteCheck.seq == seq)
    mine = update(NoteCheck).where(*note, NoteCheck.state.in_(before))
    return bool(changed_rows(mine.values(state=verdict)))
