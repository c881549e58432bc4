"""The question bank: what waits for a second look, what the answers say, one question whole."""

from typing import Any

from flask import url_for
from werkzeug.wrappers import Response as AnyResponse

from app.console import desk, posted, shell
from app.core.access import Permission
from app.core.forms import Form, choice, query_flag, text
from app.core.pages import PageForm
from app.quizzes import authoring, rules

blueprint = desk.console_blueprint("quizzes", "/<place_code>/quizzes")
BLUEPRINTS = (blueprint,)

DONE = (rules.DRAFT, rules.IN_REVIEW, rules.PUBLISHED, rules.RETIRED)
LONGEST_NOTE = 500


class BankForm(PageForm):
    """Which versions to list, and where the list goes on."""

    state = choice(rules.STATES)
    topic = choice(rules.TOPICS)
    flagged = query_flag(load_default=False)


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
@desk.reads(BankForm)
def bank(form: dict[str, Any], place_code: str) -> str:
    """Show the versions of the bank, newest first: all, those to review, those that look bad."""
    actor = desk.actor()
    desk.place_of(actor, place_code, Permission.QUIZ_AUTHOR)
    asked: dict[str, Any] = {name: form[name] for name in ("state", "topic") if name in form}
    if form["flagged"]:
        asked["flagged"] = "true"
    found = authoring.list_questions(actor, **form)
    return shell.render(
        "console/quizzes_rows.html" if desk.partly() else "console/quizzes.html",
        found=found,
        asked=asked,
        states=rules.STATES,
        topics=rules.TOPICS,
        onward=url_for(
            "console_quizzes.bank", place_code=place_code, cursor=found["next_cursor"], **asked
        ),
    )


@blueprint.get("/questions/<id:question_id>")
@desk.at_desk(Permission.QUIZ_AUTHOR)
@desk.reads(QuestionForm)
def question(form: dict[str, Any], place_code: str, question_id: int) -> str:
    """Show a question with its versions, what the answers say of each, and what one may do."""
    actor = desk.actor()
    desk.place_of(actor, place_code, Permission.QUIZ_AUTHOR)
    return shell.render(
        "console/quizzes_question.html",
        question=authoring.show(actor, question_id),
        longest=LONGEST_NOTE,
        done=form.get("done"),
    )


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
