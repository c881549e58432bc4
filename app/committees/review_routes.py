"""What supervisors set, say and ask for; what a committee chooses and answers."""

from typing import Any

from app.committees import rectifications, reviews
from app.committees.review_schemas import (
    CommitteeCommentForm,
    CommitteeCommentPage,
    CommitteeCommentView,
    CommitteeSettingsForm,
    CommitteeSettingsView,
    RectificationDetailView,
    RectificationForm,
    RectificationListForm,
    RectificationMoveForm,
    RectificationPage,
    TargetForm,
    TargetsView,
)
from app.core.access import Permission, current_actor, requires
from app.core.http import Blueprint, limited
from app.core.idempotency import idempotent
from app.core.pages import PageForm

blueprint = Blueprint("reviews", __name__, description="Supervision of figures")


@blueprint.get("/committees/<place_code>/settings")
@requires(Permission.OVERVIEW_READ)
@blueprint.response(200, CommitteeSettingsView)
def show_committee_settings(place_code: str) -> Any:
    """Show what the place's committee chose."""
    return reviews.show_settings(current_actor(), place_code)


@blueprint.put("/committees/<place_code>/settings")
@requires(Permission.OVERVIEW_READ)
@blueprint.arguments(CommitteeSettingsForm)
@blueprint.response(200, CommitteeSettingsView)
def change_committee_settings(form: dict[str, Any], place_code: str) -> Any:
    """Choose whether the place may be ranked and named beside others."""
    return reviews.change_settings(current_actor(), place_code, **form)


@blueprint.get("/committees/<place_code>/targets")
@requires(Permission.OVERVIEW_READ)
@blueprint.response(200, TargetsView)
def show_targets(place_code: str) -> Any:
    """Show what the place's figures are to come to."""
    return reviews.show_targets(current_actor(), place_code)


@blueprint.put("/committees/<place_code>/targets/<figure>")
@requires(Permission.PLACE_REVIEW)
@blueprint.arguments(TargetForm)
@blueprint.response(200, TargetsView)
def set_target(form: dict[str, Any], place_code: str, figure: str) -> Any:
    """Set what a figure is to come to, or take it back."""
    return reviews.set_target(current_actor(), place_code, figure, **form)


@blueprint.get("/committees/<place_code>/comments")
@requires(Permission.OVERVIEW_READ)
@blueprint.arguments(PageForm, location="query")
@blueprint.response(200, CommitteeCommentPage)
def list_committee_comments(form: dict[str, Any], place_code: str) -> Any:
    """List what supervisors said about the place's figures, newest first."""
    return reviews.list_comments(current_actor(), place_code, **form)


@blueprint.post("/committees/<place_code>/comments")
@requires(Permission.PLACE_REVIEW)
@limited("60 per minute")
@blueprint.arguments(CommitteeCommentForm)
@blueprint.response(201, CommitteeCommentView)
@idempotent
def comment_on_committee(form: dict[str, Any], place_code: str) -> Any:
    """Say something to the figures of a range of days."""
    return reviews.comment(current_actor(), place_code, **form)


@blueprint.get("/committees/<place_code>/rectifications")
@requires(Permission.OVERVIEW_READ)
@blueprint.arguments(RectificationListForm, location="query")
@blueprint.response(200, RectificationPage)
def list_rectifications(form: dict[str, Any], place_code: str) -> Any:
    """List what the place and all within it have to put right, newest first."""
    return rectifications.list_rectifications(current_actor(), place_code, **form)


@blueprint.post("/committees/<place_code>/rectifications")
@requires(Permission.PLACE_REVIEW)
@limited("60 per minute")
@blueprint.arguments(RectificationForm)
@blueprint.response(201, RectificationDetailView)
@idempotent
def raise_rectification(form: dict[str, Any], place_code: str) -> Any:
    """Ask a place to put something right by a day."""
    return rectifications.raise_rectification(current_actor(), place_code, **form)


@blueprint.get("/rectifications/<id:rectification_id>")
@requires(Permission.OVERVIEW_READ)
@blueprint.response(200, RectificationDetailView)
def show_rectification(rectification_id: int) -> Any:
    """Show one of them with its history and the moves that the caller may make."""
    return rectifications.show_rectification(current_actor(), rectification_id)


@blueprint.post("/rectifications/<id:rectification_id>/moves")
@requires(Permission.OVERVIEW_READ)
@blueprint.arguments(RectificationMoveForm)
@blueprint.response(200, RectificationDetailView)
@blueprint.refuses(409)
def move_rectification(form: dict[str, Any], rectification_id: int) -> Any:
    """Answer, accept, send back or withdraw."""
    return rectifications.move_rectification(current_actor(), rectification_id, **form)
