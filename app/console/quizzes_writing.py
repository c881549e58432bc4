"""Writing questions at a desk: a new one, or a new version of one, and how a phone will show it.

A form is sent for many reasons: to keep it, to add an option, to bring a picture. Whatever it was
for, it comes back with all that was typed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from flask import make_response, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from app.console import desk, once, quizzes_sheet, shell
from app.console.quizzes import WRITTEN
from app.console.quizzes_sheet import LIMITS, Sheet
from app.core import audit, clock, texts
from app.core.access import Actor, Permission, language
from app.core.errors import FieldError, InvalidInput, NotFound, Problem
from app.core.http import limited, problem_body
from app.photos import service as photos
from app.quizzes import authoring, questions, rules, showing

blueprint = desk.console_blueprint("quizzes_writing", "/<place_code>/quizzes/questions")
BLUEPRINTS = (blueprint,)

SAVE, SUBMIT = "save", "submit"
NEEDED = frozenset({"stem.zh", "explanation.zh", "source.name.zh"})


@dataclass(slots=True)
class Faults:
    """What is wrong with what was sent: a word for all of it, and one for each field."""

    status: int = 200
    told: str = ""
    fields: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Writing:
    """A form that somebody has before them, and the version that it began from, if any."""

    place_code: str
    question_id: int | None
    before: Mapping[str, Any] | None

    @property
    def target(self) -> str:
        """Return where the form is sent to."""
        at: dict[str, Any] = {"place_code": self.place_code}
        if self.question_id is None:
            return url_for("console_quizzes_writing.create", **at)
        return url_for("console_quizzes_writing.rewrite", question_id=self.question_id, **at)

    def picture(self, sheet: Sheet) -> str | None:
        """Return the address of the picture that goes with the form."""
        if sheet.typed["picture_id"]:
            found = authoring.find_picture(desk.actor(), sheet.typed["picture_id"])
            if found:
                return found["url"]
            sheet.typed["picture_id"] = ""
        media = self.before["media"] if self.before else None
        return media["url"] if media else None

    def keep(self, sheet: Sheet, ready: Mapping[str, Any], *, submit: bool) -> dict[str, Any]:
        """Keep what was written. Errors: as the services have them."""
        brought = dict(ready) | {"submit": submit}
        if sheet.kind == rules.PICTURE and sheet.typed["picture_id"]:
            brought["picture_id"] = sheet.typed["picture_id"]
        if self.question_id is None:
            # A grid has no questions of its own: they are its community's.
            code = self.place_code[: max(showing.AROUND)]
            return authoring.write(desk.actor(), place_code=code, **brought)
        return authoring.rewrite(desk.actor(), self.question_id, **brought)


@blueprint.get("/new")
@desk.at_desk(Permission.QUIZ_AUTHOR)
def new(place_code: str) -> AnyResponse:
    """Show an empty form of a question."""
    desk.place_of(desk.actor(), place_code, Permission.QUIZ_AUTHOR)
    sheet = quizzes_sheet.empty(clock.shanghai_day(clock.now()))
    return _page(Writing(place_code, None, None), sheet)


@blueprint.post("")
@desk.at_desk(Permission.QUIZ_AUTHOR)
@limited("120 per minute")
@once.by_parts
def create(place_code: str) -> AnyResponse:
    """Keep a question that was written, or change its form."""
    desk.place_of(desk.actor(), place_code, Permission.QUIZ_AUTHOR)
    return _sent(Writing(place_code, None, None))


@blueprint.get("/<id:question_id>/versions/new")
@desk.at_desk(Permission.QUIZ_AUTHOR)
def change(place_code: str, question_id: int) -> AnyResponse:
    """Show the newest version of a question in the form that writes another one."""
    writing = _begun(desk.actor(), place_code, question_id)
    return _page(writing, quizzes_sheet.of_version(cast("Any", writing.before)))


@blueprint.post("/<id:question_id>/versions")
@desk.at_desk(Permission.QUIZ_AUTHOR)
@limited("120 per minute")
@once.by_parts
def rewrite(place_code: str, question_id: int) -> AnyResponse:
    """Keep a new version of a question, or change its form."""
    return _sent(_begun(desk.actor(), place_code, question_id))


@blueprint.post("/preview")
@desk.at_desk(Permission.QUIZ_AUTHOR)
@limited("240 per minute")
@once.by_parts
def preview(place_code: str) -> str:
    """Show how a phone will ask what stands in a form."""
    desk.place_of(desk.actor(), place_code, Permission.QUIZ_AUTHOR)
    sheet = quizzes_sheet.read(request.form)
    shown = request.form.get("shown", "")
    picture = shown if shown.startswith("/api/v1/photos/") else None
    return shell.render("console/quizzes_phone.html", **_asked(sheet), picture=picture)


def _begun(actor: Actor, place_code: str, question_id: int) -> Writing:
    """Return the form of a question that is there. Errors: NotFound, also if it is not theirs."""
    desk.place_of(actor, place_code, Permission.QUIZ_AUTHOR)
    question = authoring.show(actor, question_id)
    if not authoring.writes(actor, question["place_code"]):
        raise NotFound
    return Writing(place_code, question_id, question["versions"][0])


def _sent(writing: Writing) -> AnyResponse:
    sheet = quizzes_sheet.read(request.form)
    do = request.form.get("do", SAVE)
    faults = _bring_picture(sheet)
    if do not in {SAVE, SUBMIT}:
        if do == "spot":
            sheet.put_spot(request.form)
        sheet.act(do)
        return _page(writing, sheet, faults)

    def keep() -> AnyResponse:
        # Only the first time: what was sent before has used its picture, and is not judged again.
        ready, found = sheet.check(pictured=writing.picture(sheet) is not None)
        if found or faults.fields:
            raise InvalidInput(errors=found)
        kept = writing.keep(sheet, ready, submit=do == SUBMIT)
        return desk.go(_question_url(writing.place_code, kept["id"], submit=do == SUBMIT))

    try:
        return cast("AnyResponse", once.answered(keep))
    except NotFound:
        raise
    except Problem as problem:
        told = _told(sheet, problem)
        told.fields |= faults.fields
        return _page(writing, sheet, told)


def _question_url(place_code: str, question_id: int, *, submit: bool) -> str:
    done = rules.IN_REVIEW if submit else WRITTEN
    return url_for(
        "console_quizzes.question", place_code=place_code, question_id=question_id, done=done
    )


def _bring_picture(sheet: Sheet) -> Faults:
    """Take in the picture that was sent along; a faulty one is told at its field."""
    file = request.files.get("photo")
    if file is None or not file.filename:
        return Faults()
    try:
        with audit.aside():
            brought = photos.add_photo(desk.actor(), file.stream)
    except Problem as problem:
        body = problem_body(problem, language())
        return Faults(problem.status, body["title"], {"picture": body["detail"]})
    sheet.typed["picture_id"] = brought["id"]
    return Faults()


def _told(sheet: Sheet, problem: Problem) -> Faults:
    """Return a refusal in words, those of this page where it has better ones."""
    body = problem_body(problem, language())
    at = quizzes_sheet.at_fields(problem.errors)
    plain = {one["field"]: one["message"] for one in reversed(body["errors"])}
    words = {name: _words(sheet, name, fault, plain[fault.field]) for name, fault in at.items()}
    return Faults(problem.status, body["detail"] if not words else body["title"], words)


def _words(sheet: Sheet, name: str, fault: FieldError, otherwise: str) -> str:
    plain = "_".join(part for part in name.split(".") if not part.isdecimal())
    for key in (f"{plain}_{fault.code}_{sheet.kind}", f"{plain}_{fault.code}"):
        if texts.known(f"console.quizzes.faults.{key}"):
            return str(shell.say(f"quizzes.faults.{key}", **dict(fault.params)))
    return otherwise


def _page(writing: Writing, sheet: Sheet, faults: Faults | None = None) -> AnyResponse:
    told = faults or Faults()
    picture = writing.picture(sheet) if sheet.kind == rules.PICTURE else None
    page = "console/quizzes_form.html" if desk.partly() else "console/quizzes_write.html"
    drawn = shell.render(
        page,
        writing=writing,
        sheet=sheet,
        faults=told,
        labels={name: _label(sheet, name) for name in told.fields},
        picture=picture,
        limits=LIMITS,
        needed=NEEDED,
        kinds=rules.KINDS,
        topics=rules.TOPICS,
        levels=range(rules.EASIEST, rules.HARDEST + 1),
        longest_option=rules.LONGEST_OPTION,
        **_asked(sheet),
    )
    return make_response(drawn, told.status)


def _label(sheet: Sheet, name: str) -> Markup:
    """Return what a field at fault is called."""
    first, _, rest = name.partition(".")
    number = rest.partition(".")[0]
    if first == "options" and number.isdecimal():
        return _option_label(sheet, int(number) + 1)
    known = f"quizzes.labels.{name.replace('.', '_')}"
    return shell.say(known if texts.known(f"console.{known}") else "quizzes.question")


def _option_label(sheet: Sheet, number: int) -> Markup:
    spot = sheet.kind == rules.PICTURE
    return shell.say("quizzes.spot_number" if spot else "quizzes.option_number", number=number)


def _asked(sheet: Sheet) -> dict[str, Any]:
    """Return what the preview shows, in the languages that it is written in."""
    spoken = ["zh", "en"] if sheet.typed["stem.en"].strip() else ["zh"]
    if sheet.has_options:
        options = [
            {"zh": one.zh, "en": one.en, "right": one.right or sheet.kind == rules.ORDERING}
            for one in sheet.options
        ]
    else:
        right = sheet.typed["answer"]
        options = [
            {**words, "right": right == value}
            for words, value in zip(questions.TRUTH, ("true", "false"), strict=True)
        ]
    topic = sheet.typed["topic"] if sheet.typed["topic"] in rules.TOPICS else ""
    return {
        "asked": sheet,
        "asked_in": spoken,
        "asked_options": options,
        "asked_topic": topic,
    }
