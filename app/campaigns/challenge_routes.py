"""Challenges between the grids of a community."""

from typing import Any

from app.campaigns import challenges
from app.campaigns.challenge_schemas import (
    ChallengeForm,
    ChallengeListForm,
    ChallengePage,
    ChallengeView,
)
from app.core.access import Permission, current_actor, requires
from app.core.http import Blueprint, limited
from app.core.idempotency import idempotent

blueprint = Blueprint("challenges", __name__, description="Challenges between grids")


@blueprint.get("/challenges")
@requires(Permission.QUIZ_TAKE)
@blueprint.arguments(ChallengeListForm, location="query")
@blueprint.response(200, ChallengePage)
def list_challenges(form: dict[str, Any]) -> Any:
    """List the challenges of one's communities, newest first."""
    return challenges.list_challenges(current_actor(), **form)


@blueprint.post("/challenges")
@requires(Permission.CAMPAIGN_PLAN)
@limited("20 per minute")
@blueprint.arguments(ChallengeForm)
@blueprint.response(201, ChallengeView)
@blueprint.refuses(409)
@idempotent
def begin_challenge(form: dict[str, Any]) -> Any:
    """Plan a challenge between the grids of one's community."""
    return challenges.begin(current_actor(), **form)


@blueprint.get("/challenges/<id:challenge_id>")
@requires(Permission.QUIZ_TAKE)
@blueprint.response(200, ChallengeView)
def show_challenge(challenge_id: int) -> Any:
    """Show a challenge and how the grids stand."""
    return challenges.show(current_actor(), challenge_id)
