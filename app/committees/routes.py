"""What a committee sees of its place."""

from typing import Any

from app.committees import figure_routes, keeping, patrolling, review_routes, service
from app.committees.schemas import OverviewForm, OverviewView, PatrollingForm, PatrollingView
from app.core.access import Permission, current_actor, requires
from app.core.http import Blueprint

blueprint = Blueprint(
    "committees", __name__, url_prefix="/committees", description="Committees' figures"
)
BLUEPRINTS = (blueprint, figure_routes.blueprint, review_routes.blueprint)
OVERVIEW, PATROLLING = OverviewView(), PatrollingView()


@blueprint.get("/<place_code>/overview")
@requires(Permission.OVERVIEW_READ)
@blueprint.arguments(OverviewForm, location="query")
@blueprint.response(200, OverviewView)
def show_overview(form: dict[str, Any], place_code: str) -> Any:
    """Show what was reported, what is open, what was closed and how."""
    return keeping.answer(OVERVIEW, service.show_overview, current_actor(), place_code, **form)


@blueprint.get("/<place_code>/patrolling")
@requires(Permission.OVERVIEW_READ)
@blueprint.arguments(PatrollingForm, location="query")
@blueprint.response(200, PatrollingView)
def show_patrolling(form: dict[str, Any], place_code: str) -> Any:
    """Show which grids were walked and when, who came, and which shifts lack people."""
    return keeping.answer(
        PATROLLING, patrolling.show_patrolling, current_actor(), place_code, **form
    )
