"""My shifts as a calendar: its address, and what stands under it."""

from typing import Any

from flask import Response, request

from app.core.access import Permission, current_actor, public, requires
from app.core.http import Blueprint, limited
from app.patrols import calendar
from app.patrols.calendar_schemas import CalendarView

blueprint = Blueprint("calendar", __name__, description="My shifts in my own calendar")
FRESH_S = 300
TYPE = "text/calendar; charset=utf-8"


@blueprint.get("/me/calendar")
@requires(Permission.SHIFT_JOIN)
@blueprint.response(200, CalendarView)
def show_calendar() -> Any:
    """Show since when the caller has a calendar."""
    return calendar.show_calendar(current_actor())


@blueprint.post("/me/calendar")
@requires(Permission.SHIFT_JOIN)
@limited("30 per minute")
@blueprint.response(200, CalendarView)
def make_calendar() -> Any:
    """Make the caller's calendar, or give it a new address; the former one ends.

    There is never more than one, so that no key is needed; and a key would have the address
    kept with its answer, which is to be known to nobody but the caller.
    """
    return calendar.make_calendar(current_actor())


@blueprint.delete("/me/calendar")
@requires(Permission.SHIFT_JOIN)
@blueprint.response(204)
def revoke_calendar() -> None:
    """Take the caller's calendar away."""
    calendar.revoke_calendar(current_actor())


@blueprint.get("/calendar/<token>.ics")
@public
@limited("60 per minute")
@blueprint.response(200, {"type": "string"}, content_type="text/calendar")
def read_calendar(token: str) -> Response:
    """Read a calendar by its private address."""
    response = Response(calendar.feed(token), content_type=TYPE)
    response.cache_control.private = True
    response.cache_control.max_age = FRESH_S
    response.add_etag()
    return response.make_conditional(request)  # type: ignore[return-value]
