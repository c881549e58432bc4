"""How broadly people take part, and what they know: figures for those in charge."""

from typing import Any

from app.campaigns import gathering
from app.campaigns.breadth_schemas import BreadthView, KnowledgeMonthsForm, PlaceKnowledgeView
from app.core.access import Permission, current_actor, requires
from app.core.http import Blueprint, limited

blueprint = Blueprint("breadth", __name__, description="Who takes part, without names")


@blueprint.get("/campaigns/<id:campaign_id>/breadth")
@requires(Permission.CAMPAIGN_PLAN)
@limited("60 per minute")
@blueprint.response(200, BreadthView)
def show_breadth(campaign_id: int) -> Any:
    """Show who takes part in a campaign, and what they knew before it and since."""
    return gathering.show_breadth(current_actor(), campaign_id)


@blueprint.get("/places/<place_code>/knowledge")
@requires(Permission.OVERVIEW_READ)
@blueprint.arguments(KnowledgeMonthsForm, location="query")
@blueprint.response(200, PlaceKnowledgeView)
def show_place_knowledge(form: dict[str, Any], place_code: str) -> Any:
    """Show what the people of a place know by topic, in each month that is over."""
    return gathering.show_knowledge(current_actor(), place_code, **form)
