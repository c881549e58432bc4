"""One's points, and what they are good for."""

from typing import Any

from app.core.access import Permission, current_actor, requires
from app.core.http import Blueprint, limited
from app.core.idempotency import idempotent
from app.core.pages import PageForm
from app.points import rewards, service
from app.points.schemas import (
    CollectedView,
    CollectForm,
    PointsPage,
    RedemptionPage,
    RedemptionView,
    RewardChangeForm,
    RewardForm,
    RewardListForm,
    RewardPage,
    RewardView,
)

blueprint = Blueprint("points", __name__, description="Points and rewards")
BLUEPRINTS = (blueprint,)


@blueprint.get("/me/points")
@requires(Permission.OWN_VOLUNTEER)
@blueprint.arguments(PageForm, location="query")
@blueprint.response(200, PointsPage)
def my_points(form: dict[str, Any]) -> Any:
    """Show the caller's points and their ledger, newest first."""
    return service.my_points(current_actor(), **form)


@blueprint.get("/rewards")
@requires(Permission.OWN_VOLUNTEER)
@blueprint.arguments(RewardListForm, location="query")
@blueprint.response(200, RewardPage)
def list_rewards(form: dict[str, Any]) -> Any:
    """List what is offered at a place, or at the caller's places."""
    return rewards.list_rewards(current_actor(), **form)


@blueprint.post("/rewards")
@requires(Permission.REWARD_OFFER)
@blueprint.arguments(RewardForm)
@blueprint.response(201, RewardView)
@blueprint.refuses(404)
@idempotent
def offer_reward(form: dict[str, Any]) -> Any:
    """Offer something for points."""
    return rewards.offer(current_actor(), **form)


@blueprint.get("/rewards/<id:reward_id>")
@requires(Permission.OWN_VOLUNTEER)
@blueprint.response(200, RewardView)
def show_reward(reward_id: int) -> Any:
    """Show what is offered."""
    return rewards.show_reward(current_actor(), reward_id)


@blueprint.patch("/rewards/<id:reward_id>")
@requires(Permission.REWARD_OFFER)
@blueprint.arguments(RewardChangeForm)
@blueprint.response(200, RewardView)
@blueprint.refuses(409)
def change_reward(form: dict[str, Any], reward_id: int) -> Any:
    """Change what is offered, or how many there are."""
    return rewards.change(current_actor(), reward_id, **form)


@blueprint.post("/rewards/<id:reward_id>/redemptions")
@requires(Permission.OWN_VOLUNTEER)
@limited("30 per minute")
@blueprint.response(201, RedemptionView)
@blueprint.refuses(409)
@idempotent
def redeem(reward_id: int) -> Any:
    """Reserve one and pay for it with points."""
    return rewards.redeem(current_actor(), reward_id)


@blueprint.get("/me/redemptions")
@requires(Permission.OWN_VOLUNTEER)
@blueprint.arguments(PageForm, location="query")
@blueprint.response(200, RedemptionPage)
def my_redemptions(form: dict[str, Any]) -> Any:
    """List what the caller redeemed, newest first."""
    return rewards.my_redemptions(current_actor(), **form)


@blueprint.get("/redemptions/<id:redemption_id>")
@requires(Permission.OWN_VOLUNTEER)
@blueprint.response(200, RedemptionView)
def show_redemption(redemption_id: int) -> Any:
    """Show one of the caller's redemptions with its code."""
    return rewards.show_redemption(current_actor(), redemption_id)


@blueprint.delete("/redemptions/<id:redemption_id>")
@requires(Permission.OWN_VOLUNTEER)
@blueprint.response(200, RedemptionView)
@blueprint.refuses(409)
def cancel_redemption(redemption_id: int) -> Any:
    """Give up a reserved reward; the points come back."""
    return rewards.cancel(current_actor(), redemption_id)


@blueprint.post("/redemptions/collect")
@requires(Permission.SHIFT_PLAN)
@limited("20 per minute")
@blueprint.arguments(CollectForm)
@blueprint.response(200, CollectedView)
@blueprint.refuses(404, 409)
def collect(form: dict[str, Any]) -> Any:
    """Hand a reward out to whoever shows its code."""
    return rewards.collect(current_actor(), **form)
