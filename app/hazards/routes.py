"""Hazards: report, list, show, move; and the queue of those who handle them."""

from typing import Any

from app.core.access import Permission, current_actor, requires
from app.core.http import Blueprint, limited
from app.core.idempotency import idempotent
from app.hazards import categories, checking, service, supervision, views
from app.hazards.schemas import (
    AssigneeList,
    CategoryList,
    HazardForm,
    HazardListForm,
    HazardMoveForm,
    HazardPage,
    HazardView,
    OrderAnswerForm,
    TaskListForm,
    TaskPage,
    VerdictForm,
)

blueprint = Blueprint("hazards", __name__, description="Hazards, from report to solution")
BLUEPRINTS = (blueprint,)


@blueprint.get("/hazard-categories")
@requires(Permission.HAZARD_READ)
@blueprint.response(200, CategoryList)
def list_categories() -> Any:
    """List the kinds of hazards with their limits."""
    return categories.list_categories(current_actor())


@blueprint.post("/hazards")
@requires(Permission.HAZARD_REPORT)
@limited("300 per minute")
@blueprint.arguments(HazardForm)
@blueprint.response(201, HazardView)
@idempotent
def report_hazard(form: dict[str, Any]) -> Any:
    """Report a hazard."""
    return service.report_hazard(current_actor(), **form)


@blueprint.get("/hazards")
@requires(Permission.HAZARD_READ)
@blueprint.arguments(HazardListForm, location="query")
@blueprint.response(200, HazardPage)
@blueprint.refuses(404)
def list_hazards(form: dict[str, Any]) -> Any:
    """List hazards, newest or nearest first."""
    return views.list_hazards(current_actor(), **form)


@blueprint.get("/hazards/<id:hazard_id>")
@requires(Permission.HAZARD_READ)
@blueprint.response(200, HazardView)
def show_hazard(hazard_id: int) -> Any:
    """Show a case with its history and the moves open to the caller."""
    return views.show_hazard(current_actor(), hazard_id)


@blueprint.post("/hazards/<id:hazard_id>/moves")
@requires(Permission.HAZARD_MOVE)
@blueprint.arguments(HazardMoveForm)
@blueprint.response(200, HazardView)
@blueprint.refuses(403, 409)
def move_hazard(form: dict[str, Any], hazard_id: int) -> Any:
    """Move a hazard to its next state."""
    return service.move_hazard(current_actor(), hazard_id, **form)


@blueprint.post("/hazards/<id:hazard_id>/orders/<id:order_id>/answer")
@requires(Permission.HAZARD_DISPATCH)
@blueprint.arguments(OrderAnswerForm)
@blueprint.response(200, HazardView)
@blueprint.refuses(403, 409)
def answer_order(form: dict[str, Any], hazard_id: int, order_id: int) -> Any:
    """Answer a supervision order in writing."""
    return supervision.answer_order(current_actor(), hazard_id, order_id, **form)


@blueprint.post("/hazards/<id:hazard_id>/verdicts")
@requires(Permission.HAZARD_SUPERVISE)
@blueprint.arguments(VerdictForm)
@blueprint.response(200, HazardView)
@blueprint.refuses(403)
def decide(form: dict[str, Any], hazard_id: int) -> Any:
    """Show a photo or a text to neighbours, or do not."""
    return checking.decide(current_actor(), hazard_id, **form)


@blueprint.get("/hazards/<id:hazard_id>/assignees")
@requires(Permission.HAZARD_DISPATCH)
@blueprint.response(200, AssigneeList)
def list_assignees(hazard_id: int) -> Any:
    """List whom a hazard can be assigned to."""
    return views.list_assignees(current_actor(), hazard_id)


@blueprint.get("/tasks")
@requires(Permission.TASKS_READ)
@blueprint.arguments(TaskListForm, location="query")
@blueprint.response(200, TaskPage)
def list_tasks(form: dict[str, Any]) -> Any:
    """List what the caller's places owe, most urgent first."""
    return views.list_tasks(current_actor(), **form)
