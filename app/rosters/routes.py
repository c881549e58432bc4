"""Planning ahead: templates, weeks, the board, call-outs, rosters."""

from typing import Any

from app.core.access import Permission, current_actor, requires
from app.core.http import Blueprint, limited
from app.core.idempotency import idempotent
from app.rosters import board, call_outs, copies, proposals, templates
from app.rosters.schemas import (
    ByPlaceForm,
    CallOutForm,
    CallOutView,
    DuplicatedWeekView,
    DuplicateWeekForm,
    NeedingPage,
    RosterChangeForm,
    RosterForm,
    RosterMoveForm,
    RosterPage,
    RosterView,
    ShiftTemplateChangeForm,
    ShiftTemplateForm,
    ShiftTemplateListForm,
    ShiftTemplatePage,
    ShiftTemplateView,
    SuitableList,
)

blueprint = Blueprint("rosters", __name__, description="Templates, call-outs and rosters")
BLUEPRINTS = (blueprint,)


@blueprint.get("/shift-templates")
@requires(Permission.SHIFT_LEAD)
@blueprint.arguments(ShiftTemplateListForm, location="query")
@blueprint.response(200, ShiftTemplatePage)
@blueprint.refuses(404)
def list_shift_templates(form: dict[str, Any]) -> Any:
    """List the templates that the caller plans by, newest first."""
    return templates.list_templates(current_actor(), **form)


@blueprint.post("/shift-templates")
@requires(Permission.SHIFT_LEAD)
@limited("30 per minute")
@blueprint.arguments(ShiftTemplateForm)
@blueprint.response(201, ShiftTemplateView)
@blueprint.refuses(403, 404)
@idempotent
def create_shift_template(form: dict[str, Any]) -> Any:
    """Make a template, and its shifts of the next four weeks."""
    return templates.create_template(current_actor(), **form)


@blueprint.get("/shift-templates/<id:template_id>")
@requires(Permission.SHIFT_LEAD)
@blueprint.response(200, ShiftTemplateView)
def show_shift_template(template_id: int) -> Any:
    """Show a template."""
    return templates.show_template(current_actor(), template_id)


@blueprint.patch("/shift-templates/<id:template_id>")
@requires(Permission.SHIFT_LEAD)
@limited("60 per minute")
@blueprint.arguments(ShiftTemplateChangeForm)
@blueprint.response(200, ShiftTemplateView)
@blueprint.refuses(403, 409)
def change_shift_template(form: dict[str, Any], template_id: int) -> Any:
    """Change or stop a template, and with it the shifts ahead that nobody has joined."""
    return templates.change_template(current_actor(), template_id, **form)


@blueprint.post("/shifts/duplicate-week")
@requires(Permission.SHIFT_LEAD)
@limited("30 per minute")
@blueprint.arguments(DuplicateWeekForm)
@blueprint.response(201, DuplicatedWeekView)
@blueprint.refuses(403, 404)
@idempotent
def duplicate_week(form: dict[str, Any]) -> Any:
    """Copy the shifts of a week to another; what is there already is skipped."""
    return copies.duplicate_week(current_actor(), **form)


@blueprint.get("/shifts/needing-people")
@requires(Permission.SHIFT_LEAD)
@blueprint.arguments(ByPlaceForm, location="query")
@blueprint.response(200, NeedingPage)
@blueprint.refuses(404)
def list_shifts_needing_people(form: dict[str, Any]) -> Any:
    """List the shifts ahead with too few people, the soonest first."""
    return board.list_needing(current_actor(), **form)


@blueprint.get("/shifts/<id:shift_id>/suitable")
@requires(Permission.SHIFT_LEAD)
@limited("60 per minute")
@blueprint.response(200, SuitableList)
@blueprint.refuses(403)
def list_suitable_people(shift_id: int) -> Any:
    """List who would suit a shift, best first, and why."""
    return board.list_suitable(current_actor(), shift_id)


@blueprint.post("/shifts/<id:shift_id>/call-outs")
@requires(Permission.SHIFT_LEAD)
@limited("30 per minute")
@blueprint.arguments(CallOutForm)
@blueprint.response(201, CallOutView)
@blueprint.refuses(403, 409)
@idempotent
def call_people_out(form: dict[str, Any], shift_id: int) -> Any:
    """Ask people to come to a shift, each once and nobody too often, saying why."""
    return call_outs.call_out(current_actor(), shift_id, **form)


@blueprint.get("/rosters")
@requires(Permission.SHIFT_PLAN)
@blueprint.arguments(ByPlaceForm, location="query")
@blueprint.response(200, RosterPage)
@blueprint.refuses(404)
def list_rosters(form: dict[str, Any]) -> Any:
    """List the rosters of the caller's places, newest first."""
    return proposals.list_rosters(current_actor(), **form)


@blueprint.post("/rosters")
@requires(Permission.SHIFT_PLAN)
@limited("10 per minute")
@blueprint.arguments(RosterForm)
@blueprint.response(201, RosterView)
@blueprint.refuses(404)
@idempotent
def ask_for_roster(form: dict[str, Any]) -> Any:
    """Ask for the roster of a week; it is `computing` for some seconds."""
    return proposals.ask_for_roster(current_actor(), **form)


@blueprint.get("/rosters/<id:roster_id>")
@requires(Permission.SHIFT_PLAN)
@blueprint.response(200, RosterView)
def show_roster(roster_id: int) -> Any:
    """Show a roster with its shifts and who is proposed for each."""
    return proposals.show_roster(current_actor(), roster_id)


@blueprint.patch("/rosters/<id:roster_id>")
@requires(Permission.SHIFT_PLAN)
@limited("120 per minute")
@blueprint.arguments(RosterChangeForm)
@blueprint.response(200, RosterView)
@blueprint.refuses(409)
def change_roster(form: dict[str, Any], roster_id: int) -> Any:
    """Take people off shifts of a proposal and put others on; all of it, or nothing."""
    return proposals.change_roster(current_actor(), roster_id, **form)


@blueprint.post("/rosters/<id:roster_id>/moves")
@requires(Permission.SHIFT_PLAN)
@limited("60 per minute")
@blueprint.arguments(RosterMoveForm)
@blueprint.response(200, RosterView)
@blueprint.refuses(409)
def move_roster(form: dict[str, Any], roster_id: int) -> Any:
    """Accept a roster, so that its people are signed up and told, or drop it."""
    return proposals.move_roster(current_actor(), roster_id, **form)
