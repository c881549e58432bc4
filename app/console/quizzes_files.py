"""Question files at a desk: brought in with a report by line, given out as the bank is sifted."""

from collections.abc import Mapping
from typing import Any

from flask import Response, make_response, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from app.console import desk, once, posted, shell
from app.console.quizzes import FORMATS, MeantForm, meant
from app.core import clock, texts
from app.core.access import Permission, language
from app.core.errors import InvalidInput, NotFound, Problem, TooLarge
from app.core.forms import Form, choice
from app.core.http import limited, problem_body
from app.core.pages import PageForm
from app.quizzes import imports, rules, showing

blueprint = desk.console_blueprint("quizzes_files", "/<place_code>/quizzes/files")
BLUEPRINTS = (blueprint,)

ENDINGS: Mapping[str, str] = {
    "csv": "csv",
    "gift": "gift.txt",
    "moodle_xml": "xml",
    "aiken": "txt",
}
BY_ENDING: Mapping[str, str] = {"csv": "csv", "xml": "moodle_xml", "gift": "gift"}
MARK = "\ufeff"
"""Without it a spreadsheet takes a table of Chinese for something else."""
MOST_LOOKS = 600
"""So often, a second apart, a page asks how far a file is; a longer one has its own page."""


class BringForm(Form):
    """How a file is written, if its name does not say it; the topic of questions without one."""

    format = choice(FORMATS)
    topic = choice(rules.TOPICS, load_default=rules.TOPICS[0])


class LookForm(Form):
    """Which import was the newest when the file was sent, and how often was asked since."""

    known = posted.number(least=0, most=2**53, load_default=0)
    looks = posted.number(least=0, most=MOST_LOOKS, load_default=0)


class ExportForm(MeantForm):
    """Which questions, and how to write them."""

    format = choice(FORMATS, required=True)


@blueprint.get("")
@desk.at_desk(Permission.QUIZ_AUTHOR)
@desk.reads(PageForm)
def files(form: dict[str, Any], place_code: str) -> AnyResponse | str:
    """Show how files come in and go out, and the files that came before."""
    desk.place_of(desk.actor(), place_code, Permission.QUIZ_AUTHOR)
    found = imports.list_imports(desk.actor(), **form)
    if desk.partly():
        return shell.render("console/quizzes_imports.html", **_listed(place_code, found))
    return _page(place_code, found, {})


def _listed(place_code: str, found: Mapping[str, Any]) -> dict[str, Any]:
    now = clock.now()
    cursor = found["next_cursor"]
    onward = url_for("console_quizzes_files.files", place_code=place_code, cursor=cursor)
    earlier = [row | {"cut_off": imports.was_cut_off(row, now)} for row in found["items"]]
    return {"earlier": earlier, "onward": onward if cursor else None}


def _page(
    place_code: str,
    found: Mapping[str, Any],
    chosen: Mapping[str, Any],
    fault: str = "",
    status: int = 200,
) -> AnyResponse:
    newest = found["items"][0]["id"] if found["items"] else 0
    page = "console/quizzes_bring.html" if desk.partly() else "console/quizzes_files.html"
    drawn = shell.render(
        page,
        **_listed(place_code, found),
        chosen={"format": "", "topic": rules.TOPICS[0], **chosen},
        fault=fault,
        formats=FORMATS,
        topics=rules.TOPICS,
        states=rules.STATES,
        samples={name: imports.sample_of(name) for name in FORMATS},
        waiting=url_for("console_quizzes_files.look", place_code=place_code, known=newest),
    )
    return make_response(drawn, status)


@blueprint.post("")
@desk.at_desk(Permission.QUIZ_AUTHOR)
@limited("20 per minute")
@desk.reads(BringForm, location="form")
@once.by_parts
def bring(form: dict[str, Any], place_code: str) -> AnyResponse:
    """Take the questions of a file in as drafts; each comes in once, so a file may come again."""
    actor = desk.actor()
    desk.place_of(actor, place_code, Permission.QUIZ_AUTHOR)
    try:
        file = request.files.get("file")
        if file is None or not file.filename:
            raise InvalidInput.of("file", "required")
        taken = imports.take_in(
            actor,
            file.stream,
            file_format=form.get("format") or _format_of(file.filename),
            file_name=file.filename,
            topic=form["topic"],
            place_code=place_code[: max(showing.AROUND)],
        )
    except (InvalidInput, TooLarge) as problem:
        found = imports.list_imports(actor)
        return _page(place_code, found, form, _told(problem), problem.status)
    return desk.go(_report_url(place_code, taken["id"]))


def _format_of(name: str) -> str:
    """Return what a file's name says of its format. Errors: InvalidInput, if it says nothing."""
    found = BY_ENDING.get(name.rpartition(".")[2].casefold())
    if found is None:
        raise InvalidInput.of("format", "required")
    return found


def _told(problem: Problem) -> str:
    """Return in words why a file was not read at all."""
    if isinstance(problem, TooLarge):
        return str(shell.say("quizzes.files.too_large"))
    [fault, *_] = problem.errors
    if fault.code == "required":
        return str(shell.say(f"quizzes.files.missing.{fault.field}"))
    return str(problem_body(problem, language())["errors"][0]["message"])


def _report_url(place_code: str, import_id: int) -> str:
    return url_for("console_quizzes_files.report", place_code=place_code, import_id=import_id)


@blueprint.get("/waiting")
@desk.at_desk(Permission.QUIZ_AUTHOR)
@desk.reads(LookForm)
def look(form: dict[str, Any], place_code: str) -> str:
    """Show how far the file is that is being taken in; the page asks again every second."""
    desk.place_of(desk.actor(), place_code, Permission.QUIZ_AUTHOR)
    newest = imports.list_imports(desk.actor(), limit=1)["items"]
    running = newest[0] if newest and newest[0]["id"] > form["known"] else None
    looks = form["looks"] + 1
    again = url_for(
        "console_quizzes_files.look", place_code=place_code, known=form["known"], looks=looks
    )
    over = looks >= MOST_LOOKS or (running and running["state"] == imports.DONE)
    return shell.render(
        "console/quizzes_waiting.html", running=running, again=None if over else again
    )


@blueprint.get("/<id:import_id>")
@desk.at_desk(Permission.QUIZ_AUTHOR)
def report(place_code: str, import_id: int) -> str:
    """Show what of a file was taken, and line by line what was refused and why."""
    desk.place_of(desk.actor(), place_code, Permission.QUIZ_AUTHOR)
    found = imports.show_import(desk.actor(), import_id)
    return shell.render(
        "console/quizzes_import_part.html" if desk.partly() else "console/quizzes_import.html",
        found=found | {"cut_off": imports.was_cut_off(found, clock.now())},
        lines=[line | {"where": _where(line["field"])} for line in found["lines"]],
        unlisted=found["refused"] - len(found["lines"]),
    )


def _where(field: str) -> Markup | str:
    """Return the name of a field at fault as people know it."""
    first, _, rest = field.partition(".")
    number, _, tongue = rest.partition(".")
    if first == "options" and number.isdecimal():
        named = shell.say("quizzes.option_number", number=int(number) + 1)
        return shell.say("quizzes.english_of", label=named) if tongue == "en" else named
    plain = f"quizzes.labels.{field.replace('.', '_')}"
    known = (key for key in (plain, f"{plain}_zh") if texts.known(f"console.{key}"))
    key = next(known, None)
    return shell.say(key) if key else field


@blueprint.get("/samples/<name>")
@desk.at_desk(Permission.QUIZ_AUTHOR)
def sample(place_code: str, name: str) -> Response:
    """Give a small file as a format has it, to begin one's own from."""
    desk.place_of(desk.actor(), place_code, Permission.QUIZ_AUTHOR)
    if name not in FORMATS:
        raise NotFound
    return _download(name, imports.sample_of(name), "linli-sample")


@blueprint.get("/export")
@desk.at_desk(Permission.QUIZ_AUTHOR)
@limited("20 per minute")
@desk.reads(ExportForm)
def export(form: dict[str, Any], place_code: str) -> Response:
    """Give the questions of one's own places, as the bank is sifted, as a file; each once."""
    desk.place_of(desk.actor(), place_code, Permission.QUIZ_AUTHOR)
    chosen = meant(form)
    chosen.pop("own")  # nothing else is given out
    words = imports.give_out(desk.actor(), file_format=form["format"], **chosen)
    return _download(form["format"], words, "linli-questions")


def _download(file_format: str, words: str, name: str) -> Response:
    body = (MARK if file_format == "csv" else "") + words
    response = Response(body, mimetype="text/plain")
    ending = ENDINGS[file_format]
    response.headers["Content-Disposition"] = f"attachment; filename={name}.{ending}"
    return response
