"""Sign-in, oneself, homes."""

from typing import Any

from app.core.access import Permission, current_actor, current_sign_in, public, requires
from app.core.http import Blueprint, limited
from app.core.idempotency import idempotent
from app.residents import configuration, desk_routes, leaving_routes, service, session
from app.residents.schemas import (
    ConfigView,
    MeForm,
    PhoneForm,
    RefreshForm,
    ResidenceForm,
    ResidenceListForm,
    ResidenceMoveForm,
    ResidencePage,
    ResidenceView,
    ResidentView,
    SessionView,
    SignInForm,
    SignOutForm,
)

blueprint = Blueprint("residents", __name__, description="People, sign-in and homes")
BLUEPRINTS = (blueprint, desk_routes.blueprint, leaving_routes.blueprint)


@blueprint.get("/config")
@public
@blueprint.response(200, ConfigView)
def show_config() -> Any:
    """Say what a client must know before anybody signs in."""
    return configuration.show_config()


@blueprint.post("/session")
@public
@limited("1200 per minute")
@blueprint.arguments(SignInForm)
@blueprint.response(200, SessionView)
@blueprint.refuses(401)
def sign_in(form: dict[str, Any]) -> Any:
    """Sign in with a WeChat code."""
    return _with_resident(session.sign_in(form["code"]))


@blueprint.post("/session/refresh")
@public
@limited("1200 per minute")
@blueprint.arguments(RefreshForm)
@blueprint.response(200, SessionView)
@blueprint.refuses(401)
def refresh(form: dict[str, Any]) -> Any:
    """Exchange a refresh token for new tokens, once."""
    return _with_resident(session.refresh(form["refresh_token"]))


@blueprint.delete("/session")
@requires(Permission.OWN_ACCOUNT)
@blueprint.arguments(SignOutForm, required=False)
@blueprint.response(204)
def sign_out(_form: dict[str, Any]) -> None:
    """Sign out on this phone."""
    session.sign_out(current_actor(), current_sign_in())


@blueprint.get("/me")
@requires(Permission.OWN_ACCOUNT)
@blueprint.response(200, ResidentView)
def show_me() -> Any:
    """Show what we hold about the caller."""
    return service.show_me(current_actor())


@blueprint.patch("/me")
@requires(Permission.OWN_ACCOUNT)
@blueprint.arguments(MeForm)
@blueprint.response(200, ResidentView)
def change_me(form: dict[str, Any]) -> Any:
    """Change name, language, letter size; agree to the privacy notice."""
    service.change_me(current_actor(), **form)
    return service.show_me(current_actor())


@blueprint.put("/me/phone")
@requires(Permission.OWN_ACCOUNT)
@limited("20 per minute")
@blueprint.arguments(PhoneForm)
@blueprint.response(200, ResidentView)
def set_phone(form: dict[str, Any]) -> Any:
    """Take the phone number that WeChat vouches for."""
    service.set_phone(current_actor(), form["code"])
    return service.show_me(current_actor())


@blueprint.post("/me/residence")
@requires(Permission.OWN_ACCOUNT)
@blueprint.arguments(ResidenceForm)
@blueprint.response(201, ResidenceView)
@idempotent
def request_residence(form: dict[str, Any]) -> Any:
    """Say where one lives."""
    return service.request_residence(current_actor(), **form)


@blueprint.get("/residences")
@requires(Permission.RESIDENCE_DECIDE)
@blueprint.arguments(ResidenceListForm, location="query")
@blueprint.response(200, ResidencePage)
def list_residences(form: dict[str, Any]) -> Any:
    """List the homes that the caller confirms."""
    return service.list_residences(current_actor(), **form)


@blueprint.post("/residences/<id:residence_id>/moves")
@requires(Permission.RESIDENCE_MOVE)
@blueprint.arguments(ResidenceMoveForm)
@blueprint.response(200, ResidenceView)
@blueprint.refuses(403, 409)
def move_residence(form: dict[str, Any], residence_id: int) -> Any:
    """Confirm, refuse or withdraw a home."""
    return service.move_residence(current_actor(), residence_id, **form)


def _with_resident(tokens: dict[str, Any]) -> dict[str, Any]:
    resident_id = tokens.pop("resident_id")
    return {**tokens, "resident": service.show_resident(resident_id)}
