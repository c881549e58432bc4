"""The daily five, practice, and what one knows."""

from typing import Any

from flask import request
from werkzeug.exceptions import MethodNotAllowed

from app.core.access import Permission, current_actor, requires
from app.core.http import Blueprint, limited
from app.quizzes import authoring_routes, daily, import_routes, practice, results
from app.quizzes.schemas import (
    AttemptView,
    GradesView,
    KnowledgeView,
    PracticeAnswerForm,
    PracticeForm,
    PracticeView,
    QuizAnswerForm,
    QuizAnswerView,
    QuizPledgeForm,
    StreakView,
)

blueprint = Blueprint("quizzes", __name__, description="Daily quiz and practice")
BLUEPRINTS = (blueprint, authoring_routes.blueprint, import_routes.blueprint)


@blueprint.get("/quizzes/daily")
@requires(Permission.QUIZ_TAKE)
@limited("120 per minute")
@blueprint.response(200, AttemptView)
@blueprint.refuses(404)
def take_daily() -> Any:
    """Show today's five; the first time, the two minutes begin."""
    if request.method == "HEAD":  # who only wants the headers begins nothing
        raise MethodNotAllowed(["GET"])
    return daily.take_daily(current_actor())


@blueprint.post("/attempts/<id:attempt_id>/answers")
@requires(Permission.QUIZ_TAKE)
@blueprint.arguments(QuizAnswerForm)
@blueprint.response(200, QuizAnswerView)
@blueprint.refuses(409)
def answer(form: dict[str, Any], attempt_id: int) -> Any:
    """Answer a question of one's attempt, once."""
    return daily.answer(current_actor(), attempt_id, **form)


@blueprint.post("/attempts/<id:attempt_id>/finish")
@requires(Permission.QUIZ_TAKE)
@blueprint.response(200, AttemptView)
def finish(attempt_id: int) -> Any:
    """Finish one's attempt and show the result; again shows the same."""
    return daily.finish(current_actor(), attempt_id)


@blueprint.put("/attempts/<id:attempt_id>/pledge")
@requires(Permission.QUIZ_TAKE)
@blueprint.arguments(QuizPledgeForm)
@blueprint.response(200, AttemptView)
@blueprint.refuses(409)
def pledge(form: dict[str, Any], attempt_id: int) -> Any:
    """Say what of the result's advice one will do at home."""
    return daily.pledge(current_actor(), attempt_id, **form)


@blueprint.get("/me/streak")
@requires(Permission.QUIZ_TAKE)
@blueprint.response(200, StreakView)
def show_streak() -> Any:
    """Show on how many days in a row one took the five; begins nothing."""
    return results.my_streak(current_actor())


@blueprint.get("/practice")
@requires(Permission.QUIZ_TAKE)
@limited("120 per minute")
@blueprint.arguments(PracticeForm, location="query")
@blueprint.response(200, PracticeView)
def fetch_practice(form: dict[str, Any]) -> Any:
    """Fetch questions to practise, also for later without a network."""
    return practice.fetch(current_actor(), **form)


@blueprint.post("/practice/answers")
@requires(Permission.QUIZ_TAKE)
@limited("120 per minute")
@blueprint.arguments(PracticeAnswerForm(many=True))
@blueprint.response(200, GradesView)
def grade_practice(answers: list[dict[str, Any]]) -> Any:
    """Grade a list of answers, each once by its `client_uuid`."""
    return practice.grade(current_actor(), answers)


@blueprint.get("/me/knowledge")
@requires(Permission.QUIZ_TAKE)
@blueprint.response(200, KnowledgeView)
def show_knowledge() -> Any:
    """Show what one knows, by topic."""
    return practice.knowledge(current_actor())
