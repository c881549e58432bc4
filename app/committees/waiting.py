"""What waits for somebody in charge of a place: how many of each kind, and the first of them.

Everything is asked for at once; a kind that one may not decide about is left out.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Select, String, cast, exists, func, literal, or_, select, union_all
from sqlalchemy.sql import ColumnElement

from app.committees.models import Rectification
from app.core import clock
from app.core.access import Actor, Permission
from app.core.checks import REVIEW
from app.core.db import read, within
from app.core.errors import NotFound
from app.hazards.models import Hazard, HazardCategory, HazardPhoto, NoteCheck
from app.hazards.sight import in_place
from app.patrols.models import Shift
from app.patrols.rules import OPEN
from app.photos.models import Photo
from app.places import rules as place_rules
from app.quizzes.models import Question, Version
from app.quizzes.rules import IN_REVIEW
from app.residents.models import Residence, Resident
from app.rounds.models import Appeal, Attendance
from app.rounds.rules import ASKED

FIRST = 3
"""So many of each kind are named."""
DUE_WITHIN = timedelta(hours=24)
SHIFTS_WITHIN = timedelta(days=7)
JUDGED_WITHIN = timedelta(days=90)
"""Verdicts are asked for on what was reported since; older texts interest no neighbour."""


class Kind(NamedTuple):
    """One kind of thing that waits.

    `needs`: for whom it waits; `words`, `more`: what it is, in two lines; `at`: a moment of it;
    `order`: what comes first.
    """

    needs: Permission
    id: Any
    words: Any
    more: Any
    at: Any
    where: Sequence[ColumnElement[bool]]
    order: Sequence[Any]
    joined: Any = None


def show_waiting(actor: Actor, place_code: str) -> dict[str, dict[str, Any]]:
    """Return what waits at a place: `{kind: {count, items: [{id, words, more, at}]}}`.

    In one query. A kind of which there is nothing has a count of 0. Errors: NotFound (the actor
    dispatches nothing there).
    """
    if not actor.reaches(Permission.HAZARD_DISPATCH, place_code):
        raise NotFound
    kinds = {
        name: kind
        for name, kind in _kinds(actor, place_code, clock.now()).items()
        if actor.reaches(kind.needs, place_code)
    }
    found: dict[str, dict[str, Any]] = {name: {"count": 0, "items": []} for name in kinds}
    branches = [select(_first(name, kind).subquery()) for name, kind in kinds.items()]
    for row in read(union_all(*branches)).mappings():
        of_kind = found[row["kind"]]
        of_kind["count"] = row["total"]
        of_kind["items"].append({name: row[name] for name in ("id", "words", "more", "at", "rank")})
    for of_kind in found.values():
        of_kind["items"].sort(key=lambda item: item.pop("rank"))
    return found


def _first(name: str, kind: Kind) -> Select[Any]:
    counted = select(func.count()).select_from(kind.joined).where(*kind.where)
    return (
        select(
            literal(name, String).label("kind"),
            counted.scalar_subquery().label("total"),
            kind.id.label("id"),
            cast(kind.words, String).label("words"),
            cast(kind.more, String).label("more"),
            kind.at.label("at"),
            func.row_number().over(order_by=kind.order).label("rank"),
        )
        .select_from(kind.joined)
        .where(*kind.where)
        .order_by(*kind.order)
        .limit(FIRST)
    )


def _kinds(actor: Actor, place_code: str, now: datetime) -> Mapping[str, Kind]:
    return {
        **_hazards(actor, place_code, now),
        "homes": _homes(actor, place_code),
        "shifts": _shifts(place_code, now),
        "appeals": _appeals(actor, place_code),
        "questions": _questions(actor, place_code),
        "rectifications": _rectifications(
            place_code, Permission.OVERVIEW_READ, "open", Rectification.due_on
        ),
        "answered": _rectifications(
            place_code, Permission.PLACE_REVIEW, "answered", Rectification.id
        ),
    }


def _hazards(actor: Actor, place_code: str, now: datetime) -> Mapping[str, Kind]:
    here = in_place(place_code)
    category = HazardCategory.name_en if actor.language == "en" else HazardCategory.name_zh
    joined = _join(Hazard, HazardCategory, HazardCategory.code == Hazard.category)

    def kind(
        where: Sequence[ColumnElement[bool]],
        at: Any,
        needs: Permission = Permission.HAZARD_DISPATCH,
    ) -> Kind:
        words = Hazard.number + literal(" ") + category
        said = (here, *where)
        return Kind(needs, Hazard.id, words, Hazard.description, at, said, (at, Hazard.id), joined)

    owed = Hazard.act_by.is_not(None)
    photo = _join(HazardPhoto, Photo, Photo.id == HazardPhoto.photo_id)
    doubtful = or_(
        Hazard.text_state == REVIEW,
        exists().where(NoteCheck.hazard_id == Hazard.id, NoteCheck.state == REVIEW),
        exists(
            select(literal(1))
            .select_from(photo)
            .where(HazardPhoto.hazard_id == Hazard.id, Photo.check_state == REVIEW)
        ),
    )
    recent = Hazard.reported_at > now - JUDGED_WITHIN
    return {
        "late": kind((owed, Hazard.act_by < now), Hazard.act_by),
        "reported": kind((owed, Hazard.act_by >= now, Hazard.state == "reported"), Hazard.act_by),
        "due": kind(
            (
                owed,
                Hazard.act_by >= now,
                Hazard.act_by < now + DUE_WITHIN,
                Hazard.state != "reported",
            ),
            Hazard.act_by,
        ),
        "orders": kind((Hazard.order_by.is_not(None),), Hazard.order_by),
        "put_off": kind(
            (owed, Hazard.state == "suspended", Hazard.suspension_approved.is_(False)),
            Hazard.act_by,
            Permission.HAZARD_SUPERVISE,
        ),
        "verdicts": kind((recent, doubtful), Hazard.reported_at, Permission.HAZARD_SUPERVISE),
    }


def _join(left: Any, right: Any, on: ColumnElement[bool]) -> Any:
    return left.__table__.join(right.__table__, on)


def _homes(actor: Actor, place_code: str) -> Kind:
    # Who did not say in which grid waits for any grid worker of the community.
    community = place_rules.community_of(place_code)
    here = [within(Residence.place_code, place_code)]
    if community:
        here.append(Residence.place_code == community)
    return Kind(
        Permission.RESIDENCE_DECIDE,
        Residence.id,
        Resident.name,
        func.coalesce(Residence.room, ""),
        Residence.requested_at,
        (or_(*here), Residence.state == "requested", Residence.resident_id != actor.resident_id),
        (Residence.id,),
        _join(Residence, Resident, Resident.id == Residence.resident_id),
    )


def _shifts(place_code: str, now: datetime) -> Kind:
    return Kind(
        Permission.SHIFT_PLAN,
        Shift.id,
        Shift.title,
        Shift.place_name,
        Shift.starts_at,
        (
            within(Shift.place_code, place_code),
            Shift.state == OPEN,
            Shift.starts_at > now,
            Shift.starts_at < now + SHIFTS_WITHIN,
            Shift.taken < Shift.minimum,
        ),
        (Shift.starts_at, Shift.id),
        Shift.__table__,
    )


def _appeals(actor: Actor, place_code: str) -> Kind:
    return Kind(
        Permission.SHIFT_PLAN,
        Appeal.id,
        Resident.name,
        Appeal.note,
        Appeal.asked_at,
        (
            within(Appeal.place_code, place_code),
            Appeal.state == ASKED,
            Attendance.resident_id != actor.resident_id,
        ),
        (Appeal.id,),
        _join(Appeal, Attendance, Attendance.id == Appeal.attendance_id).join(
            Resident.__table__, Resident.id == Attendance.resident_id
        ),
    )


def _questions(actor: Actor, place_code: str) -> Kind:
    return Kind(
        Permission.QUIZ_AUTHOR,
        Question.id,
        Question.key,
        func.coalesce(Resident.name, ""),
        Version.created_at,
        (
            within(Question.place_code, place_code),
            Version.state == IN_REVIEW,
            or_(Version.author_id.is_(None), Version.author_id != actor.resident_id),
        ),
        (Version.id,),
        _join(Version, Question, Question.id == Version.question_id).outerjoin(
            Resident.__table__, Resident.id == Version.author_id
        ),
    )


def _rectifications(place_code: str, needs: Permission, state: str, first: Any) -> Kind:
    return Kind(
        needs,
        Rectification.id,
        Rectification.title,
        Rectification.due_on,
        Rectification.raised_at,
        (within(Rectification.place_code, place_code), Rectification.state == state),
        (first, Rectification.id),
        Rectification.__table__,
    )
