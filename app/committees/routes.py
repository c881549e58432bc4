"""What a committee sees of its place."""

from typing import Any

from app.committees import service
from app.committees.schemas import OverviewForm, OverviewView
from app.core.access import Permission, current_actor, requires
from app.core.http import Blueprint

blueprint = Blueprint(
    "committees", __name__, url_prefix="/committees", description="Committees' figures"
)
BLUEPRINTS = (blueprint,)


@blueprint.get("/<place_code>/overview")
@requires(Permission.OVERVIEW_READ)
@blueprint.arguments(OverviewForm, location="query")
@blueprint.response(200, OverviewView)
def show_overview(form: dict[str, Any], place_code: str) -> Any:
    """Show what was reported, what is open, what was closed and how."""
    return service.show_overview(current_actor(), place_code, **form)
