"""A copy of what is kept about oneself, and having one's account deleted."""

from typing import Any

from flask import Response

from app.core.access import Permission, current_actor, public, requires
from app.core.http import Blueprint, limited
from app.residents import copying, leaving
from app.residents.leaving_schemas import CopyLinkForm, CopyView, LeavingForm, LeavingView

blueprint = Blueprint("leaving", __name__, description="One's data, and going")


@blueprint.post("/me/leaving")
@requires(Permission.OWN_ACCOUNT)
@limited("20 per minute")
@blueprint.arguments(LeavingForm)
@blueprint.response(200, LeavingView)
@blueprint.refuses(409)
def ask_to_leave(form: dict[str, Any]) -> Any:  # noqa: ARG001 it says no more than that
    """Ask for one's account to be deleted in seven days; signs out everywhere."""
    return leaving.ask(current_actor())


@blueprint.delete("/me/leaving")
@requires(Permission.OWN_ACCOUNT)
@limited("20 per minute")
@blueprint.response(204)
def take_back_leaving() -> None:
    """Keep one's account after all."""
    leaving.take_back(current_actor())


@blueprint.get("/me/copy")
@requires(Permission.OWN_ACCOUNT)
@blueprint.response(200, CopyView)
def show_copy() -> Any:
    """Show how far the copy of one's data is, and where it can be fetched."""
    return copying.show(current_actor())


@blueprint.post("/me/copy")
@requires(Permission.OWN_ACCOUNT)
@limited("10 per hour")
@blueprint.response(200, CopyView)
def ask_for_copy() -> Any:
    """Ask for a copy of everything that is kept about oneself."""
    return copying.ask(current_actor())


@blueprint.get("/copies/<id:copy_id>")
@public
@limited("60 per minute")
@blueprint.arguments(CopyLinkForm, location="query")
@blueprint.response(200, {"type": "string", "format": "binary"}, content_type=copying.MIMETYPE)
@blueprint.refuses(404)
def fetch_copy(form: dict[str, Any], copy_id: int) -> Response:
    """Fetch a copy by its signed link."""
    response = Response(copying.open_link(copy_id, **form), mimetype=copying.MIMETYPE)
    response.headers["Content-Disposition"] = 'attachment; filename="linli.zip"'
    response.cache_control.no_store = True
    return response
