"""Files of questions: taken in as drafts, with a report by line; given out again."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from functools import cache
from itertools import islice
from types import MappingProxyType, ModuleType
from typing import IO, Any

from sqlalchemy import bindparam, func, insert, select, update
from sqlalchemy.sql import ColumnElement

from app.core import clock, pages
from app.core.access import Actor, Permission
from app.core.clock import shanghai_day
from app.core.db import changed_rows, read, unit_of_work, within_any
from app.core.errors import InvalidInput, NotFound, TooLarge
from app.core.texts import known, text
from app.places.models import Place
from app.quizzes import authoring, bank, questions, rules
from app.quizzes.formats import Read, aiken, completed, gift, moodle_xml, refused, sample, table
from app.quizzes.models import Figure, Question, QuestionImport, Version
from app.quizzes.questions import Words

FORMATS: Mapping[str, ModuleType] = MappingProxyType(
    {"gift": gift, "aiken": aiken, "moodle_xml": moodle_xml, "csv": table}
)
AT_ONCE = 500
"""So many questions are kept in one transaction; then the progress is told."""
MOST_BYTES = 8 * 1024 * 1024
MOST_QUESTIONS = 10_000
MOST_LINES = 500
"""So many lines of a report are kept; a file with more faults is another kind of file."""
RUNNING, DONE = "running", "done"
IMPORT_STATES = (RUNNING, DONE)
LONGEST_RUN = timedelta(minutes=10)
"""A long one takes one minute; what is said to run still after ten was cut off."""
Tell = Callable[[int, int], None]


def take_in(
    actor: Actor,
    stream: IO[bytes],
    *,
    file_format: str,
    file_name: str,
    topic: str = rules.TOPICS[0],
    place_code: str | None = None,
    tell: Tell = lambda _done, _total: None,
) -> dict[str, Any]:
    """Take the questions of a file in as drafts; returns the report. `tell` hears (done, total).

    What the format has no room for (topic, explanation, source) is filled in by its author later.
    A transaction for every `AT_ONCE`, so that others can write and the progress can be seen.
    Errors: TooLarge; InvalidInput (no text, too many, a place that is not theirs).
    """
    place = authoring.author_place(actor, place_code)
    # No further than what is refused anyway: a small file can say very much.
    found = list(islice(FORMATS[file_format].read(_text_of(stream)), MOST_QUESTIONS + 1))
    found = found or [refused(1, "no_questions")]
    if len(found) > MOST_QUESTIONS:
        raise InvalidInput.of("file", "too_many", max=MOST_QUESTIONS)
    import_id = _begin(actor, place, file_format, file_name, len(found))
    batch = _Batch(actor, place, topic)
    for start in range(0, len(found), AT_ONCE):
        batch.keep(import_id, found[start : start + AT_ONCE])
        tell(batch.done, len(found))
    _end(import_id)
    return show_import(actor, import_id)


def _text_of(stream: IO[bytes]) -> str:
    content = stream.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise TooLarge
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise InvalidInput.of("file", "no_text")


@unit_of_work()
def _begin(actor: Actor, place: str, file_format: str, file_name: str, total: int) -> int:
    row = {
        "resident_id": actor.resident_id,
        "place_code": place,
        "format": file_format,
        # Of what cannot be seen a database refuses some, and some turns a line around.
        "file_name": "".join(filter(str.isprintable, file_name))[:120],
        "state": RUNNING,
        "total": total,
        "report": [],
        "created_at": clock.now(),
        **dict.fromkeys(("done", "accepted", "refused"), 0),
    }
    return int(read(insert(QuestionImport).returning(QuestionImport.id), row).scalar_one())


_LOCK = select(Place.id).where(Place.code == bindparam("place")).with_for_update(key_share=True)


class _Batch:
    """What an import has come to so far."""

    def __init__(self, actor: Actor, place: str, topic: str) -> None:
        self.actor, self.place, self.topic = actor, place, topic
        self.today = shanghai_day(clock.now())
        self.done = self.accepted = 0
        self.report: list[dict[str, Any]] = []
        self.refused = 0

    @unit_of_work()
    def keep(self, import_id: int, some: list[Read]) -> None:
        """Keep the good ones of some, and write down how far it is."""
        # Whoever brings the same file to the same place waits here, and then sees these questions.
        read(_LOCK, {"place": self.place})
        written = [one.written for one in some if one.written]
        taken = bank.existing_keys({_key_of(self.place, one) for one in written})
        # What went out from here comes back under the key that it has; nothing else can be one.
        named = map(_own_key, written)
        taken |= bank.existing_keys(filter(questions.KEY.fullmatch, named), self.place)
        good: list[tuple[str, Words]] = []
        for one in some:
            words = self._words(one, taken)
            if words is not None:
                good.append(words)
        bank.add_drafts(self.actor, self.place, good)
        self.done += len(some)
        self.accepted += len(good)
        values = {"done": self.done, "accepted": self.accepted, "refused": self.refused}
        mine = update(QuestionImport).where(QuestionImport.id == import_id)
        changed_rows(mine.values(report=self.report, **values))

    def _words(self, one: Read, taken: set[str]) -> tuple[str, Words] | None:
        if one.written is None:
            self._refuse(one.line, "", one.code or "invalid")
            return None
        written = completed(one.written, _key_of(self.place, one.written), self.topic, self.today)
        if not taken.isdisjoint({written["key"], _own_key(one.written)}):
            self._refuse(one.line, "key", "same_as_another")
            return None
        faults = questions.faults(written, both=False, today=self.today)
        if faults:
            self._refuse(one.line, faults[0].field, faults[0].code, dict(faults[0].params))
            return None
        taken.add(written["key"])
        return written["key"], questions.words_of(written)

    def _refuse(
        self, line: int, field: str, code: str, params: Mapping[str, object] | None = None
    ) -> None:
        self.refused += 1
        if len(self.report) < MOST_LINES:
            more = {"params": dict(params or {})}
            self.report.append({"line": line, "field": field, "code": code, **more})


def _own_key(written: Mapping[str, Any]) -> str:
    """Return the key that a file gives a question; empty if none."""
    named = written.get("key")
    return named if isinstance(named, str) else ""


def _key_of(place: str, written: Mapping[str, Any]) -> str:
    """Return a question's key: made of its place and its own key, or else its words.

    So it comes in once, and no file takes a key away from the bank or from another place.
    """
    own = _own_key(written)
    said = json.dumps([place, own or dict(written)], ensure_ascii=False, sort_keys=True)
    return f"imp-{hashlib.sha256(said.encode()).hexdigest()[:32]}"


@unit_of_work()
def _end(import_id: int) -> None:
    mine = update(QuestionImport).where(QuestionImport.id == import_id)
    changed_rows(mine.values(state=DONE, finished_at=clock.now()))


_IMPORTS = select(QuestionImport.__table__)


def show_import(actor: Actor, import_id: int) -> dict[str, Any]:
    """Return how far an import is, and what was refused by line. Errors: NotFound."""
    codes = actor.codes(Permission.QUIZ_AUTHOR)
    mine = QuestionImport.id == bindparam("id"), within_any(QuestionImport.place_code, codes)
    row = read(_IMPORTS.where(*mine), {"id": import_id}).one_or_none()
    if row is None:
        raise NotFound
    lines = [_line(actor, line) for line in row.report]
    return _item(row) | {"lines": lines}


def was_cut_off(found: Mapping[str, Any], now: datetime) -> bool:
    """Whether nobody works at an import any more that is not done; what it took stays."""
    return bool(found["state"] == RUNNING and now - found["created_at"] > LONGEST_RUN)


def list_imports(
    actor: Actor, *, cursor: str | None = None, limit: int = pages.DEFAULT_LIMIT
) -> dict[str, Any]:
    """Return the imports of the actor's places, newest first, without their lines."""
    found = _IMPORTS.where(
        within_any(QuestionImport.place_code, actor.codes(Permission.QUIZ_AUTHOR))
    )
    if after := pages.decode(cursor, int):
        found = found.where(QuestionImport.id < after[0])
    rows = read(found.order_by(QuestionImport.id.desc()).limit(limit + 1)).all()
    return pages.page(rows, limit, _item, lambda row: (row.id,))


def _item(row: Any) -> dict[str, Any]:
    names = (
        "id", "place_code", "format", "file_name", "state", "total", "done", "accepted",
        "refused", "created_at", "finished_at",
    )  # fmt: skip
    return {name: getattr(row, name) for name in names}


def _line(actor: Actor, line: Mapping[str, Any]) -> dict[str, Any]:
    code = line["code"]
    named = f"quizzes.refused.{line['field']}_{code}"
    words = (named, f"quizzes.refused.{code}", f"fields.{code}")
    key = next(filter(known, words), "fields.invalid")
    message = text(key, actor.language, **line["params"])
    return {name: line[name] for name in ("line", "field", "code")} | {"message": message}


@cache
def sample_of(file_format: str) -> str:
    """Return a small file as this format has it, to begin one's own from."""
    return str(FORMATS[file_format].write(sample.QUESTIONS))


def give_out(
    actor: Actor,
    *,
    file_format: str,
    topic: str | None = None,
    state: str | None = rules.PUBLISHED,
    flagged: bool = False,
) -> str:
    """Return questions of the actor's own places as a file, each once: its newest version meant.

    What is published, unless something else is said; what lies around is not theirs to give out.
    """
    meant = authoring.sift(actor, state=state, topic=topic, flagged=flagged, own=True)
    return str(FORMATS[file_format].write(_newest(meant)))


def _newest(meant: list[ColumnElement[bool]]) -> Iterator[dict[str, Any]]:
    newest = (
        select(func.max(Version.id))
        .join(Question, Question.id == Version.question_id)
        .outerjoin(Figure, Figure.version_id == Version.id)
        .where(*meant)
        .group_by(Version.question_id)
    )
    found = (
        select(
            Question.key,
            Version.kind,
            Version.topic,
            Version.difficulty,
            Version.content,
            Version.solution,
        )
        .join(Version, Version.question_id == Question.id)
        .where(Version.id.in_(newest))
        .order_by(Version.topic, Version.id)
    )
    for row in read(found):
        words = Words(row.kind, row.topic, row.difficulty, row.content, row.solution)
        yield questions.written_again(row.key, words)
