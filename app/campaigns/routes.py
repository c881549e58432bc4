"""Campaigns: found, planned, moved, and tried; answers go where those of the daily five go."""

from typing import Any

from app.campaigns import (
    breadth_routes,
    certificate_routes,
    challenge_routes,
    paper_routes,
    planning,
    service,
    tries,
)
from app.campaigns.schemas import (
    CampaignChangeForm,
    CampaignForm,
    CampaignListForm,
    CampaignMoveForm,
    CampaignPage,
    CampaignView,
    OwnTriesView,
)
from app.core.access import Permission, current_actor, requires
from app.core.http import Blueprint, limited
from app.core.idempotency import idempotent
from app.quizzes.schemas import AttemptView

blueprint = Blueprint("campaigns", __name__, description="Quiz campaigns")
BLUEPRINTS = (
    blueprint,
    breadth_routes.blueprint,
    certificate_routes.blueprint,
    challenge_routes.blueprint,
    paper_routes.blueprint,
)


@blueprint.get("/campaigns")
@requires(Permission.QUIZ_TAKE)
@blueprint.arguments(CampaignListForm, location="query")
@blueprint.response(200, CampaignPage)
def list_campaigns(form: dict[str, Any]) -> Any:
    """List the campaigns that are for oneself, or those of one's places."""
    return service.list_campaigns(current_actor(), **form)


@blueprint.post("/campaigns")
@requires(Permission.CAMPAIGN_PLAN)
@blueprint.arguments(CampaignForm)
@blueprint.response(201, CampaignView)
@idempotent
def plan_campaign(form: dict[str, Any]) -> Any:
    """Plan a campaign, a draft."""
    return planning.plan(current_actor(), **form)


@blueprint.get("/campaigns/<id:campaign_id>")
@requires(Permission.QUIZ_TAKE)
@blueprint.response(200, CampaignView)
def show_campaign(campaign_id: int) -> Any:
    """Show a campaign, and how one stands in it."""
    return service.show(current_actor(), campaign_id)


@blueprint.patch("/campaigns/<id:campaign_id>")
@requires(Permission.CAMPAIGN_PLAN)
@blueprint.arguments(CampaignChangeForm)
@blueprint.response(200, CampaignView)
@blueprint.refuses(409)
def change_campaign(form: dict[str, Any], campaign_id: int) -> Any:
    """Change a draft."""
    return planning.change(current_actor(), campaign_id, **form)


@blueprint.post("/campaigns/<id:campaign_id>/moves")
@requires(Permission.CAMPAIGN_PLAN)
@blueprint.arguments(CampaignMoveForm)
@blueprint.response(200, CampaignView)
@blueprint.refuses(409)
def move_campaign(form: dict[str, Any], campaign_id: int) -> Any:
    """Announce a campaign, drop it, or call it off."""
    return planning.move(current_actor(), campaign_id, **form)


@blueprint.post("/campaigns/<id:campaign_id>/attempts")
@requires(Permission.QUIZ_TAKE)
@limited("60 per minute")
@blueprint.response(200, AttemptView)
@blueprint.refuses(409)
def begin_try(campaign_id: int) -> Any:
    """Begin a try, or go on with the one that is open."""
    return tries.begin(current_actor(), campaign_id)


@blueprint.get("/campaigns/<id:campaign_id>/attempts")
@requires(Permission.QUIZ_TAKE)
@blueprint.response(200, OwnTriesView)
def list_tries(campaign_id: int) -> Any:
    """List one's own tries."""
    return tries.list_own(current_actor(), campaign_id)
