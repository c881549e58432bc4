"""Who is told what about a hazard: one table, and the ways to find whom it concerns.

Nobody is told what they did themselves, and no notice says who reported. The key
of each notice is made of the line of history that it is about, so that a fact that
is delivered twice tells nobody twice.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, select

from app.core.access import RoleKind
from app.core.db import read
from app.core.outbox import reacts_to
from app.hazards import clocks, rules
from app.hazards.events import (
    HazardLimitReached,
    HazardMoved,
    HazardOrderAnswered,
    HazardReported,
    HazardTextWithheld,
    HazardUnanswered,
)
from app.hazards.models import HazardMove, HazardPhoto, SupervisionOrder
from app.hazards.sight import find_for_system
from app.notices import service as notices
from app.notices.rules import KINDS, Audience, Param
from app.photos.events import PhotoWithheld
from app.residents import service as residents


class Happened(NamedTuple):
    """What happened to which case: by which line of its history, and who did it, if anybody.

    `handler_id`: who handled the case then.
    """

    row: Any
    seq: int
    handler_id: int | None
    actor_id: int | None = None
    order_id: int | None = None


Whom = Callable[[Happened], Iterable[int]]
By = Callable[[Happened], datetime | None]


# Whom


def reporter(what: Happened) -> Iterable[int]:
    """Return who reported it."""
    return [what.row.reporter_id]


def grid_workers(what: Happened) -> Iterable[int]:
    """Return the grid workers of its grid, and those of the whole community."""
    return _holders(RoleKind.GRID_WORKER, what.row.place_code)


def handler(what: Happened) -> Iterable[int]:
    """Return who handles it; where nobody does who is still staff there, the grid workers."""
    if what.handler_id is None:
        return grid_workers(what)
    staff = _holders(RoleKind.GRID_WORKER, what.row.community_code) | set(committee(what))
    return [what.handler_id] if what.handler_id in staff else grid_workers(what)


def owner(what: Happened) -> Iterable[int]:
    """Return whose photo it is."""
    return [] if what.handler_id is None else [what.handler_id]


def committee(what: Happened) -> Iterable[int]:
    """Return the committee of its community."""
    return _holders(RoleKind.COMMITTEE, what.row.community_code)


def _holders(kind: RoleKind, place_code: str) -> set[int]:
    return {holder.id for holder in residents.holders_within(kind, place_code)}


# By when


def acceptance(what: Happened) -> datetime | None:
    """Return by when it has to be accepted."""
    accept_by: datetime = what.row.accept_by
    return accept_by


def promise(what: Happened) -> datetime | None:
    """Return by when it has to be handled: the promise, or its estimate."""
    expected_by: datetime = what.row.expected_by
    return expected_by


def promise_after_pause(what: Happened) -> datetime | None:
    """Return the promise as it will be if a suspension lasts as long as was agreed."""
    row = what.row
    if row.suspended_until is None:  # it is over already
        return promise(what)
    return clocks.resumed(row.clock, row.expected_by, row.suspended_at, row.suspended_until)


def end_of_pause(what: Happened) -> datetime | None:
    """Return until when a suspension is asked for."""
    return what.row.suspended_until or promise(what)


def end_of_question(what: Happened) -> datetime | None:
    """Return until when the reporter may say whether it is solved."""
    handled_at: datetime | None = what.row.handled_at
    return handled_at + rules.ANSWERED_WITHIN if handled_at else None


def end_of_order(what: Happened) -> datetime | None:
    """Return by when an order has to be answered."""
    answer_by: datetime = read(_ORDER, {"order_id": what.order_id}).one().answer_by
    return answer_by


_ORDER = select(SupervisionOrder.answer_by, SupervisionOrder.answer).where(
    SupervisionOrder.id == bindparam("order_id")
)


class Tell(NamedTuple):
    """Which notice goes to whom, and what its `by` is."""

    kind: str
    whom: Whom
    by: By = promise


TELLS: Mapping[str, tuple[Tell, ...]] = {
    "report": (Tell("task_new", grid_workers, acceptance),),
    "accept": (Tell("case_accepted", reporter),),
    "decline": (Tell("case_declined", reporter),),
    "withdraw": (),
    "assign": (Tell("task_assigned", handler),),
    "start": (),
    "return": (Tell("task_returned", grid_workers),),
    "finish": (Tell("case_handled", reporter, end_of_question),),
    "suspend": (Tell("suspension_asked", committee, end_of_pause),),
    "suspend, agreed": (Tell("case_suspended", reporter, promise_after_pause),),
    "approve_suspension": (Tell("case_suspended", reporter, promise_after_pause),),
    "refuse_suspension": (Tell("task_assigned", handler),),
    "resume": (Tell("task_assigned", handler),),
    "confirm": (),
    "check": (Tell("case_closed", reporter),),
    "close_unanswered": (Tell("case_closed", reporter),),
    "not_solved": (Tell("task_not_solved", handler),),
    "appeal": (Tell("task_new", grid_workers, acceptance),),
    "reopen": (Tell("task_not_solved", handler),),
    "accept at 100 %": (
        Tell("task_overdue", grid_workers, acceptance),
        Tell("supervisor_notice", committee, acceptance),
    ),
    "handle at 80 %": (Tell("task_at_80", handler),),
    "handle at 100 %": (
        Tell("task_overdue", handler),
        Tell("supervisor_notice", committee),
        Tell("case_late", reporter),
    ),
    "handle at 150 %": (
        Tell("order_to_answer", handler, end_of_order),
        Tell("order_raised", committee, end_of_order),
    ),
    "unanswered": (Tell("case_confirm_reminder", reporter, end_of_question),),
    "order answered": (Tell("order_answered", committee),),
    "text withheld": (Tell("text_withheld", reporter),),
    "photo withheld": (Tell("photo_withheld", owner),),
}
"""What happened, and who is told."""


def _tell(name: str, what: Happened, **more: Param) -> None:
    for tell in TELLS[name]:
        whom = set(tell.whom(what)) - {what.actor_id}
        if not whom:
            continue
        notices.tell(
            tell.kind,
            whom,
            key=f"hazard:{what.row.id}:{what.seq}:{tell.kind}",
            about=notices.About("hazard", what.row.id),
            params=_params(what, tell.by(what)) | more,
            emergency=_wakes(tell.kind, what.row.severity),
        )


def _wakes(kind: str, severity: str) -> bool:
    """Whether a notice may ring at night: danger to life waits for no morning."""
    return severity == rules.DANGER_TO_LIFE and KINDS[kind].audience is Audience.STAFF


def _params(what: Happened, by: datetime | None) -> dict[str, Param]:
    row = what.row
    params: dict[str, Param] = {
        "number": row.number,
        "category": {"zh-Hans": row.name_zh, "en": row.name_en},
        "place": row.place_name,
    }
    if by:
        params["by"] = {"at": by.isoformat()}
    return params


# What is reacted to


@reacts_to(HazardReported)
def tell_of_report(event: HazardReported, _occurred_at: datetime) -> None:
    """Tell who can accept it."""
    row = find_for_system(event.hazard_id)
    _tell("report", Happened(row, 1, None, event.reporter_id))


@reacts_to(HazardMoved)
def tell_of_move(event: HazardMoved, _occurred_at: datetime) -> None:
    """Tell whoever has to do something now, or waits for it."""
    row = find_for_system(event.hazard_id)
    what = Happened(row, event.seq, event.assignee_id, event.actor_id)
    name = "suspend, agreed" if event.move == "suspend" and event.agreed else event.move
    line = read(_NOTE, {"the_hazard": event.hazard_id, "the_seq": event.seq}).one_or_none()
    said = {"note": line.note} if line and line.note else {}
    _tell(name, what, **said)


_NOTE = select(HazardMove.note).where(
    HazardMove.hazard_id == bindparam("the_hazard"), HazardMove.seq == bindparam("the_seq")
)


@reacts_to(HazardLimitReached)
def tell_of_limit(event: HazardLimitReached, _occurred_at: datetime) -> None:
    """Tell who is late, who supervises them, and who waits."""
    row = find_for_system(event.hazard_id)
    what = Happened(row, event.seq, event.assignee_id, order_id=event.order_id)
    _tell(f"{event.stage} at {event.level} %", what)


@reacts_to(HazardUnanswered)
def ask_again(event: HazardUnanswered, _occurred_at: datetime) -> None:
    """Ask the reporter again whether it is solved."""
    row = find_for_system(event.hazard_id)
    _tell("unanswered", Happened(row, event.seq, event.assignee_id))


@reacts_to(HazardOrderAnswered)
def tell_of_answer(event: HazardOrderAnswered, _occurred_at: datetime) -> None:
    """Tell the committee what was answered to its order."""
    row = find_for_system(event.hazard_id)
    what = Happened(row, event.seq, event.assignee_id, event.actor_id, event.order_id)
    order = read(_ORDER, {"order_id": event.order_id}).one()
    _tell("order answered", what, answer=order.answer)


@reacts_to(HazardTextWithheld)
def tell_of_text(event: HazardTextWithheld, _occurred_at: datetime) -> None:
    """Tell who wrote it that neighbours do not see it."""
    row = find_for_system(event.hazard_id)
    _tell("text withheld", Happened(row, event.seq, row.assignee_id))


@reacts_to(PhotoWithheld)
def tell_of_photo(event: PhotoWithheld, _occurred_at: datetime) -> None:
    """Tell whose photo it is that others do not see it; of several in a line, once."""
    hung = read(_HUNG, {"the_photo": event.photo_id}).one_or_none()
    if hung is None:
        return
    row = find_for_system(hung.hazard_id)
    _tell("photo withheld", Happened(row, hung.seq, event.owner_id))


_HUNG = select(HazardPhoto.hazard_id, HazardPhoto.seq).where(
    HazardPhoto.photo_id == bindparam("the_photo")
)
