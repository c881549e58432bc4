"""The bank as its authors see it: write, have reviewed by somebody else, publish, retire."""

import secrets
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, func, insert, or_, select
from sqlalchemy.orm import aliased
from sqlalchemy.sql import ColumnElement

from app.core import audit, clock, pages
from app.core.access import BY_ROLE, Actor, Permission, RoleKind
from app.core.db import read, unit_of_work, within_any
from app.core.errors import Conflict, FieldError, InvalidInput, NotFound
from app.core.states import choose_move, open_moves
from app.photos import service as photos
from app.photos.models import Photo
from app.places import rules as place_rules
from app.places import service as places
from app.quizzes import daily, questions, rules, showing, versions
from app.quizzes.models import Figure, Question, Version, VersionMove
from app.quizzes.questions import Words
from app.residents.models import HeldRole, Resident

NO_PICTURE = "-"
"""Stands for a picture's name where the photo itself is named by `picture_id`."""


class VersionWaiting(Conflict):
    """One new version at a time: another one is being reviewed."""

    code = "version_waiting"


class PictureWithheld(Conflict):
    """WeChat thinks that the picture is risky: it is shown to nobody, and asked of nobody."""

    code = "picture_withheld"


def author_place(actor: Actor, place_code: str | None) -> str:
    """Return where somebody writes questions for; the first of their places if they do not say.

    Errors: InvalidInput on `place_code`, when it is not theirs, or none that questions are for.
    """
    codes = actor.codes(Permission.QUIZ_AUTHOR)
    chosen = place_code or codes[0]
    if chosen not in codes and not (
        actor.reaches(Permission.QUIZ_AUTHOR, chosen)
        and len(chosen) in showing.AROUND
        and places.names_of([chosen])
    ):
        raise InvalidInput.of("place_code", "unknown_place")
    audit.note(place_code=chosen)
    return chosen


def new_key() -> str:
    """Return a key that no question has."""
    return f"own-{secrets.token_hex(8)}"


def checked(written: Mapping[str, Any]) -> Words:
    """Return the words of a written question. Errors: InvalidInput, naming every fault."""
    found = _faults(written)
    if found:
        raise InvalidInput(errors=found)
    return questions.words_of(written)


def faults_of(written: Mapping[str, Any], *, pictured: bool) -> list[FieldError]:
    """Return everything a question would be refused for; `pictured`: whether it has a picture."""
    picture_id = NO_PICTURE if pictured else None
    return _faults(_with_picture(dict(written) | {"key": new_key()}, picture_id))


def _faults(written: Mapping[str, Any]) -> list[FieldError]:
    return questions.faults(written, both=False, today=clock.shanghai_day(clock.now()))


def find_picture(actor: Actor, photo_id: str) -> dict[str, str] | None:
    """Return the links of a photo that somebody brought and has not used yet, if it is one."""
    if not photo_id.isprintable():
        return None  # no database is asked for a NUL
    mine = Photo.id == photo_id, Photo.owner_id == actor.resident_id, Photo.attached_at.is_(None)
    found = read(select(Photo.id).where(*mine)).scalar_one_or_none()
    return photos.links(found) if found else None


@unit_of_work()
def write(
    actor: Actor,
    *,
    place_code: str | None = None,
    picture_id: str | None = None,
    submit: bool = False,
    **written: Any,
) -> dict[str, Any]:
    """Write a question, a draft; returns it as its author sees it.

    `submit`: it goes on to review at once. Errors: InvalidInput.
    """
    place = author_place(actor, place_code)
    key = new_key()
    words = checked(_with_picture(written | {"key": key}, picture_id))
    if picture_id:
        photos.attach(actor, [picture_id])
    row = {"key": key, "place_code": place, "created_at": clock.now()}
    question_id = int(read(insert(Question).returning(Question.id), row).scalar_one())
    _write_version(actor, question_id, words, 1, picture_id)
    return _written(actor, question_id, submit=submit)


def _with_picture(written: Mapping[str, Any], picture_id: str | None) -> dict[str, Any]:
    return dict(written) | ({"picture": NO_PICTURE} if picture_id else {})


def _write_version(
    actor: Actor, question_id: int, words: Words, number: int, photo_id: str | None
) -> None:
    row = versions.row_of(
        question_id,
        words,
        words.digest(photo_id),
        number=number,
        photo_id=photo_id,
        author_id=actor.resident_id,
    )
    version_id = int(read(insert(Version).returning(Version.id), row).scalar_one())
    versions.write_history(version_id, 1, rules.WRITE, actor.resident_id)


def _written(actor: Actor, question_id: int, *, submit: bool) -> dict[str, Any]:
    found = show(actor, question_id)
    if not submit:
        return found
    return move(actor, question_id, version_id=found["versions"][0]["id"], to=rules.IN_REVIEW)


def writes(actor: Actor, place_code: str) -> bool:
    """Whether somebody writes the questions of a place; those of everywhere nobody does here."""
    return actor.reaches(Permission.QUIZ_AUTHOR, place_code)


@unit_of_work()
def rewrite(
    actor: Actor,
    question_id: int,
    *,
    picture_id: str | None = None,
    submit: bool = False,
    **written: Any,
) -> dict[str, Any]:
    """Write a question anew: another draft; one's own draft before it is dropped, or an orphan.

    `submit` as for `write`. What is published stays until the new version is; so does its picture,
    unless there is another one. Errors: NotFound; InvalidInput; VersionWaiting, when another
    version is a draft of somebody else or being reviewed.
    """
    question = find_question(actor, question_id)
    if not writes(actor, question.place_code):
        raise NotFound
    read(_LOCK, {"question": question_id})  # whoever else writes it anew sees this version
    rows = read(_VERSIONS, {"question": question_id}).all()
    orphans = _orphans(actor, question.place_code, rows)
    kept = rows[0].photo_id if written.get("kind") == rules.PICTURE else None
    photo_id = picture_id or kept
    words = checked(_with_picture(written | {"key": question.key}, photo_id))
    if picture_id:
        photos.attach(actor, [picture_id])
    for row in rows:
        if row.state == rules.IN_REVIEW:
            raise VersionWaiting
        if row.state == rules.DRAFT:
            if row.author_id != actor.resident_id and row.id not in orphans:
                raise VersionWaiting
            versions.move(row, _DROP, actor_id=actor.resident_id)
    _write_version(actor, question_id, words, rows[0].number + 1, photo_id)
    return _written(actor, question_id, submit=submit)


_LOCK = (
    select(Question.id).where(Question.id == bindparam("question")).with_for_update(key_share=True)
)
_DROP = next(move for move in rules.MOVES if move.name == "drop")


@unit_of_work()
def move(
    actor: Actor, question_id: int, *, version_id: int, to: str, note: str | None = None
) -> dict[str, Any]:
    """Move a version of a question to its next state.

    Errors: NotFound; IllegalMove; MoveNotYours (one's own is published by somebody else);
    InvalidInput (a note is missing); PictureWithheld.
    """
    question = find_question(actor, question_id)
    rows = read(_VERSIONS, {"question": question_id}).all()
    row = next((row for row in rows if row.id == version_id), None)
    if row is None:
        raise InvalidInput.of("version_id", "unknown_version")
    orphans = _orphans(actor, question.place_code, [row])
    held = relations(actor, question.place_code, row, orphans)
    made = choose_move(rules.MOVES, None, row.state, to, held, given={"note": note})
    if to == rules.PUBLISHED:
        if row.photo_id and photos.is_withheld(row.photo_id):
            raise PictureWithheld
        versions.supersede(question_id, actor_id=actor.resident_id)
    versions.move(row, made, actor_id=actor.resident_id, note=note)
    if to == rules.PUBLISHED:
        daily.ask_newer({question_id: row.id})
    if row.state == rules.PUBLISHED:
        daily.choose_anew(row.id)
    return show(actor, question_id)


def relations(
    actor: Actor, place_code: str, version: Any, orphans: Collection[int] = ()
) -> frozenset[str]:
    """Return what somebody is to a version: who wrote it does not review it."""
    if place_code == rules.EVERYWHERE:
        held = (role.kind for role in actor.roles)
        return frozenset({rules.IN_CHARGE} if RoleKind.DISTRICT in held else ())
    if not writes(actor, place_code):
        return frozenset()
    mine = version.author_id == actor.resident_id or version.id in orphans
    return frozenset({rules.AUTHOR if mine else rules.REVIEWER})


def _orphans(actor: Actor, place_code: str, rows: Sequence[Any]) -> frozenset[int]:
    """Return which versions are drafts of somebody who writes there no more.

    Only an author goes on with a draft. Whose author has left the committee is anybody's there, or
    it would stand in the way of its question for ever.
    """
    drafts = [
        row for row in rows if row.state == rules.DRAFT and row.author_id != actor.resident_id
    ]
    if not drafts:
        return frozenset()
    writing = [kind for kind, may in BY_ROLE.items() if Permission.QUIZ_AUTHOR in may]
    there = select(HeldRole.resident_id).where(
        HeldRole.resident_id.in_({row.author_id for row in drafts}),
        HeldRole.kind.in_(writing),
        HeldRole.place_code.in_(place_rules.codes_above(place_code)),
    )
    writers = set(read(there).scalars())
    return frozenset(row.id for row in drafts if row.author_id not in writers)


# Who sees what


def sees(actor: Actor) -> ColumnElement[bool]:
    """Whether somebody sees a question in the bank: of their places, or of what lies around."""
    codes = actor.codes(Permission.QUIZ_AUTHOR)
    around = {code[:length] for code in codes for length in (0, 6, 9, 12)}
    return or_(within_any(Question.place_code, codes), Question.place_code.in_(sorted(around)))


def find_question(actor: Actor, question_id: int) -> Any:
    """Return a question. Errors: NotFound, also when it is of another place."""
    found = select(Question.__table__).where(Question.id == question_id, sees(actor))
    row = read(found).one_or_none()
    if row is None:
        raise NotFound
    audit.note(place_code=row.place_code or None)  # those of everywhere: where who acts is
    return row


_author = aliased(Resident)
_VERSIONS = (
    select(
        *showing.BEFORE[:-2],
        Version.number,
        Version.state,
        Version.author_id,
        Version.moves_made,
        Version.created_at,
        Version.solution,
        _author.name.label("author"),
        Figure.answers,
        Figure.facility,
        Figure.discrimination,
        Figure.options.label("chosen"),
        Figure.flags,
    )
    .outerjoin(_author, _author.id == Version.author_id)
    .outerjoin(Figure, Figure.version_id == Version.id)
    .where(Version.question_id == bindparam("question"))
    .order_by(Version.number.desc())
)


def show(actor: Actor, question_id: int) -> dict[str, Any]:
    """Return a question with its versions, newest first, and the moves open to the actor."""
    question = find_question(actor, question_id)
    rows = read(_VERSIONS, {"question": question_id}).all()
    lines = read(_LINES, {"question": question_id}).all()
    orphans = _orphans(actor, question.place_code, rows)
    return {
        "id": question.id,
        "key": question.key,
        "place_code": question.place_code,
        "versions": [_version(actor, question, row, lines, orphans) for row in rows],
    }


_mover = aliased(Resident)
_LINES = (
    select(VersionMove.__table__, _mover.name.label("actor"))
    .join(Version, Version.id == VersionMove.version_id)
    .outerjoin(_mover, _mover.id == VersionMove.actor_id)
    .where(Version.question_id == bindparam("question"))
    .order_by(VersionMove.version_id, VersionMove.seq)
)


def _version(
    actor: Actor, question: Any, row: Any, lines: Sequence[Any], orphans: Collection[int]
) -> dict[str, Any]:
    words = Words(row.kind, row.topic, row.difficulty, row.content, row.solution)
    written = questions.written_again(question.key, words)
    held = relations(actor, question.place_code, row, orphans)
    return {
        "id": row.id,
        "number": row.number,
        "state": row.state,
        "author": row.author,
        "created_at": row.created_at,
        "kind": row.kind,
        "topic": row.topic,
        "difficulty": row.difficulty,
        "stem": written["stem"],
        "options": written.get("options", []),
        "answer": written.get("answer"),
        "explanation": written["explanation"],
        "at_home": written["at_home"],
        "source": {"version": None, **written["source"]},
        "media": photos.links(row.photo_id) if row.photo_id else None,
        "figures": _figures(row),
        "history": [
            {"at": line.at, "move": line.move, "actor": line.actor, "note": line.note}
            for line in lines
            if line.version_id == row.id
        ],
        "moves": [one.shown() for one in open_moves(rules.MOVES, None, row.state, held)],
    }


def _figures(row: Any) -> dict[str, Any] | None:
    if row.answers is None:
        return None
    return {
        "answers": row.answers,
        "facility": row.facility,
        "discrimination": row.discrimination,
        "options": row.chosen,
        "flags": row.flags,
    }


def sift(
    actor: Actor, *, state: str | None, topic: str | None, flagged: bool, own: bool
) -> list[ColumnElement[bool]]:
    """Return which versions of the bank are meant, of questions and figures beside them.

    `own`: of the actor's own places alone, not of what lies around.
    """
    codes = actor.codes(Permission.QUIZ_AUTHOR)
    found = [within_any(Question.place_code, codes) if own else sees(actor)]
    if state is not None:
        found.append(Version.state == state)
    if topic is not None:
        found.append(Version.topic == topic)
    if flagged:
        found.append(Figure.flagged.is_(True))
    return found


def list_questions(
    actor: Actor,
    *,
    state: str | None = None,
    topic: str | None = None,
    flagged: bool = False,
    own: bool = False,
    cursor: str | None = None,
    limit: int = pages.DEFAULT_LIMIT,
) -> dict[str, Any]:
    """Return versions of the bank that the actor sees, newest first; see `sift`."""
    found = (
        select(
            Version.id,
            Version.question_id,
            Version.number,
            Version.state,
            Version.kind,
            Version.topic,
            Version.content,
            Version.created_at,
            Question.key,
            Question.place_code,
            _author.name.label("author"),
            func.coalesce(Figure.answers, 0).label("answers"),
            Figure.flags,
        )
        .join(Question, Question.id == Version.question_id)
        .outerjoin(_author, _author.id == Version.author_id)
        .outerjoin(Figure, Figure.version_id == Version.id)
        .where(*sift(actor, state=state, topic=topic, flagged=flagged, own=own))
    )
    if after := pages.decode(cursor, int):
        found = found.where(Version.id < after[0])
    rows = read(found.order_by(Version.id.desc()).limit(limit + 1)).all()
    return pages.page(rows, limit, lambda row: _item(actor, row), lambda row: (row.id,))


def _item(actor: Actor, row: Any) -> dict[str, Any]:
    return {
        "id": row.question_id,
        "version_id": row.id,
        "number": row.number,
        "key": row.key,
        "place_code": row.place_code,
        "state": row.state,
        "kind": row.kind,
        "topic": row.topic,
        "stem": showing.in_words(row.content["stem"], actor.language),
        "author": row.author,
        "created_at": row.created_at,
        "answers": row.answers,
        "flags": row.flags or [],
    }
