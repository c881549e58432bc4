"""Patrols: routes, shifts, seats, offers, swaps."""

from typing import Any

from app.core.access import Permission, current_actor, requires
from app.core.http import Blueprint, limited
from app.core.idempotency import idempotent
from app.core.pages import PageForm
from app.patrols import beats, calendar_routes, colleagues, planning, queue, seats, swaps, views
from app.patrols.schemas import (
    CheckpointCodesView,
    ColleaguePage,
    OfferPage,
    PatrolRouteChangeForm,
    PatrolRouteForm,
    PatrolRouteListForm,
    PatrolRoutePage,
    PatrolRouteView,
    ReasonForm,
    SeatView,
    ShiftChangeForm,
    ShiftForm,
    ShiftListForm,
    ShiftPage,
    ShiftView,
    StandInForm,
    SwapForm,
    SwapMoveForm,
    SwapPage,
    SwapView,
)

blueprint = Blueprint("patrols", __name__, description="Patrols: shifts, seats, routes")
BLUEPRINTS = (blueprint, calendar_routes.blueprint)


# Shifts


@blueprint.get("/shifts")
@requires(Permission.SHIFT_READ)
@blueprint.arguments(ShiftListForm, location="query")
@blueprint.response(200, ShiftPage)
def list_shifts(form: dict[str, Any]) -> Any:
    """List shifts by their start, from now on unless `from` says otherwise."""
    return views.list_shifts(current_actor(), **form)


@blueprint.post("/shifts")
@requires(Permission.SHIFT_LEAD)
@limited("120 per minute")
@blueprint.arguments(ShiftForm)
@blueprint.response(201, ShiftView)
@blueprint.refuses(403)
@idempotent
def create_shift(form: dict[str, Any]) -> Any:
    """Plan a shift: staff of the place, or a leader of the team."""
    return views.show_shift(current_actor(), planning.create_shift(current_actor(), **form))


@blueprint.get("/shifts/<id:shift_id>")
@requires(Permission.SHIFT_READ)
@blueprint.response(200, ShiftView)
def show_shift(shift_id: int) -> Any:
    """Show a shift with the moves open to the caller."""
    return views.show_shift(current_actor(), shift_id)


@blueprint.patch("/shifts/<id:shift_id>")
@requires(Permission.SHIFT_LEAD)
@blueprint.arguments(ShiftChangeForm)
@blueprint.response(200, ShiftView)
@blueprint.refuses(403, 409)
def change_shift(form: dict[str, Any], shift_id: int) -> Any:
    """Change a shift; whoever it concerns is told."""
    planning.change_shift(current_actor(), shift_id, **form)
    return views.show_shift(current_actor(), shift_id)


@blueprint.post("/shifts/<id:shift_id>/cancellation")
@requires(Permission.SHIFT_LEAD)
@blueprint.arguments(ReasonForm)
@blueprint.response(200, ShiftView)
@blueprint.refuses(403, 409)
def cancel_shift(form: dict[str, Any], shift_id: int) -> Any:
    """Cancel a shift; everybody on it is told why."""
    planning.cancel_shift(current_actor(), shift_id, **form)
    return views.show_shift(current_actor(), shift_id)


# Seats


@blueprint.post("/shifts/<id:shift_id>/signups")
@requires(Permission.SHIFT_JOIN)
@limited("120 per minute")
@blueprint.response(201, SeatView)
@blueprint.refuses(409)
@idempotent
def sign_up_for_shift(shift_id: int) -> Any:
    """Join a shift, or its waiting list where no seat is free."""
    return seats.sign_up(current_actor(), shift_id)


@blueprint.delete("/shifts/<id:shift_id>/signups/mine")
@requires(Permission.SHIFT_JOIN)
@blueprint.response(200, SeatView)
@blueprint.refuses(409)
def leave_shift(shift_id: int) -> Any:
    """Leave a shift; after the cut-off, look for a stand-in and keep the seat until then."""
    return seats.leave(current_actor(), shift_id)


@blueprint.post("/shifts/<id:shift_id>/stand-ins")
@requires(Permission.SHIFT_JOIN)
@blueprint.arguments(StandInForm)
@blueprint.response(201, SeatView)
@blueprint.refuses(409)
@idempotent
def stand_in(form: dict[str, Any], shift_id: int) -> Any:
    """Take the seat of somebody who looks for a stand-in."""
    return seats.take_over(current_actor(), shift_id, **form)


@blueprint.post("/shifts/<id:shift_id>/signups/<id:resident_id>/removal")
@requires(Permission.SHIFT_LEAD)
@blueprint.arguments(ReasonForm)
@blueprint.response(200, SeatView)
@blueprint.refuses(403, 409)
def remove_from_shift(form: dict[str, Any], shift_id: int, resident_id: int) -> Any:
    """Take somebody off a shift, saying why."""
    return seats.remove(current_actor(), shift_id, resident_id, **form)


# Offers


@blueprint.get("/me/offers")
@requires(Permission.SHIFT_JOIN)
@blueprint.arguments(PageForm, location="query")
@blueprint.response(200, OfferPage)
def list_offers(form: dict[str, Any]) -> Any:
    """List the seats that are held for the caller."""
    return views.list_offers(current_actor(), **form)


@blueprint.post("/offers/<id:offer_id>/accept")
@requires(Permission.SHIFT_JOIN)
@blueprint.response(200, SeatView)
@blueprint.refuses(409)
def accept_offer(offer_id: int) -> Any:
    """Take the seat that is held."""
    return queue.accept_offer(current_actor(), offer_id)


@blueprint.post("/offers/<id:offer_id>/decline")
@requires(Permission.SHIFT_JOIN)
@blueprint.response(200, SeatView)
@blueprint.refuses(409)
def decline_offer(offer_id: int) -> Any:
    """Let the seat go to the next."""
    return queue.decline_offer(current_actor(), offer_id)


# Swaps


@blueprint.get("/shifts/<id:shift_id>/colleagues")
@requires(Permission.SHIFT_JOIN)
@blueprint.arguments(PageForm, location="query")
@blueprint.response(200, ColleaguePage)
@blueprint.refuses(409)
def list_colleagues(form: dict[str, Any], shift_id: int) -> Any:
    """List those with whom the caller may swap their seat."""
    return colleagues.list_colleagues(current_actor(), shift_id, **form)


@blueprint.post("/shifts/<id:shift_id>/swaps")
@requires(Permission.SHIFT_JOIN)
@limited("60 per minute")
@blueprint.arguments(SwapForm)
@blueprint.response(201, SwapView)
@blueprint.refuses(409)
@idempotent
def ask_to_swap(form: dict[str, Any], shift_id: int) -> Any:
    """Ask a colleague to take one's seat, in exchange for theirs if one is named."""
    return swaps.show(current_actor(), swaps.ask(current_actor(), shift_id, **form))


@blueprint.get("/me/swaps")
@requires(Permission.SHIFT_JOIN)
@blueprint.arguments(PageForm, location="query")
@blueprint.response(200, SwapPage)
def list_swaps(form: dict[str, Any]) -> Any:
    """List the swaps that the caller asked for, or was asked for."""
    return swaps.list_mine(current_actor(), **form)


@blueprint.post("/swaps/<id:swap_id>/moves")
@requires(Permission.SHIFT_JOIN)
@blueprint.arguments(SwapMoveForm)
@blueprint.response(200, SwapView)
@blueprint.refuses(403, 409)
def move_swap(form: dict[str, Any], swap_id: int) -> Any:
    """Agree to a swap or decline it, or withdraw one's own."""
    swaps.move(current_actor(), swap_id, **form)
    return swaps.show(current_actor(), swap_id)


# Routes


@blueprint.get("/patrol-routes")
@requires(Permission.SHIFT_READ)
@blueprint.arguments(PatrolRouteListForm, location="query")
@blueprint.response(200, PatrolRoutePage)
def list_patrol_routes(form: dict[str, Any]) -> Any:
    """List the routes of the caller's places."""
    return beats.list_routes(current_actor(), **form)


@blueprint.post("/patrol-routes")
@requires(Permission.SHIFT_LEAD)
@limited("60 per minute")
@blueprint.arguments(PatrolRouteForm)
@blueprint.response(201, PatrolRouteView)
@blueprint.refuses(403)
@idempotent
def create_patrol_route(form: dict[str, Any]) -> Any:
    """Make a route with its checkpoints."""
    return beats.create_route(current_actor(), **form)


@blueprint.get("/patrol-routes/<id:route_id>")
@requires(Permission.SHIFT_READ)
@blueprint.response(200, PatrolRouteView)
def show_patrol_route(route_id: int) -> Any:
    """Show a route with its checkpoints."""
    return beats.show_route(current_actor(), route_id)


@blueprint.patch("/patrol-routes/<id:route_id>")
@requires(Permission.SHIFT_LEAD)
@blueprint.arguments(PatrolRouteChangeForm)
@blueprint.response(200, PatrolRouteView)
@blueprint.refuses(403)
def change_patrol_route(form: dict[str, Any], route_id: int) -> Any:
    """Change a route; checkpoints that are not given any more are retired."""
    return beats.change_route(current_actor(), route_id, **form)


@blueprint.get("/patrol-routes/<id:route_id>/codes")
@requires(Permission.SHIFT_LEAD)
@blueprint.response(200, CheckpointCodesView)
@blueprint.refuses(403)
def list_checkpoint_codes(route_id: int) -> Any:
    """Show the codes to print and hang up at a route's checkpoints."""
    return beats.codes(current_actor(), route_id)
