"""Served hours, their correction, and the honour board."""

from typing import Any

from app.core.access import Permission, current_actor, requires
from app.core.http import Blueprint, limited
from app.core.idempotency import idempotent
from app.core.pages import PageForm
from app.volunteers import honour, hours
from app.volunteers.hours_schemas import (
    HonourForm,
    HonourView,
    HourListForm,
    HoursCorrectionForm,
    HoursCorrectionView,
    MyHoursPage,
    StaffHoursPage,
)

blueprint = Blueprint("hours", __name__, description="Served hours and honour")


@blueprint.get("/me/hours")
@requires(Permission.OWN_VOLUNTEER)
@blueprint.arguments(PageForm, location="query")
@blueprint.response(200, MyHoursPage)
def my_hours(form: dict[str, Any]) -> Any:
    """Show the caller's hours, newest first."""
    return honour.my_hours(current_actor(), **form)


@blueprint.get("/hours")
@requires(Permission.HOURS_CORRECT)
@blueprint.arguments(HourListForm, location="query")
@blueprint.response(200, StaffHoursPage)
@blueprint.refuses(404)
def hours_at(form: dict[str, Any]) -> Any:
    """List the hours that the caller may correct, newest first."""
    return honour.hours_at(current_actor(), **form)


@blueprint.post("/hours/<id:entry_id>/corrections")
@requires(Permission.HOURS_CORRECT)
@limited("60 per minute")
@blueprint.arguments(HoursCorrectionForm)
@blueprint.response(201, HoursCorrectionView)
@blueprint.refuses(409)
@idempotent
def correct(form: dict[str, Any], entry_id: int) -> Any:
    """Correct somebody's hours: what stands is reversed, the right minutes are credited."""
    return hours.correct(current_actor(), entry_id, **form)


@blueprint.get("/honour")
@requires(Permission.OWN_VOLUNTEER)
@limited("60 per minute")
@blueprint.arguments(HonourForm, location="query")
@blueprint.response(200, HonourView)
def honour_board(form: dict[str, Any]) -> Any:
    """Show who served most: teams, and those who asked to be named."""
    return honour.honour_board(current_actor(), **form)
