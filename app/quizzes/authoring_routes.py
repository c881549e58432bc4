"""The question bank: write, review, publish, and what the answers say."""

from typing import Any

from app.core.access import Permission, current_actor, requires
from app.core.http import Blueprint
from app.core.idempotency import idempotent
from app.quizzes import authoring
from app.quizzes.authoring_schemas import (
    NewQuestionForm,
    QuestionForm,
    QuestionListForm,
    QuestionPage,
    QuestionView,
    VersionMoveForm,
)

blueprint = Blueprint("questions", __name__, description="The question bank")


@blueprint.get("/questions")
@requires(Permission.QUIZ_AUTHOR)
@blueprint.arguments(QuestionListForm, location="query")
@blueprint.response(200, QuestionPage)
def list_questions(form: dict[str, Any]) -> Any:
    """List versions of the bank, newest first."""
    return authoring.list_questions(current_actor(), **form)


@blueprint.post("/questions")
@requires(Permission.QUIZ_AUTHOR)
@blueprint.arguments(NewQuestionForm)
@blueprint.response(201, QuestionView)
@idempotent
def write_question(form: dict[str, Any]) -> Any:
    """Write a question, as a draft."""
    return authoring.write(current_actor(), **form)


@blueprint.get("/questions/<id:question_id>")
@requires(Permission.QUIZ_AUTHOR)
@blueprint.response(200, QuestionView)
def show_question(question_id: int) -> Any:
    """Show a question with its versions and the moves open to the caller."""
    return authoring.show(current_actor(), question_id)


@blueprint.post("/questions/<id:question_id>/versions")
@requires(Permission.QUIZ_AUTHOR)
@blueprint.arguments(QuestionForm)
@blueprint.response(201, QuestionView)
@blueprint.refuses(409)
@idempotent
def rewrite_question(form: dict[str, Any], question_id: int) -> Any:
    """Write a question anew; what is published stays until this is."""
    return authoring.rewrite(current_actor(), question_id, **form)


@blueprint.post("/questions/<id:question_id>/moves")
@requires(Permission.QUIZ_AUTHOR)
@blueprint.arguments(VersionMoveForm)
@blueprint.response(200, QuestionView)
@blueprint.refuses(403, 409)
def move_version(form: dict[str, Any], question_id: int) -> Any:
    """Move a version: to review, back, published by somebody else, retired."""
    return authoring.move(current_actor(), question_id, **form)
