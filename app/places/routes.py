"""The tree of places, to choose from and to find oneself in."""

from typing import Any

from app.core.access import Permission, requires
from app.core.http import Blueprint
from app.places import service
from app.places.schemas import (
    LocatedView,
    LocateForm,
    PlaceDetailView,
    PlaceListForm,
    PlacePage,
)

blueprint = Blueprint("places", __name__, url_prefix="/places", description="The tree of places")
BLUEPRINTS = (blueprint,)


@blueprint.get("")
@requires(Permission.PLACES_READ)
@blueprint.arguments(PlaceListForm, location="query")
@blueprint.response(200, PlacePage)
def list_places(form: dict[str, Any]) -> Any:
    """List places by code."""
    return service.list_places(**form)


@blueprint.get("/locate")
@requires(Permission.PLACES_READ)
@blueprint.arguments(LocateForm, location="query")
@blueprint.response(200, LocatedView)
@blueprint.refuses(404)
def locate(form: dict[str, Any]) -> Any:
    """Find the grid that a point lies in."""
    return service.locate_place(**form)


@blueprint.get("/<code>")
@requires(Permission.PLACES_READ)
@blueprint.response(200, PlaceDetailView)
def show_place(code: str) -> Any:
    """Show a place and the way to it."""
    return service.get_place(code)
