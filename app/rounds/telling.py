"""Who is told what about a round. Written into inboxes within the same transaction.

Nobody is told what they did themselves. The key says what it is about: told once.
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import bindparam, select

from app.core.db import read
from app.notices import service as notices
from app.notices.rules import Param
from app.residents.models import Resident
from app.rounds.sight import leaders_to_tell, staff_of

WALK, LEAD, HELP = "round", "round_lead", "sos"
"""What a tap on a notice opens: one's own round, or the leader's view of it. A call for help
is about itself, so that no later news of the round overtakes its message."""


def tell_of_flags(shift: Any, attendance: Any) -> None:
    """Tell the leader that something about somebody's round is to be looked at; once a person."""
    whom = leaders_to_tell(shift) - {attendance.resident_id}
    # A leader's own round is looked at by the staff of the place.
    whom = whom or staff_of(shift.place_code) - {attendance.resident_id}
    key = f"round:{shift.id}:flags:{attendance.resident_id}"
    _tell("round_flagged", whom, shift, key=key, about=LEAD, who=name_of(attendance.resident_id))


def tell_of_no_show(shift: Any, resident_id: int) -> None:
    """Tell somebody that nothing of them was seen, and that they may object."""
    key = f"round:{shift.id}:no_show"
    _tell("no_show", [resident_id], shift, key=key, about=WALK)


def tell_of_call(shift: Any, sos_id: int, resident_id: int, note: str | None) -> int:
    """Tell the leader and the staff of the place at once that somebody calls for help."""
    whom = (leaders_to_tell(shift) | staff_of(shift.place_code)) - {resident_id}
    said: dict[str, Param] = {"who": name_of(resident_id)}
    if note:
        said["note"] = note
    return _tell("sos", whom, shift, key=f"sos:{sos_id}", about=HELP, **said)


def tell_of_appeal(shift: Any, appeal_id: int, resident_id: int, note: str) -> None:
    """Tell who can answer an appeal."""
    whom = (leaders_to_tell(shift) | staff_of(shift.place_code)) - {resident_id}
    who = name_of(resident_id)
    key = f"round_appeal:{appeal_id}:asked"
    _tell("appeal_asked", whom, shift, key=key, about=LEAD, who=who, note=note)


def tell_of_answer(
    shift: Any, appeal_id: int, resident_id: int, *, granted: bool, minutes: int, note: str
) -> None:
    """Tell somebody what came of their appeal."""
    kind = "appeal_granted" if granted else "appeal_refused"
    key = f"round_appeal:{appeal_id}:answered"
    _tell(kind, [resident_id], shift, key=key, about=WALK, minutes=minutes, note=note)


def _tell(
    kind: str, whom: Iterable[int], shift: Any, *, key: str, about: str, **params: Param
) -> int:
    said: dict[str, Param] = {
        "title": shift.title,
        "place": shift.place_name,
        "by": {"at": shift.starts_at.isoformat()},
    }
    return notices.tell(
        kind, whom, key=key, about=notices.About(about, shift.id), params=said | params
    )


def name_of(resident_id: int) -> str:
    """Return what somebody is called."""
    return str(read(_NAME, {"the_resident": resident_id}).scalar_one())


_NAME = select(Resident.name).where(Resident.id == bindparam("the_resident"))
