"""What waits for somebody in charge of a place: how many of each kind, and the first of them.

Everything is asked for at once; a kind that one may not decide about is left out.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    Select,
    String,
    and_,
    bindparam,
    cast,
    exists,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.sql import ColumnElement

from app.committees import lasting
from app.committees.models import Rectification
from app.core import clock
from app.core.access import Actor, Permission
from app.core.checks import REVIEW
from app.core.db import PlaceCode, UtcDateTime
from app.core.errors import NotFound
from app.core.prepared import Prepared
from app.hazards.models import Hazard, HazardCategory, HazardPhoto, NoteCheck
from app.hazards.sight import COMMUNITY_LENGTH
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
    now = clock.now()
    community = place_rules.community_of(place_code)
    shape = _Shape(
        frozenset(one for one in NEEDED if actor.reaches(one, place_code)),
        actor.language,
        len(place_code) == COMMUNITY_LENGTH,
        community is not None,
    )
    found: dict[str, dict[str, Any]] = {
        name: {"count": 0, "items": []}
        for name, kind in _kinds(shape).items()
        if kind.needs in shape.reached
    }
    given = {
        "place": place_code, "beyond": place_code + ":", "community": community or "",
        "me": actor.resident_id, "now": now, "due_until": now + DUE_WITHIN,
        "shifts_until": now + SHIFTS_WITHIN, "judged_since": now - JUDGED_WITHIN,
    }  # fmt: skip
    ahead: dict[str, datetime | None] = {}
    for row in _prepared(shape).rows(given):
        if row.kind not in found:
            ahead[row.kind] = row.at
            continue
        of_kind = found[row.kind]
        of_kind["count"] = row.total
        item = {"id": row.id, "words": row.words, "more": row.more, "at": row.at, "rank": row.rank}
        of_kind["items"].append(item)
    for of_kind in found.values():
        of_kind["items"].sort(key=lambda item: item.pop("rank"))
    lasting.no_longer_than(_changes(found, ahead))
    return found


DUE_AHEAD, SHIFTS_AHEAD = "due ahead", "shifts ahead"
"""What is not near enough yet to be named."""


def _changes(
    found: Mapping[str, Mapping[str, Any]], ahead: Mapping[str, datetime | None]
) -> Iterator[datetime | None]:
    """Give when what waits becomes something else, though nobody does anything."""
    for name in ("reported", "due"):
        yield from (lasting.past(item["at"]) for item in found[name]["items"][:1])
    yield from (item["at"] for item in found.get("shifts", {"items": []})["items"][:1])
    for item in found.get("verdicts", {"items": []})["items"][:1]:
        yield item["at"] + JUDGED_WITHIN
    for name, within in ((DUE_AHEAD, DUE_WITHIN), (SHIFTS_AHEAD, SHIFTS_WITHIN)):
        if moment := ahead.get(name):
            yield lasting.past(moment - within)


class _Shape(NamedTuple):
    """What makes one statement another: where one decides, in which words, of which place."""

    reached: frozenset[Permission]
    language: str
    is_community: bool
    in_community: bool


NEEDED = (
    Permission.HAZARD_DISPATCH, Permission.HAZARD_SUPERVISE, Permission.RESIDENCE_DECIDE,
    Permission.SHIFT_PLAN, Permission.QUIZ_AUTHOR, Permission.OVERVIEW_READ,
    Permission.PLACE_REVIEW,
)  # fmt: skip
_PLACE, _BEYOND, _COMMUNITY = (
    bindparam(name, type_=PlaceCode()) for name in ("place", "beyond", "community")
)
_ME = bindparam("me", type_=BigInteger())
_NOW, _DUE_UNTIL, _SHIFTS_UNTIL, _JUDGED_SINCE = (
    bindparam(name, type_=UtcDateTime())
    for name in ("now", "due_until", "shifts_until", "judged_since")
)


@lru_cache(64)
def _prepared(shape: _Shape) -> Prepared:
    """Return what asks for all kinds, made once: making it costs several times what it asks."""
    kinds = _kinds(shape).items()
    branches = [
        select(_first(name, kind).subquery()) for name, kind in kinds if kind.needs in shape.reached
    ]
    branches.append(_ahead(DUE_AHEAD, Hazard.act_by, _due_ahead(shape)))
    if Permission.SHIFT_PLAN in shape.reached:
        needing = _needing(Shift.starts_at >= _SHIFTS_UNTIL)
        branches.append(_ahead(SHIFTS_AHEAD, Shift.starts_at, needing))
    return Prepared(lambda: union_all(*branches))


def _within(column: Any) -> ColumnElement[bool]:
    return and_(column >= _PLACE, column < _BEYOND)


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


def _ahead(name: str, at: Any, where: Sequence[ColumnElement[bool]]) -> Select[Any]:
    """Return what asks when the first of these is, as a row of no kind."""
    nothing, none = literal(0, BigInteger), literal("", String)
    columns: tuple[ColumnElement[Any], ...] = (
        literal(name, String), nothing, nothing, none, none, func.min(at), nothing,
    )  # fmt: skip
    names = ("kind", "total", "id", "words", "more", "at", "rank")
    labelled = (column.label(one) for column, one in zip(columns, names, strict=True))
    return select(*labelled).where(*where)


def _due_ahead(shape: _Shape) -> Sequence[ColumnElement[bool]]:
    owed = (Hazard.act_by.is_not(None), Hazard.act_by >= _DUE_UNTIL)
    return (_here(shape), *owed, Hazard.state != "reported")


@lru_cache(64)
def _kinds(shape: _Shape) -> Mapping[str, Kind]:
    return {
        **_hazards(shape),
        "homes": _homes(shape),
        "shifts": _shifts(),
        "appeals": _appeals(),
        "questions": _questions(),
        "rectifications": _rectifications(Permission.OVERVIEW_READ, "open", Rectification.due_on),
        "answered": _rectifications(Permission.PLACE_REVIEW, "answered", Rectification.id),
    }


def _here(shape: _Shape) -> ColumnElement[bool]:
    return Hazard.community_code == _PLACE if shape.is_community else _within(Hazard.place_code)


def _hazards(shape: _Shape) -> Mapping[str, Kind]:
    here = _here(shape)
    category = HazardCategory.name_en if shape.language == "en" else HazardCategory.name_zh
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
    recent = Hazard.reported_at > _JUDGED_SINCE
    return {
        "late": kind((owed, Hazard.act_by < _NOW), Hazard.act_by),
        "reported": kind((owed, Hazard.act_by >= _NOW, Hazard.state == "reported"), Hazard.act_by),
        "due": kind(
            (
                owed,
                Hazard.act_by >= _NOW,
                Hazard.act_by < _DUE_UNTIL,
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


def _homes(shape: _Shape) -> Kind:
    # Who did not say in which grid waits for any grid worker of the community.
    here = [_within(Residence.place_code)]
    if shape.in_community:
        here.append(Residence.place_code == _COMMUNITY)
    return Kind(
        Permission.RESIDENCE_DECIDE,
        Residence.id,
        Resident.name,
        func.coalesce(Residence.room, ""),
        Residence.requested_at,
        (or_(*here), Residence.state == "requested", Residence.resident_id != _ME),
        (Residence.id,),
        _join(Residence, Resident, Resident.id == Residence.resident_id),
    )


def _shifts() -> Kind:
    return Kind(
        Permission.SHIFT_PLAN,
        Shift.id,
        Shift.title,
        Shift.place_name,
        Shift.starts_at,
        _needing(Shift.starts_at > _NOW, Shift.starts_at < _SHIFTS_UNTIL),
        (Shift.starts_at, Shift.id),
        Shift.__table__,
    )


def _needing(*when: ColumnElement[bool]) -> Sequence[ColumnElement[bool]]:
    return (_within(Shift.place_code), Shift.state == OPEN, *when, Shift.taken < Shift.minimum)


def _appeals() -> Kind:
    return Kind(
        Permission.SHIFT_PLAN,
        Appeal.id,
        Resident.name,
        Appeal.note,
        Appeal.asked_at,
        (
            _within(Appeal.place_code),
            Appeal.state == ASKED,
            Attendance.resident_id != _ME,
        ),
        (Appeal.id,),
        _join(Appeal, Attendance, Attendance.id == Appeal.attendance_id).join(
            Resident.__table__, Resident.id == Attendance.resident_id
        ),
    )


def _questions() -> Kind:
    return Kind(
        Permission.QUIZ_AUTHOR,
        Question.id,
        Question.key,
        func.coalesce(Resident.name, ""),
        Version.created_at,
        (
            _within(Question.place_code),
            Version.state == IN_REVIEW,
            or_(Version.author_id.is_(None), Version.author_id != _ME),
        ),
        (Version.id,),
        _join(Version, Question, Question.id == Version.question_id).outerjoin(
            Resident.__table__, Resident.id == Version.author_id
        ),
    )


def _rectifications(needs: Permission, state: str, first: Any) -> Kind:
    return Kind(
        needs,
        Rectification.id,
        Rectification.title,
        Rectification.due_on,
        Rectification.raised_at,
        (_within(Rectification.place_code), Rectification.state == state),
        (first, Rectification.id),
        Rectification.__table__,
    )
