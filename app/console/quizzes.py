"""The question bank: what waits for a second look, what the answers say, one question whole."""

from collections.abc import Mapping
from typing import Any

from flask import current_app, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.committees import keeping
from app.console import desk, kept, posted, shell
from app.core import marks
from app.core.access import Permission
from app.core.forms import Form, choice, query_flag, text
from app.core.pages import PageForm
from app.quizzes import authoring, rules

blueprint = desk.console_blueprint("quizzes", "/<place_code>/quizzes")
BLUEPRINTS = (blueprint,)

WRITTEN = "written"
DONE = (WRITTEN, rules.DRAFT, rules.IN_REVIEW, rules.PUBLISHED, rules.RETIRED)
LONGEST_NOTE = 500
FORMATS = ("csv", "gift", "moodle_xml", "aiken")
"""Of files, the one that holds most first."""
CAMPAIGNS = "console_quizzes_campaigns.campaigns"


class MeantForm(Form):
    """Which versions are meant; `own`: of one's own places, not of what lies around."""

    state = choice(rules.STATES)
    topic = choice(rules.TOPICS)
    flagged = query_flag(load_default=False)
    own = query_flag(load_default=False)


class BankForm(MeantForm, PageForm):
    """Which versions to list, and where the list goes on."""


class QuestionForm(PageForm):
    """What a version has just become."""

    done = choice(DONE)


class MovePost(Form):
    """Which version, where to, and why."""

    version_id = posted.chosen(required=True)
    to = choice(rules.STATES, required=True)
    note = text(longest=LONGEST_NOTE, allow_none=True, load_default=None)


@blueprint.get("")
@desk.at_desk(Permission.QUIZ_AUTHOR)
@kept.live(
    Permission.QUIZ_AUTHOR,
    *(keeping.BANK, keeping.NAMES, keeping.PLACES),
    scope=lambda _: marks.EVERYWHERE,  # of all places of whoever asks
)
@desk.reads(BankForm)
def bank(form: dict[str, Any], place_code: str) -> str:
    """Show the versions of the bank, newest first: all, those to review, those that look bad."""
    actor = desk.actor()
    desk.place_of(actor, place_code, Permission.QUIZ_AUTHOR)
    asked = {name: value for name, value in meant(form).items() if value}
    asked |= {name: "true" for name in ("flagged", "own") if form[name]}
    found = authoring.list_questions(actor, **form)
    return shell.render(
        "console/quizzes_rows.html" if desk.partly() else "console/quizzes.html",
        found=found,
        asked=asked,
        states=rules.STATES,
        topics=rules.TOPICS,
        formats=FORMATS,
        has_campaigns=CAMPAIGNS in current_app.view_functions,
        onward=url_for(
            "console_quizzes.bank", place_code=place_code, cursor=found["next_cursor"], **asked
        ),
    )


def meant(form: Mapping[str, Any]) -> dict[str, Any]:
    """Return which versions a form means, as the services take it."""
    found: dict[str, Any] = {name: form.get(name) for name in ("state", "topic")}
    return found | {name: form[name] for name in ("flagged", "own")}


@blueprint.get("/questions/<id:question_id>")
@desk.at_desk(Permission.QUIZ_AUTHOR)
@desk.reads(QuestionForm)
def question(form: dict[str, Any], place_code: str, question_id: int) -> str:
    """Show a question with its versions, what the answers say of each, and what one may do."""
    actor = desk.actor()
    desk.place_of(actor, place_code, Permission.QUIZ_AUTHOR)
    found = authoring.show(actor, question_id)
    return shell.render(
        "console/quizzes_question.html",
        question=found,
        writes=authoring.writes(actor, found["place_code"]),
        waits=any(map(_waits, found["versions"])),
        longest=LONGEST_NOTE,
        done=form.get("done"),
    )


def _waits(version: Mapping[str, Any]) -> bool:
    """Whether nobody writes another version before this one is decided on: see `VersionWaiting`."""
    elsewhere = version["state"] == rules.DRAFT and not version["moves"]
    return elsewhere or version["state"] == rules.IN_REVIEW


@blueprint.post("/questions/<id:question_id>/moves")
@desk.at_desk(Permission.QUIZ_AUTHOR)
@desk.reads(MovePost, location="form")
def move(form: dict[str, Any], place_code: str, question_id: int) -> AnyResponse:
    """Publish what somebody else wrote, give it back with a reason, or retire it."""
    actor = desk.actor()
    desk.place_of(actor, place_code, Permission.QUIZ_AUTHOR)
    authoring.move(actor, question_id, **form)
    return desk.go(
        url_for(
            "console_quizzes.question",
            place_code=place_code,
            question_id=question_id,
            done=form["to"],
        )
    )
