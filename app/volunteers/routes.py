"""Being a volunteer, and teams."""

from typing import Any

from app.core.access import Permission, current_actor, requires
from app.core.http import Blueprint, limited
from app.core.idempotency import idempotent
from app.volunteers import certificate_routes, hours_routes, listing, profile, records, teams
from app.volunteers.schemas import (
    InsuranceForm,
    InsuranceView,
    JoinForm,
    MembershipMoveForm,
    TeamChangeForm,
    TeamDetailView,
    TeamForm,
    TeamListForm,
    TeamPage,
    TrainingForm,
    TrainingView,
    VolunteerChangeForm,
    VolunteerForm,
    VolunteerListForm,
    VolunteerPage,
    VolunteerView,
)

blueprint = Blueprint("volunteers", __name__, description="Volunteers and teams")
BLUEPRINTS = (blueprint, certificate_routes.blueprint, hours_routes.blueprint)


@blueprint.get("/me/volunteer")
@requires(Permission.OWN_VOLUNTEER)
@blueprint.response(200, VolunteerView)
@blueprint.refuses(404)
def show_profile() -> Any:
    """Show what we hold about the caller as a volunteer."""
    return profile.show_profile(current_actor())


@blueprint.put("/me/volunteer")
@requires(Permission.OWN_VOLUNTEER)
@limited("60 per minute")
@blueprint.arguments(VolunteerForm)
@blueprint.response(200, VolunteerView)
def save_profile(form: dict[str, Any]) -> Any:
    """Become a volunteer, or say anew what one is."""
    return profile.save_profile(current_actor(), **form)


@blueprint.patch("/me/volunteer")
@requires(Permission.OWN_VOLUNTEER)
@limited("60 per minute")
@blueprint.arguments(VolunteerChangeForm)
@blueprint.response(200, VolunteerView)
@blueprint.refuses(404)
def change_profile(form: dict[str, Any]) -> Any:
    """Pause or go on, give or take back a consent."""
    return profile.change_profile(current_actor(), **form)


@blueprint.delete("/me/volunteer")
@requires(Permission.OWN_VOLUNTEER)
@blueprint.response(204)
@blueprint.refuses(404)
def stop_serving() -> None:
    """Stop being a volunteer; what was served stays."""
    profile.stop(current_actor())


@blueprint.post("/me/volunteer/trainings")
@requires(Permission.OWN_VOLUNTEER)
@blueprint.arguments(TrainingForm)
@blueprint.response(201, TrainingView)
@blueprint.refuses(409)
@idempotent
def add_training(form: dict[str, Any]) -> Any:
    """Add a training one took."""
    return records.add_training(current_actor(), **form)


@blueprint.delete("/me/volunteer/trainings/<id:training_id>")
@requires(Permission.OWN_VOLUNTEER)
@blueprint.response(204)
def remove_training(training_id: int) -> None:
    """Delete a training."""
    records.remove_training(current_actor(), training_id)


@blueprint.post("/me/volunteer/insurances")
@requires(Permission.OWN_VOLUNTEER)
@blueprint.arguments(InsuranceForm)
@blueprint.response(201, InsuranceView)
@blueprint.refuses(409)
@idempotent
def add_insurance(form: dict[str, Any]) -> Any:
    """Add an insurance one has."""
    return records.add_insurance(current_actor(), **form)


@blueprint.delete("/me/volunteer/insurances/<id:insurance_id>")
@requires(Permission.OWN_VOLUNTEER)
@blueprint.response(204)
def remove_insurance(insurance_id: int) -> None:
    """Delete an insurance."""
    records.remove_insurance(current_actor(), insurance_id)


@blueprint.get("/volunteers")
@requires(Permission.VOLUNTEERS_READ)
@blueprint.arguments(VolunteerListForm, location="query")
@blueprint.response(200, VolunteerPage)
@blueprint.refuses(404)
def list_volunteers(form: dict[str, Any]) -> Any:
    """List who serves in one's places."""
    return listing.list_volunteers(current_actor(), **form)


@blueprint.get("/teams")
@requires(Permission.SHIFT_READ)
@blueprint.arguments(TeamListForm, location="query")
@blueprint.response(200, TeamPage)
def list_teams(form: dict[str, Any]) -> Any:
    """List teams: of a place, one's own, or of the places one belongs to."""
    return teams.list_teams(current_actor(), **form)


@blueprint.post("/teams")
@requires(Permission.TEAM_MANAGE)
@blueprint.arguments(TeamForm)
@blueprint.response(201, TeamDetailView)
@blueprint.refuses(404)
@idempotent
def create_team(form: dict[str, Any]) -> Any:
    """Make a team."""
    return teams.create_team(current_actor(), **form)


@blueprint.get("/teams/<id:team_id>")
@requires(Permission.SHIFT_READ)
@blueprint.response(200, TeamDetailView)
def show_team(team_id: int) -> Any:
    """Show a team, and its people to who is in it."""
    return teams.show_team(current_actor(), team_id)


@blueprint.patch("/teams/<id:team_id>")
@requires(Permission.OWN_VOLUNTEER)
@blueprint.arguments(TeamChangeForm)
@blueprint.response(200, TeamDetailView)
@blueprint.refuses(403)
def change_team(form: dict[str, Any], team_id: int) -> Any:
    """Rename a team; close it or open it again."""
    return teams.change_team(current_actor(), team_id, **form)


@blueprint.post("/teams/<id:team_id>/members")
@requires(Permission.OWN_VOLUNTEER)
@limited("60 per minute")
@blueprint.arguments(JoinForm, required=False)
@blueprint.response(201, TeamDetailView)
@blueprint.refuses(403, 409)
@idempotent
def join_team(form: dict[str, Any], team_id: int) -> Any:
    """Ask to join a team, or invite somebody to it."""
    return teams.join(current_actor(), team_id, **form)


@blueprint.post("/teams/<id:team_id>/members/<id:resident_id>/moves")
@requires(Permission.OWN_VOLUNTEER)
@blueprint.arguments(MembershipMoveForm)
@blueprint.response(200, TeamDetailView)
@blueprint.refuses(403, 409)
def move_member(form: dict[str, Any], team_id: int, resident_id: int) -> Any:
    """Accept, refuse, remove, make leader; agree, decline, leave, step down."""
    return teams.move_member(current_actor(), team_id, resident_id, **form)


@blueprint.delete("/teams/<id:team_id>/members/mine")
@requires(Permission.OWN_VOLUNTEER)
@blueprint.response(204)
@blueprint.refuses(409)
def leave_team(team_id: int) -> None:
    """Leave a team, or take back that one asked."""
    teams.leave(current_actor(), team_id)
